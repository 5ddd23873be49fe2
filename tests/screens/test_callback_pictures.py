"""What the callbacks, the month's figures and a list behind one look like, at 80x24 and 120x40.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.factories import move_to
from tests.factories import taken as stepped
from tests.moulds import moulded
from tests.registers.months_called import called_through, finished
from tests.screens.consoles import Console, on_duty
from tests.screens.test_console_pictures import named, pictured
from wuye_tui.desk import Desk
from wuye_tui.registers import ticking
from wuye_tui.rules.callback_figures import BY_CODE

Steps = Callable[[Console], Awaitable[None]]


@moulded
def at_the_end_of_november(desk: Desk) -> Desk:
    """A month behind it, callbacks before it; one was tried, and one home's turn has come."""
    called_through(desk)
    tried = finished(desk, "2026-11-28 15:30", "12-1-1203", "GC04")
    move_to(desk, "2026-11-29 10:00")
    stepped(desk, tried, "try", note="关机")
    move_to(desk, "2026-11-30 10:20")
    ticking.tick(desk)  # or the picture has it or not, as the clockwork is in time
    return on_duty(desk)


async def _by_palette(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def callbacks(seen: Console) -> None:
    await seen.press("f10", "3")
    await seen.press("down", "down")


async def reach(seen: Console) -> None:
    await callbacks(seen)
    await seen.press("f7", "3")
    await seen.beat()  # the slip at the side tells of the draft from the next second on


async def summary(seen: Console) -> None:
    await _by_palette(seen, "回访月报")
    await seen.press("right", *["down"] * list(BY_CODE).index("rate"))


async def groups(seen: Console) -> None:
    await summary(seen)
    await seen.press(*["down"] * 40)


async def counted(seen: Console) -> None:
    await summary(seen)
    await seen.press(*["down"] * 5, "enter")


ALL: tuple[Steps, ...] = (callbacks, reach, summary, groups, counted)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named)
@pytest.mark.parametrize("steps", ALL, ids=named)
def test_picture(desk: Desk, snap_compare: Any, steps: Steps, size: tuple[int, int]) -> None:
    app, drive = pictured(at_the_end_of_november(desk), steps)
    assert snap_compare(app, terminal_size=size, run_before=drive)
