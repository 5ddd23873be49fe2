"""Lists as offices keep them: merged, covered, titled, with several people and numbers in a cell.

* what stands above, between and below the rows is understood or passed over, and told
* several people, telephones and plates in one place: nobody is lost, and what is not kept is told
* .xls is read as .xlsx is
"""

from datetime import date

import pytest
import xlsxwriter

from tests.intake.books import book, text
from tests.intake.oldbooks import old
from wuye_tui.intake.errors import FileRefused, NoSuchSheet, SeveralSheets
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.intake.terms import PersonRole

OWNER, TENANT = PersonRole.OWNER, PersonRole.TENANT
FAMILY, EMERGENCY = PersonRole.FAMILY, PersonRole.EMERGENCY
PHONES = ("13800001007", "13900002222")


def people(path, *rows):
    return read_rows(book(path / "p.xlsx", rows), "people")


def named(intake):
    return [(row.unit, row.name, row.phone, row.role) for row in intake.good]


def sheets(path, **tables):
    """A workbook of several sheets."""
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in tables.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


MERGED = [
    ("序号", "楼栋", "房号", "姓名", "电话"),
    (1, "3栋", "1-502", "仇英", 13800001007),
    (2, "", "", "唐寅", 13800001008),
    (3, "", "2-502", "沈周", ""),
    (4, "", "", "", ""),
    (5, "4栋", "1-502", "文徵明", ""),
]
RANGES = [(1, 4, 1, 1), (1, 2, 2, 2), (3, 4, 2, 2)]
SAID = [
    ("3-1-502", "仇英", "13800001007", OWNER),
    ("3-1-502", "唐寅", "13800001008", OWNER),
    ("3-2-502", "沈周", "", OWNER),
    ("4-1-502", "文徵明", "", OWNER),
]


def merged_book(path):
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for at, row in enumerate(MERGED):
            sheet.write_row(at, 0, row)
        for top, bottom, left, right in RANGES:
            sheet.merge_range(top, left, bottom, right, MERGED[top][left])
    return path


def test_a_building_and_a_room_merged_over_several_people_are_everybodys(tmp_path):
    new = read_rows(merged_book(tmp_path / "p.xlsx"), "people")
    before = read_rows(old(tmp_path / "p.xls", MERGED, *RANGES), "people")
    for intake in (new, before):
        assert named(intake) == SAID, intake.bad
        assert (intake.notes, intake.bad, intake.unknown_columns) == ((5,), (), ("序号",))


def test_bad_rows_of_merged_cells_come_back_whole(tmp_path):
    rows = [list(row) for row in MERGED]
    rows[2][4] = 12
    intake = read_rows(old(tmp_path / "p.xls", rows, *RANGES), "people")
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(3, "电话")]
    assert write_bad_rows(tmp_path / "bad.csv", intake) == 1
    path = tmp_path / "bad.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",12,", ",13800001008,"), "utf-8-sig")
    again = read_rows(path, "people")
    assert [(row.name, row.phone) for row in again.good] == [("唐寅", "13800001008")], again.bad


def again(path, intake, wrong, right):
    """The file of bad rows, corrected and read again."""
    write_bad_rows(path / "bad.csv", intake)
    said = (path / "bad.csv").read_text("utf-8-sig")
    assert wrong in said
    (path / "bad.csv").write_text(said.replace(wrong, right), "utf-8-sig")
    return named(read_rows(path / "bad.csv", "people"))


def test_bad_rows_below_a_title_keep_their_building(tmp_path):
    rows = [("3栋业主清册",), ("单元", "房号", "姓名", "电话"), (1, 502, "仇英", 1200)]
    intake = people(tmp_path, *rows)
    assert again(tmp_path, intake, "1200", PHONES[0]) == [("3-1-502", "仇英", PHONES[0], OWNER)]


