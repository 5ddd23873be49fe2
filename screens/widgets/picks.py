"""The field of a form where somebody or something is picked from a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.errors import NoWidget
from textual.widgets import Input

from screens.widgets.answers import Answered, Done
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, line
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
    """One of many: typed by code or words, or picked from the list below with the arrows.

    Only what is in sight is picked: where the list has no room, the arrows are the form's. To
    leave the field takes what is highlighted if something was typed, and otherwise nothing.
    """

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
        self._room = SEEN + 1  # lines that the list may take

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

    @property
    def doubt(self) -> str:
        """Why what is typed cannot be saved, as far as the field itself can tell; "" if it can."""
        return ""

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
        if self.field.value.strip() or self._is_marked:
            meant = self._settled()
            if meant is None:
                return
            self._take(meant)
        self.post_message(Done(self))

    def _settled(self) -> Pick | None:
        """The one that is meant; where several may be, the first is offered."""
        left = self.left
        exact = [p for p in self._picks if p.code == self._exact()]
        found = left[self._place : self._place + 1] if self._is_marked else exact or left
        if len(found) == 1:
            return found[0]
        self._place = 0 if left else -1
        self._paint()
        return None

    def action_pick(self, way: int) -> None:
        """The next one up or down; from the head of the list up to where nothing is highlighted.

        The key is the form's where there is nothing to pick in that direction.
        """
        left = self.left
        if not left or not self._in_sight or (self._place < 0 and way < 0):
            raise SkipAction
        self._place = -1 if self._place + way < 0 else (self._place + way) % len(left)
        self._paint()

    @property
    def _in_sight(self) -> range:
        """Which lines of the list are to be seen now."""
        try:
            found = self.screen.find_widget(self.query_one(".picks", Painted))
        except NoWidget:
            return range(0)
        seen = found.visible_region
        top = seen.y - found.region.y
        return range(top, top + seen.height)

    @property
    def _is_marked(self) -> bool:
        """Whether one is highlighted, and whoever sits here sees it."""
        return 0 <= self._place < len(self.left) and self._place - self._first in self._in_sight

    @property
    def _is_typed(self) -> bool:
        """Whether there are words that were not put there by a pick."""
        typed = self.field.value.strip()
        return bool(typed) and not (self._picked and typed == self._picked.words)

    def fit(self, lines: int) -> None:
        """Lists no more than has room where the whole field may take so many lines."""
        room = max(0, min(SEEN + 1, lines - 1))
        if room != self._room:
            self._room = room
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
        """Takes what is highlighted, or the only one that is left of what is typed."""
        left = self.left if self._is_typed and not self._exact() else []
        if self._is_marked:
            self._take(self.left[self._place])
        elif len(left) == 1:
            self._take(left[0])
        self._place = -1

    def _leave(self) -> None:
        """What was highlighted counts, if it was looked for by typing."""
        if self._is_typed and self._is_marked:
            self._take(self.left[self._place])
        self._place = -1

    def _take(self, pick: Pick | None, otherwise: str = "") -> None:
        self._picked = pick
        self._place = -1
        self.field.value = pick.words if pick else otherwise
        self.field.cursor_position = len(self.field.value)

    @property
    def _seats(self) -> int:
        """How many picks have room."""
        many = len(self.left)
        most = min(SEEN, self._room)
        return most - 1 if many > most == self._room > 1 else most

    @property
    def _first(self) -> int:
        """The place of the uppermost pick that is listed."""
        seats = self._seats
        return max(0, min(self._place - min(2, seats - 1), len(self.left) - seats))

    def _paint(self) -> None:
        shown = self._listed() if self.has_focus_within else []
        self.query_one(".picks", Painted).show(shown)

    def _listed(self) -> list[Line]:
        left, first, seats = self.left, self._first, self._seats
        shown: list[Line] = []
        for n, pick in list(enumerate(left))[first : first + seats]:
            here = n == self._place
            note = (f"  {pick.note}", "" if here else "dim")
            words = f"{'>' if here else ' '} {pick.words}"
            shown.append(line(words, note, ground="cursor" if here else "plain"))
        if len(left) > seats and self._room > 1:
            more = _("  共 {n} 个，接着打字会少下去").format(n=len(left))
            shown.append(line((more, "dim")))
        if not left and (self.field.value or not self._picks):
            shown.append(line((f"  {self._nothing}", "dim")))
        return shown


def _names(pick: Pick) -> set[str]:
    return {pick.code.casefold(), pick.words.casefold(), *pick.words.casefold().split()}
