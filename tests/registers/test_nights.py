"""The night at the desk: calls and whom to tell, cash at the door, leaving for a job."""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import (
    PAID,
    a_repair,
    handed_over,
    matter,
    move_to,
    on_duty,
    situation,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk, Result
from wuye_tui.registers import (
    contacts,
    handovers,
    hearing,
    held_cash,
    night_record,
    nights,
    proposals,
    views,
)
from wuye_tui.registers.taking_down import NeverLeft
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.nights import Choice, Way
from wuye_tui.rules.refusals import GuardRefused, NoRight
from wuye_tui.store.tables import Staff

NIGHT = "ZB01"


@pytest.fixture
def night(desk: Desk) -> Desk:
    """The desk at ten in the evening, held by the plumber-electrician."""
    move_to(desk, "22:00")
    on_duty(desk, NIGHT)
    return desk.as_staff(NIGHT)


def said(desk: Desk, line: str, way: Way, to: str = "") -> Result:
    found = nights.handled(hearing.understand(desk, line), Choice(way, to))
    return desk.perform("call.line", lambda act: proposals.accept(act, found))


def ways(desk: Desk, line: str) -> list[str]:
    return [
        one.choice.to or one.choice.way.value
        for one in nights.offered(desk, hearing.understand(desk, line))
    ]


@pytest.mark.clause("KF-7")
@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("3-1-502 水龙头坏了", "now"),
        ("3-1-502 楼上太吵了睡不着", "guards"),
        ("5栋电梯停在6楼不动了", "lift"),
        ("3-1-502 地板翘起来了", "morning"),  # off the tariff: it has to be quoted by day (BX-10)
        ("3栋有人打架", "guards"),
    ],
)
def test_the_likely_way_stands_first(night: Desk, line: str, first: str) -> None:
    assert ways(night, line)[0] == first


@pytest.mark.clause("KF-7")
def test_what_is_answered_at_once_is_not_asked_about(night: Desk) -> None:
    assert ways(night, "3-1-502 问物业费什么时候交") == []
    assert ways(night, "3-1-502 水管爆了 水往外喷") == []  # goes out first, as by day


@pytest.mark.clause("KF-7")
def test_a_theft_is_never_left_for_the_morning(night: Desk) -> None:
    assert "morning" not in ways(night, "3栋有人打架")
    with pytest.raises(NeverLeft):
        said(night, "3栋有人打架", Way.MORNING)
    assert said(night, "3栋有人打架", Way.TELL, "guards")["outcome"] == "told:guards"


@pytest.mark.clause("KF-7", "SB-3")
def test_a_repair_that_can_be_done_is_taken_with_the_call_by_whoever_holds_the_night(
    night: Desk,
) -> None:
    done = said(night, "3-1-502 水龙头坏了", Way.NOW)
    assert done["state"] == "assigned"
    assert matter(night, done["number"]).worker == NIGHT
    row = contacts.show(night, done["contact"])
    assert row.matters == (done["number"],)


@pytest.mark.clause("KF-7")
def test_who_does_not_hold_the_night_takes_nothing_with_a_call(desk: Desk) -> None:
    with pytest.raises(NoRight):
        said(desk, "3-1-502 水龙头坏了", Way.NOW)
    assert contacts.listed(desk) == []  # one act: neither call nor slip


@pytest.mark.clause("KF-7", "KF-8")
def test_who_was_told_stands_in_the_register_and_the_morning_sees_it(night: Desk) -> None:
    call = said(night, "3-1-502 楼上太吵了睡不着", Way.TELL, "guards")["contact"]
    assert contacts.show(night, call).told == "guards"
    assert [row.number for row in contacts.left(night)] == [call]


@pytest.mark.clause("KF-7")
def test_what_was_settled_in_the_night_is_not_left_and_cannot_be_settled_twice(night: Desk) -> None:
    call = said(night, "3-1-502 楼上太吵了睡不着", Way.TELL, "guards")["contact"]
    night.perform("call.settled", lambda act: nights.settle(act, call))
    assert contacts.left(night) == []
    assert contacts.show(night, call).settled == "guards"
    with pytest.raises(nights.NotTold):
        night.perform("call.settled", lambda act: nights.settle(act, call))


@pytest.mark.clause("KF-8")
def test_what_was_told_becomes_a_complaint_form_in_the_morning(
    night: Desk, clock: StoppedClock
) -> None:
    call = said(night, "3-1-502 投诉楼上装修太吵", Way.TELL, "guards")["contact"]
    clock.advance(11 * 3600)
    morning = night.as_staff("KF01")
    found = replace(hearing.understand(morning, "3-1-502 投诉楼上装修太吵"), left=call)
    done = morning.perform("call.line", lambda act: proposals.accept(act, found))
    assert done["number"].startswith("TS-")
    assert done["contact"] == call
    assert contacts.left(morning) == []


def test_the_duty_manager_is_rung_at_their_own_number(night: Desk) -> None:
    kept = nights.numbers(night)["duty_manager"]
    on_duty(night, "KF04", "duty_manager")
    night.perform(
        "staff", lambda act: act.update(Staff, {"number": "KF04", "phone": "13800000009"}) or {}
    )
    assert kept != nights.numbers(night)["duty_manager"] == "13800000009"


# Leaving for a job


def away(desk: Desk) -> Any:
    with desk.read() as session:
        return nights.away(session, desk.site)


