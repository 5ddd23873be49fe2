"""A better bound: sums of lacks and surpluses are whole numbers, so a broken one is split in two.

Only sums of cover are split, never schedules, so that pricing stays what it is. Most of the gap
of the linear problem goes with the first splits: five and a half people too few are six, or else
five at a price that is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import Final

from wuye_tui.rostering.instances import SATURDAY, WEEK, Instance
from wuye_tui.rostering.master import OVER, SMALL, UNDER, Cells, Master

_BROKEN: Final = 0.01  # how far from a whole number a sum must be to be split

Limits = dict[Cells, tuple[float, float]]


@dataclass(frozen=True)
class _Leaf:
    """A part of all schedules, its bound, and the broken sum to split next, if there is one."""

    bound: float
    limits: Limits
    broken: tuple[Cells, float] | None


@dataclass
class Branching:
    """The leaves are replaced all at once, so that other threads may ask at any time."""

    master: Master
    sums: tuple[Cells, ...]
    _leaves: tuple[_Leaf, ...] = ()

    @property
    def bound(self) -> float:
        """No schedule is below it; -infinity as long as nothing is known."""
        return min((leaf.bound for leaf in self._leaves), default=-inf)

    def run(self, over: Callable[[], bool], best: Callable[[], float], splits: int) -> bool:
        """Splits the least leaf, so often at most; `best` tells the objective known by now.

        False when there is nothing more to split, or no time.
        """
        if not self._leaves:
            self._leaves = (self._solved({}, -inf, over, inf),)
        for _split in range(splits):
            leaf = min(self._leaves, key=lambda one: one.bound)
            if leaf.broken is None or ceil(leaf.bound - SMALL) >= best():
                return False
            cells, value = leaf.broken
            least, most = leaf.limits.get(cells, (-inf, inf))
            both = [
                self._solved({**leaf.limits, cells: half}, leaf.bound, over, best())
                for half in ((least, float(floor(value))), (float(ceil(value)), most))
            ]
            self._leaves = (*(one for one in self._leaves if one is not leaf), *both)
            if over():
                return False
        return True

    def agreed(self, best: float) -> Limits:
        """The limits that every schedule better than `best` keeps: those of all leaves left."""
        left = [one.limits for one in self._leaves if ceil(one.bound - SMALL) < best]
        free = (-inf, inf)
        found = dict[Cells, tuple[float, float]]()
        for cells in left[0] if left else ():
            both = [one.get(cells, free) for one in left]
            hull = (min(low for low, _high in both), max(high for _low, high in both))
            if hull != free:
                found[cells] = hull
        return found

    def _solved(
        self, limits: Limits, parent: float, over: Callable[[], bool], target: float
    ) -> _Leaf:
        """The leaf of these limits. Cut short, its bound is weaker, and holds all the same."""
        self.master.limit(limits)
        _value, bound = self.master.converge(over, target)
        return _Leaf(max(bound, parent), limits, next(self._all_broken(), None))

    def _all_broken(self) -> Iterator[tuple[Cells, float]]:
        for cells in self.sums:
            value = sum(self.master.lacks[cell] for cell in cells)
            if abs(value - round(value)) > _BROKEN:
                yield cells, value


def sums(instance: Instance) -> tuple[Cells, ...]:
    """The sums that may be split, the widest first: all, weekends, weeks, kinds, single cells."""
    wanted = list(instance.cover)
    ends = [cell for cell in wanted if cell[0] % WEEK >= SATURDAY]
    weeks = [
        [cell for cell in wanted if cell[0] // WEEK == week]
        for week in range(-(-instance.days // WEEK))
    ]
    kinds = [[cell for cell in wanted if cell[1] == kind] for kind in range(len(instance.shifts))]
    single = [[cell] for cell in wanted]
    found = dict[Cells, None]()  # in this order, each once
    for parts in ([wanted, ends], weeks + kinds, single):
        for way in (UNDER, OVER):
            found |= {frozenset((way, *cell) for cell in part): None for part in parts if part}
    return tuple(found)
