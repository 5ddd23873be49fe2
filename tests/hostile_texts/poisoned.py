"""An office whose database somebody wrote into by hand: every text of people is a hostile string.

So an older version, another tool or an import of long ago may have left it. What the strings stand
in can be told from a mark behind each, one for each column.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from tests.hostile import ALL_PLAIN, EVERY
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.settings import DATABASE

LONGEST = 5000
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "private": ("name", "address", "words", "phone"),
    "person": ("name", "plate", "phone"),
    "staff": ("name", "post", "qualifications", "phone"),
    "directory": ("name", "second", "hours", "note", "phone"),
    "tariff": ("name", "unit_word", "material"),
    "matter": ("place",),
    "fee_term": ("subject",),
    "office": ("name",),
}
MASKED = frozenset({"phone"})  # telephones are shown in part only
_KINDS: Mapping[str, str] = {
    "private": "(SELECT kind FROM matter WHERE id = owner)",
    "step": '(SELECT kind FROM matter WHERE id = "step".matter)',
    "matter": "kind",
}
# No command shows these records as a whole: they are parts of a day's or a week's page.
_NOT_SHOWN = frozenset({"daycheck", "weekfile", "reading", "ring"})
# Copies for the queue of what the steps say, which are shown instead.
_COPIES = frozenset(
    (column, kind)
    for column, kinds in (
        ("private.words", ("handover", "entry", "dunning")),
        ("private.name", ("dunning",)),
        ("matter.place", ("callback", "entry", "task")),
    )
    for kind in kinds
)
_WORDS = {
    ask.name
    for cycle in PROCEDURES.values()
    for row in cycle.rows
    for ask in row.ask
    if ask.kind in (Kind.TEXT, Kind.WORDS, Kind.NAME, Kind.SIGNER)
}


@dataclass(frozen=True)
class Put:
    """One string in one column; `text` is with the column's mark."""

    column: str
    name: str
    text: str
    kind: str = ""  # of the matter that it belongs to, if of any


def storable(text: str) -> str:
    """Lone surrogates are in no database: no driver writes them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def poison(home: Path, offset: int = 0) -> list[Put]:
    """Writes the strings into every such column of an office's database; what stands where.

    `offset` begins with another string, so that short tables get others each time.
    """
    strings = {name: storable(text) for name, text in EVERY.items() if 0 < len(text) <= LONGEST}
    put: list[Put] = []
    with sqlite3.connect(home / DATABASE) as base:
        triggers = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            base.execute(f'DROP TRIGGER "{trigger}"')
        marks = count(1)
        for table, columns in COLUMNS.items():
            for column in columns:
                turn = _turn(strings, next(marks), offset, table, column, put)
                kind = _KINDS.get(table, "''")
                told = (
                    f'SELECT rowid, {kind} FROM "{table}" WHERE "{column}" <> \'\' ORDER BY rowid'
                )
                for row, of in base.execute(told).fetchall():
                    text = next(turn)
                    put[-1] = replace(put[-1], kind=of or "")
                    if column in ("name",) and table == "directory":
                        text = f"{text}.{row}"  # a name is the key there
                        put[-1] = replace(put[-1], text=text)
                    base.execute(
                        f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (text, row)
                    )
        for table, column in (("private", "more"), ("step", "facts")):
            turns: dict[str, Iterator[str]] = {}
            rows = base.execute(
                f'SELECT rowid, "{column}", {_KINDS[table]} FROM "{table}" ORDER BY rowid'
            ).fetchall()
            for row, stored, of in rows:
                facts = json.loads(stored or "{}")
                for key, value in facts.items():
                    if isinstance(value, str) and value and (table == "private" or key in _WORDS):
                        if key not in turns:
                            turns[key] = _turn(strings, next(marks), offset, table, key, put)
                        facts[key] = next(turns[key])
                        put[-1] = replace(put[-1], kind=of or "")
                told = json.dumps(facts, ensure_ascii=False)
                base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (told, row))
    base.close()
    return put


def _turn(
    strings: Mapping[str, str], mark: int, offset: int, table: str, column: str, put: list[Put]
) -> Iterator[str]:
    """The strings one after the other for ever, each with the column's mark behind it."""
    names = list(strings)
    for at in count(offset + 37 * mark):
        name = names[at % len(names)]
        text = f"{strings[name]} k{mark}k"
        put.append(Put(f"{table}.{column}", name, text))
        yield text


def plain(put: Put) -> bool:
    """Whether it is ordinary text, which has to be found again whole where its record is shown."""
    if put.kind in _NOT_SHOWN or (put.column, put.kind) in _COPIES:
        return False
    return put.name in ALL_PLAIN


def masked(put: Put) -> bool:
    """Whether it stands where a telephone does, which is shown in part only."""
    return put.column.rpartition(".")[2] in MASKED
