"""Sheets as the rest of the intake sees them: numbered rows of cells, whatever file they came from.

Rows keep the number that a person sees in the spreadsheet program. Nothing here knows what the
columns mean.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Final

from wuye_tui.intake.errors import TooManyCells, TooManyColumns, TooManyRows
from wuye_tui.intake.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

Cell = str | int | float | bool | date | time | timedelta
"""What a spreadsheet holds in one place; a blank is an empty string."""
NumberedRow = tuple[int, list[Cell]]
"""A row's number from 1, as a person sees it, and its cells from the first column on."""
Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range: row and column from 0."""


UNRECKONED: Final = "=?"
"""What stands for the result of a formula that nobody reckoned; no cell that matters may be it."""


@dataclass(frozen=True)
class Sheet:
    """The filled rows of one sheet, in order. `lent` are, by row number, the columns whose value
    stands further up: in the first cell of a merged range that comes down to this row.
    """

    name: str
    rows: Sequence[NumberedRow]
    lent: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows)


def is_blank(cell: Cell) -> bool:
    """Whether a person sees nothing there."""
    return isinstance(cell, str) and (not cell or cell.isspace())


def filled(rows: Iterable[NumberedRow], name: str) -> Iterator[NumberedRow]:
    """The rows in which something stands. Raises TooManyRows and TooManyColumns."""
    count = 0
    for number, cells in rows:
        for cell in cells:
            if not isinstance(cell, str) or (cell and not cell.isspace()):
                break
        else:
            continue
        count += 1
        if count > MAX_ROWS:
            raise TooManyRows(name, limit=MAX_ROWS)
        if len(cells) > MAX_COLUMNS and not all(map(is_blank, cells[MAX_COLUMNS:])):
            raise TooManyColumns(name, limit=MAX_COLUMNS)
        yield number, cells


def unreckoned(rows: Iterable[NumberedRow], places: Collection[tuple[int, int]]) -> None:
    """Marks blank cells in which formulas stand. Row numbers from 1, columns from 0."""
    by_row: dict[int, list[int]] = {}
    for number, column in places:
        by_row.setdefault(number, []).append(column)
    for number, cells in rows:
        for column in by_row.get(number, ()):
            cells.extend([""] * (column + 1 - len(cells)))
            if is_blank(cells[column]):
                cells[column] = UNRECKONED


def merged(sheet: str, rows: list[NumberedRow], merges: Iterable[Merge], name: str) -> Sheet:
    """The sheet with every range that was merged downwards filled in each of its rows.

    Rows in which nothing else stands stay out. Raises TooManyCells for ranges without end.
    """
    down = [(first, last) for first, last in merges if last[0] > first[0]]
    if not down:
        return Sheet(sheet, rows)
    if sum(last[0] - first[0] for first, last in down) > MAX_CELLS:
        raise TooManyCells(name, limit=MAX_CELLS)
    there = dict(rows)
    lent: dict[int, set[int]] = {}
    for (top, column), (bottom, _right) in down:
        above = there.get(top + 1, [])
        if column >= len(above) or is_blank(above[column]):
            continue
        for number in range(top + 2, bottom + 2):
            cells = there.get(number)
            if cells is None:
                continue
            cells.extend([""] * (column + 1 - len(cells)))
            if is_blank(cells[column]):
                cells[column] = above[column]
                lent.setdefault(number, set()).add(column)
    return Sheet(sheet, rows, {number: frozenset(columns) for number, columns in lent.items()})
