"""Disks that are full, read-only, damaged or gone: the store's own tests, counted for the page."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.timing import ROOT
from tests.desks import THURSDAY, settings_for
from tests.faults.killing import play
from tests.faults.stories import STORIES
from tests.faults.writing import pay
from wuye_tui.desk import Desk, open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Result

TESTS = (
    "tests/store/test_faults.py",
    "tests/store/test_engine.py",
    "tests/store/test_losses.py",
    "tests/cli/test_broken_databases.py",
)


def tests_of(what: str, row: Callable[..., Any]) -> Any:
    """Runs them; how many there were, and what failed."""
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *TESTS]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    passed = re.search(r"(\d+) passed", done.stdout)
    skipped = re.search(r"(\d+) skipped", done.stdout)
    made = row(what, int(passed[1]) if passed else 0)
    made.note = f"{skipped[1] if skipped else 0} skipped"
    if done.returncode:
        made.why = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
        made.why.append(f"pytest ended with {done.returncode}")
    return made


def at_work(home: Path) -> None:
    """Gives an office something to keep: every story once, and money."""
    clock = StoppedClock(THURSDAY)
    desk = open_desk(settings_for(home), clock)

    def tell(at: Desk, what: str, work: Any) -> Result:
        return at.perform(what, work)

    for story in STORIES:
        play(desk, clock, story, tell)
        pay(desk, tell)
    desk.engine.dispose()
