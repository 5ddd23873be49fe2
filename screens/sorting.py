"""Several slips of the queue at once, and who has what in hand."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.widget import Widget

from screens import asking_dispatch
from screens.asking_dispatch import JOINED
from screens.base import console
from screens.commands import FORM, QUEUE
from screens.parts import Parts
from screens.widgets.queue_table import QueueTable
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking import Sheet
    from screens.forms import _Opened
    from screens.widgets.workers import WorkersPane


class Sorting(Parts):
    """What is done to several slips, and by whom."""

    def __init__(self) -> None:
        super().__init__()
        self._leads = False

    def panels(self) -> list[Widget]:
        """The list of workers."""
        from screens.widgets.workers import WorkersPane  # not needed for the first paint

        return [*super().panels(), WorkersPane(id="workers")]

    async def seated(self) -> None:
        """Another person may send others, or not."""
        await super().seated()
        try:
            self._leads = await console(self).ask(asking_dispatch.leads)
        except DeskError:
            self._leads = False
        self.tell_keys()

    async def read_more(self) -> None:
        """The workers, while they are in sight."""
        await super().read_more()
        if self.is_up("workers"):
            await self._read_workers()

    def draft_of(self, number: str) -> str:
        """The last draft that concerns a matter, alone or with others."""
        if not number:
            return ""
        drafts = reversed(self.drafts)
        return next((d for d in drafts if number in d.partition("/")[0].split(JOINED)), "")

    def key_words(self, place: str) -> dict[str, str]:
        """With ticks, F7 and F8 mean all of them; Esc is there when there is anything to free."""
        words = dict(super().key_words(place))
        n = len(self.queue.ticked)
        if n and place == QUEUE:
            words["main"] = _("{n}张一起办").format(n=n) if n > 1 else _("办勾着的")
            words["steps"] = _("其他步骤")
        back = _("返回") if self._covered else ""
        words["free"] = _("不勾了") if n else _("全部显示") if self.queue.is_narrowed else back
        if place == QUEUE:
            words["work"] = ""  # here already
            words["tick"] = _("打勾") if len(self.queue.rows) > 1 and not n else ""
        if not self._leads or place == FORM:
            words["workers"] = ""
        return words

    # Several

    def on_queue_table_ticked(self, event: QueueTable.Ticked) -> None:
        """Other keys."""
        event.stop()
        self.tell_keys()

    @property
    def is_ticked(self) -> bool:
        """Whether the keys mean what is ticked: only while the queue has the focus."""
        return self.place == QUEUE and bool(self.queue.ticked)

    @property
    def is_joint(self) -> bool:
        """Whether they mean several, which take together what they can take together."""
        return self.is_ticked and len(self.queue.ticked) > 1

    @work(exclusive=True, group="several")
    async def take_together(self, usual: bool) -> None:
        """The usual step of all that is ticked, or a list of those that they can take together."""
        from screens.dispatch_words import steps_together

        numbers = self.queue.ticked
        try:
            found = await console(self).ask(asking_dispatch.several, numbers)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        step, joined = found.usual, JOINED.join(sorted(numbers))
        if not found.rows:
            self.say(_("勾着的没有能一起办的步骤，请一张一张办。"), refused=True)
        elif not usual:
            self.open_panel("choose", self.choose.field)
            title = _("勾着的 {n} 张，一起走哪一步？").format(n=len(numbers))
            self.choose.offer("steps", title, steps_together(joined, found.rows), numbers=True)
        elif step is None:
            self.say(_("勾着的下一步不一样；F8 看能一起办的。"), refused=True)
        elif step not in found.rows:
            told = _("「{step}」要一张一张办；F8 看能一起办的。")
            self.say(told.format(step=_(step.word)), refused=True)
        else:
            self.open_form(joined, step.verb)

    async def _sheet(self, opened: "_Opened") -> "Sheet | None":
        """The sheet of one matter or of several, with what a signature and a warning need."""
        numbers = opened.number.split(JOINED)
        try:
            if len(numbers) > 1:
                sheet = await console(self).ask(asking_dispatch.many, numbers, opened.verb)
                if sheet is None:
                    self.say(_("勾着的已经不能一起走这一步，请一张一张看。"), refused=True)
            else:
                sheet = await super()._sheet(opened)
            if sheet is None:
                return None
            return await console(self).ask(asking_dispatch.completed, sheet)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None

    # Workers

    @property
    def _workers_pane(self) -> "WorkersPane":
        found: Any = self.query_one("#workers")
        pane: WorkersPane = found
        return pane

    @work(exclusive=True, group="workers")
    async def action_workers(self) -> None:
        """Who has what in hand."""
        if await self._read_workers():
            self.open_panel("workers", self._workers_pane)

    async def _read_workers(self) -> bool:
        desk = console(self).desk
        try:
            found = await console(self).ask(asking_dispatch.workers)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return False
        self._workers_pane.load(found, desk.now(), desk.zone)
        return True

    def on_workers_pane_chosen(self, event: "WorkersPane.Chosen") -> None:
        """What this one holds."""
        event.stop()
        self.close_panel("workers")
        self._go_look("worker", event.name, worker=event.number)

    def on_workers_pane_left(self, event: "WorkersPane.Left") -> None:
        """Seen enough."""
        event.stop()
        self.close_panel("workers")
