"""Posts for a roster that has none: offices often write the shifts alone."""

from collections.abc import Sequence
from datetime import date

from wuye_tui.rules.rosters import Cell, Person, RosterKind


def with_posts(
    kind: RosterKind, cells: Sequence[Cell], people: Sequence[Person], holidays: frozenset[date]
) -> tuple[tuple[Cell, ...], bool]:
    """The cells, each with a post, and whether any had to be given out among several posts.

    Posts that need certificates are given out first, to those who have them, as many as each needs;
    whoever is too many is at the first post of the shift, on a day without needs at its only one.
    """
    known = {one.number: one.qualifications for one in people}
    found = [one for one in cells if one.post]
    waiting = dict[tuple[date, str], list[str]]()
    for one in cells:
        if not one.post:
            waiting.setdefault((one.day, one.shift), []).append(one.staff)
    is_given_out = False
    for (day, shift), staff in waiting.items():
        every = kind.heads(day, day in holidays)
        needs = [(need, many) for need, many in every if need.shift == shift]
        taken = [one.post for one in found if (one.day, one.shift) == (day, shift)]
        is_given_out = is_given_out or len({need.post for need, _many in needs}) > 1
        for need, many in sorted(needs, key=lambda one: -len(one[0].qualifications)):
            able = [number for number in staff if known[number].issuperset(need.qualifications)]
            for number in able[: max(0, many - taken.count(need.post))]:
                found.append(Cell(day, shift, need.post, number))
                staff.remove(number)
        rest = needs[0][0].post if needs else kind.post_of(shift)
        found += [Cell(day, shift, rest, number) for number in staff]
    return tuple(sorted(found)), is_given_out
