"""Workbooks: .xlsx and .xls through their guards, then read by the fastest library there is.

What a file is goes by its first bytes, not by its name: systems write .xlsx files called .xls.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from wuye_tui.intake import biff, ole
from wuye_tui.intake.errors import Damaged, Encrypted, NoSheet
from wuye_tui.intake.grid import Sheet, filled, merged, unreckoned
from wuye_tui.intake.guard import Place, check_workbook


class Workbook:
    """An open workbook: the sheets that a person can see, each read when it is asked for."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises a FileRefused for whatever cannot be read safely."""
        self._name, self._unreckoned = name, frozenset[Place]()
        if data.startswith(ole.SIGNATURE):
            data = ole.wrapped(biff.checked(ole.workbook_stream(data, name), name))
        else:
            self._unreckoned = check_workbook(data, name)
        with _told(name):
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
            self._found = [
                at
                for at, sheet in enumerate(self._book.sheets_metadata)
                if sheet.typ == SheetTypeEnum.WorkSheet
                and sheet.visible == SheetVisibleEnum.Visible
            ]
        if not self._found:
            raise NoSheet(name)

    @property
    def names(self) -> Sequence[str]:
        """What the sheets are called, in the order of the workbook."""
        return [self._book.sheet_names[at] for at in self._found]

    def sheet(self, at: int) -> Sheet:
        """One of them. Raises a FileRefused."""
        with _told(self._name):
            found = self._book.get_sheet_by_index(self._found[at])
            rows = list(filled(enumerate(found.iter_rows(), start=1), self._name))
            unreckoned(rows, self._unreckoned)
            merges = found.merged_cell_ranges or []
        return merged(found.name, rows, merges, self._name)


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except PasswordError as why:
        raise Encrypted(name) from why
    except (CalamineError, ValueError, OverflowError) as why:
        raise Damaged(name) from why
