"""The console: opens the desk after the first paint, and runs its one screen."""

import asyncio
import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from screens import asking, guard, terminal
from screens.aside import Aside
from screens.backing_up import BackingUp
from screens.closed import Closed
from screens.dispatch import Dispatch
from screens.drafts import LINE, Spool
from screens.frame import STAYS
from screens.themes import THEMES, kept
from screens.widgets.cjk_input import sync_ime
from screens.widgets.intake_bar import IntakeBar
from wuye_tui.logs import failure, log_path, open_log
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

Opener = Callable[[], "Desk"]
SPOOL_EVERY = 0.5  # seconds
IME_EVERY = 0.25
AGAIN = 0.5


class WuyeApp(BackingUp):
    """The application: themes, timers, and who may sit down."""

    CSS_PATH = ["dispatch.tcss", "calls.tcss", "finding.tcss", "ringing.tcss"]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "wuye"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, opener: Opener, drafts: Path | None = None) -> None:
        super().__init__()
        self._opener = opener
        self._drafts = drafts  # for what is typed at a desk that cannot be opened
        self._writing = False
        self.advice: list[str] = []  # what should be changed about this terminal
        self.desk_screen = Dispatch()
        self._waits, self._smallness = Aside(self.desk_screen), Aside(self.desk_screen)
        self._small = False
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = kept(drafts)
        self._colourless: list[LineFilter] = []
        if self.no_color:
            from screens.colourless import Colourless  # only where it is wanted

            self._colourless.append(Colourless())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each painted line goes through: without colour, that alone (NO_COLOR)."""
        return self._colourless or super().get_line_filters()

    def get_default_screen(self) -> Screen[None]:
        """The one screen: it is painted before the database is even loaded."""
        return self.desk_screen

    def on_mount(self) -> None:
        """Timers, and the desk."""
        self.set_interval(IME_EVERY, self._keep_caret)
        self.set_interval(SPOOL_EVERY, self._spool)
        self._open_desk()

    def launch(self) -> int:
        """Nothing is thrown away before the first paint, so nothing is looked for either."""
        gc.disable()
        return super().launch()

    def on_ready(self) -> None:
        """What has been loaded by now stays: it is not looked through again and again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def on_event(self, event: events.Event) -> None:
        """Every key passes here, wherever it is meant for: somebody is at the desk."""
        if isinstance(event, events.Key | events.Paste):
            self.desk_screen.touched()
        await super().on_event(event)

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing here."""
        self.desk_screen.say(_("退出请按 Ctrl+Q。"))

    def drafts_failed(self) -> None:
        """A crash would now cost what is half typed."""
        told = _("草稿写不进磁盘：没填完的内容先别关机，请管理员看磁盘和权限。")
        self.desk_screen.say(told, refused=True, about=STAYS)

    def waits(self, seconds: int) -> None:
        """Says it on the line of news; clock, keys and typing go on meanwhile."""
        told = _("数据库正忙，正在等它（{n} 秒）；可以接着打字。")
        self._waits.say(told.format(n=seconds))

    def _waits_for_server(self, seconds: int, error: DeskError) -> None:
        # In the morning a desk may be switched on before the server; or its address is wrong.
        told = _("数据库服务器没有回应，正在等它（{n} 秒）；可以接着打字。退出按 Ctrl+Q。{place}")
        self._waits.say(told.format(n=seconds, place=error.place))

    def answered(self) -> None:
        """The answer may be said."""
        self._waits.withdraw()

    def on_resize(self, event: events.Resize) -> None:
        """A terminal that is too small is worked in all the same, and told so once."""
        told = terminal.too_small(*event.size)
        if not told:
            self._smallness.withdraw()
        elif self._smallness.stands or not self._small:
            self._smallness.say(told)
        self._small = bool(told)

    def save(self) -> None:
        """Everything on the screen goes into the drafts, and the drafts on disk."""
        if self.desk_screen.query(IntakeBar):  # gone already, when the end came in order
            self.desk_screen.keep_all()
        super().save()

    async def on_unmount(self) -> None:
        """An ordinary end writes the drafts as well."""
        self._save_once()
        self.end_threads()

    def _keep_caret(self) -> None:
        if self.screen_stack:  # none is left while the application ends
            sync_ime(self)

    def _spool(self) -> None:
        if not self._writing and self.spool.snapshot():
            self._writing = True
            self._write_soon()

    @work(group="spool")
    async def _write_soon(self) -> None:
        try:
            await self.write_drafts()
        finally:
            self._writing = False

    @work(group="open")
    async def _open_desk(self) -> None:
        try:
            desk = await self._opened()
        except DeskError as error:
            kept = await self._keep_typed()
            self.push_screen(Closed(error, self.desk_screen.intake.words, kept))
            return
        if log_path() is None:
            open_log(desk.settings.home)
        await self.desk_screen.furnish()
        await self._open_spool(desk)
        if told := await self.desk_screen.settle(desk):
            self.advice.insert(0, told)
        self.sit_down(desk.as_staff(""))
        await self.desk_screen.restore()
        number = (desk.staff or desk.settings.staff).strip().upper()
        if number and await self._let_in(number):
            await self.desk_screen.seated()
        else:
            self.desk_screen.show_lock(number)
        for sentence in self.advice[:1]:
            self.desk_screen.say(sentence, refused=True)
        if not self.advice and (told := terminal.too_small(*self.size)):
            self._smallness.say(told)
        self.watch_backups()
        await asyncio.to_thread(_learn_english)

    def sit_down(self, desk: "Desk") -> None:
        """Whoever sits down now may have to know of the backups."""
        super().sit_down(desk)
        if desk.staff:
            self.look_at_backups()

    def tell_of_backup(self, sentence: str) -> None:
        """Says it where nothing else stands: what reception was told last is not pushed away."""
        if not self.desk_screen.news:
            self.desk_screen.say(sentence, refused=True, about=STAYS)

    async def _opened(self) -> "Desk":
        """The desk. While another one holds the database, or its server does not answer yet, it is
        tried again and again: whoever is on the telephone has a line to type into meanwhile.
        """
        begun = asyncio.get_running_loop().time()
        while True:
            try:
                desk = await asyncio.to_thread(self._opener)
                await asyncio.to_thread(asking.warm_up)
            except DeskError as error:
                if not (error.passes or error.is_cut):
                    raise
                seconds = round(asyncio.get_running_loop().time() - begun)
                if error.is_cut:
                    self._waits_for_server(seconds, error)
                else:
                    self.waits(seconds)
                await asyncio.sleep(AGAIN)
            else:
                self.answered()
                return desk

    async def _let_in(self, number: str) -> bool:
        """Whether this person may sit down without being asked for anything."""
        try:
            self.sit_down(await self.ask(asking.arrive, number))
        except DeskError:
            return False
        return True

    async def _keep_typed(self) -> bool:
        """Puts what was typed before the desk could be opened behind what was there before."""
        folder, screen = self._drafts, self.desk_screen
        if folder is None or not folder.parent.is_dir() or not screen.intake.words:
            return False
        try:
            spool = await asyncio.to_thread(Spool, folder)
            before = spool.get(LINE).answers
            screen.intake.restore(str(before.get("words", "")), 0, str(before.get("picked", "")))
            self.spool = spool
            screen.keep_line()
            await asyncio.to_thread(spool.write, spool.snapshot())
        except OSError as error:
            failure(error, "keeping what was typed")
            return False
        return True

    async def _open_spool(self, desk: "Desk") -> None:
        try:
            found = await asyncio.to_thread(Spool, desk.settings.drafts)
        except OSError as error:
            failure(error, "opening the drafts")
            self.drafts_failed()
            return
        self.spool = found


def _learn_english() -> None:
    """Reads the words that the palette is found by, before it is opened for the first time."""
    from screens import offers  # not needed for the first paint

    offers.english("")


def run(
    opener: Opener, *, drafts: Path | None = None, mouse: bool = False, advice: Sequence[str] = ()
) -> int:
    """Runs the console and returns the exit status. Raises NoTerminal where there is none.

    `drafts` is where what was typed is kept when the desk cannot be opened; `advice` is said first.
    """
    terminal.demand()
    terminal.prepare()
    guard.install()
    app = WuyeApp(opener, drafts)
    app.advice = [*advice, *terminal.advice()]
    return app.launch() if not mouse else app.run(mouse=True) or 0
