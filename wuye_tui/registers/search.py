"""One box for everything: people, units, slips and calls by whatever somebody knows of them.

Each way of asking is answered by an index, because it is asked anew with every key that is struck.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import finding_questions as ask
from wuye_tui.registers import search_questions as about
from wuye_tui.registers.contacts import PREFIX
from wuye_tui.registers.finding import SHORTEST_TAIL, Search
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.rooms import RoomRef, parse_room
from wuye_tui.rules.text import BAD, LIMITS, Field, masked_phone
from wuye_tui.store.acts import reversed_digits

LIMIT: Final = 30
_DAYS: Final = 31  # so far back a number without its month may lie
_PREFIXES: Final = (*(PROCEDURES[kind].prefix for kind in QUEUED), PREFIX)
_SHORT: Final = re.compile(r"(?:([A-Z]{2})-?)?(?:(\d\d)-)?(\d{1,6})", re.ASCII)
_WHOLE: Final = re.compile(r"(?:([A-Z]{2})-?)?(\d{8})-(\d{1,6})", re.ASCII)
_PART: Final = re.compile(r"[0-9A-Z]+(?:-[0-9A-Z]*)+", re.ASCII)
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 -]*", re.ASCII)
_MOST: Final = LIMITS[Field.SEARCH].most


class Is(StrEnum):
    """What a hit is."""

    PERSON = "person"
    UNIT = "unit"
    SLIP = "slip"
    CALL = "call"


@dataclass(frozen=True)
class Hit:
    """One thing that was found; what it does not have is empty. The telephone is masked.

    `number` is a slip's, or of a call the slip's that it led to; `code` is a call's own.
    """

    what: Is
    unit: str = ""
    number: str = ""
    code: str = ""
    name: str = ""
    role: str = ""
    phone: str = ""
    plate: str = ""
    words: str = ""
    state: str = ""  # untranslated word
    at: datetime | None = None
    open: bool = False


def search(desk: Desk, text: str, limit: int = LIMIT) -> tuple[Hit, ...]:
    """What was meant, the best first; nothing for a text that means nothing.

    A number of a slip comes first, then the unit that a room is, then people, then other units,
    what is open there or says so, and calls.
    """
    with desk.read() as session:
        return _Looking(session, desk, text, limit).found()


class _Looking:
    """One search, in one session."""

    def __init__(self, session: Session, desk: Desk, text: str, limit: int) -> None:
        self._session, self._site, self._limit = session, desk.site, limit
        self._today = desk.calendar.day_of(desk.now())
        kept = BAD.sub(" ", text[: 4 * _MOST])
        self._typed = unicodedata.normalize("NFC", kept).strip()[:_MOST]
        self._plain = unicodedata.normalize("NFKC", self._typed).upper()

    def found(self) -> tuple[Hit, ...]:
        """All of it, each thing once."""
        if not self._typed:
            return ()
        named = self._numbered()
        units, likely = self._units()
        people = self._people()
        said = [*self._of_units([*units, *likely]), *self._saying(), *self._phoned()]
        others = [*likely, *said]
        kept = max(0, self._limit - len(named) - len(units) - min(len(others), self._limit // 3))
        ranked = [*named, *units, *people[:kept], *others, *people[kept:]]
        return tuple(dict.fromkeys(ranked))[: self._limit]

    def _numbered(self) -> list[Hit]:
        """Slips and calls whose number it is, whole or as people say it; today's first."""
        numbers = list(numbers_meant(self._plain, self._today))
        if not numbers:
            return []
        slips = self._ask(about.SLIPS_NUMBERED, numbers=numbers)
        calls = self._ask(about.CALLS_NUMBERED, numbers=numbers)
        hits = [*map(_slip, slips), *self._calls(calls)]
        place = {number: n for n, number in enumerate(numbers)}
        return sorted(hits, key=lambda hit: place[hit.code or hit.number])

    def _units(self) -> tuple[list[Hit], list[Hit]]:
        """The unit that a room is; and those that may be meant besides."""
        room = parse_room(self._typed)
        registry = Registry(self._session, self._site)
        labels = [unit.label for unit in registry.units_like(room)] if room else []
        if not labels:
            labels = [self._plain] if self._ask(ask.UNIT_LABELLED, typed=self._plain) else []
        exact = bool(labels) and (len(labels) == 1 or bool(room and room.building))
        if not labels and self._plain.isdigit():
            numbered = registry.units_like(RoomRef("", None, self._plain))
            labels = [unit.label for unit in numbered]
        if not labels and _PART.fullmatch(self._plain):
            rows = self._ask(about.UNITS_BEGINNING, pattern=ask.pattern(self._plain))
            labels = [row.label for row in rows]
        hits = [Hit(Is.UNIT, unit=label) for label in labels]
        return (hits, []) if exact else ([], hits)

    def _people(self) -> list[Hit]:
        found = Search(self._session, self._site, self._typed, self._limit).found()
        return [
            Hit(
                Is.PERSON,
                unit=one.unit,
                name=one.name,
                role=one.role,
                phone=masked_phone(one.phone),
                plate=one.plate,
            )
            for one in found
        ]

    def _of_units(self, units: Sequence[Hit]) -> list[Hit]:
        labels = [hit.unit for hit in units]
        return [*map(_slip, self._ask(about.SLIPS_OF_UNIT, units=labels))] if labels else []

    def _saying(self) -> list[Hit]:
        if self._typed.isascii() and len(self._typed) < SHORTEST_TAIL:
            return []
        return [*map(_slip, self._ask(about.SLIPS_SAYING, pattern=f"%{ask.pattern(self._typed)}"))]

    def _phoned(self) -> list[Hit]:
        tail = reversed_digits(self._plain)
        if not _NUMBER.fullmatch(self._plain) or len(tail) < SHORTEST_TAIL:
            return []
        given = {"typed": tail, "after": ask.after(tail)}
        slips = [*map(_slip, self._ask(about.SLIPS_PHONED, **given))]
        known = {hit.number for hit in slips}
        calls = self._calls(self._ask(about.CALLS_PHONED, **given))
        return [*slips, *(hit for hit in calls if hit.number not in known)]

    def _calls(self, rows: Sequence[Any]) -> list[Hit]:
        ids = [row.id for row in rows]
        rows_about = self._ask(about.CALLED_ABOUT, contacts=ids) if ids else ()
        led = {row.contact: row.number for row in rows_about}
        return [
            Hit(
                Is.CALL,
                unit=row.unit,
                number=led.get(row.id, ""),
                code=row.number,
                name=row.name or "",
                phone=masked_phone(row.phone or ""),
                words=row.words or "",
                at=row.rang,
            )
            for row in rows
        ]

    def _ask(self, question: Select[Any], **given: Any) -> Sequence[Any]:
        values = {"site": self._site, "limit": self._limit, **given}
        return self._session.connection().execute(question, values).all()


