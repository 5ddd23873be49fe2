"""What the night's three choices and the handover look like.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.factories import move_to
from tests.moulds import moulded
from tests.screens.consoles import Console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

Steps = Callable[[Console], Awaitable[None]]


@moulded
def at_night(desk: Desk, clock: StoppedClock) -> Desk:
    """The desk in the evening, held by the plumber-electrician, with two slips open."""
    move_to(desk, "22:00")
    night = on_duty(desk.as_staff("ZB01"))
    for unit in ("3-1-501", "12-1-1203"):
        registered(night, clock, "[b]厨房水管爆了，水流到楼下", unit)
    return night


@moulded
def before_noon(desk: Desk, clock: StoppedClock) -> Desk:
    """The desk of the morning, shortly before it changes hands."""
    move_to(desk, "08:30")
    on_duty(desk)
    registered(desk, clock, "[b]厨房水管漏水")
    move_to(desk, "11:50")
    for unit in ("3-1-501", "12-1-1203"):
        registered(desk, clock, "客厅灯不亮很久了", unit)
    return desk


async def board(seen: Console) -> None:
    await seen.press("f5", "down")


async def ways(seen: Console) -> None:
    await seen.press("1")
    await seen.type("3-1-502 楼上太吵了睡不着")
    await seen.press("enter", "down")


async def out(seen: Console) -> None:
    await seen.press("2", "1")
    await seen.type("8001")
    await seen.press("enter")


async def counting(seen: Console) -> None:
    await seen.press("f4", "enter", "down", "down", "down", "0")


async def given(seen: Console) -> None:
    await seen.press("f4", "space", "f8", "space", "down", "space")


PICTURES: dict[str, tuple[Callable[[Desk, StoppedClock], Desk], Steps]] = {
    "board": (at_night, board),
    "ways": (at_night, ways),
    "out": (at_night, out),
    "counting": (before_noon, counting),
    "given": (before_noon, given),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, name: str, size: tuple[int, int]
) -> None:
    make, steps = PICTURES[name]
    office = make(desk, clock)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await steps(seen)
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []
        print(seen.text)

    assert snap_compare(app, terminal_size=size, run_before=drive)
