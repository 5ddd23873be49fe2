"""A list of the staff without numbers: known by name and telephone, and numbered where new.

- the next free number in the manner of the department; the same list again changes nothing
- another telephone of the only one of that name is theirs; of two of one name nobody is guessed
- whoever has left stays so, and a stranger who has left is not taken on
"""

from pathlib import Path

import pytest

from tests.registers.test_imports import File
from wuye_tui.desk import Desk
from wuye_tui.registers import staff
from wuye_tui.registers.staff import list_staff

NAMES = ("姓名", "岗位", "电话", "状态")


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> File:
    return File(desk, tmp_path)


def by_name(file: File) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["number"], one["phone"]) for one in list_staff(file.desk, True)}


def test_new_people_go_on_in_the_manner_of_their_department(file: File) -> None:
    for number, name in (("KF08", "马三立"), ("KF19", "侯宝林")):
        file.bring("staff", ("工号", "姓名", "岗位"), (number, name, "客服专员"))
    file.bring("staff", ("工号", "姓名", "岗位"), ("GC-007", "黑金", "水电维修工"))
    rows = [("单田芳", "客服专员", "13800009999", ""), ("郭德刚", "客服专员", "", "在职")]
    plan = file.plan("staff", NAMES, *rows, ("梅兰", "绿化员", "", ""))
    assert [bad.line for bad in plan.bad] == []
    (told,) = (one for one in plan.told if "没有「工号」" in one.reason)
    assert told.row_number == 2
    assert file.apply(plan)["new"] == 3
    after = by_name(file)
    assert after["单田芳"][0] == "KF20"
    assert after["郭德刚"][0] == "KF21"
    assert after["梅兰"][0] == "S001", "no number of this department yet"
    assert "KF20、KF21、S001" in told.reason
    assert file.bring("staff", NAMES, *rows, ("梅兰", "绿化员", "", "")) == (0, 0, 3)


def test_a_manner_that_all_departments_share_is_everybody_s(file: File) -> None:
    for number, post in (("W-09", "客服专员"), ("W-10", "水电维修工")):
        file.bring("staff", ("工号", "姓名", "岗位"), (number, f"员工{number[2:]}", post))
    file.bring("staff", NAMES, ("梅兰", "绿化员", "", ""))
    assert by_name(file)["梅兰"][0] == "W-11"


def test_another_telephone_of_the_only_one_of_that_name_is_theirs(file: File) -> None:
    file.bring("staff", NAMES, ("单田芳", "客服专员", "13800009999", ""))
    assert file.bring("staff", NAMES, ("单田芳", "客服主管", "13800008888", "")) == (0, 1, 0)
    assert by_name(file)["单田芳"][1] == "13800008888"


def test_of_two_of_one_name_the_telephone_says_who_and_nobody_is_guessed(file: File) -> None:
    numbered = ("工号", *NAMES)
    file.bring("staff", numbered, ("KF81", "单田芳", "客服专员", "13800009991", ""))
    file.bring("staff", numbered, ("KF82", "单田芳", "客服专员", "13800009992", ""))
    second = ("单田芳", "客服主管", "13800009992", "")
    assert file.bring("staff", NAMES, second) == (0, 1, 0)
    plan = file.plan("staff", NAMES, ("单田芳", "客服主管", "13800009993", ""))
    assert [(bad.row_number, bad.column) for bad in plan.bad] == [(2, "姓名")]
    assert "KF81、KF82" in plan.bad[0].reason
    both = [("单田芳", "客服专员", "13800009991", ""), second]
    assert file.bring("staff", NAMES, *both) == (0, 0, 2)


def test_whoever_has_left_is_known_and_a_stranger_is_not_taken_on(file: File) -> None:
    file.bring("staff", NAMES, ("单田芳", "客服专员", "13800009999", ""))
    assert file.bring("staff", NAMES, ("单田芳", "客服专员", "13800009999", "离职")) == (0, 1, 0)
    assert file.bring("staff", NAMES, ("单田芳", "客服专员", "", "离职")) == (0, 0, 1)
    plan = file.plan("staff", NAMES, ("过客", "客服专员", "", "离职"))
    assert ([one.column for one in plan.told], plan.new) == (["姓名"], 0)


def test_a_list_without_numbers_takes_nobody_back(file: File) -> None:
    file.bring("staff", NAMES, ("单田芳", "客服专员", "13800009999", ""))
    number = by_name(file)["单田芳"][0]
    file.desk.perform("leave", lambda act: staff.deactivate(act, number))
    plan = file.plan("staff", NAMES, ("单田芳", "客服专员", "13800009999", ""))
    assert ["wuye staff return" in bad.reason for bad in plan.bad] == [True]
    assert file.bring("staff", NAMES, ("单田芳", "客服专员", "13800007777", "")) == (1, 0, 0)


def test_somebody_new_whose_last_day_is_to_come_has_a_number(file: File) -> None:
    names = ("姓名", "岗位", "离职日期")
    assert file.bring("staff", names, ("单田芳", "客服专员", "2099-01-31")) == (1, 0, 0)
    assert by_name(file)["单田芳"][0]
