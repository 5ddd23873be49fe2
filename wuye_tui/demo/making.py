"""The training office 思兰雅苑: made once from its own spreadsheets, through the imports and verbs.

Whoever opens it finds a desk at work, a month behind it and slips in every state before it. It is
made in a folder beside its place and moved there when it is whole.
"""

import shutil
from collections.abc import Callable
from datetime import datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from random import Random
from typing import Any

from wuye_tui import own_data
from wuye_tui.demo import money, month
from wuye_tui.demo.book import Book, homes_of
from wuye_tui.demo.life import Life
from wuye_tui.demo.roster import Roster
from wuye_tui.desk import Desk, open_desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.registers import imports, office
from wuye_tui.rules.clock import StoppedClock, SystemClock, parse_moment
from wuye_tui.settings import Settings
from wuye_tui.store.engine import hasten, settle
from wuye_tui.store.faults import DatabaseMissing
from wuye_tui.sweeping import seldom_swept

NAME = "思兰雅苑"
DAYS = 30
SEED = NAME
"""The same seed and the same present make the same office."""
FILES = (
    ("staff", "demo/staff.xlsx"),
    ("units", "demo/units.xlsx"),
    ("people", "demo/people.xlsx"),
    ("tariff", "demo/tariff.csv"),
    ("directory", "directory.csv"),
)
_MORNING = timedelta(hours=2)
Told = Callable[[float], None]


def make(settings: Settings, days: int = DAYS, told: Told = lambda _share: None) -> bool:
    """Makes the office if it is not there; False when it was. Whole or not at all.

    `days` lie behind it, 0 for the last two hours alone; `told` hears which share of them is done.
    """
    if _there(settings):
        return False
    target = settings.database_file
    _own_files(settings.home)
    if target is None:
        fill(settings, days, told).desk.engine.dispose()
        return True
    workshop = settings.home / ".making"
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        made = settings.moved_to(workshop)
        assert made.database_file is not None
        fill(made, days, told).desk.engine.dispose()
        settle(made.database_file, target)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return True


def _own_files(home: Path) -> None:
    """What this office has written down of itself; what somebody has edited there stays."""
    for name in ("emergencies.toml",):
        own = home / "data" / name
        if not own.exists():
            own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            own.write_bytes(files("data").joinpath("demo", name).read_bytes())
    own_data.lay_out(home)


def _there(settings: Settings) -> bool:
    try:
        open_desk(settings).engine.dispose()
    except DatabaseMissing:
        return False
    return True


def fill(settings: Settings, days: int, told: Told = lambda _share: None) -> Life:
    """Makes the office where `settings` says, and lives its days; returns the life at its end."""
    end, zone = _present(settings)
    first = end.astimezone(zone).date() - timedelta(days=days)
    begins = datetime.combine(first, time(), zone) if days else end - _MORNING
    clock = StoppedClock(begins)
    desk = office.found(
        settings, name=NAME, admin="XZ01", admin_name="张敏", training=True, clock=clock
    )
    hasten(desk.engine)
    rows = {noun: _imported(desk, noun, name) for noun, name in FILES}
    life = Life(
        desk=desk,
        clock=clock,
        end=end,
        draw=Random(SEED),  # noqa: S311 - nothing here is a secret
        book=Book(),
        homes=homes_of(rows["units"], rows["people"]),
        roster=Roster(end.astimezone(zone).date()),
    )
    money.begins(life, first)
    month.plan(life, days)
    whole = (end - begins).total_seconds()
    with seldom_swept():
        life.run(lambda now: told(min(0.99, (now - begins).total_seconds() / whole)))
    told(1)
    return life


def _present(settings: Settings) -> tuple[datetime, Any]:
    zone = Reference(settings.home).calendar.zone
    return (parse_moment(settings.now, zone) if settings.now else SystemClock().now()), zone


def _imported(desk: Desk, noun: str, name: str) -> Any:
    with as_file(files("data").joinpath(*name.split("/"))) as path:
        intake: Any = read_rows(path, noun, desk.reference)
    plan = imports.plan(desk, intake)
    desk.perform(f"{noun}.import", lambda act: imports.apply(act, plan))
    return intake.good
