"""A list to choose from by arrows, digits, words or initials: steps and commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from screens.commands import CHOOSE, bindings
from screens.initials import begin
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, Span, cut, fit, line
from wuye_tui.rules.text import Field
from wuye_tui.words import _

LEAST_WORDS, MOST_WORDS = 22, 32  # cells for the words of an option
TEN = 10  # options of which the last one is 0


@dataclass(frozen=True)
class Option:
    """One thing to choose: its words, a remark, the key or clause that belongs to it.

    `also` are words that it is found by besides.
    """

    id: str
    words: str
    note: str = ""
    mark: str = ""
    also: str = ""

    def matches(self, typed: str) -> bool:
        """Whether what was typed means it: its words, their initials, or its English name."""
        found = typed.casefold().replace(" ", "")
        name = self.id.replace("/", ":").rpartition(":")[2].replace("_", "")
        return name.startswith(found) or any(
            _means(words, found) or begin(words, found) for words in (self.words, self.also)
        )


def _means(words: str, found: str) -> bool:
    """Whether the words hold what was typed; Latin letters from the beginning of a word only, or
    the initials of one thing would find half of the English of another.
    """
    parts = words.casefold().split()
    if not found.isascii() or not found.isalpha():
        return found in "".join(parts)
    return any("".join(parts[n:]).startswith(found) for n in range(len(parts)))


class Choose(Vertical):
    """The list with a line to type into."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOOSE)]

    @dataclass
    class Chosen(Message):
        """Somebody chose this; `list` says from which list. An empty `id`: only what was typed."""

        list: str
        id: str
        typed: str

    @dataclass
    class Typed(Message):
        """Other words stand in the line of this list."""

        list: str

    class Cancelled(Message):
        """Nothing was chosen."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._title = ""
        self._list = ""
        self._options: Sequence[Option] = ()
        self._place = 0
        self._numbers = False
        self._nothing = ""
        self._absent: Sequence[Option] = ()
        self._takes_words = False  # whether what is none of the options is an answer too

    def compose(self) -> ComposeResult:
        """Title, line, list."""
        yield Painted(line(), id="choose-title")
        with Horizontal(id="choose-line"):
            yield Painted(line((_(" 打字找 "), "label")), id="choose-label")
            yield CjkInput(id="choose-typed", field=Field.SEARCH)
        yield Painted(id="choose-list")

    @property
    def list_id(self) -> str:
        """Which list is offered, as `Chosen` says it."""
        return self._list

    @property
    def field(self) -> CjkInput:
        """The line to type into."""
        return self.query_one(CjkInput)

    def offer(
        self,
        list_id: str,
        title: str,
        options: Sequence[Option],
        numbers: bool = False,
        nothing: str = "",
        absent: Sequence[Option] = (),
    ) -> None:
        """Offers these; `numbers`: a digit chooses at once; `nothing` is said when none is
        left, and then the words that were typed are an answer; without it they are none.
        `absent` is what is not offered, with the reason for its note: said to whoever types it.
        """
        self._list, self._title, self._options, self._numbers = list_id, title, options, numbers
        self._absent = absent
        self._takes_words = bool(nothing)
        self._nothing = f"  {nothing}" if nothing else _("  没有这样的，请换个字。")
        self._place = 0
        self.field.value = ""
        hint = _("数字、汉字或拼音首字母") if numbers else _("汉字、拼音首字母或英文")
        self.field.placeholder = hint
        self._paint()

    @property
    def offered(self) -> list[Option]:
        """Those that what was typed leaves."""
        typed = self.field.value.strip()
        if self._numbered() is not None:
            return list(self._options)
        return [one for one in self._options if one.matches(typed)]

    @property
    def _missed(self) -> list[Option]:
        """What was typed, and is not offered."""
        typed = self.field.value.strip()
        found = [one for one in self._absent if typed and one.matches(typed)]
        return [] if self.offered else found

    def _numbered(self) -> int | None:
        """The place of the option whose number is typed, if it is one."""
        typed = self.field.value.strip()
        if not (self._numbers and typed.isdecimal()):
            return None
        number = int(typed)
        if len(self._options) == TEN and typed == "0":  # so that no digit has to wait for another
            number = TEN
        return number - 1 if 0 < number <= len(self._options) else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Fewer options with every character; one digit is a choice."""
        event.stop()
        self.post_message(self.Typed(self._list))
        self._place = 0
        place = self._numbered()
        if place is not None:
            self._place = place
            many = len(self._options)
            if many == TEN or (place + 1) * TEN > many:  # no longer number begins like this
                self._choose(self._options[place])
                return
        self._paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.action_chosen()

    def action_pick(self, way: int) -> None:
        """The next one up or down."""
        offered = self.offered
        if offered:
            self._place = (self._place + way) % len(offered)
            self._paint()

    def action_chosen(self) -> None:
        """Enter: the highlighted one."""
        offered = self.offered
        if offered:
            self._choose(offered[min(self._place, len(offered) - 1)])
        elif missed := self._missed:
            self._choose(missed[0])
        elif self._takes_words and self.field.value.strip():
            self.post_message(self.Chosen(self._list, "", self.field.value.strip()))

    def action_cancel(self) -> None:
        """None of them."""
        self.post_message(self.Cancelled())

    def _choose(self, option: Option) -> None:
        self.post_message(self.Chosen(self._list, option.id, self.field.value))

    def on_resize(self) -> None:
        """Another height shows others."""
        self._paint()

    def _paint(self) -> None:
        self.query_one("#choose-title", Painted).show(
            [line((f" {self._title}", "title"), ground="title")]
        )
        offered = self.offered
        seats = max(1, self.size.height - 2)
        first = max(0, min(self._place - seats // 2, len(offered) - seats))
        seen = list(enumerate(offered))[first : first + seats]
        shown = [self._line(option, here=n == self._place) for n, option in seen]
        nothing = [self._refused(one) for one in self._missed] or [line((self._nothing, "dim"))]
        self.query_one("#choose-list", Painted).show(shown or nothing)

    def _refused(self, option: Option) -> Line:
        """One that is not offered, and why."""
        words = (f"  {option.words}  ", "strong")
        whole = line(words, (option.note, "soon"), (f"  {option.mark}", "key"))
        return cut(whole, max(LEAST_WORDS, self.size.width))

    def _line(self, option: Option, here: bool) -> Line:
        """One option; the mark before the one that Enter takes is there without colour too."""
        widest = max(len(one.mark) for one in self._options)
        cells = min(MOST_WORDS, max(cell_len(one.words) for one in self._options))
        number = self._options.index(option) + 1
        digits = 0 if number == TEN == len(self._options) else number
        label = f"{digits:>2} " if self._numbers else " "
        note: Span = (f"  {option.note}", "" if here else "dim")
        words = (fit(option.words, max(LEAST_WORDS, cells)), "" if here else "strong")
        mark = (f" {option.mark:<{widest}} ", "" if here else "key")
        ground = "cursor" if here else "plain"
        whole = line(f"{'>' if here else ' '}{label}", words, mark, note, ground=ground)
        return cut(whole, max(LEAST_WORDS, self.size.width))
