"""A bad cell is told with its row, its column, what stands there, and what to write instead.

* every bad cell of a row is listed, and the row is not taken
* the second of two equal rows is bad and names the first
* posts, levels and departments follow the office's table (HR-5.1)
* nothing that steers a terminal, hides or turns the reading round gets in
"""

from datetime import date, time

import pytest

from tests.intake.books import book, text
from wuye_tui.intake.lines import BadRow
from wuye_tui.intake.post_names import OTHER_NAMES
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import BadReference, Reference
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.text import bad_character

GOOD_UNIT = {"房号": "3-1-502", "状态": "自住"}
GOOD_PERSON = {"房号": "3-1-502", "姓名": "仇英"}
GOOD_STAFF = {"工号": "KF01", "姓名": "李晓燕", "岗位": "客服专员"}
GOOD_ITEM = {"编号": "SX-01", "项目": "换水龙头", "人工费": "30"}


def refused(tmp_path, noun, row):
    """The bad cells of a file with this one row."""
    intake = read_rows(book(tmp_path / "x.xlsx", [row.keys(), row.values()]), noun)
    assert (len(intake.good) == 0) == bool(intake.bad)
    return intake.bad


@pytest.mark.parametrize(
    ("noun", "good", "column", "value", "says"),
    [
        ("units", GOOD_UNIT, "房号", "", "不能为空"),
        ("units", GOOD_UNIT, "房号", "8楼", "3-1-502"),
        ("units", GOOD_UNIT, "房号", "3-12", "3-1-502"),
        ("units", GOOD_UNIT, "房号", "3-1-502和3-1-503", "一户写一行"),
        ("people", GOOD_PERSON, "房号", "2-2-1801、1802", "一户写一行"),
        ("people", GOOD_PERSON, "房号", "2-2-1801、车位", "看不懂这个房号"),
        ("units", GOOD_UNIT, "房号", date(2001, 3, 1), "改成了日期"),
        ("units", GOOD_UNIT, "房号", time(3, 1), "改成了日期"),
        ("units", GOOD_UNIT, "面积", "八十九", "89.53"),
        ("units", GOOD_UNIT, "面积", -5, "89.53"),
        ("units", GOOD_UNIT, "面积", 0, "89.53"),
        ("units", GOOD_UNIT, "面积", "89.534", "89.53"),
        ("units", GOOD_UNIT, "面积", 1e9, "89.53"),
        ("units", GOOD_UNIT, "类型", "城堡", "住宅、商铺、车位"),
        ("units", GOOD_UNIT, "状态", "不知道", "自住、出租、空置"),
        ("units", GOOD_UNIT, "保修期至", "2027-02-30", "2027-06-30"),
        ("units", GOOD_UNIT, "保修期至", "明年", "2027-06-30"),
        ("units", GOOD_UNIT, "保修期至", 4656, "2027-06-30"),
        ("units", GOOD_UNIT, "保修期至", 202706, "2027-06-30"),
        ("units", GOOD_UNIT, "保修期至", "1027-06-30", "2027-06-30"),
        ("units", GOOD_UNIT, "标记", "独居、凶猛", "独居、请勿打扰、有狗、VIP"),
        ("people", {**GOOD_PERSON, "电话": "13800001007"}, "姓名", "", "不能为空"),
        ("people", GOOD_PERSON, "姓名", "仇" * 41, "40"),
        ("people", GOOD_PERSON, "姓名", 440106199001011234, "长号码"),
        ("people", GOOD_PERSON, "电话", "12345678901", "11 位手机号"),
        ("people", GOOD_PERSON, "电话", 1381234567, "11 位手机号"),
        ("people", GOOD_PERSON, "电话", "88157788", "区号"),
        ("people", GOOD_PERSON, "电话", 57188157788, "区号"),
        ("people", GOOD_PERSON, "电话", "027-8888999", "8 位"),
        ("people", GOOD_PERSON, "电话", "1380000107/1380000108", "11 位手机号"),
        ("people", GOOD_PERSON, "电话", 1.38e10 + 0.5, "11 位手机号"),
        ("people", GOOD_PERSON, "身份", "", "不能为空"),
        ("people", GOOD_PERSON, "身份", "邻居", "业主、租客、家属、紧急联系人"),
        ("people", GOOD_PERSON, "车牌号", "12345", "浙A12345"),
        ("people", GOOD_PERSON, "迁出日期", "走了", "2027-06-30"),
        ("people", GOOD_PERSON, "入住日期", True, "2027-06-30"),
        ("staff", GOOD_STAFF, "工号", "经理1", "KF01"),
        ("staff", GOOD_STAFF, "工号", "system", "KF01"),
        ("staff", GOOD_STAFF, "姓名", "外包", "不是人的姓名"),
        ("staff", GOOD_STAFF, "部门", "公关部", "客户服务部、工程管理部"),
        ("staff", GOOD_STAFF, "部门", "工程管理部", "写成「客户服务部」；本单位不是这样的，先在"),
        ("staff", GOOD_STAFF, "岗位", "宇航员", "HR-5.1"),
        ("staff", GOOD_STAFF, "职级", "F", "A、B、C、D、E"),
        ("staff", GOOD_STAFF, "职级", "A", "HR-5.1"),
        ("staff", GOOD_STAFF, "职级", "A", "posts.csv"),
        ("staff", GOOD_STAFF, "兼任", "信息处理员、魔术师", "客服专员、客服主管"),
        ("staff", GOOD_STAFF, "兼任", "夜班值班", "客服专员、客服主管"),
        ("staff", GOOD_STAFF, "兼任", "system", "客服专员、客服主管"),
        ("staff", GOOD_STAFF, "兼任", "值班经理", "ZB-3.2"),
        ("tariff", GOOD_ITEM, "编号", "SX 一", "SX-01"),
        ("tariff", GOOD_ITEM, "人工费", "三十", "金额"),
        ("tariff", GOOD_ITEM, "人工费", -30, "负数"),
        ("tariff", GOOD_ITEM, "人工费", 30.555, "两位小数"),
        ("tariff", GOOD_ITEM, "人工费", "1e9", "金额"),
        ("tariff", GOOD_ITEM, "人工费", "", "不能为空"),
        ("tariff", GOOD_ITEM, "类别", "", "不能为空"),
        ("tariff", GOOD_ITEM, "材料", "也许", "另计、含"),
    ],
)
def test_a_bad_cell_says_what_to_write(tmp_path, noun, good, column, value, says):
    (bad,) = refused(tmp_path, noun, {**good, column: value})
    assert (bad.row_number, bad.column) == (2, column)
    assert says in bad.reason
    assert bad.reason.endswith("。")
    assert "\n" not in bad.reason


