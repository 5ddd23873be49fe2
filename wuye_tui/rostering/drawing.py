"""Draws up a roster: every hard rule kept, what is soft weighed, and how far from the best it is.

A first roster is searched for whole; in an office of many people it is then made better a few
people at a time; and what is left of the time goes into a search of the whole month from there,
which also says how good any roster can be.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, isfinite
from time import monotonic
from typing import Any, Final

from wuye_tui.rostering.counting import shortages
from wuye_tui.rostering.evening import Soft
from wuye_tui.rostering.explaining import NoRoster, NotInTime, refused
from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.improving import improved
from wuye_tui.rostering.measures import Hold
from wuye_tui.rostering.model import Model
from wuye_tui.rostering.objective import Objective
from wuye_tui.rostering.posts import given_out
from wuye_tui.rostering.solver import Search, Told, hint
from wuye_tui.rules.rosters import Asked, Cell, Drawn, Person
from wuye_tui.words import _

_MANY: Final = 12  # people from which on groups of them are solved by themselves first
_OF_GROUPS: Final = 0.6  # of the time, at most, for that
_OF_STRANGERS: Final = 0.4  # of that, for asking as few people from elsewhere as can be
_STRANGER: Final = 10_000  # somebody from elsewhere, in changes of what people know
_WORK: Final = 0.5  # the solver's own time for the search of the whole, as a part of the seconds


def draw(
    asked: Asked,
    seconds: float = 30,
    seed: int = 1,
    workers: int = 2,
    told: Told | None = None,
    others: Sequence[Person] = (),
) -> Drawn:
    """A roster of the month. The same asked with the same seed, seconds and workers is the same
    roster, unless the clock or somebody stopped it: the best so far is kept then. `stopped` says
    that it was not proven to be the best possible.

    Stand-ins are given a shift only where the kind's own people are too few, and `notes` say why.
    `told` hears of every better roster, and may raise KeyboardInterrupt. NoRoster where the hard
    rules clash (`others` are offered if they are qualified), NotInTime, NoSolver.
    """
    watch, workers = _Watch(seconds, told), max(2, workers)
    own = Facts(asked, stand_ins=False)
    if len(own.people) == len(asked.people):
        return _drawn(own, watch, seed, workers, others)
    try:
        return _drawn(own, watch, seed, workers, others)
    except NoRoster as short:
        why = short.clashes
    drawn = _drawn(Facts(asked), watch, seed, workers, others)
    strangers = {one.number for one in asked.people if one.stand_in}
    many = sum(cell.staff in strangers for cell in drawn.cells)
    note = _("本来排这种班的人不够，请人顶了 {n} 个班：{why}").format(n=many, why=why[0].words)
    return replace(drawn, notes=(note, *drawn.notes))


class _Watch:
    """The time that there is, and whoever wants to be told."""

    def __init__(self, seconds: float, told: Told | None) -> None:
        self.seconds, self._told = seconds, told
        self._began = monotonic()
        self.until = self._began + seconds
        self.least = 0
        self._best: int | None = None

    @property
    def left(self) -> float:
        return self.until - monotonic()

    def says(self, cost: int, bound: int) -> None:
        """Tells of something better. What `told` raises goes through."""
        self.least = max(self.least, bound)
        if self._told and (self._best is None or cost < self._best):
            self._best = cost
            self._told(cost, min(self.least, cost), monotonic() - self._began)


def _drawn(facts: Facts, watch: _Watch, seed: int, workers: int, others: Sequence[Person]) -> Drawn:
    if shortages(facts):
        raise refused(facts, others)
    soft = Soft(facts)
    watch.least = soft.bound()
    model = Model(facts)
    holds, halted = _first(model, soft, watch, seed, workers, others)
    bound = watch.least
    if not halted and len(facts.people) >= _MANY:
        until = monotonic() + watch.left * _OF_GROUPS
        holds, halted = _by_groups(soft, holds, until, seed, workers, watch)
    cost = soft.cost(holds)
    if not halted and cost > bound and watch.left > 0:
        holds, bound = _whole(model, soft, holds, watch, seed, workers)
        cost = soft.cost(holds)
    cells = tuple(sorted([*kept_cells(facts), *given_out(facts, holds)]))
    return Drawn(cells, cost, min(bound, cost), stopped=cost > bound, seed=seed)


def _first(
    model: Model, soft: Soft, watch: _Watch, seed: int, workers: int, others: Sequence[Person]
) -> tuple[tuple[Hold, ...], bool]:
    """Any roster that keeps the hard rules, with as few people from elsewhere and as few changes
    of what people know as are found in a part of the time; and whether somebody stopped it there.
    """
    facts = soft.facts
    published = published_holds(facts)
    if published:
        hint(model, published)
    strangers = [one for who, _at, _role, one in model.every() if facts.is_other(who)]
    search = Search(watch.left, seed, workers)
    if strangers or published:
        changes = _changes(model, soft) if published else 0
        model.model.minimize(sum(strangers) * _STRANGER + changes)
        search.parameters.max_deterministic_time = watch.seconds * _WORK * _OF_STRANGERS
    else:
        search.parameters.stop_after_first_solution = True
    answer = search.run(model)
    model.model.clear_hints()
    model.model.clear_objective()
    if answer.never:
        raise refused(facts, others)
    if answer.holds is None:
        raise NotInTime(facts.asked, watch.seconds)
    if strangers or published:
        watch.least = max(watch.least, _least(soft, up(answer.bound), bool(strangers)))
    try:
        watch.says(soft.cost(answer.holds), watch.least)
    except KeyboardInterrupt:
        return answer.holds, True
    return answer.holds, answer.halted


def _changes(model: Model, soft: Soft) -> Any:
    """How many of the shifts that people know already are not theirs any more."""
    facts, total = soft.facts, 0
    for cell in soft.published:
        held = model.holds(cell.staff, facts.at(cell.day), (cell.shift,))
        total += 1 - sum(held)
    return total


def _least(soft: Soft, bound: int, strangers: bool) -> int:
    """What any roster costs, where people from elsewhere and changes together are no fewer."""
    weight = soft.facts.kind.weights.changes
    if not strangers:
        return soft.bound() + weight * bound
    # One more from elsewhere may save changes.
    return soft.bound(bound // _STRANGER) + min(weight * (bound % _STRANGER), soft.stand_in)


def _by_groups(
    soft: Soft, holds: tuple[Hold, ...], until: float, seed: int, workers: int, watch: _Watch
) -> tuple[tuple[Hold, ...], bool]:
    """The same made better by groups, and whether somebody stopped it: what was best is kept."""
    best = [holds]
    try:
        for better in improved(soft, holds, until, seed, workers):
            best.append(better)
            watch.says(soft.cost(better), watch.least)
    except KeyboardInterrupt:
        return best[-1], True
    return best[-1], False


def _whole(
    model: Model, soft: Soft, holds: tuple[Hold, ...], watch: _Watch, seed: int, workers: int
) -> tuple[tuple[Hold, ...], int]:
    """The best of the whole month from a roster on, and the bound of what any costs."""
    try:
        model.model.minimize(Objective(model, soft).total)
        hint(model, holds)
        search = Search(watch.left, seed, workers, work=watch.seconds * _WORK)
        answer = search.run(model, watch.says)
    except KeyboardInterrupt:  # before the search had anything
        return holds, watch.least
    bound = max(watch.least, up(answer.bound))
    if answer.holds is None or soft.cost(answer.holds) >= soft.cost(holds):
        return holds, bound
    return answer.holds, bound


def published_holds(facts: Facts) -> tuple[Hold, ...]:
    """What is published of the open days, as far as it can still be held."""
    found = list[Hold]()
    for cell in facts.asked.published:
        at = facts.at(cell.day)
        for role in facts.roles if at in facts.open_days and cell.staff in facts.people else ():
            is_place = role.shift == cell.shift and cell.post in facts.places.get((at, role), ())
            if is_place and facts.may(cell.staff, at, role):
                found.append(Hold(cell.staff, at, role))
                break
    return tuple(found)


def kept_cells(facts: Facts) -> list[Cell]:
    """The cells of the days that stay as they were published."""
    inside = set(facts.days[: facts.opens])
    return [cell for cell in facts.asked.published if cell.day in inside]


def up(bound: float) -> int:
    """The whole number that a bound comes to: what a roster costs is whole."""
    return max(0, ceil(bound - 1e-6)) if isfinite(bound) else 0
