"""The people of the units: found by one box, their telephones masked.

To see a number in full is an act with a reason; its audit line says who looked at whose number and
why, never the number.
"""

import os
from typing import Any, Final

from sqlalchemy import and_, select
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.registers.finding import Search
from wuye_tui.registers.finding_questions import IN_ORDER
from wuye_tui.rules.errors import NotFound, UsageError
from wuye_tui.rules.eyes import What, Where, shown
from wuye_tui.rules.pinyin import name_keys
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean, masked_phone
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Person, Unit, UnitPerson
from wuye_tui.words import _

# The dictionary's phrases take 45 MB, and a name needs only its characters.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

ROLE_ORDER: Final = {"tenant": 0, "owner": 1, "family": 2, "emergency": 3}
"""Whom of a unit the desk speaks to first."""
COLUMNS: Final = ("unit", "name", "role", "phone", "plate", "since", "until")
"""What a list of people has of each."""
MOST: Final = 200
"""So many are found at most, whatever the limit."""


class UnknownPerson(NotFound):
    """Nobody has this id any more."""

    def __init__(self) -> None:
        super().__init__(_("这个人已不在住户册里，请重新查找。"))


class NoReason(UsageError):
    """A number is shown in full only to somebody who says what for."""

    def __init__(self) -> None:
        super().__init__(_("查看完整电话要写明原因，请写上再看。"))


def find(
    desk: Desk, text: str, limit: int = 20, *, full: bool = False, reason: str = ""
) -> list[dict[str, Any]]:
    """Who answers to what was typed, the best first; nobody for a text that means nothing.

    Each has `person` (an id), `name`, `role`, `unit`, `phone`, `plate` and `how`. Whoever has two
    units is there twice, whoever has none with the unit ""; of several cars `plate` has all, parted
    by blanks.

    `text` is pinyin or its initials, characters of a name, a room in any spelling, a telephone or
    at least the last three digits of it, or a plate. `full` shows whole numbers: an act of its own,
    which needs a `reason` (NoReason).
    """
    most = min(limit, MOST)
    if most < 1:
        return []
    with desk.read() as session:
        found = [one.as_dict() for one in Search(session, desk.site, text, most).found()]
    if not (full and found):
        return [{**one, "phone": masked_phone(one["phone"])} for one in found]
    with desk.act("people.reveal") as act:
        people = dict.fromkeys(str(one["person"]) for one in found)
        phones = {person: reveal(act, person, reason) for person in people}
    return [{**one, "phone": phones[one["person"]]} for one in found]


def phone_of(desk: Desk, person: str, reason: str) -> str:
    """Somebody's whole number: an act. Raises NoReason and UnknownPerson."""
    with desk.act("people.reveal") as act:
        return reveal(act, person, reason)


def reveal(act: Act, person: str, reason: str) -> str:
    """Somebody's whole number; who was looked at, and why, gathers in the act's result.

    For `desk.act`, never for `perform`: what that returns is kept. The reason itself lies in
    `private` under the act's key, because people write names into reasons.
    """
    may_see_numbers(act)
    why = clean(reason, Field.REASON)
    if not why:
        raise NoReason
    found = act.session.get(Person, (act.site, person))
    if found is None:
        raise UnknownPerson
    looked = act.result.setdefault("looked", [])
    seal = act.whisper(act.key, len(looked) + 1, words=why)
    looked.append({"person": person, "reason": seal})
    return found.phone


def everybody(desk: Desk) -> list[dict[str, Any]]:
    """The people of all units by building, entrance and room: `unit`, `name`, `role`, `phone`,
    `plate`, `since`, `until`; for the eye, so telephones are masked.
    """
    with desk.read() as session:
        people = [dict(one) for one in session.execute(_everybody(desk.site)).mappings()]
    return [_as_seen(one, Where.LIST) for one in people]


def taken_out(desk: Desk, reason: str, *, full: bool = False) -> list[dict[str, Any]]:
    """The same for a file: an act, whose audit line says how many people and which columns, and
    which of them are whole. Names, numbers and plates are masked unless `full`. Raises NotAllowed
    and NoReason.
    """
    with desk.act("people.export") as act:
        may_take_out(act)
        give_reason(act, reason)
        people = [dict(one) for one in act.session.execute(_everybody(desk.site)).mappings()]
        act.result |= {
            "seen": len(people),
            "columns": list(COLUMNS),
            "whole": ["name", "phone", "plate"] if full else [],
        }
    return [_as_seen(one, Where.EXPORT, full) for one in people]


def _as_seen(one: dict[str, Any], where: Where, full: bool = False) -> dict[str, Any]:
    known = {What.NAME: "name", What.PHONE: "phone", What.PLATE: "plate"}
    masked = {name: shown(where, what, one[name] or "", asked=full) for what, name in known.items()}
    return {**one, **masked}


def may_see_numbers(act: Act) -> None:
    """Raises NotAllowed for whoever needs no whole number for their work."""
    if not act.by.may(Right.SEE_NUMBER):
        raise NotAllowed(act.by.name, _("看完整电话"), Right.SEE_NUMBER)


def may_take_out(act: Act) -> None:
    """Raises NotAllowed for whoever may not take lists of people out, nor see all their numbers."""
    if not act.by.may(Right.TAKE_PEOPLE_OUT):
        raise NotAllowed(act.by.name, _("导出住户资料、看整张表的完整电话"), Right.TAKE_PEOPLE_OUT)


def give_reason(act: Act, reason: str) -> None:
    """Why whole numbers are seen; it lies in `private`, because people write names into reasons.
    Raises NoReason.
    """
    why = clean(reason, Field.REASON)
    if not why:
        raise NoReason
    act.result["looked"] = [{"reason": act.whisper(act.key, 1, words=why)}]


def _everybody(site: str) -> Any:
    return (
        select(
            col(Unit.label).label("unit"),
            col(Person.name),
            col(UnitPerson.role),
            col(Person.phone),
            col(Person.plate),
            col(UnitPerson.since),
            col(UnitPerson.until),
        )
        .join(
            UnitPerson,
            and_(
                col(UnitPerson.site) == col(Person.site), col(UnitPerson.person) == col(Person.id)
            ),
        )
        .join(
            Unit, and_(col(Unit.site) == col(UnitPerson.site), col(Unit.id) == col(UnitPerson.unit))
        )
        .where(col(Person.site) == site)
        .order_by(*IN_ORDER, col(UnitPerson.role), col(Person.name), col(Person.id))
    )


def keys_of(name: str) -> list[str]:
    """What `person_key` holds of a name, sorted."""
    return sorted(name_keys(name))


def phone_tail(phone: str) -> str:
    """What `person.phone_tail` holds of a number: its digits, the last one first."""
    if phone.isascii() and phone.isdigit():
        return phone[::-1]
    return "".join(letter for letter in reversed(phone) if letter in "0123456789")
