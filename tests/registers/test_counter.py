"""Money at the counter: taken, set against what is owed, taken back (FW-4.1, FW-1.6, BX-16)."""

from datetime import date
from typing import Any

import pytest

from tests.billing import (
    A_MONTH,
    CASHIER,
    CLERK,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    charged,
    in_order,
    owes,
    paid,
    priced,
    run,
)
from tests.factories import a_repair, move_to, on_duty, rows_of, situation, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import counter, dayclose, giving_back, handovers, receipts
from wuye_tui.registers.signing import AloneLess, AloneVoid, WhyLess
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import (
    GivenTooLittle,
    MoreThanOwed,
    NoCashPaid,
    NothingPaid,
    NotOwed,
    Tender,
    UnknownMeans,
)
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import LedgerEntry, Receipt

UNIT = "3-1-502"


@pytest.fixture
def billed(desk: Desk) -> Desk:
    """The cashier's desk, October and November billed; it is 19 November."""
    cashier = priced(desk)
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    return cashier


def void(
    desk: Desk, number: str, second: str = MANAGER, proven: tuple[str, ...] | None = None
) -> Any:
    by = (second,) if proven is None else proven
    return desk.perform(
        "payments.void", lambda act: receipts.void(act, number, "打错了", second, by)
    )


def closed(desk: Desk, cash: int, why: str = "", day: date | None = None) -> Any:
    today = day or desk.calendar.day_of(desk.now())
    return desk.perform("bills.close", lambda act: dayclose.close_day(act, today, cash, why))


