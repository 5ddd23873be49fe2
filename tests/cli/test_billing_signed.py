"""At the command line: whoever signs gives their own PIN, reasons are asked for, terms end."""

import pytest

from tests.cli.lines import Office, typed
from tests.screens.test_console_billing_day import CHEAP, PIN
from wuye_tui.desk import open_desk
from wuye_tui.registers import pins
from wuye_tui.settings import load

__all__ = ["typed"]

CASHIER, MANAGER, UNIT, NEIGHBOUR = "SF01", "ZJ01", "3-1-502", "3-1-501"
CARD = (UNIT, "门禁卡工本费", "--amount", "15")
TERM = ("fees", "term", UNIT, "management", "vacant", "--from", "2026-12-01")


@pytest.fixture
def office(typed: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The cashier types; the manager has a PIN, and gives none yet."""
    desk = open_desk(load(str(typed.home), "", "zh", "XZ01", typed.now.isoformat()))
    pins.set_pin(desk, MANAGER, PIN, cost=CHEAP)
    monkeypatch.delenv("WUYE_PIN2", raising=False)
    typed.staff = CASHIER
    return typed


@pytest.mark.clause("KF-3.4")
@pytest.mark.parametrize("what", ["waive", "term", "late"])
def test_whoever_allows_less_gives_their_own_pin(
    office: Office, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    charge = str(office.done("bills", "charge", *CARD)["charge"])
    line = {
        "waive": ("bills", "waive", charge, "--amount", "5", "--why", "质量"),
        "term": (*TERM, "--percent", "50", "--why", "空置"),
        "late": ("payments", "take", UNIT, "--pay", "cash=15", "--no-late", "老人"),
    }[what]
    before = office.done("payments", "owed", UNIT)
    without = office.type(*line, "--approver", MANAGER)
    assert (without.status, "WUYE_PIN2" in without.err) == (2, True), without.err
    monkeypatch.setenv("WUYE_PIN2", "000111")
    wrong = office.type(*line, "--approver", MANAGER)
    assert (wrong.status, "密码不对" in wrong.err) == (1, True), wrong.err
    own = office.type(*line, "--approver", CASHIER)
    assert (own.status, "不能批准少收" in own.err) == (1, True), own.err
    assert office.done("payments", "owed", UNIT) == before
    assert office.done("fees", "terms") == []
    monkeypatch.setenv("WUYE_PIN2", PIN)
    office.done(*line, "--approver", MANAGER)
    monkeypatch.setenv("WUYE_PIN", PIN)
    self_allowed = office.type(*line, "--approver", MANAGER, staff=MANAGER)
    assert self_allowed.status == 1
    assert self_allowed.err.startswith(("KF-3.4: 少收要由批准的人", "FW-1.6: ")), self_allowed.err


@pytest.mark.clause("BX-16")
@pytest.mark.parametrize("option", [(), ("--reason", " ")])
def test_what_is_taken_back_without_a_reason_is_refused_in_one_sentence(
    typed: Office, option: tuple[str, ...]
) -> None:
    typed.staff = CASHIER
    typed.done("bills", "charge", *CARD)
    taken = typed.done("payments", "take", UNIT, "--pay", "cash=20", "--prepay")["receipt"]
    typed.done("bills", "charge", *CARD)
    why = ("--why", *option[1:]) if option else ()
    for line, said in (
        (("receipts", "void", taken, *option), "作废收据要写明原因：--reason。"),
        (("payments", "refund", UNIT, "--pay", "cash=5", *option), "退款要写明原因：--reason。"),
        (("payments", "refund", taken, *option), "退款要写明原因：--reason。"),
        (("bills", "reverse", f"{UNIT}/card/2026-11", *why), "冲销要写明原因：--why。"),
    ):
        ran = typed.type(*line, "--second", MANAGER)
        assert (ran.status, ran.err) == (2, f"{said}\n")


def test_a_family_is_named_with_all_its_units_and_nobody_gets_change_for_wechat(
    typed: Office,
) -> None:
    typed.staff = CASHIER
    for unit in (UNIT, NEIGHBOUR):
        typed.done("bills", "charge", unit, "card", "--amount", "15")
    line = ("payments", "take", UNIT, NEIGHBOUR, "--pay", "wechat=30")
    refused = typed.type(*line, "--given", "100")
    assert (refused.status, "没有收现金" in refused.err) == (2, True)
    ran = typed.type(*line)
    assert ran.out.startswith(f"{UNIT}、{NEIGHBOUR} 收 30.00元"), ran.out
    assert typed.done("receipts", "show", "SJ-2026-000001")["payer"] == "陈立"
    for verb in ("waive", "reverse"):
        asked = typed.type("bills", verb, "--help").out
        assert "CHARGE " in asked
        assert "CHARGE_" not in asked


@pytest.mark.clause("KF-3.4")
def test_a_term_is_ended_and_a_price_put_right(typed: Office) -> None:
    typed.staff = CASHIER
    price = ("fees", "set", "parking", "--from", "2026-01-01", "--price")
    typed.done(*price, "800")
    typed.done(*price, "80")
    assert [one["price"] for one in typed.done("fees", "list") if one["fee"] == "parking"] == [
        800_000
    ]
    begin = ("parking", "space", "--from", "2026-01-01", "--subject")
    typed.done("fees", "term", UNIT, *begin, "B-115", "--plate", "粤B12345")
    taken = typed.type("fees", "term", NEIGHBOUR, *begin, "b115 粤B67890")
    assert (taken.status, UNIT in taken.err) == (1, True)
    listed = typed.type("fees", "terms").out
    assert "B-115" in listed
    assert "粤B12345" in listed
    line = ("fees", "end-term", UNIT, "parking", "--on", "2026-11-30")
    without = typed.type(*line)
    assert (without.status, without.err) == (2, "结束收费约定要写明原因：--why。\n")
    ran = typed.type(*line, "--why", "车卖了")
    assert ran.out == f"{UNIT} 的约定到 2026-11-30 为止。\n"
    typed.done("fees", "term", NEIGHBOUR, *begin[:-3], "--from", "2026-12-01", "--subject", "B115")
    withdrawn = typed.type(
        "fees", "end-term", NEIGHBOUR, "parking", "--on", "2026-11-30", "--why", "记错"
    )
    assert withdrawn.out == f"{NEIGHBOUR} 的约定已经取消。\n"
    assert "已取消" in typed.type("fees", "terms", NEIGHBOUR).out
    assert typed.type(*TERM, "--percent", "", "--why", "x").status == 2
    missing = typed.type(*TERM, "--why", "空置", "--approver", MANAGER)
    assert (missing.status, "--percent" in missing.err) == (2, True)
    for empty in (
        ("end-term", UNIT, "parking", "--on", ""),
        ("set", "water", "--price", "1", "--from", ""),
    ):
        ran = typed.type("fees", *empty)
        assert (ran.status, ran.err.count("\n")) == (2, 1), ran.err
    assert typed.done("check")["clean"]
