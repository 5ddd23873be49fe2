"""What offices really hand in comes in whole: titles, other names, numbers as numbers, GB18030.

* the header is found below titles, under many names, in Chinese and English
* a room stands in one column or in three
* phones and rooms that are numbers, days in every usual spelling
* codes are narrowed, names are not
"""

import re
from datetime import date, datetime

import pytest

from tests.intake import books
from tests.intake.books import book, rebuilt, text
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import Flag, PersonRole, UnitKind, UnitStatus
from wuye_tui.rules.faults import Category

ROLES = (PersonRole.OWNER, PersonRole.TENANT, PersonRole.FAMILY, PersonRole.EMERGENCY)
UNIT = ("楼栋", "单元", "房号")


def test_titles_above_and_remarks_below_do_not_disturb(tmp_path):
    rows = [
        ("思兰雅苑房屋台账",),
        ("思兰雅苑物业服务中心", "", "", "2026年11月2日"),
        (),
        ("序号", *UNIT, "建筑面积\n(㎡)", "状态", "备注"),
        (1, "3栋", 1, 502, 118.06, "自住", ""),
        (2, "B座", "", 1203, 54.37, "空置", "钥匙在服务台"),
        ("合计", "", "", "", 172.43),
        ("说明：面积以产权证为准。",),
        ("", "", " "),
    ]
    intake = read_rows(book(tmp_path / "房屋.xlsx", rows), "units")
    assert [(row.row_number, row.label, row.area_centi) for row in intake.good] == [
        (5, "3-1-502", 11806),
        (6, "B-1203", 5437),
    ]
    assert (intake.bad, intake.notes) == ((), (7, 8))
    assert intake.unknown_columns == ("序号", "备注")
    assert intake.columns["area"] == "建筑面积 (㎡)"


def test_a_unit_has_everything_that_its_row_says(tmp_path):
    rows = [
        (*UNIT, "面积", "类型", "状态", "保修期至", "标记"),
        ("9栋", "2单元", "1801", "136.9", "住宅", "出租", date(2027, 6, 30), "独居、有狗 VIP"),
        ("9", "", "101", "", "商铺", "", "", ""),
    ]
    home, shop = read_rows(book(tmp_path / "u.xlsx", rows), "units").good
    assert (home.building, home.entrance, home.room, home.area_centi) == ("9", "2", "1801", 13690)
    assert (home.kind, home.status) == (UnitKind.HOME, UnitStatus.RENTED)
    assert home.warranty_until == date(2027, 6, 30)
    assert home.flags == (Flag.LIVES_ALONE, Flag.DOG, Flag.VIP)
    assert (shop.label, shop.kind, shop.status) == ("9-101", UnitKind.SHOP, UnitStatus.OCCUPIED)
    assert (shop.area_centi, shop.warranty_until, shop.flags) == (None, None, ())


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        (("3-1-502",), "3-1-502"),
        (("３－１－５０２",), "3-1-502"),
        (("3栋1单元502室",), "3-1-502"),
        (("3#1-502",), "3-1-502"),
        (("b-1203",), "B-1203"),
        (("B座1203",), "B-1203"),
        (("3-502",), "3-502"),
        ((3, 1, 502), "3-1-502"),
        (("03", "01", "0502"), "3-1-502"),
        (("三号楼", "一单元", "502室"), "3-1-502"),
        (("3", "1", "3-1-502"), "3-1-502"),
        (("3栋", "", "3-1-502"), "3-1-502"),
        (("B座", "", 1203), "B-1203"),
    ],
)
def test_a_room_comes_in_one_column_or_in_three(tmp_path, columns, label):
    names = UNIT if len(columns) == 3 else ("房号",)
    intake = read_rows(book(tmp_path / "u.xlsx", [names, columns]), "units")
    assert [row.label for row in intake.good] == [label], intake.bad


@pytest.mark.parametrize(
    ("columns", "label"),
    [(("B1-A035", "车位"), "B1-A035"), (("S-12", "商铺"), "S-12"), (("P-1-7", "parking"), "P-1-7")],
)
def test_shops_and_parking_spaces_are_numbered_as_the_office_likes(tmp_path, columns, label):
    intake = read_rows(book(tmp_path / "u.xlsx", [("房号", "类型"), columns]), "units")
    assert [row.label for row in intake.good] == [label], intake.bad


