"""What the screen does: takes the line down, saves steps.

Every act has its key before it is sent, and the draft keeps key and words until the register has
answered. Whatever is refused or fails leaves the words where they are.
"""

import json
from typing import TYPE_CHECKING

from textual import work

from screens import asking, asking_acts, asking_dispatch
from screens.asking import Filled
from screens.base import console
from screens.commands import LINE as AT_LINE
from screens.commands import keyed
from screens.drafts import LINE, Draft
from screens.frame import CUT, STAYS
from screens.taking_back import Sent, TakingBack
from screens.widgets.intake_bar import IntakeBar
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from screens.asking import Slip
    from screens.widgets.step_form import StepForm
    from wuye_tui.desk import Result
    from wuye_tui.registers.meaning import Proposal
    from wuye_tui.rules.lifecycle import Row


Way = tuple[str, str]
"""The keys that lead to a step, and the form that is to be seen to before; either may be empty."""


class Acting(TakingBack):
    """The acts, each a worker of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent | None = None  # what the act under way was typed as
        self._was_typed = False  # whether words stood in the line
        # Of the matter that the news are about: what to say of it, by the way to its next step; and
        # what was said.
        self._of_matter: tuple[str, Callable[[Way], str], Way] | None = None

    def leads_to(self, number: str) -> bool:  # noqa: ARG002 - for those who know of lists
        """Whether the key for the next step would be this matter's, as things stand."""
        return self.place != AT_LINE or not self.intake.speaks

    def way_to(self, number: str) -> Way:
        """The keys that lead to the next step of this matter, and what is to be done before it: the
        form of another one that is in sight, which its own key would save.
        """
        opened = self._opened[-1] if self._opened and self.panel == "form-box" else None
        if opened is not None and self.place != AT_LINE and opened.number != number:
            from screens.offers import step_word  # not needed for the first paint

            of = _("{step} {number}").format(step=step_word(opened.name), number=opened.number)
            return "", of.strip()
        return ("F7" if self.leads_to(number) else "F3 F7"), ""

    def on_intake_bar_typed(self, event: IntakeBar.Typed) -> None:
        """Every key is kept."""
        event.stop()
        self.keep_line()
        is_typed = bool(self.intake.words.strip())
        begins = is_typed and not self._was_typed
        self.has_begun |= begins
        if self.intake.is_by_hand or not is_typed:  # it is another call, or the same in other words
            past = (AT_LINE,) if is_typed else (AT_LINE, CUT)
            self.unsay(lambda about: about in past or (begins and about not in (STAYS, CUT)))
        if is_typed != self._was_typed:
            self._was_typed = is_typed
            self.tell_keys()
        self.status.amend(draft_line=is_typed)
        self.show_card()

    def on_intake_bar_read(self, event: IntakeBar.Read) -> None:
        """There may be a slip to join it to."""
        event.stop()
        self.tell_keys()

    def on_intake_bar_refused(self, event: IntakeBar.Refused) -> None:
        """Said in words; the line stays."""
        event.stop()
        self.say(event.sentence, clause=event.clause, refused=True, about=AT_LINE)

    def on_intake_bar_submitted(self, event: IntakeBar.Submitted) -> None:
        """To be written down."""
        event.stop()
        if self._may_send():
            self._write_line(event.proposal, event.join)

    def keep_line(self) -> None:
        """Puts the line as it stands into the drafts."""
        spool, intake = console(self).spool, self.intake
        if not intake.words:
            spool.drop(LINE)
            return
        draft = spool.get(LINE)
        draft.answers = {"words": intake.words, "picked": intake.picked}
        draft.caret = intake.field.cursor_position
        spool.put(LINE, draft)

    @work(group="line")
    async def _write_line(self, proposal: "Proposal", join: str) -> None:
        app = console(self)
        words = proposal.understood.line
        draft = app.spool.get(LINE)
        try:
            if await self._saved_before(draft, f"{words}|{join}"):
                return
            key = draft.key_for(f"{words}|{join}")
            await app.write_drafts()
            if join:
                result = await app.ask(asking_acts.join, proposal, join, key)
            else:
                result = await app.ask(asking_acts.accept, proposal, key)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        finally:
            self._sent()
        self.sent = Sent(LINE, draft, bool(proposal.left))
        app.spool.drop(LINE)
        self.intake.taken(words)
        self.keep_line()
        await self._after(result)
        emergency = proposal.understood.emergency
        if emergency and proposal.opens_slip:
            told = _("{number} 已登记。先打电话，再填这张表。")
            self.say(told.format(number=result["number"]))
            self.open_form(str(result["number"]), "dispatch_now", {"emergency": emergency.value})

    def keep_all(self) -> None:
        """Brings the drafts up to what is on the screen, carets included."""
        self.keep_line()
        if self.form is not None:
            self._keep_form(self.form)

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """To be saved."""
        event.stop()
        if not event.form.is_saved and self._may_send():
            self._save(event.form, event.filled)

    @work(group="save")
    async def _save(self, form: "StepForm", filled: Filled) -> None:
        from wuye_tui.rules.refusals import ChangedMeanwhile  # not needed for the first paint

        app = console(self)
        opened = next(one for one in self._opened if one.name == form.draft_name)
        draft = self._kept(form)
        proofs = form.proofs
        proven = [number for number, _pin in proofs]
        said = [
            dict(filled.given),
            str(filled.happened),
            filled.doer,
            *([proven] if proven else []),
        ]
        words = json.dumps(said, sort_keys=True)
        try:
            if await self._saved_before(draft, words):
                return
            key = draft.key_for(words)
            app.spool.put(form.draft_name, draft)
            await app.write_drafts()
            if proofs and not await self._proved(form, proofs):
                return
            if form.each:
                result = await app.ask(
                    asking_dispatch.take_together, form.each, opened.verb, filled, proven, key
                )
            elif opened.number:
                result = await app.ask(
                    asking_acts.take, opened.number, opened.verb, filled, form.seen, key, proven
                )
            else:
                result = await app.ask(asking_acts.start, opened.kind, opened.verb, filled, key)
        except ChangedMeanwhile as changed:
            await self.reload()
            if self.form is form and await self.renew_form() and self.form is not None:
                form = self.form
                form.each = form.sheet.each
            self._refuse(form, changed)
            return
        except DeskError as error:
            self._refuse(form, error)
            return
        finally:
            self._sent()
        form.is_saved = True
        self.sent = Sent(form.draft_name, draft, bool(filled.given.get(asking_acts.LEFT)))
        app.spool.drop(form.draft_name)
        await self.close_form(form.draft_name).wait()
        if "together" in result:
            await self._after_several(form.sheet.row, result["together"])
        else:
            await self._after(result)

    async def _proved(self, form: "StepForm", proofs: list[tuple[str, str]]) -> bool:
        """Whether every PIN is its person's. A wrong one costs a try and nothing that is typed."""
        try:
            await console(self).ask(asking_dispatch.prove, proofs)
        except DeskError as error:
            if self.form is form:
                form.doubt(sentence(error))
            else:
                self._refuse(form, error)
            return False
        return True

    async def _after(self, result: "Result") -> None:
        """Shows what an act has done, and what to do next."""
        from screens.slip_words import told

        number, call = str(result.get("number") or ""), str(result.get("contact") or "")
        sent, self.sent = self.sent, None
        if not number:
            self.was_taken({}, call, sent)
            self.say(_("{contact} 来电已登记，没有开单。").format(contact=result["contact"]))
            await self.reload()
            return
        self.was_taken({number: int(result["n"])}, call, sent)
        self.number = number
        self.queue.select(number)
        await self.reload()
        slip = await self._slip_of(number)
        if slip is not None:
            opened = [str(child) for child in result.get("opened", ())]
            receipt = str(result.get("receipt") or "")
            zone = console(self).desk.zone

            def words(way: Way) -> str:
                key, before = way
                so_far = told(slip, opened, zone, key, receipt)
                go_on = _("。接着填「{form}」").format(form=before) if before else ""
                return so_far + go_on

            self._of_matter = (number, words, ("F7", ""))
            self._say_of_matter()
            self.tell_keys()
        else:
            self.say(_("{number} 已保存。").format(number=number))

    async def _slip_of(self, number: str) -> "Slip | None":
        """The matter as it is now, though a list has gone on to its next one meanwhile; None for
        whoever must not see it (FW-M.9).
        """
        if self.slip is not None and self.slip.view.number == number:
            return self.slip
        try:
            return await console(self).ask(asking.slip, number)
        except DeskError:
            return None

    def _say_of_matter(self) -> None:
        if self._of_matter is not None:
            number, told, _way = self._of_matter
            way = self.way_to(number)
            self._of_matter = (number, told, way)
            self.say(told(way), about="" if self._is_over(number) else number)

    def _is_over(self, number: str) -> bool:
        """Whether it has just ended: it leaves the lists at once, and what was said of it stays."""
        view = self.slip.view if self.slip is not None else None
        return bool(view and view.number == number and view.situation.state in view.cycle.final)

    def tell_keys(self) -> None:
        """The news name a key: where it means something else now, they name the way to it."""
        super().tell_keys()
        if self._of_matter is not None:
            number, told, way = self._of_matter
            if not self.is_news_about(number) or self.news != keyed(told(way)):
                self._of_matter = None
            elif way != self.way_to(number):
                self._say_of_matter()

    async def _after_several(self, row: "Row", steps: "Mapping[str, int]") -> None:
        """The same for several; the cursor stays."""
        self.was_taken(steps)
        self.queue.untick()
        await self.reload()
        told = _("「{step}」一次办了 {n} 张：{numbers}。Ctrl+Z 一起撤回。")
        numbers = self._short(steps)
        self.say(told.format(step=_(row.word), n=len(steps), numbers=numbers))

    async def _saved_before(self, draft: Draft, words: str) -> bool:
        """Whether other words were sent with the draft's key and did arrive after all.

        The answer to them was lost on the way. They are not sent twice; the new ones are for
        whoever typed them to decide about.
        """
        if not draft.key or draft.tried == words:
            return False
        result = await console(self).ask(asking_acts.acknowledged, draft.key)
        draft.key = draft.tried = ""
        if result is None:
            return False
        number = result.get("number") or result.get("contact") or ""
        told = _("上一次其实已经保存为 {number}，没有重复；改过的内容还在，请看过再决定。")
        self.say(told.format(number=number), refused=True)
        await self.reload()
        return True
