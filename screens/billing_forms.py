"""The counter's forms (FW-4.1, FW-4.3, KF-3.4, BX-16): deposits, money given back, what is let off,
charged once or taken back; each the draft of its own account until the register has it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_billing, asking_counter
from screens.base import console
from screens.billing import KEPT, PLACES
from screens.billing_more import BillingMore
from screens.commands import BILLING, FORM, LINE
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.acting import Way
    from screens.asking import Filled, Sheet
    from screens.asking_counter import CounterSheet
    from screens.forms import _Opened
    from screens.widgets.step_form import StepForm
    from wuye_tui.desk import Desk, Result
    from wuye_tui.rules.rights import Right

KIND = "counter"  # of the forms; the units and what it is about stand behind colons


class BillingForms(BillingMore):
    """What a form asks, and what becomes of it."""

    # Which

    def _open_counter(self, verb: str, about: str = "") -> None:
        if self._is_of_account():
            self.open_form("", verb, kind=f"{KIND}:{' '.join(self._units)}:{about}")

    def _is_of_account(self) -> bool:
        if not self._units:
            self.say(_("先按 F6 打房号，回车。"), refused=True)
        return bool(self._units)

    # The form

    @property
    def drafts(self) -> list[str]:
        """The forms half filled in; those of the counter are come back to from there."""
        return [name for name in super().drafts if not name.startswith(f"{KIND}:")]

    @property
    def _half_done(self) -> list[str]:
        """Those accounts too of which a form is half filled in."""
        forms = (name.split(":") for name in console(self).spool if name.startswith(f"{KIND}:"))
        of_forms = (f"{KEPT}:{units}" for _kind, units, *_about in forms)
        return list(dict.fromkeys((*super()._half_done, *of_forms)))

    async def _show(self, units: "tuple[str, ...]") -> bool:
        """Of a form of this account that is half filled in, the news say so."""
        from screens.offers import step_word

        shown = await super()._show(units)
        begins = f"{KIND}:{' '.join(units)}:"
        half = [name for name in console(self).spool if name.startswith(begins)]
        if shown and half and self.counter_form is None:
            told = _("{step}填了一半，打的都在：按 F9 再选它，接着填。")
            self.say(told.format(step=step_word(half[-1])))
        return shown

    @property
    def counter_form(self) -> "StepForm | None":
        """The form that is open, if it is one of the counter's."""
        form = self.form
        is_ours = form is not None and form.draft_name.startswith(f"{KIND}:")
        return form if is_ours else None

    async def _sheet(self, opened: "_Opened") -> "Sheet | None":
        kind, _colon, rest = opened.kind.partition(":")
        if kind != KIND:
            return await super()._sheet(opened)
        units, _colon, about = rest.partition(":")
        try:
            asked = opened.verb, units.split(), about
            return await console(self).ask(asking_counter.sheet, *asked)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None

    async def cannot_open(self, opened: "_Opened") -> None:
        """A form of the counter is no step that somebody else may have taken."""
        if not opened.kind.startswith(f"{KIND}:"):
            await super().cannot_open(opened)

    def _how_to_go_on(self, form: "StepForm") -> str:
        if not form.draft_name.startswith(f"{KIND}:"):
            return super()._how_to_go_on(form)
        if form.sheet.row.verb == asking_counter.REMIND:
            return _("填的都留着：这一户再按 F7 接着填。")
        return _("填的都留着：这一户再按 F9 打开接着填。")

    def key_words(self, place: str) -> dict[str, str]:
        """A form of the counter has no other steps."""
        words = super().key_words(place)
        if place == FORM and self.counter_form is not None:
            words["steps"] = ""
        return words

    def way_to(self, number: str) -> "Way":
        """The form of the counter in sight has no number that could be named."""
        if self.counter_form is None or self.panel != "form-box" or self.place == LINE:
            return super().way_to(number)
        return "", _(self.counter_form.sheet.row.word)

    def _tab(self, place: str) -> str:
        is_ours = self.panel == "form-box" and self.counter_form is not None
        return "billing" if is_ours and place != LINE else super()._tab(place)

    def form_first(self) -> bool:
        """F6: the form that is being filled in comes before the account behind it."""
        form = self.counter_form
        if form is None or self.place in PLACES:
            return False
        if self.panel != "form-box":
            self.close_panel("form-box")  # it is not twice among what is covered
            if self.is_up(BILLING):
                self.close_panel(BILLING)
                self.open_panel(BILLING, None)  # Esc leads back to the account
        self.open_panel("form-box", None)
        form.enter()
        self.tell_keys()
        return True

    def on_step_form_changed(self, event: "StepForm.Changed") -> None:  # noqa: ARG002 - of the base
        """The tab has a star as long as anything of the counter is half filled in."""
        self.app.call_later(self._tell_drafts)

    # What becomes of it

    def on_step_form_save(self, event: "StepForm.Save") -> None:
        """A form of the counter is no step of a matter."""
        if not event.form.draft_name.startswith(f"{KIND}:"):
            return
        event.prevent_default()
        event.stop()
        from wuye_tui.rules.counter_asks import SIGNED

        if event.form.is_saved or self.must_wait():
            return
        right = SIGNED.get(event.form.sheet.row.verb)
        if right is not None:
            self._sign_counter(event.form, event.filled, right)
        else:
            self._write_counter(event.form, event.filled)

    @work(group="lock")
    async def _sign_counter(self, form: "StepForm", filled: "Filled", right: "Right") -> None:
        """Whoever signs too proves who they are; then it is written."""
        from wuye_tui.rules.rights import Right

        less, two = _("{what}：批准的人签字"), _("{what}：第二个人签字")
        title = less if right is Right.ALLOW_LESS else two
        second = await self.second_person(title.format(what=_(form.sheet.row.word)), right)
        if second is not None:
            self._write_counter(form, filled, second)

    @work(group="save")
    async def _write_counter(
        self, form: "StepForm", filled: "Filled", second: "Desk | None" = None
    ) -> None:
        app, draft = console(self), self._kept(form)
        sheet: CounterSheet = form.sheet  # type: ignore[assignment]
        words = json.dumps([dict(filled.given), second.staff if second else ""], sort_keys=True)
        if not self._may_send():
            return
        try:
            if await self._saved_before(draft, words):
                return
            done: Result = {}
            if sheet.row.verb == "no_late" and second is not None:
                less = await app.ask(asking_counter.leave_out, filled.given, second)
                self._left_out(sheet, less)
            else:
                key = draft.key_for(words)
                app.spool.put(form.draft_name, draft)
                await app.write_drafts()
                done = await app.ask(asking_counter.write, sheet, filled.given, second, key)
        except DeskError as error:
            self._refuse(form, error)
            return
        finally:
            self._sent()
        form.is_saved = True
        app.spool.drop(form.draft_name)
        await self.close_form(form.draft_name).wait()
        await self._was_written(sheet, dict(filled.given), done)

    async def _was_written(
        self, sheet: "CounterSheet", given: Mapping[str, Any], done: "Result"
    ) -> None:
        from screens.counter_words import taken_lines, written_words

        pane, is_here = self.bill_pane, sheet.units == self._units
        taken = taken_lines(given, done) if sheet.row.verb == "deposit" else ()
        if taken:
            self.receipt = str(done["receipt"])
        elif sheet.row.verb in ("refund", "refund_receipt"):
            self.receipt = str(done["number"])
        if is_here:
            pane.done.show(taken)
        await self.reload()
        self.say(written_words(sheet, done, self.less))
        self.tell_keys()

    def _left_out(self, sheet: "CounterSheet", less: asking_billing.Less) -> None:
        """It stands with the account that it was allowed for, whichever is seen meanwhile."""
        if sheet.units == self._units:
            self.less = less
            self.keep_bill()
            self._paint_board()
            return
        spool, name = console(self).spool, f"{KEPT}:{' '.join(sheet.units)}"
        draft = spool.get(name)
        draft.answers = {**draft.answers, "less": asdict(less)}
        spool.put(name, draft)
