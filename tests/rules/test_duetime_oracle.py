"""Due times against an oracle that walks through time by half hours, and their invariants."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import Before, Due, NextMorning, Span, Wall, WorkingDays, reckon, union

OFFICE = WorkingCalendar()
STEP = timedelta(minutes=30)
LONG = datetime(2200, 1, 1, tzinfo=UTC)
"""Stands for never where due times are compared."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE.zone).astimezone(UTC)


def in_a_hold(moment: datetime, holds: list[Span], inside: bool = False) -> bool:
    """Whether the half hour from `moment` on is held; `inside`: the one before it as well."""
    covered = any(h.start <= moment and (h.end is None or moment < h.end) for h in holds)
    return covered and (not inside or in_a_hold(moment - STEP, holds))


def oracle(length, started: datetime, holds: list[Span], calendar: WorkingCalendar):
    """Walks from the start half hour by half hour; None when nothing is due in 60 days."""
    works = isinstance(length, WorkingDays)
    left = length.days * 48 if works else length.seconds // 1800
    end, moment = started + timedelta(days=60), started
    while left:
        local = moment.astimezone(calendar.zone)
        if not in_a_hold(moment, holds) and (not works or calendar.is_working(local.date())):
            left -= 1
        moment += STEP
        if moment > end:
            return None
    while works:
        local = moment.astimezone(calendar.zone)
        is_open = calendar.is_working(local.date()) and time(8, 30) <= local.time() < time(17, 30)
        # A hold that begins on the due moment leaves it; one that was running already does not.
        if is_open and not (moment > started and in_a_hold(moment, holds, inside=True)):
            break
        moment += STEP
        if moment > end:
            return None
    return moment


# February 2026 has a worked Saturday, the Spring Festival and another worked Saturday.
starts = st.integers(0, 48 * 20).map(lambda n: at("2026-02-08T00:00") + n * STEP)


@st.composite
def spans(draw):
    start = draw(starts)
    lasts = draw(st.integers(1, 200) | st.none())
    return Span(start, None if lasts is None else start + lasts * STEP)


closed = spans().filter(lambda span: span.end is not None)
holds_of = st.lists(closed, max_size=4) | st.lists(spans(), max_size=4)
lengths = st.integers(1, 200).map(lambda n: Wall(1800 * n)) | st.integers(1, 4).map(WorkingDays)
zones = st.sampled_from(["Asia/Shanghai", "Asia/Shanghai", "Europe/Berlin"])


@settings(max_examples=120, deadline=None)
@given(lengths, starts, holds_of, zones)
def test_a_due_time_is_what_counting_half_hours_gives(length, started, holds, zone):
    calendar = WorkingCalendar(zone=ZoneInfo(zone))
    got = reckon(length, started, holds, calendar)
    assert got.at == oracle(length, started, holds, calendar)
    assert got.at is None or got.at.tzinfo is UTC


@pytest.mark.parametrize("started", ["2026-03-27T10:00", "2026-10-22T10:00", "2026-10-24T23:00"])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(started):
    berlin = WorkingCalendar(zone=ZoneInfo("Europe/Berlin"), years=frozenset({2026}))
    sundays = {at(day).date(): True for day in ("2026-03-29T12:00", "2026-10-25T12:00")}
    worked = WorkingCalendar(zone=berlin.zone, days=sundays)
    start = datetime.fromisoformat(started).replace(tzinfo=berlin.zone).astimezone(UTC)
    for calendar in (berlin, worked):
        expected = oracle(WorkingDays(2), start, [], calendar)
        assert reckon(WorkingDays(2), start, [], calendar).at == expected


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 240), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=5)
)
def test_seconds_are_counted_exactly(length, pairs):
    started = at("2026-11-19T10:00")
    held = {second for start, lasts in pairs for second in range(start, start + lasts)}
    free = [second for second in range(1000) if second not in held]
    expected = started + timedelta(seconds=free[length - 1] + 1 if length else 0)
    holds = [
        Span(started + timedelta(seconds=start), started + timedelta(seconds=start + lasts))
        for start, lasts in pairs
    ]
    assert reckon(Wall(length), started, holds, OFFICE).at == expected


@settings(max_examples=80, deadline=None)
@given(lengths | st.just(NextMorning(time(9))), starts, holds_of)
def test_overlapping_holds_and_their_union_give_the_same(length, started, holds):
    merged = union(holds, started)
    got = reckon(length, started, holds, OFFICE)
    assert reckon(length, started, merged, OFFICE) == got
    assert reckon(length, started, holds + merged + holds, OFFICE) == got
    for first, second in pairwise(merged):
        assert first.end is not None
        assert first.end < second.start


@settings(max_examples=80, deadline=None)
@given(lengths | st.just(NextMorning(time(9))), starts, starts, holds_of, spans())
def test_a_later_start_or_one_more_hold_never_makes_it_earlier(length, one, other, holds, more):
    first, second = min(one, other), max(one, other)
    early = reckon(length, first, holds, OFFICE).at or LONG
    assert (reckon(length, second, holds, OFFICE).at or LONG) >= early
    assert (reckon(length, first, [*holds, more], OFFICE).at or LONG) >= early
    assert early > first


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 6), starts, holds_of)
def test_working_days_end_while_the_office_is_open(days, started, holds):
    got = reckon(WorkingDays(days), started, holds, OFFICE).at
    assert got is None or OFFICE.next_opening(got) == got


@settings(max_examples=60, deadline=None)
@given(starts, starts, st.integers(0, 7200), holds_of)
def test_an_appointment_is_moved_by_no_hold(started, appointment, seconds, holds):
    got = reckon(Before("wanted", seconds), started, holds, OFFICE, appointment)
    assert got == Due(max(started, appointment - timedelta(seconds=seconds)))
