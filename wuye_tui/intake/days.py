"""Days that are not written in full: a month alone, and years of two digits.

A person reads 2018年5月 and 18-5-3 at once. Of a month alone the first day is taken, the last where
something ends; two digits are a year only in a column whose other days begin with the year. Both
are told, once for each column.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Final

from wuye_tui.intake import cells
from wuye_tui.intake.grid import Cell, NumberedRow
from wuye_tui.intake.heading import ENDS, Header
from wuye_tui.intake.lines import Line
from wuye_tui.intake.reasons import NotADate, ShortYear
from wuye_tui.rules.text import Field
from wuye_tui.words import _

OF_DAYS: Final = (
    "since",
    "sold",
    "until",
    ENDS,
    "left",
    "warranty_until",
    "day",
    "day_before",
    "swapped",
    "due",
)
_MONTH: Final = re.compile(
    r"(?P<year>[0-9]{4})[-/.] ?(?P<month>[0-9]{1,2})月?"
    r"|(?P<year_said>[0-9]{4}|[0-9]{2})年 ?(?P<month_said>[0-9]{1,2})月份?"
)
_SHORT: Final = re.compile(
    r"(?P<year>[0-9]{2})(?P<said>年)?(?:(?<=年)|[-/.]) ?(?P<month>[0-9]{1,2})[-/.月] ?"
    r"(?P<day>[0-9]{1,2})[日号]?"
)
_YEAR_FIRST: Final = re.compile(r"[0-9]{4} ?[-/.年]")
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}")
_CENTURY: Final = 70
"""Years of two digits from here on are of the last century."""


def take_day(line: Line, name: str, ends: bool = False) -> date | None:
    """The day in a cell, None for a blank; `ends` where it is the last of something."""
    return line.take(name, lambda cell, word: read_day(line, name, cell, word, ends), None)


def read_day(line: Line, name: str, cell: Cell, word: str, ends: bool = False) -> date:
    """The same of a cell that is not blank. Raises NotADate and ShortYear."""
    try:
        return cells.day(cell, word)
    except NotADate:
        typed = cells.narrow(cell, Field.NUMBER, word) if isinstance(cell, str) else ""
        if month := _MONTH.fullmatch(typed):
            return _month(line, name, month, ends)
        if short := _SHORT.fullmatch(typed):
            return _short(line, name, short)
        raise


def year_first(header: Header, body: Sequence[NumberedRow]) -> frozenset[int]:
    """The columns of days in which other days begin with the year, and none ends with it."""
    places = [header.places, *header.further.values()]
    columns = {each[name] for each in places for name in OF_DAYS if name in each}
    return frozenset(at for at in columns if _begins_with_year(body, at))


def _begins_with_year(body: Sequence[NumberedRow], at: int) -> bool:
    found = False
    for _number, values in body:
        cell = values[at] if at < len(values) else ""
        if not isinstance(cell, str):
            continue
        if _YEAR_LAST.fullmatch(cell.strip()):
            return False
        found = found or _YEAR_FIRST.match(cell.strip()) is not None
    return found


def _month(line: Line, name: str, read: re.Match[str], ends: bool) -> date:
    typed = read["year"] or read["year_said"]
    year, month = _full(typed), int(read["month"] or read["month_said"])
    if not (cells.is_year(year) and 1 <= month <= 12):
        raise NotADate
    words = (
        _("只有年月的，按那个月的最后一天算。") if ends else _("只有年月的，按那个月的第一天算。")
    )
    line.tell_once(name, words)
    return date(year, month, monthrange(year, month)[1] if ends else 1)


def _short(line: Line, name: str, read: re.Match[str]) -> date:
    if not read["said"] and line.header.places[name] not in line.year_first:
        raise ShortYear
    year = _full(read["year"])
    try:
        found = date(year, int(read["month"]), int(read["day"]))
    except ValueError as why:
        raise NotADate from why
    line.tell_once(
        name, _("两位数的年份写在最前面：00-69 按 2000 年以后算，70-99 按 1970 年以后算。")
    )
    return found


def _full(typed: str) -> int:
    year = int(typed)
    return year if len(typed) == 4 else year + (1900 if year >= _CENTURY else 2000)
