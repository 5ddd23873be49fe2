"""The door to the registers for calls: the unit's card, this duty's calls, the same question again.

Called in threads like everything in `asking`; the registers are imported when the first is called.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from wuye_tui.rules.channels import PHONE

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.cars import Car
    from wuye_tui.registers.contacts import ContactRow
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.registers.notices import Notice
    from wuye_tui.registers.ringing import Line
    from wuye_tui.registers.unit_card import UnitCard

OPEN = "open"  # as what a question is counted that was not asked yet
MOST = 300  # calls of a duty that are shown


@dataclass(frozen=True)
class Asker:
    """Who asked about a notice, as far as it was said, and by which channel."""

    unit: str = ""
    caller: str = ""
    phone: str = ""
    channel: str = PHONE
    words: str = ""
    ring: str = ""  # the line that rang, if one did
    left: str = ""  # the call that the night has left, if it is that one


@dataclass(frozen=True)
class Register:
    """The calls of a duty, newest first; before them what is left over and missed, oldest first."""

    left: "tuple[ContactRow, ...]"
    rows: "tuple[ContactRow, ...]"
    told: "Mapping[str, str]" = field(default_factory=dict)  # who is told at night, by their codes

    @property
    def has_more(self) -> bool:
        """Whether there are older calls of this duty than are shown."""
        return len(self.rows) >= MOST


def understand(desk: "Desk", words: str, picked: str = "") -> "Proposal":
    """What a typed line means; `picked` counts only where the line leaves several units open."""
    from wuye_tui.registers import hearing

    return hearing.understand(desk, words, picked)


def unit_card(desk: "Desk", label: str) -> "UnitCard":
    """The card of a unit."""
    from wuye_tui.registers import unit_card

    return unit_card.card(desk, label)


def notices(desk: "Desk") -> "tuple[Notice, ...]":
    """The notices that are not over."""
    from wuye_tui.registers import notices

    return notices.current(desk)


def answer(desk: "Desk", number: str, asker: Asker, key: str) -> "Result":
    """Counts somebody who asked about a notice and was answered in its words."""
    from wuye_tui.registers import notices

    return desk.perform(
        "notice.answer", lambda act: notices.answer(act, number, **asdict(asker)), key
    )


def of_duty(desk: "Desk", since: datetime | None) -> Register:
    """The calls since then; where nobody holds the desk, those of today. What the night has left,
    what nobody has called back and what nobody has answered belong to every duty until it is done.
    """
    from wuye_tui.registers import contacts, questions, ringing

    rows = contacts.listed(desk, since or _midnight(desk), limit=MOST)
    left = contacts.left(desk)
    missed = [_missed(line) for line in ringing.open_lines(desk) if not line.is_ringing]
    kept, own = {row.number for row in left}, {row.number for row in rows}
    asked = [row for row in questions.waiting(desk) if row.number not in own]
    told = {one.to: one.word for one in desk.reference.night}
    others = tuple(row for row in rows if row.number not in kept)
    return Register((*left, *missed, *asked), others, told)


def _missed(line: "Line") -> "ContactRow":
    """A missed call as the register shows it."""
    from wuye_tui.registers.contacts import MISSED, ContactRow
    from wuye_tui.rules.text import masked_phone

    phone = masked_phone(line.phone)
    return ContactRow(
        line.number, PHONE, "other", line.rang, line.unit, line.name, phone,
        " ".join(filter(None, (line.name, phone))), "", "", MISSED, (), line.rings,
    )  # fmt: skip


def counted(desk: "Desk", number: str, since: datetime | None) -> tuple[str, bool, int]:
    """What a call is counted as, whether it was answered, and how many there are since then; a
    question that is open for another reason than a supply that is off is `OPEN`.
    """
    from wuye_tui.registers import contacts
    from wuye_tui.rules.line_outcomes import UNANSWERED, begins, is_off

    counted_as, many = contacts.counted(desk, number, since or _midnight(desk))
    row = contacts.show(desk, number)
    if begins(row.outcome) == UNANSWERED and not is_off(row.outcome):
        counted_as = OPEN
    return counted_as, row.is_answered, many


def call(desk: "Desk", number: str) -> "ContactRow":
    """One call of the register."""
    from wuye_tui.registers import contacts

    return contacts.show(desk, number)


def was_answered(desk: "Desk", number: str) -> "Result":
    """Notes that whoever asked has their answer now."""
    from wuye_tui.registers import questions

    return desk.perform("call.answered", lambda act: questions.answered(act, number))


def supply_off(desk: "Desk", number: str) -> tuple[str, int]:
    """The supply that a call said to be off without a notice, and how many homes have."""
    from wuye_tui.registers import supplies

    return supplies.of_call(desk, number)


def cars_to_ring(desk: "Desk", number: str) -> "tuple[Car, ...]":
    """Whose cars a call that has been written down is about."""
    from wuye_tui.registers import hearing

    return hearing.cars_to_ring(desk, number)


def speaks_of_another(desk: "Desk", words: str, kind: str) -> bool:
    """Whether a line is about another matter than an emergency of this kind: somebody else's call,
    that has to wait. One that says only who or where goes along.
    """
    from wuye_tui.registers import hearing

    return hearing.speaks_of_another(hearing.understand(desk, words), kind)


def by_fields(
    desk: "Desk", words: str, picked: str = "", verb: str = "register"
) -> "dict[str, str | bool]":
    """What a typed line says, as the form that opens a repair by this verb takes it."""
    from wuye_tui.registers import hearing
    from wuye_tui.rules.procedures import procedure

    row = procedure("repair").row(verb, "new")
    assert row is not None
    asked = {ask.name for ask in row.ask}
    found = hearing.by_fields(desk, hearing.understand(desk, words, picked))
    return {name: answer for name, answer in found.items() if name in asked}


def _midnight(desk: "Desk") -> datetime:
    return desk.calendar.moment(desk.calendar.day_of(desk.now()))
