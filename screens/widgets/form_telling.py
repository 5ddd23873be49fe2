"""What a form shows besides its fields: its head, what is worth knowing, and why it was refused."""

from typing import Any

from textual import events

from screens.asking import Sheet
from screens.base import console
from screens.commands import keyed
from screens.form_words import advice, head_lines
from screens.moments import read
from screens.sheet import HAPPENED, WHOM, filled, missing, unfilled
from screens.widgets.form_answers import Answering
from screens.widgets.form_fields import PinAnswer
from screens.widgets.form_row import Confirm, FormRow
from screens.widgets.painted import Line, Painted, line, wrap
from screens.wording import clock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.words import _

ROOMY = 10  # lines; a lower form leaves out what to say


class Telling(Answering):
    """The form's words about itself, told anew as it is filled in."""

    def __init__(self, sheet: Sheet, own: str) -> None:
        super().__init__(sheet, own)
        self.clause = sheet.row.clause
        self._refusal = ""
        self._is_remark = False  # whether it only remarks on where the cursor is
        self._lacks = ""  # the name of the question that the refusal is about
        self._refused: dict[str, Any] = {}  # the answers that it is about

    def refuse(self, words: str, clause: str = "", lacks: str = "") -> None:
        """Shows why it was not saved, until some answer is another; for want of the answer named
        `lacks` until it is there. No words take the refusal away.
        """
        self._lacks, self._is_remark = lacks, False
        self._refused = self.answers() if words else {}
        self.clause = clause or self.sheet.row.clause
        self._refusal = keyed(words)
        self._paint_refusal()
        if words:
            self._to_lacking()

    def _remark(self, words: str, lacks: str = "") -> None:
        """Says something about the field in use, until it is left."""
        self.refuse(words, lacks=lacks)
        self._is_remark = True

    def _leave_remark(self) -> None:
        if self._is_remark:
            self.refuse("")

    def _paint_refusal(self) -> None:
        parts = wrap(self._refusal, max(20, self.size.width - 2)) if self._refusal else []
        shown = [line((f" {part}", "late")) for part in parts]
        self.query_one("#form-refusal", Painted).show(shown)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width breaks the head elsewhere."""
        self._head()
        self._advise()
        self._paint_refusal()

    def _to_lacking(self) -> None:
        """A rule that refused wants what stands empty: the cursor goes there."""
        lacking = missing(self._asked(), self.answers())
        if lacking and self.screen.focused is self.query_one(Confirm):
            self._row(lacking[0]).target.focus()

    def _adapt(self) -> None:
        """Shows the rows that are asked now, and how their moments are read."""
        asked = self._asked()
        empty = unfilled(asked, asked, self.answers())
        missed = [one.word for one in empty if one.name not in self.sheet.at_will]
        self.query_one(Confirm).tell(missed)
        for row in self.rows:
            row.display = row.question in asked
            if isinstance(row.field, PinAnswer):
                self._ask_pin(row.field, row.question.proves)
            if row.question.kind is Kind.MOMENT:
                row.note(*self._reading(row))
            elif row.question.name == WHOM:
                names = self._named(row)
                row.note(f"= {names}" if names else "", "strong")
        self._advise()

    def _ask_pin(self, field: PinAnswer, role: str) -> None:
        """Says whose PIN it is; what was typed for somebody else is gone."""
        signer = str(self.answers().get(role, ""))
        if field.signer == signer:
            return
        field.signer, field.value = signer, ""
        name = next((p.name for p in self.sheet.colleagues if p.number == signer), signer)
        alone = any(sign.by_pin for sign in self.sheet.row.signs if sign.role == role)
        words = _("{name} 的密码，一定要填") if alone else _("{name} 的密码，空着就是纸上签")
        field.placeholder = words.format(name=name)

    def _advise(self) -> None:
        """What is worth knowing before it is saved, by what is filled in so far."""
        desk = console(self).desk
        shown: list[Line] = []
        for words in advice(self.sheet, self.answers(), desk.now(), desk.zone):
            parts = wrap(words, max(20, self.size.width - 2))
            shown += [line((f" {part}", "soon")) for part in parts]
        self.query_one("#form-advice", Painted).show(shown)

    def _reading(self, row: FormRow) -> tuple[str, str]:
        typed = str(row.field.answer or "")
        if not typed:
            return "", "dim"
        desk = console(self).desk
        try:
            kept = {row.question.name: typed}
            read_as = filled(self.sheet.row, [row.question], kept, desk.now(), desk.zone)
            moment = read_as.happened if row.question.name == HAPPENED else None
            return "= " + clock(moment or read(typed, desk.now(), desk.zone), desk.zone), "strong"
        except DeskError:
            if row.question.name == HAPPENED:
                return _("看不懂，如 昨晚11点"), "late"
            return _("看不懂，如 明天9点"), "late"

    def _head(self) -> None:
        desk, width = console(self).desk, max(20, self.size.width - 2)
        today = desk.now().astimezone(desk.zone).date()
        roomy = self.size.height >= ROOMY  # the fields come first, and a card says more
        shown = head_lines(self.sheet, width, roomy, today, self.answers())
        self.query_one("#form-head", Painted).show(shown)
