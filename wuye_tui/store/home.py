"""Where a database lives, and how long we wait there for others."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from wuye_tui.store.faults import DatabaseMoved, DatabaseReadOnly

# The names of the execution options that an engine or a connection carries.
HOME, WRITES, REBUILDS = "wuye_home", "wuye_writes", "wuye_rebuilds"
ALONE = "wuye_alone"


@dataclass(frozen=True)
class Patience:
    """How long to wait for others, in seconds, before somebody is told."""

    lock: float = 8.0  # SQLite: the lock file
    busy: float = 8.0  # SQLite: a program that does not know the lock file
    row: float = 3.0  # PostgreSQL: a lock of another transaction
    idle: float = 6.0  # PostgreSQL: our own transaction that writes, if the program hangs in it
    reader: float = 600.0  # PostgreSQL: one that only reads, and thinks about what it has read
    connect: int = 3  # PostgreSQL


@dataclass(frozen=True)
class Home:
    """A database's place, fit to be shown: it holds no password.

    A SQLite database also has a path, and the identity (device, inode) of the file when it was
    opened.
    """

    place: str
    patience: Patience
    path: Path | None = None
    identity: tuple[int, int] = (0, 0)

    def check(self) -> None:
        """DatabaseMoved unless the file at the path is still the one that was opened,
        DatabaseReadOnly where its folder may not be entered any more.

        SQLite itself goes on writing into a deleted file without a word.
        """
        try:
            if self.path and identity(self.path) != self.identity:
                raise DatabaseMoved(self.place)
        except PermissionError as error:
            raise DatabaseReadOnly(str(Path(self.place).parent)) from error


def home(engine: Engine) -> Home:
    """Where this engine's database lives."""
    found: Home = engine.get_execution_options()[HOME]
    return found


def identity(path: Path) -> tuple[int, int]:
    """Device and inode: the same for as long as it is the same file. (0, 0) if there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return (0, 0)
    return (found.st_dev, found.st_ino)
