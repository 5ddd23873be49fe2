"""The lock between processes, and the places where no lock can be trusted.

SQLite lets waiting writers overtake one another for seconds. One lock file beside the database,
taken around every write, makes the longest wait short, and makes founding and upgrading safe when
several desks start at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from wuye_tui.store.drivers import translate
from wuye_tui.store.faults import DatabaseBusy

_POLL = 0.01
# 9p and virtiofs are left out: containers and sandboxes have their own disk on them.
_SHARES = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "ceph", "glusterfs", "lustre"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs", "fuse.smbnetfs"}
)
_MOUNTS = Path("/proc/self/mountinfo")


def lock_path(database: Path) -> Path:
    """Where the lock of this database lies: beside it. The file stays; the system frees the lock
    when its holder ends, however it ends.
    """
    return database.with_name(database.name + ".lock")


@contextmanager
def file_lock(database: Path, seconds: float) -> Iterator[None]:
    """Holds the lock of this database; DatabaseBusy if others keep it longer than `seconds`.

    It is not re-entrant: whoever takes it twice waits for himself.
    """
    try:
        lock = FileLock(lock_path(database), timeout=seconds, mode=_mode(database))
        lock.acquire(poll_interval=_POLL)
    except Timeout as error:
        raise DatabaseBusy(str(database)) from error
    except OSError as error:
        fault = translate(error, str(database))
        if fault is None:
            raise
        raise fault from error
    try:
        yield
    finally:
        lock.release()


def _mode(database: Path) -> int:
    """Whoever may write the database must be able to lock it."""
    return 0o600 | (database.stat().st_mode & 0o066 if database.exists() else 0)


def network_file_system(path: Path, mounts: str | None = None) -> str:
    """The kind of network file system that `path` lies on, or "" for a disk of this machine.

    `mounts` is the text of Linux's mountinfo, read from the system unless given. Elsewhere than on
    Linux nothing is known, and "" is returned.
    """
    if mounts is None:
        mounts = _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.exists() else ""
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(before.split(" ")[4].replace("\\040", " "))
        # The last of several mounts on one point is the one that shows.
        if path.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split(" ")[0], len(point.parts)
    return found if found in _SHARES else ""
