"""What the night leaves is a call and no clock; in the morning it is taken up, once (KF-8)."""

import pytest

from tests.factories import local, matter, move_to, on_duty, situation
from tests.registers.test_lines_taken_down import numbers
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing
from wuye_tui.registers.contacts import TakenUp
from wuye_tui.registers.proposals import Proposal, accept


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
