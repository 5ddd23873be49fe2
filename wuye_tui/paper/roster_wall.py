"""A roster as the sheet that hangs on the wall: every word of it, before any file is made.

The workbook, the PDF and the text are the same sheet. Its marks are those of the office's file; its
own words are in the language in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from typing import Final

from wuye_tui.rules import roster_sheets
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.rosters import Cell
from wuye_tui.rules.text import visible
from wuye_tui.rules.widths import printed_width
from wuye_tui.rules.wrapping import wrap
from wuye_tui.words import N_, _, clauses, listed

TOTALS: Final = (N_("天数"), N_("夜班"), N_("周末假日"), N_("工时"))
IN_A_LINE: Final = 4
"""Cells of the column of a day, two Chinese characters: what is longer goes on below."""
_NAMED: Final = 4  # places without anybody
SIGNED: Final = (N_("行政编排："), N_("批准："), N_("日期："))


class Ground(StrEnum):
    """What a square is coloured for; the night comes before the holiday, that before weekends."""

    PLAIN = "plain"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    NIGHT = "night"


COLOURS: Final = {
    Ground.WEEKEND: N_("周末"), Ground.HOLIDAY: N_("节假日"), Ground.NIGHT: N_("夜班"),
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One day of the sheet: its number, its weekday or that it is a holiday."""

    day: date
    number: str
    weekday: str
    ground: Ground


@dataclass(frozen=True)
class Line:
    """Somebody's month: the lines in every square, and what it is coloured for."""

    number: str
    name: str
    squares: tuple[tuple[str, ...], ...]
    grounds: tuple[Ground, ...]
    totals: tuple[float, ...]

    @property
    def figures(self) -> list[str]:
        """The totals as they are written: `176`, `7.5`."""
        return [f"{many:.1f}".removesuffix(".0") for many in self.totals]

    @property
    def high(self) -> int:
        """How many lines high its row is."""
        return max(map(len, self.squares), default=1)


@dataclass(frozen=True)
class Wall:
    """The whole sheet. `sums` are the heads of each shift, day by day; `colours` those that are on
    it, with what each stands for; `totals` are the words of everybody's. One post has no totals,
    which would be taken for somebody's whole month, and one person no heads.
    """

    title: str
    note: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[tuple[str, tuple[int, ...]], ...]
    legend: str
    signed: tuple[str, ...]
    colours: tuple[tuple[Ground, str], ...]
    totals: tuple[str, ...]


def wall(shown: Shown, zone: tzinfo) -> Wall:
    """The sheet of a roster; moments are told in this zone."""
    columns = tuple(_column(shown, day) for day in shown.days)
    lines = tuple(_line(shown, row, columns) for row in roster_sheets.month_grid(shown))
    there = {one.ground for one in columns}.union(*(one.grounds for one in lines))
    heads = {} if shown.staff else roster_sheets.heads(shown)
    return Wall(
        title(shown),
        note(shown, zone),
        columns,
        lines,
        tuple((_word(shown, code), tuple(many)) for code, many in heads.items() if any(many)),
        legend(shown),
        tuple(_(word) for word in SIGNED),
        tuple((ground, _(word)) for ground, word in COLOURS.items() if ground in there),
        totals(shown),
    )


def title(shown: Shown) -> str:
    """What the sheet is called; one of a post or a person alone says whose it is."""
    told = _("{kind} {month} 排班表").format(kind=_(shown.kind.word), month=shown.month)
    names = [one.name for one in shown.people if one.number == shown.staff]
    about = (shown.office, told, shown.post, *names, shown.staff)
    return visible(" ".join(filter(None, about)))


def totals(shown: Shown) -> tuple[str, ...]:
    """The words of everybody's totals, which a sheet of one post does not have."""
    return () if shown.post else tuple(_(word) for word in TOTALS)


def note(shown: Shown, zone: tzinfo) -> str:
    """Which version it is and since when it is known; or that nobody has been told of it."""
    if shown.published_at is None:
        return _("{number} 草稿，没有发布").format(number=shown.number).strip()
    at = shown.published_at.astimezone(zone)
    told = _("{number} 第 {version} 版，{at} 发布")
    said = told.format(number=shown.number, version=shown.version, at=f"{at:%Y-%m-%d %H:%M}")
    return clauses(filter(None, (said, missing(shown, at.date()))))


def missing(shown: Shown, since: date) -> str:
    """The places that nobody has, from a day on; "" where there are none."""
    gaps = roster_sheets.gaps(shown, since)
    words = [f"{day:%m-%d} {_word(shown, code)} {post}".strip() for day, code, post in gaps]
    if not words:
        return ""
    if len(words) > _NAMED:
        told = _("还缺人：{empty} 等 {n} 处")
        return visible(told.format(empty=listed(words[:_NAMED]), n=len(words)))
    return visible(_("还缺人：{empty}").format(empty=listed(words)))


def legend(shown: Shown) -> str:
    """What the marks mean."""
    return clauses(
        visible(f"{mark}={_(word)} {times}".rstrip())
        for mark, word, times in roster_sheets.legend(shown)
    )


def _word(shown: Shown, code: str) -> str:
    return visible(_(roster_sheets.word_of(shown.kind, code)))


def _column(shown: Shown, day: date) -> Column:
    ground = Ground.WEEKEND if shown.is_free(day) else Ground.PLAIN
    ground = Ground.HOLIDAY if day in shown.holidays else ground
    return Column(day, str(day.day), shown.weekday(day), ground)


def _square(shown: Shown, cells: Sequence[Cell]) -> tuple[str, ...]:
    """One line where the letters fit, otherwise one for each shift: none are made smaller."""
    said = [visible(roster_sheets.square(shown, [one])) for one in cells]
    if printed_width("".join(said)) <= IN_A_LINE:
        return ("".join(said),)
    return tuple(part for one in said for part in wrap(one, IN_A_LINE, printed_width))


def _line(shown: Shown, row: roster_sheets.Row, columns: Sequence[Column]) -> Line:
    grounds = []
    for cells, column in zip(row.squares, columns, strict=True):
        nights = (roster_sheets.turn(shown.kind, one).night for one in cells)
        grounds.append(Ground.NIGHT if any(nights) else column.ground)
    had = row.totals
    return Line(
        visible(row.person.number),
        visible(row.person.name),
        tuple(_square(shown, cells) for cells in row.squares),
        tuple(grounds),
        (had.days, had.nights, had.weekends, had.minutes / 60) if totals(shown) else (),
    )
