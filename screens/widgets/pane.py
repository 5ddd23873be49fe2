"""A text longer than its place: the slip, the help. Scrolled by keys, with no scroll bar."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import PANE, bindings
from screens.widgets.painted import Line, Painted, line
from wuye_tui.words import _

Printed = Callable[[int], Iterable[Line]]  # the lines for so many cells across


class Pane(Painted, can_focus=True):
    """Painted lines with a first visible one; printed anew for every width."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PANE)]
    DEFAULT_CSS = "Pane { height: 1fr; }"

    class Left(Message):
        """Whoever read has read enough."""

    class NumberWanted(Message):
        """What is masked here is to be seen whole."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._printed: Printed | None = None

    def print(self, printed: Printed | None, anew: bool = False) -> None:
        """Shows what is printed for the width there is; `anew` begins at its first line."""
        self._printed = printed
        self.top = 0 if anew else self.top
        width = self.size.width
        self.show(printed(width) if printed and width else ())
        self.action_scroll(0)

    def is_printed(self, printed: Printed | None) -> bool:
        """Whether this is what it shows."""
        return printed is not None and self._printed is printed

    def painted(self, place: int) -> Line:
        """The line at a place; the last visible one says how many lie below it."""
        below = len(self.shown) - self.top - self.size.height
        if below > 0 and place == self.top + self.size.height - 1:
            return line((_("下面还有 {n} 行，按 PgDn").format(n=below + 1), "soon"))
        return super().painted(place)

    def action_scroll(self, lines: int) -> None:
        """So many lines on."""
        most = max(0, len(self.shown) - self.size.height)
        top = min(most, max(0, self.top + lines))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_turn(self, pages: int) -> None:
        """So many pages on, with one line kept in sight."""
        self.action_scroll(pages * max(1, self.size.height - 2))

    def action_edge(self, way: int) -> None:
        """To the beginning or to the end."""
        self.action_scroll(way * len(self.shown))

    def action_number(self) -> None:
        """F9: the numbers whole."""
        self.post_message(self.NumberWanted())

    def action_back(self) -> None:
        """Back to where one came from."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width breaks lines elsewhere; another height may show what was below."""
        self.print(self._printed)
