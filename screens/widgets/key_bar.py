"""The last line: the keys that work where the focus is, from the table of commands."""

from collections.abc import Mapping
from typing import Any

from rich.cells import cell_len

from screens.commands import BILL_FIND, BILLING, PAYING, RECORDS, ROSTER, bar
from screens.widgets.painted import Painted, Span, line
from wuye_tui.words import _

MOST = 9
_GIVE_WAY = ("lock", "work", "steps", "line", "palette")  # where there is no room for all
_KEEPS_STEPS = ("lock", "work", "line", "whole", "mark", "palette")  # F8 has a use of its own there
_OF_COUNTER = ("lock", "work", "charge", "workers", "palette", "line")
_COUNTER = {BILL_FIND, BILLING, PAYING}


class KeyBar(Painted):
    """At most nine keys; `words` say better than the table what a key does just now."""

    DEFAULT_CSS = "KeyBar { height: 1; }"

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._where: tuple[str, ...] = ()
        self._words: Mapping[str, str] = {}

    def tell(self, where: tuple[str, ...], words: Mapping[str, str]) -> None:
        """Shows the keys of these places. A word that is empty hides its key."""
        if (where, words) != (self._where, self._words):
            self._where, self._words = where, words
            self._paint()

    def on_resize(self) -> None:
        """Another width shows more or fewer."""
        self._paint()

    def _paint(self) -> None:
        keys: dict[str, list[Span]] = {}
        for command in bar(*self._where):
            word = self._words.get(command.id, _(command.word))
            if word:
                keys[command.id] = [(f" {command.key}", "key"), (f" {word}", "")]
        gives_way = _KEEPS_STEPS if {RECORDS, ROSTER} & {*self._where} else _GIVE_WAY
        gives_way = gives_way if _COUNTER.isdisjoint(self._where) else _OF_COUNTER
        for name in (*gives_way, *reversed([*keys][1:])):
            if len(keys) > MOST or _cells(keys) > max(1, self.size.width):
                keys.pop(name, None)
        self.show([line(*(span for spans in keys.values() for span in spans), ground="title")])


def _cells(keys: Mapping[str, list[Span]]) -> int:
    return sum(cell_len(words) for spans in keys.values() for words, _role in spans)
