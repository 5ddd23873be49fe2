"""Who is offered for a swap (ZB-4.4): who could take the duty, the ablest first, nobody who could
not whatever is given back.
"""

from collections.abc import Sequence

import pytest

from tests.rosters import (
    DECEMBER,
    NIGHT,
    POST,
    STAND_IN,
    away,
    kind_of,
    on,
    planning,
    published,
    swapped,
    write_rules,
)
from tests.rosters_shown import in_force
from wuye_tui.desk import Desk
from wuye_tui.registers.swap_takers import takers
from wuye_tui.registers.swaps import Duty
from wuye_tui.rules.roster_refusals import SwapBreaks
from wuye_tui.rules.rosters import Cell

DAY = """
[[shift]]
code = "day"
word = "日班"
starts = "08:30"
ends = "17:30"
minutes = 480

[[need]]
shift = "day"
post = "维修"
heads = 1
"""


def offered(desk: Desk, day: int, shift: str = "night", staff: str = "GC03") -> dict[str, bool]:
    """Who is offered for somebody's duty in December, in order, and whether as able."""
    duty = Cell(on(DECEMBER, day), shift, POST if shift == "night" else "维修", staff)
    return {one.person.number: one.may for one in takers(desk, kind_of(desk), duty)}


@pytest.mark.clause("ZB-4.4")
def test_who_can_comes_first_and_who_can_only_for_another_night_last(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    told = offered(admin, 31)
    assert told == {"GC04": True, STAND_IN: True, "ZB01": False}
    assert list(told) == ["GC04", STAND_IN, "ZB01"], "the last has the night before"
    with pytest.raises(SwapBreaks):
        swapped(admin, on(DECEMBER, 31), "GC03", "ZB01")
    swapped(admin, on(DECEMBER, 31), "GC03", "ZB01", back=Duty(on(DECEMBER, 30), "night"))


@pytest.mark.clause("ZB-4.4")
def test_whoever_is_on_leave_or_not_qualified_is_not_offered(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    away(admin, STAND_IN, on(DECEMBER, 30), on(DECEMBER, 31))
    assert STAND_IN not in offered(admin, 31)
    assert STAND_IN in offered(admin, 28)
    assert "GC01" not in offered(admin, 28)


def on_both(desk: Desk, more: Sequence[Cell]) -> Desk:
    """On the tenth GC03 works by day and GC04 by night."""
    admin = planning(desk)
    write_rules(desk.settings.home, NIGHT + DAY)
    tenth = on(DECEMBER, 10)
    in_force(
        desk,
        [Cell(tenth, "day", "维修", "GC03"), Cell(tenth, "night", POST, "GC04"), *more],
        "night",
        DECEMBER,
    )
    return admin


@pytest.mark.clause("ZB-4.4")
def test_whoever_has_another_shift_that_day_is_offered_where_the_two_may_change(desk: Desk) -> None:
    admin = on_both(desk, ())
    assert offered(admin, 10, "day")["GC04"]
    duty = Cell(on(DECEMBER, 10), "day", "维修", "GC03")
    words = {one.person.number: one.words for one in takers(admin, kind_of(admin), duty)}
    assert words["GC04"] == "当天上夜班；两人对换"


@pytest.mark.clause("ZB-4.4")
def test_nobody_is_offered_a_change_that_breaks_a_rule(desk: Desk) -> None:
    admin = on_both(desk, [Cell(on(DECEMBER, 11), "night", POST, "GC03")])
    assert "GC04" not in offered(admin, 10, "day"), "two nights running for who gives the day away"


def test_a_shift_that_the_office_has_given_up_is_offered_to_nobody(desk: Desk) -> None:
    admin = planning(desk)
    published(admin)
    assert offered(admin, 10, "swing") == {}
