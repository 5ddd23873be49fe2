"""Days as they are typed into the forms of a roster."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.roster_asks import UnreadableDay, read_day

NEAR = date(2026, 12, 30)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12-05", date(2026, 12, 5)),
        ("１２－０５", date(2026, 12, 5)),
        ("1-3", date(2027, 1, 3)),
        ("1月3日", date(2027, 1, 3)),
        ("2026-01-03", date(2026, 1, 3)),
        ("2-29", date(2028, 2, 29)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(typed: str, day: date) -> None:
    near = date(2027, 12, 1) if typed == "2-29" else NEAR
    assert read_day(typed, near) == day


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(-180, 180))
def test_every_day_within_half_a_year_is_read_back(near: date, away: int) -> None:
    day = near + timedelta(days=away)
    assert read_day(f"{day:%m-%d}", near) == day


@pytest.mark.parametrize("typed", ["", "13-01", "2-30", "明天", "12-05-06", "2027-02-29"])
def test_what_is_no_day_is_said_back(typed: str) -> None:
    with pytest.raises(UnreadableDay):
        read_day(typed, NEAR)