def test_bad_rows_below_a_line_and_with_the_entrance_first_keep_their_room(tmp_path):
    rows = [("房号", "姓名", "电话"), ("3栋",), ("1-501", "唐寅", ""), ("3-502", "仇英", 1200)]
    intake = people(tmp_path, *rows)
    assert again(tmp_path, intake, "1200", PHONES[0]) == [("3-3-502", "仇英", PHONES[0], OWNER)]


def test_bad_rows_below_group_titles_keep_who_is_who(tmp_path):
    rows = [
        ("房屋", "业主信息", "", "租户信息", ""),
        ("房号", "姓名", "电话", "姓名", "电话"),
        ("3-1-502", "仇英", PHONES[0], "唐寅", 1200),
    ]
    assert again(tmp_path, people(tmp_path, *rows), "1200", PHONES[1]) == [
        ("3-1-502", "仇英", PHONES[0], OWNER),
        ("3-1-502", "唐寅", PHONES[1], TENANT),
    ]


def test_names_below_merged_group_titles_are_one_header(tmp_path):
    rows = [
        ("思兰雅苑业主及租户信息",),
        ("序号", "房屋信息", "", "业主信息", "", "租户信息", "", "备注"),
        ("", "楼栋", "房号", "姓名", "联系\n电话", "姓 名", "电话", ""),
        (1, "3", "1-502", "仇英", PHONES[0], "唐寅", PHONES[1], ""),
        (2, "4", "1-502", "沈周", "", "", "", "钥匙在服务台"),
    ]
    intake = people(tmp_path, *rows)
    assert named(intake) == [
        ("3-1-502", "仇英", PHONES[0], OWNER),
        ("3-1-502", "唐寅", PHONES[1], TENANT),
        ("4-1-502", "沈周", "", OWNER),
    ], intake.bad


def test_owner_tenant_and_whom_to_call_stand_in_one_row(tmp_path):
    names = ("房号", "业主姓名", "业主电话", "租户姓名", "租户电话", "紧急联系人", "紧急联系电话")
    rows = [names, ("3-1-502", "仇英", PHONES[0], "唐寅", PHONES[1], "仇珠", "13700003333")]
    intake = people(tmp_path, *rows, ("3-1-503", "", "", "沈周", "", "", ""))
    assert named(intake) == [
        ("3-1-502", "仇英", PHONES[0], OWNER),
        ("3-1-502", "唐寅", PHONES[1], TENANT),
        ("3-1-502", "仇珠", "13700003333", EMERGENCY),
        ("3-1-503", "沈周", "", TENANT),
    ], intake.bad
    assert intake.unknown_columns == ()


def test_a_list_of_tenants_is_one_of_tenants(tmp_path):
    assert (
        named(people(tmp_path, ("房号", "租客姓名", "手机"), ("3-1-502", "仇英", "")))[0][3]
        is TENANT
    )


@pytest.mark.parametrize(
    ("said", "name", "role"),
    [
        ("张三(业主)", "张三", OWNER),
        ("李四（租客）", "李四", TENANT),
        ("王五【家属】", "王五", FAMILY),
        ("业主：赵六", "赵六", OWNER),
        ("张三(老张)", "张三(老张)", OWNER),
        ("张三", "张三", OWNER),
    ],
)
def test_a_role_may_stand_beside_the_name(tmp_path, said, name, role):
    ((_unit, found, _phone, as_what),) = named(
        people(tmp_path, ("房号", "姓名"), ("3-1-502", said))
    )
    assert (found, as_what) == (name, role)


def test_a_role_beside_the_name_must_be_that_of_the_column(tmp_path):
    intake = people(tmp_path, ("房号", "姓名", "身份"), ("3-1-502", "张三(业主)", "租客"))
    assert [bad.column for bad in intake.bad] == ["身份"]


