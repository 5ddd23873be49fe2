"""The lock: nothing of the desk to be seen, and who goes on gives number and PIN."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from screens import asking
from screens.base import console
from screens.commands import LOCK, bindings, of
from screens.laid import Laid
from screens.watching import BEAT
from screens.widgets.answers import Done
from screens.widgets.cjk_input import CjkInput
from screens.widgets.painted import Painted, line, wrap
from screens.widgets.picks import Pick, PickAnswer
from screens.wording import sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import Field
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.ringing import Ringing


MOST = 128  # characters of a password


class PinInput(CjkInput):
    """A PIN or a password, behind stars: the usual dot is as wide as the terminal likes."""

    @property
    def _value(self) -> Text:
        return Text("*" * len(self.value), no_wrap=True, overflow="ignore", end="")


class Lock(Laid[Any]):
    """Returns the desk with whoever sits down at it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(LOCK),
        Binding("tab,down", "app.focus_next", show=False),
        Binding("shift+tab,up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        number: str = "",
        title: str = "",
        first: Collection[str] = (),
        only: Collection[str] | None = None,
    ) -> None:
        super().__init__()
        self._first = first  # who is asked for, by number: they stand first in the list
        self._only = only  # nobody else may, where somebody signs
        self._title = title  # for whom it is, where whoever sits here stays; Esc leads back then
        self._number = number
        self._busy = False
        self._named: dict[str, str] = {}  # numbers by those names that only one person has

    @property
    def is_for_a_signature(self) -> bool:
        """Whether somebody else is asked who they are, and the desk stays whose it is."""
        return bool(self._title)

    def compose(self) -> ComposeResult:
        """Who, PIN, and what is wrong with them."""
        with Vertical(id="lock"):
            yield Painted(line((_(" 请登录"), "title"), ground="title"), id="lock-title")
            yield Horizontal(id="lock-who")
            with Horizontal(id="lock-pin-row"):
                yield Painted(
                    line((_(" 密码"), "label")), classes="form-label", id="lock-pin-label"
                )
                yield PinInput(id="lock-pin", password=True, field=Field.CODE, max_length=MOST)
            yield Painted(line(), id="lock-said")
            yield Painted(
                line((_(" 工号或姓名，回车；有密码的再输密码，回车。"), "dim")),
                line((_(" 打了一半的来电和表都留着。Ctrl+Q 退出。"), "dim")),
                id="lock-hint",
            )
            yield Painted(id="lock-ringing")

    def on_mount(self) -> None:
        """The staff is read first."""
        self.beat()
        self.set_interval(BEAT, self.beat)
        self._prepare()

    def beat(self) -> None:
        """Once a second: that a line rings and how often, and nothing of who it is."""
        from screens.widgets.ringing_strip import THIRD  # not needed for the first paint

        below = cast("Ringing", self.app.screen_stack[0])
        ringing = below.ringing_lines
        shown = self.query_one("#lock-ringing", Painted)
        shown.display = bool(ringing)
        if ringing:
            n = ringing[0].heard(console(self).desk.now())
            told = _(" 有电话在响，响 {n} 声：请登录后接听").format(n=n)
            shown.show([line((told, "chosen" if n >= THIRD else "strong"))])

    @work
    async def _prepare(self) -> None:
        try:
            people = await console(self).ask(asking.people)
        except DeskError as error:
            self._say(sentence(error))
            people = ()
        office = console(self).desk.office if console(self).is_open else None
        if office:
            training = _("（演练）") if office.training else ""
            title = _(" {office}{training} 前台").format(office=office.name, training=training)
            title = f" {self._title}" if self._title else title
            self.query_one("#lock-title", Painted).show([line((title, "title"), ground="title")])
        people = tuple(sorted(people, key=lambda one: one.number not in self._first))
        if self._only is not None:
            people = tuple(one for one in people if one.number in self._only)
        picks = [Pick(p.number, f"{p.number} {p.name}", p.post) for p in people]
        names = [p.name for p in people]
        self._named = {p.name: p.number for p in people if names.count(p.name) == 1}
        nobody = _("可以签字的人里没有，请换个字") if self._only is not None else ""
        who = PickAnswer(picks, nothing=nobody)
        await self.query_one("#lock-who").mount(
            Painted(line((_(" 工号"), "label")), classes="form-label"), who
        )
        who.put(self._number)
        (self.query_one(PinInput) if self._number else who.field).focus()

    def on_done(self, event: Done) -> None:
        """Somebody was named."""
        event.stop()
        self._enter()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter behind the PIN."""
        event.stop()
        self._enter()

    def action_enter(self) -> None:
        """In."""
        self._enter()

    def _enter(self) -> None:
        if not self.query(PickAnswer):  # the staff is not there yet, and Enter was early
            return
        number = str(self.query_one(PickAnswer).answer)
        if not number:
            self.query_one(PickAnswer).field.focus()
        elif not self._busy:  # a second Enter must not cost a second try
            self._busy = True
            self._let_in(number)

    def _named_instead(self, number: str) -> str:
        """Whoever comes next often types a number where the caret is, and that is behind the PIN of
        whoever sat here: it is no try of theirs.
        """
        pin, who = self.query_one(PinInput), self.query_one(PickAnswer)
        said = pin.value.strip()
        typed = self._named.get(said, said.upper())
        if typed.isdigit() or typed not in who.values:
            return number
        pin.value = ""
        who.put(typed)
        return typed

    @work
    async def _let_in(self, number: str) -> None:
        """Asks for the PIN where there is one, and lets in."""
        pin = self.query_one(PinInput)
        number, needs = self._named_instead(number), ""
        try:
            needs = await self._asked_of(number)
            if needs and not pin.value:
                pin.focus()
                return
            if pin.value and not needs:
                pin.value = ""
                self._say(
                    _(
                        "{number} 没有设密码，空着按回车；要换人，按 Shift+Tab 到上一栏填工号。"
                    ).format(number=number)
                )
                return
            desk = await console(self).ask(asking.authenticate, number, pin.value)
        except DeskError as error:
            pin.value = ""
            self._say(sentence(error) + await self._otherwise(number, needs))
        else:
            self.dismiss(desk)
        finally:
            self._busy = False

    async def _asked_of(self, number: str) -> str:
        """What this person has to give here; the field says which it is."""
        needs = await console(self).ask(asking.asked_of, number)
        word = _(" 口令") if needs == "password" else _(" 密码")
        self.query_one("#lock-pin-label", Painted).show([line((word, "label"))])
        return needs

    async def _otherwise(self, number: str, asked: str) -> str:
        """That whose PIN has just been locked may use their password, where they have one."""
        try:
            needs = await self._asked_of(number)
        except DeskError:
            return ""
        return _("现在可以用口令登录。") if (asked, needs) == ("pin", "password") else ""

    def action_help(self) -> None:
        """F1: the keys here, and what to do about a forgotten PIN."""
        keys = "  ".join(f"{one.key} {_(one.word)}" for one in of(LOCK))
        told = _("{keys}。忘了密码：请管理员用 wuye staff set-pin 重设，口令用 set-password。")
        self._say(told.format(keys=keys))

    def action_not_now(self) -> None:
        """Esc, where somebody else is asked to prove who they are: not now."""
        if self._title:
            self.dismiss(None)

    def action_quit(self) -> None:
        """Out of the program."""
        self.app.exit(0)

    def _say(self, words: str) -> None:
        said = self.query_one("#lock-said", Painted)
        cells = self.query_one("#lock-title").size.width - 2  # the box is narrower than the screen
        said.show(line((f" {part}", "late")) for part in wrap(words, max(20, cells)))
