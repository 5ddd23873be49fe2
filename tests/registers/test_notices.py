"""Notices: the department's four hours, the exact answer, and fifty people with one question."""

import pytest

from tests.factories import move_to, overdue, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, notices
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
