"""Runs of bills: previewed, published once, nothing left of one that stopped (FW-4.1, FW-4.2)."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from tests.billing import (
    A_MONTH,
    CASHIER,
    DECEMBER,
    HOMES,
    NOVEMBER,
    OCTOBER,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.factories import rows_of
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, fees, ledger
from wuye_tui.registers.counter import use_all_prepaid
from wuye_tui.rules.bills import JUMP, NO_AREA, NO_PRICE, NOBODY
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import BillRun, Charge, LedgerEntry, Meter, MeterReading, Pool, Unit
from wuye_tui.store.tables.base import new_id


def changed(desk: Desk, work: Any) -> None:
    desk.perform("test", lambda act: work(act) or {})


def pooled(desk: Desk, fen: int, building: str = "", basis: str = "area") -> None:
    def work(act: Act) -> Result:
        act.insert(
            Pool,
            {"id": new_id(), "fee": "shared_power", "period": "2026-10", "building": building,
             "basis": basis, "fen": fen, "by": CASHIER, "at": act.now},
        )  # fmt: skip
        return {}

    desk.perform("test", work)


@pytest.mark.clause("FW-4.1")
def test_a_month_is_charged_by_area_and_posted_to_the_ledger(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    found = bills.preview(cashier, OCTOBER)
    assert (found.lines, found.fen, found.odd) == (6, 6 * A_MONTH, ())
    assert rows_of(cashier, Charge) == [], "a preview writes nothing"
    done = run(cashier, OCTOBER)
    assert (done["lines"], done["amount_fen"]) == (6, 6 * A_MONTH)
    (entry,) = rows_of(cashier, LedgerEntry)
    with cashier.read() as session:
        posted = ledger.lines_of(session, cashier.site, entry.number)
    assert [(one.account, one.part, one.fen) for one in posted] == [
        ("receivable", "management", 6 * A_MONTH),
        ("income", "management", -6 * A_MONTH),
    ]
    assert owes(cashier, "3-1-502").open_fen == A_MONTH
    assert in_order(cashier)


@pytest.mark.clause("FW-4.1")
def test_twice_charges_nothing_twice_and_a_unit_that_was_left_out_is_charged(desk: Desk) -> None:
    cashier = priced(desk)
    lone = next(one for one in rows_of(cashier, Unit) if one.label == "6-1-301")
    changed(cashier, lambda act: act.update(Unit, {"id": lone.id, "area_centi": None}))
    found = bills.preview(cashier, OCTOBER)
    assert [(one.code, one.unit) for one in found.odd] == [(NO_AREA, "6-1-301")]
    assert run(cashier, OCTOBER)["lines"] == 5
    with pytest.raises(bills.NothingToBill):
        run(cashier, OCTOBER)
    changed(cashier, lambda act: act.update(Unit, {"id": lone.id, "area_centi": 5000}))
    assert run(cashier, OCTOBER)["lines"] == 1
    assert len(rows_of(cashier, Charge)) == 6
    assert in_order(cashier)


@pytest.mark.clause("FW-4.2")
def test_heating_is_charged_once_a_season_in_the_month_in_which_it_begins(desk: Desk) -> None:
    cashier = priced(desk)
    changed(cashier, lambda act: fees.set_price(act, "heating", 60_000, date(2026, 1, 1)))
    assert "heating" not in {one.fee for one in bills.preview(cashier, OCTOBER).fees}
    run(cashier, NOVEMBER, "采暖费")
    (line, *_rest) = [one for one in rows_of(cashier, Charge) if one.fee == "heating"]
    assert (line.begins, line.ends) == (date(2026, 11, 15), date(2027, 3, 15))
    # 89.5 x 6 x (16/30 + 1 + 1 + 1 + 15/31) = 2157.2387..
    assert line.fen == 215_724
    assert not any(one.fee == "heating" for one in bills.preview(cashier, DECEMBER).fees)


@pytest.mark.clause("FW-4.1")
def test_a_shared_cost_sums_to_its_pool(desk: Desk) -> None:
    cashier = priced(desk)
    pooled(cashier, 10_000)
    found = bills.preview(cashier, OCTOBER, ["公共照明公摊"])
    assert (found.lines, found.fen) == (6, 10_000)
    run(cashier, OCTOBER)
    parts = sorted(one.fen for one in rows_of(cashier, Charge) if one.fee == "shared_power")
    assert parts == [1666, 1666, 1667, 1667, 1667, 1667]
    assert in_order(cashier)


def test_a_pool_with_nobody_to_share_it_keeps_the_run_from_being_published(desk: Desk) -> None:
    cashier = priced(desk)
    pooled(cashier, 10_000, building="99")
    assert [one.code for one in bills.preview(cashier, OCTOBER).odd] == [NOBODY]
    with pytest.raises(bills.OddFirst, match="1 处"):
        run(cashier, OCTOBER)
    assert rows_of(cashier, Charge) == [], "what was prepared is gone"
    assert run(cashier, OCTOBER, leave_out=True)["lines"] == 6
    assert in_order(cashier)


def test_what_has_no_price_is_told_once_and_not_charged(desk: Desk) -> None:
    cashier = priced(desk)
    found = bills.preview(cashier, Month(2025, 12))
    assert [one.code for one in found.odd] == [NO_PRICE]
    with pytest.raises(bills.OddFirst):
        run(cashier, Month(2025, 12))


def test_a_line_three_times_that_of_the_month_before_looks_odd(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    lone = next(one for one in rows_of(cashier, Unit) if one.label == "6-1-301")
    changed(cashier, lambda act: act.update(Unit, {"id": lone.id, "area_centi": 89_500}))
    found = bills.preview(cashier, NOVEMBER)
    assert [(one.code, one.unit) for one in found.odd] == [(JUMP, "6-1-301")]
    assert found.stops == 0


@pytest.mark.clause("FW-4.3")
def test_the_desk_runs_no_bills(desk: Desk) -> None:
    priced(desk)
    with pytest.raises(NotAllowed, match="出账"):
        run(desk, OCTOBER)
    assert rows_of(desk, BillRun) == []


class PowerCut(BaseException):
    """Nothing more is done."""


def test_a_run_that_was_cut_off_is_nobodys_debt_and_the_next_one_clears_it_away(
    any_desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier = priced(any_desk)
    monkeypatch.setattr(bills, "AT_ONCE", 2)

    def cut(_many: int) -> None:
        raise PowerCut

    monkeypatch.setattr(bills, "_give_up", lambda *_: None)  # the machine is off
    with suppress(PowerCut):
        run(cashier, OCTOBER, told=cut)
    monkeypatch.undo()
    assert len(rows_of(cashier, Charge)) == 2
    assert owes(cashier, *HOMES).open_fen == 0
    assert bills.preview(cashier, OCTOBER).lines == 6, "what is left of it is nobody's"
    assert in_order(cashier)
    with pytest.raises(bills.RunUnderWay, match="take-over"):
        run(cashier, OCTOBER)
    clock.advance(11 * 60)
    assert run(cashier, OCTOBER)["lines"] == 6
    states = sorted(one.state for one in rows_of(cashier, BillRun))
    assert states == ["abandoned", "published"]
    assert owes(cashier, *HOMES).open_fen == 6 * A_MONTH
    assert in_order(cashier)


def test_of_two_runs_at_once_one_is_told_that_the_other_is_under_way(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier = priced(any_desk)
    monkeypatch.setattr(bills, "AT_ONCE", 2)
    met: list[str] = []

    def meanwhile(_many: int) -> None:
        with pytest.raises(bills.RunUnderWay) as refused:
            run(any_desk.as_staff("ZJ01"), OCTOBER)
        met.append(str(refused.value))

    run(cashier, OCTOBER, told=meanwhile)
    assert len(met) == 3
    assert len(rows_of(cashier, Charge)) == 6
    assert in_order(cashier)


def test_a_run_that_was_taken_over_publishes_nothing(
    any_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cashier = priced(any_desk)
    monkeypatch.setattr(bills, "AT_ONCE", 4)
    done: list[Result] = []

    def meanwhile(_many: int) -> None:
        if not done:
            done.append({})
            done[0] = run(any_desk.as_staff("ZJ01"), OCTOBER, take_over=True)

    with pytest.raises(bills.RunTaken):
        run(cashier, OCTOBER, told=meanwhile)
    assert done[0]["lines"] == 6
    assert len(rows_of(cashier, Charge)) == 6
    assert in_order(cashier)


def test_what_was_prepaid_pays_the_next_bill(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, OCTOBER)
    paid(cashier, "3-1-502", ("wechat", A_MONTH + 5000), prepay=True)
    assert owes(cashier, "3-1-502").prepaid == {"3-1-502": 5000}
    run(cashier, NOVEMBER)
    assert use_all_prepaid(cashier) == 5000
    found = owes(cashier, "3-1-502")
    assert (found.open_fen, found.prepaid) == (A_MONTH - 5000, {"3-1-502": 0})
    assert in_order(cashier)


@pytest.mark.clause("FW-4.2")
def test_what_was_read_last_counts_however_long_ago(desk: Desk) -> None:
    cashier = priced(desk)

    def work(act: Act) -> Result:
        fees.set_price(act, "water", 35_000, date(2026, 1, 1))
        act.insert(Meter, {"number": "W1", "unit": "3-1-502", "fee": "water", "digits": 5,
                           "factor": 1, "active": True})  # fmt: skip
        for day, milli in ((date(2026, 1, 31), 100_000), (date(2026, 11, 18), 112_000)):
            act.insert(
                MeterReading,
                {"meter": "W1", "day": day, "kind": "regular", "value_milli": milli,
                 "by": CASHIER, "at": act.now},
            )  # fmt: skip
        return {}

    cashier.perform("test", work)
    (found,) = bills.preview(cashier, NOVEMBER, ["water"]).fees
    assert found.fen == 12 * 350
