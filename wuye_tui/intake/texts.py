"""CSV files: UTF-8 with or without its mark, or GB18030; and what only calls itself a CSV.

Cells are parted by commas; some programs write semicolons or tabs instead.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import Final

from wuye_tui.intake.errors import (
    BrokenCharacter,
    BrokenQuote,
    HugeField,
    NullCharacter,
    ReallyWorkbook,
    TooManyRows,
    WebPage,
    WrongEncoding,
)
from wuye_tui.intake.grid import NumberedRow
from wuye_tui.intake.limits import MAX_ROWS, MIB
from wuye_tui.rules.formulas import unguarded

_LAST_ROW: Final = 1_048_576  # the last row that spreadsheet programs show
_LONGEST_CELL: Final = 20  # lines
_SAMPLE: Final = 20  # characters of other alphabets; GB18030 never passes for UTF-8 so long
_PARTS: Final = (",", ";", "\t")
_BEGINNING: Final = 1 << 16  # characters
_FIRST: Final = 20  # lines
_NEW_LINE: Final = re.compile(rb"[\r\n]")


def text_rows(data: bytes, name: str) -> Iterator[NumberedRow]:
    """The rows of a CSV file. Raises a FileRefused, at once or while rows are taken."""
    return _rows(_decode(data, name), name)


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


def _rows(text: str, name: str) -> Iterator[NumberedRow]:
    number, width, lines, between = 0, 3, 0, _between(text)
    reader = csv.reader(StringIO(text, newline=""), strict=True, delimiter=between)
    try:
        for number, fields in enumerate(reader, start=1):
            if number > _LAST_ROW:
                raise TooManyRows(name, limit=MAX_ROWS)
            lines = reader.line_num
            if not any(fields):
                continue
            width = max(width, len(fields))
            if any(_swallowed(field, width, between) for field in fields if "\n" in field):
                raise BrokenQuote(name, row=number)
            yield number, [unguarded(field) for field in fields]
    except csv.Error as why:
        huge = "limit" in str(why) and reader.line_num - lines <= _LONGEST_CELL
        raise (HugeField if huge else BrokenQuote)(name, row=number + 1) from why


def _between(text: str) -> str:
    """What parts the cells: whatever stands in most of the first lines, commas before others."""
    lines = [line for line in text[:_BEGINNING].splitlines() if line.strip()][:_FIRST]
    return max(_PARTS, key=lambda part: sum(part in line for line in lines))


def _swallowed(field: str, width: int, between: str) -> bool:
    """A cell of many lines, or with a whole row in it: a quotation mark was not closed."""
    lines = field.splitlines()
    return len(lines) > _LONGEST_CELL or any(line.count(between) >= width - 1 for line in lines)
