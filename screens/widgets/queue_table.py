"""The queue: every open matter as one line, next due first, with the time that is left.

Only the lines that changed are painted again, so a beat a second costs next to nothing. The cursor
stays with its matter, not with its place: after every refresh it is found again by the number. One
that has been closed keeps it, unseen, until an arrow moves on from where it was. One that leaves
the part that is looked at stays in sight until then, and so does whatever is ticked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import QUEUE, bindings, keyed
from screens.widgets import queue_columns as of
from screens.widgets.painted import Line, Painted, Span, cut, fit, line, wrap
from screens.wording import is_late, left, short_number, wanted
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.queue import Part, QueueRow


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

    @dataclass
    class Turned(Message):
        """The next of the usual parts, or the one before, is asked for."""

        way: int

    class Ticked(Message):
        """Others are ticked than before."""

    class NumberWanted(Message):
        """The numbers of the matter of the cursor are to be seen whole."""

    class Freed(Message):
        """No ticks; or, where there are none, all of the queue."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._all: Sequence[QueueRow] | None = None
        self._lack = ""  # why nothing has been read
        self._rows: list[QueueRow] = []
        self._first = 0
        self._at = 0
        self._now: datetime | None = None
        self._zone: tzinfo = UTC
        self._filter = ""
        self._part: Part | None = None
        self._part_word = ""
        self._ticked: set[str] = set()
        self._drafts: frozenset[str] = frozenset()
        self._state_cells = of.LEAST_STATE
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

    def load(self, rows: "Sequence[QueueRow]", now: datetime, zone: tzinfo) -> None:
        """Takes the queue as it was just read."""
        self._all, self._now, self._zone, self._lack = rows, now, zone, ""
        self._state_cells = of.longest_state()
        kept = self._ticked & {row.number for row in rows}
        if kept != self._ticked:
            self._tick(kept)
        self._renew()

    def lack(self, why: str) -> None:
        """Nothing could be read: says why, and that nobody knows what is open."""
        self._lack = why
        self._paint()

    def mark(self, numbers: Iterable[str]) -> None:
        """Says which matters have a form that waits half filled in; one form may be for several."""
        drafts = frozenset(one for several in numbers for one in several.split("+"))
        if drafts != self._drafts:
            self._drafts = drafts
            self._paint()

    def beat(self, now: datetime) -> None:
        """A second has gone by."""
        self._now = now
        if self._part is not None and self._part.overdue:
            self._renew()  # one more may have run out
        else:
            self._paint()

    def filter(self, typed: str) -> None:
        """Shows only the rows that hold every one of these words."""
        self._filter = typed
        self._apply()

    def narrow(self, part: "Part | None", word: str = "") -> None:
        """Looks at a part of the queue, called by this word; None is all of it."""
        self._part, self._part_word = part, word
        self._apply()

    @property
    def part_word(self) -> str:
        """What the part that is looked at is called; empty for all."""
        return self._part_word

    @property
    def is_narrowed(self) -> bool:
        """Whether less than the whole queue is looked at."""
        return self._part is not None or bool(self._filter.strip())

    @property
    def ticked(self) -> list[str]:
        """The numbers that are ticked, in the order of the queue."""
        return [row.number for row in self.every if row.number in self._ticked]

    def untick(self) -> None:
        """Nothing is ticked any more."""
        if self._ticked:
            self._tick(set())
            self._renew()

    def select(self, number: str) -> None:
        """Moves the cursor to a matter; one that is not read yet will have it when it is.

        What is due first stays in sight where there is room for both.
        """
        self._first = 0
        self._go(number)

    def __contains__(self, number: object) -> bool:
        """Whether the matter is open, shown or filtered away."""
        return any(row.number == number for row in self.every)

    @property
    def matching(self) -> "list[QueueRow]":
        """The rows that belong to the part, and hold the words."""
        words, part, now = of.plain(self._filter).split(), self._part, self._now
        return [
            row
            for row in self.every
            if (part is None or now is None or part.has(row, now))
            and (not words or all(word in of.searched(row) for word in words))
        ]

    def _apply(self) -> None:
        """Another part is looked at: what is out of sight is not ticked, nor has it the cursor."""
        self._rows = self.matching
        seen = {row.number for row in self._rows}
        if not self._ticked <= seen:
            self._tick(self._ticked & seen)
        self._go(self._nearest() if not self.number or self.number in self else self.number)

    def _renew(self) -> None:
        """The same part, after somebody has done something: the cursor stays with its matter."""
        kept = self._ticked | {self.number}
        held = {row.number for row in self.matching} | kept
        self._rows = [row for row in self.every if row.number in held]
        self._go(self.number or self._nearest())

    def _nearest(self) -> str:
        """The cursor's matter if it is in sight, or else whatever stands where it was."""
        if self.row is not None or not self._rows:
            return self.number if self._rows else ""
        return self._rows[min(self._at, len(self._rows) - 1)].number

    def _tick(self, numbers: set[str]) -> None:
        self._ticked = numbers
        self.post_message(self.Ticked())

    def _place(self) -> int:
        """Where the cursor is; for a matter that is closed now, where it was."""
        here = (n for n, row in enumerate(self._rows) if row.number == self.number)
        self._at = next(here, min(self._at, max(0, len(self._rows) - 1)))
        return self._at

    def _go(self, number: str) -> None:
        moved, self.number = number != self.number, number
        if moved and self.is_narrowed:
            seen = {row.number for row in self.matching} | self._ticked | {number}
            self._rows = [row for row in self.every if row.number in seen]
        place, seats = self._place(), max(1, self.size.height - self._above)
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

    def action_tick(self) -> None:
        """Ticks the matter of the cursor, or takes the tick away, and goes on to the next."""
        if self.row is not None:
            self._tick(self._ticked ^ {self.number})
            self._renew()
            self.action_move(1)

    def action_number(self) -> None:
        """F9: the numbers whole."""
        self.post_message(self.NumberWanted())

    def action_round(self, way: int) -> None:
        """The next of the usual parts."""
        self.post_message(self.Turned(way))

    def action_free(self) -> None:
        """Esc: no ticks; without any, all of the queue."""
        self.post_message(self.Freed())

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
        columns = of.columns(self.size.width, self._state_cells, bool(self._ticked))
        heads = {name: _(word) if word else "" for name, word, _cells in columns}
        heads["words"] += self._unseen()
        heading = " " + " ".join(fit(heads[name], cells) for name, _word, cells in columns)
        shown = [*self._head(), line((heading, "title"), ground="title")]
        if self._all is None:
            shown += self._unknown()
        elif self._now and not self._rows:
            shown += [line(), line((self._empty(), "dim"))]
        elif self._now:
            seats = max(1, self.size.height - self._above)
            visible = self._rows[self._first : self._first + seats]
            shown += [self._line(row, columns, self._now) for row in visible]
        blank = max(0, self.size.height - len(shown))
        self.show([*shown, *(line() for _n in range(blank))])

    def _unseen(self) -> str:
        """How many rows there are above and below those that are in sight."""
        seats = max(1, self.size.height - self._above)
        below = max(0, len(self._rows) - self._first - seats)
        parts = [(_("上有{n}"), self._first), (_("下有{n}"), below)]
        told = " ".join(words.format(n=n) for words, n in parts if n)
        return f"  {told}" if told else ""

    @property
    def _above(self) -> int:
        """How many lines stand above the rows."""
        return 2 if self.is_narrowed or self._ticked else 1

    def _head(self) -> list[Line]:
        """Which part of the queue this is, how many of how many, and how many are ticked."""
        if self._above == 1:
            return []
        parts: list[str | Span] = [" "]
        if self.is_narrowed:
            words = " ".join(filter(None, (self._part_word, self._filter.strip())))
            told = _("只看 {words}：{n} 张，共 {all} 张")
            counted = told.format(words=words, n=len(self.matching), all=len(self.every))
            parts += [(counted, "strong"), "  "]
        if self._ticked:
            told = keyed(_("勾了 {n} 张，F7 一起办"))
            parts += [(told.format(n=len(self._ticked)), "strong"), "  "]
        free = _("不勾了") if self._ticked else _("全部显示")
        return [cut(line(*parts, ("Esc ", "key"), (free, "dim")), max(10, self.size.width))]

    def _unknown(self) -> list[Line]:
        """Nothing was read yet: neither that something is open nor that nothing is."""
        if not self._lack:
            return []
        told = (self._lack, _("谁在值班、有哪些未结的单，现在都读不出来，不等于没有。"))
        width = max(10, self.size.width - 4)
        lines = [line((f"  {one}", "strong")) for words in told for one in wrap(words, width)]
        return [line(), *lines]

    def _empty(self) -> str:
        if self._part is not None:
            return _("  没有这样的未结单，按 Esc 全部显示。")
        if self._filter:
            return _("  没有含「{words}」的未结单，按 Esc 全部显示。").format(words=self._filter)
        return keyed(_("  没有未结的单。来电按 F2，直接输入房号和事情。"))

    def _line(
        self, row: "QueueRow", columns: Sequence[tuple[str, str, int]], now: datetime
    ) -> Line:
        here = row.number == self.number
        over = row.due is not None and is_late(row.due.due, now)
        waits = [_("草稿")] if row.number in self._drafts else []
        cells = {
            "tick": "*" if row.number in self._ticked else "",
            "left": wanted(row.at, now, self._zone)
            if row.at and not row.due
            else left(row.due.due if row.due else None, now),
            "level": _("急") if row.priority else "",
            "number": short_number(row.number, now.astimezone(self._zone).date()),
            "where": row.where,
            "name": row.name,
            "words": masked_words(" ".join([*waits, row.words])),
            "worker": row.worker,
            "state": of.state(row, self._state_cells),
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
