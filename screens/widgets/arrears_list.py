"""The list of who owes, the longest overdue first; Enter leads to the account."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import ARREARS, bindings
from screens.widgets.entries import EntriesPane


class ArrearsList(EntriesPane, can_focus=True, inherit_bindings=False):
    """One line a unit."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ARREARS)]
    DEFAULT_CSS = "ArrearsList { height: 1fr; }"

    @dataclass
    class Account(Message):
        """Enter: the account of this unit."""

        unit: str

    class Gone(Message):
        """Esc."""

    class Resized(Message):
        """Another width has room for other columns."""

    def on_resize(self) -> None:
        """Columns stand elsewhere."""
        super().on_resize()
        self.post_message(self.Resized())

    def action_account(self) -> None:
        """Enter."""
        if self.chosen is not None:
            self.post_message(self.Account(self.chosen.key))

    def action_arrears_left(self) -> None:
        """Esc."""
        self.post_message(self.Gone())
