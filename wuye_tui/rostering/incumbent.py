"""What all workers of one search share: the best schedule, the bound, the clock, the columns."""

from math import ceil, inf
from threading import Event, Lock
from time import monotonic
from typing import Any, Final

from wuye_tui.rostering.benchmark import judge
from wuye_tui.rostering.costs import Costs, Days
from wuye_tui.rostering.instances import Instance, Schedule
from wuye_tui.rostering.master import SMALL

_POOL: Final = 120  # schedules kept of one person

Told = Any
"""Called with the seconds gone, the objective and the bound at every better schedule, or None."""


class Incumbent:
    """The state of one search. Every method may be called from any thread."""

    def __init__(self, instance: Instance, seconds: float, told: Told = None) -> None:
        self.instance, self.costs = instance, Costs(instance)
        self._began = monotonic()
        self._ends = self._began + seconds
        self._told, self._stop, self._lock = told, Event(), Lock()
        self._solvers = list[Any]()
        self.schedule: Schedule = ()
        self.value: float = inf
        self.bound: float = -inf
        self.pool = dict[int, dict[Days, None]]()

    def left(self) -> float:
        """Seconds that are left."""
        return self._ends - monotonic()

    def over(self) -> bool:
        """No time, stopped, or nothing better can be had."""
        return self._stop.is_set() or self.left() <= 0 or self.proved()

    def proved(self) -> bool:
        """The best known is the best that can be."""
        return self.bound >= self.value

    def stop(self) -> None:
        """Every worker ends soon; solvers at work are interrupted."""
        self._stop.set()
        with self._lock:
            solvers = list(self._solvers)
        for solver in solvers:
            solver.stop_search()

    def started(self, solver: Any) -> None:
        """Remembers a solver, to interrupt it; only the last few can still be at work."""
        with self._lock:
            self._solvers = [*self._solvers[-15:], solver]

    def offer(self, schedule: Schedule) -> bool:
        """Takes a schedule that is better; the rules are looked at once more, by other eyes."""
        judged = judge(self.instance, schedule)
        assert not judged.breaches, judged.breaches
        with self._lock:
            if judged.objective >= self.value:
                return False
            self.schedule, self.value = schedule, judged.objective
        self._tell()
        for who, days in enumerate(schedule):
            self.remember(who, days)
        return True

    def bounded(self, bound: float) -> None:
        """Takes a lower bound; the objective is a whole number."""
        if bound > -inf:
            with self._lock:
                self.bound = max(self.bound, ceil(bound - SMALL))

    def _tell(self) -> None:
        if self._told is not None:
            self._told(monotonic() - self._began, self.value, self.bound)

    def remember(self, who: int, days: Days) -> None:
        """Keeps a person's schedule for other parts to use; the oldest give way."""
        with self._lock:
            mine = self.pool.setdefault(who, {})
            mine.pop(days, None)
            mine[days] = None
            if len(mine) > _POOL:
                del mine[next(iter(mine))]

    def remembered(self, who: int) -> list[Days]:
        """A person's schedules that are kept."""
        with self._lock:
            return list(self.pool.get(who, ()))
