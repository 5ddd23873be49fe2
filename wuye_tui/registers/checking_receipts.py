"""Receipts looked at again: each against the step that took the money, and the other way round."""

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_acts import Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.rules.lifecycle import Effect
from wuye_tui.rules.receipts import RECEIPT_ROWS
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Receipt, ReceiptVoid, StepRow
from wuye_tui.words import _

_matter, _step = table_of(Matter).c, table_of(StepRow).c
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
_STEPS = (
    select(_matter.number, _step.n, _step.verb, _step.facts)
    .join(table_of(Matter), (_matter.site == _step.site) & (_matter.id == _step.matter))
    .where(_step.site == bindparam("site"), _step.verb.in_((_PAY, _VOID)))
    .order_by(_matter.id, _step.n)
)


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
    written = {(one["source"], one["n"]): one for one in receipts}
    source = {one["number"]: one["source"] for one in receipts}
    voided = {(source.get(one["number"], ""), one["n"]): one["number"] for one in voids}
    for number, n, verb, facts in connection.execute(_STEPS, {"site": site}):
        there = written.pop((number, n), None) if verb == _PAY else voided.pop((number, n), None)
        if there is None or (verb == _PAY and there["fen"] != facts["paid_fen"]):
            findings.add(_("{number} 第 {n} 步与收据对不上。").format(number=number, n=n))
    for one in (*(row["number"] for row in written.values()), *voided.values()):
        findings.add(_("收据 {number} 没有对应的收款或作废。").format(number=one))
    findings.count("receipts", len(receipts))
