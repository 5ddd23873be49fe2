"""The callbacks at the console: those to be made, and the month summed up (BX-17, BX-18)."""

from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_callbacks
from screens.base import console
from screens.commands import CALLBACKS, COUNTED, SUMMARY
from screens.finding import Finding
from screens.widgets.intake_bar import IntakeBar
from screens.widgets.status_line import StatusLine
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.widgets.callback_list import CallbackList
    from screens.widgets.choose import Choose
    from screens.widgets.counted_list import CountedList
    from screens.widgets.listing import Listing
    from screens.widgets.summary_pane import SummaryPane
    from wuye_tui.registers.callback_summary import Line
    from wuye_tui.registers.callbacks import Past, Waiting
    from wuye_tui.rules.callback_figures import Figure
    from wuye_tui.rules.months import Month


HOME = "home"  # the list of homes whose turn it is


class CallingBack(Finding):
    """The list of callbacks, the summary, and the list behind a figure."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Sequence[Waiting] = ()
        self._past: dict[str, Sequence[Past]] = {}
        self._month: Month | None = None
        self._counted: Sequence[Line] = ()
        self._slip_before = ""  # the slip of the queue when the callbacks were opened

    def panels(self) -> list[Widget]:
        """Two lists, and the figures."""
        from screens.widgets.callback_list import CallbackList  # not needed for the first paint
        from screens.widgets.counted_list import CountedList
        from screens.widgets.summary_pane import SummaryPane

        own = (CallbackList(id=CALLBACKS), SummaryPane(id=SUMMARY), CountedList(id=COUNTED))
        return [*super().panels(), *own]

    @property
    def callbacks(self) -> "CallbackList":
        """The list of callbacks."""
        found: Any = self.query_one(f"#{CALLBACKS}")
        return cast("CallbackList", found)

    @property
    def summary(self) -> "SummaryPane":
        """The figures of the month."""
        found: Any = self.query_one(f"#{SUMMARY}")
        return cast("SummaryPane", found)

    @property
    def counted(self) -> "CountedList":
        """The list behind a figure."""
        found: Any = self.query_one(f"#{COUNTED}")
        return cast("CountedList", found)

    async def read_more(self) -> None:
        """What is seen follows every act of anybody."""
        await super().read_more()
        if self.is_up(CALLBACKS):
            await self._read_callbacks()
        if self.is_up(SUMMARY) and self._month is not None:
            await self._read_summary()

    def beat_more(self) -> None:
        """The time that is left."""
        super().beat_more()
        if self.panel == CALLBACKS:
            self.callbacks.paint()

    # Those to be made

    def action_callbacks(self) -> None:
        """The callbacks that are still open."""
        if self.panel != CALLBACKS:
            self._slip_before = self.queue.number
        self.open_panel(CALLBACKS, self.callbacks.field)
        self.callbacks.field.value = ""
        self._open_callbacks()

    @work(exclusive=True, group="callbacks")
    async def _open_callbacks(self) -> None:
        self._past = {}
        await self._read_callbacks(first=True)

    async def _read_callbacks(self, first: bool = False) -> None:
        try:
            board = await console(self).ask(asking_callbacks.board)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self._waiting, self.callbacks.spoken = board.rows, board.spoken
        self._list_callbacks(first)

    def _list_callbacks(self, first: bool = False) -> None:
        from screens.widgets.callback_list import speaks_of

        typed = self.callbacks.typed
        meant = [one for one in self._waiting if speaks_of(one, typed)]
        nothing = _("没有这样的回访。") if self._waiting else _("现在没有要做的回访。")
        self.callbacks.offer(meant, nothing, first=first)

    @work(exclusive=True, group="past")
    async def _read_past(self, one: "Waiting") -> None:
        """What the home had repaired before, of the chosen one alone."""
        try:
            asked = asking_callbacks.repairs_before
            self._past[one.number] = await console(self).ask(asked, one.where, one.about)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self.callbacks.before = self._past
        self.callbacks.paint()

    def action_late_callbacks(self) -> None:
        """The same; what is overdue stands first, the longest overdue under the cursor."""
        if not self.status.standing.callbacks:
            self.say(_("没有超时的回访。"), refused=True)
            return
        self.action_callbacks()

    def on_intake_bar_raised(self, event: IntakeBar.Raised) -> None:
        """Up from the line."""
        event.stop()
        self.status.rise()

    def on_status_line_lowered(self, event: StatusLine.Lowered) -> None:
        """Down to it again."""
        event.stop()
        self.set_focus(self.intake.field)

    def on_status_line_opened(self, event: StatusLine.Opened) -> None:
        """Enter on it: the overdue callbacks, or else what is due next."""
        event.stop()
        self.set_focus(self.intake.field)  # where Esc leads back to
        standing = self.status.standing
        if standing.callbacks:
            self.action_late_callbacks()
        elif standing.first is not None:
            self.open_slip(standing.first.number)
        else:
            self.say(_("没有超时的，也没有等着到期的。"))

    def action_visit(self) -> None:
        """The form of a visit to a home whose turn it is (FW-3.1)."""
        self.open_form("", "visit", kind="callback")

    @work(exclusive=True, group="visits")
    async def action_visits(self) -> None:
        """The plan of the regular visits; the one that is chosen is opened (FW-3.1)."""
        from screens.widgets.choose import Option  # not needed for the first paint

        try:
            homes, days = await console(self).ask(asking_callbacks.homes)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        if not homes:
            self.say(_("{days} 天以内都回访过了。").format(days=days))
            return
        options = [
            Option(
                f"{HOME}:{one.unit}",
                f"{one.unit} {one.name}",
                _("没有记录") if one.days is None else _("{n} 天没有回访").format(n=one.days),
                one.phone,
            )
            for one in homes
        ]
        title = _("定期回访计划：{days} 天没有回访过的，回车开一个回访").format(days=days)
        self.open_panel("choose", self.choose.field)
        self.choose.offer(HOME, title, options)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """A home of the plan."""
        kind, _colon, unit = event.id.partition(":")
        if kind == HOME:
            self.open_form("", "visit", {"unit": unit}, kind="callback")

    # The month

    def action_summary(self) -> None:
        """The last month first."""
        self.open_panel(SUMMARY, self.summary)
        self._open_summary()

    @work(exclusive=True, group="summary")
    async def _open_summary(self) -> None:
        if self._month is None:
            self._month = await console(self).ask(asking_callbacks.last_month)
        await self._read_summary()

    async def _read_summary(self) -> None:
        assert self._month is not None
        try:
            found = await console(self).ask(asking_callbacks.summary, self._month)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self.summary.load(found)

    def on_summary_pane_turned(self, event: "SummaryPane.Turned") -> None:
        """Left and right; no further than this month."""
        from wuye_tui.rules.months import month_of

        event.stop()
        if self._month is None:
            return
        desk = console(self).desk
        there = self._month.after if event.months > 0 else self._month.before
        if there > month_of(desk.calendar.day_of(desk.now())):
            self.say(_("{month} 还没有到。").format(month=there), refused=True)
            return
        self._month = there
        self._open_summary()

    def on_summary_pane_left(self, event: "SummaryPane.Left") -> None:
        """Seen enough."""
        event.stop()
        self.close_panel(SUMMARY)

    def on_summary_pane_behind(self, event: "SummaryPane.Behind") -> None:
        """The list behind a figure."""
        event.stop()
        self._open_counted(event.figure, event.words)

    @work(exclusive=True, group="counted")
    async def _open_counted(self, figure: "Figure", words: str) -> None:
        assert self._month is not None
        try:
            asked = asking_callbacks.counted
            self._counted = await console(self).ask(asked, self._month, figure)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        counted = self.counted
        self.open_panel(COUNTED, counted.field)
        counted.field.value = words
        counted.field.cursor_position = len(words)
        self._list_counted(first=True)
        told = _("{month} {word}：{about}")
        self.say(
            told.format(month=self._month, word=_(figure.word), about=_(figure.about)),
            about=COUNTED,
        )

    def _list_counted(self, first: bool = False) -> None:
        from screens.widgets.counted_list import speaks_of

        typed = self.counted.typed
        meant = [one for one in self._counted if speaks_of(one, typed)]
        nothing = _("里面没有这样的。") if self._counted else _("这个数是零，没有单。")
        self.counted.offer(meant, nothing, first=first)

    # The lists: what all of them have in common is done by the handlers of the base

    def on_listing_typed(self, event: "Listing.Typed") -> None:
        """Every key."""
        match event.listing.id:
            case "callbacks":
                self._list_callbacks(first=True)
            case "counted":
                self._list_counted(first=True)

    def on_listing_taken(self, event: "Listing.Taken") -> None:
        """Enter: the callback, or the slip, whole."""
        chosen: Any = event.listing.chosen
        if event.listing.id in (CALLBACKS, COUNTED) and chosen is not None:
            self.open_slip(chosen.number)

    def on_listing_pointed(self, event: "Listing.Pointed") -> None:
        """The keys for steps act on the callback that is chosen."""
        if event.listing.id != CALLBACKS or self.panel != CALLBACKS or not event.name:
            return
        if all(one.number != self.number for one in self._waiting):
            self.keep_news(self.number)  # it was made just now, and the next one has the cursor
        self.queue.select(event.name)
        one = self.callbacks.chosen
        if one is not None and one.number not in self._past:
            self._read_past(one)

    def on_listing_left(self, event: "Listing.Left") -> None:
        """Esc: back, with the slip that was chosen there."""
        if event.listing.id == CALLBACKS:
            self.queue.select(self._slip_before)
