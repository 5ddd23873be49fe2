"""The audit chain: one line an act, hashed over the line before it; and the gapless series.

A line holds no words about people. `digest` covers every append-only row of the act, so that a
row edited, added or taken away later is found; a cut tail is found by an anchor kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from wuye_tui.store.tables import Audit, Series

VERSION = 1
START = "0" * 64
HEAD = "audit"


def canonical(value: Any) -> str:
    """The one way to write a value down for hashing: sorted keys, moments in UTC."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(value)


def sha(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(salt: str, words: Mapping[str, Any]) -> str:
    """What a record keeps of words about people: a salted hash, whole after they are erased."""
    return sha(salt + canonical(words))


def proof(row: SQLModel) -> tuple[str, dict[str, Any]]:
    """A row as the digest sees it: its table and its columns."""
    table = str(getattr(row, "__tablename__"))  # noqa: B009 - typed as a descriptor
    return table, row.model_dump()


def digest(proofs: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """One hash over the rows of an act, whatever order they were written in."""
    return sha("\n".join(sorted(canonical([table, columns]) for table, columns in proofs)))


def next_number(session: Session, site: str, name: str, period: str) -> int:
    """The next of a gapless series; the row stays locked until the act ends."""
    table: Table = getattr(Series, "__table__")  # noqa: B009
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(table)
        .values(site=site, name=name, period=period, last=1)
        .on_conflict_do_update(
            index_elements=["site", "name", "period"], set_={"last": table.c.last + 1}
        )
        .returning(table.c.last)
    )
    return int(session.execute(statement).scalar_one())


def line_hash(line: Audit) -> str:
    """The hash of one line, over the hash of the line before it."""
    return sha(
        canonical(
            [
                line.version,
                line.prev,
                line.site,
                line.seq,
                line.key,
                line.at,
                line.by,
                line.duty,
                line.what,
                line.result,
                line.digest,
            ]
        )
    )


def append(session: Session, line: Audit) -> Audit:
    """Writes the line at the end of the site's chain: the last thing an act does."""
    session.flush()
    line.seq = next_number(session, line.site, HEAD, "")
    before = session.execute(
        select(Audit.__table__.c.hash).where(  # type: ignore[attr-defined]
            Audit.__table__.c.site == line.site,  # type: ignore[attr-defined]
            Audit.__table__.c.seq == line.seq - 1,  # type: ignore[attr-defined]
        )
    ).scalar_one_or_none()
    line.prev = before or START
    line.hash = line_hash(line)
    session.add(line)
    session.flush()
    return line
