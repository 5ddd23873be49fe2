"""A roster of many people made better a few people at a time.

The people are put at random into groups; within each group they share out anew, as well as it can
be done, the places that they hold together. Nobody else is touched by it, so that two groups are
worked on at once and the result does not depend on which of them is first.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from time import monotonic
from typing import Final

from wuye_tui.rostering.evening import Soft
from wuye_tui.rostering.facts import Facts, Role
from wuye_tui.rostering.measures import Hold
from wuye_tui.rostering.model import Model
from wuye_tui.rostering.objective import Objective
from wuye_tui.rostering.solver import Search, hint

GROUP: Final = 5  # people at first: their month is solved in a tenth of a second; more when stuck
_MORE: Final = 3
_WORK: Final = 0.4  # of a group, in the solver's own time
_IDLE: Final = 6  # rounds without anything better, and it is left
_ROUNDS: Final = 200


def improved(
    soft: Soft, holds: tuple[Hold, ...], until: float, seed: int, workers: int
) -> Iterator[tuple[Hold, ...]]:
    """Better and better rosters, until `until` of the monotonic clock, or until one costs no more
    than the bound or rounds make nothing better.
    """
    facts, random = soft.facts, Random(seed)  # noqa: S311 - no secret, the same every time
    cost, least, idle = soft.cost(holds), soft.bound(), 0
    for _round in range(_ROUNDS):
        if cost <= least or idle >= _IDLE or monotonic() >= until:
            break
        groups = _groups(facts, random, GROUP + min(idle, _MORE))
        with ThreadPoolExecutor(max_workers=workers) as pool:
            jobs = [pool.submit(_shared, soft, holds, group, until, seed) for group in groups]
            parts = [job.result() for job in jobs]
        before = cost
        for group, part in zip(groups, parts, strict=True):
            # Each by itself: a search cut short may come to something worse than it began with,
            # and that is no reason to leave what the others found.
            better = _with(holds, group, part)
            now = soft.cost(better)
            if now <= cost and _has_partners(facts, better):
                holds, cost = better, now
        idle = 0 if cost < before else idle + 1
        if not idle:
            yield holds


def _groups(facts: Facts, random: Random, size: int) -> list[list[str]]:
    """All people in groups of about this size, in a new order every round."""
    numbers = sorted(facts.people)
    random.shuffle(numbers)
    many = max(1, round(len(numbers) / size))
    return [sorted(numbers[n::many]) for n in range(many)]


def _shared(
    soft: Soft, holds: tuple[Hold, ...], group: list[str], until: float, seed: int
) -> list[Hold]:
    """The places of a group shared out anew; as they are, where nothing better is found in time."""
    facts, members = soft.facts, set(group)
    own = tuple(one for one in holds if one.number in members)
    places = dict[tuple[int, Role], tuple[str, ...]]()
    for one in own:
        places[one.at, one.role] = (*places.get((one.at, one.role), ()), "")
    model = Model(facts.part(group, places))
    model.model.minimize(Objective(model, soft).total)
    hint(model, own)
    answer = Search(until - monotonic(), seed, work=_WORK).run(model)
    return list(own if answer.holds is None else answer.holds)


def _with(holds: tuple[Hold, ...], group: list[str], part: list[Hold]) -> tuple[Hold, ...]:
    """A roster in which a group has its places as it shared them out."""
    others = [one for one in holds if one.number not in group]
    return tuple(sorted([*others, *part], key=_order))


def _has_partners(facts: Facts, holds: tuple[Hold, ...]) -> bool:
    """Whether nobody new is alone: the one rule that ties people of different groups."""
    others = {(o.at, o.role.shift) for o in holds if not facts.is_new(o.number, o.at)}
    return all(
        (one.at, one.role.shift) in others for one in holds if facts.is_new(one.number, one.at)
    )


def _order(one: Hold) -> tuple[str, int, str]:
    return one.number, one.at, one.role.shift
