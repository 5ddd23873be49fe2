"""The door for several slips at once, for signatures by PIN, and for who has what in hand.

Every function is called in a thread, like those of `asking`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from screens.asking import Filled, Sheet

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.queue import Part
    from wuye_tui.registers.together import Several
    from wuye_tui.registers.workers import Worker

JOINED = "+"  # between the numbers of slips that one form is for


@dataclass(frozen=True)
class ManySheet(Sheet):
    """What the form of a step of several matters needs: `view` is the first of them."""

    several: "Several | None" = None

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is true of all of them before the step."""
        return self.several.facts if self.several else {}

    @property
    def number(self) -> str:
        """Their numbers in one."""
        return JOINED.join(self.each)

    @property
    def each(self) -> Mapping[str, int]:
        """The last step of each that this sheet was made with."""
        return self.several.seen if self.several else {}


def part(**given: Any) -> "Part":
    """A part of the queue."""
    from wuye_tui.registers.queue import Part

    return Part(**given)


def several(desk: "Desk", numbers: Sequence[str]) -> "Several":
    """The slips that are ticked."""
    from wuye_tui.registers import together

    return together.read(desk, numbers)


def many(desk: "Desk", numbers: Sequence[str], verb: str) -> Sheet | None:
    """What the form of a step of several needs; None when not all of them may take it any more."""
    from wuye_tui.registers import console, together

    found = together.read(desk, numbers)
    row = next((row for row in found.rows if row.verb == verb), None)
    if row is None:
        return None
    return ManySheet(
        found.views[0],
        together.asked(row),
        console.colleagues(desk),
        console.priced(desk),
        found.usual is row,
        several=found,
    )


def completed(desk: "Desk", sheet: Sheet) -> Sheet:
    """The sheet with whose PIN may be asked for, and who is busy, where the step needs it."""
    from wuye_tui.registers import pins, workers

    signs = [sign for sign in sheet.row.signs if sign.staff and sign.when(sheet.facts)]
    able = {person.number for sign in signs for person in sheet.able(sign.right)}
    secured = frozenset(n for n in able if n != desk.staff and pins.needs_pin(desk, n))
    return replace(sheet, secured=secured, busy=workers.busy(desk, sheet.row))


def prove(desk: "Desk", proofs: Collection[tuple[str, str]]) -> None:
    """Returns if every one of these PINs is its person's; raises what `pins.check` raises."""
    from wuye_tui.registers import pins

    for number, pin in proofs:
        pins.check(desk, number, pin)


def take_together(
    desk: "Desk",
    seen: Mapping[str, int],
    verb: str,
    filled: Filled,
    proven: Collection[str],
    key: str,
) -> "Result":
    """Takes a step of several matters in one act."""
    from wuye_tui.registers import together
    from wuye_tui.rules.procedures import kind_of

    return desk.perform(
        f"{kind_of(next(iter(seen)))}.{verb}",
        lambda act: together.take(
            act,
            seen,
            verb,
            happened=filled.happened,
            doer=filled.doer,
            proven=proven,
            **filled.given,
        ),
        key,
    )


def workers(desk: "Desk") -> "list[Worker]":
    """Who has what in hand."""
    from wuye_tui.registers import workers

    return workers.workers(desk)


def leads(desk: "Desk") -> bool:
    """Whether whoever sits here sends others."""
    from wuye_tui.desk import may
    from wuye_tui.rules.rights import Right

    return may(desk, Right.LEAD_REPAIRS)
