"""Lines with a story of their own, once they are taken, and what each is counted as.

* a hotline's order: its number and its date kept, whatever it is about
* bookings at any hour, outsiders, lines that rang, theft and fights
"""

from dataclasses import replace
from typing import Any

import pytest

from tests.factories import a_repair, local, move_to, on_duty, running, situation, taken, walk_to
from tests.registers.lines_taken import last, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing, matters, notices, ringing
from wuye_tui.registers.console import join_call, start_by_form
from wuye_tui.registers.meaning import Proposal, category_of
from wuye_tui.registers.proposals import accept
from wuye_tui.registers.taking_down import NeverLeft
from wuye_tui.rules.clock import StoppedClock

# The hotline and the street office


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("12345 工单20261119001 3-1-502 楼道堆物 11月22日前回复", "guards"),
        ("12345 工单20261119001 3-1-502问物业费怎么收 3日内回复", "finance"),
        ("街道 督办 3-1-502投诉装修噪音 周五前书面答复", "guards"),
    ],
)
def test_an_order_of_the_hotline_keeps_its_number_and_its_date(
    desk: Desk, line: str, department: str
) -> None:
    number = str(typed(desk, line)["number"])
    facts = situation(desk, number).facts
    assert (facts["department"], facts["unit"]) == (department, "3-1-502")
    assert facts["text"] == line
    assert (last(desk).channel, last(desk).matters) == ("12345", (number,))


def test_a_repair_by_the_hotline_is_a_repair_with_its_number(desk: Desk) -> None:
    number = str(typed(desk, "12345 工单20261119001 3-1-502厨房漏水 3日内回复")["number"])
    assert number.startswith("PG-")
    assert {"工单20261119001", "3日内回复"} <= set(situation(desk, number).facts["text"].split())


# Bookings at any hour, and outsiders


@pytest.mark.clause("FW-2.1")
def test_a_service_booked_in_the_night_is_passed_on_tracked_and_recorded_done(desk: Desk) -> None:
    move_to(desk, "2026-11-20 02:00")
    on_duty(desk, "ZB01")
    night = desk.as_staff("ZB01")
    number = str(typed(night, "3-1-502 预约保洁 明天下午3点")["number"])
    call = last(desk)
    assert (call.category, local(desk, call.rang)) == ("booking", "2026-11-20 02:00:00")
    facts = situation(desk, number).facts
    assert (facts["department"], facts["text"]) == ("cleaning", "预约保洁 明天下午3点")
    assert "refer" in running(desk, number), "it has to be passed on within a day (XX-4.3.2)"
    move_to(desk, "2026-11-20 09:00")
    taken(desk, number, "issue")
    taken(desk, number, "receive", department="刘洋", assistant="KF05")
    assert {"assign", "result"} <= running(desk, number)
    taken(desk, number, "assign", worker="ZX01")
    taken(desk, number, "finish", result="已保洁，业主满意", customer="陈立")
    taken(desk, number, "verify", staff="KF05", finding="已看过")
    taken(desk, number, "tell", said="已告诉业主")
    taken(desk, number, "close")
    done = situation(desk, number)
    assert (done.state, done.facts["result"]) == ("closed", "已保洁，业主满意")
    assert running(desk, number) == set()


@pytest.mark.clause("FW-1.1")
def test_an_outsider_who_comes_to_the_counter_is_entered_with_what_they_want(desk: Desk) -> None:
    on_duty(desk, "KF01")
    typed(desk, "来访 装修公司张先生 13911112222 来办施工证")
    call = last(desk)
    assert (call.channel, call.unit, call.phone) == ("visit", "", "139****2222")
    assert (call.by_name, call.words) == (
        "李晓燕", "来访 装修公司张先生 13911112222 来办施工证",
    )  # fmt: skip


# A line that rang


@pytest.mark.clause("KF-16")
def test_a_call_keeps_when_it_rang_how_often_and_when_it_was_answered(
    any_desk: Desk, clock: StoppedClock
) -> None:
    rang = any_desk.now()
    line = any_desk.perform("r", lambda act: ringing.ring(act, "13800001234"), system=True)
    clock.advance(12)
    any_desk.perform("a", lambda act: ringing.answer(act, str(line["number"])))
    answered = any_desk.now()
    clock.advance(40)
    found = hearing.understand(any_desk, "3-1-502 厨房漏水")
    found = Proposal(**{**vars(found), "ring": str(line["number"])})
    any_desk.perform("call.line", lambda act: accept(act, found))
    call = last(any_desk)
    assert (call.rang, call.rings, call.answered) == (rang, 3, answered)


def test_a_call_that_is_joined_keeps_its_rings_and_takes_up_what_was_left(
    desk: Desk, clock: StoppedClock
) -> None:
    number = a_repair(desk, text="厨房漏水")
    rang = desk.now()
    line = desk.perform("r", lambda act: ringing.ring(act, "13800001234"), system=True)
    clock.advance(6)
    desk.perform("a", lambda act: ringing.answer(act, str(line["number"])))
    found = hearing.understand(desk, "3-1-502 厨房还在漏水")
    rung = Proposal(**{**vars(found), "ring": str(line["number"])})
    desk.perform("call.join", lambda act: join_call(act, rung, number))
    assert (last(desk).rang, last(desk).rings) == (rang, 2)
    late = Proposal(**{**vars(found), "postponed": True})
    done = desk.perform("call.leave", lambda act: accept(act, late))
    again = Proposal(**{**vars(found), "left": str(done["contact"])})
    desk.perform("call.join", lambda act: join_call(act, again, number))
    assert (contacts.left(desk), len(contacts.listed(desk))) == ([], 2)


