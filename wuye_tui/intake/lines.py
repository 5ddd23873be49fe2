"""One line of a file while it is being read: its cells by field, and what is wrong with them.

A line is good only if every cell of it is; the bad ones are all noted, so that a person can correct
them in one go.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from wuye_tui.intake.cells import shown
from wuye_tui.intake.grid import UNRECKONED, Cell, is_blank
from wuye_tui.intake.heading import Header
from wuye_tui.intake.reasons import Needed, NoResultHere
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.eyes import in_cell
from wuye_tui.rules.text import visible
from wuye_tui.words import _

T = TypeVar("T")
Read = Callable[[Cell, str], T]
"""From a cell, and its column's name for the refusal, to a value; raises a DeskError."""

NOTHING: Final = frozenset(
    (
        "无",
        "暂无",
        "没有",
        "未知",
        "不详",
        "空",
        "待定",
        "/",
        "//",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "*",
        "N/A",
    )
)
"""What people write into a cell to say that there is nothing to be written."""
LONGEST: Final = 40
"""So many characters of a bad value are shown."""
_READ: Final = 4 * LONGEST  # so many are looked through for numbers of people


@dataclass(frozen=True, slots=True)
class BadRow:
    """Why a row was not taken: its number in the spreadsheet, the column there, the value."""

    row_number: int
    column: str
    value: str
    reason: str

    @property
    def line(self) -> str:
        """All of it in one line for a person; what is of no cell names none."""
        if not self.column and not self.value:
            return _("第 {row} 行：{reason}").format(row=self.row_number, reason=self.reason)
        return _("第 {row} 行 {column}「{value}」：{reason}").format(
            row=self.row_number, column=self.column, value=self.value, reason=self.reason
        )


def says_nothing(cell: Cell) -> bool:
    """Whether the cell is blank, or says in words that there is nothing."""
    return isinstance(cell, str) and (not cell or cell.isspace() or cell.strip() in NOTHING)


@dataclass(frozen=True, slots=True)
class Around:
    """What a title or a line between the rows says of all the rooms below it.

    `entrance_first`: beside a building of its own, 1-502 is entrance 1, room 502. `unclear` is what
    stands there where it cannot be understood; rooms that need it are refused.
    """

    building: str = ""
    entrance: str = ""
    entrance_first: bool = False
    unclear: str = ""


NOWHERE: Final = Around()


@dataclass(slots=True)
class Line:
    """One line of the file, read field by field.

    What is wrong gathers in `bad`, what was taken only in part in `told`, and in `once` what is
    said once for the whole file, however many rows it is about.
    """

    row_number: int
    header: Header
    values: Sequence[Cell]
    around: Around = NOWHERE
    bad: list[BadRow] = field(default_factory=list)
    told: list[BadRow] = field(default_factory=list)
    year_first: frozenset[int] = frozenset()
    """The columns whose days begin with the year, as far as the file shows."""
    once: set[tuple[str, str, str]] = field(default_factory=set)
    """What has been told of a whole column, in this line or in those before it."""
    room: str = ""
    """The room in full, once it has been read."""

    def take(self, name: str, read: Read[T], default: T) -> T:
        """What `read` makes of the cell; `default` for a blank or after noting it as bad."""
        at = self.header.places.get(name)
        if at is None or at >= len(self.values) or says_nothing(self.values[at]):
            return default
        return self._read(name, self.values[at], read, default)

    def need(self, name: str, read: Read[T], default: T) -> T:
        """The same for a cell that may not be blank."""
        value = self.value(name)
        if is_blank(value):
            self.refuse(name, Needed())
            return default
        return self._read(name, value, read, default)

    def need_if_there(self, name: str, read: Read[T], default: T) -> T:
        """For a column that may be left out as a whole, but not left blank."""
        return self.need(name, read, default) if name in self.header.places else default

    def refuse(self, name: str, why: DeskError) -> None:
        """Notes that this field's value cannot be taken; once, though several people need it."""
        one = self._about(name, why.line)
        if one not in self.bad:
            self.bad.append(one)

    def tell(self, name: str, words: str) -> None:
        """Notes that this field's value was taken only in part."""
        self.told.append(self._about(name, words))

    def tell_once(self, name: str, words: str, value: str = "") -> None:
        """The same about a column of which many rows say it: only the first is named.

        With a `value`, which is shown in place of the cell, the first with each value.
        """
        if (name, words, value) not in self.once:
            self.once.add((name, words, value))
            one = self._about(name, words)
            self.told.append(replace(one, value=value) if value else one)

    def _about(self, name: str, words: str) -> BadRow:
        there = name in self.header.places
        typed = shown(self.value(name)).strip()[:_READ]
        value = visible(in_cell(name, typed)[: LONGEST + 1])
        return BadRow(
            self.row_number,
            self.header.word(name) if there else name,
            value if len(value) <= LONGEST else f"{value[: LONGEST - 2]}..",
            visible(words),  # some quote the cell, and they go into a file of bad rows
        )

    def value(self, name: str) -> Cell:
        """The cell of the field, blank where the file has none."""
        at = self.header.places.get(name, -1)
        return self.values[at] if 0 <= at < len(self.values) else ""

    def _read(self, name: str, value: Cell, read: Read[T], default: T) -> T:
        try:
            if value == UNRECKONED:
                raise NoResultHere
            return read(value, self.header.word(name))
        except DeskError as why:
            self.refuse(name, why)
            return default
