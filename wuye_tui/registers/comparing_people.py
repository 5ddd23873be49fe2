"""The people of a file against the register: who is new, who has another telephone, who has left.

Somebody is known by unit, name and role. Where two of one unit have the same name, the telephone
tells them apart. The same name with the same telephone in another home is the same person, who has
both. Whoever has moved out stays in the register, closed on that day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.registers.comparing_homes import (
    Place,
    StillToCome,
    Taken,
    UnknownBuilding,
    renewing,
    tell_neighbours,
    wrong_field,
)
from wuye_tui.registers.comparisons import (
    ENOUGH,
    Columns,
    Comparison,
    Example,
    Values,
    Write,
    objection,
    remark,
)
from wuye_tui.registers.pairing import Known, leaves, paired
from wuye_tui.registers.people import keys_of, phone_tail
from wuye_tui.rules.errors import AmbiguousUnit, DeskError, UnknownUnit
from wuye_tui.rules.rooms import parse_room
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.tables.base import new_ids
from wuye_tui.words import _

_PERSON = ("site", "id", "name", "phone", "phone_tail", "plate")
_LAST = {"until", "state"}  # the columns of a file that is also about those who have left
_PLACE = ("site", "unit", "person", "role", "since", "until")


class SaidBefore(DeskError):
    """The same person of the same unit stands further up."""

    def __init__(self, row: int) -> None:
        super().__init__(_("与第 {row} 行是同一个人。请只留一行。").format(row=row))


def compare_people(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, today: date
) -> Comparison:
    """Compares people with the register. Rows of unknown units are objected to.

    A day of moving out that is still to come is told, and closes nobody yet.
    """
    found = Comparison()
    units, known = _Units(session, site), _known(session, site, bool(_LAST & columns.keys()))
    groups: dict[Place, list[Any]] = {}
    seen: dict[tuple[Place, str, date | None], int] = {}
    for row in rows:
        try:
            place = (units.id_of(row.unit), row.name, str(row.role))
            if row.gone and row.until > today:
                raise StillToCome
            if row.renewed:
                place = renewing(known, place, row.assumed)
            group = groups.setdefault(place, [])
            if group:  # most people are the only ones of their name in their home
                _refuse_again(place, [*group[:1], row], seen)
        except DeskError as why:
            found.objections.append(objection(columns, row, *wrong_field(row, why, columns), why))
        else:
            group.append(row)
    writing = _Writing(site, found, columns, today)
    for (_unit, name, _role), several in known.items():
        for somebody in several:
            writing.knows(name, somebody)
    pairs = list[Taken]()
    for place, group in groups.items():
        there = known.get(place)
        if there:
            pairs += [(place, row, one) for row, one in paired(group, there, today)]
        else:
            pairs += [(place, row, None) for row in group]
    writing.disputed = _disputed(pairs, known)
    tell_neighbours(found, pairs, known, columns)
    for place, row, one in pairs:
        writing.take(place, row, one)
    writing.finish()
    return found


def _disputed(pairs: Iterable[Taken], known: dict[Place, list[Known]]) -> set[str]:
    """Whoever has several homes, and several telephones or plates in the file: which one is right
    cannot be told, and the register keeps its own.
    """
    homes = Counter(one.person for several in known.values() for one in several)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _place, row, one in pairs:
        if one is not None and homes[one.person] > 1:
            for what in ("phone", "plate"):
                if there := getattr(row, what):
                    said[one.person, what].add(there)
    return {person for (person, _what), different in said.items() if len(different) > 1}


def _refuse_again(
    place: Place, rows: Iterable[Any], seen: dict[tuple[Place, str, date | None], int]
) -> None:
    """Raises SaidBefore for a row whose telephone and last day another has, too."""
    for row in rows:
        before = seen.setdefault((place, row.phone, row.until), row.row_number)
        if before != row.row_number:
            raise SaidBefore(before)


class _Units:
    """The ids of units by their label; the entrance may be left out where only one fits."""

    def __init__(self, session: Session, site: str) -> None:
        query = select(col(Unit.label), col(Unit.id)).where(col(Unit.site) == site)
        self._ids: dict[str, str] = dict(session.execute(query).tuples().all())

    def id_of(self, label: str) -> str:
        """Raises UnknownUnit, UnknownBuilding and AmbiguousUnit."""
        found = self._ids.get(label)
        if found:
            return found
        room = parse_room(label)
        fitting = self._without.get((room.building, room.room), []) if room else []
        if room and room.building not in self._buildings:
            raise UnknownBuilding(room.building)
        if not fitting or (room and room.entrance):
            raise UnknownUnit(label)
        if len(fitting) > 1:
            raise AmbiguousUnit(label, sorted(fitting))
        return self._ids[fitting[0]]

    @cached_property
    def _buildings(self) -> set[str]:
        return {label.partition("-")[0] for label in self._ids}

    @cached_property
    def _without(self) -> dict[tuple[str, str], list[str]]:
        """The labels by building and room."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for label in self._ids:
            found[label.partition("-")[0], label.rpartition("-")[2]].append(label)
        return found


