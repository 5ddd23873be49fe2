"""An office moves from SQLite to PostgreSQL and back, and every row is the same.

- a whole day of it, its money and its rosters; what is written next goes on with the next number
- whatever a column may hold, down to the microsecond
- wholly or not at all: a target that is not empty, a row that the other database refuses, a row
  that arrives changed, a copy that is cut short
- what was added meanwhile is counted
"""

import json
import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Connection, select

from tests.cli.lines import Office, typed
from tests.factories import a_repair, move_to
from tests.hostile import ACTING
from tests.postgres import PgServer
from tests.registers.test_site_in_every_query import a_day, questions
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE
from wuye_tui.store import rows, transfer, triggers
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.faults import DatabaseMissing
from wuye_tui.store.tables import APPEND_ONLY, Charge, Private, Series
from wuye_tui.store.transfer import CannotHold, CopyDiffers, SameDatabase, TargetNotEmpty, copy
from wuye_tui.store.upgrade import state

__all__ = ["typed"]
pytestmark = pytest.mark.pg
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def everything(url: str) -> dict[str, list[str]]:
    """Every row of every table as the program reads it, in an order of its own."""
    engine, found = open_engine(url), {}
    with read(engine) as session:
        for table in transfer.tables():
            read_ = session.execute(select(table)).all()
            found[table.name] = sorted(
                json.dumps(list(row), sort_keys=True, default=lambda v: v.isoformat())
                for row in read_
            )
    engine.dispose()
    return found


def file_url(folder: Path, name: str = "back.db") -> str:
    return f"sqlite:///{folder / name}"


def test_a_whole_office_comes_back_as_it_was(desk: Desk, pg_url: str, tmp_path: Path) -> None:
    a_day(desk)
    questions(desk)
    before, back = everything(desk.settings.database_url), file_url(tmp_path)
    there = copy(desk.settings.database_url, pg_url)
    again = copy(pg_url, back)
    assert everything(pg_url) == everything(back) == before
    assert there == again
    assert there.rows == {name: len(found) for name, found in before.items()}
    assert sum(1 for count in there.rows.values() if count) > 35
    assert sum(there.ledger.values()) == 0
    checked = check(desk)
    assert there.heads == {desk.site: (checked.seq, checked.head)}
    for url in (pg_url, back):
        moved = open_desk(replace(desk.settings, database_url=url), desk.clock).as_staff("KF01")
        with read(moved.engine) as session:
            assert triggers.missing(session.connection(), APPEND_ONLY) == []
        assert check(moved).clean
        move_to(moved, "2026-11-27 13:01")
        assert a_repair(moved) == "PG-20261127-001"
        assert check(moved).seq > checked.seq
        moved.engine.dispose()
    assert not list(tmp_path.glob(".*"))


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
said = st.one_of(words, st.sampled_from([one for one in ACTING if "\0" not in one]))
moments = st.integers(-(10**14), 2 * 10**16).map(lambda us: EPOCH + timedelta(microseconds=us))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), said, st.floats(-1e9, 1e9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(said, inner, max_size=3)),
    max_leaves=8,
)
big = st.integers(-(2**63), 2**63 - 1)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    private=st.lists(st.tuples(said, said, st.none() | moments, st.dictionaries(said, plain))),
    charges=st.lists(st.tuples(big, said, moments, st.dates(), st.none() | st.dates(), plain)),
    series=st.lists(big),
)
def test_whatever_a_column_may_hold_is_the_same_afterwards(
    desk: Desk,
    pg_server: PgServer,
    tmp_path: Path,
    private: list[Any],
    charges: list[Any],
    series: list[int],
) -> None:
    source = file_url(tmp_path, "source.db")
    back = file_url(tmp_path)
    shutil.copyfile(desk.settings.home / DATABASE, tmp_path / "source.db")
    engine = open_engine(source)
    with write(engine) as session:
        connection = session.connection()
        fill(connection, Private, desk, [
            {"owner": f"x{n}", "name": name, "words": heard, "erased": erased, "more": more}
            for n, (name, heard, erased, more) in enumerate(private)
        ])  # fmt: skip
        fill(connection, Charge, desk, [
            {"id": f"x{n}", "fen": fen, "unit": unit, "at": at, "begins": begins, "ends": ends,
             "source": f"x{n}", "detail": {"x": detail}}
            for n, (fen, unit, at, begins, ends, detail) in enumerate(charges)
        ])  # fmt: skip
        fill(connection, Series, desk, [
            {"name": f"x{n}", "period": "", "last": last} for n, last in enumerate(series)
        ])  # fmt: skip
    engine.dispose()
    with pg_server.database() as url:
        copy(source, url)
        copy(url, back)
        assert everything(source) == everything(url) == everything(back)
    for file in tmp_path.glob("*.db*"):
        file.unlink()


def fill(connection: Connection, kind: Any, desk: Desk, given_: Sequence[dict[str, Any]]) -> None:
    """Rows of one table; what is not given is as plain as its column allows."""
    for columns in given_:
        whole = {column.name: nothing(column) for column in rows.table_of(kind).c}
        rows.insert(connection, kind, [{**whole, "site": desk.site, **columns}])


def nothing(column: Any) -> Any:
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return {}
    plain_ = {str: "", int: 0, bool: False, date: EPOCH.date()}
    return plain_.get(column.type.python_type, EPOCH)


