"""A meter that was changed, within the row of its reading (FW-4.2): 旧表止码, 新表起码, 本次读数.

On a day there is one reading, or the last of an old meter and the first of a new one. Where a sheet
does not say on which day it was changed, it was the day before the reading, and that is told; where
the new meter still shows what it began with, it was the day itself, and its reading says no more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wuye_tui.intake.days import take_day
from wuye_tui.intake.grid import Cell
from wuye_tui.intake.lines import Line, says_nothing
from wuye_tui.intake.reasons import CellRefused
from wuye_tui.words import _


class HalfSwap(CellRefused):
    """Of a change of meters one of the two readings is missing."""

    def __init__(self) -> None:
        super().__init__(_("换表要把旧表止码和新表起码都填上。"))


class SwapDay(CellRefused):
    """It was changed on the day of the reading, or later."""

    def __init__(self) -> None:
        super().__init__(_("换表日期要早于抄表日期；同一天换的，本次读数就是新表起码。请核对。"))


@dataclass(frozen=True)
class Swap:
    """What the old meter showed at last, the new one at first, both in 1/1000, and now, None where
    that says no more; its number, "" for the same; the day, None where nobody says it.
    """

    removed: int
    installed: int
    value: int | None
    new_meter: str
    day: date | None

    def day_of(self, read: date | None) -> tuple[date | None, int]:
        """The day on which it was changed, None where the reading's own day is not known yet; and
        by how many days that is before it.
        """
        early = int(self.day is None and self.value is not None)
        if self.day is not None:
            return self.day, 0
        return (read - timedelta(days=early), 0) if read else (None, early)


def swap(
    line: Line, shown: Callable[[Cell, str], int], number: Callable[[Cell, str], str]
) -> Swap | None:
    """The change of meters of a row; None where it has none. What is wrong is noted."""
    both = ("removed", "installed")
    if all(says_nothing(line.value(name)) for name in (*both, "new_meter")):
        return None
    for name in both:
        if says_nothing(line.value(name)):
            line.refuse(name if name in line.header.places else "value", HalfSwap())
    removed, installed = (line.take(name, shown, 0) for name in both)
    value = line.take("value", shown, None)
    day, read = (take_day(line, name, ends=True) for name in ("swapped", "day"))
    if day is None:
        value = None if value == installed else value
    elif read is not None and (day > read or (day == read and value not in (None, installed))):
        line.refuse("swapped", SwapDay())
    elif day == read:
        value = None
    if day is None and value is not None:
        told = _("没有写换表日期，旧表止码和新表起码记在抄表日期的前一天。")
        line.tell_once("removed", told)
    return Swap(removed, installed, value, line.take("new_meter", number, ""), day)
