"""Rosters from spreadsheets as offices have them (KF-5, ZB-3.6).

* a grid of people by days, whatever the days, the shifts and the names are written like
* columns of shifts with names below, and a line for each shift
* every cell that cannot be read is told with row, column and reason; nothing is lost silently
* the month is the file's own; a file of another month, or none at all, is refused
"""

from contextlib import suppress
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.books import book, text
from tests.intake.roster_sheets import (
    CERTIFICATE,
    DECEMBER,
    GUARDS,
    MANAGERS,
    NIGHT,
    PEOPLE,
    day,
    grid,
    read,
)
from wuye_tui.intake.errors import EmptyFile, NoSuchSheet
from wuye_tui.intake.roster_forms import NoRoster
from wuye_tui.intake.roster_words import UnknownShift, WhichShift, Words
from wuye_tui.rules.roster_checks import check
from wuye_tui.rules.rosters import Asked, Cell, Person


def one(tmp_path, cell, **more):
    """What is made of one cell of the first of the month: shift and post, and why not."""
    found = grid(tmp_path, ("ZX06", "施玉柱", cell), **more)
    return [(c.shift, c.post) for c in found.cells], [bad.reason for bad in found.bad]


@pytest.mark.clause("KF-5")
def test_a_sheet_with_title_weekdays_totals_and_a_legend_comes_in(tmp_path):
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("排班")
        page.merge_range("A1:G1", "思兰雅苑秩序维护部 2026年12月份排班表")
        rows = [
            ("序号", "工号", "姓名", 1, 2, 3, 4, "备注"),
            ("", "", "", "二", "三", "四", "五", ""),
            (1, "ZX06", "施玉柱", "早(东门)", "早（东门）", "休", "夜(监控)", "组长"),
            (2, "", "李  强", "中东门", "", "西门早", "/", ""),
            ("", "", "早班人数", 1, 1, 1, 0, ""),
            ("", "", "合计", 2, 1, 1, 1, ""),
            ("说明：早班 07:00-15:00，中班 15:00-23:00，夜班 23:00-次日07:00",),
            ("审核：", "", "制表：张敏"),
        ]
        for at, row in enumerate(rows, start=1):
            page.write_row(at, 0, row)
    found = read(path)
    assert (found.month, found.sheet, found.bad, found.told) == (DECEMBER, "排班", (), ())
    assert found.cells == (
        Cell(day(1), "early", "东门", "ZX06"),
        Cell(day(1), "late", "东门", "ZX08"),
        Cell(day(2), "early", "东门", "ZX06"),
        Cell(day(3), "early", "西门", "ZX08"),
        Cell(day(4), "night", "监控室", "ZX06"),
    )


@pytest.mark.parametrize(
    ("cell", "shift"),
    [
        ("早", "early"), ("早班", "early"), ("EARLY", "early"), (" 早 ", "early"),
        ("中", "late"), ("晚班", "night"), ("大夜", "night"), ("夜　班", "night"),
        ("07:00-15:00", "early"), ("7-15", "early"), ("23:00-次日7:00", "night"),
        ("23点至7点", "night"), ("２３：００－０７：００", "night"),
    ],
)  # fmt: skip
def test_shifts_are_read_however_they_are_written(tmp_path, cell, shift):
    assert one(tmp_path, f"{cell}(东门)") == ([(shift, "东门")], [])


@pytest.mark.parametrize(
    "cell", ["", "休", "休息", "年假", "病假", "下夜", "/", "—", "×", "OFF", 0]
)
def test_who_is_off_has_no_shift(tmp_path, cell):
    assert one(tmp_path, cell) == ([], [])


@pytest.mark.parametrize(
    ("cell", "post"),
    [
        ("早(东门)", "东门"), ("早（ 监控室 ）", "监控室"), ("早 东门", "东门"),
        ("早-西门", "西门"), ("A 西门", "西门"),
        ("西门早班", "西门"), ("早\n巡逻", "巡逻"), ("早【车库】", "车库"), ("早监控", "监控室"),
    ],
)  # fmt: skip
def test_posts_are_read_wherever_they_stand(tmp_path, cell, post):
    assert one(tmp_path, cell) == ([("early", post)], [])


