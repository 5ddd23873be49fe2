"""The second row of tabs: the lists that no key of their own leads to, each with its digit.

It is there while the palette is open, directly under the first row.
"""

from dataclasses import replace

from screens.commands import tabs
from screens.widgets.painted import Painted, Span, flow
from wuye_tui.words import _

MOST_LINES = 2


class TabRow(Painted):
    """The tabs; none while `shown` is not asked for."""

    DEFAULT_CSS = "TabRow { height: auto; }"

    def open(self, shown: bool) -> None:
        """Shows the row, or takes no room."""
        found = flow(_parts(), max(20, self.app.size.width), MOST_LINES) if shown else []
        self.show(replace(one, ground="title") for one in found)

    def on_resize(self) -> None:
        """Another width has room for more or fewer on a line."""
        self.open(bool(self.shown))


def _parts() -> list[list[Span]]:
    return [[(f" {one.key}", "key"), (f" {_(one.word)}", "")] for one in tabs()]
