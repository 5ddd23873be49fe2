"""The search behind `people.find`: every way that somebody may be meant, each with a rank."""

import re
import unicodedata
from collections.abc import Callable, Sequence
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
_DIGITS: Final = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?", re.ASCII)
_PART_OF_LABEL: Final = re.compile(r"[0-9A-Z]+-(?:[0-9A-Z]+-?)*", re.ASCII)
_PLATE: Final = re.compile(r"(?=\w*[0-9])\w?[A-Z0-9]{4,8}\w?")
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
    """One search for at most `limit` people, telephones in full."""

    def __init__(self, session: Session, site: str, text: str, limit: int) -> None:
        self._session, self._site, self._limit = session, site, limit
        self._typed = _tidy(text)
        self._plain = unicodedata.normalize("NFKC", self._typed).upper()
        self._room = parse_room(self._typed)
        self._ranked: dict[tuple[str, str], tuple[int, PersonFound]] = {}

    def found(self) -> list[PersonFound]:
        """Who was found in any way, the best first, then by name and unit."""
        if self._typed:
            for way in (self._rooms, self._phones, self._pinyin, self._names, self._plates):
                way()
        ranked = sorted(self._ranked.values(), key=_order)
        return [one for _rank, one in ranked[: self._limit]]

    def _rooms(self) -> None:
        registry = Registry(self._session, self._site)
        said = [unit.id for unit in registry.units_like(self._room)] if self._room else []
        label = col(Unit.label)
        self._live_in(said or self._units(label == self._plain), 0)
        if not self._ranked and _PART_OF_LABEL.fullmatch(self._plain):
            self._live_in(self._units(label.startswith(self._plain, autoescape=True)), 1)

    def _phones(self) -> None:
        if not _DIGITS.fullmatch(self._plain):
            return
        number = _digits(self._plain)
        if len(number) < SHORTEST_TAIL:
            return
        begins = _begins(col(Person.phone_tail), number[::-1])
        self._take(How.PHONE, begins, lambda one: 0 if _digits(one.phone) == number else 2)
        if number == self._plain:
            self._live_in(self._units(col(Unit.room) == number), 4)

    def _units(self, wanted: ColumnElement[bool]) -> Sequence[str]:
        query = select(col(Unit.id)).where(col(Unit.site) == self._site, wanted)
        return (
            self._session.execute(query.order_by(col(Unit.label)).limit(self._limit))
            .scalars()
            .all()
        )

    def _live_in(self, units: Sequence[str], rank: int) -> None:
        if units:
            self._take(How.ROOM, col(UnitPerson.unit).in_(units), lambda _one: rank)

    def _pinyin(self) -> None:
        key = typed_key(self._typed)
        if key and not key.isdigit():
            self._keyed(col(PersonKey.key) == key, 1)
            self._keyed(_begins(col(PersonKey.key), key), 3)

    def _keyed(self, wanted: ColumnElement[bool], rank: int) -> None:
        query = (
            select(col(PersonKey.person))
            .where(col(PersonKey.site) == self._site, wanted)
            .order_by(col(PersonKey.key))
            .limit(self._limit * _KEYS_A_PERSON)
        )
        people = list(dict.fromkeys(self._session.execute(query).scalars()))[: self._limit]
        self._take(How.PINYIN, col(Person.id).in_(people), lambda _one: rank)

    def _names(self) -> None:
        if self._full:
            return
        typed, name = self._typed, col(Person.name)
        starts = name.startswith(typed, autoescape=True)

        def rank(one: PersonFound) -> int:
            return 0 if one.name == typed else 1 if one.name.startswith(typed) else 3

        self._take(
            How.NAME,
            name.contains(typed, autoescape=True),
            rank,
            case((name == typed, 0), (starts, 1), else_=2),
        )

    def _plates(self) -> None:
        typed = re.sub(r"[\s.·•-]", "", self._plain)
        if self._room or self._full or not _PLATE.fullmatch(typed):
            return
        plate = col(Person.plate)
        self._take(
            How.PLATE,
            plate.contains(typed, autoescape=True),
            lambda one: 0 if one.plate == typed else 4,
            case((plate == typed, 0), else_=1),
        )

    @property
    def _full(self) -> bool:
        """Whether there are enough good ones that whole registers need not be gone through."""
        good = sum(1 for rank, _one in self._ranked.values() if rank < 3)
        return good >= self._limit

    def _take(
        self,
        how: How,
        wanted: ColumnElement[bool],
        rank: Callable[[PersonFound], int],
        *order: ColumnElement[Any],
    ) -> None:
        query = _people(self._site).where(wanted).order_by(*order).limit(self._limit)
        for row in self._session.execute(query):
            one = PersonFound(
                row.id, row.name, row.role or "", row.label or "", row.phone, row.plate, how
            )
            found = (rank(one), one)
            place = (one.person, one.unit)
            if place not in self._ranked or found[0] < self._ranked[place][0]:
                self._ranked[place] = found


def _people(site: str) -> Select[str, str, str, str, str, str]:
    """Everybody with each unit that they belong to now."""
    return (
        select(
            col(Person.id),
            col(Person.name),
            col(Person.phone),
            col(Person.plate),
            col(UnitPerson.role),
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
        .where(col(Person.site) == site)
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
