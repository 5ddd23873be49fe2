"""The unit's card: what whoever answers must know while somebody of that unit is speaking.

Read in one go by columns: who lives there, what is open, which notices hold and what they say, and
what was spoken of last. Telephones are masked; `people.reveal` shows one in full.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.contacts import WITHDRAWN
from wuye_tui.registers.notices import Notice, current
from wuye_tui.registers.people import ROLE_ORDER
from wuye_tui.registers.queue import QueueRow, Wanted, queue
from wuye_tui.registers.seeing import calls_seen_by
from wuye_tui.rules.errors import UnknownUnit
from wuye_tui.rules.line_outcomes import counted_as
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, Person, Private, Unit, UnitPerson

LAST: Final = 5
"""So many of the last calls stand on a card."""

_unit, _contact, _private = (table_of(kind).c for kind in (Unit, Contact, Private))
_person, _link = table_of(Person).c, table_of(UnitPerson).c
_OF_LABEL = select(
    _unit.id, _unit.label, _unit.kind, _unit.status, _unit.warranty_until, _unit.flags
).where(_unit.site == bindparam("site"), _unit.label == bindparam("label"))
_LIVING_THERE = (
    select(_person.name, _link.role, _person.phone, _person.plate)
    .join_from(
        table_of(UnitPerson),
        table_of(Person),
        (_person.site == _link.site) & (_person.id == _link.person),
    )
    .where(_link.site == bindparam("site"), _link.unit == bindparam("unit"), _link.until.is_(None))
)
_LAST_CALLS = (
    select(_contact.rang, _contact.channel, _contact.category, _contact.outcome, _private.words)
    .join_from(
        table_of(Contact),
        table_of(Private),
        (_private.site == _contact.site) & (_private.owner == _contact.id) & (_private.n == 0),
        isouter=True,
    )
    .where(
        _contact.site == bindparam("site"),
        _contact.unit == bindparam("label"),
        _contact.outcome != WITHDRAWN,
        calls_seen_by(),
    )
    .order_by(_contact.rang.desc(), _contact.number.desc())
    .limit(LAST)
)


@dataclass(frozen=True)
class CardPerson:
    """Somebody of the unit, their telephone masked."""

    name: str
    role: str
    phone: str
    plate: str


@dataclass(frozen=True)
class CardCall:
    """A call, visit or message of the unit; `category` is what it is counted as."""

    rang: datetime
    channel: str
    category: str
    words: str


@dataclass(frozen=True)
class UnitCard:
    """One unit; people by whom the desk speaks to first, matters next due first, calls newest
    first. `flags`, `kind` and `status` are codes.
    """

    label: str
    kind: str
    status: str
    warranty_until: date | None
    in_warranty: bool
    flags: tuple[str, ...]
    people: tuple[CardPerson, ...]
    matters: tuple[QueueRow, ...]
    notices: tuple[Notice, ...]
    calls: tuple[CardCall, ...]


def card(desk: Desk, unit_label: str) -> UnitCard:
    """The card of the unit with this label. Raises UnknownUnit."""
    with desk.read() as session:
        connection = session.connection()
        given = {"site": desk.site, "label": unit_label, "viewer": desk.staff}
        unit = connection.execute(_OF_LABEL, given).one_or_none()
        if unit is None:
            raise UnknownUnit(unit_label)
        people = _people(connection, desk.site, unit.id)
        calls = connection.execute(_LAST_CALLS, given).all()
    until = unit.warranty_until
    return UnitCard(
        label=unit.label,
        kind=unit.kind,
        status=unit.status,
        warranty_until=until,
        in_warranty=bool(until and until >= desk.calendar.day_of(desk.now())),
        flags=tuple(str(flag) for flag in unit.flags),
        people=people,
        matters=tuple(queue(desk, Wanted(unit=unit.label))),
        notices=current(desk, unit.label),
        calls=tuple(
            CardCall(c.rang, c.channel, counted_as(c.category, c.outcome), c.words or "")
            for c in calls
        ),
    )


def _people(connection: Connection, site: str, unit: str) -> tuple[CardPerson, ...]:
    rows: list[Any] = list(connection.execute(_LIVING_THERE, {"site": site, "unit": unit}).all())
    rows.sort(key=lambda row: (ROLE_ORDER.get(row.role, 9), row.name))
    return tuple(CardPerson(r.name, r.role, masked_phone(r.phone), r.plate or "") for r in rows)
