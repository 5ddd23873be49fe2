"""Lists of homes that were sold: the new owner, the former one, and the day."""

from pathlib import Path
from typing import Any

import pytest

from tests.registers.test_imports import File
from wuye_tui.desk import Desk
from wuye_tui.registers.people import everybody

HOME, PHONE = "9-1-501", "15800962588"
OWNERS = ("房号", "业主姓名", "电话", "入住日期")
SALES = ("过户日期", "房号", "原业主", "新业主", "新业主电话", "经办人")
SALE = ("2022.12.5", HOME, "余磊", "马文兰", PHONE, "小陈")


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> File:
    """A home and its owner."""
    file = File(desk, tmp_path)
    file.bring("units", ("房号",), (HOME,), ("9-1-502",))
    file.bring("people", OWNERS, (HOME, "余磊", "13800001007", "2016-05-01"))
    return file


def there(file: File) -> list[tuple[str, str, str, str]]:
    home = [one for one in everybody(file.desk) if one["unit"] == HOME]
    return sorted((one["name"], one["role"], str(one["since"]), str(one["until"])) for one in home)


SOLD = [("余磊", "owner", "2016-05-01", "2022-12-05"), ("马文兰", "owner", "2022-12-05", "None")]


def test_a_sale_closes_the_former_owner_on_the_day_that_the_new_one_begins(file: File) -> None:
    plan = file.plan("people", SALES, SALE)
    assert (plan.told, plan.bad, plan.intake.unknown_columns) == ([], (), ("经办人",))
    done = file.apply(plan)
    assert (done["new"], done["changed"]) == (1, 1)
    assert there(file) == SOLD
    assert file.bring("people", SALES, SALE) == (0, 0, 2)
    assert file.bring("people", OWNERS, (HOME, "余磊", "13800001007", "2016-05-01"))[:2] == (0, 0)


@pytest.mark.parametrize(
    "names",
    [
        ("交易日期", "房号", "原产权人", "新产权人", "新产权人联系电话"),
        ("过户时间", "房号", "原业主姓名", "新业主姓名", "电话"),
        ("过户日期", "房号", "卖方", "业主", "业主电话"),
    ],
)
def test_a_sale_is_understood_under_the_names_that_offices_give_it(
    file: File, names: tuple[str, ...]
) -> None:
    file.bring("people", names, SALE[:5])
    assert there(file) == SOLD


def test_several_former_owners_have_all_gone(file: File) -> None:
    file.bring("people", OWNERS, (HOME, "孙玉", "", "2016-05-01"))
    file.bring("people", SALES, (*SALE[:2], "余磊、孙玉", *SALE[3:]))
    assert [one[3] for one in there(file)] == ["2022-12-05", "2022-12-05", "None"]


def test_a_former_owner_whom_nobody_knows_is_asked_about(file: File) -> None:
    plan = file.plan("people", SALES, (*SALE[:2], "查无此人", *SALE[3:]))
    assert [(one.row_number, one.column, one.value) for one in plan.told] == [
        (2, "原业主", "查无此人")
    ]
    assert "余磊" in plan.told[0].reason
    file.apply(plan)
    assert ("余磊", "owner", "2016-05-01", "None") in there(file)


def test_in_an_empty_home_and_after_a_newer_list_nobody_is_asked_about(file: File) -> None:
    other = (SALE[0], "9-1-502", *SALE[2:])
    assert file.plan("people", SALES, other).told == []
    file.bring("people", OWNERS, ("9-1-502", "马文兰", PHONE, ""))
    assert file.plan("people", SALES, other).told == []


@pytest.mark.parametrize("day", ["", "无"])
def test_without_its_day_a_sale_closes_nobody_and_says_what_to_write(file: File, day: str) -> None:
    plan = file.plan("people", SALES, (day, *SALE[1:]))
    assert [(one.row_number, one.column) for one in plan.told] == [(2, "原业主")]
    assert "另写一行，填迁出日期" in plan.told[0].reason
    file.apply(plan)
    assert [one[3] for one in there(file)] == ["None", "None"]


def test_a_sale_without_a_new_owner_or_with_a_strange_day_is_refused(file: File) -> None:
    rows: tuple[Any, ...] = ((*SALE[:3], "", "", ""), ("下月", *SALE[1:]))
    plan = file.plan("people", SALES, *rows)
    assert [(bad.row_number, bad.column) for bad in plan.bad] == [(2, "新业主"), (3, "过户日期")]
    assert plan.told == []


def test_a_sale_that_is_still_to_come_closes_nobody_yet(file: File) -> None:
    plan = file.plan("people", SALES, ("2099-01-01", *SALE[1:]))
    assert [(one.row_number, one.column) for one in plan.told] == [(2, "过户日期")]
    file.apply(plan)
    assert ("余磊", "owner", "2016-05-01", "None") in there(file)


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (
            ("房号", "原业主", "电话", "新业主", "电话", "过户日期"),
            (HOME, "余磊", "13800001007", "马文兰", PHONE, "2022.12.5"),
        ),
        (
            ("房号", "新业主", "新业主电话", "原业主", "电话", "过户日期"),
            (HOME, "马文兰", PHONE, "余磊", "13800001007", "2022.12.5"),
        ),
    ],
)
def test_a_telephone_behind_the_former_owner_is_not_the_new_one_s(
    file: File, names: tuple[str, ...], row: tuple[str, ...]
) -> None:
    plan = file.plan("people", names, row)
    file.apply(plan)
    assert (there(file), plan.intake.unknown_columns) == (SOLD, ("电话",))
    assert [(one.name, one.phone) for one in plan.intake.good] == [("马文兰", PHONE), ("余磊", "")]
