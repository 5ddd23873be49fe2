"""The card of the unit that the line speaks of, and the notices in force.

It stands in place of the work area only while the keys go to the line. Nothing is covered by it: a
form half filled in lies where it lay, and any key that leads away from the line shows it.
"""

from typing import TYPE_CHECKING, Any, cast

from textual import work

from screens import asking_calls
from screens.base import console
from screens.commands import LINE
from screens.line_words import joinable
from screens.seat import Seat
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.painted import Line
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.unit_card import Told, UnitCardPane
    from wuye_tui.registers.notices import Notice
    from wuye_tui.registers.unit_card import UnitCard


class Cards(Seat):
    """What is known of whoever is on the line."""

    def __init__(self) -> None:
        super().__init__()
        self.in_force: tuple[Notice, ...] = ()
        self.card_aside = False  # it gives way to the register until something is typed
        self._unit: UnitCard | None = None
        self._shown: Told | None = None

    async def furnish(self) -> None:
        """The card, in the place of the work area."""
        from screens.widgets.unit_card import UnitCardPane  # not needed for the first paint

        await super().furnish()
        await self.query_one("#left").mount(UnitCardPane(id="unit-card"), before="#work")

    async def read_more(self) -> None:
        """The notices and the card, after every act of anybody."""
        await super().read_more()
        try:
            self.in_force = await console(self).ask(asking_calls.notices)
            if self._unit is not None and self._unit.label != self.line_unit:
                self._unit = None
            elif self._unit is not None:
                self._unit = await console(self).ask(asking_calls.unit_card, self._unit.label)
        except DeskError as error:
            self._in_trouble(error)
        self.tell_keys()

    def beat_more(self) -> None:
        """The time that is left stands on the card too; what else does is told when it changes."""
        super().beat_more()
        if self._shown is not None:
            self._print_unit()

    @property
    def line_unit(self) -> str:
        """The unit that the line, or the pick, names."""
        proposal = self.intake.proposal
        if proposal is None:
            return ""
        return proposal.unit.label if proposal.unit else proposal.home

    def asked_notices(self) -> "tuple[Notice, ...]":
        """The notices that the line asks about."""
        proposal = self.intake.proposal
        if proposal is None or not self.in_force:
            return ()
        from wuye_tui.registers import hearing  # not needed for the first paint

        return hearing.asked(proposal, self.in_force)

    def tell_keys(self) -> None:
        """The keys, and the card, which is there only while they go to the line."""
        self.intake.ask_notice(bool(self.asked_notices()))
        super().tell_keys()
        label = self.line_unit
        if label and self.place == LINE and (self._unit is None or self._unit.label != label):
            self._read_unit(label)
        self.paint_unit()

    def key_words(self, place: str) -> dict[str, str]:
        """F9 counts an answer where the line asks about a notice."""
        words = super().key_words(place)
        if self.intake.asks_notice:
            words["join"] = _("已按通知回答")
        if place == LINE and self.intake.speaks:
            proposal = self.intake.proposal
            opens = proposal is None or proposal.opens_slip
            words["main"] = _("转派工单") if opens else _("登记")
        return words

    def on_intake_bar_typed(self, event: IntakeBar.Typed) -> None:
        """Other words: the card is wanted again, or it is not any more."""
        event.stop()
        self.card_aside = False
        self.paint_unit()

    def on_intake_bar_turned(self, event: IntakeBar.Turned) -> None:
        """The next page of the card, or the one before."""
        event.stop()
        for pane in self._card_panes():
            pane.action_turn(event.way)

    @work(exclusive=True, group="unit")
    async def _read_unit(self, label: str) -> None:
        try:
            found = await console(self).ask(asking_calls.unit_card, label)
        except DeskError as error:
            self._in_trouble(error)
            return
        if found.label == self.line_unit:
            self._unit = found
            for pane in self._card_panes():
                pane.top = 0
            self.paint_unit()

    def _card_panes(self) -> "list[UnitCardPane]":
        """The card's place; none before the desk is furnished."""
        found: Any = list(filter(None, [self.part("unit-card")]))
        return cast("list[UnitCardPane]", found)

    def paint_unit(self) -> None:
        """Shows the card, or what it stands in place of."""
        self._shown = self._told()
        self._print_unit()

    def _print_unit(self) -> None:
        shown = self._shown is not None
        for pane in self._card_panes():
            pane.display = shown
            self.part("work").display = not shown
            pane.print(self._printed_unit if shown else None)

    def _printed_unit(self, width: int) -> list[Line]:
        from screens.widgets.unit_card import unit_lines

        told, desk = self._shown, console(self).desk
        return unit_lines(told, desk.now(), desk.zone, width) if told else []

    def _told(self) -> "Told | None":
        """What the card shows now; None while it is not wanted."""
        proposal, label = self.intake.proposal, self.line_unit
        if proposal is None or self.place != LINE or self.card_aside:
            return None
        asked = self.asked_notices()
        card = self._unit if self._unit is not None and self._unit.label == label else None
        if card is None and (label or not asked):
            return None
        from screens.widgets.unit_card import Told  # not needed for the first paint

        alike = [matter.number for matter in proposal.alike]
        join = "" if asked else joinable(proposal)
        notices = card.notices if card else asked
        return Told(card, notices, [one.number for one in asked], join, alike)
