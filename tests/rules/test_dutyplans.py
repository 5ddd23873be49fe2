"""The duties of a day follow one another: at any second somebody answers for the desk (KF-4, KF-5).

* every shift of every end by one minute is a gap or an overlap, and found
* who may hold a duty: one of its hats, and a level that is high enough where it is known
"""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.reference import Reference
from wuye_tui.rules.dutyplans import A_DAY, DutyPlan, faults
from wuye_tui.rules.rights import Hat

ALL_DAY = ("desk", "duty_manager")


def at(minute: int) -> time:
    return time(minute % A_DAY // 60, minute % 60)


def plans(starts: list[int], post: str = "desk") -> list[DutyPlan]:
    """Duties that begin at these minutes of the day, each until the next."""
    ends = [*starts[1:], starts[0]]
    return [
        DutyPlan(post, f"d{n}", f"第{n}班", at(one), at(two), ())
        for n, (one, two) in enumerate(zip(starts, ends, strict=True))
    ]


minutes = st.lists(st.integers(0, A_DAY - 1), min_size=1, max_size=6, unique=True).map(sorted)


@pytest.mark.clause("KF-4", "ZB-3.6")
def test_the_duties_that_come_with_the_program_cover_the_day() -> None:
    reference = Reference()
    assert faults(reference.duties, ALL_DAY) == []
    reference.check_duties()
    assert {plan.post for plan in reference.duties} == {*ALL_DAY, "guards"}
    assert all(plan.checklist in reference.checklists.items for plan in reference.duties)
    assert {plan.relief for plan in reference.duties if plan.post == "desk"} == {15}


@pytest.mark.clause("KF-4")
@given(minutes)
def test_duties_that_begin_where_the_last_one_ends_are_in_order(starts: list[int]) -> None:
    assert faults(plans(starts), ["desk"]) == []


@pytest.mark.clause("KF-4")
@given(minutes, st.data())
def test_an_end_a_minute_earlier_is_a_gap_and_a_minute_later_an_overlap(
    starts: list[int], data: st.DataObject
) -> None:
    whole = plans(starts)
    n = data.draw(st.integers(0, len(whole) - 1))
    minute = whole[n].ends.hour * 60 + whole[n].ends.minute
    shorter = [*whole]
    shorter[n] = replace(whole[n], ends=at(minute - 1))
    if whole[n].minutes > 1:
        (gap,) = faults(shorter, ["desk"])
        assert (gap.place, "没有人值班" in gap.why) == ((n + 1) % len(whole), True)
        assert faults(shorter, []) == [], "which a post may have that is not held all day"
    longer = [*whole]
    longer[n] = replace(whole[n], ends=at(minute + 1))
    if whole[n].minutes < A_DAY:
        (overlap,) = faults(longer, [])
        assert "重叠" in overlap.why


@pytest.mark.clause("KF-5", "ZB-3.2", "HR-5.1")
@pytest.mark.parametrize(
    ("worn", "level", "may"),
    [
        ({Hat.ADMIN}, "B", True),
        ({Hat.ADMIN}, "D", False),
        ({Hat.ADMIN}, "", True),
        ({Hat.CLERK}, "B", False),
        ({Hat.ENG_SUPERVISOR, Hat.CLERK}, "C", True),
        (set(), "A", False),
    ],
)
def test_a_duty_manager_wears_the_hat_and_has_the_level(
    worn: set[Hat], level: str, may: bool
) -> None:
    plan = next(one for one in Reference().duties if one.post == "duty_manager")
    assert plan.may_be_held(frozenset(worn), level) is may
    assert plan.clause == "ZB-3.2"
