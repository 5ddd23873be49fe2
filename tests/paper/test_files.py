"""Names of files that go out, before anything is written."""

from pathlib import Path

import pytest

from wuye_tui.paper.files import FileExists, NoFileName, refuse_existing, whole

NAMES = ["nul.csv", "CON", "Com1.xlsx", "lpt9.tar.gz", "p\n.csv", "a\u202eslx.csv", "\x1b[2J.csv"]


@pytest.mark.parametrize("name", NAMES)
def test_a_device_or_what_nobody_sees_is_no_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoFileName, match="请换一个"):
        whole(tmp_path / name, b"x", force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("name", ["交接 11-30.csv", "console.csv", "nulls.txt", "com10.csv"])
def test_any_other_name_is_taken_once(tmp_path: Path, name: str) -> None:
    whole(tmp_path / name, b"x")
    with pytest.raises(FileExists):
        refuse_existing(tmp_path / name, force=False)
