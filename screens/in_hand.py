"""The call in hand: who was answered, until it is written down; and the words it interrupted.

Whoever takes a call has the caller's unit in the line, and the number goes with the contact that
is written down next. Words that were half typed are put aside for it and come back afterwards, as
a form does that another one was put over.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from textual import events

from screens.asking_acts import RING
from screens.base import console
from screens.calls import BY_FIELDS
from screens.commands import (
    CALLS,
    LOG,
    NOTICES,
    PANE,
    PAPER,
    QUEUE,
    RECORDS,
    ROSTER,
    STATUS,
    SUMMARY,
    WORKERS,
)
from screens.drafts import LINE, Draft
from screens.forms import NEW
from screens.numbers import KIND as DIRECTORY
from screens.widgets.intake_bar import IntakeBar
from screens.workstation import Workstation
from wuye_tui.rules.channels import PHONE
from wuye_tui.words import _

if TYPE_CHECKING:
    from textual.worker import Worker

    from screens.taking_back import Sent
    from screens.widgets.cjk_input import CjkInput
    from screens.widgets.ringing_strip import Caller
    from screens.widgets.step_form import StepForm
    from wuye_tui.desk import Result
    from wuye_tui.registers.ringing import Line

# A list or a text, and keys alone.
_NO_FIELD = frozenset(
    {QUEUE, PANE, PAPER, CALLS, WORKERS, NOTICES, RECORDS, ROSTER, SUMMARY, STATUS, LOG}
)
ASIDE = f"{LINE}+"  # the drafts of lines that were put aside for a call


class InHand(Workstation):
    """Whose call is being taken down."""

    def __init__(self) -> None:
        super().__init__()
        self._in_hand: Caller | None = None  # answered, and not written down yet
        self._is_theirs = True  # what is written down next is the call in hand

    def show_ringing(self) -> None:
        """The strip follows; it stands above the line."""

    def _put_in_hand(self, line: "Line") -> None:
        """The caller's unit stands in the line, and their number is kept for the contact."""
        from screens.widgets.ringing_strip import Caller

        self._line_aside()
        self._in_hand = Caller(line.number, line.phone, line.name, line.unit)
        self._fill_line(f"{line.unit} " if line.unit else "")
        self.intake.field.focus()
        self.show_ringing()

    def _fill_line(self, words: str, caret: int | None = None, picked: str = "") -> None:
        field = self.intake.field
        self.intake.picked = picked
        self.intake.fill(words)
        field.cursor_position = len(words) if caret is None else caret
        self.keep_line()

    def on_key(self, event: events.Key) -> None:
        """What is typed where nothing takes it was meant for the line: no word is lost."""
        free = self.place in _NO_FIELD and event.key not in self.active_bindings
        if free and event.is_printable and event.character and console(self).is_open:
            event.stop()
            self._end_of_line().insert_text_at_cursor(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """So is what an input method brings as a paste."""
        if self.place in _NO_FIELD and console(self).is_open:
            event.stop()
            self._end_of_line().paste(event.text)

    def _end_of_line(self) -> "CjkInput":
        field = self.intake.field
        field.focus()
        field.cursor_position = len(field.value)
        return field

    # Words that were half typed when the call came

    def _line_aside(self) -> None:
        if not self.intake.words.strip() and self._in_hand is None:
            return
        spool = console(self).spool
        self.keep_line()
        draft = spool.get(LINE)
        draft.answers.update(self._of_caller())
        spool.drop(LINE)
        self.put_aside(draft)

    def put_aside(self, draft: Draft) -> None:
        """A line that can be had back: the last one first."""
        n = max((int(name[len(ASIDE) :]) for name in self._lines_aside), default=0)
        console(self).spool.put(f"{ASIDE}{n + 1}", draft)

    @property
    def _lines_aside(self) -> list[str]:
        """The names of the drafts, the last one put aside last."""
        return [name for name in console(self).spool if name.startswith(ASIDE)]

    def _of_caller(self) -> dict[str, Any]:
        return {"caller": asdict(self._in_hand)} if self._in_hand else {}

    def action_aside(self) -> None:
        """Back to what was half typed; what stands in the line takes its place."""
        names = self._lines_aside
        if not names:
            self.say(_("没有放着的半句话。"), refused=True)
            return
        back = console(self).spool.get(names[-1])
        console(self).spool.drop(names[-1])
        self._line_aside()
        self._line_back(back)
        self.intake.field.focus()
        self.say(_("打了一半的又在这一行，接着打就是。"))

    def _line_back(self, draft: Draft) -> None:
        from screens.widgets.ringing_strip import Caller

        self._in_hand = Caller.kept(draft.answers.get("caller"))
        words, picked = (str(draft.answers.get(name, "")) for name in ("words", "picked"))
        if words:
            console(self).spool.put(LINE, draft)  # with the key it may have been sent with
        self._fill_line(words, draft.caret, picked)
        self.show_ringing()

    def keep_line(self) -> None:
        """With the line, whose call it is."""
        super().keep_line()
        spool = console(self).spool
        if LINE in spool:
            spool.get(LINE).answers.update(self._of_caller())

    async def restore(self) -> None:
        """After a crash the caller is still in hand, and what was put aside can be had."""
        from screens.widgets.ringing_strip import Caller

        self._in_hand = Caller.kept(console(self).spool.get(LINE).answers.get("caller"))
        await super().restore()
        self.show_ringing()
        if self._lines_aside:
            told = _("还有 {n} 句没打完的话放着：按 F10，打「接着打」。")
            self.say(f"{self.news} {told.format(n=len(self._lines_aside))}".strip())

    # What is written down next is theirs

    def on_intake_bar_submitted(self, event: IntakeBar.Submitted) -> None:
        """Before it is sent: the number and the name, unless the line says others."""
        self._is_theirs = event.proposal.channel == PHONE
        if self._in_hand is not None:
            event.proposal = self._in_hand.calling(event.proposal)

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """By fields it is their call too, unless the form says that it came another way."""
        if event.form.sheet.view is not None or event.form.draft_name.startswith(DIRECTORY):
            return
        caller, given = self._in_hand, event.filled.given
        self._is_theirs = (given.get("channel") or PHONE) == PHONE
        if caller is not None and self._is_theirs:
            event.filled = replace(event.filled, given={**given, RING: caller.number})

    def open_form(
        self, number: str, verb: str, answers: Mapping[str, Any] | None = None, kind: str = NEW
    ) -> "Worker[None]":
        """The form of a new repair knows the caller, unless what it holds came another way."""
        caller, kept = self._in_hand, console(self).spool.get(BY_FIELDS).answers
        came = kept.get("channel") or PHONE
        if not number and kind == NEW and caller is not None and came == PHONE:
            known = {"phone": caller.phone, "caller": caller.name, "unit": caller.unit}
            answers = {**{name: said for name, said in known.items() if said}, **(answers or {})}
        return super().open_form(number, verb, answers, kind)

    def give_back(self, sent: "Sent") -> None:
        """To the line, or, where another call stands in it, to what was put aside."""
        if sent.name != LINE:
            super().give_back(sent)
            return
        draft = Draft(sent.draft.answers, caret=sent.draft.caret)
        if self.intake.words.strip() or self._in_hand is not None:
            self.put_aside(draft)
        else:
            self._line_back(draft)

    async def _after(self, result: "Result") -> None:
        """The call is written down: what was put aside for it comes back, before it is said which
        key goes on from here.
        """
        theirs, self._is_theirs = self._is_theirs, True
        if result.get("contact") and theirs:
            self._written_down()
        await super()._after(result)

    def _say_answered(self, number: str) -> None:
        """An answer by a notice is written down too."""
        super()._say_answered(number)
        self._written_down()

    def _written_down(self) -> None:
        self._in_hand = None
        names = self._lines_aside
        if names and not self.intake.words.strip():
            back = console(self).spool.get(names[-1])
            console(self).spool.drop(names[-1])
            self._line_back(back)
            self.intake.come_back()
        self.show_ringing()
