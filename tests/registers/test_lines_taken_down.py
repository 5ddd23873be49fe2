"""What each line that a receptionist types does to the slips and orders, once it is taken.

* urged, cancelled, rebooked: the open slip, no new one; what it cannot bear any more is joined
* complained of: an order to the department, with both units and every word
* a car to be moved: whose, and counted without a slip
* a repair with an enquiry beside it: both counted
"""

import pytest

from tests.factories import a_repair, situation, steps
from tests.registers.lines_taken import PLATE, drives, last, numbers, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing
from wuye_tui.registers.proposals import accept
from wuye_tui.rules.errors import AmbiguousUnit
from wuye_tui.rules.line_orders import department_of

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


# Complained of


@pytest.mark.clause("FW-2.2")
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
def test_a_complaint_is_taken_down_for_its_department_with_every_word(
    any_desk: Desk, line: str, department: str, unit: str, text: str
) -> None:
    number = str(typed(any_desk, line)["number"])
    facts = situation(any_desk, number).facts
    assert number.startswith("TS-")
    assert (facts["department"], facts["unit"], facts["text"]) == (department, unit, text)
    assert facts["caller"] == "陈立", "who is told of the result (XX-4.2.6)"
    assert situation(any_desk, number).state == "registered"
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


# Which of several slips is meant, and what may be joined


def test_slips_still_worked_on_come_first_then_the_trade_then_the_youngest(desk: Desk) -> None:
    done = a_repair(desk, upto="finished", text="水龙头滴水")
    lock = a_repair(desk, text="门锁坏了")
    older, younger = (a_repair(desk, text=words) for words in ("水管漏水", "马桶漏水"))
    found = hearing.understand(desk, "3-1-502 催一下漏水")
    assert [one.number for one in found.repairs] == [younger, older, lock, done]
    assert found.about is None


def test_what_is_done_is_offered_last_however_young(desk: Desk) -> None:
    open_ = a_repair(desk, text="门锁坏了")
    done = a_repair(desk, upto="finished", text="灯不亮")
    found = hearing.understand(desk, "3-1-502 师傅怎么还没来")
    assert [one.number for one in found.repairs] == [open_, done]


@pytest.mark.parametrize(
    ("text", "line", "more"),
    [
        ("马桶堵了，还有客厅灯不亮", "客厅的灯不用修了，换了个灯泡自己好了", True),
        ("马桶堵了，还有客厅灯不亮", "马桶不用修了", True),
        ("马桶堵了，还有客厅灯不亮", "马桶和灯都不用修了", False),
        ("马桶堵了，还有客厅灯不亮", "不用来了", False),
        ("水龙头坏了，门锁坏了", "门锁坏了不用修了", True),
        ("客厅灯不亮", "客厅的灯不用修了", False),
        ("马桶堵了，还有客厅灯不亮", "催一下客厅的灯", False),
    ],
)
def test_a_slip_of_several_trades_keeps_more_than_the_one_that_is_cancelled(
    desk: Desk, text: str, line: str, more: bool
) -> None:
    a_repair(desk, text=text)
    assert hearing.understand(desk, f"3-1-502 {line}").keeps_more is more


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
        (["厨房漏水"], "家里没水了", -1),
        (["家里停水"], "还是没有水", 0),
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


@pytest.mark.parametrize(
    ("open_", "line", "about", "keeps"),
    [
        (["客厅灯不亮，马桶堵了"], "灯自己好了不用来了，马桶还是要修", 0, True),
        (["客厅灯不亮，马桶堵了"], "灯取消，马桶照修", 0, True),
        (["卫生间马桶堵了"], "刚才报的厨房灯不用来了，自己修好了", -1, False),
        (["门锁打不开"], "那个空调取消吧", -1, False),
        (["门锁打不开", "卫生间灯不亮"], "门锁不用修了，灯还要修", 0, False),
        (["门锁打不开"], "不用来了", 0, False),
    ],
)
def test_what_nobody_spoke_of_is_not_cancelled(
    desk: Desk, open_: list[str], line: str, about: int, keeps: bool
) -> None:
    numbers_ = [a_repair(desk, text=words) for words in open_]
    found = hearing.understand(desk, f"3-1-502 {line}")
    meant = found.about.number if found.about else ""
    assert meant == (numbers_[about] if about >= 0 else "")
    assert found.keeps_more is keeps
    if about < 0:
        assert found.candidates == ()


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("3-1-502 师傅来过了修好了谢谢", "praise"),
        ("3-1-502 水管修好了", "other"),
        ("3-1-502 修好了 辛苦了", "praise"),
    ],
)
def test_thanks_for_what_is_done_open_nothing(desk: Desk, line: str, category: str) -> None:
    open_ = a_repair(desk, text="门锁坏了")
    assert typed(desk, line)["number"] == ""
    assert last(desk).category == category
    assert numbers(desk) == [open_]


@pytest.mark.parametrize("line", ["3-1-502 灯修好了又不亮 谢谢", "3-1-502 灯没修好 谢谢"])
def test_thanks_for_what_is_not_done_are_a_repair(desk: Desk, line: str) -> None:
    assert str(typed(desk, line)["number"]).startswith("PG-")


def test_the_neighbour_whose_water_leaks_is_no_caller_and_stays_in_the_words(desk: Desk) -> None:
    number = str(typed(desk, "3-1-502 王阿姨家漏水到我家天花板了")["number"])
    facts = situation(desk, number).facts
    assert facts["text"] == "王阿姨家漏水到我家天花板了"
    assert facts.get("caller", "") != "王阿姨"


@pytest.mark.parametrize(
    "who", ["陈立", "我是陈立", "我叫陈立", "陈立的", "陈立家", "您好我是陈立"]
)
def test_who_says_their_name_is_offered_their_home_and_is_the_caller(desk: Desk, who: str) -> None:
    line = f"{who} 马桶堵了"
    assert hearing.understand(desk, line).choices == ("3-1-502",)
    found = hearing.understand(desk, line, "3-1-502")
    said = found.understood
    assert (said.caller and said.caller.name, said.words) == ("陈立", "马桶堵了")
    at_home = hearing.understand(desk, f"3-1-502 {line}").understood
    assert (at_home.caller and at_home.caller.name, at_home.words) == ("陈立", "马桶堵了")


def test_a_word_that_is_nobodys_name_stays_in_the_words(desk: Desk) -> None:
    said = hearing.understand(desk, "3-1-502 林芳的 马桶堵了").understood
    assert (said.caller, said.words) == (None, "林芳的 马桶堵了")


@pytest.mark.parametrize("line", ["3-1-5O2 灯坏", "3-l-502 灯坏", "灯坏 3-1-5o2"])
def test_a_room_with_a_letter_for_a_digit_is_asked_about_and_taken_once_it_is_picked(
    desk: Desk, line: str
) -> None:
    found = hearing.understand(desk, line)
    assert (found.choices, found.unit) == (("3-1-502",), None)
    with pytest.raises(AmbiguousUnit):
        typed(desk, line)
    picked = hearing.understand(desk, line, "3-1-502")
    number = str(desk.perform("call.line", lambda act: accept(act, picked))["number"])
    facts = situation(desk, number).facts
    assert (facts["unit"], facts["text"]) == ("3-1-502", "灯坏")
    assert last(desk).words == line


def test_a_room_with_letters_that_there_is_not_stays_as_it_was_typed(desk: Desk) -> None:
    found = hearing.understand(desk, "3-1-9O9 灯坏")
    assert (found.choices, found.asks) == ((), ("unit",))
