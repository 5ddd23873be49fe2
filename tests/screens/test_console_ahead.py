"""Keys that are typed ahead of a slow line: they count in the order in which they were typed.

A burst is what comes in one piece when the connection has stood still for a moment.
"""

import unicodedata
from collections.abc import Iterable

import pytest
from textual import events

from tests.screens.consoles import Console, console, on_duty
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import queue

NAMES = {"\r": "enter", "\b": "backspace", "\x15": "ctrl+u", "\t": "tab"}


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
        await burst(seen, [*"厨房水管漏水", "shift+tab", "shift+tab", *"3-1-502", key])
    (row,) = queue(desk)
    assert (row.where, row.words) == ("3-1-502", "厨房水管漏水")


async def test_words_after_a_key_for_another_place_go_there(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await burst(seen, [*"漏水", "f2", *"5-1-101", "f3", *"了", "tab", *"陈立"])
        assert seen.screen.intake.words == "5-1-101"
        answers = seen.form.answers()
        assert (answers["text"], answers["caller"]) == ("漏水了", "陈立")


async def test_what_is_typed_while_a_form_opens_goes_into_the_form(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await burst(seen, ["ctrl+n", *"漏水", "f2", *"5-1-101"])
        assert seen.screen.intake.words == "5-1-101"
        assert seen.form.answers()["text"] == "漏水"
