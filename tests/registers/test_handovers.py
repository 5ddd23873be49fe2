"""A duty goes from one person to the next: counted, looked at, signed by both (KF-9 to KF-13).

* what is missing keeps the duty where it is: a count, a reason, the cleaning, a look, a signature
* of the relief it is known to the second whether they came in time
* nothing slips between two duties, whichever way the clock is set
"""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    a_repair,
    gave,
    local,
    move_to,
    offers,
    on_duty,
    received,
    refused,
    rows_of,
    runs,
    signatures,
    situation,
    started,
    taken,
    walk_to,
)
from tests.registers.test_left_by_the_night import left_with, read_as
from wuye_tui.desk import Desk
from wuye_tui.registers import handovers, proposals
from wuye_tui.registers.checking import check
from wuye_tui.registers.duties import MayNotHold
from wuye_tui.registers.handover_counts import NotOnTheList
from wuye_tui.registers.handovers import UnknownItem
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import GuardRefused, HappenedTooLongAgo
from wuye_tui.store.tables import Duty, Handover

MORNING, NIGHT = "KF01", "ZB01"


def opened(desk: Desk, staff: str = MORNING, post: str = "desk") -> str:
    at = desk.as_staff(staff)
    return str(at.perform("handover.register", lambda act: handovers.begin(act, post))["number"])


def counted(desk: Desk, number: str, staff: str = MORNING, **given: Any) -> None:
    tools = handovers.now(desk.as_staff(staff)).tools
    taken(desk, number, "count", staff=staff, **{"count": dict(tools), **given})


def looked(desk: Desk, number: str, staff: str) -> None:
    keys = handovers.now(desk.as_staff(staff)).unseen
    taken(desk, number, "acknowledge", staff=staff, items=keys, group=True)


def ready(desk: Desk, staff: str = "KF02") -> str:
    """A handover of the morning that only the relief's signature is missing of."""
    on_duty(desk, MORNING)
    number = gave(desk)
    taken(desk, number, "sign_in", staff=staff)
    taken(desk, number, "clean_ok", staff=staff)
    looked(desk, number, staff)
    return number


def held(desk: Desk, post: str = "desk") -> list[tuple[str, str, str]]:
    """The duties of a post as they followed: who, how they began, by which handover."""
    found = sorted(rows_of(desk, Duty), key=lambda duty: (duty.started, duty.id))
    return [(duty.staff, duty.began, duty.via) for duty in found if duty.post == post]


def accepted(desk: Desk, number: str, staff: str) -> None:
    handovers.accept(desk.as_staff(staff), number)


@pytest.mark.clause("KF-4", "KF-10", "KF-12")
def test_both_sign_and_the_duty_changes_hands_in_one_second(any_desk: Desk) -> None:
    number = ready(any_desk)
    accepted(any_desk, number, "KF02")
    assert held(any_desk) == [(MORNING, "start", ""), ("KF02", "handover", number)]
    first, second = sorted(rows_of(any_desk, Duty), key=lambda duty: duty.id)
    assert first.ended == second.started == any_desk.now()
    assert {(row.role, row.staff, row.how) for row in signatures(any_desk, number).values()} == {
        ("giver", MORNING, "pin"),
        ("taker", "KF02", "pin"),
    }
    (row,) = rows_of(any_desk, Handover)
    assert (row.giver, row.taker, row.accepted, row.ended) == (
        MORNING,
        "KF02",
        any_desk.now(),
        any_desk.now(),
    )
    assert check(any_desk).findings == []


@pytest.mark.clause("KF-5")
def test_the_night_is_held_by_the_plumbers_and_the_day_by_the_desk(desk: Desk) -> None:
    with pytest.raises(MayNotHold) as day:
        on_duty(desk, NIGHT)
    move_to(desk, "2026-11-19 22:00")
    with pytest.raises(MayNotHold) as night:
        on_duty(desk, MORNING)
    assert [one.value.clause for one in (day, night)] == ["KF-5", "KF-5"]
    assert "客服专员" in str(day.value)
    assert "维修工" in str(night.value)
    on_duty(desk, NIGHT)


