"""A roster as it is shown and pinned to the wall (KF-5, ZB-3.6): the month as a grid, one person's
days, one post's days, and what everybody has of it.

Plain data in, plain data out. Marks are taken from the office's own words, whatever language is in
force: what hangs on the wall is read by everybody.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple

from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Cell, Person, RosterKind, Shift
from wuye_tui.words import N_, _

_SPARE: Final = "123456789"  # where every character of a word is another's mark already
_DAY_OFF: Final = "休假"  # what rosters write for a day off: no mark of a shift
WEEKDAYS: Final = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))
HOLIDAY: Final = N_("假")


@dataclass(frozen=True)
class Shown:
    """One version of a roster of a month, with all that a sheet of it says.

    `days` are the days of the month in order; `published_at` is None for a draft. `gone` is what an
    earlier version had: a calendar is told that it does not hold any more. `away` is who is on
    leave on which day, by staff number. `staff` and `post` say whom and what alone it is of, where
    `only` has left out all others.
    """

    kind: RosterKind
    month: Month
    people: Sequence[Person]
    days: Sequence[date]
    cells: Sequence[Cell]
    version: int = 1
    number: str = ""
    published_at: datetime | None = None
    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()  # Saturdays and Sundays that are worked for a holiday
    office: str = ""
    gone: Sequence[Cell] = ()
    away: frozenset[tuple[str, date]] = frozenset()
    staff: str = ""
    post: str = ""
    stopped: bool = False  # it was drawn up and not finished: there may be a better one

    @cached_property
    def marks(self) -> Mapping[str, str]:
        """One character for each shift, no two alike, by its code: as a rule its word's first."""
        return _marks((one.code, one.word) for one in self.kind.shifts)

    @cached_property
    def post_marks(self) -> Mapping[str, str]:
        """The same for each post, by its name; a kind without posts has none."""
        return _marks((one, one) for one in _every_post(self) if one)

    @cached_property
    def along(self) -> frozenset[str]:
        """The shifts that come along with another one on every day that has it."""
        needs = {one.code: _needed(self.kind, one.code) for one in self.kind.shifts}
        return frozenset(
            one.code
            for one in self.kind.shifts
            if one.only_with and needs[one.code] == needs[one.only_with]
        )

    @property
    def is_draft(self) -> bool:
        """Whether nobody has been told of it yet."""
        return self.published_at is None

    def is_free(self, day: date) -> bool:
        """Saturdays, Sundays and public holidays, make-up days not: what stands out on a sheet."""
        return day in self.holidays or (day.weekday() > 4 and day not in self.working)

    def weekday(self, day: date) -> str:
        """The weekday in one character; a public holiday says that it is one instead."""
        return _(HOLIDAY if day in self.holidays else WEEKDAYS[day.weekday()])


class Totals(NamedTuple):
    """What somebody has of a month: days on which they work, nights, and of the days those that are
    Saturdays, Sundays and holidays.
    """

    days: int = 0
    nights: int = 0
    weekends: int = 0
    minutes: int = 0

    @property
    def hours(self) -> str:
        """The working time in hours, `176` or `7.5`."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


class Row(NamedTuple):
    """Somebody's month: for each day what they have on it, the earliest first."""

    person: Person
    squares: tuple[tuple[Cell, ...], ...]
    totals: Totals


class Turn(NamedTuple):
    """One shift of somebody's: `begins` and `ends` in the office's own time, both None where the
    office's file does not know the shift any more.
    """

    cell: Cell
    word: str
    begins: datetime | None
    ends: datetime | None
    night: bool


class Manned(NamedTuple):
    """Who is at a post in a shift of a day; nobody where somebody is asked for and missing."""

    day: date
    shift: str
    word: str
    people: tuple[str, ...]  # names


def _needed(kind: RosterKind, shift: str) -> list[tuple[int, frozenset[int], int | None]]:
    return [
        (one.heads, one.weekdays, one.holidays)
        for one in sorted(kind.needs, key=lambda one: (sorted(one.weekdays), one.heads))
        if one.shift == shift
    ]


