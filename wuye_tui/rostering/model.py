"""The hard rules of a roster as a model for the solver.

One variable says that somebody has a place of a role on a day: the posts of a role are alike for
whoever may hold it, and are given out afterwards (`posts.py`). With `assuming` every rule stands
under an assumption of its own, so that it can be found which of them clash.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wuye_tui.rostering.engines import sat
from wuye_tui.rostering.facts import Facts, Role
from wuye_tui.rules import labour

WEEK = 7
LACK, ALL_LACK = 4, 3  # a place without anybody; a shift without anybody, besides


class Group(NamedTuple):
    """Rules that are kept or given up together: which rule, whose or which shift's, which week."""

    rule: str
    of: str = ""
    week: int = 0


class Model:
    """The variables and hard rules; what is soft is added by `evening.py` and `mending.py`."""

    def __init__(self, facts: Facts, *, assuming: bool = False, short: bool = False) -> None:
        """With `short` places may stay empty: `lacks` are variables, and what each weighs."""
        self.facts, self.cp = facts, sat()
        self._short, self.lacks = short, list[tuple[Any, int]]()
        self.model = self.cp.CpModel()
        self.assuming = assuming
        self.groups = dict[Group, Any]()
        self.places: dict[str, dict[int, dict[Role, Any]]] = {}
        self._works = dict[tuple[str, int], list[Any]]()
        shifts = facts.shifts.values()
        self._companions = {one.code: one.only_with for one in shifts if one.only_with}
        self._make_places()
        self._heads()
        for number in facts.people:
            self._one_a_day(number)
            self._follows(number)
            self._in_a_row(number)
            self._in_all(number)
            self._overtime(number)
        self._fixed()
        self._partners()

    # ---- variables

    def _make_places(self) -> None:
        facts = self.facts
        for number in facts.people:
            of_days = self.places[number] = {}
            for at in facts.open_days:
                of_days[at] = {}
            for at, role in facts.places:
                if at < facts.opens or number not in role.able:
                    continue
                if facts.may(number, at, role):
                    of_days[at][role] = self.model.new_bool_var("")
                elif self.assuming:
                    place = of_days[at][role] = self.model.new_bool_var("")
                    self._add(place == 0, self._why_not(number, at, role), number)

    def _why_not(self, number: str, at: int, role: Role) -> str:
        if at in self.facts.away[number]:
            return "leave"
        busy = self.facts.elsewhere(number, at, role.shift)
        return "never" if busy is None else "elsewhere"

    def holds(self, number: str, at: int, shifts: Iterable[str] | None = None) -> list[Any]:
        """The variables of somebody's places on a day, of some shifts or of any."""
        wanted = None if shifts is None else set(shifts)
        places = self.places[number].get(at, {})
        return [one for role, one in places.items() if wanted is None or role.shift in wanted]

    def nights(self, number: str, at: int) -> list[Any]:
        """The variables of somebody's nights on a day."""
        return self.holds(number, at, (s.code for s in self.facts.shifts.values() if s.night))

    def works(self, number: str, at: int) -> list[Any]:
        """Variables of which at most one is true: that somebody has any shift on a day."""
        if (number, at) not in self._works:
            held = self.holds(number, at)
            if self.facts.has_together and len(held) > 1:
                any_of_them = self.model.new_bool_var("")
                self.model.add_max_equality(any_of_them, held)
                held = [any_of_them]
            self._works[number, at] = held
        return self._works[number, at]

    def _add(self, rule: Any, group: str, of: str = "", week: int = 0) -> None:
        """A hard rule, under its assumption where there are any."""
        if isinstance(rule, bool):  # without variables: it holds or it does not
            rule = self.model.new_constant(int(rule)) == 1
        added = self.model.add(rule)
        if self.assuming:
            key = Group(group, of, week)
            if key not in self.groups:
                self.groups[key] = self.model.new_bool_var("")
            added.only_enforce_if(self.groups[key])

    # ---- what is needed

    def _heads(self) -> None:
        facts = self.facts
        for n, role in enumerate(facts.roles):
            for at in facts.open_days:
                heads = facts.heads(at, role)
                if not heads:
                    continue
                there = sum(
                    of_days[at][role] for of_days in self.places.values() if role in of_days[at]
                )
                if self._short:
                    there += self._lack(role, heads)
                self._add(there == heads, "heads", str(n), at // WEEK)

    def _lack(self, role: Role, heads: int) -> Any:
        """How many of a role's places stay empty on a day. Nobody there at all is worse than one
        of two, and at night worse than by day.
        """
        lack, nobody = self.model.new_int_var(0, heads, ""), self.model.new_bool_var("")
        self.model.add(lack <= heads - 1 + nobody)
        night = self.facts.shifts[role.shift].night
        self.lacks.append((lack, LACK + night))
        self.lacks.append((nobody, ALL_LACK))
        return lack

    # ---- one person's rules

    def _one_a_day(self, number: str) -> None:
        facts = self.facts
        for at in facts.open_days:
            places = self.places[number][at]
            minutes = [(one, facts.shifts[role.shift].counted) for role, one in places.items()]
            most = facts.most_of_day - facts.busy[number].get(at, 0)
            if facts.most_of_day and sum(many for _one, many in minutes) > most:
                day = sum(one * many for one, many in minutes)
                self._add(day <= most, "hours_day")
            if not facts.has_together:
                if len(places) > 1:
                    self.model.add_at_most_one(places.values())
                continue
            roles = list(places)
            for n, role in enumerate(roles):
                for also in roles[n + 1 :]:
                    if role.shift == also.shift or not facts.goes_with(role.shift, also.shift):
                        self.model.add_at_most_one(places[role], places[also])
            for shift in {role.shift for role in roles} & set(self._companions):
                own, other = self.holds(number, at, (shift,)), self._companions[shift]
                self._add(sum(own) <= sum(self.holds(number, at, (other,))), "only_with", shift)

    def _follows(self, number: str) -> None:
        facts = self.facts
        barred = dict[tuple[str, int, str], list[str]]()
        for one in facts.follows:
            why = ("rest" if one.rest >= 0 else "after_night") if self.assuming else "rest"
            barred.setdefault((one.first, one.later, why), []).append(one.then)
        for (first, later, why), after in barred.items():
            for at in range(facts.opens - later, len(facts.days) - later):
                then = self.holds(number, at + later, after)
                if at < facts.opens:
                    if then and first in facts.known[number].get(at, ()):
                        self._add(sum(then) == 0, why)
                    continue
                held = self.holds(number, at, (first,))
                if held and then and facts.has_together:
                    for one in then:
                        self._add(sum(held) + one <= 1, why)
                elif held and then:
                    self._add(sum(held) + sum(then) <= 1, why)
            ahead = facts.ahead[number]
            for at in range(max(facts.opens, len(facts.days) - later), len(facts.days)):
                held = self.holds(number, at, (first,))
                if held and ahead.get(at + later, frozenset()).intersection(after):
                    self._add(sum(held) == 0, why)

    def _in_a_row(self, number: str) -> None:
        facts, limits = self.facts, self.facts.kind.limits
        for most, rule, length in (
            (limits.days, "days", limits.days + 1),
            (WEEK - limits.week_free, "week_free", WEEK),
            (limits.nights, "nights", limits.nights + 1),
        ):
            if not most or (rule == "week_free" and not limits.week_free):
                continue
            held = self.nights if rule == "nights" else self.works
            for begin in range(facts.opens - length + 1, self._last_begin(number, length)):
                window = range(begin, begin + length)
                was = {at for at in window if self._was(number, at, rule == "nights")}
                done = len(was)
                todo = [one for at in window if at not in was for one in held(number, at)]
                if len(todo) > max(0, most - done):
                    self._add(sum(todo) <= max(0, most - done), rule)

    def _last_begin(self, number: str, length: int) -> int:
        """Before this day a window of days begins, the last ones where days after are known."""
        many = len(self.facts.days)
        return many if self.facts.ahead[number] else many - length + 1

    def _was(self, number: str, at: int, is_night: bool) -> bool:
        """Whether somebody has a shift, or a night, on a day that is known; by another kind too."""
        busy = self.facts.busy_nights if is_night else self.facts.busy
        if at in busy[number]:
            return True
        days = self.facts.known if at < len(self.facts.days) else self.facts.ahead
        shifts = days[number].get(at, frozenset())
        return any(not is_night or self.facts.shifts[code].night for code in shifts)

    def _in_all(self, number: str) -> None:
        facts, limits = self.facts, self.facts.kind.limits
        month, known = range(len(facts.days)), facts.known[number]
        nights = [one for at in facts.open_days for one in self.nights(number, at)]
        had = sum(self._was(number, at, is_night=True) for at in month)
        if limits.most_nights and len(nights) > limits.most_nights - had:
            self._add(sum(nights) <= max(0, limits.most_nights - had), "most_nights")
        was = {at for at in month if self._was(number, at, False)}
        works = [one for at in facts.open_days if at not in was for one in self.works(number, at)]
        most = len(facts.days) - limits.free - len(was)
        if limits.free and len(works) > most:
            self._add(sum(works) <= max(0, most), "free")
        minutes = self.minutes(number)
        left = facts.most_minutes(number) - sum(
            facts.shifts[code].counted for at in month for code in known.get(at, ())
        )
        if minutes:
            self._add(sum(many * one for one, many in minutes) <= max(0, left), "minutes")

    def _overtime(self, number: str) -> None:
        """What is over 8 hours on a day and over 40 in a week, at most 36 hours in the month."""
        facts, shifts, over = self.facts, self.facts.shifts, list[Any]()
        known = facts.known[number]
        for week in facts.overtime_weeks:
            busy = facts.busy[number]
            had = {
                at: busy.get(at, 0) + sum(shifts[code].counted for code in known.get(at, ()))
                for at in week
            }
            days = [self._over_day(number, at, had[at]) for at in week]
            todo = [
                one * shifts[role.shift].counted
                for at in week
                for role, one in self.places[number].get(at, {}).items()
            ]
            if not todo:
                over.append(labour.overtime_of_week(list(had.values())))
                continue
            of_week = self.model.new_int_var(0, labour.OVERTIME_OF_MONTH, "")
            self._add(sum(todo) + sum(had.values()) - labour.A_WEEK <= of_week, "overtime")
            self._add(sum(days) <= of_week, "overtime")
            over.append(of_week)
        if any(not isinstance(one, int) for one in over):
            done = sum(one for one in over if isinstance(one, int))
            todo = [one for one in over if not isinstance(one, int)]
            self._add(sum(todo) <= max(0, labour.OVERTIME_OF_MONTH - done), "overtime")

    def _over_day(self, number: str, at: int, had: int) -> Any:
        """Minutes of a day over the usual ones: known, or of what may still be held."""
        places, shifts = self.places[number].get(at, {}), self.facts.shifts
        if not places:
            return max(0, had - labour.A_DAY)
        minutes = [(one, shifts[role.shift].counted) for role, one in places.items()]
        if not self.facts.has_together and not had:
            return sum(one * max(0, many - labour.A_DAY) for one, many in minutes)
        most = sum(many for _one, many in minutes) + had - labour.A_DAY
        if most <= 0:
            return 0
        over = self.model.new_int_var(0, most, "")
        self.model.add(over >= sum(one * many for one, many in minutes) + had - labour.A_DAY)
        return over

    def minutes(self, number: str) -> list[tuple[Any, int]]:
        """Every variable of somebody and the minutes that it is worth."""
        places = self.places[number].values()
        shifts = self.facts.shifts
        return [(one, shifts[role.shift].counted) for of in places for role, one in of.items()]

    # ---- rules between people, and of single ones

    def _fixed(self) -> None:
        for number, at, shift in self.facts.fixed():
            held = self.holds(number, at, (shift,) if shift else None)
            self._add(sum(held) >= 1, "fixed", number)

    def _partners(self) -> None:
        facts = self.facts
        for number in facts.people:
            for at in facts.open_days:
                if not facts.is_new(number, at):
                    continue
                for shift in {role.shift for role in self.places[number][at]}:
                    others = [
                        one
                        for who in facts.people
                        if who != number and not facts.is_new(who, at)
                        for one in self.holds(who, at, (shift,))
                    ]
                    own = self.holds(number, at, (shift,))
                    self._add(sum(own) <= sum(others), "partner", number)

    # ---- what comes out

    def every(self) -> Iterator[tuple[str, int, Role, Any]]:
        """Every variable with the person, day and role that it stands for."""
        for number, of_days in self.places.items():
            for at, places in of_days.items():
                for role, one in places.items():
                    yield number, at, role, one