@pytest.mark.clause("KF-5")
def test_whoever_may_not_hold_the_next_duty_cannot_take_it_over(desk: Desk) -> None:
    on_duty(desk, MORNING)
    move_to(desk, "11:50")
    number = gave(desk)
    taken(desk, number, "sign_in", staff=NIGHT)
    taken(desk, number, "clean_ok", staff=NIGHT)
    looked(desk, number, NIGHT)
    assert refused("KF-5", desk.as_staff(NIGHT), number, "accept") == "may_hold"
    assert [who for who, *_ in held(desk)] == [MORNING]


@pytest.mark.clause("ZB-3.2")
@pytest.mark.parametrize(
    ("staff", "may"),
    [("KF01", False), ("GC03", False), ("SF01", False), ("KF03", True), ("GC02", True)],
)
def test_duty_managers_are_supervisors_or_above(desk: Desk, staff: str, may: bool) -> None:
    if may:
        on_duty(desk, staff, "duty_manager")
        return
    with pytest.raises(MayNotHold) as refusal:
        on_duty(desk, staff, "duty_manager")
    assert refusal.value.clause == "ZB-3.2"
    on_duty(desk, "KF04", "duty_manager")
    number = gave(desk, "duty_manager")
    taken(desk, number, "sign_in", staff=staff)
    taken(desk, number, "clean_ok", staff=staff)
    taken(desk, number, "acknowledge", staff=staff, group=True)
    assert refused("ZB-3.2", desk.as_staff(staff), number, "accept") == "managers"


@pytest.mark.clause("KF-9")
@pytest.mark.parametrize(
    ("at", "late", "early"),
    [("11:44:59", 0, 0), ("11:45:00", 0, 0), ("11:45:01", 1, 0), ("11:40:00", 0, 5),
     ("12:06:00", 21, 0)],
)  # fmt: skip
def test_the_relief_comes_a_quarter_of_an_hour_before(
    desk: Desk, at: str, late: int, early: int
) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    move_to(desk, at)
    taken(desk, number, "sign_in", staff="KF02")
    facts = situation(desk, number).facts
    assert (facts["late_minutes"], facts["early_minutes"]) == (late, early)
    (run,) = runs(desk, number, "relief")
    assert local(desk, run.due) == "2026-11-19 11:45:00"
    assert run.late(desk.now()) is (late > 0)
    assert rows_of(desk, Handover)[0].late == late


@pytest.mark.clause("KF-9")
def test_one_opened_too_late_says_all_the_same_how_late_the_relief_came(desk: Desk) -> None:
    on_duty(desk, MORNING)
    move_to(desk, "11:58")
    number = opened(desk)
    taken(desk, number, "sign_in", staff="KF02")
    (run,) = runs(desk, number, "relief")
    assert run.late(desk.now())
    assert situation(desk, number).facts["late_minutes"] == 13


@pytest.mark.clause("KF-9")
def test_whoever_signed_in_takes_over_and_nobody_else(desk: Desk) -> None:
    number = ready(desk)
    assert refused("KF-9", desk.as_staff("KF03"), number, "accept") == "other"
    taken(desk, number, "sign_in", staff="KF03")
    assert refused("KF-9", desk.as_staff("KF02"), number, "accept") == "other"


@pytest.mark.clause("KF-10")
def test_what_is_new_or_changed_is_looked_at_one_by_one_and_named(desk: Desk) -> None:
    old = a_repair(desk)
    desk.clock.set(desk.now() + timedelta(seconds=1))  # type: ignore[attr-defined]
    number = ready(desk)
    new = a_repair(desk, unit="3-1-501")
    with pytest.raises(GuardRefused, match=new):
        accepted(desk, number, "KF02")
    looked(desk, number, "KF02")
    taken(desk, old, "note", note="业主又问")  # after both had looked
    with pytest.raises(GuardRefused, match=old) as refusal:
        accepted(desk, number, "KF02")
    assert refusal.value.clause == "KF-10"
    looked(desk, number, "KF02")
    accepted(desk, number, "KF02")


