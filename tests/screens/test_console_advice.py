"""What a form says before it is saved, and how people and items are found in it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.factories import a_repair
from tests.moulds import moulded
from tests.registers.test_told_callers import joined
from tests.registers.test_workers import assigned
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock, parse_moment
from wuye_tui.rules.pinyin import name_keys
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff, Tariff

NIGHT = "要加 夜间加收(20-8时) 30.00元（FW-01）"


@pytest.fixture
@moulded
def desk(desk: Desk) -> Desk:
    """The usual desk, with the supplement in its tariff and its people's keys written down."""

    def add(act: Act) -> Result:
        act.add(Tariff(site=act.site, code="FW-01", name="夜间加收(20-8时)", price=300_000))
        people = act.session.execute(select(Staff).where(col(Staff.site) == act.site))
        for person in people.scalars():
            person.keys = " ".join(sorted(name_keys(person.name)))
        return {}

    desk.perform("test", add)
    return desk


def issue_open(seen: Console) -> bool:
    return seen.form.sheet.row.verb == "issue"


@pytest.mark.clause("BX-13")
async def test_the_nights_supplement_is_told_for_an_appointment_in_the_evening(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    day = registered(desk, clock, "门坏了")
    night = registered(desk, clock, "灯不亮", "3-2-502")
    taken(desk, night, "rebook", at="2026-11-19 20:30", asked_by="黄磊")
    async with console(desk) as seen:
        for number, is_told in ((day, False), (night, True)):
            seen.screen.queue.select(number)
            await seen.settle()
            await seen.press("f3", "f7")
            assert issue_open(seen)
            await seen.press("1")
            assert (NIGHT in seen.text) is is_told
            await seen.press("f3")
            await seen.press("escape")


async def test_it_is_told_in_the_night_and_only_to_whoever_pays(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    clock.set(parse_moment("2026-11-19 22:00", desk.zone))
    async with console(desk) as seen:
        await seen.press("f3", "f7")
        assert issue_open(seen)
        charge = next(row for row in seen.form.rows if row.question.name == "charge")
        charge.target.focus()
        await seen.settle()
        await seen.press("2")
        assert NIGHT not in seen.text, "public: nobody pays"
        charge.target.focus()
        await seen.settle()
        await seen.press("1")
        assert NIGHT in seen.text
        await seen.press("f7")
        assert seen.screen.form is None, "saved all the same"
    situation = show(desk, number).situation
    assert situation.state == "issued"
    assert "FW-01" not in str(situation.facts), "said, and not charged"


@pytest.mark.parametrize("typed", ["lq", "liqiang", "Li Qiang", "李强", "强", "gc03", "ＬＱ"])
async def test_a_worker_is_found_as_people_are_found_everywhere(
    desk: Desk, clock: StoppedClock, typed: str
) -> None:
    on_duty(desk)
    number = registered(desk, clock, "灯不亮", "3-2-502")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="GC04")
    async with console(desk.as_staff("GC01")) as seen:
        await seen.press("f3", "f7")
        assert seen.form.sheet.row.verb == "assign"
        await seen.type(typed)
        await seen.press("f7")
    assert show(desk, number).situation.facts["worker"] == "GC03"


async def test_the_middle_of_anothers_pinyin_finds_nobody(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = assigned(desk, clock)
    async with console(desk.as_staff("GC01")) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "f8")
        await seen.type("派工")
        await seen.press("enter")
        await seen.type("iang")
        assert "今天有权办这一步的人" in seen.text


async def test_a_time_that_is_over_is_read_back_beside_its_field(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    number = assigned(desk, clock)
    clock.advance(3600)
    async with console(desk.as_staff("GC03")) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "f7")
        assert seen.form.sheet.row.verb == "arrive"
        row = next(row for row in seen.form.rows if row.question.name == "_happened")
        row.target.focus()
        await seen.settle()
        await seen.type("昨晚")
        assert "看不懂，如 昨晚11点" in seen.text
        await seen.press("backspace", "backspace")
        await seen.type("10分钟前")
        meant = (clock.now() - timedelta(minutes=10)).astimezone(desk.zone)
        assert f"= {meant:%m-%d %H:%M}" in seen.text
        await seen.press("f7")
    step = show(desk, number).history[-1].step
    assert step.verb == "arrive"
    assert (step.recorded - step.happened).total_seconds() == 600


@pytest.mark.clause("BZ-4.2")
async def test_whoever_sends_a_worker_reads_it_above_the_way_to_save(desk: Desk) -> None:
    number = a_repair(on_duty(desk), text="配电箱跳闸", upto="collected")
    async with console(desk.as_staff("GC01")) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "enter")
        assert "警示牌" in seen.text
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "assign"
        assert "带警示牌「有人工作，禁止合闸」：挂在拉下的开关上（BZ-4.2）" in seen.text


@pytest.mark.clause("BX-16")
async def test_whoever_takes_money_reads_how_much_and_then_the_receipts_number(desk: Desk) -> None:
    number = a_repair(on_duty(desk), upto="finished")
    async with console(desk.as_staff("SF01")) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "f8")
        await seen.type("收款")
        await seen.press("enter")
        assert seen.form.sheet.row.verb == "pay"
        assert "要收 30.00元" in seen.text
        await seen.press("1", "enter")
        assert "已记下收款，收据 SJ-2026-000001" in seen.news
        await seen.press("enter")
        assert "SJ-2026-000001 30.00元" in seen.text


@pytest.mark.clause("XX-4.2.6")
async def test_the_form_that_tells_names_who_waits_and_their_numbers(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    joined(desk, "3-1-501 水龙头也漏 13911110000", number)
    async with console(on_duty(desk)) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f8")
        await seen.type("备注")
        await seen.press("enter")
        assert "打给" not in seen.text
        await seen.press("escape", "f8")
        await seen.type("告知来电人")
        await seen.press("enter")
        assert "打给 3-1-501 林芳 13911110000" in seen.text
