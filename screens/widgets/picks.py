"""The fields of a form where something is picked: somebody, an item, or charge lines with a sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from screens.widgets.answers import Answered, Done
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, line
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.money import line_total, parse_yuan, yuan
from wuye_tui.rules.pinyin import typed_key
from wuye_tui.rules.text import Field
from wuye_tui.words import _

SEEN = 6  # picks in sight


@dataclass(frozen=True)
class Pick:
    """Something to pick: what is saved, what is shown, what it is found by, what it costs."""

    code: str
    words: str
    note: str = ""
    found_by: str = ""
    price: int = 0

    def matches(self, typed: str) -> bool:
        """Whether what was typed may mean it: code or words; what it is found by, of Latin letters
        from the beginning only, or the initials of one would find the middle of another.
        """
        plain = typed.casefold()
        if plain in f"{self.code} {self.words}".casefold():
            return True
        keys, latin = self.found_by.casefold().split(), typed_key(typed)
        return any(key.startswith(latin) if latin else plain in key for key in keys)


class PickAnswer(Vertical):
    """One of many: typed by code or words, or picked from the list below with the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "pick(-1)", show=False),
        Binding("down", "pick(1)", show=False),
    ]

    def __init__(self, picks: Sequence[Pick], hint: str = "", nothing: str = "") -> None:
        super().__init__()
        self._picks = picks
        self._hint = hint
        self._nothing = nothing or _("名单里没有，请换个字")
        self._picked: Pick | None = None
        self._place = -1

    def compose(self) -> ComposeResult:
        """The line, and the list under it while it is in use."""
        yield CjkInput(field=Field.SEARCH, placeholder=self._hint)
        yield Painted(classes="picks")

    @property
    def field(self) -> CjkInput:
        """The line to type into."""
        return self.query_one(CjkInput)

    @property
    def values(self) -> frozenset[str]:
        """The codes that can be picked."""
        return frozenset(pick.code for pick in self._picks)

    @property
    def answer(self) -> Any:
        """The code that was picked; or what is typed, if it was not picked."""
        return self._exact() or self.field.value.strip()

    def _exact(self) -> str:
        """The code of the one whose code or name is typed in full."""
        typed = self.field.value.partition("*")[0].strip()
        if self._picked and typed == self._picked.words:
            return self._picked.code
        exact = [p for p in self._picks if typed and typed.casefold() in _names(p)]
        return exact[0].code if len(exact) == 1 else ""

    def put(self, answer: Any) -> None:
        """Picks this code."""
        self._take(next((pick for pick in self._picks if pick.code == answer), None), str(answer))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Typed: fewer picks are left."""
        event.stop()
        self._place = -1
        self._paint()
        self.post_message(Answered(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self._enter()

    def _enter(self) -> None:
        """Takes the highlighted one, or the only one that is left; otherwise asks which."""
        if self.field.value.strip() or self._place >= 0:
            meant = self._settled()
            if meant is None:
                return
            self._take(meant)
        self.post_message(Done(self))

    def _settled(self) -> Pick | None:
        """The one that is meant; where several may be, the first is offered."""
        left = self.left
        exact = [p for p in self._picks if p.code == self._exact()]
        found = left[self._place : self._place + 1] if self._place >= 0 else exact or left
        if len(found) == 1:
            return found[0]
        self._place = 0 if left else -1
        self._paint()
        return None

    def action_pick(self, way: int) -> None:
        """The next one up or down."""
        if self.left:
            start = self._place if self._place >= 0 else -1 if way > 0 else 0
            self._place = (start + way) % len(self.left)
            self._paint()

    @property
    def left(self) -> list[Pick]:
        """The picks that what is typed leaves; all of them with nothing typed."""
        typed = self.field.value.strip()
        if not typed or (self._picked and typed == self._picked.words):
            return list(self._picks)
        return self._meant(typed)

    def _meant(self, typed: str) -> list[Pick]:
        return [pick for pick in self._picks if pick.matches(typed)]

    def on_descendant_focus(self) -> None:
        """The list is there while the field is in use."""
        self._place = -1
        self._paint()

    def on_descendant_blur(self) -> None:
        """And makes room when it is not."""
        self._leave()
        self._paint()

    def settle(self) -> None:
        """Takes what is highlighted, as leaving the field does; or the only one that is left."""
        self._leave()
        left = self.left if self.field.value.strip() and not self._exact() else []
        if len(left) == 1:
            self._take(left[0])

    def _leave(self) -> None:
        """What was highlighted counts."""
        if self._place >= 0 and self.left:
            self._take(self.left[self._place])

    def _take(self, pick: Pick | None, otherwise: str = "") -> None:
        self._picked = pick
        self._place = -1
        self.field.value = pick.words if pick else otherwise
        self.field.cursor_position = len(self.field.value)

    def _paint(self) -> None:
        shown: list[Line] = []
        if self.has_focus_within:
            left = self.left
            first = max(0, min(self._place - 2, len(left) - SEEN))
            for n, pick in list(enumerate(left))[first : first + SEEN]:
                here = n == self._place
                note = (f"  {pick.note}", "" if here else "dim")
                words = f"{'>' if here else ' '} {pick.words}"
                shown.append(line(words, note, ground="cursor" if here else "plain"))
            if len(left) > SEEN:
                more = _("  共 {n} 个，接着打字会少下去").format(n=len(left))
                shown.append(line((more, "dim")))
            if not left and (self.field.value or not self._picks):
                shown.append(line((f"  {self._nothing}", "dim")))
        self.query_one(".picks", Painted).show(shown)


class LinesAnswer(PickAnswer):
    """Charge lines, added one by one, with their sum: SX-01, SX-01*2, 软管=15."""

    def __init__(self, picks: Sequence[Pick], hint: str = "") -> None:
        super().__init__(picks, hint)
        self._lines: list[str] = []

    def compose(self) -> ComposeResult:
        """The lines so far, then the line to type the next one into."""
        yield Painted(classes="lines")
        yield from super().compose()

    @property
    def answer(self) -> Any:
        """The lines, what is still typed included."""
        typed = self.field.value.strip()
        return [*self._lines, *([typed] if typed else [])]

    def put(self, answer: Any) -> None:
        """Shows these lines."""
        self._lines = [str(one) for one in answer or ()]
        self._paint()

    @property
    def left(self) -> list[Pick]:
        """The items that are meant by what stands before the star."""
        typed = self.field.value.partition("*")[0].strip()
        return [] if "=" in self.field.value else self._meant(typed)

    def _enter(self) -> None:
        """Adds what is typed; on an empty line it goes on."""
        typed = self.field.value.strip()
        if not typed and self._place < 0:
            self.post_message(Done(self))
            return
        if "=" not in typed:
            meant = self._settled()
            if meant is None:
                return
            _words, star, count = typed.partition("*")
            typed = f"{meant.code}{star}{count}"
        self._lines.append(typed)
        self._place = -1
        self.field.value = ""
        self._paint()
        self.post_message(Answered(self))

    def on_key(self, event: events.Key) -> None:
        """Backspace on an empty line takes the last one out."""
        if event.key == "backspace" and not self.field.value and self._lines:
            event.stop()
            self.field.value = self._lines.pop()
            self._paint()
            self.post_message(Answered(self))

    def settle(self) -> None:
        """What is typed is saved as it stands."""
        self._leave()

    def _leave(self) -> None:
        """What was highlighted is only added by Enter."""
        self._place = -1

    def _paint(self) -> None:
        super()._paint()
        parsed = [_priced(one, self._picks) for one in self._lines]
        shown = [line(f" {words}", (f"  {fen}", "")) for words, fen, _n in parsed]
        if shown:
            total = _("合计 {yuan}元").format(yuan=yuan(sum(n for _w, _f, n in parsed)))
            shown.append(line((f" {total}", "strong")))
        self.query_one(".lines", Painted).show(shown)


def _names(pick: Pick) -> set[str]:
    return {pick.code.casefold(), pick.words.casefold(), *pick.words.casefold().split()}


def _priced(typed: str, picks: Sequence[Pick]) -> tuple[str, str, int]:
    """A charge line in words, what it comes to in words and in fen; 0 while it makes no sense."""
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
        return typed, _("看不懂，请按退格键改"), 0
