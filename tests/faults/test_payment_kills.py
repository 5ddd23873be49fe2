"""kill -9 in a payment and in a run of bills: wholly there with its receipt, or not at all."""

import shutil
from pathlib import Path

import pytest

from tests.billing import in_order, priced
from tests.desks import THURSDAY, settings_for
from tests.faults.paying import kill_payments, kill_runs
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE, Settings


@pytest.fixture
def settings(office_file: Path, tmp_path: Path) -> Settings:
    """An office that has prices."""
    folder = tmp_path / "office"
    folder.mkdir(mode=0o700)
    shutil.copyfile(office_file, folder / DATABASE)
    made = settings_for(folder)
    priced(open_desk(made, StoppedClock(THURSDAY))).engine.dispose()
    return made


def _payments(settings: Settings, kills: int) -> None:
    report = kill_payments(settings, THURSDAY, kills)
    print(report.line())
    assert (report.lost, report.doubled, report.findings) == ([], [], [])
    assert report.kills == kills


@pytest.mark.clause("FW-4.3", "BX-16")
def test_a_payment_that_is_cut_off_is_there_with_its_receipt_or_not_at_all(
    settings: Settings,
) -> None:
    _payments(settings, 9)


@pytest.mark.clause("FW-4.1")
def test_a_run_that_is_cut_off_charges_everybody_or_nobody(settings: Settings) -> None:
    whole, nothing = kill_runs(settings, THURSDAY, 12)
    assert whole + nothing == 12
    desk = open_desk(settings, StoppedClock(THURSDAY))
    assert in_order(desk)
