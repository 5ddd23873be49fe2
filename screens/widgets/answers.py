"""The plain fields of a form: a line of words, and one of a few choices.

Every field has an `answer`, takes one by `put`, and says when it changes and when it is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from unicodedata import normalize

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens.initials import begin
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Painted, Span, flow, line, wrap
from wuye_tui.words import _

MOST = 6  # lines of choices


@dataclass
class Answered(Message):
    """The answer of this field has changed."""

    field: Widget


@dataclass
class Done(Message):
    """The field is done, on to the next: by Enter or, `at_once`, by the digit that chose."""

    field: Widget
    at_once: bool = False


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
    """One of a few: by its digit, which goes on to the next field, by typing its words, their
    initials or its English name, or by left, right and Space.

    Words come as keys or, from an input method, all at once; they choose when one alone is meant.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("space,ideographic_space", "turn(1)", show=False),
        Binding("enter", "done", show=False),
        Binding("backspace", "forget", show=False),
    ]

    def __init__(self, choices: Sequence[tuple[Any, str]]) -> None:
        super().__init__()
        self._choices = choices
        self._typed = ""
        self._said = ""  # what there is to say of what was typed
        self.answer: Any = ""

    def put(self, answer: Any) -> None:
        """Chooses this; what is no choice is none."""
        known = [code for code, _word in self._choices]
        self.answer = known[known.index(answer)] if answer in known else ""
        self._paint()

    def on_key(self, event: events.Key) -> None:
        """Typed: a digit, or a character of a word."""
        if event.is_printable and event.character and event.key != "space":
            event.stop()
            self._hear(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Words that an input method or a paste brings at once."""
        event.stop()
        self.paste(event.text)

    def paste(self, words: str) -> None:
        """Hears these words."""
        self._hear(words)

    def _hear(self, words: str) -> None:
        """A digit chooses, one of an input method's full-width digits too; words choose what they
        begin, together with those before them or alone.
        """
        plain = "".join(normalize("NFKC", words).split()).casefold()
        if not self._typed and plain in self._digits:
            self._choose(int(plain) - 1)
            self.post_message(Done(self, at_once=True))
            return
        for typed in (self._typed + plain, plain) if plain else ():
            if found := _meant(self._choices, typed):
                self._understand(typed, found)
                return
        self._typed = ""
        self._say(_("没有「{words}」这一项").format(words=plain) if plain else "")

    @property
    def _digits(self) -> list[str]:
        return [str(n + 1) for n in range(min(9, len(self._choices)))]

    def _understand(self, typed: str, found: list[int]) -> None:
        self._typed = typed
        if len(found) == 1:
            self._said = ""
            self._choose(found[0], typed)
            return
        words = " ".join(_(self._choices[place][1]) for place in found)
        self._say(_("「{typed}」有：{words}，请接着打").format(typed=typed, words=words))

    def _say(self, words: str) -> None:
        self._said = words
        self._paint()

    def action_forget(self) -> None:
        """What was typed is gone; the choice stays."""
        self._typed = ""
        self._say("")

    def action_turn(self, way: int) -> None:
        """The next one."""
        known = [code for code, _word in self._choices]
        place = known.index(self.answer) + way if self.answer in known else 0 if way > 0 else -1
        self._choose(place % len(known))

    def action_done(self) -> None:
        """Enter; not while it is open what was meant."""
        if not (self._typed and self._said):
            self.post_message(Done(self))

    def _choose(self, place: int, typed: str = "") -> None:
        self._typed, self._said = typed, ""
        self.answer = self._choices[place][0]
        self._paint()
        self.post_message(Answered(self))

    def focus_changed(self) -> None:
        """What was typed for it ends when the field is left."""
        if not self.has_focus and (self._typed or self._said):
            self.action_forget()

    def on_resize(self) -> None:
        """More or fewer fit on a line."""
        self._paint()

    def _paint(self) -> None:
        parts: list[list[Span]] = []
        for n, (code, word) in enumerate(self._choices, 1):
            chosen = type(code) is type(self.answer) and code == self.answer
            mark, role = (">", "chosen") if chosen else (" ", "")
            number = str(n) if str(n) in self._digits else " "
            parts.append([(f"{mark}{number}", "key"), (f" {_(word)} ", role)])
        cells = max(10, self.size.width)
        said = [line((f" {part}", "soon")) for part in wrap(self._said, cells - 1)[:2]]
        self.show([*flow(parts, cells, MOST), *(said if self._said else ())])


def _meant(choices: Sequence[tuple[Any, str]], typed: str) -> list[int]:
    """The places of the choices that are meant: the one whose word it is, else those that begin so,
    in words, in English or in initials, else those that have it in them.
    """
    named = [(_names(code, word), word) for code, word in choices]
    ways: tuple[Callable[[set[str], str], bool], ...] = (
        lambda names, _word: typed in names,
        lambda names, _word: any(name.startswith(typed) for name in names),
        lambda _names, word: typed.isascii() and begin(word, typed),
        lambda names, _word: any(typed in name for name in names if not name.isascii()),
    )
    fits = ([n for n, one in enumerate(named) if way(*one)] for way in ways)
    return next(filter(None, fits), [])


def _names(code: Any, word: str) -> set[str]:
    """What a choice is called: its word in both languages, each word of it, and its code."""
    said = (word, _(word), *_(word).split(), str(code))
    return {"".join(name.split()).casefold() for name in said}
