"""People with several cars: every plate is kept, and each of them leads to its owner."""

from pathlib import Path
from typing import Any

import pytest

from tests.registers.lines_taken import drives
from tests.registers.test_imports import File, count
from wuye_tui.desk import Desk
from wuye_tui.registers import hearing
from wuye_tui.registers.cars import with_plates
from wuye_tui.registers.people import find
from wuye_tui.store.tables import Person

NAMES = ("房号", "姓名", "电话", "车牌号")
HERE, THERE = ("3-1-502", "陈海", "13803309232"), ("5-1-101", "陈海", "13803309232")
ONE, TWO, GREEN = "鄂AH2B1D", "鄂A866E9", "鄂AD12086"


@pytest.fixture
def file(any_desk: Desk, tmp_path: Path) -> File:
    """On SQLite, then on PostgreSQL."""
    return File(any_desk, tmp_path)


def plates(file: File) -> set[str]:
    return {str(one["plate"]) for one in find(file.desk, "陈海")}


def test_a_second_list_adds_its_plate_and_takes_none_away(file: File) -> None:
    file.bring("people", NAMES, (*HERE, ONE))
    plan = file.plan("people", NAMES, (*HERE, TWO))
    (one,) = plan.found.examples
    assert (one.field, one.old, one.new) == ("plate", ONE, f"{ONE} {TWO}")
    assert file.apply(plan)["changed"] == 1
    for row in ((*HERE, ONE), (*HERE, TWO), (*HERE, ""), (*HERE, f"{TWO}、{ONE}")):
        assert file.bring("people", NAMES, row) == (0, 0, 1)
    assert plates(file) == {f"{ONE} {TWO}"}


def test_one_row_for_each_car_is_one_person(file: File) -> None:
    rows = ((*HERE, ONE), (*HERE, TWO), (*HERE, TWO), (*HERE, GREEN))
    people = count(file.desk, Person)
    plan = file.plan("people", NAMES, *rows)
    assert (plan.bad, plan.new, plan.intake.repeated) == ((), 1, ())
    file.apply(plan)
    assert count(file.desk, Person) == people + 1
    assert plates(file) == {f"{ONE} {TWO} {GREEN}"}
    assert file.bring("people", NAMES, *rows) == (0, 0, len(rows))


def test_one_row_for_each_car_adds_all_of_them_to_somebody_who_is_known(file: File) -> None:
    file.bring("people", NAMES, (*HERE, ""))
    assert file.bring("people", NAMES, (*HERE, ONE), (*HERE, TWO))[1] == 1
    assert plates(file) == {f"{ONE} {TWO}"}


def test_the_cars_of_two_homes_are_one_person_s(file: File) -> None:
    file.bring("people", NAMES, (*HERE, ONE), (*THERE, TWO))
    assert plates(file) == {f"{ONE} {TWO}"}
    assert file.bring("people", NAMES, (*HERE, GREEN), (*THERE, ""))[1] == 1
    assert file.bring("people", NAMES, ("3-2-502", *HERE[1:], "鄂B00001"))[0] == 1
    assert plates(file) == {f"{ONE} {TWO} {GREEN} 鄂B00001"}


def test_a_new_telephone_and_a_new_car_of_two_homes_are_both_kept(file: File) -> None:
    file.bring("people", NAMES, (*HERE, ONE), (*THERE, ""))
    file.bring("people", NAMES, (*HERE[:2], "13900002222", ""), (*THERE[:2], "", TWO))
    found = find(file.desk, "13900002222")
    assert {one["plate"] for one in found} == {f"{ONE} {TWO}"}


@pytest.mark.parametrize("typed", [ONE, TWO, "866E9", "a866e9", "鄂A·H2B1D"])
def test_each_plate_finds_its_owner(file: File, typed: str) -> None:
    file.bring("people", NAMES, (*HERE, f"{ONE} {TWO}"))
    assert [one["name"] for one in find(file.desk, typed)] == ["陈海"]
    assert find(file.desk, "H2B1D鄂A866") == [], "no plate begins in one and ends in another"


def test_the_whole_plate_comes_before_one_that_only_has_it(file: File) -> None:
    rows = (("3-1-502", "安", "", "鄂AD12345"), ("3-1-501", "白", "", "鄂B00001 鄂AD1234"))
    for room, name, phone, plate in rows:
        drivers = (room, name, phone, "鄂B00002")
        file.bring("people", NAMES, drivers)
        drives(file.desk, name, plate)  # longer than another, as green ones are
    assert [one["name"] for one in find(file.desk, "鄂AD1234")] == ["白", "安"]


@pytest.mark.parametrize(
    ("line", "plate"),
    [("挪车 粤B12345", "粤B12345"), ("挪车 粤B66666", "粤B66666"), ("挪车 尾号666", "粤B66666")],
)
def test_the_car_in_the_way_is_shown_with_its_own_plate(
    any_desk: Desk, line: str, plate: str
) -> None:
    drives(any_desk, "林芳", "粤B66666 粤B12345")
    drives(any_desk, "陈立", "粤B12345D 粤B99999")
    cars = hearing.understand(any_desk, line).cars
    assert [(car.plate, car.name) for car in cars] == [(plate, "林芳")]


@pytest.mark.parametrize(
    ("there", "more", "all_of_them"),
    [("", "", ""), ("", "A", "A"), ("A", "", "A"), ("A B", "B", "A B"), ("A", "B C A", "A B C")],
)
def test_plates_stand_side_by_side_each_once(there: str, more: str, all_of_them: Any) -> None:
    assert with_plates(there, more) == all_of_them


CARS = ("车牌", "车主", "手机", "楼栋房号")


def test_a_list_of_cars_names_their_owners(file: File) -> None:
    file.bring("people", NAMES, (*HERE, ""))
    plan = file.plan("people", CARS, (ONE, "陈海", "13803309232", "3-1-502"))
    assert (plan.bad, plan.told, plan.intake.unknown_columns) == ((), [], ())
    assert file.apply(plan)["changed"] == 1
    assert plates(file) == {ONE}


def test_the_car_of_a_tenant_makes_no_owner_of_them(file: File) -> None:
    """Nothing in a list of cars says what somebody is, so they stay what they are."""
    file.bring("people", (*NAMES, "身份"), (*HERE, "", "租客"))
    plan = file.plan("people", CARS, (ONE, "陈海", "13803309232", "3-1-502"))
    assert (plan.new, plan.told) == (0, [])
    file.apply(plan)
    assert [(one["role"], one["plate"]) for one in find(file.desk, "陈海")] == [("tenant", ONE)]


@pytest.mark.parametrize("phone", ["电话", "车主电话"])
def test_a_car_of_somebody_else_is_not_the_owner_s(file: File, phone: str) -> None:
    names = (*NAMES, "车主", phone)
    plan = file.plan("people", names, (*HERE, ONE, "吕磊", "13900002222"))
    assert [(told.column, told.value) for told in plan.intake.told] == [("车主", "吕磊")]
    assert plan.intake.unknown_columns == (phone,)
    file.apply(plan)
    file.bring("people", names, ("5-1-101", "唐寅", "13800001007", TWO, "唐寅", ""))
    assert plates(file) == {""}
    assert [one["plate"] for one in find(file.desk, "唐寅")] == [TWO]
