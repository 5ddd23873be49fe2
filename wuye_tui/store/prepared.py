"""Statements put into a driver's words once: what every act writes comes through here.

Compiling is looked up again at each call otherwise, which costs more than the database itself. The
columns' types make the values all the same: they refuse a naive moment and write JSON down.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect
from sqlalchemy.sql.compiler import SQLCompiler

Row = Mapping[str, Any]
Build = Callable[..., ClauseElement]
_READY: WeakKeyDictionary[Dialect, dict[tuple[Any, ...], "Prepared"]] = WeakKeyDictionary()


class Prepared:
    """A statement that is given rows with these names; what they leave out is fixed."""

    def __init__(self, statement: ClauseElement, names: Sequence[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        assert isinstance(compiled, SQLCompiler)
        order, binds = compiled.positiontup, {n: b for b, n in compiled.bind_names.items()}
        self._sql = str(compiled)
        self._names = tuple(names)
        self._named = order is None
        self._made = [
            (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect))
            for name in order or binds
        ]
        fixed = compiled.params | {c.key: _default(c) for c in compiled.insert_prefetch}
        self._fixed = {name: fixed[name] for name, _made in self._made if name not in names}

    def run(self, connection: Connection, rows: Sequence[Row]) -> CursorResult[Any]:
        """Sends it once for all of these rows."""
        given = [self._given(row) for row in rows]
        return connection.exec_driver_sql(self._sql, given if len(given) > 1 else given[0])

    def run_many(self, connection: Connection, values: Sequence[Sequence[Any]]) -> None:
        """Sends it once for many rows, each its values in the order of the names."""
        if self._named or self._fixed:
            self.run(connection, [dict(zip(self._names, row, strict=True)) for row in values])
            return
        order = [self._names.index(name) for name, _made in self._made]
        made = [(at, make) for at, (_name, make) in enumerate(self._made) if make]
        rows: Sequence[Any] = values
        if order != list(range(len(order))):
            rows = list(map(itemgetter(*order), values))
        if made:
            rows = [list(row) for row in rows]
            for at, make in made:
                for row in rows:
                    row[at] = make(row[at])
        connection.exec_driver_sql(self._sql, list(map(tuple, rows)) if made else list(rows))

    def _given(self, row: Row) -> Any:
        whole = {**self._fixed, **row} if self._fixed else row
        if self._named:
            return {name: made(whole[name]) if made else whole[name] for name, made in self._made}
        return tuple([made(whole[name]) if made else whole[name] for name, made in self._made])


def _default(column: Any) -> Any:
    assert column.default.is_scalar, column  # a function would have to be asked for each row
    return column.default.arg


def prepared(connection: Connection, names: Sequence[str], build: Build, *of: Any) -> Prepared:
    """The statement that `build(*of)` makes, ready for this connection's driver."""
    ready = _READY.setdefault(connection.dialect, {})
    key = (build, *of, *names)
    if key not in ready:
        ready[key] = Prepared(build(*of), names, connection.dialect)
    return ready[key]
