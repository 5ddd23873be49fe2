"""The numbers at hand (XX-4.1.4) and the notices in force (XX-4.3.3), as the console lists them."""

import re

import pytest

from screens.commands import FORM, LINE, NOTICES, NUMBERS, PANE, QUEUE
from tests.factories import started
from tests.factories import taken as stepped
from tests.registers.test_directory import brought_in, checked
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import directory, notices
from wuye_tui.rules.clock import StoppedClock

WATER = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
TOLD = {
    "told_by": "王建国",
    "say": "水泵检修，下午六点来水",
    "paste": "各位业主：3栋水泵检修，18:00恢复供水。",
    "ends": "2026-11-19 18:00",
}


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


def row(seen: Console, words: str) -> str:
    """The only line of the screen that begins with these words."""
    found = [one for one in seen.text.splitlines() if one[1:].startswith(words)]
    assert len(found) == 1, seen.text
    return found[0]


@pytest.mark.clause("XX-4.1.4")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_directory_shows_number_second_hours_and_the_last_check(
    desk: Desk, size: tuple[int, int]
) -> None:
    brought_in(desk)
    checked(desk, "供水")
    async with console(on_duty(desk), size) as seen:
        await command(seen, "txl")
        assert seen.screen.place == NUMBERS
        water = row(seen, "供水 ")
        assert water.split()[1:5] == ["023-55501001", "023-55501002", "全天", "2026-11-19"]
        assert "未核对过" in row(seen, "燃气抢修 ")


@pytest.mark.parametrize("typed", ["电梯救援", "dtjy", "55501011"])
async def test_the_directory_is_filtered_as_one_types(desk: Desk, typed: str) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        await seen.type(typed)
        assert [one.name for one in seen.screen.numbers.items] == ["电梯救援"]
        assert "报电梯编号和停在几楼" in seen.text, "the note of the chosen one"
        await seen.type("没有")
        assert "通讯录里没有" in seen.text
        await seen.press("escape")
        assert seen.screen.place == LINE


@pytest.mark.clause("XX-4.1.4")
async def test_one_key_notes_that_a_number_was_tried(desk: Desk, clock: StoppedClock) -> None:
    brought_in(desk)
    checked(desk, "供水")
    clock.advance(91 * 86400)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        assert "2026-11-19 待核" in row(seen, "供水 ")
        await seen.type("供水")
        await seen.press("f9")
        assert "供水 023-55501001 已核对" in seen.news
        assert "2027-02-18" in row(seen, "供水   ")
        assert "待核" not in seen.text
    entry = next(one for one in directory.listing(desk) if one.name == "供水")
    assert (entry.by, entry.stale) == ("李晓燕", False)


async def test_an_empty_directory_says_how_it_is_filled(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "通讯录")
        assert "wuye directory import" in seen.text
        await seen.press("f9", "down", "pagedown")
        assert seen.screen.place == NUMBERS


async def test_the_card_of_an_emergency_has_the_directory_s_number(desk: Desk) -> None:
    brought_in(desk)
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 电梯困人了")
        assert "1 电梯救援 023-55501011" in seen.text
        assert "(查通讯录)" not in seen.text


@pytest.mark.clause("XX-4.3.3")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_notice_says_what_to_answer_and_what_to_paste(
    desk: Desk, clock: StoppedClock, size: tuple[int, int]
) -> None:
    number = started(desk, "notice", **WATER)["number"]
    stepped(desk, number, "report", **TOLD)
    for unit in ("3-1-502", "3-2-502"):
        desk.perform("answer", lambda act, unit=unit: notices.answer(act, number, unit=unit))
    async with console(on_duty(desk), size) as seen:
        await command(seen, "通知")
        assert seen.screen.place == NOTICES
        line = row(seen, "停水 ")
        for part in ("3栋", "至 18:00", "工程管理部", "部门已报", "问过 2"):
            assert part in line
        assert "水泵检修，下午六点来水" in seen.text
        assert "各位业主：3栋水泵检修，18:00恢复供水。" in seen.text


