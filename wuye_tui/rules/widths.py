"""How many terminal cells a text takes, without a screen library: Han is two, accents are none.

Used wherever text is lined up outside the console: tables of the command line, printed forms.
Characters of ambiguous width count one, as the terminals that offices use show them.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_JOINER = "\u200d"
_EMOJI_SELECTOR = "\ufe0f"
_NARROW_UNTIL_SELECTED = frozenset("0123456789#*\u00a9\u00ae\u203c\u2049\u2122\u2139")
# Blocks that are wide as a whole, so that Han and emoji newer than this Python are right too.
_WIDE_BLOCKS = ((0x1FA70, 0x1FAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_ENDINGS = (range(0x1160, 0x1200), range(0xD7B0, 0xD7FC))


def width(text: str) -> int:
    """The cells that the text takes on one line. Control characters take none."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cells for _piece, cells in _clusters(text))


def printed_width(text: str) -> int:
    """The same on paper, in a Chinese font: what is of ambiguous width, as “ and …, takes two."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_printed_cells, text))


@lru_cache(maxsize=8192)
def _printed_cells(character: str) -> int:
    cells = _cells(character)
    return 2 if cells == 1 and unicodedata.east_asian_width(character) == "A" else cells


def cut(text: str, cells: int) -> str:
    """The text if it fits, otherwise as much of it as fits with `..` behind.

    A wide character or a joined emoji is never split, so the result may be one cell short.
    """
    kept, used = "", 0
    for piece, taken in _clusters(text):
        used += taken
        if used > cells:
            return kept + ".." if cells > 2 else "." * max(cells, 0)
        if used <= cells - 2:
            kept += piece
    return text


def pad(text: str, cells: int, right: bool = False) -> str:
    """The text with spaces behind it (in front of it with `right`); a longer one is left alone."""
    blank = " " * (cells - width(text))
    return blank + text if right else text + blank


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """What a terminal draws as one piece, with its cells: a letter and its accents, an emoji."""
    piece, cells, joined = "", 0, False
    for character in text:
        own = 0 if joined else _cells(character)
        if own and piece:
            yield piece, cells
            piece, cells = "", 0
        if character == _EMOJI_SELECTOR and not joined and _widens(piece, cells):
            own = 1
        piece += character
        cells += own
        joined = character == _JOINER and not joined
    if piece:
        yield piece, cells


def _widens(piece: str, cells: int) -> bool:
    return cells == 1 and (
        piece[0] in _NARROW_UNTIL_SELECTED or unicodedata.category(piece[0]) in ("So", "Sm")
    )


@lru_cache(maxsize=8192)
def _cells(character: str) -> int:
    point = ord(character)
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Mn", "Me", "Zl", "Zp") or point in _SKIN_TONES:
        return 0
    if any(point in block for block in _HANGUL_ENDINGS):
        return 0
    if category == "Cn":  # unknown to this Python, whose table calls every such point full-width
        return 2 if any(first <= point <= last for first, last in _WIDE_BLOCKS) else 1
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
