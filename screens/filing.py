"""The archive, and the supervisor's desk: what is over is filed, the day is signed for."""

from typing import TYPE_CHECKING, cast

from textual import work
from textual.widget import Widget

from screens import asking_records
from screens.asking_dispatch import JOINED
from screens.base import console
from screens.commands import LOG, RECORDS
from screens.sorting import Sorting
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_records import Supervised
    from screens.widgets.choose import Choose
    from screens.widgets.entries import EntriesPane, Entry, Figure
    from wuye_tui.registers.unfiled import Record

ARCHIVE, SUPERVISOR = "archive", "supervisor"
BEHIND = "behind"  # the list behind a figure of the supervisor's
FILE = "file"  # the list that asks whether to file
_FOR_GOOD = "XX-4.3.10"


class Filing(Sorting):
    """Lists of entries over the queue, the archive and the supervisor's with keys of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._records: dict[str, Record] = {}
        self._supervised: Supervised | None = None
        self._to_file: dict[str, int] = {}
        self._figure: Figure | None = None  # whose list is open
        self._slip_before = ""  # the slip of the queue when a list was opened over it

    def panels(self) -> list[Widget]:
        """The lists."""
        from screens.widgets.entries import EntriesPane  # not needed for the first paint

        return [*super().panels(), *(EntriesPane(id=one) for one in (ARCHIVE, SUPERVISOR, BEHIND))]

    async def read_more(self) -> None:
        """A list that is up follows every act of anybody."""
        await super().read_more()
        if self.is_up(ARCHIVE):
            await self._read_records()
        if self.is_up(SUPERVISOR):
            await self._read_supervised()
        if self.is_up(BEHIND):
            await self._read_behind()

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 are over these lists."""
        words = super().key_words(place)
        if place == RECORDS and self.panel == ARCHIVE:
            many = len(self._pane_of(ARCHIVE).ticked)
            words["main"] = _("归档 {n}份").format(n=many) if many else _("齐的归档")
            words["steps"] = _("退回补正")
        elif place == RECORDS and self.panel == BEHIND:
            words["main"], words["steps"], words["mark"] = _("下一步"), _("其他步骤"), ""
        elif place == RECORDS:
            words["main"], words["steps"] = _("检查签字"), _("补签")
        return words

    @property
    def has_own_keys(self) -> bool:
        """Whether F7 and F8 are those of a list of entries."""
        return self.place == RECORDS and self.panel != BEHIND

    @property
    def counted_number(self) -> str:
        """The matter under the cursor of the list behind a figure; empty in any other list."""
        here = self._pane_of(BEHIND).chosen if self.panel == BEHIND else None
        return here.number if here is not None else ""

    def own_main(self) -> None:
        """F7."""
        if self.panel == ARCHIVE:
            self._ask_to_file()
        else:
            self._sign()

    def own_steps(self) -> None:
        """F8."""
        if self.panel == ARCHIVE:
            self._send_back()
        else:
            self._countersign()

    def _pane_of(self, panel: str) -> "EntriesPane":
        return cast("EntriesPane", self.query_one(f"#{panel}"))

    def on_entries_pane_changed(self, event: "EntriesPane.Changed") -> None:
        """The keys may mean others; where there is room, the slip of the cursor stands beside."""
        event.stop()
        here = self._pane_of(event.pane).chosen
        if self.is_wide and here is not None and here.number:
            self.queue.select(here.number)
            self.look_at(here.number)
        self.tell_keys()

    def on_entries_pane_left(self, event: "EntriesPane.Left") -> None:
        """Seen enough: back to the slip that was chosen in the queue."""
        event.stop()
        if event.pane != BEHIND:
            self.queue.select(self._slip_before)
        self.close_panel(event.pane)

    def _open_entries(self, panel: str) -> None:
        if self.panel not in (ARCHIVE, SUPERVISOR, LOG):
            self._slip_before = self.queue.number
        self.open_panel(panel, self._pane_of(panel))

    def on_entries_pane_opened(self, event: "EntriesPane.Opened") -> None:
        """The matter whole; or what the figure has counted."""
        event.stop()
        if event.entry.number:
            self.open_slip(event.entry.number)
        elif event.figure is not None:
            self._figure = event.figure
            self._open_behind()
        else:
            self.say(_("这一行没有单。"), refused=True)

    # The archive

    @work(exclusive=True, group="records")
    async def action_archive(self) -> None:
        """What is over and not in the archive."""
        if await self._read_records(first=True):
            self._open_entries(ARCHIVE)

    async def _read_records(self, first: bool = False) -> bool:
        from screens.records_words import archive_entries, archive_title

        desk = console(self).desk
        try:
            found = await console(self).ask(asking_records.unfiled)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return False
        self._records = {one.number: one for one in found.records}
        now = desk.now()
        entries = archive_entries(found.records, now.astimezone(desk.zone).date(), desk.zone)
        self._pane_of(ARCHIVE).load(archive_title(found, now, desk.zone), entries, first)
        self.tell_keys()
        return True

    def _meant(self, panel: str) -> list[str]:
        """The numbers of what is ticked, or of the entry under the cursor."""
        pane = self._pane_of(panel)
        here: list[Entry] = pane.ticked or [one for one in (pane.chosen,) if one is not None]
        return [one.number for one in here if one.number]

    def _ask_to_file(self) -> None:
        """Filing is for good, so it is asked about; what is not ready is left out."""
        from screens.widgets.choose import Option

        ticked = [one.number for one in self._pane_of(ARCHIVE).ticked]
        meant = [self._records[number] for number in ticked or self._records]
        ready = [one for one in meant if one.ready]
        if not ready:
            first = next((lack for one in meant for lack in one.lacks), None)
            told = _(first.word) if first else _("没有等着归档的记录。")
            self.say(told, clause=first.clause if first else "", refused=True)
            return
        self._to_file = {one.number: one.last for one in ready}
        no = Option(f"{FILE}:", _("先不归档"), _("还可以再看"))
        told = _("归档 {n} 份").format(n=len(ready))
        yes = Option(f"{FILE}:yes", told, _("归了档的不能再改"), _FOR_GOOD)
        self.open_panel("choose", self.choose.field)
        title = _("{n} 份齐的，归档吗？").format(n=len(ready))
        self.choose.offer(FILE, title, [no, yes], numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """Yes, or not yet."""
        if event.id == f"{FILE}:yes":
            self._file(dict(self._to_file))

    @work(group="file")
    async def _file(self, seen: dict[str, int]) -> None:
        from screens.records_words import filed_words
        from wuye_tui.desk import new_key

        if not self._may_send():
            return
        desk = console(self).desk
        try:
            result = await console(self).ask(asking_records.take_in, seen, new_key())
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        self._pane_of(ARCHIVE).untick()
        await self.reload()
        today = desk.now().astimezone(desk.zone).date()
        self.say(filed_words(list(result["together"]), result["kept"], today))

    def _send_back(self) -> None:
        """The form asks why; of several it is asked once."""
        numbers = self._meant(ARCHIVE)
        if numbers:
            self.open_form(JOINED.join(sorted(numbers)), "send_back")
        else:
            self.say(_("没有等着归档的记录。"), refused=True)

    # The supervisor's desk

    @work(exclusive=True, group="records")
    async def action_supervisor(self) -> None:
        """The day's records, the night's slips, what is late, who has how much."""
        if await self._read_supervised(first=True):
            self._open_entries(SUPERVISOR)

    async def _read_supervised(self, first: bool = False) -> bool:
        from screens.records_words import supervisor_entries, supervisor_title

        desk = console(self).desk
        try:
            found = await console(self).ask(asking_records.supervised)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return False
        self._supervised = found
        entries = supervisor_entries(found, desk.now(), desk.zone)
        self._pane_of(SUPERVISOR).load(supervisor_title(found), entries, first)
        self.tell_keys()
        return True

    @work(exclusive=True, group="records")
    async def _sign(self) -> None:
        """The form of the day's signature; its check is opened where it is not yet."""
        if self._supervised is None:
            return
        check = self._supervised.check
        try:
            number = check.number or await console(self).ask(asking_records.check_opened, check.day)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self.open_form(number, "sign")

    def _countersign(self) -> None:
        """The form for what is ticked, or for all that wait."""
        night = [one.number for one in self._supervised.night] if self._supervised else []
        ticked = [one.number for one in self._pane_of(SUPERVISOR).ticked]
        numbers = ticked or night
        if numbers:
            self.open_form(JOINED.join(sorted(numbers)), "countersign")
        else:
            self.say(_("没有等主管补签的单。"), refused=True)

    @work(exclusive=True, group="records")
    async def _open_behind(self) -> None:
        """What a figure has counted."""
        if await self._read_behind(first=True):
            self.open_panel(BEHIND, self._pane_of(BEHIND))

    async def _read_behind(self, first: bool = False) -> bool:
        from screens.records_words import behind_entries, behind_title

        figure, desk = self._figure, console(self).desk
        if figure is None:
            return False
        try:
            found = await console(self).ask(asking_records.behind, figure.numbers)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return False
        entries = behind_entries(found, desk.now(), desk.zone)
        self._pane_of(BEHIND).load(behind_title(figure.words, len(found)), entries, first)
        self.tell_keys()
        return True
