"""What the registers answer to a question: an item of the tariff, a number of the directory.

One question to the database at most, and none for a line that asks nothing.
"""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import directory
from wuye_tui.registers.lookups import ANYTHING, held
from wuye_tui.registers.meaning import Proposal
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.line_questions import asks_nothing, asks_number, whose_number
from wuye_tui.rules.money import yuan
from wuye_tui.rules.units_text import fold
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Tariff
from wuye_tui.words import _, listed

NOTHING_ASKED: Final = "about"
"""What is to be asked of somebody who only says that they want to ask."""
_LEAST: Final = 2  # characters of a name that say whose number is meant
_MOST: Final = 2  # numbers that are shown; of more none is meant

_tariff = table_of(Tariff).c
_ITEMS = (
    select(_tariff.code, _tariff.name, _tariff.price, _tariff.unit_word, _tariff.keywords)
    .where(_tariff.site == bindparam("site"))
    .order_by(_tariff.code)
)


def answered(desk: Desk, found: Proposal) -> Proposal:
    """The same with its answer, where it is a question and the registers have one; a question
    without any content is to be asked about.
    """
    u = found.understood
    if u.kind is not Kind.ENQUIRY or found.choices:
        return found
    words = fold(u.words)
    if asks_nothing(words):
        return replace(found, asks=(*found.asks, NOTHING_ASKED))
    with desk.read() as session:
        if asks_number(words):
            return replace(found, known=_number(session, desk.site, words))
        return replace(found, known=_price(session, desk.site, words))


def _price(session: Session, site: str, words: str) -> str:
    """The item that the words name, but never the one that stands in for all others."""
    best: Any = None
    most = 0
    for item in session.connection().execute(_ITEMS, {"site": site}):
        keywords = item.keywords.split()
        hits = held(words, [*keywords, item.name])
        if ANYTHING not in keywords and hits > most:
            best, most = item, hits
    if best is None:
        return ""
    told = _("{price} 元/{per}") if best.unit_word else _("{price} 元")
    price = told.format(price=yuan(best.price // 100), per=best.unit_word)
    return f"{best.code} {best.name} {price}"


def _number(session: Session, site: str, words: str) -> str:
    """Whose number is asked for: the name that the words have most of, whole before in part."""
    asked = whose_number(words)
    fits = [(_fit(one.name, asked), one) for one in directory.entries(session, site)]
    best = max((fit for fit, _one in fits), default=(0, False))
    meant = [one for fit, one in fits if fit == best]
    if best[0] < _LEAST or len(meant) > _MOST:
        return ""
    told = (filter(None, (one.name, one.phone, one.second, one.hours)) for one in meant)
    return listed(" ".join(parts) for parts in told)


def _fit(name: str, asked: str) -> tuple[int, bool]:
    """The longest part of the name that is asked for, and whether that is all of it."""
    for size in range(len(name), 0, -1):
        if any(name[at : at + size] in asked for at in range(len(name) - size + 1)):
            return size, size == len(name)
    return 0, False
