"""The solver set up so that the same model with the same seed gives the same answer.

Two workers that run as they come do not: whoever is first depends on the machine. In the solver's
interleaved search pieces of work are cut by the solver's own time, which is counted and not
measured, and their results are put together in order. A limit in that time ends the search at the
same point everywhere; the limit in seconds is there for slow machines.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread, main_thread
from typing import Any, NamedTuple

from wuye_tui.rostering.engines import sat
from wuye_tui.rostering.measures import Hold
from wuye_tui.rostering.model import Model

Told = Callable[[int, int, float], None]
"""Told of every better roster: what it costs, what any costs at least, seconds so far."""


class Answer(NamedTuple):
    """What a search came to. `holds` is None where nothing was found, `never` where nothing can be
    found, `proven` where nothing better can; `halted` if somebody stopped it.
    """

    holds: tuple[Hold, ...] | None
    bound: float
    never: bool
    proven: bool
    halted: bool


class Search:
    """One search with limits: `seconds` by the clock, `work` in the solver's own time."""

    def __init__(self, seconds: float, seed: int, workers: int = 1, work: float = 0) -> None:
        self._solver = sat().CpSolver()
        parameters = self._solver.parameters
        parameters.max_time_in_seconds = max(0.01, seconds)
        parameters.random_seed = seed
        parameters.num_workers = workers
        parameters.catch_sigint_signal = False  # it would not give the signal back
        if workers > 1:
            parameters.interleave_search = True
            parameters.subsolvers.append("default_lp")  # beside it the searches around a roster
        if work:
            parameters.max_deterministic_time = work

    @property
    def parameters(self) -> Any:
        """The solver's own parameters, for what is special to one search."""
        return self._solver.parameters

    def run(self, model: Model, told: Callable[[int, int], None] | None = None) -> Answer:
        """Searches. A KeyboardInterrupt, out of `told` as well, stops it: what was found is kept,
        and where nothing was it goes through.
        """
        watch = _watch(told) if told else None
        status, halted = self._solve(model, watch)
        halted = halted or bool(watch and watch.was_stopped)
        cp = model.cp
        found = status in (cp.OPTIMAL, cp.FEASIBLE)
        if halted and not found:
            raise KeyboardInterrupt
        holds = tuple(
            Hold(number, at, role)
            for number, at, role, one in model.every()
            if found and self._solver.boolean_value(one)
        )
        return Answer(
            holds if found else None,
            self._solver.best_objective_bound,
            status == cp.INFEASIBLE,
            status == cp.OPTIMAL,
            halted,
        )

    def _solve(self, model: Model, watch: Any) -> tuple[Any, bool]:
        """The solver's status, and whether Ctrl+C stopped it: the main thread hears of it only
        while it waits in Python.
        """
        if current_thread() is not main_thread():
            return self._solver.solve(model.model, watch), False
        with ThreadPoolExecutor(max_workers=1) as pool:
            job = pool.submit(self._solver.solve, model.model, watch)
            try:
                return job.result(), False
            except KeyboardInterrupt:
                self._solver.stop_search()
                return job.result(), True


def hint(model: Model, holds: tuple[Hold, ...]) -> None:
    """Lets a search begin at a roster."""
    held = set(holds)
    for number, at, role, one in model.every():
        model.model.add_hint(one, Hold(number, at, role) in held)


def _watch(told: Callable[[int, int], None]) -> Any:
    base: Any = sat().CpSolverSolutionCallback

    class Watch(base):  # type: ignore[misc]  # the libraries are not typed
        was_stopped = False

        def on_solution_callback(self) -> None:
            try:
                told(round(self.objective_value), round(self.best_objective_bound))
            except KeyboardInterrupt:
                self.was_stopped = True
                self.stop_search()

    return Watch()
