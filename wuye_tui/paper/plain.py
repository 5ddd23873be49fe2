"""A form in plain text, 78 cells across: on the screen first, in a file, through a pipe."""

from collections.abc import Iterable, Iterator
from typing import Final

from wuye_tui.paper.blocks import Kind, Sheet
from wuye_tui.paper.setting import Line, set_sheet
from wuye_tui.rules.widths import width

ACROSS: Final = 78
_RULE: Final = "-"


def text_of(sheets: Iterable[Sheet], across: int = ACROSS) -> str:
    """The sheets one below the other, with a rule of `=` between them."""
    between = f"\n{'=' * across}\n\n"
    return between.join("".join(f"{line}\n" for line in lines_of(one, across)) for one in sheets)


def lines_of(sheet: Sheet, across: int = ACROSS) -> Iterator[str]:
    """The lines of one sheet; a level rule is a row of hyphens, upright ones are left out, and so
    are those between the lines of a list.
    """
    ruled, listed = False, False
    for line in set_sheet(sheet, across, width):
        is_row = line.kind is Kind.ROW
        if (is_row and line.first and not (line.listed and listed)) or (ruled and not is_row):
            yield _RULE * across
        ruled, listed = is_row, line.listed
        yield _text(line, across)
    if ruled:
        yield _RULE * across


def _text(line: Line, across: int) -> str:
    if line.kind is Kind.TITLE:
        words = line.pieces[0].words
        return f"{' ' * ((across - width(words)) // 2)}{words}"
    if line.kind is Kind.STAMP:
        words = f" {line.pieces[0].words} "
        side = "*" * ((across - width(words)) // 2)
        return f"{side}{words}{side}"
    if line.kind is Kind.STRUCK:
        return f"--- {line.pieces[0].words} ---"
    said, used = "", 0
    for piece in line.pieces:
        said += " " * max(0, piece.at - used) + piece.words
        used = piece.at + width(piece.words)
    return said.rstrip()
