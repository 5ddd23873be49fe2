"""What every entry of the duty manager's log is told with, and how its sections are headed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, line, wrap
from screens.wording import short_number

if TYPE_CHECKING:
    from wuye_tui.registers.log_board import Board

FIT = 70  # cells of what is spelled out


@dataclass(frozen=True)
class Telling:
    """What every entry is told with: the board, the time now, and the office's zone."""

    board: "Board"
    now: datetime
    zone: tzinfo
    cells: int = FIT  # of what is spelled out

    def short(self, number: str) -> str:
        """A number as people say it."""
        return short_number(number, self.now.astimezone(self.zone).date())

    def at(self, moment: datetime) -> str:
        """A moment: of the day that is looked at, the time alone."""
        local = moment.astimezone(self.zone)
        whole = "%H:%M" if local.date() == self.board.log.day else "%m-%d %H:%M"
        return local.strftime(whole)


def heading(words: str, *more: Span) -> Entry:
    """The shaded line over a section."""
    return Entry(((words, "title"), *more), ground="title")


def nothing(words: str) -> Entry:
    """What is said where a section is empty."""
    return Entry(((f"  {words}", "dim"),))


def below(*said: str) -> tuple[Line, ...]:
    """What stands under the entry of the cursor, each over as many lines as it needs."""
    return tuple(line(f"     {part}") for words in said if words for part in wrap(words, FIT))


def spelled_out(words: str, role: str, cells: int = FIT) -> Iterator[Entry]:
    """A sentence of a section, over as many lines as it needs; no cursor stands on it."""
    for n, part in enumerate(wrap(words, cells)):
        yield Entry(((("  " if n == 0 else "    ") + part, role),))
