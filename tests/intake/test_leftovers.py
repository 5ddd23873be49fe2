"""Bad rows go to a file that can be corrected and imported again (`--skip-bad`).

* every bad row once, in its own columns, with the reasons behind
* corrected, the file comes in whole, the column of reasons passed over
* no cell is a formula, a day or a shortened number to the program that opens it
"""

import csv
import stat
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.books import book, text
from wuye_tui.intake.lines import BadRow
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.rules.formulas import guarded, unguarded
from wuye_tui.rules.text import bad_character

NAMES = ("房号", "姓名", "电话", "入住日期", "备注")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def intake(tmp_path):
    rows = [
        ("思兰雅苑住户名册",),
        NAMES,
        ("3-1-502", "仇英", 13800001007, date(2019, 6, 15), ""),
        ("天台", "", 12, date(2019, 6, 15), "=1+1"),
        ("3-1-602", "翟志远", 44010619900101123, "", '明天, "再说"'),
    ]
    return read_rows(book(tmp_path / "p.xlsx", rows), "people")


def test_every_bad_row_is_written_once_with_its_reasons(tmp_path, intake):
    assert write_bad_rows(tmp_path / "bad.csv", intake) == 2
    header, roof, long = written(tmp_path / "bad.csv")
    assert header == [*NAMES, "原因"]
    assert roof[:5] == ["天台", "", "12", "2019-06-15", "'=1+1"]
    assert roof[5].count("。") >= 3
    assert all(f"{column}: " in roof[5] for column in ("房号", "姓名", "电话"))
    assert long[2] == "'44010619900101120"


def test_corrected_it_comes_in(tmp_path, intake):
    path = tmp_path / "bad.csv"
    write_bad_rows(path, intake)
    corrected = path.read_text("utf-8-sig").replace("天台,", "3-1-503,唐寅")
    corrected = corrected.replace(",12,", ",13800001012,").replace("'44010619900101120", "")
    path.write_text(corrected, "utf-8-sig")
    again = read_rows(path, "people")
    assert [(row.unit, row.name, row.phone) for row in again.good] == [
        ("3-1-503", "唐寅", "13800001012"),
        ("3-1-602", "翟志远", ""),
    ]
    assert again.unknown_columns == ("备注",)
    assert write_bad_rows(path, again.refusing([BadRow(2, "房号", "3-1-503", "没有。")])) == 1
    assert written(path)[0] == [*NAMES, "原因"]


def test_only_its_owner_may_read_it_and_nothing_is_left_beside_it(tmp_path, intake):
    folder = tmp_path / "out"
    folder.mkdir()
    write_bad_rows(folder / "bad.csv", intake)
    assert [path.name for path in folder.iterdir()] == ["bad.csv"]
    assert stat.S_IMODE((folder / "bad.csv").stat().st_mode) == 0o600


def test_what_cannot_be_written_leaves_nothing(tmp_path, intake):
    target = tmp_path / "out" / "bad.csv"
    target.mkdir(parents=True)
    with pytest.raises(OSError, match=r"bad\.csv"):
        write_bad_rows(target, intake)
    assert list(target.parent.iterdir()) == [target]


def test_nothing_that_steers_a_terminal_is_written(tmp_path):
    path = text(tmp_path / "p.csv", [("房号", "姓名"), ("3-1-502", "仇\x1b[31m\u202e英")])
    write_bad_rows(tmp_path / "bad.csv", read_rows(path, "people"))
    assert not any(
        bad_character().search(cell) for row in written(tmp_path / "bad.csv") for cell in row
    )


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+8613800001007", "'+8613800001007"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("440106199001011234", "'440106199001011234"),
        ("057188157788", "'057188157788"),
        ("3-1-2008", "'3-1-2008"),
        ("3-12", "'3-12"),
        ("3-1-502", "3-1-502"),
        ("13800001007", "13800001007"),
        ("2027-06-30", "2027-06-30"),
        ("仇英", "仇英"),
        ("", ""),
    ],
)
def test_only_what_a_program_would_change_is_guarded(cell, safe):
    assert guarded(cell) == safe
    assert unguarded(safe) == cell


@given(st.text(st.sampled_from("=+-@\t\r'\"0159浙＝"), max_size=8) | st.text(max_size=20))
def test_whatever_is_guarded_comes_back_and_is_no_formula(cell):
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(FORMULAS)
