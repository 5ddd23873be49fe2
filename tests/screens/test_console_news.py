"""What is said stays as long as it is true, and names a key only where that key does it.

- a slip's news go when another call begins, or another slip has the cursor
- a refusal of the line goes with the next key; what is said about the machine stays
- F7 where it is the slip's, the way to the slip where the line has other words
- who is waited for; whom to ring about an urge; what is out of sight; when somebody is wanted
"""

import pytest

from tests.screens.consoles import console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.reference import building_of
from wuye_tui.registers import ringing
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

LEAK = "3-1-502 厨房水管漏水 马上"


async def test_a_slips_news_go_when_another_call_begins(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter")
        assert "按 F7" in seen.news
        await seen.type("3")
        assert seen.news == "", "F7 would now be the line's"


async def test_they_go_when_another_slip_has_the_cursor(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "灯坏了", "3-1-501")
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter", "f3", "end" if seen.screen.queue.rows[0].where else "home")
        await seen.press("home")
        assert "按 F7" not in seen.news


async def test_a_refusal_of_the_line_goes_with_the_next_key(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("9-9-999 厨房水管漏水")
        await seen.press("enter")
        assert "没有房号" in seen.news
        await seen.press("backspace")
        assert seen.news == ""


async def test_what_is_said_about_the_disk_stays(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        seen.app.drafts_failed()
        await seen.type("3-1-502")
        assert "草稿写不进磁盘" in seen.news


async def test_f7_is_not_promised_to_the_slip_when_the_line_has_other_words(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-501 门铃不响")
        desk.perform("call.ring", lambda act: ringing.ring(act, "13800003456"), system=True)
        await seen.beat()
        await seen.press("f2", "ctrl+u")
        await seen.type(LEAK)
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-501 门铃不响", "what it had interrupted"
        number = seen.news.split()[0]
        assert seen.news.endswith("按 F7"), "the words that came back do not take the key"
        await seen.type(" 很急")
        assert "F7 转派工单" in seen.text, "those that were gone on with do"
        await seen.press("f3", "f7", "enter")
        assert show(desk, number).situation.state == "notified"


async def test_the_key_says_whose_it_is_as_soon_as_the_line_is_empty(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "灯坏了", "3-1-501")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 催单 水管")
        assert "F7 登记" in seen.text
        await seen.press("ctrl+u")
        assert "F7 开派工单" in seen.text
        await seen.type(LEAK)
        assert "F7 转派工单" in seen.text


@pytest.mark.clause("XX-4.2.5")
async def test_who_is_waited_for_is_named(desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    given = {"tariff_shown": "yes", "damage": "软管", "minutes": "30", "consent": "yes"}
    taken(desk, number, "agree", **given)
    taken(desk, number, "finish", lines="SX-03", tried="yes", resident="陈立")
    async with console(desk, (120, 40)) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f3", "f7", "f7")
        assert "周洁「核实」" in seen.news, "the assistant, and not the desk"
        assert "周洁「核实」" in seen.text.replace(seen.news, "")


async def test_an_urge_says_whom_to_ring(desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    async with console(desk) as seen:
        await seen.type("3-1-502 催单 水管还没来")
        await seen.press("enter")
        assert "已记下催单，请打给 李强" in seen.news


async def test_rows_out_of_sight_are_counted_and_a_new_slip_hides_none_of_the_first(
    desk: Desk, clock: StoppedClock
) -> None:
    for n in range(22):
        registered(desk, clock, f"灯坏了 {n}", "3-1-501")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "end")
        assert "上有" in seen.text
        assert "下有" not in seen.text
        await seen.press("f2")
        await seen.type(LEAK)
        await seen.press("enter")
        first = seen.screen.queue.rows[0]
        assert first.number.endswith("-023")
        assert "PG-023   3-1-502" in seen.text, "what is due first is in sight"
        assert "上有" not in seen.text
        assert "下有" in seen.text


@pytest.mark.clause("BX-9")
async def test_when_somebody_is_wanted_stands_where_no_clock_runs(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        for line in ("3-1-502 水管漏水 后天9点", "3-1-501 灯不亮 明天9点"):
            await seen.type(line)
            await seen.press("enter", "f7", "enter")
        rows = seen.screen.queue.rows
        assert [row.where for row in rows] == ["3-1-501", "3-1-502"], "the sooner appointment first"
        assert "约11-20" in seen.text
        assert "约11-21" in seen.text


async def test_a_name_typed_where_the_pin_goes_is_taken_for_who_comes_next(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f12")
        await seen.type("赵敏")
        await seen.press("enter")
        assert seen.app.desk.staff == "KF02"


def test_the_building_of_a_unit_and_of_a_place() -> None:
    wheres = ("3-1-502", "B-1203", "5栋大堂", "大堂", "", "12-2-101")
    assert [building_of(one) for one in wheres] == ["3", "B", "5", "", "", "12"]


@pytest.mark.clause("NB-3")
async def test_the_card_says_where_the_valve_of_that_building_is(desk: Desk) -> None:
    own = desk.settings.home / "data" / "emergencies.toml"
    own.parent.mkdir()
    shipped = desk.reference.text("emergencies.toml")
    places = shipped.replace(
        '{ what = "每栋每单元的立管阀", building = "", at = "" }',
        '{ what = "立管阀", building = "3 5", at = "一层管井" },\n'
        '  { what = "立管阀", building = "6", at = "地下室" }',
    )
    assert places != shipped
    own.write_text(places, "utf-8")
    desk.reference.__dict__.pop("emergencies", None)
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type("3-1-502 水管爆了")
        assert "立管阀：一层管井" in seen.text
        assert "地下室" not in seen.text
        assert "还没填" not in seen.text, "what is not known takes no room from what to ask"
        await seen.press("f1")
        assert "小区供水总阀、" in seen.text
        assert "还没填" in seen.text


@pytest.mark.clause("NB-3")
async def test_an_emergency_nobody_has_reached_stands_before_older_late_slips(
    desk: Desk, clock: StoppedClock
) -> None:
    late = registered(desk, clock, "灯坏了", "3-1-501")
    clock.advance(3600)
    lift = registered(desk, clock, "电梯困人", "5-1-101")
    given = {"emergency": "entrapment", "whom": "监控室", "how": "phone", "worker": "李强"}
    taken(desk, lift, "dispatch_now", **given)
    async with console(on_duty(desk)) as seen:
        assert [row.number for row in seen.screen.queue.rows] == [lift, late]
        taken(desk, lift, "arrive", doer="GC03")
        await seen.beat()
        assert seen.screen.queue.rows[0].number == late
