"""A run of bills taken back (FW-4.3), and the months that a run may be of.

* by two people, for a reason, and only while nothing came of it
* the ledger, the accounts, the reports and the published statement stay right to the fen
* the month can be priced and charged again, once, and the lines that went out stay to be seen
"""

from datetime import date
from typing import Any

import pytest

from tests.billing import (
    A_MONTH,
    CASHIER,
    CLERK,
    DECEMBER,
    HOMES,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    PRICE,
    charged,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.factories import rows_of
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers import bills, counter, fees, receipts, signing, statements
from wuye_tui.registers.bill_withdrawal import NotOut, PaidAlready, withdraw
from wuye_tui.registers.fee_reports import collected
from wuye_tui.registers.published import published
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import BillRun, Charge, LedgerEntry

UNIT = "3-1-502"


def withdrawn(
    desk: Desk, number: str, why: str = "单价错了", second: str = MANAGER, proven: Any = None
) -> Any:
    by = (second,) if proven is None else proven
    return desk.perform("bills.withdraw", lambda act: withdraw(act, number, why, second, by))


@pytest.mark.clause("FW-4.3")
def test_a_run_is_taken_back_by_one_entry_that_names_it(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    out = run(cashier, OCTOBER)
    done = withdrawn(cashier, str(out["number"]).lower())
    assert (done["lines"], done["amount_fen"]) == (6, 6 * A_MONTH)
    assert done["entry"].startswith("CX-")
    (back,) = (one for one in rows_of(cashier, LedgerEntry) if one.number == done["entry"])
    assert (back.reverses, back.by, back.second) == (out["entry"], CASHIER, MANAGER)
    assert owes(cashier, *HOMES).open_fen == 0
    assert [one["state"] for one in bills.list_runs(cashier)] == ["withdrawn"]
    assert in_order(cashier)


@pytest.mark.clause("FW-4.1", "KF-3.4")
def test_the_month_is_priced_and_charged_again_once(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    first = run(cashier, OCTOBER)
    with pytest.raises(fees.AlreadyBilled):
        repriced(cashier)
    withdrawn(cashier, first["number"])
    repriced(cashier)
    again = run(cashier, OCTOBER)
    assert again["amount_fen"] == 6 * (2 * A_MONTH - 1), "219.275 twice is 438.55"
    with pytest.raises(bills.NothingToBill):
        run(cashier, OCTOBER)
    withdrawn(cashier, again["number"])
    last = run(cashier, OCTOBER)
    assert owes(cashier, *HOMES).open_fen == last["amount_fen"]
    assert len(rows_of(cashier, Charge)) == 18, "nothing that went out is gone"
    named = {one["name"] for one in bills.charges_of(cashier, first["number"])}
    assert len(named) == 6
    assert in_order(cashier)


def repriced(desk: Desk) -> None:
    desk.perform(
        "fees.set", lambda act: fees.set_price(act, "management", 2 * PRICE, date(2026, 10, 1))
    )


@pytest.mark.clause("KF-3.4", "FW-4.3")
def test_reports_and_statements_agree_after_it(desk: Desk) -> None:
    cashier = priced(desk)
    withdrawn(cashier, run(cashier, OCTOBER)["number"])
    run(cashier, OCTOBER)
    paid(cashier, UNIT, ("cash", A_MONTH))
    (row, _sum) = collected(cashier, "period")
    assert (row.billed, row.waived, row.settled) == (12 * A_MONTH, 6 * A_MONTH, A_MONTH)
    assert (row.open_fen, row.units) == (5 * A_MONTH, 5)
    found = published(cashier, NOVEMBER, NOVEMBER)
    (fee,) = found.fees
    assert (fee.billed, fee.reversed) == (12 * A_MONTH, 6 * A_MONTH)
    assert (fee.collected, found.receivable) == (A_MONTH, 5 * A_MONTH)
    lines = statements.statement(cashier, UNIT)
    assert sorted(one.more for one in lines) == [-A_MONTH, -A_MONTH, A_MONTH, A_MONTH]
    assert lines[-1].balance == 0
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_what_something_came_of_is_not_taken_back_until_that_is_undone(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    number = run(cashier, OCTOBER)["number"]
    receipt = paid(cashier, UNIT, ("cash", 100))["receipt"]
    with pytest.raises(PaidAlready, match=r"有 1 笔.*3-1-502/management/2026-10"):
        withdrawn(cashier, number)
    assert owes(cashier, *HOMES).open_fen == 6 * A_MONTH - 100
    cashier.perform(
        "payments.void", lambda act: receipts.void(act, receipt, "错", MANAGER, (MANAGER,))
    )
    withdrawn(cashier, number)
    assert owes(cashier, *HOMES).open_fen == 0
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_what_prepayments_have_settled_is_theirs_again(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    paid(cashier, UNIT, ("cash", A_MONTH + 500), prepay=True)
    charged(cashier, UNIT, 800)
    first = run(cashier, OCTOBER)["number"]
    assert counter.use_all_prepaid(cashier) == A_MONTH + 500
    assert withdrawn(cashier, first)["prepaid_fen"] == A_MONTH + 500
    assert owes(cashier, UNIT).prepaid == {UNIT: A_MONTH + 500}
    assert owes(cashier, UNIT).open_fen == 800, "what the same entry had settled besides"
    assert in_order(cashier)
    repriced(cashier)
    run(cashier, OCTOBER)
    assert counter.use_all_prepaid(cashier) == A_MONTH + 500
    assert owes(cashier, UNIT).open_fen == 800 + 2 * A_MONTH - 1 - A_MONTH - 500
    found = published(cashier, NOVEMBER, NOVEMBER)
    assert found.money == A_MONTH + 500 == sum(one.collected for one in found.income)
    assert statements.statement(cashier, UNIT)[-1].balance == owes(cashier, UNIT).open_fen
    assert in_order(cashier)


def test_what_was_paid_besides_a_prepayment_keeps_the_run_and_both(desk: Desk) -> None:
    cashier = priced(desk)
    paid(cashier, UNIT, ("cash", 500), prepay=True)
    number = run(cashier, OCTOBER)["number"]
    counter.use_all_prepaid(cashier)
    paid(cashier, UNIT, ("cash", 100))
    with pytest.raises(PaidAlready):
        withdrawn(cashier, number)
    assert owes(cashier, UNIT).open_fen == A_MONTH - 600, "nothing is half undone"
    assert not any(owes(cashier, UNIT).prepaid.values())
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_it_takes_two_and_a_reason_and_a_run_that_is_out(desk: Desk) -> None:
    cashier = priced(desk)
    number = run(cashier, OCTOBER)["number"]
    for second, proven in ((CASHIER, (CASHIER,)), (MANAGER, ()), ("", ())):
        with pytest.raises(signing.AloneVoid, match="撤回账单"):
            withdrawn(cashier, number, second=second, proven=proven)
    with pytest.raises(signing.NoReason, match="--why"):
        withdrawn(cashier, number, why="  ")
    with pytest.raises(NotAllowed, match="撤回账单"):
        withdrawn(cashier.as_staff(CLERK), number)
    with pytest.raises(bills.UnknownRun):
        withdrawn(cashier, "CP-20261119-099")
    assert owes(cashier, *HOMES).open_fen == 6 * A_MONTH
    withdrawn(cashier, number)
    with pytest.raises(NotOut):
        withdrawn(cashier, number)
    assert in_order(cashier)


def test_a_line_of_a_withdrawn_run_that_was_changed_is_found(desk: Desk) -> None:
    cashier = priced(desk)
    number = run(cashier, OCTOBER)["number"]
    withdrawn(cashier, number)
    found = behind_our_back(
        desk, "UPDATE charge SET fen = fen - 100, waived_fen = waived_fen - 100"
        " WHERE source LIKE '3-1-501%'"
    )  # fmt: skip
    assert f"这批账 {number} 出账以后被改过。" in found


@pytest.mark.clause("FW-4.1")
def test_a_month_is_charged_no_earlier_than_the_month_before_it(desk: Desk) -> None:
    cashier = priced(desk)
    for month in (Month(2027, 1), Month(2027, 12)):
        with pytest.raises(bills.MonthAhead, match="最晚可以出 2026-12"):
            run(cashier, month)
        with pytest.raises(bills.MonthAhead):
            bills.preview(cashier, month)
    assert rows_of(cashier, BillRun) == []
    assert run(cashier, DECEMBER)["lines"] == 6


def test_where_nothing_is_to_be_charged_no_number_is_used_up(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    for _again in range(2):
        with pytest.raises(bills.NothingToBill):
            run(cashier, OCTOBER)
    with pytest.raises(bills.OddFirst):
        run(cashier, Month(2025, 12))
    assert [one.state for one in rows_of(cashier, BillRun)] == ["published"]
    assert run(cashier, NOVEMBER)["number"].endswith("-002")
