"""Several consoles at one office, on SQLite and on PostgreSQL: how soon each sees another act,
and what looking for it costs; and the keys of a call of the night.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from tests.bench.console import SIZE, Watched
from tests.bench.page import Figure, Figures
from tests.bench.programs import command
from tests.desks import THURSDAY, found_office, settings_for
from tests.factories import move_to, on_duty
from tests.postgres import PgServer
from wuye_tui.desk import Desk
from wuye_tui.registers import console, duties, matters, ticking
from wuye_tui.rules.clock import StoppedClock

BEATS = 300  # as many seconds of one console
TICK_EVERY = 5  # beats
ACTS = 20


def figures() -> Figures:
    """On both databases, then the night."""
    for name, office in (("SQLite", _file), ("PostgreSQL", _server)):
        with office() as desk:
            on_duty(desk, "KF01")
            yield Figure(
                f"looking for others' acts, {name}", _share(desk), 0, "< 1 % of a core", unit="%"
            )
            yield Figure(
                f"a change seen on another console, {name}, worst of {ACTS}",
                max(_seen(desk)),
                0,
                "< 1 s",
                unit="s",
            )
    with tempfile.TemporaryDirectory() as folder:
        desk = found_office(settings_for(Path(folder)), StoppedClock(THURSDAY))
        for what, goes in (("told or left", False), ("repaired, telephone sent along", True)):
            keys = asyncio.run(_night(desk, goes))
            yield Figure(f"keys of a night call beyond its words: {what}", keys, 0, "<= 6", unit="")


@contextmanager
def _file() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        yield found_office(settings_for(Path(folder)), StoppedClock(THURSDAY))


@contextmanager
def _server() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder, PgServer() as server, server.database() as url:
        settings = replace(settings_for(Path(folder)), database_url=url)
        desk = found_office(settings, StoppedClock(THURSDAY))
        yield desk
        desk.engine.dispose()


def _share(desk: Desk) -> float:
    """Processor time of a console's looks and ticks, per cent of the seconds they stand for."""
    begun = time.process_time()
    for beat in range(BEATS):
        if beat % TICK_EVERY == 0:
            ticking.tick(desk)
        console.heartbeat(desk)
    return 100 * (time.process_time() - begun) / BEATS


def _seen(desk: Desk) -> list[float]:
    """Seconds from the commit of an act here until another process has painted it."""
    now = desk.now().astimezone(desk.zone).strftime("%Y-%m-%d %H:%M:%S")
    env = {
        "WUYE_HOME": str(desk.settings.home),
        "WUYE_STAFF": "KF02",
        "WUYE_NOW": now,
        "WUYE_DATABASE_URL": desk.settings.database_url,
    }
    waited = []
    with Watched(command("console"), size=SIZE, **env) as seen:
        seen.shows("F10", 30)
        seen.rest(3)
        for n in range(ACTS):
            seen.rest(0.1 + 0.07 * (n % 10))
            seen.written = b""
            done = desk.perform("repair.register", _registered(f"厨房水管漏水 {n}"))
            begun = time.perf_counter()
            seen.shows(f"PG-{str(done['number'])[-3:]}")
            waited.append(time.perf_counter() - begun)
    return waited


def _registered(text: str) -> "Callable[..., dict[str, object]]":
    return partial(matters.start, kind="repair", unit="3-1-502", text=text)


async def _night(desk: Desk, goes: bool) -> int:
    from tests.screens.consoles import console as opened

    move_to(desk, "22:00")
    if not duties.now(desk):
        on_duty(desk, "ZB01")
    async with opened(desk.as_staff("ZB01")) as seen:
        await seen.press("1")
        await seen.type("3-1-502 水龙头坏了" if goes else "3-1-501 楼上太吵了睡不着")
        await seen.press("enter", "1")
        if goes:
            await seen.type("8001")
            await seen.press("enter")
            assert "电话转8001" in seen.screen.status.text
        else:
            assert "已告诉" in seen.news, seen.news
        return seen.keys