def test_a_call_that_did_not_ring_has_no_rings(desk: Desk) -> None:
    typed(desk, "3-1-502 厨房漏水")
    assert (last(desk).rings, last(desk).rang) == (0, desk.now())


def test_an_answer_by_a_notice_keeps_the_words_and_the_number(desk: Desk) -> None:
    water: dict[str, Any] = {
        "subject": "water",
        "department": "engineering",
        "text": "停水",
        "scope": "5栋",
    }
    number = str(desk.perform("n", lambda act: matters.start(act, "notice", **water))["number"])
    desk.perform(
        "a",
        lambda act: notices.answer(
            act, number, caller="王女士", phone="13911112222", words="5栋没水了 什么时候来"
        ),
    )
    call = last(desk)
    assert (call.words, call.phone, call.name) == ("5栋没水了 什么时候来", "139****2222", "王女士")


@pytest.mark.parametrize("line", ["5栋没水了 什么时候来", "5栋没水了", "没水了 5栋"])
def test_a_building_that_is_named_asks_about_its_notice(desk: Desk, line: str) -> None:
    water: dict[str, Any] = {"subject": "water", "department": "engineering", "text": "停水"}
    for scope in ("5栋", "6栋"):
        desk.perform(
            "n",
            lambda act, at=scope: matters.start(act, "notice", **water, scope=at),  # type: ignore[misc]
        )
    asked = hearing.asked(hearing.understand(desk, line), notices.current(desk))
    assert [one.scope for one in asked] == ["5栋"]


def test_a_slip_walks_on_after_it_was_urged(desk: Desk) -> None:
    number = a_repair(desk, text="门锁坏了")
    typed(desk, "3-1-502 催一下")
    walk_to(desk, number, "notified")
    assert situation(desk, number).state == "notified"


# Theft and fights


@pytest.mark.parametrize(
    ("line", "unit", "place"),
    [
        ("有小偷 5栋地下室", "", "5栋地下室"),
        ("5栋有人打架", "", "5栋"),
        ("有人打架", "", ""),
        ("3-1-502 门锁被撬了 有人骂人", "3-1-502", ""),
    ],
)
def test_theft_and_fights_are_the_guards_order_at_once(
    desk: Desk, line: str, unit: str, place: str
) -> None:
    number = str(typed(desk, line)["number"])
    order = situation(desk, number)
    assert (order.state, order.facts["department"]) == ("issued", "guards")
    assert (order.facts.get("unit", ""), order.facts.get("place", "")) == (unit, place)
    assert (last(desk).category, last(desk).matters) == ("help", (number,))


def test_theft_is_not_left_for_the_morning(desk: Desk) -> None:
    found = replace(hearing.understand(desk, "5栋有小偷"), postponed=True)
    with pytest.raises(NeverLeft):
        desk.perform("call.leave", lambda act: accept(act, found))


@pytest.mark.parametrize(
    "line",
    [
        "3-1-502 业主问厨房灯坏了 现在",
        "王女士 3-1-502 13812345678 漏水 马上 费用找房东 顺便问物业费",
        "3-1-502 催单 PG-20261119-001 租客说还没来",
        "有小偷 5栋地下室 现在",
        "尾号1234 3-1-502 灯坏 急",
    ],
)
def test_the_call_keeps_the_whole_line(desk: Desk, line: str) -> None:
    a_repair(desk, text="门锁坏了")
    typed(desk, line)
    assert last(desk).words == line


def test_who_is_said_to_call_is_written_with_the_call(desk: Desk) -> None:
    typed(desk, "3-1-502 业主问厨房灯坏了")
    assert last(desk).name == "陈立"


# What calls are counted as


@pytest.mark.parametrize(
    ("line", "category", "counted_as"),
    [
        ("3-1-502 催单", "enquiry", "progress"),
        ("3-1-502 修到哪一步了", "enquiry", "progress"),
        ("3-1-502 不用来了", "enquiry", "progress"),
        ("3-1-502 改到明天下午3点", "enquiry", "progress"),
        ("3-1-502 问物业费", "enquiry", "enquiry"),
        ("3-1-502 灯坏了", "repair", "repair"),
        ("3-1-502 着火了", "help", "help"),
        ("3栋2单元电梯困人", "help", "help"),
    ],
)
def test_what_a_call_is_counted_as(
    any_desk: Desk, line: str, category: str, counted_as: str
) -> None:
    a_repair(any_desk, text="门锁坏了")
    typed(any_desk, line)
    call = last(any_desk)
    assert (call.category, call.counted_as) == (category, counted_as)
    assert contacts.counted(any_desk, call.number, any_desk.now()) == (counted_as, 1)


def test_an_emergency_by_the_form_is_a_call_for_help_too(desk: Desk) -> None:
    given = {"text": "电梯困人", "place": "3栋电梯", "emergency": "entrapment"}
    given |= {"whom": "电梯公司", "how": "phone"}
    desk.perform("form", lambda act: start_by_form(act, "repair", "dispatch_now", given, None))
    assert last(desk).category == "help"
    assert category_of("电梯困人了") == category_of("有人打架") == "help"
