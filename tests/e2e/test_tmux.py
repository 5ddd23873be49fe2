"""The program in a real terminal, started as people start it, Chinese typed into it.

tmux is the terminal, on a socket of its own and without anybody's settings.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from rich.cells import cell_len

from tests.screens.consoles import on_duty
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show

ROOT = Path(__file__).parents[2]
LINE = "3-1-502 厨房水管漏水，热水也没有：马上"
PATIENCE = 20  # seconds; a busy machine starts slowly

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="there is no tmux on this machine"),
]


class Tmux:
    """One terminal of 80 by 24 and the program in it."""

    def __init__(self) -> None:
        self._socket = f"wuye-{uuid4().hex[:8]}"
        self._env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        self._env.pop("TMUX", None)

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, "-u", "-f", "/dev/null", *arguments]
        done = subprocess.run(
            command, env=self._env, cwd=ROOT, check=False, capture_output=True, text=True
        )
        return done.stdout

    def start(self, *command: str) -> None:
        """Runs the program in a fresh terminal."""
        self._run("new-session", "-d", "-s", "desk", "-x", "80", "-y", "24", *command)
        self._run("set-option", "-g", "escape-time", "0")

    def type(self, words: str) -> None:
        """Characters as an input method commits them."""
        self._run("send-keys", "-t", "desk", "-l", words)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names."""
        self._run("send-keys", "-t", "desk", *keys)

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return self._run("capture-pane", "-p", "-t", "desk")

    @property
    def caret(self) -> tuple[int, int]:
        """Where the input method would open its window."""
        found = self._run("display-message", "-p", "-t", "desk", "#{cursor_x},#{cursor_y}")
        column, row = found.strip().split(",")
        return int(column), int(row)

    @property
    def process(self) -> int:
        """The program's process."""
        return int(self._run("display-message", "-p", "-t", "desk", "#{pane_pid}"))

    def wait_for(self, words: str) -> str:
        """The screen as soon as it shows these words."""
        end = time.monotonic() + PATIENCE
        while words not in (shown := self.text):
            assert time.monotonic() < end, f"{words!r} never came:\n{shown}"
            time.sleep(0.05)
        return shown

    def end(self) -> None:
        """Closes the terminal."""
        self._run("kill-server")


@pytest.fixture
def terminal() -> Iterator[Tmux]:
    """A terminal that is gone after the test."""
    found = Tmux()
    yield found
    found.end()


def started(terminal: Tmux, desk: Desk) -> None:
    home = str(desk.settings.home)
    now = "2026-11-19T10:20:00+08:00"
    terminal.start(sys.executable, "-m", "wuye_tui", "--home", home, "--as", "KF01", "--now", now)
    terminal.wait_for("未结")


def test_chinese_is_typed_and_a_notified_slip_lies_in_the_register(
    desk: Desk, terminal: Tmux
) -> None:
    started(terminal, on_duty(desk))
    terminal.type(LINE)
    shown = terminal.wait_for("有偿 SX-03 修水管 45.00")
    assert LINE in shown
    assert "陈立 业主" in shown
    assert terminal.caret == (len(" 来电 ") + 2 + cell_len(LINE), 2)
    terminal.press("Enter")
    terminal.wait_for("已开单，2 分钟内通知工程部")
    terminal.press("F7")
    terminal.wait_for("通知了谁")
    terminal.press("Enter")
    shown = terminal.wait_for("已通知，")
    [row] = queue(desk, Wanted())
    assert row.state == "notified"
    assert row.words == "厨房水管漏水，热水也没有"
    assert "PG-001" in shown
    assert [line.step.verb for line in show(desk, row.number).history][-1] == "notify"


def test_killed_in_the_middle_of_a_word_it_comes_back_with_it(desk: Desk, terminal: Tmux) -> None:
    started(terminal, on_duty(desk))
    terminal.type("3-1-502 厨房水管漏")
    terminal.wait_for("陈立 业主")
    end = time.monotonic() + PATIENCE
    while "水管漏" not in "".join(p.read_text() for p in desk.settings.drafts.glob("*.json")):
        assert time.monotonic() < end, "half a line was never put on disk"
        time.sleep(0.05)
    os.kill(terminal.process, signal.SIGKILL)
    terminal.end()
    again = Tmux()
    try:
        started(again, desk)
        again.wait_for("3-1-502 厨房水管漏")
    finally:
        again.end()
    assert queue(desk, Wanted()) == []
