"""Lines typed at an office in this process, and each act told to whoever may kill it."""

import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desks import THURSDAY, settings_for
from wuye_tui import words as words_
from wuye_tui.cli.main import run
from wuye_tui.desk import Desk, open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, new_key


class Failed(Exception):
    """A line that should have succeeded did not."""


@dataclass
class Typist:
    """Types at an office; what a line prints is read by nobody but it."""

    home: Path
    staff: str = "KF01"
    now: datetime = THURSDAY

    def line(self, *words: str, staff: str = "") -> Any:
        """Runs a command line that has to succeed; its JSON."""
        self.now += timedelta(seconds=10)
        line = [*words, "--home", str(self.home), "--now", self.now.isoformat()]
        line += ["--as", staff or self.staff, "--yes", "--json"]
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run(line)
        words_.speak("zh")
        if status:
            raise Failed(f"{' '.join(words)}: {status} {err.getvalue()[-600:]}")
        said = out.getvalue().strip()
        return json.loads(said) if said[:1] in ("{", "[") else said

    def desk(self, staff: str = "") -> Desk:
        """The desk itself, for what no line does."""
        opened = open_desk(settings_for(self.home), StoppedClock(self.now))
        return opened.as_staff(staff or self.staff)

    def does(self, work: Callable[[Desk], Any], staff: str = "") -> Any:
        """Something done at the desk that no line does."""
        desk = self.desk(staff)
        try:
            return work(desk)
        finally:
            desk.engine.dispose()

    def file(self, name: str, *rows: str) -> str:
        """A sheet beside the office."""
        path = self.home / name
        path.write_text("\n".join(rows) + "\n", "utf-8")
        return str(path)


def tell_all(pipe: int, monkey: pytest.MonkeyPatch) -> None:
    """From here on, in this process, each act is told to the pipe before it and after it, whoever
    performs it.
    """
    real = Desk.act

    @contextmanager
    def told(
        self: Desk, what: str, key: str = "", system: bool = False, relieving: bool = False
    ) -> Iterator[Act]:
        chosen = key or new_key()

        def tell(**more: Any) -> None:
            line = json.dumps({"key": chosen, "what": what, **more}, ensure_ascii=False)
            os.write(pipe, (line + "\n").encode())

        tell()
        try:
            with real(self, what, chosen, system, relieving) as act:
                yield act
        except BaseException as refused:
            tell(refused=repr(refused))
            raise
        tell(result=act.result)

    monkey.setattr(Desk, "act", told)
