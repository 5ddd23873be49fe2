"""A backup that has its name is whole, and nothing stands in for one that is not."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, insert, select

from tests.store.toys import IMPATIENT, UNIT, at_once, new_database, steps
from wuye_tui.store import copying, sqlite
from wuye_tui.store.backup import (
    BackupByServer,
    BackupExists,
    BackupNowhere,
    BackupUnproven,
    make_backup,
    verify_backup,
)
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.faults import DatabaseBusy, DatabaseDamaged, DatabaseFull, DatabaseMoved
from wuye_tui.store.home import home
from wuye_tui.store.manifest import BackupUnusable, manifest_path
from wuye_tui.store.proving import PLACE
from wuye_tui.store.upgrade import create_schema

NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Engine:
    engine = new_database(tmp_path, IMPATIENT)
    with write(engine) as session:
        session.execute(insert(UNIT), [{"name": f"{n} " + "维修" * 300} for n in range(100)])
    return engine


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "desk-20261121.db"


def rows_in(path: Path) -> int:
    engine = open_engine(f"sqlite:///{path}")
    with read(engine) as session:
        return len(session.execute(select(UNIT)).all())


def test_a_backup_is_the_database_with_a_note_of_what_it_is(desk: Engine, target: Path) -> None:
    made = make_backup(desk, target, made=NIGHT)
    assert verify_backup(target) == made
    assert (made.made, made.counts, made.revision) == (NIGHT, {"slip": 0, "unit": 100}, "")
    assert made.verified
    assert made.verified >= made.made
    assert made.database == target.stat().st_size
    assert rows_in(target) == 100
    assert json.loads(manifest_path(target).read_text("utf-8"))["bytes"] == target.stat().st_size


def test_it_leaves_two_files_that_are_the_owners_alone(desk: Engine, target: Path) -> None:
    make_backup(desk, target)
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "desk-20261121.db",
        "desk-20261121.db.json",
    ]
    assert {S_IMODE(path.stat().st_mode) for path in target.parent.iterdir()} == {0o600}


def test_the_note_says_which_revision(tmp_path: Path, target: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    create_schema(engine, steps(tmp_path / "steps"))
    assert make_backup(engine, target).revision == "0002"
    assert verify_backup(target).revision == "0002"


def test_a_file_is_never_written_over(desk: Engine, target: Path) -> None:
    make_backup(desk, target)
    before = target.read_bytes(), manifest_path(target).read_bytes()
    with pytest.raises(BackupExists, match=target.name):
        make_backup(desk, target)
    assert (target.read_bytes(), manifest_path(target).read_bytes()) == before


def _try(url: str, target: Path) -> None:
    try:
        make_backup(open_engine(url), target)
    except BackupExists:
        raise SystemExit(3) from None


def test_of_two_for_one_name_one_wins(desk: Engine, target: Path) -> None:
    desk.dispose()
    assert sorted(map(str, at_once(_try, str(desk.url), target, times=2))) == ["0", "3"]
    assert verify_backup(target)


@pytest.mark.parametrize(("mode", "small"), [("WAL", 0), ("DELETE", 0), ("DELETE", 1 << 30)])
@pytest.mark.parametrize("tries", [0, 3])
def test_it_is_made_while_others_write(
    mode: str, small: int, tries: int, tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sqlite, copying):
        monkeypatch.setattr(module, "journal_mode", lambda: mode)
    monkeypatch.setattr(copying, "SMALL", small)  # the one way to copy, or the other
    monkeypatch.setattr(copying, "CALM_TRIES", tries)
    engine, stop, written = new_database(tmp_path), Event(), [0]

    def work() -> None:
        while not stop.is_set():
            with write(engine) as session:  # two rows an act: half an act would be an odd number
                session.execute(insert(UNIT), [{"name": "x" * 999}] * 2)
            written[0] += 2

    desk = Thread(target=work)
    desk.start()
    try:
        for number in range(5):
            least = written[0]
            copy = target.with_name(f"{number}.db")
            make_backup(engine, copy)
            verify_backup(copy)
            assert rows_in(copy) >= least
            assert rows_in(copy) % 2 == 0
    finally:
        stop.set()
        desk.join()


def test_a_file_copied_by_hand_is_that_of_one_moment(
    desk: Engine, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody commits between each look and the next: the last one keeps them out."""
    monkeypatch.setattr(copying, "SMALL", 0)
    monkeypatch.setattr(copying, "journal_mode", lambda: "DELETE")
    path, amended = home(desk).path, copying._amend
    assert path
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("PRAGMA journal_mode=DELETE")
    looks = []

    def amend(source: int, made: int) -> None:
        amended(source, made)
        try:
            other.execute("DELETE FROM unit WHERE id IN (SELECT id FROM unit LIMIT 2)")
            looks.append(True)
        except sqlite3.OperationalError:  # kept out
            looks.append(False)

    monkeypatch.setattr(copying, "_amend", amend)
    made = make_backup(desk, target)
    assert looks == [True] * (1 + copying.CALM_TRIES) + [False]
    assert made.counts["unit"] == 100 - 2 * (1 + copying.CALM_TRIES)
    other.close()


