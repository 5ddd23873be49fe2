"""What the night leaves is a call and no clock; in the morning it is taken up, once (KF-8).

* by a slip, an order, a joined slip, an answer or a form: always that very call
* left again it is that call in its new words; an emergency is never left
* of two desks at one moment the second is told
"""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text

from tests.desks import second_desk
from tests.factories import a_repair, local, matter, move_to, on_duty, situation, started, taken
from tests.registers.lines_taken import numbers
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing, notices, ringing
from wuye_tui.registers.checking import check
from wuye_tui.registers.console import join_call, start_by_form
from wuye_tui.registers.contacts import TakenUp
from wuye_tui.registers.meaning import Proposal
from wuye_tui.registers.proposals import accept
from wuye_tui.registers.taking_down import NeverLeft, leave
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result

WATER = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}


def left_with(desk: Desk, line: str) -> str:
    """A call that the night has left."""
    found = replace(hearing.understand(desk, line), postponed=True)
    return str(desk.perform("call.leave", lambda act: accept(act, found))["contact"])


def read_as(desk: Desk, line: str, left: str) -> Proposal:
    return replace(hearing.understand(desk, line), left=left)


@pytest.mark.clause("KF-8")
def test_what_the_night_leaves_is_a_call_without_a_clock_and_a_slip_in_the_morning(
    any_desk: Desk,
) -> None:
    move_to(any_desk, "2026-11-20 02:00")
    on_duty(any_desk, "ZB01")
    night = any_desk.as_staff("ZB01")
    found = hearing.understand(night, "3-1-502 王女士 13911112222 窗户关不严")
    found = Proposal(**{**vars(found), "postponed": True})
    done = night.perform("call.leave", lambda act: accept(act, found))
    assert numbers(any_desk) == []
    [left] = contacts.left(any_desk)
    assert (left.number, left.is_left) == (done["contact"], True)
    move_to(any_desk, "2026-11-20 08:30")
    again = hearing.understand(any_desk, "3-1-502 窗户关不严")
    again = Proposal(**{**vars(again), "left": left.number})
    number = str(any_desk.perform("call.line", lambda act: accept(act, again))["number"])
    facts = situation(any_desk, number).facts
    assert (facts["caller"], facts["phone"]) == ("王女士", "13911112222")
    assert local(any_desk, matter(any_desk, number).opened) == "2026-11-20 08:30:00"
    assert contacts.left(any_desk) == []
    (call,) = contacts.listed(any_desk)
    assert (call.number, call.matters) == (left.number, (number,))
    assert local(any_desk, call.rang) == "2026-11-20 02:00:00"
    with pytest.raises(TakenUp):
        any_desk.perform("call.line", lambda act: accept(act, again))
    assert numbers(any_desk) == [number]


def test_what_turns_out_to_be_an_enquiry_is_no_longer_left(desk: Desk) -> None:
    found = hearing.understand(desk, "3-1-502 问物业费")
    late = Proposal(**{**vars(found), "postponed": True})
    done = desk.perform("call.leave", lambda act: accept(act, late))
    again = Proposal(**{**vars(found), "left": str(done["contact"])})
    desk.perform("call.line", lambda act: accept(act, again))
    assert contacts.left(desk) == []
    assert len(contacts.listed(desk)) == 1


# Whatever it becomes, it is that call


def as_slip(desk: Desk, left: str) -> Callable[[Act], Result]:
    found = read_as(desk, "3-1-502 窗户关不严", left)
    return lambda act: accept(act, found)


def as_joined(desk: Desk, left: str) -> Callable[[Act], Result]:
    found, slip = read_as(desk, "3-1-502 窗户关不严", left), a_repair(desk)
    return lambda act: join_call(act, found, slip)


def as_answer(desk: Desk, left: str) -> Callable[[Act], Result]:
    number = str(started(desk, "notice", **WATER)["number"])
    taken(desk, number, "report", told_by="王建国", say="下午来水", ends="2026-11-20 18:00")
    return lambda act: notices.answer(act, number, unit="3-1-502", left=left)


def as_form(desk: Desk, left: str) -> Callable[[Act], Result]:
    given = {"unit": "3-1-502", "text": "窗户关不严"}
    return lambda act: start_by_form(act, "repair", "register", given, None, left=left)


def as_left_again(desk: Desk, left: str) -> Callable[[Act], Result]:
    found = read_as(desk, "3-1-502 13911112222 窗户关不严", left)
    return lambda act: leave(act, found)