def test_several_shifts_in_a_cell_are_each_a_shift(tmp_path):
    both = [("early", "东门"), ("late", "西门")]
    for cell in ("早(东门)/中(西门)", "东门早、西门中", "早东门+中西门"):
        assert one(tmp_path, cell) == (both, [])
    assert one(tmp_path, "早中(东门)")[1] == []


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("学习", "看不出是哪一班。请填 早班、中班、夜班，休息填「休」或留空。"),
        ("早(南门)", "看不出是哪一班"),
        ("08:00-16:00", "看不出是哪一班"),
        ("D", "看不出是哪一班"),
        ("班", "没有写是哪一班。请填 早班、中班、夜班。"),
        ("东门", "没有写是哪一班"),
        (date(2026, 12, 5), "被表格软件改成了日期"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_with_row_column_and_reason(tmp_path, cell, says):
    found = grid(tmp_path, ("ZX07", "陶金锁", "早(东门)", "早(东门)"), ("ZX06", "施玉柱", "", cell))
    assert len(found.cells) == 2
    (bad,) = found.bad
    assert (bad.row_number, bad.column) == (4, "2026-12-02")
    assert bad.reason.startswith(says)


def test_letters_are_what_the_legend_says(tmp_path):
    rows = (
        ("ZX06", "施玉柱", "A东门"),
        ("ZX07", "陶金锁", "B(东门)"),
        ("ZX08", "李强", "甲(西门)"),
    )
    legend = ("A：夜班（23:00-07:00）；B＝中班；甲:07:00-15:00；丁：年假",)
    found = grid(tmp_path, *rows, ("ZX09", "周铁军", "丁"), legend)
    assert [cell.shift for cell in found.cells] == ["early", "late", "night"]
    assert (found.bad, found.told) == ((), ())


@pytest.mark.parametrize(
    "legend",
    [
        ("A=夜班  B=早班 C=中班",),
        ("备注：A夜班，B早班，C中班",),
        ("A-夜班 23:00-7:00   B-早班 7:00-15:00  C-中班 15:00-23:00",),
        ("说明：A 夜班；B 早班；C 中班",),
        ("A=夜班", "B=早班", "C=中班"),
    ],
)
def test_a_legend_is_read_however_it_is_set_apart(tmp_path, legend):
    found = grid(tmp_path, ("ZX06", "施玉柱", "A东门", "B东门", "C东门"), legend)
    assert [cell.shift for cell in found.cells] == ["night", "early", "late"]
    assert (found.bad, found.told) == ((), ())


def test_a_letter_that_a_sheet_with_a_legend_does_not_explain_is_not_guessed(tmp_path):
    found = grid(tmp_path, ("ZX06", "施玉柱", "A东门", "B东门"), ("A=夜班",))
    assert [cell.shift for cell in found.cells] == ["night"]
    (bad,) = found.bad
    assert bad.reason.startswith("看不出是哪一班")


def test_letters_without_a_legend_go_by_the_order_of_the_shifts_which_is_told(tmp_path):
    found = grid(tmp_path, ("ZX06", "施玉柱", "A(东门)", "B班(东门)", "C(东门)", "Ｃ(东门)"))
    assert [cell.shift for cell in found.cells] == ["early", "late", "night", "night"]
    assert [(one.value, one.reason) for one in found.told] == [
        (letter, f"表上没有说明 {letter} 是哪一班，按「{word}」读的。")
        for letter, word in (("A", "早班"), ("B", "中班"), ("C", "夜班"))
    ]


def test_without_posts_people_are_given_to_them_by_what_each_needs_and_it_is_told(tmp_path):
    people = [Person(f"ZX{n}", f"员工{n}", CERTIFICATE) for n in range(10, 20)]
    rows = [(one.number, one.name, "夜") for one in people]
    found = grid(tmp_path, *rows, people=people)
    posts = [cell.post for cell in found.cells]
    assert sorted(posts) == sorted(
        ["东门", "西门", "监控室", "监控室", "车库", *["巡逻"] * 3, *["东门"] * 2]
    )
    assert [one.reason for one in found.told] == ["没有写岗位的，按各岗要的人数依次分到岗上了。"]


def test_certificates_are_looked_at_when_posts_are_given_out(tmp_path):
    people = [Person("GC03", "李强"), Person("GC04", "陈大勇", frozenset({"低压电工作业证"}))]
    rows = [(one.number, one.name, "日", "夜") for one in people]
    found = grid(tmp_path, *rows, kind=NIGHT, people=people)
    assert {(cell.shift, cell.post) for cell in found.cells} == {("day", "维修"), ("night", "前台")}
    assert found.told == ()  # each shift has one post


# ---- the other forms


def test_columns_of_shifts_with_the_people_below_come_in(tmp_path):
    people = [Person("KF05", "赵雅琴"), Person("GC01", "王建国"), Person("XZ01", "张敏")]
    rows = [
        ("2026年12月值班经理轮值表",),
        ("日期", "星期", "工作岗", "休息岗", "备注"),
        ("12月1日", "二", "赵雅琴", "赵雅琴", ""),
        ("12月2日", "三", "王 建国", "休", ""),
        (day(3), "四", "张敏、王建国", "李四", ""),
        ("合计", "", 3, 3, ""),
    ]
    found = read(book(tmp_path / "r.xlsx", rows), MANAGERS, people)
    assert [(cell.day.day, cell.shift, cell.staff) for cell in found.cells] == [
        (1, "day", "KF05"), (1, "rest", "KF05"), (2, "day", "GC01"), (3, "day", "GC01"),
        (3, "day", "XZ01"),
    ]  # fmt: skip
    assert [(bad.row_number, bad.column, bad.value) for bad in found.bad] == [
        (5, "休息岗", "李四")
    ]  # fmt: skip


def test_a_column_of_duty_managers_is_the_whole_duty(tmp_path):
    rows = [("日期", "值班经理"), (day(1), "赵雅琴"), (day(2), "张敏")]
    found = read(
        book(tmp_path / "r.xlsx", rows),
        MANAGERS,
        [Person("KF05", "赵雅琴"), Person("XZ01", "张敏")],
    )
    assert [cell.shift for cell in found.cells] == ["day", "rest"] * 2


def test_a_line_for_each_shift_comes_in_from_csv_too(tmp_path):
    rows = [
        ("日期", "班次", "岗位", "姓名"),
        ("2026-12-01", "早班", "东门", "李强"),
        ("2026/12/1", "夜", "", "施玉柱 陶金锁"),
        ("2026-12-02", "早班", "东门", "王五"),
        ("三日", "早班", "东门", "李强"),
        ("2026-12-03", "学习", "东门", "李强"),
    ]
    found = read(text(tmp_path / "r.csv", rows, "gb18030"))
    assert [(cell.day.day, cell.shift, cell.staff) for cell in found.cells] == [
        (1, "early", "ZX08"), (1, "night", "ZX06"), (1, "night", "ZX07"),
    ]  # fmt: skip
    assert [(bad.row_number, bad.column) for bad in found.bad] == [
        (4, "姓名"), (5, "日期"), (6, "2026-12-03"),
    ]  # fmt: skip


# ---- files, and the check behind


@pytest.mark.parametrize(
    "rows", [[("房号", "姓名"), ("3-1-502", "李强")], [("姓名", "早", "中"), ("李强", 1, 0)]]
)
def test_a_sheet_that_is_no_roster_is_refused(tmp_path, rows):
    with pytest.raises(NoRoster, match="没有认得的排班表"):
        read(book(tmp_path / "r.xlsx", rows))


def test_a_blank_file_and_a_sheet_that_is_not_there_are_refused(tmp_path):
    with pytest.raises(EmptyFile):
        read(book(tmp_path / "r.xlsx", []))
    with pytest.raises(NoSuchSheet):
        read(book(tmp_path / "r.xlsx", [("x",)]), sheet="12月")


def test_the_roster_may_stand_behind_a_cover(tmp_path):
    path = tmp_path / "r.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("封面").write_row("A1", ("思兰雅苑",))
        page = workbook.add_worksheet("2026年12月")
        for at, row in enumerate((("姓名", 1, 2, 3), ("李强", "早(东门)"))):
            page.write_row(at, 0, row)
    assert (read(path).sheet, read(path).month) == ("2026年12月", DECEMBER)


SHIFTS = st.sampled_from(["早班", "中", "夜班", "休", ""])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(SHIFTS, min_size=31, max_size=31), min_size=5, max_size=5))
def test_nothing_of_a_good_sheet_is_lost(tmp_path_factory, months):
    words = {"早班": "early", "中": "late", "夜班": "night"}
    rows = [(one.name, *cells) for one, cells in zip(PEOPLE, months, strict=False)]
    path = book(tmp_path_factory.mktemp("r") / "r.xlsx", [("姓名", *range(1, 32)), *rows])
    found = read(path, month=DECEMBER)
    assert found.bad == ()
    assert sorted((cell.staff, cell.day.day, cell.shift) for cell in found.cells) == sorted(
        (one.number, n, words[cell])
        for one, cells in zip(PEOPLE, months, strict=False)
        for n, cell in enumerate(cells, start=1)
        if cell in words
    )