def test_a_copy_by_hand_holds_nobody_up_where_nobody_writes(
    desk: Engine, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "SMALL", 0)
    monkeypatch.setattr(copying, "journal_mode", lambda: "DELETE")
    looks = []
    monkeypatch.setattr(copying, "_amend", lambda *one, do=copying._amend: looks.append(do(*one)))
    make_backup(desk, target)
    assert len(looks) == 2  # all of it, and one look with the file as it was before


def test_a_file_that_became_shorter_meanwhile_is_copied_short(tmp_path: Path) -> None:
    source, made = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x" * (1 << 20))
    made.write_bytes(b"y" * (3 << 20))
    with source.open("rb") as a, made.open("r+b") as b:
        copying._amend(a.fileno(), b.fileno())
    assert made.read_bytes() == source.read_bytes()


def test_what_a_killed_one_left_in_its_place_is_thrown_away(desk: Engine, target: Path) -> None:
    path = home(desk).path
    assert path
    left = path.parent / PLACE
    left.mkdir()
    (left / "restored.db").write_bytes(b"x")
    target.parent.mkdir()
    target.with_name(f".{target.name}.partial").write_bytes(b"half")
    make_backup(desk, target)
    assert not left.exists()
    assert len(list(target.parent.iterdir())) == 2


def test_a_copy_whose_rows_are_not_all_there_gets_no_name(
    desk: Engine, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sound database, and yet not the one that was copied."""
    monkeypatch.setattr(
        "wuye_tui.store.backup.note", lambda path: ("", {"slip": 0, "unit": 101}, {})
    )
    with pytest.raises(BackupUnproven):
        make_backup(desk, target)
    assert list(target.parent.iterdir()) == []


def test_a_database_that_is_held_is_given_up(desk: Engine, target: Path) -> None:
    other = sqlite3.connect(str(home(desk).path), isolation_level=None)
    other.execute("PRAGMA journal_mode=DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy):
        make_backup(desk, target)
    other.close()
    assert list(target.parent.iterdir()) == []


def test_a_damaged_database_makes_no_backup(desk: Engine, target: Path) -> None:
    path = home(desk).path
    assert path
    desk.dispose()
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(bytes(4096 * 3))
    with pytest.raises(DatabaseDamaged, match=path.name):
        make_backup(desk, target)
    assert list(target.parent.iterdir()) == []


def test_rows_without_their_parent_are_damage_too(desk: Engine, target: Path) -> None:
    with sqlite3.connect(str(home(desk).path)) as other:
        other.execute("INSERT INTO slip VALUES (1, 999)")
    other.close()
    with pytest.raises(DatabaseDamaged):
        make_backup(desk, target)


def test_no_room_leaves_nothing_behind(
    desk: Engine, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wuye_tui.store.backup.SPACE_NEEDED", 1 << 60)
    with pytest.raises(DatabaseFull, match="backups"):
        make_backup(desk, target)
    assert list(target.parent.iterdir()) == []


def test_a_place_that_is_no_folder_is_named(desk: Engine, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    with pytest.raises(BackupNowhere, match=r"notes\.txt"):
        make_backup(desk, tmp_path / "notes.txt" / "desk.db")


def test_a_database_that_moved_makes_no_backup(desk: Engine, target: Path) -> None:
    path = home(desk).path
    assert path
    path.rename(path.with_name("away.db"))
    with pytest.raises(DatabaseMoved):
        make_backup(desk, target)


@pytest.mark.pg
def test_postgresql_has_its_own_tools(pg_url: str, target: Path) -> None:
    with pytest.raises(BackupByServer, match="pg_dump"):
        make_backup(open_engine(pg_url), target)


def _flip(target: Path) -> None:
    whole = bytearray(target.read_bytes())
    whole[len(whole) // 2] ^= 1
    target.write_bytes(bytes(whole))


def _cut(target: Path) -> None:
    target.write_bytes(target.read_bytes()[:-4096])


def _no_note(target: Path) -> None:
    manifest_path(target).unlink()


def _half_a_note(target: Path) -> None:
    manifest_path(target).write_text("{}", "utf-8")


def _gone(target: Path) -> None:
    target.unlink()


def _another_with_its_own_sum(target: Path) -> None:
    """Somebody changed the copy and wrote a matching checksum, but not the revision."""
    note = json.loads(manifest_path(target).read_text("utf-8"))
    manifest_path(target).write_text(json.dumps({**note, "revision": "0009"}), "utf-8")


@pytest.mark.parametrize(
    "harm", [_flip, _cut, _no_note, _half_a_note, _gone, _another_with_its_own_sum]
)
def test_a_backup_that_was_harmed_is_not_used(desk: Engine, target: Path, harm: object) -> None:
    make_backup(desk, target)
    assert callable(harm)
    harm(target)
    with pytest.raises(BackupUnusable, match=target.name):
        verify_backup(target)


def test_verifying_changes_nothing(desk: Engine, target: Path) -> None:
    make_backup(desk, target)
    target.chmod(0o400)
    target.parent.chmod(0o500)
    before = sorted((path.name, path.stat().st_mtime_ns) for path in target.parent.iterdir())
    verify_backup(target)
    assert before == sorted((p.name, p.stat().st_mtime_ns) for p in target.parent.iterdir())
    target.parent.chmod(0o700)
