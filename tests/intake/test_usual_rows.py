"""What most rows hold is read in a quick way, which says what the careful way says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.intake.headers import find_header
from wuye_tui.intake.lines import Line
from wuye_tui.intake.residents import people
from wuye_tui.intake.states import settled
from wuye_tui.intake.usual import NOBODY, Usual

NAMES = ["房号", "姓名", "电话", "身份", "入住日期", "车牌号", "状态", "过户日期", "原业主", "车主"]
HEADER = settled(
    find_header([(1, list(NAMES))], "people", "x"), [(2, ["", "", "", "", "", "", "已搬走"])]
)

ROOMS = st.sampled_from(
    ["3-1-502", "3-502", "145-1-101", "999-99-2001A", "B-2-1203", "3栋1单元502"]
)
ROOMS |= st.from_regex(r"[A-Z0-9]{1,3}-[A-Z0-9]{1,2}-[0-9]{3,4}[A-E]?", fullmatch=True)
PEOPLE = st.sampled_from(
    [
        "仇英",
        "陆一鸣",
        "无",
        "没有",
        "张三(业主)",
        "欧阳修文正",
        "刘平先生",
        "欧阳女士",
        *NOBODY,
        "",
        5.0,
    ]
)
PHONES = st.sampled_from(["13800001007", 13800001007.0, 13800001007, "", "12", 12, "0571-88157788"])
PHONES |= st.floats() | st.integers(12 * 10**9, 21 * 10**9)
ROLES = st.sampled_from(["业主", "租客", "家属", "邻居", "", 1.0, "OWNER"])
DAYS = st.sampled_from(["", date(2020, 1, 5), date(1900, 1, 1), "2020-01-05", 43835.0])
STATES = st.sampled_from(["", "在住", "已搬走", 5.0])
PLATES = st.sampled_from(["", "浙A12345"])
DRIVERS = st.sampled_from(["", "", "仇英", "余磊"])
SOLD, FORMER = st.sampled_from(["", date(2020, 1, 5)]), st.sampled_from(["", "余磊"])


PARTS = ["楼栋", "单元", "房号", "姓名", "电话", "备用电话", "身份", "收房日期", "身份证号"]
APART = find_header([(1, list(PARTS))], "people", "x")
SHORT = find_header([(1, PARTS[:1] + PARTS[2:])], "people", "x")
BESIDE = [
    "房号",
    "业主姓名",
    "业主电话",
    "租户姓名",
    "租户电话",
    "紧急联系人",
    "紧急联系电话",
    "备注",
]
OTHERS = find_header([(1, BESIDE)], "people", "x")
HOUSES = st.sampled_from([3, 3.0, 1, "3", "03", "3栋", "三号楼", "145", "B", "S", "", "无", True])
DOORS = st.sampled_from([502, 502.0, "502", "0502", "3A01", "1203B", "1-502", "3-1-502", "S03", ""])
DOORS |= st.floats() | st.from_regex("[0-9]{2,5}[A-E]?", fullmatch=True)
IDENTITIES = st.sampled_from(
    ["", "330106198001010017", "33010619800101001X", 3.30106198e17, "3301"]
)


def agree(header, several):
    """Whether both ways say the same of rows that come one after the other."""
    usual = Usual(header)
    for values in several:
        quick = usual.read(7, values)
        line = Line(7, header, values)
        careful = people(line)
        if quick is not None:
            assert (careful, line.bad, line.told) == ([quick], [], [])


ROWS = st.tuples(ROOMS, PEOPLE, PHONES, ROLES, DAYS, PLATES, STATES, SOLD, FORMER, DRIVERS)


@given(st.lists(ROWS))
def test_both_ways_say_the_same(several):
    agree(HEADER, several)


@given(
    st.lists(st.tuples(HOUSES, HOUSES, DOORS, PEOPLE, PHONES, PHONES, ROLES, DAYS, IDENTITIES)),
    st.booleans(),
)
def test_both_ways_say_the_same_of_a_room_in_several_columns(several, stairs):
    agree(APART if stairs else SHORT, several if stairs else [row[:1] + row[2:] for row in several])


@given(st.lists(st.tuples(ROOMS, PEOPLE, PHONES, PEOPLE, PHONES, PEOPLE, PHONES, st.just("x"))))
def test_both_ways_say_the_same_of_other_people_in_the_row(several):
    agree(OTHERS, several)


def test_an_owner_beside_whom_nobody_is_named_is_read_quickly():
    values = ("3-1-502", "仇英", "13800001007", "", "", "", "", "租户三月搬来")
    found = Usual(OTHERS).read(7, values)
    assert found is not None
    assert (found.role, found.assumed) == ("owner", False)
    for at in (3, 4, 5, 6):
        assert Usual(OTHERS).read(7, (*values[:at], "余磊", *values[at + 1 :])) is None


def test_what_is_usual_is_read_quickly():
    for values in (
        ("3-1-502", "仇英", 13800001007.0, "业主", date(2020, 1, 5), "", "在住", "", "", ""),
        ("145-1-101", "陆一鸣", "13800001007", "租客", "2020-01-05", "浙A12345", "", "", "", ""),
    ):
        assert Usual(HEADER).read(7, values) is not None


@pytest.mark.parametrize(("house", "stair", "door"), [("3栋", "1单元", 502.0), (3, 1, "502")])
def test_a_room_in_three_columns_is_read_quickly(house, stair, door):
    values = (house, stair, door, "仇英", "", "13800001007", "业主", "", "330106198001010017")
    found = Usual(APART).read(7, values)
    assert found is not None
    assert (found.unit, found.phone) == ("3-1-502", "13800001007")


def test_a_row_that_may_be_none_of_the_list_is_not_read_quickly():
    values = ("3-1-502", "仇英", "", "业主", "", "", "", "", "", "")
    usual = Usual(find_header([(1, ["备注", *NAMES])], "people", "x"))
    assert usual.read(7, ("", *values)) is not None
    assert usual.read(7, ("合计", *values)) is None
    assert usual.read(7, ("", *values), frozenset((1,))) is None, "the room stands further up"
    assert usual.read(7, ("", *values, "beside the list")) is None
