"""What answers need to know from the registers: staff, units and tariff by what was typed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any
from unicodedata import normalize

from sqlalchemy import BindParameter, Select, bindparam, func, or_, select
from sqlmodel import Session

from wuye_tui.reference import Reference
from wuye_tui.registers.seeing import may_see
from wuye_tui.registers.steps import find_matter
from wuye_tui.rules.answers import TariffItem
from wuye_tui.rules.errors import AmbiguousUnit, NotFound, UnknownUnit
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.patrol_plan import Spot
from wuye_tui.rules.refusals import (
    SeveralStaff,
    UnknownMatter,
    UnknownSpot,
    UnknownStaff,
    UnknownTariff,
)
from wuye_tui.rules.rights import Actor, Right, hats, holders
from wuye_tui.rules.rooms import RoomRef, find_numbers, is_shop, key, parse_room, run_together
from wuye_tui.rules.supplements import owed
from wuye_tui.rules.tariff_words import as_listed
from wuye_tui.rules.text import SUSPECT
from wuye_tui.rules.units_text import is_called
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Person, Staff, Tariff, Unit, UnitPerson
from wuye_tui.words import _, listed

PICK = 12
PICK_NUMBERED = 30  # a site has a room 502 in every entrance
ANYTHING = "*"  # the keyword of the item that serves when no other is meant

# Built once: every line that is typed asks these.
_SITE: BindParameter[str] = bindparam("site")
_unit, _tariff, _staff = table_of(Unit).c, table_of(Tariff).c, table_of(Staff).c
_person, _link = table_of(Person).c, table_of(UnitPerson).c
_UNITS = (
    select(_unit.id, _unit.label, _unit.kind, _unit.status, _unit.warranty_until, _unit.flags)
    .where(_unit.site == _SITE)
    .order_by(_unit.label)
    .limit(PICK)
)
_UNITS_BY_LABEL = _UNITS.where(_unit.label == bindparam("label"))
_UNITS_BY_ROOM = _UNITS.where(
    _unit.building == bindparam("building"), _unit.room == bindparam("room")
)
_BLOCK = (
    select(_unit.id).where(_unit.site == _SITE, _unit.building == bindparam("building")).limit(1)
)
_STAIR = _BLOCK.where(_unit.entrance == bindparam("entrance"))
# By length first: building 2 before 10.
_UNITS_BY_NUMBER = (
    _UNITS.where(_unit.room == bindparam("room"))
    .order_by(None)
    .order_by(
        *(by for part in (_unit.building, _unit.entrance) for by in (func.length(part), part))
    )
    .limit(PICK_NUMBERED)
)
_RESIDENTS = (
    select(_person.name, _person.phone, _link.role)
    .join_from(
        table_of(UnitPerson),
        table_of(Person),
        (_person.site == _link.site) & (_person.id == _link.person),
    )
    .where(_link.site == _SITE, _link.unit == bindparam("unit"), _link.until.is_(None))
)
_COLLEAGUES = select(_staff.number, _staff.name, _staff.hats).where(_staff.site == _SITE)
_STAFF = _COLLEAGUES.where(
    _staff.active.is_(True),
    or_(_staff.number == bindparam("number"), _staff.name == bindparam("name")),
)
_BY_NUMBER = _COLLEAGUES.where(_staff.number == bindparam("number"))
_ACTIVE_HATS = select(_staff.number, _staff.hats).where(
    _staff.site == _SITE, _staff.active.is_(True)
)
_PLACED = select(_staff.number, _staff.department, _staff.post).where(
    _staff.site == _SITE, _staff.active.is_(True)
)
_ITEMS = select(_tariff.code, _tariff.name, _tariff.price, _tariff.keywords).where(
    _tariff.site == _SITE
)
_ITEMS_OF_HOURS = _ITEMS.where(_tariff.name.like("%时%")).order_by(_tariff.code)
_ITEM_BY_CODE = _ITEMS.where(_tariff.code == bindparam("code"))
_ITEMS_WITH_KEYWORDS = _ITEMS.where(_tariff.keywords != "").order_by(_tariff.code)


@dataclass(frozen=True)
class UnitFound:
    """A unit with what a slip takes from it."""

    id: str
    label: str
    kind: str
    status: str
    warranty_until: date | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Resident:
    """Somebody of a unit."""

    name: str
    phone: str
    role: str


class NoSuchUnit(UnknownUnit):
    """No unit answers to what was typed, and these come nearest to it."""

    def __init__(self, typed: str, near: Sequence[str]) -> None:
        NotFound.__init__(
            self,
            _("没有房号「{typed}」，相近的有 {near}，请核对后再试。").format(
                typed=typed, near=listed(near[:6])
            ),
        )


def contact_of(residents: Sequence[Resident], caller: str) -> Resident | None:
    """Whom to call back where no number was given: the caller, if they are of the unit.

    Without a caller's name it is the first of the unit. A name that is nobody's there, or that two
    may have, leads to nobody: another's number under it would be wrong.
    """
    if not caller:
        return next(iter(residents), None)
    called = [person for person in residents if is_called(caller, person.name)]
    exact = [person for person in called if person.name == caller]
    found = exact or called
    return found[0] if len({person.name for person in found}) == 1 else None


def held(words: str, keywords: Sequence[str]) -> int:
    """How many characters of the keywords the words hold, by any usual name of a thing: the item
    that has most is meant.
    """
    said = as_listed(words)
    return sum(len(word) for word in keywords if word in words or as_listed(word) in said)


class Registry:
    """Lookups in one session; each raises NotFound, or AmbiguousUnit with the choices.

    What it found is remembered as long as it lives: for one question, or one act.
    """

    def __init__(
        self,
        session: Session,
        site: str,
        lent: Mapping[str, tuple[str, ...]] | None = None,
        reference: Reference | None = None,
        viewer: str = "",
    ) -> None:
        self._session = session
        self._site = site
        self._lent = lent or {}
        self._reference = reference or Reference()
        self._viewer = viewer
        self._units: dict[str, UnitFound] = {}
        self._numbered: dict[str, list[UnitFound]] = {}
        self._people: dict[str, list[Resident]] = {}
        self._items: dict[str, TariffItem] = {}
        self._numbers: dict[str, str] = {}
        self._colleagues: dict[str, Actor] = {}

    def staff(self, typed: str) -> str:
        """The staff number of an active number or name, spaced or full-width as they may be. Raises
        UnknownStaff, and SeveralStaff: two people of one name need the number.
        """
        if typed not in self._numbers:
            good = not SUSPECT.search(typed)
            found = self._rows(_STAFF, number=typed.upper(), name=typed) if good else ()
            if good and not found:
                plain = "".join(normalize("NFKC", typed).split())
                found = self._rows(_STAFF, number=plain.upper(), name=plain)
            if len(found) > 1:
                raise SeveralStaff(typed, [row.number for row in found])
            if not found:
                raise UnknownStaff(typed)
            self._numbers[typed] = self._met(found[0]).number
        return self._numbers[typed]

    def on_roster(self, typed: str) -> str:
        """The same, or the number of whoever has left: shifts may still be theirs."""
        try:
            return self.staff(typed)
        except UnknownStaff:
            number = typed.strip().upper()
            if SUSPECT.search(typed) or not self.colleague(number):
                raise
            return number

    def colleague(self, number: str) -> Actor | None:
        """Somebody of the staff, active or not, with the hats that a running duty lends as well."""
        if number not in self._colleagues:
            for row in self._rows(_BY_NUMBER, number=number):
                self._met(row)
        return self._colleagues.get(number)

    def _met(self, row: Any) -> Actor:
        worn = hats([*row.hats, *self._lent.get(row.number, ())])
        return self._colleagues.setdefault(row.number, Actor(row.number, row.name, worn))

    def may(self, number: str, right: Right) -> bool:
        """Whether somebody's hats grant a right, with those that a running duty lends."""
        found = self.colleague(number)
        return found is not None and found.may(right)

    def department(self, code: str) -> Collection[str]:
        """The active people of a department: as the staff list says, or else as their post is of
        it in the office's table of posts.
        """
        posts, theirs = self._reference.posts, {code, dict(DEPARTMENTS).get(code, code)}
        return {
            row.number
            for row in self._rows(_PLACED)
            if (row.department or posts.get(row.post, {}).get("department", "")) in theirs
        }

    def only(self, right: Right) -> list[str]:
        """The one active person of the post that a right belongs to first; none if several."""
        first = holders(right)[0]
        found = [row.number for row in self._rows(_ACTIVE_HATS) if first in hats(row.hats)]
        return found if len(found) == 1 else []

    def first(self, right: Right, but: str) -> str:
        """The active person to whom a right belongs first, other than `but`: of the first hat that
        somebody wears, and by number. "" where nobody has it.
        """
        rows = sorted(row for row in self._rows(_ACTIVE_HATS) if row.number != but)
        for hat in holders(right):
            for row in rows:
                if hat in hats(row.hats):
                    return str(row.number)
        return ""

    def unit(self, typed: str) -> str:
        """The label of the one unit that answers to what was typed."""
        return self.find_unit(typed).label

    def find_unit(self, typed: str) -> UnitFound:
        """The one unit that answers to what was typed, entrance said or not."""
        if typed not in self._units:
            room = parse_room(typed)
            found = self.units_like(room) if room else []
            if not found and (room is None or is_shop(room)):
                # Shops and parking spaces may have labels that no spelling of a room covers.
                found = self._labelled(typed.strip())
            self._units[typed] = self._only(typed, found)
        return self._units[typed]

    def find_room(self, room: RoomRef) -> UnitFound:
        """The one unit that a room in a line may mean, building and entrance said or not."""
        return self._only(key(room), self.units_like(room))

    def is_room(self, number: RoomRef) -> bool:
        """Whether any unit has this room number, or is this shop."""
        return bool(self.units_like(number))

    def has_block(self, building: str, entrance: str | None) -> bool:
        """Whether any unit is of this building and, where one was said, of this entrance of it."""
        if not entrance:
            return bool(self._rows(_BLOCK, building=building))
        return bool(self._rows(_STAIR, building=building, entrance=entrance))

    def _only(self, typed: str, found: Sequence[UnitFound]) -> UnitFound:
        if len(found) > 1:
            raise AmbiguousUnit(typed, [unit.label for unit in found])
        if not found:
            near = self._near(typed)
            raise NoSuchUnit(typed, near) if near else UnknownUnit(typed)
        return found[0]

    def _near(self, typed: str) -> list[str]:
        """The room of another entrance; of a number alone, the rooms that have it."""
        room = parse_room(typed)
        if room:
            near = self.units_like(replace(room, entrance=None)) or self.run_together(room)
            return [unit.label for unit in near]
        alone = [one.ref.room for one in find_numbers(typed) if one.end == len(typed.rstrip())]
        return [unit.label for number in alone[:1] for unit in self._with_number(number)]

    def run_together(self, room: RoomRef) -> list[UnitFound]:
        """The units that a room without its last dash may mean."""
        return [unit for meant in run_together(room) for unit in self.units_like(meant)]

    def meant(self, room: RoomRef) -> list[UnitFound]:
        """The units a room may mean to somebody who looks for it, its last dash said or not."""
        return self.units_like(room) or self.run_together(room)

    def units_like(self, room: RoomRef) -> list[UnitFound]:
        """The units a room may mean: one when the entrance was said, perhaps several otherwise."""
        if not room.building:
            return self._with_number(room.room)
        found = self._rows(_UNITS_BY_LABEL, label=key(room))
        if not found and not room.entrance:
            found = self._rows(_UNITS_BY_ROOM, building=room.building, room=room.room)
        return [_unit_found(row) for row in found]

    def _with_number(self, number: str) -> list[UnitFound]:
        if number not in self._numbered:
            found = self._rows(_UNITS_BY_NUMBER, room=number)
            self._numbered[number] = [_unit_found(row) for row in found]
        return self._numbered[number]

    def _labelled(self, label: str) -> list[UnitFound]:
        if SUSPECT.search(label):
            return []  # no label has such characters, and no database would take them
        return [_unit_found(row) for row in self._rows(_UNITS_BY_LABEL, label=label)]

    def residents(self, unit_id: str) -> list[Resident]:
        """Who lives in or owns a unit now: tenants before owners before family."""
        if unit_id not in self._people:
            order = {"tenant": 0, "owner": 1, "family": 2, "emergency": 3}
            people = [Resident(*row) for row in self._rows(_RESIDENTS, unit=unit_id)]
            self._people[unit_id] = sorted(
                people, key=lambda person: (order.get(person.role, 9), person.name)
            )
        return self._people[unit_id]

    def tariff(self, typed: str) -> TariffItem:
        """The tariff's item of a code."""
        code = typed.upper()
        if code not in self._items and not SUSPECT.search(typed):
            self._remember(self._rows(_ITEM_BY_CODE, code=code))
        if code not in self._items:
            raise UnknownTariff(typed)
        return self._items[code]

    def spot(self, typed: str) -> Spot:
        """A post, room or place of the office's patrol plan by its code or name."""
        plan = self._reference.patrol
        found = plan.find(typed)
        if found is None:
            raise UnknownSpot(typed, (f"{one.code} {one.name}" for one in plan.spots))
        return found

    def matter(self, typed: str) -> str:
        """The number of a matter, as it is stored; none that is about whoever acts."""
        head = find_matter(self._session, self._site, typed)
        if not may_see(head.about, self._viewer):
            raise UnknownMatter(typed)
        return str(head.number)

    def likely_tariff(self, words: str, several: bool = False) -> str:
        """The item whose keywords the words hold most of; otherwise the office's usual one.

        The usual item has the keyword `*`: an inspection on site, say, which the worker replaces
        by the actual item (BX-12). "" where the office has none. It is the usual one too where
        `several` faults of other trades are meant: no item stands for all of them.
        """
        best, most = "", 0
        for item in self._remember(self._rows(_ITEMS_WITH_KEYWORDS)):
            known = str(item.keywords).split()
            if several and ANYTHING not in known:
                continue
            hits = held(words, known)
            if hits > most or (ANYTHING in known and not best):
                best, most = item.code, hits
        return best

    def supplements(self, moment: datetime, zone: tzinfo) -> tuple[TariffItem, ...]:
        """What comes on top for work at a moment: 夜间加收(20-8时)."""
        items = (TariffItem(r.code, r.name, r.price) for r in self._rows(_ITEMS_OF_HOURS))
        return tuple(item for item in items if owed(item.name, moment, zone))

    def _remember(self, rows: Sequence[Any]) -> Sequence[Any]:
        self._items |= {row.code: TariffItem(row.code, row.name, row.price) for row in rows}
        return rows

    def _rows(self, question: Select[Any], **given: str) -> Sequence[Any]:
        return self._session.connection().execute(question, {"site": self._site, **given}).all()


def _unit_found(row: Any) -> UnitFound:
    warranty, flags = row.warranty_until, tuple(row.flags)
    return UnitFound(row.id, row.label, row.kind, row.status, warranty, flags)


def registry_of(act: Act) -> Registry:
    """The registry that all verbs of an act share."""
    if "registry" not in act.known:
        act.known["registry"] = Registry(
            act.session, act.site, act.lent, act.reference, act.by.number
        )
    found: Registry = act.known["registry"]
    return found
