"""The parts of a form: one row for each question, and the last line, which saves."""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.geometry import Region
from textual.message import Message

from screens.commands import BY_ID
from screens.sheet import Question
from screens.widgets.answers import ChoiceAnswer, TextAnswer
from screens.widgets.painted import Line, Painted, Span, cut, fit, line
from screens.widgets.picks import PickAnswer
from wuye_tui.words import _, listed

WORD = 20  # cells for the word of a question: a mark before it, a blank behind it
AnswerField = TextAnswer | ChoiceAnswer | PickAnswer


class Confirm(Painted, can_focus=True):
    """The last line of a form: Enter saves, or, where there is no way back, puts aside.

    A step without a way back is saved by F7, or by moving to 保存 first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "confirm", show=False),
        Binding("left,right", "turn", show=False),
    ]

    class Pressed(Message):
        """Save."""

    class Refused(Message):
        """Put aside."""

    class Typed(Message):
        """Words, where none are wanted."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def on_key(self, event: events.Key) -> None:
        """A letter here is meant for some field."""
        if event.is_printable and event.character and event.key != "space":
            event.stop()
            self.post_message(self.Typed(event.character))

    def on_paste(self, event: events.Paste) -> None:
        """So are words that an input method or a paste brings."""
        event.stop()
        self.post_message(self.Typed(event.text))

    def __init__(self, word: str, final: bool) -> None:
        super().__init__(id="form-confirm")
        self._word = word
        self._final = final
        self._saves = not final
        self._empty: Sequence[str] = ()

    def on_mount(self) -> None:
        """Says what will be saved."""
        self._paint()

    def action_confirm(self) -> None:
        """Enter."""
        self.post_message(self.Pressed() if self._saves else self.Refused())

    def action_turn(self) -> None:
        """The other of the two."""
        self._saves = not self._saves
        self._paint()

    def focus_changed(self) -> None:
        """Plain to see what Enter does now."""
        self._paint()

    def tell(self, empty: Sequence[str]) -> None:
        """Says which fields, by their words, stand empty."""
        if self._empty != empty:
            self._empty = empty
            self._paint()

    def _remark(self) -> Span:
        if self._final:
            return _(" 没有退路，看清再按"), "late"
        if self._empty:
            return _(" 没填：{words}").format(words=listed(map(_, self._empty))), "dim"
        return _(" 填的都留着"), "dim"

    def on_resize(self) -> None:
        """Another width: more or less of the remark."""
        self._paint()

    def _paint(self) -> None:
        save, aside = _(" 保存：{word} ").format(word=_(self._word)), _(" 先放着 ")
        here = "cursor" if self.has_focus else "kept"
        mark = ">" if self.has_focus else " "
        whole = line(
            mark if self._saves else " ",
            (save, here if self._saves else ""),
            (BY_ID["main"].key, "key"),
            " " if self._saves else mark,
            (aside, "" if self._saves else here),
            ("Esc ", "key"),
            self._remark(),
        )
        self.show([cut(whole, max(20, self.size.width))])


class Rows(VerticalScroll, can_focus=False, inherit_bindings=False):
    """All rows of a form, as many as have room in sight. The arrows are not for scrolling it."""

    def on_mount(self) -> None:
        """Rows that grow push the one in use out of sight."""
        self.watch(self, "virtual_size", self.on_resize, init=False)

    def on_resize(self) -> None:
        """The row in use stays in sight."""
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        for row in self.query(FormRow):
            row.keep_in_sight()


class FormRow(Horizontal):
    """One question: its word, its field, and a note beside it."""

    def __init__(self, question: Question, field: AnswerField) -> None:
        super().__init__(classes="form-row")
        self.question = question
        self.field = field

    def compose(self) -> ComposeResult:
        """The three of them."""
        yield Painted(self._label(" "), classes="form-label")
        yield self.field
        yield Painted(line(), classes="form-note")

    def on_descendant_focus(self) -> None:
        """The row in use is plain to see."""
        self._mark(">")
        self.keep_in_sight()

    def on_resize(self) -> None:
        """A list that has opened is in sight too."""
        self.keep_in_sight()

    def keep_in_sight(self) -> None:
        """While it is in use: shows it whole, or, where it has no room, its lower end, which is
        where the typing is done.
        """
        rows = self.parent
        if not self.has_focus_within or not isinstance(rows, Rows) or not rows.size.height:
            return
        if isinstance(self.field, PickAnswer):
            self.field.fit(rows.size.height)
        whole = self.virtual_region
        lines = min(whole.height, rows.size.height)
        end = Region(whole.x, whole.bottom - lines, whole.width, lines)
        rows.scroll_to_region(end, animate=False, force=True)

    def on_descendant_blur(self) -> None:
        """And no other is."""
        self._mark(" ")

    def _mark(self, mark: str) -> None:
        self.query_one(".form-label", Painted).show([self._label(mark)])

    def _label(self, mark: str) -> Line:
        role = "strong" if mark == ">" else "label"
        return line((f"{mark} {fit(_(self.question.word), WORD)}", role))

    def note(self, words: str, role: str) -> None:
        """Says something beside the field."""
        self.query_one(".form-note", Painted).show([line((words, role))])

    @property
    def target(self) -> Any:
        """What takes the focus."""
        return self.field.field if isinstance(self.field, PickAnswer) else self.field
