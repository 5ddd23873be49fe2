"""A copy of a SQLite database that is known to be good, and a note of what it must look like.

`x.db` comes with `x.db.json`, its manifest. A copy gets its name only when it has been restored
into an empty place, opened there as the program opens it, and looked through; until then, and when
anything goes wrong, nothing is there that could be taken for a backup.
"""

import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from wuye_tui.rules.clock import SystemClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.store.copying import copy
from wuye_tui.store.drivers import translate, translated
from wuye_tui.store.faults import SPACE_NEEDED, DatabaseDamaged, check_space
from wuye_tui.store.home import Home, home
from wuye_tui.store.kept import bring_kept, describe, is_kept
from wuye_tui.store.locks import file_lock, lock_path
from wuye_tui.store.manifest import (
    BY_HAND,
    SEALED,
    BackupUnusable,
    Manifest,
    manifest_path,
    read_manifest,
)
from wuye_tui.store.proving import empty_place, in_order, look_at, look_through, note, prove
from wuye_tui.store.sealing import Key, KeyNeeded, WrongKey, seal, unseal
from wuye_tui.words import _

LOOKED_AT = ".check-place"


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


class BackupUnproven(StoreError):
    """The copy is a database in order, and yet not what it should be: a broken audit chain."""

    def __init__(self) -> None:
        super().__init__(
            _("备份没有通过核对，已经删掉，以前的备份都在；请运行 wuye check 看数据库哪里不对。")
        )


