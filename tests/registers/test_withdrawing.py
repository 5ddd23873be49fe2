"""What one press of Enter wrote down is taken back whole, and counted no more.

- a slip that the line opened: closed, with a reason, its clocks ended
- an order, a further call about a slip, an urge, an enquiry without a slip
- the call of the night is the night's again (KF-8)
- not: somebody else's, what has gone on since, an emergency to which somebody was sent
"""

from dataclasses import replace

import pytest

from tests.desks import second_desk
from wuye_tui.desk import Desk
from wuye_tui.registers import console, contacts, matters, overview, proposals, unit_card
from wuye_tui.registers.checking import check
from wuye_tui.registers.queue import queue
from wuye_tui.registers.views import show
from wuye_tui.registers.withdrawing import withdraw
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import ChangedMeanwhile, NothingToUndo
from wuye_tui.store.acts import Result

LEAK = "3-1-502 厨房水管漏水 马上"


def written(desk: Desk, line: str) -> Result:
    proposal = proposals.understand(desk, line)
    return desk.perform("call.add", lambda act: proposals.accept(act, proposal))


def back(desk: Desk, call: Result, left: bool = False, **seen: int) -> Result:
    steps = seen or ({str(call["number"]): int(call["n"])} if call["number"] else {})
    return desk.perform(
        "call.withdraw", lambda act: withdraw(act, str(call["contact"]), steps, left)
    )


def is_counted(desk: Desk, call: Result) -> bool:
    return not contacts.show(desk, str(call["contact"])).is_withdrawn


@pytest.mark.clause("KF-6", "BX-4")
def test_a_slip_that_was_mistyped_is_closed_with_its_reason_and_no_clock_runs_on(
    any_desk: Desk,
) -> None:
    call = written(any_desk, LEAK)
    assert call["state"] == "issued"
    result = back(any_desk, call)
    view = show(any_desk, str(call["number"]))
    assert (view.situation.state, result["state"]) == ("cancelled", "cancelled")
    assert view.situation.facts["said"] == "登记有误，前台当场撤回"
    assert [run.name for run in view.running] == []
    assert queue(any_desk) == []
    assert contacts.show(any_desk, str(call["contact"])).words == LEAK, "nothing is erased"
    assert not is_counted(any_desk, call)
    assert list(check(any_desk).findings) == []


def test_it_is_neither_among_the_last_calls_of_the_unit_nor_in_the_figures(desk: Desk) -> None:
    before = overview.status(desk)
    back(desk, written(desk, LEAK))
    assert unit_card.card(desk, "3-1-502").calls == ()
    assert overview.status(desk) == before
    enquiry = written(desk, "3-1-502 物业费多少钱一平米")
    assert contacts.counted(desk, str(enquiry["contact"]), desk.now()) == ("enquiry", 1)
    back(desk, enquiry)
    assert contacts.counted(desk, str(enquiry["contact"]), desk.now()) == ("enquiry", 0)


def test_the_complaint_that_a_call_opened_is_closed_too(desk: Desk) -> None:
    call = written(desk, "3-1-501投诉3-1-502装修太吵")
    assert str(call["number"]).startswith("TS-")
    back(desk, call)
    assert show(desk, str(call["number"])).situation.state == "cancelled"


def test_an_urge_is_taken_back_and_the_slip_stays(desk: Desk) -> None:
    slip = written(desk, LEAK)
    urge = written(desk, "3-1-502 催单 昨天报的水管还没来")
    assert urge["number"] == slip["number"]
    back(desk, urge)
    view = show(desk, str(slip["number"]))
    assert view.situation.state == "issued"
    assert [one.undone for one in view.history if one.step.verb == "urge"] == [True]
    assert not is_counted(desk, urge)
    assert is_counted(desk, slip)


def test_a_call_that_joined_the_wrong_slip_is_taken_back(desk: Desk) -> None:
    slip = written(desk, LEAK)
    proposal = proposals.understand(desk, "3-1-502 厨房水管又漏水")
    number = str(slip["number"])
    joined = desk.perform("call.join", lambda act: console.join_call(act, proposal, number))
    back(desk, joined)
    view = show(desk, number)
    assert view.situation.state == "issued"
    assert [one.undone for one in view.history if one.step.verb == "join"] == [True]
    assert not is_counted(desk, joined)


@pytest.mark.clause("KF-8")
def test_a_call_of_the_night_is_the_nights_again(desk: Desk) -> None:
    proposal = proposals.understand(desk, "3-1-502 水龙头滴水")
    night = desk.perform(
        "call.add", lambda act: contacts.register(
            act, channel="phone", category="repair", words=proposal.understood.line,
            unit="3-1-502", outcome=contacts.TOMORROW,
        ).number and {},
    )  # fmt: skip
    assert night == {}
    (left,) = contacts.left(desk)
    taken = replace(proposal, left=left.number)
    call = desk.perform("call.add", lambda act: proposals.accept(act, taken))
    assert contacts.left(desk) == []
    back(desk, call, left=True)
    assert [one.number for one in contacts.left(desk)] == [left.number]
    assert show(desk, str(call["number"])).situation.state == "cancelled"


def test_what_somebody_has_gone_on_with_stays(desk: Desk, clock: StoppedClock) -> None:
    call = written(desk, LEAK)
    number = str(call["number"])
    other = second_desk(desk)
    clock.advance(5)
    other.perform(
        "repair.notify", lambda act: matters.take(act, number, "notify", whom="工程部", how="phone")
    )
    with pytest.raises(ChangedMeanwhile, match="通知工程部"):
        back(desk, call)
    assert show(desk, number).situation.state == "notified"
    assert is_counted(desk, call)


def test_somebody_elses_call_stays(desk: Desk) -> None:
    call = written(desk, LEAK)
    with pytest.raises(NothingToUndo, match="别人"):
        back(second_desk(desk), call)
    assert show(desk, str(call["number"])).situation.state == "issued"


@pytest.mark.clause("NB-3")
def test_an_emergency_to_which_somebody_was_sent_is_not_made_to_vanish(desk: Desk) -> None:
    call = written(desk, "5栋2单元电梯困人")
    number = str(call["number"])
    sent = desk.perform(
        "repair.dispatch_now",
        lambda act: matters.take(
            act, number, "dispatch_now", emergency="entrapment", whom="监控室", how="phone"
        ),
    )
    for seen in (int(call["n"]), int(sent["n"])):
        with pytest.raises(ChangedMeanwhile if seen == 1 else NothingToUndo):
            back(desk, call, **{number: seen})
    assert show(desk, number).situation.state == "assigned"
    assert is_counted(desk, call)
