"""The audit chain: one line an act, hashed over the line before it; and the gapless series.

A line holds no words about people. `digest` covers every append-only row of the act, so that a
row edited, added or taken away later is found; a cut tail is found by an anchor kept elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ClauseElement, Connection, bindparam, select

from wuye_tui.store import rows
from wuye_tui.store.prepared import prepared
from wuye_tui.store.tables import Audit, Series

VERSION = 1
START = "0" * 64
HEAD = "audit"
HASHED = ("version", "prev", "site", "seq", "key", "at", "by", "duty", "what", "result", "digest")
_LINE = rows.table_of(Audit).c
_HASH = select(_LINE.hash).where(_LINE.site == bindparam("site"), _LINE.seq == bindparam("seq"))


def canonical(value: Any) -> str:
    """The one way to write a value down for hashing: sorted keys, moments in UTC."""
    return _ENCODER.encode(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain)


def sha(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def seal(salt: str, words: Mapping[str, Any]) -> str:
    """What a record keeps of words about people: a salted hash, whole after they are erased."""
    return sha(salt + canonical(words))


def proof(table: str, columns: Mapping[str, Any]) -> str:
    """One append-only row, written down whole for its act's digest."""
    return canonical([table, columns])


def digest_of(proofs: Iterable[str]) -> str:
    """One hash over the proofs of an act's rows, whatever order they were written in."""
    return sha("\n".join(sorted(proofs)))


def digest(rows_: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """The same over the rows themselves, each with its table."""
    return digest_of(proof(table, columns) for table, columns in rows_)


def next_number(connection: Connection, site: str, name: str, period: str) -> int:
    """The next of a gapless series; the row stays locked until the act ends."""
    start = {"site": site, "name": name, "period": period, "last": 1}
    counting = prepared(connection, tuple(start), _counting, connection.dialect.name)
    return int(counting.run(connection, [start]).scalar_one())


def _counting(dialect: str) -> ClauseElement:
    last = rows.table_of(Series).c.last
    return (
        rows.insert_for(Series, dialect)
        .on_conflict_do_update(index_elements=["site", "name", "period"], set_={"last": last + 1})
        .returning(last)
    )


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash of one line, over the hash of the line before it."""
    return sha(canonical([line[name] for name in HASHED]))


def append(connection: Connection, line: Mapping[str, Any]) -> None:
    """Writes the line at the end of its site's chain: the last thing an act does."""
    site = line["site"]
    seq = next_number(connection, site, HEAD, "")
    before = connection.execute(_HASH, {"site": site, "seq": seq - 1}).scalar_one_or_none()
    whole = {**line, "seq": seq, "prev": before or START}
    rows.insert(connection, Audit, [{**whole, "hash": line_hash(whole)}])
