r"""The small plain language that a layout fills in: a form as blocks, whatever it is set on.

Each line of it is one block, by how it begins:

    # words                 the title
    ~ words                 small words
    -- words                words with a red line through them: closed (XX-4.3.7d)
    !! words                large words across the page: void (BX-16)
    | label | value | ..    a ruled row; every other cell is a label
    || head | head | ..     a row of a list, each column as wide as it needs; the first are headings
    ===                     the next copy or page
    \n                       in a cell: the next line of it
    words                   a paragraph; a blank line is a space

What people typed is `quoted` before it comes in, so none of it begins a line or ends a cell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from wuye_tui.rules.text import visible

# Characters that no text has, for what would otherwise be read as a mark.
_MARKS: Final = "|\n#~-=!\\"
_QUOTED: Final = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7"
_AWAY: Final = str.maketrans(_MARKS, _QUOTED)
_BACK: Final = str.maketrans(_QUOTED, _MARKS)
_ACTS: Final = re.compile(r"[|\n\\]|^[#~=!-]")


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    SMALL = "small"
    STRUCK = "struck"
    STAMP = "stamp"
    WORDS = "words"
    ROW = "row"
    LIST = "list"
    SPACE = "space"


@dataclass(frozen=True)
class Block:
    """One block: the cells of a row, or the words alone. Line breaks in them are kept."""

    kind: Kind
    cells: tuple[str, ...] = ()


Sheet = tuple[Block, ...]
"""What is on one copy, or on one page of a register."""
_BEGINNINGS: Final = (
    ("||", Kind.LIST), ("|", Kind.ROW), ("#", Kind.TITLE), ("~", Kind.SMALL), ("--", Kind.STRUCK),
    ("!!", Kind.STAMP),
)  # fmt: skip


@lru_cache(maxsize=1024)  # most of what a form says is said on the next one too
def quoted(words: str) -> str:
    """Words of people as a layout may hold them: no mark of the language acts in them."""
    plain = visible(words, lines=True)
    return plain.translate(_AWAY) if _ACTS.search(plain) else plain


def parse(text: str) -> list[Sheet]:
    """The copies or pages of a filled-in layout, in their order; none without a single block."""
    sheets: list[list[Block]] = [[]]
    for line in text.split("\n"):
        plain = line.strip()
        if plain.startswith("==="):
            sheets.append([])
        else:
            sheets[-1].append(_block(plain))
    return [tuple(kept) for sheet in sheets if (kept := list(_trimmed(sheet)))]


@lru_cache(maxsize=1024)  # the copies of a form are mostly alike
def _block(line: str) -> Block:
    if not line:
        return Block(Kind.SPACE)
    for mark, kind in _BEGINNINGS:
        if line.startswith(mark):
            rest = line.removeprefix(mark)
            cells = rest.strip().removesuffix("|").split("|") if mark[0] == "|" else [rest]
            return Block(kind, tuple(map(_words, cells)))
    return Block(Kind.WORDS, (_words(line),))


def _words(cell: str) -> str:
    return cell.strip(" ").replace("\\n", "\n").translate(_BACK)


def _trimmed(sheet: list[Block]) -> Iterator[Block]:
    """Without blank lines at either end, and with one where there are several."""
    waiting, begun = False, False
    for block in sheet:
        if block.kind is Kind.SPACE:
            waiting = begun
            continue
        if waiting:
            yield Block(Kind.SPACE)
        yield block
        waiting, begun = False, True
