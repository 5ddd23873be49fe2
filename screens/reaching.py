"""The second row of tabs: whatever no key of its own leads to is two keys away, F10 and a digit."""

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.commands import CHOOSE, TABS, bindings, tabs
from screens.printing import Printing

if TYPE_CHECKING:
    from screens.widgets.tab_row import TabRow

GO = "go"  # the action of the digits
PALETTE = "palette"  # the list of everything, over which the row stands


class Reaching(Printing):
    """The row, and what its digits open."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(TABS)]

    def strips(self) -> list[Widget]:
        """The row of tabs."""
        from screens.widgets.tab_row import TabRow  # not needed for the first paint

        return [TabRow(id="tabs"), *super().strips()]

    async def furnish(self) -> None:
        """The digits are heard where they are typed: a field gives no binding its characters."""
        await super().furnish()
        self.watch(self.choose.field, "value", self._hear, init=False)

    def _hear(self, before: str, typed: str) -> None:
        digit = unicodedata.normalize("NFKC", typed)
        found = [one for one in tabs() if one.held == digit]
        if found and not before and self._is_palette:
            self.choose.field.value = ""
            self.call_later(self._go, found[0].opens)

    @property
    def _is_palette(self) -> bool:
        """Whether the list to choose from is the palette."""
        return self.place == CHOOSE and self.choose.list_id == PALETTE

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key that an office has given to a tab works where the digits do."""
        if action == GO and not (self._is_palette and not self.choose.field.value):
            return False
        return super().check_action(action, parameters)

    def tell_keys(self) -> None:
        """The row comes and goes with the palette."""
        super().tell_keys()
        row: TabRow | None = self.part("tabs")
        if row is not None:
            row.open(self._is_palette)

    def action_go(self, number: int) -> None:
        """The key of a tab."""
        self._go(next(one.opens for one in tabs() if one.id == f"{GO}({number})"))

    def _go(self, name: str) -> None:
        self.close_panel("choose")
        getattr(self, f"action_{name}")()
