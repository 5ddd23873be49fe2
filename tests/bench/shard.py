"""One PostgreSQL with several offices, told apart by `site`: how much a year of one takes, how
many acts many desks save at once, and what the server spends on them.

The clients run on the same machine, and what is saved a second is bounded by them; the server's own
processor time and log for an act are not.
"""

import json
import multiprocessing
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from tests.bench.maker import typed
from tests.bench.page import Figure, Figures
from tests.bench.postgres_sized import SizedServer
from tests.bench.timing import centile
from tests.bench.years import Years, opened, years
from tests.postgres import find_binaries
from wuye_tui.desk import Desk, Identity
from wuye_tui.registers import console
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import queue
from wuye_tui.rules.errors import StoreError

SITES = 8
OFFICE = Years(units=1_200, days=450, calls=56, repairs=4, complaint_every=7, months=14, open=20)
DAYS_A_YEAR = 365
PROCESSES = 8
SECONDS = 30.0
MIB = 1024 * 1024
LIVE = "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables"
VACUUMED = "SELECT sum(n_dead_tup), sum(n_live_tup), sum(autovacuum_count) FROM pg_stat_user_tables"
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' \
AND pid <> %s"


def figures(folder: Path) -> Figures:
    """The offices made, 8 and 32 connections at once over all of them, and a dump."""
    with SizedServer() as server, server.database() as url:
        watched = _watch(url)
        sites = []
        for n in range(SITES):
            desk = years(folder / f"made{n}", replace(OFFICE, seed=n + 1), url)
            sites.append(_newest(watched))
            desk.engine.dispose()
        watched.execute("VACUUM ANALYZE")
        size = _one(watched, LIVE)
        yearly = size / MIB / SITES / OFFICE.days * DAYS_A_YEAR
        yield Figure(
            f"an office-year: {OFFICE.units:,} units, {OFFICE.contacts // OFFICE.days} calls a day",
            yearly, unit="MB",
        )  # fmt: skip
        yield from _one_desk(_of(folder, url, sites[0]), watched)
        for connections in (8, 32):
            yield from _at_once(folder, url, watched, sites, connections)
        dead, live, runs = watched.execute(VACUUMED).fetchone() or (0, 0, 0)
        yield Figure("dead rows after it", float(dead) / float(live) * 100, unit="%")
        yield Figure("runs of autovacuum in it", float(runs), unit="")
        yield from _dump(folder, url, size)
        for site in sites[:2]:
            found = check(_of(folder, url, site))
            assert found.findings == [], found.findings
        watched.close()


def _watch(url: str) -> "psycopg.Connection[Any]":
    asked = make_url(url)
    return psycopg.connect(
        host=str(asked.query["host"]), user=asked.username, dbname=asked.database, autocommit=True
    )


def _one(watched: "psycopg.Connection[Any]", question: str) -> float:
    found = watched.execute(question).fetchone()
    assert found is not None
    return float(found[0])


def _newest(watched: "psycopg.Connection[Any]") -> str:
    """The site that was made last."""
    found = watched.execute("SELECT site FROM office ORDER BY ctid DESC LIMIT 1").fetchone()
    assert found is not None
    return str(found[0])


def _of(folder: Path, url: str, site: str) -> Desk:
    """A desk of one of the offices: the program itself opens the first of a database."""
    desk = opened(folder / "made0", url)
    return replace(desk, office=Identity(site, desk.office.name, training=True))


def _one_desk(desk: Desk, watched: "psycopg.Connection[Any]") -> Figures:
    """What the server spends on a desk that looks for news, and on one that reads its queue."""
    for what, ask, times in (
        ("a look for news", console.heartbeat, 4000),
        ("a queue", queue, 400),
        ("a typed line saved", typed, 200),
    ):
        ask(desk)
        pids = [row[0] for row in watched.execute(BACKENDS, (watched.info.backend_pid,))]
        before = sum(map(_ticks, pids))
        for _n in range(times):
            ask(desk)
        spent = (sum(map(_ticks, pids)) - before) * 10
        yield Figure(f"server's processor for {what}", spent / times)
    yield Figure("connections of that desk", len(pids), unit="")
    desk.engine.dispose()


