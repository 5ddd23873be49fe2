"""What follows from what is asked: who may hold what, on which day, and what may follow what.

Days count from 0, the first of the month; those of the month before are below it. `opens` is the
first day that may still be changed: what was before it is known, and counts like the month before.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple

from wuye_tui.rules import labour
from wuye_tui.rules.dutyplans import LEVELS
from wuye_tui.rules.rosters import A_DAY, Asked, Busy, Hours, Need, Past, Person, Shift

_WEEK: Final = 7
_FAR: Final = 3  # days after which no shift is in the way of another, however long the rest


class Role(NamedTuple):
    """Places of a shift that the same people may hold: one for all its posts, where anybody may."""

    shift: str
    able: frozenset[str]


class Follow(NamedTuple):
    """A shift that may not come so many days after another; `rest` is minutes between, if it is
    the rest that says so, and -1 where it is the night before.
    """

    first: str
    then: str
    later: int
    rest: int


Needed = Mapping[tuple[int, Role], tuple[str, ...]]
"""By day and role the posts to be held, one for every head."""


class Facts:
    """Everything about one `Asked` that both the model and the words about it need."""

    def __init__(self, asked: Asked, *, stand_ins: bool = True) -> None:
        """Without `stand_ins` only the kind's own people are there."""
        self.asked, self.kind = asked, asked.kind
        self.days = asked.days
        self.people = {one.number: one for one in asked.people if stand_ins or not one.stand_in}
        self.shifts = {one.code: one for one in asked.kind.shifts}
        kept = asked.kept_until
        self.opens = 0 if kept is None else max(0, min(len(self.days), self.at(kept) + 1))
        self.places: Needed = self._places()

    def part(self, numbers: Iterable[str], places: Needed) -> "Facts":
        """The same for some of the people, who share out these places among themselves."""
        part = copy(self)
        part.people = {number: self.people[number] for number in numbers}
        part.places = places
        part.__dict__.pop("roles", None)
        return part

    # ---- days

    def at(self, day: date) -> int:
        """A day's number."""
        return (day - self.days[0]).days

    def day(self, at: int) -> date:
        """A number's day, also before the month."""
        return self.days[0] + timedelta(days=at)

    @property
    def open_days(self) -> range:
        """The days that may be changed."""
        return range(self.opens, len(self.days))

    @cached_property
    def weekends(self) -> frozenset[int]:
        """Saturdays, Sundays and holidays of the month."""
        return frozenset(n for n, day in enumerate(self.days) if self.asked.is_weekend(day))

    @cached_property
    def holidays(self) -> frozenset[int]:
        """The public holidays of the month."""
        return frozenset(n for n, day in enumerate(self.days) if self.asked.is_holiday(day))

    # ---- who

    def may_hold(self, person: Person, need: Need) -> bool:
        """Whether somebody has the level and every qualification that a need asks for."""
        lowest = self.kind.limits.level
        if lowest and person.level and LEVELS.find(person.level) > LEVELS.find(lowest):
            return False
        return person.qualifications.issuperset(need.qualifications)

    def able(self, need: Need) -> frozenset[str]:
        """The numbers of all who may hold it."""
        return frozenset(n for n, one in self.people.items() if self.may_hold(one, need))

    @cached_property
    def away(self) -> dict[str, frozenset[int]]:
        """On which days of the month each is on leave, not yet there, or gone."""
        gone = {number: set[int]() for number in self.people}
        for number, one in self.people.items():
            for at, day in enumerate(self.days):
                if (one.since and day < one.since) or (one.until and day > one.until):
                    gone[number].add(at)
        for leave in self.asked.leaves:
            if leave.staff in gone:
                first, last = self.at(leave.begins), self.at(leave.ends)
                gone[leave.staff].update(range(max(0, first), min(len(self.days) - 1, last) + 1))
        return {number: frozenset(days) for number, days in gone.items()}

    def is_new(self, number: str, at: int) -> bool:
        """Whether somebody is so new on a day that a partner is needed."""
        since, most = self.people[number].since, self.kind.partner_days
        return bool(most and since) and 0 <= (self.day(at) - (since or self.days[0])).days < most

    def is_barred(self, number: str, at: int, shift: str) -> bool:
        """Whether somebody never has this shift on this weekday."""
        weekday = self.day(at).weekday()
        return any(
            one.never
            and one.staff == number
            and weekday in one.weekdays
            and one.shift in ("", shift)
            for one in self.kind.fixed
        )

    # ---- what is needed

    def _places(self) -> Needed:
        able = {need: self.able(need) for need in self.kind.needs}
        found = dict[tuple[int, Role], tuple[str, ...]]()
        for at, day in enumerate(self.days):
            for need, heads in self.kind.heads(day, self.asked.is_holiday(day)):
                role = Role(need.shift, able[need])
                found[at, role] = found.get((at, role), ()) + (need.post,) * heads
        return found

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Every role of the month, in the order of the needs."""
        return tuple(dict.fromkeys(role for _at, role in self.places))

    def heads(self, at: int, role: Role) -> int:
        """How many a role needs on a day."""
        return len(self.places.get((at, role), ()))

    def may(self, number: str, at: int, role: Role) -> bool:
        """Whether somebody may have a place of a role on a day, looking at that day alone."""
        return (
            number in role.able
            and (at, role) in self.places
            and at not in self.away[number]
            and not self.is_barred(number, at, role.shift)
            and self.elsewhere(number, at, role.shift) is None
        )

    def elsewhere(self, number: str, at: int, shift: str) -> Busy | None:
        """What somebody has by another kind of roster at that time, or too near it."""
        begins, ends = self.shifts[shift].span(self.day(at))
        night = self.shifts[shift].night
        for one in self._busy.get(number, ()):
            if not one.is_in_the_way(self.kind, night):
                continue
            rest = timedelta(minutes=one.away(self.kind))
            apart = max(one.begins - ends, begins - one.ends)
            if apart < timedelta(0) or apart < rest:
                return one
        return None

    @cached_property
    def _busy(self) -> dict[str, list[Busy]]:
        found = dict[str, list[Busy]]()
        for one in self.asked.busy:
            found.setdefault(one.staff, []).append(one)
        return found

    @cached_property
    def busy(self) -> dict[str, dict[int, int]]:
        """By person and day the minutes that they work by other kinds of rosters."""
        found: dict[str, dict[int, int]] = {number: {} for number in self.people}
        for number, days in found.items():
            for one in self._busy.get(number, ()):
                at = self.at(one.begins.date())
                if not one.beside:
                    days[at] = days.get(at, 0) + one.minutes
        return found

    @cached_property
    def busy_nights(self) -> dict[str, frozenset[int]]:
        """By person the days of which they have the night by other kinds of rosters."""
        return {
            number: frozenset(
                self.at(one.begins.date()) for one in self._busy.get(number, ()) if one.night
            )
            for number in self.people
        }

    def fixed(self) -> Iterator[tuple[str, int, str]]:
        """Whom the rules give a shift on an open day, and which; "" is any."""
        needed = {(at, role.shift) for at, role in self.places}
        for one in self.kind.fixed:
            if one.never or one.staff not in self.people:
                continue
            for at in self.open_days:
                wanted = {one.shift} if one.shift else {shift for day, shift in needed if day == at}
                is_there = at not in self.away[one.staff]
                is_needed = any((at, shift) in needed for shift in wanted)
                if is_there and is_needed and self.day(at).weekday() in one.weekdays:
                    yield one.staff, at, one.shift

    # ---- what may follow what

    def goes_with(self, one: str, other: str) -> bool:
        """Whether the same person may hold both on a day."""
        first, second = self.shifts[one], self.shifts[other]
        return other in first.together or one in second.together

    @cached_property
    def has_together(self) -> bool:
        """Whether anybody may have more than one shift a day."""
        return any(shift.together for shift in self.kind.shifts)

    @cached_property
    def is_loose(self) -> bool:
        """Whether it is open on how many days anybody is there: two shifts may go together on a
        day, and neither of them has to.
        """
        shifts = self.kind.shifts
        return any(
            self.goes_with(one.code, other.code)
            and one.only_with != other.code
            and other.only_with != one.code
            for n, one in enumerate(shifts)
            for other in shifts[n + 1 :]
        )

    @cached_property
    def follows(self) -> tuple[Follow, ...]:
        """Every shift that may not come after another."""
        limits, found = self.kind.limits, list[Follow]()
        for first, then, later in product(self.kind.shifts, self.kind.shifts, range(1, _FAR + 1)):
            between = later * A_DAY + _minute(then) - _minute(first) - first.length
            if between < limits.rest:
                found.append(Follow(first.code, then.code, later, max(0, between)))
            if later == 1 and first.night and then.code in limits.after_night:
                found.append(Follow(first.code, then.code, later, -1))
        return tuple(found)

    @cached_property
    def known(self) -> dict[str, dict[int, frozenset[str]]]:
        """By person and day the shifts of the days before `opens`."""
        found: dict[str, dict[int, set[str]]] = {number: {} for number in self.people}
        kept = [cell for cell in self.asked.published if self.at(cell.day) < self.opens]
        for cell in [*self.asked.before, *kept]:
            if cell.staff in found and cell.shift in self.shifts:
                found[cell.staff].setdefault(self.at(cell.day), set()).add(cell.shift)
        return {
            number: {at: frozenset(shifts) for at, shifts in days.items()}
            for number, days in found.items()
        }

    @cached_property
    def ahead(self) -> dict[str, dict[int, frozenset[str]]]:
        """By person and day the shifts of the days after the month, where they are published."""
        found: dict[str, dict[int, frozenset[str]]] = {number: {} for number in self.people}
        for cell in self.asked.after:
            if cell.staff in found and cell.shift in self.shifts:
                days, at = found[cell.staff], self.at(cell.day)
                days[at] = days.get(at, frozenset()) | {cell.shift}
        return found

    # ---- how much

    def most_minutes(self, number: str) -> int:
        """Minutes that somebody may work in the month by law, what is left of the quarter too."""
        most = labour.most_minutes(self.kind.limits.hours, self.asked)
        if number in self.asked.past:
            left = labour.most_of_quarter(self.asked) - self.asked.past[number].minutes
            most = min(most, left)
        month = range(len(self.days))
        return max(0, most - sum(self.busy[number].get(at, 0) for at in month))

    @cached_property
    def most_nights(self) -> int:
        """More nights than this nobody can have on the open days, by the limits of the kind."""
        days, row = len(self.open_days), self.kind.limits.nights
        most = -(-days * row // (row + 1)) if row else days
        return min(most, self.kind.limits.most_nights or most)

    @cached_property
    def most_of_day(self) -> int:
        """Minutes that anybody may work on a day by law; 0 where a day may be as long as it is."""
        return labour.most_of_day(self.kind.limits.hours)

    @cached_property
    def overtime_weeks(self) -> tuple[range, ...]:
        """The weeks whose overtime the law limits together in the month; none by comprehensive
        hours, and where the longest days and the day off never come to so much.
        """
        if self.kind.limits.hours is not Hours.STANDARD:
            return ()
        weeks = [
            range(self.at(week[0]), self.at(week[-1]) + 1) for week in labour.weeks_of(self.asked)
        ]
        if any(self.busy.values()):
            return tuple(weeks)
        on = _WEEK - self.kind.limits.week_free
        longest = [self._longest_day] * on + [0] * (_WEEK - on)
        never = labour.overtime_of_week(longest) * len(weeks) <= labour.OVERTIME_OF_MONTH
        return () if never else tuple(weeks)

    @cached_property
    def _longest_day(self) -> int:
        """No day of anybody's has more minutes than this."""
        shifts = self.kind.shifts
        days = (
            one.counted + sum(o.counted for o in shifts if self.goes_with(one.code, o.code))
            for one in shifts
        )
        return max(days, default=0)

    def is_other(self, number: str) -> bool:
        """Whether somebody is not of the kind's own people."""
        return self.people[number].stand_in

    def past(self, number: str) -> Past:
        """What somebody had before; who is not counted yet stands where the others are on average,
        so that nobody who is new has to catch up with a year.
        """
        if number in self.asked.past:
            return self.asked.past[number]
        counted = [one for who, one in self.asked.past.items() if who in self.people]
        many = max(1, len(counted))
        return Past(
            round(sum(one.nights for one in counted) / many),
            round(sum(one.weekends for one in counted) / many),
            round(sum(one.holidays for one in counted) / many),
            round(sum(one.minutes for one in counted) / many),
        )


def _minute(shift: Shift) -> int:
    return shift.starts.hour * 60 + shift.starts.minute