@pytest.mark.clause("FW-4.1", "BX-16")
def test_money_settles_the_oldest_first_and_has_a_receipt(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    done = paid(cashier, UNIT, ("cash", A_MONTH + 72), given=30_000, payer="陈立")
    assert (done["receipt"], done["change_fen"]) == ("SJ-2026-000001", 30_000 - A_MONTH - 72)
    left = owes(cashier, UNIT)
    assert [(one.debt.period, one.debt.open_fen) for one in left.owed] == [
        ("2026-11", A_MONTH - 72)
    ]
    shown = receipts.show(cashier, done["receipt"])
    assert (shown.fen, shown.payer, shown.by, shown.means) == (
        A_MONTH + 72,
        "陈立",
        CASHIER,
        "cash",
    )
    assert in_order(cashier)


@pytest.mark.clause("FW-1.6")
def test_the_receptionist_takes_it_for_the_absent_cashier_and_is_named(billed: Desk) -> None:
    desk = billed.as_staff(CLERK)
    done = paid(desk, UNIT, ("wechat", 100))
    shown = receipts.show(desk, done["receipt"])
    assert (shown.by, shown.for_cashier) == (CLERK, True)
    with pytest.raises(NotAllowed, match="冯涛 不能收款"):
        paid(billed.as_staff("ZB01"), UNIT, ("cash", 100))


def test_what_was_chosen_is_settled_and_not_the_oldest(billed: Desk) -> None:
    november = owes(billed, UNIT).owed[1].debt
    paid(billed, UNIT, ("card", 100), charges=[november.charge])
    assert [one.debt.open_fen for one in owes(billed, UNIT).owed] == [A_MONTH, A_MONTH - 100]
    with pytest.raises(NotOwed):
        paid(billed, UNIT, ("card", 100), charges=["nothing"])


def test_a_family_with_three_flats_pays_once(billed: Desk) -> None:
    units = ["3-1-502", "3-1-501", "3-2-502"]
    done = paid(billed, units, ("transfer", 6 * A_MONTH))
    assert len(rows_of(billed, Receipt)) == 1
    assert owes(billed, *units).open_fen == 0
    assert done["amount_fen"] == 6 * A_MONTH
    assert in_order(billed)


def test_several_means_are_one_receipt(billed: Desk) -> None:
    done = paid(billed, UNIT, ("cash", 100), ("wechat", 200), ("cash", 50))
    assert receipts.show(billed, done["receipt"]).means == "several"
    sheet = dayclose.day_sheet(billed)
    assert {one.means: one.fen for one in sheet.lines} == {"cash": 150, "wechat": 200}


def test_more_than_is_owed_is_kept_only_where_that_is_said(billed: Desk) -> None:
    with pytest.raises(MoreThanOwed, match=r"只欠 438.56元，多 1.00元"):
        paid(billed, UNIT, ("cash", 2 * A_MONTH + 100))
    assert rows_of(billed, Receipt) == []
    done = paid(billed, UNIT, ("cash", 2 * A_MONTH + 100), prepay=True)
    assert done["prepaid_fen"] == 100
    assert in_order(billed)


@pytest.mark.parametrize(
    ("tenders", "more", "wrong"),
    [
        ([("cash", 0)], {}, NothingPaid),
        ([("cash", -5)], {}, NothingPaid),
        ([], {}, NothingPaid),
        ([("gold", 5)], {}, UnknownMeans),
        ([("cash", 500)], {"given": 499}, GivenTooLittle),
        ([("wechat", 500)], {"given": 600}, NoCashPaid),
    ],
)
def test_a_payment_that_makes_no_sense_takes_nothing(
    billed: Desk, tenders: list[tuple[str, int]], more: dict[str, Any], wrong: type[Exception]
) -> None:
    with pytest.raises(wrong):
        paid(billed, UNIT, *tenders, **more)
    assert rows_of(billed, Receipt) == []
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH


@pytest.mark.clause("BX-16")
def test_a_receipt_is_made_void_by_two_and_keeps_its_number(billed: Desk) -> None:
    first = paid(billed, UNIT, ("cash", A_MONTH))["receipt"]
    for second, proven in ((CASHIER, (CASHIER,)), (MANAGER, ()), ("", ())):
        with pytest.raises(AloneVoid):
            void(billed, first, second, proven)
    with pytest.raises(NotAllowed, match="签作废"):
        void(billed, first, CLERK)
    void(billed, first)
    shown = receipts.show(billed, first)
    assert (shown.voided_by, shown.second, shown.void_reason) == (CASHIER, MANAGER, "打错了")
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH
    assert dayclose.day_sheet(billed).of_means("cash") == 0
    with pytest.raises(receipts.VoidAlready):
        void(billed, first)
    assert paid(billed, UNIT, ("cash", 1))["receipt"] == "SJ-2026-000002"
    assert in_order(billed)


@pytest.mark.clause("FW-4.3")
def test_a_closed_day_does_not_change(billed: Desk) -> None:
    first = paid(billed, UNIT, ("cash", A_MONTH))["receipt"]
    closed(billed, A_MONTH)
    with pytest.raises(giving_back.DayClosed, match="退款"):
        void(billed, first)
    with pytest.raises(dayclose.ClosedAlready):
        closed(billed, 0)
    paid(billed, UNIT, ("cash", 100))
    assert dayclose.day_sheet(billed).of_means("cash") == A_MONTH, "the next day's"
    assert dayclose.day_sheet(billed, date(2026, 11, 20)).of_means("cash") == 100
    back = billed.perform(
        "payments.refund", lambda act: receipts.refund(act, first, "住户要退", MANAGER, (MANAGER,))
    )
    assert (back["number"][:3], back["amount_fen"]) == ("TK-", A_MONTH)
    assert dayclose.day_sheet(billed, date(2026, 11, 20)).of_means("cash") == 100 - A_MONTH
    assert receipts.show(billed, first).voided is None, "a refund is no void"
    with pytest.raises(giving_back.TakenBack):
        billed.perform(
            "payments.refund", lambda act: receipts.refund(act, first, "再退", MANAGER, (MANAGER,))
        )
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH - 100
    assert in_order(billed)


@pytest.mark.clause("FW-4.3")
def test_the_drawer_is_held_against_the_ledger(billed: Desk) -> None:
    paid(billed, UNIT, ("cash", 10_000), ("wechat", 500))
    with pytest.raises(
        dayclose.DrawerDiffers, match=r"账上现金 100.00元，实点 99.00元，差 -1.00元"
    ):
        closed(billed, 9_900)
    done = closed(billed, 9_900, "找错了零钱")
    assert (done["cash_fen"], done["should_fen"]) == (9_900, 10_000)
    with pytest.raises(dayclose.NotYet):
        closed(billed, 0, day=date(2026, 11, 20))
    with pytest.raises(NotAllowed):
        closed(billed.as_staff(CLERK), 0)
    assert in_order(billed)


def test_what_prepaid_has_paid_for_cannot_be_made_void(billed: Desk) -> None:
    first = paid(billed, UNIT, ("cash", 2 * A_MONTH + 1000), prepay=True)["receipt"]
    charged(billed, UNIT, 600)
    counter.use_all_prepaid(billed)
    with pytest.raises(giving_back.PrepaidUsed, match=r"还差 6.00元"):
        void(billed, first)
    assert in_order(billed)


def test_a_deposit_is_nobodys_income_and_goes_back(billed: Desk) -> None:
    deposit = fee_named(billed.reference.fees, "装修押金")
    billed.perform(
        "payments.deposit",
        lambda act: counter.take_deposit(act, UNIT, deposit, [Tender("card", 200_000)]),
    )
    assert owes(billed, UNIT).deposits == {"decoration_deposit": 200_000}
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH

    def back(fen: int) -> Any:
        return billed.perform(
            "payments.refund",
            lambda act: giving_back.refund(
                act, UNIT, Tender("card", fen), "验收合格", MANAGER, (MANAGER,), deposit.code
            ),
        )

    with pytest.raises(giving_back.HeldLess, match=r"2,000\.00"):
        back(200_001)
    back(200_000)
    assert owes(billed, UNIT).deposits == {}
    assert in_order(billed)


@pytest.mark.clause("KF-3.4")
def test_a_late_fee_is_shown_before_it_is_charged_and_left_out_only_with_approval(
    billed: Desk,
) -> None:
    move_to(billed, "2026-12-24 10:00")  # October was due on the 25th: 30 days of grace
    assert owes(billed, UNIT).late_fen == 329, "30 days of 0.05 % of 219.28"
    move_to(billed, "2026-11-24 10:00")
    assert owes(billed, UNIT).late_fen == 0
    move_to(billed, "2026-11-25 10:00")
    october = owes(billed, UNIT).owed[0].debt
    assert october.late_fen == 11, "one day of 0.05 % of 219.28"
    less: dict[str, Any] = {"charges": [october.charge], "late_why": "老人"}
    with pytest.raises(WhyLess):
        paid(billed, UNIT, ("cash", A_MONTH), **less)
    with pytest.raises(AloneLess, match="自己的密码"):
        paid(billed, UNIT, ("cash", A_MONTH), **less, approver=MANAGER)
    done = paid(billed, UNIT, ("cash", A_MONTH + 11), charges=[october.charge])
    assert done["settled"] == [[october.charge, A_MONTH, 11]]
    assert [one.debt.fee for one in owes(billed, UNIT).owed] == ["management"]
    assert in_order(billed)


def test_a_debt_that_is_paid_in_parts_on_a_day_costs_what_it_does_in_one(billed: Desk) -> None:
    move_to(billed, "2027-03-24 10:00")
    october = owes(billed, UNIT).owed[0].debt
    assert october.late_fen > 1000
    paid(billed, UNIT, ("cash", A_MONTH - 100), charges=[october.charge])
    assert owes(billed, UNIT).owed[0].debt.late_fen == october.late_fen
    done = paid(billed, UNIT, ("cash", 100 + october.late_fen), charges=[october.charge])
    assert done["settled"] == [[october.charge, 100, october.late_fen]]
    assert in_order(billed)


def test_a_late_fee_that_was_not_paid_with_its_debt_stays_owed(billed: Desk) -> None:
    move_to(billed, "2026-11-27 10:00")
    october = owes(billed, UNIT).owed[0].debt
    paid(billed, UNIT, ("cash", A_MONTH), charges=[october.charge])
    left = {one.debt.fee: one.debt.open_fen for one in owes(billed, UNIT).owed}
    assert left == {"late": october.late_fen, "management": A_MONTH}
    assert in_order(billed)


def test_a_late_fee_that_a_manager_has_let_off_is_not_owed(billed: Desk) -> None:
    move_to(billed, "2026-11-27 10:00")
    october = owes(billed, UNIT).owed[0].debt
    paid(
        billed, UNIT, ("cash", A_MONTH),
        charges=[october.charge], late_why="水管抢修期间", approver=MANAGER, proven=(MANAGER,),
    )  # fmt: skip
    assert [one.debt.period for one in owes(billed, UNIT).owed] == ["2026-11"]
    assert in_order(billed)


@pytest.mark.clause("KF-3.4")
def test_a_charge_is_waived_or_reversed_for_a_reason_by_two(billed: Desk) -> None:
    charge = charged(billed, UNIT, 3000)["charge"]

    def waive(
        fen: int,
        why: str = "质量问题",
        approver: str = MANAGER,
        desk: Desk = billed,
        pin: bool = True,
    ) -> Any:
        signed = (approver,) if pin else ()
        return desk.perform(
            "bills.waive", lambda act: giving_back.waive(act, charge, fen, why, approver, signed)
        )

    with pytest.raises(WhyLess):
        waive(1000, why="")
    with pytest.raises(NotAllowed):
        waive(1000, approver=CLERK)
    with pytest.raises(AloneLess):
        waive(1000, pin=False)
    with pytest.raises(AloneLess):
        waive(1000, desk=billed.as_staff(MANAGER))
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH + 3000
    with pytest.raises(giving_back.OpenLess, match=r"只剩 30.00元"):
        waive(3001)
    waive(1000)
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH + 2000
    with pytest.raises(AloneVoid):
        billed.perform(
            "bills.reverse", lambda act: giving_back.reverse(act, charge, "记错户", CASHIER, ())
        )
    billed.perform(
        "bills.reverse", lambda act: giving_back.reverse(act, charge, "记错户", MANAGER, (MANAGER,))
    )
    assert owes(billed, UNIT).open_fen == 2 * A_MONTH
    assert len(rows_of(billed, LedgerEntry)) == 5, "nothing is edited"
    assert in_order(billed)


@pytest.mark.clause("KF-10", "FW-1.6")
def test_cash_that_the_desk_took_is_handed_over_with_its_receipts(billed: Desk) -> None:
    on_duty(billed, CLERK)
    desk = billed.as_staff(CLERK)
    paid(desk, UNIT, ("cash", 500), ("wechat", 300))
    paid(billed, UNIT, ("cash", 700))  # the cashier's own drawer
    found = handovers.now(desk).handed.receipts
    assert (found.many, found.fen, found.cash_fen) == (2, 1500, 500)


@pytest.mark.clause("BX-16", "FW-4.3")
def test_what_slips_bring_lies_in_the_same_drawer(any_desk: Desk) -> None:
    number = a_repair(any_desk, upto="finished")
    owed = situation(any_desk, number).facts["charged_fen"]
    taken(any_desk, number, "pay", staff=CASHIER, means="cash")
    cashier = any_desk.as_staff(CASHIER)
    assert dayclose.day_sheet(cashier).of_means("cash") == owed
    taken(any_desk, number, "void_receipt", staff=CASHIER, why="开错", second="KF04")
    assert dayclose.day_sheet(cashier).of_means("cash") == 0
    taken(any_desk, number, "pay", staff=CASHIER, means="wechat")
    sheet = dayclose.day_sheet(cashier)
    assert (sheet.of_means("cash"), sheet.of_means("wechat")) == (0, owed)
    assert in_order(cashier)


@pytest.mark.parametrize("payer", ["陈\ud800立", "陈\x1b[31m立", "陈" * 200])
def test_a_name_that_no_paper_can_bear_is_refused_and_nothing_is_taken(
    desk: Desk, payer: str
) -> None:
    cashier = priced(desk)
    with pytest.raises(UsageError, match="付款人"):
        paid(cashier, "3-1-502", ("cash", 100), prepay=True, payer=payer)
    assert owes(cashier, "3-1-502").prepaid == {"3-1-502": 0}


@pytest.mark.clause("BX-16")
def test_whoever_pays_is_told_of_repairs_that_are_not_paid(any_desk: Desk) -> None:
    priced(any_desk)
    on_duty(any_desk, "KF01")
    number = a_repair(any_desk, upto="finished")
    fen = situation(any_desk, number).facts["charged_fen"]
    assert owes(any_desk, "3-1-502").slips == ((number, "3-1-502", fen),)
    assert owes(any_desk, "3-1-501").slips == ()
    receipt = taken(any_desk, number, "pay", staff=CASHIER, means="cash")["receipt"]
    assert owes(any_desk, "3-1-502").slips == ()
    assert owes(any_desk, "3-1-502").open_fen == 0  # it is none of the fees
    any_desk.as_staff(CASHIER).perform(
        "payments.void", lambda act: receipts.void(act, str(receipt), "错", MANAGER, (MANAGER,))
    )
    assert owes(any_desk, "3-1-502").slips_fen == fen
