"""Receipts and their tax invoices: what wants one, what was issued, what a red one takes back.

* one line a receipt and item; deposits never, prepayments where the office has decided so
* nothing void, nothing given back, nothing twice; one invoice may be for several receipts
"""

from datetime import date
from typing import Any

import pytest

from tests.billing import A_MONTH, CASHIER, MANAGER, OCTOBER, charged, in_order, paid, priced, run
from tests.factories import a_repair, move_to, taken
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk, Result
from wuye_tui.registers import counter, dayclose, giving_back, receipts
from wuye_tui.registers.invoice_refusals import (
    AlreadyInvoiced,
    AnotherInvoice,
    BuyerOfMany,
    DayToCome,
    NoSale,
    NothingInForce,
)
from wuye_tui.registers.invoices import invoices_of, standing, to_invoice, write_back
from wuye_tui.registers.receipts import UnknownReceipt
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender
from wuye_tui.rules.refusals import NotAllowed

ONE, TWO, THREE = (f"SJ-2026-00000{n}" for n in (1, 2, 3))
BLUE, RED, OTHER = "26117000000123456789", "26117000000123456790", "26117000000123456791"
FIRM = "91110000101623741K"


def at_counter(desk: Desk) -> Desk:
    """The cashier, with a receipt for a month, a card and a prepayment of 3-1-502."""
    cashier = priced(desk)
    run(cashier, OCTOBER)
    charged(cashier, "3-1-502", 1500)
    paid(cashier, "3-1-502", ("cash", A_MONTH + 1500 + 700), prepay=True, payer="陈立")
    return cashier


def written(desk: Desk, number: str, invoice: str = BLUE, **more: Any) -> Result:
    day = more.pop("day", desk.calendar.day_of(desk.now()))
    return desk.perform(
        "receipts.invoiced", lambda act: write_back(act, number, invoice, day, **more)
    )


@pytest.mark.clause("FW-4.3")
def test_each_item_is_a_line_of_its_own_and_a_prepayment_is_left_out(any_desk: Desk) -> None:
    cashier = at_counter(any_desk)
    found = to_invoice(cashier)
    assert [
        (one.receipt, one.day, one.buyer, one.unit, one.item, one.spec, one.fen, one.rate)
        for one in found.lines
    ] == [
        (ONE, "2026-11-19", "陈立", "3-1-502", "物业服务费", "2026-10", A_MONTH, "6%"),
        (ONE, "2026-11-19", "陈立", "3-1-502", "门禁卡工本费", "2026-11", 1500, "6%"),
    ]
    assert (found.left, found.to_red) == ([ONE], [])
    said = found.lines[0].as_dict()
    assert (said["amount"], said["code"]) == ("219.28", "3040801010000000000")
    assert said["remark"] == "3-1-502 2026-10 SJ-2026-000001"
    assert all(isinstance(one, str) for one in said.values())


def test_an_office_may_invoice_prepayments_and_name_the_items(desk: Desk) -> None:
    own = desk.settings.home / "data" / "invoices.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        'prepaid = true\n[[item]]\nfee = "prepaid"\nname = "预收物业费"\nrate = "不征税"\n'
        'code = "6010000000000000000"\n',
        "utf-8",
    )
    found = to_invoice(at_counter(desk))
    assert [(one.item, one.fen, one.rate) for one in found.lines] == [
        ("物业服务费", A_MONTH, ""), ("门禁卡工本费", 1500, ""), ("预收物业费", 700, "不征税"),
    ]  # fmt: skip
    assert found.left == []


def test_deposits_are_never_listed_and_a_receipt_of_nothing_else_has_no_invoice(desk: Desk) -> None:
    cashier = priced(desk)
    kind = fee_named(cashier.reference.fees, "装修押金")
    cashier.perform(
        "deposit", lambda act: counter.take_deposit(act, "3-1-502", kind, [Tender("cash", 900)])
    )
    found = to_invoice(cashier)
    assert (found.lines, found.left) == ([], [ONE])
    with pytest.raises(NoSale, match="押金"):
        written(cashier, ONE)


def test_a_repair_is_one_line_of_what_was_paid_for_it(desk: Desk) -> None:
    slip = a_repair(desk, upto="finished")
    taken(desk, slip, "waive", staff="KF04", fee_now="10", why="等得太久")
    taken(desk, slip, "pay", staff=CASHIER, means="cash", paid_by="陈立")
    (line,) = to_invoice(desk.as_staff(CASHIER)).lines
    assert (line.item, line.fen, line.buyer, line.unit) == ("维修费", 1000, "陈立", "3-1-502")


def test_a_family_has_a_line_for_each_home(desk: Desk) -> None:
    cashier = priced(desk)
    run(cashier, OCTOBER)
    paid(cashier, ("3-1-502", "3-1-501"), ("card", 2 * A_MONTH))
    assert {(one.receipt, one.unit, one.fen) for one in to_invoice(cashier).lines} == {
        (ONE, "3-1-502", A_MONTH), (ONE, "3-1-501", A_MONTH),
    }  # fmt: skip


@pytest.mark.clause("FW-4.3")
def test_what_has_an_invoice_is_listed_no_more_and_never_gets_a_second(any_desk: Desk) -> None:
    cashier = at_counter(any_desk)
    done = written(cashier, ONE.lower(), buyer="某某公司", tax=FIRM.lower())
    assert (done["invoice"], done["amount_fen"]) == (BLUE, A_MONTH + 1500)
    assert to_invoice(cashier).lines == []
    for again in (lambda: written(cashier, ONE, OTHER), lambda: to_invoice(cashier, numbers=[ONE])):
        with pytest.raises(AlreadyInvoiced, match=BLUE):
            again()
    (one,) = invoices_of(any_desk, ONE)
    assert (one.buyer, one.tax_number, one.by_name, one.red) == ("某某公司", FIRM, "陈静", False)
    assert receipts.show(any_desk, ONE).payer == "陈立", "the buyer is not who paid"
    assert in_order(any_desk)


