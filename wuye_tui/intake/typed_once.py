"""Columns in which a value is typed once, and stands for the rows below until the next.

Not merged, only left blank: 栋号 in the first row of each building, 类别 in the first line of each
group. A few blanks in a column that is filled otherwise are slips, and are not filled.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from wuye_tui.intake.cells import shown
from wuye_tui.intake.grid import Cell, NumberedRow, is_blank
from wuye_tui.intake.heading import Header
from wuye_tui.intake.lines import BadRow, Line
from wuye_tui.intake.rooms import is_room, is_whole
from wuye_tui.intake.titles import is_remark
from wuye_tui.words import _

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "units": ("building", "entrance"),
    "people": ("building", "entrance"),
    "tariff": ("category",),
    "directory": ("kind",),
    "readings": ("building", "entrance"),
    "opening": ("building", "entrance"),
}
_LEAST: Final = 3  # rows: fewer show no habit
_OFTEN: Final = 2  # of so many rows one at least is blank
_SELDOM: Final = 10  # of so many blanks one may stand below a value that is typed again


@dataclass
class Held:
    """The rows with such columns filled, and of each row what stands further up."""

    body: list[NumberedRow]
    lent: dict[int, frozenset[int]]
    told: list[BadRow] = field(default_factory=list)
    """Once for each such column, at the first row that was filled."""


def held_down(
    noun: str,
    header: Header,
    body: Sequence[NumberedRow],
    lent: Mapping[int, frozenset[int]],
    titles: Collection[int],
) -> Held:
    """Fills what is typed once. At the rows `titles`, which name a building, a value ends."""
    found = Held(list(body), dict(lent))
    subject = header.places.get("room", header.places.get("name", -1))
    columns = [
        name
        for name in _COLUMNS.get(noun, ())
        if name in header.places and _has_blanks(body, header.places[name])
    ]
    rows = [
        at
        for at, (number, values) in enumerate(body if columns else ())
        if number not in titles and _is_row(values, subject, "room" in header.places)
    ]
    for name in columns:
        _fill(found, header, name, rows, titles)
    return found


def _has_blanks(body: Sequence[NumberedRow], at: int) -> bool:
    """A quick first look."""
    blank = sum(at >= len(values) or is_blank(values[at]) for _number, values in body)
    return blank * 2 * _OFTEN >= len(body)


def _fill(
    found: Held, header: Header, name: str, rows: Sequence[int], titles: Collection[int]
) -> None:
    at, room, house = (header.places.get(field_, -1) for field_ in (name, "room", "building"))
    if not _is_typed_once([_said(found.body[row], at) for row in rows]):
        return
    value, of, once = "", "", set[tuple[str, str, str]]()
    ends = iter(sorted(titles))
    end = next(ends, None)
    for row in rows:
        number, values = found.body[row]
        while end is not None and end < number:
            value, end = "", next(ends, None)
        building = _said(found.body[row], house)
        if name == "entrance" and building != of:  # another building begins
            value, of = "", building
        said = _said(found.body[row], at)
        if said:
            value = said
        elif value and not is_whole(_said(found.body[row], room)):
            full = [*values, *[""] * (at + 1 - len(values))]
            full[at] = value
            found.body[row] = number, full
            found.lent[number] = found.lent.get(number, frozenset()) | {at}
            line = Line(number, header, full, once=once)
            line.tell_once(name, _("这一列空着的，按上面一行算。"))
            found.told += line.told


def _is_typed_once(said: Sequence[str]) -> bool:
    blank = said.count("")
    if len(said) < _LEAST or not said[0] or blank * _OFTEN < len(said):
        return False
    return sum(_again(said)) * _SELDOM <= blank


def _again(said: Sequence[str]) -> Iterator[bool]:
    """Of every value right below another, whether it is the same."""
    return (upper == lower for upper, lower in pairwise(said) if upper and lower)


def _is_row(values: Sequence[Cell], subject: int, of_room: bool) -> bool:
    """Whether a row is about somebody or something, and no title or remark within the list."""
    own = [shown(cell) for cell in values if not is_blank(cell)]
    if not 0 <= subject < len(values) or is_blank(values[subject]) or is_remark(own[0]):
        return False
    return len(own) > 1 or not of_room or is_room(own[0])


def _said(row: NumberedRow, at: int) -> str:
    return shown(row[1][at]).strip() if 0 <= at < len(row[1]) else ""