@pytest.mark.parametrize(
    "names",
    [
        ("房号", "姓名", "电话"),
        ("房间号", "业主姓名", "手机"),
        ("房屋编号", "住户姓名", "联系电话"),
        ("*房 号(必填)", "客户姓名：", "手机号码\n(11位)"),
        ("Room", "Name", "Phone"),
        ("Unit No.", "NAME", "Mobile"),
        ("房号【必填】", "姓　名", "电话号码"),
    ],
)
def test_columns_are_known_under_many_names(tmp_path, names):
    rows = [names, ("3-1-502", "仇英", "13800001007")]
    intake = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    assert [(row.unit, row.name, row.phone) for row in intake.good] == [
        ("3-1-502", "仇英", "13800001007")
    ]
    assert intake.unknown_columns == ()


def test_of_two_rows_of_names_the_one_that_says_more_is_the_header(tmp_path):
    rows = [
        ("房屋", "", "业主", ""),
        ("楼栋", "房号", "姓名", "手机"),
        ("B", "1203", "陆一鸣", 13800001031),
    ]
    (row,) = read_rows(book(tmp_path / "p.xlsx", rows), "people").good
    assert (row.unit, row.name, row.row_number) == ("B-1203", "陆一鸣", 3)


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (13812345678, "13812345678"),
        (13812345678.0, "13812345678"),
        ("13812345678.0", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("0571-88157788", "0571-88157788"),
        ("(0571)88157788", "0571-88157788"),
        ("057188157788", "0571-88157788"),
        ("010-12345678", "010-12345678"),
        ("0571—88157788转801", "0571-88157788-801"),
        ("", ""),
        ("13812345678\t", "13812345678"),
    ],
)
def test_phones_come_in_one_form(tmp_path, typed, phone):
    rows = [books.PEOPLE, ("3-1-502", "仇英", typed)]
    intake = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    assert [row.phone for row in intake.good] == [phone], intake.bad


@pytest.mark.parametrize(
    "typed",
    [
        date(2020, 1, 5),
        datetime(2020, 1, 5, 9, 30),  # noqa: DTZ001 - spreadsheets know no zone
        "2020-01-05",
        "2020/1/5",
        "2020.1.5",
        "2020年1月5日",
        "20200105",
        20200105,
        "2020-01-05 00:00:00",
        "２０２０－０１－０５",
    ],
)
def test_days_come_in_every_usual_spelling(tmp_path, typed):
    rows = [("房号", "姓名", "入住日期"), ("3-1-502", "仇英", typed)]
    (row,) = read_rows(book(tmp_path / "p.xlsx", rows), "people").good
    assert row.since == date(2020, 1, 5)


def test_names_stay_as_they_were_written_and_codes_are_narrowed(tmp_path):
    rows = [
        ("房号", "姓名", "身份", "车牌号"),
        ("3-1-502", "刘䶮", "业主", "浙a·ｄ１２０８６"),
        ("3-1-502", "王㛃", "租户", "浙A 12345"),
        ("3-1-502", "Ｊｏｈｎ Ｓｍｉｔｈ", "family", ""),
        ("3-1-502", " 买买提·艾力 ", "紧急联系人", ""),
    ]
    good = read_rows(book(tmp_path / "p.xlsx", rows), "people").good
    assert [row.name for row in good] == ["刘䶮", "王㛃", "Ｊｏｈｎ Ｓｍｉｔｈ", "买买提·艾力"]
    assert [row.plate for row in good] == ["浙AD12086", "浙A12345", "", ""]
    assert [row.role for row in good] == list(ROLES)


def test_without_a_column_of_roles_everybody_is_an_owner(tmp_path):
    (row,) = read_rows(book(tmp_path / "p.xlsx", books.ONE_OWNER), "people").good
    assert row.role is PersonRole.OWNER


def test_one_person_with_two_phones_is_two_rows(tmp_path):
    rows = [books.PEOPLE, ("3-1-502", "仇英", 13800001007), ("3-1-502", "仇英", 13800001008)]
    assert len(read_rows(book(tmp_path / "p.xlsx", rows), "people").good) == 2


