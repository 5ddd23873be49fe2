"""Sheets of readings as meter readers hand them in (FW-4.2).

* columns in any order, under their usual names, in one row of names or in two
* totals, blanks and titles do not disturb; GB18030 and full-width digits are read
* what a remark says makes the kind of a reading; what is no reading is told with its row
"""

from datetime import date

import pytest
import xlsxwriter

from tests.intake.books import SHEET, book, cell, rebuilt, sheet, text
from wuye_tui.intake.errors import EmptyFile, NoResult, NoRows, OtherTable
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.rules.meters import INSTALLED, REGULAR, REMOVED, ROLLED

NAMES = ("房号", "表号", "类别", "上次读数", "本次读数", "抄表日期", "备注")


def readings(path):
    return read_rows(path, "readings", Reference())


def one(tmp_path, **cells):
    """The intake of a sheet with one row, which says these things besides a good one."""
    row = {"房号": "3-1-502", "类别": "水", "本次读数": 123.5, "抄表日期": "2026-11-30", **cells}
    return readings(book(tmp_path / "r.xlsx", [row.keys(), row.values()]))


@pytest.mark.clause("FW-4.2")
def test_a_sheet_with_title_blanks_and_a_total_comes_in(tmp_path):
    rows = [
        ("思兰雅苑 11 月抄表记录",),
        (),
        ("序号", *NAMES),
        (1, "3-1-501", "B-17", "水", 100, 112.5, date(2026, 11, 30), ""),
        (2, "3-1-502", "", "水费", 1234, "１２４０．５", "2026年11月30日", "正常"),
        (),
        (3, "", "db-9", "电", "", "1,234.567", "2026-11-30", ""),
        (4, "3-2-502", "", "水", 88, "", "2026-11-30", "家中无人"),
        ("合计", "", "", "", 1334, 2587.567),
    ]
    intake = readings(book(tmp_path / "r.xlsx", rows))
    assert [row[1:8] for row in intake.good] == [
        ("3-1-501", "B-17", "water", 112_500, date(2026, 11, 30), REGULAR, 100_000),
        ("3-1-502", "", "water", 1_240_500, date(2026, 11, 30), REGULAR, 1_234_000),
        ("", "DB-9", "electricity", 1_234_567, date(2026, 11, 30), REGULAR, None),
    ]
    assert intake.bad == ()
    assert intake.notes == (9,)
    assert [(told.row_number, told.column) for told in intake.told] == [(8, "本次读数")]


def test_names_stand_in_two_rows_with_merged_groups(tmp_path):
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet("11月")
        page.merge_range("A1:G1", "水表抄表记录")
        page.merge_range("A2:A3", "房号")
        page.merge_range("B2:B3", "表号")
        page.merge_range("C2:D2", "上期")
        page.merge_range("E2:F2", "本期")
        page.merge_range("G2:G3", "备注")
        page.write_row("C3", ("日期", "读数", "日期", "读数"))
        for at, room in enumerate(("3-1-501", "3-1-502"), start=3):
            row = (room, f"SB{at}", date(2026, 10, 31), 100 + at, date(2026, 11, 30), 110 + at, "")
            page.write_row(at, 0, row)
    intake = readings(path)
    assert intake.header_row == 3
    assert [(row.unit, row.before_milli, row.value_milli) for row in intake.good] == [
        ("3-1-501", 103_000, 113_000),
        ("3-1-502", 104_000, 114_000),
    ]
    assert {(row.day_before, row.day) for row in intake.good} == {
        (date(2026, 10, 31), date(2026, 11, 30))
    }


@pytest.mark.parametrize(
    "names",
    [
        ("房号", "水表号", "类别", "上期读数", "本期读数", "抄表时间"),
        ("房间号", "表具编号", "表类型", "上期", "本期", "日期"),
        ("门牌号", "表编号", "收费项目", "起码", "止码", "抄表日期"),
        ("房号", "表号", "项目", "上月止码", "本月止码", "本次抄表日期"),
    ],
)
def test_columns_are_known_under_their_usual_names(tmp_path, names):
    path = book(tmp_path / "r.xlsx", [names, ("3-1-502", "A1", "水表", 1, 2, "2026.11.30")])
    intake = readings(path)
    assert [row[1:8] for row in intake.good] == [
        ("3-1-502", "A1", "water", 2000, date(2026, 11, 30), REGULAR, 1000)
    ], intake.bad
    assert intake.unknown_columns == ()


