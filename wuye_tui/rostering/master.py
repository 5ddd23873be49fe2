"""The linear master problem: a mix of whole schedules per person that covers best.

Columns are schedules; `Pricing` finds those that are missing. The answer is a bound that is far
closer than that of a model of single shifts, because every column keeps all rules of its person.
Some people may be left out: what they work is then taken off what is wanted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil, inf
from typing import Any, Final

from wuye_tui.rostering.costs import Costs, Days
from wuye_tui.rostering.engines import arrays, linear
from wuye_tui.rostering.instances import OFF
from wuye_tui.rostering.pricing import Pricing

SMALL: Final = 1e-3  # of an objective: below it, a difference is rounding
_REDUCED: Final = 1e-6
_CALM: Final = 0.5  # how much of the best prices so far goes into the next ones
_HASTY, _PATIENT, _REGRETS = 4, 9, 8  # rounds and choices taken back, in a dive

UNDER, OVER = 0, 1
Cells = frozenset[tuple[int, int, int]]
"""Lacks (UNDER) or surpluses (OVER) of some days and kinds, taken together."""


class Stuck(ArithmeticError):
    """The linear solver gave up for numerical reasons: this part is left as it is."""


@dataclass
class Column:
    """A schedule of one person and its variable in the linear problem."""

    who: int
    days: Days
    cost: int
    variable: Any


@dataclass(frozen=True)
class Prices:
    """What one worker more is worth by (day, kind), each person's, and the value of limits."""

    cells: Any
    people: Mapping[int, float]
    limits: float