def test_one_invoice_is_for_several_receipts_but_one_number_is_one_invoice(desk: Desk) -> None:
    cashier = at_counter(desk)
    for unit in ("3-1-501", "3-2-502"):
        paid(cashier, unit, ("cash", A_MONTH))
    written(cashier, ONE)
    written(cashier, TWO)
    with pytest.raises(AnotherInvoice, match=ONE):
        written(cashier, THREE, day=date(2026, 11, 18))
    with pytest.raises(AnotherInvoice):
        written(cashier, ONE, BLUE, red=True)
    assert [one.receipt for one in to_invoice(cashier).lines] == [THREE]


@pytest.mark.clause("BX-16", "FW-4.3")
def test_a_void_receipt_has_no_invoice_and_one_that_had_wants_a_red_one(any_desk: Desk) -> None:
    cashier = at_counter(any_desk)
    paid(cashier, "3-1-501", ("cash", A_MONTH))
    written(cashier, ONE)
    for number in (ONE, TWO):
        cashier.perform(
            "void", lambda act, n=number: receipts.void(act, n, "错", MANAGER, (MANAGER,))
        )
    found = to_invoice(cashier)
    assert (found.lines, found.to_red) == ([], [ONE])
    with pytest.raises(NoSale, match="作废"):
        written(cashier, TWO, OTHER)
    with pytest.raises(NothingInForce):
        written(cashier, TWO, RED, red=True)
    assert written(cashier, ONE, RED, red=True)["amount_fen"] == A_MONTH + 1500
    assert to_invoice(cashier).to_red == []
    assert standing(invoices_of(any_desk, ONE)) is None
    with pytest.raises(NothingInForce):
        written(cashier, ONE, OTHER, red=True)
    assert in_order(any_desk)


def test_a_receipt_that_was_given_back_is_not_listed_a_part_of_it_is(desk: Desk) -> None:
    cashier = at_counter(desk)
    paid(cashier, "3-1-501", ("cash", A_MONTH))
    cashier.perform(
        "part",
        lambda act: giving_back.refund(
            act, "3-1-502", Tender("cash", 700), "退", MANAGER, (MANAGER,)
        ),
    )
    today = desk.calendar.day_of(desk.now())
    cashier.perform("close", lambda act: dayclose.close_day(act, today, 2 * A_MONTH + 1500))
    cashier.perform("back", lambda act: receipts.refund(act, TWO, "退", MANAGER, (MANAGER,)))
    assert {one.receipt for one in to_invoice(cashier).lines} == {ONE}
    with pytest.raises(NoSale, match="退款"):
        written(cashier, TWO)


def test_a_wrong_invoice_is_taken_back_by_a_red_one_and_issued_anew(desk: Desk) -> None:
    cashier = at_counter(desk)
    written(cashier, ONE, buyer="写错了的公司")
    written(cashier, ONE, RED, red=True)
    assert {one.receipt for one in to_invoice(cashier).lines} == {ONE}
    written(cashier, ONE, OTHER, buyer="某某公司")
    assert [(one.n, one.invoice, one.red) for one in invoices_of(desk, ONE)] == [
        (1, BLUE, False), (2, RED, True), (3, OTHER, False),
    ]  # fmt: skip
    assert in_order(desk)


def test_days_and_names_choose_receipts_and_a_buyer_is_named_of_named_ones(desk: Desk) -> None:
    cashier = at_counter(desk)
    move_to(desk, "2026-11-20 10:00")
    paid(cashier, "3-1-501", ("cash", A_MONTH))
    twentieth = desk.calendar.moment(date(2026, 11, 20))
    assert {one.receipt for one in to_invoice(cashier, begin=twentieth).lines} == {TWO}
    assert {one.receipt for one in to_invoice(cashier, end=twentieth).lines} == {ONE}
    (line,) = to_invoice(cashier, numbers=[TWO.lower()], buyer="某某公司", tax=FIRM).lines
    assert (line.receipt, line.buyer, line.tax_number) == (TWO, "某某公司", FIRM)
    with pytest.raises(BuyerOfMany):
        to_invoice(cashier, buyer="某某公司")
    with pytest.raises(UnknownReceipt):
        to_invoice(cashier, numbers=["SJ-2026-000009"])


def test_an_invoice_of_tomorrow_or_of_no_receipt_is_refused_and_only_finance_writes(
    desk: Desk,
) -> None:
    cashier = at_counter(desk)
    with pytest.raises(DayToCome):
        written(cashier, ONE, day=date(2026, 11, 20))
    with pytest.raises(UnknownReceipt):
        written(cashier, "SJ-2026-000009")
    clerk = desk.as_staff("KF01")
    with pytest.raises(NotAllowed, match="登记发票"):
        written(clerk, ONE)
    with pytest.raises(NotAllowed, match="开票清单"):
        to_invoice(clerk)
    assert invoices_of(desk, ONE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE receipt_invoice SET invoice = '26117000000999999999'",
        "DELETE FROM receipt_invoice",
        "UPDATE private SET name = '另一家公司' WHERE name = '某某公司'",
        "DELETE FROM private WHERE name = '某某公司'",
    ],
)
def test_an_invoice_that_was_changed_with_another_tool_is_found(desk: Desk, sentence: str) -> None:
    written(at_counter(desk), ONE, buyer="某某公司")
    assert in_order(desk)
    found = behind_our_back(desk, sentence)
    assert any("触发器" not in one for one in found), found
