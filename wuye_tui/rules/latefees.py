"""Late fees 违约金: simple interest by the day on what is still owed, after some days of grace.

A late fee bears none itself. It is exact until it is rounded, once, and never above its cap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

DAILY: Final = 1_000_000
"""What a rate is a part of: 500 is 0.05% (万分之五) a day, 3000 is 0.3% (千分之三)."""
CAPPED: Final = 10_000
"""What a cap is a part of: 10000 is as much as was owed, 2000 a fifth of it."""


@dataclass(frozen=True)
class LateRule:
    """The terms of an agreement, none of them below zero.

    `rate` is in 1/1000000 of what is owed, a day; `grace` the days after the due day that cost
    nothing; `cap` in 1/10000 of the principal, 0 for none.
    """

    rate: int
    grace: int
    cap: int


def days_late(rule: LateRule, due: date, until: date) -> int:
    """The days that cost something, up to and including `until`."""
    return max(0, (until - due).days - rule.grace)


def late_millionths(
    rule: LateRule, due: date, until: date, owed: Sequence[tuple[date, int]]
) -> int:
    """The late fee in 1/1000000 fen, neither rounded nor capped; `owed` as in `late_fee`."""
    first, behind = due.toordinal() + rule.grace + 1, until.toordinal() + 1
    steps = [(day.toordinal(), max(fen, 0)) for day, fen in owed]
    total = 0
    for (since, fen), (changed, _fen) in pairwise([*steps, (behind, 0)]):
        total += fen * max(0, min(changed, behind) - max(since, first))
    return total * rule.rate


def late_fee(rule: LateRule, due: date, until: date, owed: Sequence[tuple[date, int]]) -> int:
    """The fen that a debt due on `due` has cost up to and including `until`, rounded half up once.

    `owed` says from which day on how many fen were outstanding, sorted by day; before the first of
    these days nothing was. A day costs what is outstanding from it on, so a payment dated on a day
    spares that day. The cap goes by the most that was ever outstanding until then.
    """
    fee = (2 * late_millionths(rule, due, until, owed) + DAILY) // (2 * DAILY)
    if not rule.cap:
        return fee
    principal = max([0, *(fen for day, fen in owed if day <= until)])
    return min(fee, principal * rule.cap // CAPPED)
