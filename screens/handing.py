"""The handover at the console (KF-9 to KF-13): the giver counts and signs, the relief looks item by
item and signs with their own PIN, and the duty is theirs.

What is ticked and counted stays at the screen until it is signed; a call in between costs none of
it.
"""

from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking, asking_calls, asking_handovers
from screens.asking_handovers import Counted
from screens.base import console
from screens.commands import HANDOVER
from screens.drafts import Draft
from screens.nights import Nights
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.handover_words import Sheet
    from screens.widgets.entries import EntriesPane
    from screens.widgets.handover_pane import HandoverPane
    from wuye_tui.desk import Desk
    from wuye_tui.registers.handovers import HandoverNow

GOING_OVER = "handover"  # the draft of what is gone over and not signed
CAUTION, DIFFERENCE = "handover_caution", "handover_difference"
"""The lists that take a word of caution, and the reason of a difference."""


class Handing(Nights):
    """One list that both go through, and the two signatures."""

    def __init__(self) -> None:
        super().__init__()
        self._handed: HandoverNow | None = None
        self._post = ""
        self._going_over: Sheet | None = None
        self._of_duty = ""  # the duty that is gone over: another one is looked at anew
        self._ticks_shown: set[str] = set()  # what was ticked when it was last painted
        self._hand_key = ""  # of the act that is to be saved, kept until it is answered

    def panels(self) -> list[Widget]:
        """The list."""
        from screens.widgets.handover_pane import HandoverPane  # not needed for the first paint

        return [*super().panels(), HandoverPane(id=HANDOVER)]

    @property
    def handover_pane(self) -> "HandoverPane":
        """The list."""
        return cast("HandoverPane", self.query_one(f"#{HANDOVER}"))

    async def read_more(self) -> None:
        """The list follows every act of anybody."""
        await super().read_more()
        if self.is_up(HANDOVER):
            await self._read_handover()

    @property
    def has_own_keys(self) -> bool:
        """F7 and F8 are those of the handover while its list has the focus."""
        return super().has_own_keys or self.place == HANDOVER

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 do now."""
        words = super().key_words(place)
        if place == HANDOVER:
            given = self._state == "given"
            words["main"] = _("签收")
            words["steps"] = _("收回") if given else _("交班")
        return words

    @property
    def way_to_steps(self) -> str | None:
        """Beside the list the keys of steps are the handover's: a slip is opened first."""
        return "Enter" if self.place == HANDOVER else super().way_to_steps

    @property
    def _state(self) -> str:
        view = self._handed.view if self._handed else None
        return view.situation.state if view else ""

    def own_main(self) -> None:
        """F7: the relief signs."""
        if self.place == HANDOVER:
            self._receive()
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8: the giver signs, or takes the signature back."""
        if self.place != HANDOVER:
            super().own_steps()
        elif self._state == "given":
            self._step("recall", {})
        else:
            self._give()

    # The list

    @work(exclusive=True, group="handover")
    async def action_handover(self) -> None:
        """F4: the duty of whoever sits here, otherwise the desk's."""
        try:
            held = await console(self).ask(asking_handovers.posts)
        except DeskError as error:
            self.say(sentence(error), refused=True)
            return
        post = held[0] if held else "desk"
        if post != self._post:
            self._post, self._going_over = post, None
        if await self._read_handover(first=not self.is_up(HANDOVER)):
            self.open_panel(HANDOVER, self.handover_pane)
            self.tell_keys()

    async def _read_handover(self, first: bool = False) -> bool:
        from screens.handover_words import Sheet, counted

        app = console(self)
        drafts = [(name, self._draft_words(name)) for name in self.drafts]
        try:
            found = await app.ask(asking_handovers.board, self._post, drafts)
        except DeskError as error:
            self.close_panel(HANDOVER)
            self.say(sentence(error), clause=error.clause, refused=True)
            return False
        self._handed, pane = found, self.handover_pane
        ticked = [one.key for one in pane.ticked]
        if self._of_duty != found.duty.id:
            self._of_duty, self._going_over = found.duty.id, None
            ticked = self._kept_ticks()  # nobody signs for what the one before has looked at
        if self._going_over is None:
            kept = app.spool.get(GOING_OVER).answers
            typed = {} if self._state == "given" else kept.get("typed")  # then the signed ones hold
            self._going_over = Sheet(typed or counted(found))
            self._going_over.caution = str(kept.get("caution") or "")
            pane.typed = self._going_over.typed
        self._paint_handover(first, ticked)
        return True

    def _paint_handover(self, first: bool = False, ticked: "Sequence[str]" = ()) -> None:
        from screens.handover_words import entries, title

        desk, pane = console(self).desk, self.handover_pane
        assert self._handed is not None
        assert self._going_over is not None
        now, marked = desk.now(), {*ticked, *(one.key for one in pane.ticked)}
        shown = entries(self._handed, self._going_over, now, desk.zone, marked)
        pane.load(title(self._handed, now, desk.zone), shown, first)
        pane.tick(ticked)
        self._ticks_shown = {one.key for one in pane.ticked}
        self.tell_keys()

    def _kept_ticks(self) -> "list[str]":
        """What was ticked of this duty before the console ended; of another one nothing counts."""
        spool, pane = console(self).spool, self.handover_pane
        pane.untick()
        kept = spool.get(GOING_OVER).answers
        if kept.get("duty") != self._of_duty:
            spool.drop(GOING_OVER)
            return []
        return [str(key) for key in kept.get("ticked", ())]

    def keep_handover(self) -> None:
        """What is counted, ticked and written here is in the drafts: a crash costs none of it."""
        sheet = self._going_over
        if sheet is not None:
            ticked = [one.key for one in self.handover_pane.ticked]
            kept = {"typed": dict(sheet.typed), "caution": sheet.caution, "ticked": ticked}
            console(self).spool.put(GOING_OVER, Draft({"duty": self._of_duty, **kept}))

    def on_entries_pane_changed(self, event: "EntriesPane.Changed") -> None:
        """A tick more: it is kept, and the heading counts what is left. The cursor alone changes
        nothing of it.
        """
        if event.pane != HANDOVER or self._going_over is None or self._handed is None:
            return
        ticked = {one.key for one in self.handover_pane.ticked}
        if ticked != self._ticks_shown:
            self.keep_handover()
            self._paint_handover()

    def _draft_words(self, name: str) -> str:
        from screens.offers import step_word

        number = name.partition("/")[0]
        return f"{step_word(name)} {number}" if "-" in number else step_word(name)

    def on_handover_pane_counted(self) -> None:
        """It stands there at once."""
        self.keep_handover()
        self._paint_handover()

    def on_handover_pane_no_number(self) -> None:
        """Nothing of what is typed goes by in silence."""
        self.say(_("这里只打数字：实有几件，或实有多少钱。"), clause="KF-11", refused=True)

    @work(exclusive=True, group="handover")
    async def _show_again(self) -> None:
        await self._read_handover()

    def on_entries_pane_opened(self, event: "EntriesPane.Opened") -> None:
        """Enter: a slip whole, or what a line stands for."""
        if event.pane == HANDOVER and self._going_over is not None and not event.entry.number:
            event.prevent_default().stop()
            if event.entry.key == "caution":
                self._ask_caution()
            elif event.entry.key.startswith("LX-"):
                self._take_up_call(event.entry.key)
            else:
                self._going_over.opened ^= {event.entry.key}
                self._show_again()

    @work(group="line")
    async def _take_up_call(self, number: str) -> None:
        """What the night has left is made a slip or a complaint, from the list too (KF-8)."""
        try:
            row = await console(self).ask(asking_calls.call, number)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._take_up(row)

    # The giver

    @work(group="save")
    async def _give(self, why: str = "") -> None:
        from screens.handover_words import CASH, TOOL, TOOLS
        from wuye_tui.rules.money import parse_yuan
        from wuye_tui.rules.refusals import GuardRefused

        found, sheet = self._handed, self._going_over
        if found is None or sheet is None or not self._may_send():
            return
        try:
            typed = {name: sheet.typed.get(f"{TOOL}{name}", "") for name in found.tools}
            all_there = self.handover_pane.is_ticked(TOOLS)
            things = {
                name: int(typed[name] or found.tools[name])
                for name in found.tools
                if typed[name] or all_there
            }
            as_it_should = found.cash if self.handover_pane.is_ticked(CASH) else None
            cash = parse_yuan(sheet.typed[CASH]) if CASH in sheet.typed else as_it_should
            counted = Counted(things, why, cash, why)
            self._hand_key = self._hand_key or new_key()
            given = await console(self).ask(
                asking_handovers.give, self._post, counted, sheet.caution, self._hand_key
            )
        except DeskError as error:
            differs = isinstance(error, GuardRefused) and error.guard in ("unexplained", "cash_off")
            if differs and not why:
                self._ask_words(DIFFERENCE, sentence(error), _("打原因，回车。"))
            else:
                self.say(sentence(error), clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        self._hand_key, self._going_over = "", None
        await self.reload()
        told = _("{number} 已签字交出。接班人看过、打勾，按 F7 用自己的密码签收；要改按 F8 收回。")
        self.say(told.format(number=given["number"]))

    def _ask_words(self, list_id: str, title: str, nothing: str) -> None:
        self._offer(list_id, title, [], nothing=nothing)

    def _ask_caution(self) -> None:
        self._ask_words(CAUTION, _("交给下一班要注意什么？"), _("打完按回车。"))

    # The relief

    @work(group="lock")
    async def _receive(self) -> None:
        """Whoever relieves proves who they are, and all that they looked at is signed at once."""
        from screens.handover_words import GROUP

        if self._state != "given":
            who = self._handed.duty.staff_name if self._handed else ""
            told = _("还不能签收：先由交班的 {name} 点清，按 F8 签字。").format(name=who)
            self.say(told, clause="KF-10", refused=True)
            return
        pane = self.handover_pane
        if not (
            pane.is_ticked("clean") or (self._handed and self._handed.facts.get("cleaning_ok"))
        ):
            told = _("台面清洁还没有验收：干净就打勾，不干净按 F9 退回。")
            self.say(told, clause="KF-12", refused=True)
            return
        ticked = [one.key for one in pane.ticked]
        taker = await self._signed_by(_("接班人签收"))
        if taker is None or self._handed is None:
            return
        items = [key for key in ticked if key in self._handed.unseen]
        desk = console(self).desk
        try:
            self._hand_key = self._hand_key or new_key()
            done = await console(self).ask(
                asking_handovers.receive,
                taker,
                self._handed.number,
                items,
                GROUP in ticked,
                self._hand_key,
            )
            check = await console(self).ask(asking.self_check)
        except DeskError as error:
            self._hand_key = ""
            await self.reload()  # what came in meanwhile is what it is about
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        self._hand_key, self._going_over, self._of_duty = "", None, ""
        console(self).spool.drop(GOING_OVER)
        self.close_panel(HANDOVER)
        if self._post == "desk" or desk.staff == self._handed.duty.staff:
            console(self).sit_down(taker)
            await self.seated()
            if self._night is None:
                self.close_lists()
                self.intake.field.focus()
        else:
            await self.reload()
        told = _("{number} 已接班，从现在起由 {name} 值班。")
        words = told.format(number=done["number"], name=self.person)
        self.say_check(words + self.left_by_others(), check)

    async def _signed_by(self, title: str) -> "Desk | None":
        """The desk with whoever proves who they are; the one who sits here stays."""
        from screens.lock import Lock  # not needed for the first paint

        try:
            first = await console(self).ask(asking_handovers.reliefs, self._post)
        except DeskError:
            first = []  # then it is only a longer list
        return cast("Desk | None", await self.app.push_screen_wait(Lock("", title, first)))

    def _by_relief(self, verb: str, given: dict[str, Any]) -> None:
        self._step(verb, given, _("接班人"))

    @work(group="lock")
    async def _step(self, verb: str, given: dict[str, Any], title: str = "") -> None:
        if self._handed is None or not self._handed.number:
            self.say(_("还没有开始交接：由值班的人按 F8。"), clause="KF-10", refused=True)
            return
        by = await self._signed_by(title) if title else console(self).desk
        if by is None:
            return
        try:
            await console(self).ask(asking_handovers.step, by, self._handed.number, verb, given)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        from screens.taking_back import step_named

        word, _state = step_named(self._handed.number, verb)
        self.say(_("{number} {step}，已记下。").format(number=self._handed.number, step=word))


def new_key() -> str:
    """A key for an act; the desk is loaded when the first is made."""
    from wuye_tui import desk  # not needed for the first paint

    return desk.new_key()
