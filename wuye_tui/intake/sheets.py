"""The intake's door: from a spreadsheet to clean rows and bad rows; the bad ones to a file again.

Nothing here knows the database. What is there already, and what a row refers to, is checked by the
registers, which add bad rows of their own with `Intake.refusing`.
"""

import csv
import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal, overload

from wuye_tui.intake import rows
from wuye_tui.intake.cells import shown
from wuye_tui.intake.errors import NoRows
from wuye_tui.intake.files import NumberedRow, open_sheet
from wuye_tui.intake.formulas import guarded
from wuye_tui.intake.intakes import AnyRow, Intake, Reading
from wuye_tui.intake.layouts import REASON, WITHIN, find_header
from wuye_tui.intake.lines import Line
from wuye_tui.intake.posts import posts
from wuye_tui.intake.rows import EntryRow, PersonRow, StaffRow, TariffRow, UnitRow
from wuye_tui.reference import Reference
from wuye_tui.rules.text import bad_character
from wuye_tui.words import _


@overload
def read_rows(
    path: Path, noun: Literal["units"], reference: Reference | None = None
) -> Intake[UnitRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["people"], reference: Reference | None = None
) -> Intake[PersonRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["staff"], reference: Reference | None = None
) -> Intake[StaffRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["tariff"], reference: Reference | None = None
) -> Intake[TariffRow]: ...
@overload
def read_rows(
    path: Path, noun: Literal["directory"], reference: Reference | None = None
) -> Intake[EntryRow]: ...
@overload
def read_rows(path: Path, noun: str, reference: Reference | None = None) -> Intake[AnyRow]: ...


def read_rows(path: Path, noun: str, reference: Reference | None = None) -> Intake[AnyRow]:
    """Reads the first sheet of an .xlsx, or a .csv, of units, people, staff, tariff or directory.

    `reference` gives the office's own table of posts. Raises a FileRefused, in one sentence, for a
    file that cannot be read at all; single bad rows are listed in the intake.
    """
    sheet = open_sheet(path)
    top, rest = _top(sheet)
    header = find_header([row for row in top if row[0] <= WITHIN], noun, path.name)
    body = chain((row for row in top if row[0] > header.row_number), rest)
    reading = Reading(noun, header, _maker(noun, reference or Reference()))
    for number, values in body:
        reading.take(number, values)
    if not reading.originals:
        raise NoRows(path.name)
    return reading.intake(path.name)


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
    for number, why in sorted(reasons.items()):
        cells = [_text(intake, number, at) for at in kept]
        table.append([*cells, " ".join(why)])
    _write(path, [[guarded(cell) for cell in row] for row in table])
    return len(table) - 1


def _top(sheet: Iterator[NumberedRow]) -> tuple[list[NumberedRow], Iterator[NumberedRow]]:
    top: list[NumberedRow] = []
    for row in sheet:
        top.append(row)
        if row[0] >= WITHIN:
            break
    return top, sheet


def _maker(noun: str, reference: Reference) -> Callable[[Line], AnyRow | None]:
    if noun == "staff":
        known = posts(reference)
        return lambda line: rows.staff(line, known)
    makers: dict[str, Callable[[Line], AnyRow | None]] = {
        "units": rows.unit,
        "people": rows.person,
        "tariff": rows.tariff,
        "directory": rows.entry,
    }
    return makers[noun]


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
