"""Tables in plain text: what of a record stands in one line, lined up with Han as two cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from wuye_tui.rules.text import visible
from wuye_tui.rules.widths import cut, pad, width
from wuye_tui.rules.wrapping import wrap
from wuye_tui.words import _

_GAP: Final = "  "
_LEAST: Final = 6  # cells to which a column may be cut
_LONGEST: Final = 240  # no field takes more; what an old import left would widen every line


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, the key of its value, and how it is set.

    `cells` cuts longer values, and more of them where the table would not fit the terminal; 0
    shows them whole, as anything that identifies a record must be, if a field could have taken it.
    `fold` goes on in lines below.
    """

    title: str
    key: str
    right: bool = False
    cells: int = 0
    fold: bool = False


def table_lines(
    rows: Iterable[Mapping[str, object]], columns: Sequence[Column], across: int
) -> list[str]:
    """The rows under their headings, in at most so many cells where that can be; none for none."""
    most = [column.cells or (0 if column.fold else _LONGEST) for column in columns]
    lines = [
        [cell(row.get(column.key), cells) for column, cells in zip(columns, most, strict=True)]
        for row in rows
    ]
    if not lines:
        return []
    lines.insert(0, [visible(column.title) for column in columns])
    widest = [max(width(line[n]) for line in lines) for n in range(len(columns))]
    fitted = _fitted(columns, widest, across)
    return [text for line in lines for text in _lines(line, columns, fitted)]


def _fitted(columns: Sequence[Column], widest: list[int], across: int) -> list[int]:
    """The widths of the columns, less where something can be cut or folded, so that all fit."""
    yielding = [n for n, column in enumerate(columns) if column.cells or column.fold]
    least = {n: max(_LEAST, width(columns[n].title)) for n in yielding}
    while sum(widest) + len(_GAP) * (len(widest) - 1) > across:
        spare = [n for n in yielding if widest[n] > least[n]]
        if not spare:
            break
        widest[max(spare, key=lambda n: widest[n])] -= 1
    return widest


def _lines(values: list[str], columns: Sequence[Column], widest: list[int]) -> Iterator[str]:
    """One row as it is printed: one line, and more where a column goes on below."""
    pieces = [
        wrap(text, cells) if column.fold else [cut(text, cells) if column.cells else text]
        for text, cells, column in zip(values, widest, columns, strict=True)
    ]
    for parts in zip_longest(*pieces, fillvalue=""):
        yield _GAP.join(
            pad(text, cells, column.right)
            for text, cells, column in zip(parts, widest, columns, strict=True)
        ).rstrip()


def bar(part: int | None, whole: int, cells: int = 8) -> str:
    """How much of a whole it is, `###.....`: full only where it is all, empty only where nothing.
    In plain letters, which every terminal draws one cell wide; "" for what has no share.
    """
    if part is None or whole <= 0:
        return ""
    filled = min(cells, max(part * cells // whole, int(part > 0)))
    return "#" * filled + "." * (cells - filled)


def cell(value: object, cells: int = 0) -> str:
    """One value in a line: what is missing or empty is `-`."""
    if value is None or value == "" or value == [] or value == {}:
        return "-"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    text = visible(str(value))
    return cut(text, cells) if cells else text
