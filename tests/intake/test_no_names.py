"""What stands in a list of people and is kept nowhere, or is nobody's name.

- an identity number that lost its end is told once for the file, and never shown
- 无牌车主 and 空置 are no people
"""

import pytest

from tests.intake.books import text
from tests.intake.test_messy_sheets import people
from wuye_tui.intake.sheets import read_rows

NAMES = ("房号", "姓名", "电话", "身份证号")
LOST = 420106198001011008


def test_a_lost_end_of_identity_numbers_stops_nobody_and_is_told_once(tmp_path):
    rows = [(f"1-1-70{at}", "仇英", "13800001007", LOST + 100 * at) for at in range(1, 5)]
    intake = people(tmp_path, NAMES, *rows)
    assert ([row.phone for row in intake.good], intake.bad) == (["13800001007"] * 4, ())
    (told,) = intake.told
    assert (told.row_number, told.column) == (2, "身份证号")
    assert "末几位已经丢失" in told.reason
    assert "4201" not in told.line, "personal data"


@pytest.mark.parametrize(
    ("typed", "lost"),
    [
        ("4.20106E+17", True),
        ("4.2E17", True),
        ("420106198001011008", False),
        ("护照 E12345", False),
    ],
)
def test_what_a_text_file_holds_may_have_lost_its_end_before(tmp_path, typed, lost):
    file = text(tmp_path / "p.csv", [NAMES, ("1-1-701", "仇英", "", typed)])
    intake = read_rows(file, "people")
    assert (len(intake.good), len(intake.told)) == (1, lost)


@pytest.mark.parametrize("name", ["无牌车主", "临时车", "无名", "访客车", "空置"])
def test_nobody_s_telephone_makes_no_person(tmp_path, name):
    intake = people(tmp_path, NAMES, ("1-1-701", name, "13800001007", ""))
    assert intake.good == ()
    assert [(bad.column, bad.value) for bad in intake.bad] == [("姓名", name)]
    assert "不是人的姓名" in intake.bad[0].reason


def test_an_empty_home_with_the_day_of_its_handover_is_passed_over(tmp_path):
    intake = people(tmp_path, ("房号", "业主", "收房日期"), ("1-1-701", "空置", "2023-05-01"))
    assert (intake.good, intake.bad) == ((), ())
    assert "没有写人" in intake.told[0].reason
