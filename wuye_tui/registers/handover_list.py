"""What a duty hands over, read live: no copy of it is kept.

Each item has a key of its number and its last step, so that what has changed since somebody looked
is looked at again. What is new or has changed since the duty began is looked at one by one, and
what is overdue, grave, money or keys, and what the night has left (KF-8, KF-10); the rest as one
group.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, bindparam, func, select, text
from sqlmodel import Session

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.reference import Reference
from wuye_tui.registers.contact_lists import LEFT_DAYS
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.dutyplans import MANAGER
from wuye_tui.rules.locale import amount
from wuye_tui.rules.notices import NOTICE
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.repair_facts import EMERGENCY
from wuye_tui.rules.text import masked_words
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import (
    Complaint,
    Contact,
    Duty,
    Matter,
    Private,
    Receipt,
    ReceiptVoid,
    StepRow,
)
from wuye_tui.words import _

ONE, GROUP = "one", "group"
LEFT, RECEIPTS, DRAFT, ITEM, STEPPED_IN = "left", "receipts", "draft", "item", "forced"
CASH: Final = "cash"
_ANSWER_FOR_ALL: Final = frozenset({DESK_POST, MANAGER})  # the posts that hand over open matters
_matter, _private, _step, _complaint, _contact, _receipt, _void = (
    table_of(kind).c
    for kind in (Matter, Private, StepRow, Complaint, Contact, Receipt, ReceiptVoid)
)
_said = and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0)
_OPEN = (
    select(
        *(_matter[name] for name in ("id", "number", "kind", "state", "unit", "place", "opened")),
        *(_matter[name] for name in ("next_due", "last", "priority", "about")),
        _private.words,
        _complaint.level,
    )
    .join_from(table_of(Matter), table_of(Private), _said, isouter=True)
    .join(
        table_of(Complaint),
        and_(_complaint.site == _matter.site, _complaint.matter == _matter.id),
        isouter=True,
    )
    .where(
        _matter.site == bindparam("site"),
        _matter.closed.is_(None),
        _matter.kind.in_(QUEUED),
        seen_by(),
    )
    .order_by(_matter.opened, _matter.id)
)
_CHANGED = (
    select(_step.matter)
    .where(_step.site == bindparam("site"), _step.recorded >= bindparam("since"))
    .distinct()
)
# Written out, or the index of what is left would not be seen.
_LEFT = (
    select(_contact.number, _contact.unit, _private.words)
    .join_from(
        table_of(Contact),
        table_of(Private),
        and_(_private.site == _contact.site, _private.owner == _contact.id, _private.n == 0),
        isouter=True,
    )
    .where(
        _contact.site == bindparam("site"),
        text("contact.outcome = 'tomorrow'"),
        _contact.rang >= bindparam("since"),
        calls_seen_by(),
    )
    .order_by(_contact.rang)
)
# By the step that took the money: a moment may be that of two duties that touch.
_TAKEN = (
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
_TAKEN_IN = _TAKEN.where(_step.duty == bindparam("duty"))
_TAKEN_AFTER = _TAKEN.where(_step.duty != bindparam("duty"))
_WHY = (
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


@dataclass(frozen=True)
class Item:
    """One thing that is handed over: `one` is looked at by itself, `group` with the others.

    `kind` is that of a matter, or `left` (by the night), `receipts`, `draft`, `item` (of the
    checklist), `forced` (the duty was taken over without a handover). `why` are the codes of what
    makes it one by itself: new, changed, overdue, grave, left, money, keys, forced.

    What is about one of the staff is the manager's to hand over: it is among the others, so that no
    handover names it to whoever it is about (FW-M.9).
    """

    key: str
    kind: str
    number: str
    where: str
    words: str
    weight: str
    why: tuple[str, ...] = ()
    due: datetime | None = None
    state: str = ""
    about_staff: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The item as `wuye handovers show --json` prints it; keys only ever grow."""
        return {
            "key": self.key,
            "kind": self.kind,
            "number": self.number,
            "unit": self.where,
            "summary": self.words,
            "weight": self.weight,
            "why": list(self.why),
            "due_at": self.due,
            "state": self.state,
        }


@dataclass(frozen=True)
class Cash:
    """The receipts of a duty: how many, from which number to which, and the cash that the desk
    holds for the cashier.
    """

    many: int = 0
    first: str = ""
    last: str = ""
    fen: int = 0
    cash_fen: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "many": self.many,
            "from": self.first,
            "to": self.last,
            "amount_fen": self.fen,
            "cash_fen": self.cash_fen,
        }


@dataclass(frozen=True)
class Source:
    """Whose list it is, who looks, when, and what the office has laid down."""

    site: str
    viewer: str
    now: datetime
    reference: Reference

    @classmethod
    def of(cls, at: Desk | Act, viewer: str | None = None) -> "Source":
        """From a desk, or inside an act; for somebody else where `viewer` says so."""
        if isinstance(at, Desk):
            who = at.staff if viewer is None else viewer
            return cls(at.site, who, at.now(), at.reference)
        return cls(at.site, at.by.number if viewer is None else viewer, at.now, at.reference)


