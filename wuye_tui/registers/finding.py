"""The search behind `people.find`: every way that somebody may be meant, each with a rank."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, select
from sqlmodel import Session, col

from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.pinyin import typed_key
from wuye_tui.rules.rooms import parse_room
from wuye_tui.rules.text import BAD, LIMITS, Field
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson

SHORTEST_TAIL: Final = 3
_MOST_TYPED: Final = LIMITS[Field.SEARCH].most
_KEYS_A_PERSON: Final = 4  # that begin alike; whoever has more takes the place of another
_NUMBER: Final = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?", re.ASCII)
_PART_OF_LABEL: Final = re.compile(r"[0-9A-Z]+-(?:[0-9A-Z]+-?)*", re.ASCII)
_PLATE: Final = re.compile(r"[0-9]{5}|(?=.*[A-Z])(?=.*[0-9])\w?[A-Z0-9]{4,8}\w?")
_SEPARATORS: Final = re.compile(r"[\s.·•-]")
_BY_ROLE: Final = ("tenant", "owner", "family", "emergency")


class How(StrEnum):
    """By what somebody was found."""

    ROOM = "room"
    NAME = "name"
    PINYIN = "pinyin"
    PHONE = "phone"
    PLATE = "plate"


@dataclass(frozen=True)
class PersonFound:
    """Somebody of a unit. Whoever has two units is found twice; without one `unit` is ""."""

    person: str
    name: str
    role: str
    unit: str
    phone: str
    plate: str
    how: How

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON."""
        return asdict(self)


class Search:
    """One search for at most `limit` people, telephones in full.

    Each way of finding notes people with a rank, 0 is best; then all of them are fetched at once.
    """

    def __init__(self, session: Session, site: str, text: str, limit: int) -> None:
        self._session, self._site, self._limit = session, site, limit
        self._typed = _tidy(text)
        self._plain = unicodedata.normalize("NFKC", self._typed).upper()
        self._best: dict[str, tuple[int, How]] = {}
        self._units: set[str] = set()

    def found(self) -> list[PersonFound]:
        """Who was found in any way, the best first, then by name and unit."""
        if self._typed and not self._by_room():
            self._by_phone()
            self._by_pinyin()
            self._by_plate()
            self._by_name()
        best = sorted(self._best, key=lambda person: self._best[person][0])[: self._limit]
        rows = self._session.execute(_people(self._site, best)).all() if best else []
        found = []
        for row in rows:
            rank, how = self._best[row.id]
            if how is not How.ROOM or row.unit in self._units:
                one = PersonFound(
                    row.id, row.name, row.role or "", row.label or "", row.phone, row.plate, how
                )
                found.append((rank, one))
        return [one for _rank, one in sorted(found, key=_order)[: self._limit]]

    def _by_room(self) -> bool:
        """Whether the text is a room, or the beginning of a label, and nothing else."""
        room = parse_room(self._typed)
        registry = Registry(self._session, self._site)
        units: Sequence[str] = [unit.id for unit in registry.units_like(room)] if room else []
        label = col(Unit.label)
        self._live_in(units or self._find_units(label == self._plain), 0)
        if not self._best and _PART_OF_LABEL.fullmatch(self._plain):
            self._live_in(self._find_units(label.startswith(self._plain, autoescape=True)), 1)
        return bool(self._best)

    def _find_units(self, wanted: ColumnElement[bool]) -> Sequence[str]:
        query = select(col(Unit.id)).where(col(Unit.site) == self._site, wanted)
        ordered = query.order_by(col(Unit.label)).limit(self._limit)
        return self._session.execute(ordered).scalars().all()

    def _live_in(self, units: Sequence[str], rank: int) -> None:
        query = select(col(UnitPerson.person)).where(
            col(UnitPerson.site) == self._site,
            col(UnitPerson.unit).in_(units),
            col(UnitPerson.until).is_(None),
        )
        query = query.order_by(col(UnitPerson.unit), col(UnitPerson.person))
        self._units.update(units)
        for person in self._session.execute(query).scalars() if units else ():
            self._note(person, rank, How.ROOM)

    def _by_phone(self) -> None:
        number = _digits(self._plain)
        if not _NUMBER.fullmatch(self._plain) or len(number) < SHORTEST_TAIL:
            return
        tail = col(Person.phone_tail)
        for person, found in self._people((tail,), _begins(tail, number[::-1])):
            self._note(person, 0 if len(found) == len(number) else 2, How.PHONE)
        if number == self._plain:
            self._live_in(self._find_units(col(Unit.room) == number), 4)

    def _by_pinyin(self) -> None:
        key = typed_key(self._typed)
        if not key or key.isdigit():
            return
        for wanted, rank in ((col(PersonKey.key) == key, 1), (_begins(col(PersonKey.key), key), 3)):
            query = select(col(PersonKey.person)).where(col(PersonKey.site) == self._site, wanted)
            ordered = query.order_by(col(PersonKey.key)).limit(self._limit * _KEYS_A_PERSON)
            for person in self._session.execute(ordered).scalars():
                self._note(person, rank, How.PINYIN)

    def _by_plate(self) -> None:
        typed = _SEPARATORS.sub("", self._plain)
        if not _PLATE.fullmatch(typed):
            return
        plate = col(Person.plate)
        wanted = and_(plate != "", plate.contains(typed, autoescape=True))
        for person, found in self._people((plate,), wanted, case((plate == typed, 0), else_=1)):
            self._note(person, 0 if found == typed else 4, How.PLATE)

    def _by_name(self) -> None:
        """Goes through all names, so only where letters alone have found nobody."""
        typed, name = self._typed, col(Person.name)
        if typed.isascii() and self._best:
            return
        contains = name.icontains if typed.isascii() else name.contains
        wanted = contains(typed, autoescape=True)
        starts = name.startswith(typed, autoescape=True)
        first = case((name == typed, 0), (starts, 1), else_=2)
        for person, found in self._people((name,), wanted, first):
            rank = 0 if found == typed else 1 if found.startswith(typed) else 3
            self._note(person, rank, How.NAME)

    def _people(
        self, columns: tuple[Any, ...], wanted: ColumnElement[bool], *order: ColumnElement[Any]
    ) -> Sequence[Any]:
        query = select(col(Person.id), *columns).where(col(Person.site) == self._site, wanted)
        ordered = query.order_by(*order, *columns).limit(self._limit)
        return self._session.execute(ordered).all()

    def _note(self, person: str, rank: int, how: How) -> None:
        if person not in self._best or rank < self._best[person][0]:
            self._best[person] = (rank, how)