@pytest.mark.clause("KF-10")
def test_the_rest_is_acknowledged_as_one_group(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = gave(desk)
    taken(desk, number, "sign_in", staff="KF02")
    taken(desk, number, "clean_ok", staff="KF02")
    keys = handovers.now(desk.as_staff("KF02")).unseen
    taken(desk, number, "acknowledge", staff="KF02", items=keys[:1])
    taken(desk, number, "acknowledge", staff="KF02", items=keys[1:])  # what was seen stays seen
    assert refused("KF-10", desk.as_staff("KF02"), number, "accept") == "unseen_group"


@pytest.mark.clause("KF-10")
def test_nobody_hands_over_to_themselves_or_for_somebody_else(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    counted(desk, number)
    for verb, given in (("sign_in", {}), ("clean_ok", {}), ("acknowledge", {"group": True})):
        assert refused("KF-10", desk, number, verb, **given) == "not_giver"
    other = desk.as_staff("KF02")
    assert refused("KF-10", other, number, "give", cleaned=True) == "giver"
    assert refused("KF-10", other, number, "void", why="x") == "giver"
    taken(desk, number, "give", cleaned=True)
    assert refused("KF-10", desk, number, "accept") == "not_giver"
    assert refused("KF-10", desk, number, "refuse", why="x") == "not_giver"


@pytest.mark.clause("KF-10")
def test_both_sign_by_their_own_pin_and_not_on_paper(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    counted(desk, number)
    assert refused("KF-10", desk, number, "give", cleaned=True, giver="KF03") == "giver_pin"
    taken(desk, number, "give", cleaned=True)
    taken(desk, number, "sign_in", staff="KF02")
    taken(desk, number, "clean_ok", staff="KF02")
    looked(desk, number, "KF02")
    at = desk.as_staff("KF02")
    assert refused("KF-10", at, number, "accept", taker="KF03") == "taker_pin"


@pytest.mark.clause("KF-10")
def test_a_caution_is_in_writing_and_the_list_is_taken_down_without_words(desk: Desk) -> None:
    repair = a_repair(desk, phone="13800001234", caller="陈立")
    on_duty(desk, MORNING)
    number = opened(desk)
    taken(desk, number, "note", caution="3栋水压不稳")
    counted(desk, number)
    given = taken(desk, number, "give", cleaned=True)
    facts = situation(desk, number).facts
    assert f"{repair}:1" in {*facts["handed_one"], *facts["handed_group"]}
    assert "陈立" not in repr(facts)
    assert "13800001234" not in repr(facts)
    assert facts["caution"] == "3栋水压不稳"
    assert given["state"] == "given"


@pytest.mark.clause("FW-M.9")
def test_a_complaint_about_the_relief_is_not_on_their_list_nor_in_the_record(desk: Desk) -> None:
    on_duty(desk, MORNING)
    complaint = started(desk, "complaint", text="前台不理人", about="KF02")["number"]
    assert complaint in repr(handovers.now(desk.as_staff("KF03")).handed)
    assert complaint not in repr(handovers.now(desk.as_staff("KF02")).handed)
    assert complaint not in repr(handovers.now(desk.as_staff("")).handed)
    number = gave(desk)
    with pytest.raises(UnknownItem):
        desk.as_staff("KF03").perform(
            "handover.acknowledge", lambda act: handovers.acknowledge(act, number, [complaint])
        )
    received(desk, number, "KF02")
    assert str(complaint) not in repr(situation(desk, number).facts)
    assert [who for who, *_ in held(desk)] == [MORNING, "KF02"]


@pytest.mark.clause("KF-8")
def test_what_the_night_left_is_acknowledged_or_made_a_slip_and_nothing_is_skipped(
    any_desk: Desk,
) -> None:
    desk = any_desk
    move_to(desk, "2026-11-20 02:00")
    on_duty(desk, NIGHT)
    night = desk.as_staff(NIGHT)
    lines = ("3-1-502 窗户关不严 13911112222", "3-1-501 门锁难开", "3-2-502 地漏有味")
    calls = [left_with(night, line) for line in lines]
    move_to(desk, "2026-11-20 08:14")
    number = gave(desk)
    taken(desk, number, "sign_in", staff=MORNING)
    taken(desk, number, "clean_ok", staff=MORNING)
    items = handovers.now(desk).handed.of_kind("left")
    assert [(item.number, item.weight) for item in items] == [(one, "one") for one in calls]
    assert "13911112222" not in repr(items)
    others = [key for key in handovers.now(desk).unseen if key not in calls]
    taken(desk, number, "acknowledge", items=[*others, calls[0]], group=True)
    made = desk.perform(
        "call.line", lambda act: proposals.accept(act, read_as(desk, lines[1], calls[1]))
    )
    with pytest.raises(GuardRefused) as refusal:
        accepted(desk, number, MORNING)
    assert calls[0] not in str(refusal.value)
    assert calls[1] not in str(refusal.value), "it is a slip now"
    assert str(made["number"]) in str(refusal.value), "which is new"
    assert calls[2] in str(refusal.value)
    looked(desk, number, MORNING)
    accepted(desk, number, MORNING)
    assert [item.number for item in handovers.now(desk).handed.of_kind("left")] == [
        calls[0],
        calls[2],
    ], "acknowledged they are still to be done"


@pytest.mark.clause("KF-10")
def test_what_is_half_typed_at_the_workstation_is_on_the_list(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = gave(desk)
    draft = ("0192f3a4-5b6c-7d8e-9f00-112233445566", "3-1-502 马桶 13911112222")
    (item,) = handovers.now(desk, drafts=[draft]).handed.of_kind("draft")
    assert (item.weight, item.words) == ("one", "3-1-502 马桶 139****2222")
    taken(desk, number, "acknowledge", staff="KF02", items=[item.key])
    assert item.key not in handovers.now(desk, drafts=[draft]).unseen
    received(desk, number, "KF02")  # the next person takes them up at the same workstation


def test_everybody_is_offered_what_is_theirs(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    assert set(offers(desk, number, MORNING)) == {"give", "void", "count", "cash", "note"}
    assert set(offers(desk, number, "KF02")) == {
        *("sign_in", "count", "cash", "clean_ok", "clean_back", "acknowledge", "note")
    }
    assert "force" in offers(desk, number, "KF03")


@pytest.mark.clause("KF-12")
def test_a_duty_changes_hands_when_it_is_signed_and_no_earlier(desk: Desk) -> None:
    number = ready(desk)
    desk.clock.set(desk.now() + timedelta(seconds=30))  # type: ignore[attr-defined]
    with pytest.raises(HappenedTooLongAgo):
        taken(desk, number, "accept", staff="KF02", happened=desk.now() - timedelta(seconds=20))
    accepted(desk, number, "KF02")
    assert check(desk).findings == []


@pytest.mark.clause("KF-11")
def test_every_difference_from_the_last_count_is_explained(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    with pytest.raises(GuardRefused, match="万用表 应有 1，实有 0") as refusal:
        counted(desk, number, count={"万用表": 0})
    assert refusal.value.clause == "KF-11"
    given = {"count": {"万用表": 0, "手电筒": 2}, "count_why": "万用表送检"}
    with pytest.raises(GuardRefused, match="手电筒") as refusal:
        taken(desk, number, "count", **given)
    assert "万用表" not in str(refusal.value)
    counted(desk, number)
    taken(desk, number, "count", count={"万用表": 0}, count_why="送检")
    assert situation(desk, number).facts["differences"] == {"万用表": [1, 0]}
    taken(desk, number, "give", cleaned=True)
    received(desk, number, "KF02")
    # From now on none is there, until one is found.
    assert handovers.now(desk).tools["万用表"] == 0
    second = opened(desk, "KF02")
    with pytest.raises(GuardRefused, match="应有 0，实有 1"):
        taken(desk, second, "count", staff="KF02", count={"万用表": 1})
    taken(desk, second, "count", staff="KF02", count={"万用表": 1}, count_why="找到了")


@pytest.mark.clause("KF-11")
@pytest.mark.parametrize("many", ["两", "-1", "1.5", "", "一 把", "1e3"])
def test_a_count_that_is_no_number_is_refused_and_the_tool_named(desk: Desk, many: str) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    with pytest.raises(UsageError, match="万用表"):
        taken(desk, number, "count", count=[f"万用表={many}"])
    with pytest.raises(UsageError, match="名称=数量"):
        taken(desk, number, "count", count="万用表")
    with pytest.raises(NotOnTheList, match="挖掘机"):
        taken(desk, number, "count", count="挖掘机=1")


@pytest.mark.clause("KF-11")
def test_what_was_not_counted_keeps_the_giver_there_and_is_named(desk: Desk) -> None:
    on_duty(desk, MORNING)
    number = opened(desk)
    taken(desk, number, "count", count="对讲机=６；手电筒＝3")
    with pytest.raises(GuardRefused, match="万用表") as refusal:
        taken(desk, number, "give", cleaned=True)
    assert "对讲机" not in str(refusal.value)


@pytest.mark.clause("KF-11", "FW-1.6")
def test_money_that_is_held_is_counted_and_a_difference_explained(desk: Desk) -> None:
    on_duty(desk, MORNING)
    slip = a_repair(desk, upto="returned")
    taken(desk, slip, "pay", means="cash")
    at = handovers.now(desk)
    assert (at.cash, at.handed.receipts.many, at.handed.receipts.cash_fen) == (3000, 1, 3000)
    number = opened(desk)
    counted(desk, number)
    assert refused("KF-11", desk, number, "give", cleaned=True) == "cash"
    with pytest.raises(GuardRefused, match=r"应有 30\.00元，实有 20\.00元"):
        taken(desk, number, "cash", cash="20")
    taken(desk, number, "cash", cash="20", cash_why="找零少了，已记")
    taken(desk, number, "give", cleaned=True)
    received(desk, number, "KF02")
    assert handovers.now(desk).cash == 2000


@pytest.mark.clause("KF-10", "XX-5")
def test_what_was_signed_stays_as_it_stood_whatever_becomes_of_it(
    any_desk: Desk, clock: StoppedClock
) -> None:
    old = a_repair(any_desk, upto="issued")
    clock.advance(60)
    on_duty(any_desk, "KF01")
    clock.advance(60)
    new, moved = a_repair(any_desk, text="灯不亮"), a_repair(any_desk, upto="assigned")
    started(any_desk, "complaint", text="骂人", about="GC03", unit="3-1-502")
    move_to(any_desk, "11:50")
    number = gave(any_desk)
    live = {one.number: one for one in handovers.now(any_desk).handed.items if one.state}
    live = {n: one for n, one in live.items() if not one.about_staff}
    assert "overdue" in live[old].why
    assert live[new].why[0] == live[moved].why[0] == "new"
    received(any_desk, number, "KF02")
    walk_to(any_desk, old, "closed")
    walk_to(any_desk, new, "assigned")
    clock.advance(86400)
    signed = handovers.handed(any_desk, show(any_desk, number).situation.facts)
    assert {one.number: one for one in signed.items if one.state} == live
    assert signed.overdue == sum("overdue" in one.why for one in live.values()) > 0
    assert all(one.why == ("keys",) for one in signed.ones if one.kind == "item")
