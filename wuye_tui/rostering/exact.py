"""A CP-SAT model of single shifts, for parts of a schedule: some people, or some days of all."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from wuye_tui.rostering.costs import Days
from wuye_tui.rostering.engines import sat
from wuye_tui.rostering.instances import OFF, Instance, Person, Schedule


@dataclass(frozen=True)
class Effort:
    """How long one part may take: a measure of work that is the same on every machine, and the
    seconds that are left at most; `seed` is of the solver's chances.
    """

    work: float
    seconds: float
    seed: int


@dataclass(frozen=True)
class Found:
    """`schedule` is None where nothing better was found; `proved`: there is nothing (better)."""

    schedule: Schedule | None
    proved: bool


class Exact:
    """The whole model, built once; each part fixes what is outside it in a copy."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.model = sat().CpModel()
        self._shifts = dict[tuple[int, int, int], Any]()
        self._works = dict[tuple[int, int], Any]()
        for who, person in enumerate(instance.people):
            self._days(who, person)
            self._stretches(who, person)
            self._totals(who, person)
        self._objective = self._cost()
        self.model.minimize(self._objective)

    def _days(self, who: int, person: Person) -> None:
        kinds = [kind for kind, most in enumerate(person.most) if most]
        for day in range(self.instance.days):
            works = self._works[who, day] = self.model.new_bool_var("")
            able = [] if day in person.off else kinds
            for kind in able:
                self._shifts[who, day, kind] = self.model.new_bool_var("")
            self.model.add(sum(self._shifts[who, day, kind] for kind in able) == works)
            for kind in able:
                for before in range(len(self.instance.shifts)):
                    barred = kind in self.instance.shifts[before].before
                    if barred and (who, day - 1, before) in self._shifts:
                        both = self._shifts[who, day - 1, before], self._shifts[who, day, kind]
                        self.model.add_at_most_one(both)

    def _stretches(self, who: int, person: Person) -> None:
        works = [self._works[who, day] for day in range(self.instance.days)]
        most = person.most_in_a_row
        for start in range(len(works) - most):
            self.model.add(sum(works[start : start + most + 1]) <= most)
        for length in range(1, person.least_in_a_row):
            for start in range(1, len(works) - length):
                part = works[start : start + length]
                around = works[start - 1], works[start + length]
                self.model.add_bool_or(*around, *(one.negated() for one in part))
        for length in range(1, person.least_off):
            for start in range(1, len(works) - length):
                part = works[start : start + length]
                around = works[start - 1].negated(), works[start + length].negated()
                self.model.add_bool_or(*around, *part)

    def _totals(self, who: int, person: Person) -> None:
        days, kinds = range(self.instance.days), range(len(self.instance.shifts))
        keys = [(who, day, kind) for day in days for kind in kinds]
        mine = [
            (kind, self._shifts[who, day, kind])
            for who, day, kind in keys
            if (who, day, kind) in self._shifts
        ]
        for kind, most in enumerate(person.most):
            same = [one for other, one in mine if other == kind]
            if most < len(same):
                self.model.add(sum(same) <= most)
        minutes = sum(self.instance.shifts[kind].minutes * one for kind, one in mine)
        self.model.add_linear_constraint(minutes, person.least_minutes, person.most_minutes)
        weekends = []
        for weekend in self.instance.weekends:
            weekends.append(self.model.new_bool_var(""))
            for day in weekend:
                self.model.add_implication(self._works[who, day], weekends[-1])
        self.model.add(sum(weekends) <= person.most_weekends)

    def _cost(self) -> Any:
        people = range(len(self.instance.people))
        terms: list[Any] = []
        for key, weight in self.instance.on.items():
            terms.append(weight - weight * self._shifts[key] if key in self._shifts else weight)
        for key, weight in self.instance.off.items():
            terms += [weight * self._shifts[key]] if key in self._shifts else []
        for (day, kind), cover in self.instance.cover.items():
            there = [self._shifts[w, day, kind] for w in people if (w, day, kind) in self._shifts]
            short = self.model.new_int_var(0, cover.wanted, "")
            spare = self.model.new_int_var(0, len(self.instance.people), "")
            self.model.add(sum(there) + short - spare == cover.wanted)
            terms += [cover.under * short, cover.over * spare]
        return sum(terms)

    def better(
        self,
        schedule: Schedule,
        value: int,
        free: Callable[[int, int], bool],
        effort: Effort,
        started: Callable[[Any], None],
    ) -> Found:
        """Something below `value` where only what is `free` (person, day) may change.

        `started` is given the solver, so that it can be stopped from elsewhere.
        """
        model = self.model.clone()
        model.add(self._objective <= value - 1)
        variables = model.proto.variables
        for (who, day, kind), one in self._shifts.items():
            if not free(who, day):
                domain = variables[one.index].domain
                domain[0] = domain[1] = int(schedule[who][day] == kind)
        solver = _solver(effort)
        started(solver)
        status = solver.solve(model)
        cp = sat()
        proved = status in (cp.OPTIMAL, cp.INFEASIBLE)
        found = self._read(solver) if status in (cp.OPTIMAL, cp.FEASIBLE) else None
        return Found(found, proved)

    def _read(self, solver: Any) -> Schedule:
        days = [[OFF] * self.instance.days for _each in self.instance.people]
        for (who, day, kind), one in self._shifts.items():
            if solver.boolean_value(one):
                days[who][day] = kind
        return tuple(tuple(one) for one in days)


def _solver(effort: Effort) -> Any:
    solver = sat().CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.max_time_in_seconds = max(0.05, effort.seconds)
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False  # the caller's own way of stopping is kept
    return solver


def choose(
    columns: Iterable[tuple[int, Days, int]],
    wanted: dict[tuple[int, int], tuple[int, int, int]],
    most: int,
    effort: Effort,
    started: Callable[[Any], None],
) -> tuple[dict[int, Days] | None, bool]:
    """One of each person's schedules (who, days, cost), so that all cost `most` or less.

    None where there is no such choice or it was not found; the second says that this is proved,
    or that there is no better one. `wanted` has how many are wanted, which may be below 0, and
    the weights under and over.
    """
    cp = sat()
    model = cp.CpModel()
    chosen = [(who, days, cost, model.new_bool_var("")) for who, days, cost in columns]
    people = {who for who, *_rest in chosen}
    for who in sorted(people):
        model.add_exactly_one(one for me, _days, _cost, one in chosen if me == who)
    there: dict[tuple[int, int], list[Any]] = {cell: [] for cell in wanted}
    for _who, days, _cost, one in chosen:
        for cell in _worked(days):
            if cell in there:
                there[cell].append(one)
    terms = [cost * one for _who, _days, cost, one in chosen]
    for cell, (count, under, over) in wanted.items():
        short = model.new_int_var(0, max(0, count), "")
        spare = model.new_int_var(0, len(people) + max(0, -count), "")
        model.add(sum(there[cell]) + short - spare == count)
        terms += [under * short, over * spare]
    model.add(sum(terms) <= most)
    model.minimize(sum(terms))
    solver = _solver(effort)
    started(solver)
    status = solver.solve(model)
    proved = status in (cp.OPTIMAL, cp.INFEASIBLE)
    if status not in (cp.OPTIMAL, cp.FEASIBLE):
        return None, proved
    return {who: days for who, days, _cost, one in chosen if solver.boolean_value(one)}, proved


def _worked(days: Days) -> Iterator[tuple[int, int]]:
    return ((day, kind) for day, kind in enumerate(days) if kind != OFF)
