"""A file that came in, as sheets: .xlsx and .xls through their guards, .csv in UTF-8 or GB18030."""

from collections.abc import Iterator, Sequence
from os.path import isfile
from pathlib import Path
from typing import Final, Protocol

from wuye_tui.intake.errors import EmptyFile, NoFile, TooBig, Unreadable, WrongEnding
from wuye_tui.intake.grid import NumberedRow, Sheet, filled
from wuye_tui.intake.limits import MAX_FILE, MIB
from wuye_tui.intake.texts import text_rows
from wuye_tui.intake.workbooks import Workbook

_ENDINGS: Final = (".xlsx", ".xls", ".xlsm", ".csv")


class Book(Protocol):
    """A file's sheets that a person can see; a CSV has one without a name."""

    @property
    def names(self) -> Sequence[str]: ...
    def sheet(self, at: int) -> Sheet: ...


class _Text:
    """A CSV file as a book of one sheet."""

    names: Sequence[str] = ("",)

    def __init__(self, data: bytes, name: str) -> None:
        self._sheet = Sheet("", list(filled(text_rows(data, name), name)))

    def sheet(self, at: int) -> Sheet:
        return (self._sheet,)[at]


def open_book(path: Path) -> Book:
    """The file's sheets. Raises a FileRefused for whatever cannot be read."""
    data = _read(path)
    return (_Text if path.suffix.lower() == ".csv" else Workbook)(data, path.name)


def open_sheet(path: Path) -> Iterator[NumberedRow]:
    """The filled rows of the first sheet. Raises a FileRefused; EmptyFile where there are none."""
    first = open_book(path).sheet(0)
    if not first:
        raise EmptyFile(path.name)
    return iter(first.rows)


def _read(path: Path) -> bytes:
    if path.suffix.lower() not in _ENDINGS:
        raise WrongEnding(path.name) if isfile(path) else NoFile(path.name)  # noqa: PTH113
    try:
        if not isfile(path):  # noqa: PTH113 - the other raises for names too long
            raise NoFile(path.name)
        if path.stat().st_size > MAX_FILE:
            raise TooBig(path.name, mib=MAX_FILE // MIB)
        data = path.read_bytes()
    except (OSError, ValueError) as why:
        raise Unreadable(path.name) from why
    if not data:
        raise EmptyFile(path.name)
    return data
