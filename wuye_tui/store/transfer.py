"""Copies an office from one database into another empty one: SQLite to PostgreSQL, or back.

All tables or nothing, in one transaction there; rows go through in small batches, however many they
are. Before it is committed, everything that was written is read again and compared: the number of
rows of each table and their contents, the head of every audit chain, what the ledger adds up to,
and the triggers that guard what may only be added to. Rows are compared as the program reads them:
the order of the keys inside a JSON column is not kept by PostgreSQL, and means nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from wuye_tui.rules.errors import StoreError
from wuye_tui.store import engine as store
from wuye_tui.store import rows, sqlite, triggers, upgrade
from wuye_tui.store.faults import SPACE_NEEDED, check_space
from wuye_tui.store.home import Patience, home
from wuye_tui.store.tables import APPEND_ONLY, Audit
from wuye_tui.words import _

AT_ONCE = 2_000  # rows in hand
_MASK = (1 << 64) - 1
_LONG = Patience(row=60.0, idle=0.0, reader=0.0)  # one end is idle while the other works
_line = rows.table_of(Audit).c
_LAST = sa.select(_line.site, sa.func.max(_line.seq).label("seq")).group_by(_line.site).subquery()
_HEADS = sa.select(_line.site, _line.seq, _line.hash).join(
    _LAST, (_line.site == _LAST.c.site) & (_line.seq == _LAST.c.seq)
)
_LEDGER = sa.text("SELECT account, sum(fen) FROM posting GROUP BY account ORDER BY account")
Progress = Callable[[str, float], None]


class TargetNotEmpty(StoreError):
    """Something is there already; it is never written over."""

    def __init__(self, place: str) -> None:
        told = _("「{place}」不是空的，没有改动它；请另给一个空库，或一个还没有的文件。")
        super().__init__(told.format(place=place))


class SameDatabase(StoreError):
    """From a database into itself."""

    def __init__(self, place: str) -> None:
        super().__init__(_("「{place}」不能拷贝到它自己。").format(place=place))


class CannotHold(StoreError):
    """The other database refuses a row: it is stricter about what a text may hold."""

    def __init__(self, table: str, place: str) -> None:
        told = _("数据表 {table} 里有一行「{place}」存不下，全部没有拷贝，请先用 wuye check 核对。")
        super().__init__(told.format(table=table, place=place))


class CopyDiffers(StoreError):
    """What was written is not what was read. Nothing stays of it."""

    def __init__(self, what: str) -> None:
        told = _("拷贝后核对不上（{what}），已全部撤销，原来的数据库没有动。")
        super().__init__(told.format(what=what))


@dataclass(frozen=True)
class Copied:
    """What was copied: rows by table, the audit chain's head by site, the sum of all postings by
    account in fen. `later` acts were added to the source while it was copied: they are not in it.
    """

    rows: dict[str, int]
    heads: dict[str, tuple[int, str]]
    ledger: dict[str, int]
    later: int = 0


@dataclass
class _Tally:
    """How many rows went by, and a sum of their hashes that does not mind their order."""

    count: int = 0
    total: int = 0
    kinds: Sequence[bool] = field(default_factory=list)  # which columns are JSON

    def see(self, batch: Sequence[Sequence[Any]]) -> None:
        for row in batch:
            plain = (
                json.dumps(value, sort_keys=True) if is_json else value
                for value, is_json in zip(row, self.kinds, strict=True)
            )
            self.total = (self.total + hash(tuple(plain))) & _MASK
        self.count += len(batch)


def tables() -> list[sa.Table]:
    """Every table of ours, those that others refer to first."""
    return list(SQLModel.metadata.sorted_tables)


def copy(source_url: str, target_url: str, progress: Progress | None = None) -> Copied:
    """Copies the whole of it. The source must be at this program's revision, the target empty.

    Raises TargetNotEmpty, SameDatabase, CannotHold, CopyDiffers and what opening either raises.
    """
    source = store.open_engine(source_url, patience=_LONG)
    tell = progress or (lambda _words, _share: None)
    try:
        upgrade.ensure_current(source)
        with (
            _target(source, target_url) as target,
            store.read(source, still=True) as session,
            store.rebuild(target) as there,
            sqlite.roomy(there),
        ):
            here = session.connection()
            upgrade.wait_for_others(there)
            if upgrade.state(there) is not None or sa.inspect(there).get_table_names():
                raise TargetNotEmpty(home(target).place)
            upgrade.make_tables(there)
            counted, told = _fill(here, there, tell)
            _read_again(there, told, tell)
            copied = Copied(counted, _heads(here), _ledger(here))
            _compare(there, copied)
        return replace(copied, later=_later(source, copied))
    finally:
        tell("", 1)
        source.dispose()


@contextmanager
def _target(source: Engine, url: str) -> Iterator[Engine]:
    """The empty database. A SQLite file is made aside and moved in when it is whole."""
    if file := store.file_of(store.parsed(url)):
        path = file.expanduser().resolve()
        if path == home(source).path:
            raise SameDatabase(str(path))
        if path.exists():
            raise TargetNotEmpty(str(path))
        fresh = path.with_name(f".{path.name}.copying")
        with ExitStack() as gone:
            for ending in ("", ".lock", "-journal", "-wal", "-shm"):
                beside = fresh.with_name(fresh.name + ending)
                beside.unlink(missing_ok=True)
                gone.callback(beside.unlink, missing_ok=True)
            engine = store.open_engine(f"sqlite:///{fresh}", create=True)
            check_space(path.parent, SPACE_NEEDED)
            store.hasten(engine)
            try:
                yield engine
            finally:
                engine.dispose()
            if path.exists():  # somebody was quicker
                raise TargetNotEmpty(str(path))
            store.settle(fresh, path)
        return
    engine = store.open_engine(url, patience=_LONG)
    if home(engine).place == home(source).place:
        raise SameDatabase(home(engine).place)
    try:
        yield engine
    finally:
        engine.dispose()


def _fill(
    here: Connection, there: Connection, tell: Progress
) -> tuple[dict[str, int], dict[str, _Tally]]:
    """Writes every row; how many there are of each table, and what went by."""
    counts = {table.name: _count(here, table) for table in tables()}
    told = {table.name: _Tally(kinds=_json_columns(table)) for table in tables()}
    whole, done = sum(counts.values()) or 1, 0
    write = _server_writer if there.dialect.name == "postgresql" else _file_writer
    for table in tables():
        try:
            with write(there, table) as send:
                for batch in _batches(here, table):
                    told[table.name].see(batch)
                    send(batch)
                    done += len(batch)
                    tell(_("正在拷贝"), min(0.99, done / whole))
        except Exception as error:
            if _is_about_a_row(error):
                raise CannotHold(table.name, home(there.engine).place) from error
            raise
        if told[table.name].count != counts[table.name]:
            raise CopyDiffers(f"{table.name}: {counts[table.name]} -> {told[table.name].count}")
    return counts, told


def _read_again(there: Connection, told: dict[str, _Tally], tell: Progress) -> None:
    """CopyDiffers unless what lies there is what went by."""
    whole, done = sum(tally.count for tally in told.values()) or 1, 0
    for table in tables():
        wrote, seen = told[table.name], _Tally(kinds=_json_columns(table))
        for batch in _batches(there, table):
            seen.see(batch)
            done += len(batch)
            tell(_("正在核对"), min(0.99, done / whole))
        if (seen.count, seen.total) != (wrote.count, wrote.total):
            raise CopyDiffers(f"{table.name}: {wrote.count} -> {seen.count}")


def _compare(there: Connection, copied: Copied) -> None:
    """What people would look at: chains, sums, guards; and references, which SQLite let be."""
    if _heads(there) != copied.heads:
        raise CopyDiffers("audit")
    if _ledger(there) != copied.ledger:
        raise CopyDiffers("posting")
    if missing := triggers.missing(there, APPEND_ONLY):
        raise CopyDiffers(missing[0])
    if there.dialect.name == "sqlite":
        broken = there.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken:
            raise CopyDiffers(f"{broken[0]} -> {broken[2]}")


def _batches(connection: Connection, table: sa.Table) -> Iterator[Sequence[Sequence[Any]]]:
    asked = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
    with asked.execute(sa.select(table)) as found:
        yield from found.partitions(AT_ONCE)


def _json_columns(table: sa.Table) -> list[bool]:
    return [isinstance(column.type, sa.JSON) for column in table.c]


def _count(connection: Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


@contextmanager
def _file_writer(there: Connection, table: sa.Table) -> Iterator[Callable[[Any], None]]:
    """Rows into SQLite by the columns' own types, as acts write them."""
    names = [column.name for column in table.c]
    made = sa.insert(table)

    def send(batch: Sequence[Sequence[Any]]) -> None:
        there.execute(made, [dict(zip(names, row, strict=True)) for row in batch])

    yield send


