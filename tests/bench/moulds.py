"""Moulds: a row that was really written, with everything that differs in its copies left open.

A row is kept as text, as the database wants it and as the chain hashes it; a copy is filled in by
one `%`, several times faster than building and encoding its columns again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Table

from wuye_tui.store.chain import canonical

NULL = r"\N"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{6})?(?:[+]\d\d:\d\d)?"
DAY = r"(?<![\dA-Z-])\d{4}-\d\d-\d\d(?![\dT ])"


@dataclass(frozen=True)
class Slot:
    """Something that differs: of which sort, and what stood there when it was lived."""

    sort: str
    was: str


@dataclass(frozen=True)
class Mould:
    """A text with slots: `picks` are their places among the values of a copy."""

    text: str
    picks: tuple[int, ...]
    pick: Callable[[Sequence[str]], Any]

    def fill(self, values: Sequence[str]) -> str:
        """The text of a copy."""
        return self.text % self.pick(values)  # type: ignore[no-any-return]


class Slots:
    """The slots of one story; the same thing in two rows is one slot."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known`: what else differs than moments and days, each with its sort."""
        self.all: list[Slot] = []
        self._at: dict[Slot, int] = {}
        self._known = dict(known)
        longest = sorted(known, key=len, reverse=True)
        names = "|".join(rf"(?<![\w-]){re.escape(one)}(?![\w-])" for one in longest)
        self._found = re.compile("|".join(filter(None, (names, MOMENT, DAY))))

    def place(self, sort: str, was: str) -> int:
        """Where among the values a slot stands; a new one is last."""
        slot = Slot(sort, was)
        if slot not in self._at:
            self._at[slot] = len(self.all)
            self.all.append(slot)
        return self._at[slot]

    def mould(self, text: str) -> Mould:
        """The mould of a text."""
        parts: list[str] = []
        picks: list[int] = []
        last = 0
        for found in self._found.finditer(text):
            was = found[0]
            sort = self._known.get(was) or ("day" if len(was) == 10 else "moment")
            parts += [text[last : found.start()].replace("%", "%%"), "%s"]
            picks.append(self.place(sort, was))
            last = found.end()
        parts.append(text[last:].replace("%", "%%"))
        return mould_of("".join(parts), picks)


def mould_of(text: str, picks: Sequence[int]) -> Mould:
    """A mould of what is ready for `%`."""
    pick: Callable[[Sequence[str]], Any]
    if not picks:
        pick = _nothing
    elif len(picks) == 1:
        only = picks[0]

        def pick(values: Sequence[str]) -> Any:
            return (values[only],)

    else:
        pick = itemgetter(*picks)
    return Mould(text, tuple(picks), pick)


def _nothing(_values: Sequence[str]) -> tuple[()]:
    return ()


def line_of(table: Table, row: Mapping[str, Any], dialect: str) -> str:
    """A row as one line in the order of its columns, as COPY reads it."""
    return "\t".join(_shown(row[c.name], dialect) for c in table.c)


def _shown(value: Any, dialect: str) -> str:
    match value:
        case None:
            return NULL
        case bool():
            return ("f", "t")[value] if dialect == POSTGRESQL else str(int(value))
        case datetime():
            return moment(value, dialect)
        case date() | int():
            return str(value)
        case str():
            return _escaped(value, dialect)
    return _escaped(canonical(value), dialect)


def _escaped(text: str, dialect: str) -> str:
    assert not set(text) & set("\t\n\r")
    return text.replace("\\", "\\\\") if dialect == POSTGRESQL else text


def moment(value: datetime, dialect: str) -> str:
    """A moment as the database keeps it: without a zone on SQLite."""
    at = value.astimezone(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") + ("+00:00" if dialect == POSTGRESQL else "")


def moved(was: str, by: timedelta) -> str:
    """A moment or a day in its own way of writing, so much later."""
    if len(was) == 10:
        return (date.fromisoformat(was) + by).isoformat()
    at = datetime.fromisoformat(was) + by
    return at.isoformat(was[10], "microseconds" if "." in was else "seconds")