class Master:
    """`wanted` is by (day, kind) and may be below 0; `people` are those who are planned."""

    def __init__(self, costs: Costs, pricing: Pricing, people: Iterable[int], wanted: Any) -> None:
        self.costs, self.pricing, self.wanted = costs, pricing, wanted
        self.people = tuple(people)
        self.columns = list[Column]()
        self._seen = set[tuple[int, Days]]()
        self._lp = linear().Solver.CreateSolver("GLOP")
        self._objective = self._lp.Objective()
        self._objective.SetMinimization()
        self._choose = {who: self._lp.Constraint(1, 1) for who in self.people}
        self._cover = dict[tuple[int, int], Any]()
        self.slack = dict[tuple[int, int, int], Any]()
        for (day, kind), cover in costs.instance.cover.items():
            row = self._lp.Constraint(float(wanted[day, kind]), float(wanted[day, kind]))
            self._cover[day, kind] = row
            self.slack[UNDER, day, kind] = self._variable(cover.under, {row: 1})
            self.slack[OVER, day, kind] = self._variable(cover.over, {row: -1})
        self.lacks = dict[tuple[int, int, int], float]()  # as last solved
        self._limits = dict[Cells, Any]()
        self._harsh = 10.0 * max((c.under for c in costs.instance.cover.values()), default=1) + 10

    def _variable(self, cost: float, rows: Mapping[Any, float]) -> Any:
        variable = self._lp.NumVar(0, self._lp.infinity(), "")
        for row, factor in rows.items():
            row.SetCoefficient(variable, factor)
        self._objective.SetCoefficient(variable, float(cost))
        return variable

    def add(self, who: int, days: Days) -> bool:
        """Takes a schedule in; False if it was there."""
        if (who, days) in self._seen:
            return False
        self._seen.add((who, days))
        worked = [(day, kind) for day, kind in enumerate(days) if kind != OFF]
        rows = {self._cover[cell]: 1.0 for cell in worked if cell in self._cover}
        cost = self.costs.of(who, days)
        variable = self._variable(cost, {**rows, self._choose[who]: 1.0})
        self.columns.append(Column(who, days, cost, variable))
        return True

    def limit(self, limits: Mapping[Cells, tuple[float, float]]) -> None:
        """Least and most of sums of lacks or surpluses; a sum that is not named is free.

        The most may be broken at a harsh price, so that there is always an answer; the answer is
        then a lower bound of what the limit would really cost.
        """
        for cells in (one for one in limits if one not in self._limits):
            row = self._lp.Constraint(-self._lp.infinity(), self._lp.infinity())
            for cell in cells:
                row.SetCoefficient(self.slack[cell], 1)
            self._variable(self._harsh, {row: -1})
            self._limits[cells] = row
        endless = self._lp.infinity()
        for cells, row in self._limits.items():
            least, most = limits.get(cells, (-inf, inf))
            row.SetBounds(-endless if least == -inf else least, endless if most == inf else most)

    def solve(self) -> tuple[float, Prices]:
        """The linear problem as it is: its value and the prices of it."""
        self._settle()
        self.lacks = {cell: one.solution_value() for cell, one in self.slack.items()}
        cells = arrays().zeros(self.wanted.shape)
        for (day, kind), row in self._cover.items():
            cells[day, kind] = row.dual_value()
        people = {who: row.dual_value() for who, row in self._choose.items()}
        worth = 0.0
        for row in self._limits.values():
            price = row.dual_value()
            if abs(price) > _REDUCED:
                worth += price * (row.lb() if price > 0 else row.ub())
        return float(self._objective.Value()), Prices(cells, people, worth)

    def _settle(self) -> None:
        """Solves; where the last basis is no good any more, once more from none."""
        wrapper = linear()
        if self._lp.Solve() == wrapper.Solver.OPTIMAL:
            return
        parameters = wrapper.MPSolverParameters()
        parameters.SetIntegerParam(parameters.INCREMENTALITY, parameters.INCREMENTALITY_OFF)
        if self._lp.Solve(parameters) != wrapper.Solver.OPTIMAL:
            raise Stuck

    def converge(
        self, over: Callable[[], bool], target: float = inf, rounds: int = 10_000
    ) -> tuple[float, float]:
        """Takes in schedules until none is missing: the value, and a lower bound that holds.

        It stops early when `over` says so, or when the bound shows that nothing below `target`
        (a whole number) can be had.
        """
        bound, calm, value = -inf, None, inf
        for _round in range(rounds):
            value, prices = self.solve()
            asked = prices.cells
            if calm is not None and not self._limits:
                asked = _CALM * calm + (1 - _CALM) * prices.cells
            lower, new = self._missing(asked, prices)
            if not new and asked is not prices.cells:
                asked = prices.cells
                lower, new = self._missing(asked, prices)
            if lower > bound:
                bound, calm = lower, asked
            if not new or value - bound < SMALL or over():
                break
            if target < inf and ceil(bound - SMALL) >= target:
                break
        return value, bound

    def _missing(self, asked: Any, prices: Prices) -> tuple[float, int]:
        """A bound by the prices asked, and how many schedules came in."""
        found = self.pricing.all(self.costs.base - asked[:, :, None])
        lower = float((asked * self.wanted).sum()) + prices.limits
        lower += sum(cost + float(self.costs.fixed[who]) for who, (cost, _days) in found.items())
        return lower, sum(self._worth(who, days, prices) for who, (_c, days) in found.items())

    def _worth(self, who: int, days: Days, prices: Prices) -> bool:
        """Takes a schedule in if it is worth more than it costs."""
        paid = sum(prices.cells[day, kind] for day, kind in enumerate(days) if kind != OFF)
        reduced = self.costs.of(who, days) - paid - prices.people[who]
        return reduced < -_REDUCED and self.add(who, days)

    def dive(self, over: Callable[[], bool], most: float = inf) -> dict[int, Days] | None:
        """A whole schedule for everybody, by settling the surest person and asking again.

        A choice that lifts the value over `most` is taken back, a few times. None when `over`
        said so first. Nothing stays settled afterwards.
        """
        settled, last = dict[int, Column](), None
        barred = list[Column]()
        while len(settled) < len(self.people) and not over():
            value = self._repriced(frozenset(settled), most)
            if value > most and last is not None and len(barred) < _REGRETS:
                del settled[last.who]
                last.variable.SetBounds(0, 0)
                barred.append(last)
                last = None
                continue
            surest = self._surest(settled)
            last = surest[0] if len(surest) == 1 else None
            for column in surest:
                settled[column.who] = column
                column.variable.SetLb(1)
        for column in (*settled.values(), *barred):
            column.variable.SetBounds(0, self._lp.infinity())
        if len(settled) < len(self.people):
            return None
        return {who: column.days for who, column in settled.items()}

    def _repriced(self, settled: frozenset[int], most: float) -> float:
        """The value after some rounds for those who are not settled; more if it is too much."""
        for turn in range(_PATIENT):
            value, prices = self.solve()
            if turn >= _HASTY and value <= most:
                break
            found = self.pricing.all(self.costs.base - prices.cells[:, :, None], settled)
            if not sum(self._worth(who, days, prices) for who, (_c, days) in found.items()):
                break
        return self.solve()[0]

    def _surest(self, settled: Mapping[int, Column]) -> list[Column]:
        """Those that the linear problem takes whole, or else the one that it takes most of."""
        shares = [
            (column.variable.solution_value(), column)
            for column in self.columns
            if column.who not in settled
        ]
        whole = {column.who: column for share, column in shares if share > 1 - SMALL}
        return list(whole.values()) or [max(shares, key=lambda one: one[0])[1]]
