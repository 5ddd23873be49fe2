"""The rosters at the console (ZB-3.6, KF-5): a month as a grid, one person's, one post's."""

from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_rosters
from screens.base import console
from screens.billing_arrears import BillingArrears
from screens.commands import PANE, ROSTER
from screens.widgets.pane import Pane
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from screens.acting import Way
    from screens.asking_rosters import Board
    from screens.widgets.painted import Line
    from screens.widgets.roster_pane import RosterPane
    from wuye_tui.rules.months import Month
    from wuye_tui.rules.rosters import Cell

OVER = (ROSTER, "help", "form-box")  # the grid, and what is opened over it


class Rosters(BillingArrears):
    """Which month of which kind is seen."""

    def __init__(self) -> None:
        super().__init__()
        self._roster_kind = ""
        self._roster_month: Month | None = None

    def panels(self) -> list[Widget]:
        """The grid."""
        from screens.widgets.roster_pane import RosterPane  # not needed for the first paint

        return [*super().panels(), RosterPane(id=ROSTER)]

    @property
    def roster_pane(self) -> "RosterPane":
        """The grid."""
        return cast("RosterPane", self.part(ROSTER))

    async def read_more(self) -> None:
        """A roster that is seen follows every act of anybody."""
        await super().read_more()
        if self.is_up(ROSTER):
            await self._read_roster()

    def tell_keys(self) -> None:
        """The grid needs the room of the slip beside it."""
        super().tell_keys()
        side = self.part("side")
        if side is not None and self.panel in OVER and self.is_up(ROSTER):
            side.set_class(True, "-counter")

    @property
    def is_roster_read(self) -> bool:
        """Whether something lies over the grid that is only read: no slip is to be seen."""
        is_read = self.panel == "help" and self.place == PANE
        return is_read and bool(self._covered) and self._covered[-1].panel == ROSTER

    @property
    def has_roster_keys(self) -> bool:
        """Whether F7 and F8 are the grid's: no slip has them."""
        return self.place == ROSTER or self.is_roster_read

    @property
    def way_to_steps(self) -> str | None:
        """The keys for steps are no slip's here."""
        return None if self.has_roster_keys else super().way_to_steps

    def way_to(self, number: str) -> "Way":
        """Nor does any lead to the next step of one."""
        return ("", "") if self.has_roster_keys else super().way_to(number)

    # The month

    @work(exclusive=True, group="roster")
    async def action_rosters(self) -> None:
        """The kind that was seen last, of the month that was, unless it is over by now; first of
        all the present one.
        """
        from wuye_tui.rules.months import month_of  # not needed for the first paint

        desk, seen = console(self).desk, self._roster_month
        if seen is not None and seen.last_day < desk.calendar.day_of(desk.now()):
            self._roster_month = seen if self.panel == ROSTER else None
        left = None if self._roster_kind else self.left_square()
        if left is not None:
            self._roster_kind, self._roster_month = left[0], month_of(left[1].day)
        if self.panel == ROSTER or await self._read_roster():
            self.open_panel(ROSTER, self.roster_pane)
            if left is not None:
                self.roster_pane.go_to(left[1].day.day - 1, left[1].staff)
                self.tell_left()
            self.tell_keys()

    def left_square(self) -> "tuple[str, Cell] | None":
        """The kind and the square of a form that was half filled in when the console ended."""
        return None

    def tell_left(self) -> None:
        """Says whose form that is; the cursor is on its square."""

    async def _read_roster(self) -> bool:
        app, wanted = console(self), (self._roster_kind, self._roster_month)
        try:
            board: Board = await app.ask(asking_rosters.board, *wanted)
        except DeskError as error:
            self.close_panel(ROSTER)
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        if wanted != (self._roster_kind, self._roster_month):
            return self.roster_pane.board is not None  # another was asked for meanwhile
        # What is seen stays what is seen, though something may be published.
        self._roster_kind, self._roster_month = board.kind.code, board.month
        at = board.shown.published_at if board.shown is not None else None
        self.roster_pane.load(board, f"{at.astimezone(app.desk.zone):%m-%d}" if at else "")
        self.tell_keys()
        return True

    @work(exclusive=True, group="roster")
    async def _read_other(self) -> None:
        await self._read_roster()

    def on_roster_pane_turned(self, event: "RosterPane.Turned") -> None:
        """Another month, one to come as well: rosters are made before it begins."""
        event.stop()
        board = self.roster_pane.board
        if board is not None:
            self._roster_month = (self._roster_month or board.month).later(event.months)
            self._read_other()

    def on_roster_pane_other_kind(self, event: "RosterPane.OtherKind") -> None:
        """The kinds go round, as the office's files have them."""
        event.stop()
        board = self.roster_pane.board
        if board is not None:
            codes = [one.code for one in board.kinds]
            self._roster_kind = codes[(codes.index(self._roster_kind) + 1) % len(codes)]
            self._read_other()

    def on_roster_pane_moved(self, event: "RosterPane.Moved") -> None:
        """A square with a shift has keys of its own."""
        event.stop()
        self.tell_keys()

    def on_roster_pane_left(self, event: "RosterPane.Left") -> None:
        """Seen enough."""
        event.stop()
        self.close_panel(ROSTER)

    # Lists that are only read

    def on_roster_pane_of_person(self, event: "RosterPane.OfPerson") -> None:
        """Enter: one person's month."""
        from screens.roster_words import person_lines

        event.stop()
        shown, row = self.roster_pane.roster, self.roster_pane.row
        if shown is not None and row is not None:
            self._read_lines(lambda width: person_lines(shown, row, width))

    def on_roster_pane_of_post(self, event: "RosterPane.OfPost") -> None:
        """Space: the month of the post of the cursor; without a shift there, of the first."""
        from screens.roster_words import post_lines
        from wuye_tui.rules.roster_sheets import posts

        event.stop()
        shown = self.roster_pane.roster
        if shown is not None:
            here = next((cell.post for cell in self.roster_pane.cells), None)
            post = here if here is not None else next(iter(posts(shown)), "")
            self._read_lines(lambda width: post_lines(shown, post, width))

    def _read_lines(self, lines: "Callable[[int], Iterable[Line]]") -> None:
        pane: Any = self.query_one("#help", Pane)
        pane.print(lines, anew=True)
        self.open_panel("help", pane)
