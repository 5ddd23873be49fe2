"""The supervisor's desk: the day's records checked and signed (BX-3.3), the night's slips
countersigned (BX-3.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import day_records, matters, routines, together
from wuye_tui.registers.queue import staff_names
from wuye_tui.rules.clock import parse_moment
from wuye_tui.rules.daychecks import DAYCHECK, OPENS
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.refusals import NoRight
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Matter, Private
from wuye_tui.words import _

_matter, _clock, _private = (table_of(kind).c for kind in (Matter, DeadlineRow, Private))
COUNTERSIGN = "countersign"
_UNSIGNED = (
    select(
        *(_matter[name] for name in ("number", "state", "unit", "place", "worker", "last")),
        _private.words,
        _clock.due,
    )
    .join_from(
        table_of(DeadlineRow),
        table_of(Matter),
        and_(_matter.site == _clock.site, _matter.id == _clock.matter),
    )
    .outerjoin(
        table_of(Private),
        and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
    )
    .where(
        _clock.site == bindparam("site"),
        _clock.ended.is_(None),
        _clock.name == COUNTERSIGN,
        _matter.closed.is_(None),
    )
    .order_by(_clock.due, _matter.number)
)


class NotYet(Refused):
    """The day has not come."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("{day} 还没有到，到了那天才能检查签字。").format(day=day.isoformat()), "BX-3.3"
        )


class NothingRecorded(Refused):
    """Nothing was recorded on that day, so there is nothing to sign."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("{day} 没有报修记录，不用检查签字。").format(day=day.isoformat()), "BX-3.3"
        )


class NothingToCountersign(Refused):
    """No slip of the night waits for the Engineering supervisor."""

    def __init__(self) -> None:
        super().__init__(_("没有等主管补签的单。"), "BX-3.1")


@dataclass(frozen=True)
class NightSlip:
    """A slip that a duty took and that waits for its countersignature."""

    number: str
    state_word: str
    where: str
    words: str
    taker: str
    due: datetime | None
    last: int

    def late(self, now: datetime) -> bool:
        """Whether it should have been signed by now."""
        return self.due is not None and self.due < now

    def as_dict(self, now: datetime) -> dict[str, Any]:
        """The slip as `wuye supervisor show --json` prints it; keys only ever grow."""
        return {
            "number": self.number,
            "unit": self.where,
            "worker": self.taker,
            "due_at": self.due,
            "late": self.late(now),
        }


def unsigned(desk: Desk) -> list[NightSlip]:
    """The slips that wait for a countersignature, the longest waiting first."""
    with desk.read() as session:
        rows = session.connection().execute(_UNSIGNED, {"site": desk.site}).all()
        names = staff_names(session, desk.site)
    return [
        NightSlip(
            row.number,
            REPAIR.state_word(row.state),
            row.unit or row.place or "",
            row.words or "",
            names.get(row.worker, row.worker),
            row.due,
            row.last,
        )
        for row in rows
    ]


def countersign(desk: Desk, numbers: Sequence[str] = (), key: str = "") -> Result:
    """Countersigns these slips, or all that wait, in one act. Raises NothingToCountersign, and
    whatever `together.take` raises; NoRight before anything is looked for.
    """
    row, who = REPAIR.rows_named(COUNTERSIGN)[0], desk.actor()
    if not who.may(row.who):
        raise NoRight(row, who.name, row.who)
    seen = {one.number: one.last for one in unsigned(desk)}
    if numbers:
        wanted = [number.strip().upper() for number in numbers]
        seen = {number: seen.get(number, 0) for number in wanted}
        for number, last in seen.items():
            if not last:  # not waiting: the step itself says why
                seen[number] = together.read(desk, [number]).seen[number]
    if not seen and not key:
        raise NothingToCountersign
    return desk.perform("repair.countersign", lambda act: _countersign(act, seen), key)


def _countersign(act: Act, seen: dict[str, int]) -> Result:
    if not seen:
        raise NothingToCountersign
    return together.take(act, seen, COUNTERSIGN)


def days_unsigned(desk: Desk) -> list[date]:
    """The days whose check is open and not signed, the oldest first, with today if it is not."""
    with desk.read() as session:
        return day_records.open_days(session, desk.site)


def sign(act: Act, day: date, note: str = "", seen: int | None = None) -> Result:
    """Signs the records of a day; opens its check where the clockwork has not yet.

    Raises NotYet, NothingRecorded, and whatever the step's row refuses.
    """
    number = str(open_check(act, day)["number"])
    return matters.take(act, number, "sign", seen=seen, note=note)


def open_check(act: Act, day: date) -> Result:
    """The check of a day, opened where the clockwork has not yet: its number. Raises NotYet,
    NothingRecorded, and NoRight for whoever may not sign it.
    """
    number = day_records.number_of(act.session, act.site, day)
    return {"number": number or _opened(act, day)}


def _opened(act: Act, day: date) -> str:
    calendar = act.calendar
    row = DAYCHECK.rows_named("sign")[0]
    if not act.by.may(row.who):
        raise NoRight(row, act.by.name, row.who)
    if day > calendar.day_of(act.now):
        raise NotYet(day)
    begun = day_records.first_of(act.session, act.site, calendar, day, act.now)
    if begun is None:
        raise NothingRecorded(day)
    happened = min(act.now, max(calendar.moment(day, OPENS), begun))
    done = routines.open_one(act, routines.check_opening(day, happened))
    return str(done["number"]) if done else day_records.number_of(act.session, act.site, day)


def first_day(desk: Desk, typed: str) -> date:
    """The day that is looked at and signed: the one that was typed, otherwise the first that is not
    signed yet, and today where all are. Raises UsageError.
    """
    return day_of(desk, typed) if typed else next(iter(days_unsigned(desk)), day_of(desk, ""))


def day_of(desk: Desk, typed: str) -> date:
    """The day that is meant; today where nothing was said. Raises UsageError."""
    today = desk.calendar.day_of(desk.now())
    if not typed:
        return today
    return desk.calendar.day_of(parse_moment(typed, desk.zone, today, opens=OPENS))
