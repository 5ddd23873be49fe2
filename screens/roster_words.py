"""The words of the roster at the console: the grid of a month, one person's days, one post's.

Nothing here asks or acts. A night, a holiday and whoever has two shifts on a day can be told apart
without colour: by the mark, by the weekday's word, by the line under it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from screens.roster_marks import ON_LEAVE, ONE, VACANT, Marks
from screens.widgets.painted import Line, Span, cut, fit, flow, line, wrap
from wuye_tui.rules import roster_sheets
from wuye_tui.rules.roster_sheets import WEEKDAYS, Row, Shown
from wuye_tui.rules.rosters import Cell
from wuye_tui.words import _, clauses, listed

NAME: Final = 9  # cells before the days: the cursor's mark, the name, a blank
LEAST, MOST = ONE, 5  # cells of a day
LEGEND: Final = 2  # lines that the marks may take


def day_cells(across: int, days: int) -> int:
    """How many cells a day gets where there is so much room: as many as let all of them be seen,
    if two are enough.
    """
    return max(LEAST, min(MOST, (across - NAME) // max(1, days)))


def title(shown: Shown, published: str) -> list[Span]:
    """The kind, the month, and which version it is; a draft says that it is one."""
    told = _(" {kind} {month}").format(kind=_(shown.kind.word), month=shown.month)
    if shown.is_draft:
        return [(told, "title"), (_("  草稿，没有发布"), "late")]
    version = _("  第 {version} 版 {day} 发布").format(version=shown.version, day=published)
    return [(told, "title"), (version, "")]


def heads(shown: Shown, days: Sequence[date], wide: int, today: date, here: date) -> list[Line]:
    """Weekdays and numbers of the days in sight; today is reversed, the cursor's day underlined."""
    weekdays: list[Span] = [(" " * NAME, "")]
    numbers: list[Span] = [(fit(_(" 姓名"), NAME), "label")]
    for day in days:
        role = "soon" if shown.is_free(day) else "label"
        weekdays.append((fit(shown.weekday(day), wide), role))
        role = role if day.day % 2 else ""  # side by side two of them are no number of four digits
        role = "chosen" if day == today else "kept" if day == here else role
        number = f"{day.day:>2}"
        numbers += [(number, role), (" " * (wide - len(number)), "")]
    return [line(*weekdays), line(*numbers)]


def marks_of(shown: Shown, rows: Sequence[Row], wide: int) -> Marks:
    """The marks where a day gets so many cells: two of them stand side by side, more have a blank
    behind them.
    """
    return Marks(shown, rows, wide if wide == LEAST else wide - 1)


def person_line(marks: Marks, row: Row, span: range, wide: int, here: date | None) -> Line:
    """Somebody's days in sight; `here` is the cursor's day, in its row alone."""
    head = ">" if here is not None else " "
    spans: list[Span] = [(head + fit(row.person.name, NAME - 2) + " ", "strong" if here else "")]
    for place in span:
        said = marks.of(row, place)
        words = fit(said, max(ONE, _cells(said)))
        is_here = marks.shown.days[place] == here
        role = "cursor" if is_here else _role(marks.shown, row.squares[place], said)
        spans += [(words, role), (" " * (wide - _cells(words)), "")]
    return line(*spans)


def _role(shown: Shown, cells: Sequence[Cell], mark: str) -> str:
    if mark in (VACANT, ON_LEAVE):
        return "late" if mark == VACANT else ""
    if len(cells) > 1:
        return "kept"
    nights = (roster_sheets.turn(shown.kind, one).night for one in cells)
    return "key" if any(nights) else "dim" if not cells else ""


def _cells(words: str) -> int:
    return line(words).cells


