"""What the office spends, and the statement that it publishes (KF-3.4, FW-4.3).

* an expenditure lowers the money of its day; a closed day does not change
* it is taken back once, by two people, with a reason
* the statement agrees to the fen with the ledger's accounts and with the sheets of its days
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing import (
    A_MONTH,
    CLERK,
    MANAGER,
    OCTOBER,
    all_of_it,
    charged,
    in_order,
    paid,
    priced,
    run,
)
from tests.factories import move_to, rows_of
from tests.registers.test_ledger_properties import _NAMES, MOVES, Counter, offices
from wuye_tui.desk import Desk
from wuye_tui.registers import counter, dayclose, giving_back, ledger, spending
from wuye_tui.registers.published import MonthsTurned, Statement, published
from wuye_tui.registers.signing import AloneVoid
from wuye_tui.rules.accounts import CASH, DEPOSIT, EXPENSE, OPENING, PREPAID, RECEIVABLE
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.payments import Tender, UnknownMeans
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.spending import (
    DayIsClosed,
    DayToCome,
    NothingSpent,
    UnknownCategory,
    UnknownSpending,
    WhatNotSaid,
    category_named,
)
from wuye_tui.rules.text import TooLong
from wuye_tui.store.tables import DayClose, Posting

__all__ = ["offices"]

UNIT = "3-1-502"
TODAY, TOMORROW = date(2026, 11, 19), date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
SPENDS = st.one_of(
    st.tuples(st.just("spend"), st.integers(1, 90_000), st.sampled_from(["cash", "card"])),
    st.tuples(st.just("unspend"), st.integers(0, 3)),
)


def spent(
    desk: Desk,
    fen: int,
    means: str = CASH,
    what: str = "买拖把",
    day: date | None = None,
    **of: Any,
) -> Any:
    category = category_named(desk.reference.spending, of.get("category", "清洁卫生"))
    return desk.perform(
        "bills.spend", lambda act: spending.spend(act, category, Tender(means, fen), what, day)
    )


def back(desk: Desk, number: str, why: str = "记错", second: str = MANAGER, **of: Any) -> Any:
    proven = of.get("proven", (second,))
    return desk.perform(
        "bills.unspend", lambda act: spending.unspend(act, number, why, second, proven)
    )


class Spender(Counter):
    """Who spends, besides."""

    def spend(self, fen: int, means: str) -> None:
        spent(self.desk, fen, means)
        self.drawer -= fen

    def unspend(self, n: int) -> None:
        found = spending.list_spent(self.desk)
        if found:
            self.drawer += back(self.desk, found[n % len(found)].number)["amount_fen"]


def closed(desk: Desk, cash: int, day: date) -> None:
    desk.perform("bills.close", lambda act: dayclose.close_day(act, day, cash))


@pytest.mark.clause("FW-4.3")
def test_cash_spent_leaves_the_drawer_and_the_day_closes_with_what_is_left(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, OCTOBER)
    paid(cashier, UNIT, (CASH, A_MONTH))
    spent(cashier, 3000)
    spent(cashier, 123_456, "transfer", "电梯维保 11月", category="maintenance")
    sheet = dayclose.day_sheet(cashier)
    assert (sheet.of_means(CASH), sheet.of_means("transfer")) == (A_MONTH - 3000, -123_456)
    assert (sheet.fen, sheet.spent_fen) == (A_MONTH - 126_456, 126_456)
    with pytest.raises(dayclose.DrawerDiffers, match=r"账上现金 189\.28元"):
        closed(cashier, A_MONTH, TODAY)
    closed(cashier, A_MONTH - 3000, TODAY)
    with cashier.read() as session:
        assert ledger.stands_at(session, cashier.site, EXPENSE) == 126_456
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_a_closed_day_takes_no_expenditure_and_an_open_one_before_it_does(desk: Desk) -> None:
    cashier = priced(desk)
    closed(cashier, 0, TODAY)
    with pytest.raises(DayIsClosed, match="2026-11-19 已经日结"):
        spent(cashier, 500, day=TODAY)
    assert spent(cashier, 500)["day"] == "2026-11-20", "the next day's"
    move_to(cashier, "2026-11-22 10:00")
    assert spent(cashier, 700, day=TOMORROW)["day"] == "2026-11-20"
    assert dayclose.day_sheet(cashier, TOMORROW).of_means(CASH) == -1200
    with pytest.raises(DayToCome, match="2026-11-23 还没有到"):
        spent(cashier, 500, day=date(2026, 11, 23))
    assert dayclose.day_sheet(cashier, TODAY).lines == ()


@pytest.mark.clause("FW-4.3", "BX-16")
def test_an_expenditure_is_taken_back_once_by_two_people(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    number = spent(cashier, 500)["number"]
    with pytest.raises(AloneVoid):
        back(cashier, number, second="SF01")
    with pytest.raises(AloneVoid):
        back(cashier, number, proven=())
    with pytest.raises(NotAllowed, match="李晓燕"):
        back(cashier, number, second=CLERK)
    with pytest.raises(WhatNotSaid, match="--why"):
        back(cashier, number, why="  ")
    closed_later = date(2026, 11, 21)
    cashier.perform("c", lambda act: dayclose.close_day(act, TODAY, 0, "备用金"))
    done = back(cashier, number.lower())
    assert (done["takes_back"], done["amount_fen"]) == (number, 500)
    sheet = dayclose.day_sheet(cashier, TODAY)
    assert [one.fen for one in sheet.taken] == [-500], "a closed day does not change"
    assert (sheet.fen, sheet.difference) == (0, 500), "nothing lay in the drawer"
    assert dayclose.day_sheet(cashier, TOMORROW).fen == 500
    with pytest.raises(giving_back.TakenBack, match=number):
        back(cashier, number)
    (listed,) = spending.list_spent(cashier, TODAY, closed_later)
    assert (listed.back, listed.what, listed.word) == (done["number"], "买拖把", "清洁卫生")
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_what_is_no_expenditure_is_refused_and_writes_nothing(desk: Desk) -> None:
    cashier = priced(desk)
    receipt = charged(cashier, UNIT, 500)["number"]
    with pytest.raises(UnknownCategory, match="没有支出类别「请客」，可用的有：staff 人员费用、"):
        spent(cashier, 500, category="请客")
    with pytest.raises(NothingSpent):
        spent(cashier, 0)
    with pytest.raises(UnknownMeans):
        spent(cashier, 500, "gold")
    with pytest.raises(WhatNotSaid, match="--what"):
        spent(cashier, 500, what=" ")
    with pytest.raises(TooLong):
        spent(cashier, 500, what="拖" * 500)
    with pytest.raises(NotAllowed, match="记支出"):
        spent(cashier.as_staff(CLERK), 500)
    with pytest.raises(NotAllowed, match="冲回支出"):
        back(cashier.as_staff(CLERK), "ZC-20261119-001")
    for other in (receipt, "ZC-20261119-001", ""):
        with pytest.raises(UnknownSpending):
            back(cashier, other)
    assert spending.list_spent(cashier) == []
    assert in_order(cashier)


@pytest.mark.clause("KF-3.4", "FW-4.3")
def test_the_statement_has_every_sort_of_money_under_its_own_line(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    two = {"second": MANAGER, "proven": (MANAGER,)}
    run(cashier, OCTOBER)
    paid(cashier, UNIT, ("wechat", A_MONTH + 5000), prepay=True)
    lone, wrong = (charged(cashier, "5-1-101", fen)["charge"] for fen in (1500, 700))
    deposit = fee_named(cashier.reference.fees, "装修押金")

    def rest(act: Any) -> Any:
        giving_back.waive(act, lone, 500, "减", MANAGER, (MANAGER,))
        giving_back.reverse(act, wrong, "错", **two)
        counter.take_deposit(act, UNIT, deposit, [Tender("card", 200_000)])
        return giving_back.refund(act, UNIT, Tender(CASH, 1000), "退", **two)

    cashier.perform("test", rest)
    spent(cashier, 30_000, "transfer", category="energy")
    back(cashier, spent(cashier, 4000)["number"])
    found = published(cashier, NOVEMBER, NOVEMBER)
    (management,), (card,) = found.fees, found.other
    assert (management.word, management.billed) == ("物业服务费", 6 * A_MONTH)
    assert (management.collected, management.waived, management.reversed) == (A_MONTH, 0, 0)
    assert (card.billed, card.waived, card.reversed, card.collected) == (2200, 500, 700, 0)
    assert [(one.code, one.fen) for one in found.spent] == [("energy", 30_000)]
    assert found.balance == A_MONTH - 30_000
    assert (found.refunded, found.prepaid, found.deposits[0].fen) == (1000, 4000, 200_000)
    assert found.receivable == 5 * A_MONTH + 1000
    assert_agrees(cashier, found, [TODAY])
    assert published(cashier, OCTOBER, OCTOBER).income == ()


@pytest.mark.clause("FW-4.3")
def test_what_the_old_books_brought_is_open_and_no_income_of_these_months(desk: Desk) -> None:
    all_of_it(desk)
    found = published(desk, OCTOBER, NOVEMBER)
    assert brought(desk) > 0
    assert_agrees(desk, found, [TODAY, TOMORROW])


def test_a_statement_is_of_months_in_their_order(desk: Desk) -> None:
    with pytest.raises(MonthsTurned, match="从 2026-11 到 2026-10 不成月份"):
        published(desk, NOVEMBER, OCTOBER)


def brought(desk: Desk) -> int:
    """What units owed by the old books, less what of that was reversed."""
    lines = rows_of(desk, Posting)
    of = {one.entry for one in lines if one.account == OPENING}
    return sum(one.fen for one in lines if one.account == RECEIVABLE and one.entry in of)


def assert_agrees(desk: Desk, found: Statement, days: list[date]) -> None:
    """With the ledger's accounts, with what units owe, and with the sheets of the days."""
    with desk.read() as session:
        stands = {
            account: ledger.stands_at(session, desk.site, account)
            for account in (CASH, EXPENSE, PREPAID, DEPOSIT, RECEIVABLE)
        }
    held = sum(one.fen for one in found.deposits)
    assert found.money == stands[CASH] == sum(dayclose.day_sheet(desk, day).fen for day in days)
    assert found.spent_fen == stands[EXPENSE]
    assert (-found.prepaid, -held, found.receivable) == (
        stands[PREPAID], stands[DEPOSIT], stands[RECEIVABLE],
    )  # fmt: skip
    assert found.money == found.balance + found.more_prepaid + found.more_deposits
    assert found.difference == sum(dayclose.day_sheet(desk, day).difference for day in days)
    billed = sum(one.billed - one.reversed - one.waived - one.collected for one in found.income)
    assert billed + brought(desk) == found.receivable
    for one in rows_of(desk, DayClose):
        closed_with = sum(fen for *_who, what, _many, fen in one.lines if what)
        assert closed_with == dayclose.day_sheet(desk, one.day).fen


@pytest.mark.clause("KF-3.4", "FW-4.3")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.one_of(MOVES, SPENDS), min_size=1, max_size=12))
def test_whatever_is_paid_given_back_and_spent_the_statement_agrees_with_the_ledger(
    offices: Any, moves: list[tuple[Any, ...]]
) -> None:
    desk, clock = offices()
    cashier = priced(desk)
    run(cashier, OCTOBER)
    played = Spender(cashier, clock)
    begin = clock.now()
    for name, *said in moves:
        with suppress(DeskError):
            getattr(played, _NAMES.get(name, name))(*said)
    until = cashier.calendar.day_of(clock.now())
    first = cashier.calendar.day_of(begin)
    days = [first + timedelta(days=n) for n in range((until - first).days + 2)]
    found = published(cashier, NOVEMBER, month_of(days[-1]))
    assert found.money == played.drawer
    assert_agrees(cashier, found, days)
    assert in_order(cashier)
    desk.engine.dispose()