def make_backup(
    engine: Engine,
    target: Path,
    *,
    made: datetime | None = None,
    kind: str = BY_HAND,
    key: Key | None = None,
) -> Manifest:
    """Copies the database to `target` while others work, proves the copy, then gives it its name.

    With a `key` it is encrypted. A file called `target` is therefore always whole. BackupExists if
    there is one already, DatabaseDamaged if the database itself is not in order, BackupUnproven,
    DatabaseFull, DatabaseBusy, BackupUnderWay.
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
                with empty_place(where.path.parent) as place:
                    return _make(engine, target, place, (made or SystemClock().now(), kind, key))
            finally:
                lock_path(target).unlink(missing_ok=True)  # backups may lie on a stick
    except OSError as error:
        raise (translate(error, str(target)) or BackupNowhere(target.parent)) from error


def check_backup(path: Path) -> Manifest:
    """The manifest of a backup whose bytes are those that were written. BackupUnusable."""
    manifest = read_manifest(path)
    try:
        if _sha256(path) != manifest.sha256:
            raise BackupUnusable(path)
    except OSError as error:
        raise BackupUnusable(path) from error
    return manifest


def manifest_of(path: Path, beside: Path) -> Manifest:
    """The manifest of what may be restored: of a backup whose bytes are those that were written, or
    of a database that a restore has put aside, looked through `beside` the one of now.

    BackupUnusable.
    """
    return describe(path, beside) if is_kept(path) else check_backup(path)


def verify_backup(path: Path, key: Key | None = None, beside: Path | None = None) -> Manifest:
    """The manifest of a backup that could be restored now; BackupUnusable otherwise.

    It is looked through where it lies. An encrypted one is opened with the `key` into an empty
    place `beside` the database first: KeyNeeded, WrongKey. So is what a restore has put aside.
    """
    if is_kept(path):
        return describe(path, beside or path.parent)
    manifest = check_backup(path)
    if is_sealed(path):
        if key is None:
            raise KeyNeeded
        with empty_place(beside or path.parent) as place:
            bring(path, place / "restored.db", manifest, key)
        return manifest
    try:
        with closing(look_at(path)) as dbapi:
            look_through(dbapi, manifest)
    except (ValueError, sqlite3.Error) as error:
        raise BackupUnusable(path) from error
    return manifest


def is_sealed(path: Path) -> bool:
    """Whether a backup is encrypted, by its name."""
    return path.name.endswith(SEALED)


def bring(backup: Path, target: Path, manifest: Manifest, key: Key | None) -> None:
    """Restores a backup into the new file `target`, and proves what came of it. BackupUnusable,
    KeyNeeded, WrongKey, OSError; the file is gone then.
    """
    try:
        _unpack(backup, target, key)
        sync(target)
        prove(target, manifest, backup)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


@contextmanager
def unpacked(backup: Path, beside: Path, key: Key | None) -> Iterator[Path]:
    """A copy of a backup that was proved, to be looked at for as long as it takes, in a place
    `beside` the database that is thrown away afterwards. BackupUnderWay if somebody looks at one
    already; DatabaseFull, KeyNeeded, WrongKey, OSError.
    """
    with empty_place(beside, 0, LOOKED_AT) as place:
        check_space(place, backup.stat().st_size + SPACE_NEEDED)
        _unpack(backup, copied := place / "copied.db", key)
        yield copied


def _unpack(backup: Path, target: Path, key: Key | None) -> None:
    if is_sealed(backup):
        if key is None:
            raise KeyNeeded
        unseal(backup, target, key)
    elif is_kept(backup):
        fresh(target)
        bring_kept(backup, target)
    else:
        fresh(target)
        shutil.copyfile(backup, target)


def fresh(path: Path) -> None:
    """Makes an empty file for the owner alone, in the place of what a killed one left there."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def sync(path: Path) -> None:
    """What this file or folder holds is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make(
    engine: Engine, target: Path, place: Path, of: tuple[datetime, str, Key | None]
) -> Manifest:
    where, begun, (made, kind, key) = home(engine), time.monotonic(), of
    partial = target.with_name(f".{target.name}.partial")
    try:
        _check_room(where, target, place, key is not None)
        copied = place / "copied.db" if key else partial
        manifest = replace(_copy(engine, copied), made=made, kind=kind)
        if key:
            fresh(partial)
            seal(copied, partial, key)
            copied.unlink()
        sync(partial)
        size = partial.stat().st_size
        manifest = replace(manifest, sha256=_sha256(partial), bytes=size)
        _prove(where, partial, place / "restored.db", manifest, key)
        proved = made + timedelta(seconds=round(time.monotonic() - begun))
        manifest = replace(manifest, verified=proved)
        _name(partial, target, manifest)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _check_room(where: Home, target: Path, place: Path, sealed: bool) -> None:
    """For the copy and for the place where it is proved; a disk that holds both needs both."""
    assert where.path is not None
    size = where.path.stat().st_size
    once = target.parent.stat().st_dev != place.stat().st_dev
    check_space(target.parent, size + SPACE_NEEDED)
    check_space(place, (size if once and not sealed else 2 * size) + SPACE_NEEDED)


def _copy(engine: Engine, copied: Path) -> Manifest:
    """Fills the new file with the database of this moment; what is in it."""
    fresh(copied)
    try:
        with translated(str(copied)):
            copy(engine, copied)
            revision, counts, anchor = note(copied)
    except DatabaseDamaged as error:
        raise DatabaseDamaged(home(engine).place) from error
    size = copied.stat().st_size
    return Manifest("", 0, revision, SystemClock().now(), anchor, counts=counts, database=size)


def _prove(where: Home, partial: Path, restored: Path, manifest: Manifest, key: Key | None) -> None:
    """As whoever restores it would have it. DatabaseDamaged, BackupUnproven, OSError."""
    try:
        if key:
            unseal(partial, restored, key)
        else:
            fresh(restored)
            shutil.copyfile(partial, restored)
        prove(restored, manifest, partial)
    except (BackupUnusable, WrongKey) as error:
        damaged = restored.exists() and not _is_whole(restored)
        raise (DatabaseDamaged(where.place) if damaged else BackupUnproven()) from error
    finally:
        restored.unlink(missing_ok=True)


def _is_whole(path: Path) -> bool:
    try:
        with closing(look_at(path)) as dbapi:
            return in_order(dbapi)
    except sqlite3.Error:
        return False


def _name(partial: Path, target: Path, manifest: Manifest) -> None:
    beside = manifest_path(target)
    fresh(beside)
    beside.write_text(manifest.dump() + "\n", "utf-8")
    sync(beside)
    partial.replace(target)  # after the manifest: a backup that has its name has everything
    sync(target.parent)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
