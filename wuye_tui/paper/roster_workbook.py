"""A roster as a workbook that is printed and pinned up: A4 or A3 across, one page wide, with its
colours, its legend and room for signatures; behind it who is at each post, and every shift in a
line of its own.

No cell acts: what begins like a formula or a link is text.
"""

import io
from collections.abc import Sequence
from typing import Any, Final

from wuye_tui.paper.roster_wall import IN_A_LINE, Column, Ground, Line, Wall
from wuye_tui.rules import roster_sheets
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.text import visible
from wuye_tui.words import N_, _

A3, A4 = 8, 9  # as workbooks number them
FITS_A4: Final = 22  # people that can be read on A4
GROUNDS: Final = {
    Ground.PLAIN: "",
    Ground.WEEKEND: "#E7E6E6",
    Ground.HOLIDAY: "#F8CBAD",
    Ground.NIGHT: "#BDD7EE",
}
_HEADS: Final = 4  # rows above the people: title, note, weekdays, days
_NAMES: Final = 2  # columns before the days
_COLOUR: Final = 3  # columns of the word that explains a colour
_APART: Final = " " * 30
_LONG: Final = (
    N_("日期"), N_("星期"), N_("班次"), N_("从"), N_("到"), N_("岗位"), N_("工号"), N_("姓名"),
)  # fmt: skip


def workbook(shown: Shown, wall: Wall) -> bytes:
    """The file. The first sheet is the one for the wall."""
    from xlsxwriter import Workbook  # only where a workbook is written

    content = io.BytesIO()
    options = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    book = Workbook(content, dict.fromkeys(options, False))
    looks = _Looks(book)
    _wall_sheet(book.add_worksheet(_("排班表")), wall, looks)
    if any(roster_sheets.posts(shown)):
        _post_sheet(book.add_worksheet(_("按岗位")), shown, wall, looks)
    _long_sheet(book.add_worksheet(_("明细")), shown, wall, looks)
    book.close()
    return content.getvalue()


