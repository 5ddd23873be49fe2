"""An office that charges fees: what most tests of bills and payments begin with."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.moulds import moulded
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.intake.sheets import read_rows
from wuye_tui.registers import (
    at_counter,
    bill_withdrawal,
    bills,
    counter,
    dayclose,
    fee_terms,
    fees,
    giving_back,
    invoices,
    meters,
    opening,
    owed,
    pools,
    published,
    receipt_lines,
    receipt_prints,
    receipts,
    refunds,
    spending,
    vouchers,
)
from wuye_tui.registers.checking import check
from wuye_tui.registers.meter_questions import FEW
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.months import Month
from wuye_tui.rules.payments import Tender
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Unit

CASHIER, MANAGER, CLERK = "SF01", "ZJ01", "KF01"
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
PRICE, AREA = 24500, 8950
"""2.45 yuan a square metre, and 89.50 square metres: 219.275 yuan, so 219.28."""
A_MONTH = 21928
HOMES = ("3-1-501", "3-1-502", "3-2-502", "5-1-101", "6-1-301", "12-1-1203")


@moulded
def priced(desk: Desk) -> Desk:
    """The cashier's desk: homes of 89.50 square metres pay 2.45 yuan a month for each."""
    cashier = desk.as_staff(CASHIER)

    def work(act: Act) -> Result:
        units = table_of(Unit)
        found = act.session.execute(select(units.c.id).where(units.c.site == act.site)).scalars()
        act.update(Unit, *({"id": one, "area_centi": AREA} for one in found.all()))
        return fees.set_price(act, "management", PRICE, date(2026, 1, 1))

    cashier.perform("test", work)
    return cashier


def run(desk: Desk, month: Month, *named: str, **more: Any) -> Result:
    """A month's bills, published."""
    return bills.run(desk, month, named, **more)


def owes(desk: Desk, *units: str) -> owed.Account:
    """What they owe now."""
    return owed.account(desk, units)


def paid(desk: Desk, units: str | Sequence[str], *tenders: tuple[str, int], **more: Any) -> Result:
    """Money taken at the counter."""
    asked = [units] if isinstance(units, str) else list(units)
    money = [Tender(*one) for one in tenders]
    return desk.perform("payments.take", lambda act: counter.take(act, asked, money, **more))


def charged(desk: Desk, unit: str, fen: int, fee: str = "card", what: str = "") -> Result:
    """One thing charged once."""
    kind = fee_named(desk.reference.fees, fee)
    return desk.perform("bills.charge", lambda act: counter.charge_once(act, unit, kind, fen, what))


def in_order(desk: Desk) -> bool:
    """Whether `wuye check` finds nothing."""
    found = check(desk).findings
    assert found == []
    return True


def all_of_it(desk: Desk) -> None:
    """Every question and every verb of bills and payments, once."""
    cashier = priced(desk)
    fee = fee_named(cashier.reference.fees, "装修押金")
    two = {"second": MANAGER, "proven": (MANAGER,)}
    cashier.perform(
        "fees.term",
        lambda act: fee_terms.add_term(
            act, "3-1-501", "management", "空置", date(2026, 10, 1),
            percent=50, why="空置", approver=MANAGER, proven=(MANAGER,),
        ),
    )  # fmt: skip
    fees.list_fees(cashier)
    fee_terms.list_terms(cashier)
    cashier.perform(
        "fees.end_term",
        lambda act: fee_terms.end_term(act, "3-1-501", "management", date(2026, 12, 31), "住人了"),
    )
    bills.preview(cashier, OCTOBER)
    wrong = str(run(cashier, OCTOBER)["number"])
    cashier.perform(
        "bills.withdraw",
        lambda act: bill_withdrawal.withdraw(act, wrong, "错", MANAGER, (MANAGER,)),
    )
    run(cashier, OCTOBER)
    bills.list_runs(cashier)
    bills.charges_of(cashier, bills.list_runs(cashier)[0]["number"])
    first = paid(cashier, "3-1-502", ("cash", A_MONTH + 700), prepay=True)["receipt"]
    again = paid(cashier, "3-2-502", ("card", 100))["receipt"]
    charged(cashier, "3-1-502", 500)
    counter.use_all_prepaid(cashier)
    lone = charged(cashier, "3-1-501", 500)["charge"]
    waived = charged(cashier, "3-1-501", 600)["charge"]

    def rest(act: Act) -> Result:
        receipts.void(act, again, "错", MANAGER, (MANAGER,))
        giving_back.reverse(act, lone, "错", **two)
        giving_back.waive(act, waived, 100, "减", MANAGER, (MANAGER,))
        counter.take_deposit(act, "3-1-502", fee, [Tender("cash", 900)])
        giving_back.refund(act, "3-1-502", Tender("cash", 100), "退", **two)
        giving_back.refund(act, "3-1-502", Tender("cash", 100), "退", deposit=fee.code, **two)
        kind, money = act.reference.spending[0], Tender("cash", 900)
        number = str(spending.spend(act, kind, money, "拖把")["number"])
        spending.unspend(act, number, "错", **two)
        today = act.calendar.day_of(act.now)
        return dayclose.close_day(act, today, 0, "试")

    cashier.perform("test", rest)
    owes(cashier, *HOMES)
    dayclose.day_sheet(cashier)
    at_counter.open_days(cashier)
    at_counter.of_closed_days(cashier, HOMES)
    at_counter.held(cashier, HOMES)
    at_counter.allowed(cashier, "减", MANAGER, (MANAGER,))
    begin, end = date(2026, 11, 1), date(2026, 11, 30)
    spending.list_spent(cashier, begin, end)
    published.published(cashier, OCTOBER, NOVEMBER)
    for each in (False, True):
        vouchers.made(cashier, begin, end, each)
    receipt_lines.lines_of(cashier, receipts.show(cashier, first).source)
    printed_and_invoiced(cashier, first)
    read_and_shared(cashier)
    brought_along(cashier)
    in_order(cashier)


