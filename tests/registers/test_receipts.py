"""Money taken for a slip: the receipt, its number, who took it, and what makes it void.

BX-16, and FW-1.6 for the receptionist in the cashier's absence.
"""

from typing import Any

import pytest

from tests.factories import PAID, a_repair, refused, signatures, situation, taken, walk_to
from tests.registers.test_pins import CHEAP, PIN
from wuye_tui.desk import Desk
from wuye_tui.registers import pins
from wuye_tui.registers.charge_register import charge_register
from wuye_tui.registers.checking import check
from wuye_tui.registers.receipts import UnknownReceipt, VoidAlready, list_receipts, show, void
from wuye_tui.rules.refusals import MissingSignature, NoRight, WrongPerson
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Office, Receipt

CASH: dict[str, Any] = {"means": "cash", "paid_by": "陈立"}


def paid(desk: Desk, staff: str = "SF01", **given: Any) -> str:
    """A finished slip whose money was taken; its receipt's number."""
    number = a_repair(desk, upto="finished")
    return str(taken(desk, number, "pay", staff=staff, **{**CASH, **given})["receipt"])


@pytest.mark.clause("BX-16")
def test_the_cashier_signs_and_a_receipt_has_the_next_number_of_the_year(any_desk: Desk) -> None:
    number = a_repair(any_desk, upto="finished")
    result = taken(any_desk, number, "pay", staff="SF01", **CASH)
    assert result["receipt"] == "SJ-2026-000001"
    assert paid(any_desk) == "SJ-2026-000002"
    one = show(any_desk, "sj-2026-000001")
    assert (one.source, one.unit, one.fen, one.payer) == (number, "3-1-502", 3000, "陈立")
    assert (one.by, one.for_cashier, one.voided) == ("SF01", False, None)
    assert one.as_dict()["capitals"] == "人民币叁拾元整"
    signed = signatures(any_desk, number)[result["n"], "cashier"]
    assert (signed.staff, signed.how) == ("SF01", "pin")
    assert check(any_desk).findings == []


@pytest.mark.clause("FW-1.6")
def test_the_receptionist_takes_it_for_the_cashier_and_the_receipt_says_so(desk: Desk) -> None:
    one = show(desk, paid(desk, staff="KF01"))
    assert (one.by, one.for_cashier) == ("KF01", True)


