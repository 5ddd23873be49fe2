"""A meter that was changed, in one row of the reader's sheet (FW-4.2): whole, or not at all."""

from pathlib import Path

import pytest

from tests.billing import NOVEMBER
from tests.factories import rows_of
from tests.registers.test_meters import Sheet, kept, water
from wuye_tui.desk import Desk
from wuye_tui.registers import meters
from wuye_tui.rules.meters import INSTALLED, REGULAR, REMOVED
from wuye_tui.store.tables import Meter

ROW = (
    "房号", "表号", "类别", "上次读数", "本次读数", "抄表日期",
    "旧表止码", "新表起码", "新表号", "换表日期", "倍率",
)  # fmt: skip


def changed(
    value: object = 7.75, old: object = 118.5, new: object = 0.5, **more: object
) -> tuple[object, ...]:
    """A row of 3-1-502 in which the meter was changed."""
    names = ("表号", "上次读数", "新表号", "换表日期", "倍率")
    meter, before, number, day, factor = (more.get(name, "") for name in names)
    return (
        more.get("房号", "3-1-502"), meter, "水", before, value,
        more.get("抄表日期", "2026-10-31"), old, new, number, day, factor,
    )  # fmt: skip


@pytest.fixture
def sheet(any_desk: Desk, tmp_path: Path) -> Sheet:
    return Sheet(any_desk, tmp_path)


@pytest.mark.clause("FW-4.2")
def test_an_old_meters_end_and_a_new_ones_start_stand_in_one_row(sheet: Sheet) -> None:
    sheet.bring(water("3-1-502", 100, "2026-09-30"))
    plan = sheet.plan(changed(), names=ROW)
    assert (plan.new, plan.changed, plan.bad) == (3, 0, ())
    assert "抄表日期的前一天" in "".join(one.reason for one in plan.intake.told)
    sheet.apply(plan)
    number = "3-1-502 水"
    assert kept(sheet.desk) == [
        (number, "2026-09-30", REGULAR, 100_000),
        (number, "2026-10-30", INSTALLED, 500),
        (number, "2026-10-30", REMOVED, 118_500),
        (number, "2026-10-31", REGULAR, 7_750),
    ]
    used = [row["used_milli"] for row in meters.list_readings(sheet.desk, unit="3-1-502")]
    assert used == [None, 18_500, 0, 7_250]
    again = sheet.plan(changed(), names=ROW)
    assert (again.new, again.changed, again.unchanged, again.bad) == (0, 0, 3, ())


@pytest.mark.clause("FW-4.2")
def test_a_new_meter_has_the_number_the_day_and_the_factor_that_the_row_says(sheet: Sheet) -> None:
    sheet.bring(("3-1-502", "A-1", "水", "", 100, "2026-09-30", "", "20"))
    row = changed(新表号="b-2", 换表日期="2026-10-12")
    sheet.apply(sheet.plan(row, names=ROW))
    assert kept(sheet.desk)[1:] == [
        ("A-1", "2026-10-12", REMOVED, 118_500),
        ("B-2", "2026-10-12", INSTALLED, 500),
        ("B-2", "2026-10-31", REGULAR, 7_750),
    ]
    found = {one.number: (one.unit, one.factor) for one in rows_of(sheet.desk, Meter)}
    assert found == {"A-1": ("3-1-502", 20), "B-2": ("3-1-502", 20)}, "as the old one's"
    again = sheet.plan(row, names=ROW)
    assert (again.new, again.unchanged, again.bad) == (0, 3, ())
    # From now on the room means the new one, and nobody waits for the old.
    sheet.bring(water("3-1-502", 9, "2026-11-19"))
    assert kept(sheet.desk)[-1] == ("B-2", "2026-11-19", REGULAR, 9_000)
    assert meters.missing(sheet.desk, NOVEMBER) == []


@pytest.mark.clause("FW-4.2")
def test_the_number_of_the_old_meter_alone_says_where_the_new_one_is(sheet: Sheet) -> None:
    sheet.bring(water("3-1-502", 100, "2026-09-30", meter="A-1"))
    row = changed(房号="", 表号="a-1", 新表号="b-2", 倍率="5")
    sheet.apply(sheet.plan(row, names=ROW))
    found = {one.number: (one.unit, one.fee, one.factor) for one in rows_of(sheet.desk, Meter)}
    assert found["B-2"] == ("3-1-502", "water", 5)
    assert found["A-1"] == ("3-1-502", "water", 1), "what it has used stays what it was"


@pytest.mark.clause("FW-4.2")
@pytest.mark.parametrize("value", ["", 0.5])
def test_a_new_meter_that_shows_what_it_began_with_was_changed_that_day(
    sheet: Sheet, value: object
) -> None:
    sheet.bring(water("3-1-502", 100, "2026-09-30"))
    sheet.apply(sheet.plan(changed(value), names=ROW))
    assert [one[1:] for one in kept(sheet.desk)][1:] == [
        ("2026-10-31", INSTALLED, 500), ("2026-10-31", REMOVED, 118_500),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (changed(old=""), "旧表止码"),
        (changed(new=""), "新表起码"),
        (changed(old="", new="", 新表号="B-2"), "旧表止码"),
        (changed(old="坏"), "旧表止码"),
        (changed(old=99), "旧表止码"),
        (changed(new=8), "本次读数"),
        (changed(换表日期="2026-10-31"), "换表日期"),
        (changed(换表日期="2026-11-01"), "换表日期"),
        (changed(新表号="C-3"), "表号"),
    ],
)
def test_half_a_change_of_meters_is_refused_whole(
    sheet: Sheet, row: tuple[object, ...], column: str
) -> None:
    sheet.bring(water("3-1-502", 100, "2026-09-30"), water("3-1-501", 1, "2026-09-30", meter="C-3"))
    before = kept(sheet.desk)
    plan = sheet.plan(row, names=ROW)
    assert column in {bad.column for bad in plan.bad}
    assert {bad.row_number for bad in plan.bad} == {2}
    assert sheet.apply(plan, skip_bad=True)["new"] == 0
    assert kept(sheet.desk) == before
