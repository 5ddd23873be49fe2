"""Who of a shift stands at which of its posts: everybody at each of them about as often."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from math import inf
from typing import Final

from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.measures import Hold
from wuye_tui.rules.rosters import Cell

_NEVER: Final = 10_000_000  # what it would cost to put somebody where they may not be
_KNOWN: Final = 10_000  # what it is worth to leave somebody at the post that was published


def given_out(facts: Facts, holds: Iterable[Hold]) -> tuple[Cell, ...]:
    """The cells of the open days; a post that was published stays with whoever still has the shift.

    Day by day, the cheapest way to put the people of a shift at its posts, whichever role of it was
    found for them, as long as they may hold it: what one costs is how often they were at it. Posts
    stay empty where people are too few.
    """
    stood = Counter[tuple[str, str]]()
    for cell in [*facts.asked.before, *facts.asked.published]:
        if facts.at(cell.day) < facts.opens:
            stood[cell.staff, cell.post] += 1
    published = set(facts.asked.published)
    cells = list[Cell]()
    ordered = sorted(holds, key=lambda one: (one.at, one.role.shift, one.number))
    for (at, shift), group in groupby(ordered, key=lambda one: (one.at, one.role.shift)):
        numbers, day = [one.number for one in group], facts.day(at)
        roles = (role for role in facts.roles if role.shift == shift)
        posts = [(role, post) for role in roles for post in facts.places.get((at, role), ())]
        costs = [
            [
                2 * stood[number, post]
                - _KNOWN * (Cell(day, shift, post, number) in published)
                + _NEVER * (number not in role.able)
                for role, post in posts
            ]
            for number in numbers
        ]
        nobody = [[0] * len(posts) for _empty in range(len(posts) - len(numbers))]
        for number, at_post in zip(numbers, matched([*costs, *nobody]), strict=False):
            post = posts[at_post][1]
            stood[number, post] += 1
            cells.append(Cell(day, shift, post, number))
    return tuple(sorted(cells))


def matched(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row the column that it is given, each column once, so that the sum is least.

    The Hungarian method with potentials; as many columns as rows. Of equal ways always the same.
    """
    size = len(costs)
    rows, columns = [0.0] * (size + 1), [0.0] * (size + 1)
    holder = [0] * (size + 1)  # the row, from 1, that has a column, from 1; 0 has none
    for row in range(1, size + 1):
        holder[0], column = row, 0
        least, came = [inf] * (size + 1), [0] * (size + 1)
        used = [False] * (size + 1)
        while holder[column]:
            used[column] = True
            at, delta, best = holder[column], inf, 0
            for other in range(1, size + 1):
                if used[other]:
                    continue
                left = costs[at - 1][other - 1] - rows[at] - columns[other]
                if left < least[other]:
                    least[other], came[other] = left, column
                if least[other] < delta:
                    delta, best = least[other], other
            for other in range(size + 1):
                if used[other]:
                    rows[holder[other]] += delta
                    columns[other] -= delta
                else:
                    least[other] -= delta
            column = best
        while column:
            holder[column], column = holder[came[column]], came[column]
    found = [0] * size
    for column in range(1, size + 1):
        found[holder[column] - 1] = column - 1
    return found
