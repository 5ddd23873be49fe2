"""Parts of the queue, several slips at once, and who has what in hand."""

from typing import TYPE_CHECKING, Any

from textual import work
from textual.widget import Widget

from screens import asking_dispatch
from screens.asking_dispatch import JOINED
from screens.base import console
from screens.commands import FORM, QUEUE
from screens.frame import SearchBox
from screens.ringing import Ringing
from screens.widgets.queue_table import QueueTable
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from screens.asking import Sheet
    from screens.forms import _Opened
    from screens.widgets.workers import WorkersPane

USUAL = ("all", "mine", "overdue")  # the parts that one key goes round
PARTS, UNITS = "part", "units"  # lists to choose a part from
_MINE, _OVERDUE = N_("我的"), N_("超时")


class Sorting(Ringing):
    """What is looked at of the queue, and what is done to several of it."""

    def __init__(self) -> None:
        super().__init__()
        self._part = "all"
        self._leads = False

    def panels(self) -> list[Widget]:
        """The list of workers."""
        from screens.widgets.workers import WorkersPane  # not needed for the first paint

        return [*super().panels(), WorkersPane(id="workers")]

    async def seated(self) -> None:
        """Another person has other slips of their own."""
        await super().seated()
        try:
            self._leads = await console(self).ask(asking_dispatch.leads)
        except DeskError:
            self._leads = False
        if self._part == "mine":
            self.action_mine()
        self.tell_keys()

    async def read_more(self) -> None:
        """The workers, while they are in sight."""
        await super().read_more()
        if self.panel == "workers":
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
            words["main"] = _("{n}张一起办").format(n=n)
            words["steps"] = _("其他步骤")
        back = _("返回") if self._covered else ""
        words["free"] = _("不勾了") if n else _("全部显示") if self.queue.is_narrowed else back
        if not self._leads or place == FORM:
            words["workers"] = ""
        return words

    # Parts

    def _look(self, name: str, word: str, **given: Any) -> None:
        """Looks at a part of the queue; none is all of it."""
        self._part = name
        self.queue.narrow(asking_dispatch.part(**given) if given else None, word)
        self.tell_keys()

    def _go_look(self, name: str, word: str, **given: Any) -> None:
        """The same, and puts the cursor there."""
        self._look(name, word, **given)
        self.open_panel("queue", self.queue)

    def on_queue_table_turned(self, event: QueueTable.Turned) -> None:
        """Right, left: all, mine, overdue, and all again."""
        event.stop()
        place = USUAL.index(self._part) if self._part in USUAL else 0
        getattr(self, f"action_{USUAL[(place + event.way) % len(USUAL)]}")()

    def on_queue_table_ticked(self, event: QueueTable.Ticked) -> None:
        """Other keys."""
        event.stop()
        self.tell_keys()

    def on_queue_table_freed(self, event: QueueTable.Freed) -> None:
        """Esc: first the ticks, then the part; then back to the form that the queue covers."""
        event.stop()
        if self.queue.ticked:
            self.queue.untick()
        elif self.queue.is_narrowed:
            self.action_all()
        elif self._covered:
            self.close_panel("queue")

    def action_all(self) -> None:
        """All of the queue."""
        self.clear_search()
        self._go_look("all", "")

    def clear_search(self) -> None:
        """No words are looked for in the queue any more."""
        field = self.query_one(SearchBox)
        field.value = ""
        field.display = False
        self.queue.filter("")

    def action_mine(self) -> None:
        """What whoever sits here answers for or works on."""
        self._go_look("mine", _(_MINE), mine=console(self).desk.staff)

    def action_overdue(self) -> None:
        """What has a clock that has run out."""
        self._go_look("overdue", _(_OVERDUE), overdue=True)

    def action_department(self) -> None:
        """Which department's?"""
        from wuye_tui.rules.orders import DEPARTMENTS

        known = dict(DEPARTMENTS)
        codes = [row.department for row in self.queue.every if row.department]
        named = {code: _(known.get(code, code)) for code in codes}
        self._offer_parts("department", _("只看哪个部门的？"), codes, named)

    def action_state(self) -> None:
        """In which state?"""
        every = self.queue.every
        codes = [row.state_word for row in every]
        named = {word: _(word) for word in codes}
        if any(row.hold for row in every):
            codes += ["" for row in every if row.hold]
            named[""] = _("挂起")
        self._offer_parts("state", _("只看哪种状态的？"), codes, named)

    def action_unit(self) -> None:
        """Of which home or place?"""
        codes = [row.where for row in self.queue.every if row.where]
        title = _("只看哪一户的？楼栋、单元也行，例如 3-1")
        self._offer_parts("unit", title, codes, {code: code for code in codes})

    def _offer_parts(self, kind: str, title: str, codes: list[str], named: dict[str, str]) -> None:
        from screens.widgets.choose import Option

        many = _("{n}张")
        options = [
            Option(f"{PARTS}:{kind}:{code}", word, many.format(n=codes.count(code)))
            for code, word in named.items()
        ]
        nothing = _("没有这样的未结单。")
        self.open_panel("choose", self.choose.field)
        self.choose.offer(UNITS if kind == "unit" else PARTS, title, options, nothing=nothing)

    def choose_part(self, name: str, typed: str = "") -> None:
        """A part was chosen from a list, or a unit typed."""
        kind, _colon, code = name.partition(":")
        if kind == "unit":
            self._go_look(kind, code or typed, unit=code or typed.upper())
        elif kind == "department":
            from wuye_tui.rules.orders import DEPARTMENTS

            self._go_look(kind, _(dict(DEPARTMENTS).get(code, code)), department=code)
        elif code:
            self._go_look(kind, _(code), state=code)
        else:
            self._go_look("held", _("挂起"), held=True)

    # Several

    @property
    def is_ticked(self) -> bool:
        """Whether the keys mean what is ticked: only while the queue has the focus."""
        return self.place == QUEUE and bool(self.queue.ticked)

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
