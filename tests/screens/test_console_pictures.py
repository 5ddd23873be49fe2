"""What the console looks like: pictures at 80x24 and 120x40, and what holds for every picture.

Look at a picture that has changed before you keep it: `pytest --snapshot-update`.
"""

import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from tests.moulds import moulded
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.rules.clock import StoppedClock

Steps = Callable[[Console], Awaitable[None]]
OURS = "[/red]门锁坏了[bold]打不开"  # typed by a resident, brackets and all


@moulded
def busy(desk: Desk, clock: StoppedClock) -> Desk:
    """A desk with five slips: two late, one due in seconds, one urgent in a public place."""
    on_duty(desk)
    first = registered(desk, clock, "厨房水管漏水")
    taken(desk, first, "issue", charge="paid", tariff="SX-03")
    clock.advance(30)
    taken(desk, first, "notify", whom="工程部", how="phone")
    taken(desk, first, "collect", collector="李强")
    taken(desk, first, "assign", worker="李强", doer="GC01")
    clock.advance(700)
    registered(desk, clock, OURS, "3-1-501")
    third = registered(desk, clock, "卫生间地漏堵了返水", "12-1-1203")
    taken(desk, third, "issue", charge="paid", tariff="SX-02")
    clock.advance(150)
    registered(desk, clock, "客厅灯不亮", "3-2-502")
    desk.perform(
        "repair.register",
        lambda act: matters.start(
            act, "repair", place="5栋2单元大堂", text="大堂灯不亮", urgent=True
        ),
    )
    clock.advance(20)
    return desk


async def queue(seen: Console) -> None:
    await seen.press("f3", "down")


async def line(seen: Console) -> None:
    await seen.type("3-1-502 厨房水管漏水 明天9点 急")


async def choice(seen: Console) -> None:
    await seen.type("3栋502厨房漏水")
    await seen.press("down")


async def form(seen: Console) -> None:
    await line(seen)
    await seen.press("f3", "f7")


async def refused(seen: Console) -> None:
    await seen.press("f3", "down", "down", "f7")
    await seen.type("查无此项")
    await seen.press("f7")


async def steps(seen: Console) -> None:
    await seen.press("f3", "f8")


async def palette(seen: Console) -> None:
    await seen.press("f10")


async def slip(seen: Console) -> None:
    await seen.press("f3", "enter")


async def closed(seen: Console) -> None:
    await seen.press("f3", "down", "down", "f8")
    await seen.type("取消")
    await seen.press("enter")
    await seen.type("不修了")
    await seen.press("f7", "f3", "enter")


async def help_(seen: Console) -> None:
    await seen.press("f3", "f1")


async def lock(seen: Console) -> None:
    await seen.press("f12")


async def emergency(seen: Console) -> None:
    await seen.type("3-1-502 电梯困人了")
    await seen.press("enter")


async def aside(seen: Console) -> None:
    """A form that was put aside, and what the palette says of it."""
    await seen.press("f3", "down", "down", "f7")
    await seen.type("门锁")
    await seen.press("escape", "f10")


SMALL: tuple[Steps, ...] = (
    queue, line, choice, form, refused, steps, palette, slip, closed, help_, lock, emergency, aside
)  # fmt: skip
PICTURES = [(one, (80, 24)) for one in SMALL]
PICTURES += [(one, (120, 40)) for one in (queue, line, form, slip, help_, lock, emergency)]


def named(value: Any) -> str:
    return f"{value[0]}x{value[1]}" if isinstance(value, tuple) else value.__name__.strip("_")


def pictured(desk: Desk, steps: Steps | None) -> tuple[WuyeApp, Callable[[Pilot[Any]], Any]]:
    app = WuyeApp(lambda: desk)

    async def drive(pilot: Pilot[Any]) -> None:
        seen = Console(app, pilot)
        await seen.settle()
        if steps is not None:
            await steps(seen)
        await seen.settle()
        # No border, and no glyph that one terminal draws wider than another.
        assert [c for c in seen.text if unicodedata.east_asian_width(c) == "A"] == []

    return app, drive


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)], ids=named)
def test_picture_of_an_empty_office(desk: Desk, snap_compare: Any, size: tuple[int, int]) -> None:
    app, drive = pictured(on_duty(desk), None)
    assert snap_compare(app, terminal_size=size, run_before=drive)


@pytest.mark.parametrize(("steps", "size"), PICTURES, ids=named)
def test_picture(
    desk: Desk, clock: StoppedClock, snap_compare: Any, steps: Steps, size: tuple[int, int]
) -> None:
    app, drive = pictured(busy(desk, clock), steps)
    assert snap_compare(app, terminal_size=size, run_before=drive)


async def test_without_colour_everything_can_still_be_told_apart(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with console(busy(desk, clock)) as seen:
        assert seen.app.no_color
        await queue(seen)
        here, late, plain = (
            next(
                strip
                for strip in seen.app.screen._compositor.render_strips()
                if number in strip.text and "状态" not in strip.text and "到期" not in strip.text
            )
            for number in ("PG-003", "PG-001", "PG-004")
        )
        styles = [
            {(s.style.bold, s.style.reverse) for s in strip if s.style and s.text.strip()}
            for strip in (here, late, plain)
        ]
        assert (True, True) in styles[0]
        assert "超时" in late.text
        assert (True, True) in styles[1]
        assert all(not bold and not reverse for bold, reverse in styles[2])
