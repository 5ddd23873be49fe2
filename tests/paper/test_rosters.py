"""Rosters as files: what is written is read back by somebody else's reader, and says the same."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.rosters_shown import guards
from wuye_tui.intake.rosters import read_roster
from wuye_tui.paper.files import FileExists, UnknownEnding
from wuye_tui.paper.roster_calendars import folded
from wuye_tui.paper.rosters import NobodyInRoster, write
from wuye_tui.rules.roster_sheets import Shown, square
from wuye_tui.rules.rosters import Cell, Need, Person, Shift

SHOWN = guards(holidays=[date(2026, 12, 31)])
Event = dict[str, str]


def written(folder: Path, name: str, shown: Shown = SHOWN, **more: str) -> Path:
    path = folder / name
    write(path, shown, **more)  # type: ignore[arg-type]
    return path


# The workbook


@pytest.mark.clause("ZB-3.6")
def test_the_sheet_for_the_wall_has_every_square_of_everybody(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(written(tmp_path, "a.xlsx")))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "思兰雅苑 秩序维护 2026-12 排班表"
    assert rows[1][0] == "PB-20261125-001 第 2 版，2026-11-25 11:00 发布"
    assert [rows[3][2], rows[3][32]] == [1.0, 31.0]
    assert [rows[2][2], rows[2][32]] == ["二", "假"]
    for n, person in enumerate(SHOWN.people, start=4):
        assert rows[n][:2] == [person.number, person.name]
        for day in SHOWN.days:
            own = [c for c in SHOWN.cells if (c.staff, c.day) == (person.number, day)]
            assert rows[n][1 + day.day] == square(SHOWN, own)
    assert rows[4][33:] == [23.0, 8.0, 6.0, 184.0]
    assert rows[16][0] == "早班人数"
    assert set(rows[16][2:33]) == {3.0}
    assert "监=监控室" in str(rows[19][0])
    assert str(rows[21][0]).split() == ["行政编排：", "批准：", "日期："]


def test_every_shift_stands_in_a_line_of_its_own_behind(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(str(written(tmp_path, "a.xlsx")))
    assert book.sheet_names == ["排班表", "按岗位", "明细"]
    rows = book.get_sheet_by_name("明细").to_python()[1:]
    assert len(rows) == len(SHOWN.cells)
    night = next(row for row in rows if row[2] == "夜班")
    assert night[3:5] == ["23:00", "07:00"]
    posts = book.get_sheet_by_name("按岗位").to_python()
    assert [row[:2] for row in posts[4:7]] == [["东门", "早班"], ["东门", "中班"], ["东门", "夜班"]]


@pytest.mark.parametrize(("many", "paper"), [(12, 9), (45, 8)])
def test_it_is_printed_across_one_page_wide_with_its_headings(
    tmp_path: Path, many: int, paper: int
) -> None:
    sheet = load_workbook(written(tmp_path, "a.xlsx", guards(many))).worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == paper
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$4"
    assert sheet.print_area.startswith("'排班表'!$A$1:$AK$")
    night, saturday = sheet["C6"], sheet["G3"]
    assert (night.value[0], saturday.value) == ("夜", "六")
    assert night.fill.fgColor.rgb != saturday.fill.fgColor.rgb
    assert night.font.bold


@pytest.mark.parametrize("name", ["=1+1", "+8613800001234", "@x", "http://a.cn", "[b]甲"])
def test_a_name_acts_nowhere(tmp_path: Path, name: str) -> None:
    shown = replace(SHOWN, people=[Person("ZX01", name), *SHOWN.people[1:]])
    sheet = load_workbook(written(tmp_path, "a.xlsx", shown)).worksheets[0]
    assert (sheet["B5"].value, sheet["B5"].data_type, sheet["B5"].hyperlink) == (name, "s", None)
    text = written(tmp_path, "a.csv", shown).read_text("utf-8-sig")
    assert list(csv.reader(text.splitlines()))[1][1].lstrip("'") == name
    assert not text.splitlines()[1].split(",")[1].startswith(("=", "+", "@"))


# CSV, text, PDF


DUTIES = (
    Shift("day", "工作岗", time(8, 30), time(18), together=("rest",)),
    Shift("rest", "休息岗", time(18), time(8, 30), night=True, only_with="day"),
)


def managers() -> Shown:
    """The same people with two shifts a day, one of which is called by a word for a day off."""
    kind = replace(SHOWN.kind, shifts=DUTIES, needs=(Need("day", 1), Need("rest", 1)))
    cells = [
        Cell(day, one.code, "", SHOWN.people[day.day % 5].number)
        for day in SHOWN.days
        for one in DUTIES
    ]
    return replace(SHOWN, kind=kind, cells=cells)


def desk() -> Shown:
    """Two people a day at one post, one of them over noon as well; once somebody is at another one,
    and once somebody helps out whom nobody has asked for.
    """
    shifts = (
        Shift("day", "白班", time(8, 30), time(17, 30), together=("noon",)),
        Shift("noon", "午间", time(12), time(13, 30), only_with="day"),
        Shift("help", "帮班", time(17, 30), time(18)),
    )
    needs = (Need("day", 2, "前台"), Need("noon", 1, "前台"), Need("help", 0, "接待室"))
    cells = [
        Cell(day, shift, "前台", SHOWN.people[(day.day + n) % 3].number)
        for day in SHOWN.days
        for n, shift in ((0, "day"), (0, "noon"), (1, "day"))
    ]
    cells[0] = cells[0]._replace(post="接待室")
    cells.append(Cell(SHOWN.days[4], "help", "接待室", "ZX01"))
    kind = replace(SHOWN.kind, shifts=shifts, needs=needs)
    return replace(SHOWN, kind=kind, people=SHOWN.people[:3], cells=cells)


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("shown", [SHOWN, managers(), desk()], ids=["guards", "managers", "desk"])
def test_what_was_exported_is_read_in_again_as_it_was(
    tmp_path: Path, shown: Shown, ending: str
) -> None:
    path = written(tmp_path, f"a.{ending}", shown)
    found = read_roster(path, shown.kind, shown.people, shown.month)
    assert set(found.cells) == set(shown.cells)
    assert found.bad == ()


def test_one_person_s_month_is_a_short_text(tmp_path: Path) -> None:
    text = written(tmp_path, "a.txt", staff="ZX01").read_text("utf-8")
    own = [one for one in SHOWN.cells if one.staff == "ZX01"]
    assert text.splitlines()[0] == ONE
    assert len(text.splitlines()) == 3 + len(own)
    assert "12-02 三 夜班 23:00-07:00 监控室" in text
    whole = written(tmp_path, "b.txt").read_text("utf-8")
    assert all(one.name in whole for one in SHOWN.people)


@pytest.mark.parametrize(("many", "width", "pages"), [(12, 297, 1), (45, 420, 1), (80, 420, 2)])
def test_the_pdf_has_everybody_and_fits_its_paper(
    tmp_path: Path, many: int, width: int, pages: int
) -> None:
    shown = guards(many)
    found = PdfReader(written(tmp_path, "a.pdf", shown)).pages
    assert len(found) == pages
    assert round(float(found[0].mediabox.width) / 72 * 25.4) == width
    said = re.sub(r"[\s\x00]", "", "".join(page.extract_text() for page in found))
    assert all(one.number in said for one in shown.people)
    assert said.count("2026-12排班表") == pages
    assert "监=监控室" in said
    assert said.count("批准：") == 1


@pytest.mark.parametrize("shown", [SHOWN, managers(), desk()], ids=["guards", "managers", "desk"])
def test_a_sheet_is_printed_in_letters_that_are_read_from_a_wall(
    tmp_path: Path, shown: Shown
) -> None:
    sizes: set[float] = set()
    for page in PdfReader(written(tmp_path, "a.pdf", shown)).pages:
        page.extract_text(visitor_text=lambda text, _cm, _tm, _font, size: sizes.add(size))
    assert min(sizes) >= 8
    sheet = load_workbook(written(tmp_path, "a.xlsx", shown)).worksheets[0]
    columns = sheet.column_dimensions.values()
    wide = sum(one.width * (one.max - one.min + 1) for one in columns)
    points = wide * 7 * 72 / 96  # as wide as a figure of 11 points, seven dots of a screen
    room = (297 - 2 * 0.4 * 25.4) * 72 / 25.4
    assert 11 * min(1, room / points) >= 8


def test_a_post_is_written_where_it_does_not_follow_from_the_shift(tmp_path: Path) -> None:
    shown = desk()
    rows = CalamineWorkbook.from_path(str(written(tmp_path, "a.xlsx", shown))).get_sheet_by_index(0)
    found = {str(row[0]): row for row in rows.to_python()}
    assert found["ZX02"][2:4] == ["白接\n午", ""]
    assert found["ZX03"][2:4] == ["白", "白午"]
    text = written(tmp_path, "a.txt", shown).read_text("utf-8")
    assert "白=白班 08:30-17:30 前台；午=午间 12:00-13:30 前台" in text
    assert "接=接待室" in text
    assert "前=前台" not in text


def test_a_sheet_says_what_its_colours_stand_for(tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path, "a.xlsx")).worksheets[0]
    said = {cell.value: cell.fill.fgColor.rgb for cell in sheet[2] if cell.value}
    sunday, holiday, night = sheet["H3"], sheet["AG3"], sheet["C6"]
    assert said["周末"] == sunday.fill.fgColor.rgb
    assert said["节假日"] == holiday.fill.fgColor.rgb
    assert said["夜班"] == night.fill.fgColor.rgb
    page = PdfReader(written(tmp_path, "a.pdf")).pages[0].extract_text()
    assert "节假日" in re.sub(r"[\s\x00]", "", page)
    plain = replace(SHOWN, holidays=frozenset())
    row = load_workbook(written(tmp_path, "b.xlsx", plain)).worksheets[0][2]
    assert "节假日" not in {cell.value for cell in row}, "there is none on this sheet"


def test_two_shifts_on_a_day_are_one_day_of_work(tmp_path: Path) -> None:
    text = written(tmp_path, "a.csv", managers()).read_text("utf-8-sig")
    heads, first, *_rest = csv.reader(text.splitlines())
    assert heads[-4:] == ["天数", "夜班", "周末假日", "工时"]
    assert first[-4:] == ["6", "6", "2", "144"]


ONE = "思兰雅苑 秩序维护 2026-12 排班表 刘乙1 ZX01"


def said_in(path: Path) -> str:
    """All that stands on the first sheet of a workbook, or in a PDF, without its blanks."""
    if path.suffix == ".xlsx":
        rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
        text = "".join(str(one) for row in rows for one in row if one is not None)
    else:
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
    return re.sub(r"[\s\x00]", "", text)


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_a_sheet_of_one_person_or_post_says_whose_it_is(tmp_path: Path, ending: str) -> None:
    of_person = said_in(written(tmp_path, f"a.{ending}", staff="ZX01"))
    assert of_person.startswith("".join(ONE.split()))
    assert "工时" in of_person
    assert "ZX02" not in of_person
    of_post = said_in(written(tmp_path, f"b.{ending}", guards(5), post="东门"))
    assert of_post.startswith("思兰雅苑秩序维护2026-12排班表东门")
    assert "工时" not in of_post, "the hours at one post are nobody's hours"
    assert "西门" not in of_post


def test_a_sheet_of_one_post_has_those_who_hold_it_alone(tmp_path: Path) -> None:
    cells = [one for one in SHOWN.cells if one.post != "东门" or one.staff in ("ZX01", "ZX02")]
    shown = replace(SHOWN, cells=cells)
    text = written(tmp_path, "a.csv", shown, post="东门").read_text("utf-8-sig")
    heads, *rows = csv.reader(text.splitlines())
    assert [row[0] for row in rows] == ["ZX01", "ZX02"]
    assert heads[-1] == "2026-12-31"
    book = CalamineWorkbook.from_path(str(written(tmp_path, "a.xlsx", shown, post="东门")))
    posts = {row[0] for row in book.get_sheet_by_name("按岗位").to_python()[4:]}
    assert posts == {"东门"}


# The calendar


def events(path: Path) -> list[Event]:
    """The events of a calendar, read by the letter of RFC 5545."""
    raw = path.read_bytes()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    return list(_events(iter(lines)))


def _events(lines: Iterator[str]) -> Iterator[Event]:
    for line in lines:
        if line == "BEGIN:VEVENT":
            event: Event = {}
            while (line := next(lines)) != "END:VEVENT":
                name, _colon, value = line.partition(":")
                event[name.partition(";")[0]] = value
                if name.startswith("DTSTART"):
                    assert "TZID=Asia/Shanghai" in name
            yield event


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall clock's


@pytest.mark.clause("ZB-3.6")
def test_a_calendar_has_every_shift_with_its_times(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ics", staff="ZX01")
    found = events(path)
    assert f"X-WR-CALNAME:{ONE}" in path.read_text("utf-8").replace("\n ", "")
    own = [one for one in SHOWN.cells if one.staff == "ZX01"]
    assert len(found) == len(own)
    night = next(one for one in found if one["SUMMARY"].startswith("夜班"))
    assert moment(night["DTEND"]) - moment(night["DTSTART"]) == timedelta(hours=8)
    assert night["SUMMARY"] == "夜班 监控室"
    assert {one["SEQUENCE"] for one in found} == {"2"}
    everybody = events(written(tmp_path, "b.ics"))
    assert len({one["UID"] for one in everybody}) == len(SHOWN.cells)
    assert sum("刘乙1" in one["SUMMARY"].split() for one in everybody) == len(own)


def test_a_new_version_moves_a_shift_and_calls_another_off(tmp_path: Path) -> None:
    first = SHOWN.cells[0]
    moved = first._replace(shift="early")
    gone = next(one for one in SHOWN.cells if one.staff != first.staff)
    cells = [moved if one == first else one for one in SHOWN.cells if one != gone]
    after = replace(SHOWN, cells=cells, version=3, gone=[first, gone])
    old = {one["UID"]: one for one in events(written(tmp_path, "a.ics"))}
    new = {one["UID"]: one for one in events(written(tmp_path, "b.ics", after))}
    assert set(new) == set(old), "a telephone that has them puts none beside another"
    states = [one["STATUS"] for one in new.values()]
    assert states.count("CANCELLED") == 1
    other = [uid for uid in new if new[uid]["DTSTART"] != old[uid]["DTSTART"]]
    assert len(other) == 1
    assert new[other[0]]["DTSTART"] == f"{first.day:%Y%m%d}T070000"
    assert {one["SEQUENCE"] for one in new.values()} == {"3"}


def test_a_draft_is_tentative_and_marks_are_escaped(tmp_path: Path) -> None:
    cells = [SHOWN.cells[0]._replace(post="东门;岗,亭\\")]
    draft = replace(SHOWN, cells=cells, published_at=None, office="思兰，雅苑" * 12)
    (event,) = events(written(tmp_path, "a.ics", draft))
    assert event["STATUS"] == "TENTATIVE"
    assert event["LOCATION"] == "东门\\;岗\\,亭\\\\"


@pytest.mark.parametrize("line", ["", "a" * 75, "a" * 76, "汉" * 60, "a" + "😀" * 40])
def test_long_lines_are_folded_between_characters(line: str) -> None:
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


# What is refused


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "ics", "csv", "txt"])
def test_an_existing_file_stays_unless_it_is_to_be_written_over(
    tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"x")
    with pytest.raises(FileExists):
        write(path, SHOWN)
    assert path.read_bytes() == b"x"
    write(path, SHOWN, force=True)
    assert path.read_bytes() != b"x"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownEnding, match=r"\.xlsx \.pdf \.ics"):
        write(tmp_path / "a.doc", SHOWN)
    with pytest.raises(NobodyInRoster, match="没有「ZX77」"):
        write(tmp_path / "a.ics", SHOWN, staff="ZX77")
    with pytest.raises(NobodyInRoster, match="没有「北门」"):
        write(tmp_path / "a.xlsx", SHOWN, post="北门")
    assert list(tmp_path.glob("*")) in ([], [tmp_path / "home"])


def test_a_month_without_anybody_is_written_all_the_same(tmp_path: Path) -> None:
    empty = replace(SHOWN, people=[], cells=[])
    for ending in ("xlsx", "pdf", "ics", "csv", "txt"):
        written(tmp_path, f"a.{ending}", empty)
