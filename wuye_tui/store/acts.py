"""An act is the transaction: one commit, one audit line, and a key that makes a repeat harmless.

Verbs are functions of an act and compose: one line typed is a contact, a matter and two steps.
"""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, SQLModel

from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.rights import Actor
from wuye_tui.store import chain
from wuye_tui.store.tables import Audit, Private

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
    _proofs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def add(self, *rows: SQLModel) -> None:
        """Writes rows that may change later."""
        self.session.add_all(rows)

    def append(self, *rows: SQLModel) -> None:
        """Writes append-only rows; the act's audit line vouches for them."""
        for row in rows:
            self.session.add(row)
            self._proofs.append(chain.proof(row))

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
        row = Private(
            site=self.site,
            owner=owner,
            n=n,
            salt=salt,
            name=name,
            phone=phone,
            phone_tail=phone[::-1],
            address=address,
            words=words,
            more=kept,
        )
        # Only a snapshot is ever written twice; a step's words are new.
        self.session.add(self.session.merge(row) if n == 0 else row)
        return chain.seal(salt, {**said, "more": kept})

    def number(self, prefix: str) -> str:
        """The next number of the day it is recorded, PG-20261121-004; grows past 999."""
        day = self.calendar.day_of(self.now).strftime("%Y%m%d")
        return f"{prefix}-{day}-{chain.next_number(self.session, self.site, prefix, day):03d}"

    def close(self) -> Audit:
        """Writes the audit line: the last row of the act."""
        return chain.append(
            self.session,
            Audit(
                site=self.site,
                seq=0,
                key=self.key,
                version=chain.VERSION,
                at=self.now,
                by=self.by.number,
                duty=self.duty,
                what=self.what,
                result=self.result,
                digest=chain.digest(self._proofs),
                prev="",
                hash="",
            ),
        )
