"""The fees of an office (KF-3.4, FW-4.1, FW-4.2): who pays one, by what it is reckoned, and when it
is due. The table is the office's own, `data/fees.toml`; prices are in the register.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.months import Month
from wuye_tui.words import N_, _, listed


class How(StrEnum):
    """By what a fee is reckoned."""

    AREA = "area"
    UNIT = "unit"
    SPACE = "space"
    METER = "meter"
    POOL = "pool"
    ONCE = "once"
    DEPOSIT = "deposit"


PERIODIC = frozenset({How.AREA, How.UNIT, How.SPACE, How.METER, How.POOL})
MEASURES = (N_("吨"), N_("度"))
"""What meters usually measure; an office's own word is shown as it is."""
PRICED = frozenset({How.AREA, How.UNIT, How.SPACE, How.METER})


class UnknownFee(NotFound):
    """No fee has this code or name."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        told = _("没有收费项目「{typed}」，可用的有：{known}。")
        super().__init__(told.format(typed=typed, known=listed(known)))


@dataclass(frozen=True)
class FeeKind:
    """One fee. `season` is from which to which day of the year it is charged for, as (month, day)
    pairs; `due_months` how many months after the period its `due_day` comes, for what is known
    only when the month is over; `rate`, `grace` and `cap` are those of its late fee
    (`rules.latefees`).
    """

    code: str
    word: str
    how: How
    kinds: tuple[str, ...] = ()
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    due_day: int = 0
    basis: str = ""
    measure: str = ""
    rate: int = 0
    grace: int = 0
    cap: int = 0
    due_months: int = 0

    @property
    def per(self) -> str:
        """What its price is for one of, in words: ㎡每月, 车位每月, 吨; "" where there is none."""
        if self.how is How.METER:
            return _(self.measure)
        if self.how not in PRICED:
            return ""
        of = {How.AREA: "㎡", How.UNIT: _("户"), How.SPACE: _("车位")}[self.how]
        return _("{of}每季").format(of=of) if self.season else _("{of}每月").format(of=of)

    def concerns(self, kind: str) -> bool:
        """Whether units of a kind pay it."""
        return not self.kinds or kind in self.kinds

    def span(self, month: Month) -> tuple[date, date] | None:
        """The days that the bill of a month is for, both in it; None where it has none: what comes
        once a season is charged in the month in which the season begins.
        """
        if self.season is None:
            return date(month.year, month.month, 1), month.last_day
        (begin, day), (end, last) = self.season
        if month.month != begin:
            return None
        year = month.year + (1 if (end, last) < (begin, day) else 0)
        until = Month(year, end)
        return date(month.year, begin, day), date(year, end, min(last, until.last_day.day))

    def due(self, month: Month) -> date | None:
        """The last day on which the bill of a month is in time; None for what is due at once."""
        if not self.due_day:
            return None
        then = month.later(self.due_months)
        return date(then.year, then.month, min(self.due_day, then.last_day.day))


def fee_named(fees: Sequence[FeeKind], typed: str) -> FeeKind:
    """The fee of a code or a name. Raises UnknownFee."""
    asked = typed.strip()
    found = next((one for one in fees if asked.lower() == one.code or asked == one.word), None)
    if found is None:
        raise UnknownFee(typed, [f"{one.code} {one.word}" for one in fees])
    return found


def season_day(text: str) -> tuple[int, int]:
    """Month and day of `11-15`. Raises ValueError."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", text)
    if found is None:
        raise ValueError(text)
    month, day = int(found[1]), int(found[2])
    date(2024, month, day)  # a year that has 29 February
    return month, day
