"""Whether a database that was restored is what its manifest says: opened as the program opens it,
and looked through.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from filelock import FileLock, Timeout

from wuye_tui.rules.errors import StoreError
from wuye_tui.store import chain
from wuye_tui.store.engine import open_engine
from wuye_tui.store.manifest import Anchor, BackupUnusable, Manifest
from wuye_tui.store.migrations import HEAD
from wuye_tui.words import _

PLACE = ".backup-place"
_QUICKLY = ("mmap_size=2147418112", "cache_size=-64000")  # half the time of a large one
WAIT = 120.0  # seconds, for another backup that is being made or proved
_LINES = (
    'SELECT version, prev, site, seq, key, at, "by", duty, what, result, digest, hash'
    " FROM audit WHERE site = ? ORDER BY seq"
)
_NAMES = (
    "version", "prev", "site", "seq", "key", "at", "by", "duty", "what", "result", "digest", "hash"
)  # fmt: skip


class BackupUnderWay(StoreError):
    """Another one is being made or proved, and takes long."""

    passes = True

    def __init__(self) -> None:
        super().__init__(_("另一份备份正在做或正在核对，请过几分钟再试。"))


@contextmanager
def empty_place(folder: Path, wait: float = WAIT, name: str = PLACE) -> Iterator[Path]:
    """An empty folder beside the database for one that makes or proves a backup, and nobody else;
    under another `name` for one that does something else.

    What a killed one left there is thrown away first. BackupUnderWay after `wait` seconds.
    """
    lock = FileLock(folder / f"{name}.lock", timeout=wait, mode=0o600)
    try:
        lock.acquire(poll_interval=0.1)
    except Timeout as error:
        raise BackupUnderWay from error
    place = folder / name
    try:
        rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        yield place
    finally:
        rmtree(place, ignore_errors=True)
        lock.release()


def prove(path: Path, manifest: Manifest, backup: Path) -> None:
    """BackupUnusable of `backup` unless what was restored to `path` opens, its pages, indexes and
    foreign keys are in order, its revision and the rows of each table are those of the manifest,
    and its audit chain is whole up to the anchor and ends there. Seconds a gigabyte, and about 15
    for a million acts.
    """
    try:
        engine = open_engine(f"sqlite:///{path}")  # as every desk does
        try:
            with engine.connect() as connection:
                dbapi = connection.connection.driver_connection
                assert isinstance(dbapi, sqlite3.Connection)
                look_through(dbapi, manifest)
        finally:
            engine.dispose()
    except (StoreError, sqlite3.Error, ValueError, KeyError) as error:
        raise BackupUnusable(backup) from error


def look_through(dbapi: sqlite3.Connection, manifest: Manifest) -> None:
    """ValueError or sqlite3.Error unless an open database is what its manifest says."""
    for pragma in _QUICKLY:
        dbapi.execute(f"PRAGMA {pragma}").fetchall()
    if not in_order(dbapi) or revision_of(dbapi) != manifest.revision:
        raise ValueError(manifest.revision)
    if manifest.counts and counts(dbapi) != manifest.counts:
        raise ValueError("counts")
    if manifest.anchor.get("head") and walk(dbapi, str(manifest.anchor["site"])) != manifest.anchor:
        raise ValueError("chain")


def in_order(dbapi: sqlite3.Connection) -> bool:
    """Whether SQLite finds its pages, indexes and foreign keys in order. Seconds a gigabyte."""
    whole = dbapi.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return whole and not dbapi.execute("PRAGMA foreign_key_check").fetchall()


def revision_of(dbapi: sqlite3.Connection) -> str:
    """The revision of the schema in this file, "" if it has none."""
    if "alembic_version" not in _tables(dbapi):
        return ""
    row = dbapi.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def is_newer(revision: str) -> bool:
    """Whether a later program than this one made it."""
    return revision > HEAD


def counts(dbapi: sqlite3.Connection) -> dict[str, int]:
    """The rows of every table."""
    # The names come from the database itself, and are quoted.
    asked = {name: f'SELECT count(*) FROM "{name}"' for name in _tables(dbapi)}  # noqa: S608
    return {name: int(dbapi.execute(ask).fetchone()[0]) for name, ask in asked.items()}


def anchor_of(dbapi: sqlite3.Connection) -> Anchor:
    """The site, the last line of its audit chain, and the hash of it; empty where no office is."""
    if not {"audit", "office"} <= set(_tables(dbapi)):
        return {}
    office = dbapi.execute("SELECT site FROM office").fetchone()
    asked = "SELECT seq, hash FROM audit WHERE site = ? ORDER BY seq DESC LIMIT 1"
    last = dbapi.execute(asked, office).fetchone() if office else None
    seq, head = last or (0, chain.START)
    return {"site": office[0], "audit": seq, "head": head} if office else {}


def hash_at(dbapi: sqlite3.Connection, site: str, seq: int) -> str:
    """The hash of a line of the chain, "" where there is no such line; line 0 is its start."""
    if "audit" not in _tables(dbapi):
        return ""
    if not seq:
        return chain.START
    asked = "SELECT hash FROM audit WHERE site = ? AND seq = ?"
    found = dbapi.execute(asked, (site, seq)).fetchone()
    return str(found[0]) if found else ""


def walk(dbapi: sqlite3.Connection, site: str) -> Anchor:
    """The anchor of a chain after each of its lines was reckoned again. ValueError for one that
    does not fit.
    """
    seq, head = 0, chain.START
    for row in dbapi.execute(_LINES, (site,)):
        line = dict(zip(_NAMES, row, strict=True))
        line["at"] = datetime.fromisoformat(line["at"]).replace(tzinfo=UTC)
        line["result"] = json.loads(line["result"])
        if line["seq"] != seq + 1 or line["prev"] != head or line["hash"] != chain.line_hash(line):
            raise ValueError(seq + 1)
        seq, head = line["seq"], line["hash"]
    return {"site": site, "audit": seq, "head": head}


def look_at(path: Path) -> sqlite3.Connection:
    """Opens a file that nobody writes, and changes nothing: it may lie on a read-only disk."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def note(path: Path) -> tuple[str, dict[str, int], Anchor]:
    """Revision, counts and anchor of a copy that was just made."""
    with closing(look_at(path)) as dbapi:
        return revision_of(dbapi), counts(dbapi), anchor_of(dbapi)


def _tables(dbapi: sqlite3.Connection) -> list[str]:
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [str(row[0]) for row in dbapi.execute(asked + " ORDER BY name")]
