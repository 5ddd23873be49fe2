"""A reading put right or taken away while no bill uses it, and a meter switched off (FW-4.2)."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.billing import NOVEMBER, OCTOBER, in_order, owes, priced, run
from tests.registers.test_meter_swaps import ROW, changed
from tests.registers.test_meters import Sheet, kept, water
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, fees, meter_changes, meters
from wuye_tui.registers.meter_refusals import (
    AlreadyCharged,
    NoReadingThen,
    NoWhyGiven,
    OffAlready,
    ReadLater,
    SeveralThen,
)
from wuye_tui.rules.meters import REGULAR, REMOVED, InstalledTwice, RanBackwards
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import Meter

HALLOWEEN = date(2026, 10, 31)


@pytest.fixture
def cashier(any_desk: Desk, tmp_path: Path) -> Desk:
    return with_a_meter(any_desk, tmp_path)


def with_a_meter(desk: Desk, tmp_path: Path) -> Desk:
    """The cashier, with one meter of water at 3-1-502: 100 in September, 110 in October."""
    at = priced(desk)
    at.perform("fees.set", lambda act: fees.set_price(act, "water", 40_000, date(2026, 1, 1)))
    Sheet(at, tmp_path).bring(water("3-1-502", 110, before=100))
    return at


# Put right, taken away


def corrected(desk: Desk, day: date, value: int | None, why: str = "抄错", **more: str) -> Result:
    typed = more.pop("typed", "3-1-502")
    return desk.perform(
        "readings.correct", lambda act: meter_changes.correct(act, typed, day, value, why, **more)
    )


@pytest.mark.clause("FW-4.2")
def test_a_reading_that_no_bill_uses_is_put_right_or_taken_away(cashier: Desk) -> None:
    done = corrected(cashier, HALLOWEEN, 112_000)
    assert (done["before_milli"], done["value_milli"]) == (110_000, 112_000)
    with pytest.raises(RanBackwards):
        corrected(cashier, HALLOWEEN, 99_000)
    corrected(cashier, HALLOWEEN, None)
    assert [one[1] for one in kept(cashier)] == ["2026-09-30"]
    with pytest.raises(NoReadingThen, match="2026-09-30"):
        corrected(cashier, HALLOWEEN, None)
    assert [one["unit"] for one in meters.missing(cashier, OCTOBER)] == ["3-1-502"]
    assert "抄错" not in str(done)
    assert in_order(cashier)


@pytest.mark.clause("FW-4.2")
def test_a_billed_reading_says_what_to_do_instead(cashier: Desk) -> None:
    run(cashier, OCTOBER, "water")
    for value in (None, 111_000):
        with pytest.raises(AlreadyCharged, match="wuye bills charge 另记一笔，或者冲销"):
            corrected(cashier, HALLOWEEN, value)
    with pytest.raises(AlreadyCharged):
        corrected(cashier, date(2026, 9, 30), None)
    assert len(kept(cashier)) == 2


def test_a_correction_says_why_and_is_for_whoever_bills(cashier: Desk) -> None:
    with pytest.raises(NoWhyGiven):
        corrected(cashier, HALLOWEEN, None, why="  ")
    with pytest.raises(NotAllowed):
        corrected(cashier.as_staff("KF01"), HALLOWEEN, None)


def test_of_two_on_a_day_one_is_named_and_neither_leaves_a_gap(
    cashier: Desk, tmp_path: Path
) -> None:
    sheet, day = Sheet(cashier, tmp_path), date(2026, 11, 10)
    sheet.apply(sheet.plan(changed(5, 120, 1, 抄表日期="2026-11-11"), names=ROW))
    with pytest.raises(SeveralThen):
        corrected(cashier, day, 121_000)
    corrected(cashier, day, 121_000, kind=REMOVED)
    assert (("3-1-502 水", str(day), REMOVED, 121_000)) in kept(cashier)
    with pytest.raises(InstalledTwice):
        corrected(cashier, day, None, kind=REMOVED)


# Switched off


def off(desk: Desk, day: date, **more: Any) -> Result:
    return desk.perform(
        "readings.off",
        lambda act: meter_changes.switch_off(act, "3-1-502", day, "拆除", "water", **more),
    )


@pytest.mark.clause("FW-4.2")
def test_a_meter_that_is_switched_off_is_charged_to_its_end_and_waited_for_no_more(
    cashier: Desk,
) -> None:
    run(cashier, OCTOBER, "water")
    with pytest.raises(AlreadyCharged):
        off(cashier, HALLOWEEN)
    done = off(cashier, date(2026, 11, 5), value_milli=113_000)
    assert (done["kind"], done["value_milli"]) == (REMOVED, 113_000)
    assert meters.missing(cashier, NOVEMBER) == []
    with pytest.raises(OffAlready, match="2026-11-05"):
        off(cashier, date(2026, 11, 6))
    assert run(cashier, NOVEMBER, "water")["amount_fen"] == 3 * 400
    later = bills.preview(cashier, NOVEMBER.after, ["water"])
    assert (later.lines, later.odd) == (0, ())
    assert owes(cashier, "3-1-502").open_fen == 13 * 400


def test_without_a_value_it_ends_with_what_it_showed_last(cashier: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReadLater, match="2026-10-31"):
        off(cashier, date(2026, 10, 30))
    assert off(cashier, HALLOWEEN)["value_milli"] == 110_000
    assert [one[1:] for one in kept(cashier)] == [
        ("2026-09-30", REGULAR, 100_000), ("2026-10-31", REMOVED, 110_000),
    ]  # fmt: skip
    assert run(cashier, OCTOBER, "water")["amount_fen"] == 10 * 400
    # A new one may be put up in its place.
    sheet = Sheet(cashier, tmp_path)
    sheet.bring(water("3-1-502", 3, "2026-11-08", note="新表起码"))
    sheet.bring(water("3-1-502", 5, "2026-11-19"))
    assert run(cashier, NOVEMBER, "water")["amount_fen"] == 2 * 400


def test_one_that_was_never_read_is_waited_for_no_more_either(cashier: Desk) -> None:
    def made(act: Act) -> Result:
        act.insert(Meter, {"number": "E-9", "unit": "3-1-501", "fee": "water"})
        return {}

    cashier.perform("test", made)
    assert [one["meter"] for one in meters.missing(cashier, OCTOBER)] == ["E-9"]
    cashier.perform(
        "readings.off",
        lambda act: meter_changes.switch_off(act, "E-9", date(2026, 10, 2), "没有装"),
    )
    assert meters.missing(cashier, OCTOBER) == []
