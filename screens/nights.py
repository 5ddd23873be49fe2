"""The night at the console (KF-7): three large choices, and what becomes of a call.

Whoever holds the night types a line as by day; Enter then asks what becomes of it, the likely way
first, and one digit says so.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_nights
from screens.alarms import Alarms
from screens.base import console
from screens.commands import NIGHT
from screens.widgets.intake_bar import IntakeBar
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.calls_list import CallsList
    from screens.widgets.choose import Choose
    from screens.widgets.night_board import NightBoard
    from wuye_tui.desk import Result
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.registers.nights import Offered

WAYS, JOBS, PHONE, TOLD = "night_ways", "night_jobs", "night_phone", "night_told"
SETTLED, GO_ON = "settled", "go_on"


class Nights(Alarms):
    """The board, the ways for a call, and the desk left for a job."""

    def __init__(self) -> None:
        super().__init__()
        self._night: asking_nights.Board | None = None
        self._asked_way: Proposal | None = None  # the call of which is asked what becomes of it
        self._ways: list[Offered] = []
        self._decided = False  # it has been said: it goes to the register now
        self._goes = False  # whoever took the call goes out to it
        self._going_to = ""  # the slip somebody goes out to, while the telephone is asked
        self._told_call = ""  # the call of which is asked how it went

    def panels(self) -> list[Widget]:
        """The board."""
        from screens.widgets.night_board import NightBoard  # not needed for the first paint

        return [*super().panels(), NightBoard(id=NIGHT)]

    @property
    def night_board(self) -> "NightBoard":
        """The three choices."""
        found: Any = self.query_one(f"#{NIGHT}")
        return cast("NightBoard", found)

    async def seated(self) -> None:
        """Whoever holds the night finds the choices, everybody else the queue."""
        await super().seated()
        if self._night is not None:
            self.open_night()
        else:
            self.close_panel(NIGHT)

    async def read_more(self) -> None:
        """The board follows every act of anybody; a desk that is left says so in the status."""
        await super().read_more()
        try:
            self._night = await console(self).ask(asking_nights.board)
        except DeskError as error:
            self._in_trouble(error)
            return
        out = self._night.away if self._night else None
        self.status.amend(away=out.phone if out else "")
        if self._night is not None:
            desk = console(self).desk
            rows = self._picture.rows if self._picture else []
            self._night = replace(self._night, open=len(rows))  # as the line at the top says it
            self.night_board.load(self._night, desk.now(), desk.zone)
            self.tell_keys()

    def action_watch(self) -> None:
        """F5: the choices for whoever holds the night, for everybody else the log of the day."""
        if self._night is None:
            self.action_log()
        else:
            self.open_night()

    def open_night(self) -> None:
        """Over whatever is there."""
        self.open_panel(NIGHT, self.night_board)
        self.tell_keys()

    def on_night_board_left(self) -> None:
        """Esc: to the slips."""
        self.close_panel(NIGHT)

    def on_night_board_chosen(self, event: "NightBoard.Chosen") -> None:
        """One of the three."""
        event.stop()
        match event.choice:
            case "call":
                self.intake.field.focus()
            case "out":
                self._offer_jobs()
            case "back":
                self._come_back()
            case _:
                self.close_lists()
                self.queue.focus()

    # What becomes of a call

    def on_intake_bar_submitted(self, event: IntakeBar.Submitted) -> None:
        """At night it is asked first."""
        decided, self._decided = self._decided, False
        proposal = event.proposal
        asked = proposal.postponed or proposal.taken or event.join
        if self._night is not None and not (decided or asked):
            event.prevent_default().stop()
            self._ask_way(event)

    @work(group="line")
    async def _ask_way(self, event: IntakeBar.Submitted) -> None:
        from screens.widgets.choose import Option

        try:
            self._ways = await console(self).ask(asking_nights.offered, event.proposal)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        if not self._ways:
            self._send_line(event.proposal)
            return
        self._asked_way = event.proposal
        options = [
            Option(f"way:{n}", one.words, _("先打 {phone}").format(phone=one.phone)
                   if one.phone else "", "")
            for n, one in enumerate(self._ways)
        ]  # fmt: skip
        self._offer(WAYS, _("这个来电怎么办？"), options, numbers=True)

    def _send_line(self, proposal: "Proposal") -> None:
        self._decided = True
        self.intake.post_message(IntakeBar.Submitted(proposal))

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What becomes of the call, the slip, the telephone, or how a call went that was told."""
        kind, _colon, name = event.id.partition(":")
        if event.list == WAYS and self._asked_way is not None:
            event.prevent_default().stop()
            self.close_panel("choose")
            proposal, self._asked_way = self._asked_way, None
            self.intake.field.focus()
            handled = asking_nights.handled(proposal, self._ways[int(name)].choice)
            self._goes = handled.taken
            self._send_line(handled)
        elif event.list == JOBS:
            event.prevent_default().stop()
            self.close_panel("choose")
            self.ask_phone(name)
        elif event.list == PHONE:
            event.prevent_default().stop()
            self.close_panel("choose")
            self._set_out(name if kind == "phone" else event.typed)
        elif event.list == TOLD:
            event.prevent_default().stop()
            self.close_panel("choose")
            if name == SETTLED:
                self._settle(self._told_call)
            elif name == GO_ON and (row := self.calls.row) is not None:
                self._take_up(row)

    async def _after(self, result: "Result") -> None:
        """Who was told, and what the morning sees of it."""
        await super()._after(result)
        goes, self._goes = self._goes, False
        to = str(result.get("outcome") or "").partition(":")[2]
        if goes and self._night is not None and self._night.away is None:
            self.ask_phone(str(result["number"]))
        elif to:
            words = {one.choice.to: one.choice.word for one in self._ways}
            told = _(
                "{contact} 已告诉{word}。办好了，在来电登记里按 Enter 记下；没办好的早上接着办。"
            )
            self.say(told.format(contact=result["contact"], word=words.get(to, to)))

    # Out to a job

    @work(exclusive=True, group="night")
    async def _offer_jobs(self) -> None:
        from screens.widgets.choose import Option

        try:
            jobs = await console(self).ask(asking_nights.jobs)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        if not jobs:
            self.say(_("现在没有可以去的单：有来电先按 1 登记。"), refused=True)
            return
        options = [
            Option(
                f"job:{job.number}",
                f"{job.where} {job.words}".strip(),
                job.number if job.own else _("{number} 还没人接").format(number=job.number),
            )
            for job in jobs
        ]
        self._offer(JOBS, _("去哪一家？"), options, numbers=True)

    def ask_phone(self, number: str) -> None:
        """Where the telephone of the desk rings meanwhile: one's own is proposed."""
        from screens.widgets.choose import Option

        self._going_to = number
        own = self._night.phone if self._night else ""
        options = [Option(f"phone:{own}", own, _("我的手机"))] if own else []
        ask = _("打转到的号码，回车。")
        self._offer(PHONE, _("值班电话转到哪个号码？"), options, nothing=ask)

    @work(group="night")
    async def _set_out(self, phone: str) -> None:
        from wuye_tui.desk import new_key  # not needed for the first paint

        number, self._going_to = self._going_to, ""
        try:
            await console(self).ask(asking_nights.set_out, phone, number, new_key())
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        self.queue.select(number)
        self.open_night()
        told = _("已记下：去 {number}，电话转到 {phone}。先在话机上转好再走。")
        self.say(told.format(number=number, phone=phone))

    @work(group="night")
    async def _come_back(self) -> None:
        try:
            done = await console(self).ask(asking_nights.come_back)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        number = str(done.get("matter") or "")
        told = _("回到前台了，电话转回来。")
        if number and any(row.number == number for row in self.queue.every):
            self.queue.select(number)
            self.close_panel(NIGHT)
            self.queue.focus()
            told += _("{number} 接着办：按 F7。").format(number=number)
        self.say(told)

    # Who was told

    def on_calls_list_opened(self, event: "CallsList.Opened") -> None:
        """How it went with what somebody was told of."""
        from screens.widgets.choose import Option

        if event.row.told:
            event.prevent_default().stop()
            self._told_call = event.row.number
            options = [
                Option(f"told:{SETTLED}", _("办好了"), _("早上不用再跟")),
                Option(f"told:{GO_ON}", _("没办好，开单接着办"), _("这些字放进来电这一行")),
            ]
            self._offer(TOLD, _("{number} 怎么样了？").format(number=event.row.number), options,
                        numbers=True)  # fmt: skip

    @work(group="night")
    async def _settle(self, number: str) -> None:
        try:
            await console(self).ask(asking_nights.settle, number)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        self.say(_("{number} 记为已办好。").format(number=number))
