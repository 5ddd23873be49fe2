"""Receipts and their tax invoices (FW-4.3): which still want one, and what the tax office's system
has issued for each.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import invoice_lines, receipts
from wuye_tui.registers.fees import require
from wuye_tui.registers.invoice_refusals import (
    AlreadyInvoiced,
    AnotherInvoice,
    BuyerOfMany,
    DayToCome,
    NoSale,
    NothingInForce,
)
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.receipts import UnknownReceipt
from wuye_tui.rules.invoices import InvoiceLine, invoice_number, tax_number
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store import chain
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Private, ReceiptInvoice
from wuye_tui.words import _

SERIES: Final = "invoice"
"""The series by which the invoices of a receipt are counted, for each receipt one."""
_invoice, _private = (table_of(kind).c for kind in (ReceiptInvoice, Private))
_OF_RECEIPT = (
    select(
        *(_invoice[name] for name in ("number", "n", "invoice", "day", "red", "fen", "at", "by")),
        _private.name.label("buyer"),
        _private.more,
    )
    .outerjoin(
        table_of(Private),
        (_private.site == _invoice.site)
        & (_private.owner == _invoice.number)
        & (_private.n == _invoice.n),
    )
    .where(_invoice.site == bindparam("site"), _invoice.number == bindparam("number"))
    .order_by(_invoice.n)
)
_SAME = (
    select(_invoice.number, _invoice.day, _invoice.red)
    .where(_invoice.site == bindparam("site"), _invoice.invoice == bindparam("invoice"))
    .order_by(_invoice.at, _invoice.number)
)


@dataclass(frozen=True)
class ToInvoice:
    """The list: its lines, the receipts of which something was left out, and those that were taken
    back after they had been invoiced.
    """

    lines: list[InvoiceLine]
    left: list[str]
    to_red: list[str]


@dataclass(frozen=True)
class Invoiced:
    """One invoice of a receipt as it was written back."""

    number: str
    n: int
    invoice: str
    day: date
    red: bool
    fen: int
    at: datetime
    by: str
    by_name: str
    buyer: str
    tax_number: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "invoice": self.invoice,
            "day": self.day,
            "red": self.red,
            "amount_fen": self.fen,
            "buyer": self.buyer,
            "tax_number": self.tax_number,
            "at": self.at,
            "by": self.by,
            "by_name": self.by_name,
        }


def to_invoice(
    desk: Desk,
    begin: datetime | None = None,
    end: datetime | None = None,
    numbers: Collection[str] = (),
    buyer: str = "",
    tax: str = "",
) -> ToInvoice:
    """The receipts from `begin` to before `end`, or the named ones, that have no invoice yet. A
    buyer takes the place of who paid. Raises NotAllowed, BuyerOfMany, UnknownReceipt,
    NotATaxNumber; of a named receipt AlreadyInvoiced and NoSale.
    """
    who = desk.actor()
    if not who.may(Right.BILL):
        raise NotAllowed(who.name, _("列开票清单"), Right.BILL, "FW-4.3")
    name, proven = clean(buyer, Field.TITLE, _("购买方")), tax_number(tax)
    if (name or proven) and not numbers:
        raise BuyerOfMany
    asked = [receipts.plain(one) for one in numbers]
    with desk.read() as session:
        found = list(invoice_lines.wanted(session, desk.site, desk.reference, begin, end, asked))
        _refuse_named(session, desk.site, asked, found)
    fresh = [one for one in found if not (one.is_back or one.is_invoiced)]
    return ToInvoice(
        [
            replace(line, buyer=name or line.buyer, tax_number=proven)
            for one in fresh
            for line in one.lines
        ],
        [one.receipt for one in fresh if one.left_fen],
        [one.receipt for one in found if one.is_back and one.is_invoiced],
    )


def _refuse_named(
    session: Session, site: str, asked: Collection[str], found: Sequence[invoice_lines.Wanted]
) -> None:
    """Whoever names a receipt is told why it is not listed."""
    named = {one.receipt: one for one in found} if asked else {}
    for number in asked:
        if number not in named:
            raise UnknownReceipt(number)
        last = standing(_of(session, site, number))
        if last is not None:
            raise AlreadyInvoiced(number, last.invoice, last.day)
        if named[number].why_not:
            raise NoSale(number, named[number].why_not)


def invoices_of(desk: Desk, number: str) -> list[Invoiced]:
    """Every invoice of a receipt, the first one first."""
    with desk.read() as session:
        return _of(session, desk.site, receipts.plain(number))


def others_of(desk: Desk, invoice: str, numbers: Collection[str]) -> list[str]:
    """The receipts for which an invoice of this number was written back before, besides these: it
    may be for several, and it may be a slip of the hand. Raises NotAnInvoice.
    """
    asked = {"site": desk.site, "invoice": invoice_number(invoice)}
    with desk.read() as session:
        there = [str(row.number) for row in session.connection().execute(_SAME, asked)]
    named = {receipts.plain(one) for one in numbers}
    return [one for one in dict.fromkeys(there) if one not in named]


def standing(found: Sequence[Invoiced]) -> Invoiced | None:
    """The invoice that is in force; None where there is none, or a red one took it back."""
    return found[-1] if found and not found[-1].red else None


def write_back(
    act: Act,
    number: str,
    invoice: str,
    day: date,
    *,
    buyer: str = "",
    tax: str = "",
    red: bool = False,
) -> Result:
    """Writes back that an invoice was issued for a receipt; one invoice may be for several.

    A `red` one takes back the one in force: of a receipt that is void or was given back, or because
    the invoice was wrong; then the receipt wants an invoice again. Raises NotAllowed,
    UnknownReceipt, NotAnInvoice, NotATaxNumber, DayToCome, AlreadyInvoiced, NothingInForce, NoSale,
    AnotherInvoice.
    """
    require(act, Right.BILL, _("登记发票"))
    asked, of = receipts.plain(number), invoice_number(invoice)
    name, proven = clean(buyer, Field.TITLE, _("购买方")), tax_number(tax)
    if day > act.calendar.day_of(act.now):
        raise DayToCome(day)
    # The series is taken first: whoever else writes one back for this receipt waits, and then sees.
    n = chain.next_number(act.session.connection(), act.site, SERIES, asked)
    wanted = invoice_lines.of_receipt(act.session, act.site, asked, act.reference)
    if wanted is None:
        raise UnknownReceipt(number)
    last = standing(_of(act.session, act.site, asked))
    if red and last is None:
        raise NothingInForce(asked)
    if not red and last is not None:
        raise AlreadyInvoiced(asked, last.invoice, last.day)
    if not red and wanted.why_not:
        raise NoSale(asked, wanted.why_not)
    _refuse_another(act, of, day, red)
    fen = last.fen if red and last is not None else wanted.fen
    act.insert(
        ReceiptInvoice,
        {
            "number": asked, "n": n, "act": act.key, "invoice": of, "day": day, "red": red,
            "fen": fen, "at": act.now, "by": act.by.number,
            "seal": act.whisper(asked, n, {"tax_number": proven}, name=name),
        },
    )  # fmt: skip
    back = last.invoice if red and last is not None else ""
    return {"receipt": asked, "invoice": of, "red": red, "amount_fen": fen, "reversed": back}


def _refuse_another(act: Act, invoice: str, day: date, red: bool) -> None:
    asked = {"site": act.site, "invoice": invoice}
    for row in act.session.connection().execute(_SAME, asked):
        if (row.day, row.red) != (day, red):
            raise AnotherInvoice(invoice, row.number, row.day)


def _of(session: Session, site: str, number: str) -> list[Invoiced]:
    rows = session.connection().execute(_OF_RECEIPT, {"site": site, "number": number}).all()
    names: Mapping[str, str] = staff_names(session, site) if rows else {}
    return [
        Invoiced(
            row.number, row.n, row.invoice, row.day, row.red, int(row.fen), row.at, row.by,
            names.get(row.by, row.by), row.buyer or "", str((row.more or {}).get("tax_number", "")),
        )
        for row in rows
    ]  # fmt: skip