class _Looks:
    """The formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, ground: Ground | None = None, **more: Any) -> Any:
        """A bordered square on this ground, in the middle of it; without one only `more`."""
        given = dict(more)
        if ground is not None:
            given = {"border": 1, "align": "center", "valign": "vcenter", **more}
            if GROUNDS[ground]:
                given["bg_color"] = GROUNDS[ground]
            if ground is Ground.NIGHT:
                given["bold"] = True
        key = tuple(sorted(given.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(given)
        return self._made[key]


def _wall_sheet(sheet: Any, wall: Wall, looks: _Looks) -> None:
    last_day = _NAMES + len(wall.columns) - 1
    last = last_day + len(wall.totals)
    _title(sheet, wall, last, looks)
    plain = looks.of(Ground.PLAIN)
    sheet.merge_range(2, 0, 3, 0, _("工号"), plain)
    sheet.merge_range(2, 1, 3, 1, _("姓名"), plain)
    _days(sheet, wall.columns, looks)
    for at, word in enumerate(wall.totals, start=last_day + 1):
        sheet.merge_range(2, at, 3, at, word, looks.of(Ground.PLAIN, text_wrap=True))
    for row, line in enumerate(wall.lines, start=_HEADS):
        _person(sheet, row, line, looks)
    below = _HEADS + len(wall.lines)
    for row, (word, many) in enumerate(wall.sums, start=below):
        sheet.merge_range(row, 0, row, 1, _("{shift}人数").format(shift=word), plain)
        for at, heads in enumerate(many, start=_NAMES):
            sheet.write_number(row, at, heads, looks.of(wall.columns[at - _NAMES].ground))
    below += len(wall.sums)
    left = looks.of(text_wrap=True, valign="top")
    sheet.merge_range(below, 0, below, last, wall.legend, left)
    sheet.set_row(below, 32)
    signed = _APART.join(wall.signed)  # in one cell, where no reader takes it for a person
    sheet.merge_range(below + 2, 0, below + 2, last, signed, looks.of(valign="top"))
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 9)
    sheet.set_column(_NAMES, last_day, IN_A_LINE)
    if wall.totals:
        sheet.set_column(last_day + 1, last, 5.5)
    sheet.freeze_panes(_HEADS, _NAMES)
    _printed(sheet, A4 if len(wall.lines) <= FITS_A4 else A3, below + 2, last)


def _title(sheet: Any, wall: Wall, last: int, looks: _Looks) -> None:
    sheet.merge_range(0, 0, 0, last, wall.title, looks.of(bold=True, size=18, align="center"))
    first = last + 1 - _COLOUR * len(wall.colours)
    sheet.merge_range(1, 0, 1, first - 1, wall.note, looks.of(align="center"))
    for at, (ground, word) in enumerate(wall.colours):  # above the grid, on every page
        here = first + _COLOUR * at
        sheet.merge_range(1, here, 1, here + _COLOUR - 1, word, looks.of(ground))
    sheet.set_row(0, 28)


def _days(sheet: Any, columns: Sequence[Column], looks: _Looks) -> None:
    for at, column in enumerate(columns, start=_NAMES):
        sheet.write_string(2, at, column.weekday, looks.of(column.ground))
        sheet.write_number(3, at, column.day.day, looks.of(column.ground, bold=True))


def _person(sheet: Any, row: int, line: Line, looks: _Looks) -> None:
    plain = looks.of(Ground.PLAIN)
    sheet.write_string(row, 0, line.number, plain)
    sheet.write_string(row, 1, line.name, plain)
    squares = zip(line.squares, line.grounds, strict=True)
    for at, (said, ground) in enumerate(squares, start=_NAMES):
        look = looks.of(ground, text_wrap=True) if len(said) > 1 else looks.of(ground)
        sheet.write_string(row, at, "\n".join(said), look)
    for at, many in enumerate(line.totals, start=_NAMES + len(line.squares)):
        sheet.write_number(row, at, round(many, 1), plain)
    sheet.set_row(row, 3 + 15 * line.high)


def _printed(sheet: Any, paper: int, row: int, column: int) -> None:
    """Across, one page wide and as many long as it needs, the headings on each."""
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, _HEADS - 1)
    sheet.print_area(0, 0, row, column)
    sheet.set_footer("&R&P / &N")


def _post_sheet(sheet: Any, shown: Shown, wall: Wall, looks: _Looks) -> None:
    """A row for each post and shift, the names day by day."""
    last = _NAMES + len(wall.columns) - 1
    _title(sheet, wall, last, looks)
    plain = looks.of(Ground.PLAIN)
    for at, word in enumerate((_("岗位"), _("班次"))):
        sheet.merge_range(2, at, 3, at, word, plain)
    _days(sheet, wall.columns, looks)
    row = _HEADS - 1
    for post in roster_sheets.posts(shown):
        there = {(one.day, one.shift): one.people for one in roster_sheets.of_post(shown, post)}
        for code in dict.fromkeys(code for _day, code in there):
            row += 1
            night = roster_sheets.shift_of(shown.kind, code)
            sheet.write_string(row, 0, visible(post), plain)
            word = visible(_(roster_sheets.word_of(shown.kind, code)))
            sheet.write_string(row, 1, word, plain)
            for n, column in enumerate(wall.columns):
                ground = Ground.NIGHT if night is not None and night.night else column.ground
                names = "\n".join(map(visible, there.get((column.day, code), ())))
                sheet.write_string(row, _NAMES + n, names, looks.of(ground, text_wrap=True))
    sheet.set_column(0, 1, 9)
    sheet.set_column(_NAMES, last, 7)
    sheet.freeze_panes(_HEADS, _NAMES)
    _printed(sheet, A3, max(row, _HEADS), last)


def _long_sheet(sheet: Any, shown: Shown, wall: Wall, looks: _Looks) -> None:
    """Every shift in a line of its own, for filters and for programs."""
    names = {line.number: line.name for line in wall.lines}
    days = {column.day: column.weekday for column in wall.columns}
    for at, word in enumerate(_LONG):
        sheet.write_string(0, at, _(word), looks.of(bold=True))
    row = 0
    for row, cell in enumerate(roster_sheets.in_order(shown.kind, shown.cells), start=1):
        turn = roster_sheets.turn(shown.kind, cell)
        times = ("" if one is None else f"{one:%H:%M}" for one in (turn.begins, turn.ends))
        number = visible(cell.staff)
        who = (visible(cell.post), number, names.get(number, number))
        for at, said in enumerate(
            (cell.day.isoformat(), days.get(cell.day, ""), visible(_(turn.word)), *times, *who)
        ):
            sheet.write_string(row, at, said)
    sheet.set_column(0, len(_LONG) - 1, 11)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, row), len(_LONG) - 1)
