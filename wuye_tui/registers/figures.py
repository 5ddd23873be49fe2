"""Matters counted by one thing that is said of them, or by the twelve months that end with one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from wuye_tui.desk import Desk
from wuye_tui.rules.months import Month, month_of

F = TypeVar("F")  # what is counted of each: a dataclass of figures, `taken` the first
MONTH: Final = "month"
MONTHS: Final = 12
"""So many months stand beside each other."""


@dataclass(frozen=True)
class Statistics(Generic[F]):
    """The figures of each department, cause or month, and of all."""

    month: Month
    by: str
    rows: Mapping[str, F]  # by code; "" where there is none
    total: F

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        rows = [{self.by: code, **told(one)} for code, one in self.rows.items()]
        return {"month": str(self.month), "by": self.by, "rows": rows, "total": told(self.total)}


def span(desk: Desk, month: Month, by: str) -> tuple[datetime, datetime]:
    """From when to when what is counted was opened."""
    return _first(month, by).bounds(desk.zone)[0], month.bounds(desk.zone)[1]


def grouped(
    desk: Desk,
    month: Month,
    by: str,
    rows: Iterable[Any],
    new: Callable[[], F],
    code: Callable[[Any], str],
    count: Callable[[F, Any], None],
) -> Statistics[F]:
    """Counts rows that were `opened` at a moment by the `code` of each, the most first; by month in
    the months' order, those without any too.
    """
    found: dict[str, F] = {}
    if by == MONTH:
        found = {str(_first(month, by).later(n)): new() for n in range(MONTHS)}
    total = new()
    for row in rows:
        key = str(month_of(desk.calendar.day_of(row.opened))) if by == MONTH else code(row)
        for figures in (found.setdefault(key, new()), total):
            count(figures, row)
    if by != MONTH:
        found = dict(sorted(found.items(), key=lambda pair: (-_many(pair[1]), pair[0])))
    return Statistics(month, by, found, total)


def told(figures: Any) -> dict[str, int]:
    """Figures by their names."""
    return asdict(figures)


def _first(month: Month, by: str) -> Month:
    return month.later(1 - MONTHS) if by == MONTH else month


def _many(figures: Any) -> int:
    return int(figures.taken)
