"""A form as it will be printed: read on the screen first, then sent on its way."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import PAPER, bindings
from screens.widgets.pane import Pane


class PaperPane(Pane, inherit_bindings=False):
    """The form, and the keys that send it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PAPER)]

    class Send(Message):
        """It is to be printed."""

    class Keep(Message):
        """It is to be a file."""

    def action_to_printer(self) -> None:
        """F9."""
        self.post_message(self.Send())

    def action_to_file(self) -> None:
        """Ctrl+S."""
        self.post_message(self.Keep())
