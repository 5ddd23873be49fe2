"""The two ways into the database: reading cannot write, writing is whole or nothing, and both
notice what happened to the file.
"""

import os
import signal
import sqlite3
import sys
from multiprocessing import Pipe
from multiprocessing.connection import Connection as End
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from tests.store.toys import (
    IMPATIENT,
    TOYS,
    UNIT,
    add,
    at_once,
    names,
    new_database,
    path_of,
    start,
)
from wuye_tui.rules.errors import StoreError
from wuye_tui.store import sqlite
from wuye_tui.store.engine import exclusive, open_engine, read, write
from wuye_tui.store.faults import (
    DatabaseBusy,
    DatabaseMissing,
    DatabaseMoved,
    DatabaseOnShare,
    DatabaseReadOnly,
    DriverMissing,
    UnknownDatabase,
)
from wuye_tui.store.home import Patience
from wuye_tui.store.locks import lock_path, network_file_system


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        return new_database(tmp_path)
    engine = open_engine(request.getfixturevalue("pg_url"), patience=IMPATIENT)
    with write(engine) as session:
        TOYS.create_all(session.connection())
    return engine


@pytest.fixture
def desk(tmp_path: Path) -> Engine:
    return new_database(tmp_path, IMPATIENT)


# Opening


def test_opening_never_creates(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="wuye init"):
        open_engine(f"sqlite:///{tmp_path}/no/desk.db")
    with pytest.raises(DatabaseMissing):
        open_engine(f"sqlite:///{tmp_path}/desk.db")
    assert not (tmp_path / "no").exists()
    assert not (tmp_path / "desk.db").exists()


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    open_engine(f"sqlite:///{tmp_path}/office/desk.db", create=True)
    made = tmp_path / "office" / "desk.db"
    assert S_IMODE(made.stat().st_mode) == 0o600
    assert S_IMODE(made.parent.stat().st_mode) == 0o700
    assert made.stat().st_size > 0


def test_creating_what_is_there_keeps_it(desk: Engine) -> None:
    add(desk, "3-1-502")
    again = open_engine(f"sqlite:///{path_of(desk)}", create=True)
    assert names(again) == ["3-1-502"]


def test_two_names_of_one_file_share_one_lock(desk: Engine, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(path_of(desk))
    other = open_engine(f"sqlite:///{tmp_path}/link.db")
    assert lock_path(path_of(other)) == lock_path(path_of(desk))


@pytest.mark.parametrize(
    "url",
    ["", "desk.db", "sqlite://", "sqlite:///:memory:", "mysql://u:s3cret@h/d", "sqlite://x:y"],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UnknownDatabase) as refused:
        open_engine(url)
    assert "s3cret" not in str(refused.value)


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DriverMissing, match="pip install"):
        open_engine("postgresql://localhost/desk")


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 44, 5), "DELETE"),
        ((3, 44, 6), "WAL"),
        ((3, 45, 0), "DELETE"),
        ((3, 50, 6), "DELETE"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 0), "WAL"),
    ],
)
def test_the_log_is_used_only_where_sqlite_mended_it(
    version: tuple[int, int, int], mode: str
) -> None:
    assert sqlite.journal_mode(version) == mode


def test_every_connection_follows_the_recipe(desk: Engine) -> None:
    wanted: dict[str, object] = {
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "journal_mode": sqlite.journal_mode().lower(),
        "application_id": sqlite.APPLICATION_ID,
    }
    with read(desk) as one, read(desk) as two:
        for session in (one, two):
            for pragma, value in wanted.items():
                assert session.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_file_in_the_other_journal_mode_is_brought_over(
    desk: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.dispose()
    for mode in ("WAL", "DELETE"):
        monkeypatch.setattr(sqlite, "journal_mode", lambda mode=mode: mode)
        again = open_engine(f"sqlite:///{path_of(desk)}")
        add(again, mode)
        with read(again) as session:
            assert session.execute(text("PRAGMA journal_mode")).scalar() == mode.lower()
        again.dispose()
    assert names(desk) == ["WAL", "DELETE"]


MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:44 / /srv/my\\040share rw - nfs4 server:/x rw
31 30 0:45 / /srv/my\\040share/local rw - ext4 /dev/vdb rw
32 22 0:46 / /home/a rw master:1 - fuse.sshfs a@b: rw
33 22 0:47 / /mnt rw - cifs //nas/x rw
34 22 0:48 / /mnt rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/desk.db", ""),
        ("/srv/my share/desk.db", "nfs4"),
        ("/srv/my share/local/desk.db", ""),
        ("/srv/my shared/desk.db", ""),
        ("/home/a/x/desk.db", "fuse.sshfs"),
        ("/home/ab/desk.db", ""),
        ("/mnt/desk.db", ""),
    ],
)
def test_the_nearest_mount_says_whether_a_disk_is_a_share(path: str, kind: str) -> None:
    assert network_file_system(Path(path), MOUNTS) == kind


