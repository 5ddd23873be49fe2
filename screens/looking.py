"""One look at something: a post on patrol (ZB-4.3, ZB-4.7), or what a department has put right
(ZB-4.10). What is found is typed, and one key says what comes of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import work
from textual.widget import Widget

from screens import asking_log
from screens.base import console
from screens.commands import LOOK
from screens.log_writing import Writing
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.look_pane import LookPane
    from wuye_tui.desk import Result
    from wuye_tui.registers.log_lines import TaskLine
    from wuye_tui.rules.patrol_plan import Spot


@dataclass(frozen=True)
class Looked:
    """What the look is about: the matter, its last step, the draft and what it holds besides."""

    number: str
    seen: int
    verb: str
    asks: str  # the question that what is typed answers
    known: Mapping[str, Any]
    word: str  # of what is looked at
    spot: "Spot | None" = None

    @property
    def name(self) -> str:
        """The name of the draft: that of the whole form."""
        return f"{self.number}/{self.verb}"


class Looking(Writing):
    """The panel for one look, and what its keys decide."""

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked | None = None

    def panels(self) -> list[Widget]:
        """The look."""
        from screens.widgets.look_pane import LookPane  # not needed for the first paint

        return [*super().panels(), LookPane(id=LOOK)]

    @property
    def look_pane(self) -> "LookPane":
        """The panel for one look."""
        found: Any = self.query_one(f"#{LOOK}")
        return cast("LookPane", found)

    @property
    def way_to_steps(self) -> str | None:
        """Over a look the keys are its own."""
        return None if self.place == LOOK else super().way_to_steps

    def open_log(self, to: str = "") -> None:
        """A look that is not finished comes back first: words may stand in it."""
        if self._looked is not None and self.is_up(LOOK):
            self.open_panel(LOOK, self.look_pane)
        else:
            super().open_log(to)

    def key_words(self, place: str) -> dict[str, str]:
        """What F7 and F8 are over a look."""
        words = super().key_words(place)
        if place == LOOK and self._looked is not None:
            typed = bool(self.look_pane.words)
            if self._looked.spot is None:
                words["main"], words["steps"] = _("合格"), _("不合格")
                words["further"] = ""
            else:
                words["main"] = _("开任务单") if typed else _("正常")
                words["steps"] = _("当场已解决") if typed else ""
                words["further"] = _("换部门、期限") if typed else ""
        return words

    @property
    def has_own_keys(self) -> bool:
        """Over a look too."""
        return super().has_own_keys or self.place == LOOK

    def own_main(self) -> None:
        """F7."""
        if self.place == LOOK:
            self._decide(other=False)
        else:
            super().own_main()

    def own_steps(self) -> None:
        """F8."""
        if self.place == LOOK:
            self._decide(other=True)
        else:
            super().own_steps()

    def look_again(self, task: "TaskLine") -> None:
        """At what a department has put right."""
        facts = task.situation.facts
        word = " ".join(str(facts[name]) for name in ("place", "text") if facts.get(name))
        known: dict[str, Any] = {}
        looked = Looked(task.number, task.situation.last, "recheck", "finding", known, word)
        self.open_look(looked, str(facts.get("result", "")))

    def open_look(self, looked: Looked, said: str = "") -> None:
        from screens import look_words
        from screens.widgets.look_pane import Look

        self._looked = looked
        kept = console(self).spool.get(looked.name).answers.get(looked.asks)
        number = self.in_short(looked.number)
        if looked.spot is not None:
            title, label = look_words.visit_title(number, looked.word), _("发现什么")
            hint, says = _("没问题不用打字"), look_words.visit_says(looked.spot.sort)
        else:
            title, label = look_words.recheck_title(number, looked.word), _("看到什么")
            hint, says = _("到现场看过再写"), look_words.recheck_says(said)
        look = Look(looked.name, title, label, hint, says, well=looked.spot is not None)
        self.open_panel(LOOK, self.look_pane)
        self.look_pane.open(look, str(kept or ""))
        if self.is_wide:
            self.queue.select(looked.number)
            self.look_at(looked.number)
        self.tell_keys()

    def on_look_pane_typed(self, event: "LookPane.Typed") -> None:
        """What is typed is kept as the whole form would have it."""
        event.stop()
        looked, spool = self._looked, console(self).spool
        if looked is None or looked.name != event.name:
            return
        if event.words:
            draft = spool.get(looked.name)
            draft.answers.update({**looked.known, looked.asks: event.words})
            spool.put(looked.name, draft)
            self._aside.add(looked.name)
        elif looked.name in spool:
            spool.drop(looked.name)
        self._tell_status()
        self.tell_keys()

    def on_look_pane_well(self) -> None:
        """One digit: all in order."""
        if self._looked is not None and not console(self).spool.get(self._looked.name).answers:
            self._decide(other=False)

    def on_look_pane_further(self) -> None:
        """Enter: the whole form, with what is typed; where there is none, which keys decide."""
        if self._looked is None:
            return
        if self._looked.spot is None:
            self.say(_("合格按 F7，不合格退回部门按 F8。"), refused=True)
        elif not self.look_pane.words:
            self.say(_("没问题按 0 或 F7；有问题先打字写下来。"), refused=True)
        else:
            number, verb = self._looked.number, self._looked.verb
            self._close_look()
            self.open_form(number, verb)

    def on_look_pane_left(self) -> None:
        """Esc: not now; the words stay."""
        typed = self.look_pane.words
        self._close_look()
        if typed:
            self.say(_("打的字都留着：再到这里还在。"))

    def _close_look(self) -> None:
        self._looked = None
        self.close_panel(LOOK)

    def _decide(self, other: bool) -> None:
        """F7, or F8: by what is typed."""
        looked, words = self._looked, self.look_pane.words
        if looked is None:
            return
        if looked.spot is None:
            if not words:
                self.say(_("先写到现场看到什么，再按 F7 合格或 F8 不合格。"), refused=True)
                return
            verb = "redo" if other else "recheck"
            self.decided(looked.number, verb, {"finding": words}, looked.seen, self._told_of_look)
            return
        if not words and other:
            self.say(_("先打字写发现了什么，再按 F8。"), refused=True)
            return
        given: dict[str, Any] = {"spot": looked.spot.code, "sound": not words}
        if words:
            department = asking_log.proposed_department(words, looked.spot.sort)
            given["found"] = words
            given |= {"settled": True} if other else {"department": department}
        self.decided(
            looked.number, "visit", given, looked.seen, partial(self._told_of_visit, looked.word)
        )

    def _told_of_look(self, result: "Result") -> str:
        from screens import look_words

        return look_words.told_of_recheck(self.board, self.in_short(str(result["number"])), result)

    def _told_of_visit(self, spot: str, result: "Result") -> str:
        from screens import look_words

        opened = [self.in_short(str(one)) for one in result.get("opened", ())]
        return look_words.told_of_visit(self.board, spot, opened)

    @work(group="log_step")
    async def decided(
        self,
        number: str,
        verb: str,
        given: Mapping[str, Any],
        seen: int,
        told: "Callable[[Result], str]",
    ) -> None:
        """Takes a step that needs no form, and says what has come of it."""
        name = self._looked.name if self._looked else ""
        result = await self.step_of(number, verb, given, seen, name)
        if result is None:
            return
        if name:
            console(self).spool.drop(name)
            self._close_look()
        await self.done(result)
        self.say(told(result))
