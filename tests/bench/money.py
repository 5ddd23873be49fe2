"""Money: half a million charges published while another desk works, and payments from eight
processes at once.
"""

import json
import multiprocessing
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from tests.bench.page import Figure, Figures
from tests.bench.timing import centile
from tests.billing import CASHIER, OCTOBER, owes, priced
from tests.desks import THURSDAY, found_office, settings_for
from tests.factories import rows_of
from tests.postgres import PgServer
from wuye_tui.desk import Act, Desk, Result, open_desk
from wuye_tui.registers import bills, counter, fees, ledger, matters
from wuye_tui.registers.checking import check
from wuye_tui.rules.accounts import CASH
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.payments import Tender
from wuye_tui.settings import DATABASE, Settings
from wuye_tui.store import rows
from wuye_tui.store.chain import next_number
from wuye_tui.store.sqlite import journal_mode
from wuye_tui.store.tables import Receipt, Unit
from wuye_tui.store.tables.base import new_ids

UNITS, FEES = 100_000, 5
DESKS, PAYMENTS = 8, 2000
FEES_FILE = "".join(
    f'[[fee]]\ncode = "fee_{letter}"\nword = "费{letter}"\nhow = "area"\ndue = 25\n\n'
    for letter in "abcde"
)


def figures(folder: Path) -> Figures:
    """The run beside a plain executemany of the same rows; then the payments."""
    yield from _run(folder)
    yield from _payments()


# The run


def _run(folder: Path) -> Figures:
    desk = _office(folder)
    context = multiprocessing.get_context("spawn")
    stop, told = context.Event(), folder / "acts.json"
    other = context.Process(target=_work, args=(desk.settings, stop, str(told)))
    billing = context.Process(target=_bill, args=(desk.settings, str(folder / "run.json")))
    other.start()
    billing.start()
    billing.join()
    stop.set()
    other.join()
    found = json.loads((folder / "run.json").read_text())
    assert found["lines"] == UNITS * FEES
    acts = json.loads(told.read_text())
    plain = _plain(desk, folder)
    many = f"{UNITS * FEES:,}"
    yield Figure(f"a run of {many} bills, by the clock", found["seconds"], 0, "<= 60 s", unit="s")
    yield Figure(
        f"a run of {many} bills, processor time", found["cpu"], plain, "<= 10x",
        "the same rows by executemany", "s",
    )  # fmt: skip
    yield Figure("memory of it", found["memory"], 0, "<= 300 MB", unit="MB")
    yield Figure(
        f"another desk's acts meanwhile, p95 of {len(acts)}", centile(acts, 95), 0, "< 500 ms"
    )
    yield Figure("and the slowest of them", max(acts), 0)
    desk.engine.dispose()


def _office(folder: Path) -> Desk:
    folder.mkdir(exist_ok=True)
    desk = found_office(settings_for(folder), StoppedClock(THURSDAY))
    own = desk.settings.home / "data"
    own.mkdir(exist_ok=True)
    (own / "fees.toml").write_text(FEES_FILE, "utf-8")
    cashier = open_desk(desk.settings, desk.clock).as_staff(CASHIER)

    def work(act: Act) -> Result:
        names = ("site", "id", "label", "building", "entrance", "room", "kind", "status",
                 "area_centi", "flags")  # fmt: skip
        ids = new_ids(UNITS)
        rows.insert_many(
            act.session, Unit, names,
            [
                (act.site, new, f"{100 + n // 200}-1-{n % 200}", str(100 + n // 200), "1",
                 str(n % 200), "home", "occupied", 6000 + n % 90 * 100, [])
                for n, new in enumerate(ids)
            ],
        )  # fmt: skip
        for letter in "abcde":
            fees.set_price(act, f"fee_{letter}", 12_345, date(2026, 1, 1))
        return {}

    cashier.perform("test", work)
    lone = [one.id for one in rows_of(cashier, Unit) if one.area_centi is None]
    assert len(lone) == 6
    return cashier


def _bill(settings: Settings, told: str) -> None:
    desk = open_desk(settings, StoppedClock(THURSDAY)).as_staff(CASHIER)
    begun, cpu = time.perf_counter(), time.process_time()
    done = bills.run(desk, OCTOBER)
    found = {
        "lines": done["lines"],
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "memory": _peak(),
    }
    Path(told).write_text(json.dumps(found))


def _peak() -> float:
    """The most memory this process had, in MB; what `getrusage` says is its parent's as well."""
    said = Path("/proc/self/status").read_text("ascii")
    return int(said.partition("VmHWM:")[2].split()[0]) / 1024


def _work(settings: Settings, stop: Event, told: str) -> None:
    """Somebody takes calls down, one after the other, with a breath between them."""
    desk = open_desk(settings, StoppedClock(THURSDAY)).as_staff("KF01")
    took: list[float] = []
    while not stop.is_set():
        begun = time.perf_counter()
        desk.perform(
            "repair.register",
            lambda act: matters.start(act, "repair", unit="3-1-502", text="水龙头漏水"),
        )
        took.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.02)
    Path(told).write_text(json.dumps(took))


