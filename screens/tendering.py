"""Money as it is typed at the counter: 120.50, or 现金100 微信50 where it comes by several means.

What is not named is by the means that is chosen; a means alone is for all that is to be paid.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from screens.initials import initials
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import parse_yuan, yuan
from wuye_tui.rules.payments import NothingPaid, Tender, UnknownMeans
from wuye_tui.rules.receipts import MEANS, MEANS_WORDS
from wuye_tui.words import _, listed

CASH = "cash"
_PIECE = re.compile(r"[^\W\d_]+|[¥-]?\d[\d.,]*")
_BETWEEN = re.compile(r"[\s,、;:=+]*")
_YUAN = re.compile(r"(?<=\d)\s*[元块]")
_AND = "和加"  # between two of them


class Unreadable(UsageError):
    """What was typed is neither an amount nor a means with one."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」看不懂：写金额，或者写明怎样付，例如 现金100 微信50。")
        super().__init__(told.format(typed=typed[:24]))


def read_money(typed: str, means: str, wanted: int) -> tuple[Tender, ...]:
    """What is paid, and how: `wanted` fen by `means` where nothing is typed.

    Raises NothingPaid, Unreadable, UnknownMeans, and what `parse_yuan` refuses.
    """
    text = normalize("NFKC", typed).strip()
    words = _YUAN.sub(" ", text)
    if not text and not wanted:
        raise NothingPaid
    if not text:
        return (Tender(means, wanted),)
    if not any(letter.isalpha() for letter in words):
        return (Tender(means, parse_yuan(typed.strip())),)
    pieces = _PIECE.findall(words)
    if not _BETWEEN.fullmatch(_PIECE.sub("", words)):
        raise Unreadable(typed)
    if len(pieces) == 1 and wanted:
        return (Tender(means_named(pieces[0]), wanted),)
    return tuple(_pairs(pieces, typed))


def _pairs(pieces: Sequence[str], typed: str) -> Iterator[Tender]:
    """A means and an amount each, either of them first."""
    named_first = pieces[0][0].isalpha()
    if len(pieces) % 2:
        raise Unreadable(typed)
    for one, other in zip(pieces[::2], pieces[1::2], strict=True):
        word, amount = (one, other) if named_first else (other, one)
        if not word[0].isalpha() or amount[0].isalpha():
            raise Unreadable(typed)
        yield Tender(means_named(word.lstrip(_AND)), parse_yuan(amount.rstrip(",.")))


def means_named(word: str) -> str:
    """The code of a means by its word in either language, how it begins, or its initials. Raises
    UnknownMeans.
    """
    typed = word.casefold()
    found = [
        code
        for code, known in MEANS
        if typed == initials(known)
        or any(name.startswith(typed) for name in (code, known, _(known).casefold()))
    ]
    if len(found) != 1:
        raise UnknownMeans(word)
    return found[0]


def means_and_sums(tenders: Sequence[Tender]) -> str:
    """By which means how much of it: 现金 100.00、微信 50.00."""
    return listed(f"{_(MEANS_WORDS[one.means])} {yuan(one.fen)}" for one in tenders)
