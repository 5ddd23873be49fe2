"""What the console shows of a duty day: what is to be done next, and what earlier days left open.

- places are offered in the order in which they are needed
- a line stays with whoever took it until it is solved, on the board of each day after (ZB-3.5)
- nobody sees there what is about themselves
"""

import pytest

from tests.factories import children, move_to, on_duty, situation, started, taken
from tests.watching import MANAGER, begun, managing, visited
from wuye_tui.desk import Desk
from wuye_tui.registers.dutylog import duty_day
from wuye_tui.registers.log_board import board
from wuye_tui.registers.patrols import ONE_DAY
from wuye_tui.rules.finding_words import proposed_department


def offered(desk: Desk, many: int) -> list[str]:
    return [spot.name for spot in board(desk).spots[:many]]


@pytest.mark.clause("ZB-4.3b")
def test_posts_nobody_has_been_to_are_offered_first_then_rooms_that_are_due(desk: Desk) -> None:
    manager = managing(desk)
    patrol = begun(manager)
    assert offered(manager, 3) == ["前台", "监控中心", "南门岗"]
    for spot in ("desk", "control_room", "gate_north", "garage", "show_flat"):
        visited(manager, patrol, spot)
    assert offered(manager, 4) == ["南门岗", "东门岗", "消防泵房", "电梯机房"]
    running = board(manager).running
    assert running is not None
    assert running.number == patrol
    assert running.seen == ("desk", "control_room", "gate_north", "garage", "show_flat")
    assert board(desk.as_staff("KF04")).running is None, "it is somebody else's"


@pytest.mark.clause("ZB-4.3a")
def test_the_patrol_grows_only_while_somebody_walks_and_the_duty_lasts(desk: Desk) -> None:
    manager = managing(desk)
    patrol = begun(manager)
    read = board(manager)
    assert read.patrolled(read.now) == 0
    assert read.patrolled(move_to(desk, "11:20")) == 3600
    assert read.patrolled(move_to(desk, "23:00")) == (18 * 60 - 10 * 60 - 20) * 60
    move_to(desk, "11:20")
    taken(manager, patrol, "finish")
    done = board(manager)
    assert done.patrolled(move_to(desk, "13:00")) == 3600


@pytest.mark.clause("ZB-3.5")
def test_what_is_open_is_on_the_board_of_every_day_after(desk: Desk) -> None:
    manager = managing(desk)
    line = started(manager, "entry", category="help", text="车位被占", place="车库")["number"]
    given = {"department": "guards", "text": "消防通道堵了", "place": "6栋"}
    move_to(desk, "10:30")
    task = started(manager, "task", **given)["number"]
    assert board(manager).older == (), "it is of today"
    move_to(desk, "2026-11-21 10:00")
    first, second = board(manager).older
    assert (first.number, first.holder, first.where) == (line, "孙丽", "车库")
    assert second.number == task
    assert second.due is not None
    assert board(manager, duty_day(desk, first.at)).older == (), "of a day that is over it is none"
    taken(manager, str(line), "solve", result="已挪开")
    taken(desk, str(task), "receive", department="ZX01")
    taken(desk, str(task), "finish", staff="ZX01", result="已搬走")
    assert board(manager).older == ()


@pytest.mark.clause("ZB-4.7")
def test_what_was_settled_at_once_is_told_beside_the_tasks(desk: Desk) -> None:
    manager = managing(desk)
    patrol = begun(manager)
    visited(manager, patrol, "garage", sound=False, found="纸箱", settled=True)
    given = {"sort": "check", "area": "energy", "text": "白天亮灯", "sound": False}
    started(manager, "entry", "write", settled=True, **given)
    visited(manager, patrol, "desk", sound=False, found="灯坏", department="engineering")
    found = board(manager)
    assert [(one.where, one.text) for one in found.settled] == [
        ("车库岗", "纸箱"),
        ("", "白天亮灯"),
    ]
    (task,) = children(manager, patrol, "task")
    assert [one.number for one in found.log.tasks] == [task.number]
    assert situation(desk, task.number).facts["place"] == "前台"


@pytest.mark.clause("ZB-3.2")
def test_who_holds_the_duty_is_asked_of_today_and_who_held_it_of_a_day_before(desk: Desk) -> None:
    on_duty(desk, "KF01")
    assert board(desk).holder is None
    manager = managing(desk)
    assert board(manager).holds
    assert not board(desk).holds
    move_to(desk, "18:00")
    on_duty(desk, "KF04", "duty_manager")
    holder = board(desk).holder
    assert holder is not None
    assert holder.staff == "KF04"
    move_to(desk, "2026-11-20 09:00")
    on_duty(desk, MANAGER, "duty_manager")
    now, before = board(desk).holder, board(desk, board(desk).today - ONE_DAY).holder
    assert now is not None
    assert before is not None
    assert (now.staff, now.ended) == (MANAGER, None)
    assert before.staff == "KF04", "who held it last"
    assert before.ended == now.started


@pytest.mark.parametrize(
    ("words", "sort", "department"),
    [
        ("道闸关不严", "post", "engineering"),
        ("显示屏坏了一块", "post", "engineering"),
        ("楼道灯不亮", "place", "engineering"),
        ("保安脱岗", "post", "guards"),
        ("消防通道堆物", "post", "guards"),
        ("地面有垃圾", "post", "cleaning"),
        ("样板房玻璃脏", "post", "cleaning"),
        ("温度偏高", "room", "engineering"),
        ("没人接待", "post", "service"),
    ],
)
def test_the_department_that_a_finding_is_likely_for(
    words: str, sort: str, department: str
) -> None:
    assert proposed_department(words, sort) == department
