"""Large neighbourhoods: a part of the best schedule is planned anew, everything else is kept.

Sorts of parts: some days of everybody, some people's whole schedules by single shifts, and some
people's whole schedules by columns, chosen by CP-SAT or settled one by one in a dive. A part
grows when it was settled for good, and shrinks when its effort ran out.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from math import ceil, inf
from random import Random
from typing import Final

from wuye_tui.rostering.branching import Limits
from wuye_tui.rostering.costs import Days, alone
from wuye_tui.rostering.engines import arrays
from wuye_tui.rostering.exact import Effort, Exact, choose
from wuye_tui.rostering.incumbent import Incumbent
from wuye_tui.rostering.instances import Schedule
from wuye_tui.rostering.master import SMALL, Column, Master, Stuck
from wuye_tui.rostering.pricing import Pricing

_WINDOW, _GROUP, _COLUMNS, _DIVE = "window", "group", "columns", "dive"
_NEAR: Final = {_WINDOW: 4, _GROUP: 2, _COLUMNS: 3, _DIVE: 1}  # how often each sort is tried
_FAR: Final = {_WINDOW: 3, _GROUP: 1, _COLUMNS: 2, _DIVE: 4}  # and where much may be won still
_BEGIN: Final = {_WINDOW: 7.0, _GROUP: 6.0, _COLUMNS: 10.0, _DIVE: 16.0}  # days, else people
_GROW, _SHRINK = 1.0, 0.5
_WORK: Final = {_WINDOW: 2.0, _GROUP: 2.0, _COLUMNS: 2.0}  # of CP-SAT's own measure, about seconds
_MUCH: Final = 20.0  # weights: that much over the bound is far
_SHARE: Final = 0.4  # of what may be won: so much may be lost on the way down, no more
_LIKELY: Final = 50  # columns of a person among which is chosen
_STIRRED: Final = 8  # times that prices are stirred for more columns
_STIR: Final = 2.0  # weights


class Large:
    """One worker's search; `agreed` tells the limits that every better schedule keeps.

    `between` is done before every part.
    """

    def __init__(
        self,
        best: Incumbent,
        exact: Exact,
        seed: int,
        agreed: Callable[[], Limits],
        between: Callable[[], None],
    ) -> None:
        self.best, self.exact, self.agreed, self.between = best, exact, agreed, between
        self.random = Random(seed)  # noqa: S311 - chances of a search, no secret
        self._size = dict(_BEGIN)
        self._sorts = {
            _WINDOW: self._window,
            _GROUP: self._group,
            _COLUMNS: self._columns,
            _DIVE: self._dive,
        }

    def run(self) -> None:
        """Tries parts until the search is over."""
        while not self.best.over():
            self.between()
            far = self.best.value - self.best.bound > _MUCH
            shares = _FAR if far else _NEAR
            sort = self.random.choices(list(shares), list(shares.values()))[0]
            size = max(2, int(self._size[sort]))
            settled = self._sorts[sort](self.best.schedule, size)
            self._size[sort] += _GROW if settled else -_SHRINK
            top = self.best.instance.days if sort == _WINDOW else len(self.best.instance.people)
            self._size[sort] = min(float(top), max(3.0, self._size[sort]))

    def _effort(self, sort: str) -> Effort:
        return Effort(_WORK[sort], self.best.left(), self.random.randrange(2**30))

    def _window(self, schedule: Schedule, size: int) -> bool:
        start = self.random.randrange(-size // 2, self.best.instance.days - size // 2)
        return self._single(schedule, _WINDOW, lambda _who, day: start <= day < start + size)

    def _group(self, schedule: Schedule, size: int) -> bool:
        people = self._people(schedule, size)
        return self._single(schedule, _GROUP, lambda who, _day: who in people)

    def _single(self, schedule: Schedule, sort: str, free: Callable[[int, int], bool]) -> bool:
        value = self.best.costs.total(schedule)
        effort = self._effort(sort)
        found = self.exact.better(schedule, value, free, effort, self.best.started)
        if found.schedule is not None:
            self.best.offer(found.schedule)
        return found.proved

    def _people(self, schedule: Schedule, size: int) -> frozenset[int]:
        """Some people: half the time by chance, else about a place that costs much now."""
        everybody = range(len(schedule))
        size = min(size, len(everybody))
        if self.random.random() < 0.5:
            return frozenset(self.random.sample(everybody, size))
        costs = self.best.costs
        lack = costs.wanted - costs.there(schedule)
        paid = arrays().where(lack > 0, lack * costs.under, -lack * costs.over)
        cells = list(zip(*paid.nonzero(), strict=True))
        if not cells:
            return frozenset(self.random.sample(everybody, size))
        day, kind = self.random.choices(cells, [float(paid[cell]) ** 0.5 for cell in cells])[0]
        able = [who for who in everybody if costs.base[day, kind, who] < 1e9]
        near = self.random.sample(able, min(len(able), max(1, size // 2)))
        rest = [who for who in everybody if who not in near]
        return frozenset(near + self.random.sample(rest, size - len(near)))

    def _columns(self, schedule: Schedule, size: int) -> bool:
        people = sorted(self._people(schedule, size))
        with suppress(Stuck):
            part = Part(self.best, schedule, people, self.agreed())
            if part.hopeless():
                return True
            part.stir(self.random)
            if self.random.random() < 0.5 and self._offer(schedule, part.dived()):
                return True
            found, settled = part.choose(self._effort(_COLUMNS))
            self._offer(schedule, found)
            return settled
        return False

    def _dive(self, schedule: Schedule, size: int) -> bool:
        people = sorted(self._people(schedule, size))
        with suppress(Stuck):
            part = Part(self.best, schedule, people, self.agreed())
            return part.hopeless() or self._offer(schedule, part.dived())
        return False

    def _offer(self, schedule: Schedule, found: Mapping[int, Days] | None) -> bool:
        if not found:
            return False
        return self.best.offer(tuple(found.get(who, days) for who, days in enumerate(schedule)))


class Part:
    """Some people's schedules by columns, everybody else's kept."""

    def __init__(
        self, best: Incumbent, schedule: Schedule, people: list[int], limits: Limits
    ) -> None:
        self.best, costs = best, best.costs
        others = {who: days for who, days in enumerate(schedule) if who not in people}
        self.wanted = costs.wanted - costs.there(others.values())
        self.most = costs.total(schedule) - 1 - alone(costs, others)
        self.value = -inf  # of the linear problem, once it was solved
        self.master = Master(costs, Pricing(best.instance, people), people, self.wanted)
        for who in people:
            for days in (schedule[who], *best.remembered(who)):
                self.master.add(who, days)
        self.master.limit(limits)

    def hopeless(self) -> bool:
        """The bound shows that nothing better is in this part."""
        self.value, bound = self.master.converge(self.best.over, self.most + 1)
        return ceil(bound - SMALL) > self.most

    def dived(self) -> dict[int, Days] | None:
        """A whole schedule of these people, by a dive; it need not be better."""
        return self.master.dive(self.best.over, self.value + _SHARE * (self.most - self.value))

    def stir(self, random: Random) -> None:
        """More columns, nearly as good as the best: those of prices that are a little different."""
        _value, prices = self.master.solve()
        chance = arrays().random.default_rng(random.randrange(2**30))
        cost = self.best.costs.base - prices.cells[:, :, None]
        for _time in range(_STIRRED):
            if self.best.over():
                break
            stirred = cost + chance.uniform(-_STIR, _STIR, cost.shape)
            for who, (_cost, days) in self.master.pricing.all(stirred).items():
                self.master.add(who, days)

    def choose(self, effort: Effort) -> tuple[dict[int, Days] | None, bool]:
        """The best choice of the columns, if it is better than what there is; and if it is sure."""
        wanted = {
            (day, kind): (int(self.wanted[day, kind]), cover.under, cover.over)
            for (day, kind), cover in self.best.instance.cover.items()
        }
        columns = [(one.who, one.days, one.cost) for one in self._likely()]
        found, settled = choose(columns, wanted, self.most, effort, self.best.started)
        for column in self._used() if found is None else ():
            self.best.remember(column.who, column.days)
        return found, settled

    def _likely(self) -> Iterator[Column]:
        """Each person's columns that lose least; one that loses all that may be won is out."""
        self.value, _prices = self.master.solve()
        hope = self.most - self.value + SMALL
        mine = dict[int, list[tuple[float, int]]]()
        for at, column in enumerate(self.master.columns):
            loss = column.variable.reduced_cost()
            if loss <= hope:
                mine.setdefault(column.who, []).append((loss, at))
        for every in mine.values():
            for _loss, at in sorted(every)[:_LIKELY]:
                yield self.master.columns[at]

    def _used(self) -> list[Column]:
        self.master.solve()
        return [one for one in self.master.columns if one.variable.solution_value() > SMALL]
