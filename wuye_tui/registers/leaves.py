"""Leave and wishes: what a roster heeds of people (ZB-4.4). Why somebody is away is nobody's
business but of those who plan: it lies apart from the record.
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
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.rights import Right
from wuye_tui.rules.roster_refusals import (
    LEAVE,
    LeaveOverlaps,
    LeaveTurned,
    NoSuchShift,
    UnknownLeave,
    WhyNotSaid,
    WishTooLate,
)
from wuye_tui.rules.rosters import Cell
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LeaveRow, Private, RosterWish
from wuye_tui.words import _

_leave, _wish, _private = (table_of(kind).c for kind in (LeaveRow, RosterWish, Private))
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
_WISHED = (
    select(table_of(RosterWish))
    .where(_wish.site == bindparam("site"), _wish.day >= bindparam("since"))
    .order_by(_wish.day, _wish.staff, _wish.shift)
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
    number = registry_of(act).staff(staff)
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
    hit = duties_in(act.session, act.site, staff, begins, ends)
    return {
        "number": number,
        "staff": staff,
        "from": begins.isoformat(),
        "to": ends.isoformat(),
        "duties": [{"kind": kind, **_plain(cell)} for kind, cell in hit],
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


def cancel(act: Act, typed: str) -> Result:
    """Takes a leave back: whoever it was is there. Raises UnknownLeave and NotAllowed."""
    asked = {"site": act.site, "number": typed.strip().upper()}
    found = act.session.connection().execute(_ONE, asked).one_or_none()
    if found is None:
        raise UnknownLeave(typed)
    require_for(act, found.staff, _("取消别人的请假"))
    by = {"cancelled": act.now, "cancelled_by": act.by.number}
    act.update(LeaveRow, {"number": found.number, **by})
    return {"number": found.number, "staff": found.staff, "cancelled": True}


def wish(
    act: Act, staff: str, day: date, shift: str = "", want: bool = False, weight: int = 1
) -> Result:
    """Writes down what somebody would like on a day: to be off, or not to have a shift; with `want`
    to have it. Raises NotAllowed, WishTooLate and NoSuchShift.
    """
    number = registry_of(act).staff(staff)
    require_for(act, number, _("替别人提愿望"))
    if day <= act.calendar.day_of(act.now):
        raise WishTooLate(day)
    known = [one for kind in act.reference.rosters.values() for one in kind.shifts]
    code = next((one.code for one in known if shift.strip() in (one.code, one.word)), "")
    if shift.strip() and not code:
        raise NoSuchShift(shift, known)
    columns = {"staff": number, "day": day, "shift": code, "off": not want, "weight": weight}
    act.upsert(RosterWish, {**columns, "at": act.now, "by": act.by.number})
    return {**columns, "day": day.isoformat()}


def unwish(act: Act, staff: str, day: date) -> Result:
    """Takes back whatever somebody wished for a day."""
    number = registry_of(act).staff(staff)
    require_for(act, number, _("替别人提愿望"))
    found = _wishes(act.session, act.site, day)
    theirs = [one for one in found if (one.staff, one.day) == (number, day)]
    act.delete(RosterWish, *({"staff": number, "day": day, "shift": w.shift} for w in theirs))
    return {"staff": number, "day": day.isoformat(), "gone": len(theirs)}


def list_wishes(desk: Desk, since: date) -> list[Any]:
    """What was wished for a day and those after it: rows of `roster_wish`."""
    with desk.read() as session:
        return list(_wishes(session, desk.site, since))


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


def _wishes(session: Session, site: str, since: date) -> Sequence[Any]:
    return session.connection().execute(_WISHED, {"site": site, "since": since}).all()


def _plain(cell: Cell) -> dict[str, str]:
    return {"day": cell.day.isoformat(), "shift": cell.shift, "post": cell.post}
