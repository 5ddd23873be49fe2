"""The intake's door: from a spreadsheet to clean rows and bad rows; the bad ones to a file again.

Nothing here knows the database. What is there already, and what a row refers to, is checked by the
registers, which add bad rows of their own with `Intake.refusing`.
"""

import csv
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal, overload

from wuye_tui.intake import rows, states
from wuye_tui.intake.cells import shown
from wuye_tui.intake.choosing import choose
from wuye_tui.intake.errors import NoRows
from wuye_tui.intake.files import open_book
from wuye_tui.intake.grid import Sheet, is_blank
from wuye_tui.intake.headers import WITHIN, find_header
from wuye_tui.intake.heading import Header
from wuye_tui.intake.intakes import AnyRow, Intake
from wuye_tui.intake.layouts import OPENING, REASON
from wuye_tui.intake.lines import NOWHERE, Around, Line
from wuye_tui.intake.opening import OpeningRow, fee_names, opening, stand_once, totals
from wuye_tui.intake.posts import posts
from wuye_tui.intake.prices import tariff
from wuye_tui.intake.reading import Reading
from wuye_tui.intake.readings import ReadingRow, meter_names, reading
from wuye_tui.intake.residents import people, settled
from wuye_tui.intake.rows import EntryRow, PersonRow, StaffRow, TariffRow, UnitRow
from wuye_tui.intake.titles import over_all
from wuye_tui.reference import Reference
from wuye_tui.rules.formulas import guarded
from wuye_tui.rules.text import bad_character
from wuye_tui.sweeping import seldom_swept
from wuye_tui.words import _


@overload
def read_rows(
    path: Path, noun: Literal["units"], reference: Reference | None = None, sheet: str = ""
) -> Intake[UnitRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["people"], reference: Reference | None = None, sheet: str = ""
) -> Intake[PersonRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["staff"], reference: Reference | None = None, sheet: str = ""
) -> Intake[StaffRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["tariff"], reference: Reference | None = None, sheet: str = ""
) -> Intake[TariffRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["directory"], reference: Reference | None = None, sheet: str = ""
) -> Intake[EntryRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["readings"], reference: Reference | None = None, sheet: str = ""
) -> Intake[ReadingRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["opening"], reference: Reference | None = None, sheet: str = ""
) -> Intake[OpeningRow]: ...
@overload
def read_rows(
    path: Path, noun: str, reference: Reference | None = None, sheet: str = ""
) -> Intake[AnyRow]: ...


@seldom_swept()
def read_rows(
    path: Path, noun: str, reference: Reference | None = None, sheet: str = ""
) -> Intake[AnyRow]:
    """Reads the sheet of units, people, staff, tariff, directory, readings or opening balances in
    an .xlsx, .xls or .csv.

    It is the first that can be seen; where that has no column names (a cover), the only other that
    has them; or the one called `sheet`. `reference` gives the office's own posts and fees. Raises a
    FileRefused, in one sentence, for a file that cannot be read at all; single bad rows are listed
    in the intake.
    """
    book = open_book(path)
    found, others = choose(book, noun, path.name, sheet)
    top = [row for row in found.rows[:WITHIN] if row[0] <= WITHIN]
    header = find_header(top, noun, path.name)
    body = found.rows[sum(row[0] <= header.row_number for row in top) :]
    header = states.settled(header, body) if noun == "people" else header
    body = stand_once(body, found.lent, header) if noun == OPENING else body
    around, title = _around(found, header)
    make = _maker(noun, reference or Reference())
    reading = Reading(noun, header, make, around, found.lent)
    reading.through(body)
    if not reading.originals:
        raise NoRows(path.name)
    intake = reading.intake(path.name, found)
    if header.further:
        named = [row for row in intake.good if isinstance(row, PersonRow)]
        intake = replace(intake, good=tuple(settled(named)))
    if noun == OPENING:
        said, unread = totals(header, reading.notes)
        intake = replace(intake, totals=tuple(said)).refusing(unread)
    return replace(intake, other_sheets=others, building=title)


def _around(sheet: Sheet, header: Header) -> tuple[Around, str]:
    """What titles and the sheet's name say of all rooms and no column does, and which says so."""
    places = header.places
    if "room" not in places:
        return NOWHERE, ""
    above = (cells for number, cells in sheet.rows if number < header.row_number)
    titles = [shown(cell) for cells in above for cell in cells if not is_blank(cell)]
    around, sources = over_all(titles, sheet.name)
    if "entrance" in places:
        around = replace(around, entrance="")
    if "building" in places and not around.entrance:
        return NOWHERE, ""
    return around, sources if around.building or around.entrance else ""


def write_bad_rows(path: Path, intake: Intake[Any]) -> int:
    """Writes every bad row once, in the columns of its own file with the reasons behind.

    The CSV has a byte order mark, so that spreadsheet programs read the Chinese, and no cell that
    they would reckon or change. It is written whole or not at all, readable by its owner alone, and
    replaces what was there. Returns the number of rows. Raises OSError.
    """
    reasons: dict[int, list[str]] = {}
    for bad in intake.bad:
        reasons.setdefault(bad.row_number, []).append(f"{bad.column}: {bad.reason}")
    kept = [at for at, word in enumerate(intake.header) if word != _(REASON)]
    table = [[*(intake.header[at] for at in kept), _(REASON)]]
    room = intake.header.index(intake.columns["room"]) if intake.rooms else -1
    for number, why in sorted(reasons.items()):
        full = {room: intake.rooms[number]} if number in intake.rooms else {}
        cells = [full.get(at) or _text(intake, number, at) for at in kept]
        table.append([*cells, " ".join(why)])
    _write(path, [[guarded(cell) for cell in row] for row in table])
    return len(table) - 1


def _maker(noun: str, reference: Reference) -> Callable[[Line], Sequence[AnyRow]]:
    if noun == "people":
        return people
    if noun == "tariff":
        return tariff
    if noun == "staff":
        known, where = posts(reference), reference.place("posts.csv")
        return lambda line: [row] if (row := rows.staff(line, known, where)) else []
    if noun == "readings":
        names = meter_names(reference.fees)
        return lambda line: reading(line, names)
    if noun == OPENING:
        fees = fee_names(reference.fees)
        return lambda line: opening(line, fees)
    makers: dict[str, Callable[[Line], AnyRow]] = {
        "units": rows.unit, "directory": rows.entry
    }  # fmt: skip
    one = makers[noun]
    return lambda line: [one(line)]


def _text(intake: Intake[Any], number: int, at: int) -> str:
    cells = intake.originals.get(number, [])
    return bad_character().sub("?", shown(cells[at]).strip()) if at < len(cells) else ""


def _write(path: Path, table: list[list[str]]) -> None:
    with NamedTemporaryFile(
        "w", encoding="utf-8-sig", newline="", dir=path.parent, prefix=".", delete=False
    ) as file:
        try:
            csv.writer(file).writerows(table)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
