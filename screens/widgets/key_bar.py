"""The last line: the keys that work where the focus is, from the table of commands."""

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len

from screens.commands import bar
from screens.widgets.painted import Painted, Span, line
from wuye_tui.words import _

MOST = 9


class KeyBar(Painted):
    """At most nine keys; `words` say better than the table what a key does just now."""

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._where: tuple[str, ...] = ()
        self._words: Mapping[str, str] = {}

    def tell(self, where: tuple[str, ...], words: Mapping[str, str]) -> None:
        """Shows the keys of these places. A word that is empty hides its key."""
        self._where, self._words = where, words
        self._paint()

    def on_resize(self) -> None:
        """Another width shows more or fewer."""
        self._paint()

    def _paint(self) -> None:
        spans: list[Span] = []
        used = 0
        for command in bar(*self._where)[:MOST]:
            word = self._words.get(command.id, _(command.word))
            width = cell_len(command.key) + cell_len(word) + 2
            if word and used + width <= self.size.width:
                spans += [(f" {command.key}", "key"), (f" {word}", "")]
                used += width
        self.show([line(*spans, ground="title")])
