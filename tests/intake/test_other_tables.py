"""A file for another import is told once, with what was wanted, what is there, and where it goes.

- every file of the training office given to every other import
- one list of homes and residents together serves both
- a file of this noun that lacks a column is not taken for another's
"""

from itertools import permutations
from pathlib import Path

import pytest

from wuye_tui.intake.errors import MissingColumns, OtherTable, StrangeHeader
from wuye_tui.intake.layouts import LAYOUTS, TABLES
from wuye_tui.intake.sheets import read_rows

DEMO = Path(__file__).parents[2] / "data" / "demo"
FILES = {noun: next(DEMO.glob(f"{noun}.*")) for noun in ("units", "people", "staff", "tariff")}
FILES["directory"] = DEMO.parent / "directory.csv"


@pytest.mark.parametrize(("noun", "given"), permutations(FILES, 2))
def test_a_file_for_another_import_is_sent_there(noun: str, given: str) -> None:
    with pytest.raises(OtherTable) as refused:
        read_rows(FILES[given], noun)
    said = str(refused.value)
    assert refused.value.exit_status == 3
    assert FILES[given].name in said
    assert TABLES[noun] in said
    assert TABLES[given] in said
    assert f"wuye {given} import" in said
    wanted, found = said.split("这里的列名是")
    assert all(column.title in wanted for column in LAYOUTS[noun] if column.needed)
    assert all(column.title in found for column in LAYOUTS[given] if column.needed)


def _csv(folder: Path, text: str) -> Path:
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    return file


def test_one_list_of_homes_and_residents_serves_both(tmp_path: Path) -> None:
    file = _csv(tmp_path, "房号,建筑面积,姓名,电话\n3-1-502,89.5,陈立,13800001234\n")
    assert len(read_rows(file, "units").good) == 1
    assert len(read_rows(file, "people").good) == 1


def test_residents_without_their_names_are_still_residents(tmp_path: Path) -> None:
    file = _csv(tmp_path, "房号,身份,电话\n3-1-502,业主,13800001234\n")
    with pytest.raises(MissingColumns, match="姓名"):
        read_rows(file, "people")


def test_a_list_of_keys_is_sent_to_no_other_import(tmp_path: Path) -> None:
    file = _csv(tmp_path, "房号,钥匙数量,存放人,存放日期,状态\n2-1-701,2把,前台,2026.5.3,空置\n")
    with pytest.raises(StrangeHeader, match="姓名"):
        read_rows(file, "people")
