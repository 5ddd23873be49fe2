"""All that is stored of some matters: a question for each table, however many are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session

from wuye_tui.registers.seeing import calls_seen_by, may_see, seen_by
from wuye_tui.registers.steps import heads_of, plain_number, stored_steps_of
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter, Receipt, ReceiptVoid, Signature

_matter, _signed, _call, _about, _receipt, _void = (
    table_of(kind).c for kind in (Matter, Signature, Contact, ContactMatter, Receipt, ReceiptVoid)
)
_IDS: Any = bindparam("ids", expanding=True)
_NUMBERS: Any = bindparam("numbers", expanding=True)
# Each begins with what it is of, and the rest is read in the order of its columns.
_CHILDREN = (
    select(_matter.parent, _matter.number)
    .where(_matter.site == bindparam("site"), _matter.parent.in_(_NUMBERS), seen_by())
    .order_by(_matter.number)
)
_CALLS = (
    select(_about.matter, _call.rang, _call.number)
    .join_from(
        table_of(ContactMatter),
        table_of(Contact),
        and_(_about.site == _call.site, _about.contact == _call.id),
    )
    .where(_about.site == bindparam("site"), _about.matter.in_(_IDS), calls_seen_by())
)
_SIGNED = (
    select(*(_signed[name] for name in ("matter", "n", "role", "staff", "how", "at")))
    .where(_signed.site == bindparam("site"), _signed.matter.in_(_IDS))
    .order_by(_signed.matter, _signed.n)
)
_RECEIPTS = (
    select(_receipt.source, _receipt.number, _receipt.fen, _void.number.is_not(None).label("void"))
    .join_from(
        table_of(Receipt),
        table_of(ReceiptVoid),
        and_(_void.site == _receipt.site, _void.number == _receipt.number),
        isouter=True,
    )
    .where(_receipt.site == bindparam("site"), _receipt.source.in_(_NUMBERS))
    .order_by(_receipt.number)
)


@dataclass(frozen=True)
class Whole:
    """What is stored of one matter: what never changes of it, its steps with their words about
    people, who signed (step, role, staff, how, when), the numbers of what came of it and of the
    calls about it, in their order, and its receipts (number, fen, void).
    """

    head: Any
    steps: Sequence[tuple[Any, dict[str, Any]]] = ()
    signed: list[Any] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    receipts: list[Any] = field(default_factory=list)


def read(session: Session, site: str, viewer: str, numbers: Sequence[str]) -> list[Whole]:
    """The matters of some numbers, each once, in the order asked. Raises UnknownMatter, also for
    whoever one is about (FW-M.9). As many as one question may name, `steps.AT_ONCE`.
    """
    asked = {plain_number(typed): typed for typed in numbers}
    heads = {head.number: head for head in heads_of(session, site, list(asked))}
    for number, typed in asked.items():
        if number not in heads or not may_see(heads[number].about, viewer):
            raise UnknownMatter(typed)
    steps = stored_steps_of(session, site, [head.id for head in heads.values()])
    by_number = {number: Whole(heads[number], steps.get(heads[number].id, ())) for number in asked}
    by_id = {one.head.id: one for one in by_number.values()}
    connection, about = session.connection(), {"site": site, "viewer": viewer}
    of_ids, of_numbers = {**about, "ids": list(by_id)}, {**about, "numbers": list(by_number)}
    for parent, number in connection.execute(_CHILDREN, of_numbers):
        by_number[parent].children.append(number)
    # Ordered here: SQLite would go through all the calls there are in their order.
    for matter, _rang, number in sorted(map(tuple, connection.execute(_CALLS, of_ids))):
        by_id[matter].contacts.append(number)
    for matter, *signed in connection.execute(_SIGNED, of_ids):
        by_id[matter].signed.append(signed)
    if any(one.head.kind == "repair" for one in by_id.values()):
        for source, *receipt in connection.execute(_RECEIPTS, of_numbers):
            by_number[source].receipts.append(receipt)
    return list(by_number.values())