@contextmanager
def _server_writer(there: Connection, table: sa.Table) -> Iterator[Callable[[Any], None]]:
    """Rows into PostgreSQL by COPY: ten times as fast as INSERT."""
    quote = there.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.c)
    driver: Any = there.connection.dbapi_connection
    kinds = _json_columns(table)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({names}) FROM STDIN") as stream,
    ):

        def send(batch: Sequence[Sequence[Any]]) -> None:
            for row in batch:
                stream.write_row(
                    [
                        json.dumps(value, ensure_ascii=False)
                        if is_json and value is not None
                        else value
                        for value, is_json in zip(row, kinds, strict=True)
                    ]
                )

        yield send


def _is_about_a_row(error: Exception) -> bool:
    """Whether the driver refuses a value (a NUL in a text, a number too big), or a rule of a table
    does.
    """
    kinds = {kind.__name__ for kind in type(getattr(error, "orig", None) or error).__mro__}
    return bool(kinds & {"DataError", "IntegrityError"})


def _heads(connection: Connection) -> dict[str, tuple[int, str]]:
    """The last line of each site's chain: its number and its hash."""
    return {site: (seq, head) for site, seq, head in connection.execute(_HEADS).tuples()}


def _ledger(connection: Connection) -> dict[str, int]:
    """What all postings to each account add up to, in fen."""
    return {str(account): int(fen) for account, fen in connection.execute(_LEDGER).tuples()}


def _later(source: Engine, copied: Copied) -> int:
    with store.read(source) as session:
        now = _heads(session.connection())
    return sum(seq - copied.heads.get(site, (0, ""))[0] for site, (seq, _head) in now.items())
