"""When things are due by the regulations, under holds, and how a countdown is said."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import (
    DAY,
    Before,
    Due,
    NextMorning,
    Span,
    Wall,
    WeekEnd,
    WorkingDays,
    countdown,
    late,
    reckon,
    seconds_left,
    short_countdown,
    union,
)

OFFICE = WorkingCalendar()
LONG = datetime(2200, 1, 1, tzinfo=UTC)
"""A now that is later than everything here."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone).astimezone(UTC)


def hold(start: str, end: str = "") -> Span:
    return Span(at(start), at(end) if end else None)


def due(length, started: str, *holds: Span, moment: str = "") -> datetime | None:
    return reckon(length, at(started), holds, OFFICE, at(moment) if moment else None).at


# What the regulations say


@pytest.mark.clause("BX-5")
def test_a_record_becomes_a_slip_within_three_minutes_and_engineering_knows_two_later():
    written = due(Wall(180), "2026-11-19T10:20:00")
    assert written == at("2026-11-19T10:23:00")
    assert due(Wall(120), "2026-11-19T10:21:30") == at("2026-11-19T10:23:30")
    assert not late(written, at("2026-11-19T10:23:00"), now=LONG)
    assert late(written, at("2026-11-19T10:23:01"), now=LONG)


@pytest.mark.clause("BX-8")
def test_a_job_wanted_at_once_is_reached_in_ten_minutes_while_the_resident_can_be_reached():
    assert due(Wall(600), "2026-11-19T10:20") == at("2026-11-19T10:30")
    nobody_home = hold("2026-11-19T10:25", "2026-11-19T10:45")
    assert due(Wall(600), "2026-11-19T10:20", nobody_home) == at("2026-11-19T10:50")


@pytest.mark.clause("BX-9")
def test_an_appointment_is_kept_five_minutes_early_whatever_was_held():
    five_early = Before("wanted", 300)
    meanwhile = (hold("2026-11-19T11:00", "2026-11-20T12:00"), hold("2026-11-19T12:00"))
    for holds in ((), meanwhile):
        got = due(five_early, "2026-11-19T10:20", *holds, moment="2026-11-20T09:00")
        assert got == at("2026-11-20T08:55")


@pytest.mark.clause("BX-9")
def test_an_appointment_that_is_too_near_is_due_at_once_and_none_is_never_due():
    five_early = Before("wanted", 300)
    assert due(five_early, "2026-11-19T10:20", moment="2026-11-19T10:22") == at("2026-11-19T10:20")
    assert due(five_early, "2026-11-19T10:20", moment="2026-11-18T09:00") == at("2026-11-19T10:20")
    assert reckon(five_early, at("2026-11-19T10:20"), [], OFFICE) == Due(None)


@pytest.mark.clause("BX-10")
def test_what_is_not_on_the_tariff_is_assessed_within_fifteen_minutes():
    assert due(Wall(15 * 60), "2026-11-19T23:50") == at("2026-11-20T00:05")


@pytest.mark.clause("NB-13")
def test_somebody_is_on_site_fifteen_minutes_after_the_report_on_any_day():
    assert due(Wall(15 * 60), "2026-10-01T03:00") == at("2026-10-01T03:15")


@pytest.mark.clause("XX-4.3.7a", "XX-4.3.7c", "XX-4.3.2")
def test_two_four_and_twenty_four_hours_run_through_the_night_and_the_weekend():
    assert due(Wall(2 * 3600), "2026-11-20T23:00") == at("2026-11-21T01:00")
    assert due(Wall(4 * 3600), "2026-11-20T16:00") == at("2026-11-20T20:00")
    assert due(Wall(24 * 3600), "2026-11-20T16:00") == at("2026-11-21T16:00")


@pytest.mark.clause("XX-4.3.11a")
@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-11-19T10:00", "2026-11-23T10:00"),  # Thursday to Monday
        ("2026-11-16T10:00", "2026-11-18T10:00"),  # Monday to Wednesday
        ("2026-11-21T10:00", "2026-11-25T08:30"),  # a Saturday counts from Monday 00:00
        ("2026-11-19T17:30", "2026-11-24T08:30"),  # due on the minute of closing: next morning
        ("2026-11-19T17:29", "2026-11-23T17:29"),
        ("2026-11-19T03:00", "2026-11-23T08:30"),  # due before the office opens
        ("2026-11-18T20:00", "2026-11-23T08:30"),  # due on a Friday night: Monday morning
        ("2026-09-30T10:00", "2026-10-09T10:00"),  # across National Day
        ("2026-10-08T10:00", "2026-10-10T10:00"),  # into the Saturday worked for it
        ("2026-10-09T10:00", "2026-10-12T10:00"),  # across that Saturday, which counts
        ("2026-02-13T10:00", "2026-02-24T10:00"),  # across a worked Saturday and Spring Festival
        ("2026-09-19T10:00", "2026-09-22T08:30"),  # a Saturday off, then a worked Sunday
    ],
)
def test_two_working_days(started, expected):
    assert due(WorkingDays(2), started) == at(expected)


