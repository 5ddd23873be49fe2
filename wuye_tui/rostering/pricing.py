"""The cheapest schedules of people taken one by one, exactly, by dynamic programming over days.

A cost is given for every (day, shift, person). What a day leaves behind is the last kind worked
and the length of the stretch, or the days of rest so far, beside counts that are limited: shifts
by length (and so minutes), weekends, and kinds with a tight limit. People who share the limits
of stretches are priced together in one numpy array, so that one pass costs little more than one
person. A kind with a loose limit is not counted at first; `Pricing` counts it, for that person
alone, where the answer went over it, so that what it hands out is always exact.
"""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Any, Final, NamedTuple

from wuye_tui.rostering.dimensions import counted_kinds, dimensions, endings
from wuye_tui.rostering.engines import arrays
from wuye_tui.rostering.instances import OFF, SATURDAY, WEEK, Instance, Person

Priced = tuple[float, tuple[int, ...]]
"""The least cost (infinite where there is none) and the days of a schedule that has it."""

_WEEKENDS: Final = 0  # where weekends stand among the dimensions
_BEGUN: Final = (SATURDAY, SATURDAY + 1)  # days on which a stretch that begins adds a weekend
_GONE_ON: Final = (SATURDAY,)  # the day on which one that goes on does
_CLOSE: Final = 1e-4  # of a cost: how far sums of the same numbers may differ by rounding


class _Step(NamedTuple):
    """A shift on a day: where a new stretch comes from and goes to, and one that goes on."""

    fresh: tuple[slice, ...]
    first: Any
    come: tuple[slice, ...]
    then: Any


class Pricer:
    """Prices people together; `people` are their indexes in the instance."""

    def __init__(
        self, instance: Instance, people: Sequence[int], counted: Iterable[int] = ()
    ) -> None:
        self.instance, self.people = instance, tuple(people)
        self._np = arrays()
        staff = [instance.people[who] for who in self.people]
        self._longest, self._least = staff[0].most_in_a_row, max(1, staff[0].least_in_a_row)
        self._rests = max(1, staff[0].least_off)
        self._kinds = range(len(instance.shifts))
        self._dims = dimensions(instance, staff, counted)
        self._shape = (*(dim.size for dim in self._dims), len(staff))
        self._after = [  # the kinds that may stand on the day before each kind
            frozenset(k for k in self._kinds if kind not in instance.shifts[k].before)
            for kind in self._kinds
        ]
        self._end = endings(self._dims, staff)
        self._work, self._rest = list[Any](), list[Any]()

    def _prepare(self) -> None:
        """Room for every day's states, and where in it each shift comes from and goes to.

        What is never reached is written once, here.
        """
        np, days = self._np, self.instance.days
        self._origin = np.full(self._shape, inf)
        for person in range(len(self.people)):
            self._origin[(*(dim.start(person) for dim in self._dims), person)] = 0.0
        size = (days, len(self._kinds), self._longest, *self._shape)
        self._work = list(np.full(size, inf))
        self._rest = list(np.full((days, self._rests, *self._shape), inf))
        self._steps = [[self._step(day, kind) for kind in self._kinds] for day in range(days)]
        self._merges = list(self._merging())

    def _step(self, day: int, kind: int) -> _Step:
        """How a shift of a kind is worked on a day."""
        first, then = (self._moves(kind, day % WEEK in days) for days in (_BEGUN, _GONE_ON))
        work = self._work[day][kind]
        into = work[(slice(1, None), *then[1])]
        return _Step(first[0], work[0][first[1]], (slice(None, -1), *then[0]), into)

    def _moves(self, kind: int, weekend: bool) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
        """Where counts come from and go to when a shift of this kind is worked."""
        source, target = list[slice](), list[slice]()
        for at, dim in enumerate(self._dims):
            step = int(weekend) if at == _WEEKENDS else dim.steps[kind]
            source.append(slice(0, max(0, dim.size - step)))
            target.append(slice(step, dim.size) if step < dim.size else slice(0, 0))
        return tuple(source), tuple(target)

    def _merging(self) -> Iterator[tuple[frozenset[int], frozenset[int], list[int]]]:
        """The sets of kinds that are asked for, each built on a smaller one."""
        done = list[frozenset[int]]()
        for wanted in sorted({*self._after, frozenset(self._kinds)}, key=lambda s: (len(s), *s)):
            base = max((one for one in done if one <= wanted), key=len, default=frozenset[int]())
            if wanted:
                yield wanted, base, sorted(wanted - base)
                done.append(wanted)

    def _merged(self, work: Any) -> dict[frozenset[int], Any]:
        """The best of the kinds of each set that is asked for."""
        found = dict[frozenset[int], Any]()
        for wanted, base, more in self._merges:
            best = found.get(base)
            for kind in more:
                best = work[kind] if best is None else self._np.minimum(best, work[kind])
            found[wanted] = best
        return found

    def _may_stop(self, day: int) -> slice:
        """Lengths (less one) of a stretch that may end with the day before `day`."""
        return slice(min(self._least, day) - 1, None)

    def _is_rested(self, rest: Any, day: int) -> Any:
        """The states from which a stretch of work may begin on `day`, the best of them."""
        if day < self._rests:
            return self._np.minimum(rest[-1], rest[day - 1])
        return rest[-1]

    def forward(self, cost: Any) -> None:
        """Values every state of every day. `cost` is (day, kind, person), infinite: not to be."""
        np = self._np
        if not self._work:
            self._prepare()
        every = frozenset(self._kinds)
        fresh, before = self._origin, dict[frozenset[int], Any]()
        for day in range(self.instance.days):
            rest = self._rest[day]
            if day == 0:
                rest[0] = fresh
            else:
                earlier = self._rest[day - 1]
                fresh = self._is_rested(earlier, day)
                before = self._merged(self._work[day - 1])
                np.min(before[every][self._may_stop(day)], axis=0, out=rest[0])
                if self._rests > 1:
                    rest[1:] = earlier[:-1]
                np.minimum(rest[-1], earlier[-1], out=rest[-1])
            for kind, step in enumerate(self._steps[day]):
                np.add(fresh[step.fresh], cost[day, kind], out=step.first)
                if day and self._after[kind] and self._longest > 1:
                    come = before[self._after[kind]][step.come]
                    np.add(come, cost[day, kind], out=step.then)

    def best(self) -> list[Priced]:
        """After `forward`: each person's least cost and a schedule of it; infinite: none."""
        np, last = self._np, self.instance.days - 1
        work = self._work[last] + self._end
        rest = self._rest[last] + self._end
        answers = list[Priced]()
        for person in range(len(self.people)):
            ending = (work[..., person], rest[..., person])
            values = [float(one.min()) for one in ending]
            side = 0 if values[0] <= values[1] else 1
            at = np.unravel_index(int(ending[side].argmin()), ending[side].shape)
            state = tuple(int(one) for one in at)
            if values[side] == inf:
                answers.append((inf, (OFF,) * self.instance.days))
            else:
                answers.append((values[side], self._traced(person, side == 0, state)))
        return answers

    def _traced(self, person: int, working: bool, state: tuple[int, ...]) -> tuple[int, ...]:
        """The days that led to a state of the last day, walked backwards."""
        days = list[int]()
        for day in range(self.instance.days - 1, -1, -1):
            if working:
                kind, length, *counts = state
                days.append(kind)
                weekend = day % WEEK in (_GONE_ON if length else _BEGUN)
                source = [
                    at - (int(weekend) if n == _WEEKENDS else dim.steps[kind])
                    for n, (at, dim) in enumerate(zip(counts, self._dims, strict=True))
                ]
                if day:
                    working, state = self._came_to_work(day, person, kind, length, source)
            else:
                days.append(OFF)
                length, *counts = state
                if day:
                    working, state = self._came_to_rest(day, person, length, counts)
        return tuple(reversed(days))

    def _came_to_work(
        self, day: int, person: int, kind: int, length: int, counts: list[int]
    ) -> tuple[bool, tuple[int, ...]]:
        if length:
            work = self._work[day - 1]
            came = min(self._after[kind], key=lambda k: work[(k, length - 1, *counts, person)])
            return True, (came, length - 1, *counts)
        rest = self._rest[day - 1]
        longs = {self._rests - 1, min(day, self._rests) - 1}
        came = min(sorted(longs), key=lambda j: rest[(j, *counts, person)])
        return False, (came, *counts)

    def _came_to_rest(
        self, day: int, person: int, length: int, counts: list[int]
    ) -> tuple[bool, tuple[int, ...]]:
        rest, here = self._rest[day - 1], self._rest[day][(length, *counts, person)]
        for before in {length - 1, length if length == self._rests - 1 else -1} - {-1}:
            if abs(rest[(before, *counts, person)] - here) < _CLOSE:
                return False, (before, *counts)
        work = self._work[day - 1][(..., *counts, person)][:, self._may_stop(day)]
        kind, at = divmod(int(work.argmin()), work.shape[1])
        return True, (kind, at + min(self._least, day) - 1, *counts)


