"""Blocks set on paper: lines of pieces, each at a cell of a page so many cells across.

Han takes two cells and a Latin letter one, so the same setting serves a terminal, a printed page
and a needle printer. The lines know which rules go with them, and nothing of how they are drawn.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise, zip_longest
from typing import Final, NamedTuple

from wuye_tui.paper.blocks import Block, Kind, Sheet
from wuye_tui.rules.wrapping import wrap

LABEL: Final = 12  # cells of a label's column: five characters and the gaps
_LEAST: Final = 6
_WHOLE: Final = re.compile(r"[!-~]{2,18}")  # what is no longer stands whole: numbers, times
_LOOKED_AT: Final = 200  # rows of a list that its columns are measured by
Measure = Callable[[str], int]


class Piece(NamedTuple):
    """Words that begin at a cell; `cells` is the room they have."""

    at: int
    words: str
    cells: int
    is_label: bool = False


@dataclass(frozen=True)
class Line:
    """One line. `edges` are the cells at which upright rules stand beside it, none where it is in
    no ruled row; `first` and `last` say whether a level rule lies above it and below it.
    """

    pieces: tuple[Piece, ...] = ()
    kind: Kind = Kind.WORDS
    edges: tuple[int, ...] = ()
    first: bool = False
    last: bool = False
    listed: bool = False  # of a list, below its headings


def set_sheet(sheet: Sheet, across: int, measure: Measure) -> Iterator[Line]:
    """The lines of a sheet on a page so many cells across."""
    for kind, blocks in groupby(sheet, lambda block: block.kind):
        if kind is Kind.LIST:
            yield from _set_list(tuple(blocks), across, measure)
        else:
            for block in blocks:
                yield from _set_block(block, across, measure)


@lru_cache(maxsize=1024)  # the copies of a slip are mostly alike
def _set_block(block: Block, across: int, measure: Measure) -> tuple[Line, ...]:
    if block.kind is Kind.SPACE:
        return (Line(kind=Kind.SPACE),)
    if block.kind is Kind.ROW:
        return tuple(_row(block.cells, _edges(len(block.cells), across), measure, labels=True))
    large = block.kind in {Kind.TITLE, Kind.STAMP}
    room = across // 2 if large else across  # a title is twice as large
    words = wrap(block.cells[0], room, measure)
    return tuple(Line((Piece(0, part, room),), block.kind) for part in words)


@lru_cache(maxsize=64)
def _set_list(blocks: tuple[Block, ...], across: int, measure: Measure) -> tuple[Line, ...]:
    most = max(len(block.cells) for block in blocks)
    rows = [(*block.cells, *[""] * (most - len(block.cells))) for block in blocks]
    edges = _fitted(rows[:_LOOKED_AT], across, measure)
    head = tuple(_row(rows[0], edges, measure, heading=True))
    lines = (line for row in rows[1:] for line in _row(row, edges, measure))
    return (*head, *(replace(line, listed=True) for line in lines))


def _edges(cells: int, across: int) -> tuple[int, ...]:
    """Where the cells of a row begin, and its end: labels narrow, values share what is left."""
    if cells == 1:
        return (0, across)
    pairs, odd = divmod(cells, 2)
    values = pairs + odd
    each, spare = divmod(across - LABEL * pairs, values)
    if each < _LEAST:  # more cells than there is room for: all alike
        return _alike(cells, across)
    edges, at = [0], 0
    for n in range(cells):
        is_label = n % 2 == 0 and n < 2 * pairs
        at += LABEL if is_label else each
        edges.append(at)
    edges[-1] = at + spare
    return tuple(edges)


def _alike(cells: int, across: int) -> tuple[int, ...]:
    return tuple(across * n // cells for n in range(cells + 1))


def _fitted(rows: Sequence[Sequence[str]], across: int, measure: Measure) -> tuple[int, ...]:
    """The edges of a list's columns: as wide as what is in them, less where that is too much, the
    last as wide as what is left. A number is not broken, as long as there is room for all of them.
    """
    columns = list(zip(*rows, strict=True))
    widest = [
        max(_LEAST, *(measure(part) + 2 for cell in column for part in cell.split("\n")))
        for column in columns
    ]
    whole = [
        max(_LEAST, *(len(word) + 2 for cell in column for word in _WHOLE.findall(cell)), 0)
        for column in columns
    ]
    for least in (whole, [_LEAST] * len(columns)):
        while sum(widest) > across:
            spare = [n for n, cells in enumerate(widest) if cells > least[n]]
            if not spare:
                break
            widest[max(spare, key=lambda n: widest[n])] -= 1
    if sum(widest) > across:
        return _alike(len(widest), across)
    edges = [sum(widest[:n]) for n in range(len(widest))]
    return (*edges, across)


def _row(
    cells: Sequence[str],
    edges: tuple[int, ...],
    measure: Measure,
    *,
    labels: bool = False,
    heading: bool = False,
) -> Iterator[Line]:
    """One row over as many lines as its longest cell needs."""
    rooms = [right - left - 2 for left, right in pairwise(edges)]
    wrapped = [wrap(words, max(1, room), measure) for words, room in zip(cells, rooms, strict=True)]
    lines = list(zip_longest(*wrapped, fillvalue=""))
    pairs = len(cells) // 2 * 2
    named = [heading or (labels and at % 2 == 0 and at < pairs) for at in range(len(cells))]
    for n, parts in enumerate(lines):
        pieces = tuple(
            Piece(edges[at] + 1, words, rooms[at], named[at])
            for at, words in enumerate(parts)
            if words
        )
        yield Line(pieces, Kind.ROW, edges, n == 0, n == len(lines) - 1)
