"""The marks in the squares of a roster's grid, as many as have room, and what they mean.

Where one mark alone has room and somebody has two shifts on a day, it is one of theirs that nobody
has alone that month, or else a digit: the legend says that it stands for both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rich.cells import cell_len

from wuye_tui.rules.roster_sheets import Row, Shown, word_of
from wuye_tui.rules.rosters import Cell
from wuye_tui.words import _

NOTHING, OFF = ".", "-"  # without a shift, on a working day and on any other
ON_LEAVE = "假"  # no shift has this mark: rosters write a day off so
VACANT = "!"  # on leave, and the shift is still theirs: nor this, which is no letter
ONE: Final = 2  # cells of a mark alone
_SPARE: Final = "123456789"


@dataclass(frozen=True)
class Marks:
    """The marks of a month's squares where each has so many cells."""

    shown: Shown
    rows: Sequence[Row]
    room: int

    def of(self, row: Row, place: int) -> str:
        """What stands in the square of somebody's day, counted from 0."""
        cells, day = row.squares[place], self.shown.days[place]
        if (row.person.number, day) in self.shown.away:
            return VACANT if cells else ON_LEAVE
        if not cells:
            return OFF if self.shown.is_free(day) else NOTHING
        whole = self._whole(cells)
        return whole if cell_len(whole) <= self.room else self._short[_codes(cells)]

    @cached_property
    def legend(self) -> list[tuple[str, str]]:
        """What the marks of this month mean, each with its words."""
        shown, held = self.shown, {one.shift for cells in self._fitting for one in cells}
        shifts = [code for code in self._order if code in held]
        told = [(shown.marks.get(code, code), self._words([code])) for code in shifts]
        told += [(mark, self._words(codes)) for codes, mark in self._short.items()]
        if self._has_posts:
            posts = {one.post for cells in self._fitting for one in cells}
            told += [(m, _(post)) for post, m in shown.post_marks.items() if post in posts]
        told += [(NOTHING, _("平日没班")), (OFF, _("周末假日没班"))]
        seen = {self.of(row, n) for row in self.rows for n in range(len(row.squares))}
        leave = ((ON_LEAVE, _("请假")), (VACANT, _("请假没人顶")))
        return [*told, *(one for one in leave if one[0] in seen)]

    def _words(self, codes: Iterable[str]) -> str:
        return "+".join(_(word_of(self.shown.kind, code)) for code in codes)

    @cached_property
    def _order(self) -> Sequence[str]:
        """Every shift, those that the office's file does not have any more last."""
        known = (one.code for one in self.shown.kind.shifts)
        return list(dict.fromkeys((*known, *sorted({one.shift for one in self.shown.cells}))))

    @cached_property
    def _squares(self) -> Sequence[tuple[Cell, ...]]:
        """What stands in the squares of shifts that somebody is there for, each once."""
        days, away = self.shown.days, self.shown.away
        return list(
            dict.fromkeys(
                tuple(one._replace(day=days[0], staff="") for one in cells)
                for row in self.rows
                for day, cells in zip(days, row.squares, strict=True)
                if cells and (row.person.number, day) not in away
            )
        )

    @cached_property
    def _has_posts(self) -> bool:
        """Whether posts are marked: there is room, and the shift alone does not say which."""
        at = {(one.shift, one.post) for one in self.shown.cells if one.post}
        return self.room >= 2 * ONE and len(at) > len({shift for shift, _post in at})

    def _whole(self, cells: Sequence[Cell]) -> str:
        """Every shift, with its post where posts are marked."""
        marks, posts = self.shown.marks, self.shown.post_marks if self._has_posts else {}
        return "".join(
            f"{marks.get(one.shift, one.shift)}{posts.get(one.post, '')}" for one in cells
        )

    @cached_property
    def _fitting(self) -> Sequence[tuple[Cell, ...]]:
        """The squares in which every shift has room."""
        return [one for one in self._squares if cell_len(self._whole(one)) <= self.room]

    @cached_property
    def _short(self) -> Mapping[tuple[str, ...], str]:
        """One mark for all that somebody has on a day, by the codes of the shifts, where there is
        no room for more.
        """
        marks, along = self.shown.marks, self.shown.along
        taken = {marks.get(one.shift, "") for cells in self._fitting for one in cells}
        every = {_codes(one) for one in self._squares if one not in self._fitting}
        found: dict[tuple[str, ...], str] = {}
        for codes in sorted(every, key=self._place):
            # The shift that begins last says most; one that always comes along says nothing.
            told = [*(one for one in codes if one in along), *(c for c in codes if c not in along)]
            own = (marks[code] for code in reversed(told) if code in marks)
            found[codes] = next((one for one in (*own, *_SPARE) if one not in taken), "?")
            taken.add(found[codes])
        return found

    def _place(self, codes: tuple[str, ...]) -> tuple[int, list[int]]:
        return len(codes), [self._order.index(code) for code in codes]


def _codes(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.shift for one in cells))
