"""F1 helps wherever the focus can be, and shows the clause behind a deadline or a refusal."""

from collections.abc import Callable

import pytest

from screens.commands import (
    ARREARS,
    BILL_FIND,
    BILLING,
    CALLBACKS,
    CALLS,
    CHOOSE,
    COUNTED,
    DESK,
    FILTER,
    FORM,
    FOUND,
    HANDOVER,
    LINE,
    LOG,
    LOOK,
    NIGHT,
    NOTICES,
    NUMBERS,
    PANE,
    PAPER,
    PAYING,
    QUEUE,
    RECORDS,
    ROSTER,
    STATUS,
    SUMMARY,
    TABS,
    WORKERS,
    of,
)  # fmt: skip
from screens.help_words import OWN, PLACES
from tests.factories import move_to, started
from tests.moulds import moulded
from tests.registers.test_directory import brought_in
from tests.screens.consoles import Console, case, console, on_duty, registered
from tests.screens.test_console_log import managing
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.words import _

WAYS: dict[str, tuple[str, ...]] = {
    LINE: (),
    QUEUE: ("f3",),
    FORM: ("f3", "f7"),
    CHOOSE: ("f3", "f8"),
    PANE: ("f3", "enter"),
    FILTER: ("f3", "slash"),
    FOUND: ("ctrl+f",),
    NUMBERS: ("f10", "5"),
    NOTICES: ("f10", "4"),
    CALLS: ("f10", "1"),
    WORKERS: ("f10", "6"),
    RECORDS: ("f10", *"gd", "enter"),
    PAPER: ("f3", "f10", *"print", "enter", "enter"),
    CALLBACKS: ("f10", "3"),
    SUMMARY: ("f10", *"hfyb", "enter"),
    COUNTED: ("f10", *"hfyb", "enter", "enter"),
    LOG: ("f5",),
    LOOK: ("f5", "f9", "f9", "1"),
    HANDOVER: ("f4",),
    NIGHT: ("f5",),
    STATUS: ("up",),
    BILL_FIND: ("f6",),
    BILLING: ("f6", *"3-1-502", "enter"),
    PAYING: ("f6", *"3-1-502", "enter", "f7"),
    ARREARS: ("f10", *"qfmd", "enter"),
    ROSTER: ("f10", "9"),
}


@moulded
def at_night(desk: Desk) -> Desk:
    """The same desk, held by the night."""
    move_to(desk, "22:00")
    return on_duty(desk.as_staff("ZB01"))


AT = {LOOK: managing, NIGHT: at_night}  # where it is not the desk by day


def whole_help(seen: Console) -> str:
    """Every line of the help, those below the edge included."""
    return str(seen.screen.query_one("#help").text)


def test_the_places_are_all_that_can_have_the_focus() -> None:
    assert {*WAYS, TABS} == set(PLACES)


@pytest.mark.parametrize("office", [on_duty, managing, at_night])
async def test_every_place_has_help_with_its_keys_and_is_come_back_to(
    desk: Desk, clock: StoppedClock, office: Callable[[Desk], Desk]
) -> None:
    brought_in(desk)
    registered(desk, clock, "厨房水管漏水")
    started(desk, "notice", subject="water", department="engineering", text="3栋没水")
    async with console(office(desk)) as seen:
        for place in [one for one in WAYS if AT.get(one, on_duty) is office]:
            with case(place):
                await seen.press(*WAYS[place])
                await _help_is_there(seen, place)
            await seen.begin_again()


async def _help_is_there(seen: Console, place: str) -> None:
    assert seen.screen.place == place
    focused = seen.app.focused
    await seen.press("f1")
    assert seen.screen.panel == "help"
    shown = whole_help(seen)
    assert f"在「{_(PLACES[place])}」能按的键" in shown
    for command in of(place, DESK):
        told = [line for line in shown.splitlines() if line.strip().startswith(command.key)]
        word, _help = OWN.get(place, {}).get(command.id, (command.word, ""))
        assert any(_(word) in line for line in told), command.id
    await seen.press("escape")
    assert seen.app.focused is focused


async def test_the_palette_s_help_has_the_digits(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "f1")
        shown = whole_help(seen)
        assert all(f"  {one.key} " in shown for one in of(TABS))


async def test_the_lock_says_its_keys_and_whom_to_ask(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f12", "f1")
        assert "Ctrl+Q 退出" in seen.text
        assert "wuye staff set-pin 重设" in " ".join(seen.text.split())


async def _late(seen: Console) -> None:
    await seen.press("f3")


async def _refused(seen: Console) -> None:
    seen.app.sit_down(seen.app.desk.as_staff("GC03"))
    await seen.press("f10", "5", "f2", "escape", "enter")
    await seen.press("f7")


@pytest.mark.parametrize(("way", "clause"), [(_late, "BX-5"), (_refused, "XX-4.1.4")])
async def test_a_deadline_and_a_refusal_show_their_clause_its_text_and_where_it_stands(
    desk: Desk, clock: StoppedClock, way: Callable[[Console], object], clause: str
) -> None:
    brought_in(desk)
    registered(desk, clock, "厨房水管漏水")
    clock.advance(900)
    known = desk.reference.clauses[clause]
    async with console(on_duty(desk)) as seen:
        await way(seen)  # type: ignore[misc]
        await seen.press("f1")
        lines = whole_help(seen).splitlines()
        head = next(line for line in lines if line.startswith(f" {clause} "))
        assert known.source in head
        assert known.summary in "".join(line.strip() for line in lines)
