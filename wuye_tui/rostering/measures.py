"""What is shared out in a roster, and what it costs to be away from one's share of it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from wuye_tui.rostering.facts import Role

APART: Final = 4  # what each one of difference above one weighs, times what one weighs itself
STAND_IN: Final = 1000  # a shift of somebody from elsewhere, times what a change weighs
STEPS: Final = 6  # so many away from the share the square is followed, from there on a line


class Hold(NamedTuple):
    """Somebody has a place of a role on a day."""

    number: str
    at: int
    role: Role


@dataclass(frozen=True)
class Measure:
    """Something that is shared out: on which days, of which shifts, and how much each one weighs.

    `unit` is 1 for what is counted, and for hours so many minutes as the longest shift has.
    """

    name: str
    weight: int
    days: frozenset[int]
    shifts: frozenset[str]
    unit: int = 1


def step(apart: int) -> int:
    """What it costs to be one more away from one's share, after so many."""
    return 2 * min(apart, STEPS) + 1


def away(apart: int) -> int:
    """What it costs to be so many away from one's share, above or below it."""
    return sum(step(n) for n in range(abs(apart)))


def part(there: Fraction, level: Fraction, before: int, most: int) -> Fraction:
    """What somebody who is there for a part of the days is asked for, up to a common level, and
    never more than somebody can have.
    """
    return min(Fraction(most), there * max(Fraction(0), level - before))
