"""A second process that keeps the database busy, as another workstation, a backup or a hung
program does, until it is told to let go.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAYS = {
    "lock file": """
from filelock import FileLock
held = FileLock(sys.argv[1] + ".lock")
held.acquire()
""",
    "BEGIN IMMEDIATE": """
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
""",
    "BEGIN EXCLUSIVE": """
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
""",
}
"""What the other one holds, by its name; an exclusive one keeps even questions waiting."""


class Holder:
    """The other process."""

    def __init__(self, database: Path, way: str) -> None:
        code = f"import sqlite3, sys\n{WAYS[way]}\nprint('held', flush=True)\nsys.stdin.read()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code, str(database)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"

    def let_go(self) -> None:
        """The database is free, and the process gone, when this returns."""
        self._process.communicate()


@contextmanager
def held(database: Path, way: str) -> Iterator[Holder]:
    """Somebody else holds the database, at most until the end of the block."""
    holder = Holder(database, way)
    try:
        yield holder
    finally:
        if holder._process.poll() is None:
            holder.let_go()
