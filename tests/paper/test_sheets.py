"""Lists as files: no cell acts, no digit is lost, and what is there is not overwritten."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.hostile import HOSTILE
from wuye_tui.cli.tables import Column
from wuye_tui.paper.files import FileExists, UnknownEnding
from wuye_tui.paper.sheets import write_list
from wuye_tui.rules.formulas import unguarded
from wuye_tui.rules.text import bad_character

COLUMNS = [Column("姓名", "name"), Column("数", "n")]
ACTIVE = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")', "http://example.org")
DIGITS = ("13812345678", "0571", "110101199001011234", "3-1-2008", "1e5", "007")


def written(path: Path, rows: list[dict[str, Any]]) -> Path:
    write_list(path, "住户/表", COLUMNS, iter(rows), lambda: rows)
    return path


def cells(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("words", [*ACTIVE, *DIGITS, *HOSTILE.values()])
def test_a_cell_of_a_workbook_is_the_words_and_nothing_that_acts(
    tmp_path: Path, words: str
) -> None:
    path = written(tmp_path / "a.xlsx", [{"name": words, "n": 3}])
    sheet = load_workbook(path).active
    assert sheet is not None
    cell = sheet["A2"]
    assert (cell.data_type, sheet["B2"].value) == ("s", 3)
    assert cell.hyperlink is None
    assert str(cell.value).strip() == bad_character().sub(" ", words).strip()
    parts = ZipFile(path).namelist()
    assert not [part for part in parts if "hyperlink" in part or "externalLink" in part]


@pytest.mark.parametrize("words", [*ACTIVE, *DIGITS, "平常的话", "'", "''=1"])
def test_a_cell_of_a_csv_comes_back_as_it_was_and_does_not_act(tmp_path: Path, words: str) -> None:
    path = written(tmp_path / "a.csv", [{"name": words, "n": 3}])
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "or a spreadsheet program takes it for another code"
    _head, (first, second) = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert not first.startswith(("=", "+", "-", "@"))
    assert (unguarded(first), second) == (words, "3")


def test_only_what_is_counted_is_a_number(tmp_path: Path) -> None:
    rows = [
        {"name": "面积", "n": 89.53},
        {"name": "电话", "n": 13812345678901},
        {"name": "有", "n": True},
        {"name": "日", "n": date(2026, 11, 19)},
        {"name": "空", "n": None},
    ]
    found = [row[1] for row in cells(written(tmp_path / "a.xlsx", rows))]
    assert found == ["数", 89.53, "13812345678901", "是", "2026-11-19", None]


def test_json_is_what_programs_get(tmp_path: Path) -> None:
    at = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)
    path = written(tmp_path / "a.json", [{"name": "陈立", "at": at}])
    assert json.loads(path.read_bytes()) == [{"name": "陈立", "at": at.isoformat()}]


def test_an_empty_list_is_a_file_with_its_headings(tmp_path: Path) -> None:
    assert cells(written(tmp_path / "a.xlsx", [])) == [["姓名", "数"]]


def test_a_file_that_is_there_stays_and_an_ending_that_means_nothing_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"mine")
    with pytest.raises(FileExists):
        written(path, [])
    assert path.read_bytes() == b"mine"
    with pytest.raises(UnknownEnding, match=r"\.xlsx \.csv \.json"):
        written(tmp_path / "a.xls", [])
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["a.xlsx"]
