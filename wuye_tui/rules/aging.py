"""Aging 账龄: what is owed, by how many days it is overdue."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import Final

from wuye_tui.words import N_

AGES: Final = (30, 60, 90, 180)
"""The most days overdue of each bucket between `not yet due` and `more`."""
AGE_WORDS: Final = (
    N_("未逾期"),
    N_("逾期 1-30 天"),
    N_("逾期 31-60 天"),
    N_("逾期 61-90 天"),
    N_("逾期 91-180 天"),
    N_("逾期超过 180 天"),
)
"""What each bucket is called, in their order."""


def age_of(due: date, today: date) -> int:
    """The bucket of a debt: 0 not yet due, the due day included, then by AGES, 5 for more."""
    late = (today - due).days
    return 1 + bisect_left(AGES, late) if late > 0 else 0


def aged(items: Iterable[tuple[date, int]], today: date) -> list[int]:
    """The fen of each bucket; an item is its due day and the fen owed."""
    sums = [0] * len(AGE_WORDS)
    for due, fen in items:
        sums[age_of(due, today)] += fen
    return sums
