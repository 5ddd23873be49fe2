"""What a duty hands over, read live: no copy of it is kept.

Each item has a key of its number and its last step, so that what has changed since somebody looked
is looked at again. What is new or has changed since the duty began is looked at one by one, and
what is overdue, grave, money or keys, and what the night has left (KF-8, KF-10); the rest as one
group. The dunnings are one item (`handover_dunnings`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from wuye_tui.desk import DESK_POST
from wuye_tui.reference import Reference
from wuye_tui.registers import handover_dunnings
from wuye_tui.registers import handover_questions as asks
from wuye_tui.registers.contact_lists import LEFT_DAYS
from wuye_tui.registers.handover_items import GROUP as GROUP
from wuye_tui.registers.handover_items import ONE as ONE
from wuye_tui.registers.handover_items import Item as Item
from wuye_tui.registers.handover_items import item_of as item_of
from wuye_tui.registers.held_cash import Held, cash_held
from wuye_tui.registers.patrols import lacking
from wuye_tui.registers.source import Source as Source
from wuye_tui.rules.accounts import PAYMENT
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.dutyplans import MANAGER
from wuye_tui.rules.handover_words import RECEIPTS as RECEIPTS
from wuye_tui.rules.locale import amount
from wuye_tui.rules.notices import NOTICE
from wuye_tui.rules.procedures import QUEUED
from wuye_tui.rules.text import masked_words
from wuye_tui.store.tables import Duty
from wuye_tui.words import _, clauses

LEFT, HELD, DRAFT, LACKS = "left", "held", "draft", "lacks"
ITEM, STEPPED_IN = "item", "forced"
CASH: Final = "cash"
_ANSWER_FOR_ALL: Final = frozenset({DESK_POST, MANAGER})  # the posts that hand over open matters


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

    def told(self) -> str:
        """In one clause for people: how much of it is cash stands before the numbers."""
        return _("{many} 张 {amount}，其中现金 {cash}，{first} 至 {last}").format(
            first=self.first,
            last=self.last,
            many=self.many,
            amount=amount(self.fen),
            cash=amount(self.cash_fen),
        )

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
        *(why_items(session, source.site, duty.via) if duty.began == STEPPED_IN else ()),
        *(_matters(session, source, duty) if duty.post in _ANSWER_FOR_ALL else ()),
        *(_left_over(session, source) if at_desk else ()),
        *_receipts(receipts),
        *(_held(session, source) if at_desk else ()),
        *(
            Item(f"{DRAFT}:{key}", DRAFT, "", "", masked_words(said), ONE, ("new",))
            for key, said in drafts
        ),
        *patrol_items(session, source, duty),
        *_listed(source.reference, duty),
    ]
    return Handed(tuple(sorted(items, key=lambda item: item.weight != ONE)), receipts)


def _matters(session: Session, source: Source, duty: Duty) -> Iterator[Item]:
    connection = session.connection()
    asked = {"site": source.site, "since": duty.started}
    changed = set(connection.execute(asks.CHANGED, asked).scalars())
    dunned: list[Any] = []
    for row in connection.execute(asks.OPEN, {"site": source.site, "viewer": source.viewer}).all():
        if row.kind == DUNNING.kind:
            dunned.append(row)
        elif row.kind in QUEUED:
            yield item_of(row, duty.started, source.now, row.id in changed)
    yield from handover_dunnings.gathered(source, duty, dunned)


def _left_over(session: Session, source: Source) -> Iterator[Item]:
    """What the night has left and nobody has made a slip of (KF-8)."""
    since = source.now - timedelta(days=LEFT_DAYS)
    asked = {"site": source.site, "viewer": source.viewer, "since": since}
    yield from map(call_item, session.connection().execute(asks.LEFT, asked).all())


def call_item(row: Any) -> Item:
    """A call that the night has left."""
    said = masked_words(row.words or "")
    return Item(row.number, LEFT, row.number, row.unit, said, ONE, ("left",))


def taken(session: Session, site: str, since: datetime, duty: str, *, after: bool = False) -> Cash:
    """The receipts of a duty that began then, or with `after` those since it ended then: for slips,
    and at the counter, where what was given back is less in the drawer.
    """
    asked = {"site": site, "since": since, "duty": duty}
    connection = session.connection()
    of_slips = connection.execute(asks.TAKEN_AFTER if after else asks.TAKEN_IN, asked).all()
    counter = connection.execute(asks.COUNTER_AFTER if after else asks.COUNTER_IN, asked).all()
    valid = [row for row in counter if row.kind == PAYMENT and not row.void]
    numbers = {str(row.receipt) for row in valid}
    ends = [*numbers, *(str(end) for row in of_slips for end in row[3:5])]
    # What the cashier took lies in the cashier's own drawer (FW-1.6).
    cash = [int(row[5]) for row in of_slips if row[1] and row[0] == CASH]
    cash += [int(row.fen) for row in counter if row.for_cashier and row.part == CASH]
    many = len(numbers) + sum(int(row[2]) for row in of_slips)
    fen = sum(int(row.fen) for row in valid) + sum(int(row[5]) for row in of_slips)
    return Cash(many, min(ends, default=""), max(ends, default=""), fen, sum(cash))


def _receipts(found: Cash) -> Iterator[Item]:
    if not found.many:
        return
    yield Item(f"{RECEIPTS}:{found.last}", RECEIPTS, found.last, "", found.told(), ONE, ("money",))


def _held(session: Session, source: Source) -> Iterator[Item]:
    """The cash that workers hold for slips: who has it, and how much (BX-16)."""
    for one in cash_held(session, source.site, source.now):
        yield held_item(one)


def held_item(one: Held) -> Item:
    """The cash of a slip: who has it, and how much."""
    words = _("{name} 代收现金 {amount}，还没有交给收费员").format(
        name=one.by_name, amount=amount(one.fen)
    )
    return Item(f"{HELD}:{one.number}", HELD, one.number, "", words, ONE, ("money",))


def patrol_items(session: Session, source: Source, duty: Duty) -> Iterator[Item]:
    """What the patrol of the working duty lacks, told to whoever is duty manager next (ZB-4.3)."""
    day = source.reference.calendar.day_of(duty.started).isoformat()
    if found := lacking(session, source, duty):
        yield Item(f"{LACKS}:{day}", LACKS, "", "", clauses(found), ONE, ("patrol",))


def _listed(reference: Reference, duty: Duty) -> Iterator[Item]:
    """The items of the duty's checklist; money and keys are looked at one by one."""
    plans = {(plan.post, plan.name): plan for plan in reference.duties}
    plan = plans.get((duty.post, duty.name))
    lists = reference.checklists
    used = plan.checklist if plan else duty.post
    for n, words in enumerate(lists.items.get(used, ()), 1):
        singly = words in lists.one_by_one
        weight, why = (ONE, ("keys",)) if singly else (GROUP, ())
        yield Item(f"{ITEM}:{used}.{n}", ITEM, "", "", words, weight, why)


def why_items(session: Session, site: str, number: str) -> Iterator[Item]:
    """What was said when a duty was taken over without a handover, by the handover's number."""
    more = session.connection().execute(asks.WHY, {"site": site, "number": number}).scalar()
    said = masked_words(str((more or {}).get("why", "")))
    yield Item(f"{STEPPED_IN}:{number}", STEPPED_IN, number, "", said, ONE, ("forced",))
