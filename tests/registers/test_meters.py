"""Meters and their readings (FW-4.2): brought in by sheets as one act, by hand, and charged.

* a meter that nobody knows is made; the same sheet again changes nothing
* what cannot stand beside its neighbours, or is of a month that is charged, is refused
* what looks odd is told, and who has not been read
* two months with a new meter, a rollover and a factor come to the right fen
"""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.billing import CASHIER, OCTOBER, in_order, owes, priced, run
from tests.desks import second_desk
from tests.factories import rows_of
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.registers import bills, fees, meters
from wuye_tui.registers.imports import ImportRefused
from wuye_tui.registers.meter_refusals import (
    AlreadyCharged,
    DayToCome,
    NoFee,
    NotByMeter,
    ReadAlready,
    SeveralMeters,
    Undated,
    UnknownKind,
    UnknownMeter,
)
from wuye_tui.registers.meters import ReadingPlan
from wuye_tui.rules.meters import (
    INSTALLED,
    REGULAR,
    REMOVED,
    ROLLED,
    RanBackwards,
    TooLarge,
    TwoOnADay,
)
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import Charge, Meter, MeterReading

NAMES = ("房号", "表号", "类别", "上次读数", "本次读数", "抄表日期", "备注", "倍率")
SEPTEMBER = Month(2026, 9)
Row = Sequence[Any]


