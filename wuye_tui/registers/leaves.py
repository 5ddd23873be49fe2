"""Leave: the days on which a roster has to do without somebody (ZB-4.4). Why somebody is away is
nobody's business but of those who plan: it lies apart from the record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.duty_rows import ONE_AT_A_TIME
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.roster_rights import require_for
from wuye_tui.rules.calendar import ONE_DAY
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.rights import Right
from wuye_tui.rules.roster_refusals import (
    LEAVE,
    LeaveOf,
    LeaveOverlaps,
    LeaveTurned,
    UnknownLeave,
    WhyNotSaid,
)
from wuye_tui.rules.rosters import Cell
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LeaveRow, Private
from wuye_tui.words import _

_leave, _private = (table_of(kind).c for kind in (LeaveRow, Private))
_OPEN = select(table_of(LeaveRow)).where(
    _leave.site == bindparam("site"), _leave.cancelled.is_(None)
)
_ONE = _OPEN.where(_leave.number == bindparam("number"))
_OVERLAPS = _OPEN.where(
    _leave.staff == bindparam("staff"),
    _leave.begins <= bindparam("ends"),
    _leave.ends >= bindparam("begins"),
)
_LISTED = (
    select(table_of(LeaveRow), _private.words)
    .join_from(
        table_of(LeaveRow),
        table_of(Private),
        (_private.site == _leave.site) & (_private.owner == _leave.number) & (_private.n == 0),
        isouter=True,
    )
    .where(_leave.site == bindparam("site"), _leave.ends >= bindparam("since"))
    .order_by(_leave.begins, _leave.staff)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True)
class OnLeave:
    """A leave as it is listed; `reason` is empty for whoever may not know it."""

    number: str
    staff: str
    name: str
    begins: date
    ends: date
    reason: str
    cancelled: bool

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number, "staff": self.staff, "name": self.name, "from": self.begins,
            "to": self.ends, "reason": self.reason, "cancelled": self.cancelled,
        }  # fmt: skip


def leave(act: Act, staff: str, begins: date, ends: date, reason: str) -> Result:
    """Writes a leave down, both days in it; `duties` of the result are those that are published
    and now without anybody. Raises NotAllowed, LeaveTurned, LeaveOverlaps and WhyNotSaid.
    """
    number = registry_of(act).on_roster(staff)
    require_for(act, number, _("给别人登记请假"))
    if ends < begins:
        raise LeaveTurned(begins, ends)
    said = clean(reason, Field.REASON)
    if not said:
        raise WhyNotSaid
    act.session.execute(ONE_AT_A_TIME, {"site": act.site})
    asked = {"site": act.site, "staff": number, "begins": begins, "ends": ends}
    there = act.session.connection().execute(_OVERLAPS, asked).first()
    if there is not None:
        name = staff_names(act.session, act.site)[number]
        raise LeaveOverlaps(name, there.number, there.begins, there.ends)
    made = act.number(LEAVE)
    act.insert(
        LeaveRow,
        {
            "number": made,
            "staff": number,
            "begins": begins,
            "ends": ends,
            "at": act.now,
            "by": act.by.number,
            "seal": act.whisper(made, 0, words=said),
        },
    )
    return _said(act, made, number, begins, ends)


def _said(act: Act, number: str, staff: str, begins: date, ends: date) -> Result:
    return {
        "number": number,
        "staff": staff,
        "from": begins.isoformat(),
        "to": ends.isoformat(),
        "duties": _planned(act.session, act.site, staff, begins, ends),
    }


def told(act: Act, number: str, begins: date, ends: date) -> Result:
    """The leave that somebody has for all of these days; empty where there is none. Raises
    NotAllowed.
    """
    asked = {"site": act.site, "staff": number, "begins": begins, "ends": ends}
    there = act.session.connection().execute(_OVERLAPS, asked).first()
    if there is None or there.begins > begins or there.ends < ends:
        return {}
    require_for(act, number, _("给别人登记请假"))
    return _said(act, there.number, number, begins, ends)


def days_left(act: Act, staff: str, begins: date, ends: date) -> date:
    """The first of these days for which somebody has no leave yet, where the leaves they have cover
    the days from the first on: a sick leave goes on. `begins` where none does.
    """
    asked = {"site": act.site, "staff": staff, "begins": begins, "ends": ends}
    first = begins
    for there in sorted(act.session.connection().execute(_OVERLAPS, asked)):
        if there.begins <= first <= there.ends < ends:
            first = there.ends + ONE_DAY
    return first


def cancel(act: Act, typed: str, staff: str = "") -> Result:
    """Takes a leave back: whoever it was is there. Raises UnknownLeave, NotAllowed, and LeaveOf
    where `staff` says somebody else.
    """
    asked = {"site": act.site, "number": typed.strip().upper()}
    found = act.session.connection().execute(_ONE, asked).one_or_none()
    if found is None:
        raise UnknownLeave(typed)
    require_for(act, found.staff, _("取消别人的请假"))
    if staff.strip() and registry_of(act).staff(staff) != found.staff:
        name = staff_names(act.session, act.site).get(found.staff, found.staff)
        raise LeaveOf(found.number, name, found.begins, found.ends)
    by = {"cancelled": act.now, "cancelled_by": act.by.number}
    act.update(LeaveRow, {"number": found.number, **by})
    days = {"from": found.begins.isoformat(), "to": found.ends.isoformat()}
    return {"number": found.number, "staff": found.staff, **days, "cancelled": True}


def list_leaves(desk: Desk, since: date, limit: int = 200) -> list[OnLeave]:
    """The leaves that end on a day or later. Why is told to those who plan, and of one's own."""
    plans = bool(desk.staff) and desk.actor().may(Right.ROSTER)
    with desk.read() as session:
        asked = {"site": desk.site, "since": since, "limit": limit}
        found = session.connection().execute(_LISTED, asked).all()
        names = staff_names(session, desk.site)
    return [
        OnLeave(
            one.number,
            one.staff,
            names.get(one.staff, one.staff),
            one.begins,
            one.ends,
            (one.words or "") if plans or one.staff == desk.staff else "",
            one.cancelled is not None,
        )
        for one in found
    ]


def still_planned(desk: Desk, staff: str) -> list[dict[str, str]]:
    """The published duties of somebody from today on, as a leave's result has them."""
    with desk.read() as session:
        today = desk.calendar.day_of(desk.now())
        return _planned(session, desk.site, staff, today, date.max)


def _planned(
    session: Session, site: str, staff: str, begins: date, ends: date
) -> list[dict[str, str]]:
    hit = duties_in(session, site, staff, begins, ends)
    return [{"kind": kind, **_plain(cell)} for kind, cell in hit]


def duties_in(
    session: Session, site: str, staff: str, begins: date, ends: date
) -> list[tuple[str, Cell]]:
    """The published duties of somebody from one day to another, each with its kind."""
    found: list[tuple[str, Cell]] = []
    for month in published_months(session, site, begins, ends):
        for kind, version in rows.of_month(session, site, month).items():
            cells = rows.cells_of(session, site, version.roster, begins, ends)
            found += [(kind, one) for one in cells if one.staff == staff]
    return sorted(found, key=lambda one: (one[1].day, one[1].shift))


def published_months(session: Session, site: str, begins: date, ends: date) -> Sequence[Month]:
    """The months of these days of which something is published; a leave may last for years."""
    first, last = str(month_of(begins)), str(month_of(ends))
    return [one for one in rows.months(session, site) if first <= str(one) <= last]


def _plain(cell: Cell) -> dict[str, str]:
    return {"day": cell.day.isoformat(), "shift": cell.shift, "post": cell.post}
