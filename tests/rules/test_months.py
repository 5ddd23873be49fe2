"""Months as they are typed, and as long as they last in the office."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.months import Month, MonthToCome, UnreadableMonth, month_of, parse_month

TODAY = date(2026, 11, 19)
ZONES = ("Asia/Shanghai", "UTC", "Europe/Berlin", "America/Los_Angeles")


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-10", "2026-10"),
        ("2026-1", "2026-01"),
        ("２０２６－１０", "2026-10"),
        ("2026年10月", "2026-10"),
        ("202611", "2026-11"),
        (" 2026/11 ", "2026-11"),
        ("", "2026-10"),
        ("  ", "2026-10"),
    ],
)
def test_a_month_is_read_as_people_write_it(typed: str, month: str) -> None:
    assert str(parse_month(typed, TODAY)) == month


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-00", "0000-01", "10", "十月", "2026-10-01", "x", "9" * 400]
)
def test_what_is_no_month_is_refused_and_says_how_one_is_written(typed: str) -> None:
    with pytest.raises(UnreadableMonth, match="2026-10"):
        parse_month(typed, TODAY)


def test_a_month_to_come_is_refused_and_names_the_last_one_there_is() -> None:
    with pytest.raises(MonthToCome, match=r"2026-12.*2026-11"):
        parse_month("2026-12", TODAY)
    assert parse_month("2026-11", TODAY) == month_of(TODAY)


@given(st.dates(date(2000, 2, 1), date(9000, 1, 1)), st.sampled_from(ZONES))
def test_months_follow_each_other_without_a_gap(day: date, zone: str) -> None:
    month = month_of(day)
    assert month.before < month < month.after
    assert month.before.after == month == month.after.before
    begin, end = month.bounds(ZoneInfo(zone))
    assert end == month.after.bounds(ZoneInfo(zone))[0]
    assert timedelta(days=27) < end - begin < timedelta(days=32)
    assert begin.astimezone(ZoneInfo(zone)).date() == date(month.year, month.month, 1)
    assert Month(month.year, month.month).last_day.month == month.month