def month_grid(shown: Shown) -> list[Row]:
    """Everybody's month, people in the order given. Whoever has a shift and is not among them (who
    has left since) stands at the end, under their number.
    """
    squares: dict[tuple[str, date], list[Cell]] = {}
    for cell in in_order(shown.kind, shown.cells):
        squares.setdefault((cell.staff, cell.day), []).append(cell)
    known = {one.number for one in shown.people}
    others = dict.fromkeys(cell.staff for cell in shown.cells if cell.staff not in known)
    everybody = [*shown.people, *(Person(number, number) for number in sorted(others))]
    counted = totals(shown)
    return [
        Row(
            one,
            tuple(tuple(squares.get((one.number, day), ())) for day in shown.days),
            counted.get(one.number, Totals()),
        )
        for one in everybody
        if not one.stand_in or one.number in counted
    ]


def totals(shown: Shown) -> dict[str, Totals]:
    """What everybody who has a shift has of the month, by staff number."""
    found: dict[str, Totals] = {}
    counted = set[tuple[str, date]]()
    for cell in shown.cells:
        shift, had = shift_of(shown.kind, cell.shift), found.get(cell.staff, Totals())
        is_new = (cell.staff, cell.day) not in counted  # a second shift makes no second day
        counted.add((cell.staff, cell.day))
        is_weekend = cell.day.weekday() > 4 or cell.day in shown.holidays
        found[cell.staff] = Totals(
            had.days + is_new,
            had.nights + (shift is not None and shift.night),
            had.weekends + (is_new and is_weekend),
            had.minutes + (shift.counted if shift is not None else 0),
        )
    return found


def of_person(shown: Shown, staff: str) -> list[Turn]:
    """Somebody's shifts in the order in which they come."""
    own = (cell for cell in shown.cells if cell.staff == staff)
    return [turn(shown.kind, cell) for cell in in_order(shown.kind, own)]


def turn(kind: RosterKind, cell: Cell) -> Turn:
    """A shift with its times."""
    shift = shift_of(kind, cell.shift)
    if shift is None:
        return Turn(cell, cell.shift, None, None, night=False)
    return Turn(cell, shift.word, *shift.span(cell.day), night=shift.night)


def of_post(shown: Shown, post: str) -> list[Manned]:
    """Day by day and shift by shift who is at a post, `""` for a kind that has none."""
    names = {one.number: one.name for one in shown.people}
    at: dict[tuple[date, str], list[str]] = {}
    for cell in shown.cells:
        if cell.post == post:
            at.setdefault((cell.day, cell.shift), []).append(names.get(cell.staff, cell.staff))
    order = _places(shown.kind)
    for day in shown.days:
        for need, _many in shown.kind.heads(day, day in shown.holidays):
            if need.post == post:
                at.setdefault((day, need.shift), [])
    return [
        Manned(day, code, word_of(shown.kind, code), tuple(people))
        for (day, code), people in sorted(
            at.items(), key=lambda one: (one[0][0], order.get(one[0][1], len(order)), one[0][1])
        )
    ]


def posts(shown: Shown) -> list[str]:
    """Every post that is asked for or held, in the order of the office's file; of one person or
    one post only those held.
    """
    held = {cell.post for cell in shown.cells}
    is_part = bool(shown.staff or shown.post)
    return [one for one in _every_post(shown) if one in held or not is_part]


def _every_post(shown: Shown) -> list[str]:
    asked = (need.post for need in shown.kind.needs)
    return list(dict.fromkeys((*asked, *(cell.post for cell in shown.cells))))


def gaps(shown: Shown, since: date) -> list[tuple[date, str, str]]:
    """By day, shift and post every place that nobody has, from a day on; none on a sheet of one
    person or post.
    """
    if shown.staff or shown.post:
        return []
    held = Counter((one.day, one.shift, one.post) for one in shown.cells)
    needed = Counter[tuple[date, str, str]]()
    for day in shown.days:
        for need, many in shown.kind.heads(day, day in shown.holidays):
            if day >= since:
                needed[day, need.shift, need.post] += many
    return sorted((needed - held).elements())


def heads(shown: Shown) -> dict[str, list[int]]:
    """How many people each shift has on each day, by the shift's code."""
    many = Counter((cell.shift, cell.day) for cell in shown.cells)
    codes = dict.fromkeys((*(one.code for one in shown.kind.shifts), *(c for c, _day in many)))
    return {code: [many[code, day] for day in shown.days] for code in codes}


