"""Fees, bills and payments by the command line: a month charged, paid, taken back, and closed."""

import pytest

from tests.cli.lines import Office, typed

__all__ = ["typed"]

CASHIER, MANAGER = "SF01", "ZJ01"
UNIT = "3-1-502"


@pytest.fixture
def charged(typed: Office) -> str:
    """A card of 15 yuan that 3-1-502 owes; its id."""
    typed.staff = CASHIER
    return str(typed.done("bills", "charge", UNIT, "门禁卡工本费", "--amount", "15")["charge"])


def priced(typed: Office) -> None:
    typed.staff = CASHIER
    typed.done("fees", "set", "parking", "--price", "80", "--from", "2026-01-01")
    typed.done("fees", "term", UNIT, "parking", "车位", "--from", "2026-01-01", "--subject", "B-1")


@pytest.mark.clause("KF-3.4", "FW-4.1")
def test_a_month_is_looked_at_then_charged_once(typed: Office) -> None:
    priced(typed)
    looked = typed.type("bills", "run", "--period", "2026-10")
    assert looked.status == 0
    assert "80.00元" in looked.out
    assert "还没有出账" in looked.err
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 0
    done = typed.type("bills", "run", "--period", "2026-10", "--publish")
    assert "已出账 1 笔，共 80.00元" in done.out
    again = typed.type("bills", "run", "--period", "2026-10", "--publish")
    assert (again.status, "没有要出的账" in again.err) == (1, True)
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 8000
    (run,) = typed.done("bills", "list")
    assert run["state"] == "published", "what charged nothing has used no number up"
    (line,) = typed.done("bills", "show", run["number"])
    assert (line["unit"], line["source"]) == (UNIT, f"{UNIT} B-1")
    assert typed.done("check")["clean"]


@pytest.mark.clause("FW-4.1", "FW-1.6")
def test_money_by_several_means_with_change(typed: Office, charged: str) -> None:
    ran = typed.type(
        "payments", "take", UNIT, "--pay", "现金=１０", "--pay", "wechat=5", "--given", "20",
        "--payer", "陈立", staff="KF01",
    )  # fmt: skip
    assert ran.status == 0, ran.err
    assert "收 15.00元，收据 SJ-2026-000001。找零 10.00元。" in ran.out
    shown = typed.type("receipts", "show", "SJ-2026-000001").out
    assert all(
        words in shown
        for words in ("人民币壹拾伍元整", "现金 10.00、微信 5.00", "李晓燕（代收费员）")
    )
    paper = typed.type("forms", "print", "receipt", "SJ-2026-000001").out
    assert all(words in paper for words in ("现金 10.00、微信 5.00", "门禁卡工本费", "壹拾伍元整"))
    assert charged


@pytest.mark.parametrize(
    ("pay", "status", "told"),
    [
        ("cash=1.234", 2, "最多两位小数"),
        ("cash=-3", 2, "负数"),
        ("cash=", 2, "不是金额"),
        ("cash", 2, "没有「cash」这种付款方式"),
        ("gold=3", 2, "没有「gold」这种付款方式"),
        ("cash=0", 2, "要大于 0"),
        ("cash=15.01", 1, "多 0.01元"),
        ("cash=99999999999", 2, "上限"),
    ],
)
def test_bad_amounts_get_one_sentence_and_take_nothing(
    typed: Office, charged: str, pay: str, status: int, told: str
) -> None:
    ran = typed.type("payments", "take", UNIT, "--pay", pay)
    assert (ran.status, told in ran.err) == (status, True), ran.err
    assert ran.err.count("\n") == 1
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 1500
    assert charged


@pytest.mark.parametrize("price", ["2.45001", "-1", "二块", "1e3", "100001"])
def test_bad_prices_get_one_sentence(typed: Office, price: str) -> None:
    typed.staff = CASHIER
    ran = typed.type("fees", "set", "management", "--price", price, "--from", "2026-01-01")
    assert (ran.status, ran.err.count("\n")) == (2, 1), ran.err


@pytest.mark.clause("BX-16", "FW-4.3")
def test_void_refund_and_close(typed: Office, charged: str) -> None:
    take = ("payments", "take", UNIT, "--pay", "cash=15")
    assert typed.done(*take)["receipt"] == "SJ-2026-000001"
    alone = typed.type("receipts", "void", "SJ-2026-000001", "--reason", "错", "--second", CASHIER)
    assert (alone.status, alone.err.startswith("BX-16: ")) == (1, True)
    typed.done("receipts", "void", "SJ-2026-000001", "--reason", "错", "--second", MANAGER)
    assert typed.done(*take)["receipt"] == "SJ-2026-000002"
    off = typed.type("bills", "close-day", "--cash", "14")
    assert (off.status, "差 -1.00元" in off.err) == (1, True)
    early = typed.type("bills", "close-day", "--cash", "0", "--date", "2026-11-20")
    assert (early.status, "还没有到" in early.err) == (2, True)
    told = typed.type("bills", "close-day", "--cash", "14", "--why", "少找了一元")
    assert "2026-11-19 已日结，现金 14.00元。" in told.out
    assert "长短款 -1.00元 已记账。" in told.out
    said = typed.type("bills", "day").out
    assert "日结：账上现金 15.00元，实点 14.00元，长短款 -1.00元。原因：少找了一元" in said
    shown = typed.done("bills", "day")
    said = [shown[f"{name}_fen"] for name in ("should", "counted", "difference")]
    assert said == [1500, 1400, -100]
    assert (shown["closed_by"], shown["why"]) == (CASHIER, "少找了一元")
    told = typed.type("bills", "published", "--from", "2026-11").out
    assert "长短款        -1.00元" in told, told
    late = typed.type("receipts", "void", "SJ-2026-000002", "--reason", "错", "--second", MANAGER)
    assert (late.status, "退款" in late.err) == (1, True)
    back = typed.done("payments", "refund", "SJ-2026-000002", "--reason", "退", "--second", MANAGER)
    assert back["amount_fen"] == 1500
    rows = typed.done("bills", "day", "--date", "2026-11-20")
    assert (rows["cash_fen"], rows["closed"]) == (-1500, "")
    assert typed.done("check")["clean"]
    assert charged


