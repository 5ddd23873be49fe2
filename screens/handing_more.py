"""What else there is to a handover: sign in, send back, refuse, step in, print, earlier ones."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work

from screens import asking, asking_handovers
from screens.base import console
from screens.handing import CAUTION, DIFFERENCE, Handing, new_key
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose

MORE, DIRTY, WHY, EARLIER, STEP_IN = (
    "handover_more", "handover_dirty", "handover_why", "handover_earlier", "handover_step_in",
)  # fmt: skip


class HandingMore(Handing):
    """The list of F9, and what is typed or chosen there."""

    def action_step_in(self) -> None:
        """Whoever was on duty cannot hand over any more."""
        self._ask_words(STEP_IN, _("为什么没法交班？原因会交给下一班。"), _("打完按回车。"))

    @work(group="save")
    async def _step_in(self, words: str) -> None:
        try:
            await console(self).ask(asking_handovers.step_in, words, new_key())
            check = await console(self).ask(asking.self_check)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        self.say_check(_("{name} 顶班，从现在起由您值班。").format(name=self.person), check)

    def on_handover_pane_more(self) -> None:
        """F9: a word of caution, the cleaning sent back, signing in, a refusal, print, earlier."""
        from screens.widgets.choose import Option

        given = self._state == "given"
        options = [
            Option("hand:sign_in", _("接班人签到"), _("提前 15 分钟到岗"), "KF-9"),
            Option("hand:caution", _("写注意事项"), _("交给下一班的话"), "KF-10"),
            Option("hand:dirty", _("清洁退回"), _("台面不干净，说哪里"), "KF-12"),
            *([Option("hand:refuse", _("拒绝接班"), _("说原因"), "KF-12")] if given else []),
            Option("hand:print", _("看、打印交接班记录"), _("F1 表"), "XX-5"),
            Option("hand:earlier", _("以前的交接班"), _("选一张看"), ""),
        ]
        self._offer(MORE, _("交接班"), options, numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What was chosen or typed for the handover."""
        answers: dict[str, Callable[[str], object]] = {
            CAUTION: self._take_caution,
            DIFFERENCE: self._give,
            DIRTY: lambda words: self._by_relief("clean_back", {"dirty": words}),
            STEP_IN: self._step_in,
            WHY: lambda words: self._by_relief("refuse", {"why": words}),
        }
        if event.list in answers:
            event.prevent_default().stop()
            self.close_panel("choose")
            answers[event.list](event.typed)
        elif event.list == EARLIER:
            event.prevent_default().stop()
            self.close_panel("choose")
            self.show_form(f"handover/{event.id.partition(':')[2]}")
        elif event.list == MORE:
            event.prevent_default().stop()
            self.close_panel("choose")
            self._more(event.id.partition(":")[2])

    def _more(self, name: str) -> None:
        match name:
            case "sign_in":
                self._by_relief("sign_in", {})
            case "caution":
                self._ask_caution()
            case "dirty":
                self._ask_words(DIRTY, _("哪里不干净？"), _("打完按回车，接班人再输密码。"))
            case "refuse":
                self._ask_words(WHY, _("为什么不接？"), _("打完按回车，接班人再输密码。"))
            case "print":
                number = self._handed.number if self._handed else ""
                self.show_form(f"handover/{number or self._post}")
            case _:
                self._offer_earlier()

    def _take_caution(self, words: str) -> None:
        if self._going_over is not None:
            self._going_over.caution = words
            self.keep_handover()
        if self._state == "given":
            self._step("note", {"caution": words})
        else:
            self._show_again()

    @work(exclusive=True, group="handover")
    async def _offer_earlier(self) -> None:
        from screens.widgets.choose import Option
        from screens.wording import clock

        app = console(self)
        try:
            rows = await app.ask(asking_handovers.earlier)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        options = [
            Option(
                f"hand:{one.number}",
                f"{one.giver_name} - {one.taker_name or '..'}",
                clock(one.accepted or one.opened, app.desk.zone),
                one.number,
            )
            for one in rows
        ]
        self._offer(EARLIER, _("看哪一张？"), options)