class Sheet:
    """A sheet of readings, written anew for each import."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.path = desk.as_staff(CASHIER), folder / "readings.csv"

    def plan(self, *rows: Row, names: Row = NAMES, **asked: Any) -> ReadingPlan[Any]:
        """What importing these rows would do."""
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([names, *rows])
        intake = read_rows(self.path, "readings", self.desk.reference)
        return meters.plan(self.desk, intake, **asked)

    def apply(self, plan: ReadingPlan[Any], skip_bad: bool = False) -> Result:
        """Carries a plan out."""
        return self.desk.perform("test", lambda act: meters.apply(act, plan, skip_bad))

    def bring(self, *rows: Row, skip_bad: bool = False, **asked: Any) -> tuple[int, int, int]:
        """Imports these rows: how many were new, changed, unchanged."""
        done = self.apply(self.plan(*rows, **asked), skip_bad)
        return done["new"], done["changed"], done["unchanged"]

    def refused(self, *rows: Row, **asked: Any) -> list[tuple[int, str]]:
        """The rows that are not taken, and the columns that say why."""
        return [(bad.row_number, bad.column) for bad in self.plan(*rows, **asked).bad]


@pytest.fixture
def sheet(desk: Desk, tmp_path: Path) -> Sheet:
    return Sheet(desk, tmp_path)


def water(
    room: str, value: object, day: str = "2026-10-31", before: object = "", **more: str
) -> Row:
    """A row about water."""
    return (room, more.get("meter", ""), "水", before, value, day, more.get("note", ""), "")


def kept(desk: Desk) -> list[tuple[str, str, str, int]]:
    """Every reading: meter, day, kind, thousandths."""
    rows = rows_of(desk, MeterReading)
    return sorted((one.meter, str(one.day), one.kind, one.value_milli) for one in rows)


@pytest.mark.clause("FW-4.2")
def test_unknown_meters_are_made_and_the_same_sheet_again_changes_nothing(
    any_desk: Desk, tmp_path: Path
) -> None:
    sheet = Sheet(any_desk, tmp_path)
    rows = (
        water("3-1-501", 112.5, before=100),
        water("3-1-502", 7, meter="b-17"),
        ("3-1-502", "", "电", 80, "95.25", "2026-10-31", "", "20"),
    )
    plan = sheet.plan(*rows)
    assert (plan.new, plan.changed, plan.unchanged, plan.bad) == (3, 0, 0, ())
    assert [one.number for one in plan.found.made] == ["3-1-501 水", "B-17", "3-1-502 电"]
    assert rows_of(any_desk, MeterReading) == [], "a plan writes nothing"
    assert sheet.bring(*rows) == (3, 0, 0)
    found = {
        one.number: (one.unit, one.fee, one.digits, one.factor) for one in rows_of(any_desk, Meter)
    }
    assert found == {
        "3-1-501 水": ("3-1-501", "water", 5, 1),
        "B-17": ("3-1-502", "water", 5, 1),
        "3-1-502 电": ("3-1-502", "electricity", 5, 20),
    }
    before = kept(any_desk)
    assert before == [
        ("3-1-501 水", "2026-09-30", REGULAR, 100_000),
        ("3-1-501 水", "2026-10-31", REGULAR, 112_500),
        ("3-1-502 电", "2026-09-30", REGULAR, 80_000),
        ("3-1-502 电", "2026-10-31", REGULAR, 95_250),
        ("B-17", "2026-10-31", REGULAR, 7_000),
    ]
    plan = sheet.plan(*rows)
    assert (plan.new, plan.changed, plan.unchanged, plan.told) == (0, 0, 3, [])
    assert sheet.bring(*rows) == (0, 0, 3)
    assert kept(any_desk) == before
    assert in_order(any_desk)


def test_a_corrected_sheet_changes_what_it_says_otherwise(sheet: Sheet) -> None:
    sheet.bring(water("3-1-501", 12, before=1), water("3-1-502", 8))
    assert sheet.bring(water("3-1-501", 13, before=1), water("3-1-502", 8)) == (0, 1, 1)
    assert sheet.bring(water("3-1-501", 2, "2026-11-10", note="过零")) == (1, 0, 0)
    assert sheet.bring(water("3-1-501", 20, "2026-11-10")) == (0, 1, 0)
    assert kept(sheet.desk)[1:3] == [
        ("3-1-501 水", "2026-10-31", REGULAR, 13_000),
        ("3-1-501 水", "2026-11-10", REGULAR, 20_000),
    ], "the reading past the last digit is gone"


def test_the_sheet_s_own_factor_and_digits_are_kept_and_their_change_is_shown(sheet: Sheet) -> None:
    names = (*NAMES, "位数")
    row = ("3-1-501", "D1", "电", "", 123456, "2026-10-31", "", 20, 6)
    assert sheet.bring(row, names=names) == (1, 0, 0)
    plan = sheet.plan((*row[:7], 40, 6), names=names)
    assert (plan.new, plan.changed, plan.unchanged) == (0, 1, 1)
    assert [(one.who, one.field, one.old, one.new) for one in plan.found.examples] == [
        ("D1", "factor", 20, 40)
    ]
    sheet.apply(plan)
    assert [(one.digits, one.factor) for one in rows_of(sheet.desk, Meter)] == [(6, 40)]
    two = sheet.plan((*row[:5], "2026-10-30", "", 40, 6), (*row[:7], 20, 6), names=names)
    assert [(bad.row_number, bad.column) for bad in two.bad] == [(3, "倍率")]


def test_day_and_fee_are_said_once_for_a_sheet_that_has_no_columns_for_them(sheet: Sheet) -> None:
    names, row = ("房号", "本期"), ("3-1-501", 12)
    with pytest.raises(Undated):
        sheet.plan(row, names=names, fee="water")
    with pytest.raises(NoFee):
        sheet.plan(row, names=names, day=date(2026, 10, 31))
    with pytest.raises(NotByMeter):
        sheet.plan(row, names=names, fee="management", day=date(2026, 10, 31))
    with pytest.raises(DayToCome):
        sheet.plan(row, names=names, fee="water", day=date(2026, 11, 20))
    assert sheet.bring(row, names=names, fee="水费", day=date(2026, 10, 31)) == (1, 0, 0)
    # By the meter's number alone nothing else need be said.
    by_number = ("表号", "读数", "日期")
    assert sheet.bring(("3-1-501 水", 14, "2026-11-10"), names=by_number) == (1, 0, 0)
    assert sheet.refused(("3-9-999 水", 14, "2026-11-10"), names=by_number) == [(2, "表号")]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (water("9-9-909", 5), "房号", "9 栋"),
        (water("3-1-999", 5), "房号", "没有「3-1-999」"),
        (water("3-502", 5), "房号", "3-1-502、3-2-502"),
        (water("3-1-501", 49), "本次读数", "过零"),
        (water("3-1-501", 51, note="过零"), "本次读数", "没有过零"),
        (water("3-1-501", 100_000), "本次读数", "超过 5 位"),
        (water("3-1-501", 60, "2026-11-20"), "抄表日期", "还没有到"),
        (water("3-1-501", 60, ""), "抄表日期", "没有抄表日期"),
        (water("3-1-501", 3, note="新表起码"), "本次读数", "旧表止码"),
        (water("3-1-502", 60, meter="3-1-501 水"), "表号", "是 3-1-501 的"),
        (("3-1-501", "3-1-501 水", "电", "", 60, "2026-10-31", "", ""), "类别", "水费"),
        (("3-1-501", "", "", "", 60, "2026-10-31", "", ""), None, ""),
        (("3-1-502", "", "", "", 60, "2026-10-31", "", ""), "类别", "哪一种表"),
        (("", "X-1", "水", "", 60, "2026-10-31", "", ""), "表号", "没有登记过"),
    ],
)
def test_what_the_register_cannot_take_is_told_with_its_column(
    sheet: Sheet, row: Row, column: str | None, says: str
) -> None:
    sheet.bring(water("3-1-501", 50, "2026-09-30"))
    plan = sheet.plan(row)
    assert [bad.column for bad in plan.bad] == ([column] if column else [])
    assert all(says in bad.reason for bad in plan.bad)
    if column:
        with pytest.raises(ImportRefused, match="1 行"):
            sheet.apply(plan)
    else:
        assert sheet.apply(plan)["new"] == 1


def test_good_rows_come_in_without_the_bad_ones_which_go_out_with_their_reasons(
    sheet: Sheet, tmp_path: Path
) -> None:
    rows = (water("3-1-501", 12), water("9-9-909", 5), water("3-1-502", "很多"))
    plan = sheet.plan(*rows)
    with pytest.raises(ImportRefused, match="2 行"):
        sheet.apply(plan)
    assert rows_of(sheet.desk, Meter) == [], "nothing at all came in"
    assert sheet.apply(plan, skip_bad=True)["skipped"] == 2
    assert [one.number for one in rows_of(sheet.desk, Meter)] == ["3-1-501 水"]
    assert write_bad_rows(tmp_path / "bad.csv", plan.intake) == 2
    assert "先导入这一栋的房号表" in (tmp_path / "bad.csv").read_text("utf-8-sig")


def test_one_meter_in_two_units_and_two_readings_of_a_day_are_refused(sheet: Sheet) -> None:
    two = sheet.refused(water("3-1-501", 5, meter="S1"), water("3-1-502", 6, meter="S1"))
    assert two == [(3, "表号")]
    sheet.bring(water("3-1-501", 5, meter="S1"))
    assert sheet.refused(water("3-1-501", 6), water("", 7, meter="S1")) == [(3, "本次读数")]
    assert sheet.refused(water("3-1-501", 6, note="旧表止码")) == [(2, "本次读数")]
    second = sheet.plan(water("3-1-501", 6, meter="S2"))
    assert [("S1" in one.reason, one.column) for one in second.told] == [(True, "表号")]
    sheet.apply(second)
    assert sheet.refused(water("3-1-501", 7, "2026-11-10")) == [(2, "房号")], "which of the two?"


def test_rows_are_judged_in_the_order_of_their_days_and_the_register_is_right(sheet: Sheet) -> None:
    sheet.bring(water("3-1-501", 50, "2026-10-31"))
    # Put in between: below what was read later, above what was read before.
    assert sheet.bring(water("3-1-501", 45, "2026-09-30"), water("3-1-501", 40, "2026-08-31")) == (
        2, 0, 0,
    )  # fmt: skip
    assert sheet.refused(water("3-1-501", 51, "2026-10-01")) == [(2, "本次读数")]
    assert sheet.refused(
        water("3-1-501", 60, "2026-11-10"), water("3-1-501", 55, "2026-11-11")
    ) == [(3, "本次读数")]


def test_what_looks_odd_is_told_and_comes_in(sheet: Sheet) -> None:
    for month, value in ((6, 100), (7, 110), (8, 121), (9, 130)):
        sheet.bring(
            water("3-1-501", value, f"2026-{month:02}-28"),
            water("3-1-502", value, f"2026-{month:02}-28"),
        )
    sheet.bring(water("5-1-101", 5, "2026-09-28"))
    plan = sheet.plan(water("3-1-501", 230), water("3-1-502", 130, before=128))
    assert plan.bad == ()
    assert [(one.row_number, one.column) for one in plan.told] == [
        (2, "本次读数"), (3, "上次读数"), (3, "本次读数"),
    ]  # fmt: skip
    jump, before, none = (one.reason for one in plan.told)
    assert ("用量突增" in jump, "100" in jump, "130" in before, "用量为零" in none) == (True,) * 4
    assert [(one.fee, str(one.month), one.numbers) for one in plan.missing] == [
        ("water", "2026-10", ("5-1-101 水",))
    ]
    assert plan.as_dict()["missing"] == [
        {"fee": "water", "month": "2026-10", "meters": ["5-1-101 水"]}
    ]
    assert sheet.apply(plan)["new"] == 2


def test_a_meter_that_was_taken_down_is_not_waited_for(sheet: Sheet) -> None:
    sheet.bring(water("3-1-501", 50, "2026-09-30"), water("3-1-502", 5, "2026-09-30"))
    sheet.bring(water("3-1-501", 52, "2026-10-05", note="旧表止码"))
    found = meters.missing(sheet.desk, OCTOBER, "water")
    assert [(row["meter"], row["day"], row["value_milli"]) for row in found] == [
        ("3-1-502 水", date(2026, 9, 30), 5000)
    ]
    assert [row["meter"] for row in meters.missing(sheet.desk, Month(2026, 11))] == ["3-1-502 水"]
    sheet.bring(water("3-1-501", 0, "2026-11-02", note="新表起码"))
    assert [row["meter"] for row in meters.missing(sheet.desk, Month(2026, 12))] == [
        "3-1-501 水", "3-1-502 水",
    ]  # fmt: skip


def metered_office(desk: Desk) -> Desk:
    """Water at 3.50 a ton, electricity at 0.5283 a unit."""
    cashier = priced(desk)

    def work(act: Act) -> Result:
        fees.set_price(act, "water", 35_000, date(2026, 1, 1))
        return fees.set_price(act, "electricity", 5283, date(2026, 1, 1))

    cashier.perform("test", work)
    return cashier


@pytest.mark.clause("FW-4.2")
def test_two_months_with_a_new_meter_a_rollover_and_a_factor_come_to_the_right_fen(
    any_desk: Desk, tmp_path: Path
) -> None:
    cashier, sheet = metered_office(any_desk), Sheet(any_desk, tmp_path)
    sheet.bring(
        water("3-1-501", 99_990, "2026-09-30", before=99_950),
        water("3-1-502", 112.345, "2026-09-30", before=100),
        ("5-1-101", "", "电", 10, 15.5, "2026-09-30", "", 20),
    )
    assert bills.preview(cashier, SEPTEMBER, ["water", "electricity"]).odd == ()
    run(cashier, SEPTEMBER, "water", "electricity")
    assert {one.unit: one.fen for one in rows_of(cashier, Charge)} == {
        "3-1-501": 14_000,  # 40 x 3.50
        "3-1-502": 4_321,  # 12.345 x 3.50 = 43.2075
        "5-1-101": 5_811,  # 5.5 x 20 x 0.5283 = 58.113
    }
    done = sheet.bring(
        water("3-1-501", 12, before=99_990, note="表过零"),
        water("3-1-502", 118.5, "2026-10-12", note="换表，旧表止码"),
        water("3-1-502", 2, "2026-10-12", note="换表，新表起码"),
        water("3-1-502", 9.75, before=2),
        ("5-1-101", "", "电", 15.5, 16.125, "2026-10-31", "", 20),
    )
    assert done == (5, 0, 0)
    run(cashier, OCTOBER, "water", "electricity")
    assert {one.unit: one.fen for one in rows_of(cashier, Charge) if one.period == "2026-10"} == {
        "3-1-501": 7_700,  # 99990 to 100012: 22 x 3.50
        "3-1-502": 4_867,  # (118.5 - 112.345 + 9.75 - 2) x 3.50 = 13.905 x 3.50 = 48.6675
        "5-1-101": 660,  # 0.625 x 20 x 0.5283 = 6.60375
    }
    assert owes(cashier, "3-1-502").open_fen == 4_321 + 4_867
    found = meters.list_readings(cashier, unit="3-1-502")
    assert [(row["kind"], row["used_milli"]) for row in found] == [
        (REGULAR, None), (REGULAR, 12_345), (REMOVED, 6_155), (INSTALLED, 0), (REGULAR, 7_750),
    ]  # fmt: skip
    assert in_order(cashier)


@pytest.mark.clause("FW-4.2")
def test_readings_of_a_month_that_is_charged_stay_and_a_charge_puts_them_right(
    sheet: Sheet,
) -> None:
    cashier = metered_office(sheet.desk)
    rows = (water("3-1-501", 50, "2026-09-30", before=40), water("3-1-502", 7, "2026-09-30"))
    sheet.bring(*rows)
    number = run(cashier, SEPTEMBER)["number"]
    assert sheet.bring(*rows) == (0, 0, 2), "the sheet itself comes in again"
    plan = sheet.plan(water("3-1-501", 51, "2026-09-30"), water("5-1-101", 1, "2026-08-31"))
    assert [bad.row_number for bad in plan.bad] == [2, 3]
    said = plan.bad[0].reason
    assert ("水费已经出账到 2026-09" in said, number in said, "另记一笔" in said) == (True,) * 3
    with pytest.raises(AlreadyCharged) as refused:
        added(cashier, "3-1-501", 51_000, date(2026, 9, 30))
    assert refused.value.clause == "FW-4.2"
    # Nothing of electricity was charged, though the run was for all fees; nor is October.
    power = ("3-1-501", "", "电", 5, 9, "2026-09-30", "", "")
    assert sheet.bring(power, water("3-1-501", 55)) == (2, 0, 0)
    # A meter that comes later brings its first reading along.
    assert sheet.bring(water("5-1-101", 8, before=1)) == (1, 0, 0)
    assert ("5-1-101 水", "2026-09-30", REGULAR, 1000) in kept(cashier)


def added(desk: Desk, meter: str, milli: int, day: date, *more: Any) -> Result:
    """One reading by hand."""
    return desk.perform("readings.add", lambda act: meters.add(act, meter, milli, day, *more))


def test_one_reading_by_hand_by_number_or_by_unit(sheet: Sheet) -> None:
    sheet.bring(water("3-1-501", 50, "2026-09-30"), water("3-1-502", 5, "2026-09-30", meter="S7"))
    cashier, day = sheet.desk, date(2026, 10, 31)
    assert added(cashier, "3-1-501", 55_500, day)["new"] == 1
    assert added(cashier, "ｓ7", 6000, day, "抄表")["meter"] == "S7"
    for milli, kind in ((6500, REGULAR), (1, ROLLED)):
        with pytest.raises(ReadAlready, match=r"已有读数 6，.*readings correct"):
            added(cashier, "S7", milli, day, kind)
    same = added(cashier, "S7", 6000, day)
    assert (same["new"], same["changed"]) == (0, 0), "the same again"
    (odd,) = added(cashier, "S7", 60_000, date(2026, 11, 1))["odd"]
    assert "用量突增" in odd, "as an import tells it"
    assert added(cashier, "S7", 1, date(2026, 11, 3), "rolled", "水费")["kind"] == ROLLED
    with pytest.raises(RanBackwards):
        added(cashier, "3-1-501", 55_000, date(2026, 11, 1))
    with pytest.raises(TooLarge):
        added(cashier, "3-1-501", 100_000_000, date(2026, 11, 1))
    with pytest.raises(TwoOnADay):
        added(cashier, "3-1-501", 55_600, day, REMOVED)
    with pytest.raises(DayToCome):
        added(cashier, "3-1-501", 60_000, date(2026, 11, 20))
    with pytest.raises(UnknownKind):
        added(cashier, "3-1-501", 60_000, day, "猜的")
    with pytest.raises(UnknownMeter):
        added(cashier, "6-1-301", 60_000, day)
    with pytest.raises(UnknownMeter):
        added(cashier, "S7", 60_000, day, REGULAR, "电费")
    sheet.bring(("3-1-501", "", "电", "", 60, "2026-09-30", "", ""))
    with pytest.raises(SeveralMeters):
        added(cashier, "3-1-501", 60_000, date(2026, 11, 1))
    assert added(cashier, "3-1-501", 60_000, date(2026, 11, 1), REGULAR, "water")["new"] == 1


@pytest.mark.clause("FW-4.3")
def test_the_desk_writes_no_readings(sheet: Sheet) -> None:
    plan = sheet.plan(water("3-1-501", 50))
    clerk = sheet.desk.as_staff("KF01")
    with pytest.raises(NotAllowed, match="读数"):
        clerk.perform("test", lambda act: meters.apply(act, plan))
    with pytest.raises(NotAllowed):
        added(clerk, "3-1-501", 1, date(2026, 10, 31))
    assert rows_of(sheet.desk, Meter) == []


def test_what_came_in_between_is_compared_again(sheet: Sheet) -> None:
    sheet.bring(water("3-1-501", 50, "2026-09-30"))
    plan = sheet.plan(water("3-1-501", 60))
    other = second_desk(sheet.desk, CASHIER)
    added(other, "3-1-501", 60_000, date(2026, 10, 31))
    assert sheet.apply(plan)["unchanged"] == 1
    plan = sheet.plan(water("3-1-501", 62, "2026-11-02"))
    added(other, "3-1-501", 70_000, date(2026, 11, 1))
    with pytest.raises(ImportRefused):
        sheet.apply(plan)
    other.engine.dispose()


def test_readings_are_listed_by_unit_and_month_with_what_was_used(sheet: Sheet) -> None:
    sheet.bring(
        water("12-1-1203", 5, "2026-09-30"), water("12-1-1203", 9),
        water("3-1-501", 50, before=40), ("3-1-501", "", "电", "", 60, "2026-10-31", "", ""),
    )  # fmt: skip
    found = meters.list_readings(sheet.desk, month=OCTOBER)
    assert [(row["meter"], row["used_milli"]) for row in found] == [
        ("3-1-501 电", None), ("3-1-501 水", 10_000), ("12-1-1203 水", 4000),
    ]  # fmt: skip
    found = meters.list_readings(sheet.desk, "水费", "3-1-501")
    assert [(str(row["day"]), row["used_milli"]) for row in found] == [
        ("2026-09-30", None), ("2026-10-31", 10_000),
    ]  # fmt: skip
