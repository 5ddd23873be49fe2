"""The training office's spreadsheets are as a real office's, and come in without a word."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import data
from tests.demo import sheets
from tests.demo.sheets import label
from tests.demo.staff import STAFF
from wuye_tui.intake.posts import posts
from wuye_tui.intake.sheets import read_rows
from wuye_tui.intake.terms import Flag, Level, PersonRole, UnitKind
from wuye_tui.reference import Reference
from wuye_tui.rules.rights import Hat, Right, holders

FOLDER = Path(data.__file__).parent
DEMO = FOLDER / "demo"
REGULATION_A = {
    "主任": 1, "副主任": 1, "客服主管": 1, "客服专员": 2, "收费员": 1, "机电主管": 1, "空调工": 1,
    "电梯工": 1, "维修主管": 1, "维修工": 3, "保安主管": 1, "保安员": 45, "消防主管": 1,
    "车辆主管": 1, "车辆管理员": 2, "保洁主管": 1, "保洁员": 14, "绿化主管": 1, "绿化养护工": 12,
}  # fmt: skip
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


def test_an_estate_of_twelve_hundred_units():
    units = {row.label: row for row in office("units").good}
    assert len(units) == 1200
    lived_in = [row for row in units.values() if row.kind is not UnitKind.PARKING]
    assert {row.building for row in lived_in} == {*map(str, range(1, 12)), "B"}
    entrances = {row.building: set() for row in lived_in if row.building != "B"}
    for row in lived_in:
        if row.building != "B":
            entrances[row.building].add(row.entrance)
    assert {len(found) for found in entrances.values()} == {2, 3}
    assert sum(row.kind is UnitKind.SHOP for row in units.values()) == 20
    assert units.keys() >= NAMED
    ends = [row.warranty_until for row in units.values() if row.warranty_until]
    assert units["9-2-1801"].warranty_until == date(2027, 6, 30)
    assert date(2025, 12, 31) in ends
    assert units["2-2-105"].flags == (Flag.LIVES_ALONE,)
    assert units["5-1-1402"].flags == (Flag.VIP,)
    assert units["8-1-806"].flags == (Flag.DOG,)
    assert {"3-1-502", "3-2-502"} <= units.keys()  # 3栋502 has two answers
    assert "3-3-502" not in units


def test_everybody_belongs_to_a_home_or_shop_and_each_of_them_to_somebody():
    people = office("people").good
    lived_in = {row.label for row in office("units").good if row.kind is not UnitKind.PARKING}
    assert {row.unit for row in people} == lived_in
    assert {row.unit for row in people if row.role is PersonRole.OWNER} == lived_in
    assert {row.role for row in people} == set(PersonRole)
    assert {"单雄信", "仇英", "欧阳娜娜", "刘䶮", "陈立"} <= {row.name for row in people}
    assert next(row for row in people if row.name == "陈立").unit == "3-1-502"


def test_nobody_has_a_number_that_somebody_else_may_have():
    phones = [row.phone for noun in ("people", "staff") for row in office(noun).good]
    mobiles = [phone for phone in phones if not phone.startswith("0")]
    assert all(phone.startswith("1380000") and len(phone) == 11 for phone in mobiles)
    assert len(set(phones)) == len(phones)
    plates = [row.plate for row in office("people").good if row.plate]
    assert len(set(plates)) == len(plates)


def test_the_same_files_are_made_again():
    made = [(label(*row[:3]), row[6]) for row in sheets.unit_rows()]
    there = office("units").good
    assert [one for one, _until in made] == [row.label for row in there]
    assert [row[:2] for row in sheets.people_rows()] == [
        (row.unit, row.name) for row in office("people").good
    ]
    assert [row[:2] for row in STAFF] == [(row.number, row.name) for row in office("staff").good]


def test_the_files_are_small():
    assert sum(file.stat().st_size for file in DEMO.iterdir()) < 300_000


@pytest.mark.clause("HR-5.1")
def test_ninety_one_by_the_lines_of_regulation_a():
    staff = office("staff").good
    assert Counter(row.post for row in staff) == REGULATION_A
    assert len(staff) == sum(REGULATION_A.values()) == 91
    assert len({row.name for row in staff}) == 91


@pytest.mark.clause("HR-5.1")
def test_somebody_holds_every_right_of_the_repair_lifecycle():
    table = posts(Reference())
    worn = {hat for row in office("staff").good for hat in (*row.hats, *table[row.post].hats)}
    lent = {Hat.NIGHT, Hat.DUTY_MANAGER, Hat.SYSTEM}  # by the duties of these; by nobody
    for right in Right:
        assert set(holders(right)) <= lent or worn & set(holders(right)), right


def test_staff_that_the_office_is_made_with():
    staff = {row.number: row for row in office("staff").good}
    assert (staff["KF01"].name, staff["KF01"].post) == ("李晓燕", "客服专员")
    assert (staff["GC01"].name, staff["GC01"].post) == ("王建国", "维修主管")
    assert (staff["GC03"].name, staff["GC03"].post) == ("李强", "维修工")
    assert (staff["XZ01"].name, staff["XZ01"].hats) == ("张敏", (Hat.ADMIN,))


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
