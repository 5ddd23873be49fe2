"""A paste is words, whatever it holds: an escape character in it must not end it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from screens.terminal import Bursts, Pastes
from tests.screens.consoles import console
from wuye_tui.desk import Desk


@given(
    st.lists(st.sampled_from(["\x1b", "[201", "201~", "[200~", "灯坏", "\r", "\x11", "~", "a"])),
    st.integers(1, 7),
    st.integers(0, 5),
)
def test_an_escape_character_inside_a_paste_is_no_key_however_the_stream_is_cut(
    parts: list[str], piece: int, keys: int
) -> None:
    pasted = "".join(parts).replace("\x1b[201~", "")
    stream = "\x1b[A" * keys + f"\x1b[200~{pasted}\x1b[201~" + "\x1b[B\x1b"
    pastes = Pastes()
    passed = "".join(pastes.clean(stream[at : at + piece]) for at in range(0, len(stream), piece))
    kept = pasted.replace("\x1b", "\x1a")
    assert passed == "\x1b[A" * keys + f"\x1b[200~{kept}\x1b[201~" + "\x1b[B\x1b"


def test_a_key_is_never_held_back() -> None:
    pastes = Pastes()
    for key in ("\x1b", "\x1b[", "\x1b[2", "\x1bOP", "五", "\x1b"):
        assert pastes.clean(key) == key


@pytest.mark.parametrize(
    "typed",
    [
        "五",
        "3-1-502 厨房水管漏水，热水也没有：马上来人\r",  # committed, and Enter behind it
        "漏水\r3-1-501 ",  # typed ahead on a slow line
        "\x1b[21~" + "通讯录" * 20 + "\r",  # keys
        "\x1b[200~" + "厨房\r漏水" * 200 + "\x1b[201~",  # a paste with brackets
    ],
)
def test_what_a_person_types_is_no_burst(typed: str) -> None:
    assert Bursts().bracket(typed, 5.0) == typed


def test_a_paste_without_brackets_gets_them_to_its_last_piece() -> None:
    bursts = Bursts()
    for n, piece in enumerate(("3-1-502 厨房水管漏水\r马上\x11来人", "水" * 300, "\r", "来")):
        assert bursts.bracket(piece, 5 + n * 0.03) == f"\x1b[200~{piece}\x1b[201~"
    assert bursts.bracket("\r", 6.0) == "\r", "a second later it is Enter"


async def test_a_paste_with_an_escape_character_stays_words_in_its_field(desk: Desk) -> None:
    read: list[Any] = []
    parser = XTermParser()
    pastes = Pastes()
    stream = "\x1b[200~3-2-502 灯坏\x1b \r尾巴\x1b \x11\x1b[201~"
    for piece in filter(None, map(pastes.clean, stream)):
        read += parser.feed(piece)
    (paste,) = [event for event in read if isinstance(event, events.Paste)]
    assert [event for event in read if isinstance(event, events.Key)] == []
    async with console(desk.as_staff("KF01")) as seen:
        await seen.press("f2")
        await seen.type(paste.text)
        assert seen.screen.intake.words.split() == ["3-2-502", "灯坏", "尾巴"]
        assert "控制字符" in seen.news


def test_a_key_held_down_behind_a_paste_is_soon_a_key_again() -> None:
    bursts = Bursts()
    assert bursts.bracket("水" * 400, 0.0).startswith("\x1b[200~")
    told = [bursts.bracket("\x15", 0.03 * n) for n in range(1, 8)]
    assert told[0] != "\x15", "the last piece of the paste may be as short as a key"
    assert told[-1] == "\x15", "but it does not go on for as long as the key is held"
