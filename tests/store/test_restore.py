"""A restore is all or nothing: whoever is killed in it leaves one whole database or the other."""

import json
import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from tests.store.toys import UNIT, new_database
from wuye_tui.store import restore as restoring
from wuye_tui.store.backup import make_backup, verify_backup
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.faults import DatabaseFull, DatabaseNewer
from wuye_tui.store.home import home
from wuye_tui.store.manifest import (
    BackupGone,
    BackupUnnoted,
    BackupUnusable,
    Manifest,
    manifest_path,
)
from wuye_tui.store.proving import PLACE
from wuye_tui.store.restore import loss, restore
from wuye_tui.store.sealing import KeyNeeded, WrongKey, passphrase

NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
WORDS = passphrase("correct horse battery")


def names(path: Path) -> list[str]:
    engine = open_engine(f"sqlite:///{path}")
    with read(engine) as session:
        found = [row.name for row in session.execute(select(UNIT))]
    engine.dispose()
    return found


def add(engine: Engine, name: str) -> None:
    with write(engine) as session:
        session.execute(insert(UNIT), [{"name": name}])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    engine = new_database(tmp_path)
    path = home(engine).path
    assert path
    add(engine, "before")
    make_backup(engine, tmp_path / "good.db")
    make_backup(engine, tmp_path / "good.db.sealed", key=WORDS)
    add(engine, "after")
    engine.dispose()
    return path


@pytest.fixture
def backup(database: Path) -> Path:
    return database.with_name("good.db")


def test_it_comes_back_and_what_was_there_is_kept(database: Path, backup: Path) -> None:
    kept = restore(backup, database, NIGHT)
    assert kept == database.with_name("desk.db.before-20261121-180000")
    assert kept is not None
    assert names(database) == ["before"]
    assert names(kept) == ["before", "after"]
    again = restore(backup, database, NIGHT)  # in the same second
    assert again is not None
    assert again != kept
    assert names(kept) == ["before", "after"]
    assert not database.with_name(PLACE).exists()


def test_an_encrypted_one_needs_its_key(database: Path) -> None:
    sealed = database.with_name("good.db.sealed")
    assert b"SQLite" not in sealed.read_bytes()
    before = sorted(path.name for path in database.parent.iterdir() if path.suffix != ".lock")
    with pytest.raises(KeyNeeded):
        restore(sealed, database, NIGHT)
    with pytest.raises(WrongKey, match=r"good\.db\.sealed"):
        restore(sealed, database, NIGHT, passphrase("another horse battery"))
    after = sorted(path.name for path in database.parent.iterdir() if path.suffix != ".lock")
    assert (before, names(database)) == (after, ["before", "after"])
    restore(sealed, database, NIGHT, WORDS)
    assert names(database) == ["before"]


def test_into_a_folder_that_is_not_there_yet(database: Path, backup: Path) -> None:
    fresh = database.parent / "new" / "office" / "desk.db"
    assert restore(backup, fresh, NIGHT) is None
    assert names(fresh) == ["before"]
    assert fresh.stat().st_mode & 0o777 == 0o600


class _Killed(BaseException):
    """Nothing is done after this: as if the process had ended there."""


