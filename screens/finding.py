"""One box that finds everything; the notices in force."""

import asyncio
from typing import TYPE_CHECKING, Any, cast

from textual import on, work
from textual.widget import Widget

from screens import asking_finding
from screens.base import console
from screens.commands import FOUND, LINE, NOTICES
from screens.frame import SearchBox
from screens.reaching import Reaching
from screens.widgets.painted import line, wrap
from screens.widgets.pane import Pane
from screens.widgets.queue_table import QueueTable
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.widgets.found_list import FoundList
    from screens.widgets.listing import Listing
    from screens.widgets.notice_list import NoticeList
    from wuye_tui.registers.at_hand import Hit
    from wuye_tui.registers.notices import Notice

PAUSE = 0.08  # seconds without a key before it is looked for


class Finding(Reaching):
    """The search, and the list of notices."""

    def __init__(self) -> None:
        super().__init__()
        self._notices: Sequence[Notice] = ()
        self._doubted = ""  # the unit that a second Enter puts before the words of the line
        self._chosen_before = ""  # the slip of the queue when the notices were opened

    def panels(self) -> list[Widget]:
        """Two lists."""
        from screens.widgets.found_list import FoundList  # not needed for the first paint
        from screens.widgets.notice_list import NoticeList

        return [*super().panels(), FoundList(id=FOUND), NoticeList(id=NOTICES)]

    @property
    def found(self) -> "FoundList":
        """The list of the search."""
        found: Any = self.query_one(f"#{FOUND}")
        return cast("FoundList", found)

    @property
    def notices(self) -> "NoticeList":
        """The list of notices."""
        found: Any = self.query_one(f"#{NOTICES}")
        return cast("NoticeList", found)

    async def read_more(self) -> None:
        """A list that is seen follows every act of anybody."""
        await super().read_more()
        if self.panel == NOTICES:
            await self._read_notices()

    def beat_more(self) -> None:
        """The time that is left for a department to report."""
        super().beat_more()
        if self.panel == NOTICES:
            self.notices.paint()

    def on_listing_left(self, event: "Listing.Left") -> None:
        """Esc: back to where the focus was, with the slip that was chosen there."""
        event.stop()
        if event.listing.id == NOTICES:
            self.queue.select(self._chosen_before)
        self.close_panel(str(event.listing.id))

    # The search

    def action_find(self) -> None:
        """Ctrl+F: one box for everything; what was looked for last is typed over."""
        found = self.found
        self._doubted = ""
        self.open_panel(FOUND, found.field)
        found.field.select_all()
        if not found.typed:
            found.offer((), _("打字就找，最像的在上面。"))

    @on(QueueTable.Selected)
    def _other_slip(self) -> None:
        self._doubted = ""

    def on_listing_typed(self, event: "Listing.Typed") -> None:
        """Every key."""
        event.stop()
        self._doubted = ""
        match event.listing.id:
            case "found":
                self._look_for(event.words)
            case "numbers":
                self.list_numbers(first=True)
            case "notices":
                self._show_notices(first=True)

    @work(exclusive=True, group="find")
    async def _look_for(self, words: str, take: bool = False) -> None:
        """Looks for the words as soon as the typing pauses; what is older is given up."""
        if not take:
            await asyncio.sleep(PAUSE)
        try:
            hits = await console(self).ask(asking_finding.find, words) if words else ()
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        nothing = _("没有找到「{words}」。").format(words=words)
        self.found.answered = words
        self.found.offer(hits, nothing if words else _("打字就找，最像的在上面。"), first=True)
        if take and self.found.chosen is not None:
            self._go_to(self.found.chosen)

    def on_listing_taken(self, event: "Listing.Taken") -> None:
        """Enter: what it does depends on what was found."""
        event.stop()
        if event.listing.id == NOTICES:
            notice = self.notices.chosen
            if notice is not None:
                self.open_slip(notice.number)
        elif event.listing.id == FOUND:
            hit = self.found.chosen
            if event.words != self.found.answered:
                self._look_for(event.words, take=True)
            elif hit is not None:
                self._go_to(hit)

    def _go_to(self, hit: "Hit") -> None:
        """A slip is opened, also that of a call; of anything else the unit goes into the line."""
        if hit.number:
            self.close_panel(FOUND)
            self.open_slip(hit.number)
        elif hit.what.value == "clause":
            self.show_clause(hit.code)
        elif hit.what.value == "price":
            from screens.widgets.found_list import price_words  # not needed for the first paint

            self.say(f"{hit.name} {price_words(hit)}")
        elif hit.what.value == "staff":
            self.say(" ".join(filter(None, (hit.code, hit.name, hit.role, hit.phone))))
        elif hit.what.value == "number":
            self.close_panel(FOUND)
            self.show_numbers(hit.name)
        elif hit.unit:
            self._into_line(hit.unit)
        else:
            self.say(
                _("{name} 没有登记房号，也没有单。").format(name=hit.name or hit.code), refused=True
            )

    def _into_line(self, unit: str) -> None:
        """Into an empty line at once, and into the place of a room that there is not; before other
        words only when that is confirmed.
        """
        field, wrong = self.intake.field, self.intake.unknown_room
        if wrong:
            start = field.value.index(wrong)
            field.replace(unit, start, start + len(wrong))
            field.cursor_position = len(field.value)
            self.close_panel(FOUND)
            field.focus()
            return
        if field.value.strip() and self._doubted != unit:
            self._doubted = unit
            told = _("来电这一行还有字：再按一次 Enter，把 {unit} 加在最前面。")
            self.say(told.format(unit=unit), refused=True, about=LINE)
            return
        self._doubted = ""
        self.unsay(lambda about: about == LINE)
        field.replace(f"{unit} ", 0, 0)
        field.cursor_position = len(field.value)
        self.close_panel(FOUND)
        field.focus()

    @work(exclusive=True, group="look")
    async def open_slip(self, number: str) -> None:
        """Shows a matter whole, open or closed."""
        self.queue.select(number)
        await self.look_at(number).wait()
        self.post_message(QueueTable.Opened(number))

    # What stands in tables

    def action_prices(self) -> None:
        """The tariff, to be looked through."""
        self._find_among("price")

    def action_rules(self) -> None:
        """The clauses of the regulations, to be looked through."""
        self._find_among("clause")

    def _find_among(self, what: str) -> None:
        from wuye_tui.registers.at_hand import SCOPES

        field = self.found.field
        self.open_panel(FOUND, field)
        field.value = _(SCOPES[what]).replace(" ", "-") + " "
        field.cursor_position = len(field.value)

    @work(exclusive=True, group="help")
    async def show_clause(self, clause: str) -> None:
        """A clause, its text and where it comes from."""
        from screens.help_words import clause_lines

        try:
            known = await console(self).ask(asking_finding.clauses)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        pane = self.query_one("#help", Pane)
        pane.print(lambda width: clause_lines(clause, known, width), anew=True)
        self.open_panel("help", pane)

    def action_complaints(self) -> None:
        """The complaints that are still open."""
        from wuye_tui.rules.complaints import COMPLAINT

        field = self.query_one(SearchBox)
        field.display = True
        field.value = f"{COMPLAINT.prefix}-"
        self.open_panel("queue", self.queue)

    def action_complain(self) -> None:
        """The form of a new complaint."""
        self.open_form("", "register", kind="complaint")

    def action_order(self) -> None:
        """The form of a new order to a department."""
        self.open_form("", "register", kind="order")

    # The notices

    def action_notices(self) -> None:
        """What people will ask about."""
        if self.panel != NOTICES:
            self._chosen_before = self.queue.number
        self.open_panel(NOTICES, self.notices.field)
        self.notices.field.value = ""
        self._open_notices()

    @work(exclusive=True, group="notices")
    async def _open_notices(self) -> None:
        await self._read_notices()

    async def _read_notices(self) -> None:
        try:
            self._notices = await console(self).ask(asking_finding.notices)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        self._show_notices()

    def _show_notices(self, first: bool = False) -> None:
        from screens.widgets.notice_list import speaks_of

        typed = self.notices.typed
        self.notices.dues = {row.number: row.due.due for row in self.queue.every if row.due}
        meant = [one for one in self._notices if speaks_of(one, typed)]
        nothing = _("没有这样的通知。") if self._notices else _("现在没有通知。有变化按 F9 登记。")
        self.notices.offer(meant, nothing, first=first)

    def on_listing_pointed(self, event: "Listing.Pointed") -> None:
        """The keys for steps act on the notice that is chosen."""
        event.stop()
        self._doubted = ""
        if event.listing.id == NOTICES and self.panel == NOTICES and event.name:
            self.queue.select(event.name)

    def action_paste(self) -> None:
        """The text for the owners' groups: alone, so that a terminal can mark it, and sent to the
        clipboard of a terminal that takes it (OSC 52).
        """
        notice = self.notices.chosen if self.panel == NOTICES else None
        if notice is None:
            self.say(_("先打开通知，选中一条。"), refused=True)
        elif not notice.paste:
            self.say(
                _("{number} 没有写群发文字：按 F8 选「更新」补上。").format(number=notice.number)
            )
        else:
            text, pane = notice.paste, self.query_one("#help", Pane)
            pane.print(lambda width: [line(part) for part in wrap(text, width)], anew=True)
            self.open_panel("help", pane)
            self.app.copy_to_clipboard(text)
            self.say(_("已送进剪贴板；终端不收的，用鼠标选上面的字。"))

    def on_notice_list_paste(self) -> None:
        """The same, by its key."""
        self.action_paste()

    def on_notice_list_change(self) -> None:
        """F9: a change that the desk has heard of."""
        self.action_change()

    def action_change(self) -> None:
        """The form of a new notice."""
        self.open_form("", "register", kind="notice")