def test_a_database_on_a_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:1 / / rw - ext4 x rw\n23 22 0:2 / {tmp_path} rw - cifs //nas/x rw\n")
    monkeypatch.setattr("wuye_tui.store.locks._MOUNTS", mounts)
    with pytest.raises(DatabaseOnShare, match="cifs"):
        open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    assert not (tmp_path / "desk.db").exists()


# Reading and writing


def test_what_was_written_is_read(engine: Engine) -> None:
    add(engine, "思兰雅苑")
    assert names(engine) == ["思兰雅苑"]


def test_reading_cannot_write(engine: Engine) -> None:
    with pytest.raises(DatabaseReadOnly), read(engine) as session:
        session.execute(insert(UNIT).values(name="x"))
    with pytest.raises(DatabaseReadOnly), read(engine) as session:
        session.execute(text("DROP TABLE slip"))
    add(engine, "y")  # and the connection that refused can be used for writing again
    with pytest.raises(DatabaseReadOnly), read(engine) as session:
        session.execute(insert(UNIT).values(name="z"))
    assert names(engine) == ["y"]


def test_a_connection_that_is_only_read_is_told_so_once(desk: Engine) -> None:
    """SQLite forgets what it has prepared whenever it is told."""
    add(desk, "x")
    told: list[str] = []
    with desk.connect() as connection:
        driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(told.append)
    for _ in range(3):
        assert names(desk) == ["x"]
    assert [words for words in told if "PRAGMA" in words] == ["PRAGMA query_only=ON"]
    add(desk, "y")
    assert names(desk) == ["x", "y"]
    assert [words[-3:].strip("=") for words in told if "PRAGMA" in words] == ["ON", "OFF", "ON"]


