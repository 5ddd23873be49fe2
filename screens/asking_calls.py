"""The door to the registers for calls: the unit's card, this duty's calls, the same question again.

Called in threads like everything in `asking`; the registers are imported when the first is called.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.contacts import ContactRow
    from wuye_tui.registers.notices import Notice
    from wuye_tui.registers.proposals import Proposal
    from wuye_tui.registers.unit_card import UnitCard

MOST = 300  # calls of a duty that are shown


@dataclass(frozen=True)
class Asker:
    """Who asked about a notice, as far as it was said, and by which channel."""

    unit: str = ""
    caller: str = ""
    channel: str = "phone"


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
        "notice.answer",
        lambda act: notices.answer(
            act, number, unit=asker.unit, caller=asker.caller, channel=asker.channel
        ),
        key,
    )


def of_duty(desk: "Desk", since: datetime | None) -> "list[ContactRow]":
    """The calls since then, newest first; where nobody holds the desk, those of today."""
    from wuye_tui.registers import contacts

    return contacts.listed(desk, since or _midnight(desk), limit=MOST)


def counted(desk: "Desk", number: str, since: datetime | None) -> tuple[str, int]:
    """The category of a call, and how many of it there are since then."""
    from wuye_tui.registers import contacts

    return contacts.counted(desk, number, since or _midnight(desk))


def by_fields(desk: "Desk", words: str, picked: str = "") -> "dict[str, str | bool]":
    """What a typed line says, as the form of a repair takes it."""
    from wuye_tui.registers import hearing

    return hearing.by_fields(desk, hearing.understand(desk, words, picked))


def _midnight(desk: "Desk") -> datetime:
    return desk.calendar.moment(desk.calendar.day_of(desk.now()))
