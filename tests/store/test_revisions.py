"""What our own revisions do to the rows that were there: each from the one before it."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text

from wuye_tui.store.engine import exclusive, open_engine, read, rebuild
from wuye_tui.store.migrations import HEAD
from wuye_tui.store.upgrade import Steps, config, state, upgrade

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]
NOON = "2026-11-19 04:00:00.000000+00:00"


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    return open_engine(request.getfixturevalue("pg_url"))


def at_revision(engine: Engine, revision: str) -> None:
    """The schema as a program of that time made it."""
    with exclusive(engine), rebuild(engine) as connection:
        command.upgrade(config(connection, Steps(revision)), revision)


def insert(engine: Engine, table: str, **given: Any) -> None:
    """One row as a program of the time would have written it; what is not given is empty."""
    with engine.connect() as connection:
        columns = inspect(connection).get_columns(table)
    row = {
        column["name"]: given.get(column["name"], _nothing(str(column["type"]).upper()))
        for column in columns
        if column["name"] in given or not column["nullable"]
    }
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    with exclusive(engine), rebuild(engine) as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def _nothing(kind: str) -> Any:
    if "INT" in kind:
        return 0
    if "BOOL" in kind:
        return False
    if "TIME" in kind or kind in {"DATE", "MOMENT"}:
        return NOON
    return "{}" if "JSON" in kind else ""


def test_the_first_receiver_and_the_worker_of_a_slip_become_two(
    empty: Engine, tmp_path: Path
) -> None:
    at_revision(empty, "0001")
    matter = {"site": "s", "id": "m", "kind": "repair", "number": "PG-1", "state": "assigned"}
    insert(empty, "matter", **matter, holder="GC03", opened=NOON)
    for n, by in ((1, "KF01"), (2, "KF02")):
        stamped = {"happened": NOON, "recorded": NOON, "facts": "{}"}
        insert(empty, "step", site="s", matter="m", n=n, by=by, **stamped)
    insert(empty, "repair", site="s", matter="m", worker="GC03", charge="paid")
    upgrade(empty, tmp_path / "before.db")
    assert state(empty) == HEAD
    with read(empty) as session:
        assert tuple(session.execute(text("SELECT holder, worker FROM matter")).one()) == (
            "KF01",
            "GC03",
        )
        assert session.execute(text("SELECT charge FROM repair")).scalar_one() == "paid"
        assert session.execute(text("SELECT count(*) FROM step")).scalar_one() == 2
    empty.dispose()
