"""The summary of a month of callbacks: every figure with last month's, then who pleased.

Under the figures stands the definition of the one that has the cursor.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import SUMMARY, bindings
from screens.widgets.painted import Line, Painted, cut, fit, line, wrap
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.callback_summary import Satisfied, Summary, Value
    from wuye_tui.rules.callback_figures import Figure

WORD, NUMBER = 22, 18  # cells
ABOUT: int = 3  # lines of the definition
HEADS = (N_("问到"), N_("满意"), N_("基本满意"), N_("不满意"), N_("满意率"))


class SummaryPane(Painted, can_focus=True):
    """The figures and the groups in one list, with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SUMMARY)]
    DEFAULT_CSS = "SummaryPane { height: 1fr; }"

    @dataclass
    class Behind(Message):
        """The list behind a figure is wanted; of a group, those that the words mean."""

        figure: "Figure"
        words: str

    @dataclass
    class Turned(Message):
        """Another month is wanted: so many on."""

        months: int

    class Left(Message):
        """Seen enough."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.summary: Summary | None = None
        self._place = 0

    def load(self, summary: "Summary") -> None:
        """Takes it as it was just read; the cursor stays."""
        self.summary = summary
        self._place = min(self._place, self._last)
        self._paint()

    @property
    def _last(self) -> int:
        found = self.summary
        return len(found.values) + len(found.groups) - 1 if found is not None else 0

    def action_figure(self, way: int) -> None:
        """The next one up or down."""
        self._place = min(self._last, max(0, self._place + way))
        self._paint()

    def action_turn_month(self, way: int) -> None:
        """The next month, or the one before."""
        self.post_message(self.Turned(way))

    def action_behind(self) -> None:
        """Enter: what the figure has counted."""
        from wuye_tui.rules.callback_figures import BY_CODE, WORKER

        found = self.summary
        if found is None:
            return
        if self._place < len(found.values):
            self.post_message(self.Behind(found.values[self._place].figure, ""))
            return
        group = found.groups[self._place - len(found.values)]
        words = group.name if group.by == WORKER else ""
        self.post_message(self.Behind(BY_CODE["reached"], words))

    def action_summed(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width cuts elsewhere; another height shows others."""
        self._paint()

    def _paint(self) -> None:
        width, found = self.size.width, self.summary
        if found is None or not width:
            return
        body: list[Line] = []
        first = 0
        for n, value in enumerate(found.values):
            first = len(body) if n == self._place else first
            body.append(_value_line(value, n == self._place, width))
        by = ""
        for n, group in enumerate(found.groups, start=len(found.values)):
            if group.by != by:
                by = group.by
                body.append(_group_heading(by, width))
            first = len(body) if n == self._place else first
            body.append(_group_line(group, n == self._place, width))
        told = [line((f" {part}", "strong")) for part in wrap(self._about(), width - 2)][:ABOUT]
        notes = self._notes(width)
        seats = max(1, self.size.height - 1 - len(notes) - ABOUT)
        top = max(0, min(first - seats // 2, len(body) - seats))
        seen = body[top : top + seats]
        blank = [line("")] * (seats - len(seen))
        self.show([self._heading(width), *notes, *seen, *blank, *told])

    def _heading(self, width: int) -> Line:
        found = self.summary
        assert found is not None
        word = fit(_("  回访月报"), WORD + 2)
        months = f"{fit(str(found.month), NUMBER, right=True)} "
        before = fit(str(found.month.before), NUMBER, right=True)
        return cut(line((f"{word}{months}{before}", "title"), ground="title"), width)

    def _notes(self, width: int) -> list[Line]:
        from wuye_tui.rules.callback_words import nothing

        found = self.summary
        if found is None or not found.is_empty:
            return []
        return [line((f"  {part}", "strong")) for part in wrap(nothing(found.month), width - 3)]

    def _about(self) -> str:
        from wuye_tui.rules.callback_figures import ABOUT_GROUPS

        found = self.summary
        assert found is not None
        if self._place < len(found.values):
            figure = found.values[self._place].figure
            return _("{word}：{about}").format(word=_(figure.word), about=_(figure.about))
        return _(ABOUT_GROUPS)


def _value_line(value: "Value", here: bool, cells: int) -> Line:
    from wuye_tui.rules.callback_words import amount

    is_share = bool(value.figure.of)
    now = amount(value.count, value.of, value.tenths, is_share)
    before = amount(value.before, value.before_of, value.tenths_before, is_share)
    spans = (
        (fit(f"{'>' if here else ' '} {_(value.figure.word)}", WORD + 2), "" if here else "strong"),
        (f"{fit(now, NUMBER, right=True)} ", ""),
        (fit(before, NUMBER, right=True), "" if here else "dim"),
    )
    return cut(line(*spans, ground="cursor" if here else "plain"), cells)


def _group_heading(by: str, cells: int) -> Line:
    from wuye_tui.rules.callback_figures import GROUPS

    heads = " ".join(fit(_(word), 9, right=True) for word in HEADS)
    return cut(line((f"  {fit(_(dict(GROUPS)[by]), WORD)}{heads}", "title"), ground="title"), cells)


def _group_line(group: "Satisfied", here: bool, cells: int) -> Line:
    from wuye_tui.intake.terms import CATEGORIES
    from wuye_tui.rules import callback_words as words

    name = words.group(group.by, group.name, CATEGORIES.words)
    numbers = (group.reached, group.satisfied, group.fair, group.dissatisfied)
    said = [*map(str, numbers), words.share(group.tenths)]
    cells_of = " ".join(fit(one, 9, right=True) for one in said)
    head = (fit(f"{'>' if here else ' '} {name}", WORD + 2), "" if here else "strong")
    return cut(line(head, cells_of, ground="cursor" if here else "plain"), cells)
