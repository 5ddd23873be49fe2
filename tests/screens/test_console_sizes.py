"""Every panel in every size: nothing is pushed out of the screen, cut in half or lost on the way.

60x20 is the smallest terminal that is promised; in smaller ones work goes on all the same.
"""

import unicodedata
from typing import Any

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from screens.widgets.key_bar import MOST, KeyBar
from tests.screens.consoles import Console, case, console, on_duty, registered
from tests.screens.panels import PANELS, office_at_work, unit
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

SIZES = ((60, 20), (80, 24), (120, 40), (200, 60))
SCROLLED = {"queue", "help"}  # where a larger screen had room for more, another part is in sight
ALONE = ("look", "lock", "filter", "ringing")  # what has another past, or is not left by Esc
TOO_SMALL = ((30, 10), (20, 5), (10, 3))


def strips(seen: Console) -> list[Any]:
    return list(seen.app.screen._compositor.render_strips())


def aligned(seen: Console, size: tuple[int, int]) -> None:
    """Every line has exactly as many cells as the screen, none of doubtful width."""
    shown = strips(seen)
    assert len(shown) == size[1]
    for strip in shown:
        assert strip.cell_length == size[0], strip.text
        assert cell_len(strip.text) == size[0], strip.text
        doubtful = [c for c in strip.text if unicodedata.east_asian_width(c) == "A"]
        assert doubtful == [], strip.text


def keys_are_whole(seen: Console) -> None:
    """At most nine keys, each with its word, and the last one not cut."""
    found = seen.screen.query_one(KeyBar)
    [told] = found.shown
    keys = [words.strip() for words, role in told.spans if role == "key"]
    assert 1 <= len(keys) <= MOST
    assert told.cells <= seen.app.size.width, told.text
    assert seen.text.splitlines()[-1].rstrip() == told.text.rstrip()
    if seen.app.size.width >= 80:
        wanted = {"F1", "F2"} | ({"F10"} if seen.screen.panel != "choose" else set())
        missing = wanted - set(keys)
        assert not missing, f"{told.text}: no {missing}"


def line_is_there(seen: Console) -> None:
    """The line can be seen and typed into."""
    region = seen.screen.intake.field.region
    assert region.width >= 20
    assert region.height == 1
    assert seen.text.splitlines()[region.y].startswith(" 来电")


def work_is_there(seen: Console, size: tuple[int, int]) -> None:
    """At least four lines of the work area, and the chosen row among them."""
    seen_there = [
        one
        for one in (seen.screen.part("work"), seen.screen.part("unit-card"))
        if one.display and one.size.height
    ]
    assert seen_there
    area = seen_there[0].region
    assert area.height >= 4, seen.text
    assert area.bottom <= size[1] - 2
    shown = seen.text.splitlines()[area.y : area.bottom]
    assert sum(bool(line.strip()) for line in shown) >= 1
    listed = seen.screen.panel in ("queue", "choose", "calls", "found", "workers")
    if listed and seen_there[0].id == "work":
        assert any(line.startswith(">") for line in shown), "\n".join(shown)


def state(seen: Console) -> tuple[Any, ...]:
    """What somebody in the middle of something would miss: focus, words, cursor, panel, row."""
    focused = seen.app.focused
    fields = [
        (one.value, one.cursor_position)
        for screen in seen.app.screen_stack
        for one in screen.query(Input)
    ]
    return focused, fields, seen.screen.panel, seen.screen.queue.number


@pytest.mark.parametrize(
    "panels", [[one for one in PANELS if one not in ALONE], *([one] for one in ALONE)], ids=len
)
async def test_every_panel_keeps_its_shape_in_every_size_and_loses_nothing_between(
    desk: Desk, clock: StoppedClock, panels: list[str]
) -> None:
    async with console(office_at_work(desk, clock)) as seen:
        for panel in panels:
            with case(panel):
                await PANELS[panel](seen)
                await _keeps_its_shape(seen, panel)
            if panel not in ALONE:
                await seen.begin_again()
                await seen.press("f3", "home", "f2")


async def _keeps_its_shape(seen: Console, panel: str) -> None:
    before, shown = state(seen), seen.text
    for size in ((60, 20), (120, 40), (200, 60), (20, 5), (80, 24)):
        await seen.resize(*size)
        assert state(seen) == before, size
        aligned(seen, size)
        if panel != "lock" and size in SIZES:
            keys_are_whole(seen)
            line_is_there(seen)
            work_is_there(seen, size)
    if panel not in SCROLLED:
        assert seen.text.splitlines() == shown.splitlines()


@pytest.mark.parametrize("size", TOO_SMALL, ids=str)
async def test_a_terminal_that_is_too_small_is_told_so_and_works(
    desk: Desk, clock: StoppedClock, size: tuple[int, int]
) -> None:
    registered(on_duty(desk), clock, "阳台的架子掉了")
    async with console(desk, size) as seen:
        assert seen.news == f"建议 80x24 以上，现在终端只有 {size[0]}x{size[1]}。"
        if size[0] >= 20:
            assert "建议 80x24" in seen.text
        await unit(seen)
        if size[0] >= 20:  # the end of what is typed is in sight
            assert "急" in seen.text.splitlines()[seen.screen.intake.field.region.y]
        await seen.press("enter")
        assert "已开单" in seen.news
        await seen.press("f3", "f7", "escape", "f8", "escape", "f10", "escape", "f1", "escape")
        await seen.resize(80, 24)
        assert "PG-002" in seen.text
        assert "建议" not in seen.text


async def test_the_news_of_before_is_there_again_when_the_terminal_is_large_enough(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        seen.screen.say("PG-001 已保存。")
        for size in ((59, 19), (30, 10), (20, 5)):
            await seen.resize(*size)
            assert seen.news.endswith(f"{size[0]}x{size[1]}。")
        await seen.resize(80, 24)
        assert seen.news == "PG-001 已保存。"


async def test_200x60_is_used(desk: Desk, clock: StoppedClock) -> None:
    async with console(office_at_work(desk, clock), (200, 60)) as seen:
        await seen.press("f3")
        shown = seen.text
        assert shown.count("PG-0") >= 19, "the whole queue"
        assert "维修派工单" in shown
        assert "刚才" in shown