@pytest.mark.clause("XX-4.3.11a")
def test_a_weekend_under_a_hold_counts_once():
    over_the_weekend = hold("2026-11-20T10:00", "2026-11-23T10:00")
    assert due(WorkingDays(2), "2026-11-19T10:00", over_the_weekend) == at("2026-11-24T10:00")


def test_a_moved_due_time_that_falls_into_a_hold_waits_for_its_end():
    evening = "2026-11-18T20:00"  # its two working days end on Friday at 20:00
    held = hold("2026-11-20T21:00", "2026-11-23T10:00")
    assert due(WorkingDays(2), evening, held) == at("2026-11-23T10:00")
    until_lunch = hold("2026-11-20T21:00", "2026-11-23T18:00")
    assert due(WorkingDays(2), evening, until_lunch) == at("2026-11-24T08:30")
    assert due(WorkingDays(2), evening, hold("2026-11-20T21:00")) is None


@pytest.mark.clause("BX-3.1")
@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-11-19T22:00", "2026-11-20T09:00"),
        ("2026-11-19T03:00", "2026-11-19T09:00"),
        ("2026-11-19T09:00", "2026-11-20T09:00"),  # strictly after the start
        ("2026-11-20T22:00", "2026-11-23T09:00"),  # a Friday night: Monday
        ("2026-10-09T22:00", "2026-10-10T09:00"),  # the next Saturday is worked
        ("2026-09-30T22:00", "2026-10-08T09:00"),  # National Day
    ],
)
def test_the_night_slip_is_signed_on_the_next_working_morning(started, expected):
    assert due(NextMorning(time(9)), started) == at(expected)


def test_a_morning_under_a_hold_passes_to_the_next():
    morning = NextMorning(time(9))
    held = hold("2026-11-20T08:00", "2026-11-20T12:00")
    assert due(morning, "2026-11-19T22:00", held) == at("2026-11-23T09:00")
    assert due(morning, "2026-11-19T22:00", hold("2026-11-20T08:00")) is None
    after = hold("2026-11-20T09:00")
    assert due(morning, "2026-11-19T22:00", after) == at("2026-11-20T09:00")


@pytest.mark.clause("XX-4.3.8")
@pytest.mark.parametrize(
    ("started", "expected"),
    [
        ("2026-11-20T12:00", "2026-11-22T17:30"),  # Friday
        ("2026-11-22T17:29", "2026-11-22T17:30"),
        ("2026-11-22T17:30", "2026-11-29T17:30"),  # strictly after the start
        ("2026-11-23T00:30", "2026-11-29T17:30"),  # Sunday still in UTC
        ("2026-10-02T09:00", "2026-10-04T17:30"),  # a holiday changes nothing
    ],
)
def test_the_weeks_records_are_handed_in_by_sunday(started, expected):
    assert due(WeekEnd(time(17, 30)), started) == at(expected)


# Holds


@pytest.mark.parametrize("until", ["", "2026-11-23T12:00"])
def test_a_hold_that_begins_on_the_due_moment_leaves_it(until):
    on_the_moment = hold("2026-11-23T10:00", until)
    assert due(WorkingDays(2), "2026-11-19T10:00", on_the_moment) == at("2026-11-23T10:00")


def test_a_hold_that_lasts_pauses_what_it_began_before():
    started = "2026-11-19T10:00"
    assert due(Wall(3600), started, hold("2026-11-19T10:59")) is None
    assert due(Wall(3600), started, hold("2026-11-19T11:00")) == at("2026-11-19T11:00")
    assert due(Wall(3600), started, hold("2026-11-19T12:00")) == at("2026-11-19T11:00")
    assert due(Wall(3600), started, hold("2026-11-18T12:00")) is None


def test_a_hold_counts_only_from_the_start_on():
    before = hold("2026-11-19T08:00", "2026-11-19T09:00")
    across = hold("2026-11-19T09:30", "2026-11-19T10:10")
    assert due(Wall(3600), "2026-11-19T10:00", before) == at("2026-11-19T11:00")
    assert due(Wall(3600), "2026-11-19T10:00", across) == at("2026-11-19T11:10")


