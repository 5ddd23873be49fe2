"""What is wrong with a roster is said in one language: shifts and kinds as well (KF-5)."""

import re
from dataclasses import replace

import pytest

from tests.rules.test_roster_checks import ASKED, DAY, DAYS, NIGHT, RIGHT, kind
from wuye_tui.rules.roster_checks import check
from wuye_tui.rules.rosters import Asked, Cell, Leave
from wuye_tui.words import speaking

FIRST = RIGHT[0]
ON_LEAVE = replace(ASKED, leaves=[Leave(FIRST.staff, FIRST.day, FIRST.day)])
TIED = kind(shifts=(DAY, replace(NIGHT, only_with="day")))


@pytest.mark.parametrize(
    ("asked", "cells", "rule"),
    [
        (ON_LEAVE, RIGHT, "leave"),
        (TIED, RIGHT, "only_with"),
        (ASKED, [*RIGHT, FIRST._replace(post="门口")], "twice"),
        (ASKED, [*RIGHT, Cell(DAYS[0], "swing", "维修", FIRST.staff)], "shift"),
        (ASKED, RIGHT[1:], "heads"),
    ],
)
@pytest.mark.clause("KF-5")
def test_a_shift_is_called_what_it_is_in_the_language_in_force(
    asked: Asked, cells: list[Cell], rule: str
) -> None:
    with speaking("en"):
        told = next(one.words for one in check(asked, cells) if one.rule == rule)
    quoted = re.findall(r'"([^"]*)"', told)
    assert quoted, told
    assert not [one for one in quoted if not one.isascii()], told
