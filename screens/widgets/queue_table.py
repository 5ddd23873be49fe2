"""The queue: every open matter as one line, next due first, with the time that is left.

Only the lines that changed are painted again, so a beat a second costs next to nothing. The cursor
stays with its matter, not with its place: after every refresh it is found again by the number. One
that has been closed keeps it, unseen, until an arrow moves on from where it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import normalize
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message

from screens.commands import QUEUE, bindings
from screens.widgets.painted import Line, Painted, Span, fit, line
from screens.wording import hold_word, is_late, left, short_number
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.queue import QueueRow

# Name, heading, cells; 0 cells is the rest. What has no room goes from the end of _DROPPED.
_COLUMNS = (
    ("left", N_("剩余"), 8),
    ("level", N_("级"), 2),
    ("number", N_("单号"), 8),
    ("where", N_("房号/部位"), 12),
    ("name", N_("姓名"), 8),
    ("words", N_("内容"), 0),
    ("worker", N_("谁"), 8),
    ("state", N_("状态"), 8),
)
_DROPPED = ("number", "name", "worker")
_LEAST_WORDS = 12
LEAST_STATE, MOST_STATE = 8, 12


class QueueTable(Painted, can_focus=True):
    """The table, its cursor, and a filter over the rows that were read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUEUE)]
    DEFAULT_CSS = "QueueTable { height: 1fr; }"

    @dataclass
    class Selected(Message):
        """The cursor stands on another matter; empty when there is none."""

        number: str

    @dataclass
    class Opened(Message):
        """The matter is to be shown whole."""

        number: str

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._all: Sequence[QueueRow] | None = None
        self._rows: list[QueueRow] = []
        self._first = 0
        self._at = 0
        self._now: datetime | None = None
        self._zone = ZoneInfo("UTC")
        self._filter = ""
        self._drafts: frozenset[str] = frozenset()
        self._state_cells = LEAST_STATE
        self.number = ""

    @property
    def rows(self) -> "Sequence[QueueRow]":
        """The rows that are shown, in their order."""
        return self._rows

    @property
    def every(self) -> "Sequence[QueueRow]":
        """The rows that were read, those filtered away too."""
        return self._all or ()

    @property
    def row(self) -> "QueueRow | None":
        """The row of the cursor."""
        return next((row for row in self._rows if row.number == self.number), None)

    def load(self, rows: "Sequence[QueueRow]", now: datetime, zone: ZoneInfo) -> None:
        """Takes the queue as it was just read."""
        self._all, self._now, self._zone = rows, now, zone
        self._state_cells = _longest_state()
        self._apply()

    def mark(self, numbers: Iterable[str]) -> None:
        """Says which matters have a form that waits half filled in."""
        drafts = frozenset(numbers)
        if drafts != self._drafts:
            self._drafts = drafts
            self._paint()

    def beat(self, now: datetime) -> None:
        """A second has gone by."""
        self._now = now
        self._paint()

    def filter(self, typed: str) -> None:
        """Shows only the rows that hold every one of these words."""
        self._filter = typed
        self._apply()

    def select(self, number: str) -> None:
        """Moves the cursor to a matter; one that is not read yet will have it when it is."""
        self._go(number)

    def __contains__(self, number: object) -> bool:
        """Whether the matter is open, shown or filtered away."""
        return any(row.number == number for row in self.every)

    def _apply(self) -> None:
        words = _plain(self._filter).split()
        self._rows = [row for row in self.every if all(word in _searched(row) for word in words)]
        hidden = self.row is None and (not self.number or self.number in self)
        kept = self._rows[min(self._at, len(self._rows) - 1)] if hidden and self._rows else None
        self._go(kept.number if kept else "" if hidden else self.number)

    def _place(self) -> int:
        """Where the cursor is; for a matter that is closed now, where it was."""
        here = (n for n, row in enumerate(self._rows) if row.number == self.number)
        self._at = next(here, min(self._at, max(0, len(self._rows) - 1)))
        return self._at

    def _go(self, number: str) -> None:
        moved, self.number = number != self.number, number
        place, seats = self._place(), max(1, self.size.height - 1)
        most = max(0, len(self._rows) - seats)
        self._first = min(most, max(place - seats + 1, min(self._first, place)))
        self._paint()
        if moved:
            self.post_message(self.Selected(number))

    def action_move(self, way: int) -> None:
        """To the next matter up or down."""
        if self._rows:
            step = way - 1 if self.row is None and way > 0 else way
            place = min(len(self._rows) - 1, max(0, self._place() + step))
            self._go(self._rows[place].number)

    def action_page(self, way: int) -> None:
        """A page up or down."""
        self.action_move(way * max(1, self.size.height - 2))

    def action_jump(self, way: int) -> None:
        """To the first or to the last."""
        self.action_move(way * len(self._rows))

    def action_open(self) -> None:
        """Shows the matter whole."""
        if self.number:
            self.post_message(self.Opened(self.number))

    def on_resize(self) -> None:
        """Other columns may fit now."""
        self._go(self.number)

    def focus_changed(self) -> None:
        """The cursor is plain to see while the keys go here, and keeps its mark while not."""
        self._paint()

    def _paint(self) -> None:
        columns = _columns(self.size.width, self._state_cells)
        heading = " " + " ".join(fit(_(word), cells) for _name, word, cells in columns)
        shown = [line((heading, "title"), ground="title")]
        if self._now and not self._rows:
            shown += [line(), line((self._empty(), "dim"))]
        elif self._now:
            seats = max(1, self.size.height - 1)
            visible = self._rows[self._first : self._first + seats]
            shown += [self._line(row, columns, self._now) for row in visible]
        blank = max(0, self.size.height - len(shown))
        self.show([*shown, *(line() for _n in range(blank))])

    def _empty(self) -> str:
        if self._filter:
            return _("  没有含「{words}」的未结单，按 Esc 全部显示。").format(words=self._filter)
        return _("  没有未结的单。来电按 F2，直接输入房号和事情。")

    def _line(
        self, row: "QueueRow", columns: Sequence[tuple[str, str, int]], now: datetime
    ) -> Line:
        here = row.number == self.number
        over = row.due is not None and is_late(row.due.due, now)
        waits = [_("草稿")] if row.number in self._drafts else []
        cells = {
            "left": left(row.due.due if row.due else None, now),
            "level": _("急") if row.priority else "",
            "number": short_number(row.number, now.astimezone(self._zone).date()),
            "where": row.where,
            "name": row.name,
            "words": " ".join([*waits, row.words]),
            "worker": row.worker,
            "state": _state(row),
        }
        ground = "cursor" if here and self.has_focus else "late" if over else "plain"
        if here and not self.has_focus:
            ground = "kept"
        parts: list[Span] = [(">" if here else " ", "")]
        for n, (name, _word, width) in enumerate(columns):
            words = fit(cells[name], width, right=name == "left")
            role = "chosen" if name == "left" and over and ground != "cursor" else ""
            parts += [(words, role), (" " if n < len(columns) - 1 else "", "")]
        return line(*parts, ground=ground)


