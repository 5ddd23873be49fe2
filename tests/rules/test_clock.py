"""The one object that says now, and the moments that people type.

- in figures, in words, a time alone, a day alone where that is enough
- each thing that is wrong with a moment is said in a sentence of its own
- what has happened: a time alone that is still to come was yesterday's
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.clock import (
    MomentWithoutDay,
    MomentWithoutTime,
    MovedClock,
    NoSuchMoment,
    StoppedClock,
    SystemClock,
    UnreadableMoment,
    in_utc,
    parse_moment,
    parse_past,
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
        "9",
        "0930",
        "2026-11-21",
        "明天",
        "明天9点陈立",
        "昨天9点",
        "马上",
        "半小时后",
        "09:30" + " " * 40 + "x",
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
    assert f"「{typed[:40]}」" in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("明天9点", "2026-11-22 09:00"),
        ("明天9点半来", "2026-11-22 09:30"),
        ("明天 9:05", "2026-11-22 09:05"),
        ("9点", "2026-11-21 09:00"),
        ("今天下午3点", "2026-11-21 15:00"),
        ("周三下午3点", "2026-11-25 15:00"),
        ("11-22 09:00", "2026-11-22 09:00"),
        ("2026-12-01 9点", "2026-12-01 09:00"),
    ],
)
def test_a_moment_may_be_written_as_it_is_said(typed, meant):
    meant_at = datetime.fromisoformat(meant).replace(tzinfo=SHANGHAI)
    assert parse_moment(typed, SHANGHAI, SATURDAY) == meant_at


def test_half_an_hour_from_now_needs_a_now():
    now = HALF_PAST_NINE
    found = parse_moment("半小时后", SHANGHAI, SATURDAY, now=now)
    assert found - now == timedelta(minutes=30)


@pytest.mark.parametrize("typed", ["2026-11-23", "2026-11-23 ", "后天", "11月23日"])
def test_a_day_alone_is_when_the_office_opens_or_is_refused_where_the_hour_matters(typed):
    found = parse_moment(typed, SHANGHAI, SATURDAY, opens=time(8, 30))
    assert found == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    with pytest.raises(MomentWithoutTime, match="几点"):
        parse_moment(typed, SHANGHAI, SATURDAY)


@pytest.mark.parametrize("typed", ["2026-02-30", "2026-02-30 09:30", "24:00", "2026-13-01"])
def test_what_no_calendar_has_is_told_apart_from_what_cannot_be_read(typed):
    with pytest.raises(NoSuchMoment, match="没有"):
        parse_moment(typed, SHANGHAI, SATURDAY, opens=time(8, 30))


def test_a_time_alone_that_is_still_to_come_was_the_evening_before():
    after_midnight = datetime(2026, 11, 21, 0, 10, tzinfo=SHANGHAI)
    half_a_day = timedelta(hours=12)
    ten_to = datetime(2026, 11, 20, 23, 50, tzinfo=SHANGHAI)
    assert parse_past("23:50", SHANGHAI, after_midnight, half_a_day) == ten_to
    # Longer ago than may be entered, or with its day: taken as it stands, and refused by the step.
    for typed in ("09:00", "2026-11-21 23:50"):
        moment = parse_past(typed, SHANGHAI, after_midnight, half_a_day)
        assert moment > after_midnight


def test_what_is_shown_can_be_typed_again():
    moment = datetime(2026, 11, 21, 1, 30, 5, 250000, tzinfo=UTC)
    for zone in (UTC, SHANGHAI, timezone(timedelta(hours=-3, minutes=-30))):
        assert parse_moment(moment.astimezone(zone).isoformat(), SHANGHAI) == moment
