"""Departmental orders in figures: by department, by what they came from, by month."""

import pytest

from tests.cli.lines import Office, typed
from tests.factories import a_repair, move_to, started, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.order_figures import Figures, statistics
from wuye_tui.rules.months import Month

__all__ = ["typed"]
NOVEMBER = Month(2026, 11)


def order(desk: Desk, department: str) -> str:
    return str(started(desk, "order", department=department, text="楼道垃圾")["number"])


@pytest.mark.clause("XX-4.3.7c")
def test_orders_are_counted_by_department_with_what_became_of_them(desk: Desk) -> None:
    order(desk, "cleaning")
    gone = order(desk, "guards")
    taken(desk, gone, "cancel", why="登记错了")
    late = order(desk, "guards")
    move_to(desk, "2026-11-21 10:30")
    found = statistics(desk, NOVEMBER)
    assert found.rows == {"cleaning": Figures(1, late=1), "guards": Figures(1, late=1)}
    assert found.total == Figures(2, late=2)
    taken(desk, late, "issue")
    assert statistics(desk, NOVEMBER).total.taken == 2


def test_what_an_order_came_from_is_its_cause(desk: Desk) -> None:
    order(desk, "cleaning")
    number = a_repair(desk, upto="assigned")
    taken(desk, number, "give_up", staff="GC03", why="买不到零件", supervisor="GC01")
    found = statistics(desk, NOVEMBER, "cause")
    assert {code: one.taken for code, one in found.rows.items()} == {"": 1, "repair": 1}


def test_a_month_without_orders_is_zero_and_twelve_stand_side_by_side(desk: Desk) -> None:
    assert statistics(desk, Month(2026, 10)).total == Figures()
    months = statistics(desk, NOVEMBER, "month").rows
    assert len(months) == 12
    assert list(months)[-1] == "2026-11"


def test_the_command_line_prints_them_and_refuses_another_grouping(typed: Office) -> None:
    typed.done("orders", "register", "--department", "cleaning", "--text", "楼道垃圾")
    found = typed.done("orders", "stats")
    assert found["rows"][0]["department"] == "cleaning"
    assert found["total"]["taken"] == 1
    assert "保洁部" in typed.type("orders", "stats").out
    assert typed.type("orders", "stats", "--by", "colour").status == 2
