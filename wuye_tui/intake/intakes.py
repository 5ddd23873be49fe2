"""What a file holds, gathered row by row: good rows, bad rows, and what was passed over."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from wuye_tui.intake.files import Cell, is_blank
from wuye_tui.intake.layouts import Header
from wuye_tui.intake.lines import BadRow, Line
from wuye_tui.intake.reasons import Repeated
from wuye_tui.intake.rows import EntryRow, PersonRow, StaffRow, TariffRow, UnitRow
from wuye_tui.words import _

AnyRow = UnitRow | PersonRow | StaffRow | TariffRow | EntryRow
Row = TypeVar("Row", bound=AnyRow, covariant=True)


@dataclass(frozen=True)
class Intake(Generic[Row]):
    """What a file holds. `columns` maps each understood field to its name in the file.

    `unknown_columns` were left alone, `notes` are the numbers of remark and total rows passed over,
    `originals` the cells of every row by its number, as they stand in the file.
    """

    noun: str
    name: str
    columns: Mapping[str, str]
    good: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]
    notes: tuple[int, ...]
    header: tuple[str, ...]
    originals: Mapping[int, list[Cell]]

    def refusing(self, more: Iterable[BadRow]) -> "Intake[Row]":
        """The same with further bad rows, which are then good no longer; in the file's order."""
        added = tuple(more)
        numbers = {row.row_number for row in added}
        return replace(
            self,
            good=tuple(row for row in self.good if row.row_number not in numbers),
            bad=tuple(sorted(self.bad + added, key=lambda row: row.row_number)),
        )


_NOTE: Final = re.compile(
    r"(?:备注|附注|说明|注|合计|总计|小计|共计|统计|制表|填表|审核)(?:人|日期|时间)?(?:[\s:：].*)?",
    re.DOTALL,
)
_SAME: Final[Mapping[str, tuple[str, Callable[[Any], Hashable]]]] = {
    "units": ("room", lambda row: row.label),
    "people": ("name", lambda row: (row.unit, row.name, row.phone)),
    "staff": ("number", lambda row: row.number),
    "tariff": ("code", lambda row: row.code),
    "directory": ("name", lambda row: row.name),
}
"""What may stand in a file only once, and in which field a repetition is shown."""


class Reading:
    """A file while it is read, row by row."""

    def __init__(self, noun: str, header: Header, make: Callable[[Line], AnyRow | None]) -> None:
        self._noun, self._header, self._make = noun, header, make
        self._field, self._identity = _SAME[noun]
        self._seen: dict[Hashable, int] = {}
        self._nameless = [at for at, word in enumerate(header.words) if not word]
        self._filled: set[int] = set()
        self._good: list[AnyRow] = []
        self._bad: list[BadRow] = []
        self._notes: list[int] = []
        self.originals: dict[int, list[Cell]] = {}

    def take(self, number: int, values: list[Cell]) -> None:
        """Reads one row."""
        first = next(value for value in values if not is_blank(value))
        if isinstance(first, str) and _NOTE.fullmatch(first.strip()):
            self._notes.append(number)
            return
        self.originals[number] = values
        if self._nameless or len(values) > len(self._header.words):
            outside = chain(self._nameless, range(len(self._header.words), len(values)))
            there = (at for at in outside if at < len(values))
            self._filled.update(at for at in there if not is_blank(values[at]))
        line = Line(number, self._header, values)
        row = self._make(line)
        if row is not None and not line.bad:
            before = self._seen.setdefault(self._identity(row), number)
            if before != number:
                line.refuse(self._field, Repeated(before))
        self._bad += line.bad
        if row is not None and not line.bad:
            self._good.append(row)

    def intake(self, name: str) -> Intake[AnyRow]:
        """What was read."""
        nameless = (
            _("第 {column} 列(没有列名)").format(column=at + 1) for at in sorted(self._filled)
        )
        return Intake(
            self._noun,
            name,
            {field: self._header.word(field) for field in self._header.places},
            tuple(self._good),
            tuple(self._bad),
            (*self._header.unknown, *nameless),
            tuple(self._notes),
            self._header.words,
            self.originals,
        )
