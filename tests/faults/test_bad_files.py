"""Every bad file that the tests know, each imported by a process of its own (`make faults`)."""

import subprocess
import sys

import pytest

from tests.bench.timing import ROOT


@pytest.mark.slow
def test_every_bad_file_is_one_line_and_leaves_the_database_alone():
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.alone"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert int(done.stdout.splitlines()[-3].split()[0]) >= 100
