"""What is taken back has a reason and a second person, and says which act it is (BX-16)."""

from typing import Any

import pytest

from tests.billing import A_MONTH, CASHIER, MANAGER, charged, in_order, owes, paid, priced
from tests.factories import rows_of
from wuye_tui.desk import Desk
from wuye_tui.registers import counter, dayclose, giving_back, receipts
from wuye_tui.registers.signing import AloneVoid, NoReason
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender
from wuye_tui.store.tables import LedgerEntry

UNIT = "3-1-502"
TWO: dict[str, Any] = {"second": MANAGER, "proven": (MANAGER,)}


@pytest.fixture
def cashier(desk: Desk) -> Desk:
    """A card is owed, something prepaid, a deposit held."""
    at = priced(desk)
    charged(at, UNIT, 3000)
    paid(at, "3-1-501", ("cash", 500), prepay=True)
    deposited(at)
    return at


def deposited(desk: Desk) -> str:
    deposit = fee_named(desk.reference.fees, "装修押金")
    money = [Tender("card", 200_000)]
    done = desk.perform("d", lambda act: counter.take_deposit(act, UNIT, deposit, money))
    return str(done["receipt"])


def back(desk: Desk, what: str, why: str, **by: Any) -> Any:
    """One of the five acts that take something back."""
    charge = owes(desk, UNIT).owed[0].debt.charge
    verbs: dict[str, Any] = {
        "作废收据": lambda act: receipts.void(act, "SJ-2026-000001", why, **by),
        "退款": lambda act: receipts.refund(act, "SJ-2026-000001", why, **by),
        "退款 ": lambda act: giving_back.refund(
            act, "3-1-501", Tender("cash", 100), reason=why, **by
        ),
        "退款  ": lambda act: giving_back.refund(
            act, UNIT, Tender("card", 100), reason=why, deposit="decoration_deposit", **by
        ),
        "冲销": lambda act: giving_back.reverse(act, charge, why, **by),
    }
    return desk.perform("back", verbs[what])


ACTS = ("作废收据", "退款", "退款 ", "退款  ", "冲销")


@pytest.mark.clause("BX-16", "FW-4.3")
@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("why", ["", "  \t"])
def test_nothing_is_taken_back_without_a_reason(cashier: Desk, what: str, why: str) -> None:
    before = len(rows_of(cashier, LedgerEntry))
    with pytest.raises(NoReason, match=f"^{what.strip()}要写明原因：--(reason|why)。$"):
        back(cashier, what, why, **TWO)
    assert len(rows_of(cashier, LedgerEntry)) == before
    back(cashier, what, "记错了", **TWO)
    assert in_order(cashier)


@pytest.mark.clause("BX-16")
@pytest.mark.parametrize("what", ACTS)
def test_whoever_is_alone_is_told_what_needs_two(cashier: Desk, what: str) -> None:
    for by in ({"second": CASHIER, "proven": (CASHIER,)}, {"second": MANAGER, "proven": ()}):
        with pytest.raises(AloneVoid, match=f"^{what.strip()}要有第二个人"):
            back(cashier, what, "记错了", **by)


def test_a_deposit_that_went_back_is_called_a_deposit(cashier: Desk) -> None:
    receipt = deposited(cashier)
    money = Tender("card", 300_000)
    cashier.perform(
        "refund",
        lambda act: giving_back.refund(
            act, UNIT, money, reason="验收", deposit="decoration_deposit", **TWO
        ),
    )
    with pytest.raises(giving_back.DepositGiven, match=r"押金已经退了 1,000\.00元"):
        cashier.perform("void", lambda act: receipts.void(act, receipt, "错", **TWO))
    today = cashier.calendar.day_of(cashier.now())
    cashier.perform("close", lambda act: dayclose.close_day(act, today, 500))
    with pytest.raises(giving_back.DepositGiven):
        cashier.perform("refund", lambda act: receipts.refund(act, receipt, "错", **TWO))


def test_the_receipt_names_whoever_pays_usually(cashier: Desk) -> None:
    for units, payer, named in (
        ("3-1-502", "", "陈立"),
        ("3-1-502", "张三", "张三"),
        ("6-1-301", " ", ""),
        (("6-1-301", "3-1-501"), "", "林芳"),
    ):
        done = paid(cashier, units, ("cash", A_MONTH), prepay=True, payer=payer)
        assert receipts.show(cashier, done["receipt"]).payer == named
        assert done["units"] == ([units] if isinstance(units, str) else list(units))
    assert receipts.show(cashier, deposited(cashier)).payer == "陈立"
