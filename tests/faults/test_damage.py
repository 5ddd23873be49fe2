"""Damaged pages are told in words, whatever they held, and nothing is written over."""

import shutil
from pathlib import Path

from tests.faults.damaging import WAYS, damage


def test_damage_is_noticed_in_words_and_nothing_is_written_over(
    office_file: Path, tmp_path: Path
) -> None:
    home = tmp_path / "office"
    shutil.copytree(office_file.parent, home)
    found = damage(home, tmp_path, 2 * len(WAYS), seed=3)
    assert found.findings == []
    assert found.damages == 2 * len(WAYS)
    for name in ("zeroed", "exchanged", "cut off"):
        assert found.unseen[name] == 0
        assert found.noticed[name] == 2