def _people(site: str, ids: list[str]) -> Select[str, str, str, str, str, str, str]:
    """These people with each unit that they belong to now."""
    return (
        select(
            col(Person.id),
            col(Person.name),
            col(Person.phone),
            col(Person.plate),
            col(UnitPerson.role),
            col(UnitPerson.unit),
            col(Unit.label),
        )
        .outerjoin(
            UnitPerson,
            and_(
                col(UnitPerson.site) == col(Person.site),
                col(UnitPerson.person) == col(Person.id),
                col(UnitPerson.until).is_(None),
            ),
        )
        .outerjoin(
            Unit, and_(col(Unit.site) == col(UnitPerson.site), col(Unit.id) == col(UnitPerson.unit))
        )
        .where(col(Person.site) == site, col(Person.id).in_(ids))
    )


def _begins(key: Any, prefix: str) -> ColumnElement[bool]:
    """All keys that begin so, as a range, which an index answers; LIKE goes through everything.

    For a-z and 0-9 only, on whose order every server's collation agrees.
    """
    rest = prefix.rstrip("z")
    if not rest:
        return and_(key >= prefix)
    after = "a" if rest[-1] == "9" else chr(ord(rest[-1]) + 1)
    return and_(key >= prefix, key < rest[:-1] + after)


def _order(ranked: tuple[int, PersonFound]) -> tuple[int, int, str, str]:
    rank, one = ranked
    role = _BY_ROLE.index(one.role) if one.how is How.ROOM and one.role in _BY_ROLE else 9
    return rank, role, one.name, one.unit


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789")


def _tidy(text: str) -> str:
    """Without what a database would stumble over (NUL, half characters), and not too long."""
    kept = BAD.sub(" ", text[: 4 * _MOST_TYPED])
    return unicodedata.normalize("NFC", kept).strip()[:_MOST_TYPED]
