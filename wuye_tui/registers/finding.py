"""The search behind `people.find`: every way that somebody may be meant, each with a rank."""

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import Select
from sqlmodel import Session

from wuye_tui.registers import finding_questions as ask
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.pinyin import typed_key
from wuye_tui.rules.rooms import key, parse_room
from wuye_tui.rules.text import LIMITS, Field, bad_character

SHORTEST_TAIL: Final = 3
_MOST_TYPED: Final = LIMITS[Field.SEARCH].most
_KEYS_A_PERSON: Final = 4  # that begin alike; whoever has more takes the place of another
_NUMBER: Final = re.compile(r"\+?[0-9](?:[0-9 -]*[0-9])?", re.ASCII)
_LETTERED: Final = re.compile(r"[0-9]{1,2}[A-D][0-9]{1,2}", re.ASCII)  # a room on floor 3A
_PART_OF_LABEL: Final = re.compile(r"[0-9A-Z]+-(?:[0-9A-Z]+-?)*", re.ASCII)
_PLATE: Final = re.compile(r"[0-9]{5}|(?=.*[A-Z])(?=.*[0-9])\w?[A-Z0-9]{4,8}\w?")
_LETTERS: Final = re.compile("[A-D]")
_SEPARATORS: Final = re.compile(r"[\s.·•-]")
_BY_ROLE: Final = ("tenant", "owner", "family", "emergency")


class How(StrEnum):
    """By what somebody was found."""

    ROOM = "room"
    NAME = "name"
    PINYIN = "pinyin"
    PHONE = "phone"
    PLATE = "plate"


class PersonFound(NamedTuple):
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
        return self._asdict()


