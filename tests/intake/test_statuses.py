"""What offices write of the use of a unit, and the three states that the program has."""

import pytest

from tests.intake.books import book
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import UnitStatus

ROOMS = ("3-1-502", "3-1-503", "3-1-504")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        *((word, UnitStatus.OCCUPIED) for word in ("已入住", "营业中", "自营", "居住中")),
        *((word, UnitStatus.RENTED) for word in ("出租中", "已租", "在租")),
        *((word, UnitStatus.VACANT) for word in ("空铺", "未交房", "未收房", "停业", "待租")),
        *((word, UnitStatus.VACANT) for word in ("装修中", "装修", "在装修", " 装修中 ")),
    ],
)
def test_a_usual_word_is_one_of_the_three_states(tmp_path, said, status):
    file = book(tmp_path / "u.xlsx", [("房号", "状态"), (ROOMS[0], said)])
    intake = read_rows(file, "units")
    assert [row.status for row in intake.good] == [status], intake.bad


def test_that_decorated_units_count_as_vacant_is_told_once(tmp_path):
    rows = [("房号", "状态"), *((room, "装修中") for room in ROOMS)]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    assert [(one.row_number, one.column, one.value) for one in intake.told] == [
        (2, "状态", "装修中")
    ]
    assert "空置" in intake.told[0].reason
    usual = [("房号", "状态"), *((room, "空置") for room in ROOMS)]
    assert read_rows(book(tmp_path / "v.xlsx", usual), "units").told == ()


def test_a_word_that_fits_no_state_is_refused_with_the_words_that_do(tmp_path):
    intake = read_rows(book(tmp_path / "u.xlsx", [("房号", "状态"), (ROOMS[0], "闹鬼")]), "units")
    assert ["自住、出租、空置" in bad.reason for bad in intake.bad] == [True]
