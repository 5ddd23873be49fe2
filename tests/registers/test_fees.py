"""Prices with their validity, and the terms of single units (KF-3.4)."""

from datetime import date
from typing import Any

import pytest

from tests.billing import CLERK, MANAGER, OCTOBER, PRICE, in_order, priced, run
from wuye_tui.desk import Desk
from wuye_tui.registers import fees
from wuye_tui.registers.fee_terms import BadShare, add_term
from wuye_tui.rules.errors import DeskError, UnknownUnit
from wuye_tui.rules.fee_kinds import UnknownFee
from wuye_tui.rules.fees import HoleInPrices, OverlappingPrices
from wuye_tui.rules.refusals import NotAllowed

NEW_YEAR = date(2026, 1, 1)


def set_price(desk: Desk, *given: Any, **more: Any) -> Any:
    return desk.perform("fees.set", lambda act: fees.set_price(act, *given, **more))


def term(desk: Desk, *given: Any, **more: Any) -> Any:
    return desk.perform("fees.term", lambda act: add_term(act, *given, **more))


@pytest.mark.clause("KF-3.4")
def test_a_new_price_ends_the_one_before(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    set_price(cashier, "物业服务费", 26000, date(2026, 12, 16))
    rows = [one for one in fees.list_fees(cashier) if one["fee"] == "management"]
    assert [(one["price"], one["begins"], one["ends"]) for one in rows] == [
        (PRICE, NEW_YEAR, date(2026, 12, 15)),
        (26000, date(2026, 12, 16), None),
    ]
    assert in_order(cashier)


@pytest.mark.clause("KF-3.4")
@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        (date(2025, 1, 1), date(2025, 12, 30), HoleInPrices),
        (date(2025, 1, 1), date(2026, 1, 1), OverlappingPrices),
    ],
)
def test_no_day_has_two_prices_and_none_lies_between_without_one(
    desk: Desk, begins: date, ends: date | None, wrong: type[DeskError]
) -> None:
    cashier = priced(desk)
    with pytest.raises(wrong):
        set_price(cashier, "management", 20000, begins, ends=ends)
    assert len([one for one in fees.list_fees(cashier) if one["fee"] == "management"]) == 1


@pytest.mark.clause("KF-3.4")
def test_a_price_typed_again_for_the_same_day_is_put_right(desk: Desk) -> None:
    cashier = priced(desk)
    set_price(cashier, "management", 26000, date(2027, 1, 1))
    done = set_price(cashier, "management", 25000, NEW_YEAR)
    assert done["before"] == PRICE
    set_price(cashier, "management", 27000, date(2027, 1, 1))
    rows = [one for one in fees.list_fees(cashier) if one["fee"] == "management"]
    assert [(one["price"], one["begins"], one["ends"]) for one in rows] == [
        (25000, NEW_YEAR, date(2026, 12, 31)),
        (27000, date(2027, 1, 1), None),
    ]
    with pytest.raises(OverlappingPrices):
        set_price(cashier, "management", 1, NEW_YEAR, ends=date(2027, 1, 1))
    run(cashier, OCTOBER)
    with pytest.raises(fees.AlreadyBilled):
        set_price(cashier, "management", 1, NEW_YEAR)
    assert in_order(cashier)


@pytest.mark.clause("FW-4.3")
def test_the_desk_sets_no_price(desk: Desk) -> None:
    priced(desk)
    with pytest.raises(NotAllowed, match="李晓燕 不能定收费价格"):
        set_price(desk.as_staff(CLERK), "management", 1, date(2027, 1, 1))


def test_a_month_whose_bills_are_out_keeps_its_price(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    with pytest.raises(fees.AlreadyBilled, match="2026-11-01"):
        set_price(cashier, "management", 20000, date(2026, 10, 31))
    with pytest.raises(fees.AlreadyBilled):
        term(cashier, "3-1-502", "management", "vacant", date(2026, 10, 1), percent=50,
             why="空置", approver=MANAGER, proven=(MANAGER,))  # fmt: skip
    set_price(cashier, "management", 20000, date(2026, 11, 1))


def test_what_is_unknown_is_named(desk: Desk) -> None:
    cashier = priced(desk)
    with pytest.raises(UnknownFee, match="绿化费"):
        set_price(cashier, "绿化费", 1, NEW_YEAR)
    with pytest.raises(fees.NoPriceForThis):
        set_price(cashier, "card", 1, NEW_YEAR)
    with pytest.raises(UnknownUnit):
        term(cashier, "99-9-999", "management", "vacant", NEW_YEAR)
    with pytest.raises(BadShare):
        term(cashier, "3-1-502", "management", "discount", NEW_YEAR, percent=101)
