"""The one object that says now, and the moments that people type."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.clock import (
    MomentWithoutDay,
    MovedClock,
    StoppedClock,
    SystemClock,
    UnreadableMoment,
    in_utc,
    parse_moment,
)
from wuye_tui.rules.errors import UsageError

SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = date(2026, 11, 21)
HALF_PAST_NINE = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


def test_the_system_clock_is_aware_and_in_utc():
    before = datetime.now(UTC)
    assert before <= SystemClock().now() <= datetime.now(UTC)
    assert SystemClock().now().tzinfo is UTC


def test_a_stopped_clock_moves_only_when_it_is_moved():
    clock = StoppedClock(HALF_PAST_NINE)
    assert clock.now() == clock.now() == HALF_PAST_NINE
    clock.advance(90)
    assert clock.now() == HALF_PAST_NINE + timedelta(seconds=90)
    clock.set(HALF_PAST_NINE.astimezone(SHANGHAI))
    assert clock.now() == HALF_PAST_NINE
    assert clock.now().tzinfo is UTC


def test_a_moved_clock_runs_on_from_where_it_was_set():
    base = StoppedClock(datetime(2030, 1, 1, tzinfo=UTC))
    training = MovedClock.starting_at(HALF_PAST_NINE, base)
    assert training.now() == HALF_PAST_NINE
    base.advance(60)
    assert training.now() == HALF_PAST_NINE + timedelta(minutes=1)
    assert MovedClock(training.offset, base).now() == training.now()


def test_a_moved_clock_runs_with_the_computer():
    training = MovedClock.starting_at(HALF_PAST_NINE)
    first = training.now()
    assert HALF_PAST_NINE <= first <= training.now() < HALF_PAST_NINE + timedelta(minutes=5)


@pytest.mark.parametrize("use", [in_utc, StoppedClock, MovedClock.starting_at])
def test_no_clock_takes_a_naive_moment(use):
    with pytest.raises(ValueError):
        use(datetime(2026, 11, 21, 9, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-21T09:30:00+08:00",
        "2026-11-21T01:30:00Z",
        "2026-11-21 01:30:00.000z",
        "2026-11-21T09:30+0800",
        "2026-11-20 20:30 -05:00",
        "2026-11-21 09:30",
        " 2026-11-21  9:30:00 ",
        "09:30",
        "9:30:00",
        "２０２６－１１－２１　０９：３０",
        "０９：３０",
    ],
)
def test_every_way_to_write_half_past_nine(typed):
    found = parse_moment(typed, SHANGHAI, SATURDAY)
    assert found == HALF_PAST_NINE
    assert found.tzinfo is UTC


def test_seconds_and_their_parts_are_kept():
    found = parse_moment("2026-11-21T09:30:07.25+08:00", SHANGHAI)
    assert found - HALF_PAST_NINE == timedelta(seconds=7.25)


def test_a_time_alone_needs_a_day():
    with pytest.raises(MomentWithoutDay, match="缺少日期"):
        parse_moment("09:30", SHANGHAI)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "明天9点",
        "9",
        "0930",
        "2026-11-21",
        "2026-02-30 09:30",
        "2026-11-21 24:00",
        "2026-11-21 09:60",
        "2026-11-21 09:30:60",
        "09:30 09:40",
        "2026-W47-6 09:30",
        "2026-11-21T09:30+25:00",
        "0001-01-01 00:00",
        "٠٩:٣٠",
    ],
)
def test_what_is_no_moment_is_refused_with_words(typed):
    with pytest.raises(UnreadableMoment) as refused:
        parse_moment(typed, SHANGHAI, SATURDAY)
    assert isinstance(refused.value, UsageError)
    assert f"「{typed}」" in str(refused.value)


def test_what_is_shown_can_be_typed_again():
    moment = datetime(2026, 11, 21, 1, 30, 5, 250000, tzinfo=UTC)
    for zone in (UTC, SHANGHAI, timezone(timedelta(hours=-3, minutes=-30))):
        assert parse_moment(moment.astimezone(zone).isoformat(), SHANGHAI) == moment