def test_an_office_s_csv_in_gb18030_is_read_in_any_order(tmp_path):
    rows = [("本期", "类别", "单元", "室", "楼号"), ("３３.5", "自来水", "1单元", "502室", "3栋")]
    (row,) = readings(text(tmp_path / "r.csv", rows, "gb18030")).good
    assert (row.unit, row.fee, row.value_milli, row.day) == ("3-1-502", "water", 33_500, None)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("", REGULAR), ("正常", REGULAR), ("上月新装修", REGULAR), ("已更换电池", REGULAR),
        ("过零", ROLLED), ("表已过零", ROLLED), ("rolled", ROLLED),
        ("旧表止码", REMOVED), ("换表，旧表", REMOVED),
        ("新表起码", INSTALLED), ("换新表", INSTALLED), ("换表后新表起码", INSTALLED),
    ],
)  # fmt: skip
def test_a_remark_says_which_kind_of_reading_it_is(tmp_path, said, kind):
    intake = one(tmp_path, 备注=said)
    assert [row.kind for row in intake.good] == [kind], intake.bad


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("本次读数", "-5", "不是读数"),
        ("本次读数", -5, "不是读数"),
        ("本次读数", "1.2345", "最多三位小数"),
        ("本次读数", 1.2345, "最多三位小数"),
        ("本次读数", 12345678901, "没有这么多位"),
        ("本次读数", "12,34", "不是读数"),
        ("本次读数", "没抄到", "不是读数"),
        ("上次读数", "#REF!", "不是读数"),
        ("类别", "煤气", "水费、电费"),
        ("抄表日期", "2026-02-30", "不是有效的日期"),
        ("房号", "8楼", "3-1-502"),
        ("备注", "换表", "旧表止码"),
        ("备注", "已更换水表", "新表起码"),
        ("备注", "旧表12 新表0", "两行"),
        ("倍率", "1.5", "整数"),
        ("倍率", 0, "整数"),
        ("位数", 10, "1 到 9"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_column(tmp_path, column, value, says):
    (bad,) = one(tmp_path, **{column: value}).bad
    assert (bad.row_number, bad.column) == (2, column)
    assert says in bad.reason


def test_factor_and_digits_are_taken(tmp_path):
    (row,) = one(tmp_path, 倍率="×20", 位数="6位").good
    assert (row.factor, row.digits) == (20, 6)


def test_a_row_that_names_no_meter_is_refused_in_plain_words(tmp_path):
    path = book(tmp_path / "r.xlsx", [("读数", "备注"), (12, "一楼")])
    (bad,) = readings(path).bad
    assert (bad.column, "请填房号或表号" in bad.reason) == ("读数", True)
    (bad,) = one(tmp_path, 房号="").bad
    assert bad.column == "房号"


def test_the_same_meter_twice_on_a_day_is_refused_unless_it_says_the_same(tmp_path):
    row = ("3-1-502", "", "水", 1, 12, "2026-11-30", "")
    other = (*row[:4], 13, *row[5:])
    intake = readings(book(tmp_path / "r.xlsx", [NAMES, row, row, other]))
    assert intake.repeated == (3,)
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(4, "本次读数")]


@pytest.mark.parametrize(
    "formula", ['<c r="B2" t="e"><f>C2/0</f><v>#DIV/0!</v></c>', '<c r="B2"><f>C2+1</f></c>']
)
def test_a_formula_that_failed_or_was_never_reckoned_stops_the_file(tmp_path, formula):
    names = cell("A1", "房号") + cell("B1", "本次读数")
    rows = f'<row r="1">{names}</row><row r="2">{cell("A2", "3-1-502")}{formula}</row>'
    path = rebuilt(tmp_path / "r.xlsx", {SHEET: sheet(rows)})
    with pytest.raises(NoResult, match="单元格 B2 的公式没有结果"):
        readings(path)


def test_an_empty_file_and_names_without_rows_are_refused(tmp_path):
    with pytest.raises(EmptyFile):
        readings(book(tmp_path / "r.xlsx", []))
    with pytest.raises(NoRows):
        readings(book(tmp_path / "r.xlsx", [NAMES]))


def test_a_list_of_residents_is_no_sheet_of_readings_and_the_other_way(tmp_path):
    with pytest.raises(OtherTable, match="wuye people import"):
        readings(book(tmp_path / "p.xlsx", [("房号", "姓名", "电话"), ("3-1-502", "仇英", "")]))
    sheet_ = book(tmp_path / "r.xlsx", [NAMES, ("3-1-502", "", "水", 1, 12, "2026-11-30", "")])
    with pytest.raises(OtherTable, match="wuye readings import"):
        read_rows(sheet_, "people")
