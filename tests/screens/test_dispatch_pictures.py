"""What parts of the queue, several slips at once and the workers look like.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.moulds import moulded
from tests.registers.test_pins import CHEAP, PIN
from tests.registers.test_workers import assigned
from tests.screens.consoles import Console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import pins
from wuye_tui.rules.clock import StoppedClock

Steps = Callable[[Console], Awaitable[None]]


@moulded
def busy(desk: Desk, clock: StoppedClock) -> Desk:
    """A desk with two slips to be collected, one to be assigned, and two workers at work."""
    on_duty(desk)
    there = assigned(desk, clock)
    clock.advance(300)
    taken(desk, there, "arrive")
    assigned(desk, clock, "GC04", at="2026-11-19T15:00:00+08:00")
    for text, unit in (("[b]卫生间地漏堵了返水", "12-1-1203"), ("客厅灯不亮", "3-2-502")):
        number = registered(desk, clock, text, unit)
        taken(desk, number, "issue", charge="paid", tariff="SX-03")
        taken(desk, number, "notify", whom="工程部", how="phone")
    clock.advance(700)
    last = registered(desk, clock, "阳台水管漏水", "3-1-501")
    taken(desk, last, "issue", charge="paid", tariff="SX-03")
    taken(desk, last, "notify", whom="工程部", how="phone")
    taken(desk, last, "collect", collector="GC03")
    pins.set_pin(desk.as_staff("XZ01"), "GC03", PIN, cost=CHEAP)
    return desk


async def overdue(seen: Console) -> None:
    await seen.press("f3", "right", "right")


async def ticked(seen: Console) -> None:
    await seen.press("f3")
    await seen.press("f10")
    await seen.type("只看一种状态")
    await seen.press("enter")
    await seen.type("已通知")
    await seen.press("enter", "home", "space", "space")


async def signed(seen: Console) -> None:
    await ticked(seen)
    await seen.press("f7")
    await seen.type("李强")
    await seen.press("tab")
    await seen.type(PIN)


async def workers(seen: Console) -> None:
    await seen.press("f3", "ctrl+t", "end", *["down"] * 9)


async def warned(seen: Console) -> None:
    seen.screen.queue.select(seen.screen.queue.every[-1].number)
    for row in seen.screen.queue.every:
        if row.state == "collected":
            seen.screen.queue.select(row.number)
    await seen.settle()
    await seen.press("f3", "f7")
    await seen.type("李强")
    await seen.press("enter")


ALL: tuple[Steps, ...] = (overdue, ticked, signed, workers, warned)


def named(value: Any) -> str:
    return f"{value[0]}x{value[1]}" if isinstance(value, tuple) else value.__name__


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named)
@pytest.mark.parametrize("steps", ALL, ids=named)
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, steps: Steps, size: tuple[int, int]
) -> None:
    office = busy(desk, clock)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await steps(seen)
        await seen.beat()  # what a draft changes elsewhere is painted with the next second
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []

    assert snap_compare(app, terminal_size=size, run_before=drive)