class Pricing:
    """Prices any of some people, in groups of the same rules; always exact."""

    def __init__(self, instance: Instance, people: Iterable[int]) -> None:
        self.instance = instance
        groups = dict[tuple[object, ...], list[int]]()
        for who in people:
            one = instance.people[who]
            stretches = (one.most_in_a_row, one.least_in_a_row, one.least_off)
            groups.setdefault((*stretches, counted_kinds(instance, one)), []).append(who)
        self._groups = list(groups.values())
        self._pricers = list[Pricer | None]([None] * len(self._groups))
        self._alone = dict[tuple[int, tuple[int, ...]], Pricer]()

    def all(self, cost: Any, without: frozenset[int] = frozenset()) -> dict[int, Priced]:
        """Everybody's best for a cost by (day, kind, person of the instance)."""
        found = dict[int, Priced]()
        for at, group in enumerate(self._groups):
            if without.issuperset(group):
                continue
            pricer = self._pricers[at]
            if pricer is None:
                counted = counted_kinds(self.instance, self.instance.people[group[0]])
                pricer = self._pricers[at] = Pricer(self.instance, group, counted)
            pricer.forward(cost[:, :, group])
            for who, priced in zip(group, pricer.best(), strict=True):
                if who not in without:
                    over = self._over(who, priced[1])
                    found[who] = self.one(who, cost[:, :, who], over) if over else priced
        return found

    def one(self, who: int, cost: Any, also: Iterable[int] = ()) -> Priced:
        """One person's best for a cost by (day, kind); `also` are kinds to count as well."""
        counted = tuple(sorted({*counted_kinds(self.instance, self._person(who)), *also}))
        pricer = self._alone.get((who, counted))
        if pricer is None:
            pricer = self._alone[who, counted] = Pricer(self.instance, [who], counted)
        pricer.forward(cost[:, :, None])
        priced = pricer.best()[0]
        over = self._over(who, priced[1])
        return self.one(who, cost, {*also, *over}) if over else priced

    def _person(self, who: int) -> Person:
        return self.instance.people[who]

    def _over(self, who: int, days: tuple[int, ...]) -> list[int]:
        most = self._person(who).most
        return [kind for kind, limit in enumerate(most) if days.count(kind) > limit]