def test_a_worker_takes_no_money(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    with pytest.raises(NoRight):
        taken(desk, number, "pay", staff="GC03", **CASH)
    assert list_receipts(desk) == []


@pytest.mark.parametrize("upto", ["finished", "returned", "verified", "closed"])
def test_it_is_taken_once_whenever_the_slip_is_brought(desk: Desk, upto: str) -> None:
    number = a_repair(desk, upto=upto)
    taken(desk, number, "pay", staff="SF01", **CASH)
    refused("BX-16", desk, number, "pay", staff="SF01", **CASH)
    assert len(list_receipts(desk)) == 1


@pytest.mark.clause("BX-16")
def test_closing_says_that_the_money_is_still_to_come_and_only_then() -> None:
    close = REPAIR.rows_named("close")[0]
    assert "还没有收款" in close.said({"charged_fen": 3000})
    assert close.said({"charged_fen": 3000, "paid_fen": 3000}) == close.said({}) == ""


def test_nothing_is_taken_where_nothing_is_owed(desk: Desk) -> None:
    number = a_repair(desk, place="大堂", unit="", upto="registered")
    walk_to(
        desk, number, "finished", issue={"charge": "public"},
        finish={"tried": True, "inspector": "GC01"}, agree={"damage": "灯管", "minutes": 5},
    )  # fmt: skip
    refused("BX-16", desk, number, "pay", staff="SF01", **CASH)


def test_what_was_let_off_is_not_taken(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "waive", staff="KF04", fee_now="10", why="等得太久")
    assert show(desk, str(taken(desk, number, "pay", staff="SF01", **CASH)["receipt"])).fen == 1000


def test_what_was_taken_is_not_let_off_before_the_receipt_is_void(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "pay", staff="SF01", **CASH)
    refused("BX-16", desk, number, "waive", staff="KF04", fee_now="10", why="等得太久")
    taken(desk, number, "void_receipt", staff="SF01", why="开错", second="KF04")
    taken(desk, number, "waive", staff="KF04", fee_now="10", why="等得太久")


def test_a_void_needs_a_second_person_and_keeps_its_number(any_desk: Desk) -> None:
    first = paid(any_desk)
    source = show(any_desk, first).source
    with pytest.raises(MissingSignature):
        taken(any_desk, source, "void_receipt", staff="SF01", why="开错")
    with pytest.raises(WrongPerson):
        taken(any_desk, source, "void_receipt", staff="SF01", why="开错", second="KF01")
    refused("BX-16", any_desk, source, "void_receipt", staff="KF04", why="开错", second="KF04")
    result = any_desk.as_staff("SF01").perform(
        "void", lambda act: void(act, first, "金额写错", "KF04")
    )
    assert (result["receipt"], situation(any_desk, source).facts["paid_fen"]) == (first, 0)
    gone = show(any_desk, first)
    assert (gone.voided is not None, gone.voided_by, gone.second) == (True, "SF01", "KF04")
    with pytest.raises(VoidAlready):
        any_desk.as_staff("SF01").perform("void", lambda act: void(act, first, "再一次", "KF04"))
    again = str(taken(any_desk, source, "pay", staff="SF01", means="wechat")["receipt"])
    assert again == "SJ-2026-000002"
    assert check(any_desk).findings == []


@pytest.mark.clause("BX-16")
def test_who_has_a_pin_is_no_second_person_by_name_alone(desk: Desk) -> None:
    number = show(desk, paid(desk)).source
    pins.set_pin(desk.as_staff("KF04"), "KF04", PIN, cost=CHEAP)
    asked = {"staff": "SF01", "why": "开错", "second": "KF04"}
    assert refused("BX-16", desk, number, "void_receipt", **asked) == "second_pin"
    result = taken(desk, number, "void_receipt", proven=("KF04",), **asked)
    assert signatures(desk, number)[result["n"], "second"].how == "pin"


@pytest.mark.clause("BX-16")
def test_at_a_real_office_nobody_is_a_second_person_without_a_pin(desk: Desk) -> None:
    number = show(desk, paid(desk)).source
    with desk.act("a real office") as act:
        act.session.get_one(Office, act.site).training = False
        act.result = {}
    asked = {"staff": "SF01", "why": "开错", "second": "KF04"}
    assert refused("BX-16", desk, number, "void_receipt", **asked) == "second_pin"


def test_a_void_receipt_says_by_whom_and_why(desk: Desk) -> None:
    number = paid(desk)
    assert show(desk, number).void_reason == ""
    desk.as_staff("SF01").perform("void", lambda act: void(act, number, "金额写错", "KF04"))
    gone = show(desk, number)
    assert (gone.voided_by_name, gone.void_reason) == (show(desk, number).by_name, "金额写错")
    assert gone.second_name not in ("", gone.voided_by_name)


def test_a_receipt_that_nobody_issued_is_told(desk: Desk) -> None:
    with pytest.raises(UnknownReceipt, match="SJ-2026-000009"):
        show(desk, "SJ-2026-000009")


def test_a_refused_act_leaves_no_gap(desk: Desk) -> None:
    paid(desk)
    number = a_repair(desk, upto="finished")

    class Stopped(Exception):
        """The act is broken off after the receipt was written."""

    def broken(act: Any) -> Any:
        from wuye_tui.registers import matters

        matters.take(act, number, "pay", **CASH)
        raise Stopped

    with pytest.raises(Stopped):
        desk.as_staff("SF01").perform("pay", broken)
    assert paid(desk) == "SJ-2026-000002"
    assert check(desk).findings == []


def test_what_somebody_changed_in_the_database_is_found(desk: Desk) -> None:
    paid(desk)
    with desk.engine.begin() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA query_only=OFF")
        raw.execute("DROP TRIGGER receipt_no_update")
        raw.execute("UPDATE receipt SET fen = 1")
    said = " ".join(check(desk).findings)
    assert "收据" in said or "审计记录" in said
    assert "receipt" in said, "the trigger is gone, too"
    assert table_of(Receipt).name == "receipt"


@pytest.mark.clause("BX-16")
def test_the_worker_brings_the_residents_copy(desk: Desk) -> None:
    number = a_repair(desk, upto="finished")
    refused("BX-16", desk, number, "bring_receipt", staff="GC03", receipt_to="陈立")
    taken(desk, number, "pay", staff="SF01", **CASH)
    taken(desk, number, "bring_receipt", staff="GC03", receipt_to="陈立")
    assert situation(desk, number).facts["receipt_to"] == "陈立"


@pytest.mark.clause("BX-16")
def test_the_charge_register_has_a_line_a_charge_and_its_receipt(any_desk: Desk) -> None:
    first = paid(any_desk)
    second = a_repair(any_desk, upto="finished")
    open_, done = charge_register(any_desk, unpaid=True), charge_register(any_desk)
    assert [one.source for one in open_] == [second]
    assert [(one.receipt, one.due_fen) for one in done] == [(first, 0), ("", 3000)]
    assert done[0].worker_name
    assert [item["code"] for item in done[0].items] == [PAID["tariff"]]
