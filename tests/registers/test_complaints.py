"""A complaint of what is broken: the complaint and the repair in one act, of one call.

* only what is broken, where somebody can go, and what is no slip already
* the worker's slip has none of what is said of the worker
* taken back as a whole
"""

import pytest

from tests.factories import a_repair, situation
from tests.registers.lines_taken import last, numbers, typed
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.checking import check
from wuye_tui.registers.withdrawing import withdraw


def beside(result: dict[str, object]) -> list[str]:
    found = result.get("opened", [])
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("line", "text", "where"),
    [
        ("3-1-502 楼上天花板漏水，我要投诉", "楼上天花板漏水", "3-1-502"),
        ("3-1-502 投诉李师傅态度差 灯还是不亮", "灯还是不亮", "3-1-502"),
        ("3-1-502 投诉3-1-501漏水到我家", "3-1-501漏水到我家", "3-1-502"),
        ("3-1-502 投诉电梯老是坏", "电梯老是坏", "3栋1单元电梯"),
        ("投诉 5栋大堂灯不亮", "大堂灯不亮", "5栋大堂"),
    ],
)
def test_a_complaint_of_what_is_broken_opens_both(
    any_desk: Desk, line: str, text: str, where: str
) -> None:
    result = typed(any_desk, line)
    slip, [complaint] = str(result["number"]), beside(result)
    assert (complaint[:2], slip[:2]) == ("TS", "PG")
    facts = situation(any_desk, slip).facts
    assert (facts["text"], facts.get("unit") or facts.get("place")) == (text, where)
    call = last(any_desk)
    assert (call.category, set(call.matters), call.counts) == (
        "complaint", {complaint, slip}, ("complaint", "repair"),
    )  # fmt: skip
    assert check(any_desk).findings == []


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("3-1-502 投诉电梯广告太多", "complaint"),
        ("3-1-502投诉3-1-501装修太吵", "complaint"),
        ("投诉 灯不亮没人修", "complaint+repair"),
        ("9-9-999投诉 漏水没人管", "complaint+repair"),
    ],
)
def test_what_is_not_broken_or_nowhere_gets_no_slip(desk: Desk, line: str, outcome: str) -> None:
    result = typed(desk, line)
    assert beside(result) == []
    assert numbers(desk) == [result["number"]]
    assert last(desk).outcome == outcome


def test_a_fault_that_is_a_slip_already_gets_no_second_one(desk: Desk) -> None:
    number = a_repair(desk, text="厨房漏水")
    result = typed(desk, "3-1-502 我要投诉 漏水修了三天还漏")
    assert beside(result) == []
    assert sorted(numbers(desk)) == [number, result["number"]]
    assert len(beside(typed(desk, "3-1-502 投诉 门锁坏了没人管"))) == 1


def test_both_are_taken_back_with_the_call(desk: Desk) -> None:
    result = typed(desk, "3-1-502 楼上天花板漏水，我要投诉")
    complaint, [slip] = str(result["number"]), beside(result)
    call, n = str(result["contact"]), int(str(result["n"]))
    done = desk.perform("back", lambda act: withdraw(act, call, {complaint: n}))
    assert (done["number"], set(done["together"])) == (complaint, {complaint, slip})
    assert {situation(desk, one).state for one in (complaint, slip)} == {"cancelled"}
    assert contacts.show(desk, call).is_withdrawn