@pytest.mark.clause("XX-4.3.3")
async def test_until_the_department_reports_its_four_hours_run(
    desk: Desk, clock: StoppedClock
) -> None:
    started(desk, "notice", **WATER)
    async with console(on_duty(desk)) as seen:
        await command(seen, "通知")
        assert "待报 4时" in row(seen, "停水 ")
        clock.advance(3 * 3600 + 55 * 60)
        await seen.beat()
        assert "待报 5分" in row(seen, "停水 ")
        clock.advance(6 * 60)
        await seen.beat()
        assert "未报 超时1分" in row(seen, "停水 ")
        assert "3栋没水（部门未报）" in seen.text


async def test_the_keys_for_steps_act_on_the_notice_that_is_chosen(
    desk: Desk, clock: StoppedClock
) -> None:
    repair = registered(desk, clock, "厨房水管漏水")
    water = started(desk, "notice", **WATER)["number"]
    clock.advance(1)
    power = started(desk, "notice", **{**WATER, "subject": "power", "text": "5栋没电"})["number"]
    async with console(on_duty(desk)) as seen:
        seen.screen.queue.select(repair)
        await seen.press("f3")
        await command(seen, "通知")
        await seen.press("down")
        assert seen.screen.queue.number == power
        await seen.press("up", "f7")
        assert seen.screen.place == FORM
        assert (seen.form.sheet.number, seen.form.sheet.row.verb) == (water, "report")
        await seen.press("escape")
        assert seen.screen.place == NOTICES
        await seen.press("enter")
        assert seen.screen.place == PANE
        assert "3栋没水" in seen.text
        for told in (r"事项 +停水", r"范围 +3栋", r"部门 +工程管理部"):
            assert re.search(told, seen.text), told
        await seen.press("escape", "escape")
        assert (seen.screen.place, seen.screen.queue.number) == (QUEUE, repair)


async def test_the_list_follows_what_others_do(desk: Desk, clock: StoppedClock) -> None:
    number = started(desk, "notice", **WATER)["number"]
    async with console(on_duty(desk)) as seen:
        await command(seen, "通知")
        stepped(desk, number, "report", **TOLD)
        await seen.beat()
        assert "部门已报" in row(seen, "停水 ")
        stepped(desk, number, "end")
        await seen.beat()
        assert "现在没有通知" in seen.text
        await seen.press("f7", "enter")
        assert seen.screen.place == NOTICES


@pytest.mark.clause("XX-4.3.3")
async def test_a_change_is_registered_from_the_list_and_stays_a_draft_till_then(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "通知")
        await seen.press("f9")
        assert seen.form.draft_name == "notice/register"
        await seen.press("1", "escape")
        assert "打「登记变化」接着填" in seen.news
        await command(seen, "登记变化")
        form = seen.form
        fields = {one.question.name: one.field for one in form.rows}
        assert fields["subject"].answer == "water"
        fields["department"].put("engineering")
        fields["text"].put("3栋没水")
        await seen.press("ctrl+s")
        assert seen.screen.form is None, seen.text
        assert seen.screen.place == NOTICES
        assert "3栋没水" in seen.text
    (notice,) = notices.current(desk)
    assert (notice.subject, notice.text, notice.scope) == ("停水", "3栋没水", "")


async def test_a_notice_and_a_repair_can_be_half_filled_at_once(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await seen.type("3-1-502")
        await command(seen, "登记变化")
        assert seen.form.draft_name == "notice/register"
        fields = {one.question.name: one.field for one in seen.form.rows}
        fields["subject"].put("water")
        fields["department"].put("engineering")
        fields["text"].put("3栋没水")
        await seen.press("f7")
        assert [one.text for one in notices.current(desk)] == ["3栋没水"]
        assert seen.form.draft_name == "repair/register", "the repair is there again"
        assert "3-1-502" in seen.form.answers().values()
