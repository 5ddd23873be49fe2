"""Parts of the queue: mine, a department's, what is overdue, of a unit, in a state."""

from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from tests.registers.test_workers import assigned
from tests.screens.consoles import on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.parts import Part, count, label, tally
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Matter


def seen(desk: Desk, part: Part) -> list[str]:
    """What the register gives; that the rows which were read say the same is seen to here."""
    found = [row.number for row in queue(desk, Wanted(part=part))]
    assert found == [row.number for row in queue(desk) if part.has(row, desk.now())]
    assert count(desk, part) == len(found)
    return found


def many(desk: Desk, number: str, n: int) -> None:
    """So many more slips like this one, with its clocks."""
    matter, clock = table_of(Matter), table_of(DeadlineRow)

    def add(act: Act) -> Result:
        known = act.session.execute(select(matter).where(matter.c.number == number)).one()
        clocks = act.session.execute(select(clock).where(clock.c.matter == known.id)).all()
        for one in range(1, n + 1):
            like = {"id": f"m{one}", "number": f"PG-20261118-{one:03}"}
            act.session.execute(insert(matter), [{**known._mapping, **like}])
            act.session.execute(
                insert(clock), [{**row._mapping, "matter": like["id"]} for row in clocks]
            )
        return {}

    desk.perform("test", add)


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


def test_the_empty_part_is_all_and_counts_all(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    numbers = [registered(desk, clock, text) for text in ("灯不亮", "门坏了")]
    assert seen(desk, Part()) == numbers


def test_case_and_neighbours_are_told_apart_in_a_unit(desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(desk), clock, "灯不亮", "3-1-502")
    assert seen(desk, Part(unit="3-1")) == [number]
    assert seen(desk, Part(unit="3-")) == []
    assert seen(desk, Part(unit="3_1")) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3-1-502", "3-1-502"),
        ("3栋1单元502", "3-1-502"),
        ("三栋", "3"),
        ("3栋1单元", "3-1"),
        ("b座", "B"),
        ("3-1", "3-1"),
        (" b-1203 ", "B-1203"),
        ("b-1", "B-1"),
        ("大堂", "大堂"),
        (" 地下车库b区", "地下车库b区"),
    ],
)
def test_a_home_or_a_building_in_any_usual_spelling(typed: str, meant: str) -> None:
    assert label(typed) == meant


def test_a_part_reaches_behind_the_three_hundred_that_are_listed(
    any_desk: Desk, clock: StoppedClock
) -> None:
    desk = on_duty(any_desk)
    first = registered(desk, clock, "灯不亮")
    many(desk, first, 400)
    clock.advance(3600)
    last = registered(desk.as_staff("KF02"), clock, "门坏了", "3-2-502")
    assert last not in [row.number for row in queue(desk)]
    for part in (Part(mine="KF02"), Part(unit="3-2")):
        assert [row.number for row in queue(desk, Wanted(part=part))] == [last]
        assert count(desk, part) == 1
    assert count(desk, Part()) == 402
    assert count(desk, Part(overdue=True)) == 401
    clock.advance(3600)
    assert count(desk, Part(overdue=True)) == 402


def test_no_state_of_that_name_is_no_slip(any_desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(any_desk), clock, "灯不亮")
    assert seen(any_desk, Part(state="已登记")) == [number]
    assert seen(any_desk, Part(state="没有这种状态")) == []


def test_a_tally_counts_everything_that_is_open(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    one = registered(desk, clock, "灯不亮")
    many(desk, one, 400)
    two = registered(desk, clock, "门坏了", "3-2-502")
    taken(desk, two, "hold", hold="parts")
    found = tally(desk)
    assert found.departments == {"engineering": 402}
    assert found.states == {"已登记": 402}
    assert found.units == {"3-1-502": 401, "3-2-502": 1}
    assert found.held == 1
    taken(desk, two, "cancel", said="不修了")
    assert tally(desk) == replace(
        found,
        departments={"engineering": 401},
        states={"已登记": 401},
        units={"3-1-502": 401},
        held=0,
    )
