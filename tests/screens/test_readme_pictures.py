"""The pictures of README: every screen, in the training office with two hours behind it.

`make docs` makes `docs/pictures` from them. Look at a picture that has changed before you keep it:
`pytest --snapshot-update`.
"""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.factories import started
from tests.factories import taken as stepped
from tests.pictures import SHOWN
from tests.screens.consoles import Console
from tests.screens.test_console_pictures import Steps, pictured
from wuye_tui import demo
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import notices, ringing, ticking
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE, load

NOW = "2026-11-21T10:20:00+08:00"
CALLER = "13800001001"


@pytest.fixture(scope="session")
def training_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the training office in the middle of a Saturday morning, with the water off
    in building 3, made once.
    """
    folder = tmp_path_factory.mktemp("demo")
    demo.make(load(home=str(folder), now=NOW, environ={}), days=0)
    opened = _opened(folder)
    _water_off(opened)
    ticking.tick(opened)  # as every console does in its first seconds, however slow the machine
    opened.engine.dispose()
    return folder / DATABASE


def _opened(folder: Path) -> Desk:
    clock = StoppedClock(datetime.fromisoformat(NOW))
    return open_desk(load(home=str(folder), environ={}), clock).as_staff(demo.RECEPTIONIST)


@pytest.fixture
def training(training_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """The same office for one test."""
    folder = tmp_path / "demo"
    folder.mkdir(mode=0o700)
    shutil.copyfile(training_file, folder / DATABASE)
    shutil.copytree(training_file.parent / "data", folder / "data")
    opened = _opened(folder)
    yield opened
    opened.engine.dispose()


def _water_off(desk: Desk) -> None:
    told = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
    number = str(started(desk, "notice", **told)["number"])
    say = "水泵检修，今天下午六点来水，请先储一桶水。"
    paste = "各位业主：3栋水泵检修，预计今天18:00恢复供水，请提前储水。给您添麻烦了。"
    stepped(desk, number, "report", told_by="王建国", say=say, paste=paste, ends="18:00")
    for unit in ("3-1-401", "3-1-502"):
        desk.perform(
            "answer",
            lambda act, unit=unit: notices.answer(act, number, unit=unit),  # type: ignore[misc]
        )
    power = {"subject": "power", "department": "engineering", "text": "地下车库没电"}
    started(desk, "notice", **power)


async def _command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def line(seen: Console) -> None:
    await seen.type("5-2-702 厨房水管漏水 明天9点 急")


async def card(seen: Console) -> None:
    await seen.type("3-1-502 几点来水")


async def choice(seen: Console) -> None:
    await seen.type("三栋502没电跳闸推不上去")
    await seen.press("down")


async def slip(seen: Console) -> None:
    await seen.press("f3", "enter")


async def steps(seen: Console) -> None:
    await seen.press("f3", "f8")


async def form(seen: Console) -> None:
    await seen.press("f3", "f7")


async def calls(seen: Console) -> None:
    await seen.press("f2")


async def ringing_(seen: Console) -> None:
    desk = seen.app.desk
    desk.perform("ring", lambda act: ringing.ring(act, CALLER))
    await seen.beat()


async def emergency(seen: Console) -> None:
    await seen.type("3-1-502 电梯困人了")
    await seen.press("enter")


async def search(seen: Console) -> None:
    await seen.press("ctrl+f")
    await seen.type("502")


async def prices(seen: Console) -> None:
    await seen.press("ctrl+f")
    await seen.type("水龙头")


async def notices_(seen: Console) -> None:
    await _command(seen, "通知")


async def directory(seen: Console) -> None:
    await _command(seen, "通讯录")
    await seen.press(*["down"] * 6)


async def workers(seen: Console) -> None:
    await _command(seen, "人手")


async def ticked(seen: Console) -> None:
    await seen.press("f3", "space", "down", "space")


async def palette(seen: Console) -> None:
    await seen.press("f10")


async def help_(seen: Console) -> None:
    await seen.press("f3", "f1")


async def lock(seen: Console) -> None:
    await seen.press("f12")


WIDE = {"slip", "workers"}
SCREENS: dict[str, Steps] = {
    one.__name__.strip("_"): one
    for one in (
        line, card, choice, slip, steps, form, calls, ringing_, emergency, search, prices,
        notices_, directory, workers, ticked, palette, help_, lock,
    )
}  # fmt: skip


def test_every_screen_is_shown() -> None:
    assert set(SCREENS) == set(SHOWN)


@pytest.mark.parametrize("name", SCREENS)
def test_picture(training: Desk, snap_compare: Any, name: str) -> None:
    app, drive = pictured(training, SCREENS[name])
    size = (120, 40) if name in WIDE else (80, 24)
    assert snap_compare(app, terminal_size=size, run_before=drive)
