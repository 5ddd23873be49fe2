"""Members of a family beside the owner, who is named only to say whose home it is.

- 与户主关系 is what the member is, whichever column stands first
- the owner keeps their own telephone and is nobody's family
- every column that was read is listed
"""

import pytest

from tests.intake.test_messy_sheets import people
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.intake.terms import PersonRole

OWNER, FAMILY, EMERGENCY = PersonRole.OWNER, PersonRole.FAMILY, PersonRole.EMERGENCY
NAMES = ("房号", "户主", "成员姓名", "与户主关系", "电话")
WIFE = ("1-1-701", "陶凤英", "吕磊", "妻", "17787139191")


def said(intake):
    return [(row.name, row.role, row.phone) for row in intake.good]


def test_the_relation_and_the_telephone_are_the_member_s(tmp_path):
    intake = people(tmp_path, NAMES, WIFE, ("1-1-701", "陶凤英", "陶一鸣", "儿子", ""))
    assert said(intake) == [
        ("陶凤英", OWNER, ""),
        ("吕磊", FAMILY, "17787139191"),
        ("陶一鸣", FAMILY, ""),
    ], intake.bad
    assert intake.repeated == (), "somebody new stands in each row"


@pytest.mark.parametrize(
    "names",
    [("房号", "户主", "与户主关系", "成员姓名", "电话"), ("房号", "姓名", "关系", "家属", "")],
)
def test_the_relation_may_stand_before_the_member(tmp_path, names):
    intake = people(tmp_path, names, ("1-1-701", "陶凤英", "母亲", "吕磊", ""))
    assert said(intake) == [("陶凤英", OWNER, ""), ("吕磊", FAMILY, "")], intake.bad


def test_an_owner_among_the_members_is_written_once(tmp_path):
    own = ("1-1-701", "陶凤英", "陶凤英", "本人", "13800001007")
    intake = people(tmp_path, NAMES, WIFE, own, ("1-1-701", "陶凤英", "陶一鸣", "子", ""))
    assert said(intake) == [
        ("吕磊", FAMILY, "17787139191"),
        ("陶凤英", OWNER, "13800001007"),
        ("陶一鸣", FAMILY, ""),
    ], intake.bad


def test_a_member_without_a_relation_is_family(tmp_path):
    intake = people(tmp_path, NAMES, ("1-1-701", "陶凤英", "吕磊", "", ""))
    assert said(intake)[1] == ("吕磊", FAMILY, "")


def test_a_whole_row_that_comes_again_is_told(tmp_path):
    assert people(tmp_path, NAMES, WIFE, WIFE).repeated == (3,)


def test_what_an_emergency_contact_is_to_the_owner_makes_no_family_of_either(tmp_path):
    names = ("房号", "业主姓名", "电话", "紧急联系人", "关系", "联系电话")
    row = ("1-1-701", "陶凤英", "13800001007", "吕磊", "同事", "17787139191")
    intake = people(tmp_path, names, row)
    assert said(intake) == [("陶凤英", OWNER, "13800001007"), ("吕磊", EMERGENCY, "17787139191")], (
        intake.bad
    )
    assert intake.unknown_columns == ("关系",)


def test_the_relation_behind_one_s_own_name_stays_one_s_own(tmp_path):
    names = ("房号", "姓名", "与户主关系", "电话", "紧急联系人", "联系电话")
    row = ("1-1-701", "吕磊", "配偶", "17787139191", "陶凤英", "13800001007")
    assert said(people(tmp_path, names, row)) == [
        ("吕磊", FAMILY, "17787139191"),
        ("陶凤英", EMERGENCY, "13800001007"),
    ]


def test_every_column_that_was_read_is_listed(tmp_path):
    assert people(tmp_path, NAMES, WIFE).used == (
        ("room", "房号"),
        ("name", "户主"),
        ("name", "成员姓名"),
        ("role", "与户主关系"),
        ("phone", "家属电话"),
    )


def test_a_bad_row_comes_back_and_says_the_same(tmp_path):
    intake = people(tmp_path, NAMES, ("1-1-701", "陶凤英", "吕磊", "妻", "12"))
    write_bad_rows(tmp_path / "bad.csv", intake)
    mended = (tmp_path / "bad.csv").read_text("utf-8-sig").replace(",12,", ",17787139191,")
    (tmp_path / "bad.csv").write_text(mended, "utf-8-sig")
    again = read_rows(tmp_path / "bad.csv", "people")
    assert said(again) == [("陶凤英", OWNER, ""), ("吕磊", FAMILY, "17787139191")], again.bad