def cursor_lines(marks: Marks, row: Row, place: int, across: int) -> list[Line]:
    """What stands under the grid: the square of the cursor, who else is there, the person's month,
    and the marks.
    """
    shown = marks.shown
    day, cells = shown.days[place], row.squares[place]
    who = f"{row.person.name} {row.person.number}"
    head = _(" {day} 周{weekday} {who}").format(
        day=f"{day:%m-%d}", weekday=_weekday(shown, day), who=who
    )
    said = _day_words(shown, row, place) or _("没有班")
    others = clauses(filter(None, (_beside(shown, cell) for cell in cells)))
    told = [[(f"{mark}={word}", "dim")] for mark, word in marks.legend]
    return [
        cut(line((head, "strong"), f"  {said}"), across),
        cut(line((_(" 同班 "), "label"), others or _("没有别人")), across) if cells else line(),
        cut(line(" ", totals_words(row.totals)), across),
        *(line(" ", *one.spans) for one in flow(told, max(1, across - 1), LEGEND)),
    ]


def _day_words(shown: Shown, row: Row, place: int) -> str:
    """All of somebody's day, that they are on leave as well; empty where there is nothing."""
    day, cells = shown.days[place], row.squares[place]
    is_away = (row.person.number, day) in shown.away
    leave = [_("请假没人顶") if cells else _("请假")] if is_away else []
    return clauses([*leave, *(_turn(shown, cell) for cell in cells)])


def _weekday(shown: Shown, day: date) -> str:
    word = _(WEEKDAYS[day.weekday()])
    return f"{word}({shown.weekday(day)})" if day in shown.holidays else word


def _turn(shown: Shown, cell: Cell) -> str:
    turn = roster_sheets.turn(shown.kind, cell)
    times = f"{turn.begins:%H:%M}-{turn.ends:%H:%M}" if turn.begins and turn.ends else ""
    return " ".join(filter(None, (_(turn.word), times, cell.post)))


def _beside(shown: Shown, cell: Cell) -> str:
    names = {one.number: one.name for one in shown.people}
    return listed(
        names.get(one.staff, one.staff)
        for one in shown.cells
        if (one.day, one.shift) == (cell.day, cell.shift)
        and one.staff != cell.staff
        and (one.staff, one.day) not in shown.away
    )


def totals_words(had: roster_sheets.Totals) -> str:
    """What somebody has of the month, in words."""
    told = _("本月 {days} 天，夜班 {nights}，周末假日 {weekends}，工时 {hours}")
    return told.format(days=had.days, nights=had.nights, weekends=had.weekends, hours=had.hours)


# Lists that are only read


def person_lines(shown: Shown, row: Row, across: int) -> list[Line]:
    """One person's month, a line for each day with a shift or on leave."""
    head = _(" {name} {number} {kind} {month}").format(
        name=row.person.name, number=row.person.number, kind=_(shown.kind.word), month=shown.month
    )
    found = [line((head, "title"), ground="title"), line(" ", totals_words(row.totals))]
    for place, day in enumerate(shown.days):
        if said := _day_words(shown, row, place):
            found.append(cut(_day_line(shown, day, said), across))
    return found


def post_lines(shown: Shown, post: str, across: int) -> list[Line]:
    """One post's month, a line for each shift of a day; a kind without posts is one whole. Whoever
    is on leave is not there.
    """
    there = [one for one in shown.cells if (one.staff, one.day) not in shown.away]
    head = _(" {post} {kind} {month}").format(post=post, kind=_(shown.kind.word), month=shown.month)
    found, before = [line((head.replace("  ", " "), "title"), ground="title")], None
    for one in roster_sheets.of_post(replace(shown, cells=there), post):
        words = f"{fit(_(one.word), 12)} {listed(one.people)}" if one.people else ""
        words = words or f"{fit(_(one.word), 12)} {_('没有人')}"
        day = one.day if one.day != before else None
        before = one.day
        found += _wrapped(shown, day, words, across)
    return found


def _wrapped(shown: Shown, day: date | None, words: str, across: int) -> Iterable[Line]:
    first, *more = wrap(words, max(20, across - 12))
    yield _day_line(shown, day, first)
    yield from (line(" " * 11 + " " * 13 + part) for part in more)


def _day_line(shown: Shown, day: date | None, words: str) -> Line:
    head = f" {day:%m-%d} {shown.weekday(day)}" if day else ""
    role = "soon" if day and shown.is_free(day) else "label"
    return line((fit(head, 11), role), words)
