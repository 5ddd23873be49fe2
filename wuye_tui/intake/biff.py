"""The records of an .xls workbook, looked through before the library reads them.

The reader behind this guard reserves what a record boasts of (a million strings, the whole sheet),
copies a shared string for every cell that shows it, and gives up loudly over a record that is too
short. Here every record that it reads is measured, and what it reads without need is taken out of
its sight: sizes that are only promised, names, the text of formulas.
"""

import struct
from collections.abc import Iterator
from typing import Final

from wuye_tui.intake.errors import (
    Bomb,
    Damaged,
    Encrypted,
    NoResult,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    VeryOldWorkbook,
)
from wuye_tui.intake.limits import LAST_ROW, MAX_CELLS, MAX_COLUMNS, MAX_MEMBERS, MAX_ROWS

_BOF, _EOF, _CONTINUE, _FILEPASS, _SHEET, _SST = 0x809, 0x0A, 0x3C, 0x2F, 0x85, 0xFC
_NUMBER, _LABEL, _BOOL, _STRING, _RK, _MULRK = 0x203, 0x204, 0x205, 0x207, 0x27E, 0xBD
_LABELSST, _FORMULA, _MERGED, _RSTRING = 0xFD, 0x06, 0xE5, 0xD6
_PROMISES: Final = frozenset((0x200, 0x18, 0x17))  # sizes, defined names, other sheets
_OLDER: Final = frozenset((0x009, 0x209, 0x409))  # how files began before Excel 5
_NOTHING: Final = 0x7FFF
_LEAST: Final = {
    _NUMBER: 14, _LABEL: 9, _BOOL: 8, _RK: 10, _MULRK: 12, _LABELSST: 10, _FORMULA: 22, _STRING: 2,
    _RSTRING: 9, _SHEET: 9, _SST: 8, _MERGED: 2, 0x42: 2, 0x22: 2, 0x41E: 5, 0xE0: 4,
}  # fmt: skip
_CELLS: Final = frozenset((_NUMBER, _LABEL, _BOOL, _RK, _MULRK, _LABELSST, _FORMULA))
_BETWEEN: Final = frozenset((_STRING, 0x4BC, 0x221, 0x236))  # shared formulas, arrays, tables
MAX_TEXT: Final = 32 << 20
"""Characters in all the cells of a workbook together."""
_HEAD: Final = struct.Struct("<HH")
_PLACE: Final = struct.Struct("<HH")


def checked(stream: bytes, name: str) -> bytes:
    """The same records, harmless to read. Raises a FileRefused."""
    try:
        return _Walk(bytearray(stream), name).through()
    except (struct.error, IndexError) as why:
        raise Damaged(name) from why


