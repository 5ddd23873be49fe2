"""The two lines at the top: where, who, until when, what is late and what is next; and the tabs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.message import Message

from screens.commands import BY_ID, STATUS, bindings
from screens.widgets.painted import Line, Painted, Span, cut, fit, line
from screens.wording import left, short_number
from wuye_tui.words import _, beside

if TYPE_CHECKING:
    from wuye_tui.registers.duties import DutyNow
    from wuye_tui.registers.queue import QueueRow

MOST = 300
SHORT_NAME = 8  # cells of the next deadline's name, where there is no room for all of it
# What gives way where there is no room for all, the least needed first. Who, until when, what is
# late, what is next and the date stay.
_GIVES_WAY = ("office", "label", "number", "duty", "blanks", "title", "name", "date")


@dataclass(frozen=True)
class Standing:
    """What the status line says; without an office it is still being opened."""

    office: str = ""
    training: bool = False
    person: str = ""
    title: str = ""
    duty: "DutyNow | None" = None
    now: datetime | None = None
    zone: tzinfo = UTC
    overdue: int = 0
    callbacks: int = 0  # of what is overdue
    here: bool = False  # the focus is on it
    first: "QueueRow | None" = None
    open: int = 0
    known: bool = True  # whether duties and matters have been read
    draft_line: bool = False
    draft_forms: int = 0
    draft_bill: bool = False  # money is half typed
    tab: str = "line"  # the command of the tab that is seen
    is_cut: bool = False  # the server of the database cannot be reached
    away: str = ""  # where the telephone of the desk rings while it is left
    backup: str = ""  # what is wrong with the backups, for those who have to know


class StatusLine(Painted):
    """Row one and row two. It has the focus only while somebody has gone up to it, and then stands
    in brackets what Enter opens: the overdue callbacks, or else what is next.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(STATUS)]
    DEFAULT_CSS = "StatusLine { height: 2; }"
    standing = Standing()

    class Opened(Message):
        """Enter."""

    class Lowered(Message):
        """Back to the line."""

    def rise(self) -> None:
        """Takes the focus; Tab leads past it otherwise."""
        self.can_focus = True
        self.focus()

    def on_focus(self) -> None:
        """What Enter opens is plain to see."""
        self.amend(here=True)

    def on_blur(self) -> None:
        """It is only looked at again."""
        self.can_focus = False
        self.amend(here=False)

    def action_see(self) -> None:
        """Enter."""
        self.post_message(self.Opened())

    def action_lower(self) -> None:
        """Esc."""
        self.post_message(self.Lowered())

    def tell(self, standing: Standing) -> None:
        """Shows how things stand now."""
        if standing != self.standing:
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
    """Row one; what has no room is said shorter, the least needed first."""
    if s.now is None:
        return line(_(" 正在打开.."), ground="title")
    for steps in range(len(_GIVES_WAY) + 1):
        gone = frozenset(_GIVES_WAY[:steps])
        left_side, right = _left(s, gone), _right(s, gone)
        room = cells - 1 - sum(cell_len(words) for words, _role in [*left_side, *right])
        if room > 0:
            break
    whole = line(*left_side, " " * max(1, room), *right, " ", ground="title")
    return cut(whole, max(1, cells))


def _left(s: Standing, gone: frozenset[str]) -> list[Span]:
    office = [] if "office" in gone else [(f" {s.office}", "")]
    marks = [(" ", ""), (_("演练"), "chosen")] if s.training else []
    marks += [(" ", ""), (_("断线"), "late")] if s.is_cut else []
    title = f"({s.title})" if s.title and "title" not in gone else ""
    blank = "" if "blanks" in gone else " "
    who = [(f"{blank} {s.person}", "strong"), (title, "")]
    return [*office, *marks, *who, *_duty(s, gone)]


def _duty(s: Standing, gone: frozenset[str]) -> list[Span]:
    if not s.known:
        return [(_(" 值班未知"), "")]
    if s.duty is None:
        return [(_(" 无人值班"), "late")]
    until = s.duty.planned_end.astimezone(s.zone).strftime("%H:%M")
    word = "" if "duty" in gone else _(s.duty.word)
    if word and s.duty.is_stand_in:
        word += _("(代班)")
    who = "" if s.duty.staff_name == s.person else s.duty.staff_name
    ended = (_("已过{time}未交班") if s.duty.over else _("至{time}")).format(time=until)
    ended = ended if who or word else ended.strip()
    duty = beside(who, word)
    if s.away:
        return [(f" {duty}", ""), (_("外出，电话转{phone}").format(phone=s.away), "late")]
    return [(f" {duty}", ""), (ended, "late" if s.duty.over else "")]


def _right(s: Standing, gone: frozenset[str]) -> list[Span]:
    assert s.now is not None
    form = "%H:%M" if "date" in gone else "%m-%d %H:%M"
    parts = [(s.now.astimezone(s.zone).strftime(form), "")]
    late = _("  超时 {n}").format(n=s.overdue if s.known else "?")
    late = f" {late.strip()}" if "blanks" in gone else late
    if s.callbacks:
        late += _(" 含回访{n}").format(n=s.callbacks)
        late = f" [{late.strip()}]" if s.here else late
    parts.append((late, "late" if s.overdue else ""))
    if s.first is None or s.first.due is None:
        return parts
    number = short_number(s.first.number, s.now.astimezone(s.zone).date())
    label = _("到期") if "label" not in gone else ""
    said = " ".join(part for part in (label, "" if "number" in gone else number) if part)
    word = _(s.first.due.word)
    word = (
        fit(word, SHORT_NAME).rstrip() if "name" in gone and cell_len(word) > SHORT_NAME else word
    )
    over = s.first.due.due < s.now
    begin, end = ("[", "]") if s.here and not s.callbacks else (" ", "")
    parts += [(f" {begin}{said}" if said else begin, ""), (f" {word} ", "strong")]
    return [*parts, (f"{left(s.first.due.due, s.now)}{end}", "late" if over else "strong")]


def _tabs(s: Standing, cells: int) -> Line:
    tabs = [
        _tab("line", s.tab == "line", _("*") if s.draft_line else ""),
        _tab("work", s.tab == "work", f"*{s.draft_forms}" if s.draft_forms else ""),
        *(_tab(name, s.tab == name, "") for name in ("handover", "watch")),
        _tab("billing", s.tab == "billing", _("*") if s.draft_bill else ""),
    ]
    more = "+" if s.open >= MOST else ""  # the queue is read no further
    said = _("未结 {n} ").format(n=f"{s.open}{more}" if s.known else "?") if s.now else ""
    used = sum(cell_len(words) for tab in tabs for words, _role in tab)
    spans: Sequence[Span] = [span for tab in tabs for span in tab]
    told = f"{s.backup} " if s.backup else ""
    if used + cell_len(told) + cell_len(said) > cells:
        told = ""  # what is open stays; the sentence stands in `wuye status`
    room = max(0 if told else 1, cells - used - cell_len(told) - cell_len(said))
    return line(*spans, " " * room, (told, "late"), (said, "dim"))


def _tab(name: str, active: bool, mark: str) -> list[Span]:
    command = BY_ID[name]
    return [
        (f"[{command.key} {_(command.word)}{mark}]", "chosen")
        if active
        else (f" {command.key} {_(command.word)}{mark} ", "dim")
    ]