class Search:
    """One search for at most `limit` people, telephones in full.

    Each way of finding notes people with a rank, 0 is best; then all of them are fetched at once.
    """

    def __init__(self, session: Session, site: str, text: str, limit: int) -> None:
        self._session, self._site, self._limit = session, site, limit
        self._typed = _tidy(text)
        self._plain = unicodedata.normalize("NFKC", self._typed).upper()
        self._best: dict[str, tuple[int, How]] = {}
        # Of these all is known by how they were found.
        self._living: list[Any] = []
        self._called: list[Any] = []

    def found(self) -> list[PersonFound]:
        """Who was found in any way, the best first, then by name and unit."""
        if self._typed and not self._by_room():
            self._by_phone()
            self._by_pinyin()
            self._by_plate()
            self._by_name()
        best = sorted(self._best, key=lambda person: self._best[person][0])[: self._limit]
        rows = [row for row in self._living if self._best[row[0]][1] is How.ROOM]
        rows += [row for row in self._called if self._best[row[0]][1] is How.PHONE]
        others = [one for one in best if self._best[one][1] not in (How.ROOM, How.PHONE)]
        rows += self._ask(ask.PEOPLE, ids=others) if others else []
        wanted, found = set(best), []
        for person, name, phone, plate, role, _unit, label in rows:
            if person in wanted:
                rank, how = self._best[person]
                one = PersonFound(person, name, role or "", label or "", phone, plate, how)
                found.append((rank, one))
        return [one for _rank, one in sorted(found, key=_order)[: self._limit]]

    def _by_room(self) -> bool:
        """Whether the text is a room, or the beginning of a label, and nothing else."""
        room = parse_room(self._typed)
        if room and room.building and self._note_living(self._ask(ask.LIVING_AT, typed=key(room))):
            return True  # as nearly always: the whole label of a home that somebody lives in
        registry = Registry(self._session, self._site)
        units: Sequence[str] = [unit.id for unit in registry.meant(room)] if room else []
        self._live_in(units or self._find_units(ask.UNIT_LABELLED, typed=self._plain), 0)
        if not self._best and _PART_OF_LABEL.fullmatch(self._plain):
            self._live_in(
                self._find_units(ask.UNITS_BEGINNING, pattern=ask.pattern(self._plain)), 1
            )
        return bool(self._best)

    def _find_units(self, question: Select[Any], **given: str) -> Sequence[str]:
        return [row.id for row in self._ask(question, limit=self._limit, **given)]

    def _live_in(self, units: Sequence[str], rank: int) -> None:
        if units:
            place = {unit: n for n, unit in enumerate(units)}
            living = self._ask(ask.LIVING_IN, units=units)
            self._note_living(sorted(living, key=lambda row: place[row.unit]), rank)

    def _note_living(self, rows: Sequence[Any], rank: int = 0) -> bool:
        """Notes who lives in some units, whose order is that of the rows; says if anybody does."""
        for _unit, living in groupby(rows, key=lambda row: row.unit):
            for row in sorted(living, key=lambda row: (_role(row.role), row.name)):
                self._living.append(row)
                self._note(row.id, rank, How.ROOM)
        return bool(rows)

    def _by_phone(self) -> None:
        number = _digits(self._plain)
        if _LETTERED.fullmatch(self._plain):
            self._live_in(self._find_units(ask.UNITS_NUMBERED, typed=self._plain), 4)
        if not _NUMBER.fullmatch(self._plain) or len(number) < SHORTEST_TAIL:
            return
        tail = number[::-1]
        found = self._ask(ask.TAILS, limit=self._limit, typed=tail, after=ask.after(tail))
        for row in sorted(found, key=lambda row: str(row.phone_tail)):
            self._called.append(row[:-1])
            self._note(row.id, 0 if len(row.phone_tail) == len(number) else 2, How.PHONE)
        if number == self._plain:
            self._live_in(self._find_units(ask.UNITS_NUMBERED, typed=number), 4)

    def _by_pinyin(self) -> None:
        said = typed_key(self._typed)
        if not said or said.isdigit():
            return
        after = ask.after(said)
        given = {"typed": said, "limit": self._limit * _KEYS_A_PERSON}
        if after:
            rows = self._ask(ask.KEYS_BEGINNING, after=after, **given)
        else:
            rows = self._ask(ask.LAST_KEYS, **given)
        for person, found in rows:
            self._note(person, 1 if found == said else 3, How.PINYIN)

    def _by_plate(self) -> None:
        typed = _SEPARATORS.sub("", self._plain)
        if not _PLATE.fullmatch(typed):
            return
        pattern, whole = f"%{ask.pattern(typed)}", f"% {ask.pattern(f'{typed} ')}"
        for person, found in self._ask(ask.PLATES, limit=self._limit, pattern=pattern, whole=whole):
            self._note(person, 0 if typed in found.split() else 4, How.PLATE)

    def _by_name(self) -> None:
        """Goes through all names, so only where letters alone have found nobody."""
        typed, start = self._typed, ask.pattern(self._typed)
        if typed.isascii() and self._best:
            return
        question = ask.LATIN_NAMES if typed.isascii() else ask.CHINESE_NAMES
        pattern = f"%{start.lower() if typed.isascii() else start}"
        for person, found in self._ask(
            question, limit=self._limit, typed=typed, start=start, pattern=pattern
        ):
            rank = 0 if found == typed else 1 if found.startswith(typed) else 3
            self._note(person, rank, How.NAME)

    def _ask(self, question: Select[Any], **given: Any) -> Sequence[Any]:
        return self._session.connection().execute(question, {"site": self._site, **given}).all()

    def _note(self, person: str, rank: int, how: How) -> None:
        if person not in self._best or rank < self._best[person][0]:
            self._best[person] = (rank, how)


def _order(ranked: tuple[int, PersonFound]) -> tuple[Any, ...]:
    rank, one = ranked
    if one.how is How.ROOM:
        return rank, _natural(one.unit), _role(one.role), one.name
    return rank, (), 9, one.name, _natural(one.unit)


def _role(role: str) -> int:
    return _BY_ROLE.index(role) if role in _BY_ROLE else 9


def _natural(label: str) -> tuple[tuple[int, str], ...]:
    """A label by its parts, the shorter first: 3-1-101 before 3-1-3A01 before 10-1-101."""
    return tuple((len(_LETTERS.sub("", part)), part) for part in label.split("-"))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789")


def _tidy(text: str) -> str:
    """Without what a database would stumble over (NUL, half characters), and not too long."""
    kept = bad_character().sub(" ", text[: 4 * _MOST_TYPED])
    return unicodedata.normalize("NFC", kept).strip()[:_MOST_TYPED]
