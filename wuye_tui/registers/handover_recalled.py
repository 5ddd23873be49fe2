"""What a handover that is over handed on: the references that were taken down when it was given.

Each is of a matter and its last step then, so the matter's steps up to that one say how it stood;
its words are those that it has now. Nothing that is about one of the staff was taken down (FW-M.9).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlmodel import Session

from wuye_tui.registers import handover_dunnings
from wuye_tui.registers import handover_questions as asks
from wuye_tui.registers.derived import complaint_columns, matter_columns
from wuye_tui.registers.handover_list import (
    DRAFT,
    GROUP,
    HELD,
    ITEM,
    LACKS,
    LEFT,
    ONE,
    RECEIPTS,
    STEPPED_IN,
    Cash,
    Handed,
    Item,
    Source,
    call_item,
    held_item,
    item_of,
    patrol_items,
    why_items,
)
from wuye_tui.registers.held_cash import held_then
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.steps import batched, steps_of
from wuye_tui.rules.folding import Step
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.procedures import kind_of, procedure
from wuye_tui.rules.running import stand
from wuye_tui.store.tables import Duty

_WHY = {DRAFT: "new", STEPPED_IN: "forced", RECEIPTS: "money", HELD: "money", LACKS: "patrol"}


def recalled(session: Session, source: Source, facts: Facts) -> Handed:
    """All of it, late or not at the moment when it was accepted."""
    ones = [str(key) for key in facts.get("handed_one", ())]
    keys = [*ones, *map(str, facts.get("handed_group", ()))]
    named = handover_dunnings.named_in(facts)
    stood = {
        **_stood(session, source, facts, [*keys, *named]),
        **_told(session, source, facts, keys),
    }
    dunned = [stood[key] for key in named if key in stood]
    at = moment_of(facts) or source.now
    for item in handover_dunnings.recalled(facts, dunned, at, source.reference.calendar):
        stood[item.key] = item
    alone = set(ones)
    items = (_recalled(source, key, key in alone, stood) for key in keys)
    receipts = dict(facts.get("receipts", {}))
    return Handed(
        tuple(filter(None, items)),
        Cash(
            int(receipts.get("many", 0)),
            str(receipts.get("from", "")),
            str(receipts.get("to", "")),
            int(receipts.get("amount_fen", 0)),
            int(receipts.get("cash_fen", 0)),
        ),
    )


def moment_of(facts: Facts) -> datetime | None:
    """When a handover was accepted, or given where it never was; None where neither is said."""
    said = facts.get("accepted_at") or facts.get("given_at")
    return datetime.fromisoformat(str(said)) if said else None


def _recalled(source: Source, key: str, alone: bool, stood: Mapping[str, Item]) -> Item | None:
    number, _colon, rest = key.partition(":")
    weight = ONE if alone else GROUP
    if item := stood.get(key):
        return replace(item, key=key, weight=weight)
    if number in _WHY:
        return Item(key, number, rest, "", "", weight, (_WHY[number],))
    if number == ITEM:
        words = source.reference.checklists.item(rest)
        return Item(key, ITEM, "", "", words, weight, ("keys",) if alone else ())
    is_call = kind_of(number) == ""
    return Item(key, LEFT, number, "", "", weight, ("left",)) if is_call else None


def _told(
    session: Session, source: Source, facts: Facts, keys: Sequence[str]
) -> Mapping[str, Item]:
    """What is no matter among them, by its key: calls in their words, cash that somebody held, why
    somebody stepped in, what the patrol lacked then.
    """
    at = moment_of(facts) or source.now
    after: dict[str, list[str]] = {}
    for kind, _colon, rest in (key.partition(":") for key in keys):
        after.setdefault(kind, []).append(rest)
    found: list[Item] = []
    for part in batched([one for one in after if "-" in one and kind_of(one) == ""]):
        asked = {"site": source.site, "viewer": source.viewer, "numbers": part}
        found += map(call_item, session.connection().execute(asks.CALLS_NAMED, asked).all())
    if slips := after.get(HELD):
        names = staff_names(session, source.site)
        found += map(held_item, held_then(session, source.site, at, slips, names))
    for number in after.get(STEPPED_IN, ()):
        found += why_items(session, source.site, number)
    duty = session.get(Duty, (source.site, str(facts.get("duty", ""))))
    if LACKS in after and duty:
        found += patrol_items(session, replace(source, now=at), duty)
    return {item.key: item for item in found}


def _stood(
    session: Session, source: Source, facts: Facts, keys: Sequence[str]
) -> Mapping[str, Item]:
    """The matters among them by their keys, each as it stood after the step that its key names."""
    last = {
        number: int(n) for number, _colon, n in (key.partition(":") for key in keys) if n.isdigit()
    }
    rows: list[Any] = []
    for part in batched(list(last)):
        asked = {"site": source.site, "viewer": source.viewer, "numbers": part}
        rows += session.connection().execute(asks.NAMED, asked).all()
    steps = steps_of(session, source.site, [row.id for row in rows])
    names = staff_names(session, source.site)
    at = moment_of(facts) or source.now
    duty = session.get(Duty, (source.site, str(facts.get("duty", ""))))
    began = duty.started if duty else at
    found: dict[str, Item] = {}
    for row in rows:
        then = [step for step in steps.get(row.id, ()) if step.n <= last[row.number]]
        item = _as_it_stood(source, row, then, names, began, at)
        found[f"{row.number}:{last[row.number]}"] = item
    return found


def _as_it_stood(
    source: Source,
    row: Any,
    steps: Sequence[Step],
    names: Mapping[str, str],
    began: datetime,
    at: datetime,
) -> Item:
    situation, runs = stand(procedure(row.kind), steps, source.reference.calendar)
    columns = matter_columns(situation, runs)
    was = SimpleNamespace(
        number=row.number,
        kind=row.kind,
        opened=row.opened,
        words=row.words,
        level=complaint_columns(situation)["level"],
        **{**columns, "worker": names.get(columns["worker"], columns["worker"])},
    )
    return item_of(was, began, at, any(step.recorded >= began for step in steps))
