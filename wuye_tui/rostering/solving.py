"""The solver of the public shift-scheduling format: a construction, a bound, then large parts.

The first worker builds the linear problem of whole schedules (`master.py`), which gives the bound
and most of the columns, and then joins the others, who from the start plan parts of the best
schedule anew (`large.py`). With one worker a seed gives the same schedules in the same order, as
far as the time goes.
"""

from contextlib import suppress
from dataclasses import dataclass
from math import inf
from random import Random
from threading import Lock, Thread
from typing import Final

from wuye_tui.rostering.branching import Branching, Limits, sums
from wuye_tui.rostering.costs import Costs, Days
from wuye_tui.rostering.exact import Effort, Exact
from wuye_tui.rostering.incumbent import Incumbent, Told
from wuye_tui.rostering.instances import Instance, Schedule
from wuye_tui.rostering.large import Large, Part
from wuye_tui.rostering.master import Stuck
from wuye_tui.rostering.pricing import Pricing
from wuye_tui.rules.errors import Refused
from wuye_tui.words import _

_ROUNDS: Final = 4  # of the construction: everybody in turn, best against the others
_SPLITS: Final = 2  # of the bound at a time
_LEEWAY, _LOSS = 5.0, 0.015  # how far over the bound the first dive may come: weights, a part
_CHOOSING: Final = 4.0  # of CP-SAT's own measure, for the first choice of columns


class NoSchedule(Refused):
    """A person's own limits contradict each other."""

    def __init__(self, name: str) -> None:
        told = _("员工 {name} 的要求互相矛盾，排不出任何班。请先改他的上下限或休息日。")
        super().__init__(told.format(name=name))


@dataclass(frozen=True)
class Solved:
    """The best schedule, its objective, and a bound below which none can be.

    `bound` is -infinity where the time was not enough for any.
    """

    objective: int
    bound: float
    schedule: Schedule

    @property
    def proved(self) -> bool:
        """There is no better one."""
        return self.bound >= self.objective


def solve(
    instance: Instance, seconds: float, seed: int = 0, workers: int = 2, told: Told = None
) -> Solved:
    """The best schedule within so many seconds of the clock; Ctrl-C gives what there is by then.

    `told` is called with seconds, objective and bound at every better schedule. NoSchedule if a
    person cannot be planned at all, NoSolver if the libraries are missing.
    """
    best = Incumbent(instance, seconds, told)
    best.offer(constructed(best.costs, seed))
    search = _Search(best, seed)
    threads = [Thread(target=search.work, args=(at,), daemon=True) for at in range(workers)]
    with suppress(KeyboardInterrupt):
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and not best.over():
            threads[0].join(0.05)
    best.stop()
    for thread in threads:
        thread.join(2)  # they are daemons: one that is slow to notice holds nobody up
    for wrong in search.failed:
        raise wrong
    return Solved(int(best.value), best.bound, best.schedule)


def constructed(costs: Costs, seed: int) -> Schedule:
    """A first schedule: everybody's best in turn, against what the others work by then."""
    people = list(range(len(costs.instance.people)))
    pricing = Pricing(costs.instance, people)
    Random(seed).shuffle(people)  # noqa: S311 - chances of a search, no secret
    there, found = costs.there(()), dict[int, Days]()
    for _round in range(_ROUNDS):
        before = dict(found)
        for who in people:
            if who in found:
                there -= costs.there([found[who]])
            cost, days = pricing.one(who, costs.base[:, :, who] + costs.one_more(there))
            if cost == inf:
                raise NoSchedule(costs.instance.people[who].name)
            there += costs.there([days])
            found[who] = days
        if found == before:
            break
    return tuple(found[who] for who in sorted(found))


class _Search:
    """The workers of one search; what one of them failed with is told at the end."""

    def __init__(self, best: Incumbent, seed: int) -> None:
        self.best, self.seed = best, seed
        self.failed = list[Exception]()
        self._building = Lock()
        self._exact: Exact | None = None
        self._branching: Branching | None = None

    def work(self, at: int) -> None:
        """One worker: the first has the bound to find."""
        try:
            if at == 0:
                with suppress(Stuck):
                    self._whole()
            between = self._split if at == 0 else (lambda: None)
            seed = self.seed + at
            Large(self.best, self._shared(), seed, self._agreed, between).run()
        except Exception as wrong:
            self.failed.append(wrong)
            self.best.stop()

    def _shared(self) -> Exact:
        with self._building:
            if self._exact is None:
                self._exact = Exact(self.best.instance)
            return self._exact

    def _agreed(self) -> Limits:
        return self._branching.agreed(self.best.value) if self._branching else {}

    def _split(self) -> None:
        """Some more work on the bound."""
        if self._branching is not None:
            with suppress(Stuck):
                self._branching.run(self.best.over, lambda: self.best.value, _SPLITS)
            self.best.bounded(self._branching.bound)

    def _whole(self) -> None:
        """The bound of the linear problem, and whole schedules out of its columns."""
        best = self.best
        part = Part(best, best.schedule, list(range(len(best.instance.people))), {})
        self._branching = Branching(part.master, sums(best.instance))
        self._split()
        part.master.limit(self._agreed())
        value, _prices = part.master.solve()
        self._offer(part.master.dive(best.over, value + max(_LEEWAY, _LOSS * value)))
        for column in part.master.columns:
            best.remember(column.who, column.days)
        if not best.over():
            part.most = int(best.value) - 1
            chosen, _sure = part.choose(Effort(_CHOOSING, best.left(), self.seed))
            self._offer(chosen)

    def _offer(self, found: dict[int, Days] | None) -> None:
        if found:
            self.best.offer(tuple(found[who] for who in sorted(found)))
