"""A text that is longer than its place: the slip, the help. Scrolled by keys, with no scroll bar."""

from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message

from screens.commands import PANE, bindings
from screens.widgets.painted import Painted


class Pane(Painted, can_focus=True):
    """Painted lines with a first visible one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PANE)]
    DEFAULT_CSS = "Pane { height: 1fr; }"

    class Left(Message):
        """Whoever read has read enough."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height comes from the layout."""
        return container.height

    @property
    def below(self) -> int:
        """How many lines lie below the visible ones."""
        return max(0, len(self.shown) - self.top - self.size.height)

    def action_scroll(self, lines: int) -> None:
        """So many lines on."""
        most = max(0, len(self.shown) - self.size.height)
        top = min(most, max(0, self.top + lines))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_turn(self, pages: int) -> None:
        """So many pages on, with one line kept in sight."""
        self.action_scroll(pages * max(1, self.size.height - 1))

    def action_edge(self, way: int) -> None:
        """To the beginning or to the end."""
        self.action_scroll(way * len(self.shown))

    def action_back(self) -> None:
        """Back to where one came from."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """A larger place may show what was below."""
        self.action_scroll(0)