def _at_once(
    folder: Path, url: str, watched: "psycopg.Connection[Any]", sites: list[str], many: int
) -> Figures:
    context = multiprocessing.get_context("spawn")
    ready, go = context.Barrier(PROCESSES + 1), context.Event()
    told = [folder / f"told{n}.json" for n in range(PROCESSES)]
    others = [
        context.Process(
            target=_desks,
            args=(str(folder), url, sites, many // PROCESSES, n, ready, go, str(told[n])),
        )
        for n in range(PROCESSES)
    ]
    for one in others:
        one.start()
    ready.wait()
    wal = _one(watched, "SELECT pg_current_wal_insert_lsn() - '0/0'")
    pids = [row[0] for row in watched.execute(BACKENDS, (watched.info.backend_pid,))]
    before = sum(map(_ticks, pids))
    begun = time.perf_counter()
    go.set()
    time.sleep(SECONDS)
    spent = (sum(map(_ticks, pids)) - before) / 100
    memory = [kept for pid in pids if (kept := _own_memory(pid))]
    wal = _one(watched, "SELECT pg_current_wal_insert_lsn() - '0/0'") - wal
    for one in others:
        one.join()
    lasted = time.perf_counter() - begun
    found = [json.loads(path.read_text()) for path in told]
    took = [ms for one in found for ms in one["took"]]
    what = f"{many} connections on {SITES} offices: "
    yield Figure(what + "acts a second", len(took) / lasted, unit="")
    yield Figure(what + "an act, p50", centile(took, 50))
    yield Figure(what + "an act, p95", centile(took, 95))
    yield Figure(what + "told to try again", sum(one["again"] for one in found), unit="")
    yield Figure(what + "server's processor, an act", spent * 1000 / (len(took) * SECONDS / lasted))
    yield Figure(what + "log written, an act", wal / 1024 / len(took), unit="KB")
    yield Figure(what + "memory of a connection", median(memory), unit="MB")


def _desks(
    folder: str, url: str, sites: list[str], threads: int, n: int, ready: Any, go: Any, told: str
) -> None:
    took: list[float] = []
    again: list[int] = []
    until = [0.0]

    def work(place: int) -> None:
        desk = _of(Path(folder), url, sites[place % SITES])
        typed(desk, place)
        waiting.wait()
        go.wait()
        count = place
        while time.perf_counter() < until[0]:
            count += 7
            begun = time.perf_counter()
            try:
                typed(desk, count % (OFFICE.units // 7))
            except StoreError:
                again.append(1)
            took.append((time.perf_counter() - begun) * 1000)
        desk.engine.dispose()

    waiting = threading.Barrier(threads + 1)
    desks = [threading.Thread(target=work, args=(n * threads + k,)) for k in range(threads)]
    for one in desks:
        one.start()
    waiting.wait()
    until[0] = float("inf")
    ready.wait()
    go.wait()
    until[0] = time.perf_counter() + SECONDS
    for one in desks:
        one.join()
    Path(told).write_text(json.dumps({"took": took, "again": len(again)}))


def _ticks(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:  # it has ended
        return 0
    fields = told.rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _own_memory(pid: int) -> float:
    """What a server's process has for itself, in MB: without the memory that all share."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    lines = dict(line.split(":", 1) for line in told.splitlines()[1:])
    return sum(int(lines[name].split()[0]) for name in ("Private_Clean", "Private_Dirty")) / 1024


def _dump(folder: Path, url: str, size: float) -> Figures:
    target = folder / "shard.dump"
    plain = url.replace("postgresql+psycopg", "postgresql")
    begun = time.perf_counter()
    command = [str(find_binaries() / "pg_dump"), "-Fc", "-Z1", "-f", str(target), plain]
    subprocess.run(command, check=True)
    gigabytes = size / MIB / 1024
    yield Figure("pg_dump, for each GB", (time.perf_counter() - begun) / gigabytes, unit="s")
    yield Figure("the dump, of what was dumped", target.stat().st_size / size * 100, unit="%")
    target.unlink()
