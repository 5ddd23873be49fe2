"""One act, and looking through all of them again."""

import sqlite3
from pathlib import Path
from statistics import median

from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, beside, centile
from tests.desks import THURSDAY, found_office, settings_for
from wuye_tui.desk import Desk
from wuye_tui.registers import matters, proposals
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Result, new_key
from wuye_tui.store.sqlite import journal_mode

TIMES = 200
WARM = 20
LINE = "3-1-502 厨房水龙头漏水 马上"


def figures(folder: Path) -> Figures:
    """An act of a typed line, a plain step, and `wuye check`."""
    desk = found_office(settings_for(folder), StoppedClock(THURSDAY))
    raw = _bare(folder / "bare.db")
    yield from _typed_line(desk, raw)
    yield _plain_step(desk, raw)
    raw.close()
    yield _check(desk)
    desk.engine.dispose()


def _bare(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute(f"PRAGMA journal_mode={journal_mode()}")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("CREATE TABLE t (a PRIMARY KEY, b, c)")
    return raw


def _insert(raw: sqlite3.Connection) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO t VALUES (?, 'x', 'y')", (new_key(),))
    raw.execute("COMMIT")


def _typed_line(desk: Desk, raw: sqlite3.Connection) -> Figures:
    """Contact, matter, two steps, clocks and audit line, as the console writes them."""
    found = proposals.understand(desk, LINE)

    def act() -> Result:
        return desk.perform("call.add", lambda act: proposals.accept(act, found), new_key())

    for _ in range(WARM):
        act()
    ours, floor = beside(act, lambda: _insert(raw), TIMES)
    beside_ = f"one insert, {journal_mode()} and FULL"
    yield Figure(
        "one act: a typed line becomes a slip", median(ours), median(floor), "<= 10x", beside_
    )
    yield Figure("the same, p99", centile(ours, 99), centile(floor, 99), "< 50 ms", beside_)


def _plain_step(desk: Desk, raw: sqlite3.Connection) -> Figure:
    opened = desk.perform("x", lambda act: matters.start(act, "repair", unit="3-1-502", text="灯"))

    def note() -> Result:
        return desk.perform(
            "repair.note", lambda act: matters.take(act, str(opened["number"]), "note", note="x")
        )

    ours, floor = beside(note, lambda: _insert(raw), LEAST * 4)
    return Figure("one act: a note on a slip", median(ours), median(floor), "<= 10x", "the same")


def _check(desk: Desk) -> Figure:
    file = desk.settings.database_file
    assert file is not None
    raw = sqlite3.connect(file)

    def scan() -> None:
        raw.execute("PRAGMA quick_check").fetchall()
        for table in ("audit", "step"):
            raw.execute(f"SELECT * FROM {table}").fetchall()

    ours, floor = beside(lambda: check(desk), scan, LEAST)
    checked = check(desk)
    assert checked.clean, checked.findings
    thousands = checked.counts["acts"] / 1000
    raw.close()
    return Figure(
        "wuye check, for each 1,000 acts",
        median(ours) / thousands,
        median(floor) / thousands,
        "<= 30 ms",
        "quick_check and one scan",
    )
