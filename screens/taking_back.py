"""Ctrl+Z: the last act of whoever sits here is taken back as a whole, and what it was is said.

One act is under way at a time, and taking one back is an act too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from screens import asking_acts, asking_dispatch
from screens.base import console
from screens.drafts import LINE, Draft
from screens.forms import Forms
from screens.wording import sentence, short_number
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Result

SLOW = 0.5  # seconds; an act that takes longer is said to be under way


@dataclass(frozen=True)
class Sent:
    """A call as it was sent: the draft it came from, by name, and whether the night had left it."""

    name: str
    draft: Draft
    left: bool = False


@dataclass(eq=False)
class _Taken:
    """An act that was done at this desk: by whom, and the last step of each matter since.

    `call` is the number of the call that it wrote down, if it did, and `sent` what was typed.
    """

    staff: str
    steps: dict[str, int]
    call: str = ""
    sent: Sent | None = None


def step_named(number: str, verb: str, state: str = "") -> tuple[str, str]:
    """The words of a matter's step and state."""
    from wuye_tui.rules.procedures import PROCEDURES, kind_of  # not needed for the first paint

    cycle = PROCEDURES[kind_of(number)]
    return _(cycle.rows_named(verb)[0].word), _(cycle.state_word(state)) if state else ""


class TakingBack(Forms):
    """The acts that were done here, the last one last."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: list[_Taken] = []
        # The act on other slips that was asked about, over which slip, and in which words.
        self._asked_back: tuple[_Taken, str, str] | None = None
        self._sending: Timer | None = None
        self.has_begun = False  # another call, since what was done last
        self._has_jumped = (
            False  # what was taken back last was elsewhere: a further one is asked about
        )

    @property
    def is_sending(self) -> bool:
        """Whether an act is under way."""
        return self._sending is not None

    def must_wait(self) -> bool:
        """Whether an act is under way; whoever is too quick is told, and nothing is lost."""
        if self.is_sending:
            self.say(_("上一件还在保存，请稍等再按一次。"), refused=True)
        return self.is_sending

    def _may_send(self) -> bool:
        """One act at a time; whoever gets leave says when it is over, by `_sent`."""
        if self.must_wait():
            return False
        self._sending = self.set_timer(SLOW, lambda: self.say(_("正在保存..")))
        return True

    def _sent(self) -> None:
        if self._sending:
            self._sending.stop()
        self._sending = None

    def was_taken(self, steps: Mapping[str, int], call: str = "", sent: Sent | None = None) -> None:
        """Whoever sits here has taken this step of each of these matters, in one act; with a call
        where one was written down.
        """
        self._taken.append(_Taken(console(self).desk.staff, dict(steps), call, sent))
        self._has_jumped = self.has_begun = False

    def give_back(self, sent: Sent) -> None:
        """What was typed of a call is where it was, to be put right; it is another act then."""
        spool = console(self).spool
        if sent.name not in spool:
            spool.put(sent.name, Draft(sent.draft.answers, sent.draft.at, sent.draft.caret))

    @work(group="undo")
    async def take_back(self) -> None:
        """Takes the last act back, that of several slips at once for all of them, and that of a
        call with the call and the slip.
        """
        from wuye_tui.rules.refusals import ChangedMeanwhile, NothingToUndo

        app = console(self)
        last = next((one for one in reversed(self._taken) if one.staff == app.desk.staff), None)
        if last is None:
            self.say(_("您在这里还没有走过可以撤回的步骤。"), refused=True)
            return
        # The second key counts only while the question is the last thing that was said.
        elsewhere = bool(last.steps) and self.number not in last.steps
        further = elsewhere or self._has_jumped or (bool(last.call) and self.has_begun)
        if further and self._asked_back != (last, self.number, self.news):
            self.say(self._elsewhere(last), refused=True)
            self._asked_back = (last, self.number, self.news)
            return
        if not self._may_send():
            return
        try:
            if last.call:
                left = bool(last.sent and last.sent.left)
                result = await app.ask(asking_acts.withdraw, last.call, last.steps, left)
            else:
                result = await app.ask(asking_dispatch.undo_together, last.steps)
        except DeskError as error:
            if isinstance(error, NothingToUndo | ChangedMeanwhile):
                self._taken.remove(last)
            told = sentence(error)
            if isinstance(error, ChangedMeanwhile):
                told = _("不能撤回：{why}").format(why=error.what)
            self.say(told, clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        self._taken.remove(last)
        self._has_jumped |= elsewhere
        if last.call:
            await self._was_withdrawn(last, result)
        else:
            await self._was_taken_back(result)

    def _elsewhere(self, last: _Taken) -> str:
        steps = last.steps
        if not steps:
            told = _("再往前是来电 {number}；要连它也撤回，再按一次 Ctrl+Z。")
            return told.format(number=last.call)
        if last.call and self.has_begun:
            told = _("上一个来电开了 {numbers}；要连单子一起撤回，再按一次 Ctrl+Z。")
            return told.format(numbers=self._short(steps))
        if len(steps) == 1 and self.number in steps:
            told = _("再往前一步也在 {number} 上；要连它也撤回，再按一次 Ctrl+Z。")
            return told.format(number=next(iter(steps)))
        if len(steps) == 1:
            told = _("上一步是在 {number} 上走的，不是眼前这张；要撤回它，再按一次 Ctrl+Z。")
            return told.format(number=next(iter(steps)))
        told = _("上一步是 {n} 张一起办的：{numbers}；要一起撤回，再按一次 Ctrl+Z。")
        return told.format(n=len(steps), numbers=self._short(steps))

    def _short(self, numbers: Iterable[str]) -> str:
        desk = console(self).desk
        today = desk.now().astimezone(desk.zone).date()
        return " ".join(short_number(number, today) for number in numbers)

    async def _was_withdrawn(self, last: _Taken, result: "Result") -> None:
        """The call is counted no more, its slip is closed, and what was typed is there again."""
        for one in self._taken:
            one.steps.update({n: s for n, s in result["together"].items() if n in one.steps})
        if last.sent:
            self.give_back(last.sent)
        await self.reload()
        number, verb = str(result["number"]), str(result["undone"])
        if not number:
            told = _("{call} 的登记已撤回，不再计数。")
        elif result["verb"] == "cancel":
            told = _("{call} 的登记已撤回，{number} 已作废。")
        else:
            told = _("{call} 的登记和 {number} 的「{step}」已撤回。")
        step = step_named(number, verb)[0] if number else ""
        others = [one for one in result["together"] if one != number]  # opened by the same call
        words = told.format(call=last.call, number=listed([number, *others]), step=step)
        if last.sent and last.sent.name == LINE:
            words += _("原话又在来电这一行。")
        elif last.sent:
            words += _("填的都在：再开这张表就是。")
        self.say(words)

    async def _was_taken_back(self, result: "Result") -> None:
        """Shows the slips as they are now, and says what is no more."""
        back: Mapping[str, int] = result["together"]
        kept: list[str] = result["kept"]
        for one in self._taken:
            one.steps.update({n: step for n, step in back.items() if n in one.steps})
        first = str(result["number"])
        if self.number not in back:
            self.queue.select(first)
            self.number = first
        await self.reload()
        step, state = step_named(first, str(result["undone"]), str(result["state"]))
        said = {"step": step, "state": state}
        if kept:
            told = _("{n} 张的「{step}」已撤回；{others} 没有撤回：打开看是谁走了下一步。")
        elif len(back) == 1:
            told = _("{number} 的「{step}」已撤回，现在是「{state}」。")
        else:
            told = _("{n} 张的「{step}」一起撤回了：{numbers}，现在是「{state}」。")
        numbers, others = self._short(back), self._short(kept)
        words = told.format(number=first, n=len(back), numbers=numbers, others=others, **said)
        self.say(words, refused=bool(kept))
