"""What a slip takes from the registers when it is written: people move, records must not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wuye_tui.registers.lookups import Registry, contact_of
from wuye_tui.rules.folding import Step
from wuye_tui.rules.lifecycle import NEW, Effect, Facts, Lifecycle, Row
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act

SHOWN = frozenset({"caller", "phone", "unit", "place", "text"})
"""The facts that lists show as the words of a matter."""


@dataclass(frozen=True)
class Filled:
    """What was given, with name and phone filled in; and facts that nobody types."""

    given: dict[str, Any]
    facts: dict[str, Any]


def fill(registry: Registry, row: Row, given: Facts, today: date) -> Filled:
    """Adds the unit's contact where none was given, its warranty, the tariff's likely item, and who
    holds what is said of one of the staff.
    """
    asked = {ask.name for ask in row.ask}
    filled, facts = dict(given), dict[str, Any]()
    typed = str(filled.get("unit") or "")
    if typed and {"unit", "phone"} <= asked:
        unit = registry.find_unit(typed)
        filled["unit"] = unit.label
        facts["warranty"] = bool(unit.warranty_until and unit.warranty_until >= today)
        contact = contact_of(registry.residents(unit.id), str(filled.get("caller") or ""))
        if contact and not filled.get("phone"):
            filled["phone"] = contact.phone
            filled["caller"] = filled.get("caller") or contact.name
    if "about" in asked and (subject := str(filled.get("about") or "")):
        # Straight to the manager, or to whoever is above a manager complained of (FW-M.9).
        facts["holder"] = registry.first(Right.JUDGE, registry.staff(subject))
    if row.frm == "new" and filled.get("text"):
        facts["likely_tariff"] = registry.likely_tariff(str(filled["text"]))
    return Filled(filled, facts)


def changes(row: Row) -> bool:
    """Whether the step takes the snapshot anew."""
    return Effect.SNAPSHOT in row.effects


def last_taken(cycle: Lifecycle, steps: Sequence[Step]) -> int:
    """How many steps the matter had when the words that lists show were taken the last time."""
    for step in reversed(steps):
        row = cycle.row(step.verb, step.frm)
        if step.frm == NEW or step.undoes is not None or (row is not None and changes(row)):
            return step.n
    return 0


def shown(facts: Facts) -> dict[str, str]:
    """The words about people that lists show of a matter."""
    return {
        "name": str(facts.get("caller", "")),
        "phone": str(facts.get("phone", "")),
        "address": str(facts.get("unit") or facts.get("place") or ""),
        "words": str(facts.get("text", "")),
    }


def keep(act: Act, matter: str, facts: Facts) -> None:
    """Writes the words that lists show of a matter."""
    act.whisper(matter, 0, None, **shown(facts))
