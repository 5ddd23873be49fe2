"""The forms of the screen: opened over the queue, put aside, and come back to.

One form is seen at a time. Another step begun meanwhile, because of a call, is put over it; when
that one is done, the first is there again with its words and its cursor.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import work
from textual.containers import Vertical
from textual.widget import Widget

from screens import asking
from screens.asking import Sheet
from screens.base import console
from screens.commands import LINE
from screens.drafts import Draft
from screens.watching import Watching
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.step_form import StepForm

NEW = "repair"
TYPED = "_typed"  # in the draft: what somebody typed into the form, in words


@dataclass(frozen=True)
class _Opened:
    """A form that was opened, and what had the focus before; the topmost is on the screen.

    `number` is the matter's; where that is still to be opened it is empty, and `kind` says which.
    """

    number: str
    verb: str
    before: Widget | None
    kind: str = NEW

    @property
    def name(self) -> str:
        """The name of its draft."""
        return f"{self.number or self.kind}/{self.verb}"


class Forms(Watching):
    """Which forms are open, the topmost last."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[_Opened] = []
        self._aside: set[str] = set()  # the drafts that were put aside on purpose since the start
        self._moving = asyncio.Lock()  # one form is moved at a time, and wholly

    @work(group="form")
    async def open_form(
        self, number: str, verb: str, answers: Mapping[str, Any] | None = None, kind: str = NEW
    ) -> None:
        """Opens the form of a step, with the draft that was left of it.

        Without a number it is the form of a new matter of this kind.
        """
        async with self._moving:
            await self._open(_Opened(number, verb, self.focused, kind), answers or {})

    async def _open(self, opened: _Opened, answers: Mapping[str, Any]) -> None:
        if self._opened and self._opened[-1].name == opened.name and self.form:
            self.open_panel("form-box", None)
            self.form.enter()
            return
        sheet = await self._sheet(opened)
        if sheet is None:
            self._aside.add(opened.name)
            await self.cannot_open(opened)
            return
        draft = console(self).spool.get(opened.name)
        draft.answers = {**answers, **draft.answers}
        self._opened = [one for one in self._opened if one.name != opened.name] + [opened]
        form = await self._mount(sheet, opened.name, draft)
        self.open_panel("form-box", None)
        form.enter()
        self.unsay_refusal()
        self.tell_keys()

    async def cannot_open(self, opened: _Opened) -> None:
        """The step is not open; why has been said."""

    def go_on(self, name: str) -> None:
        """Opens the form of a draft by the draft's name."""
        of, _slash, verb = name.partition("/")
        if "-" in of:
            self.open_form(of, verb)
        else:
            self.open_form("", verb, kind=of)

    @property
    def left_open(self) -> str:
        """The last draft that nobody has put aside yet: what was being filled in when the console
        ended. Empty if there is none, or a form is open.
        """
        waiting = [name for name in self.drafts if name not in self._aside]
        return waiting[-1] if waiting and self.form is None else ""

    @property
    def emergency(self) -> str:
        """Of the line while it is being typed; otherwise of the form that asks for the kind."""
        form = self.form if self.panel == "form-box" else None
        said = form.emergency if form is not None else ""
        return super().emergency or said if self.place == LINE else said or super().emergency

    @property
    def emergency_at(self) -> str:
        """Of the form that asks for it, or of the slip that it is for."""
        form = self.form if self.panel == "form-box" and self.place != LINE else None
        if form is None or not form.emergency:
            return super().emergency_at
        said = {**form.sheet.facts, **form.answers()}
        return str(said.get("unit") or said.get("place") or "").strip().upper()

    def tell_keys(self) -> None:
        """The keys, and the card, which follows the focus too."""
        super().tell_keys()
        self.show_card()

    def show_card(self) -> None:
        """The form knows what the lines of its card are called: people type their numbers."""
        super().show_card()
        if self.form is not None:
            card = self._cards.get(self.form.emergency)
            calls = card.call if card else ()
            self.form.card = [call.who.partition("，")[0] for call in calls]

    async def _sheet(self, opened: _Opened) -> Sheet | None:
        try:
            if not opened.number:
                return await console(self).ask(asking.blank, opened.kind, opened.verb)
            sheet = await console(self).ask(asking.sheet, opened.number, opened.verb)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return None
        if sheet is None:
            self.say(
                _("{number} 现在不能走这一步：按 F8 看能走的。").format(number=opened.number),
                refused=True,
            )
        return sheet

    async def _mount(self, sheet: Sheet, name: str, draft: Draft) -> "StepForm":
        """Puts a form into its place; the one that was there is kept as a draft."""
        box = self.query_one("#form-box", Vertical)
        if self.form is not None:
            self._keep_form(self.form)
            await _taken_away(self.form)
        from screens.widgets.step_form import StepForm  # not needed for the first paint

        form = StepForm(sheet, name, draft, console(self).desk.staff)
        await box.mount(form)
        return form

    def on_step_form_changed(self, event: "StepForm.Changed") -> None:
        """Every answer is kept."""
        event.stop()
        self._keep_form(event.form)
        self._tell_status()
        self.show_card()

    def on_step_form_closed(self, event: "StepForm.Closed") -> None:
        """Put aside."""
        event.stop()
        self._keep_form(event.form)
        name = event.form.draft_name
        self._aside.add(name)
        self.close_form(name)
        if name in console(self).spool:
            self.say(self._how_to_go_on(event.form))

    def _how_to_go_on(self, form: "StepForm") -> str:
        if form.sheet.view:
            return _("填的都留着：在这张单上按 Enter 接着填。")
        if form.draft_name == f"{NEW}/register":
            return _("填的都留着：按 Ctrl+N 接着填。")
        word = _(form.sheet.row.word)
        return _("填的都留着：按 F10，打「{word}」接着填。").format(word=word)

    async def renew_form(self) -> bool:
        """Makes the form anew, because its matter has moved on; whether the step is still open."""
        async with self._moving:
            if self.form is None or not self._opened:
                return False
            sheet = await self._sheet(self._opened[-1])
            if sheet is None:
                return False
            form = await self._mount(sheet, self._opened[-1].name, self._kept(self.form))
            form.seen = sheet.seen
            form.enter()
            return True

    @work(group="form")
    async def close_form(self, name: str = "") -> None:
        """Takes the topmost form away; the one that was put aside for it comes back.

        With the name of a draft it is that form, and no other that was put over it meanwhile.
        """
        async with self._moving:
            if name and not (self._opened and self._opened[-1].name == name):
                self._opened = [one for one in self._opened if one.name != name]
            else:
                await self._close()

    async def _close(self) -> None:
        closed = self._opened.pop() if self._opened else None
        if self.form is not None:
            await _taken_away(self.form)
        while self._opened:
            under = self._opened[-1]
            sheet = await self._sheet(under)
            if sheet is not None:
                form = await self._mount(sheet, under.name, console(self).spool.get(under.name))
                before = closed.before if closed else None
                if before is None or not before.is_attached or self._is_idle_line(before):
                    form.enter()
                else:
                    before.focus()
                return
            self._opened.pop()
        self.close_panel("form-box")
        if closed and closed.before and closed.before.is_attached and closed.before.focusable:
            closed.before.focus()
        self._tell_status()
        self.tell_keys()

    def _is_idle_line(self, before: Widget) -> bool:
        """Whether it is the line, and the call that was typed there is written down."""
        return before is self.intake.field and not self.intake.words.strip()

    def _keep_form(self, form: "StepForm") -> None:
        if form.is_touched and not form.is_saved:
            console(self).spool.put(form.draft_name, self._kept(form))

    def _kept(self, form: "StepForm") -> Draft:
        """The draft of a form, with what somebody typed into it."""
        draft = form.draft()
        draft.answers[TYPED] = _typed_words(form)
        return draft

    def _refuse(self, form: "StepForm", error: DeskError) -> None:
        """Says in the form why it was not saved; above the keys, if it is not there any more.

        Nothing follows of itself upon what was refused.
        """
        self._wanted = None
        self.clause = error.clause
        if self.form is form:
            form.refuse(sentence(error), error.clause)
        else:
            self.say(sentence(error), clause=error.clause, refused=True)


