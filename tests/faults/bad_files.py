"""Every bad file that the tests know, each imported by a process of its own."""

import subprocess
import sys

from tests.bench.timing import ROOT


def imported() -> tuple[int, list[str]]:
    """How many there were, and what is wrong; each is one line and leaves the database alone."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.alone"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    many = int(lines[-3].split()[0]) if len(lines) > 2 else 0
    wrong = [] if done.returncode == 0 else [done.stdout[-1500:] + done.stderr[-500:]]
    return many, wrong if many >= 100 else [*wrong, f"only {many} files"]
