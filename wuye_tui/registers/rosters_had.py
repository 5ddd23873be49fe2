"""What people have besides the month that is drawn up (KF-5, ZB-3.6): the days next to it, shifts
by other kinds, and what they had in the months before.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session

from wuye_tui.reference import BadReference, Reference
from wuye_tui.registers.roster_rows import cells_of, latest
from wuye_tui.registers.source import Source
from wuye_tui.rules.holidays import is_holiday
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Busy, Cell, Past, RosterKind
from wuye_tui.words import _, beside

REACH: Final = timedelta(days=7)
"""So far beyond the month what somebody has by other kinds still counts: its weeks, its rest."""
MONTHS: Final = 12  # over which nights, weekends and holidays are shared out


def near(session: Session, site: str, code: str, month: Month) -> Sequence[Cell]:
    """What of the month next to the one that is asked for is published."""
    version = latest(session, site, code, month)
    return cells_of(session, site, version.roster) if version else []


def busy(
    session: Session, source: Source, kind: RosterKind, month: Month, numbers: set[str]
) -> Sequence[Busy]:
    """What these people have by the other kinds; of those that are held beside one's work, or
    beside which this one is held, what matters at night.
    """
    found = list[Busy]()
    nights = any(one.night for one in kind.shifts) and not kind.alongside
    for other in _others(source, kind):
        is_beside = kind.alongside or other.alongside
        shifts = {one.code: one for one in other.shifts}
        for cell in _around(session, source.site, other.code, month):
            shift = shifts.get(cell.shift)
            if shift is None or cell.staff not in numbers:
                continue
            night = shift.night and not other.alongside
            if is_beside and not night and not nights:
                continue
            words = beside(_(other.word), _(shift.word))
            begins, ends = shift.span(cell.day)
            minutes = 0 if is_beside else shift.counted
            found.append(
                Busy(cell.staff, begins, ends, minutes, words, night, is_beside, other.limits.rest)
            )
    return found


def _others(source: Source, kind: RosterKind) -> Iterator[RosterKind]:
    """The other kinds. One whose file cannot be read is in nobody's way but its own: `unread` names
    it.
    """
    return (one for one in readable(source.reference) if one.code != kind.code)


def readable(reference: Reference) -> Iterator[RosterKind]:
    """Every kind whose file can be read."""
    for code in reference.rosters:
        with suppress(BadReference):
            yield reference.rosters[code]


def unread(reference: Reference, kind: RosterKind) -> list[BadReference]:
    """Why other kinds' files cannot be read: what people have by them is not known."""
    found = list[BadReference]()
    for code in reference.rosters:
        try:
            reference.rosters[code]
        except BadReference as wrong:
            if code != kind.code:
                found.append(wrong)
    return found


def _around(session: Session, site: str, code: str, month: Month) -> Sequence[Cell]:
    """What is published of a month, and of the days of the two beside it that reach into it."""
    first, last = month.last_day.replace(day=1) - REACH, month.last_day + REACH
    months = (month.before, month, month.later(1))
    cells = (one for each in months for one in near(session, site, code, each))
    return [one for one in cells if first <= one.day <= last]


def quarter(month: Month) -> list[Month]:
    """The months of its quarter up to this one."""
    return [month.later(-back) for back in range((month.month - 1) % 3 + 1)]


def past(session: Session, source: Source, kind: RosterKind, month: Month) -> dict[str, Past]:
    """Nights, and days on weekends and holidays, of a year back; minutes of the quarter's earlier
    months by every kind, which is what the law's average goes by.
    """
    calendar, site = source.reference.calendar, source.site
    shifts = {one.code: one for one in kind.shifts}
    nights, minutes = Counter[str](), _minutes(session, source, kind, month)
    weekends, holidays = set[tuple[str, date]](), set[tuple[str, date]]()
    for back in range(1, MONTHS + 1):
        version = latest(session, site, kind.code, month.later(-back))
        for cell in cells_of(session, site, version.roster) if version else ():
            shift = shifts.get(cell.shift)
            if shift is None:  # the office has given it up since
                continue
            nights[cell.staff] += shift.night
            off = is_holiday(calendar, cell.day)
            # Two shifts of a day are one day, as in the month itself.
            if off or cell.day.weekday() > 4:
                weekends.add((cell.staff, cell.day))
            if off:
                holidays.add((cell.staff, cell.day))
    on_weekends, on_holidays = (
        Counter(staff for staff, _day in days) for days in (weekends, holidays)
    )
    return {
        staff: Past(nights[staff], on_weekends[staff], on_holidays[staff], minutes[staff])
        for staff in nights  # who had nothing of it yet stands where the others are on average
    }


def _minutes(session: Session, source: Source, kind: RosterKind, month: Month) -> Counter[str]:
    """Minutes of the quarter's months before this one, by staff number."""
    found = Counter[str]()
    others = (one for one in _others(source, kind) if not (kind.alongside or one.alongside))
    for one in (kind, *others):
        shifts = {shift.code: shift for shift in one.shifts}
        for then in quarter(month):
            version = latest(session, source.site, one.code, then) if then != month else None
            for cell in cells_of(session, source.site, version.roster) if version else ():
                if cell.shift in shifts:
                    found[cell.staff] += shifts[cell.shift].counted
    return found