def test_a_tariff_item_has_its_price_in_fen(tmp_path):
    rows = [
        ("编号", "项目", "类别", "单位", "人工费(元)", "材料", "关键词"),
        ("sx-01", "换水龙头", "水", "个", 30, "另计", "水龙头、龙头 龙头"),
        ("FW-03", "补门禁卡", "门禁卡", "张", "¥20.50", "含", ""),
    ]
    tap, card = read_rows(book(tmp_path / "t.xlsx", rows), "tariff").good
    assert (tap.code, tap.price_fen, tap.category) == ("SX-01", 3000, Category.WATER)
    assert (tap.material, tap.unit, tap.keywords) == ("另计", "个", ("水龙头", "龙头"))
    assert (card.price_fen, card.material, card.keywords) == (2050, "含", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_comes_in_utf8_with_or_without_its_mark_and_in_gb18030(tmp_path, encoding):
    rows = [
        books.PEOPLE,
        ("3-1-502", "刘䶮", "13800001025"),
        ("", "", ""),
        ("B-1203", "陆一鸣", ""),
    ]
    intake = read_rows(text(tmp_path / "p.csv", rows, encoding), "people")
    assert [(row.row_number, row.unit, row.name) for row in intake.good] == [
        (2, "3-1-502", "刘䶮"),
        (4, "B-1203", "陆一鸣"),
    ]


@pytest.mark.parametrize(
    "written", ['="13800001007"', "'13800001007", "13800001007\t", '"13800001007"']
)
def test_csv_digits_come_out_of_what_programs_put_around_them(tmp_path, written):
    path = text(tmp_path / "p.csv", [books.PEOPLE, ("3-1-502", "仇英", written)])
    assert [row.phone for row in read_rows(path, "people").good] == ["13800001007"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_lines_may_end_as_on_any_system(tmp_path, end):
    path = tmp_path / "p.csv"
    path.write_bytes(end.join(("房号,姓名", "3-1-502,仇英", "B-1203,陆一鸣")).encode())
    assert [row.row_number for row in read_rows(path, "people").good] == [2, 3]


def test_a_remark_of_several_lines_is_one_cell(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text('房号,姓名,备注\n3-1-502,仇英,"白天在家\n周末不在"\nB-1203,陆一鸣,\n', "utf-8")
    assert [row.row_number for row in read_rows(path, "people").good] == [2, 3]


def test_the_first_sheet_that_can_be_seen_is_read(tmp_path):
    path = book(tmp_path / "p.xlsx", books.ONE_OWNER, hidden_first=True)
    assert len(read_rows(path, "people").good) == 1


def test_a_column_without_a_name_is_reported_when_something_stands_in_it(tmp_path):
    rows = [("房号", "", "姓名"), ("3-1-502", "?", "仇英", "", "x"), ("3-1-503", "", "仇英")]
    intake = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    assert intake.unknown_columns == ("第 2 列(没有列名)", "第 5 列(没有列名)")


@pytest.mark.parametrize(
    "rows",
    [
        re.sub(r' r="[A-Z]*[0-9]+"', "", books.HEADER_ROW + books.owner_row(2)),
        books.HEADER_ROW
        + books.owner_row(2)
        + '<row r="3"><c r="XFD3" s="0"/></row><row r="1048576" ht="20"><c r="A1048576"/></row>',
        (books.HEADER_ROW + books.owner_row(2)).replace('r="A1"', "r = 'A1'"),
    ],
    ids=["no places at all", "formats to the last row and column", "other quotes"],
)
def test_what_other_programs_write_is_read_too(tmp_path, rows):
    path = rebuilt(tmp_path / "p.xlsx", {books.SHEET: books.sheet(rows)})
    assert [row.unit for row in read_rows(path, "people").good] == ["3-1-502"]


def test_a_sheet_may_lie_about_its_size(tmp_path):
    told = books.sheet(books.HEADER_ROW + books.owner_row(2), '<dimension ref="A1:XFD1048576"/>')
    path = rebuilt(tmp_path / "p.xlsx", {books.SHEET: told})
    assert len(read_rows(path, "people").good) == 1
