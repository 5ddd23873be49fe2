"""The hungriest bad files, each imported by a process of its own with 2 s and 200 MB.

`make faults` does it with all of them, `python -m tests.intake.alone` prints what each has cost.
"""

import subprocess
import sys

from tests.bench.timing import ROOT

HUNGRY = (
    "billion", "million", "often", "50,000 cells", "circle", "promised", "endless", "corner",
    "last row", "without end", "huge field", "two stray quotes", "never ends",
)  # fmt: skip


def test_the_hungriest_bad_files_cost_little_and_leave_the_database_alone():
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.alone", *HUNGRY],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert int(done.stdout.splitlines()[-3].split()[0]) > len(HUNGRY)
