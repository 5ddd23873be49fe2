"""What a charge is called where somebody has to type it: 3-1-502/management/2026-10.

Unit, fee and month; where the unit has several of them, what it is charged for as well, a space or
a meter. Blanks do for the strokes, and the fee's own word for its code.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from wuye_tui.words import N_

MARK: Final = "/"
LATE_WORDS: Final = ("late", N_("违约金"))
_ID: Final = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_TAIL: Final = 6  # of an id these say which one it is


class Named(NamedTuple):
    """What a charge is told from others by."""

    charge: str
    unit: str
    fee: str
    period: str
    source: str

    @property
    def what(self) -> str:
        """What it is charged for, besides the unit; of a late fee the end of its debt's id."""
        rest = self.source
        for _twice in range(2):  # a meter that nobody gave a number is called after its unit
            rest = rest.removeprefix(self.unit).strip()
        return rest[-_TAIL:] if is_id(rest) else rest


def is_id(typed: str) -> bool:
    """Whether it is a charge's id and no name."""
    return _ID.fullmatch(typed.strip().lower()) is not None


def parts(typed: str) -> list[str]:
    """Unit, fee, month and what for, as far as they are typed."""
    mark = MARK if MARK in typed else None
    return [one.strip() for one in typed.strip().split(mark, 3)]


def names(charges: Iterable[Named]) -> dict[str, str]:
    """The shortest name of each charge by its id, among these; its id where two are alike."""
    every = list(charges)
    short = {one.charge: MARK.join((one.unit, one.fee, one.period)) for one in every}
    long = {one.charge: MARK.join(filter(None, (short[one.charge], one.what))) for one in every}
    many, alike = Counter(short.values()), Counter(long.values())
    found: dict[str, str] = {}
    for one in every:
        whole = long[one.charge] if alike[long[one.charge]] == 1 else one.charge
        found[one.charge] = short[one.charge] if many[short[one.charge]] == 1 else whole
    return found
