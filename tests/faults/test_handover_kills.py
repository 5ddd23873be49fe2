"""kill -9 in the middle of a handover: before it the old duty, after it the new, never neither."""

import shutil
from pathlib import Path

import pytest

from tests.desks import THURSDAY, settings_for
from tests.faults.handing import kill_handovers
from wuye_tui.settings import DATABASE


def _killed(office_file: Path, tmp_path: Path, kills: int) -> int:
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    shutil.copyfile(office_file, folder / DATABASE)
    report = kill_handovers(settings_for(folder), THURSDAY, kills)
    print(report.line())
    assert report.lost == []
    assert report.doubled == []
    assert report.findings == []
    return report.kills


@pytest.mark.clause("KF-4", "KF-12")
def test_a_handover_that_is_cut_off_is_done_or_not_begun(office_file: Path, tmp_path: Path) -> None:
    assert _killed(office_file, tmp_path, 12) == 12
