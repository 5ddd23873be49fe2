"""What a file holds: good rows, bad rows, and what was passed over or taken only in part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from wuye_tui.intake.grid import Cell
from wuye_tui.intake.lines import BadRow
from wuye_tui.intake.opening import OpeningRow, TotalRow
from wuye_tui.intake.readings import ReadingRow
from wuye_tui.intake.rows import EntryRow, PersonRow, StaffRow, TariffRow, UnitRow

AnyRow = UnitRow | PersonRow | StaffRow | TariffRow | EntryRow | ReadingRow | OpeningRow
Row = TypeVar("Row", bound=AnyRow, covariant=True)


@dataclass(frozen=True)
class Intake(Generic[Row]):
    """What a file holds. `columns` maps each understood field to its name in the file; `used` are
    the field and the name of every column that was read, those of further people in a row, too.

    `unknown_columns` were left alone. `notes` are the numbers of remark and total rows passed over,
    `repeated` of those that say what a row above them has said. `told` is what was taken only in
    part. `originals` are the cells of every row by its number, as they stand in the file.

    `rooms` are those of rows whose own cell does not say all of it: a title names the building.

    `totals` are the rows of totals of a list of opening balances.

    `sheet` is the one that was read, `other_sheets` are those that could have been, `building` is
    the title from which rooms have theirs.
    """

    noun: str
    name: str
    columns: Mapping[str, str]
    good: tuple[Row, ...]
    bad: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]
    notes: tuple[int, ...]
    repeated: tuple[int, ...]
    told: tuple[BadRow, ...]
    header: tuple[str, ...]
    header_row: int
    originals: Mapping[int, list[Cell]]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    building: str = ""
    rooms: Mapping[int, str] = field(default_factory=dict)
    used: tuple[tuple[str, str], ...] = ()
    totals: tuple[TotalRow, ...] = ()

    def refusing(self, more: Iterable[BadRow]) -> "Intake[Row]":
        """The same with further bad rows, which are then good no longer; in the file's order."""
        added = tuple(more)
        numbers = {row.row_number for row in added}
        return replace(
            self,
            good=tuple(row for row in self.good if row.row_number not in numbers),
            bad=tuple(sorted(self.bad + added, key=lambda row: row.row_number)),
        )
