"""What of each receipt wants a tax invoice: one line an item, deposits never, prepayments where the
office has decided so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.reference import Reference
from wuye_tui.registers.owed import LATE, fee_word
from wuye_tui.rules.accounts import DEPOSIT, PREPAID, RECEIVABLE
from wuye_tui.rules.invoices import InvoiceLine, Item, remark_of
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    Charge,
    LedgerEntry,
    Posting,
    Private,
    Receipt,
    ReceiptInvoice,
    ReceiptVoid,
)
from wuye_tui.words import _

_receipt, _void, _charge, _posting, _private, _invoice = (
    table_of(kind).c for kind in (Receipt, ReceiptVoid, Charge, Posting, Private, ReceiptInvoice)
)
_back = table_of(LedgerEntry).alias("back")
_RECEIPTS = (
    select(
        *(_receipt[name] for name in ("number", "source", "unit", "fen", "at")),
        _private.name.label("payer"),
        _void.number.label("void"),
        _back.c.number.label("back"),
    )
    .outerjoin(
        table_of(ReceiptVoid), (_void.site == _receipt.site) & (_void.number == _receipt.number)
    )
    .outerjoin(_back, (_back.c.site == _receipt.site) & (_back.c.reverses == _receipt.source))
    .outerjoin(
        table_of(Private),
        (_private.site == _receipt.site) & (_private.owner == _receipt.number) & (_private.n == 0),
    )
    .where(_receipt.site == bindparam("site"))
    .order_by(_receipt.number)
)
_POSTINGS = (
    select(
        *(_posting[name] for name in ("entry", "account", "part", "fen")),
        _charge.unit,
        _charge.period,
    )
    .join(table_of(Receipt), (_receipt.site == _posting.site) & (_receipt.source == _posting.entry))
    .outerjoin(table_of(Charge), (_charge.site == _posting.site) & (_charge.id == _posting.charge))
    .where(_posting.site == bindparam("site"), _posting.account.in_((RECEIVABLE, PREPAID, DEPOSIT)))
    .order_by(_posting.entry, _posting.n)
)
_INVOICES = (
    select(_invoice.number, _invoice.red)
    .join(
        table_of(Receipt), (_receipt.site == _invoice.site) & (_receipt.number == _invoice.number)
    )
    .where(_invoice.site == bindparam("site"))
    .order_by(_invoice.number, _invoice.n)
)


@dataclass(frozen=True)
class Wanted:
    """What of one receipt wants an invoice. `why_not` says why nothing does; `is_invoiced` that one
    is in force; `left_fen` is what was prepaid or deposited and has none.
    """

    receipt: str
    lines: tuple[InvoiceLine, ...]
    left_fen: int
    why_not: str
    is_back: bool
    is_invoiced: bool

    @property
    def fen(self) -> int:
        """What the invoice is for, in fen."""
        return sum(one.fen for one in self.lines)


def of_receipt(session: Session, site: str, number: str, reference: Reference) -> Wanted | None:
    """What of one receipt wants an invoice; None where there is no such receipt."""
    return next(wanted(session, site, reference, None, None, [number]), None)


def wanted(
    session: Session,
    site: str,
    reference: Reference,
    begin: datetime | None,
    end: datetime | None,
    numbers: Sequence[str],
) -> Iterator[Wanted]:
    """The same of the receipts from `begin` to before `end`, and of the named ones alone where some
    are, in their order.
    """
    connection, asked = session.connection(), {"site": site}
    limits = [
        *([_receipt.at >= begin] if begin else []),
        *([_receipt.at < end] if end else []),
        *([_receipt.number.in_(numbers)] if numbers else []),
    ]
    posted: dict[str, list[Any]] = {}
    for row in connection.execute(_POSTINGS.where(*limits), asked):
        posted.setdefault(row.entry, []).append(row)
    red = dict(connection.execute(_INVOICES.where(*limits), asked).tuples().all())  # the last one's
    telling = _Telling(reference)
    for row in connection.execute(_RECEIPTS.where(*limits), asked).all():
        lines, left = telling.lines(row, posted.get(row.source, ()))
        is_back = row.void is not None or row.back is not None
        why = _("已经作废") if row.void else _("已经退款") if row.back else ""
        nothing = "" if lines else _("只有预存或者押金")
        yield Wanted(
            row.number, tuple(lines), left, why or nothing, is_back, red.get(row.number) is False
        )


class _Telling:
    """Puts postings of receipts into the words of invoices."""

    def __init__(self, reference: Reference) -> None:
        self._invoicing, self._calendar = reference.invoicing, reference.calendar
        self._fees = {one.code: one for one in reference.fees}

    def lines(self, receipt: Any, posted: Sequence[Any]) -> tuple[list[InvoiceLine], int]:
        """The lines of one receipt, and what of it is left out, in fen."""
        if not posted:  # of a slip, whose money is taken for one thing
            return [self._line(receipt, "repair", receipt.unit, "", receipt.fen)], 0
        found, left = [], 0
        for one in posted:
            if one.account == RECEIVABLE:
                period = "" if one.part == LATE else one.period or ""
                unit = one.unit or receipt.unit
                found.append(self._line(receipt, one.part, unit, period, -one.fen))
            elif one.account == PREPAID and self._invoicing.prepaid:
                found.append(self._line(receipt, PREPAID, receipt.unit, "", -one.fen))
            else:
                left -= one.fen
        return found, left

    def _line(self, receipt: Any, fee: str, unit: str, period: str, fen: int) -> InvoiceLine:
        item = self._invoicing.items.get(fee, Item(fee, "", "", ""))
        said: Mapping[str, str] = {
            "unit": unit, "period": period, "receipt": receipt.number, "source": receipt.source,
        }  # fmt: skip
        return InvoiceLine(
            receipt=receipt.number,
            day=self._calendar.day_of(receipt.at).isoformat(),
            buyer=receipt.payer or "",
            tax_number="",
            unit=unit,
            fee=fee,
            item=item.name or (_("预存") if fee == PREPAID else fee_word(self._fees, fee)),
            spec=period,
            fen=fen,
            rate=item.rate,
            code=item.code,
            remark=remark_of(self._invoicing.remark, said),
        )
