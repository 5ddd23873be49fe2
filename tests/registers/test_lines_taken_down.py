"""What each line that a receptionist types does to the registers, once it is taken.

* urged, cancelled, rebooked: the open slip, no new one; what it cannot bear any more is joined
* complained of: an order to the department, with both units and every word
* a car to be moved: whose, and counted without a slip
* a hotline's order: its number and its date kept, whatever it is about
* a repair with an enquiry beside it: both counted
"""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col

from tests.factories import (
    a_repair,
    local,
    move_to,
    on_duty,
    running,
    situation,
    steps,
    taken,
    walk_to,
)
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing, matters, notices, ringing
from wuye_tui.registers.console import join_call, start_by_form
from wuye_tui.registers.meaning import Proposal, category_of
from wuye_tui.registers.proposals import accept
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.taking_down import NeverLeft
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.line_orders import department_of
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person

PLATE = "粤B12345"


def typed(desk: Desk, line: str, **given: str) -> Result:
    found = hearing.understand(desk, line)
    return desk.perform("call.line", lambda act: accept(act, found, **given))


def last(desk: Desk) -> contacts.ContactRow:
    return contacts.listed(desk)[0]


def numbers(desk: Desk) -> list[str]:
    return [row.number for row in queue(desk, Wanted())]


def drives(desk: Desk, name: str, plate: str) -> None:
    def mark(act: Act) -> Result:
        act.session.execute(update(Person).where(col(Person.name) == name).values(plate=plate))
        return {}

    desk.perform("mark", mark)


# About a slip that is open


@pytest.mark.parametrize(
    "line",
    ["3-1-502催单 昨天报的门锁还没来", "3-1-502 师傅什么时候来", "3-1-502 修好了没有",
     "3-1-502 我家的单到哪了"],
)  # fmt: skip
def test_a_line_that_urges_opens_nothing(any_desk: Desk, line: str) -> None:
    number = a_repair(any_desk, text="门锁坏了")
    result = typed(any_desk, line)
    assert (result["number"], result["verb"]) == (number, "urge")
    assert numbers(any_desk) == [number]
    assert (last(any_desk).matters, last(any_desk).words) == ((number,), line)


@pytest.mark.parametrize(
    "line", ["3-1-502那张单取消", "3-1-502 不用来了", "3-1-502 取消", "3-1-502 自己修好了"]
)
def test_a_line_that_cancels_cancels_the_slip_in_the_callers_words(desk: Desk, line: str) -> None:
    number = a_repair(desk, text="门锁坏了")
    assert typed(desk, line)["state"] == "cancelled"
    assert situation(desk, number).facts["said"] == line
    assert numbers(desk) == []


@pytest.mark.clause("BX-9")
@pytest.mark.parametrize(
    "line", ["3-1-502 改到明天下午3点", "3-1-502 那张单改到明天下午3点", "3-1-502 改约明天15点"]
)
def test_a_line_that_rebooks_moves_the_appointment(desk: Desk, line: str) -> None:
    number = a_repair(desk, text="门锁坏了")
    assert typed(desk, line)["verb"] == "rebook"
    facts = situation(desk, number).facts
    assert facts["at"].startswith("2026-11-20T07:00")
    assert facts["asked_by"] == "陈立"
    assert numbers(desk) == [number]


def test_a_window_is_rebooked_whole(desk: Desk) -> None:
    number = a_repair(desk, text="门锁坏了")
    typed(desk, "PG-20261119-001 改到明天下午")
    facts = situation(desk, number).facts
    assert (facts["at"][11:16], facts["at_to"][11:16]) == ("05:30", "10:00")


@pytest.mark.parametrize("line", ["3-1-502 不用来了", "3-1-502 改到明天下午3点"])
def test_what_a_slip_cannot_bear_any_more_is_joined_to_it(desk: Desk, line: str) -> None:
    number = a_repair(desk, upto="working", text="门锁坏了")
    found = hearing.understand(desk, line)
    assert found.verb == "join"
    assert typed(desk, line)["verb"] == "join"
    assert steps(desk, number)[-1].facts["said"] == line
    assert situation(desk, number).state == "working"


def test_a_rebooking_to_no_time_is_asked_about_and_only_joined(desk: Desk) -> None:
    number = a_repair(desk, text="门锁坏了")
    found = hearing.understand(desk, "3-1-502 改约")
    assert found.asks == ("time",)
    assert typed(desk, "3-1-502 改约")["verb"] == "join"
    assert not situation(desk, number).facts.get("at")


def test_of_several_slips_none_is_cancelled_until_one_is_named(desk: Desk) -> None:
    first = a_repair(desk, text="门锁坏了")
    second = a_repair(desk, text="灯不亮")
    assert typed(desk, "3-1-502 不用来了")["number"] == ""
    assert set(numbers(desk)) == {first, second}
    typed(desk, f"3-1-502 不用来了 {second}")
    assert numbers(desk) == [first]


