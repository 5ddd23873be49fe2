"""Puts a backup in the place of a SQLite database; what was there is kept beside it.

Whoever is killed in it, at any moment, leaves either the database that was there or the one that
was restored; never none, and never a part of one.
"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wuye_tui.rules.errors import StoreError
from wuye_tui.store.backup import bring, manifest_of, sync
from wuye_tui.store.drivers import translate
from wuye_tui.store.faults import SPACE_NEEDED, DatabaseNewer, check_space
from wuye_tui.store.home import Patience
from wuye_tui.store.kept import BESIDE, kept_name
from wuye_tui.store.locks import file_lock
from wuye_tui.store.manifest import BackupUnusable, Manifest
from wuye_tui.store.migrations import HEAD
from wuye_tui.store.proving import anchor_of, empty_place, hash_at, is_newer
from wuye_tui.store.sealing import Key
from wuye_tui.store.sqlite import APPLICATION_ID
from wuye_tui.words import _


class RestoreFailed(StoreError):
    """The folder does not take it; the database is as it was."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            _("没能恢复到「{place}」，原来的数据库没有动，请看这个文件夹的权限和空间。").format(
                place=place
            )
        )


@dataclass(frozen=True)
class Loss:
    """Which acts a restore would take away: audit lines `first` to `last`; none if `last` is less.

    `known` is False where the database cannot be read or the backup does not say where it ends,
    `belongs` where the backup is not of this database's own past.
    """

    first: int = 1
    last: int = 0
    known: bool = True
    belongs: bool = True

    @property
    def acts(self) -> int:
        """How many."""
        return max(0, self.last - self.first + 1)


def loss(manifest: Manifest, database: Path) -> Loss:
    """What stands in the database and not in the backup. Changes nothing."""
    if not database.exists():
        return Loss()
    try:
        found = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
        with closing(found) as dbapi:
            now = anchor_of(dbapi)
            ours = dbapi.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            there = hash_at(dbapi, str(manifest.anchor.get("site", "")), manifest.seq)
    except (sqlite3.Error, ValueError):
        return Loss(known=False)
    if not now:  # an empty file, another program's, or ours without an office
        return Loss(known=ours)
    last = int(now.get("audit", 0))
    if "head" not in manifest.anchor:
        return Loss(manifest.seq + 1, last, known=bool(manifest.anchor))
    same = now.get("site") == manifest.anchor.get("site") and there == manifest.anchor["head"]
    return Loss(manifest.seq + 1, last, belongs=same)


def lacking(manifests: list[Manifest], database: Path) -> list[str]:
    """The last hashes of those backups that this database does not go on from."""
    try:
        found = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=5)
        with closing(found) as dbapi:
            ends = [(str(one.anchor.get("head", "")), one) for one in manifests]
            return [
                head
                for head, one in ends
                if head and hash_at(dbapi, str(one.anchor["site"]), one.seq) != head
            ]
    except sqlite3.Error:
        return []


def restore(
    backup: Path,
    database: Path,
    now: datetime,
    key: Key | None = None,
    manifest: Manifest | None = None,
) -> Path | None:
    """Restores a backup once it is proved; returns where the database that was there has been put,
    from where it can be restored in the same way. `manifest`: as `manifest_of` has just found it.

    Nobody writes meanwhile; consoles that are open notice that their file has gone and say so.
    BackupUnusable, KeyNeeded, WrongKey, DatabaseNewer, DatabaseBusy, DatabaseFull or RestoreFailed
    leave everything as it was.
    """
    try:
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        manifest = manifest or manifest_of(backup, database.parent)
        if is_newer(manifest.revision):
            raise DatabaseNewer(manifest.revision, HEAD)
        check_space(database.parent, (manifest.database or manifest.bytes) + SPACE_NEEDED)
        with empty_place(database.parent) as place:
            fresh_one = place / "restored.db"
            bring(backup, fresh_one, manifest, key)
            with file_lock(database, Patience().lock):
                return _swap(fresh_one, database, now)
    except OSError as error:
        raise (translate(error, str(database)) or RestoreFailed(database)) from error


def _swap(fresh_one: Path, database: Path, now: datetime) -> Path | None:
    """The database under another name as well, then the new one under its own, in one step.

    Its journal and its log belong to it alone, and go with it: SQLite has settled them first.
    """
    if not database.exists():
        fresh_one.replace(database)
        sync(database.parent)
        return None
    _settle(database)
    kept = _second_name(database, kept_name(database, now))
    moved: list[tuple[Path, Path]] = []
    try:
        for ending in BESIDE:
            there = database.with_name(database.name + ending)
            if there.exists():
                moved.append((there, there.replace(kept.with_name(kept.name + ending))))
        fresh_one.replace(database)
    except OSError:
        for there, aside in moved:
            aside.replace(there)
        if database.exists():
            kept.unlink(missing_ok=True)
        else:
            kept.replace(database)
        raise
    sync(database.parent)
    return kept


def _settle(database: Path) -> None:
    """What a crash left in the journal or the log is where it belongs, as far as that is possible:
    a database that is damaged is kept with everything that lies beside it.
    """
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=1)) as dbapi:
        dbapi.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        dbapi.execute("SELECT count(*) FROM sqlite_master").fetchall()


def _second_name(database: Path, wanted: Path) -> Path:
    """A further name of the file, which nothing had before."""
    kept, n = wanted, 1
    while kept.exists():
        n += 1
        kept = wanted.with_name(f"{wanted.name}-{n}")
    try:
        os.link(database, kept)
    except OSError:  # a disk whose files have one name each
        database.replace(kept)
    return kept


__all__ = ["BackupUnusable", "Loss", "RestoreFailed", "lacking", "loss", "restore"]
