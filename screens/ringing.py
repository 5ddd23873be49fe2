"""The lines that ring: a strip above the line, never a dialog.

A telephone system says what rings; here it is taken, given up, or called back.
"""

from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import uuid4

from textual import work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.widget import Widget

from screens import asking
from screens.base import console
from screens.commands import BY_ID, LINE
from screens.left_over import LeftOver
from screens.widgets.intake_bar import IntakeBar
from screens.wording import clock, sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose
    from screens.widgets.ringing_strip import RingingStrip
    from wuye_tui.registers.ringing import Line

MISSED_LIST, CALLED_LIST = "missed", "called"


def excuse() -> str:
    """What is said to whoever is called back."""
    from wuye_tui.rules.ringing import RINGING  # not needed for the first paint

    return _(RINGING.rows_named("call_back")[0].prompt)


class Ringing(LeftOver):
    """Takes calls, gives them up, and keeps the missed ones in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line itself, which knows of no call. By its id it moves when Enter does.
        Binding(BY_ID["submit"].keys, "take_at_line", show=False, priority=True, id="submit")
    ]

    def __init__(self) -> None:
        super().__init__()
        self._ring_lines: tuple[Line, ...] = ()
        self._ring_keys: dict[str, str] = {}  # of acts, by line and verb: a repeat is the same act
        self._ring_belled: set[str] = set()

    def strips(self) -> list[Widget]:
        """The strip of the lines."""
        from screens.widgets.ringing_strip import RingingStrip  # not needed for the first paint

        return [*super().strips(), RingingStrip(id="ringing")]

    @property
    def ringing_lines(self) -> "list[Line]":
        """What rings now, oldest first."""
        return [one for one in self._ring_lines if one.is_ringing]

    @property
    def missed_lines(self) -> "list[Line]":
        """What nobody has called back, oldest first."""
        return [one for one in self._ring_lines if not one.is_ringing]

    async def read_more(self) -> None:
        """The lines, after every act of anybody: a telephone system acts too."""
        await super().read_more()
        from screens import asking_ringing

        try:
            self._ring_lines = await console(self).ask(asking_ringing.lines)
        except DeskError as error:
            self._in_trouble(error)
            return
        self.show_ringing()
        self.tell_keys()

    def beat_more(self) -> None:
        """Rings are counted by the clock; the database is not asked."""
        super().beat_more()
        self.show_ringing()

    def show_ringing(self) -> None:
        """Paints the strip anew, and the reading where another call is in hand now."""
        from screens.widgets.ringing_strip import THIRD, in_hand_line, missed_line, ringing_line

        desk = console(self).desk
        now, cells, shown = desk.now(), self.size.width, []
        ringing, missed = self.ringing_lines, self.missed_lines
        if ringing:
            key, is_far = self._take_key()
            shown.append(ringing_line(ringing, now, key, cells, is_far))
            late = {one.number for one in ringing if one.heard(now) >= THIRD}
            if late - self._ring_belled:
                self.app.bell()  # once a line: who is on another call hears it too
            self._ring_belled |= late
        if self._in_hand is not None:
            shown.append(in_hand_line(self._in_hand, cells))
        elif missed:
            shown.append(missed_line(missed, now, desk.zone, cells))
        if (strip := self.part("ringing")) is not None:
            cast("RingingStrip", strip).tell(shown)
        self.intake.hear(self._in_hand)

    def _take_key(self) -> tuple[str, bool]:
        """What to press here to take the call; and whether twice, as it only leads to the line."""
        at_line, empty = self.place == LINE, not self.intake.words.strip()
        return BY_ID["submit" if at_line and empty else "line"].key, not at_line and not empty

    def on_resize(self) -> None:
        """Another width shows more or less of it."""
        if console(self).is_open:
            self.show_ringing()

    def tell_keys(self) -> None:
        """With the focus the key changes that takes the call."""
        super().tell_keys()
        if self.ringing_lines:
            self.show_ringing()

    def key_words(self, place: str) -> dict[str, str]:
        """Enter takes the call where nothing is typed, F2 from the line and over an empty one."""
        words = super().key_words(place)
        if self.ringing_lines and (place == LINE or not self.intake.words.strip()):
            words["line"] = _("接听")
            if place == LINE and not self.intake.words.strip():
                words["submit"] = _("接听")
        return words

    def on_intake_bar_typed(self, event: IntakeBar.Typed) -> None:
        """Another key takes the call now."""
        event.stop()
        if self.ringing_lines:
            self.tell_keys()

    # Taking a call

    def action_line(self) -> None:
        """F2: the line. While it rings the call: at once where no words stand in the line, else
        from the line, and they are put aside.
        """
        if self.ringing_lines and (self.place == LINE or not self.intake.words.strip()):
            self.intake.field.focus()  # what is typed meanwhile is no longer the list's
            self.action_take()
        else:
            super().action_line()

    def action_take_at_line(self) -> None:
        """Enter in the empty line; anywhere else, and with words, the key is not for us."""
        if self.place != LINE or self.intake.words.strip() or not self.ringing_lines:
            raise SkipAction
        self.action_take()

    def action_take(self) -> None:
        """Takes the call that has rung longest."""
        if not self.ringing_lines:
            self.say(_("现在没有电话在响。"), refused=True)
        elif self._may_send():
            self._take_ring(self.ringing_lines[0])

    @work(group="ring")
    async def _take_ring(self, line: "Line") -> None:
        from screens import asking_ringing

        if await self._ring_done(asking_ringing.answer, line, "answer"):
            self._put_in_hand(line)
            await self._greet()

    async def _greet(self) -> None:
        """What to say first: the first of the office's phrases, in its name and one's own."""
        try:
            phrases = await console(self).ask(asking.phrases)
        except DeskError as error:
            self._in_trouble(error)  # of the office's file; the call is taken all the same
            return
        self.say(" ".join(phrases[0].say) if phrases else "")

    async def _ring_done(self, act: Any, line: "Line", verb: str) -> bool:
        """Whether the act was done; the lines are read anew either way."""
        app = console(self)
        key = self._ring_keys.setdefault(f"{line.number}/{verb}", str(uuid4()))
        try:
            await app.ask(act, line.number, key)
        except DeskError as error:
            told, clause = sentence(error), error.clause
        else:
            told, clause = "", ""
        finally:
            self._sent()
        await self.reload()
        if told:
            self.say(told, clause=clause, refused=True)
        return not told

    # Given up, and missed

    def action_release(self) -> None:
        """The caller has given up; or whoever is in hand has, before anything was said."""
        if self.ringing_lines:
            if self._may_send():
                self._release_ring(self.ringing_lines[0])
        elif self._in_hand is not None:
            self._in_hand = None
            self.keep_line()
            self.show_ringing()
            self.say(_("刚才的来电号码不再记下。"))
        else:
            self.say(_("现在没有电话在响。"), refused=True)

    @work(group="ring")
    async def _release_ring(self, line: "Line") -> None:
        from screens import asking_ringing

        if await self._ring_done(asking_ringing.release, line, "release"):
            self.say(_("已记为未接，回电前一直留着：按 F10，打「未接来电」。"))

    def action_missed(self) -> None:
        """The missed calls, and what rings."""
        from screens.widgets.choose import Option
        from screens.widgets.ringing_strip import who

        desk = console(self).desk
        now = desk.now()
        options = [
            Option(
                f"ring:{one.number}",
                who(one.name, one.unit, one.phone),
                _("正在响，选它就接听") if one.is_ringing else _("选它就回电"),
                clock(one.rang, desk.zone, now),
            )
            for one in (*self.missed_lines, *self.ringing_lines)
        ]
        if not options:
            self.say(_("没有未接来电。"))
            return
        self.open_panel("choose", self.choose.field)
        self.choose.offer(MISSED_LIST, _("未接来电，先打进来的在前"), options, numbers=True)

    def action_call_back(self) -> None:
        """Calls back whoever has waited longest."""
        if self.missed_lines:
            self._offer_call_back(self.missed_lines[0])
        else:
            self.say(_("没有未接来电。"))

    def call_back(self, number: str) -> None:
        """From the register of calls."""
        line = next((one for one in self.missed_lines if one.number == number), None)
        if line is None:
            self.say(_("这个电话已经有人处理了。"))
        else:
            self._offer_call_back(line)

    def _offer_call_back(self, line: "Line") -> None:
        from screens.widgets.choose import Option

        known = " ".join(part for part in (line.name, line.unit) if part)
        title = _("给 {who} 打 {phone}，打通了吗？") if known else _("打 {phone}，打通了吗？")
        if not line.phone:
            title = _("对方没有显示号码，打不回去。怎么办？")
        options = [
            Option(f"back:{line.number}", _("已回电"), _("不再列为未接，房号放进来电这一行")),
            Option("keep:", _("没打通"), _("留在未接来电里，过一会儿再打")),
        ]
        self.open_panel("choose", self.choose.field)
        asked = title.format(who=known, phone=line.phone)
        self.choose.offer(CALLED_LIST, asked, options, numbers=True)
        self.say(excuse())

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """Of our two lists; the panel has been closed already."""
        kind, _colon, number = event.id.partition(":")
        line = next((one for one in self._ring_lines if one.number == number), None)
        if event.list not in (MISSED_LIST, CALLED_LIST) or kind == "keep":
            return
        if line is None:
            self.say(_("这个电话已经有人处理了。"))
        elif kind == "back" and self._may_send():
            self._note_call_back(line)
        elif kind == "ring" and not line.is_ringing:
            self._offer_call_back(line)
        elif kind == "ring" and self._may_send():
            self._take_ring(line)

    @work(group="ring")
    async def _note_call_back(self, line: "Line") -> None:
        from screens import asking_ringing

        if await self._ring_done(asking_ringing.called_back, line, "call_back"):
            self._put_in_hand(line)
            self.say(_("已记下回电；来电这一行照常登记。"))
