"""`wuye upgrade` of an office with data, killed at any moment: wholly old or wholly new."""

import os
import random
import shutil
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import cycle
from pathlib import Path

from sqlalchemy import select

from tests.desks import THURSDAY, settings_for
from tests.faults.killing import play
from tests.faults.stories import STORIES
from tests.faults.writing import pay
from tests.store.test_revisions import (
    BEFORE_CALLBACKS,
    BEFORE_FEES,
    BEFORE_HANDOVERS,
    BEFORE_PRINTS,
    BEFORE_ROSTERS,
)
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE
from wuye_tui.store.acts import Result
from wuye_tui.store.backup import verify_backup
from wuye_tui.store.engine import open_engine, write
from wuye_tui.store.migrations import HEAD
from wuye_tui.store.tables import Audit
from wuye_tui.store.upgrade import upgrade

# How a database of now becomes one of then, and the stories that could be told then.
_EARLY = ("held and moved", "task", "event", "notice")
BEFORE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "0006": (BEFORE_CALLBACKS, _EARLY),
    "0007": (BEFORE_HANDOVERS, (*_EARLY, "usual")),
    "0009": (BEFORE_FEES, (*_EARLY, "usual", "order", "complaint", "duty log")),
    "0010": (BEFORE_PRINTS, (*_EARLY, "usual", "order", "complaint", "duty log", "filed")),
    "0011": (BEFORE_ROSTERS, (*_EARLY, "usual", "order", "complaint", "duty log", "filed")),
}
WITH_MONEY = "0010"  # payments are in the ledger from here on
ROUNDS = 4


@dataclass
class Migrated:
    """Exact counts over all killed upgrades."""

    kills: int = 0
    old: int = 0
    new: int = 0
    acknowledged: int = 0
    mixed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Old:
    home: Path
    before: str
    after: "_Shape"
    keys: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class _Shape:
    """Tables, columns, indexes, triggers; rows of each table; the revision."""

    schema: str
    rows: tuple[tuple[str, int], ...]
    revision: str


def kill_upgrades(office: Path, workshop: Path, kills: int, seed: int = 1) -> Migrated:
    """Kills so many upgrades from five older schemas in turn; each is then upgraded to its end and
    checked whole.
    """
    chance, report = random.Random(seed), Migrated()  # not a secret
    made: dict[str, _Old] = {}
    for n, revision in zip(range(kills), cycle(BEFORE), strict=False):
        if revision not in made:
            made[revision] = _old_office(office, workshop, revision)
        _kill(made[revision], workshop / "upgraded", revision, chance.random() * 1.05, report, n)
    return report


def _old_office(office: Path, workshop: Path, revision: str) -> _Old:
    home = workshop / f"old {revision}"
    shutil.copytree(office, home)
    desk = open_desk(settings_for(home), clock := StoppedClock(THURSDAY))
    downwards, names = BEFORE[revision]

    def tell(at: Desk, what: str, work: object) -> Result:
        return at.perform(what, work)  # type: ignore[arg-type]

    for _round in range(ROUNDS):
        for story in STORIES:
            if story.name in names:
                play(desk, clock, story, tell)
        if revision >= WITH_MONEY:
            pay(desk, tell)
    with desk.read() as session:
        keys = tuple(session.execute(select(Audit.key)).scalars())  # type: ignore[call-overload]
    with write(desk.engine) as session:
        for sentence in (*downwards, f"UPDATE alembic_version SET version_num = '{revision}'"):
            session.connection().exec_driver_sql(sentence)
    desk.engine.dispose()
    whole = workshop / "whole"
    shutil.copytree(home, whole)
    began = time.monotonic()
    _upgrade(whole, "whole")
    seconds = time.monotonic() - began
    made = _Old(home, _dump(home), _shape(whole), keys, seconds)
    shutil.rmtree(whole)
    return made


def _kill(old: _Old, home: Path, revision: str, when: float, report: Migrated, n: int) -> None:
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(old.home, home)
    child = os.fork()
    if child == 0:
        _ended(partial(_upgrade, home, "first"))
    time.sleep(old.seconds * when)  # the moment of the kill; nothing is waited for
    os.kill(child, 9)
    os.waitpid(child, 0)
    report.kills += 1
    shape = _shape(home)
    if shape.revision == revision and _dump(home) == old.before:
        report.old += 1
    elif shape == old.after:
        report.new += 1
    else:
        report.mixed.append(f"{n}: {revision} -> {shape.revision}")
    for backup in home.glob("*.db"):
        if backup.name not in (DATABASE,):
            verify_backup(backup)
    if shape.revision != HEAD:
        _upgrade(home, "second")
    if _shape(home) != old.after:
        report.mixed.append(f"{n}: {revision}, upgraded a second time")
    desk = open_desk(settings_for(home), StoppedClock(THURSDAY))
    report.findings += check(desk).findings
    with desk.read() as session:
        there = set(session.execute(select(Audit.key)).scalars())  # type: ignore[call-overload]
    report.acknowledged += len(old.keys)
    report.lost += [key for key in old.keys if key not in there]
    desk.engine.dispose()


def _upgrade(home: Path, name: str) -> None:
    engine = open_engine(settings_for(home).database_url)
    upgrade(engine, home / f"{name}.db")
    engine.dispose()


def _ended(work: partial[None]) -> None:
    try:
        work()
    finally:
        os._exit(0)


def _dump(home: Path) -> str:
    with closing(sqlite3.connect(home / DATABASE)) as plain:
        return sha256("\n".join(plain.iterdump()).encode()).hexdigest()


def _shape(home: Path) -> _Shape:
    with closing(sqlite3.connect(home / DATABASE)) as plain:
        master = plain.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        found = master.fetchall()
        tables = [name for kind, name, _sql in found if kind == "table"]
        counted = tuple(
            (name, plain.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables
        )
        (revision,) = plain.execute("SELECT version_num FROM alembic_version").fetchone()
        return _Shape(str(found), counted, revision)
