"""What people would like of a roster (KF-5, ZB-3.6): written down, taken back, heard or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.roster_rights import require_for
from wuye_tui.registers.rosters_asked import is_planned
from wuye_tui.registers.rosters_had import readable
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_refusals import NoSuchShift, NoWish, WishTooLate
from wuye_tui.rules.roster_wishes import is_heard
from wuye_tui.rules.rosters import Cell, RosterKind, Wish
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import RosterWish
from wuye_tui.words import _

_wish = table_of(RosterWish).c
_WISHED = (
    select(table_of(RosterWish))
    .where(_wish.site == bindparam("site"), _wish.day >= bindparam("since"))
    .order_by(_wish.day, _wish.staff, _wish.shift)
)


@dataclass(frozen=True)
class Wished:
    """A wish as it is listed; `heard` is None while nothing is published that could hear it."""

    wish: Wish
    name: str
    heard: bool | None
    words: tuple[str, ...] = ()  # of the shift, in the kinds that somebody is planned by

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {**self.wish._asdict(), "name": self.name, "heard": self.heard}


def wish(
    act: Act, staff: str, day: date, shift: str = "", want: bool = False, weight: int = 1
) -> Result:
    """Writes down what somebody would like on a day: to be off, or not to have a shift; with `want`
    to have it. Raises NotAllowed, WishTooLate, and NoSuchShift for one that none of the rosters has
    that somebody is planned by.
    """
    number = registry_of(act).staff(staff)
    require_for(act, number, _("替别人提愿望"))
    if day <= act.calendar.day_of(act.now):
        raise WishTooLate(day)
    code = _shift(act, number, shift) if shift.strip() else ""
    columns = {"staff": number, "day": day, "shift": code, "off": not want, "weight": weight}
    act.upsert(RosterWish, {**columns, "at": act.now, "by": act.by.number})
    return {**columns, "day": day.isoformat()}


def unwish(act: Act, staff: str, day: date, shift: str = "") -> Result:
    """Takes back whatever somebody wished for a day, or what they wished of one shift. Raises
    NotAllowed, NoSuchShift, and NoWish where there is nothing to take back.
    """
    number = registry_of(act).staff(staff)
    require_for(act, number, _("替别人提愿望"))
    code = _shift(act, number, shift) if shift.strip() else None
    found = _wishes(act.session, act.site, day)
    theirs = [
        one for one in found if (one.staff, one.day) == (number, day) and code in (None, one.shift)
    ]
    if not theirs:
        raise NoWish(staff_names(act.session, act.site)[number], day)
    act.delete(RosterWish, *({"staff": number, "day": day, "shift": w.shift} for w in theirs))
    return {"staff": number, "day": day.isoformat(), "gone": len(theirs)}


def _shift(act: Act, staff: str, typed: str) -> str:
    """The code of a shift of the rosters that somebody is planned by; of any, where by none."""
    kinds = list(readable(act.reference))
    own = [one for one in kinds if is_planned(act.session, act.site, one, staff)]
    known = [one for kind in own or kinds for one in kind.shifts]
    asked = typed.strip()
    code = next((one.code for one in known if asked in (one.code, one.word, _(one.word))), "")
    if not code:
        raise NoSuchShift(typed, dict.fromkeys(known))
    return code


def list_wishes(desk: Desk, since: date) -> list[Wished]:
    """What was wished for a day and those after it, and whether what is published hears it."""
    with desk.read() as session:
        site, names = desk.site, staff_names(session, desk.site)
        found = _wishes(session, site, since)
        planned: dict[Month, list[tuple[RosterKind, Sequence[Cell]]]] = {}
        kinds = {one.code: one for one in readable(desk.reference)}
        for month in {month_of(one.day) for one in found}:
            planned[month] = [
                (kinds[code], rows.cells_of(session, site, version.roster))
                for code, version in rows.of_month(session, site, month).items()
                if code in kinds
            ]
        people = {one.staff for one in found}
        theirs = {
            (staff, kind.code)
            for staff in people
            for kind in kinds.values()
            if is_planned(session, site, kind, staff)
        }
        theirs |= {
            (cell.staff, kind.code)
            for each in planned.values()
            for kind, cells in each
            for cell in cells
            if cell.staff in people  # by a swap, or as a stand-in
        }
    listed = list[Wished]()
    for one in found:
        wish = Wish(one.staff, one.day, one.shift, one.off, one.weight)
        heard = [
            is_heard(kind, wish, cells)
            for kind, cells in planned[month_of(one.day)]
            if (one.staff, kind.code) in theirs
            and wish.shift in ("", *(s.code for s in kind.shifts))
        ]
        told = (all(heard) if wish.off else any(heard)) if heard else None
        words = dict.fromkeys(
            shift.word
            for kind in kinds.values()
            for shift in kind.shifts
            if shift.code == wish.shift and (one.staff, kind.code) in theirs
        )
        listed.append(Wished(wish, names.get(one.staff, one.staff), told, tuple(words)))
    return listed


def _wishes(session: Session, site: str, since: date) -> Sequence[Any]:
    return session.connection().execute(_WISHED, {"site": site, "since": since}).all()
