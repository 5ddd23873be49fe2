"""Opens the database; `read` and `write` are the only two ways in.

SQLite by default, PostgreSQL by URL. A transaction is read-only unless it came through `write`:
the engine sees to that, on both databases, so that no write can go around the lock. Transactions
are short; none spans a person's thinking.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from wuye_tui.store import sqlite
from wuye_tui.store.drivers import translated
from wuye_tui.store.faults import DriverMissing, UnknownDatabase
from wuye_tui.store.home import ALONE, HOME, REBUILDS, WRITES, Home, Patience, home
from wuye_tui.store.locks import file_lock

# A pulled cable or a server without power says nothing. Without these the system waits for minutes.
_LIFELINES = {
    "keepalives_idle": 4,  # seconds
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}


def open_engine(url: str, *, create: bool = False, patience: Patience | None = None) -> Engine:
    """The engine for `sqlite:////path/desk.db` or `postgresql://host/name`.

    A SQLite file that is not there is an error, DatabaseMissing, unless `create`. PostgreSQL is not
    asked before the first transaction, and its database is never created.
    """
    patience, found = patience or Patience(), parsed(url)
    if path := file_of(found):
        return _open_sqlite(path, patience, create)
    if found.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return _open_postgresql(found, patience)
    raise UnknownDatabase


def parsed(url: str) -> URL:
    """The parts of an address; UnknownDatabase for what is none."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise UnknownDatabase from None  # its cause would quote the address


def file_of(url: URL) -> Path | None:
    """The SQLite file that an address names, if it names one."""
    kind, named = url.drivername, url.database
    is_file = kind in ("sqlite", "sqlite+pysqlite") and named and named != ":memory:"
    return Path(str(named)) if is_file else None


@contextmanager
def read(engine: Engine, *, still: bool = False) -> Iterator[Session]:
    """A short session that cannot write. What it loaded stays readable after it is closed.

    `still`: all its questions see the same moment, whoever goes on writing. SQLite always does so.
    """
    where = home(engine)
    where.check()
    with translated(where.place), Session(engine) as session:
        if still and engine.dialect.name == "postgresql":
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


@contextmanager
def write(engine: Engine) -> Iterator[Session]:
    """One transaction that writes: all of it is saved at the end, or nothing if anything is raised.

    On SQLite one writer at a time works on this file, by the lock beside it. Not to be nested: the
    inner one would wait for the outer one and give up with DatabaseBusy.
    """
    with (
        exclusive(engine),
        translated(home(engine).place),
        Session(engine, expire_on_commit=False) as session,
        session.begin(),
    ):
        connection = session.connection(execution_options={WRITES: True})
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(_hanging(home(engine).patience.idle))
        yield session


def _hanging(seconds: float) -> str:
    """How long a writer may hang in its own transaction, since others wait for what it holds."""
    return f"SET LOCAL idle_in_transaction_session_timeout = {int(seconds * 1000)}"


@contextmanager
def rebuild(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes the schema, to be used inside `exclusive`.

    SQLite checks no foreign keys in it, since rebuilding a table would delete its children; the
    connection is thrown away afterwards, so that nobody else gets one in that state.
    """
    rebuilder = engine.execution_options(**{WRITES: True, REBUILDS: True})
    with translated(home(engine).place), rebuilder.connect() as connection:
        connection.detach()
        with connection.begin():
            yield connection


def hasten(engine: Engine) -> None:
    """For a database that nobody else can find yet: SQLite no longer waits for the disk at each
    commit, and nobody is kept out.

    A power cut may leave it broken, so it is thrown away unless `settle` brings it to its place.
    """
    if home(engine).path:
        engine.dispose()
        engine.update_execution_options(**{ALONE: True})
        event.listen(engine, "connect", sqlite.unsynced)


def settle(made: Path, target: Path) -> None:
    """Moves a closed database file to its place, whole on the disk before it is found there."""
    sqlite.settle(made, target)


def confirm(engine: Engine) -> None:
    """What is there will be there after a power cut, too; DatabaseUnsure where a disk does not say
    so. For after a commit that failed in its very last step.
    """
    if path := home(engine).path:
        sqlite.confirm(path)


def exclusive(engine: Engine) -> AbstractContextManager[None]:
    """Keeps every other writer of a SQLite file out; on PostgreSQL its own locks do."""
    where = home(engine)
    where.check()
    if where.path is None or engine.get_execution_options().get(ALONE):
        return nullcontext()
    return file_lock(where.path, where.patience.lock)


def _open_sqlite(path: Path, patience: Patience, create: bool) -> Engine:
    where = sqlite.find_file(path, patience, create=create)
    url = URL.create("sqlite", database=where.place)
    engine = _engine(url, where, creator=sqlite.connector(where))
    sqlite.listen(engine)
    with translated(where.place), engine.connect():  # a damaged file is told now
        return engine


def _open_postgresql(url: URL, patience: Patience) -> Engine:
    given = url.query.get("options", "")
    options = (
        f"{given if isinstance(given, str) else ' '.join(given)}"
        f" -c lock_timeout={int(patience.row * 1000)}"
        f" -c idle_in_transaction_session_timeout={int(patience.reader * 1000)}"
        " -c timezone=UTC"
    )
    place = _place(url)
    lifelines = {name: value for name, value in _LIFELINES.items() if name not in url.query}
    try:
        engine = _engine(
            url.set(drivername="postgresql+psycopg"),
            Home(place, patience),
            connect_args={
                "connect_timeout": patience.connect,
                "options": options.strip(),
                **lifelines,
            },
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise DriverMissing from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _place(url: URL) -> str:
    """Where it is, fit to be shown: neither user nor password."""
    if service := url.query.get("service"):
        return f"service={service}"
    host = url.host or url.query.get("host") or "localhost"
    return f"{host}:{url.port or 5432}/{url.database or ''}"


def _begin_postgresql(connection: Connection) -> None:
    # The driver sends BEGIN with the first statement, so this is in time and costs no round trip.
    driver: Any = connection.connection.dbapi_connection
    driver.read_only = not connection.get_execution_options().get(WRITES, False)


def _engine(url: URL, where: Home, **options: Any) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,  # an error must not show what was being written
        pool_timeout=where.patience.lock,
        execution_options={HOME: where},
        json_serializer=partial(json.dumps, ensure_ascii=False),
        **options,
    )
