"""The search at the console: one box for everything; Enter goes there, Esc goes back."""

from typing import Any

import pytest
from sqlalchemy import event

from screens.commands import FORM, FOUND, LINE, PANE, QUEUE
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock


def chosen(seen: Console) -> str:
    """The line of the list that has the cursor, as it is painted."""
    marked = [line for line in seen.text.splitlines() if line.startswith(">")]
    assert len(marked) == 1, seen.text
    return marked[0]


async def look_for(seen: Console, words: str) -> None:
    await seen.press("ctrl+f")
    await seen.type(words)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
async def test_each_hit_says_what_it_is(
    desk: Desk, clock: StoppedClock, size: tuple[int, int]
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk), size) as seen:
        await look_for(seen, "3-1-502")
        shown = seen.text
        assert chosen(seen).split()[:2] == [">房号", "3-1-502"]
        assert "住户 陈立" in shown
        assert "业主" in shown
        assert "138****1234" in shown
        assert "单   PG-001" in shown
        assert "已登记" in shown


async def test_a_slip_opens_as_a_slip_and_its_steps_can_be_taken(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    registered(desk, clock, "客厅灯不亮", "3-2-502")
    async with console(on_duty(desk)) as seen:
        await look_for(seen, "002")
        assert "PG-002" in chosen(seen)
        await seen.press("enter")
        assert (seen.screen.panel, seen.screen.place) == ("slip", PANE)
        assert "客厅灯不亮" in seen.text
        assert seen.screen.queue.number.endswith("-002")
        await seen.press("escape")
        assert seen.screen.place == LINE, "where the focus was before the search"


async def test_a_closed_slip_is_found_by_its_number(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "阳台的架子掉了")
    taken(desk, number, "cancel", said="不修了")
    async with console(on_duty(desk)) as seen:
        await look_for(seen, number)
        await seen.press("enter")
        assert "阳台的架子掉了" in seen.text
        assert "不修了" in seen.text


async def test_a_person_s_unit_goes_into_the_empty_line(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f3")
        await look_for(seen, "2345")
        assert "林芳" in chosen(seen)
        await seen.press("enter")
        assert (seen.screen.place, seen.screen.intake.words) == (LINE, "3-1-501 ")
        await seen.type("没水")
        assert "林芳" in seen.text, "the line is read with the unit that was found"


async def test_a_line_with_words_is_touched_only_by_a_second_enter(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("厨房漏水")
        await look_for(seen, "陈立")
        await seen.press("enter")
        assert seen.screen.intake.words == "厨房漏水"
        assert "再按一次 Enter" in seen.news
        assert seen.screen.place == FOUND
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 厨房漏水"
        assert seen.screen.place == LINE
        await seen.press("ctrl+z")
        assert seen.screen.intake.words == "厨房漏水", "and it can be taken back"


async def test_another_hit_needs_a_second_enter_of_its_own(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("厨房漏水")
        await look_for(seen, "502")
        await seen.press("enter", "down", "enter")
        assert seen.screen.intake.words == "厨房漏水"


async def test_enter_waits_for_the_answer_to_what_was_typed_last(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await look_for(seen, "陈立")
        seen.screen.found.field.value = "3-1-501"
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-501 "


async def test_the_newest_words_win_and_typing_never_waits(desk: Desk) -> None:
    asked: list[str] = []
    number = "13800002345"

    def look(_c: object, _cursor: object, _statement: str, values: Any, *_rest: object) -> None:
        asked.extend(v for v in map(str, values) if len(v) > 1 and v in number[::-1])

    event.listen(desk.engine, "before_cursor_execute", look)
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+f")
        asked.clear()
        for end in range(1, len(number) + 1):  # faster than anybody types
            seen.screen.found.field.value = number[:end]
        await seen.settle()
        assert set(asked) == {number[::-1]}, "what was typed over is not even asked for"
        assert [hit.name for hit in seen.screen.found.items] == ["林芳"]
        assert seen.screen.found.answered == number
    event.remove(desk.engine, "before_cursor_execute", look)


@pytest.mark.parametrize("place", [LINE, QUEUE, FORM])
async def test_esc_is_back_where_the_focus_was(desk: Desk, clock: StoppedClock, place: str) -> None:
    registered(desk, clock, "阳台的架子掉了")
    keys = {LINE: [], QUEUE: ["f3"], FORM: ["f3", "f7"]}
    async with console(on_duty(desk)) as seen:
        await seen.press(*keys[place])
        focused = seen.app.focused
        await look_for(seen, "502")
        assert seen.screen.place == FOUND
        await seen.press("escape")
        assert seen.screen.place == place
        assert seen.app.focused is focused


async def test_a_call_in_between_leaves_the_search_as_it_was(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await look_for(seen, "502")
        await seen.press("down")
        before = chosen(seen)
        await seen.press("f2")
        assert seen.screen.place == LINE
        await seen.press("escape")
        assert (seen.screen.place, seen.screen.found.typed) == (FOUND, "502")
        assert chosen(seen) == before
        await seen.press("f2", "f3")
        assert seen.screen.place == "queue", "F3 is the slips, whatever lay over them"
        await seen.press("ctrl+f")
        await seen.type("马超")
        assert seen.screen.found.typed == "马超", "what was looked for last is typed over"


async def test_what_is_not_there_is_said(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+f")
        assert "打字就找" in seen.text
        await seen.type("查无此人")
        assert "没有找到「查无此人」" in seen.text
        await seen.press("enter")
        assert seen.screen.place == FOUND


async def test_words_of_people_are_shown_as_text(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "[/red]门锁坏了[bold]\\")
    async with console(on_duty(desk)) as seen:
        await look_for(seen, "门锁")
        assert "[/red]门锁坏了[bold]\\" in seen.text


async def test_the_queue_can_still_be_filtered(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "厨房水管漏水")
    registered(desk, clock, "客厅灯不亮", "3-2-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        await seen.type("sx")
        assert "筛选" in seen.text
        await seen.press("enter")
        await seen.type("漏水")
        assert [row.words for row in seen.screen.queue.rows] == ["厨房水管漏水"]
        await seen.press("escape", "slash")
        assert seen.screen.place == "filter"
