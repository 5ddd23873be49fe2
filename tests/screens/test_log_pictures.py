"""What the duty manager's log looks like: a day in full, a look, and the lists of F7 and F9.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.factories import move_to, on_duty, started, taken
from tests.moulds import moulded
from tests.screens.consoles import Console
from tests.watching import MANAGER, begun, visited
from wuye_tui.desk import Desk
from wuye_tui.registers.ticking import tick

KEYS: dict[str, tuple[str, ...]] = {
    "log": ("f5", "down", "down"),
    "lines": ("f5", "end"),
    "write": ("f5", "f7"),
    "where": ("f5", "f9"),
    "look": ("f5", "f9", "1"),
    "recheck": ("f5", "down", "down", "down", "space"),
}


def the_day_before(desk: Desk) -> None:
    """A line nobody has solved, a task that is done, and one that is late."""
    move_to(desk, "2026-11-20 08:30")
    on_duty(desk, MANAGER, "duty_manager")
    started(desk, "entry", staff=MANAGER, category="help", text="车位被占", place="车库")
    for place in ("车库", "6栋"):
        given = {"department": "guards", "text": "消防通道堵了", "place": place}
        number = str(started(desk, "task", staff=MANAGER, **given)["number"])
    taken(desk, number, "receive", staff="ZX01", department="ZX01")
    taken(desk, number, "finish", staff="ZX01", result="已搬走")


@moulded
def a_day(desk: Desk) -> Desk:
    """Monday at a quarter to five: a week not read, an event not told, a patrol, lines."""
    the_day_before(desk)
    move_to(desk, "2026-11-23 08:30")
    on_duty(desk, "KF01")
    on_duty(desk, "KF04", "duty_manager")
    on_duty(desk, MANAGER, "duty_manager")
    tick(desk)
    manager = desk.as_staff(MANAGER)
    move_to(desk, "09:10")
    fined = {"whom": "ZX01", "because": "离岗十分钟", "fine": "50"}
    line = started(manager, "entry", "write", sort="penalty", text="离岗", **fined)
    started(manager, "entry", category="complaint", text="[b]楼道脏", unit="3-1-502", caller="陈立")
    move_to(desk, "09:40")
    patrol = begun(manager)
    for spot in ("desk", "control_room", "gate_south"):
        visited(manager, patrol, spot)
    move_to(desk, "11:00")
    given = {"sound": False, "found": "道闸关不严", "department": "engineering"}
    taken(manager, patrol, "visit", spot="gate_north", **given)
    taken(manager, patrol, "finish")
    started(manager, "entry", "correct", which=line["number"], text="罚 20 元")
    move_to(desk, "15:20")
    begun(manager)
    told = started(manager, "incident", sort="fire", text="配电箱冒烟，已断电", place="5栋")
    taken(manager, str(told["number"]), "report", told_to="ZJ01", how="phone")
    move_to(desk, "16:30")
    started(manager, "incident", sort="entrapment", text="11栋2单元困两人", place="11栋")
    move_to(desk, "16:45")
    return manager


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("panel", KEYS)
def test_picture(desk: Desk, snap_compare: Any, panel: str, size: tuple[int, int]) -> None:
    office = a_day(desk)
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
