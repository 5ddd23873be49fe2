"""The daily backup, which any open console sets off, and the quiet word when there is none.

Once a minute a console looks whether one is due. The word stands on the second line, left of what
is open, for administrators and whoever supervises the desk; reception's first line loses nothing.
"""

import subprocess

from textual import work

from screens import asking_backups
from screens.ordered import OrderedApp
from screens.widgets.status_line import StatusLine
from wuye_tui.rules.errors import DeskError

LOOK_EVERY = 60.0  # seconds
REST = 60  # looks after one that did not end well, if nothing could be noted of it


class BackingUp(OrderedApp):
    """Looks at the backups, and begins the one that is due."""

    def __init__(self) -> None:
        super().__init__()
        self._backup: subprocess.Popen[bytes] | None = None
        self._rest = 0
        self._backup_told = ""

    def watch_backups(self) -> None:
        """From now on, once a minute; the first minute belongs to whoever has just sat down."""
        self.set_interval(LOOK_EVERY, lambda: self.look_at_backups(begin=True))

    @work(group="backup")
    async def look_at_backups(self, begin: bool = False) -> None:
        """How they stand, for whoever has to know; the one that is due may begin."""
        status = next(iter(self.screen_stack[0].query(StatusLine)), None)
        if status is None or not self.is_open:
            return
        try:
            found, is_told = await self.make(asking_backups.watch)
        except DeskError:
            return  # whoever asks for the queue says what is wrong with the database
        self._settle_last()
        status.amend(backup=found.word if is_told else "")
        if is_told and found.warning != self._backup_told:
            self._backup_told = found.warning
            self.tell_of_backup(found.warning)
        if begin and found.is_due and self._backup is None and not self._rest:
            self._backup = await self.make(asking_backups.start)

    def _settle_last(self) -> None:
        """Looks after the one that was begun, and counts the time until another may be."""
        self._rest = max(0, self._rest - 1)
        if self._backup is not None and self._backup.poll() is not None:
            self._rest = REST if self._backup.returncode else 0
            self._backup = None

    def tell_of_backup(self, sentence: str) -> None:
        """Says what is wrong with the backups, once, where nothing else stands."""
