"""What the list of forms and a form that is read before it is printed look like.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.screens.consoles import Console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["forms", "form"])
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    on_duty(desk)
    registered(desk, clock, "厨房[b]漏水")
    app = WuyeApp(lambda: desk)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await seen.press("f3", "f10")
        await seen.type("打印")
        await seen.press("enter", *keys)
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []

    assert snap_compare(app, terminal_size=size, run_before=drive)
