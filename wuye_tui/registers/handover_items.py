"""One thing that a duty hands over, and a matter as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.repair_facts import EMERGENCY
from wuye_tui.rules.text import masked_words

ONE, GROUP = "one", "group"


@dataclass(frozen=True)
class Item:
    """One thing that is handed over: `one` is looked at by itself, `group` with the others.

    `kind` is that of a matter (the dunnings are one item, `many` of which those in `named` are told
    by their keys), or `left` (by the night), `receipts`, `held` (cash by a worker),
    `draft`, `lacks` (of the patrol), `item` (of the checklist), `forced` (taken over without a
    handover). `why` are the codes of what makes it one by itself: new, changed, overdue, grave,
    left, money, patrol, keys, forced, promised.

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
    worker: str = ""  # by name
    many: int = 0
    named: tuple[str, ...] = ()

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
            "named": list(self.named),
        }


def item_of(row: Any, began: datetime, now: datetime, changed: bool) -> Item:
    """A matter as it stands at a moment of a duty that began then."""
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
        row.worker or "",
    )
