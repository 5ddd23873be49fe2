"""Where the harnesses work: a folder, a founded office with prices and without, a server."""

from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from shutil import copytree
from typing import Self

from tests.billing import priced
from tests.desks import THURSDAY, found_office, settings_for
from tests.faults.restarting import RestartedServer
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import Settings


class Workshop:
    """Everything in it is gone at its end, the server as well."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._made = 0

    @cached_property
    def office(self) -> Path:
        """The folder of a founded office; to be copied."""
        home = self.place("office")
        found_office(settings_for(home), StoppedClock(THURSDAY)).engine.dispose()
        return home

    @cached_property
    def priced(self) -> Path:
        """The same with prices."""
        home = self.folder / "priced"
        copytree(self.office, home)
        priced(open_desk(settings_for(home), StoppedClock(THURSDAY))).engine.dispose()
        return home

    @cached_property
    def server(self) -> RestartedServer:
        """A PostgreSQL server; raises NoServer."""
        return self._stack.enter_context(RestartedServer())

    def place(self, name: str) -> Path:
        """A fresh folder."""
        self._made += 1
        made = self.folder / f"{self._made} {name}"
        made.mkdir(mode=0o700)
        return made

    def settings(self, office: Path) -> Settings:
        """A copy of an office, opened by its settings."""
        home = self.place("copy") / "office"
        copytree(office, home)
        return settings_for(home)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()
