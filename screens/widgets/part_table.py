"""The queue where more is open than is read: of a part, also what lies behind the rows of all.

Where everything that is open was read, which is nearly always, it is the plain table.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from screens.commands import keyed
from screens.widgets.painted import Line, Span, cut, line
from screens.widgets.queue_table import QueueTable
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_dispatch import Reached
    from wuye_tui.registers.queue import QueueRow


class PartTable(QueueTable):
    """The table with the rows of a part, and the counts of the register."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._read: Sequence[QueueRow] = ()
        self.reached: Reached | None = None

    def load(self, rows: "Sequence[QueueRow]", now: datetime, zone: tzinfo) -> None:
        """Takes the queue as it was just read; what was reached behind it stays."""
        self._read = rows
        known = {row.number for row in rows}
        behind = self.reached.rows if self.reached else ()
        super().load([*rows, *(row for row in behind if row.number not in known)], now, zone)

    def reach(self, found: "Reached | None") -> None:
        """Takes what the register says of the part that is looked at; None: all was read."""
        if found != self.reached:
            self.reached = found
            if self._now is not None:
                self.load(self._read, self._now, self._zone)

    @property
    def _above(self) -> int:
        return 2 if self.reached is not None else super()._above

    def _head(self) -> list[Line]:
        """As of the plain table, in numbers of the register."""
        known = self.reached
        if known is None:
            return super()._head()
        parts: list[str | Span] = [" ", (self._counted(known), "strong"), "  "]
        if self._ticked:
            told = keyed(_("勾了 {n} 张，F7 一起办"))
            parts += [(told.format(n=len(self._ticked)), "strong"), "  "]
        if self._ticked or self.is_narrowed:
            free = _("不勾了") if self._ticked else _("全部显示")
            parts += [("Esc ", "key"), (free, "dim")]
        return [cut(line(*parts), max(10, self.size.width))]

    def _counted(self, known: "Reached") -> str:
        words = " ".join(filter(None, (self._part_word, self._filter.strip())))
        if self._filter.strip():
            told = _("只看 {words}：列出的里面有 {n} 张，共 {all} 张；全部的按 Ctrl+F 找")
            return told.format(words=words, n=len(self.matching), all=known.open)
        n = max(known.of_part, len(self.matching))
        if self._part is None:
            told = keyed(_("只列最先到期的 {n} 张，共 {all} 张；看其余的按 F10 打「只看」"))
            return told.format(n=len(self.every), all=known.open)
        if n > len(self.matching):
            told = _("只看 {words}：{n} 张，列出 {listed} 张，共 {all} 张")
            return told.format(words=words, n=n, listed=len(self.matching), all=known.open)
        told = _("只看 {words}：{n} 张，共 {all} 张")
        return told.format(words=words, n=n, all=known.open)