def _known(session: Session, site: str, closed: bool) -> dict[Place, list[Known]]:
    """Everybody of every unit now; with `closed`, whoever was there before, too."""
    columns = (
        UnitPerson.unit, Person.name, UnitPerson.role, Person.id, Person.phone, Person.plate,
        UnitPerson.since, UnitPerson.until,
    )  # fmt: skip
    same = and_(col(Person.site) == col(UnitPerson.site), col(Person.id) == col(UnitPerson.person))
    query = select(*map(col, columns)).join(Person, same).where(col(UnitPerson.site) == site)
    if not closed:
        query = query.where(col(UnitPerson.until).is_(None))
    known: dict[Place, list[Known]] = defaultdict(list)
    for unit, name, role, *rest in session.execute(query):
        known[unit, name, role].append(Known(*rest))
    return known


class _Writing:
    """Gathers what is to be written for each person."""

    def __init__(self, site: str, found: Comparison, columns: Columns, today: date) -> None:
        self._site, self._found, self._columns, self._today = site, found, columns, today
        self._fresh: list[tuple[Place, Any]] = []
        self._ids: list[str] = []
        self._own: list[tuple[str, Any]] = []  # whoever is new, once, with the first of their rows
        self.disputed: set[str] = set()  # whose telephone stays as it is
        self._same: dict[tuple[str, str], tuple[str, str]] = {}  # by name and telephone: id, plate
        self._moved: list[Values] = []
        self._changed: list[Values] = []
        found.writes = [
            Write(Person, self._persons, names=_PERSON),
            Write(UnitPerson, self._places, names=_PLACE),
            Write(PersonKey, self._keys, names=("site", "key", "person")),
            Write(Person, lambda: self._changed, there=True),
            Write(UnitPerson, lambda: self._moved, there=True),
        ]

    def take(self, place: Place, row: Any, before: Known | None) -> None:
        """Sorts somebody into new, changed and unchanged."""
        if row.until is not None and row.until > self._today:
            words = _("迁出日期还没有到，现在仍记为在住；到时再导入一次。")
            self._found.told.append(remark(self._columns, row, "until", str(row.until), words))
        if before is None:
            self._fresh.append((place, row))
            if len(self._fresh) <= ENOUGH:
                who = f"{row.unit} {row.name}"
                self._found.example_of_new(row.row_number, who, "role", str(row.role))
        elif self._differs(place, row, before):
            self._found.changed += 1
        else:
            self._found.unchanged += 1

    def knows(self, name: str, one: Known) -> None:
        """Somebody of the register, who may have another home."""
        if one.phone:
            self._same[name, one.phone] = one.person, one.plate

    def finish(self) -> None:
        """Everybody has been taken."""
        self._found.new = len(self._fresh)
        ids = iter(new_ids(len(self._fresh)))
        for _place, row in self._fresh:
            same = self._same.get((row.name, row.phone)) if row.phone else None
            if same is None:
                same = next(ids), row.plate
                self._own.append((same[0], row))
                if row.phone:
                    self._same[row.name, row.phone] = same
            elif row.plate and row.plate != same[1]:
                self._second_plate(row, same[1])
            self._ids.append(same[0])

    def _second_plate(self, row: Any, plate: str) -> None:
        words = _("这个人在别的房号下已记了 {plate}，这一个没有记。").format(plate=plate or "-")
        self._found.told.append(remark(self._columns, row, "plate", row.plate, words))

    def _differs(self, place: Place, row: Any, before: Known) -> bool:
        phone, plate = row.phone or before.phone, row.plate or before.plate
        if (phone, plate) != (before.phone, before.plate) and before.person in self.disputed:
            what = "plate" if phone == before.phone else "phone"
            words = _("这个人有几处房，表里写得不一样，没有改。")
            self._found.told.append(remark(self._columns, row, what, getattr(row, what), words))
            phone, plate = before.phone, before.plate
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
        return until if leaves(row, self._today) else None

    def _show(self, row: Any, before: Known, after: Values) -> None:
        for field, new in after.items():
            old = getattr(before, field)
            if field == "phone":
                old, new = masked_phone(old), masked_phone(new)
            if getattr(before, field) != after[field]:
                who = f"{row.unit} {row.name}"
                self._found.example(Example(row.row_number, who, field, old, new))

    def _persons(self) -> Iterator[tuple[Any, ...]]:
        site = self._site
        for person, row in self._own:
            yield site, person, row.name, row.phone, phone_tail(row.phone), row.plate

    def _places(self) -> Iterator[tuple[Any, ...]]:
        site = self._site
        for person, ((unit, _name, role), row) in zip(self._ids, self._fresh, strict=True):
            yield site, unit, person, role, row.since, self._until(row) if row.until else None

    def _keys(self) -> Iterator[tuple[Any, ...]]:
        # In the order of their index, which is written much faster so.
        site, keys = self._site, dict[str, list[str]]()
        pairs = list[tuple[str, str]]()
        for person, row in self._own:
            if row.name not in keys:
                keys[row.name] = keys_of(row.name)
            pairs += [(key, person) for key in keys[row.name]]
        pairs.sort()
        return ((site, key, person) for key, person in pairs)


def _reached(phone: str, plate: str) -> Values:
    return {"phone": phone, "phone_tail": phone_tail(phone), "plate": plate}