@given(st.text(max_size=12) | st.text("早中夜东门西岗班ABC(/: :-07", max_size=9))
def test_no_cell_of_whatever_words_breaks_the_reader(typed):
    words = Words(GUARDS)
    words.learn(typed)
    found = []
    with suppress(UnknownShift, WhichShift):
        found = words.read(typed)
    assert all(shift in ("early", "late", "night") for shift, _post in found)


def test_what_comes_in_is_checked_with_person_and_day(tmp_path):
    people = [Person("GC03", "李强"), Person("GC04", "陈大勇", frozenset({"低压电工作业证"}))]
    found = grid(
        tmp_path,
        ("GC03", "李强", "夜", "日"),
        ("GC04", "陈大勇", "日", "夜"),
        kind=NIGHT,
        people=people,
    )
    broken = check(Asked(NIGHT, DECEMBER, people), found.cells)
    wrong = {(one.rule, one.staff, one.day) for one in broken}
    assert {("qualification", "GC03", day(1)), ("after_night", "GC03", day(2))} <= wrong
    assert not any(one[1] == "GC04" for one in wrong)


# ---- below the people


@pytest.mark.parametrize(
    "foot",
    [
        ("制表人：", "", "", "王芳"),
        ("", "", "审核：", "", "日期：2026-12-01"),
        ("制表：王芳 审核：", "", "1"),
        ("制表人", "王芳", "审核人", "张敏"),
        ("制表人：", "施玉柱", "审核：", "张敏"),
        ("行政编排：", "", "批准：", ""),
    ],
)
def test_who_made_a_sheet_is_nobody_of_the_roster(tmp_path, foot):
    found = grid(tmp_path, ("ZX06", "施玉柱", "早(东门)"), foot)
    assert [cell.staff for cell in found.cells] == ["ZX06"]
    assert found.bad == ()
    managers = [("日期", "工作岗", "休息岗"), (day(1), "李强", "李强"), foot]
    by_days = read(book(tmp_path / "d.xlsx", managers), MANAGERS)
    assert (len(by_days.cells), by_days.bad) == (2, ())
    lines = [("日期", "班次", "姓名"), (day(1), "早", "李强"), foot]
    by_lines = read(book(tmp_path / "l.xlsx", lines))
    assert (len(by_lines.cells), by_lines.bad) == (1, ())


