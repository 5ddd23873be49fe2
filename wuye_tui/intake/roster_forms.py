"""How a roster's sheet is laid out: people by days, days by shifts, or a line for each shift.

And of which month it is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from wuye_tui.intake.cells import shown
from wuye_tui.intake.errors import FileRefused
from wuye_tui.intake.grid import Cell, Sheet
from wuye_tui.intake.roster_words import Words, plain
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.months import Month
from wuye_tui.words import N_

WITHIN: Final = 25  # rows near the top in which the days or the names of columns stand
LEAST_DAYS: Final = 3  # so many in a row of days beside each other
MANY_DAYS: Final = 10  # that follow one another: no sums do
LAST_DAY: Final = 28  # a month ends on it at the earliest
_DAYS: Final = ("日期", "值班日期", "日子", "时间", "date", "day")
_SHIFTS: Final = ("班次", "班", "班别", "shift")
_NAMES: Final = ("姓名", "人员", "值班人", "值班人员", "值班", "员工", "名字", "值班经理", "name")
_NUMBERS: Final = ("工号", "编号", "员工号", "员工编号", "number", "staff")
_POSTS: Final = ("岗位", "岗", "岗点", "岗亭", "位置", "区域", "责任区", "post")
_DAY: Final = re.compile(
    r"(?:(?P<year>20\d{2})[-/.年])?(?:(?P<month>\d{1,2})[-/.月])?(?P<day>\d{1,2})[日号]?"
    r"[\s(]*(?:星期|周|礼拜)?[一二三四五六日天]?\)?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_EIGHT: Final = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_MONTH: Final = re.compile(r"(20\d{2})\s*[-/.年]\s*(1[0-2]|0?[1-9])(?![\d])")
_MONTH_ALONE: Final = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s*月(?!\s*\d)")
_SERIAL: Final = (40_000, 60_000)  # how spreadsheets count the days of our years
_ZERO: Final = date(1899, 12, 30)


class NoRoster(FileRefused):
    """Neither a row of days nor columns of days, shifts and people."""

    sentence = N_(
        "「{name}」里没有认得的排班表。请在一行里写上日期（1、2、3 或 12/1），"
        "左边一列写姓名或工号；或者每班一行，列名写「日期」「班次」「姓名」。"
    )


class WhichMonth(FileRefused):
    """Days without a month."""

    sentence = N_("「{name}」没有写是哪年哪月。请在标题里写上，例如「2026年12月」，再试。")


class OtherMonth(FileRefused):
    """The file is of another month than the one that was asked for. Values: found, wanted."""

    sentence = N_("「{name}」是 {found} 的排班，不是 {wanted} 的。请换成那个月的文件。")


@dataclass(frozen=True)
class Said:
    """A day as a sheet says it; `year` and `month` are 0 where it does not say them."""

    day: int
    month: int = 0
    year: int = 0


@dataclass(frozen=True)
class Form:
    """Where things stand, by columns from 0; -1 where the sheet does not have one.

    `days`: of a row of days. `shifts`: of columns that are shifts, with their posts. Otherwise
    there is a line for each shift.
    """

    row: int
    days: Mapping[int, Said] = field(default_factory=dict)
    shifts: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)
    day: int = -1
    shift: int = -1
    name: int = -1
    number: int = -1
    post: int = -1
    heads: tuple[str, ...] = ()

    def column(self, at: int) -> str:
        """What a column is called."""
        return self.heads[at] if 0 <= at < len(self.heads) else ""


def find(sheet: Sheet, words: Words) -> Form | None:
    """The form of a sheet; None where it is no roster."""
    for number, cells in (row for row in sheet.rows[:WITHIN]):
        heads = tuple(shown(cell).strip() for cell in cells)
        days = {at: said for at, cell in enumerate(cells) if (said := day_said(cell))}
        folded = ["".join(plain(head).split()) for head in heads]
        form = Form(
            number, name=_at(folded, _NAMES), number=_at(folded, _NUMBERS),
            post=_at(folded, _POSTS), heads=heads,
        )  # fmt: skip
        if columns := _columns(days):
            return replace(form, days=columns)
        day, shift = _at(folded, _DAYS), _at(folded, _SHIFTS)
        if day >= 0 and shift >= 0 and max(form.name, form.number) >= 0:
            return replace(form, day=day, shift=shift)
        if day >= 0 and (shifts := _shifts(heads, words)):
            return replace(form, day=day, shifts=shifts)
    return None


Rows = list[tuple[int, list[Cell]]]


def blocks(form: Form, body: Rows) -> list[tuple[Form, Rows]]:
    """The rows below each row of days: many sheets have the month in two halves, one below the
    other. A sheet of another form is one block.
    """
    found: list[tuple[Form, Rows]] = [(form, [])]
    for number, cells in body:
        if columns := _again(form, cells):
            heads = tuple(shown(cell).strip() for cell in cells)
            found.append((replace(form, row=number, days=columns, heads=heads), []))
        else:
            found[-1][1].append((number, cells))
    return found


def _again(form: Form, cells: Sequence[Cell]) -> Mapping[int, Said]:
    """The days of a further row of days: headed as the first, or too many to be a row of sums."""
    days = {at: said for at, cell in enumerate(cells) if (said := day_said(cell))}
    columns = _columns(days) if form.days else {}
    folded = ["".join(plain(shown(cell)).split()) for cell in cells]
    is_headed = max(_at(folded, _NAMES), _at(folded, _NUMBERS)) >= 0
    return columns if is_headed or len(columns) >= MANY_DAYS else {}


def day_said(cell: Cell) -> Said | None:
    """A day of a month, as far as the cell says it."""
    if isinstance(cell, datetime | date):
        return Said(cell.day, cell.month, cell.year)
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if not isinstance(cell, str):
        if cell != int(cell):
            return None
        if _SERIAL[0] < cell < _SERIAL[1]:
            return day_said(_ZERO + timedelta(days=int(cell)))
    text = unicodedata.normalize("NFKC", shown(cell)).strip()
    if eight := _EIGHT.fullmatch(text):
        return _said(*eight.groups())
    found = _DAY.fullmatch(text)
    return _said(found["year"], found["month"], found["day"]) if found else None


def month_of(
    name: str, sheet: Sheet, form: Form, wanted: Month | None, said: Iterable[Said]
) -> Month:
    """The month of a roster: what its days say, otherwise its titles, the sheet's or the file's
    name; otherwise the one that is wanted. Raises WhichMonth and OtherMonth.
    """
    days = Counter((one.year, one.month) for one in said if one.month)
    year, month = max(days, key=lambda one: (days[one], one)) if days else (0, 0)
    titles = [shown(cell) for number, cells in sheet.rows if number < form.row for cell in cells]
    texts = [unicodedata.normalize("NFKC", one) for one in (*titles, sheet.name, Path(name).stem)]
    full = [found for text in texts if (found := _MONTH.search(text))]
    if not month and full:
        year, month = int(full[0][1]), int(full[0][2])
    if not month:
        alone = next((one for text in texts if (one := _MONTH_ALONE.search(text))), None)
        month = int(alone[1]) if alone else 0
    if month and not year:
        same = [int(one[1]) for one in full if int(one[2]) == month]
        year = same[0] if same else wanted.year if wanted else 0
    read = Month(year, month) if year and month else wanted
    if read is None:
        raise WhichMonth(name)
    if wanted is not None and read != wanted:
        raise OtherMonth(name, found=read, wanted=wanted)
    return read


def dated(said: Said, month: Month, *, before: bool = False) -> date | None:
    """The day that is meant, `before` where it is of the month before; None where there is none."""
    usual = month.before if before and not said.month else month
    year, number = said.year or usual.year, said.month or usual.month
    if said.month and not said.year and abs(number - month.month) > 6:
        year += 1 if number < month.month else -1
    try:
        return date(year, number, said.day)
    except ValueError:
        return None


def before_the_turn(days: Mapping[int, Said]) -> frozenset[int]:
    """The columns of a row 26..30, 1..25 that are days of the month before."""
    order = sorted(days)
    turns = [n for n in range(1, len(order)) if days[order[n]].day < days[order[n - 1]].day]
    return frozenset(order[: turns[0]]) if len(turns) == 1 else frozenset()


def _said(year: str | None, month: str | None, day: str) -> Said | None:
    found = Said(int(day), int(month or 0), int(year or 0))
    is_day = 1 <= found.day <= 31 and found.month <= 12 and (found.month or not month)
    return found if is_day else None


def _columns(days: Mapping[int, Said]) -> dict[int, Said]:
    """The days of a row that are one: some beside each other, each later than the one before it,
    from one month into the next perhaps. None where they are only numbers.
    """
    kept = [at for at in sorted(days) if at + 1 in days or at - 1 in days]
    turns = sum(days[b].day <= days[a].day for a, b in pairwise(kept))
    is_row = len(kept) >= LEAST_DAYS and turns <= 1
    is_row = is_row and (not turns or any(days[at].day >= LAST_DAY for at in kept))
    return {at: days[at] for at in kept} if is_row else {}


def _at(heads: Sequence[str], known: Sequence[str]) -> int:
    return next((at for at, head in enumerate(heads) if head in known), -1)


def _shifts(heads: Sequence[str], words: Words) -> dict[int, list[tuple[str, str]]]:
    found = {}
    for at, head in enumerate(heads):
        try:
            if plain(head) in (*_NAMES, plain(words.kind.word)):
                found[at] = [(shift, "") for shift in words.usual()]
            elif plain(head) and plain(head) not in (*_DAYS, "星期", "周", "备注", "序号"):
                found[at] = words.read(head)
        except DeskError:
            continue
    return {at: shifts for at, shifts in found.items() if shifts}