def test_overlapping_touching_and_empty_holds_are_one_set_of_time():
    since = at("2026-11-19T10:00")
    holds = [
        hold("2026-11-19T12:30", "2026-11-19T13:00"),
        hold("2026-11-19T12:00", "2026-11-19T12:30"),
        hold("2026-11-19T10:30", "2026-11-19T11:00"),
        hold("2026-11-19T11:00", "2026-11-19T11:30"),
        hold("2026-11-19T10:45", "2026-11-19T11:15"),
        hold("2026-11-19T09:00", "2026-11-19T10:00"),
        hold("2026-11-19T15:00", "2026-11-19T14:00"),
        hold("2026-11-19T16:00"),
        hold("2026-11-19T17:00", "2026-11-19T18:00"),
    ]
    assert union(holds, since) == [
        hold("2026-11-19T10:30", "2026-11-19T11:30"),
        hold("2026-11-19T12:00", "2026-11-19T13:00"),
        hold("2026-11-19T16:00"),
    ]


def test_a_naive_moment_is_a_defect():
    with pytest.raises(ValueError):
        reckon(Wall(60), datetime(2026, 11, 19, 10), [], OFFICE)  # noqa: DTZ001


# What is not published yet


def test_a_due_time_is_provisional_when_a_day_that_mattered_is():
    december = at("2089-12-28T10:00")  # a Wednesday
    entered = WorkingCalendar(years=frozenset({2089}))
    both = WorkingCalendar(years=frozenset({2089, 2090}))
    cases = {
        WorkingDays(2): (False, False),  # Friday, still in the year that is known
        WorkingDays(3): (True, False),
        NextMorning(time(9)): (False, False),
        Wall(10 * DAY): (False, False),  # asks no calendar
        Before("wanted", 300): (False, False),
    }
    for length, expected in cases.items():
        got = tuple(
            reckon(length, december, [], calendar, december + timedelta(days=9)).provisional
            for calendar in (entered, both)
        )
        assert got == expected, length
    assert reckon(WorkingDays(2), december, [], OFFICE).provisional


def test_the_due_day_alone_makes_it_provisional():
    sunday_night = at("2090-12-31T22:00")
    entered = WorkingCalendar(years=frozenset({2090}))
    got = reckon(NextMorning(time(9)), sunday_night, [], entered)
    assert got == Due(at("2091-01-01T09:00"), provisional=True)


def test_a_paused_due_time_is_provisional_by_the_days_before_the_pause():
    december = at("2089-12-28T10:00")
    entered = WorkingCalendar(years=frozenset({2089}))
    for days, provisional in ((1, False), (5, True)):
        paused = [Span(december + timedelta(days=days))]
        got = reckon(WorkingDays(9), december, paused, entered)
        assert got == Due(None, provisional)


# Late, and how it is said


def test_on_the_second_is_in_time_and_what_never_ended_is_judged_by_now():
    moment, tick = at("2026-11-19T10:00"), timedelta(microseconds=1)
    assert not late(moment, None, now=moment)
    assert late(moment, None, now=moment + tick)
    assert not late(moment, moment, now=LONG)
    assert late(moment, moment + tick, now=moment)
    assert not late(None, None, now=LONG)


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**7), 10**7))
def test_seconds_left_are_below_zero_exactly_when_it_is_late(microseconds):
    moment = at("2026-11-19T10:00")
    now = moment + timedelta(microseconds=microseconds)
    assert (seconds_left(moment, now) < 0) == late(moment, None, now)


@pytest.mark.parametrize(
    ("seconds", "words", "short"),
    [
        (0, "还有 0秒", "0秒"),
        (45, "还有 45秒", "45秒"),
        (185, "还有 3分05秒", "3分05"),
        (-130, "超时 2分10秒", "-2分10"),
        (-5, "超时 5秒", "-5秒"),
        (599, "还有 9分59秒", "9分"),
        (600, "还有 10分", "10分"),
        (-3599, "超时 59分", "-59分"),
        (3 * 3600 + 5 * 60 + 59, "还有 3时05分", "3时05"),
        (-(23 * 3600 + 59 * 60), "超时23时59分", "-23时59"),
        (2 * DAY, "还有 2天", "2天"),
        (-(3 * DAY - 1), "超时 2天", "-2天"),
    ],
)
def test_a_countdown_is_said_in_words(seconds, words, short):
    assert countdown(seconds) == words
    assert short_countdown(seconds) == short


@settings(max_examples=200, deadline=None)
@given(st.integers(-99999 * DAY, 99999 * DAY) | st.integers(-2 * DAY, 2 * DAY))
def test_a_countdown_fits_its_column(seconds):
    assert cell_len(countdown(seconds)) <= 12
    assert cell_len(short_countdown(seconds)) <= 8
    assert countdown(seconds).startswith("超时" if seconds < 0 else "还有")
    assert short_countdown(seconds).startswith("-") == (seconds < 0)