def test_several_people_in_one_cell_have_their_numbers(tmp_path):
    rows = [
        ("房号", "姓名", "电话"),
        ("3-1-502", "张三、李四", "/".join(PHONES)),
        ("3-1-503", "王五(业主)\n赵六(家属)", PHONES[0]),
    ]
    intake = people(tmp_path, *rows)
    assert named(intake) == [
        ("3-1-502", "张三", PHONES[0], OWNER),
        ("3-1-502", "李四", PHONES[1], OWNER),
        ("3-1-503", "王五", PHONES[0], OWNER),
        ("3-1-503", "赵六", "", FAMILY),
    ], intake.bad
    assert [(told.row_number, told.column) for told in intake.told] == [(3, "电话")]


@pytest.mark.parametrize("between", ["/", "、", "，", "；", "\n", " ", "  ", " / ", "或、"])
def test_of_two_numbers_the_first_is_kept_and_the_second_told_and_of_plates_both(tmp_path, between):
    intake = people(
        tmp_path,
        ("房号", "姓名", "电话", "车牌号"),
        (
            "3-1-502",
            "仇英",
            between.join(PHONES),
            f"浙A12345{between.strip('或 ') or '、'}浙AD12086",
        ),
    )
    (row,) = intake.good
    assert (row.phone, row.plate) == (PHONES[0], "浙A12345 浙AD12086"), intake.bad
    assert {told.column for told in intake.told} == {"电话"}
    assert all(told.row_number == 2 and told.reason.endswith("。") for told in intake.told)


def test_words_beside_a_number_are_told(tmp_path):
    intake = people(tmp_path, ("房号", "姓名", "电话"), ("3-1-502", "仇英", "13800001007(儿子)"))
    assert (intake.good[0].phone, len(intake.told)) == (PHONES[0], 1)


def test_a_second_column_of_numbers_helps_where_the_first_is_blank(tmp_path):
    names = ("房号", "姓名", "手机", "固定电话")
    rows = [("3-1-502", "仇英", "", "0571-88157788"), ("3-1-503", "唐寅", *PHONES)]
    intake = people(tmp_path, names, *rows)
    assert [row.phone for row in intake.good] == ["0571-88157788", PHONES[0]]
    assert [(told.row_number, told.column) for told in intake.told] == [(3, "固定电话")]


def test_of_two_columns_for_one_thing_the_one_that_is_called_so_counts(tmp_path):
    names = ("房屋编号", "房号", "建筑面积", "产权面积")
    intake = read_rows(book(tmp_path / "u.xlsx", [names, ("FW001", "3-1-502", 90, 80)]), "units")
    assert [(row.label, row.area_centi) for row in intake.good] == [("3-1-502", 9000)]
    assert intake.unknown_columns == ("房屋编号", "产权面积")
    both = people(
        tmp_path, ("房号", "姓名", "手机", "联系电话"), ("3-1-502", "仇英", "", PHONES[1])
    )
    assert both.good[0].phone == PHONES[1]


@pytest.mark.parametrize("nothing", ["无", "/", "-", "—", "暂无", " "])
def test_a_word_for_nothing_is_nothing(tmp_path, nothing):
    names = ("房号", "姓名", "电话", "车牌号", "入住日期", "迁出日期")
    (row,) = people(tmp_path, names, ("3-1-502", "仇英", *[nothing] * 4)).good
    assert (row.phone, row.plate, row.since, row.until) == ("", "", None, None)


@pytest.mark.parametrize("nobody", ["", "空置", "未售", "/"])
def test_a_room_without_anybody_is_passed_over_and_told(tmp_path, nobody):
    names = ("房号", "姓名", "电话")
    intake = people(tmp_path, names, ("3-1-502", nobody, ""), ("3-1-503", "仇英", ""))
    assert (len(intake.good), intake.bad) == (1, ())
    assert [(told.row_number, told.column) for told in intake.told] == [(2, "姓名")]


