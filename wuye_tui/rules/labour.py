"""Hours by Chinese labour law: how many minutes somebody usually works, and how many at most.

Standard working time is 8 hours a day and 40 a week (劳动法第三十六条, with the State Council's
rules of 1995), with a day of rest a week (第三十八条) and overtime of at most 3 hours a day and 36
a month (第四十一条).

Comprehensive working time needs leave of the labour office (第三十九条、劳部发〔1994〕503号) and is
reckoned over a month, a quarter or a year: a single day may be longer, the average may not, and
overtime is at most 36 hours a month on average (劳部发〔1997〕271号).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from wuye_tui.rules.rosters import Asked, Hours

A_DAY: Final = 8 * 60
A_WEEK: Final = 40 * 60
OVERTIME_OF_DAY: Final = 3 * 60
OVERTIME_OF_MONTH: Final = 36 * 60
MONTHS_OF_QUARTER: Final = 3
SUNDAY: Final = 6


def working_days(asked: Asked) -> int:
    """How many days of the month are working days: those that were given, make-up days among them,
    otherwise Mondays to Fridays that are no public holidays.
    """
    return len(asked.working) or _weekdays(asked.days, asked.holidays)


def usual_minutes(days: int) -> int:
    """Minutes of so many working days without overtime (劳动法第三十六条)."""
    return days * A_DAY


def most_minutes(hours: Hours, asked: Asked) -> int:
    """Most minutes that anybody may work in the month, overtime among them (劳动法第四十一条).

    It is the same by both: a month is the shortest period over which comprehensive hours are
    reckoned, and who keeps within it every month keeps within the quarter. Work on a day of rest
    is overtime, unless another day off is given in its place, which then is not counted. By
    standard hours days and weeks count besides (`most_of_day`, `overtime_of_week`).
    """
    del hours  # what differs is the day, and the quarter
    return usual_minutes(working_days(asked)) + OVERTIME_OF_MONTH


def most_of_quarter(asked: Asked) -> int:
    """Most minutes from the first of the quarter to the end of the month that is asked for
    (劳部发〔1994〕503号第五条、劳部发〔1997〕271号).
    """
    earlier = (asked.month.month - 1) % MONTHS_OF_QUARTER
    days = asked.quarter_days
    if not days:
        months = [asked.month.later(-n).last_day for n in range(1, earlier + 1)]
        every = (last.replace(day=n) for last in months for n in range(1, last.day + 1))
        days = working_days(asked) + _weekdays(every, asked.holidays)
    return usual_minutes(days) + (earlier + 1) * OVERTIME_OF_MONTH


def most_of_day(hours: Hours) -> int:
    """Most minutes of one day; 0 where a single day may be longer, as with comprehensive hours
    (劳动法第四十一条, 劳部发〔1994〕503号).
    """
    return A_DAY + OVERTIME_OF_DAY if hours is Hours.STANDARD else 0


def overtime_of_week(days: Sequence[int]) -> int:
    """Overtime of one week by standard hours, of the minutes of its days: what is over 8 hours on
    a day, and what of the rest is over 40 in the week (劳动法第三十六条).
    """
    over_days = sum(max(0, minutes - A_DAY) for minutes in days)
    return max(over_days, sum(days) - A_WEEK)


def weeks_of(asked: Asked) -> Iterator[list[date]]:
    """The weeks, Monday to Sunday, whose overtime counts in the month: those that end in it, so
    that each counts once.
    """
    for day in asked.days:
        if day.weekday() == SUNDAY:
            yield [day - timedelta(days=n) for n in range(6, -1, -1)]


def _weekdays(days: Iterable[date], holidays: frozenset[date]) -> int:
    return sum(day.weekday() < 5 and day not in holidays for day in days)