def test_a_slip_that_is_named_and_not_open_is_never_taken_for_another(desk: Desk) -> None:
    number = a_repair(desk, text="门锁坏了")
    assert typed(desk, "3-1-502 PG-20261119-777 取消")["number"] == ""
    assert numbers(desk) == [number]


# Made out to a department


@pytest.mark.clause("XX-4.1.3")
@pytest.mark.parametrize(
    ("line", "department", "unit", "text"),
    [
        ("3-1-502投诉3-1-501装修太吵", "guards", "3-1-502", "3-1-501装修太吵"),
        ("3-1-502投诉楼上太吵 中午还在钻", "guards", "3-1-502", "楼上太吵 中午还在钻"),
        ("3-1-502 投诉保洁不打扫", "cleaning", "3-1-502", "保洁不打扫"),
        ("3-1-502 投诉李师傅态度差", "management", "3-1-502", "李师傅态度差"),
        ("3-1-502 投诉物业费多收了", "finance", "3-1-502", "物业费多收了"),
        ("3-1-502 投诉没人管", "service", "3-1-502", "没人管"),
    ],
)  # fmt: skip
def test_a_complaint_is_an_order_to_its_department_with_every_word(
    any_desk: Desk, line: str, department: str, unit: str, text: str
) -> None:
    number = str(typed(any_desk, line)["number"])
    facts = situation(any_desk, number).facts
    assert number.startswith("GD-")
    assert (facts["department"], facts["unit"], facts["text"]) == (department, unit, text)
    assert facts["caller"] == "陈立", "who is told of the result (XX-4.2.6)"
    assert situation(any_desk, number).state == "issued"
    call = last(any_desk)
    assert (call.category, call.words, call.matters) == ("complaint", line, (number,))


def test_a_complaint_of_a_unit_that_nobody_knows_keeps_what_was_typed(desk: Desk) -> None:
    number = str(typed(desk, "9-9-999投诉3-1-501太吵")["number"])
    assert situation(desk, number).facts["text"] == "9-9-999 3-1-501太吵"


@pytest.mark.parametrize(
    ("words", "department"),
    [("装修太吵", "guards"), ("遛狗不牵绳", "guards"), ("楼道有垃圾", "cleaning"),
     ("电梯老是坏", "engineering"), ("保安态度差", "management"), ("投诉客服", "management"),
     ("保安太吵", "guards"), ("随便说说", "service")],
)  # fmt: skip
def test_the_department_is_told_by_the_words(words: str, department: str) -> None:
    assert department_of(words) == department


@pytest.mark.parametrize("line", ["3-1-502 表扬李师傅", "3-1-502 建议多装几个充电桩", "问物业费"])
def test_praise_a_suggestion_and_an_enquiry_open_nothing(desk: Desk, line: str) -> None:
    assert typed(desk, line)["number"] == ""
    assert last(desk).words == line
    assert numbers(desk) == []


def test_a_suggestion_is_counted_as_one(desk: Desk) -> None:
    typed(desk, "3-1-502 建议装路灯")
    assert (last(desk).category, numbers(desk)) == ("suggestion", [])


# Cars


@pytest.mark.parametrize("line", [f"挪车 {PLATE}", f"{PLATE}挡住车库了 挪一下车", "挪车 粤B·12345"])
def test_a_car_to_be_moved_shows_whose_and_opens_nothing(any_desk: Desk, line: str) -> None:
    drives(any_desk, "林芳", PLATE)
    found = hearing.understand(any_desk, line)
    (car,) = found.cars
    assert (car.plate, car.name, car.phone, car.unit) == (PLATE, "林芳", "13800002345", "3-1-501")
    assert typed(any_desk, line)["number"] == ""
    assert (last(any_desk).category, last(any_desk).outcome) == ("help", "car")
    assert contacts.counted(any_desk, last(any_desk).number, any_desk.now())[1] == 1


@pytest.mark.parametrize(
    "line", ["挪车 F61902", "AF61902挡路了让他挪一下", "挪车 尾号902", "浙AF61902 挪车"]
)
def test_a_plate_without_its_province_is_found_by_its_end(any_desk: Desk, line: str) -> None:
    drives(any_desk, "林芳", "浙AF61902")
    (car,) = hearing.understand(any_desk, line).cars
    assert (car.plate, car.name) == ("浙AF61902", "林芳")
    assert typed(any_desk, line)["number"] == ""
    assert hearing.cars_to_ring(any_desk, last(any_desk).number) == (car,)


def test_a_plate_that_nobody_has_leads_to_nobody(desk: Desk) -> None:
    drives(desk, "林芳", "")
    assert hearing.understand(desk, "挪车 粤B99999").cars == ()
    assert hearing.understand(desk, "3-1-502 灯坏").cars == ()