@dataclass(frozen=True)
class Handed:
    """All that a duty hands over at one moment."""

    items: tuple[Item, ...]
    receipts: Cash

    @property
    def ones(self) -> list[Item]:
        """What is looked at one by one."""
        return [item for item in self.items if item.weight == ONE]

    @property
    def group(self) -> list[Item]:
        """What is looked at together."""
        return [item for item in self.items if item.weight == GROUP]

    def unseen(self, seen: Iterable[str]) -> list[Item]:
        """What has to be looked at one by one and is not among these keys."""
        looked = set(seen)
        return [item for item in self.ones if item.key not in looked]

    def of_kind(self, *kinds: str) -> list[Item]:
        """The items of some kinds."""
        return [item for item in self.items if item.kind in kinds]

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum("overdue" in item.why for item in self.items)

    @property
    def callbacks(self) -> int:
        """How many callbacks wait."""
        return len(self.of_kind(CALLBACK.kind))

    @property
    def notices(self) -> int:
        """How many notices are in force."""
        return len(self.of_kind(NOTICE.kind))


def read(
    session: Session, source: Source, duty: Duty, drafts: Sequence[tuple[str, str]] = ()
) -> Handed:
    """What a duty hands over now. `drafts` are the unfinished ones of this workstation, each with a
    key of its own and its words: they lie beside the settings and not in the database.
    """
    at_desk = duty.post == DESK_POST
    receipts = taken(session, source.site, duty.started, duty.id) if at_desk else Cash()
    items = [
        *_why(session, source.site, duty),
        *(_matters(session, source, duty) if duty.post in _ANSWER_FOR_ALL else ()),
        *(_left_over(session, source) if at_desk else ()),
        *_receipts(receipts),
        *(
            Item(f"{DRAFT}:{key}", DRAFT, "", "", masked_words(said), ONE, ("new",))
            for key, said in drafts
        ),
        *_listed(source.reference, duty),
    ]
    return Handed(tuple(sorted(items, key=lambda item: item.weight != ONE)), receipts)


def _matters(session: Session, source: Source, duty: Duty) -> Iterator[Item]:
    connection = session.connection()
    asked = {"site": source.site, "since": duty.started}
    changed = set(connection.execute(_CHANGED, asked).scalars())
    for row in connection.execute(_OPEN, {"site": source.site, "viewer": source.viewer}).all():
        yield _item(row, duty.started, source.now, row.id in changed)


def _left_over(session: Session, source: Source) -> Iterator[Item]:
    """What the night has left and nobody has made a slip of (KF-8)."""
    since = source.now - timedelta(days=LEFT_DAYS)
    asked = {"site": source.site, "viewer": source.viewer, "since": since}
    for row in session.connection().execute(_LEFT, asked).all():
        said = masked_words(row.words or "")
        yield Item(row.number, LEFT, row.number, row.unit, said, ONE, ("left",))


def taken(session: Session, site: str, since: datetime, duty: str, *, after: bool = False) -> Cash:
    """The receipts of a duty that began then, or with `after` those since it ended then."""
    asked = {"site": site, "since": since, "duty": duty}
    rows = session.connection().execute(_TAKEN_AFTER if after else _TAKEN_IN, asked).all()
    if not rows:
        return Cash()
    means, held, many, first, last, fen = zip(*rows, strict=True)
    # What the cashier took lies in the cashier's own drawer (FW-1.6).
    cash = (int(one) for how, own, one in zip(means, held, fen, strict=True) if own and how == CASH)
    return Cash(sum(many), min(first), max(last), sum(map(int, fen)), sum(cash))


def _item(row: Any, began: datetime, now: datetime, changed: bool) -> Item:
    reasons: Mapping[str, bool] = {
        "new": row.opened >= began,
        "changed": changed and row.opened < began,
        "overdue": row.next_due is not None and row.next_due < now,
        "grave": row.priority == EMERGENCY or row.level == "major",
    }
    why = tuple(name for name, holds in reasons.items() if holds)
    return Item(
        f"{row.number}:{row.last}",
        row.kind,
        row.number,
        row.unit or row.place or "",
        masked_words(row.words or ""),
        ONE if why and not row.about else GROUP,
        why,
        row.next_due,
        PROCEDURES[row.kind].state_word(row.state),
        bool(row.about),
    )


def _receipts(found: Cash) -> Iterator[Item]:
    if not found.many:
        return
    told = _("{first} 至 {last}，{many} 张 {amount}，其中现金 {cash}")
    words = told.format(
        first=found.first,
        last=found.last,
        many=found.many,
        amount=amount(found.fen),
        cash=amount(found.cash_fen),
    )
    yield Item(f"{RECEIPTS}:{found.last}", RECEIPTS, found.last, "", words, ONE, ("money",))


def _listed(reference: Reference, duty: Duty) -> Iterator[Item]:
    """The items of the duty's checklist; money and keys are looked at one by one."""
    plans = {(plan.post, plan.name): plan for plan in reference.duties}
    plan = plans.get((duty.post, duty.name))
    lists = reference.checklists
    for n, words in enumerate(lists.items.get(plan.checklist if plan else duty.post, ()), 1):
        singly = words in lists.one_by_one
        weight, why = (ONE, ("keys",)) if singly else (GROUP, ())
        yield Item(f"{ITEM}:{n}", ITEM, "", "", words, weight, why)


def _why(session: Session, site: str, duty: Duty) -> list[Item]:
    """What was said when this duty was taken over without a handover."""
    if duty.began != STEPPED_IN:
        return []
    more = session.connection().execute(_WHY, {"site": site, "number": duty.via}).scalar()
    said = masked_words(str((more or {}).get("why", "")))
    return [Item(f"{STEPPED_IN}:{duty.via}", STEPPED_IN, duty.via, "", said, ONE, ("forced",))]
