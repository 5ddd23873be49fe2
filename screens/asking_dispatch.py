"""The door for several slips at once, for signatures by PIN, and for who has what in hand.

Every function is called in a thread, like those of `asking`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from screens.asking import Filled, Sheet

if TYPE_CHECKING:
    from datetime import datetime

    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.parts import Part, Tally
    from wuye_tui.registers.queue import QueueRow
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


@dataclass(frozen=True)
class Reached:
    """What the register says of a part of the queue, where more is open than is read at once."""

    rows: "Sequence[QueueRow]"
    of_part: int
    open: int
    overdue: int


def part(unit: str = "", typed: str = "", **given: Any) -> "Part":
    """A part of the queue; `unit` is a label of the register, `typed` one in any usual spelling."""
    from wuye_tui.registers.parts import Part, label

    return Part(unit=unit or label(typed), **given)


def reached(desk: "Desk", part: "Part | None") -> "Reached | None":
    """The part as it stands in the register, with the counts; None where all that is open fits."""
    from wuye_tui.registers import parts
    from wuye_tui.registers.queue import LIMIT, Wanted, queue

    every = parts.count(desk, parts.Part())
    if every <= LIMIT:
        return None
    overdue = parts.count(desk, parts.Part(overdue=True))
    if part is None:
        return Reached((), every, every, overdue)
    return Reached(queue(desk, Wanted(part=part)), parts.count(desk, part), every, overdue)


def tally(desk: "Desk") -> "Tally":
    """How much is open, by what a part may be called."""
    from wuye_tui.registers import parts

    return parts.tally(desk)


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


@dataclass(frozen=True)
class Overtaken:
    """What came before a step that somebody had half filled in; words are untranslated."""

    step: str
    who: str
    at: "datetime"
    what: str
    state: str


def overtaken(desk: "Desk", numbers: Sequence[str], verb: str) -> Overtaken | None:
    """Who did what, so that a step of these is not open any more, to nobody; None if it is."""
    from wuye_tui.registers import views

    for number in numbers:
        view = views.show(desk, number)
        cycle, state = view.cycle, view.situation.state
        moved = [one for one in view.history if one.step.frm != one.step.to]
        if cycle.row(verb, state) is None and moved:
            last, step = moved[-1], cycle.rows_named(verb)[0]
            return Overtaken(
                step.word, last.by, last.step.recorded, last.word, cycle.state_word(state)
            )
    return None


def completed(desk: "Desk", sheet: Sheet) -> Sheet:
    """The sheet with whose PIN may be asked for, and who is busy, where the step needs it."""
    from wuye_tui.registers import sitting, workers
    from wuye_tui.rules.signs import spoken_of

    signed = [sign for sign in sheet.row.signs if sign.staff and sign.when(sheet.facts)]
    able = {person.number for sign in signed for person in sheet.able(sign.right)}
    others = able - {desk.staff}
    secured = sitting.provers(desk, others) if others else frozenset()
    signs = desk.reference.signs if spoken_of(sheet.row.verb) else ()
    return replace(sheet, secured=secured, busy=workers.busy(desk, sheet.row), signs=signs)


def prove(desk: "Desk", proofs: Collection[tuple[str, str]]) -> None:
    """Returns if every one of these PINs is its person's, or where a password is asked for every
    password; raises what `sitting.prove` raises.
    """
    from wuye_tui.registers import sitting

    for number, typed in proofs:
        sitting.prove(desk, number, typed)


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


def undo_together(desk: "Desk", steps: Mapping[str, int]) -> "Result":
    """Takes back the last step of each of these matters in one act."""
    from wuye_tui.registers import together

    return desk.perform("undo", lambda act: together.undo(act, steps))


def workers(desk: "Desk") -> "list[Worker]":
    """Who has what in hand."""
    from wuye_tui.registers import workers

    return workers.workers(desk)


def leads(desk: "Desk") -> bool:
    """Whether whoever sits here sends others."""
    from wuye_tui.desk import may
    from wuye_tui.rules.rights import Right

    return may(desk, Right.LEAD_REPAIRS)
