"""What is masked and may be seen whole: the numbers of the slip in sight, for some seconds and for
a reason; and an owner's file, by the procedure (FW-6.3).
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from textual import work

from screens import asking_eyes
from screens.base import console
from screens.drafts import Draft
from screens.roster_forms import RosterForms
from screens.widgets.pane import Pane
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.eyes import SECONDS
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose

NUMBER_WHY, FILE_WHY = "number_why", "file_why"
_WHYS: Final = (N_("给业主回电"), N_("上门找不到人"), N_("核对号码"))
"""Why a number is looked at, mostly; anything else is typed."""


class Eyes(RosterForms):
    """F9 over a slip, and the command for an owner's file."""

    def __init__(self) -> None:
        super().__init__()
        self._whole: tuple[str, datetime] | None = None  # the matter, and until when
        self._asked_of = ""  # the matter, or the unit, for which a reason is asked
        self._opening = Draft()

    @property
    def is_whole(self) -> bool:
        """Whether the numbers of the slip in sight were asked for, and their time is not over."""
        if self._whole is None or self.slip is None:
            return False
        number, until = self._whole
        return number == self.slip.view.number and console(self).desk.now() < until

    def on_queue_table_number_wanted(self) -> None:
        """F9 in the queue."""
        self.action_number()

    def on_pane_number_wanted(self) -> None:
        """F9 over the slip."""
        self.action_number()

    def action_number(self) -> None:
        """The numbers of the slip in sight: first why."""
        if self.slip is None or self.panel not in ("queue", "slip"):
            self.say(_("先选中一张单，再看它的号码。"), refused=True)
            return
        self._ask_why_seen(self.slip.view.number)

    def _ask_why_seen(self, number: str) -> None:
        from screens.widgets.choose import Option

        self._asked_of = number
        options = [Option(f"{NUMBER_WHY}:{n}", _(why), "") for n, why in enumerate(_WHYS)]
        self.open_panel("choose", self.choose.field)
        title = _("为什么看 {number} 的完整号码？").format(number=number)
        hint = _("打原因，回车；看 {n} 秒，记入审计。").format(n=SECONDS)
        self.choose.offer(NUMBER_WHY, title, options, numbers=True, nothing=hint)

    def action_owner_file(self) -> None:
        """The file of the unit that the line, the account or the slip speaks of: first what for."""
        proposal = self.intake.proposal
        unit = proposal.unit.label if proposal and proposal.unit else ""
        if not unit and self.slip is not None:
            unit = str(self.slip.view.situation.facts.get("unit") or "")
        if not unit:
            self.say(_("先在来电这一行打房号，或选中这一户的单，再查档。"), refused=True)
            return
        self._ask_purpose(unit)

    def _ask_purpose(self, unit: str, typed: str = "") -> None:
        self._asked_of = unit
        self.open_panel("choose", self.choose.field)
        title = _("为什么查 {unit} 的业主档案？").format(unit=unit)
        hint = _("打原因，回车，再由批准的人输密码；谁查、看了什么都记下。")
        self.choose.offer(FILE_WHY, title, [], nothing=hint)
        self.choose.field.value = typed

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """Why, chosen or typed."""
        if event.list not in (NUMBER_WHY, FILE_WHY):
            return
        event.prevent_default().stop()
        self.close_panel("choose")
        if event.list == FILE_WHY:
            self._open_file(self._asked_of, event.typed)
        else:
            n = event.id.partition(":")[2]
            self._see(self._asked_of, _(_WHYS[int(n)]) if n else event.typed)

    @work(group="eyes")
    async def _see(self, number: str, why: str) -> None:
        try:
            seen = await console(self).ask(asking_eyes.reveal, number, why)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._whole = seen, console(self).desk.now() + timedelta(seconds=SECONDS)
        self._paint_slip()
        told = _("{number} 的号码显示 {n} 秒，已记入审计。")
        self.say(told.format(number=seen, n=SECONDS))

    @work(group="lock")
    async def _open_file(self, unit: str, purpose: str) -> None:
        from screens.eyes_words import file_lines
        from wuye_tui.rules.rights import Right

        second = await self.second_person(_("查阅业主档案：批准的人签字"), Right.ALLOW_FILE)
        if second is None:
            self._ask_purpose(unit, purpose)
            return
        key = self._opening.key_for(f"{unit}|{purpose}|{second.staff}")
        try:
            found = await console(self).ask(asking_eyes.open_file, unit, purpose, second, key)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._opening = Draft()
        pane = self.query_one("#help", Pane)
        pane.print(lambda width: file_lines(found, width), anew=True)
        self.open_panel("help", pane)
        self.say(_("查档手续 {number} 已记下；看完按 Esc。").format(number=found.number))
