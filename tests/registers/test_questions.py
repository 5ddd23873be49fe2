"""A question that nobody could answer waits in the register until somebody has (FW-1.1)."""

import pytest

from tests.registers.lines_taken import last, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, questions
from wuye_tui.registers.contacts import UnknownContact
from wuye_tui.registers.questions import NotOpen
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Result


def answer(desk: Desk, number: str) -> Result:
    return desk.perform("call.answered", lambda act: questions.answered(act, number))


@pytest.mark.clause("FW-1.1")
def test_it_waits_until_it_is_answered_and_is_counted_all_the_while(
    any_desk: Desk, clock: StoppedClock
) -> None:
    typed(any_desk, "3-1-502 停水到几点")
    asked = last(any_desk)
    assert [row.number for row in questions.waiting(any_desk)] == [asked.number]
    assert (asked.is_unanswered, asked.is_answered, asked.counted_as) == (True, False, "enquiry")
    clock.advance(60)
    answer(any_desk, asked.number)
    assert questions.waiting(any_desk) == []
    now = contacts.show(any_desk, asked.number)
    assert (now.is_unanswered, now.is_answered, now.counted_as) == (False, True, "enquiry")


def test_what_asked_nothing_or_has_its_answer_is_refused(desk: Desk) -> None:
    typed(desk, "3-1-502 停水到几点")
    asked = last(desk).number
    answer(desk, asked)
    typed(desk, "3-1-502 厨房水管漏水")
    for number in (asked, last(desk).number):
        with pytest.raises(NotOpen):
            answer(desk, number)
    with pytest.raises(UnknownContact):
        answer(desk, "LX-20261119-999")


def test_the_oldest_comes_first_and_after_thirty_days_none(desk: Desk, clock: StoppedClock) -> None:
    for line in ("3-1-502 停水到几点", "3-1-501 停电到几点"):
        typed(desk, line)
        clock.advance(60)
    assert [row.unit for row in questions.waiting(desk)] == ["3-1-502", "3-1-501"]
    clock.advance(31 * 86400)
    assert questions.waiting(desk) == []
