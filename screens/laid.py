"""A screen whose widgets learn of every change of their size.

Textual tells a widget of a new size where two layouts differ. Whoever asks between them where a
widget is may have the earlier one replaced by what the coming one would be; the two are then the
same, and nobody is told: what was printed for another size stays, and places that changed are not
painted. Here the coming layout is compared with the one before it, whatever was asked between.
"""

from textual._compositor import Compositor, ReflowResult
from textual.geometry import Size
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget


class _Compositor(Compositor):
    def __init__(self) -> None:
        super().__init__()
        self._laid = self._full_map

    def reflow(self, parent: Widget, size: Size) -> ReflowResult:
        self._full_map = self._laid
        found = super().reflow(parent, size)
        self._laid = self._full_map
        return found

    def clear(self) -> None:
        self._laid.clear()
        super().clear()


class Laid(Screen[ScreenResultType]):
    """The ground of the program's screens."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = _Compositor()
