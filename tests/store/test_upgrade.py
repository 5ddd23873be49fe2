"""Founding and upgrading: one transaction, old or new and nothing between, nothing lost unasked."""

import logging
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path
from threading import Thread

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from tests.store.toys import IMPATIENT, TOYS, at_once, ended, fill, kill_at, shape, start, steps
from wuye_tui.store import triggers
from wuye_tui.store.backup import verify_backup
from wuye_tui.store.engine import exclusive, open_engine, read, write
from wuye_tui.store.faults import (
    DatabaseBusy,
    DatabaseForeign,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnprepared,
)
from wuye_tui.store.home import home
from wuye_tui.store.migrations import HEAD
from wuye_tui.store.migrations.draft import draft
from wuye_tui.store.upgrade import (
    OURS,
    Steps,
    UpgradeFailed,
    config,
    create_schema,
    differences,
    ensure_current,
    head,
    state,
    upgrade,
)

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    return open_engine(request.getfixturevalue("pg_url"))


@pytest.fixture
def line(tmp_path: Path) -> Path:
    return tmp_path / "steps"


@pytest.fixture
def old(empty: Engine, line: Path) -> Engine:
    create_schema(empty, steps(line, upto=1))
    fill(empty)
    return empty


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "before.db"


OLD_COLUMNS, NEW_COLUMNS = ["id", "name"], ["id", "name", "floor"]


# The revisions themselves


def test_the_head_written_down_is_the_last_revision(tmp_path: Path) -> None:
    with read(open_engine(f"sqlite:///{tmp_path}/x.db", create=True)) as session:
        script = ScriptDirectory.from_config(config(session.connection()))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert script.get_current_head() == HEAD == head() == OURS.head


def test_the_revisions_make_the_tables_that_the_classes_say(empty: Engine) -> None:
    import_module("wuye_tui.store.tables")
    create_schema(empty)
    ensure_current(empty)
    with read(empty) as session:
        assert differences(session.connection(), SQLModel.metadata) == []


@pytest.mark.parametrize("table", sorted(TOYS.tables))
def test_a_difference_is_found(empty: Engine, line: Path, table: str) -> None:
    create_schema(empty, steps(line, upto=2))  # with the columns of 0002, which TOYS lacks
    with read(empty) as session:
        assert table in " ".join(differences(session.connection(), TOYS))


def test_a_revision_is_drafted_from_the_tables(empty: Engine, line: Path) -> None:
    line.mkdir()
    assert draft("first", TOYS, Steps("0000", line)) == "0001"
    create_schema(empty, Steps("0001", line))
    with read(empty) as session:
        assert differences(session.connection(), TOYS) == []
    assert state(empty) == "0001"


# Which revision a database has


def test_a_database_of_ours_is_current(old: Engine, line: Path) -> None:
    ensure_current(old, Steps("0001", line))
    with write(old) as session:
        ensure_current(session.connection(), Steps("0001", line))


def test_an_older_database_says_to_upgrade(old: Engine, line: Path) -> None:
    with pytest.raises(DatabaseOlder, match=r"0001.*0002.*wuye upgrade"):
        ensure_current(old, Steps("0002", line))


@pytest.mark.parametrize("have", ["0003", "9999", "1975ea83b712", "00021", ""])
def test_a_database_that_we_do_not_know_is_newer(
    old: Engine, line: Path, backup: Path, have: str
) -> None:
    with write(old) as session:
        session.execute(text("UPDATE alembic_version SET version_num = :have"), {"have": have})
    known = steps(line, upto=2)
    with pytest.raises(DatabaseNewer, match="0002"):
        ensure_current(old, known)
    with pytest.raises(DatabaseNewer):
        upgrade(old, backup, known)
    with pytest.raises(DatabaseNewer):
        create_schema(old, known)
    assert state(old) == have
    assert not backup.exists()


def test_a_database_without_tables_says_so(empty: Engine, backup: Path) -> None:
    assert state(empty) is None
    with pytest.raises(DatabaseUnprepared, match="wuye init"):
        ensure_current(empty)
    with pytest.raises(DatabaseUnprepared):
        upgrade(empty, backup)


def test_starting_loads_no_migrations() -> None:
    code = "import sys, wuye_tui.store.upgrade; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Founding


def test_founding_twice_is_founding_once(old: Engine, line: Path) -> None:
    before = shape(old)
    create_schema(old, Steps("0001", line))
    assert shape(old) == before


def test_founding_over_an_older_one_says_to_upgrade(old: Engine, line: Path) -> None:
    with pytest.raises(DatabaseOlder):
        create_schema(old, steps(line, upto=2))


def test_founding_keeps_off_other_peoples_tables(empty: Engine, line: Path) -> None:
    with write(empty) as session:
        session.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(DatabaseForeign):
        create_schema(empty, steps(line))
    assert state(empty) is None


def test_founding_replays_every_step_and_keeps_the_triggers(empty: Engine, line: Path) -> None:
    create_schema(empty, steps(line))
    with read(empty) as session:
        assert triggers.missing(session.connection(), ["slip"]) == []


def _found(url: str, line: Steps) -> None:
    engine = open_engine(url, create=True)
    create_schema(engine, line)
    ensure_current(engine, line)


@pytest.mark.parametrize("kind", BOTH)
def test_four_desks_that_start_at_once_found_one_office(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, line: Path
) -> None:
    sqlite_url = f"sqlite:///{tmp_path}/office/desk.db"
    url = sqlite_url if kind == "sqlite" else request.getfixturevalue("pg_url")
    made = steps(line)
    assert at_once(_found, url, made, times=4) == [0, 0, 0, 0]
    engine = open_engine(url)
    assert shape(engine)[:3] == ("0002", 0, 0)


# Upgrading


