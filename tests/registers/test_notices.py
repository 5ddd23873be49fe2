"""Notices: the department's four hours, the exact answer, and fifty people with one question."""

import pytest

from tests.factories import move_to, overdue, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, matters, notices
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock, parse_moment
from wuye_tui.rules.refusals import GuardRefused

WATER = {"subject": "water", "department": "engineering", "text": "3栋没水"}
TOLD = {"told_by": "王建国", "say": "水泵检修，下午六点来水", "ends": "2026-11-19 18:00"}


def at(desk: Desk, typed: str) -> object:
    return parse_moment(typed, desk.zone, desk.calendar.day_of(desk.now()))


@pytest.mark.clause("XX-4.3.3")
@pytest.mark.parametrize(("reported", "late"), [("12:30:00", False), ("12:30:01", True)])
def test_the_department_reports_a_change_within_four_hours_of_it(
    any_desk: Desk, clock: StoppedClock, reported: str, late: bool
) -> None:
    number = started(any_desk, "notice", happened=at(any_desk, "08:30"), scope="3栋", **WATER)[
        "number"
    ]
    move_to(any_desk, f"2026-11-19 {reported}")
    taken(any_desk, number, "report", **TOLD)
    assert ("report" in overdue(any_desk, number)) is late


@pytest.mark.clause("XX-4.3.3")
def test_every_caller_gets_the_same_answer_and_is_counted(any_desk: Desk) -> None:
    number = started(any_desk, "notice", scope="3栋", **WATER)["number"]
    (notice,) = notices.current(any_desk)
    assert (notice.answer, notice.reported, notice.asked) == ("3栋没水", False, 0)
    taken(any_desk, number, "report", **TOLD)
    for unit in ("3-1-502", "3-2-502", ""):
        any_desk.perform("answer", lambda act, unit=unit: notices.answer(act, number, unit=unit))
    (notice,) = notices.current(any_desk, "3-1-502")
    assert (notice.answer, notice.asked) == ("水泵检修，下午六点来水", 3)
    assert notices.current(any_desk, "5-1-101") == ()
    register = contacts.listed(any_desk)
    assert {row.category for row in register} == {"enquiry"}
    assert [row.matters for row in register] == [(number,)] * 3
    assert check(any_desk).findings == []


@pytest.mark.clause("XX-4.3.3")
def test_a_notice_that_was_ended_by_mistake_is_in_force_again(any_desk: Desk) -> None:
    number = started(any_desk, "notice", **WATER)["number"]
    taken(any_desk, number, "report", **TOLD)
    ended = taken(any_desk, number, "end")
    assert notices.current(any_desk) == ()
    any_desk.perform("undo", lambda act: matters.undo(act, number, seen=int(ended["n"])))
    (notice,) = notices.current(any_desk)
    assert (notice.number, notice.reported) == (number, True)
    assert check(any_desk).findings == []


@pytest.mark.clause("XX-4.3.3")
def test_the_desk_asks_again_when_the_promised_hour_has_come(
    desk: Desk, clock: StoppedClock
) -> None:
    number = started(desk, "notice", **WATER)["number"]
    taken(desk, number, "report", **TOLD)
    move_to(desk, "2026-11-19 18:00:01")
    assert overdue(desk, number) == {"ends"}
    assert notices.current(desk)[0].late
    taken(desk, number, "renew", ends="2026-11-19 20:00", say="晚上八点来水")
    assert notices.current(desk)[0].answer == "晚上八点来水"
    taken(desk, number, "end")
    assert notices.current(desk) == ()
    with pytest.raises(notices.NotInForce, match="已恢复"):
        desk.perform("answer", lambda act: notices.answer(act, number))


def test_a_notice_does_not_promise_the_past(desk: Desk) -> None:
    number = started(desk, "notice", **WATER)["number"]
    with pytest.raises(GuardRefused) as said:
        taken(desk, number, "report", **{**TOLD, "ends": "2026-11-19 09:00"})
    assert said.value.clause == "XX-4.3.3"


@pytest.mark.parametrize(
    ("scope", "words", "ends", "answer"),
    [
        ("8栋1单元", "楼顶水箱泵坏，正在修", "23:00",
         "8栋1单元停水：楼顶水箱泵坏，正在修，预计 23:00 恢复"),
        ("8栋1单元", "8幢1单元 水泵坏了。", "23:00", "8幢1单元 水泵坏了，预计 23:00 恢复"),
        ("3栋", "13栋水泵坏了", "", "3栋停水：13栋水泵坏了"),
        ("3栋、5栋", "停水检修，早上8点开始", "18:30",
         "3栋、5栋：停水检修，早上8点开始，预计 18:30 恢复"),
        ("", "水箱泵坏", "23:00", "水箱泵坏，预计 23:00 恢复"),
        ("", "水箱泵坏。", "", "水箱泵坏。"),
        ("3栋", "水泵检修", "2026-11-21 08:00", "3栋停水：水泵检修，预计 11月21日 08:00 恢复"),
        # The department's whole answer
        ("3栋", "检修，下午六点半来水", "18:30", "检修，下午六点半来水"),
        ("3栋", "检修到晚上十一点", "23:00", "检修到晚上十一点"),
        ("3栋", "检修，23:00来水", "23:00", "检修，23:00来水"),
        ("3栋", "检修，下午六点来水", "", "检修，下午六点来水"),
    ],
)  # fmt: skip
def test_what_is_read_out_says_where_and_until_when(
    desk: Desk, scope: str, words: str, ends: str, answer: str
) -> None:
    until = ends if not ends or " " in ends else f"2026-11-19 {ends}"
    started(desk, "notice", **{**WATER, "text": words}, scope=scope, ends=until)
    assert notices.current(desk)[0].answer == answer


def test_an_end_that_is_over_is_not_read_out(desk: Desk, clock: StoppedClock) -> None:
    started(desk, "notice", **WATER, scope="3栋", ends="2026-11-19 18:00")
    assert notices.current(desk)[0].answer == "3栋没水，预计 18:00 恢复"
    move_to(desk, "2026-11-19 18:00:01")
    assert notices.current(desk)[0].answer == "3栋没水"


def test_only_what_stops_is_said_to_come_back(desk: Desk) -> None:
    road = {"subject": "road", "department": "guards", "text": "东门修路", "scope": "5栋"}
    started(desk, "notice", **road, ends="2026-11-19 18:00")
    assert notices.current(desk)[0].answer == "5栋：东门修路，预计到 18:00"
