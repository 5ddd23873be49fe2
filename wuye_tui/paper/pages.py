"""Set lines on pages: how many fit, what goes on where the next page begins, and its number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from wuye_tui.paper.blocks import Kind, Sheet
from wuye_tui.paper.setting import Line, Piece, set_sheet
from wuye_tui.rules.widths import printed_width
from wuye_tui.words import PAPER, _, speaking

TALL: Final = {Kind.TITLE: 2.0, Kind.SMALL: 0.85, Kind.SPACE: 0.45, Kind.STAMP: 0.0}
"""Heights in lines, where they are not one; a stamp lies across the page and needs no room."""
Heights = Callable[[Kind], float]


@dataclass(frozen=True)
class Page:
    """The lines of one page, each with its distance from the top in lines."""

    lines: tuple[tuple[float, Line], ...]


def tall(kind: Kind) -> float:
    """How many lines a block's line takes on a printed page."""
    return TALL.get(kind, 1.0)


def pages_of(sheet: Sheet, across: int, height: float, heights: Heights = tall) -> Iterator[Page]:
    """The pages of a sheet, each so many lines high. From the second on they are numbered, and have
    the stamps of the first; a row that goes on is ruled off where it is parted.
    """
    kept: list[tuple[float, Line]] = []
    stamps: list[Line] = []
    used, number = 0.0, 1
    for line in set_sheet(sheet, across, printed_width):
        takes = heights(line.kind)
        if kept and used + takes > height:
            yield Page(_closed(kept))
            number += 1
            kept = [(0.0, _number(number, across))]
            used = heights(Kind.SMALL)
            for stamp in stamps:
                kept.append((used, stamp))
                used += heights(Kind.STAMP)
            if line.kind is Kind.SPACE:
                continue
            if line.kind is Kind.ROW and not line.first:
                line = replace(line, first=True)
        if line.kind is Kind.STAMP:
            stamps.append(line)
        kept.append((used, line))
        used += takes
    if kept:
        yield Page(tuple(kept))


def _closed(kept: list[tuple[float, Line]]) -> tuple[tuple[float, Line], ...]:
    at, last = kept[-1]
    return (*kept[:-1], (at, replace(last, last=True))) if last.edges else tuple(kept)


def _number(number: int, across: int) -> Line:
    with speaking(PAPER):
        return Line((Piece(0, _("续页 {n}").format(n=number), across),), Kind.SMALL)
