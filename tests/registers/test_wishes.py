"""Leave that is taken back, goes on, and wishes that are listed as heard or not (ZB-4.4, KF-5)."""

import pytest

from tests.rosters import DECEMBER, TURN, away, on, planning, published
from wuye_tui.desk import Desk
from wuye_tui.registers import leaves, wishes
from wuye_tui.rules.roster_refusals import LeaveOf, NoSuchShift, NoWish


@pytest.mark.clause("ZB-4.4")
def test_a_leave_of_somebody_else_is_not_taken_back_by_a_slip_of_the_number(desk: Desk) -> None:
    admin = planning(desk)
    number = str(away(admin, "GC03", on(DECEMBER, 8), on(DECEMBER, 9))["number"])
    with pytest.raises(LeaveOf, match=f"{number} 是李强 2026-12-08 到 2026-12-09 的请假"):
        admin.perform("c", lambda act: leaves.cancel(act, number, "GC04"))
    assert not leaves.list_leaves(desk, on(DECEMBER, 8))[0].cancelled
    done = admin.perform("c", lambda act: leaves.cancel(act, number, "李强"))
    assert (done["staff"], done["from"], done["to"]) == ("GC03", "2026-12-08", "2026-12-09")


def test_wishes_are_listed_with_whether_what_is_published_hears_them(desk: Desk) -> None:
    admin = planning(desk)  # GC03 has the nights of the 1st, 4th and so on
    for day, given in {
        4: {},
        5: {},
        6: {},
        7: {"want": True, "shift": "夜班"},
        8: {"want": True},
    }.items():
        admin.perform(
            "w",
            lambda act, day=day, given=given: wishes.wish(act, "GC03", on(DECEMBER, day), **given),  # type: ignore[misc]
        )
    assert [one.heard for one in wishes.list_wishes(desk, on(DECEMBER, 1))] == [None] * 5
    published(admin, DECEMBER)
    found = {one.wish.day.day: one.heard for one in wishes.list_wishes(desk, on(DECEMBER, 1))}
    # The 5th is no day off: the night before lasts into it.
    assert found == {4: False, 5: False, 6: True, 7: True, 8: False}


def test_only_the_wish_that_is_named_is_taken_back(desk: Desk) -> None:
    admin, day = planning(desk), on(DECEMBER, 8)
    admin.perform("w", lambda act: wishes.wish(act, "GC03", day))
    admin.perform("w", lambda act: wishes.wish(act, "GC03", day, "夜班"))
    admin.perform("w", lambda act: wishes.unwish(act, "GC03", day, "夜班"))
    assert [one.wish.shift for one in wishes.list_wishes(desk, day)] == [""]
    with pytest.raises(NoWish, match="2026-12-08 没有提过这个愿望"):
        admin.perform("w", lambda act: wishes.unwish(act, "GC03", day, "夜班"))
    with pytest.raises(NoWish):
        admin.perform("w", lambda act: wishes.unwish(act, TURN[1], day))


def test_a_shift_of_other_people_is_no_wish_of_ones_own(desk: Desk) -> None:
    admin = planning(desk)
    with pytest.raises(NoSuchShift, match="夜班"):
        admin.perform("w", lambda act: wishes.wish(act, "GC03", on(DECEMBER, 8), "中班"))
