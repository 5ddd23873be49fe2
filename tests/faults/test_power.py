"""A power cut loses nothing that was acknowledged; with less syncing the same cuts do.

A small sample of `make faults`.
"""

from pathlib import Path

import pytest

from tests.faults.power import cut_power
from tests.faults.shim import NoCompiler, built


@pytest.fixture
def office(office_file: Path) -> Path:
    """The folder of a founded office; skips where nothing compiles the shim."""
    try:
        built()
    except NoCompiler as reason:
        pytest.skip(f"power cuts: {reason}")
    return office_file.parent


def test_what_was_acknowledged_outlives_a_power_cut(office: Path, tmp_path: Path) -> None:
    found = cut_power(office, tmp_path, 60, "program", acts=4, every=30)
    assert (found.cuts, found.acknowledged, found.checked) == (60, 4, 2)
    assert (found.lost, found.broken, found.findings) == (0, 0, [])


@pytest.mark.parametrize("mode", ["normal", "full"])
def test_with_less_syncing_the_same_cuts_lose_something(
    office: Path, tmp_path: Path, mode: str
) -> None:
    found = cut_power(office, tmp_path, 40, mode, acts=4, every=40)
    assert found.lost + found.broken > 5, "the harness proves nothing"