def test_somebody_unknown_with_a_shift_is_told_whatever_they_are_called(tmp_path):
    found = grid(tmp_path, ("", "经理：", "早"), ("", "制表人：王芳", "", "夜(东门)"))
    assert [(one.row_number, one.value) for one in found.bad] == [
        (3, "经理："),
        (4, "制表人：王芳"),
    ]


def test_a_job_that_sounds_like_a_footer_is_still_somebody_s(tmp_path):
    head = ("岗位", "姓名", 1, 2, 3, 4)
    found = grid(tmp_path, ("审核员", "李强", "学习"), head=head)
    assert [(one.row_number, one.value) for one in found.bad] == [(3, "学习")]


def test_what_is_of_no_cell_is_told_without_brackets(tmp_path):
    (told,) = grid(tmp_path, ("ZX06", "施玉柱", "夜")).told
    assert told.line == "第 2 行：没有写岗位的，按各岗要的人数依次分到岗上了。"


def test_who_has_left_since_and_was_there_in_the_month_is_read(tmp_path):
    asked = []

    def left(month):
        asked.append(month)
        return [Person("ZX90", "旧人", CERTIFICATE)]

    row = ("ZX90", "旧人", "早(东门)")
    assert len(grid(tmp_path, row).bad) == 1
    found = grid(tmp_path, row, left=left)
    assert ([cell.staff for cell in found.cells], found.bad) == (["ZX90"], ())
    assert asked == [DECEMBER]
