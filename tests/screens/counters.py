"""A counter with something to take: two homes of one family that owe three months."""

from datetime import date

from sqlalchemy import select, update
from sqlmodel import col

from tests.moulds import moulded
from tests.screens.consoles import Console
from wuye_tui.desk import Desk
from wuye_tui.registers import bills, fees, owed, receipts
from wuye_tui.registers.receipts import Issued
from wuye_tui.rules.months import Month
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person, PersonKey, Unit

CASHIER, SECOND = "SF01", "KF03"
AREAS = {"3-1-502": 96_00, "3-1-501": 80_00}
PRICE = 24_500  # 2.45 yuan: 235.20 a month for the first home, 196.00 for the second
MONTHLY = 235_20


@moulded
def billed(desk: Desk) -> Desk:
    """The same desk, September to November charged: the first of them has a late fee by now."""

    def measure(act: Act) -> Result:
        for label, area in AREAS.items():
            named = update(Unit).where(col(Unit.label) == label).values(area_centi=area)
            act.session.execute(named)
        chen = act.session.execute(select(Person).where(col(Person.name) == "陈立")).scalar_one()
        act.add(PersonKey(site=act.site, key="cl", person=chen.id))
        return {}

    cashier = desk.as_staff(CASHIER)
    cashier.perform("measure", measure)
    cashier.perform(
        "fees.set", lambda act: fees.set_price(act, "management", PRICE, date(2026, 1, 1))
    )
    for month in (9, 10, 11):
        bills.run(cashier, Month(2026, month), leave_out=True)
    return desk


def account(desk: Desk, *units: str) -> owed.Account:
    """What is owed now."""
    return owed.account(desk, units or ("3-1-502",))


def issued(desk: Desk) -> list[Issued]:
    """Every receipt, the oldest first."""
    return receipts.list_receipts(desk)


async def at(seen: Console, unit: str = "3-1-502") -> None:
    """The account of a unit, found from the line; the keys are not counted."""
    await seen.press("f6")
    await seen.type(unit)
    await seen.press("enter")
    seen.keys = 0
