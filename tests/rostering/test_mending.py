"""Somebody cannot come: the smallest change, and who could stand in."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle

import pytest

from tests.rostering.asking import (
    DECEMBER,
    ELECTRIC,
    MANAGERS,
    NIGHTS,
    day,
    guards,
    managers,
    nights,
    people,
    with_kind,
    with_limits,
)
from wuye_tui.rostering.drawing import draw
from wuye_tui.rostering.explaining import NoRoster
from wuye_tui.rostering.mending import mend, mend_partly, stand_ins
from wuye_tui.rules.roster_checks import check
from wuye_tui.rules.rosters import Asked, Cell, Fixed, Leave, Need, Person

SOLVER = "the solver is an extra that an office installs"
NIGHTS_ONLY = replace(NIGHTS, needs=(Need("night", 1, "前台", qualifications=(ELECTRIC,)),))


def in_turn(many: int = 5) -> Asked:
    """Nights published one after the other: P01 on the 1st, P02 on the 2nd, and so on."""
    asked = Asked(NIGHTS_ONLY, DECEMBER, people(many, ELECTRIC))
    turn = cycle(one.number for one in asked.people)
    cells = [
        Cell(on, "night", "前台", number) for on, number in zip(asked.days, turn, strict=False)
    ]
    return replace(asked, published=cells)


def mended(asked: Asked, absent: Leave) -> list[Cell]:
    """The cells that are new; nothing is broken and nothing before the absence changed."""
    pytest.importorskip("ortools", reason=SOLVER)
    found = mend(asked, absent)
    before = absent.begins - timedelta(days=1)
    after = replace(asked, leaves=[*asked.leaves, absent], kept_until=before)
    assert check(after, found.cells) == []
    new = sorted(set(found.cells) - set(asked.published))
    assert found.objective == len(new) >= found.bound
    assert not found.stopped
    return new


@pytest.mark.clause("ZB-4.4")
def test_where_people_are_too_few_a_night_is_not_emptied_for_one_of_two_by_day() -> None:
    pytest.importorskip("ortools", reason=SOLVER)
    needs = (Need("day", 2, "维修"), Need("night", 1, "前台", qualifications=(ELECTRIC,)))
    kind = replace(NIGHTS, needs=needs, limits=replace(NIGHTS.limits, free=0, most_nights=0))
    turn = cycle(("P01", "P02", "P03", "P04"))
    asked = Asked(kind, DECEMBER, people(4, ELECTRIC))
    cells = [Cell(on, "night", "前台", next(turn)) for on in asked.days]
    asked = replace(asked, published=cells)  # by day nobody is there as it is
    found = mend_partly(asked, Leave("P01", day(5), day(9)))
    held = Counter((cell.day.day, cell.shift) for cell in found.cells)
    assert all(held[on, "night"] for on in range(1, 32)), "nights stay held"
    assert all(held[on, "day"] for on in range(6, 9)), "one of two is better than nobody"


@pytest.mark.clause("ZB-4.4")
def test_one_night_is_taken_by_one_who_may_and_nothing_else_changes() -> None:
    # P02 has the 2nd, 7th, 12th: on the 12th the neighbours P01 and P03 cannot, P04 and P05 can.
    (cell,) = mended(in_turn(), Leave("P02", day(12), day(12)))
    assert cell.day == day(12)
    assert cell.staff in ("P04", "P05")


def test_a_longer_absence_is_shared_by_those_who_had_least() -> None:
    cells = mended(in_turn(6), Leave("P02", day(1), day(31)))
    assert len(cells) == 5
    assert max(sum(cell.staff == one.staff for cell in cells) for one in cells) <= 2


def test_who_moves_leaves_a_gap_that_counts() -> None:
    # Nobody who is free on the 12th may hold the control room: somebody of the shift moves there.
    pytest.importorskip("ortools", reason=SOLVER)
    asked = guards(18)
    asked = replace(asked, published=draw(asked, 30).cells)
    cell = next(one for one in asked.published if one.post == "监控室" and one.day == day(12))
    new = mended(asked, Leave(cell.staff, day(12), day(12)))
    assert cell[:3] in {one[:3] for one in new}
    assert len(new) <= 2


def test_nobody_is_called_in_where_somebody_is_there() -> None:
    # P04 and P05 have both the night free; P04 is there on the day, and may do both.
    day_, rest = MANAGERS.shifts
    kind = replace(
        MANAGERS,
        shifts=(day_, replace(rest, only_with="")),
        limits=replace(MANAGERS.limits, after_night=frozenset(), days=6, free=4, week_free=1),
        cycle_weeks=0,
    )
    asked = Asked(kind, DECEMBER, people(5))
    cells = [Cell(on, "day", "", "P04" if on.day % 7 < 4 else "P05") for on in asked.days]
    cells += [Cell(on, "rest", "", f"P{on.day % 3 + 1:02}") for on in asked.days]
    asked = replace(asked, published=cells)
    for n in (8, 15, 22):  # P04 is there on these
        gone = next(cell for cell in cells if cell.day == day(n) and cell.shift == "rest")
        assert [one.staff for one in mended(asked, Leave(gone.staff, day(n), day(n)))] == ["P04"]
        assert stand_ins(asked, gone)[0].person.number == "P04"


def test_what_is_past_stays_and_an_absence_without_shifts_changes_nothing() -> None:
    assert mended(in_turn(), Leave("P02", day(3), day(6))) == []
    assert len(mended(in_turn(), Leave("P02", day(7), day(31)))) == 5


def test_what_cannot_be_mended_says_why() -> None:
    pytest.importorskip("ortools", reason=SOLVER)
    asked = in_turn(4)
    with pytest.raises(NoRoster) as none:
        mend(
            asked,
            Leave("P02", day(1), day(31)),
            others=[Person("P09", "高师傅", frozenset({ELECTRIC}))],
        )
    assert "每人最多 10 个" in str(none.value)
    assert "高师傅" in str(none.value)


def test_people_from_elsewhere_come_last() -> None:
    pytest.importorskip("ortools", reason=SOLVER)
    other = Person("P09", "高师傅", frozenset({ELECTRIC}), stand_in=True)
    asked = in_turn(5)
    asked = replace(asked, people=[*asked.people, other])
    assert "P09" not in {cell.staff for cell in mended(asked, Leave("P02", day(12), day(12)))}
    short = (NIGHTS.shifts[0], replace(NIGHTS.shifts[1], minutes=480))
    two = with_kind(with_limits(in_turn(2), most_nights=0), shifts=short)
    found = mend(replace(two, people=[*two.people, other]), Leave("P02", day(12), day(12)))
    assert [cell.day for cell in found.cells if cell.staff == "P09"] == [day(12)]
    assert "请了别人" in found.notes[0]


# ---- who could, by the rules alone


def why(asked: Asked, cell: Cell) -> dict[str, tuple[bool, str]]:
    return {one.person.number: (one.may, one.rule) for one in stand_ins(asked, cell)}


def night(asked: Asked, on: date) -> Cell:
    return next(one for one in asked.published if one.day == on)


def test_who_could_take_a_night_and_which_rule_says_no() -> None:
    asked = in_turn(6)
    asked = replace(
        asked,
        people=[*asked.people[:5], replace(asked.people[5], qualifications=frozenset())],
        leaves=[Leave("P04", day(14), day(14))],
    )
    found = why(asked, night(asked, day(14)))  # of P02
    assert found["P01"] == (False, "after_night")  # had the 13th
    assert found["P03"] == (False, "after_night")  # has the 15th
    assert found["P04"] == (False, "leave")
    assert found["P05"] == (True, "")
    assert found["P06"] == (False, "qualification")
    assert "P02" not in found


def test_the_best_comes_first_and_says_why() -> None:
    asked = in_turn(5)
    first, second, *_no = stand_ins(asked, night(asked, day(12)))
    assert (first.may, second.may) == (True, True)
    assert (first.nights, second.nights) == (6, 6)
    assert first.words == "当天休息；本月已排 6 个夜班、90 小时"
    past = replace(asked, published=[*asked.published[:-2]])
    assert stand_ins(past, night(past, day(12)))[0].person.number == "P05"


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        ({"most_nights": 6}, "most_nights"),
        ({"free": 26, "most_nights": 0}, "free"),
        ({"nights": 1, "after_night": frozenset(), "rest": 0}, ""),
        ({"rest": 3 * 1440, "after_night": frozenset()}, "rest"),
        ({"week_free": 6}, "week_free"),
    ],
)
def test_each_limit_is_found(limits: dict[str, object], rule: str) -> None:
    asked = with_limits(in_turn(5), **limits)
    assert why(asked, night(asked, day(12)))["P04"] == (rule == "", rule)


def test_hours_of_the_law_and_fixed_arrangements() -> None:
    asked = in_turn(5)
    long = (*NIGHTS.shifts[:1], replace(NIGHTS.shifts[1], minutes=2200))
    assert why(with_kind(asked, shifts=long), night(asked, day(12)))["P04"] == (False, "minutes")
    never = (Fixed("P04", "night", frozenset({5}), never=True),)  # the 12th is a Saturday
    assert why(with_kind(asked, fixed=never), night(asked, day(12)))["P04"] == (False, "never")


def test_a_duty_managers_night_goes_with_the_day() -> None:
    asked = managers(4)
    turn = cycle(one.number for one in asked.people)
    cells = [
        Cell(on, shift, "", number)
        for on, number in zip(asked.days, turn, strict=False)
        for shift in ("day", "rest")
    ]
    asked = replace(asked, published=cells)
    found = stand_ins(asked, Cell(day(9), "rest", "", "P01"))
    assert "连同工作岗一起" in found[0].words
    assert {one.person.number for one in found if one.may} == {"P03"}


def test_every_stand_in_that_may_passes_the_independent_check() -> None:
    asked = in_turn(6)
    for cell in asked.published[:10]:
        for one in stand_ins(asked, cell):
            others = [c for c in asked.published if c != cell]
            broken = check(asked, [*others, cell._replace(staff=one.person.number)])
            assert one.may == (not broken), (cell, one, broken)


def test_the_draft_of_night_and_day_agrees_with_the_check_too() -> None:
    pytest.importorskip("ortools", reason=SOLVER)
    asked = nights(6)
    asked = replace(asked, published=draw(asked, 30).cells)
    for cell in asked.published[10:20]:
        for one in stand_ins(asked, cell):
            others = [c for c in asked.published if c != cell]
            broken = check(asked, [*others, cell._replace(staff=one.person.number)])
            assert one.may == (not broken), (cell, one, broken)
