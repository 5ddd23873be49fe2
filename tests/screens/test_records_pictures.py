"""What the archive and the supervisor's desk look like.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.factories import a_repair, move_to, taken
from tests.moulds import moulded
from tests.screens.consoles import Console, on_duty
from tests.screens.panels import PANELS
from tests.screens.test_console_records import over
from wuye_tui.desk import Desk
from wuye_tui.registers.ticking import tick
from wuye_tui.rules.clock import StoppedClock


@moulded
def a_week(desk: Desk, clock: StoppedClock) -> Desk:
    """Records of a week, one sent back and one without all that it needs; a night, and a day."""
    for _ in range(3):
        number = over(desk)
    taken(desk, number, "send_back", staff="XZ01", back_why="业主签字看不清")
    over(desk, whole=False)
    move_to(desk, "22:00")
    on_duty(desk.as_staff("ZB01"))
    for unit in ("3-1-501", "12-1-1203"):
        clock.advance(5)
        night = a_repair(desk, staff="ZB01", unit=unit, text="[b]厨房水管爆了，水流到楼下")
        taken(desk, night, "take", staff="ZB01", charge="public")
    move_to(desk, "2026-11-20 09:30")
    a_repair(desk, unit="6-1-301", text="客厅灯不亮")
    move_to(desk, "12:10")
    tick(desk)
    return desk.as_staff("KF03")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", ["archive", "supervisor"])
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, panel: str, size: tuple[int, int]
) -> None:
    office = a_week(desk, clock)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await PANELS[panel](seen)
        await seen.press("end", "home", "space", "down", "down")
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []
        print(seen.text)

    assert snap_compare(app, terminal_size=size, run_before=drive)
