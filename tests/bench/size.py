"""An office of 100,000 units after ten years, on SQLite and on PostgreSQL: what the desk asks all
day, the summary, the handover, the check, a backup and an act, each beside its raw SQL.
"""

import json
import multiprocessing
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.maker import typed
from tests.bench.page import Figure, Figures
from tests.bench.postgres_sized import SizedServer
from tests.bench.raw import Raw
from tests.bench.size_asked import asked
from tests.bench.timing import beside, centile, milliseconds
from tests.bench.years import Years, opened, years
from tests.postgres import find_binaries
from wuye_tui.desk import Desk
from wuye_tui.registers import backups
from wuye_tui.registers.checking import check
from wuye_tui.store.acts import new_key

FULL = Years()
TENTH = Years(units=10_000, calls=26, repairs=1, complaint_every=10)
ACTS = 100
MIB = 1024 * 1024


def figures(folder: Path, size: Years) -> Figures:
    """All of it on one database, then on the other. Nothing is left of them."""
    for name, url, desk, seconds in _offices(folder, size):
        what = f"{name}: making {size.units:,} units, {size.contacts:,} calls"
        yield Figure(what, seconds, unit="s")
        yield from of_office(name, url, desk, size)


def of_office(name: str, url: str, desk: Desk, size: Years) -> Figures:
    """What is measured of an office that was made."""
    raw = Raw(desk)
    yield from _how_much(name, raw)
    for what, ours, floor in asked(desk, raw, size):
        yield from _both(f"{name}: {what}", ours, floor)
    yield from _act(name, desk, raw, size.units)
    yield from _check(name, desk, raw, url)
    raw.close()
    yield from (_dump(desk, url) if url else _backup(desk))
    desk.engine.dispose()


def _offices(folder: Path, size: Years) -> Iterator[tuple[str, str, Desk, float]]:
    """Each office with its database's name and URL, and the seconds it took to make."""
    made, seconds = folder / "lite", 0.0
    if not made.exists():
        begun = time.perf_counter()
        years(made, size).engine.dispose()
        seconds = time.perf_counter() - begun
    yield "SQLite", "", opened(made), seconds
    with SizedServer() as server, server.database() as url:
        begun = time.perf_counter()
        years(folder / "pg", size, url).engine.dispose()
        seconds = time.perf_counter() - begun
        yield "PostgreSQL", url, opened(folder / "pg", url), seconds
    shutil.rmtree(folder / "pg")


def _how_much(name: str, raw: Raw) -> Figures:
    yield Figure(f"{name}: on the disk", raw.size() / MIB, unit="MB")
    for table in ("contact", "matter", "step", "audit", "charge", "posting"):
        (count,) = raw.ask(f"SELECT count(*) FROM {table} WHERE site = ?", (raw.site,))[0]
        yield Figure(f"{name}: rows in {table}", count, unit="")


def _both(what: str, ours: Sequence[float], floor: Sequence[float]) -> Figures:
    yield Figure(f"{what}, p50", median(ours), median(floor), "", "the same in raw SQL")
    yield Figure(f"{what}, p95", centile(ours, 95), centile(floor, 95), "", "the same in raw SQL")


def _act(name: str, desk: Desk, raw: Raw, units: int) -> Figures:
    """A typed line committed: contact, slip, steps, clocks and audit line."""
    raw.run("CREATE TABLE bare (a TEXT PRIMARY KEY, b TEXT, c TEXT)")
    chance = iter(range(10**6))
    ours, floor = beside(
        lambda: typed(desk, next(chance) % (units // 7)),
        lambda: raw.run("INSERT INTO bare VALUES (?, 'x', 'y')", (new_key(),)),
        ACTS,
    )
    raw.run("DROP TABLE bare")
    beside_ = "one insert, committed"
    yield Figure(f"{name}: a typed line saved, p50", median(ours), median(floor), "<= 10x", beside_)
    yield Figure(f"{name}: the same, p95", centile(ours, 95), centile(floor, 95), "", beside_)


def _check(name: str, desk: Desk, raw: Raw, url: str) -> Figures:
    """In a process of its own, whose memory is told."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(target=_checked, args=(str(desk.settings.home), url, theirs))
    other.start()
    found = json.loads(ours.recv())
    other.join()
    assert found["findings"] == [], found["findings"]
    scan = milliseconds(raw.scan)
    yield Figure(
        f"{name}: wuye check of {found['acts']:,} acts", found["seconds"], scan / 1000, "",
        "both tables of acts read once", "s",
    )  # fmt: skip
    yield Figure(f"{name}: its processor time", found["cpu"], unit="s")
    yield Figure(f"{name}: its memory", found["memory"], unit="MB")


def _checked(home: str, url: str, told: Any) -> None:
    desk = opened(Path(home).parent, url)
    begun, cpu = time.perf_counter(), time.process_time()
    found = check(desk)
    said = Path("/proc/self/status").read_text("ascii")
    told.send(
        json.dumps(
            {
                "findings": found.findings[:5],
                "acts": found.counts["acts"],
                "seconds": time.perf_counter() - begun,
                "cpu": time.process_time() - cpu,
                "memory": int(said.partition("VmHWM:")[2].split()[0]) / 1024,
            }
        )
    )


def _backup(desk: Desk) -> Figures:
    """`wuye backup create`, which verifies what it has made, and `verify` again."""
    target = desk.settings.home / "copy.db"
    file = desk.settings.database_file
    assert file is not None

    def bare() -> None:
        plain = file.with_name("plain.db")
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(plain)) as copy:
            source.backup(copy, pages=-1)
        plain.unlink()

    floor = milliseconds(bare) / 1000
    made = milliseconds(lambda: backups.create(desk, target)) / 1000
    yield Figure("SQLite: a backup made and verified", made, floor, "", "the bare copy", "s")
    seen = milliseconds(lambda: backups.verify(desk.settings, target)) / 1000
    yield Figure("SQLite: a backup verified again", seen, floor, "", "the bare copy", "s")
    for one in desk.settings.home.glob("copy.db*"):
        one.unlink()


def _dump(desk: Desk, url: str) -> Figures:
    """`pg_dump`, as a server's administrator runs it."""
    target = desk.settings.home / "copy.dump"
    plain = url.replace("postgresql+psycopg", "postgresql")
    command = [str(find_binaries() / "pg_dump"), "-Fc", "-Z1", "-f", str(target), plain]
    took = milliseconds(lambda: subprocess.run(command, check=True)) / 1000
    yield Figure("PostgreSQL: pg_dump of it", took, unit="s")
    yield Figure("PostgreSQL: the dump on the disk", target.stat().st_size / MIB, unit="MB")
    target.unlink()
