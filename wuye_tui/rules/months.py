"""A calendar month of the office: typed, named, and from which moment until which it lasts."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from wuye_tui.rules.clock import in_utc
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_TYPED: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?", re.ASCII)
_LONGEST: Final = 20  # characters that are said back
_FIRST, _LAST = 2000, 9998  # years; no office has papers of others


class UnreadableMonth(UsageError):
    """What was typed is no month."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("没有「{typed}」这个月，请写成 2026-10。").format(typed=typed[:_LONGEST])
        )


class MonthToCome(UsageError):
    """A month that has not begun: there is nothing to sum up."""

    def __init__(self, month: "Month", now: "Month") -> None:
        told = _("{month} 还没有到，最晚可以看 {now}。")
        super().__init__(told.format(month=month, now=now))


@dataclass(frozen=True, order=True)
class Month:
    """One month of a year."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def later(self, months: int) -> "Month":
        """So many months later; before, if it is less than none."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    @property
    def before(self) -> "Month":
        """The month before."""
        return self.later(-1)

    @property
    def after(self) -> "Month":
        """The month after."""
        return self.later(1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment in this zone and the first one after it, in UTC."""
        begin, end = (datetime(m.year, m.month, 1, tzinfo=zone) for m in (self, self.after))
        return in_utc(begin), in_utc(end)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def parse_month(typed: str, today: date) -> Month:
    """The month that was typed, 2026-10; without words the one before that of `today`.

    Full-width characters count as plain ones. Raises UnreadableMonth, and MonthToCome for one that
    begins after `today`.
    """
    now = month_of(today)
    plain = unicodedata.normalize("NFKC", typed[: _LONGEST + 1]).strip()
    if not plain:
        return now.before
    found = _TYPED.fullmatch(plain)
    year, number = map(int, found.groups()) if found else (0, 0)
    if not (_FIRST <= year <= _LAST and 1 <= number <= 12):
        raise UnreadableMonth(typed)
    month = Month(year, number)
    if month > now:
        raise MonthToCome(month, now)
    return month
