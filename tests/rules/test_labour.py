"""Hours by Chinese labour law: what a month usually has, and what it has at most.

* 8 hours a working day, and 36 of overtime a month, make-up days and holidays counted right
* a single day, and the overtime of the weeks, are limited by standard hours only
* a quarter goes by its own working days, as far as it has gone
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.reference import Reference
from wuye_tui.rules import labour
from wuye_tui.rules.holidays import holidays_of, working_of
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Asked, Hours

CALENDAR = Reference().calendar
NIGHT = Reference().rosters["night"]


def month(year: int, number: int, **more: object) -> Asked:
    """A month with the published calendar's days."""
    asked = Month(year, number)
    days = (holidays_of(CALENDAR, asked), working_of(CALENDAR, asked))
    return Asked(NIGHT, asked, (), (), (), *days, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("year", "number", "days"),
    [(2026, 12, 23), (2026, 11, 21), (2026, 10, 18), (2026, 2, 16)],  # with make-up Saturdays
)
def test_a_month_has_eight_hours_a_working_day_and_36_of_overtime(year, number, days):
    asked = month(year, number)
    assert labour.working_days(asked) == days
    for hours in Hours:
        assert labour.most_minutes(hours, asked) == (days * 8 + 36) * 60


def test_without_a_calendar_mondays_to_fridays_count_that_are_no_holidays():
    asked = Asked(NIGHT, Month(2026, 12), (), holidays=frozenset({date(2026, 12, 1)}))
    assert labour.working_days(asked) == 22


def test_only_standard_hours_limit_a_single_day():
    assert labour.most_of_day(Hours.STANDARD) == 11 * 60
    assert labour.most_of_day(Hours.COMPREHENSIVE) == 0


@pytest.mark.parametrize(("number", "months", "days"), [(10, 1, 18), (11, 2, 39), (12, 3, 62)])
def test_a_quarter_goes_by_its_own_working_days(number, months, days):
    asked = month(2026, number, quarter_days=days)
    assert labour.most_of_quarter(asked) == (days * 8 + months * 36) * 60


def test_a_quarter_that_nobody_counted_has_every_monday_to_friday():
    assert labour.most_of_quarter(month(2026, 12)) == ((22 + 21 + 23) * 8 + 3 * 36) * 60


HOURS_OF_DAY = st.lists(st.integers(0, 11 * 60), min_size=7, max_size=7)


@given(HOURS_OF_DAY)
def test_overtime_of_a_week_is_what_is_over_eight_a_day_and_over_forty_of_the_rest(days):
    usual = sum(min(one, 480) for one in days)
    over = sum(days) - usual
    assert labour.overtime_of_week(days) == over + max(0, usual - 2400)


def test_every_week_counts_in_one_month_only():
    months = [Month(2026, 10).later(n) for n in range(15)]
    weeks = [week for one in months for week in labour.weeks_of(Asked(NIGHT, one, ()))]
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].weekday() == 0 for week in weeks)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