def test_a_target_that_is_not_empty_stays_as_it_is(
    desk: Desk, pg_desk: Desk, pg_url: str, tmp_path: Path
) -> None:
    source = desk.settings.database_url
    theirs = everything(pg_desk.settings.database_url)
    with pytest.raises(TargetNotEmpty):
        copy(source, pg_desk.settings.database_url)
    assert everything(pg_desk.settings.database_url) == theirs
    (tmp_path / "letter.db").write_text("Dear Sirs")
    with pytest.raises(TargetNotEmpty):
        copy(source, file_url(tmp_path, "letter.db"))
    assert (tmp_path / "letter.db").read_text() == "Dear Sirs"
    for url in (source, pg_desk.settings.database_url):
        with pytest.raises(SameDatabase):
            copy(url, url)
    engine = open_engine(pg_url)
    with write(engine) as session:
        session.connection().exec_driver_sql("CREATE TABLE theirs (n int)")
    engine.dispose()
    with pytest.raises(TargetNotEmpty):
        copy(source, pg_url)


def test_a_source_that_is_not_there_makes_no_target(pg_url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing):
        copy(file_url(tmp_path, "nothing.db"), pg_url)
    assert is_empty(pg_url)
    assert not list(tmp_path.glob("*.db"))


def test_a_row_that_the_other_refuses_is_told_by_its_table_and_nothing_is_left(
    desk: Desk, pg_url: str
) -> None:
    """SQLite keeps a NUL in a text, PostgreSQL none."""
    with write(desk.engine) as session:
        row = {"owner": "x", "name": "陈\0立"}
        fill(session.connection(), Private, desk, [row])
    with pytest.raises(CannotHold, match="private"):
        copy(desk.settings.database_url, pg_url)
    assert is_empty(pg_url)


@pytest.mark.parametrize("to_server", [True, False], ids=["to a server", "to a file"])
def test_a_row_that_arrives_changed_or_not_at_all_undoes_everything(
    desk: Desk, pg_desk: Desk, pg_url: str, tmp_path: Path, monkeypatch: Any, to_server: bool
) -> None:
    name = "_server_writer" if to_server else "_file_writer"
    honest = getattr(transfer, name)

    def losing(change: Any) -> Any:
        @contextmanager
        def writer(there: Connection, table: Any) -> Iterator[Any]:
            with honest(there, table) as send:
                yield lambda batch: send(change(batch) if table.name == "tariff" else batch)

        return writer

    source = (desk if to_server else pg_desk).settings.database_url
    target = pg_url if to_server else file_url(tmp_path)

    def other_price(batch: Any) -> Any:
        return [*batch[1:], tuple(v + 1 if isinstance(v, int) else v for v in batch[0])]

    for change in (lambda batch: batch[1:], other_price):
        monkeypatch.setattr(transfer, name, losing(change))
        with pytest.raises(CopyDiffers, match="tariff"):
            copy(source, target)
        assert is_empty(pg_url)
        assert not list(tmp_path.glob("*.db"))
        assert not list(tmp_path.glob(".*copying*"))
    monkeypatch.setattr(transfer, name, honest)
    copy(source, target)


@pytest.mark.parametrize("to_server", [True, False], ids=["to a server", "to a file"])
def test_killed_in_the_middle_it_leaves_an_empty_target_that_can_be_copied_to_again(
    desk: Desk, pg_desk: Desk, pg_url: str, tmp_path: Path, to_server: bool
) -> None:
    source = (desk if to_server else pg_desk).settings.database_url
    target = pg_url if to_server else file_url(tmp_path)
    pg_desk.engine.dispose()
    desk.engine.dispose()

    def dying(words_: str, share: float) -> None:
        if share > 0.5:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        copy(source, target, dying)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert is_empty(pg_url)
    assert not list(tmp_path.glob("*.db"))
    copy(source, target)
    assert everything(target) == everything(source)


def test_what_was_added_meanwhile_is_counted(pg_desk: Desk, tmp_path: Path) -> None:
    done: list[str] = []

    def busy(words_: str, share: float) -> None:
        if not done:
            done.append(a_repair(pg_desk))

    copied = copy(pg_desk.settings.database_url, file_url(tmp_path), busy)
    assert copied.later == 1
    moved = open_desk(replace(pg_desk.settings, database_url=file_url(tmp_path)), pg_desk.clock)
    assert check(moved).clean, "a moment of it, whole"
    moved.engine.dispose()


def test_from_the_command_line(
    typed: Office, pg_url: str, tmp_path: Path, clock: StoppedClock
) -> None:
    source = f"sqlite:///{typed.home / DATABASE}"
    target = pg_url.replace("desk@", "desk:s3cret@")
    ran = typed.type("db", "copy", source, target)
    assert ran.status == 0, ran.err
    assert "逐行核对一致" in ran.out
    assert "s3cret" not in ran.out + ran.err
    assert "wuye db use postgresql+psycopg://desk@" in ran.err
    assert typed.type("db", "copy", source, target).status == 5
    assert typed.done("db", "use", pg_url)["name"] == "思兰雅苑"
    assert typed.done("db", "show")["kind"] == "postgresql"
    (typed.home / DATABASE).unlink()
    assert typed.done("calls", "add", "--line", "3-1-502 厨房水管漏水")["number"]
    back = typed.done("db", "copy", pg_url, f"sqlite:///{tmp_path / 'again.db'}")
    assert back["rows"]["office"] == 1
    assert back["later"] == 0


def is_empty(url: str) -> bool:
    engine = open_engine(url)
    found = state(engine)
    engine.dispose()
    return found is None


def test_no_column_is_numbered_by_the_database() -> None:
    """So there is no sequence or identity that a copy would have to set."""
    for table in transfer.tables():
        for column in table.c:
            assert column.identity is None, (table.name, column.name)
            assert column is not table.autoincrement_column, (table.name, column.name)
