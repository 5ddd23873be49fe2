"""Titles, sheet names and lines between the rows: of which building and entrance a room is.

Two entrances never become one home, and a line that nobody can read puts nobody into a wrong one.
"""

import pytest

from tests.intake.books import book
from tests.intake.test_messy_sheets import again, sheets
from wuye_tui.intake.sheets import read_rows


def units(path, title, *rows, sheet="Sheet1"):
    table = [*([(title,)] if title else []), ("房号", "建筑面积"), *rows]
    return read_rows(sheets(path / "u.xlsx", **{sheet: table}), "units")


def labels(intake):
    return [row.label for row in intake.good]


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("金桂花园4栋1单元房产台账", "Sheet1"),
        ("金 桂 花 园 房 屋 面 积 表", "4栋1单元"),
        ("4号楼一单元", "x"),
        ("四栋-1单元房屋明细（2024年6月）", "x"),
        ("4栋房产台账", "1单元"),
        ("4栋房产台账", "4栋1单元"),
        ("4栋房产台账", "4-1"),
        ("1单元房产台账", "4栋"),
    ],
)
@pytest.mark.parametrize("room", [101, "101 ", "4-101", "4-1-101", "4栋1单元101"])
def test_an_entrance_in_a_title_or_a_sheet_s_name_is_the_rooms(tmp_path, title, sheet, room):
    intake = units(tmp_path, title, (room, 88), sheet=sheet)
    assert labels(intake) == ["4-1-101"], intake.bad
    assert intake.building


def test_two_entrances_of_one_building_are_two_homes(tmp_path):
    first = units(tmp_path, "金桂花园1栋1单元房产台账", (1501, 88))
    second = units(tmp_path, "金桂花园1栋2单元房产台账", (1501, 89))
    assert labels(first) + labels(second) == ["1-1-1501", "1-2-1501"]


def test_people_have_the_entrance_of_their_title(tmp_path):
    rows = [("4栋2单元业主清册",), ("房号", "姓名"), (101, "仇英"), ("4-102", "唐寅")]
    intake = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    assert [row.unit for row in intake.good] == ["4-2-101", "4-2-102"], intake.bad


@pytest.mark.parametrize(
    "title", ["4栋1-2单元", "4栋1、2单元台账", "4栋1单元和2单元", "4栋1单元、2单元"]
)
def test_a_title_of_several_entrances_names_none(tmp_path, title):
    assert labels(units(tmp_path, title, (101, 88))) == ["4-101"]


def test_a_column_for_the_entrance_is_nearer_than_the_title(tmp_path):
    rows = [("4栋1单元",), ("单元", "房号"), (2, 101), ("", 102)]
    assert labels(read_rows(book(tmp_path / "u.xlsx", rows), "units")) == ["4-2-101", "4-102"]


def test_a_title_completes_a_column_of_buildings_without_entrances(tmp_path):
    rows = [("4栋1单元",), ("楼栋", "房号"), ("4栋", 101), (4, "4-102"), ("5栋", 101)]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    assert labels(intake) == ["4-1-101", "4-1-102", "5-101"], intake.bad


def test_a_room_of_another_entrance_than_its_title_says_is_refused(tmp_path):
    rows = [(f"1-{number}", 88) for number in (101, 102, 201)]
    intake = units(tmp_path, "4栋1单元", *rows, ("2-101", 88))
    assert [bad.row_number for bad in intake.bad] == [6]
    assert labels(intake)[0] == "4-1-101"


def test_an_entrance_alone_is_no_building(tmp_path):
    intake = units(tmp_path, "1单元", (101, 88), ("4-102", 88))
    assert ([bad.row_number for bad in intake.bad], labels(intake)) == ([3], ["4-1-102"])


def test_a_sheet_that_says_another_building_than_its_title_is_refused(tmp_path):
    intake = units(tmp_path, "金桂花园4栋业主清册", (101, 88), ("3-1-101", 88), sheet="3栋")
    assert ([bad.row_number for bad in intake.bad], labels(intake)) == ([3], ["3-1-101"])
    assert "金桂花园4栋业主清册" in intake.bad[0].reason


