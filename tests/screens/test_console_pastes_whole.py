"""A paste of any size and kind, wherever it goes: words in one line, told what was left out.

Each place gets the same megabyte. It comes through the parser of a real terminal in the pieces
that a terminal sends, and what was in the field before is still there.
"""

from typing import Any

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.widgets import Input

from screens.terminal import _decoder_for
from tests.hostile import ACTING
from tests.screens.consoles import Console, console, on_duty, registered
from tests.screens.panels import Steps, filter_, form, lock, new_repair, palette, search
from wuye_tui.desk import Desk
from wuye_tui.registers.contacts import listed
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock

MEGABYTE = 1_000_000
PIECE = 65536  # bytes that a terminal hands over at once


async def line(seen: Console) -> None:
    await seen.type("3-1-502 ")


PLACES: tuple[Steps, ...] = (line, form, new_repair, search, filter_, palette, lock)


def read(pasted: bytes) -> list[Any]:
    """The events that a terminal's bracketed paste becomes."""
    parser, decoder = XTermParser(), _decoder_for("utf-8")()
    found: list[Any] = []
    stream = b"\x1b[200~" + pasted + b"\x1b[201~"
    for at in range(0, len(stream), PIECE):
        if text := decoder.decode(stream[at : at + PIECE]):
            found += parser.feed(text)
    return found


async def paste(seen: Console, pasted: bytes) -> None:
    """Pastes as a terminal does."""
    found = read(pasted)
    assert [event for event in found if isinstance(event, events.Key)] == []
    for event in found:
        seen.app.post_message(event)
    await seen.settle()


def field(seen: Console) -> Input:
    focused = seen.app.focused
    assert isinstance(focused, Input)
    return focused


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__.strip("_"))
async def test_a_paste_goes_in_to_the_limit_what_is_left_out_is_told_and_nothing_is_done(
    desk: Desk, clock: StoppedClock, place: Steps
) -> None:
    registered(on_duty(desk), clock, "门锁坏了")
    keys = b"\r\x11\x1b[A\x1bOP\x1b[21~\x1b[24~\x1b[15~\x1a\x13\x03\x1b\x1b[201\x1b[201"
    hostile = "".join(ACTING.values()).encode("utf-8", "replace").replace(b"\x1b[201~", b"")
    huge = ("厨房水管漏水\n" * (MEGABYTE // 19)).encode()
    async with console(desk) as seen:
        await place(seen)
        here, panel, screens = field(seen), seen.screen.panel, len(seen.app.screen_stack)
        before = here.value
        for pasted, told in ((keys + hostile, "个看不见的控制字符，已经去掉"), (huge, "最多")):
            here.value = before
            await paste(seen, pasted)
            assert field(seen) is here
            assert (seen.screen.panel, len(seen.app.screen_stack)) == (panel, screens)
            assert seen.app.is_running
            assert here.value.startswith(before)
            if place is not lock:  # nothing of the desk is in sight there
                assert told in seen.text or "最多" in seen.text
        assert len(here.value) == here.max_length
        assert here.value[len(before) :].startswith("厨房水管漏水 厨房水管漏水"[: here.max_length])
    assert len(queue(desk, Wanted())) == 1
    assert listed(desk) == []


async def test_several_lines_are_one_act_and_said_in_one_line(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await paste(seen, "3-1-502 厨房水管漏水\r\n明天9点\n\n急\r\n".encode())
        assert seen.screen.intake.words == "3-1-502 厨房水管漏水 明天9点  急"
        assert queue(desk, Wanted()) == []
        await seen.press("enter")
    assert len(queue(desk, Wanted())) == 1


@pytest.mark.parametrize("characters", [1, 4, 5, 40, 400])
async def test_many_characters_are_committed_at_once(desk: Desk, characters: int) -> None:
    """Without brackets, as an input method does; five and more were garbage once."""
    words = ("厨房水龙头漏水了请快来" * 40)[:characters]
    parser, decoder = XTermParser(), _decoder_for("utf-8")()
    async with console(on_duty(desk)) as seen:
        for event in parser.feed(decoder.decode(words.encode())):
            seen.app.post_message(event)
        await seen.settle()
        assert seen.screen.intake.words == words