@pytest.mark.parametrize(
    "typed",
    ["2023.5.1", "2023/5/1", "20230501", 45047, "45047", "2023年5月1日", "2023-05-01 14:30"],
)
def test_days_of_moving_in_and_out(tmp_path, typed):
    names = ("房号", "姓名", "入住日期", "迁出日期")
    (row,) = people(tmp_path, names, ("3-1-502", "仇英", date(2020, 1, 1), typed)).good
    assert (row.since, row.until) == (date(2020, 1, 1), date(2023, 5, 1))


@pytest.mark.parametrize("still", ["至今", "在住", " 未迁出 "])
def test_a_word_for_still_living_there_closes_nobody(tmp_path, still):
    (row,) = people(tmp_path, ("房号", "姓名", "迁出日期"), ("3-1-502", "仇英", still)).good
    assert row.until is None


def test_nobody_moves_out_before_moving_in(tmp_path):
    names = ("房号", "姓名", "入住日期", "迁出日期")
    intake = people(tmp_path, names, ("3-1-502", "仇英", "2023-05-01", "2023-04-01"))
    assert [bad.column for bad in intake.bad] == ["迁出日期"]


@pytest.mark.parametrize(
    ("building", "room", "label"),
    [
        ("", "3-1-502", "3-1-502"),
        ("", "3栋1单元502", "3-1-502"),
        ("", "3#1-502", "3-1-502"),
        ("", "思兰雅苑3栋1单元502室", "3-1-502"),
        ("", "思兰雅苑小区三号楼1单元502", "3-1-502"),
        ("3栋", "1-502", "3-1-502"),
        ("3#", "1单元502", "3-1-502"),
        ("三号楼", "1单元502室", "3-1-502"),
    ],
)
def test_rooms_in_the_spellings_of_offices(tmp_path, building, room, label):
    names = ("栋号", "房 号", "姓名")
    intake = people(tmp_path, names, (building, room, "仇英"), (building and "4栋", room, "唐寅"))
    assert intake.good[0].unit == label, intake.bad


def test_a_slip_of_the_hand_does_not_turn_buildings_into_entrances(tmp_path):
    rows = [(f"{n % 3 + 1}栋", f"{n % 3 + 1}-{n + 101}", "仇英") for n in range(20)]
    intake = people(tmp_path, ("楼栋", "房号", "姓名"), *rows, ("3栋", "4-502", "唐寅"))
    assert [bad.row_number for bad in intake.bad] == [22]
    assert intake.good[0].unit == "1-101"


@pytest.mark.parametrize(
    ("title", "sheet"), [("思兰雅苑3栋业主清册", "Sheet1"), ("业主清册", "3号楼"), ("三栋", "x")]
)
def test_a_title_or_a_sheet_may_name_the_building(tmp_path, title, sheet):
    rows = [(title,), ("单元", "房号", "姓名"), (1, 502, "仇英"), (2, "502", "唐寅")]
    intake = read_rows(sheets(tmp_path / "p.xlsx", **{sheet: rows}), "people")
    assert [row.unit for row in intake.good] == ["3-1-502", "3-2-502"], intake.bad
    assert intake.building in (title, sheet)


def test_a_title_of_several_buildings_names_none(tmp_path):
    intake = people(tmp_path, ("1-3栋业主清册",), ("房号", "姓名"), ("502", "仇英"))
    assert [bad.column for bad in intake.bad] == ["房号"]


def test_lines_between_the_rows_name_the_building(tmp_path):
    rows = [("单元", "房号", "姓名"), ("3栋",), (1, 502, "仇英"), ("4栋",), (1, 502, "唐寅")]
    intake = people(tmp_path, *rows)
    assert [row.unit for row in intake.good] == ["3-1-502", "4-1-502"]
    assert intake.notes == (2, 4)


def test_rooms_that_begin_with_the_entrance_follow_the_line_above_them(tmp_path):
    rows = [
        ("房号", "姓名"),
        ("1栋",),
        ("1-101", "仇英"),
        ("2-101", "唐寅"),
        ("2栋",),
        ("1-101", "沈周"),
    ]
    intake = people(tmp_path, *rows)
    assert [row.unit for row in intake.good] == ["1-1-101", "1-2-101", "2-1-101"], intake.bad


