"""The people of a file against the register: who is new, who has another telephone now.

Somebody is known by unit, name and role. Where two of one unit have the same name, the telephone
tells them apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.registers.comparing import Columns, Comparison, Values, Write, objection
from wuye_tui.registers.people import keys_of, phone_tail
from wuye_tui.rules.errors import AmbiguousUnit, DeskError, UnknownUnit
from wuye_tui.rules.rooms import parse_room
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _

Place = tuple[str, str, str]
"""Unit id, name, role."""


class SaidBefore(DeskError):
    """The same person of the same unit stands further up."""

    def __init__(self, row: int) -> None:
        super().__init__(_("与第 {row} 行是同一个人。请只留一行。").format(row=row))


@dataclass(frozen=True, slots=True)
class _Known:
    person: str
    phone: str
    plate: str
    since: date | None


def compare_people(
    session: Session, site: str, rows: Iterable[Any], columns: Columns
) -> Comparison:
    """Compares people with the register. Rows of unknown units are objected to."""
    found = Comparison()
    units = _Units(session, site)
    groups: dict[Place, list[Any]] = defaultdict(list)
    seen: dict[tuple[Place, str], int] = {}
    for row in rows:
        try:
            place = (units.id_of(row.unit), row.name, str(row.role))
            before = seen.setdefault((place, row.phone), row.row_number)
            if before != row.row_number:
                raise SaidBefore(before)
        except DeskError as why:
            found.objections.append(objection(columns, row, "room", row.unit, why))
        else:
            groups[place].append(row)
    known = _known(session, site)
    _Writing(site, found).take(
        (place, row, before)
        for place, group in groups.items()
        for row, before in _paired(group, known.get(place, []))
    )
    return found


class _Units:
    """The ids of units by their label; the entrance may be left out where only one fits."""

    def __init__(self, session: Session, site: str) -> None:
        self._ids: dict[str, str] = {}
        self._without: dict[tuple[str, str], list[str]] = defaultdict(list)
        query = select(col(Unit.label), col(Unit.id), col(Unit.building), col(Unit.room))
        for label, unit, building, room in session.execute(query.where(col(Unit.site) == site)):
            self._ids[label] = unit
            self._without[building, room].append(label)

    def id_of(self, label: str) -> str:
        """Raises UnknownUnit and AmbiguousUnit."""
        if label in self._ids:
            return self._ids[label]
        room = parse_room(label)
        fitting = self._without.get((room.building, room.room), []) if room else []
        if not fitting or (room and room.entrance):
            raise UnknownUnit(label)
        if len(fitting) > 1:
            raise AmbiguousUnit(label, sorted(fitting))
        return self._ids[fitting[0]]


def _known(session: Session, site: str) -> dict[Place, list[_Known]]:
    """Everybody of every unit now."""
    rows = session.execute(
        select(
            col(UnitPerson.unit),
            col(Person.name),
            col(UnitPerson.role),
            col(Person.id),
            col(Person.phone),
            col(Person.plate),
            col(UnitPerson.since),
        )
        .join(
            Person,
            and_(
                col(Person.site) == col(UnitPerson.site), col(Person.id) == col(UnitPerson.person)
            ),
        )
        .where(col(UnitPerson.site) == site, col(UnitPerson.until).is_(None))
    )
    known: dict[Place, list[_Known]] = defaultdict(list)
    for unit, name, role, *rest in rows:
        known[unit, name, role].append(_Known(*rest))
    return known


def _paired(group: list[Any], known: list[_Known]) -> Iterator[tuple[Any, _Known | None]]:
    """Each row with whom it is about: by telephone first, then whoever is left; or somebody new."""
    left, others = list(known), list[Any]()
    for row in group:
        same = next((one for one in left if one.phone == row.phone), None)
        if same is None:
            others.append(row)
        else:
            left.remove(same)
            yield row, same
    for row in others:
        yield row, left.pop(0) if left else None


class _Writing:
    """Gathers what is to be written for each person."""

    def __init__(self, site: str, found: Comparison) -> None:
        self._site, self._found = site, found
        self._new: list[tuple[str, Place, Any]] = []
        self._moved: list[Values] = []
        self._changed: list[Values] = []
        found.writes = [
            Write(Person, self._persons()),
            Write(UnitPerson, self._places()),
            Write(PersonKey, self._keys()),
            Write(Person, self._changed, there=True),
            Write(UnitPerson, self._moved, there=True),
        ]

    def take(self, pairs: Iterable[tuple[Place, Any, _Known | None]]) -> None:
        """Sorts everybody into new, changed and unchanged."""
        for place, row, before in pairs:
            if before is None:
                self._new.append((new_id(), place, row))
            elif self._differs(place, row, before):
                self._found.changed += 1
            else:
                self._found.unchanged += 1
        self._found.new = len(self._new)

    def _differs(self, place: Place, row: Any, before: _Known) -> bool:
        phone, plate = row.phone or before.phone, row.plate or before.plate
        other = (phone, plate) != (before.phone, before.plate)
        if other:
            self._changed.append(
                {"site": self._site, "id": before.person, **_reached(phone, plate)}
            )
        moved = row.since is not None and row.since != before.since
        if moved:
            unit, _name, role = place
            self._moved.append(
                {
                    "site": self._site,
                    "unit": unit,
                    "person": before.person,
                    "role": role,
                    "since": row.since,
                }
            )
        return other or moved

    def _persons(self) -> Iterator[Values]:
        for person, _place, row in self._new:
            reached = _reached(row.phone, row.plate)
            yield {"site": self._site, "id": person, "name": row.name, **reached}

    def _places(self) -> Iterator[Values]:
        for person, (unit, _name, role), row in self._new:
            yield {
                "site": self._site,
                "unit": unit,
                "person": person,
                "role": role,
                "since": row.since,
            }

    def _keys(self) -> Iterator[Values]:
        # In the order of their index, which is written much faster so.
        pairs = sorted((key, one) for one, place, _row in self._new for key in keys_of(place[1]))
        for key, person in pairs:
            yield {"site": self._site, "key": key, "person": person}


def _reached(phone: str, plate: str) -> Values:
    return {"phone": phone, "phone_tail": phone_tail(phone), "plate": plate}
