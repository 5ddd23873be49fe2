"""Who may sign, be sent and inspect; who is charged; what follows a dissatisfied callback."""

from contextlib import suppress
from typing import Any

import pytest
from sqlmodel import col

from tests.factories import (
    PAID,
    a_repair,
    charges,
    children,
    move_to,
    on_duty,
    rows_of,
    situation,
    started,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.refusals import GuardRefused, WrongPerson
from wuye_tui.store.tables import Matter


@pytest.mark.parametrize(
    ("state", "verb", "given"),
    [
        ("on_site", "refuse", {"why": "嫌贵", "worker_sign": "李强", "supervisor": "吴刚"}),
        ("on_site", "refuse", {"why": "嫌贵", "worker_sign": "陈静", "supervisor": "王建国"}),
        ("assigned", "give_up", {"why": "要大修", "supervisor": "陈静"}),
        ("notified", "collect", {"collector": "陈静"}),
    ],
)
def test_a_signature_is_of_somebody_whose_place_it_is_to_sign(
    desk: Desk, state: str, verb: str, given: dict[str, Any]
) -> None:
    number = a_repair(desk, upto=state)
    with pytest.raises(Refused):
        taken(desk, number, verb, **given)


def test_the_night_signs_for_itself_and_the_supervisor_for_the_night(desk: Desk) -> None:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01")
    with pytest.raises(WrongPerson, match="接单人"):
        taken(desk, number, "take", staff="ZB01", taker="陈静", charge="public")
    taken(desk, number, "take", staff="ZB01", taker="冯涛", charge="public")
    with pytest.raises(WrongPerson, match="工程主管"):
        taken(desk, number, "countersign", staff="GC01", supervisor="李强")


def test_the_night_takes_no_paid_job_that_can_be_charged_to_nobody(desk: Desk) -> None:
    move_to(desk, "22:00")
    on_duty(desk, "ZB01")
    number = a_repair(desk, staff="ZB01", place="5栋大堂")
    with pytest.raises(GuardRefused, match="房号"):
        taken(desk, number, "take", staff="ZB01", taker="冯涛", **PAID)


def test_nobody_inspects_their_own_work_in_a_public_area(desk: Desk) -> None:
    number = a_repair(desk, place="5栋大堂")
    taken(desk, number, "issue", charge="public")
    walk_to(desk, number, "on_site")
    taken(desk, number, "agree", staff="GC03", damage="灯管坏", minutes=10)
    with pytest.raises(Refused):
        taken(desk, number, "finish", staff="GC03", tried=True, inspector="GC03")


def test_nobody_is_sent_who_may_not_repair(desk: Desk) -> None:
    number = a_repair(desk, upto="collected")
    with pytest.raises(Refused):
        taken(desk, number, "assign", staff="GC01", worker="陈静")


def test_what_an_emergency_costs_is_charged_although_the_slip_is_written_afterwards(
    desk: Desk,
) -> None:
    given = {"emergency": "burst_pipe", "whom": "李强", "how": "radio", "worker": "李强"}
    number = a_repair(desk)
    taken(desk, number, "dispatch_now", **given)
    taken(desk, number, "arrive")
    taken(desk, number, "agree", damage="软管爆裂", minutes=20)
    with suppress(GuardRefused):  # also an answer: first the slip, then the result
        taken(desk, number, "finish", tried=True, resident="陈立")
    taken(desk, number, "write_up", **PAID)
    if situation(desk, number).state == "working":
        taken(desk, number, "finish", lines="SX-01", tried=True, resident="陈立")
    assert sum(charge.fen for charge in charges(desk, number)) == 3000


def test_a_paid_slip_is_charged_to_somebody(desk: Desk) -> None:
    number = a_repair(desk, place="5栋大堂")
    with pytest.raises(GuardRefused):
        taken(desk, number, "issue", **PAID)


def test_a_job_in_a_public_place_does_not_become_a_paid_one_on_site(desk: Desk) -> None:
    number = a_repair(desk, place="5栋大堂")
    taken(desk, number, "issue", charge="public")
    walk_to(desk, number, "on_site")
    with pytest.raises(GuardRefused, match="房号"):
        taken(desk, number, "amend", staff="GC03", explained=True, **PAID)


def test_a_paid_job_moved_to_a_public_place_is_not_finished_before_its_charge_is_cleared(
    desk: Desk,
) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "correct", place="5栋大堂")
    walk_to(desk, number, "working")
    done: dict[str, Any] = {"lines": "SX-01", "tried": True, "inspector": "王建国"}
    with pytest.raises(GuardRefused, match="房号"):
        taken(desk, number, "finish", staff="GC03", **done)
    taken(desk, number, "amend", staff="GC03", charge="public", explained=True)
    taken(desk, number, "finish", staff="GC03", tried=True, inspector="王建国")
    assert charges(desk, number) == []


def test_somebody_dissatisfied_opens_a_matter_of_its_own(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    (callback,) = children(desk, number, "callback")
    taken(desk, callback.number, "reach", satisfaction="dissatisfied", opinion="还在漏")
    linked = rows_of(desk, Matter, col(Matter.origin) == callback.number)
    assert len(linked) == 1


def test_the_supervisor_who_quoted_may_take_the_residents_answer(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "issue", charge="paid", tariff="off")
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "quote", staff="GC01", fee="280", told_how="in_person")
    taken(desk, number, "consent", staff="GC01", agreed_by="陈立")


def test_somebody_who_came_has_a_name(desk: Desk) -> None:
    given = {"emergency": "gas", "whom": "燃气公司", "how": "phone", "unit": "3-1-502"}
    number = started(desk, "repair", "dispatch_now", text="燃气味", **given)["number"]
    with pytest.raises(GuardRefused, match="请写明维修工"):
        taken(desk, number, "arrive")
    taken(desk, number, "arrive", worker="李强")
    assert situation(desk, number).visits[0].worker == "GC03"


def test_a_visit_is_of_whoever_came(desk: Desk) -> None:
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "arrive", doer="吴刚")
    assert situation(desk, number).visits[0].worker == "GC04"


def test_a_report_entered_for_a_public_place_can_be_corrected_to_a_home(desk: Desk) -> None:
    number = a_repair(desk, place="3栋大堂")
    taken(desk, number, "correct", unit="3-1-502")
    assert not situation(desk, number).facts.get("place")
