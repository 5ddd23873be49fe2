"""The counter (F6): what a unit owes, money taken and set against it, and taken back.

All of it is posted to the ledger; a receipt has the next number of the year, in the same act.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.charge_names import UnknownCharge, charge_id
from wuye_tui.registers.fees import require
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.owed import LATE, owed
from wuye_tui.registers.payers import payer_of
from wuye_tui.registers.signing import allowed_by
from wuye_tui.registers.steps import batched
from wuye_tui.rules import receipts as rules
from wuye_tui.rules.accounts import (
    BILL,
    CASH,
    DEPOSIT,
    INCOME,
    PAYMENT,
    PREPAID,
    RECEIVABLE,
    USED,
    Line,
)
from wuye_tui.rules.fee_kinds import FeeKind, How
from wuye_tui.rules.payments import (
    SEVERAL,
    Debt,
    MoreThanOwed,
    NoDeposit,
    NothingPaid,
    NotOwed,
    Settled,
    Tender,
    allotted,
    change_of,
    oldest_first,
    tendered,
    words_of,
)
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Hat, Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store import chain
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Balance, Charge, Receipt
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _

_balance = table_of(Balance).c
_PREPAID = (
    select(_balance.unit)
    .where(_balance.site == bindparam("site"), _balance.account == PREPAID, _balance.fen < 0)
    .order_by(_balance.unit)
)


def take(
    act: Act,
    units: Sequence[str],
    tenders: Sequence[Tender],
    *,
    charges: Collection[str] = (),
    prepay: bool = False,
    late_why: str = "",
    approver: str = "",
    proven: Collection[str] = (),
    given: int | None = None,
    payer: str = "",
) -> Result:
    """Takes money for some units, and issues one receipt: what was chosen, by ids or names, or the
    oldest first.

    What is more than is owed becomes the first unit's prepayment with `prepay`, otherwise it is
    refused. `given` is the cash that was handed over, for the change. Late fees are left out for a
    reason that somebody who may has approved with their own PIN. Without `payer` the receipt names
    whoever pays usually. Raises NotAllowed, UnknownUnit, UnknownMeans, NothingPaid, NoCashPaid,
    GivenTooLittle, NotOwed, MoreThanOwed, WhyLess, AloneLess.
    """
    if not act.by.may(Right.TAKE_MONEY):
        raise NotAllowed(act.by.name, _("收款"), Right.TAKE_MONEY, "FW-1.6")
    registry = Registry(act.session, act.site)
    labels = list(dict.fromkeys(registry.unit(one) for one in units))
    money = tendered(tenders)
    change = change_of(given, money) if given is not None else 0
    today, paid = act.calendar.day_of(act.now), sum(one.fen for one in money)
    with_late = not (late_why or approver)
    allowed = ""
    if not with_late:
        allowed = allowed_by(registry, approver, late_why, proven, act.by.number)
    payer = payer.strip() or payer_of(registry, labels)
    debts = _chosen(act, labels, charges, today, with_late)
    settled, rest = allotted(paid, debts)
    if rest and not prepay:
        raise MoreThanOwed(paid, sum(one.open_fen + one.late_fen for one in debts))
    late = _charge_late(act, settled)
    lines = [Line(CASH, one.means, one.fen) for one in money]
    lines += [
        Line(RECEIVABLE, one.debt.fee, -one.fen, one.debt.unit, one.debt.charge)
        for one in settled
        if one.fen
    ]
    lines += late
    lines += [Line(PREPAID, "", -rest, labels[0])] if rest else []
    fees = {line.part for line in lines if line.account == RECEIVABLE} or {PREPAID}
    number = ledger.number_for(act, PAYMENT)
    receipt = _receipt(act, number, labels[0], fees, paid, words_of(money), payer)
    entry = ledger.Entry(
        PAYMENT, lines, labels[0], allowed, receipt, "", payer, late_why, number=number
    )
    ledger.post(act, entry)
    return {
        "number": number, "receipt": receipt, "amount_fen": paid, "change_fen": change,
        "prepaid_fen": rest, "unit": labels[0], "units": labels,
        "settled": [[one.debt.charge, one.fen, one.late_fen] for one in settled],
    }  # fmt: skip


def _chosen(
    act: Act, labels: Sequence[str], charges: Collection[str], today: date, with_late: bool
) -> list[Debt]:
    found = owed(act.session, act.site, labels, act.reference.fees, today)
    debts = {one.debt.charge: one.debt for one in found}
    asked = list(debts.values())
    if charges:
        meant = {_charge_id(act, one): one for one in charges}
        for which, typed in meant.items():
            if which not in debts:
                raise NotOwed(typed)
        asked = [debts[one] for one in meant]
    if not with_late:
        asked = [
            Debt(o.charge, o.unit, o.fee, o.period, o.source, o.due, o.open_fen) for o in asked
        ]
    return oldest_first(asked)


def _charge_id(act: Act, typed: str) -> str:
    try:
        return charge_id(act.session, act.site, act.reference.fees, typed)
    except UnknownCharge:
        raise NotOwed(typed) from None


def _charge_late(act: Act, settled: Sequence[Settled]) -> list[Line]:
    """A late fee is charged in the moment in which its debt is settled whole; what pays it."""
    lines: list[Line] = []
    for one in settled:
        debt, charge = one.debt, new_id()
        if not debt.late_fen or one.fen < debt.open_fen:
            continue
        act.insert(
            Charge,
            {
                "id": charge, "unit": debt.unit, "fee": LATE,
                "period": act.calendar.day_of(act.now).isoformat(), "source": debt.charge,
                "fen": debt.late_fen, "at": act.now, "due": act.calendar.day_of(act.now),
            },
        )  # fmt: skip
        billed = Line(RECEIVABLE, LATE, debt.late_fen), Line(INCOME, LATE, -debt.late_fen)
        ledger.post(act, ledger.Entry(BILL, billed, debt.unit))
        lines.append(Line(RECEIVABLE, LATE, -one.late_fen, debt.unit, charge))
    return lines


def take_deposit(
    act: Act, unit: str, fee: FeeKind, tenders: Sequence[Tender], payer: str = ""
) -> Result:
    """Takes a deposit: it is nobody's income, and is given back by a refund. Raises NotAllowed,
    UnknownUnit, UnknownMeans, NothingPaid, NoDeposit.
    """
    if not act.by.may(Right.TAKE_MONEY):
        raise NotAllowed(act.by.name, _("收款"), Right.TAKE_MONEY, "FW-1.6")
    if fee.how is not How.DEPOSIT:
        raise NoDeposit(fee.word)
    registry, money = Registry(act.session, act.site), tendered(tenders)
    label = registry.unit(unit)
    payer = payer.strip() or payer_of(registry, [label])
    paid, number = sum(one.fen for one in money), ledger.number_for(act, PAYMENT)
    receipt = _receipt(act, number, label, {fee.code}, paid, words_of(money), payer)
    lines = [Line(CASH, one.means, one.fen) for one in money]
    lines.append(Line(DEPOSIT, fee.code, -paid, label))
    ledger.post(
        act, ledger.Entry(PAYMENT, lines, label, receipt=receipt, payer=payer, number=number)
    )
    return {"number": number, "receipt": receipt, "amount_fen": paid, "unit": label}


def use_prepaid(act: Act, unit: str) -> Result:
    """Settles what a unit owes from what it has prepaid, the oldest first; late fees are left."""
    held = ledger.own_balances(act.session, act.site, unit).get((PREPAID, ""), 0)
    today = act.calendar.day_of(act.now)
    debts = _chosen(act, [unit], (), today, with_late=False)
    settled, rest = allotted(held, debts)
    if not settled:
        return {"unit": unit, "amount_fen": 0}
    lines = [
        Line(RECEIVABLE, one.debt.fee, -one.fen, one.debt.unit, one.debt.charge) for one in settled
    ]
    lines.append(Line(PREPAID, "", held - rest, unit))
    number = ledger.post(act, ledger.Entry(USED, lines, unit))
    return {"unit": unit, "number": number, "amount_fen": held - rest}


def use_all_prepaid(desk: Desk) -> int:
    """The same for every unit that has prepaid, in one act each some of them; the fen used."""
    with desk.read() as session:
        units = [
            str(one)
            for one in session.connection().execute(_PREPAID, {"site": desk.site}).scalars()
        ]
    used = 0
    for part in batched(units):

        def some(act: Act, part: Sequence[str] = part) -> Result:
            return {"amount_fen": sum(int(use_prepaid(act, one)["amount_fen"]) for one in part)}

        used += int(desk.perform("payments.use_prepaid", some)["amount_fen"])
    return used


def _receipt(
    act: Act, source: str, unit: str, fees: Collection[str], fen: int, means: str, payer: str
) -> str:
    year = act.calendar.day_of(act.now).strftime("%Y")
    last = chain.next_number(act.session.connection(), act.site, rules.PREFIX, year)
    number = rules.number_of(year, last)
    act.insert(
        Receipt,
        {
            "number": number,
            "act": act.key,
            "source": source,
            "n": 0,
            "unit": unit,
            "fee": next(iter(fees)) if len(fees) == 1 else SEVERAL,
            "fen": fen,
            "means": means,
            "at": act.now,
            "by": act.by.number,
            "for_cashier": Hat.CASHIER not in act.by.hats,
            "seal": act.whisper(number, 0, name=clean(payer, Field.NAME, _("付款人"))),
        },
    )
    return number


def charge_once(
    act: Act, unit: str, fee: FeeKind, fen: int, what: str = "", why: str = ""
) -> Result:
    """Charges a unit one thing, once: a card, damage, what it owed before the program came. Raises
    NotAllowed, UnknownUnit, NothingPaid.
    """
    require(act, Right.BILL, _("记账"))
    if fen <= 0:
        raise NothingPaid
    label = Registry(act.session, act.site).unit(unit)
    today, charge = act.calendar.day_of(act.now), new_id()
    entry = ledger.number_for(act, BILL)
    # The same thing may come twice: the number of the entry tells them apart.
    source = " ".join(filter(None, (label, clean(what, Field.SUMMARY), entry)))
    act.insert(
        Charge,
        {
            "id": charge, "unit": label, "fee": fee.code,
            "period": f"{today.year:04d}-{today.month:02d}",
            "source": source,
            "fen": fen, "at": act.now, "due": today,
        },
    )  # fmt: skip
    billed = Line(RECEIVABLE, fee.code, fen), Line(INCOME, fee.code, -fen)
    ledger.post(act, ledger.Entry(BILL, billed, label, words=why, number=entry))
    return {"number": entry, "charge": charge, "unit": label, "amount_fen": fen}
