"""A backup of the big office while another desk writes, what that desk waits, and the proof of it.

The floor of each is the bare thing: the file copied, the file read, SQLite's own integrity check.
The other desk writes all the time, which no office does: where nobody writes for a moment, nobody
waits for longer than a look at the file's first bytes.
"""

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

from tests.bench.page import Figure, Figures
from tests.bench.timing import LEAST, ROOT, milliseconds
from wuye_tui.desk import Desk
from wuye_tui.store.backup import make_backup
from wuye_tui.store.copying import copy
from wuye_tui.store.proving import note
from wuye_tui.store.restore import restore

EVERY = 0.02  # seconds from one write of the other desk to the next
STALL, COPIED, PROVED = "<= 0.5 s", "<= 5 s for 1M rows", "<= 30 s for 1M rows"
_WRITER = """
import json, sys, time
from pathlib import Path
from tests.desks import settings_for
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import SystemClock

desk, took = open_desk(settings_for(Path(sys.argv[1])), SystemClock()), []
print("ready", flush=True)
while not Path(sys.argv[2]).exists():
    begun = time.perf_counter()
    desk.perform("bench.note", lambda act: {}, system=True)
    took.append((time.perf_counter() - begun) * 1000)
    time.sleep(float(sys.argv[3]))
print(json.dumps([max(took), len(took)]), flush=True)
"""


def figures(desk: Desk, folder: Path, times: int = LEAST) -> Figures:
    """The copy and the stall, then a whole backup with its proof, and a restore with its own."""
    folder.mkdir(exist_ok=True)
    database = desk.settings.database_file
    assert database is not None
    copies, stalls, bare, read, alone = [], [], [], [], []
    for n in range(times):
        bare.append(milliseconds(lambda: _bare(database, folder / "bare.db")))
        read.append(milliseconds(lambda: _read(folder / "bare.db")))
        alone.append(_longest_alone(desk.settings.home, folder / f"alone{n}"))
        with _writing(desk.settings.home, folder / f"stop{n}") as told:
            copies.append(milliseconds(lambda: _copied(desk, folder / "copy.db")))
        stalls.append(told[0])
        assert told[1] > 1, "nobody wrote meanwhile"
    _revision, counts, _anchor = note(folder / "copy.db")
    rows = sum(counts.values())
    what = f"backup of {rows / 1e6:.1f}M rows, a desk writing"
    yield Figure(what, median(copies), median(bare), COPIED, "the file copied as it is")
    beside = f"the file read once; {max(alone):.0f} ms without a backup"
    yield Figure("the longest wait of that desk", max(stalls), median(read), STALL, beside)
    yield from _proofs(desk, folder, times)


def _proofs(desk: Desk, folder: Path, times: int) -> Figures:
    whole, back, floor = [], [], []
    for n in range(times):
        target = folder / f"whole{n}.db"
        whole.append(milliseconds(lambda to=target: make_backup(desk.engine, to)))  # type: ignore[misc]
        floor.append(milliseconds(lambda of=target: _integrity(of)))  # type: ignore[misc]
        into = folder / f"office{n}" / "wuye.db"
        back.append(milliseconds(lambda: restore(target, into, desk.now())))  # noqa: B023
        shutil.rmtree(into.parent)
        target.unlink()
    beside = "PRAGMA integrity_check"
    yield Figure("a backup with its proof", median(whole), median(floor), "", beside)
    yield Figure("restored and proved", median(back), median(floor), PROVED, beside)
    yield Figure("backups that were proved", len(whole), 0, f"{times} of {times}", unit="")


def _copied(desk: Desk, target: Path) -> None:
    target.write_bytes(b"")
    copy(desk.engine, target)


def _bare(source: Path, target: Path) -> None:
    """By another process: closing the file in this one would drop its locks."""
    subprocess.run(["cp", "--reflink=never", source, target], check=True)


def _read(path: Path) -> None:
    with path.open("rb", buffering=0) as file:
        buffer = bytearray(1 << 18)
        while file.readinto(buffer):
            pass


def _integrity(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@contextmanager
def _writing(home: Path, stop: Path) -> Iterator[list[float]]:
    """Another process that acts; in the list, afterwards, its longest act and how many it did."""
    told: list[float] = []
    command = [sys.executable, "-c", _WRITER, str(home), str(stop), str(EVERY)]
    desk = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    try:
        assert desk.stdout.readline() == "ready\n"
        yield told
        stop.touch()
        told += [float(number) for number in desk.stdout.readline().strip("[]\n").split(",")]
    finally:
        desk.kill()
        desk.wait()
        desk.stdout.close()


def _longest_alone(home: Path, stop: Path) -> float:
    with _writing(home, stop) as told:
        time.sleep(1)
    return told[0]