@pytest.mark.parametrize(("column", "value"), [("楼栋", "5栋"), ("单元", 2)])
def test_three_columns_must_say_one_room(tmp_path, column, value):
    (bad,) = refused(tmp_path, "units", {column: value, **GOOD_UNIT})
    assert (bad.column, bad.value) == ("房号", "3-1-502")
    assert "不一致" in bad.reason


def test_a_wrong_building_is_not_blamed_on_the_room(tmp_path):
    row = {"楼栋": date(2026, 3, 1), "单元": 1, "房号": 502}
    assert [bad.column for bad in refused(tmp_path, "units", row)] == ["楼栋"]


def test_all_bad_cells_of_a_row_are_listed(tmp_path):
    row = {"房号": "天台", "姓名": "", "电话": "110", "身份": "路人"}
    bad = refused(tmp_path, "people", row)
    assert [each.column for each in bad] == ["房号", "姓名", "电话", "身份"]
    assert {each.row_number for each in bad} == {2}


def test_a_long_value_is_shown_short(tmp_path):
    (bad,) = refused(tmp_path, "people", {**GOOD_PERSON, "电话": "1" * 5000})
    assert bad.value == "1" * 38 + ".."
    assert bad.line == f"第 2 行 电话「{bad.value}」：{bad.reason}"


