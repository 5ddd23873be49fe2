"""The programs that run in children: the console, and the empty applications beside it.

Each is called as `python -c "from tests.bench.programs import NAME; NAME(...)"`.
"""

import json
import os
import resource
import sys
from pathlib import Path
from threading import Event
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


def command(name: str, *arguments: str) -> str:
    """The code that runs one of these in a child."""
    return f"from tests.bench.programs import {name}; {name}(*{arguments!r})"


def _leave_when_painted(kind: type[App[Any]], told: str) -> None:
    """Says what has been used when the first frame is out; an orderly end is not measured."""

    def on_ready(_app: App[Any]) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        cpu = (used.ru_utime + used.ru_stime) * 1000
        Path(told).write_text(json.dumps({"cpu": cpu, "memory": pages * PAGE_SIZE / 2**20}))
        os._exit(0)

    kind.on_ready = on_ready  # type: ignore[attr-defined]


def paint_empty(told: str) -> None:
    """An empty application, up to its first frame."""
    _leave_when_painted(App, told)
    App[None]().run(mouse=False)


def paint_console(told: str) -> None:
    """The console, up to its first frame; the desk behind it never opens."""
    from screens import terminal
    from screens.app import WuyeApp

    _leave_when_painted(WuyeApp, told)
    terminal.prepare()
    WuyeApp(Event().wait).launch()  # type: ignore[arg-type]


def console() -> None:
    """The console as `wuye` opens it."""
    from wuye_tui.cli.main import run

    sys.exit(run([]))


def console_beating(times: str) -> None:
    """The console with so many of its beats in a second."""
    from screens import watching

    watching.BEAT = 1 / int(times)
    console()


def empty() -> None:
    """An application with nothing in it."""
    App[None]().run(mouse=False)


def empty_input() -> None:
    """An application with one Input."""
    from textual.widgets import Input

    class OneInput(App[None]):
        def compose(self) -> ComposeResult:
            yield Input(placeholder="ready")

    OneInput().run(mouse=False)


def two_modes() -> None:
    """Two empty modes, F10 to the other and Esc back."""
    from textual.widgets import Static

    class Other(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Static("the other")

    class First(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Static("ready")

    class Modes(App[None]):
        MODES = {"first": First, "other": Other}
        BINDINGS: ClassVar[list[BindingType]] = [
            ("f10", "switch_mode('other')"),
            ("escape", "switch_mode('first')"),
        ]

        def on_mount(self) -> None:
            self.switch_mode("first")

    Modes().run(mouse=False)
