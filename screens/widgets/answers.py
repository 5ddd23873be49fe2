"""The plain fields of a form: a line of words, and one of a few choices.

Every field has an `answer`, takes one by `put`, and says when it changes and when it is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from unicodedata import normalize

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Painted, Span, flow
from wuye_tui.words import _


@dataclass
class Answered(Message):
    """The answer of this field has changed."""

    field: Widget


@dataclass
class Done(Message):
    """Enter: the field is done, on to the next."""

    field: Widget


class TextAnswer(CjkInput):
    """One line of words."""

    @property
    def answer(self) -> str:
        """What is typed."""
        return self.value.strip()

    def put(self, answer: Any) -> None:
        """Shows an answer, the caret behind it."""
        self.value = str(answer or "")
        self.cursor_position = len(self.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed."""
        event.stop()
        self.post_message(Answered(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.post_message(Done(self))


class ChoiceAnswer(Painted, can_focus=True):
    """One of a few: by its digit, which goes on to the next field, or by left, right and Space."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("space,ideographic_space", "turn(1)", show=False),
        Binding("enter", "done", show=False),
    ]

    def __init__(self, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self._choices = choices
        self.answer: Any = ""

    def put(self, answer: Any) -> None:
        """Chooses this; what is no choice is none."""
        known = [code for code, _word in self._choices]
        self.answer = known[known.index(answer)] if answer in known else ""
        self._paint()

    def on_key(self, event: events.Key) -> None:
        """A digit chooses; one of an input method's full-width digits too."""
        typed = normalize("NFKC", event.character or "")
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= len(self._choices):
            event.stop()
            self._choose(int(typed) - 1)
            self.post_message(Done(self))

    def action_turn(self, way: int) -> None:
        """The next one."""
        known = [code for code, _word in self._choices]
        place = known.index(self.answer) + way if self.answer in known else 0 if way > 0 else -1
        self._choose(place % len(known))

    def action_done(self) -> None:
        """Enter."""
        self.post_message(Done(self))

    def _choose(self, place: int) -> None:
        self.answer = self._choices[place][0]
        self._paint()
        self.post_message(Answered(self))

    def on_resize(self) -> None:
        """More or fewer fit on a line."""
        self._paint()

    def _paint(self) -> None:
        parts: list[list[Span]] = []
        for n, (code, word) in enumerate(self._choices, 1):
            chosen = type(code) is type(self.answer) and code == self.answer
            mark, role = (">", "chosen") if chosen else (" ", "")
            parts.append([(f"{mark}{n}", "key"), (f" {_(word)} ", role)])
        self.show(flow(parts, max(10, self.size.width), 3))
