"""What the regulation wants within reach of the desk (XX-4.1.4), found in the box for everything:
prices of the tariff, clauses with their text, and the numbers of the directory.

There are a few dozen of each, so they are read and looked through; no index would be quicker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.rules.directory import GROUPS, Group
from wuye_tui.rules.pinyin import typed_key
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Entry, Staff, Tariff
from wuye_tui.words import N_, _

FEW: Final = 5  # of a sort, where only a part of the words is theirs
_LEAST_PART: Final = 3  # letters of a code or digits of a number
_CLAUSE: Final = re.compile(r"[A-Z]{2}(?:-[A-Z0-9.]*|[0-9][0-9.]*)", re.ASCII)
_tariff, _entry, _staff = (table_of(kind).c for kind in (Tariff, Entry, Staff))
PRICES: Final = (
    select(table_of(Tariff)).where(_tariff.site == bindparam("site")).order_by(_tariff.code)
)
NUMBERS: Final = (
    select(table_of(Entry))
    .where(_entry.site == bindparam("site"), _entry.active.is_(True))
    .order_by(_entry.place, _entry.name)
)
COLLEAGUES: Final = (
    select(_staff.number, _staff.name, _staff["keys"], _staff.post, _staff.phone)
    .where(_staff.site == bindparam("site"), _staff.active.is_(True))
    .order_by(_staff.number)
)
# A first word that says what is looked for lists all of it, or the part with the words behind it;
# the short ones only with words behind them.
SCOPES: Final = {"price": N_("收费标准"), "clause": N_("规程条款"), "number": N_("通讯录")}
_SHORT: Final = {"收费": "price", "价格": "price", "条款": "clause", "规程": "clause"}


class Is(StrEnum):
    """What a hit is."""

    PERSON = "person"
    UNIT = "unit"
    SLIP = "slip"
    CALL = "call"
    PRICE = "price"
    CLAUSE = "clause"
    NUMBER = "number"
    STAFF = "staff"


@dataclass(frozen=True)
class Hit:
    """One thing that was found; what it does not have is empty. A resident's telephone is masked.

    `number` is a slip's, or of a call the slip's that it led to; `code` is that of a call, an item
    of the tariff, a clause or a colleague. `fen` is labour for one `per`, and `role` its material.
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
    fen: int = 0
    per: str = ""


@dataclass(frozen=True)
class AtHand:
    """What was found: `exact` by its whole number, `meant` by its name or a part of the number, and
    `near`, that only speaks of it.
    """

    exact: tuple[Hit, ...] = ()
    meant: tuple[Hit, ...] = ()
    near: tuple[Hit, ...] = ()
    alone: bool = False  # nothing else is looked for


@dataclass(frozen=True)
class _Told:
    """One thing at hand with all that is said of it, folded, and the ways to type its name."""

    hit: Hit
    said: str
    keys: str = ""


def look(session: Session, desk: Desk, typed: str) -> AtHand:
    """What was meant by words that are typed as they may stand there, in any width of letters."""
    scope, words = _scope(typed)
    readers = {Is.PRICE: _prices, Is.NUMBER: _numbers, Is.CLAUSE: _clauses}
    if scope:
        every = readers[scope](session, desk)
        said = (one.hit for one in every if _says(one.said, words))
        return AtHand(meant=tuple(said), alone=True)
    meant, near = list[Hit](), list[Hit]()
    if not any(letter.isalnum() for letter in typed) or (len(typed) < 2 and typed.isascii()):
        return AtHand()
    key = typed_key(typed) if not typed.isdigit() else ""
    for reader in (_prices, _numbers, _colleagues):
        found = list(reader(session, desk))
        named = [one.hit for one in found if _names(one, words, key)]
        meant += named
        if len(typed) > 1:
            others = (one for one in found if one.hit not in named)
            near += [one.hit for one in others if _says(one.said, words)][:FEW]
    number = typed.upper().replace("-", "")
    if _CLAUSE.fullmatch(typed.upper()):
        clauses = [one.hit for one in _clauses(session, desk)]
        meant[:0] = [hit for hit in clauses if hit.code.replace("-", "").startswith(number)]
    elif len(typed) > 1 and not typed.isascii():
        found = [one for one in _clauses(session, desk) if _says(one.said, words)]
        near += [one.hit for one in found][:FEW]
    exact = [hit for hit in meant if number in (hit.code.replace("-", ""), _digits(hit.phone))]
    return AtHand(tuple(exact), tuple(hit for hit in meant if hit not in exact), tuple(near))


def _scope(typed: str) -> tuple[Is | None, list[str]]:
    words = typed.casefold().split()
    for what, word in SCOPES.items():
        if words and words[0] in (word, _(word).casefold().replace(" ", "-")):
            return Is(what), words[1:]
    if len(words) > 1 and words[0] in _SHORT:
        return Is(_SHORT[words[0]]), words[1:]
    return None, words


def _says(said: str, words: list[str]) -> bool:
    return all(word in said for word in words)


def _names(one: _Told, words: list[str], key: str) -> bool:
    """Whether the words are a part of its name, its code or its number, or its initials."""
    hit, name = one.hit, one.hit.name.casefold()
    if key and any(way.startswith(key) for way in one.keys.split()):
        return True
    whole = "".join(words)
    own = (hit.code.casefold(), hit.phone, _digits(hit.phone))
    return _says(name, words) or (len(whole) >= _LEAST_PART and any(whole in one for one in own))


def _digits(phone: str) -> str:
    return phone.replace("-", "")


def _prices(session: Session, desk: Desk) -> Iterator[_Told]:
    for row in session.connection().execute(PRICES, {"site": desk.site}):
        hit = Hit(
            Is.PRICE,
            code=row.code,
            name=row.name,
            role=row.material,
            fen=row.price // 100,
            per=row.unit_word,
        )
        said = f"{row.code} {row.name} {row.category} {row.keywords}"
        yield _Told(hit, said.casefold(), row.keys)


def _numbers(session: Session, desk: Desk) -> Iterator[_Told]:
    for row in session.connection().execute(NUMBERS, {"site": desk.site}):
        group = GROUPS[Group(row.kind)] if row.kind in set(Group) else row.kind
        hit = Hit(Is.NUMBER, name=row.name, role=group, phone=row.phone, words=row.note)
        said = f"{row.name} {_(group)} {row.phone} {row.second} {row.note}"
        yield _Told(hit, said.casefold(), row.keys)


def _colleagues(session: Session, desk: Desk) -> Iterator[_Told]:
    for row in session.connection().execute(COLLEAGUES, {"site": desk.site}):
        hit = Hit(Is.STAFF, code=row.number, name=row.name, role=row.post, phone=row.phone)
        said = f"{row.number} {row.name} {row.post} {row.phone}"
        yield _Told(hit, said.casefold(), row.keys)


def _clauses(_session: Session, desk: Desk) -> Iterator[_Told]:
    for one in desk.reference.clauses.values():
        hit = Hit(Is.CLAUSE, code=one.id, name=one.source, words=one.summary)
        said = f"{one.id} {one.source} {one.summary_zh} {one.summary_en}"
        yield _Told(hit, said.casefold())
