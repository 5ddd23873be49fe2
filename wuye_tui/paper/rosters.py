"""A roster as a file, by its ending (ZB-3.6): a workbook and a PDF for the wall, a calendar for
telephones, CSV for programs, and plain text.
"""

import csv
import io
from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from wuye_tui.paper.files import UnknownEnding, refuse_existing, whole
from wuye_tui.paper.roster_calendars import ZONE, calendar
from wuye_tui.paper.roster_wall import Wall, totals, wall
from wuye_tui.rules import roster_sheets
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.formulas import guarded
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.text import visible
from wuye_tui.rules.widths import pad, width
from wuye_tui.words import _

ENDINGS: Final = (".xlsx", ".pdf", ".ics", ".csv", ".txt")


class NobodyInRoster(NotFound):
    """The person, or the post, that is asked for has nothing in this roster."""

    def __init__(self, shown: Shown, asked: str) -> None:
        told = _("{month} 的{kind}排班表里没有「{asked}」，先看一遍：wuye rosters show。")
        super().__init__(
            told.format(month=shown.month, kind=_(shown.kind.word), asked=visible(asked))
        )


def write(
    path: Path,
    shown: Shown,
    force: bool = False,
    staff: str = "",
    post: str = "",
    font: str = "",
    zone: tzinfo | None = None,
) -> None:
    """Writes a roster by the file's ending; `staff` or `post` leave out all others. `font` names a
    font file for the PDF. Raises FileExists, UnknownEnding, CannotWrite, NobodyInRoster, and for a
    PDF NoPdf and NoFont.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownEnding(path, ENDINGS)
    refuse_existing(path, force)
    meant = roster_sheets.only(shown, staff, post) if staff or post else shown
    if (staff or post) and not meant.cells and not meant.people:
        raise NobodyInRoster(shown, staff or post)
    whole(path, _content(ending, meant, zone or ZoneInfo(ZONE), staff, font), force)


def _content(ending: str, shown: Shown, zone: tzinfo, staff: str, font: str) -> bytes:
    match ending:
        case ".xlsx":
            from wuye_tui.paper.roster_workbook import workbook

            return workbook(shown, wall(shown, zone))
        case ".pdf":
            from wuye_tui.paper import fonts
            from wuye_tui.paper.roster_pdf import document

            return document(wall(shown, zone), fonts.chosen(font))
        case ".ics":
            return calendar(shown)
        case ".csv":
            return _csv(shown)
    text = own_text(shown, staff, zone) if staff else grid_text(wall(shown, zone))
    return text.encode()


def _csv(shown: Shown) -> bytes:
    """The grid with whole dates and `早班(东门)` in its squares: what can be read in again."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    heads = totals(shown)
    dates = (day.isoformat() for day in shown.days)
    writer.writerow([_("工号"), _("姓名"), *dates, *heads])
    for row in roster_sheets.month_grid(shown):
        squares = (roster_sheets.square(shown, cells, whole=True) for cells in row.squares)
        words = (row.person.number, row.person.name, *squares)
        had = row.totals
        figures = (had.days, had.nights, had.weekends, had.hours) if heads else ()
        writer.writerow([*(guarded(visible(said)) for said in words), *figures])
    return text.getvalue().encode("utf-8-sig")


def grid_text(sheet: Wall) -> str:
    """The grid in lines, Han as two cells, with its legend below."""
    heads = [
        ["", "", *(one.weekday for one in sheet.columns), *("" for _word in sheet.totals)],
        [_("工号"), _("姓名"), *(one.number for one in sheet.columns), *sheet.totals],
    ]
    people = [
        [one.number, one.name, *map("".join, one.squares), *one.figures] for one in sheet.lines
    ]
    blank = ["" for _word in sheet.totals]
    sums = [["", word, *map(str, many), *blank] for word, many in sheet.sums]
    rows = [*heads, *people, *sums]
    widest = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [
        " ".join(pad(said, cells) for said, cells in zip(row, widest, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join((sheet.title, sheet.note, "", *lines, "", sheet.legend, ""))


def own_text(shown: Shown, staff: str, zone: tzinfo) -> str:
    """Somebody's month day by day, for a message."""
    shown = roster_sheets.only(shown, staff)
    sheet = wall(shown, zone)
    lines = [sheet.title, sheet.note, ""]
    for turn in roster_sheets.of_person(shown, staff):
        day = turn.cell.day
        times = f"{turn.begins:%H:%M}-{turn.ends:%H:%M}" if turn.begins and turn.ends else ""
        weekday = next((one.weekday for one in sheet.columns if one.day == day), "")
        said = (f"{day:%m-%d}", weekday, _(turn.word), times, turn.cell.post)
        lines.append(visible(" ".join(filter(None, said))))
    return "\n".join((*lines, ""))
