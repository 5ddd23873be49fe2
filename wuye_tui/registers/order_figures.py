"""Departmental orders counted: by department, by what they came from, by month (XX-4.3.7).

An order about a complaint of one of the staff is counted like every other: figures name nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.complaints import MONTHS
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.procedures import kind_of
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Matter

_matter, _clock = (table_of(kind).c for kind in (Matter, DeadlineRow))
_ORDERS = select(
    *(_matter[name] for name in ("id", "department", "parent", "opened", "closed", "outcome"))
).where(
    _matter.site == bindparam("site"),
    _matter.kind == ORDER.kind,
    _matter.state != "cancelled",
    _matter.opened >= bindparam("since"),
    _matter.opened < bindparam("until"),
)
_CLOCKS = (
    select(_clock.matter, _clock.due, _clock.ended)
    .join_from(
        table_of(DeadlineRow),
        table_of(Matter),
        and_(_matter.site == _clock.site, _matter.id == _clock.matter),
    )
    .where(
        _clock.site == bindparam("site"),
        _clock.void.is_(False),
        _clock.due.is_not(None),
        _matter.kind == ORDER.kind,
        _matter.opened >= bindparam("since"),
        _matter.opened < bindparam("until"),
    )
)


@dataclass
class Figures:
    """What orders came to, of those opened in a month and not cancelled: `taken` all of them;
    `done` and `unsolved` those that ended so; `closed` those struck through; `late` those of which
    a clock ran out.
    """

    taken: int = 0
    done: int = 0
    unsolved: int = 0
    closed: int = 0
    late: int = 0

    def count(self, row: Any, is_late: bool) -> None:
        """One order more."""
        self.taken += 1
        self.done += row.outcome == "done"
        self.unsolved += row.outcome == "unsolved"
        self.closed += row.closed is not None
        self.late += is_late


@dataclass(frozen=True)
class Statistics:
    """The figures of each department, cause or month, and of all."""

    month: Month
    by: str
    rows: Mapping[str, Figures]
    total: Figures

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        rows = [{self.by: code, **asdict(one)} for code, one in self.rows.items()]
        return {"month": str(self.month), "by": self.by, "rows": rows, "total": asdict(self.total)}


BY: Final[Mapping[str, Callable[[Any, Month], str]]] = {
    "department": lambda row, _month: str(row.department),
    "cause": lambda row, _month: kind_of(row.parent) if row.parent else "",
    "month": lambda _row, month: str(month),
}


def statistics(desk: Desk, month: Month, by: str = "department") -> Statistics:
    """The orders that were opened in a month, by one of `BY`; by month those of the twelve that end
    with it, in their order. The cause is the kind of matter that an order came from, "" for none.
    """
    first = month.later(1 - MONTHS) if by == "month" else month
    asked = {
        "site": desk.site,
        "since": first.bounds(desk.zone)[0],
        "until": month.bounds(desk.zone)[1],
    }
    with desk.read() as session:
        opened = session.connection().execute(_ORDERS, asked).all()
        clocks = session.connection().execute(_CLOCKS, asked).all()
    now = desk.now()
    late = {row.matter for row in clocks if _is_late(row.due, row.ended, now)}
    found: dict[str, Figures] = {}
    if by == "month":
        found = {str(first.later(n)): Figures() for n in range(MONTHS)}
    total = Figures()
    for row in opened:
        key = BY[by](row, month_of(desk.calendar.day_of(row.opened)))
        for figures in (found.setdefault(key, Figures()), total):
            figures.count(row, row.id in late)
    if by != "month":
        found = dict(sorted(found.items(), key=lambda pair: (-pair[1].taken, pair[0])))
    return Statistics(month, by, found, total)


def _is_late(due: datetime, ended: datetime | None, now: datetime) -> bool:
    return (ended or now) > due
