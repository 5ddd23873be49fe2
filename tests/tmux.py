"""A real terminal of its own for tests that drive the whole program: tmux, nobody's settings."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from wuye_tui.desk import Desk

ROOT = Path(__file__).parents[1]
PATIENCE = 20  # seconds; a busy machine starts slowly
NOW = "2026-11-19T10:20:00+08:00"


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
        """Runs the program in a fresh terminal; its last words stay to be read."""
        self._run("new-session", "-d", "-s", "desk", "-x", "80", "-y", "24", *command)
        self._run("set-option", "-g", "escape-time", "0")
        self._run("set-option", "-g", "remain-on-exit", "on")

    def type(self, words: str) -> None:
        """Characters as an input method commits them."""
        self._run("send-keys", "-t", "desk", "-l", words)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names."""
        self._run("send-keys", "-t", "desk", *keys)

    def paste(self, words: Path, brackets: bool = True) -> None:
        """Pastes a file as a terminal does, or as one that knows no brackets."""
        self._run("load-buffer", str(words))
        self._run("paste-buffer", "-t", "desk", *(["-p"] if brackets else []))

    def resize(self, columns: int, lines: int) -> None:
        """Another size."""
        self._run("resize-window", "-t", "desk", "-x", str(columns), "-y", str(lines))

    @contextmanager
    def attached(self, columns: int, lines: int) -> Iterator[None]:
        """Somebody looks at it from a terminal of this size, and leaves it running."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        command = ["tmux", "-L", self._socket, "-u", "attach-session", "-t", "desk"]
        self._run("set-option", "-g", "status", "off")
        self._run("set-option", "-g", "window-size", "latest")
        client = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**self._env, "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        drain = threading.Thread(target=_drain, args=(master,), daemon=True)
        drain.start()
        try:
            yield
        finally:
            self._run("detach-client", "-s", "desk")
            client.wait()
            os.close(master)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines as the program sees them."""
        found = self._run("display-message", "-p", "-t", "desk", "#{pane_width},#{pane_height}")
        columns, lines = found.strip().split(",")
        return int(columns), int(lines)

    @property
    def has_ended(self) -> bool:
        """Whether the program is gone."""
        return self._run("display-message", "-p", "-t", "desk", "#{pane_dead}").strip() != "0"

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

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Until it is so."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.text
            time.sleep(0.05)

    def end(self) -> None:
        """Closes the terminal."""
        self._run("kill-server")


def _drain(terminal: int) -> None:
    """Reads what is painted, or the painter would wait."""
    with suppress(OSError):
        while os.read(terminal, 65536):
            pass


def started(terminal: Tmux, desk: Desk) -> None:
    """The console of this desk in the terminal, with KF01 at it."""
    home = str(desk.settings.home)
    terminal.start(sys.executable, "-m", "wuye_tui", "--home", home, "--as", "KF01", "--now", NOW)
    terminal.wait_for("李晓燕")