def test_bad_rows_below_a_title_keep_their_entrance(tmp_path):
    rows = [("4栋2单元业主清册",), ("房号", "姓名", "电话"), (101, "仇英", 1200)]
    intake = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    assert again(tmp_path, intake, "1200", "13800001007")[0][0] == "4-2-101"


ENTRANCES = ("单元", "房号", "姓名", "电话")


def lines(path, *rows, header=ENTRANCES):
    return read_rows(book(path / "p.xlsx", [("业主清册",), header, *rows]), "people")


@pytest.mark.parametrize(
    "said",
    [
        "2栋", "2栋（共52户）", "2号楼：", "2栋业主", "二栋业主名单（52户）", "—— 2栋 ——",
        "【2栋】", "金桂花园2栋", "金桂小区2栋", "2#楼", "第2栋 共52户", "2幢：业主清册",
        "以下为2栋", "2栋住户信息表",
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_line_names_its_building_with_or_without_a_remark(tmp_path, said, at):
    line = ["", "", "", ""]
    line[at] = said
    intake = lines(tmp_path, ("1栋",), (1, 101, "甲一"), tuple(line), (1, 101, "甲二"))
    assert [row.unit for row in intake.good] == ["1-1-101", "2-1-101"], intake.bad
    assert intake.notes == (3, 5)


@pytest.mark.parametrize(
    "said", ["2栋1单元（共26户）", "2栋（1单元）", "2栋-1单元", "2号楼一单元业主", "2栋，1单元"]
)
def test_a_line_names_building_and_entrance(tmp_path, said):
    rows = [("1栋2单元",), (101, "甲一"), (said,), (101, "甲二")]
    intake = lines(tmp_path, *rows, header=("房号", "姓名"))
    assert [row.unit for row in intake.good] == ["1-2-101", "2-1-101"], intake.bad


@pytest.mark.parametrize(
    "said",
    [
        "2栋、3栋",
        "2栋（含3栋）",
        "二期2栋",
        "以上为1栋",
        "商铺",
        "东区",
        "2栋业主代表：甲七",
        "2楼",
    ],
)
def test_below_a_line_that_nobody_can_read_rooms_are_refused_until_the_next(tmp_path, said):
    rows = [("1栋",), (1, 101, "甲一"), (said,), (1, 102, "甲二"), ("", "3-1-102", "甲三")]
    intake = lines(tmp_path, *rows, ("4栋",), (1, 101, "甲四"))
    assert [row.unit for row in intake.good] == ["1-1-101", "3-1-102", "4-1-101"]
    bad = [bad for bad in intake.bad if bad.row_number == 6]
    assert [(bad.column, said in bad.reason) for bad in bad] == [("房号", True)]


def test_rooms_in_two_parts_below_an_unclear_line_are_refused_too(tmp_path):
    rows = [("1栋",), ("1-101", "甲一"), ("2栋和3栋",), ("1-101", "甲二")]
    intake = lines(tmp_path, *rows, header=("房号", "姓名"))
    assert [row.name for row in intake.good] == ["甲一"]
    assert 6 in {bad.row_number for bad in intake.bad}


def test_floors_and_rooms_alone_are_no_lines_about_buildings(tmp_path):
    rows = [
        ("3栋1单元",),
        ("一层", ""),
        (101, 88),
        ("2层",),
        ("201",),
        (202, 88),
        ("备注：2栋另表",),
    ]
    intake = units(tmp_path, "房产台账", *rows)
    assert labels(intake) == ["3-1-101", "3-1-201", "3-1-202"], intake.bad


def test_a_name_alone_changes_no_building(tmp_path):
    rows = [("1栋",), (1, 101, "甲一"), ("", "", "楼玉梅"), (1, 102, "甲二")]
    intake = lines(tmp_path, *rows)
    assert [row.unit for row in intake.good] == ["1-1-101", "1-1-102"]
    assert [bad.row_number for bad in intake.bad] == [5]


def test_a_remark_in_an_estate_without_entrances_stops_nobody(tmp_path):
    rows = [("2-101", "甲一"), ("以下为新交房",), ("2-102", "甲二")]
    intake = lines(tmp_path, *rows, header=("房号", "姓名"))
    assert [row.unit for row in intake.good] == ["2-101", "2-102"]