def test_an_upgrade_backs_up_and_keeps_rows_and_triggers(
    old: Engine, line: Path, backup: Path
) -> None:
    before = shape(old)
    done = upgrade(old, backup, steps(line))
    assert (done.before, done.after) == ("0001", "0002")
    assert shape(old) == ("0002", *before[1:4], NEW_COLUMNS)
    with read(old) as session:
        assert triggers.missing(session.connection(), ["slip"]) == []
    if old.dialect.name == "sqlite":
        assert done.backup == backup
        assert verify_backup(backup).revision == "0001"
        with pytest.raises(DatabaseOlder):
            ensure_current(open_engine(f"sqlite:///{backup}"), steps(line))
    else:
        assert done.backup is None


def test_foreign_keys_hold_again_after_it(old: Engine, line: Path, backup: Path) -> None:
    upgrade(old, backup, steps(line))
    with write(old) as session:
        if old.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
            assert session.execute(text("PRAGMA foreign_key_list(slip)")).first() is not None
        else:
            assert inspect(session.connection()).get_foreign_keys("slip")


def test_a_current_database_is_left_alone(old: Engine, line: Path, backup: Path) -> None:
    done = upgrade(old, backup, Steps("0001", line))
    assert (done.before, done.after, done.backup) == ("0001", "0001", None)
    assert not backup.exists()


def test_what_a_step_means_to_lose_it_may(old: Engine, line: Path, backup: Path) -> None:
    upgrade(old, backup, steps(line, '    op.drop_table("slip")\n', on_purpose="slip"))
    with read(old) as session:
        assert inspect(session.connection()).get_table_names() == ["alembic_version", "unit"]


@pytest.mark.parametrize("mistake", ["raise KeyError('x')", "op.execute('SELECT * FROM nothing')"])
def test_a_step_that_breaks_off_is_undone(
    old: Engine, line: Path, backup: Path, mistake: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = shape(old)
    caplog.set_level(logging.ERROR)
    with pytest.raises(UpgradeFailed) as failed:
        upgrade(old, backup, steps(line, f"    {mistake}\n"))
    assert failed.value.error_id in str(failed.value)
    assert failed.value.error_id in caplog.messages[-1]
    assert shape(old) == before


def test_nobody_writes_during_an_upgrade(tmp_path: Path, line: Path, backup: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True, patience=IMPATIENT)
    create_schema(engine, steps(line, upto=1))
    other = open_engine(str(engine.url), patience=IMPATIENT)
    with exclusive(other), pytest.raises(DatabaseBusy):
        upgrade(engine, backup, steps(line))
    assert not backup.exists()


@pytest.mark.pg
def test_a_desk_that_is_writing_is_waited_for(pg_url: str, line: Path) -> None:
    engine, desk = open_engine(pg_url), open_engine(pg_url)
    create_schema(engine, steps(line, upto=1))
    fill(engine)
    upgrading = Thread(target=upgrade, args=(engine, line, steps(line)))
    with write(desk) as session:
        session.execute(text("INSERT INTO unit VALUES (9, 'late')"))
        upgrading.start()
        waits = "SELECT pg_sleep(0.01), (SELECT bool_or(NOT granted) FROM pg_locks)"
        while not session.execute(text(waits)).one()[1]:
            pass
    upgrading.join()
    assert shape(engine)[:3] == ("0002", 4, 3)


# Killed in the middle


def _upgrade(url: str, backup: Path, line: Steps, stage: str = "") -> None:
    kill_at(stage)
    upgrade(open_engine(url), backup, line)


@pytest.mark.parametrize("stage", ["start", "between", "end"])
@pytest.mark.parametrize("kind", BOTH)
def test_an_upgrade_killed_at_a_step_never_happened(
    kind: str, stage: str, request: pytest.FixtureRequest, tmp_path: Path, line: Path
) -> None:
    sqlite_url = f"sqlite:///{tmp_path}/desk.db"
    url = sqlite_url if kind == "sqlite" else request.getfixturevalue("pg_url")
    engine = open_engine(url, create=True)
    create_schema(engine, steps(line, upto=1))
    fill(engine)
    before = shape(engine)
    engine.dispose()
    killed = start(_upgrade, url, tmp_path / "1.db", steps(line), stage)
    assert ended(killed) == -signal.SIGKILL
    assert shape(engine) == before
    # And the next attempt is not in its way.
    assert ended(start(_upgrade, url, tmp_path / "2.db", steps(line))) == 0
    assert shape(engine) == ("0002", *before[1:4], NEW_COLUMNS)


def test_an_upgrade_killed_at_any_moment_is_old_or_new(tmp_path: Path, line: Path) -> None:
    template = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    create_schema(template, steps(line, upto=1))
    fill(template, 3000)
    template.dispose()
    path = home(template).path
    assert path

    def run(name: str, seconds: float | None) -> float:
        desk, began = tmp_path / f"{name}.db", time.monotonic()
        desk.write_bytes(path.read_bytes())
        process = start(_upgrade, f"sqlite:///{desk}", tmp_path / f"{name}.backup", steps(line))
        process.join(seconds)
        process.kill()
        process.join()
        return time.monotonic() - began

    def check(name: str) -> None:
        revision, units, slips, kept, columns = shape(
            open_engine(f"sqlite:///{tmp_path}/{name}.db")
        )
        assert (revision, columns) in (("0001", OLD_COLUMNS), ("0002", NEW_COLUMNS))
        assert (units, slips, kept) == (3000, 3000, ["slip_no_delete", "slip_no_update"])
        with closing(sqlite3.connect(tmp_path / f"{name}.db")) as plain:
            assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    whole = run("whole", None)
    check("whole")
    for eighth in range(1, 9):
        run(f"{eighth}", whole * eighth / 8)
        check(f"{eighth}")
