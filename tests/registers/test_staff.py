"""The staff.

* department, level and hats follow the post; hats besides are given by code or word
* only administrators take on, let go and take back; one of them always stays
* nobody is let go while they answer for a post, and a number is never given twice
"""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.factories import handed_over
from tests.hostile import ACTING, PLAIN
from wuye_tui.desk import Desk, NoLongerHere
from wuye_tui.registers import duties, staff
from wuye_tui.registers.staff import (
    BelowSupervisor,
    LastAdministrator,
    Nameless,
    NoSuchHat,
    NoSuchPost,
    NotAdministrator,
    NotANumber,
    StaffExists,
    StillOnDuty,
    list_staff,
)
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import UnknownStaff
from wuye_tui.store.acts import Act, Result


def add(
    desk: Desk,
    number: str = "KF20",
    name: str = "单田芳",
    post: str = "客服专员",
    hats: Sequence[str] = (),
    **more: str,
) -> Result:
    return at(desk, lambda act: staff.add(act, desk, number, name, post, hats, **more))


def at(desk: Desk, work: Callable[[Act], Result], number: str = "XZ01") -> Result:
    return desk.as_staff(number).perform("staff", work)


def shown(desk: Desk, number: str = "KF20") -> dict[str, Any]:
    return next(row for row in list_staff(desk, everyone=True) if row["number"] == number)


@pytest.mark.clause("HR-5.1")
def test_rights_follow_the_post(any_desk: Desk) -> None:
    add(any_desk, phone="13800009999", qualifications="电工证")
    row = shown(any_desk)
    assert row == {
        "number": "KF20",
        "name": "单田芳",
        "department": "service",
        "department_word": "客户服务部",
        "post": "客服专员",
        "level": "D",
        "hats": ["clerk"],
        "qualifications": "电工证",
        "phone": "13800009999",
        "active": True,
        "pin": False,
    }
    assert any_desk.as_staff("KF20").actor().hats == {"clerk"}


def test_further_hats_come_by_code_or_word(desk: Desk) -> None:
    add(desk, hats=["archivist", " 信息处理员 ", "clerk", ""])
    assert shown(desk)["hats"] == ["clerk", "archivist", "information"]


@pytest.mark.parametrize("hat", ["night", "夜班值班", "system", "系统", "king", "%"])
def test_hats_that_only_a_duty_lends_or_nobody_has_are_refused(desk: Desk, hat: str) -> None:
    with pytest.raises(NoSuchHat, match="客服专员"):
        add(desk, hats=[hat])


@pytest.mark.clause("HR-5.1")
def test_an_unknown_post_is_refused(desk: Desk) -> None:
    with pytest.raises(NoSuchPost) as refused:
        add(desk, post="太上皇")
    assert refused.value.line.startswith("HR-5.1: ")
    assert refused.value.exit_status == 4


@pytest.mark.clause("ZB-3.2")
def test_a_duty_manager_is_of_supervisor_level_or_above(desk: Desk) -> None:
    with pytest.raises(BelowSupervisor):
        add(desk, hats=["duty_manager"])
    add(desk, post="客服主管", hats=["值班经理"])
    assert "duty_manager" in shown(desk)["hats"]


def test_a_number_is_given_once_even_when_its_owner_has_left(desk: Desk) -> None:
    add(desk, " kf20 ")
    at(desk, lambda act: staff.deactivate(act, "kf20"))
    with pytest.raises(StaffExists, match="单田芳"):
        add(desk, "ＫＦ２０", "别人")


@pytest.mark.parametrize("number", ["", " ", "工号", "KF 20!", "-1", "x" * 21])
def test_what_is_no_number_is_refused(desk: Desk, number: str) -> None:
    with pytest.raises((NotANumber, UsageError)):
        add(desk, number)


def test_nobody_is_nameless(desk: Desk) -> None:
    with pytest.raises(Nameless):
        add(desk, name="  ")


def test_names_that_act_do_not_get_in(desk: Desk) -> None:
    for text in ACTING.values():
        with pytest.raises(UsageError):
            add(desk, name=text)


def test_names_that_only_look_dangerous_are_kept_letter_for_letter(any_desk: Desk) -> None:
    for n, text in enumerate(PLAIN.values()):
        add(any_desk, f"KF{n:03}", text)
        assert shown(any_desk, f"KF{n:03}")["name"] == text


@pytest.mark.clause("HR-5.1")
@pytest.mark.parametrize("number", ["KF01", "GC01", "KF04"])
def test_only_administrators_change_the_staff(desk: Desk, number: str) -> None:
    for change in (
        lambda act: staff.add(act, desk, "KF20", "单田芳", "客服专员"),
        lambda act: staff.deactivate(act, "KF02"),
        lambda act: staff.activate(act, "KF02"),
    ):
        with pytest.raises(NotAdministrator, match="行政"):
            at(desk, change, number)
    assert [row["number"] for row in list_staff(desk)].count("KF20") == 0


def test_who_is_let_go_is_listed_no_longer_and_may_not_act(any_desk: Desk) -> None:
    at(any_desk, lambda act: staff.deactivate(act, "KF02"))
    assert "KF02" not in [row["number"] for row in list_staff(any_desk)]
    assert shown(any_desk, "KF02")["active"] is False
    with pytest.raises(NoLongerHere):
        any_desk.as_staff("KF02").actor()
    at(any_desk, lambda act: staff.activate(act, "KF02"))
    assert any_desk.as_staff("KF02").actor().name == "赵敏"


@pytest.mark.clause("KF-4")
def test_nobody_is_let_go_while_they_answer_for_a_post(desk: Desk) -> None:
    desk.perform("duty", lambda act: duties.start(act, desk))
    with pytest.raises(StillOnDuty):
        at(desk, lambda act: staff.deactivate(act, "KF01"))
    handed_over(desk, "KF02")
    at(desk, lambda act: staff.deactivate(act, "KF01"))


def test_one_administrator_always_stays(any_desk: Desk) -> None:
    at(any_desk, lambda act: staff.deactivate(act, "ZJ01"))  # the general manager may administer
    with pytest.raises(LastAdministrator):
        at(any_desk, lambda act: staff.deactivate(act, "XZ01"))
    add(any_desk, "XZ02", "另一位", "行政")
    at(any_desk, lambda act: staff.deactivate(act, "XZ01"), "XZ02")
    assert shown(any_desk, "XZ01")["active"] is False


def test_somebody_unknown_cannot_be_let_go(desk: Desk) -> None:
    for typed in ("KF99", "", "%", "李晓燕\x00", "\udc80"):
        with pytest.raises(UnknownStaff):
            at(desk, lambda act, number=typed: staff.deactivate(act, number))  # type: ignore[misc]
