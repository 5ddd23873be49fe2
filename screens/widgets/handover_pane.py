"""The list of a handover: entries with ticks, and counts that are typed where they stand."""

from dataclasses import dataclass
from typing import ClassVar
from unicodedata import normalize

from textual import events
from textual.binding import BindingType
from textual.message import Message

from screens.commands import HANDOVER, bindings
from screens.handover_words import CASH, TOOL
from screens.widgets.entries import EntriesPane

LONGEST = 9  # characters of a count or an amount


class HandoverPane(EntriesPane):
    """On a thing or on the money digits are its count; everywhere else they are nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HANDOVER)]

    @dataclass
    class Counted(Message):
        """Something else is typed for the entry of this key; empty: as before."""

        key: str
        typed: str

    class NoNumber(Message):
        """Something else than a digit was typed for a count."""

    class More(Message):
        """F9: what else there is to do."""

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.typed: dict[str, str] = {}

    def action_handover_more(self) -> None:
        """F9."""
        self.post_message(self.More())

    def on_paste(self, event: events.Paste) -> None:
        """An input method brings its digits like this."""
        here = self.chosen
        if here is None or not (here.key == CASH or here.key.startswith(TOOL)):
            return
        event.prevent_default().stop()
        typed = normalize("NFKC", event.text).strip()
        whole = typed.replace(".", "", 1) if here.key == CASH else typed
        if whole.isascii() and whole.isdigit() and len(typed) <= LONGEST:
            self.typed[here.key] = typed
            self.post_message(self.Counted(here.key, typed))
        else:
            self.post_message(self.NoNumber())

    def is_ticked(self, key: str) -> bool:
        """Whether an entry is ticked."""
        return any(entry.key == key for entry in self.ticked)

    def on_key(self, event: events.Key) -> None:
        """A digit, a point, or one of them less."""
        here = self.chosen
        if here is None or not (here.key == CASH or here.key.startswith(TOOL)):
            return
        before = self.typed.get(here.key, "")
        character = normalize("NFKC", event.character or "")
        points = here.key == CASH and character == "." and "." not in before
        if event.key == "backspace":
            after = before[:-1]
        elif (character.isascii() and character.isdigit()) or points:
            after = (before + character)[:LONGEST]
        elif event.is_printable and not character.isspace():
            event.prevent_default().stop()
            self.post_message(self.NoNumber())
            return
        else:
            return
        event.prevent_default().stop()
        self.typed[here.key] = after
        if not after:
            del self.typed[here.key]
        self.post_message(self.Counted(here.key, after))
