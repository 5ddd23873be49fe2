"""The people of a file against the register: who is new, who has another telephone, who has left.

Somebody is known by unit, name and role. Where two of one unit have the same name, the telephone
tells them apart. Whoever has moved out stays in the register, closed on that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.registers.comparisons import (
    Columns,
    Comparison,
    Example,
    Values,
    Write,
    objection,
    remark,
)
from wuye_tui.registers.people import keys_of, phone_tail
from wuye_tui.rules.errors import AmbiguousUnit, DeskError, UnknownUnit
from wuye_tui.rules.rooms import parse_room
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.tables.base import new_ids
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
    until: date | None


_Pair = tuple[Any, _Known | None]


def compare_people(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, today: date
) -> Comparison:
    """Compares people with the register. Rows of unknown units are objected to.

    A day of moving out that is still to come is told, and closes nobody yet.
    """
    found = Comparison()
    units = _Units(session, site)
    groups: dict[Place, list[Any]] = defaultdict(list)
    seen: dict[tuple[Place, str, date | None], int] = {}
    for row in rows:
        try:
            place = (units.id_of(row.unit), row.name, str(row.role))
            before = seen.setdefault((place, row.phone, row.until), row.row_number)
            if before != row.row_number:
                raise SaidBefore(before)
        except DeskError as why:
            found.objections.append(objection(columns, row, "room", row.unit, why))
        else:
            groups[place].append(row)
    writing = _Writing(site, found, columns, today)
    known = _known(session, site, "until" in columns)
    for place, group in groups.items():
        there = known.get(place)
        pairs = _paired(group, there, today) if there else ((row, None) for row in group)
        for row, one in pairs:
            writing.take(place, row, one)
    writing.finish()
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
        found = self._ids.get(label)
        if found:
            return found
        room = parse_room(label)
        fitting = self._without.get((room.building, room.room), []) if room else []
        if not fitting or (room and room.entrance):
            raise UnknownUnit(label)
        if len(fitting) > 1:
            raise AmbiguousUnit(label, sorted(fitting))
        return self._ids[fitting[0]]


def _known(session: Session, site: str, closed: bool) -> dict[Place, list[_Known]]:
    """Everybody of every unit now; with `closed`, whoever was there before, too."""
    columns = (
        UnitPerson.unit, Person.name, UnitPerson.role, Person.id, Person.phone, Person.plate,
        UnitPerson.since, UnitPerson.until,
    )  # fmt: skip
    same = and_(col(Person.site) == col(UnitPerson.site), col(Person.id) == col(UnitPerson.person))
    query = select(*map(col, columns)).join(Person, same).where(col(UnitPerson.site) == site)
    if not closed:
        query = query.where(col(UnitPerson.until).is_(None))
    known: dict[Place, list[_Known]] = defaultdict(list)
    for unit, name, role, *rest in session.execute(query):
        known[unit, name, role].append(_Known(*rest))
    return known


def _paired(group: list[Any], known: list[_Known], today: date) -> Iterator[_Pair]:
    """Each row with whom it is about, or somebody new.

    Whoever left on that very day first; then whoever lives there, by telephone before all; whoever
    has left and is not among them, with whoever left on another day.
    """
    living = [one for one in known if one.until is None]
    gone = [one for one in known if one.until is not None]
    stay = [row for row in group if not _leaves(row, today)]
    leave = list[Any]()
    for row in (row for row in group if _leaves(row, today)):
        same = next((one for one in gone if one.until == row.until), None)
        if same is None:
            leave.append(row)
        else:
            gone.remove(same)
            yield row, same
    for rows in (stay, leave):
        others = list[Any]()
        for row in rows:
            same = next((one for one in living if one.phone == row.phone), None)
            if same is None:
                others.append(row)
            else:
                living.remove(same)
                yield row, same
        for row in others:
            left = living or (gone if rows is leave else [])
            yield row, left.pop(0) if left else None


def _leaves(row: Any, today: date) -> bool:
    return row.until is not None and row.until <= today


class _Writing:
    """Gathers what is to be written for each person."""

    def __init__(self, site: str, found: Comparison, columns: Columns, today: date) -> None:
        self._site, self._found, self._columns, self._today = site, found, columns, today
        self._fresh: list[tuple[Place, Any]] = []
        self._ids: list[str] = []
        self._moved: list[Values] = []
        self._changed: list[Values] = []
        found.writes = [
            Write(Person, self._persons),
            Write(UnitPerson, self._places),
            Write(PersonKey, self._keys),
            Write(Person, lambda: self._changed, there=True),
            Write(UnitPerson, lambda: self._moved, there=True),
        ]

    def take(self, place: Place, row: Any, before: _Known | None) -> None:
        """Sorts somebody into new, changed and unchanged."""
        if row.until is not None and row.until > self._today:
            words = _("迁出日期还没有到，现在仍记为在住；到时再导入一次。")
            self._found.told.append(remark(self._columns, row, "until", str(row.until), words))
        if before is None:
            self._fresh.append((place, row))
            self._found.example_of_new(row.row_number, f"{row.unit} {row.name}")
        elif self._differs(place, row, before):
            self._found.changed += 1
        else:
            self._found.unchanged += 1

    def finish(self) -> None:
        """Everybody has been taken."""
        self._found.new = len(self._fresh)
        self._ids = new_ids(len(self._fresh))

    def _differs(self, place: Place, row: Any, before: _Known) -> bool:
        phone, plate = row.phone or before.phone, row.plate or before.plate
        since, until = row.since or before.since, self._until(row) or before.until
        if phone == before.phone and plate == before.plate:
            reached = False
        else:
            reached = True
            self._changed.append(
                {"site": self._site, "id": before.person, **_reached(phone, plate)}
            )
        moved = since != before.since or until != before.until
        if moved:
            unit, _name, role = place
            key = {"site": self._site, "unit": unit, "person": before.person, "role": role}
            self._moved.append({**key, "since": since, "until": until})
        if reached or moved:
            self._show(
                row, before, {"phone": phone, "plate": plate, "since": since, "until": until}
            )
        return reached or moved

    def _until(self, row: Any) -> date | None:
        until: date | None = row.until
        return until if _leaves(row, self._today) else None

    def _show(self, row: Any, before: _Known, after: Values) -> None:
        for field, new in after.items():
            old = getattr(before, field)
            if field == "phone":
                old, new = masked_phone(old), masked_phone(new)
            if getattr(before, field) != after[field]:
                who = f"{row.unit} {row.name}"
                self._found.example(Example(row.row_number, who, field, old, new))

    def _persons(self) -> Iterator[Values]:
        for person, (_place, row) in zip(self._ids, self._fresh, strict=True):
            reached = _reached(row.phone, row.plate)
            yield {"site": self._site, "id": person, "name": row.name, **reached}

    def _places(self) -> Iterator[Values]:
        for person, ((unit, _name, role), row) in zip(self._ids, self._fresh, strict=True):
            yield {
                "site": self._site,
                "unit": unit,
                "person": person,
                "role": role,
                "since": row.since,
                "until": self._until(row),
            }

    def _keys(self) -> Iterator[Values]:
        # In the order of their index, which is written much faster so.
        pairs = sorted(
            (key, person)
            for person, (place, _row) in zip(self._ids, self._fresh, strict=True)
            for key in keys_of(place[1])
        )
        for key, person in pairs:
            yield {"site": self._site, "key": key, "person": person}


def _reached(phone: str, plate: str) -> Values:
    return {"phone": phone, "phone_tail": phone_tail(phone), "plate": plate}
