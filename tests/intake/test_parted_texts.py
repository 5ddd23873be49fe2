"""CSV files whose cells are parted by something else than commas; what is seen is said."""

import pytest

from wuye_tui.intake.errors import BrokenQuote, MissingColumns, StrangeHeader
from wuye_tui.intake.sheets import read_rows

ROWS = (("金桂花园5号楼", "", ""), ("房号", "姓名", "电话"), ("1-101", "仇英", "13800001007"))


def written(path, between, rows=ROWS):
    path.write_bytes("".join(between.join(row) + "\r\n" for row in rows).encode("gb18030"))
    return path


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_cells_are_parted_by_commas_semicolons_or_tabs(tmp_path, between):
    (row,) = read_rows(written(tmp_path / "p.csv", between), "people").good
    assert (row.unit, row.name, row.phone) == ("5-1-101", "仇英", "13800001007")


def test_a_semicolon_within_a_cell_parts_nothing(tmp_path):
    rows = [("房号", "姓名", "电话"), ("1-101", "仇英;唐寅", "13800001007;13900002222")]
    intake = read_rows(written(tmp_path / "p.csv", ",", rows), "people")
    assert [row.name for row in intake.good] == ["仇英", "唐寅"]


def test_a_quotation_mark_left_open_is_found_between_semicolons_too(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text('房号;姓名;电话\n1-101;"仇英;1\n1-102;唐寅;2\n1-103;"沈周;3\n', "utf-8")
    with pytest.raises(BrokenQuote):
        read_rows(path, "people")


def test_names_of_columns_that_mean_nothing_are_named(tmp_path):
    rows = [("小区台账",), ("单位编码", "面积数", "权利人"), ("1-101", "80", "仇英")]
    with pytest.raises(StrangeHeader, match="第 2 行是 单位编码、面积数、权利人"):
        read_rows(written(tmp_path / "p.csv", ",", rows), "people")


def test_beside_a_column_that_is_missing_those_that_are_there_are_named(tmp_path):
    rows = [("房号", "权利人", "电话"), ("1-101", "仇英", "13800001007")]
    with pytest.raises(MissingColumns, match=r"姓名.*房号、权利人、电话"):
        read_rows(written(tmp_path / "p.csv", ";", rows), "people")