def _columns(width: int, state: int) -> list[tuple[str, str, int]]:
    """The columns that fit, the words as wide as what is left."""
    kept = [(name, word, state if name == "state" else cells) for name, word, cells in _COLUMNS]
    dropped = list(_DROPPED)
    while True:
        rest = width - 1 - sum(cells for _n, _w, cells in kept) - (len(kept) - 1)
        if rest >= _LEAST_WORDS or not dropped:
            break
        last = dropped.pop()
        kept = [column for column in kept if column[0] != last]
    return [(name, word, cells or max(2, rest)) for name, word, cells in kept]


def _longest_state() -> int:
    """The cells of the longest word of a state, in the language in force."""
    from wuye_tui.rules.procedures import PROCEDURES

    words = (_(word) for cycle in PROCEDURES.values() for _code, word in cycle.states)
    return min(MOST_STATE, max(LEAST_STATE, *map(cell_len, words)))


def _state(row: "QueueRow") -> str:
    if row.hold:
        return _("挂{why}").format(why=hold_word(row.hold))
    return _(row.state_word)


def _searched(row: "QueueRow") -> str:
    parts = (row.number, row.where, row.name, row.words, row.worker, _(row.state_word))
    return _plain(" ".join(parts))


def _plain(words: str) -> str:
    return normalize("NFKC", words).casefold()
