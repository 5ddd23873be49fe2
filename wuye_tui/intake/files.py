"""A file that came in, as rows of cells: .xlsx through the guard, .csv in UTF-8 or GB18030.

Rows keep the number that a person sees in the spreadsheet program. Nothing here knows what the
columns mean.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from wuye_tui.intake.errors import (
    BrokenCharacter,
    BrokenQuote,
    Damaged,
    EmptyFile,
    Encrypted,
    HugeField,
    NoFile,
    NoSheet,
    NullCharacter,
    ReallyWorkbook,
    TooBig,
    TooManyColumns,
    TooManyRows,
    Unreadable,
    WebPage,
    WrongEncoding,
    WrongEnding,
)
from wuye_tui.intake.formulas import unguarded
from wuye_tui.intake.guard import MAX_COLUMNS, MAX_FILE, MAX_ROWS, MIB, check_workbook

Cell = str | int | float | bool | date | time | timedelta
"""What a spreadsheet holds in one place; a blank is an empty string."""
NumberedRow = tuple[int, list[Cell]]
"""A row's number from 1, as a person sees it, and its cells from the first column on."""

_LAST_ROW: Final = 1_048_576  # the last row that spreadsheet programs show
_LONGEST_CELL: Final = 20  # lines
_SAMPLE: Final = 20  # characters of other alphabets; GB18030 never passes for UTF-8 so long
_NEW_LINE: Final = re.compile(rb"[\r\n]")


def open_sheet(path: Path) -> Iterator[NumberedRow]:
    """The filled rows of the first sheet, in order, blank ones left out.

    Raises a FileRefused, at once or while rows are taken, for whatever cannot be read.
    """
    data = _read(path)
    if path.suffix.lower() == ".xlsx":
        check_workbook(data, path.name)
        rows = _workbook_rows(data, path.name)
    else:
        rows = _text_rows(_decode(data, path.name), path.name)
    return _filled(rows, path.name)


def is_blank(cell: Cell) -> bool:
    """Whether a person sees nothing there."""
    return isinstance(cell, str) and not cell.strip()


def _read(path: Path) -> bytes:
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise WrongEnding(path.name) if path.is_file() else NoFile(path.name)
    try:
        if not path.is_file():
            raise NoFile(path.name)
        if path.stat().st_size > MAX_FILE:
            raise TooBig(path.name, mib=MAX_FILE // MIB)
        data = path.read_bytes()
    except (OSError, ValueError) as why:
        raise Unreadable(path.name) from why
    if not data:
        raise EmptyFile(path.name)
    return data


def _filled(rows: Iterator[NumberedRow], name: str) -> Iterator[NumberedRow]:
    count = 0
    for number, cells in rows:
        if all(map(is_blank, cells)):
            continue
        count += 1
        if count > MAX_ROWS:
            raise TooManyRows(name, limit=MAX_ROWS)
        if len(cells) > MAX_COLUMNS and not all(map(is_blank, cells[MAX_COLUMNS:])):
            raise TooManyColumns(name, limit=MAX_COLUMNS)
        yield number, cells
    if not count:
        raise EmptyFile(name)


def _workbook_rows(data: bytes, name: str) -> Iterator[NumberedRow]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        found = [
            at
            for at, sheet in enumerate(book.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if not found:
            raise NoSheet(name)
        yield from enumerate(book.get_sheet_by_index(found[0]).iter_rows(), start=1)
    except PasswordError as why:
        raise Encrypted(name) from why
    except (CalamineError, ValueError, OverflowError) as why:
        raise Damaged(name) from why


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ReallyWorkbook(name)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise WebPage(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongEncoding(name)
    for at in range(0, len(data) - MIB, MIB):
        if not _NEW_LINE.search(data, at, at + MIB):
            raise HugeField(name, row=_line(data, at))
    nul = data.find(b"\0")
    if nul >= 0:
        raise NullCharacter(name, line=_line(data, nul))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as why:
        before = data[: why.start].decode("utf-8", "ignore")
        if sum(not letter.isascii() for letter in before) > _SAMPLE or data[:1] == b"\xef":
            raise BrokenCharacter(name, line=_line(data, why.start)) from why
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as why:
        raise WrongEncoding(name) from why


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _text_rows(text: str, name: str) -> Iterator[NumberedRow]:
    number, width, lines = 0, 3, 0
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        for number, fields in enumerate(reader, start=1):
            if number > _LAST_ROW:
                raise TooManyRows(name, limit=MAX_ROWS)
            lines = reader.line_num
            if not any(fields):
                continue
            width = max(width, len(fields))
            if any(_swallowed(field, width) for field in fields if "\n" in field):
                raise BrokenQuote(name, row=number)
            yield number, [unguarded(field) for field in fields]
    except csv.Error as why:
        huge = "limit" in str(why) and reader.line_num - lines <= _LONGEST_CELL
        raise (HugeField if huge else BrokenQuote)(name, row=number + 1) from why


def _swallowed(field: str, width: int) -> bool:
    """A cell of many lines, or with a whole row in it: a quotation mark was not closed."""
    lines = field.splitlines()
    return len(lines) > _LONGEST_CELL or any(line.count(",") >= width - 1 for line in lines)
