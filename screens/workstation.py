"""What belongs to the place where somebody sits: its look, its keys, and the lock by itself."""

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking, themes
from screens.base import console
from screens.callbacks import CallingBack
from screens.commands import remap
from wuye_tui.logs import log
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _

if TYPE_CHECKING:
    from textual.screen import Screen

    from wuye_tui.desk import Desk
    from wuye_tui.rules.clock import Clock

LOCK_MINUTES = 10  # at a real office that says nothing else; a training office is not locked
LONGEST_SEAT = timedelta(hours=16)
"""After so long whoever sits at a real office's desk proves anew who they are, busy or not: longer
than the longest duty, a night of fifteen hours (ASVS 7.3.2)."""


class Workstation(CallingBack):
    """Settings of this console, read when the desk has been opened."""

    def __init__(self) -> None:
        super().__init__()
        self._lock_after = timedelta()  # after so long without a key the desk is locked; 0: never
        self._idle_since: datetime | None = None  # nobody has pressed a key since
        self._idle_clock: Clock | None = None
        self._seat_ends: datetime | None = None  # whoever sits here has to prove it again then

    async def settle(self, desk: "Desk") -> str:
        """Takes look, keys and lock from the files of the office; what is wrong, as a sentence."""
        from screens import keymap  # not needed for the first paint

        minutes = desk.settings.lock_minutes
        usual = 0 if desk.office and desk.office.training else LOCK_MINUTES
        self._lock_after = timedelta(minutes=usual if minutes is None else minutes)
        self.app.theme = await asyncio.to_thread(themes.kept, desk.settings.drafts)
        try:
            keys, told = await asyncio.to_thread(keymap.read, desk.settings.home), ""
        except DeskError as error:
            keys, told = {}, str(error)
        remap(keys)
        self.app.set_keymap(dict(keys))
        self.tell_keys()
        return told

    def next_theme(self) -> None:
        """The next look; the workstation keeps it."""
        names = [theme.name for theme in themes.THEMES]
        self.app.theme = names[(names.index(self.app.theme) + 1) % len(names)]
        self.say(_("颜色：{name}。").format(name=_(themes.WORDS[self.app.theme])))
        self._keep_theme(self.app.theme)

    @work(exclusive=True, group="theme")
    async def _keep_theme(self, name: str) -> None:
        try:
            await asyncio.to_thread(themes.keep, console(self).desk.settings.drafts, name)
        except OSError:
            log.warning("the theme cannot be kept")  # it is seen all the same

    async def seated(self) -> None:
        """From now on it is theirs, for so long and no longer."""
        desk = console(self).desk
        self._seat_ends = None if desk.office.training else desk.now() + LONGEST_SEAT
        await super().seated()

    async def read_more(self) -> None:
        """Whoever is on the staff no more is at the desk no more; what they typed stays."""
        await super().read_more()
        staff = console(self).desk.staff
        if staff and self.is_current and not await self._is_here():
            self._lock_unless_locked()

    async def _is_here(self) -> bool:
        try:
            return await console(self).ask(asking.is_here)
        except DeskError:
            return True  # that nobody can be asked is said elsewhere, and takes nobody's seat

    def _lock_unless_locked(self, number: str = "") -> None:
        """Locks the desk; a colleague who was asked to sign, and did not, is asked no more."""
        from screens.lock import Lock  # not needed for the first paint

        top = self.app.screen
        signing = isinstance(top, Lock) and top.is_for_a_signature
        if signing or self.is_current:
            self._idle_since = self._seat_ends = None
            self.keep_all()
            self._lock_after_signing(top, number) if signing else self.show_lock(number)

    @work(group="seat")
    async def _lock_after_signing(self, asked: "Screen[Any]", number: str) -> None:
        await asked.dismiss(None)
        self.show_lock(number)

    def touched(self) -> None:
        """A key was pressed: somebody is there."""
        self._idle_since = None

    def beat_more(self) -> None:
        """Locks the desk that nobody has touched for long, by the desk's own clock."""
        super().beat_more()
        desk = console(self).desk
        now = desk.now()
        since, moved = self._idle_since, desk.clock is not self._idle_clock
        if since is None or moved or now < since:  # training: the time was set, nobody went away
            self._idle_since, self._idle_clock = now, desk.clock
        elif self._lock_after and now - since >= self._lock_after:
            self._lock_unless_locked(desk.staff)
        if self._seat_ends is not None and now >= self._seat_ends:
            self._lock_unless_locked(desk.staff)
