"""The second line of defence of records that may only be added to: the database refuses itself.

The first is that no code of ours changes them. Migrations install these triggers, `wuye check`
looks whether they are still there.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, text

_FUNCTION = "wuye_append_only"
# 23001 is restrict_violation: SQLAlchemy raises the same IntegrityError on both databases.
_PG_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23001', MESSAGE = 'append-only: ' || TG_TABLE_NAME;
END $$
""".strip()
_PG_TRIGGERS = {
    "{table}_append_only": (
        "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION {function}()"
    ),
    "{table}_no_truncate": (
        "CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    ),
}
_SQLITE_TRIGGERS = {
    "{table}_no_update": (
        "CREATE TRIGGER {name} BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    ),
    "{table}_no_delete": (
        "CREATE TRIGGER {name} BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
    ),
}
_LISTINGS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    # A trigger that is disabled protects nothing: it is not listed.
    "postgresql": (
        "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = current_schema() AND NOT t.tgisinternal AND t.tgenabled <> 'D'"
    ),
}


class Trigger(NamedTuple):
    """A trigger as the database knows it: its table, and the statement that makes it again."""

    table: str
    made: str


def append_only(tables: Sequence[str], dialect: str) -> list[str]:
    """The statements that make these tables append-only on `sqlite` or `postgresql`.

    They may be run again. UPDATE and DELETE are refused, on SQLite INSERT OR REPLACE too (where
    recursive_triggers is on), on PostgreSQL TRUNCATE.
    """
    if dialect == "postgresql":
        return [_PG_FUNCTION, *_triggers(tables, dialect).values()]
    statements = []
    for name, made in _triggers(tables, dialect).items():
        statements += [f"DROP TRIGGER IF EXISTS {name}", made]
    return statements


def install(connection: Connection, tables: Sequence[str]) -> None:
    """Makes these tables append-only from now on."""
    for statement in append_only(tables, connection.dialect.name):
        connection.exec_driver_sql(statement)


def listing(connection: Connection) -> dict[str, Trigger]:
    """Every trigger in force, by name."""
    rows = connection.execute(text(_LISTINGS[connection.dialect.name]))
    return {name: Trigger(table, made) for name, table, made in sorted(rows.tuples())}


def missing(connection: Connection, tables: Sequence[str]) -> list[str]:
    """The names of those triggers of these tables that are gone, switched off or changed."""
    dialect = connection.dialect.name
    there = listing(connection)
    return [
        name
        for name, made in _triggers(tables, dialect).items()
        if name not in there or not _same(there[name].made, made, dialect)
    ]


def _same(there: str, made: str, dialect: str) -> bool:
    """PostgreSQL writes a trigger down in its own words; what it calls is what counts."""
    return there == made if dialect == "sqlite" else f"FUNCTION {_FUNCTION}()" in there


def _triggers(tables: Sequence[str], dialect: str) -> Mapping[str, str]:
    templates = _PG_TRIGGERS if dialect == "postgresql" else _SQLITE_TRIGGERS
    made = {}
    for table in tables:
        for name_of, statement in templates.items():
            name = name_of.format(table=table)
            made[name] = statement.format(name=name, table=table, function=_FUNCTION)
    return made
