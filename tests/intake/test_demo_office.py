"""The training office's spreadsheets are as a real office's, and come in without a word."""

from datetime import date
from pathlib import Path

import pytest

import data
from wuye_tui.intake.posts import posts
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import Flag, Level, PersonRole, UnitStatus
from wuye_tui.reference import Reference
from wuye_tui.rules.rights import Hat, Right, holders

FOLDER = Path(data.__file__).parent
DEMO = FOLDER / "demo"
NAMED = {"3-1-502", "9-1-1102", "2-1-204", "2-1-304", "8-1-906", "5-1-1503", "B-1203"}


def office(noun, ending="xlsx"):
    return read_rows(DEMO / f"{noun}.{ending}", noun)


@pytest.mark.parametrize(
    ("noun", "ending"),
    [("units", "xlsx"), ("people", "xlsx"), ("staff", "xlsx"), ("tariff", "csv")],
)
def test_not_one_row_is_bad(noun, ending):
    intake = office(noun, ending)
    assert intake.good
    assert intake.bad == ()


def test_twenty_units_and_what_a_desk_must_know_of_them():
    units = {row.label: row for row in office("units").good}
    assert len(units) == 20
    assert units.keys() >= NAMED
    assert {row.building for row in units.values()} == {"2", "3", "5", "8", "9", "B"}
    assert sum(row.status is UnitStatus.VACANT for row in units.values()) == 2
    assert [row.flags for row in units.values() if row.flags] == [
        (Flag.LIVES_ALONE,), (Flag.VIP,), (Flag.DOG,),
    ]  # fmt: skip
    ends = [row.warranty_until for row in units.values() if row.warranty_until]
    assert [end for end in ends if end > date(2026, 11, 21)] == [date(2027, 6, 30)]
    assert {"3-1-502", "3-2-502"} <= units.keys()  # 3栋502 has two answers


def test_everybody_belongs_to_a_unit_and_every_unit_to_somebody():
    people = office("people").good
    labels = {row.label for row in office("units").good}
    assert {row.unit for row in people} == labels
    assert {row.unit for row in people if row.role is PersonRole.OWNER} == labels
    assert {row.role for row in people} == set(PersonRole)
    assert {"单雄信", "仇英", "欧阳娜娜", "刘䶮"} <= {row.name for row in people}
    mobiles = [row.phone for row in people if not row.phone.startswith("0")]
    assert all(phone.startswith("1380000") for phone in mobiles)
    assert len(set(mobiles)) == len(mobiles)


@pytest.mark.clause("HR-5.1")
def test_somebody_holds_every_right_of_the_repair_lifecycle():
    worn = {hat for row in office("staff").good for hat in row.hats}
    lent = {Hat.NIGHT, Hat.SYSTEM}  # by the night duty; by nobody
    for right in Right:
        assert set(holders(right)) <= lent or worn & set(holders(right)), right


def test_staff_that_the_office_is_made_with():
    staff = {row.number: row for row in office("staff").good}
    assert (staff["KF01"].name, staff["KF01"].post) == ("李晓燕", "客服专员")
    assert (staff["GC01"].name, staff["GC01"].post) == ("王建国", "工程主管")
    assert (staff["GC03"].name, staff["GC03"].post) == ("李强", "水电维修工")
    assert (staff["XZ01"].name, staff["XZ01"].hats) == ("张敏", (Hat.ADMIN,))
    assert sum(row.post == "水电维修工" for row in staff.values()) == 4


def test_one_who_verifies_never_repairs_in_the_training_office():
    staff = office("staff").good
    assert not [row for row in staff if {Hat.ASSISTANT, Hat.MAINTAINER} <= set(row.hats)]


def test_the_starter_tariff_is_the_training_office_s():
    assert (FOLDER / "tariff.csv").read_bytes() == (DEMO / "tariff.csv").read_bytes()


def test_the_tariff_has_the_office_s_prices():
    prices = {row.name: row.price_fen for row in office("tariff", "csv").good}
    assert len(prices) == 23
    assert prices["换水龙头"] == 3000
    assert prices["疏通户内厨房管"] == 10000
    assert prices["夜间加收(20-8时)"] == 3000
    assert prices["上门检测(修好免收)"] == 2000


@pytest.mark.clause("HR-5.1")
def test_the_table_of_posts_is_whole():
    table = posts(Reference())
    assert {post.level for post in table.values()} == set(Level)
    wearable = set(Hat) - {Hat.NIGHT, Hat.SYSTEM, Hat.DUTY_MANAGER}
    assert {hat for post in table.values() for hat in post.hats} == wearable
