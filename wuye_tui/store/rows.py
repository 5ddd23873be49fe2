"""Rows written by their columns: what every act writes goes to the database without objects.

Statements are built once a table. The columns' types still do their checks: a naive moment is
refused here as everywhere.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from wuye_tui.store.prepared import Build, prepared

At = sa.Connection | Session
Columns = Mapping[str, Any]
Kind = type[SQLModel]


@cache
def table_of(kind: Kind) -> sa.Table:
    """The table behind a class: a question made of its columns loads no objects."""
    found: sa.Table = getattr(kind, "__table__")  # noqa: B009 - made by the mapper
    return found


def insert(at: At, kind: Kind, rows: Sequence[Columns]) -> None:
    """Inserts rows, all with the same columns; one that they leave out has its default."""
    _refuse_odd(kind, rows)
    _send(at, rows, sa.insert, table_of(kind))


def insert_many(at: At, kind: Kind, names: Sequence[str], values: Sequence[Sequence[Any]]) -> None:
    """Inserts many rows whose columns are named once: each is only its values, in that order."""
    assert set(names) <= _names(kind), f"{kind.__name__} has no {set(names) - _names(kind)}"
    if values:
        connection = _connection(at)
        prepared(connection, tuple(names), sa.insert, table_of(kind)).run_many(connection, values)


def upsert(at: At, kind: Kind, rows: Sequence[Columns]) -> None:
    """Inserts rows, each in the place of the one with its key if there is one."""
    _refuse_odd(kind, rows)
    _send(at, rows, _upsert, kind, _connection(at).dialect.name)


def update(at: At, kind: Kind, rows: Sequence[Columns]) -> None:
    """Changes the rows that have these keys; all of them name the same columns."""
    _refuse_odd(kind, rows)
    _send(at, [_apart(kind, row) for row in rows], _update, kind)


def delete(at: At, kind: Kind, keys: Sequence[Columns]) -> None:
    """Takes away the rows that have these keys."""
    _send(at, [_apart(kind, key) for key in keys], _delete, kind)


def key_of(kind: Kind, row: Columns) -> tuple[Any, ...]:
    """The key that a row has among its columns."""
    return tuple(row[name] for name in _keys(kind))


def insert_for(kind: Kind, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens where the key is taken."""
    table = table_of(kind)
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _refuse_odd(kind: Kind, rows: Sequence[Columns]) -> None:
    """Of a name that is no column, or that only later rows have, the database is never told."""
    for row in rows:
        assert row.keys() <= _names(kind), f"{kind.__name__} has no {row.keys() - _names(kind)}"
        assert row.keys() == rows[0].keys()


def _send(at: At, rows: Sequence[Columns], build: Build, *of: Any) -> None:
    if rows:
        connection = _connection(at)
        prepared(connection, tuple(rows[0]), build, *of).run(connection, rows)


def _connection(at: At) -> sa.Connection:
    return at.connection() if isinstance(at, Session) else at


def _upsert(kind: Kind, dialect: str) -> sa.Insert:
    statement, keys = insert_for(kind, dialect), _keys(kind)
    fresh = {name: column for name, column in statement.excluded.items() if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=fresh)


def _update(kind: Kind) -> sa.Update:
    return sa.update(table_of(kind)).where(*_key_is(kind))


def _delete(kind: Kind) -> sa.Delete:
    return sa.delete(table_of(kind)).where(*_key_is(kind))


@cache
def _names(kind: Kind) -> frozenset[str]:
    return frozenset(table_of(kind).c.keys())


@cache
def _keys(kind: Kind) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(kind).primary_key)


def _key_is(kind: Kind) -> list[sa.ColumnElement[bool]]:
    table = table_of(kind)
    return [table.c[name] == sa.bindparam(f"key_{name}") for name in _keys(kind)]


def _apart(kind: Kind, row: Columns) -> dict[str, Any]:
    """Keys under names of their own: a statement that updates takes its columns by their names."""
    keys = _keys(kind)
    return {f"key_{name}" if name in keys else name: value for name, value in row.items()}