def test_a_room_of_another_building_than_its_title_says_is_refused(tmp_path):
    rows = [("3栋业主清册",), ("房号", "姓名"), *[(f"3-{n}", "仇英") for n in range(501, 510)]]
    intake = people(tmp_path, *rows, ("4-501", "唐寅"))
    assert [(bad.row_number, "3-1-502" in bad.reason) for bad in intake.bad] == [(12, True)]


def test_an_office_may_have_two_numbers_in_one_cell(tmp_path):
    names = ("名称", "电话")
    rows = [names, ("开锁公司", "13800001007 / 023-55501001"), ("维保", "95598、95599、95588")]
    intake = read_rows(book(tmp_path / "d.xlsx", rows), "directory")
    assert [(row.phone, row.second) for row in intake.good] == [
        (PHONES[0], "023-55501001"),
        ("95598", "95599"),
    ]
    assert [told.row_number for told in intake.told] == [3]


def test_of_two_numbers_of_an_employee_the_first_is_kept(tmp_path):
    rows = [("工号", "姓名", "岗位", "电话"), ("KF01", "仇英", "客服专员", "/".join(PHONES))]
    intake = read_rows(book(tmp_path / "s.xlsx", rows), "staff")
    assert ([row.phone for row in intake.good], len(intake.told)) == ([PHONES[0]], 1)


def test_totals_remarks_and_numbers_filled_in_beforehand_are_passed_over(tmp_path):
    rows = [
        ("序号", "房号", "姓名", "", "备注"),
        (1, "3-1-502", "仇英", "", ""),
        (2, "", "", "", ""),
        ("本页小计", "", 1),
        ("合  计：1 户", "", ""),
        ("", "说明：以上资料由客服部整理", ""),
        ("", "以上数据截至二〇二六年十一月，以产权登记为准。", ""),
        ("制表人：李晓燕", "", "审核：张敏"),
    ]
    intake = people(tmp_path, *rows)
    assert (len(intake.good), intake.bad, intake.notes) == (1, (), (3, 4, 5, 6, 7, 8))


def test_one_list_of_homes_and_people_gives_each_home_once(tmp_path):
    rows = [
        ("房号", "建筑面积(㎡)", "姓名"),
        ("3-1-502", "89.53平米", "仇英"),
        ("3-1-502", "", "唐寅"),
        ("3-1-503", "90㎡", "沈周"),
    ]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    assert [(row.label, row.area_centi) for row in intake.good] == [
        ("3-1-502", 8953),
        ("3-1-503", 9000),
    ]
    assert intake.repeated == (3,)


GOOD = [("房号", "姓名"), ("3-1-502", "仇英")]
COVER = [("思兰雅苑",), ("封面",)]


def test_behind_a_cover_the_only_sheet_with_columns_is_read(tmp_path):
    path = sheets(tmp_path / "p.xlsx", 封面=COVER, 数据=GOOD, 空=[])
    assert read_rows(path, "people").sheet == "数据"
    both = sheets(tmp_path / "b.xlsx", 说明=[], 一期=GOOD, 二期=GOOD)
    with pytest.raises(SeveralSheets, match="一期、二期"):
        read_rows(both, "people")
    assert read_rows(both, "people", sheet="二期").sheet == "二期"
    with pytest.raises(NoSuchSheet, match="一期"):
        read_rows(both, "people", sheet="三期")


def test_other_sheets_with_columns_are_told(tmp_path):
    path = sheets(tmp_path / "p.xlsx", 一期=GOOD, 二期=GOOD, 说明=COVER)
    intake = read_rows(path, "people")
    assert (intake.sheet, intake.other_sheets) == ("一期", ("二期",))


