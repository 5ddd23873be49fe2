"""Tasks by their clauses: given, signed for, done, and looked at again the next day (ZB-4.10)."""

from datetime import timedelta

import pytest

from tests.factories import (
    around,
    local,
    matter,
    move_to,
    on_duty,
    overdue,
    refused,
    running,
    runs,
    situation,
    started,
    taken,
)
from tests.watching import MANAGER, begun, managing, visited
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.dutylog import day_log, to_recheck
from wuye_tui.registers.lateness import lateness
from wuye_tui.registers.parts import Part
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.refusals import GuardRefused, NoRight

GIVEN = {"department": "guards", "text": "消防通道堵了", "place": "6栋"}


@pytest.fixture
def manager(any_desk: Desk) -> Desk:
    """孙丽, duty manager since 08:30; it is 10:20."""
    return managing(any_desk)


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The same where the database does not matter."""
    return managing(desk)


def given(desk: Desk, **more: str) -> str:
    return str(started(desk, "task", **{**GIVEN, **more})["number"])


def done(desk: Desk, **more: str) -> str:
    number = given(desk, **more)
    taken(desk, number, "receive", staff="ZX01", department="ZX01")
    taken(desk, number, "finish", staff="ZX01", result="已搬走")
    return number


@pytest.mark.clause("ZB-4.7", "ZB-4.10")
def test_from_the_finding_to_the_second_look(manager: Desk) -> None:
    patrol = begun(manager)
    wrong = {"sound": False, "found": "通道堵了", "department": "guards"}
    (number,) = visited(manager, patrol, "garage", **wrong)["opened"]
    assert number == "RW-20261119-001"
    assert matter(manager, number).department == "guards"
    taken(manager, number, "receive", staff="ZX01", department="ZX01")
    taken(manager, number, "finish", staff="ZX01", result="已搬走")
    assert to_recheck(manager) == ()
    move_to(manager, "2026-11-20 08:40")
    on_duty(manager, "KF04", "duty_manager")
    next_one = manager.as_staff("KF04")
    (line,) = to_recheck(next_one)
    assert (line.number, line.parent) == (number, patrol)
    taken(next_one, number, "recheck", finding="通道通了")
    assert situation(manager, number).state == "closed"
    assert to_recheck(next_one) == ()
    assert [one.number for one in day_log(next_one).rechecked] == [number]
    assert check(manager).findings == []


@pytest.mark.clause("ZB-4.10")
def test_what_is_not_in_order_goes_back_and_is_counted(here: Desk) -> None:
    number = done(here)
    move_to(here, "2026-11-20 09:00")
    taken(here, number, "redo", finding="又堆上了")
    now = situation(here, number)
    assert (now.state, now.facts["times"]) == ("issued", 1)
    assert local(here, runs(here, number, "until")[-1].due) == "2026-11-21 17:30:00"
    (line,) = day_log(here).rechecked
    assert (line.number, line.times) == (number, 1)
    taken(here, number, "receive", staff="ZX01", department="ZX01")
    taken(here, number, "finish", staff="ZX01", result="派人看着")
    taken(here, number, "redo", finding="还有", until="2026-11-20 12:00")
    now = situation(here, number)
    assert (now.facts["times"], local(here, runs(here, number, "until")[-1].due)) == (
        2, "2026-11-20 12:00:00",
    )  # fmt: skip


@pytest.mark.clause("ZB-4.10")
def test_nobody_looks_again_at_their_own_work_and_only_a_duty_manager_does(here: Desk) -> None:
    number = given(here)
    taken(here, number, "receive", department=MANAGER)
    taken(here, number, "finish", result="自己搬的")
    assert refused("ZB-4.10", here, number, "recheck", finding="好") == "own_work"
    for other in ("KF01", "ZJ01", "KF04"):
        with pytest.raises(NoRight):
            taken(here, number, "recheck", staff=other, finding="好")
    move_to(here, "18:30")
    on_duty(here, "KF04", "duty_manager")
    taken(here, number, "recheck", staff="KF04", finding="通了")


@pytest.mark.clause("ZB-4.10")
def test_what_was_done_today_is_for_tomorrow(here: Desk) -> None:
    number = done(here)
    assert to_recheck(here) == ()
    move_to(here, "2026-11-20 08:29")
    assert to_recheck(here) == (), "the duty day is not over"
    move_to(here, "2026-11-20 08:30")
    assert [one.number for one in to_recheck(here)] == [number]
    assert [one.number for one in day_log(here).to_recheck] == [number]


@pytest.mark.clause("ZB-4.7")
def test_it_is_due_when_was_said_or_by_the_end_of_the_next_day(here: Desk) -> None:
    assert local(here, runs(here, given(here), "until")[0].due) == "2026-11-20 17:30:00"
    said = given(here, until="2026-11-19 15:00")
    assert local(here, runs(here, said, "until")[0].due) == "2026-11-19 15:00:00"
    with pytest.raises(GuardRefused) as told:
        given(here, until="2026-11-19 09:00")
    assert (told.value.guard, told.value.clause) == ("past", "ZB-4.7")


@around(4 * 3600)
@pytest.mark.clause("ZB-4.7")
def test_it_is_late_after_the_second_it_was_due(here: Desk, seconds: int, late: bool) -> None:
    number = given(here, until="2026-11-19 14:20")
    taken(here, number, "receive", staff="ZX01", department="ZX01")
    here.clock.set(here.now() + timedelta(seconds=seconds))  # type: ignore[attr-defined]
    taken(here, number, "finish", staff="ZX01", result="已搬走")
    assert ("until" in overdue(here, number)) == late
    assert running(here, number) == {"recheck"}


@pytest.mark.clause("XX-4.3.7b")
def test_a_hold_with_its_reason_stops_the_clock(here: Desk) -> None:
    number = given(here)
    taken(here, number, "hold", hold="weather", reason="下雪")
    assert running(here, number) == set()
    move_to(here, "2026-11-22 09:00")
    assert overdue(here, number) == set()
    taken(here, number, "resume", until="2026-11-22 17:30")
    assert local(here, runs(here, number, "until")[-1].due) == "2026-11-22 17:30:00"
    (line,) = day_log(here, here.calendar.day_of(here.now()) - timedelta(days=3)).tasks
    assert not line.late


@pytest.mark.clause("ZB-4.7")
def test_the_department_finds_it_in_its_queue(here: Desk) -> None:
    number = given(here)
    given(here, department="cleaning")
    rows = queue(here, Wanted(part=Part(department="guards")))
    assert [row.number for row in rows] == [number]
    taken(here, number, "receive", staff="ZX01", department="ZX01")
    move_to(here, "2026-11-21 09:00")
    assert "guards" in [one.code for one in lateness(here).departments if one.running]
    assert "ZX01" in [one.code for one in lateness(here).people if one.running]


@pytest.mark.clause("ZB-4.7", "ZB-3.7")
def test_duty_manager_project_head_and_managers_give_tasks_and_nobody_else(here: Desk) -> None:
    for may in (MANAGER, "KF04", "ZJ01"):
        given(here.as_staff(may))
    for may_not in ("KF01", "GC01", "ZX01"):
        with pytest.raises(NoRight):
            given(here.as_staff(may_not))
