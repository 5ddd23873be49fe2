"""Printings and tax invoices of receipts looked at again: each is of a paper that was issued, and
none of those before it is missing.
"""

from typing import Any

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_acts import Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.rules.accounts import REFUND
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LedgerEntry, Receipt, ReceiptInvoice, ReceiptPrint
from wuye_tui.words import _

_entry, _receipt = (table_of(kind).c for kind in (LedgerEntry, Receipt))
_print, _invoice = (table_of(kind) for kind in (ReceiptPrint, ReceiptInvoice))
_PRINTS = (
    select(_print).where(_print.c.site == bindparam("site")).order_by(_print.c.number, _print.c.n)
)
_INVOICES = (
    select(_invoice)
    .where(_invoice.c.site == bindparam("site"))
    .order_by(_invoice.c.number, _invoice.c.n)
)
_RECEIPTS = select(_receipt.number).where(_receipt.site == bindparam("site"))
_REFUNDS = select(_entry.number).where(_entry.site == bindparam("site"), _entry.kind == REFUND)


def check_printed(connection: Connection, site: str, acts: Acts, findings: Findings) -> None:
    """All of them; takes down every row for its act, and the seal of every buyer."""
    asked = {"site": site}
    receipts = set(connection.execute(_RECEIPTS, asked).scalars())
    papers = receipts | set(connection.execute(_REFUNDS, asked).scalars())
    printed = connection.execute(_PRINTS, asked).mappings().all()
    for number in _odd(printed, papers, "receipt_print", acts):
        findings.add(_("{number} 打印过几次对不上。").format(number=number))
    invoices = connection.execute(_INVOICES, asked).mappings().all()
    for number in _odd(invoices, receipts, "receipt_invoice", acts):
        findings.add(_("收据 {number} 登记的发票对不上。").format(number=number))
    standing: dict[str, bool] = {}
    for row in invoices:
        if row["seal"]:
            acts.looked[row["number"], row["n"]] = row["seal"]
        if standing.get(row["number"], False) is not row["red"]:
            findings.add(_("收据 {number} 登记的发票对不上。").format(number=row["number"]))
        standing[row["number"]] = not row["red"]
    findings.count("invoices", len(invoices))


def _odd(rows: Any, issued: set[str], table: str, acts: Acts) -> set[str]:
    """The numbers of papers that were not issued, or of which one is missing in between."""
    last: dict[str, int] = {}
    odd = set()
    for row in rows:
        acts.row(table, dict(row))
        number = str(row["number"])
        if number not in issued or row["n"] != last.get(number, 0) + 1:
            odd.add(number)
        last[number] = row["n"]
    return odd
