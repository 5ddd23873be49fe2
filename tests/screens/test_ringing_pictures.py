"""What the ringing strip looks like: pictures at 80x24 and 120x40, in each theme once.

Look at a picture that has changed before you keep it.
"""

from typing import Any

import pytest

from screens.themes import CONTRAST, LIGHT, PLAIN
from tests.moulds import moulded
from tests.screens.consoles import Console, on_duty
from tests.screens.test_console_pictures import Steps, pictured
from tests.screens.test_console_ringing import CHEN, LIN, NOBODY, hung_up, rung
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

SIZES = ((80, 24), (120, 40))


@moulded
def ringing(desk: Desk, clock: StoppedClock) -> Desk:
    """A call at its third ring, another that has just begun, and one that was missed."""
    on_duty(desk)
    rung(desk, NOBODY)
    hung_up(desk, NOBODY)
    clock.advance(60)
    rung(desk, CHEN)
    clock.advance(10)
    rung(desk, LIN)
    return desk


async def strip(seen: Console) -> None:
    await seen.beat()


async def taken(seen: Console) -> None:
    await seen.press("enter")


async def missed(seen: Console) -> None:
    await seen.press("f10")
    await seen.type("未接来电")
    await seen.press("enter")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("steps", [strip, taken, missed], ids=lambda steps: steps.__name__)
def test_picture_of_ringing_lines(
    desk: Desk, clock: StoppedClock, snap_compare: Any, steps: Steps, size: tuple[int, int]
) -> None:
    app, drive = pictured(ringing(desk, clock), steps)
    assert snap_compare(app, terminal_size=size, run_before=drive)


@pytest.mark.parametrize("theme", [LIGHT, CONTRAST, PLAIN], ids=lambda theme: theme.name)
def test_picture_of_a_theme(desk: Desk, clock: StoppedClock, snap_compare: Any, theme: Any) -> None:
    async def themed(seen: Console) -> None:
        seen.app.theme = theme.name
        await strip(seen)
        await seen.type("3-1-502 厨房水管漏水 急")

    app, drive = pictured(ringing(desk, clock), themed)
    assert snap_compare(app, terminal_size=(80, 24), run_before=drive)
