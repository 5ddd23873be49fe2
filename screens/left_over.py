"""What the night has left for the morning (KF-8), and missed calls: one key each from the register.

What cannot be done at night is written down as a call and no more, so that no clock runs until the
morning. There Enter puts its words into the line, and what is written down then is that call.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_calls
from screens.asking_acts import LEFT
from screens.asking_calls import Asker
from screens.base import console
from screens.calls import BY_FIELDS
from screens.drafts import LINE, Draft
from screens.forms import NEW
from screens.in_hand import InHand
from screens.widgets.intake_bar import IntakeBar
from screens.wording import sentence
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from textual.worker import Worker

    from screens.widgets.calls_list import CallsList
    from screens.widgets.step_form import StepForm
    from wuye_tui.desk import Result
    from wuye_tui.registers.contacts import ContactRow
    from wuye_tui.registers.meaning import Proposal


class LeftOver(InHand):
    """Left at night, taken up in the morning."""

    def __init__(self) -> None:
        super().__init__()
        self._left = ""  # the call of the night whose words stand in the line
        self._left_in_form = ""  # the one whose words the form for a new repair took over
        self._taken_up = ""  # the one that was sent last

    # At night

    def action_tomorrow(self) -> None:
        """The line is written down for the morning."""
        proposal = self.intake.proposal if self.intake.is_read else None
        if proposal is None or _is_open(proposal):
            self.say(_("先在来电这一行打清楚是哪一户、什么事，再留到早上。"), refused=True)
        else:
            left = replace(proposal, postponed=True)
            self.intake.post_message(IntakeBar.Submitted(left))

    # In the morning

    def on_calls_list_opened(self, event: "CallsList.Opened") -> None:
        """What is left over is taken up; any other call shows its slip."""
        if event.row.is_left:
            event.prevent_default().stop()
            self._take_up(event.row)
        elif event.row.is_missed:
            event.prevent_default().stop()
            self.call_back(event.row.number)
        elif event.row.is_unanswered:
            event.prevent_default().stop()
            self._ask_answered(event.row)

    def _ask_answered(self, row: "ContactRow") -> None:
        """Only by a second Enter: nobody would look at it again."""
        told = _("{number} 还没答复：{words}。答复了就再按一次 Enter。")
        asked = told.format(number=row.number, words=row.words.strip())
        if self.news == asked:
            self._was_answered(row.number)
        else:
            self.say(asked, about="calls")

    @work(group="line")
    async def _was_answered(self, number: str) -> None:
        """Whoever asked has been told by now."""
        try:
            await console(self).ask(asking_calls.was_answered, number)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        await self.reload()
        self.say(_("{number} 记为已答复。").format(number=number))

    def on_calls_list_moved(self) -> None:
        """Enter may mean another thing now."""
        self.unsay(lambda about: about == "calls")
        self.tell_keys()

    def key_words(self, place: str) -> dict[str, str]:
        """What Enter does with the call of the cursor."""
        words = super().key_words(place)
        if place == "calls":
            words["slip"] = self.calls.enters
        return words

    def make_of_left(self, row: "ContactRow") -> None:
        """F7: what the night has left becomes its slip or complaint at once (KF-8); where its words
        leave anything open, that is asked as of any line.
        """
        self._take_up(row)
        self.intake.action_submit()

    def call_back(self, number: str) -> None:
        """A missed call is called back."""

    def _take_up(self, row: "ContactRow") -> None:
        self._line_aside()
        self._in_hand = None
        self._left = row.number
        self._fill_line(_as_typed(row))
        self.close_calls()
        self.intake.field.focus()
        self.show_ringing()
        told = _("{number} 是夜里留下的：看一眼，按 Enter 就开单、转出。")
        self.say(told.format(number=row.number))

    def on_intake_bar_submitted(self, event: IntakeBar.Submitted) -> None:
        """It is the call of the night, or the one that rang."""
        caller = self._in_hand
        rang = caller.number if caller and event.proposal.channel == PHONE else ""
        self._taken_up = self._left
        event.proposal = replace(event.proposal, left=self._left, ring=rang)

    async def _after(self, result: "Result") -> None:
        """What was left is said so; what was taken up is done with."""
        if self._taken_up and result.get("contact") == self._taken_up:
            self._left, self._left_in_form = (
                "" if one == self._taken_up else one for one in (self._left, self._left_in_form)
            )
            self._taken_up = ""
            self._is_theirs = True  # by whatever it came: what was put aside for it comes back
            self.keep_line()
        await super()._after(result)
        if result.get("outcome") == "tomorrow":
            told = _("{contact} 留到早上，没有开单；接班的人在来电登记里按 Enter 接着办。")
            self.say(told.format(contact=result["contact"]))

    # Whoever is asked for is the one on the line

    def asker(self, proposal: "Proposal | None", unit: str) -> Asker:
        """With the number and the name of the call in hand, unless the line says others."""
        said = super().asker(proposal, unit)
        if proposal is not None:
            said = replace(said, left=self._left)
        caller = self._in_hand
        if caller is None or said.channel != PHONE:
            return said
        name, phone = said.caller or caller.name, said.phone or caller.phone
        at = said.unit or caller.unit  # though it was wiped out of the line
        return replace(said, unit=at, caller=name, phone=phone, ring=caller.number)

    def line_answered(self) -> None:
        """The call of the night with it."""
        super().line_answered()
        self._left = ""

    # By fields

    def beside_words(self) -> dict[str, Any]:
        """Whose words they are."""
        self._left_in_form = self._left
        return {**super().beside_words(), **({LEFT: self._left} if self._left else {})}

    def open_form(
        self, number: str, verb: str, answers: Mapping[str, Any] | None = None, kind: str = NEW
    ) -> "Worker[None]":
        """A form that is begun anew is another call's."""
        if BY_FIELDS not in console(self).spool:
            self._left_in_form = ""
        return super().open_form(number, verb, answers, kind)

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """It is the call of the night whose words it took over."""
        if event.form.draft_name == BY_FIELDS and self._left_in_form:
            self._taken_up = self._left_in_form
            given = {**event.filled.given, LEFT: self._left_in_form}
            event.filled = replace(event.filled, given=given)

    def _keep_form(self, form: "StepForm") -> None:
        super()._keep_form(form)
        spool = console(self).spool
        if form.draft_name == BY_FIELDS and self._left_in_form and BY_FIELDS in spool:
            spool.get(BY_FIELDS).answers[LEFT] = self._left_in_form

    # The draft knows of it

    def keep_line(self) -> None:
        """With the line, whose words they are."""
        super().keep_line()
        spool = console(self).spool
        if LINE in spool:
            spool.get(LINE).answers["left"] = self._left
        else:
            self._left = ""

    def _line_aside(self) -> None:
        super()._line_aside()
        self._left = ""

    def _line_back(self, draft: Draft) -> None:
        self._left = str(draft.answers.get("left", ""))
        super()._line_back(draft)

    async def restore(self) -> None:
        """After a crash it is still the call of the night."""
        spool = console(self).spool
        self._left = str(spool.get(LINE).answers.get("left", ""))
        self._left_in_form = str(spool.get(BY_FIELDS).answers.get(LEFT, ""))
        await super().restore()


def _is_open(proposal: "Proposal") -> bool:
    """Whether it is open where it is; an emergency is for the register to refuse."""
    if proposal.understood.emergency:
        return False
    return bool(proposal.choices) or not {"unit", "unknown_unit"}.isdisjoint(proposal.asks)


def _as_typed(row: "ContactRow") -> str:
    """The call as a line: by what it came, the unit, and what was said, each if it is not there."""
    from wuye_tui.rules.channels import CHANNELS, first_word

    said, start = first_word(row.words)
    body = row.words[start:]
    unit = row.unit if row.unit not in body else ""
    # Untranslated: a line is read in Chinese.
    came = row.words[:start].strip() if said == row.channel else CHANNELS[row.channel]
    return " ".join(filter(None, (came, unit, body)))
