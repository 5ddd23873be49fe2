"""A disk that fails in the middle of an act: refused is not saved, and saved is told as saved.

A small sample of `make faults`: both errors, once and for ever, both journals.
"""

import json
import shutil
from pathlib import Path

import pytest

from tests.faults.failing import LAST, PLACES, call_at, runs
from tests.faults.shim import NoCompiler, run_behind


def test_a_disk_that_fails_loses_nothing_and_is_used_again(
    office_file: Path, tmp_path: Path
) -> None:
    home = tmp_path / "office"
    shutil.copytree(office_file.parent, home)
    try:
        found = json.loads(run_behind("tests.faults.failing", str(home), "4", "folder"))
    except NoCompiler as reason:
        pytest.skip(f"failing disks: {reason}")
    assert found["runs"] == found["hits"] == 4 + 2
    for wrong in ("lost", "untold", "stuck", "refused yet saved", "findings", "died"):
        assert found.get(wrong, []) == [], wrong
    assert {"DatabaseFull", "DatabaseFailed", "DatabaseUnsure"} <= set(found["errors"])


@pytest.mark.parametrize("calls", [12, 60, 150])
def test_every_part_of_an_act_is_made_to_fail_its_end_most_of_all(calls: int) -> None:
    found = [call_at(place, calls) for place in range(PLACES - 2)]
    assert found[0] == 1
    assert max(found) <= calls
    assert sum(one > calls // 2 for one in found) >= min(LAST, calls // 2) // 2
    assert len(runs(480)) == len(set(runs(480))) == 480
