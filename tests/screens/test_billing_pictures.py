"""What the counter looks like: the list, the money, what was taken, and a receipt.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.factories import on_duty
from tests.screens.consoles import Console
from tests.screens.counters import CASHIER, at, billed
from wuye_tui.desk import Desk

Steps = Callable[[Console], Awaitable[None]]


async def find(seen: Console) -> None:
    await seen.press("f6")


async def owed(seen: Console) -> None:
    await at(seen)
    await seen.press("down")


async def family(seen: Console) -> None:
    await at(seen, "3-1-502 3-1-501")
    await seen.press("space", "space")


async def money(seen: Console) -> None:
    await at(seen)
    await seen.press("space", "f7", "enter")


async def change(seen: Console) -> None:
    await at(seen)
    await seen.press("f7", "enter", "enter", *"800")


async def several(seen: Console) -> None:
    await at(seen)
    await seen.press("f7")
    await seen.type("现金100 微信50")
    await seen.press("enter")


async def over(seen: Console) -> None:
    await at(seen)
    await seen.press("f7", *"1000", "enter", "enter", "enter")


async def taken(seen: Console) -> None:
    await change(seen)
    await seen.press("enter")


async def receipt(seen: Console) -> None:
    await taken(seen)
    await seen.press("f9", "1", "enter")


async def day(seen: Console) -> None:
    await taken(seen)
    await seen.press("f9", "3")


PICTURES: dict[str, Steps] = {
    one.__name__: one
    for one in (find, owed, family, money, change, several, over, taken, receipt, day)
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PICTURES)
def test_picture(desk: Desk, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    on_duty(desk, "KF01")
    office = billed(desk).as_staff(CASHIER)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await PICTURES[name](seen)
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []
        assert ".." not in seen.screen.bill_pane.head.text
        print(seen.text)

    assert snap_compare(app, terminal_size=size, run_before=drive)