@pytest.mark.clause("KF-8")
@pytest.mark.parametrize("becomes", [as_slip, as_joined, as_answer, as_form])
def test_what_was_left_is_one_call_whatever_becomes_of_it(
    any_desk: Desk, becomes: Callable[[Desk, str], Callable[[Act], Result]]
) -> None:
    move_to(any_desk, "2026-11-20 02:00")
    number = left_with(any_desk, "窗户关不严")
    move_to(any_desk, "2026-11-20 08:30")
    act = becomes(any_desk, number)
    any_desk.perform("call.line", act)
    assert contacts.left(any_desk) == []
    [call] = contacts.listed(any_desk)
    assert (call.number, call.unit, len(call.matters)) == (number, "3-1-502", 1)
    assert call.category == ("enquiry" if becomes is as_answer else "repair")
    assert (call.words, local(any_desk, call.rang)) == ("窗户关不严", "2026-11-20 02:00:00")
    with pytest.raises(TakenUp):
        any_desk.perform("call.line", act)
    assert check(any_desk).findings == []


def test_what_is_left_again_is_the_same_call_in_its_new_words(any_desk: Desk) -> None:
    number = left_with(any_desk, "窗户关不严")
    any_desk.perform("call.leave", as_left_again(any_desk, number))
    [call] = contacts.left(any_desk)
    assert (call.number, call.unit, call.phone) == (number, "3-1-502", "139****2222")
    assert call.words == "3-1-502 13911112222 窗户关不严"
    assert len(contacts.listed(any_desk)) == 1
    assert check(any_desk).findings == []


def test_what_turns_out_to_be_something_else_is_counted_as_that(desk: Desk) -> None:
    number = left_with(desk, "3-1-502 问物业费")
    found = read_as(desk, "3-1-501 投诉楼上太吵", number)
    desk.perform("call.line", lambda act: accept(act, found))
    [call] = contacts.listed(desk)
    assert (call.number, call.category, call.unit) == (number, "complaint", "3-1-501")


# Never an emergency


@pytest.mark.parametrize("line", ["3-1-502 电梯困人了", "3栋 电梯困人了", "502 着火了"])
def test_an_emergency_is_never_left(desk: Desk, line: str) -> None:
    found = replace(hearing.understand(desk, line), postponed=True)
    for act in (accept, leave):
        with pytest.raises(NeverLeft):
            desk.perform("call.leave", lambda one, act=act: act(one, found))  # type: ignore[misc]
    assert contacts.listed(desk) == []


# By the form


def test_a_call_that_rang_keeps_its_rings_by_the_form_too(desk: Desk, clock: StoppedClock) -> None:
    rang = desk.now()
    line = str(desk.perform("r", lambda act: ringing.ring(act, "13800001234"))["number"])
    clock.advance(12)
    desk.perform("a", lambda act: ringing.answer(act, line))
    clock.advance(60)
    given = {"unit": "3-1-502", "text": "窗户关不严"}
    desk.perform(
        "repair.register",
        lambda act: start_by_form(act, "repair", "register", given, None, ring=line),
    )
    [call] = contacts.listed(desk)
    assert (call.rang, call.rings) == (rang, 3)


@pytest.mark.parametrize(
    ("words", "category"), [("投诉楼上装修太吵", "complaint"), ("建议装路灯", "suggestion")]
)
def test_an_order_by_the_form_is_counted_as_what_it_is_about(
    desk: Desk, words: str, category: str
) -> None:
    given: dict[str, Any] = {"department": "guards", "text": words, "unit": "3-1-502"}
    desk.perform("order.register", lambda act: start_by_form(act, "order", "register", given, None))
    [call] = contacts.listed(desk)
    assert call.category == category


# Two desks


@pytest.mark.pg
@pytest.mark.clause("KF-8")
def test_the_second_of_two_desks_waits_for_the_first_and_is_told(pg_desk: Desk) -> None:
    number = left_with(pg_desk, "3-1-502 窗户关不严")
    found, other = read_as(pg_desk, "3-1-502 窗户关不严", number), second_desk(pg_desk)
    told: list[Exception] = []

    def second() -> None:
        try:
            other.perform("call.line", lambda act: accept(act, found))
        except TakenUp as error:
            told.append(error)

    thread = Thread(target=second)

    def first(act: Act) -> Result:
        done = accept(act, found)
        thread.start()
        waits = text("SELECT pg_sleep(0.01), (SELECT bool_or(NOT granted) FROM pg_locks)")
        with pg_desk.engine.connect() as looking:
            for _ in range(500):
                if looking.execute(waits).one()[1]:
                    return done
        raise AssertionError("the second desk does not wait")

    pg_desk.perform("call.line", first)
    thread.join(20)
    assert len(told) == 1
    assert len(numbers(pg_desk)) == 1
    other.engine.dispose()
