"""Ringing lines: counted, the third ring marked, and missed calls until somebody calls back."""

import pytest

from tests.desks import second_desk
from tests.factories import overdue, runs, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import matters, ringing
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import queue
from wuye_tui.registers.ticking import tick
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import OutOfOrder
from wuye_tui.rules.ringing import SILENT, rings

CHEN, NOBODY = "13800001234", "02788880000"


def rung(desk: Desk, phone: str = CHEN) -> str:
    done = desk.perform("call.ring", lambda act: ringing.ring(act, phone), system=True)
    return str(done["number"])


def answered(desk: Desk, number: str) -> None:
    desk.perform("ring.answer", lambda act: ringing.answer(act, number))


def test_a_line_that_rings_says_whose_number_it_is(any_desk: Desk) -> None:
    number = rung(any_desk)
    (line,) = ringing.open_lines(any_desk)
    assert (line.number, line.name, line.unit, line.rings) == (number, "陈立", "3-1-502", 1)
    assert queue(any_desk) == []  # it is answered, not worked off
    rung(any_desk, NOBODY)
    assert [(one.name, one.unit) for one in ringing.open_lines(any_desk)][1] == ("", "")


@pytest.mark.clause("KF-16")
@pytest.mark.parametrize(("seconds", "late"), [(10, False), (11, True)])
def test_a_call_is_answered_before_the_third_ring(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = rung(desk)
    clock.advance(seconds)
    answered(desk, number)
    assert ("third_ring" in overdue(desk, number)) is late
    assert ringing.open_lines(desk) == ()


def test_rings_are_counted_by_the_telephone_system_or_by_the_time(
    desk: Desk, clock: StoppedClock
) -> None:
    assert [rings(1, s) for s in (0, 4, 5, 10)] == [1, 1, 2, 3]
    assert rings(4, 3) == 4
    number = rung(desk)
    assert rung(desk) == number
    assert [line.rings for line in ringing.open_lines(desk)] == [2]


def test_two_desks_cannot_both_take_a_call(desk: Desk) -> None:
    number = rung(desk)
    answered(desk, number)
    other = second_desk(desk)
    with pytest.raises(OutOfOrder):
        answered(other, number)
    other.engine.dispose()


@pytest.mark.clause("KF-16")
def test_a_missed_call_stays_until_somebody_has_called_back(
    any_desk: Desk, clock: StoppedClock
) -> None:
    number = rung(any_desk)
    clock.advance(SILENT)
    assert tick(any_desk)
    assert ringing.open_lines(any_desk)[0].state == "ringing"
    clock.advance(1)
    tick(any_desk)
    (line,) = ringing.open_lines(any_desk)
    assert (line.number, line.state, line.phone) == (number, "missed", CHEN)
    taken(any_desk, number, "call_back", note="已说明")
    assert ringing.open_lines(any_desk) == ()
    assert check(any_desk).findings == []


def test_whoever_calls_again_and_is_answered_needs_no_call_back(desk: Desk) -> None:
    first = rung(desk)
    desk.perform("hang up", lambda act: ringing.hang_up(act, CHEN), system=True)
    other = rung(desk, NOBODY)
    desk.perform("hang up", lambda act: ringing.hang_up(act, NOBODY), system=True)
    answered(desk, rung(desk))
    assert [line.number for line in ringing.open_lines(desk)] == [other]
    assert [run.late(desk.now()) for run in runs(desk, first, "third_ring")] == [False]


def test_a_caller_who_hides_the_number_is_a_line_of_its_own(desk: Desk) -> None:
    number = rung(desk, "")
    assert rung(desk, "") == number
    with pytest.raises(ringing.NothingRings):
        desk.perform("hang up", lambda act: ringing.hang_up(act, CHEN), system=True)
    desk.perform("release", lambda act: matters.take(act, number, "release"))
    assert ringing.open_lines(desk)[0].state == "missed"
