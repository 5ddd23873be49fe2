"""The form of one step, made from its row: one line a question, and the way to save below.

It saves nothing. `Save` hands over what was filled in, `refuse` shows what the register said, and
nothing typed is lost by either. A PIN is no answer: it stands in its field alone, until it is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from screens.asking import Filled, Sheet
from screens.base import console
from screens.commands import FORM, bindings
from screens.drafts import Draft
from screens.moments import may_begin
from screens.sheet import Question, changes, filled, is_empty, missing, next_open
from screens.widgets.answers import Answered, Done
from screens.widgets.cjk_input import CjkInput
from screens.widgets.form_fields import field_for
from screens.widgets.form_row import Confirm, FormRow, Rows
from screens.widgets.form_telling import Telling
from screens.widgets.painted import Painted
from screens.widgets.picks import PickAnswer
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.money import parse_yuan
from wuye_tui.words import _

EACH = "_each"  # in the draft: the last step of each matter, where the form is for several


class StepForm(Telling):
    """A form and its draft."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM)]

    @dataclass
    class Changed(Message):
        """Something was typed."""

        form: "StepForm"

    @dataclass
    class Save(Message):
        """All of it is to be saved."""

        form: "StepForm"
        filled: Filled

    @dataclass
    class Closed(Message):
        """Put aside; the draft stays."""

        form: "StepForm"

    def __init__(self, sheet: Sheet, name: str, draft: Draft, own: str) -> None:
        super().__init__(sheet, own)
        self.draft_name = name
        self.seen = draft.seen or sheet.seen
        self.each: Mapping[str, int] = draft.answers.get(EACH) or sheet.each
        self.is_touched = bool(draft.answers)
        self._passed: set[str] = set()  # what was wanted and left empty
        self.is_saved = False
        self._is_warned = False  # that it has no way back
        self._draft = draft
        self._last: dict[str, Any] = {}
        self._came = ""  # the name of the question that a digit before it has led to

    def compose(self) -> ComposeResult:
        """Head, rows, refusal, confirm."""
        yield Painted(id="form-head")
        with Rows(id="form-rows"):
            for question in self._questions:
                yield FormRow(question, field_for(question, self.sheet))
        yield Painted(id="form-advice")
        yield Painted(id="form-refusal")
        yield Confirm(self.sheet.row.word, self._is_final())

    def _is_final(self) -> bool:
        """Whether the step ends the matter and Enter alone must not take it.

        The usual end is asked once only: by what has to be filled in for it.
        """
        view, row = self.sheet.view, self.sheet.row
        open_ = any(one.needed and is_empty(one.proposed) for one in self._questions)
        ends = view is not None and row.to in view.cycle.final and not row.undo
        return ends and not (self.sheet.usual and open_)

    def on_mount(self) -> None:
        """Puts in what was filled in before, or else what is proposed."""
        for row in self.rows:
            kept = self._draft.answers
            name = row.question.name
            row.field.put(kept.get(name, row.question.proposed))
        self._last = self.answers()
        self._adapt()
        self._head()

    def doubt(self, words: str) -> None:
        """Shows why a PIN does not count; it is typed anew."""
        self.refuse(words)
        rows = [row for row in self.asked if row.question.proves and row.field.answer]
        for row in rows:
            row.field.put("")
        if rows:
            rows[0].target.focus()

    def draft(self) -> Draft:
        """The draft as it stands, with the key of the last try."""
        row = next((row for row in self.rows if row.question.name == self._draft.at), None)
        draft = self._draft
        draft.caret = getattr(row.target, "cursor_position", 0) if row else 0
        draft.answers, draft.seen = self.answers(), self.seen
        if self.each:
            draft.answers[EACH] = dict(self.each)
        return draft

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keeps in mind where the cursor was last."""
        inside = event.widget.ancestors_with_self
        self._draft.at = next((r.question.name for r in self.rows if r in inside), "")
        if self._draft.at != self._came:
            self._came = ""
        self._spell_out(self._draft.at)

    def enter(self) -> None:
        """Puts the cursor where it was, or on the first question that still needs an answer."""
        kept = self._draft.at
        at = next((row for row in self.asked if row.question.name == kept), None)
        if at is not None:
            at.target.focus()
            if hasattr(at.target, "cursor_position"):
                at.target.cursor_position = self._draft.caret
        else:
            self._go_on()

    def save_by_key(self) -> None:
        """Saves, but not what has no way back and was only looked at: two F7 come easily."""
        unusual = self._is_final() and not self.sheet.usual
        if unusual and not (self.is_touched or self._is_warned):
            self._is_warned = True
            told = _("「{word}」没有退路：确实要办，再按一次 F7；不办按 Esc。")
            self.refuse(told.format(word=_(self.sheet.row.word)))
            return
        self.action_save()

    def action_save(self) -> None:
        """Saves, or says what is missing and goes there."""
        if self.is_saved:
            return
        for row in self.rows:
            if isinstance(row.field, PickAnswer) and row.field.has_focus_within:
                row.field.settle()
        self._spell_out()
        if self._is_lacking():
            return
        desk = console(self).desk
        try:
            done = filled(self.sheet.row, self._asked(), self.answers(), desk.now(), desk.zone)
        except DeskError as error:
            self.refuse(sentence(error), error.clause)
            return
        self.refuse("")
        self.post_message(self.Save(self, done))

    def _is_lacking(self) -> bool:
        """Whether something has to be filled in or made plain first; says so and goes there."""
        lacking = next((q for q in missing(self._asked(), self.answers()) if q.needed), None)
        if lacking is not None:
            told = _("还缺「{word}」，填好再保存。").format(word=_(lacking.word))
            self.refuse(told, lacks=lacking.name)
            self._row(lacking).target.focus()
            return True
        picks = ((row, row.field) for row in self.asked if isinstance(row.field, PickAnswer))
        row, doubt = next(((row, field.doubt) for row, field in picks if field.doubt), (None, ""))
        if row is not None:
            self.refuse(doubt)
            row.target.focus()
        return row is not None

    def action_close(self) -> None:
        """Puts it aside."""
        self.post_message(self.Closed(self))

    def action_next(self) -> None:
        """On to what is still needed."""
        self._go_on()

    def action_field(self, way: int) -> None:
        """The next or the one before, answered or not."""
        self._leave_remark()
        targets = [*(row.target for row in self.asked), self.query_one(Confirm)]
        focused = self.screen.focused
        place = targets.index(focused) if focused in targets else 0
        targets[(place + way) % len(targets)].focus()

    def on_answered(self, event: Answered) -> None:
        """Other questions may have to be put now."""
        event.stop()
        before, self._last = self._last, self.answers()
        self._adapt()
        self._came = ""
        is_there = bool(self._lacks) and not is_empty(self._last.get(self._lacks))
        is_past = not (self._lacks or self._is_remark) and self._last != self._refused
        if self._refusal and (is_there or is_past):
            self.refuse("")
        if self._last != before:
            self.is_touched = True
            if not self.sheet.facts:
                self._head()
            self.post_message(self.Changed(self))

    def on_done(self, event: Done) -> None:
        """On to the next. One that needs an answer is not passed over."""
        event.stop()
        self._leave_remark()
        row = next((row for row in self.asked if row.field is event.field), None)
        if row is None or self._is_late_enter(row.question):
            return
        if row.question in missing(self._asked(), self.answers()):
            self._pass(row.question)
        elif not self._is_unread(row):
            there = self._go_on(row.question)
            self._came = there.name if there and event.at_once else ""

    def _is_unread(self, row: FormRow) -> bool:
        """Whether it is money that cannot be read: said in its row, before the next is asked."""
        if row.question.kind is not Kind.MONEY or is_empty(row.field.answer):
            return False
        try:
            parse_yuan(str(row.field.answer).strip())
        except DeskError as error:
            self.refuse(sentence(error), error.clause)
            return True
        return False

    def _is_late_enter(self, question: Question) -> bool:
        """Whether this Enter belongs to the digit that has led here: it says nothing of this
        field, where nothing has been typed yet.
        """
        if self._came != question.name:
            return False
        self._came = ""
        if not question.needed:
            told = _("现在是「{word}」：不填就再按一次 Enter。").format(word=_(question.word))
            self._remark(told, question.name)
        return True

    def _pass(self, question: Question) -> None:
        """On, if it may stay empty: to the question that serves as well, if there is one."""
        if question.needed:
            told = _("先填「{word}」；看别的栏按 Tab 或 Shift+Tab。")
            self.refuse(told.format(word=_(question.word)), lacks=question.name)
            return
        self._passed.add(question.name)
        other = next((one for one in self._asked() if one.name == question.or_else), None)
        if other is not None:
            self._row(other).target.focus()
        else:
            self._go_on(question)

    def on_confirm_pressed(self, event: Confirm.Pressed) -> None:
        """Enter on the last line."""
        event.stop()
        self.action_save()

    def on_confirm_typed(self, event: Confirm.Typed) -> None:
        """Words typed on the last line belong to the first field that is still empty and takes
        such words, which is shown and named. An input method brings them character by character:
        the others follow the first.
        """
        event.stop()
        here = next((row for row in self.asked if row.target is self.screen.focused), None)
        if here is not None and isinstance(here.target, CjkInput):
            here.target.insert_text_at_cursor(event.words)
            return
        empty = (
            r for r in self.asked if isinstance(r.target, CjkInput) and is_empty(r.field.answer)
        )
        free = [row for row in empty if not row.question.proves]
        if not free:
            self.refuse(_("都填好了：按 Enter 或 F7 保存。"))
            return
        row = next((row for row in free if may_begin(row.question.kind, event.words)), None)
        if row is None:
            word = _(free[0].question.word)
            self.refuse(
                _("「{word}」要填数字或时间；要改哪一栏，按上下键到那里打。").format(word=word)
            )
            return
        self.screen.set_focus(row.target)
        row.target.insert_text_at_cursor(event.words)
        word = _(row.question.word)
        self._remark(_("打的字放进了「{word}」；不该在这里就按 Ctrl+U 去掉。").format(word=word))

    def on_confirm_refused(self, event: Confirm.Refused) -> None:
        """Enter on 先放着."""
        event.stop()
        self.action_close()

    def _go_on(self, since: Question | None = None) -> Question | None:
        """To the next question that is open, which it returns, or to save."""
        name = since.name if since else ""
        found = next_open(self._asked(), self.answers(), self._passed, name)
        if since is None and found is None and changes(self.sheet.row):
            found = self._asked()[0]  # nothing is needed, and something is to be changed
        (self._row(found).target if found else self.query_one(Confirm)).focus()
        return found
