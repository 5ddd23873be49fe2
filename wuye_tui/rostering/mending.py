"""The smallest change that mends a published roster when somebody cannot come.

Fewest shifts in other hands first; of these, nobody called in on a day off where somebody who is
there can do it; of these, the evenest.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic
from typing import Any, Final

from wuye_tui.rostering.drawing import kept_cells, published_holds, up
from wuye_tui.rostering.evening import Soft
from wuye_tui.rostering.explaining import NoRoster, NotInTime, refused
from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.measures import Hold
from wuye_tui.rostering.model import Model
from wuye_tui.rostering.objective import Objective
from wuye_tui.rostering.posts import given_out
from wuye_tui.rostering.solver import Search, hint
from wuye_tui.rostering.standing_in import StandIn as StandIn
from wuye_tui.rostering.standing_in import stand_ins as stand_ins
from wuye_tui.rules.rosters import Asked, Cell, Drawn, Leave, Person
from wuye_tui.words import _

_CHANGE: Final = 1000  # a shift in other hands, in days off on which somebody is called in
_EMPTY: Final = 250_000  # a quarter of a place without anybody, in the same
_SEED: Final = 1
_WORK: Final = 0.3  # the solver's own time for the evenest, as a part of the seconds


def mend(
    asked: Asked,
    absent: Leave,
    seconds: float = 10,
    workers: int = 2,
    others: Sequence[Person] = (),
    since: date | None = None,
) -> Drawn:
    """What is published, changed as little as can be from the first day of the absence (or from
    `since`) on so that every hard rule is kept.

    `objective` is how many shifts are in other hands, `bound` how many have to be, and `stopped`
    says that it was not proven to be the smallest. People who stand in are asked only where nothing
    else mends it, or where they are in the roster already. Raises NoRoster, NotInTime, NoSolver.
    """
    until = monotonic() + seconds
    away = _without(asked, absent, since or absent.begins)
    planned = {cell.staff for cell in asked.published}
    near = [one for one in away.people if not one.stand_in or one.number in planned]
    own = replace(away, people=near)
    try:
        return _mended(Facts(own), until, seconds, workers, others)
    except NoRoster as short:
        if len(near) == len(away.people):
            raise
        why = short.clashes[0].words
    drawn = _mended(Facts(away), until, seconds, workers, others)
    return replace(drawn, notes=(_("本来排这种班的人顶不了，请了别人：{why}").format(why=why),))


def mend_partly(
    asked: Asked, absent: Leave, seconds: float = 10, workers: int = 2, since: date | None = None
) -> Drawn:
    """The same where nobody can mend the whole: as few places as can be stay empty, all other rules
    are kept, and then as little is changed as can be. Raises NoRoster, NotInTime, NoSolver.
    """
    facts = Facts(_without(asked, absent, since or absent.begins))
    model, published = Model(facts, short=True), published_holds(facts)
    changes = _changes(model, set(published))
    strangers = sum(one for who, _at, _role, one in model.every() if facts.is_other(who))
    empty = sum(one * weight for one, weight in model.lacks)
    model.model.minimize(empty * _EMPTY + strangers * _CHANGE + changes)
    hint(model, published)
    answer = Search(seconds, _SEED, max(2, workers)).run(model)
    if answer.never:
        raise refused(facts)
    if answer.holds is None:
        raise NotInTime(facts.asked, seconds)
    cells = [*kept_cells(facts), *given_out(facts, answer.holds)]
    many = _count(answer.holds, published)
    return Drawn(tuple(sorted(cells)), many, many, stopped=not answer.proven, seed=_SEED)


def _without(asked: Asked, absent: Leave, since: date) -> Asked:
    """The same with the absence, and everything before a day as it is."""
    before = since - timedelta(days=1)
    first = asked.days[0]
    kept = asked.kept_until
    if before >= first:
        kept = before if kept is None else max(kept, before)
    return replace(asked, leaves=[*asked.leaves, absent], kept_until=kept)


def _mended(
    facts: Facts, until: float, seconds: float, workers: int, others: Sequence[Person]
) -> Drawn:
    model, published = Model(facts), published_holds(facts)
    if not facts.open_days:
        return Drawn(tuple(sorted(kept_cells(facts))), 0, 0, seed=_SEED)
    small = _changes(model, set(published))
    model.model.minimize(small)
    hint(model, published)
    answer = Search(until - monotonic(), _SEED, max(2, workers)).run(model)
    if answer.never:
        raise refused(facts, others)
    if answer.holds is None:
        raise NotInTime(facts.asked, seconds)
    holds = _evenest(model, small, answer.holds, published, until, seconds * _WORK, workers)
    cells: list[Cell] = [*kept_cells(facts), *given_out(facts, holds)]
    many = _count(holds, published)
    least = min(many, up(answer.bound / _CHANGE)) if not answer.proven else many
    return Drawn(tuple(sorted(cells)), many, least, stopped=many > least, seed=_SEED)


def _changes(model: Model, published: set[Hold]) -> Any:
    """How many shifts are in other hands, and then on how many days off somebody is called in."""
    facts = model.facts
    there = {(one.number, one.at) for one in published}
    total: Any = 0
    for number, at, role, one in model.every():
        if Hold(number, at, role) not in published:
            total += one * _CHANGE
    for number in facts.people:
        for at in facts.open_days:
            if (number, at) not in there:
                total += sum(model.works(number, at))
    return total


def _evenest(
    model: Model,
    small: Any,
    holds: tuple[Hold, ...],
    published: tuple[Hold, ...],
    until: float,
    work: float,
    workers: int,
) -> tuple[Hold, ...]:
    """Of all that change no more than this, the evenest that is found in the time that is left."""
    soft, there = Soft(model.facts), {(one.number, one.at) for one in published}
    if until <= monotonic() or soft.cost(holds) <= soft.bound():
        return holds
    called_in = len({(one.number, one.at) for one in holds} - there)
    model.model.add(small <= _count(holds, published) * _CHANGE + called_in)
    model.model.minimize(Objective(model, soft).total)
    model.model.clear_hints()
    hint(model, holds)
    answer = Search(until - monotonic(), _SEED, workers, work).run(model)
    if answer.holds is None or soft.cost(answer.holds) >= soft.cost(holds):
        return holds
    return answer.holds


def _count(holds: tuple[Hold, ...], published: tuple[Hold, ...]) -> int:
    return len(set(holds) - set(published))
