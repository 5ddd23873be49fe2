"""The duty manager's log at the console (ZB-3.4): a day of it, read anew with every act."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from textual import work
from textual.widget import Widget

from screens import asking_log
from screens.base import console
from screens.commands import BY_ID, LOG
from screens.filing import Filing
from screens.wording import clock, sentence, short_number
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.log_telling import Telling
    from screens.widgets.entries import EntriesPane, Entry
    from screens.widgets.log_pane import LogPane
    from wuye_tui.registers.log_board import Board


class Logbook(Filing):
    """The panel: which day it shows, and what its rows open."""

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self._day: date | None = None  # that is looked at; None for the one that lasts now
        self._way_told: str | None = ""
        self._log_minute = ""  # in which it was painted last

    def panels(self) -> list[Widget]:
        """The log."""
        from screens.widgets.log_pane import LogPane  # not needed for the first paint

        return [*super().panels(), LogPane(id=LOG)]

    @property
    def log_pane(self) -> "LogPane":
        """The list of the day."""
        return cast("LogPane", self._pane_of(LOG))

    async def read_more(self) -> None:
        """The log, while it is seen, follows every act of anybody."""
        await super().read_more()
        if self.is_up(LOG):
            await self.read_log()

    def beat_more(self) -> None:
        """While somebody walks, the patrol grows by the minute."""
        super().beat_more()
        if self.panel == LOG and self.board is not None and self._minute() != self._log_minute:
            self._paint_log()

    def _minute(self) -> str:
        desk = console(self).desk
        return clock(desk.now(), desk.zone)

    @property
    def way_to_steps(self) -> str | None:
        """Beside the log the slip is only looked at: Enter goes to it."""
        return BY_ID["whole"].key if self.place == LOG else super().way_to_steps

    def tell_keys(self) -> None:
        """The slip beside the log tells the keys in force."""
        super().tell_keys()
        if self.way_to_steps != self._way_told and console(self).is_open:
            self._way_told = self.way_to_steps
            self._paint_slip()

    # The day

    def action_log(self) -> None:
        """F5."""
        self.open_log()

    def open_log(self, to: str = "") -> None:
        """Today's log; `to` is how the key of the entry begins that the cursor goes to."""
        self._day = None
        self._open_log(to)

    @work(exclusive=True, group="log")
    async def _open_log(self, to: str = "") -> None:
        if not await self.read_log(first=True):
            return
        self._open_entries(LOG)
        if to:
            self.log_pane.to(to)
        self._show_chosen()

    async def read_log(self, first: bool = False) -> bool:
        try:
            self.board = await console(self).ask(asking_log.board, self._day)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        self._paint_log(first)
        self.tell_keys()
        return True

    def telling(self) -> "Telling":
        """The board with the time now."""
        from screens.log_telling import FIT, Telling

        assert self.board is not None
        desk = console(self).desk
        width = self.log_pane.size.width  # 0 until it has been seen
        return Telling(self.board, desk.now(), desk.zone, width - 6 if width else FIT)

    def _paint_log(self, first: bool = False) -> None:
        from screens.log_words import log_entries, log_title

        told = self.telling()
        self._log_minute = self._minute()
        self.log_pane.load(log_title(told), log_entries(told), first)

    def _show_chosen(self) -> None:
        """Where there is room, the slip of the cursor stands beside, from the start."""
        here = self.log_pane.chosen
        if self.is_wide and here is not None and here.number:
            self.queue.select(here.number)
            self.look_at(here.number)

    def on_log_pane_resized(self) -> None:
        """Another width breaks sentences elsewhere."""
        if self.board is not None:
            self._paint_log()

    def on_log_pane_turned(self, event: "LogPane.Turned") -> None:
        """Left and right; no further than today."""
        event.stop()
        if self.board is None:
            return
        there = self.board.log.day + timedelta(days=event.days)
        if there > self.board.today:
            self.say(_("{day} 还没有到。").format(day=there.strftime("%m-%d")), refused=True)
            return
        self._day = None if there == self.board.today else there
        self._turn_log()

    @work(exclusive=True, group="log")
    async def _turn_log(self) -> None:
        if await self.read_log(first=True):
            self._show_chosen()

    def on_entries_pane_opened(self, event: "EntriesPane.Opened") -> None:
        """Enter on the patrol of a day that has none: there is no slip to see."""
        from screens.log_patrol import PATROL

        if event.entry.key == PATROL and not event.entry.number:
            event.prevent_default().stop()
            self.say(_("今天还没有巡查：按 F9 开始。"), refused=True)

    def of_log(self, *kinds: str) -> "Entry | None":
        """The entry under the cursor of the log, if it is one of these kinds."""
        here = self.log_pane.chosen if self.panel == LOG else None
        return here if here is not None and here.key.partition(":")[0] in kinds else None

    def in_short(self, number: str) -> str:
        desk = console(self).desk
        return short_number(number, desk.now().astimezone(desk.zone).date())
