"""`python -m tests.bench [--full] [GROUP ...]` prints one page of figures; `make bench`.

Every figure stands beside a floor that was measured in the same minute, because machines differ
and are busy: the ratio is what counts.
"""

import os

os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"  # before anything imports Textual

import argparse
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from tests.bench import (
    acts,
    backups,
    console,
    files,
    handover,
    lists,
    live,
    money,
    month,
    paper,
    questions,
    rosters,
    shard,
    size,
    starting,
    summary,
)
from tests.bench.maker import FULL, Size, big_office
from tests.bench.page import HEAD, Figures, row
from tests.bench.timing import ROOT
from tests.bench.years import Years
from wuye_tui.desk import Desk
from wuye_tui.store.sqlite import journal_mode

LONG = frozenset({"size", "shard"})  # long: measured when they are named, or with --full


class Bench:
    """The groups of figures, and what they share."""

    def __init__(self, folder: Path, size: Size, years: Years) -> None:
        self._folder = folder
        self._size = size
        self._years = years

    @cached_property
    def office(self) -> Desk:
        """The big office, made once."""
        return big_office(self._folder / "office", self._size)

    @property
    def groups(self) -> dict[str, Callable[[], Figures]]:
        """Every group by its name, in the order of the page."""
        return {
            "start": lambda: starting.figures(self._folder),
            "keys": console.keys,
            "console": lambda: console.figures(self.office),
            "hour": lambda: console.hour(self.office),
            "live": live.figures,
            "questions": lambda: questions.figures(self.office, self._size),
            "handover": lambda: handover.figures(self._folder / "handover", self._size),
            "acts": lambda: acts.figures(self._folder / "acts"),
            "files": lambda: files.figures(self._folder),
            "lists": lambda: lists.figures(self.office, self._folder),
            "paper": lambda: paper.figures(self._folder / "paper"),
            "summary": lambda: summary.figures(self.office, self._size),
            "month": lambda: month.figures(self._folder / "month"),
            "money": lambda: money.figures(self._folder / "money"),
            "rosters": rosters.figures,
            "backups": lambda: backups.figures(self.office, self._folder / "backups"),
            "shard": lambda: shard.figures(self._folder / "shard"),
            "size": lambda: size.figures(self._folder / "size", self._years),
        }


def main() -> None:
    """Prints the page, row by row as it is measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("groups", nargs="*", help="one or more of those below; all if none")
    parser.add_argument(
        "--full", action="store_true", help="1,000,000 contacts, 300,000 matters; size"
    )
    asked = parser.parse_args()
    begun = time.monotonic()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} in {journal_mode()}"
        f" mode, {os.cpu_count()} processors; medians unless it says otherwise\n"
    )
    print(row(HEAD))
    # Beside the program and not in /tmp, which may be no disk.
    with tempfile.TemporaryDirectory(prefix=".bench-", dir=ROOT) as folder:
        sizes = (FULL, size.FULL) if asked.full else (Size(), size.TENTH)
        bench = Bench(Path(folder), *sizes)
        for name, group in bench.groups.items():
            if name in (
                asked.groups or (bench.groups if asked.full else bench.groups.keys() - LONG)
            ):
                for figure in group():
                    print(row(figure.cells()))
    print(f"\n{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
