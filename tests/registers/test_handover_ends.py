"""A handover that does not end as it should: sent back, refused, nobody there, stepped in, set back
(KF-12, KF-13, ZB-4.8, ZB-4.9).
"""

import pytest

from tests.factories import (
    gave,
    handed_over,
    local,
    matter,
    move_to,
    on_duty,
    received,
    refused,
    rows_of,
    runs,
    steps,
    taken,
)
from tests.registers.test_handovers import MORNING, accepted, counted, held, looked, opened, ready
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, handovers
from wuye_tui.registers.checking import check
from wuye_tui.registers.duties import AlreadyOnDuty, HandOverFirst, MayNotHold, NotOnDuty
from wuye_tui.registers.handovers import HandoverOpen, NobodyOnDuty, NotYourDuty
from wuye_tui.registers.ticking import Fired, tick
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import ClockWentBack, NoRight, OutOfOrder
from wuye_tui.store.engine import write
from wuye_tui.store.tables import Duty, Firing, Handover


@pytest.mark.clause("KF-12")
def test_nobody_leaves_before_the_relief_has_taken_the_cleaning(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    counted(desk, number)
    assert refused("KF-12", desk, number, "give", cleaned=False) == "cleaned"
    taken(desk, number, "give", cleaned=True)
    at = desk.as_staff("KF02")
    taken(at, number, "sign_in")
    taken(at, number, "clean_ok")
    taken(at, number, "clean_back", dirty="垃圾没倒")
    looked(desk, number, "KF02")
    assert refused("KF-12", at, number, "accept") == "cleaning"
    taken(at, number, "clean_ok")
    accepted(desk, number, "KF02")


@pytest.mark.clause("KF-12")
def test_what_is_refused_goes_back_and_is_given_again(desk: Desk) -> None:
    number = ready(desk)
    taken(desk, number, "refuse", staff="KF02", why="工具没放回")
    with pytest.raises(OutOfOrder):
        accepted(desk, number, "KF02")
    taken(desk, number, "give", cleaned=True)
    taken(desk, number, "recall")
    assert rows_of(desk, Handover)[0].given is None
    taken(desk, number, "give", cleaned=True)
    accepted(desk, number, "KF02")
    assert matter(desk, number).state == "accepted"


@pytest.mark.clause("KF-13")
def test_without_relief_the_duty_runs_on_and_the_record_says_so_once(any_desk: Desk) -> None:
    on_duty(any_desk, MORNING)
    move_to(any_desk, "12:00:00")
    assert tick(any_desk) == []
    move_to(any_desk, "12:00:01")
    (fired,) = (one for one in tick(any_desk) if one.what == "runs_on")
    assert [row.verb for row in steps(any_desk, fired.number)] == ["register", "runs_on"]
    assert steps(any_desk, fired.number)[1].clause == "KF-13"
    assert "runs_on" not in {one.what for one in tick(any_desk)}
    assert [row.key for row in rows_of(any_desk, Firing) if row.what == "runs_on"] != []
    assert duties.now(any_desk)[0].over
    received(any_desk, gave(any_desk), "KF02")
    assert held(any_desk)[1] == ("KF02", "handover", fired.number)
    assert check(any_desk).findings == []


@pytest.mark.clause("KF-13")
def test_the_clockwork_says_it_in_the_handover_that_is_open(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    move_to(desk, "12:30")
    assert Fired("runs_on", number, "morning") in tick(desk)


@pytest.mark.clause("ZB-4.8")
@pytest.mark.parametrize(
    ("at", "late"), [("08:59:59", False), ("09:00:00", False), ("09:00:01", True)]
)
def test_the_duty_manager_has_handed_over_by_nine(desk: Desk, at: str, late: bool) -> None:
    move_to(desk, "2026-11-19 20:00")
    on_duty(desk, "KF03", "duty_manager")
    move_to(desk, "2026-11-20 08:30:00")
    number = gave(desk, "duty_manager")
    move_to(desk, at)
    received(desk, number, "KF04", "duty_manager")
    (run,) = runs(desk, number, "done")
    assert local(desk, run.due) == "2026-11-20 09:00:00"
    assert run.late(desk.now()) is late
    assert rows_of(desk, Duty)[-1].name in {"day", "rest"}


@pytest.mark.clause("ZB-4.9")
def test_the_duty_manager_stays_on_until_the_handover_is_done(desk: Desk) -> None:
    on_duty(desk, "KF03", "duty_manager")
    move_to(desk, "18:00:01")
    (fired,) = (one for one in tick(desk) if one.what == "runs_on")
    assert steps(desk, fired.number)[1].clause == "ZB-4.9"
    with pytest.raises(HandOverFirst) as refusal:
        duties.begin(desk.as_staff("KF04"), "duty_manager")
    assert refusal.value.clause == "ZB-4.9"
    assert fired.number in str(refusal.value)
    assert desk.as_staff("KF03").actor().hats > {"desk_supervisor"}


@pytest.mark.clause("KF-10")
def test_of_one_post_only_one_is_open(desk: Desk) -> None:
    with pytest.raises(NobodyOnDuty):
        opened(desk)
    on_duty(desk, MORNING)
    with pytest.raises(NotYourDuty, match="李晓燕"):
        opened(desk, "KF02")
    number = opened(desk)
    with pytest.raises(HandoverOpen, match=number):
        opened(desk)
    taken(desk, number, "void", why="开错了")
    assert opened(desk) != number


@pytest.mark.clause("KF-4")
def test_the_same_person_goes_on_without_a_handover(desk: Desk) -> None:
    on_duty(desk, MORNING)
    with pytest.raises(AlreadyOnDuty):
        on_duty(desk, MORNING)
    number = opened(desk)
    move_to(desk, "12:00")
    on_duty(desk, MORNING)
    assert held(desk) == [(MORNING, "start", ""), (MORNING, "continued", "")]
    assert matter(desk, number).state == "void"
    other = desk.as_staff("KF02")
    with pytest.raises(NotOnDuty):
        other.perform("go on", lambda act: duties.go_on(act, other), relieving=True)
    assert check(desk).findings == []


@pytest.mark.clause("KF-4", "KF-13")
def test_the_clerk_who_is_left_alone_does_not_become_the_night(desk: Desk) -> None:
    move_to(desk, "16:00")
    on_duty(desk, MORNING)
    move_to(desk, "19:00")
    with pytest.raises(MayNotHold):
        on_duty(desk, MORNING)
    assert [duty.over for duty in duties.now(desk)] == [True]


@pytest.mark.clause("KF-4")
def test_a_supervisor_steps_in_and_the_next_handover_says_why(any_desk: Desk) -> None:
    desk = any_desk
    on_duty(desk, MORNING)

    def stepping_in(who: str, **given: str) -> None:
        at = desk.as_staff(who)
        work = lambda act: handovers.step_in(act, **given)  # noqa: E731
        at.perform("handover.force", work, relieving=True)

    with pytest.raises(NoRight):
        stepping_in("KF02", why="她晕倒了")
    with pytest.raises(UsageError):
        stepping_in("KF03")
    stepping_in("KF03", why="李晓燕晕倒，已送医 13800001234", staff="KF02")
    (number,) = {row.via for row in rows_of(desk, Duty) if row.via}
    assert held(desk) == [(MORNING, "start", ""), ("KF02", "forced", number)]
    (item,) = handovers.now(desk).handed.of_kind("forced")
    assert (item.number, item.weight) == (number, "one")
    assert item.words == "李晓燕晕倒，已送医 138****1234"
    handed_over(desk, "KF03")
    assert handovers.now(desk).handed.of_kind("forced") == []
    assert check(desk).findings == []


@pytest.mark.clause("KF-10")
def test_a_clock_set_back_or_forward_leaves_no_gap_and_no_overlap(any_desk: Desk) -> None:
    desk = any_desk
    on_duty(desk, MORNING)
    move_to(desk, "09:00")
    with pytest.raises(ClockWentBack):
        opened(desk)
    move_to(desk, "11:50")
    number = gave(desk)
    taken(desk, number, "sign_in", staff="KF02")
    move_to(desk, "11:40")
    with pytest.raises(ClockWentBack):
        received(desk, number, "KF02")
    move_to(desk, "2026-11-21 10:00")
    received(desk, number, "KF02")
    first, second = sorted(rows_of(desk, Duty), key=lambda duty: duty.id)
    assert first.ended == second.started
    assert (second.name, local(desk, second.planned_end)) == ("morning", "2026-11-21 12:00:00")
    move_to(desk, "2026-11-20 10:00")
    with pytest.raises(ClockWentBack):
        gave(desk)
    assert check(desk).findings == []


@pytest.mark.clause("KF-4")
def test_an_hour_before_the_end_it_is_the_next_duty_that_is_taken_over(desk: Desk) -> None:
    on_duty(desk, MORNING)
    move_to(desk, "10:59:59")
    handed_over(desk, "KF02")
    assert duties.now(desk)[0].name == "morning"
    move_to(desk, "11:00:00")
    handed_over(desk, MORNING)
    assert duties.now(desk)[0].name == "noon"


@pytest.mark.clause("KF-11")
def test_what_was_altered_behind_the_programs_back_is_found(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = handed_over(desk, "KF02")
    with write(desk.engine) as session:
        session.connection().exec_driver_sql(
            "UPDATE duty SET started = '2026-11-19 02:21:00.000000' WHERE via <> ''"
        )
    assert any(number in one for one in check(desk).findings)


@pytest.mark.clause("KF-5", "KF-13")
def test_the_night_relieves_a_duty_that_ran_on_through_the_next_one(desk: Desk) -> None:
    on_duty(desk, MORNING)
    move_to(desk, "17:23")
    received(desk, gave(desk), "ZB01")
    assert rows_of(desk, Duty)[-1].name == "night"
    assert held(desk)[-1][0] == "ZB01"
