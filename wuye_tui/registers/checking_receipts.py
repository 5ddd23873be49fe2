"""Receipts looked at again: each against the step that took the money, and the other way round."""

from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from wuye_tui.registers.checking_acts import Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.registers.ledger import POSTED
from wuye_tui.rules.accounts import CASH, PAYMENT, REPAIR, VOID
from wuye_tui.rules.lifecycle import Effect
from wuye_tui.rules.receipts import RECEIPT_ROWS
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LedgerEntry, Matter, Posting, Receipt, ReceiptVoid, StepRow
from wuye_tui.words import _

_matter, _step, _entry, _posting = (
    table_of(kind).c for kind in (Matter, StepRow, LedgerEntry, Posting)
)
_WRITTEN = {
    "receipt": select(table_of(Receipt)).where(table_of(Receipt).c.site == bindparam("site")),
    "receipt_void": select(table_of(ReceiptVoid)).where(
        table_of(ReceiptVoid).c.site == bindparam("site")
    ),
}
_PAY, _VOID = (
    next(row.verb for row in RECEIPT_ROWS if effect in row.effects)
    for effect in (Effect.RECEIPT, Effect.VOID_RECEIPT)
)
_TAKEN = (
    select(_entry.number, _entry.receipt, func.sum(_posting.fen).label("fen"))
    .select_from(POSTED)
    .where(_entry.site == bindparam("site"), _posting.account == CASH)
    .group_by(_entry.number, _entry.receipt)
)
_PAID = _TAKEN.where(_entry.kind == PAYMENT)
_OF_SLIPS = _TAKEN.where(_entry.kind == REPAIR)
_BACKED = select(_entry.receipt).where(_entry.site == bindparam("site"), _entry.kind == VOID)
_STEPS = (
    select(_matter.number, _step.n, _step.verb, _step.facts)
    .join(table_of(Matter), (_matter.site == _step.site) & (_matter.id == _step.matter))
    .where(_step.site == bindparam("site"), _step.verb.in_((_PAY, _VOID)))
    .order_by(_matter.id, _step.n)
)


def _neither(number: str) -> str:
    return _("收据 {number} 没有对应的收款或作废。").format(number=number)


def _same(receipt: Any, paid: Any) -> bool:
    return paid is not None and (paid.receipt, paid.fen) == (receipt["number"], receipt["fen"])


def check_receipts(connection: Connection, site: str, acts: Acts, findings: Findings) -> None:
    """Every receipt and void belongs to a step of its slip, with its amount; no step lacks one.

    Takes down every row for its act, and the seal of every payer for the page of their words.
    """
    receipts = connection.execute(_WRITTEN["receipt"], {"site": site}).mappings().all()
    voids = connection.execute(_WRITTEN["receipt_void"], {"site": site}).mappings().all()
    for row in receipts:
        acts.row("receipt", dict(row))
        if row["seal"]:
            acts.looked[row["number"], 0] = row["seal"]
    for row in voids:
        acts.row("receipt_void", dict(row))
    paid = {row.number: row for row in connection.execute(_PAID, {"site": site})}
    written = {(one["source"], one["n"]): one for one in receipts if one["n"]}
    for one in receipts:
        if not one["n"] and not _same(one, paid.pop(one["source"], None)):
            findings.add(_neither(one["number"]))
    of_slips = {row.receipt: row.fen for row in connection.execute(_OF_SLIPS, {"site": site})}
    for one in receipts:
        if one["n"] and of_slips.pop(one["number"], one["fen"]) != one["fen"]:
            findings.add(_neither(one["number"]))
    for number in (*paid, *of_slips):
        findings.add(_neither(number))
    source = {one["number"]: one["source"] for one in receipts}
    backed = set(connection.execute(_BACKED, {"site": site}).scalars())
    counter = [one for one in voids if not one["n"]]
    for one in counter:
        if one["number"] not in backed:
            findings.add(_neither(one["number"]))
    voids = [one for one in voids if one["n"]]
    voided = {(source.get(one["number"], ""), one["n"]): one["number"] for one in voids}
    for number, n, verb, facts in connection.execute(_STEPS, {"site": site}):
        there = written.pop((number, n), None) if verb == _PAY else voided.pop((number, n), None)
        if there is None or (verb == _PAY and there["fen"] != facts["paid_fen"]):
            findings.add(_("{number} 第 {n} 步与收据对不上。").format(number=number, n=n))
    for one in (*(row["number"] for row in written.values()), *voided.values()):
        findings.add(_neither(one))
    findings.count("receipts", len(receipts))
