"""The information centre's clauses: who has it, by when, who verifies, and what is taken higher.

XX-4.1.3 to XX-4.3.11b, of repair slips.
"""

from typing import Any

import pytest

from tests.factories import (
    OFF_TARIFF,
    PAID,
    a_repair,
    around,
    children,
    local,
    matter,
    move_to,
    offers,
    overdue,
    refused,
    runs,
    situation,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import MissingAnswer, MissingSignature, NoRight, OutOfOrder
from wuye_tui.store import engine as store
from wuye_tui.store.tables import Staff

HOUR, DAY = 3600, 86400
DONE: dict[str, Any] = {"lines": "SX-01", "tried": True, "resident": "陈立"}


@pytest.mark.clause("XX-4.3.2")
@around(DAY)
def test_what_is_not_settled_at_once_is_with_the_department_within_a_day(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **PAID)
    clock.advance(seconds)
    taken(desk, number, "notify", whom="工程部", how="phone")
    assert ("refer" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.7a")
@around(2 * HOUR)
def test_within_two_hours_of_receiving_the_slip_somebody_is_put_on_it(
    desk: Desk, clock: StoppedClock, seconds: int, late: bool
) -> None:
    number = a_repair(desk, upto="collected")
    clock.advance(seconds)
    taken(desk, number, "assign", staff="GC01", worker="李强")
    assert ("assign" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.3.7a")
def test_the_two_hours_go_on_while_the_resident_thinks_about_the_price(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", **OFF_TARIFF)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="phone")
    clock.advance(2 * HOUR + 1)
    assert "assign" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.7b")
def test_what_cannot_be_done_soon_has_its_reason_and_a_day_to_come_back(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, upto="working")
    why = {"missing": "专用阀芯", "gets": "仓库采购", "back_at": "2026-11-20 15:00"}
    for less in why:
        with pytest.raises(MissingAnswer):
            taken(desk, number, "leave", **{**why, less: ""})
    taken(desk, number, "leave", staff="GC03", **why)
    (back,) = runs(desk, number, "back")
    assert local(desk, back.due) == "2026-11-20 15:00:00"
    move_to(desk, "2026-11-20 15:00:01")
    assert "back" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.7c")
@pytest.mark.parametrize("verb", ["finish", "leave", "hold", "no_access"])
@around(4 * HOUR)
def test_within_four_hours_there_is_a_result_or_a_reason(
    desk: Desk, clock: StoppedClock, verb: str, seconds: int, late: bool
) -> None:
    given = {
        "finish": DONE,
        "leave": {"missing": "阀芯", "gets": "仓库", "back_at": "2026-11-20 15:00"},
        "hold": {"hold": "parts"},
        "no_access": {"left_note": True},
    }
    number = a_repair(desk, upto="on_site" if verb == "no_access" else "working")
    clock.advance(seconds)
    taken(desk, number, verb, **given[verb])
    assert ("result" in overdue(desk, number)) is late


@pytest.mark.clause("XX-4.2.5")
def test_the_result_counts_once_the_assistant_has_verified_it(desk: Desk) -> None:
    number = a_repair(desk, upto="returned")
    with pytest.raises(NoRight, match="客服助理"):
        taken(desk, number, "verify", staff="KF01", finding="已修好")
    with pytest.raises(OutOfOrder):
        taken(desk, number, "close", staff="KF05")
    taken(desk, number, "verify", staff="KF05", finding="已修好")


@pytest.mark.clause("XX-4.2.5")
def test_nobody_verifies_their_own_work(desk: Desk) -> None:
    with store.write(desk.engine) as session:  # a small office: the assistant helps out
        session.get_one(Staff, (desk.site, "KF05")).hats = ["assistant", "maintainer"]
    number = a_repair(desk, upto="collected")
    taken(desk, number, "assign", staff="GC01", worker="周洁")
    walk_to(desk, number, "returned")
    assert refused("XX-4.2.5", desk, number, "verify", staff="KF05", finding="好") == "own_work"


@pytest.mark.clause("XX-4.3.7d")
def test_a_closed_number_is_struck_through_in_red(desk: Desk, clock: StoppedClock) -> None:
    number = a_repair(desk, upto="verified")
    assert not situation(desk, number).facts.get("red_line")
    walk_to(desk, number, "closed")
    assert situation(desk, number).facts["red_line"] is True
    assert matter(desk, number).closed == clock.now()
    assert matter(desk, number).next_due is None
    # The line of the charge register may still be missing on the paper; nothing else is open.
    assert offers(desk, number, "KF01") == ["pay", "complete"]
    taken(desk, number, "complete", register_line="12", mended="补登记表行号")
    assert offers(desk, number, "KF01") == ["pay"]  # the money may still come


@pytest.mark.clause("XX-4.3.11a")
@pytest.mark.parametrize(
    ("collected", "due"),
    [
        ("2026-11-19 10:20", "2026-11-23 10:20:00"),  # Thursday: Friday, then Monday
        ("2026-11-20 16:00", "2026-11-24 16:00:00"),  # Friday: Monday, then Tuesday
        ("2026-11-21 11:00", "2026-11-25 08:30:00"),  # Saturday: all of Monday and Tuesday
        ("2026-09-30 10:20", "2026-10-09 10:20:00"),  # the day before the National Day week
        ("2026-11-19 18:40", "2026-11-24 08:30:00"),  # due after hours: the next opening
    ],
)
def test_an_unsolved_slip_is_back_within_two_working_days(
    desk: Desk, clock: StoppedClock, collected: str, due: str
) -> None:
    move_to(desk, collected)
    number = a_repair(desk, upto="collected")
    (unsolved,) = runs(desk, number, "unsolved")
    assert local(desk, unsolved.due) == due
    move_to(desk, due)
    assert "unsolved" not in overdue(desk, number)
    clock.advance(1)
    assert "unsolved" in overdue(desk, number)


@pytest.mark.clause("XX-4.3.11a")
def test_what_cannot_be_solved_comes_back_with_its_reason_and_the_supervisors_signature(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="assigned")
    with pytest.raises(MissingAnswer, match="原因"):
        taken(desk, number, "give_up", supervisor="王建国")
    with pytest.raises(MissingSignature, match="工程主管"):
        taken(desk, number, "give_up", why="主管道老化，要大修")
    taken(desk, number, "give_up", staff="GC03", why="主管道老化，要大修", supervisor="王建国")
    assert matter(desk, number).outcome == "unsolved"


@pytest.mark.clause("XX-4.3.11b")
def test_after_two_working_days_a_new_order_goes_to_the_supervisor_or_the_general_manager(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="assigned", text="单元门锁坏了")
    assert "escalate" not in offers(desk, number, "KF01")
    assert refused("XX-4.3.11b", desk, number, "escalate") == "not_overdue"
    move_to(desk, "2026-11-23 10:20:01")
    assert "escalate" in offers(desk, number, "KF01")
    opened = taken(desk, number, "escalate")["opened"]
    (order,) = children(desk, number, "order")
    assert opened == [order.number]
    facts = situation(desk, order.number).facts
    assert (facts["department"], facts["taken_to"]) == ("engineering", "部门主管、总经理")
    assert (facts["text"], order.unit) == ("单元门锁坏了", "3-1-502")
    assert refused("XX-4.3.11b", desk, number, "escalate") == "escalated"


@pytest.mark.clause("XX-4.1.3")
def test_the_desk_urges_on_and_joins_the_second_call_to_the_first(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "urge", staff="KF05", said="水已经流到楼下")
    taken(desk, number, "join", said="401也在漏", joined_phone="13800009999")
    taken(desk, number, "note", note="家里有老人")
    verbs = [step.verb for step in steps(desk, number)][-3:]
    assert verbs == ["urge", "join", "note"]
    assert situation(desk, number).state == "assigned"
