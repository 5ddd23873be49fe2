"""One line to type into, with the Chinese input method on and with paste, limits and undo.

What is typed or pasted is never dropped in silence: what does not fit is cut and told by
`Overflow`, what may not come in is left out and told by `Scrubbed`.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widgets import Input

from wuye_tui.rules.text import LIMITS, Field, bad_character

_UNDO_DEPTH = 100
_TYPED_RUN = 8
_BLANKS = str.maketrans("\t\u3000\u00a0", "   ")


class CjkInput(Input):
    """A compact input whose length is the limit of its field.

    The caret that the terminal sees stands where the next character goes, because the window of
    the input method opens there. Ctrl+Z takes back typing, a few characters at a time, and leaves
    the key to the application when there is nothing left to take back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "undo", "Undo", show=False)]

    @dataclass
    class Overflow(Message):
        """`dropped` characters did not fit: the field holds no more than `most`."""

        input: "CjkInput"
        dropped: int
        most: int

        @property
        def control(self) -> "CjkInput":
            """The input, for `@on` with a selector."""
            return self.input

    @dataclass
    class Scrubbed(Message):
        """`dropped` characters of a paste may not be in a record and were left out."""

        input: "CjkInput"
        dropped: int

        @property
        def control(self) -> "CjkInput":
            """The input, for `@on` with a selector."""
            return self.input

    def __init__(
        self, value: str | None = None, *, field: Field = Field.LINE, **given: Any
    ) -> None:
        """Takes what `Input` takes; `field` sets `max_length` unless that is given too."""
        self._past: list[tuple[str, int]] = []
        self._editing = False
        self._run = (-1, 0)  # where the last typed character ended, and how many in a row
        given.setdefault("max_length", LIMITS[field].most)
        given.setdefault("select_on_focus", False)
        given.setdefault("compact", True)
        super().__init__(value, **given)

    @property
    def cursor_screen_offset(self) -> Offset:
        """The cell of the caret. Textual's own stands one too far right at the end."""
        offset = super().cursor_screen_offset
        return offset - (1, 0) if self.cursor_at_end else offset

    def on_unmount(self) -> None:
        """Lets go of the signal: it would hold the field for as long as the screen is there, and
        the field holds its form.
        """
        self.screen.text_selection_started_signal.unsubscribe(self)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The full-width space of an input method is typing too."""
        return character in ("\u3000", "\u00a0") or super().check_consume_key(key, character)

    async def _on_key(self, event: events.Key) -> None:
        if event.character in ("\u3000", "\u00a0"):
            event.stop()
            event.prevent_default()
            self._put(" ")

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()  # or Textual would paste the first line once more
        self.paste(event.text)

    def action_paste(self) -> None:
        """Pastes the application's own clipboard by the same rules."""
        self.paste(self.app.clipboard)

    def paste(self, text: str) -> None:
        """Puts the text in place of the selection: in one line, without what may not come in."""
        line = " ".join(text.strip("\r\n").splitlines()).translate(_BLANKS)
        good, dropped = bad_character().subn("", line)
        if dropped:
            self.post_message(self.Scrubbed(self, dropped))
        self._put(good)

    def replace(self, text: str, start: int, end: int) -> None:
        """Every edit comes through here: it is cut to what fits and can be taken back."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        if self.max_length:
            room = max(0, self.max_length - len(self.value) + end - start)
            if len(text) > room:
                self.post_message(self.Overflow(self, len(text) - room, self.max_length))
                text = text[:room]
        before = (self.value, self.cursor_position)
        self._editing = True
        try:
            super().replace(text, start, end)
        finally:
            self._editing = False
        if self.value != before[0]:
            self._remember(before, typed_at=start if len(text) == 1 and start == end else -1)

    def action_undo(self) -> None:
        """Takes back the last edit; with none left, the application's Ctrl+Z has its turn."""
        if not self._past:
            raise SkipAction
        value, caret = self._past.pop()
        self._run = (-1, 0)
        self._editing = True
        try:
            self.value = value
        finally:
            self._editing = False
        self.cursor_position = caret

    def watch_value(self, _value: str) -> None:
        """A value that the program sets is another text: there is no way back across it."""
        if not self._editing:
            self._past.clear()
            self._run = (-1, 0)
        self._show_caret()  # Textual does not, for the first value that a field gets

    def on_resize(self) -> None:
        """A narrower field still shows where the next character goes."""
        self._show_caret()

    def _show_caret(self) -> None:
        caret = Region(self._cursor_offset, 0, width=1, height=1)
        self.scroll_to_region(caret, force=True, animate=False)

    def _put(self, text: str) -> None:
        if text:
            self.replace(text, *self.selection)

    def _remember(self, before: tuple[str, int], typed_at: int) -> None:
        end, length = self._run
        if 0 <= typed_at == end and length < _TYPED_RUN:
            self._run = (typed_at + 1, length + 1)
            return
        self._run = (typed_at + 1, 1) if typed_at >= 0 else (-1, 0)
        if not self.password:  # a PIN is kept nowhere
            self._past = [*self._past[1 - _UNDO_DEPTH :], before]


def sync_ime(app: App[Any]) -> None:
    """Moves the terminal's caret to the focused field, where the input method opens its window.

    Textual forgets to after a change of screen, a dialog or a shift of the layout: call it a few
    times a second.
    """
    caret = getattr(app.focused, "cursor_screen_offset", None)
    if app.focused is not None and caret is not None and caret != app.cursor_position:
        app.cursor_position = caret
        app.focused.refresh()
