"""The archive and the supervisor's desk at the console: what they say, and what their keys do."""

from typing import Any

import pytest

from tests.factories import a_repair, matter, move_to, situation, taken, walk_to
from tests.moulds import moulded
from tests.screens.consoles import Console, console, on_duty
from wuye_tui import words
from wuye_tui.desk import Desk
from wuye_tui.registers import supervising
from wuye_tui.registers.ticking import tick
from wuye_tui.rules.clock import StoppedClock

RETURNED: dict[str, Any] = {"return": {"register_line": "12"}}


@moulded
def over(desk: Desk, whole: bool = True) -> str:
    """A slip with its red line, whole or without the line of the charge register."""
    number = a_repair(desk, upto="finished")
    walk_to(desk, number, "closed", **(RETURNED if whole else {}))
    return number


async def opened(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def to(seen: Console, number: str) -> None:
    """Puts the cursor on the record of this number."""
    pane = seen.screen._pane_of(seen.screen.panel)
    await seen.press("home")
    for _ in range(40):
        if pane.chosen is not None and pane.chosen.number == number:
            return
        await seen.press("down")
    raise AssertionError(f"{number} is not in\n{seen.text}")


@pytest.mark.clause("XX-4.3.8", "XX-4.3.10")
async def test_what_is_ready_is_filed_after_a_question_and_the_rest_says_what_is_missing(
    desk: Desk,
) -> None:
    whole, lacking = over(desk), over(desk, whole=False)
    async with console(on_duty(desk).as_staff("XZ01")) as seen:
        await opened(seen, "归档")
        assert "2026-W47" in seen.text
        assert "4 份没归档，3 份齐，1 份缺" in seen.text  # with both callbacks
        await to(seen, lacking)
        assert "没有写收费登记表行号，请补上。(BX-16)" in seen.text
        await seen.press("f7")
        assert "归了档的不能再改" in seen.text
        await seen.press("enter")  # the first choice leaves everything as it is
        assert matter(desk, whole).state == "closed"
        await seen.press("f7", "down", "enter")
        assert (matter(desk, whole).state, matter(desk, lacking).state) == ("archived", "closed")
        assert "归档了 3 份。" in seen.news
        assert seen.screen.panel == "archive"
        assert "1 份没归档，0 份齐，1 份缺" in seen.text
        await seen.press("f7")
        assert "BX-16" in seen.screen.clause


@pytest.mark.clause("XX-4.3.10")
async def test_what_is_ticked_is_sent_back_with_one_reason(desk: Desk) -> None:
    first, second = over(desk), over(desk)
    async with console(on_duty(desk).as_staff("XZ01")) as seen:
        await opened(seen, "归档")
        for number in (first, second):
            await to(seen, number)
            await seen.press("space")
        assert "归档 2份" in seen.text
        await seen.press("f8")
        await seen.type("业主签字看不清")
        await seen.press("f7")
        assert all(situation(desk, one).facts.get("sent_back") for one in (first, second))
        assert seen.screen.panel == "archive"
        assert "退回" in seen.text


@pytest.mark.clause("XX-4.3.8")
async def test_whoever_is_no_archivist_is_told_who_is(desk: Desk) -> None:
    over(desk)
    async with console(on_duty(desk)) as seen:
        await opened(seen, "归档")
        await seen.press("f7", "down", "enter")
        assert "档案管理员" in seen.news


@pytest.mark.clause("BX-3.3")
async def test_the_day_is_signed_with_a_note(desk: Desk) -> None:
    number = a_repair(desk, unit="6-1-301")
    move_to(desk, "17:05")
    tick(desk)
    async with console(on_duty(desk).as_staff("KF03")) as seen:
        await opened(seen, "主管")
        assert "11-19 记录 1 份，1 份填得不全" in seen.text
        await to(seen, number)
        assert "没有写报修人，请补上。(XX-4.2.2)" in seen.text
        await seen.press("f7")
        await seen.type("请补姓名")
        await seen.press("f7")
        assert supervising.days_unsigned(desk) == []
        assert seen.screen.panel == "supervisor"
        assert "已签字" in seen.text


@pytest.mark.clause("BX-3.1")
async def test_the_night_is_countersigned_and_what_is_late_is_told(
    desk: Desk, clock: StoppedClock
) -> None:
    move_to(desk, "22:00")
    on_duty(desk.as_staff("ZB01"))
    numbers = []
    for _ in range(2):
        clock.advance(5)
        number = a_repair(desk, staff="ZB01")
        taken(desk, number, "take", staff="ZB01", charge="public")
        numbers.append(number)
    move_to(desk, "2026-11-20 09:30")
    async with console(desk.as_staff("GC01")) as seen:
        await opened(seen, "主管")
        assert "等工程主管补签的夜间单（BX-3.1）" in seen.text
        assert "工程管理部" in seen.text
        await seen.press("f8", "f7")
        assert all(situation(desk, one).facts.get("countersigned") for one in numbers)


async def test_enter_opens_the_slip_and_typing_goes_to_the_line(desk: Desk) -> None:
    number = over(desk)
    async with console(on_duty(desk).as_staff("XZ01"), (120, 40)) as seen:
        await opened(seen, "归档")
        await to(seen, number)
        await seen.press("enter")
        assert seen.screen.slip is not None
        assert seen.screen.slip.view.number == number
        await opened(seen, "归档")
        await seen.press("3")
        assert seen.screen.intake.words == "3"


@pytest.mark.clause("XX-4.3.6")
async def test_each_figure_opens_what_it_counts_and_f7_takes_the_next_step_there(
    desk: Desk, clock: StoppedClock
) -> None:
    busy = a_repair(desk, upto="assigned", unit="3-1-501")
    done = a_repair(desk, upto="finished", unit="3-2-502")
    clock.advance(700)
    async with console(on_duty(desk).as_staff("KF03")) as seen:
        await opened(seen, "主管")
        pane = seen.screen._pane_of("supervisor")
        await seen.press("end")
        while pane.chosen is None or pane.chosen.key != "load_by:GC03":
            await seen.press("up")
        row = next(line for line in seen.text.splitlines() if line.startswith("> "))
        assert row.split() == [">", "李强", "有活", "[2张]", "1张", "1张"]
        await seen.press("right", "right", "right")
        row = next(line for line in seen.text.splitlines() if line.startswith("> "))
        assert row.split() == [">", "李强", "有活", "2张", "1张", "[1张]"]
        assert "李强 本周办完\n" in seen.text, "what the number is stands below it"
        await seen.press("enter")
        assert "李强 本周办完  1张" in seen.text
        assert ("3-2-502" in seen.text, "3-1-501" in seen.text) == (True, False)
        await seen.press("escape", "left", "enter")
        assert "李强 超时  1张" in seen.text
        await seen.press("enter")
        assert seen.screen.slip is not None
        assert seen.screen.slip.view.number == busy
        await seen.press("escape", "f8")
        await seen.type("催单")
        await seen.press("enter", "f7")
        assert seen.screen.panel == "behind"
        await seen.press("escape")
        assert seen.screen.panel == "supervisor"
        while pane.chosen is None or pane.chosen.key != "late_by:GC03":
            await seen.press("up")
        await seen.press("left", "left", "enter")
        assert "李强 现在超时  1张" in seen.text
        await seen.press("escape")
        while pane.chosen is None or pane.chosen.key != "load_of:engineering":
            await seen.press("down")
        await seen.press("left", "left", "enter")
        assert "工程管理部 未结  2张" in seen.text
        assert done.startswith("PG-")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", ["主管", "归档"])
async def test_f8_stands_on_the_bar_at_80_columns(desk: Desk, panel: str, language: str) -> None:
    over(desk)
    async with console(on_duty(desk).as_staff("KF03")) as seen:
        await opened(seen, panel)
        words.speak(language)
        try:
            seen.screen.tell_keys()
            await seen.settle()
            bar = seen.text.splitlines()[-1]
        finally:
            words.speak("zh")
        assert ("F7 " in bar, "F8 " in bar) == (True, True), bar
