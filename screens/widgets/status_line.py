"""The two lines at the top: where, who, until when, what is late and what is next; and the tabs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from screens.commands import BY_ID
from screens.widgets.painted import Line, Painted, Span, line
from screens.wording import left, short_number
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.duties import DutyNow
    from wuye_tui.registers.queue import QueueRow

DESK_POST = "desk"


@dataclass(frozen=True)
class Standing:
    """What the status line says; without an office it is still being opened."""

    office: str = ""
    training: bool = False
    person: str = ""
    duty: "DutyNow | None" = None
    now: datetime | None = None
    zone: ZoneInfo = ZoneInfo("UTC")
    overdue: int = 0
    first: "QueueRow | None" = None
    open: int = 0
    draft_line: bool = False
    draft_forms: int = 0
    at_line: bool = True


class StatusLine(Painted):
    """Row one and row two."""

    DEFAULT_CSS = "StatusLine { height: 2; }"
    standing = Standing()

    def tell(self, standing: Standing) -> None:
        """Shows how things stand now."""
        self.standing = standing
        self._paint()

    def amend(self, **changes: object) -> None:
        """Shows the same with some of it changed."""
        self.tell(replace(self.standing, **changes))  # type: ignore[arg-type]

    def on_resize(self) -> None:
        """Another width leaves out other things."""
        self._paint()

    def _paint(self) -> None:
        self.show([_top(self.standing, self.size.width), _tabs(self.standing, self.size.width)])


def _top(s: Standing, cells: int) -> Line:
    if s.now is None:
        return line(_(" 正在打开.."), ground="title")
    left_side: list[list[Span]] = [[(f" {s.office}", "")]]
    if s.training:
        left_side.append([(_("演练"), "chosen")])
    left_side.append([(s.person, "strong"), *_duty(s)])
    right: list[list[Span]] = [[(s.now.astimezone(s.zone).strftime("%m-%d %H:%M"), "")]]
    late = (_("超时 {n}").format(n=s.overdue), "late" if s.overdue else "")
    right.append([late])
    right += _next(s)
    return _between(left_side, right, cells)


def _duty(s: Standing) -> list[Span]:
    if s.duty is None:
        return [(_(" 无人值班"), "late")]
    until = s.duty.planned_end.astimezone(s.zone).strftime("%H:%M")
    word = _(s.duty.word) if s.duty.staff_name == s.person else s.duty.staff_name + _(s.duty.word)
    ended = _("已过{time}，未交班") if s.duty.over else _("至{time}")
    return [(f" {word}", ""), (ended.format(time=until), "late" if s.duty.over else "")]


def _next(s: Standing) -> list[list[Span]]:
    if s.first is None or s.first.due is None or s.now is None:
        return []
    number = short_number(s.first.number, s.now.astimezone(s.zone).date())
    rest = left(s.first.due.due, s.now)
    over = s.first.due.due < s.now
    said = _("到期 {number}").format(number=number)
    return [[(said, ""), (f" {_(s.first.due.word)} {rest}", "late" if over else "strong")]]


def _between(left_side: list[list[Span]], right: list[list[Span]], cells: int) -> Line:
    """Both sides on one line; where there is no room the office goes, then the date."""
    while True:
        first = [span for n, part in enumerate(left_side) for span in [("  " * bool(n), ""), *part]]
        last = [span for part in right for span in [("  ", ""), *part]]
        used = sum(cell_len(words) for words, _role in [*first, *last]) + 1
        if used <= cells or len(left_side) + len(right) <= 3:
            break
        if len(left_side) > 2:
            left_side = left_side[1:]
        else:
            right = right[1:]
    return line(*first, " " * max(1, cells - used + 1), *last, ground="title")


def _tabs(s: Standing, cells: int) -> Line:
    tabs = [
        _tab("line", s.at_line, _("*") if s.draft_line else ""),
        _tab("work", not s.at_line, f"*{s.draft_forms}" if s.draft_forms else ""),
    ]
    said = _("未结 {n} ").format(n=s.open) if s.now else ""
    used = sum(cell_len(words) for tab in tabs for words, _role in tab)
    spans: Sequence[Span] = [span for tab in tabs for span in tab]
    return line(*spans, " " * max(1, cells - used - cell_len(said)), (said, "dim"))


def _tab(name: str, active: bool, mark: str) -> list[Span]:
    command = BY_ID[name]
    return [(f" {command.key} {_(command.word)}{mark} ", "chosen" if active else "dim")]
