"""A list under a line to type into: what there is, one line each, and more about the chosen one.

It knows neither what it lists nor where that comes from: the lists of the search, the directory
and the notices are made of it. The cursor stays with its entry when the list is read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, cut, line
from wuye_tui.rules.text import Field
from wuye_tui.words import _

Item = TypeVar("Item")


class Listing(Vertical, Generic[Item]):
    """The list. A kind of it says what its entries are called and how they look."""

    TITLE: ClassVar[str] = ""
    LABEL: ClassVar[str] = ""
    HINT: ClassVar[str] = ""

    @dataclass
    class Typed(Message):
        """Something else is looked for."""

        listing: "Listing[Any]"
        words: str

    @dataclass
    class Pointed(Message):
        """The cursor stands on another entry; empty when there is none."""

        listing: "Listing[Any]"
        name: str

    @dataclass
    class Taken(Message):
        """Enter."""

        listing: "Listing[Any]"
        words: str

    @dataclass
    class Left(Message):
        """Esc: looked enough."""

        listing: "Listing[Any]"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._items: Sequence[Item] = ()
        self._place = 0
        self._nothing = ""
        self._pointed = ""

    def compose(self) -> ComposeResult:
        """Title, line, list, and what more there is of the chosen one."""
        yield Painted(line(), classes="listing-title")
        with Horizontal(classes="listing-line"):
            yield Painted(line((f" {_(self.LABEL)} ", "label")), classes="listing-label")
            yield CjkInput(classes="listing-typed", field=Field.SEARCH, placeholder=_(self.HINT))
        yield Painted(classes="listing-rows")
        yield Painted(classes="listing-more")

    def focus(self, scroll_visible: bool = True) -> "Listing[Item]":
        """The focus goes to the line."""
        self.field.focus(scroll_visible)
        return self

    @property
    def field(self) -> CjkInput:
        """The line to type into."""
        return self.query_one(CjkInput)

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self.field.value.strip()

    @property
    def items(self) -> Sequence[Item]:
        """What is listed now."""
        return self._items

    @property
    def chosen(self) -> Item | None:
        """The entry of the cursor."""
        return self._items[self._place] if self._items else None

    def name_of(self, item: Item) -> str:
        """What tells an entry from every other."""
        raise NotImplementedError

    def row(self, item: Item, width: int) -> Line:
        """The entry in one line."""
        raise NotImplementedError

    def more(self, item: Item, width: int) -> list[Line]:  # noqa: ARG002 - kinds of it use them
        """What more there is to say of the chosen one."""
        return []

    def offer(self, items: Sequence[Item], nothing: str = "", first: bool = False) -> None:
        """Lists these; `nothing` is said where there is none, `first` puts the cursor on top."""
        if first:
            self._pointed = ""  # it is opened: its keys act on what it shows, and on nothing else
        here = self.chosen
        kept = "" if first or here is None else self.name_of(here)
        self._items, self._nothing = items, nothing
        names = (n for n, item in enumerate(items) if self.name_of(item) == kept)
        self._place = next(names, min(self._place, max(0, len(items) - 1)) if not first else 0)
        self.paint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every key."""
        event.stop()
        self.post_message(self.Typed(self, self.typed))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_use()

    def action_use(self) -> None:
        """Enter: the chosen one."""
        self.post_message(self.Taken(self, self.typed))

    def action_away(self) -> None:
        """Esc."""
        self.post_message(self.Left(self))

    def action_point(self, way: int) -> None:
        """The next one up or down."""
        if self._items:
            self._place = min(len(self._items) - 1, max(0, self._place + way))
            self.paint()

    def action_flip(self, way: int) -> None:
        """A page up or down."""
        self.action_point(way * max(1, self._seats - 1))

    def on_resize(self) -> None:
        """Another width cuts elsewhere; another height shows others."""
        self.paint()

    @property
    def _seats(self) -> int:
        return max(1, self.query_one(".listing-rows").size.height)

    def paint(self) -> None:
        """Shows it as it stands now."""
        title = _(self.TITLE)
        count = _("{n} 项").format(n=len(self._items)) if self._items else ""
        head = line((f" {title}  ", "title"), (count, ""), ground="title")
        self.query_one(".listing-title", Painted).show([head])
        here, width = self.chosen, max(20, self.size.width)
        more = self.more(here, width - 2) if here is not None else []
        most = max(0, (self.size.height - 2) // 2)
        self.query_one(".listing-more", Painted).show(more[:most])
        seats = max(1, self.size.height - 2 - min(len(more), most))
        first = max(0, min(self._place - seats // 2, len(self._items) - seats))
        seen = list(enumerate(self._items))[first : first + seats]
        rows = [self._line(item, width, here=n == self._place) for n, item in seen]
        nothing = [line((f"  {self._nothing}", "dim"))] if self._nothing else []
        self.query_one(".listing-rows", Painted).show(rows or nothing)
        name = self.name_of(here) if here is not None else ""
        if name != self._pointed:
            self._pointed = name
            self.post_message(self.Pointed(self, name))

    def _line(self, item: Item, width: int, here: bool) -> Line:
        """One entry; the mark before the chosen one is there without colour too."""
        row = self.row(item, width - 1)
        spans = [(words, "" if here else role) for words, role in row.spans]
        ground = "cursor" if here else row.ground
        return cut(line(">" if here else " ", *spans, ground=ground), width)