def printed_and_invoiced(cashier: Desk, receipt: str) -> None:
    """A receipt on paper, a refund that is shown, and a tax invoice taken back."""
    money, today = Tender("cash", 1), cashier.calendar.day_of(cashier.now())
    receipt_prints.counted(cashier, [receipt])
    receipt_prints.prints_of(cashier, receipt)
    back = cashier.perform(
        "refund", lambda act: giving_back.refund(act, "3-1-502", money, "退", MANAGER, (MANAGER,))
    )
    refunds.show(cashier, str(back["number"]))
    refunds.refund_of(cashier, receipts.show(cashier, receipt).source)
    begin, end = (cashier.calendar.moment(today + timedelta(days=n)) for n in (0, 1))
    invoices.to_invoice(cashier, begin, end, [receipt])
    for red in (False, True):
        cashier.perform(
            "receipts.invoiced",
            lambda act, red=red: invoices.write_back(
                act, receipt, f"2611700000012345678{int(red)}", today, buyer="某公司", red=red
            ),
        )
    invoices.others_of(cashier, "26117000000123456780", [receipt])
    invoices.invoices_of(cashier, receipt)


def brought_along(cashier: Desk) -> None:
    """Opening balances, of which another act comes in between."""
    file = cashier.settings.home / "opening.csv"
    names = "房号,收费项目,账期,欠费金额,预存"
    file.write_text(f"{names}\n3-1-502,水费,2026-01,30,\n3-1-501,,,,5\n", "utf-8")
    plan = opening.plan(cashier, read_rows(file, opening.NOUN, cashier.reference))
    charged(cashier, "3-1-501", 100)
    cashier.perform("bills.opening", lambda act: opening.apply(act, plan, plan.found.sums))


def read_and_shared(cashier: Desk) -> None:
    """Readings from a sheet and by hand, and a shared cost, twice each."""
    cashier.settings.home.mkdir(exist_ok=True)
    file = cashier.settings.home / "readings.csv"
    rooms = "".join(f"6-1-301,M{n},{n},2026-10-31,\n" for n in range(FEW + 1))
    file.write_text(f"房号,表号,本期,日期,倍率\n{rooms}3-1-502,,7,2026-10-31,20\n", "utf-8")
    for _again in range(2):
        intake = read_rows(file, meters.NOUN, cashier.reference)
        plan = meters.plan(cashier, intake, "water")
        cashier.perform("readings.import", lambda act, plan=plan: meters.apply(act, plan))
        file.write_text(file.read_text("utf-8").replace("10-31,20", "10-31,40"), "utf-8")
    for day, milli, kind in ((1, 9000, "regular"), (2, 5, "rolled")):
        cashier.perform(
            "readings.add",
            lambda act, day=day, milli=milli, kind=kind: meters.add(
                act, "3-1-502", milli, date(2026, 11, day), kind
            ),
        )
        cashier.perform("fees.pool", lambda act: pools.put(act, "shared_power", DECEMBER, 900))
    meters.list_readings(cashier, "water", "3-1-502")
    meters.list_readings(cashier, month=OCTOBER)
    meters.missing(cashier, NOVEMBER)
    pools.list_pools(cashier)
