"""A copy of a SQLite database that others go on writing, and that keeps nobody waiting for long.

In WAL mode SQLite's own backup takes a moment's picture and stands in nobody's way. In DELETE mode
it would keep every writer out for as long as it copies. There the file is copied as it lies, while
others write, and then only looked through for what has changed: as often as it takes until nobody
wrote meanwhile, and the last time with the writers kept out, which costs the time of a comparison.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from wuye_tui.store.faults import DatabaseBusy
from wuye_tui.store.home import Home, home
from wuye_tui.store.sqlite import journal_mode

SMALL = 16 << 20  # bytes; up to here SQLite's own way keeps nobody waiting that could tell
CALM_TRIES = 3
LOOKERS = 4
_BLOCK = 1 << 18
_COUNTER = slice(24, 28)  # of the header: changes with every commit
_HEADER = 100
# Never closed: that would drop every lock that this process holds on the file (`store.sqlite`).
_readers: dict[tuple[int, int], int] = {}


def copy(engine: Engine, target: Path) -> None:
    """Fills the empty file `target` with the database as it is at one moment. Not synced yet.

    DatabaseBusy if somebody else keeps it for longer than we wait.
    """
    where = home(engine)
    assert where.path is not None
    by_hand = hasattr(os, "preadv") and journal_mode() == "DELETE"
    if by_hand and where.path.stat().st_size > SMALL:
        _by_hand(engine, where, target)
    else:
        _by_sqlite(engine, where, target)


def _by_sqlite(engine: Engine, where: Home, target: Path) -> None:
    """All pages in one step: in several, every write of another desk would start it over again."""
    give_up = time.monotonic() + where.patience.busy
    with closing(sqlite3.connect(target)) as filled, engine.connect() as connection:
        filled.execute("PRAGMA synchronous=OFF")  # synced when it is whole, with no lock held
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(filled, pages=-1, progress=_impatient(where.place, give_up), sleep=0.05)
        filled.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it


def _impatient(place: str, give_up: float) -> Callable[[int, int, int], None]:
    def step(status: int, _remaining: int, _total: int) -> None:
        busy = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if busy and time.monotonic() > give_up:
            raise DatabaseBusy(place)

    return step


def _by_hand(engine: Engine, where: Home, target: Path) -> None:
    source, made = _reader(where), os.open(target, os.O_RDWR)
    try:
        _amend(source, made)  # all of it, while they write: most of it stays right
        for _try in range(CALM_TRIES):
            with _nobody_writes(engine):
                before = _state(source)
            _amend(source, made)
            with _nobody_writes(engine):
                if _state(source) == before:
                    return
        with _nobody_writes(engine):
            _amend(source, made)
    finally:
        os.close(made)


def _reader(where: Home) -> int:
    if where.identity not in _readers:
        _readers[where.identity] = os.open(where.place, os.O_RDONLY)
    return _readers[where.identity]


@contextmanager
def _nobody_writes(engine: Engine) -> Iterator[None]:
    """Others may read meanwhile; a commit waits until this ends."""
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        yield


def _state(source: int) -> tuple[bytes, int, int]:
    """What a commit changes (the counter), and what any write does."""
    found = os.fstat(source)
    return os.pread(source, _HEADER, 0)[_COUNTER], found.st_size, found.st_mtime_ns


def _amend(source: int, made: int) -> None:
    """Makes the copy the same as the file is now, by writing what differs.

    Several look at once: on a machine that is busy they have several turns, and writers may be
    waiting.
    """
    size = os.fstat(source).st_size
    part = max(_BLOCK, -(-size // (LOOKERS * _BLOCK)) * _BLOCK)
    parts = [(at, min(at + part, size)) for at in range(0, size, part)]
    with ThreadPoolExecutor(LOOKERS) as pool:
        for done in [pool.submit(_amend_part, source, made, *one) for one in parts]:
            done.result()
    os.ftruncate(made, size)


def _amend_part(source: int, made: int, at: int, end: int) -> None:
    ours, theirs = bytearray(_BLOCK), bytearray(_BLOCK)
    while at < end:
        read = os.preadv(source, [theirs], at)
        if not read:
            return  # it has become shorter: the next look will find it so
        have = os.preadv(made, [ours], at)
        same = ours == theirs if have == read == _BLOCK else ours[:have] == theirs[:read]
        if not same:
            os.pwrite(made, memoryview(theirs)[:read], at)
        at += read
