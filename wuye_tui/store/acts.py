"""An act is the transaction: one commit, one audit line, and a key that makes a repeat harmless.

Verbs are functions of an act and compose: one line typed is a contact, a matter and two steps.
"""

import secrets
import uuid
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session, SQLModel

from wuye_tui.reference import Reference
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.rights import Actor
from wuye_tui.store import chain, rows
from wuye_tui.store.tables import APPEND_ONLY, Private

Result = dict[str, Any]


def new_key() -> str:
    """A key for an act; whoever will act makes it first and keeps it until the act is answered."""
    return str(uuid.uuid4())


def reversed_digits(phone: str) -> str:
    """What an index is asked for by the end of a telephone: its digits, the last one first."""
    return "".join(filter(str.isdigit, phone))[::-1]


class Repeated(Exception):
    """The act with this key was done before; `result` is what it returned then."""

    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


@dataclass
class Act:
    """One transaction: who acts, when, on which duty; and what has been written in it."""

    session: Session
    site: str
    key: str
    what: str
    now: datetime
    by: Actor
    duty: str
    calendar: WorkingCalendar
    lent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The hats that running duties lend, by staff number."""
    reference: Reference = field(default_factory=Reference)
    """The office's own tables; none is read before it is asked for."""
    result: Result = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)
    """What a verb leaves for the next one of the same act, so that nothing is asked twice."""
    _proofs: list[tuple[str, rows.Columns]] = field(default_factory=list)
    _whispered: list[rows.Columns] = field(default_factory=list)
    _derived: dict[type[SQLModel], dict[tuple[Any, ...], rows.Columns]] = field(
        default_factory=dict
    )
    _connection: Connection = field(init=False)

    def __post_init__(self) -> None:
        self._connection = self.session.connection()

    def add(self, *objects: SQLModel) -> None:
        """Writes rows that may change later."""
        self.session.add_all(objects)

    def append(self, *objects: SQLModel) -> None:
        """Writes append-only rows; the act's audit line vouches for them."""
        for row in objects:
            self.insert(type(row), row.model_dump())

    def insert(self, kind: type[SQLModel], *columns: rows.Columns) -> None:
        """Writes rows of this site by their columns; append-only ones are whole and vouched for."""
        whole, table = self._of_site(columns), rows.table_of(kind)
        if table.name in APPEND_ONLY:
            # A column left to its default would not be in the digest.
            assert all(row.keys() == set(table.c.keys()) for row in whole)
            self._proofs += [(table.name, row) for row in whole]
        rows.insert(self._connection, kind, whole)

    def upsert(self, kind: type[SQLModel], *columns: rows.Columns) -> None:
        """Writes rows of this site, each in the place of the one with its key if there is one."""
        rows.upsert(self._connection, kind, self._of_site(columns))

    def derive(self, kind: type[SQLModel], *columns: rows.Columns) -> None:
        """Writes rows that follow from others, in the place of those with their keys: at the end
        of the act, and of each only what was said last. The act does not read them back.
        """
        told = self._derived.setdefault(kind, {})
        told.update({rows.key_of(kind, row): row for row in self._of_site(columns)})

    def update(self, kind: type[SQLModel], *columns: rows.Columns) -> None:
        """Changes the rows of this site that have these keys; all name the same columns."""
        rows.update(self._connection, kind, self._of_site(columns))

    def delete(self, kind: type[SQLModel], *keys: rows.Columns) -> None:
        """Takes away the rows of this site that have these keys."""
        gone = self._of_site(keys)
        for key in gone:
            self._derived.get(kind, {}).pop(rows.key_of(kind, key), None)
        rows.delete(self._connection, kind, gone)

    def _of_site(self, given: Iterable[rows.Columns]) -> list[rows.Columns]:
        self.session.flush()  # objects that these rows refer to go first
        return [{"site": self.site, **row} for row in given]

    def whisper(
        self,
        owner: str,
        n: int,
        more: Mapping[str, Any] | None = None,
        *,
        name: str = "",
        phone: str = "",
        address: str = "",
        words: str = "",
    ) -> str:
        """Keeps words about people beside the record; returns the seal that the record keeps.

        They are written at the end of the act, and once: a snapshot (`n` 0) may be taken anew.
        """
        said = {"name": name, "phone": phone, "address": address, "words": words}
        kept = {key: value for key, value in (more or {}).items() if value}
        if not kept and not any(said.values()):
            return ""
        salt = secrets.token_hex(16)
        row = {
            "owner": owner,
            "n": n,
            "salt": salt,
            **said,
            "phone_tail": reversed_digits(phone),
            "more": kept,
        }
        self._whispered.append(row)
        return chain.seal(salt, {**said, "more": kept})

    def number(self, prefix: str) -> str:
        """The next number of the day it is recorded, PG-20261121-004; grows past 999."""
        day = self.calendar.day_of(self.now).strftime("%Y%m%d")
        return f"{prefix}-{day}-{chain.next_number(self._connection, self.site, prefix, day):03d}"

    def close(self) -> None:
        """Writes what was kept for the end, and the audit line: the last row of the act."""
        for kind, told in self._derived.items():
            rows.upsert(self._connection, kind, list(told.values()))
        self.upsert(Private, *self._whispered)
        line = {
            "site": self.site,
            "key": self.key,
            "version": chain.VERSION,
            "at": self.now,
            "by": self.by.number,
            "duty": self.duty,
            "what": self.what,
            "result": self.result,
            "digest": chain.digest(self._proofs),
        }
        chain.append(self._connection, line)
