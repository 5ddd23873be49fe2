"""A roster from a spreadsheet as offices have it (KF-5, ZB-3.6): people by days with the shifts in
the cells, days by shifts with the people in the cells, or a line for each shift.

Whether it keeps the rules is asked of `wuye_tui.rules.roster_checks`; here it is only read. Every
cell that cannot be is told with its row, its column and the reason.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from wuye_tui.intake.cells import plain, shown
from wuye_tui.intake.errors import EmptyFile, NoSuchSheet
from wuye_tui.intake.files import Book, open_book
from wuye_tui.intake.grid import UNRECKONED, Sheet, is_blank
from wuye_tui.intake.grid import Cell as Held
from wuye_tui.intake.lines import LONGEST, BadRow
from wuye_tui.intake.reasons import CellRefused, NoResultHere, NotADate
from wuye_tui.intake.roster_forms import (
    Form,
    NoRoster,
    before_the_turn,
    blocks,
    dated,
    day_said,
    find,
    month_of,
)
from wuye_tui.intake.roster_people import NobodyCalled, People
from wuye_tui.intake.roster_posts import with_posts
from wuye_tui.intake.roster_words import Words
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Cell, Person, RosterKind
from wuye_tui.rules.text import visible
from wuye_tui.words import _, listed

_WEEKDAYS: Final = frozenset("一二三四五六日天") | {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
_FOOT: Final = re.compile(  # who made the sheet, who looked it through, when
    r"(?:制表|编制|编排|填表|排班|审核|审批|复核|批准)(?:人|员)?(?:$|:)"
    r"|(?:行政编排|负责人|主管|经理|签字|签名|(?:制表|编制|审核)?日期|备注|说明|注):"
)
_TOTALS: Final = ("合计", "小计", "总计", "人数", "统计", "汇总", "出勤")


class SameAgain(CellRefused):
    """Somebody has the same shift on the same day in another place of the sheet."""

    def __init__(self, row: int) -> None:
        super().__init__(
            _("这个人这一天的这一班，第 {row} 行已经写了。请只留一处。").format(row=row)
        )


@dataclass(frozen=True)
class RosterSheet:
    """What a file says: the month, who has what, what could not be read, and what was supposed."""

    name: str
    sheet: str
    month: Month
    cells: tuple[Cell, ...]
    bad: tuple[BadRow, ...]
    told: tuple[BadRow, ...]


@dataclass
class _Read:
    """The cells of a sheet while it is being read, each with its row and without a post perhaps."""

    kind: RosterKind
    month: Month
    people: People
    words: Words
    cells: dict[tuple[date, str, str], tuple[int, str]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)

    def add(self, row: int, column: str, value: Held, day: date, shift: str, post: str,
            staff: str) -> None:  # fmt: skip
        """Takes somebody's shift, or tells that it stands there already."""
        if first := self.cells.get((day, shift, staff)):
            self.refuse(row, column, value, SameAgain(first[0]))
        else:
            self.cells[day, shift, staff] = row, post

    def refuse(self, row: int, column: str, value: Held, why: DeskError) -> None:
        """Notes a cell that cannot be read."""
        self.bad.append(_about(row, column, value, why.line))


def read_roster(
    path: Path,
    kind: RosterKind,
    people: Sequence[Person],
    month: Month | None = None,
    sheet: str = "",
    holidays: frozenset[date] = frozenset(),
    left: Callable[[Month], Sequence[Person]] | None = None,
) -> RosterSheet:
    """The roster in an .xlsx, .xls or .csv: of its first sheet that is one, or of the one called
    `sheet`. `month` is the one that it should be of, and is needed where the file does not say it.

    Where no posts are written, people are given to the posts in their order, as many as each needs
    (by `holidays` on those days). `left` says who else was there in the file's month. Raises a
    FileRefused for a file that is no roster.
    """
    words = Words(kind)
    page, form = _page(open_book(path), path.name, sheet, words)
    body = [(row, cells) for row, cells in page.rows if row > form.row]
    for _row, cells in page.rows:
        for cell in cells:
            if isinstance(cell, str):
                words.learn(cell)
    words.doubt(cell for _row, cells in body for cell in cells if isinstance(cell, str))
    parts = blocks(form, body)
    days = [said for part, _rows in parts for said in part.days.values()] or [
        one for _row, cells in body if (one := day_said(_cell(cells, form.day)))
    ]
    found = month_of(path.name, page, form, month, days)
    people = [*people, *(left(found) if left is not None else ())]
    read = _Read(kind, found, People(people), words)
    reader = _grid if form.days else _by_days if form.shifts else _lines
    for part, rows in parts:
        reader(read, part, rows)
    said = [Cell(day, shift, post, staff) for (day, shift, staff), (_n, post) in read.cells.items()]
    placed, is_placed = with_posts(kind, said, people, holidays)
    told = tuple(_supposed(read, form, is_placed))
    return RosterSheet(path.name, page.name, read.month, placed, tuple(read.bad), told)