def test_a_sheet_without_columns_behind_a_cover_says_what_is_missing(tmp_path):
    path = sheets(tmp_path / "p.xlsx", 封面=COVER, 数据=[("品名",), ("灯泡",)])
    with pytest.raises(FileRefused, match="没有列名"):
        read_rows(path, "people")


def test_an_old_workbook_says_what_a_new_one_says(tmp_path):
    rows = [
        ("房号", "姓名", "电话", "入住日期"),
        ("3-1-502", "刘䶮", 13800001007, date(2020, 1, 5)),
        ("B-1203", "陆一鸣", "", ""),
    ]
    new = read_rows(book(tmp_path / "p.xlsx", rows), "people")
    before = read_rows(old(tmp_path / "p.xls", rows), "people")
    assert before.good == new.good
    renamed = (tmp_path / "p.xls").rename(tmp_path / "q.xlsx")
    assert read_rows(renamed, "people").good == new.good, "the ending does not matter"


def test_blank_columns_between_and_names_on_two_lines(tmp_path):
    rows = [
        ("", "房 号", "", "姓\n名", "", "联系\n电话", ""),
        ("", "3-1-502", "", "仇英", "", PHONES[0]),
    ]
    intake = people(tmp_path, *rows)
    assert named(intake) == [("3-1-502", "仇英", PHONES[0], OWNER)]
    assert intake.unknown_columns == ()


def test_csv_of_two_header_rows(tmp_path):
    rows = [("房屋", "", "住户", ""), ("楼栋", "房号", "姓名", "手机"), ("3", "1-502", "仇英", "")]
    path = text(tmp_path / "p.csv", rows, "gb18030")
    assert [row.unit for row in read_rows(path, "people").good] == ["3-1-502"]


AREAS = [
    (("房号", "面积(㎡)", "", "备注"), ("", "套内", "建筑面积", ""), ("建筑面积", (2,))),
    (("房号", "面积", "", "", ""), ("", "建筑", "套内", "公摊", ""), ("建筑", (1,))),
    (
        ("房号", "面积", "", "", ""),
        ("", "套内面积", "公摊面积", "产权面积", ""),
        ("产权面积", (3,)),
    ),
    (("房号", "房屋面积", "", "", ""), ("", "套内", "公摊", "计费面积", ""), ("计费面积", (3,))),
]


@pytest.mark.parametrize(("above", "below", "said"), AREAS)
def test_of_the_areas_below_one_name_only_the_whole_one_is_the_area(tmp_path, above, below, said):
    word, (at,) = said
    row = ["3-1-502", *(60 + n for n in range(1, len(above)))]
    intake = read_rows(book(tmp_path / "u.xlsx", [("台账",), above, below, row]), "units")
    assert intake.columns["area"] == word
    assert [one.area_centi for one in intake.good] == [(60 + at) * 100], intake.bad


def test_the_area_within_the_walls_alone_is_no_area(tmp_path):
    rows = [("房号", "面积", ""), ("", "套内", "公摊"), ("3-1-502", 62, 17)]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    assert [one.area_centi for one in intake.good] == [None]
    assert intake.unknown_columns == ("套内", "公摊")


@pytest.mark.parametrize("word", ["建筑面积合计/㎡", "总建筑面积", "建筑面积"])
def test_a_ledger_of_homes_and_owners_serves_both(tmp_path, word):
    names = (
        "序号",
        "单元",
        "室号",
        "套内建筑面积/㎡",
        "公摊/㎡",
        word,
        "产权人",
        "手机号码",
        "收房日期",
    )
    rows = [("金桂花园6栋房屋业主一览表",), names]
    path = book(
        tmp_path / "u.xlsx", [*rows, (1, 1, 101, 79.81, 19.95, 99.76, "仇英", PHONES[0], "")]
    )
    assert [(row.label, row.area_centi) for row in read_rows(path, "units").good] == [
        ("6-1-101", 9976)
    ]
    assert named(read_rows(path, "people")) == [("6-1-101", "仇英", PHONES[0], OWNER)]
