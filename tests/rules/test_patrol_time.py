"""How long was patrolled and which rounds were made, by spans and moments alone.

* the union of the patrols inside the working duty: what is outside does not count, what is in two
  counts once (ZB-4.3a)
* a round is made by the visit that lies nearest to it, within what the office allows (SB-1, SB-2)
"""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.patrol_plan import EQUIPMENT, ROOM, Spot
from wuye_tui.rules.patrol_time import (
    COMING,
    DUE,
    MADE,
    MISSED,
    Span,
    due_between,
    patrolled,
    rounds,
)

SINCE = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)  # 08:30 in the office
UNTIL = SINCE + timedelta(hours=9.5)
PUMPS = Spot("pumps", "水泵房", ROOM, EQUIPMENT, (time(9), time(15)), within=60)


def span(start: float, end: float) -> Span:
    """A patrol by minutes after the duty began."""
    return SINCE + timedelta(minutes=start), SINCE + timedelta(minutes=end)


@pytest.mark.clause("ZB-4.3a")
@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([], 0),
        ([span(0, 60)], 60),
        ([span(-30, 30)], 30),
        ([span(540, 700)], 30),
        ([span(-60, 700)], 570),
        ([span(600, 700)], 0),
        ([span(-60, -10)], 0),
        ([span(0, 60), span(30, 90)], 90),
        ([span(0, 120), span(30, 40)], 120),
        ([span(30, 40), span(0, 120)], 120),
        ([span(0, 60), span(60, 90)], 90),
        ([span(60, 0)], 0),
    ],
)
def test_the_time_patrolled_is_the_union_of_what_lies_in_the_duty(
    spans: list[Span], minutes: int
) -> None:
    assert patrolled(spans, SINCE, UNTIL) == minutes * 60


moments = st.integers(-20, 62).map(lambda tens: SINCE + timedelta(minutes=10 * tens))
patrols = st.lists(st.tuples(moments, moments), max_size=8)


@pytest.mark.clause("ZB-4.3a")
@given(patrols)
def test_every_minute_of_the_duty_in_which_anybody_walked_counts_once(spans: list[Span]) -> None:
    minutes = (SINCE + timedelta(minutes=n) for n in range(570))
    walked = sum(any(start <= minute < end for start, end in spans) for minute in minutes)
    assert patrolled(spans, SINCE, UNTIL) == walked * 60


@given(patrols, st.tuples(moments, moments))
def test_another_patrol_never_takes_time_away(spans: list[Span], more: Span) -> None:
    before, after = patrolled(spans, SINCE, UNTIL), patrolled([*spans, more], SINCE, UNTIL)
    assert before <= after <= before + max(0, int((more[1] - more[0]).total_seconds()))


def stands(now: datetime, *visits: datetime) -> list[str]:
    due = due_between(PUMPS, SINCE, SINCE + timedelta(days=1), WorkingCalendar())
    return [one.stands for one in rounds(PUMPS, due, visits, now)]


@pytest.mark.clause("SB-1")
def test_a_round_is_coming_then_due_then_missed_unless_somebody_was_there() -> None:
    assert stands(SINCE) == [DUE, COMING]  # 09:00 may be made from 08:00 on
    assert stands(SINCE + timedelta(minutes=90)) == [DUE, COMING]
    assert stands(SINCE + timedelta(minutes=91)) == [MISSED, COMING]
    assert stands(SINCE + timedelta(hours=10), SINCE) == [MADE, MISSED]


@pytest.mark.clause("SB-1")
def test_a_visit_makes_one_round_and_only_one_that_it_is_near_to() -> None:
    late = UNTIL + timedelta(hours=2)
    assert stands(late, SINCE + timedelta(minutes=91)) == [MISSED, MISSED]
    assert stands(late, SINCE - timedelta(minutes=30)) == [MADE, MISSED]
    assert stands(late, SINCE, SINCE + timedelta(minutes=30)) == [MADE, MISSED]


def test_the_rounds_of_a_duty_day_go_over_midnight() -> None:
    night = Spot("power", "配电房", ROOM, EQUIPMENT, (time(0), time(4), time(8), time(12)))
    due = due_between(night, SINCE, SINCE + timedelta(days=1), WorkingCalendar())
    assert [f"{at.astimezone(WorkingCalendar().zone):%d %H}" for at in due] == [
        "19 12", "20 00", "20 04", "20 08",
    ]  # fmt: skip
