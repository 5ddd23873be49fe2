"""The directory: the numbers at hand, filtered as one types, with those that are to be tried."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import NUMBERS, bindings, keyed
from screens.widgets.listing import Listing
from screens.widgets.painted import Line, entry, fit, line
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.directory import Entry

WIDE = 100  # cells; a narrower list leaves out the group


class NumberList(Listing["Entry"]):
    """The entries in the office's own order."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NUMBERS)]
    TITLE = N_("通讯录")
    LABEL = N_("打字找")
    HINT = N_("汉字、拼音首字母或号码")

    class Tried(Message):
        """The number of the cursor was tried just now, and it is right."""

    class Edit(Message):
        """The entry of the cursor is to be changed."""

    def name_of(self, item: "Entry") -> str:
        """An entry by its name."""
        return item.name

    def action_tried(self) -> None:
        """F9."""
        self.post_message(self.Tried())

    def action_use(self) -> None:
        """Enter in the line."""
        self.action_edit()

    def action_edit(self) -> None:
        """Enter."""
        self.post_message(self.Edit())

    def row(self, item: "Entry", width: int) -> Line:
        """Name, number, second number, hours, and when it was tried last."""
        group = [(fit(_(item.group_word), 10), "dim")] if width >= WIDE else []
        return line(
            *group,
            (fit(item.name, 15), "strong"),
            (fit(item.phone, 14), "key"),
            (fit(item.second, 14), ""),
            (fit(item.hours, 14), "dim"),
            (f" {self._tried(item)}", "soon" if item.stale else "dim"),
        )

    def _tried(self, item: "Entry") -> str:
        if item.checked is None:
            return _("全国统一") if item.national else _("未核对过")
        day = f"{item.checked:%Y-%m-%d}"
        return _("{day} 待核").format(day=day) if item.stale else day

    def more(self, item: "Entry", width: int) -> list[Line]:
        """What it is for, the note, and who tried it."""
        tried = _("{by} {day} 打过，是对的").format(by=item.by, day=item.checked)
        if not item.checked:
            tried = keyed(_("还没有人核对过，打通后按 F9 记下"))
        if item.national and not item.checked:
            tried = _("全国统一的号码，不用核对")
        note = " ".join(part for part in (_(item.group_word), item.note) if part)
        shown = [line((f" {item.name}", "title"), ground="title")]
        return [*shown, *entry(_(" 说明"), note, width), *entry(_(" 核对"), tried, width)]
