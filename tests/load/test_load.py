"""Eight desks for twenty seconds: the harness of `make load` works, and so do the desks."""

import shutil
from pathlib import Path

import pytest

from tests.load.running import run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.pg,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux on this machine"),
]


def test_eight_desks_lose_nothing_and_hear_of_no_lock(tmp_path: Path) -> None:
    report = run(20, 0.4, tmp_path)
    assert report.is_clean, report.page()
    assert len(report.acts) > 50
    assert report.typed > 0
    assert report.rings
