"""Months as summaries name them: 2026-11, in the office's own days."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_TYPED: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})", re.ASCII)


class BadMonth(UsageError):
    """What was typed is no month."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("月份写成 2026-11，「{typed}」不是月份。").format(typed=typed[:40]))


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    month: int

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    def later(self, months: int) -> "Month":
        """So many months later; before, if it is less than none."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def month_of(day: date) -> Month:
    """The month that a day lies in."""
    return Month(day.year, day.month)


def parse_month(typed: str) -> Month:
    """`2026-11`. Raises BadMonth."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None or not (1 <= int(found[2]) <= 12 and 1900 <= int(found[1]) < 9999):
        raise BadMonth(typed)
    return Month(int(found[1]), int(found[2]))
