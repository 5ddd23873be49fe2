"""What rosters look like at the console: the grid, a form over it, and what is only read.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.screens.consoles import Console
from tests.screens.test_console_rosters import published
from wuye_tui.desk import Desk

TO_MANAGERS = ("f10", "9")  # theirs alone is published
KEYS: dict[str, tuple[str, ...]] = {
    "grid": (*TO_MANAGERS, "down", "left"),
    "person": (*TO_MANAGERS, "down", "enter"),
    "post": (*TO_MANAGERS, "space"),
    "swap": (*TO_MANAGERS, *["right"] * 3, "f7"),
    "nothing": (*TO_MANAGERS, "pagedown"),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", KEYS)
def test_picture(desk: Desk, snap_compare: Any, panel: str, size: tuple[int, int]) -> None:
    office = published(desk)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await seen.press(*KEYS[panel])
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []
        print(seen.text)

    assert snap_compare(app, terminal_size=size, run_before=drive)
