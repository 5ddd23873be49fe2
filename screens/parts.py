"""Parts of the queue: which of it is looked at, and what lies behind the rows that are read."""

from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_dispatch
from screens.base import console
from screens.frame import SearchBox
from screens.ringing import Ringing
from screens.widgets.queue_table import QueueTable
from screens.widgets.status_line import MOST
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wuye_tui.registers.parts import Part, Tally

USUAL = ("all", "mine", "overdue")  # the parts that one key goes round
PARTS, UNITS = "part", "units"  # lists to choose a part from
_MINE, _OVERDUE = N_("我的"), N_("超时")


class Parts(Ringing):
    """What is looked at of the queue."""

    def __init__(self) -> None:
        super().__init__()
        self._part = "all"
        self._looked_at: Part | None = None

    async def seated(self) -> None:
        """Another person has other slips of their own."""
        await super().seated()
        if self._part == "mine":
            self.action_mine()

    async def read_more(self) -> None:
        """What is behind the rows that are read."""
        await super().read_more()
        await self._reach()

    def _look(self, name: str, word: str, **given: Any) -> None:
        """Looks at a part of the queue; none is all of it."""
        self._part = name
        self._looked_at = asking_dispatch.part(**given) if given else None
        self.queue.narrow(self._looked_at, word)
        self._reach_part()
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

    @work(exclusive=True, group="parts")
    async def action_department(self) -> None:
        """Which department's?"""
        from wuye_tui.rules.orders import DEPARTMENTS

        if (found := await self._tally()) is not None:
            known = dict(DEPARTMENTS)
            named = {code: _(known.get(code, code)) for code in found.departments}
            title = _("只看哪个部门的？")
            self._offer_parts("department", title, named, found.departments)

    @work(exclusive=True, group="parts")
    async def action_state(self) -> None:
        """In which state?"""
        if (found := await self._tally()) is not None:
            named, counts = {word: _(word) for word in found.states}, dict(found.states)
            if found.held:
                named[""], counts[""] = _("挂起"), found.held
            self._offer_parts("state", _("只看哪种状态的？"), named, counts)

    @work(exclusive=True, group="parts")
    async def action_unit(self) -> None:
        """Of which home or place?"""
        if (found := await self._tally()) is not None:
            named = {label: label for label in found.units}
            title = _("只看哪一户的？楼栋、单元也行，例如 3-1")
            self._offer_parts("unit", title, named, found.units)

    async def _tally(self) -> "Tally | None":
        try:
            return await console(self).ask(asking_dispatch.tally)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return None

    def _offer_parts(
        self, kind: str, title: str, named: "Mapping[str, str]", counts: "Mapping[str, int]"
    ) -> None:
        from screens.widgets.choose import Option

        many = _("{n}张")
        options = [
            Option(f"{PARTS}:{kind}:{code}", word, many.format(n=counts[code]))
            for code, word in named.items()
        ]
        nothing = _("没有这样的未结单。")
        self.open_panel("choose", self.choose.field)
        self.choose.offer(UNITS if kind == "unit" else PARTS, title, options, nothing=nothing)

    def choose_part(self, name: str, typed: str = "") -> None:
        """A part was chosen from a list, or a unit typed."""
        kind, _colon, code = name.partition(":")
        if kind == "unit":
            self._go_look(kind, code or typed, unit=code, typed=typed)
        elif kind == "department":
            from wuye_tui.rules.orders import DEPARTMENTS

            self._go_look(kind, _(dict(DEPARTMENTS).get(code, code)), department=code)
        elif code:
            self._go_look(kind, _(code), state=code)
        else:
            self._go_look("held", _("挂起"), held=True)

    # More than is read

    def beat_more(self) -> None:
        """All that was read is late by now, and more may be behind it: the register is asked again.
        Before that the rows say it themselves, however often a deadline passes.
        """
        super().beat_more()
        found, late = self.queue.reached, self.status.standing.overdue
        if found is not None and found.overdue < late and late >= MOST:
            self._reach_part()

    async def _reach(self) -> None:
        """Asks the register where the rows that were read are not all that is open."""
        picture = self._picture
        if picture is None or len(picture.rows) < MOST:
            self.queue.reach(None)
            return
        try:
            found = await console(self).ask(asking_dispatch.reached, self._looked_at)
        except DeskError as error:
            self._in_trouble(error)
        else:
            self.queue.reach(found)
            self._tell_status()

    @work(exclusive=True, group="reach")
    async def _reach_part(self) -> None:
        await self._reach()

    def _tell_status(self) -> None:
        """The rows that were read are the first due: others are late only where all of them are."""
        super()._tell_status()
        found, late = self.queue.reached, self.status.standing.overdue
        if found is not None and late >= MOST:
            self.status.amend(overdue=max(late, found.overdue))
