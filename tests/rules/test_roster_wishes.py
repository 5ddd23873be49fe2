"""A day off begins with its morning: a night before it is weighed and told (KF-5)."""

from collections import Counter

import pytest

from tests.rostering.asking import day, nights
from wuye_tui.rostering.drawing import draw
from wuye_tui.rules.roster_wishes import evenings_before, told, unheard
from wuye_tui.rules.rosters import Cell, Leave, Wish


@pytest.mark.clause("KF-5")
def test_nobody_has_the_night_into_a_leave_or_a_day_off_where_another_can() -> None:
    asked = nights(
        leaves=[Leave("P01", day(10), day(14))], wishes=[Wish("P02", day(10)), Wish("P03", day(20))]
    )
    found = draw(asked, 20)
    on = Counter((one.staff, one.day.day) for one in found.cells if one.shift == "night")
    assert not on["P01", 9]
    assert not on["P02", 9]
    assert not on["P03", 19]
    assert unheard(asked, found.cells) == []


def test_what_is_not_heard_is_told_with_the_night_before() -> None:
    asked = nights(
        leaves=[Leave("P01", day(10), day(14))],
        wishes=[
            Wish("P02", day(12)),
            Wish("P03", day(20), "night"),
            Wish("P04", day(3), "day", False),
        ],
    )
    cells = [
        Cell(day(9), "night", "前台", "P01"),
        Cell(day(11), "night", "前台", "P02"),
        Cell(day(20), "night", "前台", "P03"),
    ]
    words = [told(asked.kind, one, one.staff) for one in unheard(asked, cells)]
    assert words == [
        "P04 12-03 想上日班",
        "P01 12-10 开始请假（前一天的夜班上到 08:30）",
        "P02 12-12 想休（前一天的夜班上到 08:30）",
        "P03 12-20 不想上夜班",
    ]


def test_a_leave_from_the_first_has_no_evening_before_in_its_month() -> None:
    asked = nights(leaves=[Leave("P01", day(1), day(3)), Leave("P02", day(2), day(3))])
    assert [(one.staff, one.day.day, one.shift) for one in evenings_before(asked)] == [
        ("P02", 1, "night")
    ]
