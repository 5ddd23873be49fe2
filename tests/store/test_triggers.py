"""Records that may only be added to: what the databases themselves refuse."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError

from tests.store.toys import SLIP, TOYS, UNIT, new_database
from wuye_tui.store import triggers
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.home import home

CHANGES = ["UPDATE slip SET unit = 2", "DELETE FROM slip", "DELETE FROM slip WHERE id = 1"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """Two units with a slip each; slips are append-only."""
    if request.param == "sqlite":
        engine = new_database(tmp_path)
    else:
        engine = open_engine(request.getfixturevalue("pg_url"))
    with write(engine) as session:
        TOYS.create_all(session.connection())
        session.execute(insert(UNIT), [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
        session.execute(insert(SLIP), [{"id": 1, "unit": 1}, {"id": 2, "unit": 2}])
        triggers.install(session.connection(), ["slip"])
    return engine


def slips(engine: Engine) -> list[tuple[int, int]]:
    with read(engine) as session:
        rows = session.execute(text("SELECT id, unit FROM slip ORDER BY id"))
        return [(row.id, row.unit) for row in rows]


def refused(engine: Engine, statement: str) -> bool:
    try:
        with write(engine) as session:
            session.execute(text(statement))
    except IntegrityError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize(
    "statement",
    [*CHANGES, "DELETE FROM unit", "INSERT INTO slip VALUES (1, 2) ON CONFLICT (id) "
     "DO UPDATE SET unit = 2"],
)  # fmt: skip
def test_what_stands_stays(engine: Engine, statement: str) -> None:
    assert refused(engine, statement)
    assert slips(engine) == [(1, 1), (2, 2)]


def test_what_only_one_database_has_is_refused_there(engine: Engine) -> None:
    only = {
        "sqlite": ["REPLACE INTO slip VALUES (1, 2)", "UPDATE OR REPLACE slip SET id = 2"],
        "postgresql": ["TRUNCATE slip", "TRUNCATE unit CASCADE"],
    }
    for statement in only[engine.dialect.name]:
        assert refused(engine, statement), statement
    assert slips(engine) == [(1, 1), (2, 2)]


def test_adding_goes_on_and_so_do_other_tables(engine: Engine) -> None:
    with write(engine) as session:
        session.execute(text("INSERT INTO slip VALUES (3, 1)"))
        session.execute(text("UPDATE unit SET name = 'z'"))
    assert slips(engine) == [(1, 1), (2, 2), (3, 1)]


def test_installing_again_changes_nothing(engine: Engine) -> None:
    with write(engine) as session:
        before = triggers.listing(session.connection())
        triggers.install(session.connection(), ["slip"])
        assert triggers.listing(session.connection()) == before
    assert {trigger.table for trigger in before.values()} == {"slip"}
    assert len(before) == 2


def test_a_check_names_the_tables_that_are_not_protected(engine: Engine) -> None:
    with read(engine) as session:
        assert triggers.missing(session.connection(), ["slip"]) == []
        assert len(triggers.missing(session.connection(), ["slip", "unit"])) == 2


@pytest.mark.pg
def test_a_trigger_that_is_switched_off_is_missing(pg_url: str) -> None:
    engine = open_engine(pg_url)
    with write(engine) as session:
        TOYS.create_all(session.connection())
        triggers.install(session.connection(), ["slip"])
        session.execute(text("ALTER TABLE slip DISABLE TRIGGER slip_no_truncate"))
    with read(engine) as session:
        assert triggers.missing(session.connection(), ["slip"]) == ["slip_no_truncate"]


def test_a_trigger_that_was_made_toothless_is_missing(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    with write(engine) as session:
        triggers.install(session.connection(), ["slip"])
    engine.dispose()
    with sqlite3.connect(str(home(engine).path)) as other:
        other.execute("DROP TRIGGER slip_no_update")
        other.execute("CREATE TRIGGER slip_no_update BEFORE UPDATE ON slip BEGIN SELECT 1; END")
    other.close()
    with read(engine) as session:
        assert triggers.missing(session.connection(), ["slip"]) == ["slip_no_update"]
