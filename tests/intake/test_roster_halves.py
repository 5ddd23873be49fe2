"""Rosters in two halves, with two words for a night, and number and name in one cell (KF-5)."""

import xlsxwriter

from tests.intake.roster_sheets import DECEMBER, day, grid, read
from wuye_tui.intake.roster_words import UnknownShift


def test_a_month_in_two_halves_is_read_by_the_days_of_each(tmp_path):
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("排班")
        rows = [
            ("2026年12月排班表",),
            ("工号", "姓名", *range(1, 17)),
            ("ZX06", "施玉柱", "早", "早", *["休"] * 14),
            ("",),
            ("工号", "姓名", *range(17, 32)),
            ("ZX06", "施玉柱", "夜", *["休"] * 13, "中"),
        ]
        for at, row in enumerate(rows, start=1):
            page.write_row(at, 0, row)
    found = read(path)
    assert found.bad == ()
    assert found.month == DECEMBER
    assert [(one.day, one.shift) for one in found.cells] == [
        (day(1), "early"), (day(2), "early"), (day(17), "night"), (day(31), "late"),
    ]  # fmt: skip


def test_two_words_for_the_night_on_one_sheet_are_not_both_the_night(tmp_path):
    found = grid(tmp_path, ("ZX06", "施玉柱", "晚", "休", "夜"))
    assert [(one.day, one.shift) for one in found.cells] == [(day(3), "night")]
    assert [bad.value for bad in found.bad] == ["晚"]
    assert UnknownShift(["早班", "中班", "夜班"]).line in found.bad[0].line
    alone = grid(tmp_path, ("ZX06", "施玉柱", "晚", "休", "晚班"))
    assert [one.shift for one in alone.cells] == ["night", "night"]


def test_a_number_and_its_name_in_one_cell_are_one_person(tmp_path):
    for who in ("ZX06施玉柱", "zx06 施 玉柱", "ＺＸ０６-施玉柱", "ZX06(施玉柱)"):
        found = grid(tmp_path, ("", who, "早"))
        assert [one.staff for one in found.cells] == ["ZX06"], who
    wrong = grid(tmp_path, ("", "ZX06张三", "早"))
    assert (wrong.cells, len(wrong.bad)) == ((), 1)
