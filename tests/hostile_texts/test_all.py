"""All hostile strings through everything that comes in and goes out: minutes long."""

from pathlib import Path

import pytest

from tests.hostile_texts.__main__ import run


@pytest.mark.slow
def test_no_text_of_people_acts_breaks_or_vanishes(tmp_path: Path) -> None:
    figures = run(tmp_path)
    assert figures.problems == {}
    assert figures.strings >= 300
    assert figures.places_in > 1500
    assert figures.places_out > 100
