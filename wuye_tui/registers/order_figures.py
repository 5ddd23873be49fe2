"""Departmental orders counted: by department, by what they came from, by month (XX-4.3.7).

An order about a complaint of one of the staff is counted like every other: figures name nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.figures import MONTH, Statistics, grouped, span
from wuye_tui.rules.months import Month
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


BY: Final[Mapping[str, Callable[[Any], str]]] = {
    "department": lambda row: str(row.department),
    "cause": lambda row: kind_of(row.parent) if row.parent else "",
    MONTH: lambda _row: "",
}


def statistics(desk: Desk, month: Month, by: str = "department") -> Statistics[Figures]:
    """The orders that were opened in a month, by one of `BY`; by month those of the twelve that end
    with it, in their order. The cause is the kind of matter that an order came from, "" for none.
    """
    since, until = span(desk, month, by)
    asked = {"site": desk.site, "since": since, "until": until}
    with desk.read() as session:
        opened = session.connection().execute(_ORDERS, asked).all()
        clocks = session.connection().execute(_CLOCKS, asked).all()
    now = desk.now()
    late = {row.matter for row in clocks if _is_late(row.due, row.ended, now)}

    def count(figures: Figures, row: Any) -> None:
        figures.count(row, row.id in late)

    return grouped(desk, month, by, opened, Figures, BY[by], count)


def _is_late(due: datetime, ended: datetime | None, now: datetime) -> bool:
    return (ended or now) > due
