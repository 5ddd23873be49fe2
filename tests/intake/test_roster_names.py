"""People and days of a roster's sheet, however they are written (KF-5, ZB-3.6).

* names with blanks, remarks, titles, in full characters, or numbers in their place
* days as numbers, dates or words; the month from days, titles, the sheet's or the file's name
* who or what is not clear is told, and nothing is taken for somebody else's
* what the program wrote itself is read back, cell by cell
"""

import pytest
import xlsxwriter

from tests.intake.books import book
from tests.intake.roster_sheets import DECEMBER, day, grid, read
from wuye_tui.intake.roster_forms import OtherMonth, WhichMonth
from wuye_tui.intake.rosters import read_roster
from wuye_tui.paper.rosters import write
from wuye_tui.reference import Reference
from wuye_tui.reference_rosters import SHIPPED
from wuye_tui.rules.months import Month
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.rosters import Cell, Person


@pytest.mark.parametrize(
    "name",
    ["李强", "李  强", "李　强", " 李强 ", "李强(组长)", "李强（新）", "李強", "李强师傅", "李强*",
     "ZX08", "zx08", "ＺＸ０８"],
)  # fmt: skip
def test_names_are_known_however_they_are_written(tmp_path, name):
    found = grid(tmp_path, ("", name, "早(东门)"))
    assert [cell.staff for cell in found.cells] == ["ZX08"]
    assert found.bad == ()


@pytest.mark.parametrize(
    ("number", "name", "says"),
    [
        ("", "王芳", "能排的人里没有这个人。请核对姓名，或写工号。"),
        ("", "邹铁军", "像的有：ZX09 周铁军、ZX10 朱铁军"),
        ("ZX99", "", "能排的人里没有这个人"),
        ("", "", "能排的人里没有这个人"),
        ("", "李娜", "有几个人叫这个名字：ZX11、ZX12。请写工号。"),
        ("ZX06", "陶金锁", "工号 ZX06 是施玉柱，和姓名不是同一个人。"),
    ],
)
def test_people_who_are_not_clear_are_told_and_their_row_is_left_out(tmp_path, number, name, says):
    found = grid(tmp_path, (number, name, "早(东门)"), ("ZX06", "施玉柱", "早(东门)"))
    assert [cell.staff for cell in found.cells] == ["ZX06"]
    (bad,) = found.bad
    assert (bad.row_number, bad.column, bad.value) == (3, "姓名", name or number)
    assert says in bad.reason


def test_a_number_says_which_of_two_of_the_same_name(tmp_path):
    found = grid(tmp_path, ("ZX12", "李娜", "早(东门)"))
    assert ([cell.staff for cell in found.cells], found.bad) == (["ZX12"], ())


def test_the_same_shift_twice_is_told(tmp_path):
    found = grid(tmp_path, ("ZX06", "施玉柱", "早(东门)"), ("", "施玉柱", "早(西门)", "中(西门)"))
    assert [cell.post for cell in found.cells] == ["东门", "西门"]
    (bad,) = found.bad
    assert (bad.row_number, bad.column) == (4, "2026-12-01")
    assert "第 3 行已经写了" in bad.reason


def test_a_column_of_posts_is_the_rows_post_and_a_job_is_none(tmp_path):
    head = ("岗位", "姓名", 1, 2, 3)
    rows = (
        ("东门岗", "施玉柱", "早"),
        ("东门", "李强", "早", "中(西门)"),
        ("保安员", "陶金锁", "夜(巡逻)"),
    )
    found = grid(tmp_path, *rows[1:], head=head)
    assert [cell.post for cell in found.cells] == ["东门", "巡逻", "西门"]
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet("12月")
        page.write_row("A1", ("2026年12月",))
        page.write_row("A2", head)
        page.merge_range("A3:A4", "车库")
        page.write_row("B3", ("施玉柱", "早"))
        page.write_row("B4", ("李强", "", "中"))
    assert [cell.post for cell in read(path).cells] == ["车库", "车库"]


