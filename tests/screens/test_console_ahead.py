"""Keys that are typed ahead of a slow line: they count in the order in which they were typed.

A burst is what comes in one piece when the connection has stood still for a moment.
"""

import unicodedata
from collections.abc import Iterable

import pytest
from textual import events

from screens import ordered
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import queue
from wuye_tui.rules.clock import StoppedClock

PATIENT = 60.0  # seconds

NAMES = {"\r": "enter", "\b": "backspace", "\x15": "ctrl+u", "\t": "tab"}


@pytest.fixture(autouse=True)
def no_key_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form takes longer to open on a busy machine than one key may hold up the next; what is
    proved here is the order.
    """
    monkeypatch.setattr(ordered, "LONGEST", PATIENT)


async def burst(seen: Console, keys: Iterable[str]) -> None:
    """All of these keys before the program has looked at the first."""
    driver = seen.app._driver
    assert driver is not None
    for key in keys:
        name = NAMES.get(key) or (key if len(key) > 1 else _name(key))
        driver.send_message(events.Key(name, key if len(key) == 1 else None))
    await seen.settle()


def _name(character: str) -> str:
    if character.isalnum():
        return character
    return unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")


async def test_a_letter_is_taken_away_where_it_was_taken_away(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, "3-1-503\b2 漏")
        assert seen.screen.intake.words == "3-1-502 漏"


async def test_a_line_is_wiped_before_what_comes_after_it(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, "5-1-101 灯坏\x153-1-502")
        assert seen.screen.intake.words == "3-1-502"


async def test_enter_registers_what_stood_there_and_the_next_words_stay(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, "3-1-502 水管漏水")
        await burst(seen, "\r5-1-101")
        assert seen.screen.intake.words == "5-1-101", seen.text
    (row,) = queue(desk)
    assert "5-1-101" not in row.words


@pytest.mark.parametrize("key", ["f7", "ctrl+s"])
async def test_saving_a_form_saves_what_was_typed_before_it(desk: Desk, key: str) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await burst(seen, [*"3-1-502", "tab", "tab", *"厨房水管漏水", key])
    (row,) = queue(desk)
    assert (row.where, row.words) == ("3-1-502", "厨房水管漏水")


async def test_words_after_a_key_for_another_place_go_there(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await burst(seen, ["tab", "tab", *"漏水", "f2", *"5-1-101", "f3", *"了", "tab", *"陈立"])
        assert seen.screen.intake.words == "5-1-101"
        answers = seen.form.answers()
        assert (answers["text"], answers["caller"]) == ("漏水了", "陈立")


async def test_what_is_typed_while_a_form_opens_goes_into_the_form(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, ["ctrl+n", *"3-1-502", "f2", *"5-1-101"])
        assert seen.screen.intake.words == "5-1-101"
        assert seen.form.answers()["unit"] == "3-1-502"


@pytest.mark.parametrize(
    ("chosen", "meant"), [(["down"], [2]), (["space", "space"], [1, 2]), (["space"], [1])]
)
async def test_words_for_a_step_go_into_the_form_of_what_was_chosen_just_before(
    desk: Desk, clock: StoppedClock, chosen: list[str], meant: list[int]
) -> None:
    on_duty(desk)
    numbers = [registered(desk, clock, text) for text in ("门锁坏了", "灯不亮")]
    async with console(desk) as seen:
        await seen.press("f3")
        await burst(seen, [*chosen, "f8", *"备注", "\r", *"业主说在家"])
        assert seen.form.sheet.row.verb == "note", seen.text
        of = seen.form.draft_name.partition("/")[0]
        assert [number in of for number in numbers] == [n in meant for n in (1, 2)]
        assert seen.form.answers()["note"] == "业主说在家"


async def test_words_on_the_last_line_of_a_form_go_into_one_field(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await burst(seen, [*"3-1-502", "enter", *"漏水", "enter", *"5栋1单元电梯"])
        typed = {name: said for name, said in seen.form.answers().items() if "栋" in str(said)}
        assert list(typed.values()) == ["5栋1单元电梯"], seen.form.answers()


async def test_two_lines_and_their_enters_are_two_slips(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, "3-1-502 水管漏水\r5-1-101 灯坏\r")
        left, told = seen.screen.intake.words, seen.news
    rows = queue(desk)
    assert {(row.where, row.words) for row in rows} == {
        ("3-1-502", "水管漏水"), ("5-1-101", "灯坏"),
    }, (left, told)  # fmt: skip


async def test_what_is_ticked_before_a_key_counts_for_it(desk: Desk, clock: StoppedClock) -> None:
    for text in ("一", "二", "三"):
        registered(desk, clock, text)
    async with console(on_duty(desk)) as seen:
        await seen.press("f3")
        await burst(seen, ["space", "space", "space", "f7"])
        assert len(seen.screen.queue.ticked) == 3
        assert "一张一张办" in seen.news, "of three that are only registered"