@pytest.mark.parametrize(
    ("noun", "good", "column", "other"),
    [
        ("units", GOOD_UNIT, "房号", {"状态": "空置"}),
        ("people", {**GOOD_PERSON, "入住日期": "2026-03-01"}, "姓名", {"入住日期": "2026-03-02"}),
        ("staff", GOOD_STAFF, "工号", {"姓名": "赵敏"}),
        ("tariff", GOOD_ITEM, "编号", {"人工费": "31"}),
    ],
)
def test_the_second_of_two_rows_that_differ_names_the_first(tmp_path, noun, good, column, other):
    rows = [good.keys(), good.values(), (), {**good, **other}.values(), good.values()]
    intake = read_rows(book(tmp_path / "x.xlsx", rows), noun)
    (bad,) = intake.bad
    assert (bad.row_number, bad.column, len(intake.good)) == (4, column, 1)
    assert "第 2 行" in bad.reason
    assert intake.repeated == (5,), "what says the same again is passed over, and told"


def test_a_row_that_differs_only_in_its_plate_is_another_car(tmp_path):
    good, more = {**GOOD_PERSON, "车牌号": "浙A12345"}, {"车牌号": "浙A12346"}
    rows = [good.keys(), good.values(), {**good, **more}.values(), good.values()]
    rows.append({**good, "车牌号": ""}.values())
    intake = read_rows(book(tmp_path / "x.xlsx", rows), "people")
    assert [row.plate for row in intake.good] == ["浙A12345", "浙A12346"], intake.bad
    assert intake.repeated == (4, 5)


def test_the_same_room_in_another_spelling_is_the_same(tmp_path):
    path = book(tmp_path / "u.xlsx", [["房号"], ["3-1-502"], ["3栋1单元502"]])
    assert read_rows(path, "units").repeated == (3,)


@pytest.mark.parametrize(
    "hidden",
    [
        "\x1b[31m",
        "\x1b]52;c;AAAA\x07",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\x9b",
        "\ue0001"[:1] + "\u2066",
    ],
)
@pytest.mark.parametrize("column", ["房号", "姓名", "电话", "车牌号"])
def test_what_steers_a_terminal_or_hides_is_refused(tmp_path, column, hidden):
    row = {**GOOD_PERSON, column: f"仇{hidden}英"}
    path = text(tmp_path / "p.csv", [row.keys(), row.values()])
    (bad,) = read_rows(path, "people").bad
    assert bad.column == column
    assert not bad_character().search(bad.value + bad.reason)


def test_a_list_of_names_in_one_cell_is_refused(tmp_path):
    (bad,) = refused(
        tmp_path, "people", {**GOOD_PERSON, "姓名": "、".join("甲乙丙丁戊己庚辛壬癸子")}
    )
    assert bad.column == "姓名"


@pytest.mark.clause("HR-5.1")
def test_department_level_and_hats_follow_the_post(tmp_path):
    row = {
        **GOOD_STAFF,
        "岗位": "工程主管",
        "兼任": "水电维修工、值班经理",
        "资质": "电工证，焊工证",
    }
    path = book(tmp_path / "s.xlsx", [row.keys(), row.values()])
    (staff,) = read_rows(path, "staff").good
    assert (staff.department, staff.level, staff.post) == ("engineering", "C", "工程主管")
    assert staff.hats == (Hat.ENG_SUPERVISOR, Hat.MAINTAINER, Hat.DUTY_MANAGER)
    assert staff.qualifications == ("电工证", "焊工证")


@pytest.mark.clause("HR-5.1")
def test_an_office_may_have_posts_of_its_own(tmp_path):
    (tmp_path / "data").mkdir()
    own = "post,department,level,hats\n夜班专员,客户服务部,D,clerk information\n"
    (tmp_path / "data" / "posts.csv").write_text(own, "utf-8")
    row = {**GOOD_STAFF, "岗位": "夜班专员"}
    path = book(tmp_path / "s.xlsx", [row.keys(), row.values()])
    (staff,) = read_rows(path, "staff", Reference(tmp_path)).good
    assert staff.hats == (Hat.CLERK, Hat.INFORMATION)