def _page(book: Book, name: str, wanted: str, words: Words) -> tuple[Sheet, Form]:
    if wanted and wanted not in book.names:
        raise NoSuchSheet(name, sheet=wanted, sheets=listed(book.names))
    places = [book.names.index(wanted)] if wanted else range(len(book.names))
    is_empty = True
    for at in places:
        page = book.sheet(at)
        is_empty = is_empty and not page
        if form := find(page, words):
            return page, form
    raise EmptyFile(name) if is_empty else NoRoster(name)


# ---- people by days


def _grid(read: _Read, form: Form, body: Sequence[tuple[int, list[Held]]]) -> None:
    first = min(form.days)
    before = before_the_turn(form.days)
    days = {at: dated(said, read.month, before=at in before) for at, said in form.days.items()}
    for at, day in days.items():
        if day is None and any(not is_blank(_cell(cells, at)) for _row, cells in body):
            read.refuse(form.row, form.column(at), form.column(at), NotADate())
    for row, cells in body:
        there = {at: cells[at] for at in days if not is_blank(_cell(cells, at))}
        is_empty = not _has_shift(read, there.values())
        if is_empty and _is_foot(cells[:first], bare=False):  # whoever is named there
            continue
        try:
            person = read.people.row(cells[:first])
        except DeskError as why:
            read.refuse(row, _named(form), _said_name(form, cells[:first]), why)
            continue
        if person is None:
            name = _said_name(form, cells[:first])
            if read.words.explains(shown(name)):
                continue  # the row of a legend, a mark in every cell
            if is_empty and _is_foot([*cells[:first], *there.values()]):
                continue
            if there and not _is_no_person(cells[:first], list(there.values())):
                read.refuse(row, _named(form), name, _nobody(read.people, name))
            continue
        post = _row_post(read, form, cells)
        for at, value in there.items():
            day = days[at]
            if day is not None:
                _take(read, row, day, value, person.number, post)


def _take(read: _Read, row: int, day: date, value: Held, staff: str, usual: str) -> None:
    column = day.isoformat()
    try:
        if value == UNRECKONED:
            raise NoResultHere
        found = read.words.read(plain(value))
    except DeskError as why:
        read.refuse(row, column, value, why)
        return
    for shift, post in found:
        read.add(row, column, value, day, shift, post or usual, staff)


def _is_no_person(first: Sequence[Held], values: Sequence[Held]) -> bool:
    """Whether a row without a person is one of weekdays or totals."""
    texts = [shown(one).strip().casefold() for one in values]
    days = all(text.removeprefix("星期").removeprefix("周")[:3] in _WEEKDAYS for text in texts)
    said = "".join(shown(one) for one in first)
    return days or any(word in said for word in _TOTALS) or (
        all(isinstance(one, int | float) for one in values) and not said.strip()
    )  # fmt: skip


def _is_foot(cells: Iterable[Held], bare: bool = True) -> bool:
    """Whether a row is one of those below the people, as `制表人：` or `审核：`, with `bare` also
    `审核人` alone, which may be somebody's job.
    """
    texts = (unicodedata.normalize("NFKC", shown(one)) for one in cells)
    found = [_FOOT.match("".join(text.split())) for text in texts]
    return any(one is not None and (bare or one[0].endswith(":")) for one in found)


def _has_shift(read: _Read, values: Iterable[Held]) -> bool:
    for value in values:
        with suppress(DeskError):
            if read.words.read(plain(value)):
                return True
    return False


def _row_post(read: _Read, form: Form, cells: Sequence[Held]) -> str:
    """The post of a whole row, where it has one that the kind knows; a job's title is none."""
    value = _cell(cells, form.post)
    try:
        return read.words.post(plain(value)) if not is_blank(value) else ""
    except DeskError:
        return ""


