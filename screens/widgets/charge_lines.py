"""The field of a form for charge lines with their sum."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from textual import events
from textual.app import ComposeResult

from screens.widgets.answers import Answered, Done
from screens.widgets.painted import Line, Painted, line
from screens.widgets.picks import Pick, PickAnswer
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import line_total, parse_yuan, yuan
from wuye_tui.words import _

_SIGNS = str.maketrans("＝＊", "=*")  # as an input method writes them


class LinesAnswer(PickAnswer):
    """Charge lines, added one by one, with their sum: SX-01, SX-01*2, 软管=15.

    What is being typed counts as soon as it can be read, and stands under the lines with what it
    comes to: the sum that is shown is the sum that is saved.
    """

    def __init__(self, picks: Sequence[Pick], hint: str = "") -> None:
        super().__init__(picks, hint or _("编号或名称，回车加一项；空着按退格键去掉末项"))
        self._lines: list[str] = []
        self._taken_out = ""

    def compose(self) -> ComposeResult:
        """The lines so far, then the line to type the next one into."""
        yield Painted(classes="lines")
        yield from super().compose()

    @property
    def _typed(self) -> str:
        return self.field.value.translate(_SIGNS).strip()

    @property
    def answer(self) -> Any:
        """The lines, what is still typed included."""
        typed = self._typed
        return [*self._lines, *([typed] if typed else [])]

    @property
    def doubt(self) -> str:
        """Why it cannot be saved like this: something that is no charge line. "" if it can."""
        read = [_priced(one, self._picks) for one in self.answer]
        unread = next((words for words, _fen, n in read if n is None), "")
        told = _("「{words}」不是收费项目：选一项，或写成 软管=15；不要它就去掉。")
        return told.format(words=unread) if unread else ""

    def put(self, answer: Any) -> None:
        """Shows these lines; a last one that cannot be read goes back to where it was typed."""
        self._lines = [str(one) for one in answer or ()]
        if self._lines and _priced(self._lines[-1], self._picks)[2] is None:
            self.field.value = self._lines.pop()
            self.field.cursor_position = len(self.field.value)
        self._paint()

    @property
    def left(self) -> list[Pick]:
        """The items that are meant by what stands before the star."""
        return [] if "=" in self._typed else self._meant(self._typed.partition("*")[0].strip())

    def _enter(self) -> None:
        """Adds what is typed; on an empty line it goes on."""
        typed = self._typed
        if not typed and not self._is_marked:
            self.post_message(Done(self))
            return
        if "=" not in typed:
            meant = self._settled()
            if meant is None:
                return
            _words, star, count = typed.partition("*")
            typed = f"{meant.code}{star}{count}"
        if _priced(typed, self._picks)[2] is None:
            return
        self._lines.append(typed)
        self._place = -1
        self._taken_out = ""
        self.field.value = ""
        self._paint()
        self.post_message(Answered(self))

    def on_key(self, event: events.Key) -> None:
        """Backspace on an empty line takes the last one out, and says so."""
        if event.key == "backspace" and not self.field.value and self._lines:
            event.stop()
            self._taken_out = _priced(self._lines.pop(), self._picks)[0]
            self._paint()
            self.post_message(Answered(self))

    def settle(self) -> None:
        """Only Enter adds what is highlighted."""
        self._place = -1

    def _leave(self) -> None:
        """Nor does leaving the field."""
        self._place = -1
        self._taken_out = ""

    def _paint(self) -> None:
        super()._paint()
        shown = [_line(*_priced(one, self._picks)) for one in self._lines]
        typed = self._typed
        words, fen, n = _priced(typed, self._picks)
        if typed and (n is not None or any(mark in typed for mark in "=*")):
            shown.append(_line(words, fen, n, _("  正在打的这一项也算") if n is not None else ""))
        if self._taken_out:
            shown.append(line((_(" 去掉了 {words}").format(words=self._taken_out), "soon")))
        if shown:
            whole = sum(_priced(one, self._picks)[2] or 0 for one in self.answer)
            total = _("合计 {yuan}元").format(yuan=yuan(whole))
            shown.append(line((f" {total}", "strong")))
        self.query_one(".lines", Painted).show(shown)


def _line(words: str, fen: str, n: int | None, more: str = "") -> Line:
    return line(f" {words}", (f"  {fen}", "" if n is not None else "late"), (more, "dim"))


def _priced(typed: str, picks: Sequence[Pick]) -> tuple[str, str, int | None]:
    """A charge line in words, what it comes to in words and in fen; None while it is none."""
    what, equals, amount = typed.rpartition("=")
    try:
        if equals:
            fen = parse_yuan(amount)
            return what, yuan(fen), fen
        code, _star, count = typed.partition("*")
        item = next(pick for pick in picks if pick.code.casefold() == code.strip().casefold())
        fen = line_total(item.price, Decimal(count.strip() or "1"))
        return f"{item.words} x{count.strip() or 1}", yuan(fen), fen
    except (UsageError, StopIteration, InvalidOperation, ValueError, OverflowError):
        return typed, _("看不懂，这样不能保存"), None
