"""What falls due by itself (design: `desk.tick`): told once, escalated at the duty's end.

- a clock that passes fires once, whichever desk looks first
- two working days with nothing back: escalated when the desk's duty is over, by the system
- an order is escalated like a slip; what a person escalated is not escalated again
"""

import pytest

from tests.desks import second_desk
from tests.factories import (
    a_repair,
    children,
    handed_over,
    move_to,
    on_duty,
    situation,
    started,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.ticking import Fired, tick
from wuye_tui.rules.clock import StoppedClock


@pytest.mark.clause("BX-5")
def test_a_clock_that_passes_is_told_once(any_desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(any_desk)
    clock.advance(180)
    assert tick(any_desk) == []  # on the second it is in time
    clock.advance(1)
    other = second_desk(any_desk)
    assert tick(any_desk) == [Fired("late", number, "slip")]
    assert tick(other) == []
    other.engine.dispose()


@pytest.mark.clause("XX-4.3.11b")
def test_two_days_without_a_word_go_to_the_manager_at_the_end_of_the_duty(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    move_to(desk, "2026-11-23 10:00")
    on_duty(desk, "KF01")
    move_to(desk, "2026-11-23 10:30")  # Thursday 10:20 and two working days, and ten minutes
    assert "escalated" not in {fired.what for fired in tick(desk)}
    move_to(desk, "2026-11-23 12:00")
    assert Fired("escalated", number, "unsolved") in tick(desk)
    assert steps(desk, number)[-1].by == "system"
    [order] = children(desk, number, "order")
    assert order.department == "engineering"
    assert tick(desk) == []


@pytest.mark.clause("XX-4.3.11b")
def test_a_desk_that_is_handed_over_on_the_minute_takes_it_to_the_manager_too(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    move_to(desk, "2026-11-23 10:00")
    on_duty(desk, "KF01")
    move_to(desk, "2026-11-23 11:59")
    assert "escalated" not in {fired.what for fired in tick(desk)}
    move_to(desk, "2026-11-23 12:00")
    handed_over(desk, "KF02")  # before anybody asked what is due
    assert Fired("escalated", number, "unsolved") in tick(desk)


@pytest.mark.clause("XX-4.3.11b")
def test_what_the_desk_took_further_itself_is_not_taken_further_again(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    move_to(desk, "2026-11-23 10:30")
    taken(desk, number, "escalate")
    assert "escalated" not in {fired.what for fired in tick(desk)}
    assert len(children(desk, number, "order")) == 1


@pytest.mark.clause("XX-4.3.11b")
def test_an_order_without_a_word_goes_to_its_own_department_head(desk: Desk) -> None:
    number = started(desk, "order", department="cleaning", text="大堂积水")["number"]
    taken(desk, number, "issue")
    taken(desk, number, "receive", department="KF03", assistant="KF05")
    move_to(desk, "2026-11-23 10:30")
    assert Fired("escalated", number, "unsolved") in tick(desk)
    assert situation(desk, number).facts["escalated"] is True
    [order] = children(desk, number, "order")
    assert order.department == "cleaning"


@pytest.mark.clause("XX-4.3.11b")
def test_what_was_given_up_has_its_order_and_the_clockwork_leaves_it_alone(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    taken(desk, number, "give_up", staff="GC03", why="要大修", supervisor="王建国")
    move_to(desk, "2026-11-23 12:00")
    before = len(steps(desk, number))
    assert "escalated" not in {fired.what for fired in tick(desk)}
    assert (len(steps(desk, number)), len(children(desk, number, "order"))) == (before, 1)


@pytest.mark.clause("XX-4.3.11b")
def test_a_free_second_attempt_has_two_working_days_of_its_own(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    move_to(desk, "2026-11-23 12:00")
    assert Fired("escalated", number, "unsolved") in tick(desk)
    walk_to(desk, number, "returned")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    move_to(desk, "2026-11-25 11:59")
    assert "escalated" not in {fired.what for fired in tick(desk)}
    move_to(desk, "2026-11-25 12:01")
    assert Fired("escalated", number, "unsolved") in tick(desk)
    assert len(children(desk, number, "order")) == 2
