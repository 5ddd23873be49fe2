"""Two real consoles in terminals of their own: somebody types there, and watches others' acts."""

import re
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from tests.load.desks import now
from tests.tmux import Tmux
from wuye_tui.settings import Settings

# What the news line says when something about the database is not as it should be.
TROUBLE = re.compile(r"另一台正在保存|连不上|数据库「|程序在这一步出错|本次没有保存|断线")
WAITING = re.compile(r"数据库正忙，正在等它（(\d+) 秒）")  # said after one second; the act goes on
LINE_EVERY = 4.0  # seconds
LOOK_EVERY = 0.2
LONGEST = 60.0
AGAIN = 2.0  # seconds until Enter is pressed again, as the console asks for
_NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")


def said(seat: int, n: int) -> str:
    """What is typed the nth time; figures would be read as a telephone or a time."""
    return f"地漏堵了第{seat}台第{n:04d}次".translate(_NUMERALS)


class Seat:
    """A console, what was typed there, and what it showed."""

    def __init__(self, settings: Settings, offset: timedelta, staff: str, n: int) -> None:
        self.typed = self.saved = 0
        self.trouble: list[str] = []
        self.waited: set[tuple[int, int]] = set()  # after which line, and for how many seconds
        self.text = ""
        self._terminal, self._n = Tmux(), n
        self._terminal._env["WUYE_DATABASE_URL"] = settings.database_url
        self._home, self._staff, self._offset = settings.home, staff, offset
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def start(self) -> None:
        """Opens it; somebody sits down and begins to type."""
        moment = now(self._offset).isoformat()
        self._terminal.start(
            sys.executable, "-m", "wuye_tui", "--home", str(self._home), "--as", self._staff,
            "--now", moment,
        )  # fmt: skip
        self._terminal.wait_for("来电")
        self._thread.start()

    def shows(self, words: str) -> bool:
        """Whether it stood there at the last look."""
        return words in self.text

    @property
    def process(self) -> int:
        """Its process."""
        return self._terminal.process

    def end(self) -> None:
        """Nobody types any more; the terminal is closed."""
        self._ended.set()
        self._thread.join(LONGEST + 10)
        self._terminal.end()

    def _live(self) -> None:
        """Types a line, sees it there, presses Enter, and sees that it was taken; over and over."""
        typed_at, words, entered = time.monotonic(), "", 0.0
        while words or not self._ended.wait(LOOK_EVERY):
            time.sleep(LOOK_EVERY if words else 0)
            self.text = self._terminal.text
            for line in self.text.splitlines():
                if TROUBLE.search(line) and line.strip() not in self.trouble[-1:]:
                    self.trouble.append(line.strip())
            if waits := WAITING.search(self.text):
                self.waited.add((self.typed, int(waits[1])))
            since = time.monotonic() - typed_at
            is_there = bool(words) and words in self._line()
            if is_there and time.monotonic() - entered > AGAIN:
                self._terminal.press("Enter")  # a second time where it is like another one
                entered = time.monotonic()
            elif entered and not is_there:
                words, entered, self.saved = "", 0.0, self.saved + 1
            elif words and since > LONGEST:
                self.trouble.append(f"{words} was never taken")
                return
            elif not words and since > LINE_EVERY:
                self.typed += 1
                words, typed_at = said(self._n, self.typed), time.monotonic()
                self._terminal.type(f"3-2-502 {words}")

    def _line(self) -> str:
        """The row into which is typed."""
        rows = [row for row in self.text.splitlines() if row.startswith(" 来电")]
        return rows[0] if rows else ""


def folder_of(root: Path, n: int) -> Path:
    """A workstation's own folder: drafts and log lie there, the database does not."""
    made = root / f"seat-{n}"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made
