"""The counter's forms and the arrears as they look: 80x24 and 120x40."""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.factories import on_duty, started
from tests.screens.consoles import Console
from tests.screens.counters import CASHIER, at, billed
from tests.screens.test_console_billing_arrears import dunning, reminded
from tests.screens.test_console_billing_less import left_out
from wuye_tui.desk import Desk

Steps = Callable[[Console], Awaitable[None]]


async def more(seen: Console) -> None:
    await at(seen)
    await seen.press("f9")


async def deposit(seen: Console) -> None:
    await more(seen)
    await seen.press("8", "1", *"2000", "enter")


async def waive(seen: Console) -> None:
    await more(seen)
    await seen.press("9", "2", *"35.20", "enter")
    await seen.type("漏水影响")
    await seen.press("enter")


async def less(seen: Console) -> None:
    await at(seen)
    await left_out(seen)
    await seen.press("f7")


async def words(seen: Console) -> None:
    await dunning(seen)


async def complained(seen: Console) -> None:
    started(seen.app.desk.as_staff("KF01"), "complaint", unit="3-1-502", text="账单多算了一个月")
    await dunning(seen)


async def owing(seen: Console) -> None:
    await dunning(seen)
    await reminded(seen)
    await seen.press("escape", "f9", "7")


PICTURES: dict[str, Steps] = {
    one.__name__: one for one in (more, deposit, waive, less, words, complained, owing)
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PICTURES)
def test_picture(desk: Desk, snap_compare: Any, name: str, size: tuple[int, int]) -> None:
    on_duty(desk, "KF01")
    office = billed(desk).as_staff("KF01" if name == "owing" else CASHIER)
    app = WuyeApp(lambda: office)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        await PICTURES[name](seen)
        await seen.beat()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []
        print(seen.text)

    assert snap_compare(app, terminal_size=size, run_before=drive)
