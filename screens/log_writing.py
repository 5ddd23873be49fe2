"""Writing into the duty manager's log (ZB-3.4), and reporting events upwards (ZB-4.2)."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_log
from screens.base import console
from screens.commands import LOG
from screens.dutylog import Logbook
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.choose import Choose, Option
    from wuye_tui.desk import Result
    from wuye_tui.registers.log_lines import Event

WRITE, REPORT = "log_write", "log_report"  # the lists to choose from
CORRECT, NEW_EVENT = "correct", "new"


class Writing(Logbook):
    """The two keys of the log that write, and acts that need no form."""

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 are over the log."""
        words = super().key_words(place)
        if place == LOG:
            words["main"], words["steps"] = _("补记"), _("上报")
        return words

    @property
    def has_own_keys(self) -> bool:
        """Here too they are no steps of the slip."""
        return super().has_own_keys or self.place == LOG

    def own_main(self) -> None:
        """F7."""
        if self.place == LOG:
            self.action_write_down()
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8."""
        if self.place == LOG:
            self.action_report_up()
        else:
            super().own_steps()

    # F7: a line

    def action_write_down(self) -> None:
        """What is it? One digit, and its form."""
        from screens.widgets.choose import Option
        from wuye_tui.rules.entries import CATEGORIES, SORTS

        options = [Option(f"{WRITE}:{code}", _(word), _("要跟到解决")) for code, word in CATEGORIES]
        options += [Option(f"{WRITE}:{code}", _(word), _("写完就定了")) for code, word in SORTS]
        options += self._correction()
        self.open_panel("choose", self.choose.field)
        self.choose.offer(WRITE, _("补记什么？"), options, numbers=True)

    def _correction(self) -> "list[Option]":
        from screens.log_words import LINE_
        from screens.widgets.choose import Option

        here = self.of_log(LINE_)
        if here is None:
            return []
        words = _("更正 {number}").format(number=self.in_short(here.number))
        return [Option(f"{CORRECT}:{here.number}", words, _("原来那条不改，两条都在"))]

    def _write(self, code: str) -> None:
        """The form of this sort of line; words that were left in it are kept, as this sort."""
        from wuye_tui.rules.entries import CATEGORIES

        asks, verb = ("category", "register") if code in dict(CATEGORIES) else ("sort", "write")
        self._form_with("entry", verb, {asks: code})

    def _form_with(self, kind: str, verb: str, answers: dict[str, Any]) -> None:
        """The form of a new matter with these answers; the words of its draft stay."""
        spool, name = console(self).spool, f"{kind}/{verb}"
        if name in spool:
            draft = spool.get(name)
            if any(draft.answers.get(one) != said for one, said in answers.items()):
                self.say(_("上次填了一半的字还在表里：不是这一件的，请改掉再保存。"))
            draft.answers.update(answers)
            draft.at = ""
            spool.put(name, draft)
        self.open_form("", verb, answers, kind=kind)

    # F8: an event

    def action_report_up(self) -> None:
        """Whatever the general manager has not been told of; otherwise a new event."""
        self._report_up()

    @work(exclusive=True, group="report")
    async def _report_up(self) -> None:
        from screens.log_words import EVENT, LINE_

        if self.board is None and not await self.read_log(first=True):
            return
        assert self.board is not None
        untold = [one for one in self.board.log.events if one.told is None]
        here = self.of_log(EVENT)
        if here is not None and any(one.number == here.number for one in untold):
            self.open_form(here.number, "report")
            return
        about = self.of_log(LINE_)
        if untold or about:
            self._ask_what_to_report(untold, about.number if about else "")
        else:
            self._form_with("incident", "register", {})

    def _ask_what_to_report(self, untold: "list[Event]", about: str) -> None:
        from screens.widgets.choose import Option

        options = [
            Option(
                f"{REPORT}:{one.number}",
                _("报告 {number}").format(number=self.in_short(one.number)),
                str(one.situation.facts.get("text", "")),
                "ZB-4.2",
            )
            for one in untold
        ]
        fresh = Option(f"{REPORT}:{NEW_EVENT}", _("登记新的事件"), _("登记完接着报告总经理"))
        options.append(fresh)
        if about:
            words = _("{number} 是突发事件").format(number=self.in_short(about))
            options.append(Option(f"{REPORT}:{about}", words, _("登记事件，写明和它有关")))
        self.open_panel("choose", self.choose.field)
        self.choose.offer(REPORT, _("上报什么？"), options, numbers=True)

    def on_choose_chosen(self, event: "Choose.Chosen") -> None:
        """What to write, or what to report."""
        kind, _colon, name = event.id.partition(":")
        if kind == WRITE:
            self._write(name)
        elif kind == CORRECT:
            self._form_with("entry", "correct", {"which": name})
        elif kind == REPORT and name == NEW_EVENT:
            self._form_with("incident", "register", {})
        elif kind == REPORT and is_event(name):
            self.open_form(name, "report")
        elif kind == REPORT:
            self._form_with("incident", "register", {"linked": name})

    async def _after(self, result: "Result") -> None:
        """An event that has just been written down goes to the general manager at once (ZB-4.2)."""
        await super()._after(result)
        number = str(result.get("number") or "")
        if self.is_up(LOG) and number:
            self.log_pane.to_number(number)
        if is_event(number) and result.get("n") == 1:
            told = _("{number} 已登记：马上向总经理报告，报告了就填这张表。")
            self.say(told.format(number=number))
            self.open_form(number, "report")

    # Acts that need no form

    async def step_of(
        self, number: str, verb: str, given: Mapping[str, Any], seen: int, name: str = ""
    ) -> "Result | None":
        """Takes a step, with the key of the draft `name` where there is one; None where it was
        refused, which has been said.
        """
        app = console(self)
        if not self._may_send():
            return None
        draft = app.spool.get(name)
        try:
            key = draft.key_for(json.dumps([verb, given], sort_keys=True, ensure_ascii=False))
            await app.write_drafts()
            return await app.ask(asking_log.step, number, verb, given, seen, key)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None
        finally:
            self._sent()

    async def done(self, result: "Result") -> None:
        """Everything is read anew after an act."""
        self.number = str(result["number"])
        self.was_taken({self.number: int(result["n"])})
        await self.reload()
        if not self.is_up(LOG):
            await self.read_log()
        elif opened := result.get("opened"):
            self.log_pane.to_number(str(next(iter(opened))))


def is_event(number: str) -> bool:
    """Whether a number is that of an event that goes to the general manager."""
    from wuye_tui.rules.incidents import INCIDENT  # not needed for the first paint
    from wuye_tui.rules.procedures import kind_of

    return kind_of(number) == INCIDENT.kind
