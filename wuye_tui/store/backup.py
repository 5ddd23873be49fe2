"""A copy of a SQLite database that is known to be good, and a note of what it must look like.

`x.db` comes with `x.db.json`, the manifest: checksum, size, revision, time, and an anchor that the
caller hands in (the head of the audit chain, the last receipt), by which a cut tail is found.
"""

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from wuye_tui.rules.clock import SystemClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.store.drivers import translate, translated
from wuye_tui.store.faults import SPACE_NEEDED, DatabaseBusy, DatabaseDamaged, check_space
from wuye_tui.store.home import home
from wuye_tui.store.locks import file_lock, lock_path
from wuye_tui.words import _

Anchor = Mapping[str, str | int]


class BackupExists(StoreError):
    """A backup is never written over a file."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            _("「{target}」已经存在，备份从不覆盖文件，请换一个文件名。").format(target=target)
        )


class BackupNowhere(StoreError):
    """There is no folder there, and none can be made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("「{folder}」不是可以存放备份的文件夹，请换一个文件夹。").format(folder=folder)
        )


class BackupByServer(StoreError):
    """PostgreSQL has tools of its own for this."""

    def __init__(self) -> None:
        super().__init__(_("PostgreSQL 数据库请由管理员用 pg_dump 备份。"))


class BackupUnusable(StoreError):
    """The backup is not what its manifest says, or has none."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("备份「{path}」不完整或被改动过，不能用来恢复，请换另一份备份。").format(path=path)
        )


@dataclass(frozen=True)
class Manifest:
    """What a backup must look like. `made` is UTC, `bytes` its size, `revision` of the schema."""

    sha256: str
    bytes: int
    revision: str
    made: datetime
    anchor: Anchor = field(default_factory=dict)

    def dump(self) -> str:
        """As JSON, for the file beside the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=datetime.isoformat)

    @classmethod
    def load(cls, said: str) -> "Manifest":
        """From JSON; ValueError, KeyError or TypeError where it is none."""
        read = json.loads(said)
        return cls(**{**read, "made": datetime.fromisoformat(read["made"])})


def manifest_path(backup: Path) -> Path:
    """Where the manifest of this backup lies."""
    return backup.with_name(backup.name + ".json")


def make_backup(
    engine: Engine, target: Path, *, made: datetime | None = None, anchor: Anchor | None = None
) -> Manifest:
    """Copies the database to `target` while others work, checks the copy, then gives it its name.

    A file called `target` is therefore always whole. BackupExists if there is one already,
    DatabaseDamaged if the database itself is not in order, DatabaseFull, DatabaseBusy.
    """
    where = home(engine)
    if where.path is None:
        raise BackupByServer
    where.check()
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_lock(target, where.patience.lock):
            try:
                if target.exists():
                    raise BackupExists(target)
                check_space(target.parent, where.path.stat().st_size + SPACE_NEEDED)
                return _make(engine, target, (made or SystemClock().now(), anchor or {}))
            finally:
                lock_path(target).unlink(missing_ok=True)  # backups may lie on a stick
    except OSError as error:
        raise (translate(error, str(target)) or BackupNowhere(target.parent)) from error


def verify_backup(path: Path) -> Manifest:
    """The manifest of a backup that is whole; BackupUnusable otherwise. Changes nothing."""
    try:
        manifest = Manifest.load(manifest_path(path).read_text("utf-8"))
        if (path.stat().st_size, _sha256(path)) != (manifest.bytes, manifest.sha256):
            raise BackupUnusable(path)
        with closing(_open_copy(path)) as copy:
            if not in_order(copy) or revision_of(copy) != manifest.revision:
                raise BackupUnusable(path)
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error) as error:
        raise BackupUnusable(path) from error
    return manifest


def in_order(dbapi: sqlite3.Connection) -> bool:
    """Whether SQLite finds its pages, indexes and foreign keys in order. Seconds a gigabyte."""
    whole = dbapi.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return whole and not dbapi.execute("PRAGMA foreign_key_check").fetchall()


def revision_of(dbapi: sqlite3.Connection) -> str:
    """The revision of the schema in this file, "" if it has none."""
    named = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if not dbapi.execute(named).fetchone()[0]:
        return ""
    row = dbapi.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _make(engine: Engine, target: Path, note: tuple[datetime, Anchor]) -> Manifest:
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)  # of a run that was killed
    try:
        revision = _copy(engine, partial)
        _sync(partial)
        manifest = Manifest(_sha256(partial), partial.stat().st_size, revision, *note)
        beside = manifest_path(target)
        beside.write_text(manifest.dump() + "\n", "utf-8")
        beside.chmod(0o600)
        _sync(beside)
        partial.replace(target)  # after the manifest: a backup that has its name has everything
        _sync(target.parent)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _copy(engine: Engine, partial: Path) -> str:
    """Fills the new file with a sound copy, and returns the revision of its schema."""
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    revision = None
    try:
        with translated(str(partial)), closing(sqlite3.connect(partial)) as copy:
            _fill(engine, copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with no log beside it
            if in_order(copy):
                revision = revision_of(copy)
    except DatabaseDamaged:
        pass
    if revision is None:
        raise DatabaseDamaged(home(engine).place)
    return revision


def _fill(engine: Engine, copy: sqlite3.Connection) -> None:
    """All pages in one step: in several, every write of another desk would start it over again."""
    where = home(engine)
    give_up = time.monotonic() + where.patience.busy
    with engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy, pages=-1, progress=_impatient(where.place, give_up), sleep=0.05)


def _impatient(place: str, give_up: float) -> Callable[[int, int, int], None]:
    def step(status: int, _remaining: int, _total: int) -> None:
        busy = status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if busy and time.monotonic() > give_up:
            raise DatabaseBusy(place)

    return step


def _open_copy(path: Path) -> sqlite3.Connection:
    # Immutable: nothing is created beside it, and it may lie on a read-only disk.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
