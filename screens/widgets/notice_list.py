"""The notices in force: what people will ask about, and below the chosen one what to answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.base import console
from screens.commands import NOTICES, bindings, keyed
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, entry, fit, line
from screens.wording import clock, is_late, left
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.notices import Notice

SUBJECT, DEPARTMENT = 9, 11  # cells


class NoticeList(Listing["Notice"]):
    """The notices, oldest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NOTICES)]
    TITLE = N_("通知")
    LABEL = N_("打字找")
    HINT = N_("什么事、范围、部门")

    class Change(Message):
        """Another change is to be registered."""

    class Paste(Message):
        """The text for the groups is wanted."""

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        self.dues: Mapping[str, datetime] = {}  # when the clock of each runs out

    def name_of(self, item: "Notice") -> str:
        """A notice by its number."""
        return item.number

    def action_change(self) -> None:
        """F9."""
        self.post_message(self.Change())

    def action_paste(self) -> None:
        """Its key."""
        self.post_message(self.Paste())

    def row(self, item: "Notice", width: int) -> Line:  # noqa: ARG002 - the line is cut anyway
        """Subject, where, until when, whose, whether the department has told, how many asked."""
        desk = console(self).desk
        until = clock(item.ends, desk.zone, desk.now()) if item.ends else _("未定")
        return line(
            (fit(_(item.subject), SUBJECT), "strong"),
            (fit(item.scope or _("全小区"), 15), ""),
            (_("至 {time}").format(time=fit(until, 12)), ""),
            (fit(department(item.department), DEPARTMENT), ""),
            (fit(self._told(item), 16), "late" if item.late else "" if item.reported else "soon"),
            (_("问过 {n}").format(n=item.asked), ""),
        )

    def _told(self, item: "Notice") -> str:
        """Reported; or how much of the department's four hours is left."""
        if item.reported:
            return _("该问是否恢复") if item.late else _("部门已报")
        due = self.dues.get(item.number)
        if due is None:
            return _("部门未报")
        now = console(self).desk.now()
        word = _("未报") if is_late(due, now) else _("待报")
        return f"{word} {left(due, now).strip()}"

    def more(self, item: "Notice", width: int) -> list[Line]:
        """The words to read out, and those to paste."""
        paste = item.paste or keyed(_("没有写：按 F8 选「更新」补上"))
        answer = item.answer if item.reported else _("{text}（部门未报）").format(text=item.text)
        shown = [line((f" {item.number}", "title"), ground="title")]
        shown += entry(_(" 回答"), answer, width, role="strong")
        return [*shown, *entry(_(" 群发"), paste, width, role="" if item.paste else "dim")]


def department(code: str) -> str:
    """The word of a department."""
    from wuye_tui.rules.orders import DEPARTMENTS  # not needed for the first paint

    return _(dict(DEPARTMENTS).get(code, code))


def speaks_of(item: "Notice", typed: str) -> bool:
    """Whether what was typed means the notice."""
    said = f"{_(item.subject)} {item.scope} {department(item.department)} {item.text} {item.say}"
    return all(word in f"{said} {item.number}".casefold() for word in typed.casefold().split())
