"""Lists that are older than the register, and people who really come back.

Whoever was closed stays closed, and is told, until the file says that they moved in later.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.registers.test_imports import File, one
from wuye_tui.desk import Desk
from wuye_tui.registers import ringing
from wuye_tui.registers.people import everybody, find
from wuye_tui.store.tables import Private

HOME, PHONE, OTHER = "9-1-501", "13800001007", "13900002222"
NAMES = ("房号", "业主姓名", "业主电话", "租户姓名", "租户电话", "起租日期")
MOVES = ("房号", "姓名", "身份", "电话", "入住日期", "迁出日期")
OLD = (HOME, "余磊", PHONE, "何桂华", OTHER, "2022-06-15")
GONE = (
    (HOME, "余磊", "业主", PHONE, "", "2022-12-05"),
    (HOME, "何桂华", "租户", OTHER, "", "2025-01-15"),
    (HOME, "马文兰", "业主", "13700003333", "2022-12-05", ""),
)


@pytest.fixture
def file(any_desk: Desk, tmp_path: Path) -> File:
    """A home that was sold, and whose tenant has left."""
    file = File(any_desk, tmp_path)
    file.bring("units", ("房号",), (HOME,), ("9-1-502",))
    file.bring("people", NAMES, OLD)
    file.bring("people", MOVES, *GONE)
    return file


def there(file: File) -> list[tuple[str, str, str]]:
    home = [one for one in everybody(file.desk) if one["unit"] == HOME]
    return sorted((one["name"], str(one["since"]), str(one["until"])) for one in home)


def told(plan: Any) -> list[tuple[int, str]]:
    return [(one.row_number, one.column) for one in plan.told]


STAYS = [
    ("何桂华", "2022-06-15", "2025-01-15"),
    ("余磊", "None", "2022-12-05"),
    ("马文兰", "2022-12-05", "None"),
]


def test_an_old_list_brings_nobody_back(file: File) -> None:
    assert there(file) == STAYS
    plan = file.plan("people", NAMES, OLD)
    assert (plan.new, plan.changed, plan.unchanged) == (0, 0, 2)
    assert told(plan) == [(2, "业主姓名"), (2, "业主姓名")]
    assert "2022-12-05" in plan.told[0].reason
    assert "入住日期" in plan.told[0].reason
    file.apply(plan)
    assert there(file) == STAYS


@pytest.mark.parametrize(
    ("phone", "since", "until"),
    [
        ("", "", ""),
        (OTHER, "2025-01-15", ""),  # the day of moving out itself
        (OTHER, "", "2099-01-01"),
    ],
)
def test_a_list_with_a_column_of_moving_out_brings_nobody_back_either(
    file: File, phone: str, since: str, until: str
) -> None:
    row = (HOME, "何桂华", "租户", phone, since, until)
    assert file.bring("people", MOVES, row) == (0, 0, 1)
    assert there(file) == STAYS


def test_whoever_moves_in_later_is_really_back(file: File) -> None:
    back = (HOME, "何桂华", "租户", OTHER, "2025-06-01", "")
    plan = file.plan("people", MOVES, back)
    assert told(plan) == []
    assert file.apply(plan)["new"] == 1
    again = ("何桂华", "2025-06-01", "None")
    assert there(file) == sorted([*STAYS, again])
    assert file.bring("people", MOVES, back) == (0, 0, 1)
    assert file.bring("people", NAMES, OLD)[0] == 0, "an old list is about whoever is there"
    assert len([one for one in find(file.desk, "何桂华") if one["unit"] == HOME]) == 1


def test_both_stays_may_stand_in_one_file(any_desk: Desk, tmp_path: Path) -> None:
    file = File(any_desk, tmp_path)
    file.bring("units", ("房号",), (HOME,))
    rows = (
        (HOME, "何桂华", "租户", OTHER, "2022-06-15", "2025-01-15"),
        (HOME, "何桂华", "租户", OTHER, "2025-06-01", ""),
    )
    assert file.bring("people", MOVES, *rows) == (2, 0, 0)
    assert file.bring("people", MOVES, *rows) == (0, 0, 2)
    desk = file.desk.as_staff("KF01")
    desk.perform("ring", lambda act: ringing.ring(act, OTHER))
    assert one(desk, Private, phone=OTHER).name == "何桂华", "and the number is somebody's"


def test_another_telephone_is_another_of_the_same_name(file: File) -> None:
    row = (HOME, "余磊", "13600004444", "", "", "")
    assert file.bring("people", NAMES, row) == (1, 0, 0)


def test_whoever_is_closed_does_not_give_a_telephone_to_whoever_is_there(file: File) -> None:
    file.bring("people", MOVES, (HOME, "何桂华", "租户", "13600004444", "2026-01-01", ""))
    assert file.bring("people", NAMES, (HOME, "", "", "何桂华", OTHER, "")) == (0, 0, 1)
    assert {one["phone"] for one in find(file.desk, "何桂华") if one["unit"]} == {"136****4444"}


def test_whoever_sold_one_home_and_bought_another_is_one_person(file: File) -> None:
    assert file.bring("people", NAMES, ("9-1-502", "余磊", PHONE, "", "", "")) == (1, 0, 0)
    assert [one["unit"] for one in find(file.desk, "余磊")] == ["9-1-502"]
