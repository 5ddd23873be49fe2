"""What the search, the directory and the notices look like, at 80x24 and 120x40.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.factories import started
from tests.factories import taken as stepped
from tests.moulds import moulded
from tests.registers.test_directory import brought_in, checked
from tests.screens.consoles import Console
from tests.screens.test_console_pictures import busy, named, pictured
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

Steps = Callable[[Console], Awaitable[None]]


@moulded
def informed(desk: Desk, clock: StoppedClock) -> Desk:
    """A desk at work, with its numbers, and two notices of which one is still waited for."""
    brought_in(desk)
    checked(desk, "供水")
    clock.advance(95 * 86400)
    checked(desk, "电梯救援")
    busy(desk, clock)
    water = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
    number = started(desk, "notice", **water)["number"]
    say = "水泵检修，今天下午六点来水，请先储一桶水。"
    paste = "各位业主：3栋水泵检修，预计今天18:00恢复供水，请提前储水。给您添麻烦了。"
    stepped(desk, number, "report", told_by="王建国", say=say, paste=paste, ends="18:00")
    power = {"subject": "power", "department": "engineering", "text": "地下车库没电"}
    started(desk, "notice", **power)
    clock.advance(1200)
    return desk


async def search(seen: Console) -> None:
    await seen.press("ctrl+f")
    await seen.type("502")


async def doubt(seen: Console) -> None:
    """A unit was taken while the line had words."""
    await seen.type("厨房漏水")
    await seen.press("ctrl+f")
    await seen.type("陈立")
    await seen.press("enter")


async def directory(seen: Console) -> None:
    await seen.press("f10")
    await seen.type("txl")
    await seen.press("enter")
    await seen.press(*["down"] * 6)


async def notices(seen: Console) -> None:
    await seen.press("f10")
    await seen.type("通知")
    await seen.press("enter")


async def change(seen: Console) -> None:
    await notices(seen)
    await seen.press("f9")


PICTURES = [
    (one, size)
    for one in (search, doubt, directory, notices, change)
    for size in ((80, 24), (120, 40))
]


@pytest.mark.parametrize(("steps", "size"), PICTURES, ids=named)
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, steps: Steps, size: tuple[int, int]
) -> None:
    app, drive = pictured(informed(desk, clock), steps)
    assert snap_compare(app, terminal_size=size, run_before=drive)
