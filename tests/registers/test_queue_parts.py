"""Parts of the queue: mine, a department's, what is overdue, of a unit, in a state."""

from datetime import datetime

from tests.registers.test_workers import assigned
from tests.screens.consoles import on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Part, queue
from wuye_tui.rules.clock import StoppedClock


def seen(desk: Desk, part: Part, now: datetime | None = None) -> list[str]:
    return [row.number for row in queue(desk) if part.has(row, now or desk.now())]


def test_mine_is_what_i_answer_for_and_what_i_work_on(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = assigned(desk, clock)
    other = registered(desk.as_staff("KF02"), clock, "灯不亮")
    assert seen(desk, Part(mine="KF01")) == [number]
    assert seen(desk, Part(mine="KF02")) == [other]
    assert seen(desk, Part(mine="GC03")) == [number]
    assert seen(desk, Part(worker="GC03")) == [number]
    assert seen(desk, Part(worker="KF01")) == []


def test_overdue_is_one_second_after_the_time(desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(desk), clock, "灯不亮")
    clock.advance(180)
    assert seen(desk, Part(overdue=True)) == []
    clock.advance(1)
    assert seen(desk, Part(overdue=True)) == [number]


def test_a_unit_a_building_and_no_neighbour(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    one = registered(desk, clock, "灯不亮", "3-1-502")
    two = registered(desk, clock, "灯不亮", "3-2-502")
    assert seen(desk, Part(unit="3-1-502")) == [one]
    assert set(seen(desk, Part(unit="3"))) == {one, two}
    assert seen(desk, Part(unit="3-1-50")) == []


def test_a_state_a_hold_and_a_department(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    one = registered(desk, clock, "灯不亮")
    two = registered(desk, clock, "门坏了")
    taken(desk, two, "issue", charge="paid", tariff="SX-03")
    taken(desk, one, "hold", hold="parts")
    assert seen(desk, Part(state="已开单")) == [two]
    assert seen(desk, Part(held=True)) == [one]
    assert set(seen(desk, Part(department="engineering"))) == {one, two}
    assert seen(desk, Part(department="cleaning")) == []
