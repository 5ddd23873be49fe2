"""The close of days (FW-4.3): in their order, and what a drawer held more or less is in the ledger.

* a day with money is closed before every later one, whoever asks
* what was counted is what the ledger's cash of that day comes to; why it differs stays known
* the published statement and the vouchers have the difference as a line of its own
"""

from datetime import date
from typing import Any

import pytest

from tests.billing import A_MONTH, MANAGER, NOVEMBER, in_order, paid, priced, run
from tests.factories import move_to, rows_of
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers import at_counter, dayclose, ledger, receipts, vouchers
from wuye_tui.registers.published import published
from wuye_tui.rules.accounts import CASH, DIFFERED, DIFFERENCE
from wuye_tui.store.tables import DayClose, LedgerEntry

UNIT, OTHER = "3-1-502", "3-1-501"
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def closed(desk: Desk, day: date, cash: int, why: str = "") -> Any:
    return desk.perform("bills.close", lambda act: dayclose.close_day(act, day, cash, why))


@pytest.mark.clause("FW-4.3")
def test_a_day_with_money_is_closed_before_a_later_one(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, NOVEMBER)
    paid(cashier, UNIT, ("cash", 10_000))
    move_to(cashier, "2026-11-20 10:00")
    paid(cashier, OTHER, ("cash", 5_000))
    with pytest.raises(dayclose.EarlierOpen, match="2026-11-19 收过钱") as refused:
        closed(cashier, FRIDAY, 5_000)
    assert refused.value.clause == "FW-4.3"
    assert rows_of(cashier, DayClose) == []
    closed(cashier, THURSDAY, 10_000)
    closed(cashier, FRIDAY, 5_000)
    assert at_counter.open_days(cashier) == []
    assert in_order(cashier)


def test_days_without_money_need_no_close_of_their_own(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, NOVEMBER)
    move_to(cashier, "2026-11-23 10:00")
    closed(cashier, date(2026, 11, 23), 0)
    assert in_order(cashier), "a bill moves no money"


@pytest.mark.clause("FW-4.3")
@pytest.mark.parametrize("counted", [9_900, 10_250])
def test_what_was_counted_is_what_the_ledger_has(any_desk: Desk, counted: int) -> None:
    cashier = priced(any_desk)
    run(cashier, NOVEMBER)
    paid(cashier, UNIT, ("cash", 10_000), ("wechat", 500))
    done = closed(cashier, THURSDAY, counted, "找错了零钱")
    off = counted - 10_000
    assert done["difference_fen"] == off
    (entry,) = (one for one in rows_of(cashier, LedgerEntry) if one.kind == DIFFERED)
    assert (entry.number, entry.day) == ("CY-20261119-001", THURSDAY)
    with cashier.read() as session:
        stands = [ledger.stands_at(session, cashier.site, one) for one in (CASH, DIFFERENCE)]
    assert stands == [counted + 500, -off]
    sheet = dayclose.day_sheet(cashier, THURSDAY)
    assert (sheet.of_means(CASH), sheet.of_means("wechat")) == (counted, 500)
    assert (sheet.should, sheet.counted, sheet.difference) == (10_000, counted, off)
    assert (sheet.closed_by, sheet.why) == (cashier.actor().name, "找错了零钱")
    assert {one.kind for one in sheet.taken} == {"payment"}
    assert in_order(cashier)


@pytest.mark.clause("KF-3.4", "FW-4.3")
def test_the_statement_and_the_vouchers_have_the_difference(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, NOVEMBER)
    paid(cashier, UNIT, ("cash", A_MONTH))
    closed(cashier, THURSDAY, A_MONTH - 700, "少了七元")
    found = published(cashier, NOVEMBER, NOVEMBER)
    assert (found.difference, found.collected) == (-700, A_MONTH)
    assert found.money == found.balance == A_MONTH - 700
    made = vouchers.made(cashier, THURSDAY, THURSDAY)
    (voucher,) = (one for one in made.vouchers if any(line.code == "1901" for line in one.lines))
    assert sorted((line.code, line.debit, line.credit) for line in voucher.lines) == [
        ("1001", 0, 700), ("1901", 700, 0),
    ]  # fmt: skip


def test_a_drawer_that_agrees_posts_nothing(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, NOVEMBER)
    paid(cashier, UNIT, ("cash", 100))
    assert closed(cashier, THURSDAY, 100, "数了两遍")["difference_fen"] == 0
    assert not any(one.kind == DIFFERED for one in rows_of(cashier, LedgerEntry))
    assert dayclose.day_sheet(cashier, THURSDAY).why == "数了两遍"


@pytest.mark.clause("FW-4.3")
def test_a_void_after_the_close_is_still_refused_and_the_difference_stays(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, NOVEMBER)
    receipt = paid(cashier, UNIT, ("cash", 100))["receipt"]
    closed(cashier, THURSDAY, 90, "少十分")
    back = cashier.perform(
        "payments.refund", lambda act: receipts.refund(act, receipt, "退", MANAGER, (MANAGER,))
    )
    assert back["amount_fen"] == 100
    sheet = dayclose.day_sheet(cashier, FRIDAY)
    assert (sheet.of_means(CASH), sheet.counted, sheet.why) == (-100, None, "")
    assert dayclose.day_sheet(cashier, THURSDAY).of_means(CASH) == 90
    assert in_order(cashier)


def test_a_close_that_says_another_count_is_found(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, NOVEMBER)
    paid(cashier, UNIT, ("cash", 100))
    closed(cashier, THURSDAY, 100)
    found = behind_our_back(
        cashier,
        "UPDATE day_close SET lines ="
        """ REPLACE(lines, '"counted", "", 0, 100', '"counted", "", 0, 90')""",
    )
    assert "2026-11-19 日结点的现金和账上不一样。" in found
