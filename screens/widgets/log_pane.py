"""The duty manager's log as a list under shaded headings: a day of it, and what is to be done."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import LOG, bindings
from screens.widgets.entries import EntriesPane, Entry


class LogPane(EntriesPane, can_focus=True, inherit_bindings=False):
    """The list; left and right are other days, Space looks again at what was put right."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LOG)]
    DEFAULT_CSS = "LogPane { height: 1fr; }"

    @dataclass
    class Turned(Message):
        """Another day is wanted: so many on."""

        days: int

    @dataclass
    class Again(Message):
        """Space: to be looked at again, if that is what the entry is about."""

        entry: Entry

    class Patrol(Message):
        """F9."""

    class Resized(Message):
        """There is another width."""

    def to(self, key: str) -> None:
        """Puts the cursor on the first entry whose key begins so, if there is one."""
        found = next((one.key for one in self._places if one.key.startswith(key)), "")
        if found:
            self._key = found
            self._paint()

    def to_number(self, number: str) -> None:
        """The same by the number of a matter."""
        self.to(next((one.key for one in self._places if one.number == number), self._key))

    def on_resize(self) -> None:
        """Sentences are broken anew by whoever has them."""
        super().on_resize()
        self.post_message(self.Resized())

    def action_turn_day(self, way: int) -> None:
        """Left and right."""
        self.post_message(self.Turned(way))

    def action_look_again(self) -> None:
        """Space."""
        if self.chosen is not None:
            self.post_message(self.Again(self.chosen))

    def action_patrol(self) -> None:
        """F9."""
        self.post_message(self.Patrol())
