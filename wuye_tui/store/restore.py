"""Puts a backup in the place of a SQLite database; what was there is kept beside it."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from wuye_tui.rules.errors import StoreError
from wuye_tui.store.backup import manifest_path, verify_backup
from wuye_tui.store.drivers import translate
from wuye_tui.store.faults import SPACE_NEEDED, check_space
from wuye_tui.store.home import Patience
from wuye_tui.store.locks import file_lock
from wuye_tui.words import _

_BESIDE = ("-wal", "-shm", "-journal")


class RestoreFailed(StoreError):
    """The folder does not take it; the database is as it was."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            _("没能恢复到「{place}」，原来的数据库没有动，请看这个文件夹的权限和空间。").format(
                place=place
            )
        )


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Restores a verified backup; returns where the database that was there has been put.

    Nobody writes meanwhile; consoles that are open notice that their file has gone and say so.
    BackupUnusable, DatabaseBusy, DatabaseFull or RestoreFailed leave everything as it was.
    """
    verify_backup(backup)
    partial = database.with_name(f".{database.name}.restoring")
    try:
        check_space(database.parent, backup.stat().st_size + SPACE_NEEDED)
        with file_lock(database, Patience().lock):
            shutil.copyfile(backup, partial)
            partial.chmod(0o600)
            _sync(partial)
            kept = _put_aside(database, now)
            partial.replace(database)
            _sync(database.parent)
    except OSError as error:
        raise (translate(error, str(database)) or RestoreFailed(database)) from error
    finally:
        partial.unlink(missing_ok=True)
    return kept


def _put_aside(database: Path, now: datetime) -> Path | None:
    """The database and what lies beside it under another name: its log belongs to it alone."""
    if not database.exists():
        return None
    kept = database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")
    for ending in ("", *_BESIDE):
        there = database.with_name(database.name + ending)
        if there.exists():
            there.replace(kept.with_name(kept.name + ending))
    return kept


def listed(folder: Path) -> list[Path]:
    """The backups of a folder that have a manifest, newest first."""
    found = [path for path in folder.glob("*.db") if manifest_path(path).exists()]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
