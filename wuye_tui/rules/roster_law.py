"""The law's hours as the check of a roster reckons them, day by day and for itself.

Whoever draws rosters up has `labour.py`. Nothing of it is used here, so that a mistake in either is
found: the two are held against each other in the tests. Hours are minutes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Asked, Hours

_ONE: Final = timedelta(days=1)
LONGEST_DAY: Final = 11 * 60
"""By standard hours: eight, and three of overtime (劳动法第三十六、四十一条)."""
OVERTIME: Final = 36 * 60
"""In a month, and by comprehensive hours on average (劳动法第四十一条)."""


def limit_of_day(asked: Asked) -> int:
    """0 where a day may be as long as it is."""
    return LONGEST_DAY if asked.kind.limits.hours is Hours.STANDARD else 0


def limit_of_month(asked: Asked) -> int:
    """Eight hours a working day, and the overtime."""
    return 480 * _working(asked) + OVERTIME


def limit_of_quarter(asked: Asked) -> int:
    """The same from the beginning of the quarter to the end of this month."""
    months, first = 1, asked.month
    while first.month not in (1, 4, 7, 10):
        months, first = months + 1, first.before
    days = asked.quarter_days
    if not days:
        days, month = _working(asked), first
        while month != asked.month:
            days += _plain_days(month, asked.holidays)
            month = month.later(1)
    return 480 * days + months * OVERTIME


def overtime(asked: Asked, worked: Callable[[date], int]) -> int:
    """Minutes of overtime of the weeks, Monday to Sunday, that end in the month: whatever is over
    eight hours on a day, and whatever of the rest is over forty in the week (劳动法第三十六条).
    """
    total, day = 0, asked.month.last_day.replace(day=1)
    while day.weekday() != 6:
        day += _ONE
    while day <= asked.month.last_day:
        usual = 0
        for back in range(7):
            minutes = worked(day - back * _ONE)
            usual += min(minutes, 480)
            total += max(0, minutes - 480)
        total += max(0, usual - 2400)
        day += 7 * _ONE
    return total


def _working(asked: Asked) -> int:
    return len(asked.working) if asked.working else _plain_days(asked.month, asked.holidays)


def _plain_days(month: Month, holidays: frozenset[date]) -> int:
    days, day = 0, month.last_day.replace(day=1)
    while day <= month.last_day:
        days += day.isoweekday() <= 5 and day not in holidays
        day += _ONE
    return days