# Several things in one line


def test_a_repair_with_an_enquiry_beside_it_is_counted_as_both(desk: Desk) -> None:
    result = typed(desk, "3-1-502门禁卡刷不开 顺便问物业费")
    assert str(result["number"]).startswith("PG-")
    call = last(desk)
    assert (call.category, call.outcome) == ("repair", "repair+enquiry")
    assert "顺便问物业费" in call.words
    typed(desk, "3-1-501 问物业费")
    assert contacts.counted(desk, last(desk).number, desk.now()) == ("enquiry", 2)


def test_several_faults_are_one_slip_with_all_of_them(desk: Desk) -> None:
    number = str(typed(desk, "3-1-502 厨房漏水 客厅灯不亮 门锁坏了")["number"])
    assert situation(desk, number).facts["text"] == "厨房漏水 客厅灯不亮 门锁坏了"


def test_two_units_in_a_leak_the_first_is_the_callers(desk: Desk) -> None:
    number = str(typed(desk, "3-1-501 楼上3-1-502漏水到我家")["number"])
    facts = situation(desk, number).facts
    assert (facts["unit"], facts["text"]) == ("3-1-501", "楼上3-1-502漏水到我家")


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


# Which of several slips is meant, and what may be joined


def test_slips_still_worked_on_come_first_then_the_trade_then_the_youngest(desk: Desk) -> None:
    done = a_repair(desk, upto="finished", text="水龙头滴水")
    lock = a_repair(desk, text="门锁坏了")
    older, younger = (a_repair(desk, text=words) for words in ("水管漏水", "马桶漏水"))
    found = hearing.understand(desk, "3-1-502 催一下漏水")
    assert [one.number for one in found.repairs] == [younger, older, lock, done]
    assert found.about is None


def test_of_two_of_a_trade_the_one_still_worked_on_is_meant(desk: Desk) -> None:
    a_repair(desk, upto="finished", text="水龙头滴水")
    a_repair(desk, text="门锁坏了")
    open_ = a_repair(desk, text="水管漏水")
    about = hearing.understand(desk, "3-1-502 漏水修得怎么样了").about
    assert about is not None
    assert about.number == open_


@pytest.mark.parametrize(
    ("line", "verb", "said"),
    [
        ("3-1-502 问厨房漏水修得怎么样 {}", "urge", "问厨房漏水修得怎么样"),
        ("3-1-502 催单 {}", "urge", "3-1-502 催单"),
        ("3-1-502 {} 不用来了", "cancel", "3-1-502 不用来了"),
    ],
)
def test_the_number_that_was_picked_is_none_of_the_callers_words(
    desk: Desk, line: str, verb: str, said: str
) -> None:
    a_repair(desk, text="厨房漏水")
    number = a_repair(desk, text="门锁坏了")
    typed(desk, line.format(number))
    step = steps(desk, number)[-1]
    assert (step.verb, step.facts["said"]) == (verb, said)
    assert last(desk).words == line.format(number)


@pytest.mark.parametrize(
    ("open_", "line", "joins"),
    [
        (["厨房漏水", "水管漏水"], "卫生间又漏水", 1),
        (["厨房漏水"], "门锁坏了", -1),
        (["厨房漏水"], "厨房着火了", -1),
        (["厨房漏水"], "水管爆了 往外喷", -1),
        (["厨房漏水"], "问物业费", -1),
        (["墙皮脱落"], "蟑螂很多 墙裂了", -1),
        (["暖气不热"], "客厅暖气片不热", 0),
    ],
)
def test_only_a_slip_about_the_same_thing_may_be_joined(
    desk: Desk, open_: list[str], line: str, joins: int
) -> None:
    found = [a_repair(desk, text=words) for words in open_]
    alike = [one.number for one in hearing.understand(desk, f"3-1-502 {line}").alike]
    assert alike[:1] == ([found[joins]] if joins >= 0 else [])


def test_what_is_done_is_never_joined(desk: Desk) -> None:
    a_repair(desk, upto="finished", text="厨房漏水")
    assert hearing.understand(desk, "3-1-502 厨房又漏水").alike == ()


@pytest.mark.parametrize("line", ["灯坏了什么时候能来修", "厨房灯坏了没人修", "灯还没修好"])
def test_a_question_about_what_was_reported_urges_it(desk: Desk, line: str) -> None:
    number = a_repair(desk, text="厨房灯不亮")
    assert typed(desk, f"3-1-502 {line}")["number"] == number
    assert steps(desk, number)[-1].verb == "urge"


def test_a_question_about_what_nobody_reported_is_a_repair(desk: Desk) -> None:
    lock = a_repair(desk, text="门锁坏了")
    assert typed(desk, "3-1-502 灯坏了什么时候能来修")["number"] != lock


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
