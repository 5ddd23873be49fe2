"""What a step of an upgrade must not lose: rows, triggers, and what a foreign key points to.

SQLite changes a table by building it anew, which drops its triggers without a word and, with
foreign keys on, deletes the children of its rows. So each step is looked at before it is committed.
"""

from typing import TYPE_CHECKING, Any, NoReturn

from sqlalchemy import Connection, inspect, text

from wuye_tui.rules.errors import StoreError
from wuye_tui.store import triggers
from wuye_tui.words import _

if TYPE_CHECKING:
    from alembic.runtime.migration import MigrationInfo


class RowsLost(StoreError):
    """A step would have lost something that it did not declare in ON_PURPOSE."""

    def __init__(self, revision: str, what: str) -> None:
        super().__init__(
            _(
                "升级到 {revision} 会丢失数据（{what}），已全部撤销，数据库保持原样，请联系开发者。"
            ).format(revision=revision, what=what)
        )


class Losses:
    """Compares the database before and after each step; the first loss raises RowsLost."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._revision = ""
        self._rows = _count(connection)
        self._triggers = triggers.listing(connection)

    def after_step(self, *, step: "MigrationInfo", **_: Any) -> None:
        """Alembic calls this when a step is done. Puts back the triggers that SQLite dropped."""
        self._revision = step.up_revision_id or ""
        module = getattr(step.up_revision, "module", None)
        on_purpose: frozenset[str] = getattr(module, "ON_PURPOSE", frozenset())
        rows = _count(self._connection)
        for table, had in self._rows.items():
            if table not in on_purpose and rows.get(table) != had:
                self._refuse(f"{table}: {had} -> {rows.get(table, 0)}")
        self._keep_triggers(rows, on_purpose)
        self._rows, self._triggers = rows, triggers.listing(self._connection)

    def _keep_triggers(self, rows: dict[str, int], on_purpose: frozenset[str]) -> None:
        there = triggers.listing(self._connection)
        for name, trigger in self._triggers.items():
            if name in there or name in on_purpose or trigger.table not in rows:
                continue
            if self._connection.dialect.name != "sqlite":
                self._refuse(name)
            self._connection.exec_driver_sql(trigger.made)

    def check_references(self) -> None:
        """Once, after the last step: SQLite's foreign keys were off, PostgreSQL's were not."""
        if self._connection.dialect.name == "sqlite":
            broken = self._connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken:
                self._refuse(f"{broken[0]} -> {broken[2]}")

    def _refuse(self, what: str) -> NoReturn:
        raise RowsLost(self._revision, what)


def _count(connection: Connection) -> dict[str, int]:
    """Rows by table, Alembic's own table left out."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    quoted = {name: connection.dialect.identifier_preparer.quote(name) for name in sorted(tables)}
    return {
        name: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
        for name, table in quoted.items()
    }
