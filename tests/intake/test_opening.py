"""Lists of arrears, prepayments and deposits as old books have them (FW-4.3).

* titles, full-width digits, commas of thousands, ¥ and blank rows do not disturb
* rows of totals are no rows; what they say is kept, and is refused where it cannot be read
* a month may be written in many ways, but never guessed; what is bad is told with row and column
"""

from datetime import date

import pytest
import xlsxwriter

from tests.intake.books import book, text
from tests.intake.oldbooks import old
from wuye_tui.intake.errors import OtherTable, StrangeHeader
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.rules.months import Month

NAMES = ("房号", "收费项目", "账期", "欠费金额", "到期日", "预存", "押金")
MARCH = Month(2026, 3)


def opened(path):
    return read_rows(path, "opening", Reference())


def one(tmp_path, **cells):
    """The intake of a sheet with one row, which says these things besides a good one."""
    row = {"房号": "3-1-502", "收费项目": "水费", "账期": "2026-03", "欠费金额": 12.5, **cells}
    return opened(book(tmp_path / "o.xlsx", [row.keys(), row.values()]))


DIRTY = [
    ("思兰雅苑期初余额表",),
    ("截至 2026 年 10 月 31 日", "", "", "", "", "单位：元"),
    (),
    ("序号", *NAMES, "备注"),
    ("1", "3-1-502", "物业服务费", "2026年3月", "￥１，２３４．５６", "2026-03-25", "", "", ""),
    ("2", "3-1-502", "water", "2026-04", "1,000元", "", "", "", "去年水表坏过"),
    (),
    ("3", "3-1-501", "", "", "", "", "¥800.00", "-", ""),
    ("4", "5-1-101", "装修押金", "", "", "", "", "2000", ""),
    ("5", "6-1-301", "期初欠费", "", "0.01", "", "", "", ""),
    ("", "合 计", "", "", "2,234.57", "", "800", "2000.00", ""),
    ("制表人：陈静",),
]
CLEAN = [
    ("3-1-502", "management", MARCH, 123_456, date(2026, 3, 25), 0, 0, ""),
    ("3-1-502", "water", Month(2026, 4), 100_000, None, 0, 0, ""),
    ("3-1-501", "", None, 0, None, 80_000, 0, ""),
    ("5-1-101", "decoration_deposit", None, 0, None, 0, 200_000, "decoration_deposit"),
    ("6-1-301", "opening", None, 1, None, 0, 0, ""),
]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "gb18030", "utf-8"])
def test_a_dirty_sheet_comes_in_clean_with_its_row_of_totals(tmp_path, kind):
    if kind == "xlsx":
        path = book(tmp_path / "o.xlsx", DIRTY)
    elif kind == "xls":
        path = old(tmp_path / "o.xls", DIRTY)
    else:
        quoted = [[f'"{cell}"' for cell in row] for row in DIRTY]
        path = text(tmp_path / "o.csv", quoted, kind)
    intake = opened(path)
    assert [row[1:] for row in intake.good] == CLEAN
    assert (intake.bad, intake.repeated) == ((), ())
    assert [row[1:] for row in intake.totals] == [(223_457, 80_000, 200_000)]
    assert intake.notes == (11, 12)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-03", MARCH),
        ("2026年3月份", MARCH),
        ("２０２６．０３", MARCH),
        (202603, MARCH),
        (2026.03, MARCH),
        ("2026/3", MARCH),
        (date(2026, 3, 1), MARCH),
        ("2026-03-31", MARCH),
        (46_082, MARCH),  # how a spreadsheet counts 1 March 2026
        ("", None),
        ("/", None),
    ],
)
def test_a_month_is_read_as_it_is_written(tmp_path, written, month):
    intake = one(tmp_path, 账期=written)
    assert intake.bad == ()
    assert [row.period for row in intake.good] == [month]


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"房号": ""}, "房号", "不能为空"),
        ({"房号": "大门口"}, "房号", "看不懂"),
        ({"收费项目": ""}, "收费项目", "不能为空"),
        ({"收费项目": "管理费"}, "收费项目", "物业服务费、车位服务费"),
        ({"收费项目": "装修押金"}, "收费项目", "押金不算欠费"),
        ({"账期": 2026.1}, "账期", "1 月还是 10 月"),
        ({"账期": "2026.1"}, "账期", "1 月还是 10 月"),
        ({"账期": "历年"}, "账期", "不是有效的账期"),
        ({"账期": "2026-13"}, "账期", "不是有效的账期"),
        ({"账期": "2026-01至2026-03"}, "账期", "不是有效的账期"),
        ({"账期": "4608-02"}, "账期", "不是有效的账期"),
        ({"欠费金额": "12.345"}, "欠费金额", "最多两位小数"),
        ({"欠费金额": 12.345}, "欠费金额", "最多两位小数"),
        ({"欠费金额": -5}, "欠费金额", "负数"),
        ({"欠费金额": "1,23"}, "欠费金额", "逗号"),
        ({"欠费金额": "约十二元"}, "欠费金额", "不是金额"),
        ({"到期日": "2026-02-30"}, "到期日", "不是有效的日期"),
        ({"欠费金额": "", "收费项目": "水费", "押金": 5}, "收费项目", "装修押金"),
    ],
)
def test_what_is_bad_is_told_with_its_column(tmp_path, cells, column, says):
    intake = one(tmp_path, **cells)
    assert (intake.good, [bad.row_number for bad in intake.bad]) == ((), [2])
    assert (intake.bad[0].column, says in intake.bad[0].reason) == (column, True), intake.bad


def test_all_that_is_bad_in_a_row_is_told_at_once(tmp_path):
    intake = one(tmp_path, 房号="x", 账期="?", 欠费金额="1.234")
    assert sorted(bad.column for bad in intake.bad) == ["房号", "欠费金额", "账期"]


def test_a_row_without_an_amount_is_told_and_left_out(tmp_path):
    intake = one(tmp_path, 欠费金额="0.00")
    assert (intake.good, intake.bad) == ((), ())
    assert [(told.row_number, told.reason) for told in intake.told] == [
        (2, "没有金额，这一行没有记。")
    ]


def test_an_amount_merged_over_several_rows_is_one_amount(tmp_path):
    path = tmp_path / "o.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet()
        page.write_row(0, 0, NAMES)
        for at, month in enumerate(("2026-01", "2026-02", "2026-03"), start=1):
            page.write_row(at, 1, ("水费", month, 10))
        page.merge_range("A2:A4", "3-1-502")
        page.merge_range("F2:F4", 800)
    intake = opened(path)
    assert [(row.unit, row.owed_fen, row.prepaid_fen) for row in intake.good] == [
        ("3-1-502", 1000, 80_000),
        ("3-1-502", 1000, 0),
        ("3-1-502", 1000, 0),
    ]


def test_a_total_that_cannot_be_read_is_refused(tmp_path):
    rows = [NAMES, ("3-1-502", "水费", "2026-03", 5), ("合计", "", "", "约 5 元")]
    intake = opened(book(tmp_path / "o.xlsx", rows))
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(3, "欠费金额")]


def test_other_tables_are_refused_and_none_is_sent_here(tmp_path):
    path = book(tmp_path / "p.xlsx", [("房号", "姓名", "电话"), ("3-1-502", "仇英", "13800001007")])
    with pytest.raises(OtherTable, match=r"不是期初余额表.*wuye people import"):
        opened(path)
    path = book(tmp_path / "o.xlsx", [NAMES, ("3-1-502", "水费", "2026-03", 5)])
    with pytest.raises(StrangeHeader, match="姓名"):
        read_rows(path, "people", Reference())
