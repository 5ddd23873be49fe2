"""A step of an upgrade that loses what it did not mean to: caught, named, undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from tests.store.toys import fill, shape, steps
from wuye_tui.store.backup import verify_backup
from wuye_tui.store.engine import open_engine, write
from wuye_tui.store.home import WRITES
from wuye_tui.store.losses import RowsLost
from wuye_tui.store.upgrade import create_schema, state, upgrade


@pytest.fixture
def line(tmp_path: Path) -> Path:
    return tmp_path / "steps"


LOSSES = {
    "children deleted": 'op.execute("DROP TRIGGER slip_no_delete"); op.execute("DELETE FROM slip")',
    "a table dropped": 'op.drop_table("slip")',
    "a parent deleted": 'op.execute("DELETE FROM unit WHERE id = 1")',
    "rows doubled": 'op.execute("INSERT INTO unit SELECT id + 100, name, floor FROM unit")',
    "a parent renumbered": 'op.execute("UPDATE unit SET id = 77 WHERE id = 1")',
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_step_that_loses_something_is_undone(tmp_path: Path, line: Path, loss: str) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    create_schema(engine, steps(line, upto=1))
    fill(engine)
    before = shape(engine)
    with pytest.raises(RowsLost, match="保持原样"):
        upgrade(engine, tmp_path / "before.db", steps(line, f"    {LOSSES[loss]}\n"))
    assert shape(engine) == before
    assert verify_backup(tmp_path / "before.db").revision == "0001"


def test_children_that_go_with_their_rebuilt_parent_are_missed(
    tmp_path: Path, line: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def careless(engine: Engine) -> Iterator[Connection]:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection  # with foreign keys on, as any other transaction

    engine = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    create_schema(engine, steps(line, upto=1))
    fill(engine)
    with write(engine) as session:  # the triggers alone would refuse it
        session.execute(text("DROP TRIGGER slip_no_delete"))
    before = shape(engine)
    monkeypatch.setattr("wuye_tui.store.upgrade.rebuild", careless)
    with pytest.raises(RowsLost, match="slip: 3 -> 0"):
        upgrade(engine, tmp_path / "before.db", steps(line))
    assert shape(engine) == before


@pytest.mark.pg
@pytest.mark.parametrize("loss", ["op.execute('DROP TRIGGER slip_no_truncate ON slip')"])
def test_a_trigger_lost_on_the_server_is_undone(pg_url: str, line: Path, loss: str) -> None:
    engine = open_engine(pg_url)
    create_schema(engine, steps(line, upto=1))
    with pytest.raises(RowsLost, match="slip_no_truncate"):
        upgrade(engine, line, steps(line, f"    {loss}\n"))
    assert state(engine) == "0001"