@pytest.mark.clause("KF-4")
def test_leaving_the_desk_tells_where_its_telephone_rings(night: Desk, clock: StoppedClock) -> None:
    number = said(night, "3-1-502 水龙头坏了", Way.NOW)["number"]
    night.perform("duty.away", lambda act: nights.set_out(act, "13800000002", number))
    out = away(night)
    assert (out.staff, out.phone, out.matter) == (NIGHT, "13800000002", number)
    with pytest.raises(nights.AwayAlready):
        night.perform("duty.away", lambda act: nights.leave_desk(act, "13800000003"))
    clock.advance(1800)
    night.perform("duty.back", nights.come_back)
    assert away(night) is None
    with pytest.raises(nights.NotAway):
        night.perform("duty.back", nights.come_back)


@pytest.mark.clause("KF-4")
def test_the_desk_is_not_left_without_a_telephone_nor_by_somebody_else(night: Desk) -> None:
    with pytest.raises(nights.NoPhone):
        night.perform("duty.away", lambda act: nights.leave_desk(act, " "))
    with pytest.raises(nights.NotAtDesk):
        night.as_staff("KF01").perform("duty.away", lambda act: nights.leave_desk(act, "8001"))


@pytest.mark.clause("KF-7")
def test_going_out_to_a_slip_that_nobody_has_takes_it(night: Desk) -> None:
    number = a_repair(night, staff="KF01", upto="issued")
    night.perform("duty.away", lambda act: nights.set_out(act, "13800000002", number))
    assert matter(night, number).worker == NIGHT
    assert nights.own_jobs(night) == [number]


# Cash at the door


def held(desk: Desk) -> list[tuple[str, int]]:
    with desk.read() as session:
        return [
            (one.number, one.fen) for one in held_cash.cash_held(session, desk.site, desk.now())
        ]


@pytest.mark.clause("BX-16")
def test_cash_taken_at_the_door_is_held_by_the_worker_until_the_cashier_has_it(
    night: Desk, clock: StoppedClock
) -> None:
    number = a_repair(night, staff=NIGHT, unit="6-1-301")
    taken(night, number, "take", staff=NIGHT, **PAID)
    walk_to(night, number, "finished")
    owed = situation(night, number).facts["charged_fen"]
    taken(night, number, "hold_cash", staff=NIGHT)
    assert held(night) == [(number, owed)]
    with pytest.raises(GuardRefused, match="代收"):
        taken(night, number, "hold_cash", staff=NIGHT)
    clock.advance(60)
    taken(night, number, "pay", staff="KF01", means="cash")
    assert held(night) == []


def test_cash_that_was_noted_by_mistake_is_not_counted(night: Desk) -> None:
    from tests.factories import undone

    number = a_repair(night, staff=NIGHT, unit="6-1-301")
    taken(night, number, "take", staff=NIGHT, **PAID)
    walk_to(night, number, "finished")
    taken(night, number, "hold_cash", staff=NIGHT)
    undone(night, number, staff=NIGHT)
    assert held(night) == []


@pytest.mark.clause("KF-8", "KF-10", "BX-16")
def test_what_was_signed_in_the_morning_keeps_the_calls_and_the_cash_in_their_words(
    night: Desk,
) -> None:
    number = a_repair(night, staff=NIGHT, unit="6-1-301")
    taken(night, number, "take", staff=NIGHT, **PAID)
    walk_to(night, number, "finished")
    taken(night, number, "hold_cash", staff=NIGHT)
    left = said(night, "6-1-301 地板翘起来了", Way.MORNING)["contact"]
    move_to(night, "2026-11-20 08:25")
    signed = handed_over(night, "KF01")
    day = night.as_staff("KF01")
    taken(day, number, "pay", staff="KF01", means="cash")
    found = handovers.handed(day, views.show(day, signed).situation.facts)
    told = {item.kind: item for item in found.ones if item.kind in ("left", "held")}
    assert (told["left"].number, told["left"].where) == (left, "6-1-301")
    assert "地板翘起来了" in told["left"].words
    assert "代收现金" in told["held"].words
    assert told["held"].number == number


# The record


@pytest.mark.clause("KF-7", "KF-8")
def test_the_night_record_has_every_call_with_what_became_of_it(
    night: Desk, clock: StoppedClock
) -> None:
    done = said(night, "3-1-502 水龙头坏了", Way.NOW)
    night.perform("duty.away", lambda act: nights.set_out(act, "13800000002", done["number"]))
    clock.advance(600)
    taken(night, done["number"], "arrive", staff=NIGHT)
    clock.advance(1200)
    night.perform("duty.back", nights.come_back)
    told = said(night, "3-1-502 楼上太吵了睡不着", Way.TELL, "guards")["contact"]
    left = said(night, "6-1-301 地板翘起来了", Way.MORNING)["contact"]
    found = night_record.record(night)
    assert [row.number for row in found.calls] == [left, told, done["contact"]]
    assert [row.number for row in found.left] == [told, left]
    (job,) = found.jobs
    assert (job.number, job.finished) == (done["number"], None)
    assert job.taken is not None
    assert job.arrived is not None
    assert (job.arrived - job.taken).total_seconds() == 600
    (out,) = found.outs
    assert (out.phone, out.matter) == ("13800000002", done["number"])
    assert out.until is not None


def test_a_night_that_nobody_held_has_no_record(desk: Desk) -> None:
    with pytest.raises(night_record.NoNight):
        night_record.record(desk)
