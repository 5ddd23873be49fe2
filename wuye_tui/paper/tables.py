"""Tables as a PDF on A4: the sheets of a summary on paper, set and drawn like any form."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from wuye_tui.paper import fonts
from wuye_tui.paper.blocks import Block, Kind
from wuye_tui.paper.files import refuse_existing, whole
from wuye_tui.paper.pdf import Pdf
from wuye_tui.paper.sheets import Sheet
from wuye_tui.paper.sizes import paper
from wuye_tui.rules.text import visible
from wuye_tui.rules.widths import pad, width


def write_tables(
    path: Path, title: str, tables: Sequence[Sheet], font: str = "", force: bool = False
) -> None:
    """Writes the tables one below the other; one without rows is left out. `font` names a font
    file. Raises FileExists, CannotWrite, NoPdf and NoFont.
    """
    refuse_existing(path, force)
    document = Pdf(paper("a4"), fonts.chosen(font))
    document.add([(_block(Kind.TITLE, title), *_blocks(tables))])
    whole(path, document.content(), force)


def _blocks(tables: Sequence[Sheet]) -> Iterator[Block]:
    for table in tables:
        if table.note:
            yield _block(Kind.SPACE)
            yield _block(Kind.WORDS, table.note)
        rows = _lined_up(table)
        if rows:
            yield _block(Kind.SPACE)
            if table.title:
                yield _block(Kind.WORDS, table.title)
            yield _block(Kind.LIST, *(one.title for one in table.columns))
            yield from (_block(Kind.LIST, *row) for row in rows)


def _lined_up(table: Sheet) -> list[list[object]]:
    """The rows; what a terminal sets at the right of its column ends in one line here, too."""
    rows = [[row.get(one.key) for one in table.columns] for row in table.rows]
    for n, column in enumerate(table.columns):
        if getattr(column, "right", False):
            said = ["" if row[n] is None else str(row[n]) for row in rows]
            widest = max(map(width, said), default=0)
            for row, words in zip(rows, said, strict=True):
                row[n] = pad(words, widest, right=True)
    return rows


def _block(kind: Kind, *cells: object) -> Block:
    return Block(kind, tuple("" if one is None else visible(str(one), lines=True) for one in cells))
