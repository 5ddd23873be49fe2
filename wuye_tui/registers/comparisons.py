"""What comes out when a file is compared with a register: counts, examples, and what to write."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlmodel import SQLModel

from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.eyes import in_cell
from wuye_tui.words import _

Values = dict[str, Any]
Columns = Mapping[str, str]
"""The fields that a file has, and what they are called in it."""
ENOUGH: Final = 5
"""So many examples show a person whether a file was understood."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the registers do not take a row: its number, the column there, the value, the reason."""

    row_number: int
    column: str
    value: str
    reason: str

    @property
    def line(self) -> str:
        """One line for a person."""
        return _("第 {row} 行 {column}「{value}」：{reason}").format(
            row=self.row_number, column=self.column, value=self.value, reason=self.reason
        )


@dataclass(frozen=True)
class Write:
    """Rows to be changed in a table by their keys; or, without `there`, to be inserted.

    With `names` each row is only its values, in the order of these columns.
    """

    kind: type[SQLModel]
    rows: Callable[[], Iterable[Any]]
    there: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One value that would change, as the register keeps it; `field` is the file's own field.

    Of something new there is only `who`, and of somebody the role.
    """

    row_number: int
    who: str
    field: str = ""
    old: Any = None
    new: Any = None


@dataclass
class Comparison:
    """The outcome, with a few examples. `writes` in the order in which they are to be done."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    objections: list[Objection] = field(default_factory=list)
    told: list[Objection] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    fresh: list[Example] = field(default_factory=list)

    def example(self, one: Example) -> None:
        """Keeps it, if there are not enough yet."""
        if len(self.examples) < ENOUGH:
            self.examples.append(one)

    def example_of_new(self, row: int, who: str, field: str = "", new: Any = None) -> None:
        """The same for what is new, with what is written into one field of it."""
        if len(self.fresh) < ENOUGH:
            self.fresh.append(Example(row, who, field, None, new))


def objection(columns: Columns, row: Any, name: str, value: str, why: DeskError) -> Objection:
    """Why this row is not taken, said in the file's own name for the field."""
    return remark(columns, row, name, value, why.line)


def remark(columns: Columns, row: Any, name: str, value: str, words: str) -> Objection:
    """What else there is to say about a row that is taken."""
    return Objection(row.row_number, columns.get(name, name), in_cell(name, value), words)
