"""One box for everything: people, units, slips, calls, prices, clauses and numbers by whatever
somebody knows of them.

It is asked anew with every key that is struck. So what grows with the estate and its years is asked
by an index; the prices, the directory and the staff, a few dozen of each, are read and looked
through (`at_hand`).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import at_hand
from wuye_tui.registers import finding_questions as ask
from wuye_tui.registers import search_questions as about
from wuye_tui.registers.at_hand import Hit, Is
from wuye_tui.registers.contacts import PREFIX
from wuye_tui.registers.finding import SHORTEST_TAIL, Search
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.rooms import RoomRef, parse_room
from wuye_tui.rules.text import LIMITS, Field, bad_character, masked_phone
from wuye_tui.store.acts import reversed_digits

LIMIT: Final = 30
_DAYS: Final = 31  # so far back a number without its month may lie
_PREFIXES: Final = (*(PROCEDURES[kind].prefix for kind in QUEUED), PREFIX)
_SHORT: Final = re.compile(r"(?:([A-Z]{2})-?)?(?:(\d\d)-)?(\d{1,6})", re.ASCII)
_WHOLE: Final = re.compile(r"(?:([A-Z]{2})-?)?(\d{8})-(\d{1,6})", re.ASCII)
_PART: Final = re.compile(r"[0-9A-Z]+(?:-[0-9A-Z]*)+", re.ASCII)
_NUMBER: Final = re.compile(r"\+?[0-9][0-9 -]*", re.ASCII)
_SOLID: Final = tuple(
    re.compile(rf"(\d{{{building}}})(\d)(\d{{{room}}})", re.ASCII)
    for building in (1, 2)
    for room in (3, 4)
)
_BUILDING: Final = re.compile(r"([0-9A-Z]{1,2})(?:栋|幢|座|号楼|#)(?:([0-9])(?:单元)?)?")
_NUMBER_ALONE: Final = re.compile(r"\d+|\d{1,2}[A-D]\d{1,2}", re.ASCII)  # 502, 3A01
_ROOM: Final = re.compile(r"(\d{3,4}|\d{1,2}[A-Da-d]\d{1,2})(?:室|房|号房)")
_MASKED: Final = re.compile(r"\d*\*+(\d+)", re.ASCII)
_TITLED: Final = re.compile(r"(?:业主|租客|家属|住户)?(.+?)(?:先生|女士|小姐|太太|师傅|阿姨|大爷)?")
_FIRST_UNITS: Final = 8  # of those that begin so, before their people
_MOST: Final = LIMITS[Field.SEARCH].most


def search(desk: Desk, text: str, limit: int = LIMIT) -> tuple[Hit, ...]:
    """What was meant, the best first; nothing for a text that means nothing.

    A number of a slip or clause comes first, then the unit that a room is, then people, prices and
    numbers of the directory, then other units, what is open there or says so, and calls. A first
    word that says what is looked for (`at_hand.SCOPES`) looks for nothing else.
    """
    with desk.read() as session:
        return _Looking(session, desk, text, limit).found()


class _Looking:
    """One search, in one session."""

    def __init__(self, session: Session, desk: Desk, text: str, limit: int) -> None:
        self._session, self._site, self._limit = session, desk.site, limit
        self._desk = desk
        self._today = desk.calendar.day_of(desk.now())
        kept = bad_character().sub(" ", text[: 4 * _MOST])
        self._typed = _said(unicodedata.normalize("NFC", kept).strip()[:_MOST])
        self._plain = unicodedata.normalize("NFKC", self._typed).upper()

    def found(self) -> tuple[Hit, ...]:
        """All of it, each thing once."""
        if not self._typed:
            return ()
        told = at_hand.look(self._session, self._desk, unicodedata.normalize("NFKC", self._typed))
        if told.alone:
            return told.meant
        named = self._numbered()
        if named and _WHOLE.fullmatch(self._plain):
            return tuple(named)[: self._limit]  # nobody is called so: no names are looked through
        units, likely = self._units()
        people = self._people()
        said = [*self._of_units([*units, *likely]), *self._saying(), *self._phoned()]
        others = [*told.meant, *likely, *said, *told.near]
        kept = max(0, self._limit - len(named) - len(units) - min(len(others), self._limit // 3))
        ranked = [*named, *told.exact, *units, *people[:kept], *others, *people[kept:]]
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
        labels = [unit.label for unit in registry.meant(room)] if room else []
        if not labels:
            labels = [self._plain] if self._ask(ask.UNIT_LABELLED, typed=self._plain) else []
        exact = bool(labels) and (len(labels) == 1 or bool(room and room.building))
        if not labels and _NUMBER_ALONE.fullmatch(self._plain):
            numbered = registry.units_like(RoomRef("", None, self._plain))
            labels = [unit.label for unit in numbered]
        if not labels and _PART.fullmatch(self._plain):
            rows = self._ask(about.UNITS_BEGINNING, pattern=ask.pattern(self._plain))
            hits = [Hit(Is.UNIT, unit=row.label) for row in rows]
            return hits[:_FIRST_UNITS], hits[_FIRST_UNITS:]
        solid = [] if labels else self._solid()
        exact = exact or bool(solid)
        hits = [Hit(Is.UNIT, unit=label) for label in labels or solid]
        return (hits, []) if exact else ([], hits)

    def _solid(self) -> list[str]:
        """The label that is meant by a number without its dashes: 31502 is 3-1-502."""
        parts = (form.fullmatch(self._plain) for form in _SOLID)
        labels = ["-".join(found.groups()) for found in parts if found]
        return [label for label in labels if self._ask(ask.UNIT_LABELLED, typed=label)]

    def _people(self) -> list[Hit]:
        found = Search(self._session, self._site, self._typed, self._limit).found()
        titled = _TITLED.fullmatch(self._typed)
        if not found and titled and titled.group(1) != self._typed:
            found = Search(self._session, self._site, titled.group(1), self._limit).found()
        for label in self._solid():
            found += Search(self._session, self._site, label, self._limit).found()
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
        viewer = self._desk.staff
        values = {"site": self._site, "viewer": viewer, "limit": self._limit, **given}
        return self._session.connection().execute(question, values).all()


def _said(typed: str) -> str:
    """What is looked for: a room without 室, the beginning of the labels of a building, the tail of
    a number that a screen has masked.
    """
    room, masked = _ROOM.fullmatch(typed), _MASKED.fullmatch(typed)
    if part := _BUILDING.fullmatch(unicodedata.normalize("NFKC", typed).upper()):
        return "".join(f"{one}-" for one in part.groups() if one)
    return room.group(1) if room else masked.group(1) if masked else typed


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
