"""What most rows hold is read in a quick way, which says what the careful way says."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.intake.headers import find_header
from wuye_tui.intake.lines import Line
from wuye_tui.intake.residents import people
from wuye_tui.intake.states import settled
from wuye_tui.intake.usual import NOBODY, Usual

NAMES = ["房号", "姓名", "电话", "身份", "入住日期", "车牌号", "状态", "过户日期", "原业主"]
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
SOLD, FORMER = st.sampled_from(["", date(2020, 1, 5)]), st.sampled_from(["", "余磊"])


@given(st.tuples(ROOMS, PEOPLE, PHONES, ROLES, DAYS, PLATES, STATES, SOLD, FORMER))
def test_both_ways_say_the_same(values):
    quick = Usual(HEADER).read(7, values)
    line = Line(7, HEADER, values)
    careful = people(line)
    if quick is not None:
        assert (careful, line.bad, line.told) == ([quick], [], [])


def test_what_is_usual_is_read_quickly():
    for values in (
        ("3-1-502", "仇英", 13800001007.0, "业主", date(2020, 1, 5), "", "在住", "", ""),
        ("145-1-101", "陆一鸣", "13800001007", "租客", "", "", "", "", ""),
    ):
        assert Usual(HEADER).read(7, values) is not None
