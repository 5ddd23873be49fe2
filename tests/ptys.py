"""A program in a real terminal of its own, for tests that have to see what reaches the wire."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from types import TracebackType


class Terminal:
    """Runs `python -c code` on a fresh pseudo-terminal and keeps every byte that it writes."""

    def __init__(self, code: str, *arguments: str, size: tuple[int, int] = (80, 24), **env: str):
        self._master, slave = pty.openpty()
        columns, lines = size
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONUTF8": "1", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        self.written = b""
        self._open = True

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    @property
    def text(self) -> str:
        """What was written so far. What is no UTF-8 stands as lone surrogates."""
        return self.written.decode("utf-8", "surrogateescape")

    def type(self, keys: bytes) -> None:
        """Sends bytes as a keyboard would."""
        os.write(self._master, keys)

    def wait_for(self, words: str, seconds: float = 20) -> None:
        """Reads until the words have been written."""
        self._read_until(lambda: words in self.text, seconds)
        assert words in self.text, f"{words!r} never came; last: {self.text[-600:]!r}"

    def status(self, seconds: float = 20) -> int:
        """Reads until the program has ended and returns its exit status."""
        self._read_until(lambda: self.process.poll() is not None, seconds)
        left = self.process.poll()
        assert left is not None, f"still running; last: {self.text[-600:]!r}"
        while self._open and self._read(0):
            pass
        return left

    def hang_up(self) -> None:
        """Closes the line as a dropped connection does."""
        if self._open:
            self._open = False
            os.close(self._master)

    def attributes(self) -> list[object]:
        """The settings of the terminal, to compare before and after."""
        return termios.tcgetattr(self._master)

    def _read_until(self, done: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        while not done() and time.monotonic() < end:
            self._read(0.05)

    def _read(self, seconds: float) -> bool:
        if not self._open:
            select.select([], [], [], seconds)
            return False
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other side is closed
            select.select([], [], [], seconds)
            return False
        self.written += data
        return bool(data)
