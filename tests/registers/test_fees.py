"""Prices with their validity, and the terms of single units (KF-3.4)."""

from datetime import date
from typing import Any

import pytest

from tests.billing import CASHIER, CLERK, MANAGER, OCTOBER, PRICE, in_order, priced, run
from wuye_tui.desk import Desk
from wuye_tui.registers import bills, fees
from wuye_tui.rules.errors import DeskError, UnknownUnit
from wuye_tui.rules.fee_kinds import UnknownFee
from wuye_tui.rules.fees import HoleInPrices, OverlappingPrices
from wuye_tui.rules.refusals import NotAllowed

NEW_YEAR = date(2026, 1, 1)


def set_price(desk: Desk, *given: Any, **more: Any) -> Any:
    return desk.perform("fees.set", lambda act: fees.set_price(act, *given, **more))


def term(desk: Desk, *given: Any, **more: Any) -> Any:
    return desk.perform("fees.term", lambda act: fees.add_term(act, *given, **more))


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
        (date(2026, 1, 1), None, OverlappingPrices),
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
             why="空置", approver=MANAGER)  # fmt: skip
    set_price(cashier, "management", 20000, date(2026, 11, 1))


@pytest.mark.clause("KF-3.4")
def test_whoever_pays_less_does_so_for_a_reason_that_a_manager_approved(desk: Desk) -> None:
    cashier = priced(desk)
    given = ("3-1-502", "management", "空置", date(2026, 10, 1))
    with pytest.raises(fees.WhyLess):
        term(cashier, *given, percent=50)
    with pytest.raises(fees.WhyLess):
        term(cashier, *given, percent=50, why="空置", approver="")
    with pytest.raises(NotAllowed, match="批准少收"):
        term(cashier, *given, percent=50, why="空置", approver=CASHIER)
    term(cashier, *given, percent=50, why="空置", approver=MANAGER)
    (row,) = fees.list_terms(cashier, "3-1-502")
    assert (row["share"], row["approver"]) == (5000, MANAGER)
    assert in_order(cashier)


def test_a_parking_space_is_paid_for_once(desk: Desk) -> None:
    cashier = priced(desk)
    set_price(cashier, "parking", 800_000, NEW_YEAR)
    given = ("parking", "space", date(2026, 10, 1))
    term(cashier, "3-1-502", *given, date(2026, 10, 20), subject="B-115")
    with pytest.raises(fees.SpaceTaken, match="3-1-502"):
        term(cashier, "3-1-501", *given, subject="B-115")
    term(cashier, "3-1-501", "parking", "space", date(2026, 10, 21), subject="B-115")
    found = {one.fee: one.fen for one in bills.preview(cashier, OCTOBER).fees}
    assert found["parking"] == 8000 * 20 // 31 + 8000 * 11 // 31 + 1, "5161 and 2839: each rounded"


@pytest.mark.parametrize("code", ["space", "nonsense", ""])
def test_a_term_that_makes_no_sense_is_refused(desk: Desk, code: str) -> None:
    cashier = priced(desk)
    with pytest.raises(fees.UnknownTerm):
        term(cashier, "3-1-502", "management", code, NEW_YEAR)


def test_what_is_unknown_is_named(desk: Desk) -> None:
    cashier = priced(desk)
    with pytest.raises(UnknownFee, match="绿化费"):
        set_price(cashier, "绿化费", 1, NEW_YEAR)
    with pytest.raises(fees.NoPriceForThis):
        set_price(cashier, "card", 1, NEW_YEAR)
    with pytest.raises(UnknownUnit):
        term(cashier, "99-9-999", "management", "vacant", NEW_YEAR)
    with pytest.raises(fees.BadShare):
        term(cashier, "3-1-502", "management", "discount", NEW_YEAR, percent=101)
