"""Money taken back: a void while the day is open, a refund afterwards, a waiver, a reversal.

Each is an entry of its own that names the one it takes back; two people sign (BX-16, FW-4.3).
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from wuye_tui.registers import ledger
from wuye_tui.registers.charge_names import UnknownCharge, charge_id
from wuye_tui.registers.fees import require
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.signing import REASON, WHY, allowed_by, reason_of, second_of
from wuye_tui.rules.accounts import (
    CASH,
    DEPOSIT,
    DISCOUNT,
    INCOME,
    OPENING,
    PREPAID,
    RECEIVABLE,
    REFUND,
    REVERSED,
    VOID,
    WAIVED,
    Line,
    reversing,
)
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.locale import amount
from wuye_tui.rules.opening import is_opening
from wuye_tui.rules.payments import Tender, tendered
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, ReceiptVoid
from wuye_tui.words import _

_charge = table_of(Charge).c
_ONE = select(table_of(Charge)).where(
    _charge.site == bindparam("site"), _charge.id == bindparam("charge")
)


class DayClosed(Refused):
    """The day of the payment is closed: what was taken then is given back as a refund."""

    def __init__(self, day: date) -> None:
        told = _("{day} 已经日结，收据不能作废；要退钱用退款，另开单据。")
        super().__init__(told.format(day=day), "FW-4.3")


class PrepaidUsed(Refused):
    """What was prepaid with this receipt has paid later bills."""

    def __init__(self, number: str, fen: int) -> None:
        told = _(
            "收据 {number} 里的预存已经抵了后面的账，还差 {fen}，不能整张退；还存着的单独退预存。"
        )
        super().__init__(told.format(number=number, fen=amount(fen)))


class DepositGiven(Refused):
    """What was taken as a deposit with this receipt was given back, all or a part."""

    def __init__(self, number: str, fen: int) -> None:
        told = _(
            "收据 {number} 的押金已经退了 {fen}，不能整张退；还押着的用退押金（refund --deposit）。"
        )
        super().__init__(told.format(number=number, fen=amount(fen)))


class TakenBack(Refused):
    """It was taken back before."""

    def __init__(self, number: str, by: str) -> None:
        told = _("{number} 已经由 {by} 退回，不能再退。")
        super().__init__(told.format(number=number, by=by))


class HeldLess(Refused):
    """More is to be given back than the office holds."""

    def __init__(self, held: int) -> None:
        told = _("只存着 {held}，不能多退。")
        super().__init__(told.format(held=amount(held)))


class OpenLess(Refused):
    """More is to be taken off a charge than is open of it."""

    def __init__(self, open_fen: int) -> None:
        told = _("这一笔只剩 {open} 没收，最多减这么多；已经收的用退款。")
        super().__init__(told.format(open=amount(open_fen)))


def make_void(
    act: Act, receipt: str, source: str, reason: str, second: str, proven: Collection[str]
) -> Result:
    """Takes a payment back with its receipt, which keeps its number: by two people, and only while
    the day is open (BX-16). Raises NotAllowed, NoReason, AloneVoid, DayClosed, PrepaidUsed,
    DepositGiven.
    """
    doing = _("作废收据")
    other, why = _two(act, second, proven, doing), reason_of(reason, doing, REASON)
    entry, lines = _whole(act, source, receipt)
    if ledger.is_closed(act, entry["day"]):
        raise DayClosed(entry["day"])
    back = ledger.Entry(
        VOID, reversing(lines), str(entry["unit"]), other, receipt, source, words=why
    )
    number = ledger.post(act, back)
    act.insert(
        ReceiptVoid,
        {
            "number": receipt, "act": act.key, "n": 0, "at": act.now, "by": act.by.number,
            "second": other,
        },
    )  # fmt: skip
    return {"number": number, "receipt": receipt, "amount_fen": 0}


def refund_receipt(
    act: Act, receipt: str, source: str, reason: str, second: str, proven: Collection[str]
) -> Result:
    """Gives back all of a receipt whose day is closed: a document of its own, of today. Raises
    NotAllowed, NoReason, AloneVoid, PrepaidUsed, DepositGiven, TakenBack.
    """
    doing = _("退款")
    other, why = _two(act, second, proven, doing), reason_of(reason, doing, REASON)
    entry, lines = _whole(act, source, receipt)
    back = ledger.Entry(REFUND, reversing(lines), str(entry["unit"]), other, "", source, words=why)
    number = ledger.post(act, back)
    return {"number": number, "receipt": receipt, "amount_fen": _cash(lines)}


def refund(
    act: Act,
    unit: str,
    tender: Tender,
    reason: str,
    second: str,
    proven: Collection[str],
    deposit: str = "",
) -> Result:
    """Gives back what a unit has prepaid, or of a deposit by its fee. Raises NotAllowed, NoReason,
    AloneVoid, UnknownUnit, UnknownMeans, NothingPaid, HeldLess.
    """
    doing = _("退款")
    other, why = _two(act, second, proven, doing), reason_of(reason, doing, REASON)
    label = Registry(act.session, act.site).unit(unit)
    (money,) = tendered([tender])
    kept = (DEPOSIT, deposit) if deposit else (PREPAID, "")
    held = ledger.own_balances(act.session, act.site, label).get(kept, 0)
    if money.fen > held:
        raise HeldLess(held)
    lines = Line(*kept, money.fen, label), Line(CASH, money.means, -money.fen)
    number = ledger.post(act, ledger.Entry(REFUND, lines, label, other, words=why))
    return {"number": number, "unit": label, "amount_fen": money.fen}


def waive(
    act: Act, charge: str, fen: int, why: str, approver: str, proven: Collection[str]
) -> Result:
    """Takes something off a charge that is open, for a reason that somebody who may has approved
    with their own PIN. `charge` is its id or its name. Raises NotAllowed, OpenLess, WhyLess,
    AloneLess, and what `charge_id` does.
    """
    require(act, Right.BILL, _("减免"))
    registry = Registry(act.session, act.site)
    allowed = allowed_by(registry, approver, why, proven, act.by.number)
    row = _open(act, charge, fen)
    owed = Line(RECEIVABLE, row["fee"], -fen, row["unit"], row["id"])
    lines = Line(DISCOUNT, row["fee"], fen), owed
    entry = ledger.Entry(WAIVED, lines, str(row["unit"]), allowed, words=why)
    return {"number": ledger.post(act, entry), "unit": row["unit"], "amount_fen": fen}


def reverse(act: Act, charge: str, why: str, second: str, proven: Collection[str]) -> Result:
    """Takes back what is open of a charge that was wrong, by its id or its name. Raises NotAllowed,
    NoReason, AloneVoid, OpenLess, and what `charge_id` does.
    """
    doing = _("冲销")
    require(act, Right.BILL, doing)
    other, reason = second_of(act, second, proven, doing), reason_of(why, doing, WHY)
    row = _open(act, charge, 1)
    fen = int(row["fen"] - row["waived_fen"] - row["settled_fen"])
    # What was brought along from the old books was never this office's income.
    of = OPENING if is_opening(row["detail"]) else INCOME
    owed = Line(RECEIVABLE, row["fee"], -fen, row["unit"], row["id"])
    lines = Line(of, row["fee"], fen), owed
    entry = ledger.Entry(REVERSED, lines, str(row["unit"]), other, words=reason)
    return {"number": ledger.post(act, entry), "unit": row["unit"], "amount_fen": fen}


def _open(act: Act, charge: str, fen: int) -> Mapping[str, Any]:
    which = charge_id(act.session, act.site, act.reference.fees, charge)
    asked = {"site": act.site, "charge": which}
    row = act.session.connection().execute(_ONE, asked).mappings().one_or_none()
    if row is None or row["fee"] == "repair":
        raise UnknownCharge(charge)
    left = int(row["fen"] - row["waived_fen"] - row["settled_fen"])
    if fen > left or fen <= 0:
        raise OpenLess(left)
    return dict(row)


def _two(act: Act, second: str, proven: Collection[str], doing: str) -> str:
    """The number of the second person, who proved with their own PIN that they are there."""
    if not act.by.may(Right.TAKE_MONEY):
        raise NotAllowed(act.by.name, doing, Right.TAKE_MONEY, "BX-16")
    return second_of(act, second, proven, doing)


def _whole(act: Act, source: str, receipt: str) -> tuple[Mapping[str, Any], list[Line]]:
    """A payment that can be taken back, with its postings; nobody else takes it back, and no day is
    closed, until the act ends. Raises TakenBack, PrepaidUsed, DepositGiven.
    """
    ledger.hold_numbers(act, act.calendar.day_of(act.now))
    entry = ledger.entry_of(act.session, act.site, source)
    assert entry is not None, source
    if by := ledger.reversed_by(act.session, act.site, source):
        raise TakenBack(receipt, by)
    lines = ledger.lines_of(act.session, act.site, source)
    for line in lines:
        if line.account in {PREPAID, DEPOSIT}:
            own = ledger.own_balances(act.session, act.site, line.unit)
            held = own.get((line.account, line.part), 0)
            if held < -line.fen:
                gone = DepositGiven if line.account == DEPOSIT else PrepaidUsed
                raise gone(receipt, -line.fen - held)
    return entry, lines


def _cash(lines: Collection[Line]) -> int:
    return sum(line.fen for line in lines if line.account == CASH)
