"""Vouchers of an office: they balance, agree with the ledger, and name nobody (FW-4.3)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.billing import A_MONTH, MANAGER, OCTOBER, all_of_it, paid, priced, run
from tests.factories import move_to, rows_of
from wuye_tui.desk import Desk
from wuye_tui.registers import dayclose, receipts
from wuye_tui.registers.vouchers import Made, made
from wuye_tui.rules.books import FOR, KIS, U8, DaysTurned, rows
from wuye_tui.store.tables import LedgerEntry, Posting

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
TODAY = date(2026, 11, 19)


def sums(found: Made) -> dict[str, int]:
    """What each code moved, over all vouchers."""
    moved: dict[str, int] = {}
    for one in found.vouchers:
        for line in one.lines:
            moved[line.code] = moved.get(line.code, 0) + line.debit - line.credit
    return {code: fen for code, fen in moved.items() if fen}


@pytest.mark.clause("FW-4.3")
def test_by_day_and_by_entry_the_vouchers_move_what_the_ledger_did(any_desk: Desk) -> None:
    all_of_it(any_desk)
    books = any_desk.reference.books
    ledger: dict[str, int] = {}
    every = {one.number: one for one in rows_of(any_desk, LedgerEntry)}
    entries = [one for one in every.values() if one.kind not in books.leave_out]
    for one in rows_of(any_desk, Posting):
        if every[one.entry] not in entries:
            continue
        code = books.code(one.account, one.part)
        ledger[code] = ledger.get(code, 0) + one.fen
    by_day, by_entry = (made(any_desk, FIRST, LAST, each) for each in (False, True))
    for found in (by_day, by_entry):
        assert sums(found) == {code: fen for code, fen in ledger.items() if fen}
        assert all(
            sum(line.debit for line in one.lines) == sum(line.credit for line in one.lines)
            for one in found.vouchers
        )
        assert found.left_out == len(every) - len(entries)
    assert len(by_entry.vouchers) == len(entries)
    assert sum(one.many for one in by_day.vouchers) == len(entries)
    assert len(by_day.vouchers) == len({(one.day, one.kind) for one in entries})


@pytest.mark.clause("FW-4.3")
def test_a_voucher_keeps_its_number_whichever_days_are_asked_for(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    paid(cashier, "3-1-502", ("cash", 100))
    move_to(cashier, "2026-11-23 10:00")
    paid(cashier, "3-1-502", ("cash", 200))
    move_to(cashier, "2026-12-01 10:00")
    paid(cashier, "3-1-502", ("cash", 300))
    whole = made(cashier, FIRST, date(2026, 12, 31))
    assert [(one.day.day, one.number) for one in whole.vouchers] == [
        (19, 1), (19, 2), (23, 3), (1, 1),
    ]  # fmt: skip
    later = made(cashier, date(2026, 11, 20), LAST)
    assert later.vouchers == whole.vouchers[2:3]
    assert later.open_days == (date(2026, 11, 23),)
    for day, cash in ((19, 100), (23, 200)):
        cashier.perform(
            "c", lambda act, day=day, cash=cash: dayclose.close_day(act, date(2026, 11, day), cash)
        )
    assert made(cashier, FIRST, LAST).open_days == ()


def test_nobody_is_named_in_a_voucher(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    receipt = paid(cashier, "3-1-502", ("cash", A_MONTH), payer="陈立")["receipt"]

    def void(act: Any) -> Any:
        return receipts.void(act, receipt, "陈立给错了", MANAGER, (MANAGER,))

    cashier.perform("payments.void", void)
    found = made(cashier, FIRST, LAST, each=True)
    for program in (U8, KIS):
        said = str(list(rows(found.vouchers, cashier.reference.books, program)))
        assert not any(words in said for words in ("陈立", "3-1-502", "给错"))
        assert all(name in said for name in FOR[program])
    assert "作废 2026-11-19 ZF-20261119-001" in {one.summary for one in found.vouchers}


def test_days_are_asked_for_in_their_order(desk: Desk) -> None:
    with pytest.raises(DaysTurned, match="从 2026-11-19 到 2026-11-18 不成日子"):
        made(desk, TODAY, TODAY - timedelta(days=1))
