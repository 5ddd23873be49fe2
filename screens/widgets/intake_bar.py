"""The one-line intake: what the caller says, typed as it is said, and read back as fields."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from screens import asking_calls
from screens.base import console
from screens.commands import LINE, bindings
from screens.line_doubts import line_doubt
from screens.line_words import HINT, choices, joinable, no_join, question, understood_lines
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Line, Painted, line
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.widgets.ringing_strip import Caller
    from wuye_tui.registers.meaning import Proposal

PAUSE = 0.08  # seconds without a key before the line is read


class IntakeBar(Vertical):
    """The line and, under it, two lines of what was understood.

    It writes nothing: `Submitted` hands the proposal to the screen, which acts.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LINE)]

    class Typed(Message):
        """The line has changed."""

    class Read(Message):
        """The line has been understood, as far as it can be."""

    class Left(Message):
        """To what lies below."""

    class Raised(Message):
        """To what stands above."""

    class Answered(Message):
        """The caller was answered in the words of a notice."""

    @dataclass
    class Turned(Message):
        """Another page of the unit's card."""

        way: int

    @dataclass
    class Submitted(Message):
        """The line is to be written down; `join` names the open slip it belongs to, if any."""

        proposal: "Proposal"
        join: str = ""

    @dataclass
    class Refused(Message):
        """The line cannot be taken as it is."""

        sentence: str
        clause: str = ""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.picked = ""
        self.items: Mapping[str, str] = {}
        self._asks_notice = False
        self._caller: Caller | None = None  # the call in hand
        self.proposal: Proposal | None = None
        self._choice = 0
        self._fault = ""
        self._entering = False  # an Enter is under way
        self._filled = ""  # what the program, and nobody's hand, has put into the line last
        self._doubted = ""  # words that Enter did not take at once: they were asked about
        self._back = ""  # words that came back by themselves after a call was put over them

    def compose(self) -> ComposeResult:
        """Label and line, and the reading."""
        with Horizontal():
            yield Painted(line((_(" 来电 "), "strong")), id="line-label")
            yield CjkInput(id="line", placeholder=_(HINT))
        yield Painted(line(), line(), id="understood")

    @property
    def field(self) -> CjkInput:
        """The line itself."""
        return self.query_one("#line", CjkInput)

    def price(self, items: Mapping[str, str]) -> None:
        """The tariff as it is shown; what was read before it was known is shown anew."""
        if items != self.items:
            self.items = items
            self._paint()

    def hear(self, caller: "Caller | None") -> None:
        """Whose call it is: the reading shows what will be written down."""
        if caller != self._caller:
            self._caller = caller
            self._paint()

    @property
    def words(self) -> str:
        """What is typed."""
        return self.field.value

    @property
    def asks_notice(self) -> bool:
        """Whether the line asks about a notice in force, so that F9 counts the answer."""
        return self._asks_notice

    def ask_notice(self, asks: bool) -> None:
        """Says whether it does."""
        if asks != self._asks_notice:
            self._asks_notice = asks
            self._paint()

    @property
    def is_read(self) -> bool:
        """Whether the reading is that of the words as they stand."""
        return self.proposal is not None and self.proposal.understood.line == self.words

    @property
    def unknown_room(self) -> str:
        """The room as it is written in the line, where there is no such unit; otherwise empty."""
        if self.proposal is None or not self.is_read or "unknown_unit" not in self.proposal.asks:
            return ""
        from wuye_tui.rules.units_text import What  # not needed for the first paint

        said = next(iter(self.proposal.understood.said(What.ROOM)), "")
        return said if said and said in self.words else ""

    def fill(self, words: str) -> None:
        """Puts words there that nobody has typed just now."""
        self._filled = self.field.value = words

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody has typed what stands there, or a part of it."""
        return self.words != self._filled

    @property
    def is_back(self) -> bool:
        """Whether what stands there came back by itself, and nobody has gone on with it yet: the
        keys still mean the call that was put over it.
        """
        return bool(self._back) and self.words == self._back

    def come_back(self) -> None:
        """What stands there has come back by itself."""
        self._back = self.words
        self._paint()

    @property
    def speaks(self) -> bool:
        """Whether the key for the next step is for the words that stand there."""
        return bool(self.words.strip()) and not self.is_back

    def restore(self, words: str, caret: int, picked: str) -> None:
        """Puts back what was half typed, before what has been typed since the start."""
        field = self.field
        since = field.value
        self.picked = picked
        self.fill(f"{words} {since}".strip() if since else words)
        field.cursor_position = len(field.value) if since else caret

    def taken(self, words: str) -> None:
        """The register has these words: they go; what was typed since stays."""
        if self.words.startswith(words):
            self.fill(self.words[len(words) :].lstrip())
        self.picked = ""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every key: the line is read again as soon as the typing pauses."""
        event.stop()
        self._choice = 0
        self._fault = ""
        self.post_message(self.Typed())
        if not event.value.strip():
            self.workers.cancel_node(self)
            self.proposal = None
            self.picked = ""
            self._paint()
        else:
            self._read_soon(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        if self._entering:
            self.post_message(self.Refused(_("前面一句还在登记，这一句等它登记完再按 Enter。")))
        elif self.is_back:
            self._back = ""
            self._paint()
            self.post_message(
                self.Refused(_("这是接电话以前没打完的那一句；要登记它，再按一次 Enter。"))
            )
        elif event.value.strip():
            self._entering = True
            self._enter(event.value)

    def action_join(self) -> None:
        """The caller asks what a notice says: answered. Or reports what has been reported: to the
        open slip with it.
        """
        if not self.words.strip():
            self.post_message(self.Refused(_("来电这一行还是空的：先打房号和什么事。")))
            return
        if self.proposal and self.is_read:
            number = joinable(self.proposal)
            if self.asks_notice:
                self.post_message(self.Answered())
                return
            if number:
                self.post_message(self.Submitted(self.proposal, number))
                return
        self.post_message(self.Refused(no_join(self.proposal)))

    def action_choice(self, way: int) -> None:
        """The next of what may be meant."""
        picks = choices(self.proposal) if self.proposal else ()
        if picks:
            self._choice = (self._choice + way) % len(picks)
            self._paint()
        elif way > 0:
            self.action_leave()
        else:
            self.post_message(self.Raised())

    def action_leave(self) -> None:
        """To what lies below; the words stay."""
        self.post_message(self.Left())

    def action_card(self, way: int) -> None:
        """The unit's card, where it is longer than its place."""
        self.post_message(self.Turned(way))

    def action_submit(self) -> None:
        """Enter, from the palette."""
        self.field.post_message(Input.Submitted(self.field, self.words))

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        self._paint()

    @work(exclusive=True, group="read")
    async def _read_soon(self, words: str) -> None:
        await asyncio.sleep(PAUSE)
        try:
            self.proposal = await console(self).ask(asking_calls.understand, words, self.picked)
        except DeskError as error:
            self._fault = sentence(error)
        self._paint()
        self.post_message(self.Read())

    @work(group="enter")
    async def _enter(self, words: str) -> None:
        """Takes the line as it stands now, whether it was read already or not."""
        try:
            await self._entered(words)
        finally:
            self._entering = False

    async def _entered(self, words: str) -> None:
        chosen = self._choice
        try:
            found = await console(self).ask(asking_calls.understand, words, self.picked)
        except DeskError as error:
            self.post_message(self.Refused(sentence(error), error.clause))
            return
        if not self.words.startswith(words):  # a second Enter: the first has been taken meanwhile
            if self.words.strip():
                self.post_message(self.Refused(_("前面一句刚登记好；这一句看一眼，再按 Enter。")))
            return
        self.proposal = found
        picks = choices(found)
        if picks:
            self._pick(words, picks[min(chosen, len(picks) - 1)], bool(found.choices))
        elif "unknown_unit" in found.asks:
            here = question(found, 0, console(self).desk.now(), console(self).desk.zone, 200)
            self.post_message(self.Refused(here.text if here else ""))
        elif (doubt := line_doubt(found)) and words != self._doubted:
            self._doubted = words
            self.post_message(self.Refused(doubt))
        else:
            self.post_message(self.Submitted(found))

    def _pick(self, words: str, pick: str, is_unit: bool) -> None:
        if is_unit:
            self.picked = pick
            self.post_message(self.Typed())
            self._read_soon(words)
        else:  # a slip: its number stands in the line, for everybody to see
            self.field.replace(f" {pick}", len(words.rstrip()), len(words))  # Ctrl+Z takes it back
            self.field.cursor_position = len(self.field.value)

    def _paint(self) -> None:
        width = self.size.width - 3
        found: list[Line] = []
        if self._fault:
            found = [line((self._fault, "late"))]
        elif self.proposal is not None:
            desk = console(self).desk
            found = understood_lines(
                self._caller.calling(self.proposal) if self._caller else self.proposal,
                self._choice,
                desk.now(),
                desk.zone,
                width,
                self.items,
                joins=not self._asks_notice,
            )
        if self.is_back and found:
            found[0] = Line(((_("放着的半句 "), "soon"), *found[0].spans), found[0].ground)
        found = [Line((("  ", ""), *one.spans), one.ground) for one in found]
        self.query_one("#understood", Painted).show([*found, line(), line()][:2])
