"""What answers need to know from the registers: staff, units and tariff by what was typed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from wuye_tui.rules.answers import TariffItem
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit
from wuye_tui.rules.refusals import UnknownStaff, UnknownTariff
from wuye_tui.rules.rooms import RoomRef, key, parse_room
from wuye_tui.store.tables import Person, Staff, Tariff, Unit, UnitPerson

PICK = 12


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


class Registry:
    """Lookups in one session; each raises NotFound, or AmbiguousUnit with the choices."""

    def __init__(self, session: Session, site: str) -> None:
        self._session = session
        self._site = site

    def staff(self, typed: str) -> str:
        """The staff number of an active number or name. Two people of one name need the number."""
        found = (
            self._session.execute(
                select(col(Staff.number)).where(
                    col(Staff.site) == self._site,
                    col(Staff.active).is_(True),
                    or_(col(Staff.number) == typed.upper(), col(Staff.name) == typed),
                )
            )
            .scalars()
            .all()
        )
        if len(found) != 1:
            raise UnknownStaff(typed)
        return str(found[0])

    def unit(self, typed: str) -> str:
        """The label of the one unit that answers to what was typed."""
        return self.find_unit(typed).label

    def find_unit(self, typed: str) -> UnitFound:
        """The one unit that answers to what was typed, entrance said or not."""
        room = parse_room(typed)
        if room is None:
            raise UnknownUnit(typed)
        found = self.units_like(room)
        if not found:
            raise UnknownUnit(typed)
        if len(found) > 1:
            raise AmbiguousUnit(typed, [unit.label for unit in found])
        return found[0]

    def units_like(self, room: RoomRef) -> list[UnitFound]:
        """The units a room may mean: one when the entrance was said, perhaps several otherwise."""
        exact = self._units(col(Unit.label) == key(room))
        if exact or room.entrance:
            return exact
        return self._units((col(Unit.building) == room.building) & (col(Unit.room) == room.room))

    def _units(self, condition: object) -> list[UnitFound]:
        rows = self._session.execute(
            select(
                col(Unit.id),
                col(Unit.label),
                col(Unit.kind),
                col(Unit.status),
                col(Unit.warranty_until),
                col(Unit.flags),
            )
            .where(col(Unit.site) == self._site, condition)  # type: ignore[arg-type]
            .order_by(col(Unit.label))
            .limit(PICK)
        ).all()
        return [
            UnitFound(r.id, r.label, r.kind, r.status, r.warranty_until, tuple(r.flags))
            for r in rows
        ]

    def residents(self, unit_id: str) -> list[Resident]:
        """Who lives in or owns a unit now: tenants before owners before family."""
        rows = self._session.execute(
            select(col(Person.name), col(Person.phone), col(UnitPerson.role))
            .join(
                Person,
                (col(Person.site) == col(UnitPerson.site))
                & (col(Person.id) == col(UnitPerson.person)),
            )
            .where(
                col(UnitPerson.site) == self._site,
                col(UnitPerson.unit) == unit_id,
                col(UnitPerson.until).is_(None),
            )
        ).all()
        order = {"tenant": 0, "owner": 1, "family": 2, "emergency": 3}
        people = [Resident(r.name, r.phone, r.role) for r in rows]
        return sorted(people, key=lambda person: (order.get(person.role, 9), person.name))

    def tariff(self, typed: str) -> TariffItem:
        """The tariff's item of a code."""
        row = self._session.execute(
            select(col(Tariff.code), col(Tariff.name), col(Tariff.price)).where(
                col(Tariff.site) == self._site, col(Tariff.code) == typed.upper()
            )
        ).one_or_none()
        if row is None:
            raise UnknownTariff(typed)
        return TariffItem(row.code, row.name, row.price)

    def likely_tariff(self, words: str) -> str:
        """The item whose keywords the words hold most of, or "" when none does."""
        rows = self._session.execute(
            select(col(Tariff.code), col(Tariff.keywords))
            .where(col(Tariff.site) == self._site, col(Tariff.keywords) != "")
            .order_by(col(Tariff.code))
        ).all()
        best, most = "", 0
        for row in rows:
            hits = sum(len(word) for word in str(row.keywords).split() if word in words)
            if hits > most:
                best, most = row.code, hits
        return best