def _slip(row: Any) -> Hit:
    return Hit(
        Is.SLIP,
        unit=row.unit or row.place,
        number=row.number,
        name=row.name or "",
        phone=masked_phone(row.phone or ""),
        words=row.words or "",
        state=PROCEDURES[row.kind].state_word(row.state),
        at=row.opened,
        open=row.closed is None,
    )


def numbers_meant(plain: str, today: date) -> Iterator[str]:
    """The numbers that something typed may stand for, the likeliest first.

    PG-003, 003, PG18-003 (of the 18th), PG-20261118-003. Without a prefix any kind is meant; a
    bare number of today, as nobody remembers older ones so.
    """
    whole, short = _WHOLE.fullmatch(plain), _SHORT.fullmatch(plain)
    found = whole or short or re.fullmatch(r"([A-Z]{2})(\d\d)-?(\d{3})", plain, re.ASCII)
    if found is None:
        return
    prefix, day, count = found.groups()
    if not prefix and not day and len(count) != 3:
        return
    days = [today] if not day else [] if whole else list(_days_named(day, today))
    stamps = [day] if whole else [f"{one:%Y%m%d}" for one in days]
    for one in [prefix] if prefix else _PREFIXES:
        for stamp in stamps:
            yield f"{one}-{stamp}-{int(count):03d}"


def _days_named(day: str, today: date) -> Iterator[date]:
    back = (today - timedelta(days=n) for n in range(_DAYS))
    return (one for one in back if one.day == int(day))