def only(shown: Shown, staff: str = "", post: str = "") -> Shown:
    """The same with one person's shifts alone, or those at one post."""
    cells, gone = (
        [one for one in some if staff in ("", one.staff) and post in ("", one.post)]
        for some in (shown.cells, shown.gone)
    )
    held = {one.staff for one in cells}
    meant = (staff,) if staff else held if post else {one.number for one in shown.people}
    people = [one for one in shown.people if one.number in meant]
    return replace(shown, people=people, cells=cells, gone=gone, staff=staff, post=post)


def called(people: Sequence[Person], typed: str) -> list[Person]:
    """Those of this number or name, however it is spaced: a number is one person's alone."""
    meant = _unspaced(typed)
    numbered = [one for one in people if meant and _unspaced(one.number) == meant]
    return numbered or [one for one in people if meant and _unspaced(one.name) == meant]


def _unspaced(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def in_order(kind: RosterKind, cells: Iterable[Cell]) -> list[Cell]:
    """By day, then as the shifts follow one another on a day."""
    order = _places(kind)
    return sorted(cells, key=lambda one: (one.day, order.get(one.shift, len(order)), one))


def _places(kind: RosterKind) -> dict[str, int]:
    """The place of each shift among those of a day: by its start, then as the file has them."""
    found = sorted(enumerate(kind.shifts), key=lambda one: (one[1].starts, one[0]))
    return {shift.code: place for place, (_n, shift) in enumerate(found)}


# Words and marks


def shift_of(kind: RosterKind, code: str) -> Shift | None:
    """A shift by its code; None for one that the office's file does not have any more."""
    return next((one for one in kind.shifts if one.code == code), None)


def word_of(kind: RosterKind, code: str) -> str:
    """What a shift is called; its code where the office's file does not know it any more."""
    found = shift_of(kind, code)
    return found.word if found is not None else code


def _marks(words: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The first character where no other word begins so; otherwise the first that no other has."""
    every = dict(words)
    found: dict[str, str] = {}
    for code, word in every.items():
        others = [other for one, other in every.items() if one != code]
        own = [one for one in f"{word}{code.upper()}" if one.isalnum() and one not in _DAY_OFF]
        begins = [one for one in own[:1] if all(other[:1] != one for other in others)]
        alone = [one for one in own if all(one not in other for other in others)]
        free = (one for one in (*begins, *alone, *own, *_SPARE) if one not in found.values())
        found[code] = next(free, "?")
    return found


def square(shown: Shown, cells: Sequence[Cell], whole: bool = False) -> str:
    """What stands in a square of the grid: `早东` for the shift and the post, several one behind
    the other, and only `早` where the post follows from the shift; `whole` writes `早班(东门)`,
    which a program reads as well.
    """
    said = []
    for cell in cells:
        if whole:
            post = f"({cell.post})" if cell.post else ""
            said.append(f"{word_of(shown.kind, cell.shift)}{post}")
        else:
            post = shown.post_marks.get(cell.post, cell.post) if _is_told(shown, cell) else ""
            said.append(f"{shown.marks.get(cell.shift, cell.shift)}{post}")
    return ("/" if whole else "").join(said)


def _is_told(shown: Shown, cell: Cell) -> bool:
    """Whether a square says the post of a shift; that of a shift with one post goes without."""
    return cell.post != shown.kind.post_of(cell.shift)


def legend(shown: Shown) -> Iterator[tuple[str, str, str]]:
    """What the marks mean: mark, word, and from when to when a shift lasts, with its post where it
    has only one (empty for a post).
    """
    for shift in shown.kind.shifts:
        times = f"{shift.starts:%H:%M}-{shift.ends:%H:%M}"
        said = f"{times} {shown.kind.post_of(shift.code)}".rstrip()
        yield shown.marks[shift.code], shift.word, said
    told = {one.post for one in shown.kind.needs if not shown.kind.post_of(one.shift)}
    told |= {cell.post for cell in shown.cells if _is_told(shown, cell)}
    for post in posts(shown):
        if post and post in told:
            yield shown.post_marks[post], post, ""