@pytest.mark.clause("HR-5.1")
@pytest.mark.parametrize(
    ("typed", "post"),
    [
        ("客服管家", "客服专员"), ("前台", "客服专员"), ("水电工", "水电维修工"),
        ("电梯安全员", "电梯工"), ("秩序维护队长", "秩序维护主管"), ("门岗", "秩序维护员"),
        ("保洁领班", "保洁主管"), ("绿化工", "绿化员"), ("实习管家", "客服助理"),
    ],
)  # fmt: skip
def test_usual_names_of_posts_are_known_and_told_once(tmp_path, typed, post):
    rows = [GOOD_STAFF.keys(), ("KF01", "李晓燕", typed), ("KF02", "赵敏", typed)]
    intake = read_rows(book(tmp_path / "s.xlsx", rows), "staff")
    assert [row.post for row in intake.good] == [post, post], intake.bad
    (told,) = intake.told
    assert (told.row_number, told.value) == (2, typed)
    assert post in told.reason


@pytest.mark.clause("HR-5.1")
def test_no_further_name_of_a_post_is_a_post_itself_or_lets_anybody_administer():
    shipped = Reference().posts
    for name, post in OTHER_NAMES.items():
        assert name not in shipped
        assert "admin" not in shipped[post]["hats"].split()


def test_an_office_s_own_post_comes_before_a_further_name(tmp_path):
    (tmp_path / "data").mkdir()
    own = "post,department,level,hats\n门岗,秩序维护部,D,guard\n秩序维护员,秩序维护部,E,guard\n"
    (tmp_path / "data" / "posts.csv").write_text(own, "utf-8")
    rows = [GOOD_STAFF.keys(), ("ZX01", "李晓燕", "门岗"), ("ZX02", "赵敏", "前台")]
    intake = read_rows(book(tmp_path / "s.xlsx", rows), "staff", Reference(tmp_path))
    assert [(row.post, row.level) for row in intake.good] == [("门岗", "D")]
    assert [bad.value for bad in intake.bad] == ["前台"], "the office has no 客服专员"


def test_an_unknown_post_names_the_file_and_the_post_that_is_most_like_it(tmp_path):
    rows = [GOOD_STAFF.keys(), ("KF01", "李晓燕", "客服督导主管"), ("KF02", "赵敏", "厨师")]
    first, second = read_rows(book(tmp_path / "s.xlsx", rows), "staff", Reference(tmp_path)).bad
    assert "最像的是「客服主管」" in first.reason
    assert str(tmp_path / "data" / "posts.csv") in first.reason
    assert "最像" not in second.reason


@pytest.mark.parametrize(
    "entry", ["专员,魔法部,D,clerk", "专员,客户服务部,Z,clerk", "专员,客服部,D,night"]
)
def test_a_wrong_table_of_posts_says_so(tmp_path, entry):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "posts.csv").write_text(f"post,department,level,hats\n{entry}\n", "utf-8")
    path = book(tmp_path / "s.xlsx", [GOOD_STAFF.keys(), GOOD_STAFF.values()])
    with pytest.raises(BadReference, match=r"posts\.csv"):
        read_rows(path, "staff", Reference(tmp_path))


def test_registers_add_bad_rows_of_their_own(tmp_path):
    rows = [["房号"], ["3-1-502"], ["3-1-503"], ["8楼"]]
    intake = read_rows(book(tmp_path / "u.xlsx", rows), "units")
    more = intake.refusing([BadRow(3, "房号", "3-1-503", "已停用。")])
    assert [row.row_number for row in more.good] == [2]
    assert [row.row_number for row in more.bad] == [3, 4]
    assert len(intake.good) == 2