async def _taken_away(form: "StepForm") -> None:
    """Removes it with all that was painted of it: Textual keeps the painted lines of a thousand
    widgets that are gone, 20 MB after a morning of forms.
    """
    inside = [*form.walk_children(Widget, with_self=True)]
    await form.remove()
    for widget in inside:
        widget._styles_cache.clear()


def _typed_words(form: "StepForm") -> str:
    """Every answer that is not the proposed one, codes in words. A PIN is no answer."""
    from screens.sheet import is_empty  # not needed for the first paint
    from wuye_tui.rules.lifecycle import Ask, Kind
    from wuye_tui.rules.saying import Teller, answer_words

    people = {one.number: one.name for one in form.sheet.colleagues}
    items = {one.code: one.name for one in form.sheet.priced}
    tell = Teller(str, lambda n: people.get(n, n), lambda code: items.get(code, code))
    coded = (Kind.CHOICE, Kind.FLAG, Kind.STAFF, Kind.SIGNER, Kind.TARIFF)
    words: list[str] = []
    for question, answer in ((row.question, row.field.answer) for row in form.rows):
        if question.proves or is_empty(answer) or answer == question.proposed:
            continue
        if question.kind in coded:
            asked = Ask(question.name, question.kind, question.word, choices=question.choices)
            words.append(answer_words(asked, answer, tell))
        else:  # as it was typed: it has not been read yet
            words += answer if isinstance(answer, list) else [str(answer)]
    return " ".join(words)
