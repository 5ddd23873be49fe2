"""By which means somebody pays: one digit each, the chosen one in brackets."""

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from textual import events
from textual.message import Message

from screens.widgets.painted import Painted, Span, line
from wuye_tui.rules.receipts import MEANS
from wuye_tui.words import _

CODES = [code for code, _word in MEANS]


class MeansRow(Painted, can_focus=True):
    """The row; where the sum itself names the means, it says which."""

    DEFAULT_CSS = "MeansRow { width: 1fr; height: 1; }"

    class Changed(Message):
        """Another one is chosen."""

    @dataclass
    class Refused(Message):
        """What was typed chooses none."""

        is_named: bool

    def __init__(self, **given: Any) -> None:
        super().__init__(line(), **given)
        self._means, self._named = CODES[0], ""

    @property
    def means(self) -> str:
        """The code of the chosen one."""
        return self._means

    @means.setter
    def means(self, code: str) -> None:
        self._means = code if code in CODES else CODES[0]
        self._paint()

    @property
    def named(self) -> str:
        """The means and amounts that the sum names; empty where it does not."""
        return self._named

    @named.setter
    def named(self, words: str) -> None:
        self._named = words
        self._paint()

    def action_pay_means(self, way: int) -> None:
        """The next one or the one before."""
        self._choose((CODES.index(self._means) + way) % len(CODES))

    def on_key(self, event: events.Key) -> None:
        """A digit."""
        if event.is_printable and event.character and event.character != " ":
            event.prevent_default().stop()
            self._typed(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """An input method may bring it like this."""
        event.prevent_default().stop()
        self._typed(event.text)

    def _typed(self, words: str) -> None:
        digit = normalize("NFKC", words).strip()
        place = int(digit) if digit.isascii() and digit.isdigit() else 0
        if self._named or not 0 < place <= len(CODES):
            self.post_message(self.Refused(bool(self._named)))
        else:
            self._choose(place - 1)

    def _choose(self, place: int) -> None:
        self._means = CODES[place]
        self._paint()
        self.post_message(self.Changed())

    def focus_changed(self) -> None:
        """The chosen one is plain to see while the keys go here."""
        self._paint()

    def _paint(self) -> None:
        if self._named:
            self.show([line((f" {self._named}", "chosen" if self.has_focus else "strong"))])
            return
        spans: list[Span] = []
        for n, (code, word) in enumerate(MEANS, 1):
            told = f"{n} {_(word)}"
            chosen = "chosen" if self.has_focus else "strong"
            spans.append((f"[{told}]", chosen) if code == self._means else (f" {told} ", ""))
        self.show([line(*spans)])