def _plain(desk: Desk, folder: Path) -> float:
    """The same rows into a table with the same keys, by one executemany; processor seconds."""
    source = sqlite3.connect(desk.settings.database_file or "")
    made = [
        sql
        for (sql,) in source.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'charge' AND sql IS NOT NULL"
        )
    ]
    raw = sqlite3.connect(folder / "plain.db", isolation_level=None)
    raw.execute(f"PRAGMA journal_mode={journal_mode()}")
    for sql in made:
        raw.execute(sql)
    values = source.execute("SELECT * FROM charge").fetchall()
    marks = ", ".join("?" * len(values[0]))
    begun = time.process_time()
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO charge VALUES ({marks})", values)
    raw.execute("COMMIT")
    taken = time.process_time() - begun
    raw.close()
    source.close()
    return taken


# The payments


def _payments() -> Figures:
    for name, settings, done in _databases():
        desk = open_desk(settings, StoppedClock(THURSDAY)).as_staff(CASHIER)
        ours, floor = _at_once(settings, _pay), _at_once(settings, _count)
        numbers = sorted(one.number for one in rows_of(desk, Receipt))
        assert [int(one[-6:]) for one in numbers] == list(range(1, DESKS * PAYMENTS + 1))
        with desk.read() as session:
            assert ledger.stands_at(session, desk.site, CASH) == DESKS * PAYMENTS * 100
        assert sum(owes(desk, "3-1-502").prepaid.values()) == DESKS * PAYMENTS * 100
        assert check(desk).findings == []
        yield Figure(
            f"{DESKS} desks x {PAYMENTS} payments a second, {name}",
            DESKS * PAYMENTS / ours,
            DESKS * PAYMENTS / floor,
            ">= 50 %, no gap",
            "one counter row, bare",
            "/s",
        )
        desk.engine.dispose()
        done()


def _databases() -> Iterator[tuple[str, Settings, Any]]:
    folder = Path(tempfile.mkdtemp(prefix=".money-", dir="."))
    try:
        settings = settings_for(folder / "office")
        (folder / "office").mkdir()
        priced(found_office(settings, StoppedClock(THURSDAY))).engine.dispose()
        assert (folder / "office" / DATABASE).exists()
        yield "SQLite", settings, lambda: None
        with PgServer() as server, server.database() as url:
            served = replace(settings_for(folder / "server"), database_url=url)
            priced(found_office(served, StoppedClock(THURSDAY))).engine.dispose()
            yield "PostgreSQL", served, lambda: None
    finally:
        shutil.rmtree(folder)


def _at_once(settings: Settings, target: Any) -> float:
    """Seconds until all processes have done theirs; their starting is not counted."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(DESKS + 1)
    desks = [context.Process(target=target, args=(settings, ready)) for _ in range(DESKS)]
    for one in desks:
        one.start()
    ready.wait()
    begun = time.perf_counter()
    for one in desks:
        one.join()
    assert all(one.exitcode == 0 for one in desks)
    return time.perf_counter() - begun


def _pay(settings: Settings, ready: Any) -> None:
    desk = open_desk(settings, StoppedClock(THURSDAY)).as_staff(CASHIER)
    ready.wait()
    for _ in range(PAYMENTS):
        _patient(
            lambda: desk.perform(
                "payments.take",
                lambda act: counter.take(act, ["3-1-502"], [Tender("cash", 100)], prepay=True),
            )
        )


def _count(settings: Settings, ready: Any) -> None:
    from wuye_tui.store import engine as store

    desk = open_desk(settings, StoppedClock(THURSDAY)).as_staff(CASHIER)
    ready.wait()
    for _ in range(PAYMENTS):

        def one() -> None:
            with store.write(desk.engine) as session:
                next_number(session.connection(), desk.site, "bench", "")

        _patient(one)


def _patient(work: Any) -> None:
    """Eight at once may wait longer than a person would: then it is tried again."""
    from wuye_tui.rules.errors import StoreError

    while True:
        try:
            work()
            return
        except StoreError:
            continue
