"""What is typed once and left blank below, and the same building said in two columns."""

import pytest

from tests.intake.books import book
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.rules.directory import Group

NAMES = ("栋号", "房号", "姓名")
ONCE = [
    NAMES,
    ("3栋", "1-0101", "仇英"),
    ("", "1-0102", "唐寅"),
    ("", "2-0101", "沈周"),
    ("4栋", "1-0101", "文徵明"),
    ("", "2-0101", "陈淳"),
    ("", "2-0102", "陆治"),
    ("合计", "", "6人"),
]


def people(path, *rows):
    return read_rows(book(path / "p.xlsx", rows), "people")


def units(intake):
    assert not intake.bad, intake.bad
    return [row.unit for row in intake.good]


def test_a_building_typed_once_holds_until_the_next_and_is_told_once(tmp_path):
    intake = people(tmp_path, *ONCE)
    assert units(intake) == ["3-1-101", "3-1-102", "3-2-101", "4-1-101", "4-2-101", "4-2-102"]
    assert [(one.row_number, one.column, one.value) for one in intake.told] == [(3, "栋号", "3栋")]
    assert intake.notes == (8,)


def test_building_and_entrance_typed_once_hold_together(tmp_path):
    rows = [("楼栋", "单元", "房号", "姓名"), ("3", "1", 101, "甲一"), ("", "", 102, "甲二"),
            ("", "2", 101, "甲三"), ("4", "1", 101, "甲四"), ("", "", 102, "甲五"),
            ("5", "", 101, "甲六")]  # fmt: skip
    assert units(people(tmp_path, *rows)) == [
        "3-1-101", "3-1-102", "3-2-101", "4-1-101", "4-1-102", "5-101",
    ]  # fmt: skip


def test_a_room_in_full_is_not_put_into_the_building_above(tmp_path):
    rows = [*ONCE[:4], ("", "9-1-501", "文徵明")]
    assert units(people(tmp_path, *rows)) == ["3-1-101", "3-1-102", "3-2-101", "9-1-501"]


def test_a_line_of_another_building_ends_what_was_typed_above(tmp_path):
    rows = [*ONCE[:4], ("5栋", "", ""), ("", "1-0101", "文徵明")]
    assert units(people(tmp_path, *rows))[-1] == "5-1-101"


def test_a_few_blanks_in_a_filled_column_are_refused_and_say_what_is_blank(tmp_path):
    rows = [NAMES, *(("3栋", f"{room}", "仇英") for room in range(101, 107)), ("", 107, "唐寅")]
    intake = people(tmp_path, *rows)
    assert [(bad.row_number, "栋号" in bad.reason, "空的" in bad.reason) for bad in intake.bad] == [
        (8, True, True)
    ]
    short = [(house, f"1-{room}", name) for house, room, name in rows[1:]]
    intake = people(tmp_path, NAMES, *short)
    assert [("栋号" in bad.reason, "空的" in bad.reason) for bad in intake.bad] == [(True, True)]


def test_a_value_that_is_typed_again_and_again_is_not_typed_once(tmp_path):
    rows = [NAMES, *((("3栋", "3栋", "", "")[at % 4], 101 + at, "仇英") for at in range(12))]
    assert len(people(tmp_path, *rows).bad) == 6


def test_rows_that_are_refused_come_back_with_their_building(tmp_path):
    rows = [list(row) for row in ONCE]
    rows[2][2] = ""
    intake = read_rows(
        book(tmp_path / "p.xlsx", [(*NAMES, "电话"), *([*row, 12] for row in rows[1:])]), "people"
    )
    write_bad_rows(tmp_path / "bad.csv", intake)
    assert "3栋,3-1-102" in (tmp_path / "bad.csv").read_text("utf-8-sig")


def test_a_group_of_the_directory_typed_once_holds_for_the_lines_below(tmp_path):
    rows = [("类别", "单位/部门", "电话"), ("政府", "居委会", "87650011"), ("", "城管", 12345),
            ("外协", "电梯维保", "400-820-0001"), ("", "白蚁防治", "")]  # fmt: skip
    intake = read_rows(book(tmp_path / "d.xlsx", rows), "directory")
    assert [row.kind for row in intake.good] == [Group.AUTHORITY, Group.AUTHORITY, Group.SERVICE]
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(5, "电话")]


@pytest.mark.parametrize(
    ("building", "entrance", "room", "unit"),
    [
        ("1栋", "", "1栋1单元204室", "1-1-204"),
        ("1栋", "1单元", "1栋1单元204室", "1-1-204"),
        ("1号楼", "1", "1栋204", "1-1-204"),
        ("1", "", "1#1-204", "1-1-204"),
        ("1栋", "", "1-1-204", "1-1-204"),
        ("1栋", "", "2栋1单元204室", None),
        ("1栋", "2单元", "1栋1单元204室", None),
    ],
)
def test_a_building_said_twice_is_understood_where_both_agree(
    tmp_path, building, entrance, room, unit
):
    names = ("楼栋", "单元", "房号", "姓名")
    intake = people(tmp_path, names, (building, entrance, room, "仇英"))
    assert [row.unit for row in intake.good] == ([unit] if unit else [])
    assert [bad.column for bad in intake.bad] == ([] if unit else ["房号"])
