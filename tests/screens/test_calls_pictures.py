"""What calls look like: the unit's card and the register of this duty, at 80x24 and 120x40."""

import unicodedata
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.screens.callers import told_of
from tests.screens.consoles import Console
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock


async def card(seen: Console) -> None:
    await seen.type("3-1-502 怎么没水了")


async def joinable(seen: Console) -> None:
    await seen.type("微信 3-1-502 厨房又漏水")


async def register(seen: Console) -> None:
    await seen.press("f2", "down", "down")


def named(value: Any) -> str:
    return f"{value[0]}x{value[1]}" if isinstance(value, tuple) else value.__name__


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=named)
@pytest.mark.parametrize("steps", [card, joinable, register], ids=named)
def test_picture_of_calls(
    desk: Desk, clock: StoppedClock, snap_compare: Any, steps: Any, size: tuple[int, int]
) -> None:
    app = WuyeApp(lambda: told_of(desk, clock))

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await steps(seen)
        await seen.settle()
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []

    assert snap_compare(app, terminal_size=size, run_before=drive)
