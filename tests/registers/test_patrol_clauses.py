"""The hours of patrol (ZB-4.3a): what counts, what is let in, and what is told when the duty ends.

* what counts is what the duty manager walked in the working duty, each minute once
* a patrol lasts no longer than its duty and overlaps no other of the same person
* a day that fell short is told once, in the log
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import handed_over, move_to, on_duty, refused, rows_of, situation, taken
from tests.watching import MANAGER, begun, managing, visited, walked
from wuye_tui.desk import Act, Desk, open_desk
from wuye_tui.reference import BadReference
from wuye_tui.registers import duties, handovers, matters, patrols, ticking
from wuye_tui.registers.checking import check
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.patrols import patrol_day
from wuye_tui.registers.source import Source
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.patrol_plan import MANAGERS_POST
from wuye_tui.rules.patrol_time import Span, patrolled
from wuye_tui.rules.refusals import GuardRefused, HappenedTooLongAgo
from wuye_tui.store.tables import Firing

HOUR, DAY = timedelta(hours=1), date(2026, 11, 19)


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """孙丽, duty manager since 08:30; it is 10:20."""
    return managing(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return managing(desk)


@pytest.mark.clause("ZB-4.3a")
def test_the_hours_are_those_of_the_working_duty(manager: Desk) -> None:
    walked(manager, "09:00", "10:30")
    walked(manager, "14:00", "15:00")
    day = patrol_day(manager)
    assert (day.needed, day.seconds, day.short) == (4 * 3600, 9000, 5400)
    number = begun(manager)
    move_to(manager, "15:30")
    assert patrol_day(manager).seconds == 10_800, "one that lasts counts so far"
    move_to(manager, "19:00")
    taken(manager, number, "finish")
    assert patrol_day(manager).seconds == 9000 + 3 * 3600, "after 18:00 nothing counts"
    assert patrol_day(manager).short == 0
    assert check(manager).findings == []


@pytest.mark.clause("ZB-4.3a")
def test_the_resting_duty_asks_for_no_hours_of_its_own(here: Desk) -> None:
    walked(here, "10:30", "14:30")
    move_to(here, "23:00")
    day = patrol_day(here)
    assert (day.day, day.short) == (DAY, 0)
    walked(here, "23:00", "23:50")
    assert patrol_day(here).seconds == 4 * 3600
    move_to(here, "2026-11-20 08:00")
    assert patrol_day(here).day == DAY, "it is the same duty day until the next working duty"
    move_to(here, "2026-11-20 08:30")
    assert patrol_day(here).seconds == 0


@pytest.mark.clause("ZB-4.3a")
def test_guards_and_trade_duties_walk_without_counting(here: Desk) -> None:
    number = begun(here.as_staff("ZX01"), what="guards")
    visited(here.as_staff("ZX01"), number, "desk")
    move_to(here, "12:00")
    taken(here, number, "finish", staff="ZX01")
    day = patrol_day(here)
    assert (day.seconds, len(day.patrols)) == (0, 1)
    assert "desk" in {spot.code for spot in day.unvisited}


@pytest.mark.clause("ZB-4.3a")
def test_only_whoever_holds_the_duty_writes_the_duty_managers_patrol(here: Desk) -> None:
    with pytest.raises(GuardRefused) as told:
        begun(here.as_staff("KF04"))
    assert (told.value.guard, told.value.clause) == ("off_duty", "ZB-4.3a")
    begun(here.as_staff("KF04"), what="equipment")


@pytest.mark.clause("ZB-4.3a")
def test_what_stood_on_paper_is_written_up_within_half_a_day(here: Desk) -> None:
    move_to(here, "16:00")
    number = begun(here, happened=here.now() - 3 * HOUR)
    visited(here, number, "desk", happened=here.now() - 2 * HOUR)
    visited(here, number, "garage", happened=here.now() - 2.5 * HOUR)
    late = here.now() - 2.2 * HOUR
    assert refused("ZB-4.3c", here, number, "finish", happened=late) == "later_visit"
    taken(here, number, "finish", happened=here.now() - HOUR)
    assert patrol_day(here).seconds == 7200
    move_to(here, "23:30")
    with pytest.raises(HappenedTooLongAgo):
        begun(here, happened=here.now() - 13 * HOUR)


@pytest.mark.clause("ZB-4.3a")
def test_it_can_be_written_up_when_the_duty_is_over_but_not_made_longer(here: Desk) -> None:
    move_to(here, "16:00")
    on_duty(here, "KF04", "duty_manager")
    move_to(here, "17:00")
    number = begun(here, happened=here.now() - 3 * HOUR)
    assert refused("ZB-4.3a", here, number, "finish") == "duty_over"
    with pytest.raises(GuardRefused) as told:
        visited(here, number, "desk")
    assert told.value.guard == "duty_over"
    visited(here, number, "desk", happened=here.now() - 2 * HOUR)
    taken(here, number, "finish", happened=here.now() - HOUR)
    with pytest.raises(GuardRefused) as told:
        begun(here)
    assert told.value.guard == "off_duty"


@pytest.mark.clause("ZB-4.3a")
def test_two_patrols_of_one_person_do_not_overlap(manager: Desk) -> None:
    first = begun(manager)
    with pytest.raises(GuardRefused) as told:
        begun(manager, what="equipment")
    assert (told.value.guard, told.value.clause) == ("busy", "ZB-4.3a")
    begun(manager.as_staff("ZX01"), what="guards")
    move_to(manager, "12:00")
    taken(manager, first, "finish")
    begun(manager)  # in the very minute in which the other ended
    move_to(manager, "14:00")
    with pytest.raises(GuardRefused):
        begun(manager, happened=manager.now() - 3 * HOUR)


@pytest.mark.clause("ZB-4.3a")
def test_one_cannot_be_ended_over_another_that_was_written_up_meanwhile(here: Desk) -> None:
    move_to(here, "16:00")
    first = begun(here, happened=here.now() - 5 * HOUR)
    taken(here, first, "finish", happened=here.now() - 4 * HOUR)
    second = begun(here, happened=here.now() - 5.5 * HOUR)
    assert refused("ZB-4.3a", here, second, "finish") == "busy"
    taken(here, second, "finish", happened=here.now() - 5 * HOUR)


@pytest.mark.clause("ZB-4.3a")
def test_one_begun_by_mistake_is_cancelled_and_counts_for_nothing(here: Desk) -> None:
    number = begun(here)
    visited(here, number, "desk")
    move_to(here, "12:00")
    taken(here, number, "cancel", why="没去成")
    day = patrol_day(here)
    assert (day.seconds, day.patrols) == (0, ())
    begun(here)


@pytest.mark.clause("ZB-4.3a", "ZB-4.3b")
def test_a_day_that_fell_short_is_told_once_when_its_duty_is_over(manager: Desk) -> None:
    walked(manager, "10:20", "11:20")
    move_to(manager, "17:59")
    assert ticking.tick(manager) == []
    move_to(manager, "18:00")
    (fired,) = ticking.tick(manager)
    line = situation(manager, fired.number)
    assert fired.number.startswith("ZR-")
    assert (line.state, line.facts["day"]) == ("written", "2026-11-19")
    assert "1小时00分" in line.facts["text"]
    assert "样板房" in line.facts["text"]
    assert ticking.tick(manager) == []
    (told,) = [one for one in day_log(manager).lines if one.verb == "fall_short"]
    assert told.by_name == "系统"
    assert check(manager).findings == []


@pytest.mark.clause("ZB-4.3a")
def test_a_day_that_was_patrolled_whole_leaves_no_line(here: Desk) -> None:
    number = begun(here)
    for spot in here.reference.patrol.posts:
        visited(here, number, spot.code)
    move_to(here, "14:20")
    taken(here, number, "finish")
    move_to(here, "18:00")
    assert ticking.tick(here) == []
    assert [row.key for row in rows_of(here, Firing)] == ["patrolled:2026-11-19"]
    assert lacks(here) == []


def test_where_nobody_is_duty_manager_nothing_is_lacking(desk: Desk) -> None:
    move_to(desk, "18:30")
    assert [fired.number for fired in ticking.tick(desk)] == []


@pytest.mark.clause("ZB-4.3a", "ZB-4.8")
def test_what_the_patrol_lacks_is_handed_over_and_stays_as_it_stood(manager: Desk) -> None:
    walked(manager, "10:20", "12:20")
    move_to(manager, "18:10")
    (before,) = lacks(manager)
    assert "2小时00分，还差 2小时00分" in before
    assert "没有巡到的岗位" in before
    signed = handed_over(manager, "KF04", "duty_manager")
    assert lacks(manager.as_staff("KF04")) == [], "the night has no hours of its own"
    (then,) = handovers.handed(manager, situation(manager, signed).facts).of_kind("lacks")
    assert then.words == before
    assert (then.weight, then.why) == ("one", ("patrol",))


@pytest.mark.clause("ZB-4.3a")
def test_who_is_on_a_patrol_already_is_told_which(here: Desk) -> None:
    number = begun(here)
    with pytest.raises(GuardRefused, match=number):
        begun(here)


def test_one_that_nobody_finished_counts_to_its_last_visit_when_the_duty_is_over(
    here: Desk,
) -> None:
    number = begun(here)
    move_to(here, "11:20")
    visited(here, number, "desk")
    move_to(here, "17:00")
    assert patrol_day(here).seconds > 6 * 3600
    move_to(here, "2026-11-21 09:00")
    assert patrol_day(here, DAY).seconds == 3600


def test_a_plan_that_names_no_duty_says_so(here: Desk) -> None:
    own = here.settings.home / "data"
    own.mkdir(exist_ok=True)
    text = here.reference.text("patrol.toml").replace('duty = "day"', 'duty = "noon"')
    (own / "patrol.toml").write_text(text, "utf-8")
    again = open_desk(here.settings, here.clock)
    with pytest.raises(BadReference):
        patrol_day(again)
    move_to(here, "2026-11-20 18:30")
    ticking.tick(again)  # what else comes round does so all the same
    again.engine.dispose()


def lacks(desk: Desk) -> list[str]:
    """What the duty manager's list says that the day's patrol lacks."""
    return [one.words for one in handovers.now(desk, MANAGERS_POST).handed.of_kind("lacks")]


class Undone(Exception):
    """Leaves an act, and nothing of it is kept."""


def written_up(desk: Desk, act: Act, spans: list[tuple[int, int]]) -> Iterator[Span]:
    """Writes patrols up, each by its beginning and its length in tens of minutes from an hour
    before the duty on; what is let in.
    """
    begins = patrols.working_duty(desk.reference, desk.calendar, DAY)[0]
    for start, length in spans:
        since = begins - HOUR + timedelta(minutes=10 * start)
        until = since + timedelta(minutes=10 * length)
        with suppress(Refused):
            made = matters.start(act, "patrol", happened=since, what="duty_manager")
            try:
                matters.take(act, made["number"], "finish", happened=until)
            except Refused:
                matters.take(act, made["number"], "cancel", why="重叠")
            else:
                yield since, until


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 66), st.integers(1, 20)), min_size=1, max_size=6))
def test_whatever_is_written_up_the_time_is_the_union_of_what_was_let_in(
    desk: Desk, spans: list[tuple[int, int]]
) -> None:
    """At 19:00 in any order, over the ends of the duty and over each other: some are refused, and
    what is let in lies apart and counts once.
    """
    move_to(desk, "2026-11-19 07:30")
    manager = desk.as_staff(MANAGER)
    with suppress(Undone), manager.act("try") as act:
        duties.start(act, manager, "duty_manager")
        act.now = move_to(desk, "19:00")
        let_in = sorted(written_up(manager, act, spans))
        day = patrols.day_in(act.session, Source.of(act), DAY)
        assert day.seconds == patrolled(let_in, day.begins, day.ends)
        assert all(one[1] <= two[0] for one, two in pairwise(let_in))
        raise Undone
