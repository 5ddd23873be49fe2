"""The judge of schedules: each hard rule broken once by hand, and the objective by hand."""

import pytest

from wuye_tui.rostering.benchmark import Breach, judge
from wuye_tui.rostering.instances import OFF, Instance, Schedule, parse

TASK = """\
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
SECTION_STAFF
A,E=14|L=2,3360,1920,4,2,2,1
SECTION_DAYS_OFF
A,4
SECTION_SHIFT_ON_REQUESTS
A,0,E,3
A,4,E,5
SECTION_SHIFT_OFF_REQUESTS
A,1,E,7
A,2,L,11
SECTION_COVER
0,E,3,100,1
1,E,0,100,2
13,L,1,10,1
"""
SIGNS = {".": OFF, "E": 0, "L": 1}
GOOD = "EEL....EEEE..."


def task() -> Instance:
    return parse(TASK)


def days(signs: str) -> Schedule:
    return (tuple(SIGNS[one] for one in signs),)


def test_a_good_schedule_breaks_nothing() -> None:
    assert judge(task(), days(GOOD)).breaches == ()


def test_the_objective_is_the_sum_by_hand() -> None:
    judged = judge(task(), days(GOOD))
    assert judged.requests == 5 + 7 + 11  # no E on day 4; E on day 1; L on day 2
    assert judged.cover == 2 * 100 + 1 * 2 + 1 * 10  # two short, one too many, one short
    assert judged.objective == 235


@pytest.mark.parametrize(
    ("signs", "breach"),
    [
        ("EELLE..EEEE...", Breach("day_off", "A", 4)),
        ("ELE....EEEE...", Breach("follows", "A", 2)),
        ("ELL....ELLL...", Breach("most_of_a_kind", "A")),
        ("EE..EE........", Breach("day_off", "A", 4)),
        ("EEE...........", Breach("least_minutes", "A")),
        ("EEEE....EEEE..", Breach("most_minutes", "A")),
        ("EEE..EE....EEE", Breach("weekends", "A")),
        ("EE.....EEEEE..", Breach("most_in_a_row", "A", 7)),
        ("EEE.....E..EE.", Breach("least_in_a_row", "A", 8)),
        ("EEE....EE.EE..", Breach("least_off", "A", 9)),
    ],
)
def test_each_rule_is_seen_when_it_is_broken(signs: str, breach: Breach) -> None:
    assert breach in judge(task(), days(signs)).breaches


@pytest.mark.parametrize("signs", ["EEEE......EEE.", "E.....EEEE...."])
def test_the_weeks_around_complete_what_is_short(signs: str) -> None:
    short = {"least_in_a_row", "least_off"}
    assert not short & {one.rule for one in judge(task(), days(signs)).breaches}


def test_one_day_off_at_an_edge_is_enough() -> None:
    assert "least_off" not in {one.rule for one in judge(task(), days(".EE....EEEE...")).breaches}


@pytest.mark.parametrize("wrong", [(), days(GOOD) * 2, (days(GOOD)[0][:-1],), ((2,) * 14,)])
def test_another_shape_is_refused(wrong: Schedule) -> None:
    assert [one.rule for one in judge(task(), wrong).breaches] == ["shape"]
