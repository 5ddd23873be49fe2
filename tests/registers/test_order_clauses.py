"""The departments' orders (派工单): signed for, staffed, answered, verified and told, each in time.

XX-4.1.3 to XX-4.3.11b, of orders.
"""

import pytest

from tests.factories import (
    around,
    children,
    local,
    matter,
    move_to,
    offers,
    overdue,
    refused,
    runs,
    signatures,
    situation,
    started,
    taken,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import MissingAnswer, MissingSignature, SameSigner, WrongPerson
from wuye_tui.store import engine as store
from wuye_tui.store.tables import Staff

HOUR, DAY = 3600, 86400


def an_order(desk: Desk, *, received: bool = False) -> str:
    """An order to the cleaners, issued, and received by them if wanted."""
    given = {"department": "cleaning", "text": "楼道垃圾没清", "caller": "陈立"}
    number = str(started(desk, "order", unit="3-1-502", **given)["number"])
    taken(desk, number, "issue")
    if received:
        taken(desk, number, "receive", department="刘洋", assistant="周洁")
    return number


@pytest.mark.clause("XX-4.1.3")
def test_what_the_desk_cannot_settle_becomes_an_order_that_is_urged_on(desk: Desk) -> None:
    number = an_order(desk)
    assert number == "GD-20261119-001"
    assert matter(desk, number).department == "cleaning"
    taken(desk, number, "urge", staff="KF05", said="今天要清掉")


@pytest.mark.clause("XX-4.2.3")
def test_the_department_and_the_assistant_both_sign_for_an_order(desk: Desk) -> None:
    number = an_order(desk)
    with pytest.raises(MissingSignature, match="客服助理"):
        taken(desk, number, "receive", department="刘洋")
    with pytest.raises(SameSigner):
        taken(desk, number, "receive", department="周洁", assistant="KF05")
    with pytest.raises(WrongPerson, match="客服助理"):
        taken(desk, number, "receive", department="刘洋", assistant="李晓燕")
    taken(desk, number, "receive", department="刘洋", assistant="周洁")
    signed = {role: row.staff for (_, role), row in signatures(desk, number).items()}
    assert signed == {"department": "ZX01", "assistant": "KF05"}


@pytest.mark.clause("XX-4.3.7a")
@around(2 * HOUR)
def test_within_two_hours_the_department_puts_somebody_on_the_order(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = an_order(desk, received=True)
    clock.advance(seconds)
    taken(desk, number, "assign", worker="刘洋")
    assert ("assign" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.7c", "XX-4.3.7b")
@pytest.mark.parametrize("verb", ["finish", "hold"])
@around(4 * HOUR)
def test_within_four_hours_the_order_has_a_result_or_a_reason(
    desk: Desk, clock: StoppedClock, verb: str, seconds: int, late: bool
) -> None:
    number = an_order(desk, received=True)
    taken(desk, number, "assign", worker="刘洋")
    clock.advance(seconds)
    if verb == "hold":
        with pytest.raises(MissingAnswer, match="原因"):
            taken(desk, number, "hold")
        taken(desk, number, "hold", hold="outside", why="垃圾车没来")
    else:
        with pytest.raises(MissingSignature, match="客户签字"):
            taken(desk, number, "finish", result="已清理")
        taken(desk, number, "finish", result="已清理", customer="陈立")
    assert ("result" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.11a")
def test_an_order_that_cannot_be_done_comes_back_within_two_working_days_with_its_reason(
    desk: Desk, clock: StoppedClock
) -> None:
    number = an_order(desk, received=True)
    move_to(desk, "2026-11-23 10:20")
    assert "unsolved" not in overdue(desk, number)
    clock.advance(1)
    assert "unsolved" in overdue(desk, number)
    with pytest.raises(MissingAnswer, match="原因"):
        taken(desk, number, "give_up")
    taken(desk, number, "give_up", why="要业委会同意")
    assert matter(desk, number).outcome == "unsolved"


@pytest.mark.clause("XX-4.2.6")
def test_nothing_is_filed_before_whoever_brought_it_was_told(desk: Desk) -> None:
    number = an_order(desk, received=True)
    taken(desk, number, "assign", worker="刘洋")
    taken(desk, number, "finish", result="已清理", customer="陈立")
    taken(desk, number, "verify", staff="KF05", finding="已清理")
    assert refused("XX-4.2.6", desk, number, "close") == "untold"
    taken(desk, number, "tell", said="已电话告知陈先生")
    taken(desk, number, "close")
    assert situation(desk, number).facts["red_line"] is True


@pytest.mark.clause("XX-4.3.2")
@around(DAY)
def test_within_a_day_the_order_has_gone_to_the_department(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = str(started(desk, "order", department="finance", text="发票")["number"])
    clock.advance(seconds)
    taken(desk, number, "issue")
    assert ("refer" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.2.5")
def test_whoever_did_it_does_not_verify_it(desk: Desk) -> None:
    number = an_order(desk, received=True)
    taken(desk, number, "assign", worker="周洁")
    taken(desk, number, "finish", result="已清理", customer="陈立")
    assert refused("XX-4.2.5", desk, number, "verify", staff="KF05", finding="好") == "own_work"
    with store.write(desk.engine) as session:
        session.get_one(Staff, (desk.site, "KF02")).hats = ["assistant"]
    taken(desk, number, "verify", staff="KF02", finding="已清理")


def test_the_customers_wish_puts_the_two_working_days_off(desk: Desk) -> None:
    number = an_order(desk, received=True)
    assert refused("XX-4.3.7b", desk, number, "resume") == "not_held"
    move_to(desk, "2026-11-20 10:20")
    taken(desk, number, "hold", hold="customer")
    assert matter(desk, number).hold == "customer"
    assert runs(desk, number, "unsolved")[0].due is None
    move_to(desk, "2026-11-25 10:20")
    taken(desk, number, "resume")
    assert matter(desk, number).hold == ""
    assert local(desk, runs(desk, number, "unsolved")[0].due) == "2026-11-26 10:20:00"


@pytest.mark.clause("XX-4.3.11b")
def test_an_order_with_nothing_back_is_taken_higher_by_an_order_of_its_own(desk: Desk) -> None:
    number = an_order(desk, received=True)
    assert refused("XX-4.3.11b", desk, number, "escalate") == "not_overdue"
    move_to(desk, "2026-11-23 10:20:01")
    assert "escalate" in offers(desk, number, "KF01")
    opened = taken(desk, number, "escalate")["opened"]
    (child,) = children(desk, number, "order")
    assert opened == [child.number]
    assert situation(desk, child.number).facts["taken_to"] == "部门主管、总经理"
    assert refused("XX-4.3.11b", desk, number, "escalate") == "escalated"
