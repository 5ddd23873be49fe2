"""Rooms that no dash and three digits spell: shops, and floor 3A where estates have no fourth."""

import pytest

from tests.intake.books import book, text
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import UnitKind, UnitStatus


def labels(path, *rows):
    intake = read_rows(book(path / "u.xlsx", rows), "units")
    assert not intake.bad, intake.bad
    return [row.label for row in intake.good]


@pytest.mark.parametrize("noun", ["units", "people"])
def test_a_room_on_floor_3a_goes_in_in_one_column_or_in_three(tmp_path, noun):
    rows = [
        ("楼栋", "单元", "房号", "姓名", "面积", "状态"),
        ("9栋", "1单元", "3A01室", "仇英"),
        ("9", 1, "9-1-3a02", "唐寅"),
        ("12栋", "", "12-2-12B02", "沈周"),
        ("5栋", "", "23A1", "文徵明"),
    ]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), noun)
    assert not intake.bad, intake.bad
    field = "label" if noun == "units" else "unit"
    assert [getattr(row, field) for row in intake.good] == [
        "9-1-3A01", "9-1-3A02", "12-2-12B02", "5-23A1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "label"),
    [
        *((said, "S-03") for said in ("S03", "S-3", "s3", "商铺03", "商铺3号", "底商3", "门面3号")),
        ("商铺-03", "S-03"),
        ("S-101", "S-101"),
        ("A-S01", "A-S01"),
        ("3栋商铺2", "3-S02"),
    ],
)
def test_a_shop_is_one_and_the_same_however_it_is_written(tmp_path, said, label):
    assert labels(tmp_path, ("房号", "面积"), (said, 41.5)) == [label]


def test_a_shop_in_columns_of_its_own_is_the_same(tmp_path):
    rows = [("楼栋", "房号"), ("商铺", "03"), ("S", 4), ("商铺", "S05"), ("3栋", "商铺02")]
    assert labels(tmp_path, *rows) == ["S-03", "S-04", "S-05", "3-S02"]


def test_a_shop_below_a_title_is_of_its_building(tmp_path):
    rows = [("3栋", ""), ("房号", "面积"), ("1-101", 80), ("S01", 40), ("3-S02", 40)]
    assert labels(tmp_path, *rows) == ["3-1-101", "3-S01", "3-S02"]


def test_a_building_that_is_called_s_keeps_its_rooms(tmp_path):
    rows = [("S栋业主清册", ""), ("房号", "面积"), ("S-1-101", 80), ("S-201", 80), ("301", 80)]
    assert labels(tmp_path, *rows) == ["S-1-101", "S-201", "S-301"]


def test_a_list_of_shops_goes_in_as_units_and_as_people(tmp_path):
    file = text(
        tmp_path / "商铺.csv",
        [
            ("某小区商铺台账",),
            ("铺号", "面积", "商户/业主", "联系电话", "经营项目", "状态"),
            ("S01", "41.5平米", "仇英", "13800001007", "药店", "营业中"),
            ("商铺02", "42.5", "唐寅", "13800001008", "超市", "空铺"),
            ("合计", "2间"),
        ],
    )
    units, people = read_rows(file, "units"), read_rows(file, "people")
    assert (units.bad, people.bad) == ((), ())
    assert [(row.label, row.kind, row.status) for row in units.good] == [
        ("S-01", UnitKind.SHOP, UnitStatus.OCCUPIED),
        ("S-02", UnitKind.SHOP, UnitStatus.VACANT),
    ]
    assert [(row.unit, row.name) for row in people.good] == [("S-01", "仇英"), ("S-02", "唐寅")]


def test_a_room_that_nobody_understands_is_told_how_shops_are_written(tmp_path):
    intake = read_rows(book(tmp_path / "u.xlsx", [("房号", "面积"), ("小卖部", 30)]), "units")
    assert [("3-1-3A01" in bad.reason, "S-03" in bad.reason) for bad in intake.bad] == [
        (True, True)
    ]
