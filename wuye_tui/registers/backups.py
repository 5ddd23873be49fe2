"""Backups of this office's database: made while desks write, checked, and put back."""

from pathlib import Path

from sqlalchemy import func, select

from wuye_tui.desk import Desk
from wuye_tui.rules.clock import SystemClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.settings import Settings
from wuye_tui.store import backup, restore
from wuye_tui.store.backup import BackupByServer, Manifest
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit

FOLDER = "backups"


def folder(settings: Settings) -> Path:
    """Where backups lie unless told otherwise."""
    return settings.home / FOLDER


def create(desk: Desk, target: Path | None = None) -> tuple[Path, Manifest]:
    """Copies the database while others write, checks the copy, and notes the audit's head in it."""
    stamp = SystemClock().now().astimezone(desk.zone).strftime("%Y%m%d-%H%M%S")
    path = target or folder(desk.settings) / f"wuye-{stamp}.db"
    with desk.read() as session:
        seq = select(func.max(table_of(Audit).c.seq)).where(table_of(Audit).c.site == desk.site)
        anchor = {"audit": int(session.execute(seq).scalar_one() or 0)}
    return path, backup.make_backup(desk.engine, path, anchor=anchor)


def verify(path: Path) -> Manifest:
    """The manifest of a backup that is whole. Raises BackupUnusable."""
    return backup.verify_backup(path)


def listed(settings: Settings) -> list[tuple[Path, Manifest | None]]:
    """The backups of the usual folder, newest first; those that are not whole have no manifest."""
    found: list[tuple[Path, Manifest | None]] = []
    for path in restore.listed(folder(settings)):
        try:
            found.append((path, verify(path)))
        except StoreError:
            found.append((path, None))
    return found


def put_back(settings: Settings, source: Path) -> Path | None:
    """Restores a backup; returns where what was there is kept. BackupByServer on PostgreSQL."""
    database = settings.database_file
    if database is None:
        raise BackupByServer
    return restore.restore(source, database, SystemClock().now())
