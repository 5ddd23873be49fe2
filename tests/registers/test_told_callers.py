"""Everybody who called about the same thing is told how it ended (XX-4.2.6, XX-4.1.3)."""

import pytest

from tests.factories import a_repair, answer_callbacks, refused, situation, taken, undone, walk_to
from wuye_tui.desk import Desk
from wuye_tui.registers import console, proposals
from wuye_tui.registers.checking import check
from wuye_tui.registers.views import show

pytestmark = pytest.mark.clause("XX-4.2.6")


def joined(desk: Desk, line: str, number: str) -> None:
    proposal = proposals.understand(desk, line)
    desk.perform("call.join", lambda act: console.join_call(act, proposal, number))


def test_who_joined_is_on_the_list_until_told_and_the_slip_is_not_closed_before(
    any_desk: Desk,
) -> None:
    number = a_repair(any_desk, unit="", place="3栋1单元", text="没水")
    joined(any_desk, "3-1-501 没水 13911110000", number)
    joined(any_desk, "3-2-502 也没水", number)
    assert [(one.who, one.phone) for one in show(any_desk, number).waiting] == [
        ("3-1-501 林芳", "13911110000"),
        ("3-2-502 黄磊", "13800003456"),
    ]
    walk_to(
        any_desk, number, "verified", issue={"charge": "public"},
        finish={"tried": True, "inspector": "GC01"}, agree={"damage": "阀门", "minutes": 5},
    )  # fmt: skip
    answer_callbacks(any_desk, number)
    assert refused("XX-4.2.6", any_desk, number, "close", staff="KF05") == "untold"
    taken(any_desk, number, "tell", said="水已恢复")
    assert show(any_desk, number).waiting == []
    assert taken(any_desk, number, "close", staff="KF05")["state"] == "closed"
    assert check(any_desk).findings == []


def test_nobody_is_told_twice(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    joined(desk, "3-1-501 水龙头也漏", number)
    taken(desk, number, "tell", said="修好了")
    refused("XX-4.2.6", desk, number, "tell", said="修好了")


def test_the_slips_own_caller_and_who_left_no_number_are_not_waited_for(desk: Desk) -> None:
    number = a_repair(desk, caller="陈立", phone="13800001234")
    taken(desk, number, "join", said="又问了一次", joined_phone="13800001234")
    taken(desk, number, "join", said="路过的人说的")
    assert "waiting" not in situation(desk, number).facts
    assert show(desk, number).waiting == []


def test_a_join_taken_back_waits_no_more(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "join", said="401也漏", joined_phone="13800009999")
    assert len(show(desk, number).waiting) == 1
    undone(desk, number)
    assert show(desk, number).waiting == []


def test_numbers_are_masked_for_whoever_has_not_proved_who_they_are(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "join", said="401也漏", joined_by="3-1-501", joined_phone="13800009999")
    view = show(desk, number)
    assert view.as_dict(full=False)["waiting"] == [
        {"who": "3-1-501", "phone": "138****9999", "said": "401也漏"}
    ]
