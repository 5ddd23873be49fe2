"""The three large choices of the night: a call came in, I go out to a job, what is open (KF-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import BindingType
from textual.message import Message

from screens.commands import NIGHT, bindings
from screens.widgets.painted import Line, Painted, cut, line
from wuye_tui.rules.money import yuan
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_nights import Board

CALL, OUT, OPEN, BACK = "call", "out", "open", "back"
TALL: Final = 13  # lines from which on each choice has air around it


class NightBoard(Painted, can_focus=True):
    """The choices, each with what it leads to; one digit takes one."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NIGHT)]
    DEFAULT_CSS = "NightBoard { height: 1fr; }"

    @dataclass
    class Chosen(Message):
        """One of the choices was taken."""

        choice: str

    class Left(Message):
        """Esc: to the slips."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._board: Board | None = None
        self._now: datetime | None = None
        self._zone: tzinfo = UTC
        self._place = 0

    @property
    def choices(self) -> Sequence[str]:
        """What can be chosen now; whoever is out comes back first."""
        out = self._board is not None and self._board.away is not None
        return (BACK, CALL, OPEN) if out else (CALL, OUT, OPEN)

    def load(self, board: "Board", now: datetime, zone: tzinfo) -> None:
        """Takes the night as it was just read."""
        before = self.choices
        self._board, self._now, self._zone = board, now, zone
        if self.choices != before:
            self._place = 0  # whoever went out, or is back, finds the first
        self.paint()

    def action_night(self, n: int) -> None:
        """The n-th choice, by its digit."""
        self._place = n - 1
        self.action_taken()

    def action_shift(self, way: int) -> None:
        """The next one up or down."""
        self._place = (self._place + way) % len(self.choices)
        self.paint()

    def action_taken(self) -> None:
        """Enter: the one of the cursor."""
        self.paint()
        self.post_message(self.Chosen(self.choices[self._place]))

    def action_night_left(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another height has more air or less."""
        self.paint()

    def focus_changed(self) -> None:
        """The cursor is plain to see while the keys go here."""
        self.paint()

    def paint(self) -> None:
        """Shows it as it stands."""
        board = self._board
        if board is None:
            return
        width, air = self.size.width, self.size.height >= TALL
        shown = [cut(self._head(board), width)]
        for n, choice in enumerate(self.choices):
            here = n == self._place
            ground = ("cursor" if self.has_focus else "kept") if here else "plain"
            words, about = self._words(choice, board)
            block = [
                line(f"{'>' if here else ' '} {n + 1}  ", (words, "" if here else "strong"),
                     ground=ground),
                line("     ", (about, "" if here else "dim"), ground=ground),
            ]  # fmt: skip
            blank = [line(ground=ground)] if air else []
            shown += [line(), *blank, *(cut(one, width) for one in block), *blank]
        self.show([*shown, *(line() for _n in range(max(0, self.size.height - len(shown))))])

    def _head(self, board: "Board") -> Line:
        until = board.until.astimezone(self._zone).strftime("%H:%M") if board.until else ""
        told = _(" 夜班，到 {until}  ").format(until=until)
        if board.away is None:
            return line((told, "title"), (_("电话在前台"), ""), ground="title")
        since = board.away.since.astimezone(self._zone).strftime("%H:%M")
        out = _("{since} 出去，电话转在 {phone}").format(since=since, phone=board.away.phone)
        return line((told, "title"), (out, "late"), ground="title")

    def _words(self, choice: str, board: "Board") -> tuple[str, str]:
        if choice == CALL:
            return _("来电话了"), _("打一句话：哪一户、什么事；回车，选怎么办")
        if choice == OUT:
            return _("我出去干活"), _("选一张单；没接的同时接单；记下电话转到哪里")
        if choice == BACK:
            matter = board.away.matter if board.away else ""
            told = _("电话转回前台；{number} 接着按 F7 办").format(number=matter)
            return _("我回来了"), told if matter else _("电话转回前台")
        parts = [_("没办完的单 {n} 张").format(n=board.open)]
        parts.append(_("留到早上的来电 {n} 个").format(n=board.left))
        if board.cash_fen:
            parts.append(_("代收现金 {yuan} 元").format(yuan=yuan(board.cash_fen)))
        return _("还有什么没办"), "  ".join(parts)