def _named(form: Form) -> str:
    return form.column(form.name) or form.column(form.number) or _("姓名")


def _said_name(form: Form, cells: Sequence[Held]) -> Held:
    """What stands in the place of somebody's name."""
    for at in (form.name, form.number):
        if not is_blank(_cell(cells, at)):
            return _cell(cells, at)
    texts = [one for one in cells if isinstance(one, str) and not is_blank(one)]
    return texts[-1] if texts else ""


def _nobody(people: People, name: Held) -> DeskError:
    try:
        people.called(name)
    except DeskError as why:
        return why
    return NobodyCalled(())


# ---- days by shifts, and a line for each shift


def _by_days(read: _Read, form: Form, body: Sequence[tuple[int, list[Held]]]) -> None:
    for row, cells in body:
        values = {at: cells[at] for at in form.shifts if not is_blank(_cell(cells, at))}
        if not values or _is_dateless_foot(form, cells):
            continue
        if (day := _day(read, row, form, cells)) is None:
            continue
        for at, value in values.items():
            for staff in _staff(read, row, form.column(at), value):
                for shift, post in form.shifts[at]:
                    read.add(row, form.column(at), value, day, shift, post, staff)


def _lines(read: _Read, form: Form, body: Sequence[tuple[int, list[Held]]]) -> None:
    for row, cells in body:
        if all(is_blank(_cell(cells, at)) for at in (form.shift, form.name, form.number)):
            continue
        if _is_dateless_foot(form, cells):
            continue
        day = _day(read, row, form, cells)
        at = form.number if not is_blank(_cell(cells, form.number)) else form.name
        staff = _line_staff(read, row, form, cells, at)
        value = _cell(cells, form.shift)
        post = _row_post(read, form, cells)
        if day is None or not staff:
            continue
        for one in staff:
            _take(read, row, day, value, one, post)


def _line_staff(read: _Read, row: int, form: Form, cells: Sequence[Held], at: int) -> list[str]:
    """The people of a line: of a number with a name beside it the one that both mean."""
    if form.number < 0 or form.name < 0 or at == form.name:
        return list(_staff(read, row, form.column(at), _cell(cells, at)))
    try:
        person = read.people.row([_cell(cells, form.number), _cell(cells, form.name)])
    except DeskError as why:
        read.refuse(row, form.column(at), _cell(cells, at), why)
        return []
    return [person.number] if person else list(
        _staff(read, row, form.column(at), _cell(cells, at))
    )  # fmt: skip


def _is_dateless_foot(form: Form, cells: Sequence[Held]) -> bool:
    return day_said(_cell(cells, form.day)) is None and _is_foot(cells)


def _day(read: _Read, row: int, form: Form, cells: Sequence[Held]) -> date | None:
    value = _cell(cells, form.day)
    said = day_said(value)
    day = dated(said, read.month) if said else None
    if day is None and not any(word in shown(value) for word in _TOTALS):
        read.refuse(row, form.column(form.day), value, NotADate())
    return day


def _staff(read: _Read, row: int, column: str, value: Held) -> Iterator[str]:
    try:
        names = read.people.several(plain(value))
    except DeskError as why:
        read.refuse(row, column, value, why)
        return
    for name in names:
        if name.casefold() in read.words.off:
            continue
        try:
            yield read.people.called(name).number
        except DeskError as why:
            read.refuse(row, column, name, why)


def _supposed(read: _Read, form: Form, is_placed: bool) -> Iterator[BadRow]:
    if is_placed:
        told = _("没有写岗位的，按各岗要的人数依次分到岗上了。")
        yield BadRow(form.row, "", "", told)
    for letter in sorted(read.words.supposed):
        word = read.kind.shifts["abcdef".index(letter)].word
        told = _("表上没有说明 {letter} 是哪一班，按「{shift}」读的。")
        yield BadRow(form.row, "", letter.upper(), told.format(letter=letter.upper(), shift=word))


def _cell(cells: Sequence[Held], at: int) -> Held:
    return cells[at] if 0 <= at < len(cells) else ""


def _about(row: int, column: str, value: Held, words: str) -> BadRow:
    text = visible(shown(value).strip()[: LONGEST + 1])
    return BadRow(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 2]}..", words)
