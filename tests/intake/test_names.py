"""Names in a cell: padded, titled, several; whoever cannot be told apart is refused, not glued."""

import pytest

from tests.intake.books import book
from tests.intake.test_messy_sheets import people
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import PersonRole

TWO = "13394866428、13971953750"
ONE = "13394866428"


def named(path, name, phone=""):
    intake = people(path, ("房号", "姓名", "电话"), ("3-1-502", name, phone))
    assert bool(intake.good) != bool(intake.bad)
    return [(row.name, row.phone) for row in intake.good]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("王  芳", "王芳"),
        ("李　静", "李静"),
        ("王 芳华", "王芳华"),
        ("张 三 丰", "张三丰"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("司马 光", "司马光"),
        ("刘平先生", "刘平"),
        ("许超女士", "许超"),
        ("王芳 女士", "王芳"),
        ("王  芳 女士", "王芳"),
        ("卢浩然小姐", "卢浩然"),
        ("刘平（先生）", "刘平"),
        ("王芳阿姨", "王芳"),
        ("欧阳娜娜老师", "欧阳娜娜"),
        ("刘先生", "刘先生"),
        ("欧阳女士", "欧阳女士"),
        ("高和平", "高和平"),
        ("欧阳和平", "欧阳和平"),
        ("John Smith", "John Smith"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("恒丰贸易有限公司 张三", "恒丰贸易有限公司 张三"),
    ],
)
def test_one_name_is_one_person(tmp_path, said, name):
    assert named(tmp_path, said, ONE) == [(name, ONE)]


@pytest.mark.parametrize(
    "said",
    ["曾静 张桂兰", "曾静和张桂兰", "曾静&张桂兰", "曾静 & 张桂兰", "曾静、张桂兰",
     "曾静 和 张桂兰", "曾静女士 张桂兰女士", "曾静（业主） 张桂兰（业主）", "曾　静、张桂兰"],
)  # fmt: skip
def test_two_names_beside_two_numbers_are_two_people(tmp_path, said):
    assert named(tmp_path, said, TWO) == [("曾静", "13394866428"), ("张桂兰", "13971953750")]


def test_two_plain_names_beside_one_number_are_two_people(tmp_path):
    assert named(tmp_path, "曾静 张桂兰", ONE) == [("曾静", ONE), ("张桂兰", "")]
    assert named(tmp_path, "王芳和李强", ONE) == [("王芳", ONE), ("李强", "")]


def test_foreign_names_are_two_only_beside_two_numbers(tmp_path):
    assert named(tmp_path, "阿依古丽 买买提", TWO) == [
        ("阿依古丽", "13394866428"),
        ("买买提", "13971953750"),
    ]
    intake = people(tmp_path, ("房号", "姓名"), ("3-1-502", "阿依古丽 买买提"))
    assert [("、" in bad.reason, "间隔号" in bad.reason) for bad in intake.bad] == [(True, True)]


def test_a_husband_behind_his_wife_is_another_person(tmp_path):
    intake = people(tmp_path, ("房号", "姓名", "电话"), ("3-1-502", "王芳 夫：李强", ONE))
    assert [(row.name, row.role) for row in intake.good] == [
        ("王芳", PersonRole.OWNER),
        ("李强", PersonRole.FAMILY),
    ], intake.bad
    assert named(tmp_path, "王芳 司机：李强", ONE) == []


def test_a_role_behind_a_blank_is_no_name(tmp_path):
    intake = people(tmp_path, ("房号", "姓名"), ("3-1-502", "王芳 租客"))
    assert [(row.name, row.role) for row in intake.good] == [("王芳", PersonRole.TENANT)]


def test_an_employee_s_padded_name_is_the_name(tmp_path):
    rows = [("工号", "姓名", "岗位"), ("KF01", "仇  英", "客服专员")]
    intake = read_rows(book(tmp_path / "s.xlsx", rows), "staff")
    assert [row.name for row in intake.good] == ["仇英"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("褚五(已搬走)", "褚五"),
        ("郑一（已过世）", "郑一"),
        ("郑一已故", "郑一"),
        ("褚五 已退租", "褚五"),
        ("褚五(搬走了)", "褚五"),
    ],
)
def test_whoever_has_gone_is_closed_with_a_day_or_refused(tmp_path, said, name):
    names = ("房号", "姓名", "迁出日期")
    intake = people(tmp_path, names, ("3-1-502", said, ""), ("3-1-503", said, "2024-06-30"))
    assert [(bad.row_number, bad.column) for bad in intake.bad] == [(2, "姓名")]
    assert [(row.name, str(row.until)) for row in intake.good] == [(name, "2024-06-30")]


def test_of_two_people_only_the_one_who_has_gone_is_refused_with_the_row(tmp_path):
    assert named(tmp_path, "曾静 张桂兰(已搬走)", TWO) == []
    assert named(tmp_path, "曾静、张桂兰（已故）", TWO) == []
