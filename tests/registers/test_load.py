"""Who has how much: open, of it overdue, finished this week; each figure is a list of numbers."""

import pytest

from tests.factories import a_repair, children, move_to, taken, walk_to
from wuye_tui.desk import Desk
from wuye_tui.registers.load import Load, lines, load
from wuye_tui.rules.clock import StoppedClock

pytestmark = pytest.mark.clause("XX-4.3.6", "BX-3.3")


def group(desk: Desk, code: str, people: bool = False) -> Load:
    found = load(desk)
    groups = found.people if people else found.departments
    return next((one for one in groups if one.code == code), Load(code))


def test_each_figure_lists_what_it_counts_by_department_and_by_worker(
    any_desk: Desk, clock: StoppedClock
) -> None:
    waiting = a_repair(any_desk)
    busy = a_repair(any_desk, upto="assigned", unit="3-1-501")
    done = a_repair(any_desk, upto="finished", unit="3-2-502")
    clock.advance(700)  # ten minutes to be there are over, and so are the three for the slip
    mine = group(any_desk, "GC03", people=True)
    assert mine.open == [busy, done]
    assert (mine.overdue, mine.finished) == ([busy], [done])
    theirs = group(any_desk, "engineering")
    assert sorted(theirs.open) == sorted([waiting, busy, done])
    assert sorted(theirs.overdue) == sorted([waiting, busy])
    (callback,) = children(any_desk, done, "callback")
    nobodys = group(any_desk, "", people=True)
    assert nobodys.open == [waiting, callback.number], "nor is the callback the worker's"
    assert load(any_desk).names["GC03"] == "李强"
    assert [one.number for one in lines(any_desk, theirs.overdue)] == theirs.overdue
    (line,) = lines(any_desk, mine.finished)
    assert (line.where, line.state_word, line.who) == ("3-2-502", "已完工", "李强")
    assert group(any_desk, "service").open == [callback.number]


def test_what_was_finished_in_another_week_is_not_counted_in_this_one(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    move_to(desk, "2026-11-22 23:50")
    assert group(desk, "GC03", people=True).finished == [number]
    move_to(desk, "2026-11-23 00:10")
    assert group(desk, "GC03", people=True).finished == []
    assert group(desk, "GC03", people=True).open == [number], "it is not closed yet"


def test_a_job_that_was_reworked_is_finished_once(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "return", staff="GC01", register_line="1")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    walk_to(desk, number, "finished")
    assert group(desk, "GC03", people=True).finished == [number]
