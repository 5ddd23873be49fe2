"""The people of a file against the register: who is new, who has another telephone, who has left.

Somebody is known by unit, name and role; by unit and name where the file says no role. Where two
of one unit have the same name, the telephone tells them apart. The same name with the same
telephone in another home is the same person, who has both. Whoever has moved out stays in the
register, closed on that day. Of their cars' plates a file adds what it names, and takes none away.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import repeat
from typing import Any

from sqlmodel import Session

from wuye_tui.registers.cars import with_plates
from wuye_tui.registers.comparing_homes import (
    Place,
    StillToCome,
    Taken,
    Units,
    everybody_of,
    place_of,
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
from wuye_tui.registers.pairing import Known, has_left, leaves, paired
from wuye_tui.registers.people import keys_of, phone_tail
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.tables import Person, PersonKey, UnitPerson
from wuye_tui.store.tables.base import new_ids
from wuye_tui.words import _

_PERSON = ("site", "id", "name", "phone", "phone_tail", "plate")
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
    units, known = Units(session, site), everybody_of(session, site)
    groups: dict[Place, list[Any]] = {}
    seen: dict[tuple[Place, str, date | None], int] = {}
    for row in rows:
        try:
            place = (units.id_of(row.unit), row.name, str(row.role))
            if row.gone and row.until > today:
                raise StillToCome
            if row.renewed or (row.assumed and known):
                place = place_of(known, place, row)
            group = groups.setdefault(place, [])
            if group and _is_again(place, group, row, seen):
                found.unchanged += 1  # the row, not the person
                continue
        except DeskError as why:
            found.objections.append(objection(columns, row, *wrong_field(row, why, columns), why))
        else:
            group.append(row)
    writing = _Writing(site, found, columns, today)
    for place, several in known.items():
        for somebody in several:
            writing.knows(place, somebody)
    pairs = list[Taken]()
    for place, group in groups.items():
        there = known.get(place)
        if there:
            pairs += [(place, row, one) for row, one in paired(group, there, today)]
        else:
            pairs += [(place, row, None) for row in group]
    writing.disputed = _disputed(pairs, known, today)
    tell_neighbours(found, pairs, known, columns)
    for place, row, one in pairs:
        writing.take(place, row, one)
    writing.finish()
    return found


def _disputed(pairs: Iterable[Taken], known: dict[Place, list[Known]], today: date) -> set[str]:
    """Whoever has several homes, and several telephones in the file: which one is right cannot be
    told, and the register keeps its own.
    """
    homes = Counter(one.person for several in known.values() for one in several)
    said: dict[str, set[str]] = defaultdict(set)
    for _place, row, one in pairs:
        if one is None or not row.phone or homes[one.person] < 2 or has_left(row, one, today):
            continue
        said[one.person].add(row.phone)
    return {person for person, different in said.items() if len(different) > 1}


def _is_again(
    place: Place, group: list[Any], row: Any, seen: dict[tuple[Place, str, date | None], int]
) -> bool:
    """Whether a row only has further plates of somebody of the group, who is given them.

    Raises SaidBefore for another row whose telephone and last day one of the group has, too.
    """
    seen.setdefault((place, group[0].phone, group[0].until), 0)
    at = seen.setdefault((place, row.phone, row.until), len(group))
    if at == len(group):
        return False
    first = group[at]
    if not row.plate or row.since not in (None, first.since):
        raise SaidBefore(first.row_number)
    group[at] = first._replace(plate=with_plates(first.plate, row.plate))
    return True


class _Writing:
    """Gathers what is to be written for each person."""

    def __init__(self, site: str, found: Comparison, columns: Columns, today: date) -> None:
        self._site, self._found, self._columns, self._today = site, found, columns, today
        self._fresh: list[tuple[Place, Any]] = []
        self._ids: list[str] = []
        self._own: list[tuple[str, Any]] = []  # whoever is new, once, with the first of their rows
        self.disputed: set[str] = set()  # whose telephone stays as it is
        # By name and telephone: id, plates, and whether they are in the register already.
        self._same: dict[tuple[str, str], tuple[str, str, bool]] = {}
        self._plates: dict[str, str] = {}  # of whoever is new and has more of them in another row
        self._changed: dict[str, tuple[str, str]] = {}  # telephone and plates
        self._stays: set[tuple[Place, str]] = set()  # who is back there is written down anew
        self._moved: list[Values] = []
        found.writes = [
            Write(Person, self._persons, names=_PERSON),
            Write(UnitPerson, self._places, names=_PLACE),
            Write(PersonKey, self._keys, names=("site", "key", "person")),
            Write(Person, self._reached, there=True),
            Write(UnitPerson, lambda: self._moved, there=True),
        ]

    def take(self, place: Place, row: Any, before: Known | None) -> None:
        """Sorts somebody into new, changed and unchanged."""
        if row.until is not None and row.until > self._today:
            words = _("迁出日期还没有到，现在仍记为在住；到时再导入一次。")
            day = "until" if "until" in self._columns else "sold"
            self._found.told.append(remark(self._columns, row, day, str(row.until), words))
        if before is None:
            self._fresh.append((place, row))
            if len(self._fresh) <= ENOUGH:
                who = f"{row.unit} {row.name}"
                self._found.example_of_new(row.row_number, who, "role", str(row.role))
        elif has_left(row, before, self._today):
            self._tell_gone(row, before)
            self._found.unchanged += 1
        elif self._differs(place, row, before):
            self._found.changed += 1
        else:
            self._found.unchanged += 1

    def _tell_gone(self, row: Any, before: Known) -> None:
        """An older list may not bring back whoever has been closed since."""
        words = _("这个人 {day} 已经迁出，没有再记。又住回来的，请写上迁出以后的入住日期。").format(
            day=before.until
        )
        self._found.told.append(remark(self._columns, row, "name", row.name, words))

    def knows(self, place: Place, one: Known) -> None:
        """Somebody of the register, who may have another home; whoever lives in one before all."""
        _unit, name, _role = place
        if one.until is not None:
            self._stays.add((place, one.person))
        if one.phone and (one.until is None or (name, one.phone) not in self._same):
            self._same[name, one.phone] = one.person, one.plate, True

    def finish(self) -> None:
        """Everybody has been taken."""
        self._found.new = len(self._fresh)
        ids = iter(new_ids(len(self._fresh)))
        for place, row in self._fresh:
            same = self._same.get((row.name, row.phone)) if row.phone else None
            if same is None or (place, same[0]) in self._stays:
                same = next(ids), row.plate, False
                self._own.append((same[0], row))
                if row.phone:
                    self._same[row.name, row.phone] = same
            elif row.plate:
                self._drives(row, *same)
            self._ids.append(same[0])
            if row.phone:
                self._stays.add((place, same[0]))

    def _drives(self, row: Any, person: str, plate: str, there: bool) -> None:
        """The plates of somebody's other home are theirs, too."""
        if not there:
            plate = self._plates.get(person, plate)
            self._plates[person] = with_plates(plate, row.plate)
            return
        phone, plate = self._changed.get(person, (row.phone, plate))
        if (more := with_plates(plate, row.plate)) != plate:
            self._changed[person] = phone, more

    def _differs(self, place: Place, row: Any, before: Known) -> bool:
        phone, plate = row.phone or before.phone, with_plates(before.plate, row.plate)
        if phone != before.phone and before.person in self.disputed:
            words = _("这个人有几处房，表里写得不一样，没有改。")
            self._found.told.append(remark(self._columns, row, "phone", row.phone, words))
            phone = before.phone
        since, until = row.since or before.since, self._until(row) or before.until
        reached = phone != before.phone or plate != before.plate
        if reached:
            last, plates = self._changed.get(before.person, (before.phone, before.plate))
            self._changed[before.person] = (
                phone if phone != before.phone else last,
                with_plates(plates, row.plate),
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
            plate = self._plates.get(person, row.plate)
            yield site, person, row.name, row.phone, phone_tail(row.phone), plate

    def _reached(self) -> Iterator[Values]:
        for person, (phone, plate) in self._changed.items():
            values = {"phone": phone, "phone_tail": phone_tail(phone), "plate": plate}
            yield {"site": self._site, "id": person, **values}

    def _places(self) -> Iterator[tuple[Any, ...]]:
        site = self._site
        for person, ((unit, _name, role), row) in zip(self._ids, self._fresh, strict=True):
            yield site, unit, person, role, row.since, self._until(row) if row.until else None

    def _keys(self) -> Iterator[tuple[Any, ...]]:
        # In the order of their index, which is written much faster so.
        named, whose = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
        for person, row in self._own:
            named[row.name].append(person)
        for name, people in named.items():
            for key in keys_of(name):
                whose[key] += people
        for key in sorted(whose):
            yield from zip(repeat(self._site), repeat(key), sorted(whose[key]))
