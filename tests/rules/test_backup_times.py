"""Which backups are kept: 7 days, 4 weeks, 12 months, and never fewer than the last good one."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.backup_times import DAYS, MONTHS, WEEKS, is_due, is_too_old, to_thin

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: NOW - timedelta(days=800) + timedelta(minutes=minutes)
)
taken = st.dictionaries(st.integers(0, 99), moments, max_size=40)


def kept(made: dict[int, datetime]) -> dict[int, datetime]:
    gone = to_thin(made)
    return {name: moment for name, moment in made.items() if name not in gone}


@given(taken)
def test_the_last_of_all_always_stays(made: dict[int, datetime]) -> None:
    if made:
        assert max(made.values()) in kept(made).values()
    assert to_thin(made) <= made.keys()


@given(taken)
def test_what_goes_is_not_the_last_of_its_day_week_and_month_in_reach(
    made: dict[int, datetime],
) -> None:
    stays = kept(made)
    for most, period in (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    ):
        periods = sorted({period(moment.date()) for moment in made.values()}, reverse=True)[:most]
        for wanted in periods:
            last = max(at for at in made.values() if period(at.date()) == wanted)
            assert last in stays.values()


@given(taken)
def test_no_more_are_kept_than_days_weeks_and_months_together(made: dict[int, datetime]) -> None:
    assert len(kept(made)) <= DAYS + WEEKS + MONTHS


@given(taken)
def test_thinning_twice_is_thinning_once(made: dict[int, datetime]) -> None:
    assert to_thin(kept(made)) == set()


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(1, 3))
def test_two_years_of_days_leave_a_week_a_month_and_a_year(first: date, each_day: int) -> None:
    """Thinned after each one that is made, as it is in life: what is thinned never comes back."""
    have: dict[int, datetime] = {}
    for n in range(800 * each_day):
        day = first + timedelta(days=n // each_day)
        have[n] = datetime.combine(day, time(9 + n % each_day), UTC)
        have = kept(have)
    days = sorted({moment.date() for moment in have.values()}, reverse=True)
    assert days[:7] == [days[0] - timedelta(days=n) for n in range(7)]
    weeks = {day.isocalendar()[:2] for day in days}
    assert {(days[0] - timedelta(weeks=n)).isocalendar()[:2] for n in range(4)} <= weeks
    months = {day.year * 12 + day.month for day in days}
    now = days[0].year * 12 + days[0].month
    assert {now - n for n in range(12)} <= months
    assert len(have) <= DAYS + WEEKS + MONTHS


@given(taken, st.timedeltas(timedelta(days=400), timedelta(days=4000)))
def test_an_office_that_was_closed_keeps_what_it_has(
    made: dict[int, datetime], later: timedelta
) -> None:
    """Nothing goes because time has passed: only because newer ones have come."""
    moved = {name: moment + later for name, moment in made.items()}
    assert len(kept(moved)) <= DAYS + WEEKS + MONTHS
    if moved:
        assert max(moved.values()) in kept(moved).values()


@given(moments, st.one_of(st.none(), moments))
def test_told_means_due(now: datetime, last: datetime | None) -> None:
    """Whoever is told that it is too old is never told in vain: one is being made."""
    if is_too_old(now, last):
        assert is_due(now, last)


def test_due_after_23_hours_told_after_24() -> None:
    hours = {n: NOW - timedelta(hours=n) for n in (0, 22, 23, 24, 25)}
    assert [is_due(NOW, hours[n]) for n in (0, 22, 23, 25)] == [False, False, True, True]
    assert [is_too_old(NOW, hours[n]) for n in (0, 23, 24, 25)] == [False, False, False, True]
    assert is_due(NOW, None)
    assert is_too_old(NOW, None)


def test_what_did_not_succeed_is_tried_again_after_an_hour() -> None:
    old = NOW - timedelta(days=3)
    assert not is_due(NOW, old, failed=NOW - timedelta(minutes=59))
    assert is_due(NOW, old, failed=NOW - timedelta(minutes=60))
    assert is_due(NOW, old, failed=NOW + timedelta(minutes=5))  # the clock was wrong


def test_a_backup_from_the_future_proves_nothing() -> None:
    assert is_due(NOW, NOW + timedelta(days=300))
