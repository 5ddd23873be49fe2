"""What is soft of a roster: nights, weekends, holidays and hours shared evenly, wishes, changes.

Everybody has a fair share of each, by what they had before and on how many of the days they can be
there; being so many away from it costs the square of them. Where all shares are the same this is
least exactly where everybody is within one of the others, and a bound on it is close: a bound on
the biggest difference alone would say nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from heapq import merge
from itertools import accumulate, islice
from typing import Final

from wuye_tui.rostering.facts import Facts, Role
from wuye_tui.rostering.measures import APART, STAND_IN, STEPS, Hold, Measure, away, part, step
from wuye_tui.rules.roster_wishes import evenings_before
from wuye_tui.rules.rosters import Cell, Wish

WEEK: Final = 7
_ROUNDS: Final = 40  # of halving: shares are exact to far less than one


class Soft:
    """What each soft thing is of one month: shares, and what a roster costs by them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.measures = tuple(self._measures())
        self.shares = {one.name: self._shares(one) for one in self.measures}
        self.alike = {one.name: self._alike(one) for one in self.measures}

    def _measures(self) -> Iterator[Measure]:
        facts, weights = self.facts, self.facts.kind.weights
        every = frozenset(range(len(facts.days)))
        shifts = frozenset(role.shift for role in facts.roles)
        nights = frozenset(code for code in shifts if facts.shifts[code].night)
        longest = max((facts.shifts[code].counted for code in shifts), default=0)
        for one in (
            Measure("nights", weights.nights, every, nights),
            Measure("weekends", weights.weekends, facts.weekends, shifts),
            Measure("holidays", weights.holidays, facts.holidays, shifts),
            Measure("minutes", weights.hours, every, shifts, longest),
        ):
            if one.weight and one.days and one.shifts:
                yield one

    def worth(self, measure: Measure, shift: str) -> int:
        """What one place of a shift counts in a measure: 1, or its minutes."""
        return self.facts.shifts[shift].counted if measure.unit > 1 else 1

    def counts_days(self, measure: Measure) -> bool:
        """Whether it is days that count, however many shifts somebody has on them."""
        return measure.name in ("weekends", "holidays")

    @cached_property
    def had(self) -> dict[str, dict[str, int]]:
        """By measure and person what they had before, days of the month that are kept too."""
        facts, found = self.facts, dict[str, dict[str, int]]()
        for measure in self.measures:
            found[measure.name] = {}
            for number in facts.people:
                here = sum(
                    min(1, len(held & measure.shifts))
                    if self.counts_days(measure)
                    else sum(self.worth(measure, code) for code in held & measure.shifts)
                    for at, held in facts.known[number].items()
                    if at in measure.days
                )
                past = self._before(measure, number)
                found[measure.name][number] = past + here
        return found

    def _before(self, measure: Measure, number: str) -> int:
        """What somebody had in the months before. Of hours no more than one shift away from what
        others had: who was on leave has not to work it off.
        """
        own = int(getattr(self.facts.past(number), measure.name))
        if measure.name != "minutes":
            return own
        every = [one.minutes for who, one in self.facts.asked.past.items() if who in self._own()]
        usual = sum(every) // max(1, len(every))
        return max(usual - measure.unit, min(usual + measure.unit, own))

    def needed(self, measure: Measure) -> int:
        """How much of it is still to be given out. Where days count, a shift that only goes with
        another one is no day of its own.
        """
        shifts = self.facts.shifts
        return sum(
            len(posts) * self.worth(measure, role.shift)
            for (at, role), posts in self.facts.places.items()
            if at >= self.facts.opens
            and at in measure.days
            and role.shift in measure.shifts
            and not (self.counts_days(measure) and shifts[role.shift].only_with)
        )

    def _can(self, measure: Measure, number: str) -> frozenset[tuple[int, Role]]:
        """Every place of it on an open day that somebody might have."""
        return frozenset(
            (at, role)
            for at, role in self.facts.places
            if at >= self.facts.opens
            and at in measure.days
            and role.shift in measure.shifts
            and self.facts.may(number, at, role)
        )

    def _own(self) -> list[str]:
        return [number for number, one in self.facts.people.items() if not one.stand_in]

    def _shares(self, measure: Measure) -> dict[str, int]:
        """Everybody's fair share of what is still to be given out, whole.

        All come to one level, what they had before taken in, as far as they are there at all: who
        is away for a third of the days is asked for a third less.
        """
        total, before = self.needed(measure), self.had[measure.name]
        days = {number: {at for at, _r in self._can(measure, number)} for number in self._own()}
        most = max(1, len(set[int]().union(*days.values())) if days else 1)
        there = {number: Fraction(len(own), most) for number, own in days.items()}
        most_of = {number: self._most(measure, number) * measure.unit for number in there}
        low, high = Fraction(0), Fraction(max(before.values(), default=0) + most * (total + 1))
        for _round in range(_ROUNDS + total.bit_length()):
            level = ((low + high) / 2).limit_denominator(1_000_000)
            asked = sum(
                (part(share, level, before[n], most_of[n]) for n, share in there.items()),
                Fraction(0),
            )
            low, high = (low, level) if asked >= total else (level, high)
        return {
            number: round(part(share, high, before[number], most_of[number]) / measure.unit)
            for number, share in there.items()
        }

    def _alike(self, measure: Measure) -> list[list[str]]:
        """The kind's own people in groups of whom all can have the same on the same days."""
        groups = dict[frozenset[tuple[int, Role]], list[str]]()
        for number in self._own():
            can = self._can(measure, number)
            if can:
                groups.setdefault(can, []).append(number)
        return [group for group in groups.values() if len(group) > 1]

    @cached_property
    def wishes(self) -> list[Wish]:
        """The wishes that can still be heard, a free evening before a day off among them."""
        facts = self.facts
        return [
            one
            for one in (*facts.asked.wishes, *evenings_before(facts.asked))
            if one.staff in facts.people and facts.at(one.day) in facts.open_days
        ]

    @property
    def published(self) -> list[Cell]:
        """What people know already of the days that may still be changed."""
        facts = self.facts
        return [
            one
            for one in facts.asked.published
            if one.staff in facts.people and facts.at(one.day) in facts.open_days
        ]

    def cycles(self) -> Iterator[tuple[str, int, int, str]]:
        """By person, shift and the two days: what is to be alike, a cycle of weeks apart."""
        facts = self.facts
        later = facts.kind.cycle_weeks * WEEK
        if not later or not facts.kind.weights.cycle:
            return
        for number in facts.people:
            for at in facts.open_days:
                if at - later >= facts.opens or at - later in facts.known[number]:
                    for code in dict.fromkeys(role.shift for role in facts.roles):
                        yield number, at, at - later, code

    # ---- what a roster costs

    def cost(self, holds: Iterable[Hold]) -> int:
        """What a roster of the open days costs: the objective, reckoned without the solver."""
        facts, weights = self.facts, self.facts.kind.weights
        held = dict[tuple[str, int], list[str]]()
        for one in holds:
            held.setdefault((one.number, one.at), []).append(one.role.shift)
        total = sum(self._uneven(measure, held) for measure in self.measures)
        for wish in self.wishes:
            own = held.get((wish.staff, facts.at(wish.day)), [])
            meant = [code for code in own if wish.shift in ("", code)]
            unmet = len(meant) if wish.off else int(not meant)
            total += weights.wishes * wish.weight * unmet
        for cell in self.published:
            dropped = cell.shift not in held.get((cell.staff, facts.at(cell.day)), [])
            total += weights.changes * dropped
        for number, at, then, code in self.cycles():
            known = facts.known[number].get(then, frozenset())
            before = held.get((number, then), []) if then >= facts.opens else known
            total += weights.cycle * ((code in before) != (code in held.get((number, at), [])))
        strangers = sum(len(own) for (number, _a), own in held.items() if facts.is_other(number))
        return total + self.stand_in * strangers

    def _uneven(self, measure: Measure, held: Mapping[tuple[str, int], list[str]]) -> int:
        counts = Counter[str]()
        for (number, at), codes in held.items():
            own = [code for code in codes if code in measure.shifts and at in measure.days]
            if self.counts_days(measure):
                counts[number] += bool(own)
            else:
                counts[number] += sum(self.worth(measure, code) for code in own)
        apart = sum(
            away(-(-counts[number] // measure.unit) - share)
            for number, share in self.shares[measure.name].items()
        )
        if measure.unit == 1:
            before = self.had[measure.name]
            for group in self.alike[measure.name]:
                sums = [counts[number] + before[number] for number in group]
                apart += APART * max(0, max(sums) - min(sums) - 1)
        return measure.weight * apart

    # ---- what any roster costs at least

    def bound(self, strangers: int = 0) -> int:
        """Less than this no roster can cost: each measure shared out by itself, all else free, and
        no more people from elsewhere than are needed for it (at least `strangers` shifts of them).
        """
        if self.facts.is_loose:
            return strangers * self.stand_in
        counted = [one for one in self.measures if self._is_even(one)]
        if any(one.stand_in for one in self.facts.people.values()):
            strangers = max([strangers, *(self._short(one) for one in counted)])
            saved = sum(one.weight * step(STEPS) for one in self.measures)
            if saved > self.stand_in:  # one more of them might even be worth it
                return strangers * self.stand_in
        return strangers * self.stand_in + sum(self._least(one, strangers) for one in counted)

    @property
    def stand_in(self) -> int:
        """What a shift of somebody from elsewhere costs."""
        return STAND_IN * max(1, self.facts.kind.weights.changes)

    def _is_even(self, measure: Measure) -> bool:
        """Whether all its shifts count the same."""
        return all(self.worth(measure, code) == measure.unit for code in measure.shifts)

    def _most(self, measure: Measure, number: str) -> int:
        """More than so many somebody cannot have, each day by itself."""
        facts, most = self.facts, len({at for at, _role in self._can(measure, number)})
        if measure.name == "nights":
            return min(most, facts.most_nights)
        if measure.name == "minutes":
            lawful = facts.most_minutes(number) // measure.unit
            if facts.has_together:
                return lawful
            off = 0 if facts.opens else facts.kind.limits.free  # or days off may be kept ones
            return min(most, len(facts.days) - off, lawful)
        return most

    def _short(self, measure: Measure) -> int:
        own = sum(self._most(measure, number) for number in self._own())
        return max(0, self.needed(measure) // measure.unit - own)

    def _least(self, measure: Measure, strangers: int) -> int:
        # From nothing up: each one more costs what the next step says, the cheapest first. People
        # from elsewhere may have none of it, or as many as they have shifts.
        many = self.needed(measure) // measure.unit
        paths, start = list[list[int]](), 0
        for number, share in self.shares[measure.name].items():
            most = range(self._most(measure, number))
            start += away(share)
            paths.append([step(n - share) if n >= share else -step(share - n - 1) for n in most])
        sums = [*accumulate(islice(merge(*paths), many), initial=start)]
        return measure.weight * max(0, min(sums[-1 - min(strangers, len(sums) - 1) :]))
