"""A SQLite database file: made, opened, and kept from losing what was acknowledged.

The bytes of an open database are looked at by SQLite alone: closing any other descriptor of the
file would drop the locks that this process holds on it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from wuye_tui.store.drivers import translate, translated
from wuye_tui.store.faults import (
    DatabaseDamaged,
    DatabaseMissing,
    DatabaseOnShare,
    DatabaseUnsure,
    check_space,
)
from wuye_tui.store.home import HOME, REBUILDS, WRITES, Home, Patience, identity
from wuye_tui.store.locks import file_lock, network_file_system

APPLICATION_ID = 0x77757965  # "wuye", in the header of every database file that we make
_PRAGMAS = (
    # What was acknowledged survives a power cut. FULL does not sync the folder after the journal is
    # removed, and a journal that comes back takes the last act back.
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE walks past the append-only triggers
    "trusted_schema=OFF",
    "cell_size_check=ON",
)
_MAY_WRITE = "wuye.may_write"  # what a connection was told last, in its own `info`

_ROOM = -32_000  # thousands of bytes, which is what SQLite means by less than none


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """WAL where SQLite's WAL-reset bug (it can lose commits) is mended, otherwise DELETE."""
    mended = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
    )
    return "WAL" if mended else "DELETE"


def find_file(path: Path, patience: Patience, *, create: bool) -> Home:
    """The home of the database at `path`, made first if it is not there and `create` says so.

    Refuses what is missing, empty, no file or on a network share.
    """
    try:
        # Resolved, because two names of one file must share one lock.
        path = path.expanduser().resolve()
        if kind := network_file_system(path):
            raise DatabaseOnShare(str(path), kind)
        if create:
            _make_file(path, patience)
        if not path.exists():
            raise DatabaseMissing(str(path))
        if not path.is_file() or path.stat().st_size == 0:
            raise DatabaseDamaged(str(path))
        return Home(str(path), patience, path, identity(path))
    except OSError as error:
        fault = translate(error, str(path))
        if fault is None:
            raise
        raise fault from error


def _make_file(path: Path, patience: Patience) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file_lock(path, patience.lock):
        if path.exists():
            return
        check_space(path.parent)
        # Made aside and moved in whole: a database of zero bytes is always a damaged one.
        fresh = path.with_name(f".{path.name}.new")
        fresh.unlink(missing_ok=True)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with translated(str(fresh)):
            dbapi = sqlite3.connect(fresh, isolation_level=None)
            dbapi.execute(f"PRAGMA application_id={APPLICATION_ID}")
            dbapi.close()
        fresh.replace(path)


def connect(path: Path, busy: float) -> sqlite3.Connection:
    """A connection by the recipe, to a file that is there: it waits `busy` seconds for others."""
    dbapi = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",  # never creates
        uri=True,
        timeout=busy,
        isolation_level=None,  # the driver begins nothing by itself
        check_same_thread=False,
    )
    try:
        _set_journal(dbapi)
        for pragma in _PRAGMAS:
            dbapi.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot read of its own schema
        dbapi.close()
        raise DatabaseDamaged(str(path)) from error
    except sqlite3.Error:
        dbapi.close()
        raise
    return dbapi


def _set_journal(dbapi: sqlite3.Connection) -> None:
    if dbapi.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        return  # another program's file is not changed by being looked at
    wanted = journal_mode()
    try:
        if str(dbapi.execute("PRAGMA journal_mode").fetchone()[0]).upper() != wanted:
            dbapi.execute(f"PRAGMA journal_mode={wanted}")
    except sqlite3.OperationalError as error:
        # A file that may only be read keeps its mode: the bug needs two that write.
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise


def connector(where: Home) -> partial[sqlite3.Connection]:
    """What the engine calls for each new connection."""
    return partial(connect, Path(where.place), where.patience.busy)


def unsynced(dbapi: Any, _record: object) -> None:
    """A new connection that does not wait for the disk: for a database still in its workshop."""
    dbapi.execute("PRAGMA journal_mode=MEMORY")
    dbapi.execute("PRAGMA synchronous=OFF")


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """For very many rows in one transaction: what their indexes need stays in memory until then.

    Otherwise pages are written and read again and again. Nothing on another database.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size={_ROOM}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={before}")


def settle(made: Path, target: Path) -> None:
    """Syncs a closed database file, and moves it to `target`; its folder is synced as well."""
    _sync(made)
    made.replace(target)
    _sync(target.parent)


def confirm(path: Path) -> None:
    """Syncs the folder, in which a journal that was removed may otherwise come back. Raises
    DatabaseUnsure.
    """
    try:
        _sync(path.parent)
    except OSError as error:
        raise DatabaseUnsure(str(path)) from error


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def listen(engine: Engine) -> None:
    """Lets the engine begin by the recipe, and look at the file before it begins and commits."""
    event.listen(engine, "begin", _begin)
    event.listen(engine, "commit", _before_commit)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(WRITES, False)
    options[HOME].check()
    driver: Any = connection.connection.dbapi_connection
    if options.get(REBUILDS):
        driver.execute("PRAGMA foreign_keys=OFF")  # no effect once begun
    if connection.info.get(_MAY_WRITE) is not writes:
        # Not each time: SQLite forgets every statement that it has prepared when it is told.
        driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
        connection.info[_MAY_WRITE] = writes
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _before_commit(connection: Connection) -> None:
    connection.get_execution_options()[HOME].check()