def test_an_act_that_fails_leaves_nothing(engine: Engine) -> None:
    def fail() -> None:
        with write(engine) as session:
            session.execute(insert(UNIT).values(name="x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert names(engine) == []
    add(engine, "y")
    assert names(engine) == ["y"]


def test_a_broken_constraint_is_the_callers_and_shows_no_values(engine: Engine) -> None:
    add(engine, "3-1-502")
    with pytest.raises(IntegrityError) as refused, write(engine) as session:
        session.execute(insert(UNIT).values(id=1, name="13800001234"))
    assert "13800001234" not in str(refused.value)


def test_rows_stay_readable_after_the_session(engine: Engine) -> None:
    with write(engine) as session:
        session.execute(insert(UNIT).values(name="x"))
        row = session.execute(select(UNIT)).one()
    assert row.name == "x"


def _count_up(url: str, times: int) -> None:
    engine = open_engine(url)
    for _ in range(times):
        with write(engine) as session:
            had = session.execute(select(UNIT.c.id).with_for_update()).scalar_one()
            session.execute(update(UNIT).values(id=had + 1))


def test_three_processes_that_read_and_change_lose_nothing(tmp_path: Path) -> None:
    engine = new_database(tmp_path)
    with write(engine) as session:
        session.execute(insert(UNIT).values(id=0))
    engine.dispose()
    assert at_once(_count_up, str(engine.url), 40, times=3) == [0, 0, 0]
    with read(engine) as session:
        assert session.execute(select(UNIT.c.id)).scalar() == 120


# Waiting for others


def test_a_program_that_knows_no_lock_file_is_waited_for_and_then_told(desk: Engine) -> None:
    other = sqlite3.connect(path_of(desk), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy, match="已填内容仍在"):
        add(desk, "x")
    other.execute("ROLLBACK")
    other.close()
    add(desk, "x")
    assert names(desk) == ["x"]


def _hold(url: str, told: End) -> None:
    with exclusive(open_engine(url)):
        told.send("held")
        signal.pause()


def test_a_suspended_desk_is_waited_for_and_a_dead_one_is_not(desk: Engine) -> None:
    here, there = Pipe()
    holder = start(_hold, str(desk.url), there)
    assert here.recv() == "held"
    assert holder.pid
    os.kill(holder.pid, signal.SIGSTOP)
    with pytest.raises(DatabaseBusy):
        add(desk, "x")
    assert names(desk) == []  # reading goes on
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    add(desk, "x")
    assert names(desk) == ["x"]


def test_a_write_inside_a_write_gives_up(desk: Engine) -> None:
    with pytest.raises(DatabaseBusy), write(desk), write(desk):
        pytest.fail("two writers at once")


@pytest.mark.pg
def test_a_row_that_another_desk_holds_is_waited_for_and_then_told(pg_url: str) -> None:
    engine = open_engine(pg_url, patience=Patience(row=0.1))
    with write(engine) as session:
        TOYS.create_all(session.connection())
        session.execute(insert(UNIT).values(id=1, name="x"))
    change = update(UNIT).values(name="y")
    with write(engine) as session:
        session.execute(change)
        with pytest.raises(DatabaseBusy), write(engine) as other:
            other.execute(change)
    assert names(engine) == ["y"]


@pytest.mark.pg
def test_a_desk_that_hangs_in_its_own_transaction_loses_it(pg_url: str) -> None:
    hung, other = open_engine(pg_url, patience=Patience(idle=0.1)), open_engine(pg_url)
    with write(other) as session:
        TOYS.create_all(session.connection())

    def hang() -> None:
        with write(hung) as session:
            session.execute(insert(UNIT).values(name="x"))
            with read(other) as clock:
                clock.execute(text("SELECT pg_sleep(0.3)"))
            session.execute(insert(UNIT).values(name="y"))

    with pytest.raises(DatabaseBusy):
        hang()
    assert names(other) == []


@pytest.mark.pg
def test_whoever_only_reads_may_think_about_it(pg_url: str) -> None:
    thinking, other = open_engine(pg_url, patience=Patience(idle=0.1)), open_engine(pg_url)
    with read(thinking, still=True) as session:
        session.execute(text("SELECT 1"))
        with read(other) as clock:
            clock.execute(text("SELECT pg_sleep(0.3)"))
        assert session.execute(text("SELECT 2")).scalar() == 2


@pytest.mark.pg
def test_postgresql_is_told_how_long_we_wait(pg_url: str) -> None:
    idle = "idle_in_transaction_session_timeout"
    wanted = {
        "lock_timeout": "3s",
        idle: "10min",
        "transaction_isolation": "read committed",
        "timezone": "UTC",
        "work_mem": "5MB",
    }
    engine = open_engine(pg_url + "&options=-c%20work_mem=5MB")
    with read(engine) as session:
        for name, value in wanted.items():
            assert session.execute(text(f"SHOW {name}")).scalar() == value
    with write(engine) as session:
        assert session.execute(text(f"SHOW {idle}")).scalar() == "6s"
    with read(engine) as session:
        assert session.execute(text(f"SHOW {idle}")).scalar() == "10min"


# The file under our feet


@pytest.mark.parametrize("how", ["deleted", "replaced", "folder gone"])
def test_a_file_that_went_away_stops_everything(desk: Engine, how: str) -> None:
    add(desk, "x")
    path = path_of(desk)
    if how == "folder gone":
        path.parent.rename(path.parent.with_name("elsewhere"))
    else:
        path.rename(path.with_name("away.db"))
    if how == "replaced":
        path.write_bytes(path.with_name("away.db").read_bytes())
        before = path.read_bytes()
    for way in (read, write):
        with pytest.raises(DatabaseMoved, match="已填内容仍在"), way(desk) as session:
            session.execute(insert(UNIT).values(name="y"))
    assert path.exists() == (how == "replaced")
    if how == "replaced":
        assert path.read_bytes() == before


def test_a_file_that_goes_away_during_an_act_saves_nothing(desk: Engine) -> None:
    path, away = path_of(desk), path_of(desk).with_name("away.db")

    def act() -> None:
        with write(desk) as session:
            session.execute(insert(UNIT).values(name="x"))
            path.rename(away)

    with pytest.raises(DatabaseMoved):
        act()
    away.rename(path)
    assert names(desk) == []


def test_a_file_that_came_back_is_used_again(desk: Engine) -> None:
    path, away = path_of(desk), path_of(desk).with_name("away.db")
    path.rename(away)
    with pytest.raises(StoreError):
        add(desk, "x")
    away.rename(path)
    add(desk, "y")
    assert names(desk) == ["y"]


# Very many rows at once


def test_room_for_very_many_rows_is_given_back_whatever_happens(engine: Engine) -> None:
    def room() -> int:
        if engine.dialect.name != "sqlite":
            return 0
        return int(session.execute(text("PRAGMA cache_size")).scalar_one())

    with write(engine) as session:
        usual = room()
        with sqlite.roomy(session.connection()):
            assert room() < usual or engine.dialect.name != "sqlite"
            session.execute(insert(UNIT).values(name="a unit"))
        assert room() == usual
        with pytest.raises(ZeroDivisionError), sqlite.roomy(session.connection()):
            raise ZeroDivisionError
        assert room() == usual
    assert names(engine) == ["a unit"]
