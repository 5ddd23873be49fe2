"""One look at something: what it is, a line for what is found there, and what each key then does.

It saves nothing. What is typed is told with every key, so that it can be kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from unicodedata import normalize

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from screens.commands import LOOK, bindings
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, Span, cut, line
from wuye_tui.rules.text import Field

ALL_WELL = "0"  # nothing found: no finding begins with it


@dataclass(frozen=True)
class Look:
    """What is looked at. `name` is that of the draft that keeps what is typed; `says` are the lines
    below for what is typed, `well` whether one digit says that all is in order.
    """

    name: str
    title: tuple[Span, ...]
    label: str
    hint: str
    says: Callable[[str, int], Sequence[Line]]
    well: bool


class LookPane(Vertical):
    """The line, under a title and over what the keys do."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LOOK)]
    DEFAULT_CSS = "LookPane { height: 1fr; }"

    @dataclass
    class Typed(Message):
        """Something else is typed."""

        name: str
        words: str

    class Well(Message):
        """The digit that says that all is in order."""

    class Further(Message):
        """Enter: there is more to say, or something else to do with it."""

    class Left(Message):
        """Esc."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.look: Look | None = None

    def compose(self) -> ComposeResult:
        """Title, line, what the keys do."""
        yield Painted(line(), classes="listing-title")
        with Horizontal(classes="listing-line"):
            yield Painted(line(), classes="look-label")
            yield CjkInput(classes="listing-typed", field=Field.WORDS)
        yield Painted(classes="listing-rows")

    def focus(self, scroll_visible: bool = True) -> "LookPane":
        """The focus goes to the line."""
        self.field.focus(scroll_visible)
        return self

    @property
    def field(self) -> CjkInput:
        """The line to type into."""
        return self.query_one(CjkInput)

    @property
    def words(self) -> str:
        """What is typed."""
        return self.field.value.strip()

    def open(self, look: Look, words: str = "") -> None:
        """Looks at this; `words` are what was typed about it before."""
        self.look = look
        self.field.placeholder = look.hint
        self.field.value = words
        self.field.cursor_position = len(words)
        self.paint()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every key."""
        event.stop()
        if self.look is None:
            return
        if self.look.well and normalize("NFKC", self.words) == ALL_WELL:
            self.field.value = ""
            self.post_message(self.Well())
            return
        self.post_message(self.Typed(self.look.name, self.words))
        self.paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_further()

    def action_further(self) -> None:
        """Enter."""
        self.post_message(self.Further())

    def action_look_left(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width breaks elsewhere."""
        self.paint()

    def paint(self) -> None:
        """Shows it as it stands now."""
        if self.look is None or not self.size.width:
            return
        title, label, says = self.query(Painted)
        width = self.size.width
        title.show([cut(line(*self.look.title, ground="title"), width)])
        label.show([line((f" {self.look.label} ", "label"))])
        says.show(self.look.says(self.words, width))
