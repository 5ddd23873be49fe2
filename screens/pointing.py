"""Which slip the keys for steps mean: the one that the row under the cursor is about.

Several lists lie over the queue. A key must never act on a slip that nobody sees.
"""

from screens.asking_dispatch import JOINED
from screens.commands import (
    CALLBACKS,
    CALLS,
    CHOOSE,
    COUNTED,
    FORM,
    FOUND,
    LINE,
    NIGHT,
    NOTICES,
    NUMBERS,
    SUMMARY,
    WORKERS,
)
from screens.discarding import Discarding
from screens.watching import Action
from wuye_tui.words import _

LISTS = frozenset(
    {
        *("calls", "found", "numbers", "notices", "workers", "callbacks", "summary", "counted"),
        *("help", "archive", "supervisor", "night", "handover", "behind", "log", "paper"),
        *("billing", "arrears", "roster"),
    }
)
"""What lies over the queue and is only looked at."""


class Pointing(Discarding):
    """F7 and F8 act on what is pointed at."""

    def close_lists(self) -> None:
        """Whatever is only looked at gives way to what it covers."""
        while self.panel in LISTS and self.panel != "calls":
            self.close_panel(self.panel)
        if self.panel == "calls":
            self.close_calls()

    @property
    def meant(self) -> str:
        """The number of the slip of the list that has the focus, a ticked one before the one of the
        cursor; empty where the row has none.
        """
        match self.place:
            case "calls":
                row = self.calls.row
                return next(iter(row.matters), "") if row is not None else ""
            case "found":
                hit = self.found.chosen
                return hit.number if hit is not None else ""
            case "notices":
                notice = self.notices.chosen
                return notice.number if notice is not None else ""
            case "callbacks":
                waiting = self.callbacks.chosen
                return waiting.number if waiting is not None else ""
            case "counted":
                line = self.counted.chosen
                return line.number if line is not None else ""
            case "workers":
                return self._workers_pane.slip
            case "form":
                opened = self._opened[-1].number if self._opened else self.queue.number
                return opened if JOINED not in opened else ""
            case "paper":
                return self.paper_about
            case "records":
                return self.counted_number
            case "numbers" | "choose" | "summary" | "night" | "handover" | "log" | "look":
                return ""
            case "bill_find" | "billing" | "paying" | "arrears":
                return ""
        return self.queue.ticked[0] if self.is_ticked else self.queue.number

    @property
    def line_has_key(self) -> bool:
        """Whether the main key is for the words of the line. For words that came back by themselves
        it is only while no slip has been told of: those are asked about first.
        """
        words = self.place == LINE and bool(self.intake.words.strip())
        return words and not (self.intake.is_back and self.is_news_about(self.queue.number))

    @property
    def means_form(self) -> bool:
        """Whether the main key saves the form: it is being filled in; or it is in sight under an
        empty line, and the last news name no other step for the key.
        """
        if self.place == LINE and self.panel == "form-box":
            return not self.line_has_key and not self.is_news_about(self.queue.number)
        return self.place == FORM

    def with_meant(self, action: Action) -> None:
        """Does it to the slip that is meant, as soon as it has been read; or says that none is."""
        number = self.meant
        if not number:
            self.say(self._none_meant(), refused=True)
            return
        if self.is_ticked:
            self.queue.untick()  # the only one: it has the cursor from now on
        if number != self.queue.number:
            self.queue.select(number)
        self.with_slip(action)

    def leads_to(self, number: str) -> bool:
        """Over a list the key is that of its own row."""
        return super().leads_to(number) and self.meant == number

    def _none_meant(self) -> str:
        worker = self._workers_pane.worker if self.place == WORKERS else None
        if worker is not None and worker.jobs:
            told = _("{name} 手上有 {n} 张单：按 Enter 看，再选一张。")
            return told.format(name=worker.name, n=len(worker.jobs))
        if worker is not None:
            return _("{name} 手上没有单。").format(name=worker.name)
        if self.place == CHOOSE:
            return _("先在这里选一项，或按 Esc 返回。")
        if self.place == FORM:
            return _("这张表不是一张单的：先保存，或按 Esc 先放着。")
        if self.place == CALLS:
            return _("这个来电没有开单。")
        if self.place == NOTICES:
            return _("没有选中的通知。有变化按 F9 登记。")
        if self.place == CALLBACKS:
            return _("没有选中的回访。")
        if self.place == SUMMARY:
            return _("先按 Enter 看是哪些单，再选一张。")
        if self.place in (FOUND, NUMBERS, COUNTED):
            return _("选中的这一行没有单。")
        return _("没有选中的单。来电按 F2。")

    def on_workers_pane_pointed(self) -> None:
        """Other keys: this one may hold a slip, or several."""
        self.tell_keys()

    def key_words(self, place: str) -> dict[str, str]:
        """Over a list the step is that of its own slip, which may have another than the queue's."""
        words = super().key_words(place)
        if place == LINE and self.intake.is_back and self.line_has_key:
            words["main"] = _("登记")
        if place == LINE and self.means_form:
            words["main"] = _("保存")
        if place in (CALLS, FOUND, NOTICES, CALLBACKS, COUNTED):
            usual = self.slip.usual if self.slip and self.slip.view.number == self.meant else None
            words["main"], words["steps"] = _(usual.word if usual else "下一步"), _("其他步骤")
            if place == CALLBACKS and not self.meant:
                words["main"] = words["steps"] = ""
            if place == CALLS and self.calls.row is not None and self.calls.row.is_left:
                words["main"], words["steps"] = _("开单"), ""
        elif place == WORKERS:
            own = self._workers_pane.slip
            words["main"], words["steps"] = (_("下一步"), _("其他步骤")) if own else ("", "")
        elif place in (NUMBERS, CHOOSE, SUMMARY, NIGHT):
            words["main"] = words["steps"] = ""
        return words