def test_a_waiver_and_a_reversal(typed: Office, charged: str) -> None:
    waived = typed.type("bills", "waive", charged, "--amount", "5")
    assert (waived.status, "--why" in waived.err) == (2, True)
    typed.done("bills", "waive", charged, "--amount", "5", "--why", "质量", "--approver", MANAGER)
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 1000
    typed.done("bills", "reverse", charged, "--why", "记错", "--second", MANAGER)
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 0
    assert typed.type("bills", "waive", "nothing", "--amount", "1").status in {1, 2, 4}


def test_a_repeat_with_the_same_key_takes_the_money_once(typed: Office, charged: str) -> None:
    key = "12345678-1234-4234-8234-123456789012"
    line = ("payments", "take", UNIT, "--pay", "cash=5", "--key", key)
    assert typed.done(*line) == typed.done(*line)
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 1000
    assert charged


def test_the_english_of_it_is_english(typed: Office, charged: str) -> None:
    ran = typed.type("payments", "take", UNIT, "--pay", "cash=15", "--lang", "en")
    assert ran.out.startswith("3-1-502: ")
    assert "receipt SJ-2026-000001" in ran.out
    assert charged


def test_the_status_tells_what_today_has_taken_and_no_bills(typed: Office, charged: str) -> None:
    typed.done("payments", "take", UNIT, "--charge", charged, "--pay", "cash=15")
    found = typed.done("status")
    assert (found["charged_today_fen"], found["taken_today_fen"]) == (0, 1500)


@pytest.mark.clause("FW-4.3", "FW-4.1")
def test_a_run_is_taken_back_by_two_and_charged_again(typed: Office) -> None:
    priced(typed)
    run = ("bills", "run", "--period", "2026-10", "--publish")
    number = typed.done(*run)["number"]
    alone = typed.type("bills", "withdraw", number, "--why", "单价错了")
    assert (alone.status, "第二个人" in alone.err) == (1, True)
    silent = typed.type("bills", "withdraw", number, "--second", MANAGER)
    assert (silent.status, "--why" in silent.err) == (2, True)
    told = typed.type("bills", "withdraw", number, "--why", "单价错了", "--second", MANAGER)
    assert f"{number} 已撤回：2026-10 1 笔，共 80.00元，可以重新出账。" in told.out, told.err
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 0
    assert "已撤回" in typed.type("bills", "list").out
    typed.done("fees", "set", "parking", "--price", "90", "--from", "2026-10-01")
    typed.done(*run)
    assert typed.done("payments", "owed", UNIT)["open_fen"] == 9000
    ahead = typed.type("bills", "run", "--period", "2027-12")
    assert (ahead.status, "2027-12 还早，现在最晚可以出 2026-12 的账。" in ahead.err) == (2, True)
    assert typed.done("check")["clean"]


@pytest.mark.clause("FW-4.3")
def test_a_receipt_says_what_it_was_for_by_which_means_and_for_whom(
    typed: Office, charged: str
) -> None:
    typed.done("bills", "charge", "3-1-501", "card", "--amount", "20")
    money = ("--pay", "cash=10", "--pay", "wechat=26", "--prepay")
    typed.done("payments", "take", UNIT, "3-1-501", *money)
    shown = "".join(typed.type("receipts", "show", "SJ-2026-000001").out.split())
    for words in (
        "3-1-502、3-1-501", "3-1-502 门禁卡工本费 2026-11 15.00元",
        "3-1-501 门禁卡工本费 2026-11 20.00元", "预存 1.00元", "现金 10.00、微信 26.00",
    ):  # fmt: skip
        assert words.replace(" ", "") in shown, shown
    found = typed.done("receipts", "show", "SJ-2026-000001")
    assert [(one["what"], one["amount_fen"]) for one in found["lines"]][-1] == ("预存", 100)
    assert [(one["means"], one["amount_fen"]) for one in found["paid"]] == [
        ("cash", 1000), ("wechat", 2600),
    ]  # fmt: skip
    assert "3-1-502 等 2 套" in typed.type("receipts", "list").out
    (row,) = typed.done("receipts", "list")
    assert (row["unit"], row["units"]) == (UNIT, [UNIT, "3-1-501"])
    assert charged


def test_the_cash_of_a_day_is_handed_on_with_its_close(typed: Office, charged: str) -> None:
    typed.done("payments", "take", UNIT, "--charge", charged, "--pay", "cash=15")
    nobody = typed.type("bills", "close-day", "--cash", "15", "--to", "无此人")
    assert nobody.status != 0
    assert "无此人" in nobody.err
    done = typed.done("bills", "close-day", "--cash", "15", "--to", MANAGER)
    assert done["handed_to"] == MANAGER
    assert "现金交给" in typed.type("bills", "day").err + typed.type("bills", "day").out
    assert typed.done("check")["clean"]