@pytest.mark.parametrize("moment", range(12))
@pytest.mark.parametrize("one_name", [False, True])
def test_killed_at_any_moment_one_whole_database_is_there(
    database: Path, backup: Path, moment: int, one_name: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each change that a restore makes in the folder, in turn."""
    done = 0

    def counted(real: object) -> object:
        def call(*given: object, **more: object) -> object:
            nonlocal done
            done += 1
            if done > moment:
                raise _Killed
            assert callable(real)
            return real(*given, **more)

        return call

    database.with_name("desk.db-journal").write_bytes(b"")  # something that lies beside it
    for owner, name in ((os, "link"), (Path, "replace"), (Path, "unlink"), (restoring, "sync")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
    if one_name:
        monkeypatch.setattr(os, "link", _no_link)
    with suppress(_Killed):
        restore(backup, database, NIGHT)
    monkeypatch.undo()
    kept = database.with_name("desk.db.before-20261121-180000")
    if one_name and not database.exists():
        # Such a disk cannot do it in one step: for that moment it stands under its other name.
        assert names(kept) == ["before", "after"]
        return
    assert names(database) in (["before"], ["before", "after"])
    if names(database) == ["before"]:
        assert names(kept) == ["before", "after"]
    restore(backup, database, NIGHT)  # and it can simply be done again
    assert names(database) == ["before"]
    assert not database.with_name(PLACE).exists()


def _no_link(*_given: object) -> None:
    raise PermissionError


@pytest.mark.parametrize("one_name", [False, True])
def test_a_folder_that_does_not_take_it_keeps_what_it_had(
    database: Path, backup: Path, one_name: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "restored.db":
            raise OSError(5, "no")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    if one_name:
        monkeypatch.setattr(os, "link", _no_link)
    before = sorted(path.name for path in database.parent.iterdir() if path.suffix != ".lock")
    with pytest.raises(Exception, match=r"desk\.db"):
        restore(backup, database, NIGHT)
    assert names(database) == ["before", "after"]
    after = sorted(path.name for path in database.parent.iterdir() if path.suffix != ".lock")
    assert before == after


def test_what_a_crash_left_in_the_journal_stays_with_the_database_that_was_there(
    database: Path, backup: Path
) -> None:
    """A hot journal beside the new file would be rolled into it."""
    copied = database.with_name("killed.db")
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("PRAGMA cache_size=1")
        other.execute("BEGIN")
        other.executemany("INSERT INTO unit (name) VALUES (?)", [("x" * 900,)] * 2000)
        for ending in ("", "-journal"):
            there = database.with_name(database.name + ending)
            copied.with_name(copied.name + ending).write_bytes(there.read_bytes())
    other.close()
    assert copied.with_name("killed.db-journal").stat().st_size > 4096
    kept = restore(backup, copied, NIGHT)
    assert names(copied) == ["before"]
    assert kept is not None
    assert names(kept) == ["before", "after"]  # rolled back, as SQLite would have done


def test_a_damaged_database_is_kept_as_it_is(database: Path, backup: Path) -> None:
    database.write_bytes(b"Dear Sirs, " * 900)
    kept = restore(backup, database, NIGHT)
    assert kept is not None
    assert kept.read_bytes().startswith(b"Dear Sirs")
    assert names(database) == ["before"]


def test_no_room_is_told_before_anything_is_done(
    database: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "SPACE_NEEDED", 1 << 60)
    with pytest.raises(DatabaseFull):
        restore(backup, database, NIGHT)
    assert names(database) == ["before", "after"]


def test_one_of_a_later_program_is_refused(database: Path, backup: Path) -> None:
    beside = manifest_path(backup)
    beside.write_text(beside.read_text("utf-8").replace('"revision": ""', '"revision": "9999"'))
    with pytest.raises(DatabaseNewer):
        restore(backup, database, NIGHT)


def test_it_is_looked_through_again_before_it_is_put_there(database: Path, backup: Path) -> None:
    """The bytes are those of the manifest, and the database in them is not."""
    beside = manifest_path(backup)
    beside.write_text(beside.read_text("utf-8").replace('"unit": 1', '"unit": 2'))
    with pytest.raises(BackupUnusable):
        restore(backup, database, NIGHT)
    assert names(database) == ["before", "after"]


def test_a_manifest_of_an_earlier_program_still_counts(database: Path, backup: Path) -> None:
    old = {"sha256", "bytes", "revision", "made", "anchor"}
    beside = manifest_path(backup)
    said = {key: value for key, value in json.loads(beside.read_text()).items() if key in old}
    beside.write_text(json.dumps({**said, "anchor": {"audit": 7}, "from_the_future": 1}))
    restore(backup, database, NIGHT)
    assert names(database) == ["before"]


def test_of_what_cannot_be_read_nothing_is_known(database: Path, backup: Path) -> None:
    manifest = Manifest.load(manifest_path(backup).read_text("utf-8"))
    database.write_bytes(b"Dear Sirs, " * 900)
    assert not loss(manifest, database).known
    database.write_bytes(b"")
    assert not loss(manifest, database).known
    assert loss(manifest, database.with_name("nowhere.db")).acts == 0


def test_what_was_put_aside_comes_back_in_the_same_way(database: Path, backup: Path) -> None:
    aside = restore(backup, database, NIGHT)
    assert aside is not None
    assert verify_backup(aside).counts["unit"] == 2
    again = restore(aside, database, NIGHT.replace(minute=1))
    assert again is not None
    assert names(database) == ["before", "after"]
    assert (names(again), names(aside)) == (["before"], ["before", "after"])
    assert not manifest_path(aside).exists()


def test_what_lies_beside_it_comes_back_with_it(database: Path, backup: Path) -> None:
    """A log that nobody settled holds the last act."""
    aside = database.with_name("desk.db.before-20261121-180000-2")
    with sqlite3.connect(database, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("INSERT INTO unit (name) VALUES ('last')")
        for ending in ("", "-wal"):
            there = database.with_name(database.name + ending)
            aside.with_name(aside.name + ending).write_bytes(there.read_bytes())
    other.close()
    restore(aside, database, NIGHT)
    assert names(database) == ["before", "after", "last"]


def test_what_was_put_aside_damaged_is_not_put_back(database: Path, backup: Path) -> None:
    database.write_bytes(b"Dear Sirs, " * 900)
    aside = restore(backup, database, NIGHT)
    assert aside is not None
    with pytest.raises(BackupUnusable):
        restore(aside, database, NIGHT)
    theirs = aside.with_name("theirs.db.before-20261121-180000")
    with sqlite3.connect(theirs) as other:
        other.execute("CREATE TABLE unit (name TEXT)")
    other.close()
    with pytest.raises(BackupUnusable):
        restore(theirs, database, NIGHT)
    assert names(database) == ["before"]


def test_no_file_and_nothing_beside_it_are_told_as_that(database: Path, backup: Path) -> None:
    for nowhere in (database.with_name("nowhere.db"), database.parent):
        with pytest.raises(BackupGone, match="wuye backup list"):
            restore(nowhere, database, NIGHT)
    manifest_path(backup).unlink()
    with pytest.raises(BackupUnnoted, match=r"good\.db\.json"):
        restore(backup, database, NIGHT)
    assert names(database) == ["before", "after"]