class _Walk:
    """One way through all records, in the order in which they stand."""

    def __init__(self, stream: bytearray, name: str) -> None:
        self._stream, self._name = stream, name
        self._starts: set[int] = set()
        self._sheets: list[int] = []
        self._lengths: list[int] = []  # of the shared strings
        self._cells = self._text = 0
        self._row = self._first_row = -1
        self._columns = (MAX_COLUMNS, 0)
        self._area = 0
        self._awaited = ""  # the cell of a formula whose text has to come next

    def through(self) -> bytes:
        for kind, at, size in self._records():
            if size < _LEAST.get(kind, 0):
                raise Damaged(self._name)
            if self._awaited and kind not in _BETWEEN:
                raise NoResult(self._name, cell=self._awaited)
            if kind == _RSTRING:  # a text with fonts, which the reader would not see
                self._become(at, _LABEL)
                kind = _LABEL
            if kind in _CELLS:
                self._cell(kind, at, size)
            elif kind == _BOF:
                self._begin(at, size)
            elif kind == _EOF:
                self._end()
            elif kind in _PROMISES:
                self._hide(at)
            else:
                self._other(kind, at, size)
        self._end()
        wrong = not self._sheets or not self._starts.issuperset(self._sheets)
        if wrong or len(set(self._sheets)) != len(self._sheets):
            raise Damaged(self._name)
        return bytes(self._stream)

    def _records(self) -> Iterator[tuple[int, int, int]]:
        """Kind, place of the content, size; zeros behind the last one are filling."""
        stream, at, end = self._stream, 0, len(self._stream)
        unpack = _HEAD.unpack_from
        first, _size = unpack(stream)
        if first in _OLDER:
            raise VeryOldWorkbook(self._name)
        if first != _BOF:
            raise Damaged(self._name)
        while at + 4 <= end:
            kind, size = unpack(stream, at)
            if not kind and not size:
                if any(stream[at:]):
                    raise Damaged(self._name)
                return
            at += 4
            if at + size > end:
                raise Damaged(self._name)
            yield kind, at, size
            at += size

    def _begin(self, at: int, size: int) -> None:
        if size < 4:
            raise Damaged(self._name)
        if struct.unpack_from("<H", self._stream, at)[0] != 0x600:
            raise VeryOldWorkbook(self._name)
        self._starts.add(at - 4)

    def _end(self) -> None:
        """The end of a sheet, or of something within one: what it spans is counted."""
        if self._row >= 0:
            low, high = self._columns
            self._area += (self._row - self._first_row + 1) * (high - low + 1)
            if self._area > MAX_CELLS:
                raise TooManyCells(self._name, limit=MAX_CELLS)
        self._row = self._first_row = -1
        self._columns = (MAX_COLUMNS, 0)

    def _other(self, kind: int, at: int, size: int) -> None:
        if kind == _FILEPASS:
            raise Encrypted(self._name)
        if kind == _SHEET:
            self._sheets.append(struct.unpack_from("<I", self._stream, at)[0])
            if len(self._sheets) > MAX_MEMBERS:
                raise Bomb(self._name)
        elif kind == _SST:
            self._lengths = _Strings(self._stream, at, size).lengths()
            if len(self._lengths) > MAX_CELLS:
                raise TooManyCells(self._name, limit=MAX_CELLS)
        elif kind == _MERGED:
            count = struct.unpack_from("<H", self._stream, at)[0]
            self._count(count)
            if 2 + 8 * count > size:
                raise Damaged(self._name)
        elif kind == _STRING:
            self._awaited = ""
            self._written(at, size)

    def _cell(self, kind: int, at: int, size: int) -> None:
        stream = self._stream
        row, column = _PLACE.unpack_from(stream, at)
        last = column
        if kind == _MULRK:
            last = struct.unpack_from("<H", stream, at + size - 2)[0]
            if last < column or size != 6 + 6 * (last - column + 1):
                raise Damaged(self._name)
        elif kind == _LABELSST:
            which = struct.unpack_from("<I", stream, at + 6)[0]
            self._count_text(self._lengths[which])
        elif kind == _LABEL:
            self._written(at + 6, size - 6)
        elif kind == _FORMULA:
            self._formula(at, row, column)
        elif kind == _BOOL and stream[at + 7]:
            raise NoResult(self._name, cell=_called(row, column))
        self._count(last - column + 1)
        if row < self._row:  # the reader would lose cells that come late
            raise Damaged(self._name)
        if row >= LAST_ROW:
            raise TooManyRows(self._name, limit=MAX_ROWS)
        if last >= MAX_COLUMNS:
            raise TooManyColumns(self._name, limit=MAX_COLUMNS)
        self._first_row = row if self._first_row < 0 else self._first_row
        self._row = row
        low, high = self._columns
        if column < low or last > high:
            self._columns = (min(low, column), max(high, last))

    def _formula(self, at: int, row: int, column: int) -> None:
        """A formula becomes what it came to last; its own text is never read."""
        stream = self._stream
        if stream[at + 12 : at + 14] != b"\xff\xff":
            self._become(at, _NUMBER)
        elif stream[at + 6] == 0:  # a text, which the next record holds
            stream[at + 20 : at + 22] = b"\0\0"
            self._awaited = _called(row, column)
        elif stream[at + 6] == 1:
            stream[at + 6 : at + 8] = bytes((stream[at + 8], 0))
            self._become(at, _BOOL)
        elif stream[at + 6] == 2:
            raise NoResult(self._name, cell=_called(row, column))
        else:
            self._hide(at)

    def _written(self, at: int, size: int) -> None:
        """A text that stands in its own record must be there as long as it says."""
        if size < 3:
            raise Damaged(self._name)
        length, flag = struct.unpack_from("<HB", self._stream, at)
        if 3 + length * (1 + (flag & 1)) > size:
            raise Damaged(self._name)
        self._count_text(length)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise TooManyCells(self._name, limit=MAX_CELLS)

    def _count_text(self, length: int) -> None:
        self._text += length
        if self._text > MAX_TEXT:
            raise Bomb(self._name)

    def _become(self, at: int, kind: int) -> None:
        self._stream[at - 4 : at - 2] = kind.to_bytes(2, "little")

    def _hide(self, at: int) -> None:
        self._become(at, _NOTHING)


class _Strings:
    """The shared strings: one record and those that continue it, cut anywhere, even in a word."""

    def __init__(self, stream: bytearray, at: int, size: int) -> None:
        self._stream = stream
        self._at, self._end = at + 8, at + size
        self._promised = struct.unpack_from("<i", stream, at + 4)[0]

    def lengths(self) -> list[int]:
        """Of each string its characters; IndexError where fewer stand there than promised."""
        if self._promised < 0:
            raise IndexError
        return [self._one() for _ in range(self._promised)]

    def _one(self) -> int:
        if self._at == self._end:
            self._next()
        if self._end - self._at < 3:
            raise IndexError
        length, flags = struct.unpack_from("<HB", self._stream, self._at)
        at = self._at + 3
        runs = extra = 0
        if flags & 8:
            runs = struct.unpack_from("<H", self._stream, at)[0]
            at += 2
        if flags & 4:
            extra = struct.unpack_from("<i", self._stream, at)[0]
            at += 4
        if at > self._end or extra < 0:
            raise IndexError
        self._at = at
        self._characters(length, 1 + (flags & 1))
        self._skip(4 * runs + extra)
        return int(length)

    def _characters(self, left: int, each: int) -> None:
        while left:
            here = min(left, (self._end - self._at) // each)
            self._at += here * each
            left -= here
            if left:
                self._next()
                each = 1 + (self._stream[self._at] & 1)
                self._at += 1

    def _skip(self, left: int) -> None:
        while left > self._end - self._at:
            left -= self._end - self._at
            self._next()
        self._at += left

    def _next(self) -> None:
        kind, size = _HEAD.unpack_from(self._stream, self._end)
        if kind != _CONTINUE or not size:
            raise IndexError
        self._at = self._end + 4
        self._end = self._at + size
        if self._end > len(self._stream):
            raise IndexError


def _called(row: int, column: int) -> str:
    high, low = divmod(column, 26)
    return f"{chr(64 + high) if high else ''}{chr(65 + low)}{row + 1}"
