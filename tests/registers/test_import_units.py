"""Units of a file that are not in the register yet."""

import csv
from collections.abc import Sequence
from pathlib import Path

from wuye_tui.desk import Desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import imports


def planned(
    desk: Desk, folder: Path, noun: str, *rows: Sequence[str]
) -> tuple[list[tuple[int, str]], list[str]]:
    """What is told of rows and values, and the reasons against others."""
    path = folder / f"{noun}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    plan = imports.plan(desk, read_rows(path, noun, desk.reference))
    return [(one.row_number, one.value) for one in plan.told], [one.reason for one in plan.bad]


def test_a_stranger_in_a_list_of_known_units_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = [("3-1-501", "空置"), ("3-1-502", "空置"), ("3-1-905", "空置")]
    told, _bad = planned(desk, tmp_path, "units", ("房号", "状态"), *rows)
    assert told == [(4, "3-1-905")]


def test_new_units_with_their_areas_or_in_a_list_of_new_ones_are_not_told(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [("3-1-501", "80"), ("3-1-502", "80"), ("3-1-905", "80")]
    assert planned(desk, tmp_path, "units", ("房号", "面积"), *rows)[0] == []
    fresh = [("3-1-501", "空置"), *((f"3-1-90{at}", "空置") for at in range(1, 5))]
    assert planned(desk, tmp_path, "units", ("房号", "状态"), *fresh)[0] == []


def test_a_shop_before_there_are_shops_is_refused_as_a_shop(desk: Desk, tmp_path: Path) -> None:
    _told, bad = planned(desk, tmp_path, "people", ("房号", "姓名"), ("S03", "仇英"))
    assert ["商铺" in reason for reason in bad] == [True]
