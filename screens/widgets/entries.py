"""A list of several parts, one line an entry under the heading of its part: a cursor and ticks.

It knows neither what it lists nor where that comes from: the archive and the supervisor's desk are
made of it. Cursor and ticks stay with their entries when the list is read again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.message import Message

from screens.commands import RECORDS, bindings
from screens.widgets.painted import Line, Painted, Span, cut, line
from wuye_tui.words import _


class Figure(NamedTuple):
    """A number in a line that opens what it counts: its place among the spans, which leave a blank
    on either side of it, what it is called, and the matters.
    """

    span: int
    words: str
    numbers: Sequence[str]


@dataclass(frozen=True)
class Entry:
    """One line; `key` tells it from every other and is empty for a heading, on which no cursor
    stands. `number` is the matter it is about, if it is one; `below` stands under the cursor's.
    """

    spans: tuple[Span, ...]
    key: str = ""
    number: str = ""
    ticks: bool = False
    below: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    ground: str = "plain"  # of a heading that is shaded


class EntriesPane(Painted, can_focus=True):
    """The list; whoever shows it gives it a title and the entries as they were just read."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(RECORDS)]
    DEFAULT_CSS = "EntriesPane { height: 1fr; }"

    @dataclass
    class Opened(Message):
        """Enter on an entry."""

        pane: str
        entry: Entry
        figure: Figure | None = None

    @dataclass
    class Changed(Message):
        """Another entry is under the cursor, or others are ticked: the keys may mean others."""

        pane: str

    @dataclass
    class Left(Message):
        """Esc: seen enough."""

        pane: str

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._entries: Sequence[Entry] = ()
        self._title: tuple[Span, ...] = ()
        self._heads: Sequence[Line] = ()
        self._key = ""
        self._ticked: set[str] = set()
        self._figure = 0  # which of the line's, from the left

    def load(
        self,
        title: Sequence[Span],
        entries: Sequence[Entry],
        first: bool = False,
        heads: Sequence[Line] = (),
    ) -> None:
        """Takes them as they were just read; `first` puts the cursor on top, without ticks. `heads`
        stay under the title, whatever of the list is in sight.
        """
        self._title, self._entries, self._heads = tuple(title), entries, heads
        keys = [entry.key for entry in self._places]
        self._ticked = set() if first else self._ticked & set(keys)
        if first or self._key not in keys:
            self._key = keys[0] if keys else ""
        self._paint()

    @property
    def _places(self) -> list[Entry]:
        return [entry for entry in self._entries if entry.key]

    @property
    def chosen(self) -> Entry | None:
        """The entry under the cursor."""
        return next((entry for entry in self._places if entry.key == self._key), None)

    @property
    def figure(self) -> Figure | None:
        """The number of the cursor's line that Enter opens, if it has any."""
        figures = self.chosen.figures if self.chosen else ()
        return figures[min(self._figure, len(figures) - 1)] if figures else None

    @property
    def ticked(self) -> list[Entry]:
        """What is ticked, in the order of the list."""
        return [entry for entry in self._places if entry.key in self._ticked]

    def tick(self, keys: Iterable[str]) -> None:
        """Ticks these, as far as they can be."""
        self._ticked |= set(keys) & {entry.key for entry in self._places if entry.ticks}
        self._paint()

    def untick(self) -> None:
        """No ticks any more."""
        self._ticked.clear()
        self._paint()

    def action_entry(self, way: int) -> None:
        """So many entries up or down."""
        keys = [entry.key for entry in self._places]
        if keys:
            place = keys.index(self._key) + way
            self._key = keys[min(len(keys) - 1, max(0, place))]
            self._paint()
            self.post_message(self.Changed(str(self.id)))

    def action_stretch(self, way: int) -> None:
        """A page up or down."""
        self.action_entry(way * max(1, self.size.height - 3))

    def action_border(self, way: int) -> None:
        """To the first or the last entry."""
        self.action_entry(way * len(self._entries))

    def action_count(self, way: int) -> None:
        """Another number of the line."""
        here = self.chosen
        if here is not None and here.figures:
            last = len(here.figures) - 1
            self._figure = min(last, max(0, min(last, self._figure) + way))
            self._paint()

    def action_mark(self) -> None:
        """Space: ticks the entry, or frees it, and goes on to the next."""
        here = self.chosen
        if here is not None and here.ticks:
            self._ticked ^= {here.key}
            self.action_entry(1)

    def action_whole(self) -> None:
        """Enter."""
        if self.chosen is not None:
            self.post_message(self.Opened(str(self.id), self.chosen, self.figure))

    def action_gone(self) -> None:
        """Esc."""
        self.post_message(self.Left(str(self.id)))

    def on_resize(self) -> None:
        """Another width cuts elsewhere; another height shows others."""
        self._paint()

    def _paint(self) -> None:
        width = self.size.width
        if not width:
            return
        body: list[Line] = []
        first = last = 0
        for entry in self._entries:
            here = bool(entry.key) and entry.key == self._key
            first = len(body) if here else first
            body.append(cut(self._line(entry, here), width))
            if here:
                told = [line((f"     {self.figure.words}", "dim"))] if self.figure else ()
                body += [*entry.below, *told]
            last = len(body) if here else last
        seats = max(1, self.size.height - 1 - len(self._heads))
        top = max(0, min(first - seats // 2, len(body) - seats))
        top = max(top, last - seats) if last - first <= seats else first
        below = len(body) - top - seats
        more: list[Span] = [(_("  下面还有 {n} 行").format(n=below), "soon")] if below > 0 else []
        title = cut(line(*self._title, *more, ground="title"), width)
        heads = (cut(one, width) for one in self._heads)
        self.show([title, *heads, *body[top : top + seats]])

    def _line(self, entry: Entry, here: bool) -> Line:
        if not entry.key:
            return line(" ", *entry.spans, ground=entry.ground)
        mark = "v" if entry.key in self._ticked else " "
        spans = [(words, "" if here else role) for words, role in entry.spans]
        if here and self.figure is not None:
            place = self.figure.span
            spans[place] = (_bracketed(spans[place][0]), "")
        return line(">" if here else " ", mark, *spans, ground="cursor" if here else "plain")


def _bracketed(words: str) -> str:
    """A number as the one that is chosen: in the blanks on either side of it stand brackets."""
    number = words.strip()
    before = words.index(number)
    return f"{words[: before - 1]}[{number}]{words[before + len(number) + 1 :]}"
