"""The database that a restore has put aside: whole, and with nothing beside it that says so.

It gets a manifest when it is looked at, and is proved against that as any backup is against its
own. Its journal or its log may lie beside it, if it was damaged when it was put aside.
"""

import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from wuye_tui.store.drivers import translate
from wuye_tui.store.faults import SPACE_NEEDED, check_space
from wuye_tui.store.manifest import BackupUnusable, Manifest, manifest_path
from wuye_tui.store.proving import anchor_of, counts, empty_place, look_through, revision_of
from wuye_tui.store.sqlite import APPLICATION_ID

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite needs besides the file, and nothing else does
_KEPT = re.compile(r".\.before-\d{8}-\d{6}(-\d+)?$")


def kept_name(database: Path, now: datetime) -> Path:
    """What the database is called that a restore of this moment puts aside."""
    return database.with_name(f"{database.name}.before-{now:%Y%m%d-%H%M%S}")


def is_kept(path: Path) -> bool:
    """Whether a restore has put it aside, by its name; one with a manifest is a backup."""
    return bool(_KEPT.search(path.name)) and path.is_file() and not manifest_path(path).exists()


def describe(kept: Path, beside: Path) -> Manifest:
    """The manifest of a database that was put aside, once it is looked through in an empty place
    `beside` the database of now. BackupUnusable for one that is not in order, DatabaseFull.
    """
    with empty_place(beside) as place:
        copied = place / "kept.db"
        try:
            check_space(place, kept.stat().st_size + SPACE_NEEDED)
            bring_kept(kept, copied)
            with closing(sqlite3.connect(f"{copied.as_uri()}?mode=rw", uri=True)) as dbapi:
                if dbapi.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                    raise ValueError(kept)
                found = Manifest(
                    sha256="",  # the file may need what lies beside it
                    bytes=kept.stat().st_size,
                    revision=revision_of(dbapi),
                    made=datetime.fromtimestamp(kept.stat().st_mtime, UTC),
                    anchor=anchor_of(dbapi),
                    counts=counts(dbapi),
                    database=copied.stat().st_size,
                )
                look_through(dbapi, found)
        except (sqlite3.Error, ValueError, KeyError) as error:
            raise BackupUnusable(kept) from error
        except OSError as error:
            raise (translate(error, str(kept)) or BackupUnusable(kept)) from error
    return found


def bring_kept(kept: Path, target: Path) -> None:
    """Copies it to the new file `target`, with what a crash left in its journal or its log.

    BackupUnusable, OSError.
    """
    shutil.copyfile(kept, target)
    for ending in BESIDE:
        there = kept.with_name(kept.name + ending)
        if there.exists():
            shutil.copyfile(there, target.with_name(target.name + ending))
    try:
        with closing(sqlite3.connect(f"{target.as_uri()}?mode=rw", uri=True)) as dbapi:
            dbapi.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            dbapi.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.Error as error:
        raise BackupUnusable(kept) from error
    for ending in BESIDE:
        target.with_name(target.name + ending).unlink(missing_ok=True)