# ---- days and months


@pytest.mark.parametrize(
    "head",
    [
        (1, 2, 3), ("1", "2", "3"), ("1日", "2日", "3日"), ("1号", "2号", "3号"),
        ("12/1", "12/2", "12/3"),
        ("12月1日", "12月2日", "12月3日"), ("2026-12-01", "2026-12-02", "2026-12-03"),
        (day(1), day(2), day(3)), ("1\n二", "2\n三", "3\n四"), ("1(周二)", "2(周三)", "3(周四)"),
        ("12.1 星期二", "12.2 星期三", "12.3 星期四"), ("20261201", "20261202", "20261203"),
        ("１", "２", "３"), (46357, 46358, 46359),
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(tmp_path, head):
    found = grid(tmp_path, ("施玉柱", "早(东门)", "", "夜(西门)"), head=("姓名", *head))
    assert [(cell.day, cell.shift) for cell in found.cells] == [
        (day(1), "early"),
        (day(3), "night"),
    ]
    assert found.month == DECEMBER


def test_the_month_is_the_days_the_titles_the_sheets_or_the_files_own(tmp_path):
    rows = [("姓名", 1, 2, 3), ("李强", "早(东门)")]
    with pytest.raises(WhichMonth, match="没有写是哪年哪月"):
        read(book(tmp_path / "r.xlsx", rows))
    assert read(book(tmp_path / "r.xlsx", rows), month=DECEMBER).month == DECEMBER
    assert read(book(tmp_path / "2026年11月.xlsx", rows)).month == Month(2026, 11)
    titled = [("12月份排班表",), *rows]
    assert read(book(tmp_path / "r.xlsx", titled), month=DECEMBER).month == DECEMBER
    with pytest.raises(WhichMonth):
        read(book(tmp_path / "r.xlsx", titled))
    with pytest.raises(OtherMonth, match="是 2026-11 的排班，不是 2026-12 的"):
        read(book(tmp_path / "r.xlsx", [("2026年11月",), *rows]), month=DECEMBER)


def test_a_row_that_turns_to_the_next_month_begins_in_the_month_before(tmp_path):
    head = ("姓名", 29, 30, 1, 2, 3, 4)
    found = grid(tmp_path, ("李强", "早(东门)", "", "中(东门)"), head=head)
    assert [cell.day for cell in found.cells] == [day(29, 11), day(1)]


def test_a_day_that_the_month_does_not_have_is_told_if_anything_stands_there(tmp_path):
    head, title = ("姓名", 28, 29, 30, 31), "2026年11月"
    assert grid(tmp_path, ("李强", "早(东门)"), head=head, title=title).bad == ()
    (bad,) = grid(tmp_path, ("李强", "", "", "", "早(东门)"), head=head, title=title).bad
    assert (bad.row_number, bad.value) == (2, "31")


@pytest.mark.clause("ZB-3.6")
@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_the_program_wrote_for_the_wall_is_read_back_cell_by_cell(tmp_path, code, ending):
    kind, days = Reference().rosters[code], [day(n) for n in range(1, 32)]
    many = max(sum(heads for _need, heads in kind.heads(one, False)) for one in days)
    people = [Person(f"AB{n:02}", f"{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}") for n in range(many + 3)]
    cells = []
    for one in days:  # everybody has another place on every day
        posts = [need for need, heads in kind.heads(one, False) for _n in range(heads)]
        turn = people[one.day % len(people) :] + people[: one.day % len(people)]
        cells += [Cell(one, need.shift, need.post, who.number)
                  for need, who in zip(posts, turn, strict=False)]  # fmt: skip
    path = tmp_path / f"r{ending}"
    write(path, Shown(kind, DECEMBER, people, days, sorted(cells), office="思兰雅苑"))
    found = read_roster(path, kind, people)
    assert (found.month, found.bad, found.told) == (DECEMBER, (), ())
    assert list(found.cells) == sorted(cells)
