"""What is done with money: one function a kind of work."""

from datetime import timedelta

from screens import asking_billing
from tests.faults.typist import Typist
from wuye_tui.desk import Desk
from wuye_tui.registers import arrears, counter
from wuye_tui.registers import bills as register
from wuye_tui.rules.months import Month

CASHIER, MANAGER, UNIT = "SF01", "ZJ01", "3-1-502"
HOMES = ("3-1-501", "3-1-502", "3-2-502", "5-1-101", "6-1-301", "12-1-1203")
SIGNED = ("--second", MANAGER)


def fees_ready(t: Typist) -> None:
    t.line("units", "import", t.file("a.csv", "房号,面积", *(f"{u},89.50" for u in HOMES)),
           staff="ZJ01")  # fmt: skip
    t.line("fees", "set", "management", "--price", "2.45", "--from", "2026-01-01", staff=CASHIER)


def fees(t: Typist) -> None:
    t.staff = CASHIER
    t.line("fees", "set", "parking", "--price", "80", "--from", "2026-01-01")
    space = ("fees", "term", UNIT, "parking", "车位", "--from", "2026-01-01", "--subject", "B-1")
    t.line(*space)
    t.line("fees", "pool", "shared_power", "--period", "2026-10", "--amount", "900")
    t.line("bills", "run", "--period", "2026-10", "--fee", "parking", "--publish")
    t.line("fees", "end-term", UNIT, "parking", "--on", "2026-12-31", "--why", "卖了车")


def bills(t: Typist) -> None:
    t.staff = CASHIER
    run_ = t.line("bills", "run", "--period", "2026-10", "--fee", "management", "--publish")
    t.line("bills", "withdraw", run_["number"], "--why", "错", *SIGNED)
    t.line("bills", "run", "--period", "2026-10", "--fee", "management", "--publish")
    for verb in ("waive", "reverse"):
        made = t.line("bills", "charge", UNIT, "门禁卡工本费", "--amount", "15")["charge"]
        more = ("--amount", "5", "--approver", MANAGER) if verb == "waive" else SIGNED
        t.line("bills", verb, made, "--why", "记错", *more)
    spent = t.line("bills", "spend", "cleaning", "--amount", "9", "--pay", "cash", "--what", "拖把")
    t.line("bills", "unspend", spent["number"], "--why", "记错", *SIGNED)
    t.line("bills", "close-day", "--cash", "0")


def given_up(t: Typist) -> None:
    """A run that was begun elsewhere and never ended is dropped by whoever takes over."""

    def half(desk: Desk) -> None:
        desk.perform("bills.begin", lambda act: register._begin(act, Month(2026, 9), ()))

    t.staff = CASHIER
    t.does(half)
    t.line("bills", "run", "--period", "2026-10", "--publish", "--take-over")


def books(t: Typist) -> None:
    t.staff = CASHIER
    opening = t.file(
        "o.csv", "房号,收费项目,账期,欠费金额,预存", "3-1-502,水费,2026-01,30,", "3-1-501,,,,5"
    )
    t.line("bills", "opening", opening, "--total", "30", "--prepaid", "5", "--deposits", "0")


def money_ready(t: Typist) -> None:
    fees_ready(t)
    t.staff = CASHIER
    t.line("bills", "run", "--period", "2026-10", "--publish")


def money(t: Typist) -> None:
    t.staff = CASHIER
    paid = t.line("payments", "take", UNIT, "--pay", "cash=300", "--prepay")["receipt"]
    t.line("bills", "charge", UNIT, "门禁卡工本费", "--amount", "15")
    t.does(counter.use_all_prepaid)
    t.line("payments", "deposit", UNIT, "装修押金", "--pay", "cash=100")
    t.line("payments", "refund", UNIT, "--deposit", "装修押金", "--pay", "cash=100",
           "--reason", "退", *SIGNED)  # fmt: skip
    t.line("receipts", "invoiced", paid, "--invoice", "26117000000123456780")
    t.line("receipts", "reprint", paid, "-o", str(t.home / f"{paid}.txt"))
    again = t.line("payments", "take", "3-2-502", "--pay", "wechat=100")["receipt"]
    t.line("receipts", "void", again, "--reason", "错", *SIGNED)
    more = t.line("payments", "take", "3-2-502", "--pay", "wechat=100")["receipt"]
    t.does(lambda desk: asking_billing.void(desk, desk.as_staff(MANAGER), more, "错", ""))
    t.line("receipts", "list")


def readings(t: Typist) -> None:
    t.staff = CASHIER
    t.line("readings", "import", t.file("m.csv", "房号,表号,本期,日期", "3-1-502,,7,2026-10-31"),
           "--fee", "water")  # fmt: skip
    t.line("readings", "add", UNIT, "9", "--day", "2026-11-01")
    t.line("readings", "correct", UNIT, "--day", "2026-11-01", "--value", "8", "--why", "看错")
    t.line("readings", "meter-off", UNIT, "--why", "拆表")


def dunned(t: Typist) -> None:
    t.line("arrears", "remind", UNIT, "--way", "phone", "--text", "说月底来交")
    t.line("arrears", "promise", UNIT, "--until", "2026-11-25", "--amount", "100")
    t.line("payments", "take", UNIT, "--pay", "wechat=219.28", staff=CASHIER)
    t.does(arrears.settle_paid)


def dunned_on(t: Typist) -> None:
    """A debt that is taken all the way up, one that is in dispute, one that is let go."""
    for unit in (UNIT, "3-1-501", "3-2-502"):
        t.line("arrears", "remind", unit, "--way", "phone", "--text", "说月底来交")
    t.line("arrears", "dispute", "3-1-501", "--text", "没装地暖")
    t.line("arrears", "stop", "3-2-502", "--why", "空置", staff="KF04")
    t.now += timedelta(days=10)
    t.line("arrears", "letter", UNIT, "--way", "hand", staff=CASHIER)
    t.now += timedelta(days=60)
    t.line("arrears", "manager", UNIT, "--to-whom", "KF04", staff=CASHIER)
    t.line("arrears", "lawyer", UNIT, "--way", "post", staff="KF04")
