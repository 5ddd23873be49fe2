"""Price lists as offices write them: units within prices, words of their own, no numbers."""

import pytest

from tests.intake.books import book
from wuye_tui.intake.sheets import read_rows
from wuye_tui.rules.faults import Category


def tariff(path, *rows):
    return read_rows(book(path / "t.xlsx", rows), "tariff")


@pytest.mark.parametrize(
    ("said", "unit", "fen"),
    [
        ("80.00元/次", "次", 8000),
        ("150元/台", "台", 15000),
        ("￥40/小时", "小时", 4000),
        ("15元/㎡", "㎡", 1500),
        ("每次50元", "次", 5000),
        ("50元每扇", "扇", 5000),
        ("免费", "次", 0),
        ("50元", "次", 5000),
        (25.5, "次", 2550),
    ],
)
@pytest.mark.parametrize("word", ["收费标准", "收费价格", "人工费"])
def test_a_price_may_hold_its_unit(tmp_path, word, said, unit, fen):
    intake = tariff(tmp_path, ("服务名称", word), ("空调清洗", said))
    assert [(row.unit, row.price_fen) for row in intake.good] == [(unit, fen)], intake.bad


QUOTED = ("面议", "议价", "另议", "现场报价", "按实", "待定", "面议/次", " 面 议 ")


@pytest.mark.clause("BX-10")
@pytest.mark.parametrize("said", QUOTED)
def test_what_is_priced_on_the_spot_is_no_item_and_told(tmp_path, said):
    intake = tariff(tmp_path, ("项目", "单价"), ("换锁芯", said), ("打孔", 15))
    assert [row.name for row in intake.good] == ["打孔"]
    assert intake.bad == ()
    assert [(one.row_number, one.column) for one in intake.told] == [(2, "单价")]
    assert "标准外" in intake.told[0].reason


@pytest.mark.parametrize("said", ["100起", "50-80", "50~80元", "50至80", "￥100以上", "80元起/次"])
def test_a_price_that_is_not_one_amount_is_refused_with_how_to_write_it(tmp_path, said):
    (bad,) = tariff(tmp_path, ("项目", "单价"), ("清洗", said)).bad
    assert bad.column == "单价"
    assert "面议" in bad.reason


@pytest.mark.parametrize("said", [0, "0", "免费", "0元"])
def test_what_costs_nothing_is_an_item_for_nothing(tmp_path, said):
    intake = tariff(tmp_path, ("项目", "单价"), ("打孔", said))
    assert [row.price_fen for row in intake.good] == [0], intake.bad


@pytest.mark.parametrize("said", ["三十", "80元/次/户", "50-80元", "/次"])
def test_what_is_no_price_is_refused(tmp_path, said):
    assert [bad.column for bad in tariff(tmp_path, ("项目", "单价"), ("清洗", said)).bad] == [
        "单价"
    ]


def test_a_price_for_another_unit_than_its_column_says_is_refused(tmp_path):
    names = ("项目", "单位", "单价")
    rows = [
        ("疏通马桶", "次", "80元/次"),
        ("换纱窗", "㎡", "45元/平方米"),
        ("换锁", "把", "60元/次"),
    ]
    intake = tariff(tmp_path, names, *rows)
    assert [row.unit for row in intake.good] == ["次", "㎡"]
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(4, "单价")]


def test_an_office_s_own_words_for_trades_are_told(tmp_path):
    names = ("编号", "项目", "类别", "单价")
    rows = [
        ("T1", "换水龙头", "水电类", 30),
        ("T2", "换灯泡", "水电类", 10),
        ("T3", "换纱窗", "门窗类", 45),
        ("T4", "打蜡", "保洁类", 15),
        ("T5", "疏通马桶", "水电类", 80),
        ("T6", "电路检修", "水电类", 50),
        ("T7", "打孔", "其他", 15),
    ]
    intake = tariff(tmp_path, names, *rows)
    assert [row.category for row in intake.good] == [
        Category.WATER, Category.LIGHT, Category.DOOR_WINDOW, Category.OTHER,
        Category.DRAIN, Category.POWER, Category.OTHER,
    ]  # fmt: skip
    assert [(told.row_number, told.column) for told in intake.told] == [
        (2, "类别"),
        (3, "类别"),
        (5, "类别"),
        (6, "类别"),
        (7, "类别"),
    ]


def test_whether_material_is_in_the_price(tmp_path):
    names = ("服务名称", "收费标准", "是否含材料")
    intake = tariff(tmp_path, names, ("打蜡", "15元/㎡", "含"), ("清洗", 80, "否"), ("洗", 9, "是"))
    assert [row.material for row in intake.good] == ["含", "另计", "含"], intake.bad


def test_the_same_item_twice_is_refused_without_numbers_too(tmp_path):
    intake = tariff(
        tmp_path, ("项目", "单价"), ("打蜡", 15), ("打蜡", 16), ("清洗", 9), ("清洗", 9)
    )
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(3, "项目")]
    assert intake.repeated == (5,)
