"""The questions whose answers a duty hands over; built once."""

from sqlalchemy import and_, bindparam, func, select, text

from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.rules.accounts import CASH, OF_SLIPS
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    Complaint,
    Contact,
    LedgerEntry,
    Matter,
    Posting,
    Private,
    Receipt,
    ReceiptVoid,
    Staff,
    StepRow,
)
from wuye_tui.store.tables.contacts import LEFT_OVER

_matter, _private, _step, _complaint, _contact, _receipt, _void, _staff, _entry, _posting = (
    table_of(kind).c
    for kind in (
        *(Matter, Private, StepRow, Complaint, Contact, Receipt, ReceiptVoid, Staff),
        *(LedgerEntry, Posting),
    )
)
_said = and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0)
MATTERS = (
    select(
        *(_matter[name] for name in ("id", "number", "kind", "state", "unit", "place", "opened")),
        *(_matter[name] for name in ("next_due", "last", "priority", "about")),
        _private.words,
        _complaint.level,
        _staff.name.label("worker"),
    )
    .join_from(table_of(Matter), table_of(Private), _said, isouter=True)
    .join(
        table_of(Complaint),
        and_(_complaint.site == _matter.site, _complaint.matter == _matter.id),
        isouter=True,
    )
    .join(
        table_of(Staff),
        and_(_staff.site == _matter.site, _staff.number == _matter.worker),
        isouter=True,
    )
)
# Of every kind: of some, SQLite would go through all there ever were of them.
OPEN = MATTERS.where(
    _matter.site == bindparam("site"), _matter.closed.is_(None), seen_by()
).order_by(_matter.opened, _matter.id)
NAMED = MATTERS.where(
    _matter.site == bindparam("site"),
    _matter.number.in_(bindparam("numbers", expanding=True)),
    seen_by(),
)
CHANGED = (
    select(_step.matter)
    .where(_step.site == bindparam("site"), _step.recorded >= bindparam("since"))
    .distinct()
)
CALLS = (
    select(_contact.number, _contact.unit, _private.words)
    .join_from(
        table_of(Contact),
        table_of(Private),
        and_(_private.site == _contact.site, _private.owner == _contact.id, _private.n == 0),
        isouter=True,
    )
    .where(_contact.site == bindparam("site"), calls_seen_by())
    .order_by(_contact.rang)
)
CALLS_NAMED = CALLS.where(_contact.number.in_(bindparam("numbers", expanding=True)))
# Written out, or the index of what is left would not be seen.
LEFT = CALLS.where(text(LEFT_OVER), _contact.rang >= bindparam("since"))
# By the step that took the money: a moment may be that of two duties that touch.
TAKEN = (
    select(
        _receipt.means,
        _receipt.for_cashier,
        func.count(),
        func.min(_receipt.number),
        func.max(_receipt.number),
        func.sum(_receipt.fen),
    )
    .join_from(
        table_of(Receipt),
        table_of(ReceiptVoid),
        and_(_void.site == _receipt.site, _void.number == _receipt.number),
        isouter=True,
    )
    .join(table_of(Matter), and_(_matter.site == _receipt.site, _matter.number == _receipt.source))
    .join(
        table_of(StepRow),
        and_(_step.site == _receipt.site, _step.matter == _matter.id, _step.n == _receipt.n),
    )
    .where(
        _receipt.site == bindparam("site"),
        _receipt.at >= bindparam("since"),
        _void.number.is_(None),
    )
    .group_by(_receipt.means, _receipt.for_cashier)
)
TAKEN_IN = TAKEN.where(_step.duty == bindparam("duty"))
TAKEN_AFTER = TAKEN.where(_step.duty != bindparam("duty"))
# Money of the counter, with what was given back: one row a means of an entry.
COUNTER = (
    select(
        _entry.kind,
        _entry.receipt,
        _posting.part,
        _entry.for_cashier,
        _posting.fen,
        _void.number.is_not(None).label("void"),
    )
    .select_from(POSTED)
    .join(
        table_of(ReceiptVoid),
        and_(_void.site == _entry.site, _void.number == _entry.receipt),
        isouter=True,
    )
    .where(
        _entry.site == bindparam("site"),
        _entry.at >= bindparam("since"),
        _posting.account == CASH,
        _entry.kind.not_in(OF_SLIPS),  # of slips their own steps say it
    )
    .order_by(_entry.receipt)
)
COUNTER_IN = COUNTER.where(_entry.duty == bindparam("duty"))
COUNTER_AFTER = COUNTER.where(_entry.duty != bindparam("duty"))
WHY = (
    select(_private.more)
    .join_from(
        table_of(StepRow),
        table_of(Private),
        and_(_private.site == _step.site, _private.owner == _step.matter, _private.n == _step.n),
    )
    .join(table_of(Matter), and_(_matter.site == _step.site, _matter.id == _step.matter))
    .where(
        _step.site == bindparam("site"),
        _matter.number == bindparam("number"),
        _step.verb == "force",
    )
)
