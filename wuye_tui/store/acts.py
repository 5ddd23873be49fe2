"""An act is the transaction: one commit, one audit line, and a key that makes a repeat harmless.

Verbs are functions of an act and compose: one line typed is a contact, a matter and two steps.
"""

import secrets
import uuid
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel

from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.rights import Actor
from wuye_tui.store import chain, rows
from wuye_tui.store.tables import APPEND_ONLY, Private

Result = dict[str, Any]


def new_key() -> str:
    """A key for an act; whoever will act makes it first and keeps it until the act is answered."""
    return str(uuid.uuid4())


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
    result: Result = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)
    """What a verb leaves for the next one of the same act, so that nothing is asked twice."""
    _proofs: list[tuple[str, rows.Columns]] = field(default_factory=list)

    def add(self, *objects: SQLModel) -> None:
        """Writes rows that may change later."""
        self.session.add_all(objects)

    def append(self, *objects: SQLModel) -> None:
        """Writes append-only rows; the act's audit line vouches for them."""
        for row in objects:
            self.insert(type(row), row.model_dump())

    def insert(self, kind: type[SQLModel], *columns: rows.Columns) -> None:
        """Writes rows of this site by their columns; append-only ones are whole and vouched for."""
        whole = [{"site": self.site, **row} for row in columns]
        rows.insert(self.session, kind, whole)
        table = rows.table_of(kind)
        if table.name in APPEND_ONLY:
            # A column left to its default would not be in the digest.
            assert all(row.keys() == set(table.c.keys()) for row in whole)
            self._proofs += [(table.name, row) for row in whole]

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
        """Keeps words about people beside the record; returns the seal that the record keeps."""
        said = {"name": name, "phone": phone, "address": address, "words": words}
        kept = {key: value for key, value in (more or {}).items() if value}
        if not kept and not any(said.values()):
            return ""
        salt = secrets.token_hex(16)
        row = {
            "site": self.site,
            "owner": owner,
            "n": n,
            "salt": salt,
            **said,
            "phone_tail": phone[::-1],
            "more": kept,
        }
        # Only a snapshot is ever written twice; a step's words are new.
        write = rows.upsert if n == 0 else rows.insert
        write(self.session, Private, [row])
        return chain.seal(salt, {**said, "more": kept})

    def number(self, prefix: str) -> str:
        """The next number of the day it is recorded, PG-20261121-004; grows past 999."""
        day = self.calendar.day_of(self.now).strftime("%Y%m%d")
        return f"{prefix}-{day}-{chain.next_number(self.session, self.site, prefix, day):03d}"

    def close(self) -> None:
        """Writes the audit line: the last row of the act."""
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
        chain.append(self.session, line)
