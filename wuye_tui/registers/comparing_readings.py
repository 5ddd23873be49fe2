"""The readings of a sheet against the register (FW-4.2): what of them is new, changed, or cannot be
taken. Nothing is written.

Of a meter that had no reading, what the sheet calls the last one is kept as the first: without it
nothing could be charged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from wuye_tui.registers.comparisons import (
    Columns,
    Comparison,
    Example,
    Objection,
    Values,
    objection,
    remark,
)
from wuye_tui.registers.fitting_readings import (
    MONTHS_BACK,
    Kept,
    Placed,
    There,
    fitted,
    odd_uses,
    other_before,
    replaced,
)
from wuye_tui.registers.meter_questions import Known, charged, first_day, histories
from wuye_tui.registers.meter_refusals import AlreadyCharged
from wuye_tui.registers.placing_readings import Asked, Book, about
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.meters import INSTALLED, REGULAR, Reading, reading_words
from wuye_tui.rules.months import Month, month_of
from wuye_tui.words import _


@dataclass
class Readings(Comparison):
    """What an import of readings would write, besides counts and remarks. `made` are new meters,
    `altered` those with other digits or another factor; `written` are readings, new and changed,
    `gone` those whose place one of another kind takes. `months` are the last ones by fee.
    """

    made: list[Known] = field(default_factory=list)
    altered: list[Known] = field(default_factory=list)
    written: list[Values] = field(default_factory=list)
    gone: list[Values] = field(default_factory=list)
    refused: list[DeskError] = field(default_factory=list)
    months: dict[str, Month] = field(default_factory=dict)


def compare_readings(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, asked: Asked
) -> Readings:
    """Compares rows of readings with the register. A row in which a meter was changed is taken as a
    whole or not at all: a new meter without the old one's end would charge what nobody used.
    """
    taken, out = list(rows), list[tuple[Objection, DeskError]]()
    found = _compared(session, site, taken, columns, asked)
    while halves := _swaps_refused(taken, found):
        both = zip(found.objections, found.refused, strict=True)
        out += [one for one in both if one[0].row_number in halves]
        taken = [row for row in taken if row.row_number not in halves]
        found = _compared(session, site, taken, columns, asked)
    found.objections += [one for one, _why in out]
    found.refused += [why for _one, why in out]
    return found


def _compared(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, asked: Asked
) -> Readings:
    comparing = _Comparing(session, site, columns, asked)
    for row in rows:
        comparing.place(row)
    comparing.finish()
    return comparing.found


def _swaps_refused(rows: Iterable[Any], found: Readings) -> set[int]:
    """The rows with a change of meters of which some part is refused: there are ever fewer."""
    swaps = {row.row_number for row in rows if row.part}
    return swaps & {one.row_number for one in found.objections}


class _Comparing:
    """Gathers the rows of each meter, then looks at meter after meter."""

    def __init__(self, session: Session, site: str, columns: Columns, asked: Asked) -> None:
        self.found = Readings()
        self._session, self._site = session, site
        self._columns, self._asked = columns, asked
        self._book = Book(session, site, asked)
        self._placed: dict[str, list[Placed]] = {}
        self._oldest = month_of(asked.today)
        self._out: dict[str, tuple[Month, str] | None] = {}

    def place(self, row: Any) -> None:
        """Finds out which meter a row is of, and on which day it was read."""
        try:
            day = self._book.day_of(row)
            known, beside = self._book.meter_of(row)
        except DeskError as why:
            self._refuse(row, why)
            return
        if beside:
            words = _("这一户的{fee}已有表 {number}，会再登记一块。写错了表号的，请先改正。")
            words = words.format(fee=self._asked.word(known.fee), number=beside)
            self._tell(row, "meter", known.number, words)
        one = Placed(row, Reading(day, row.value_milli, row.kind))
        self._placed.setdefault(known.number, []).append(one)
        self._oldest = min(self._oldest, month_of(day))

    def finish(self) -> None:
        """Every row has been placed."""
        since = first_day(self._oldest.later(-MONTHS_BACK))
        there = histories(self._session, self._site, since, self._placed.keys())
        for number, placed in self._placed.items():
            before = self._book.known[number]
            known = self._book.altered.get(number, before)
            taken = self._take(known, there.get(number, []), placed)
            if taken and known != before and number not in self._book.new:
                self._alter(placed[0].row, before, known)

    def _alter(self, row: Any, before: Known, now: Known) -> None:
        self.found.altered.append(now)
        self.found.changed += 1
        for name in ("digits", "factor"):
            old, new = getattr(before, name), getattr(now, name)
            if old != new:
                self.found.example(Example(row.row_number, now.number, name, old, new))

    def _take(self, known: Known, there: Sequence[Reading], placed: Sequence[Placed]) -> bool:
        """Sorts the readings of a meter into new, changed, unchanged and refused; whether any of
        them can be taken.
        """
        same = {(one.day, one.kind): one for one in there}
        again, fresh = 0, list[Placed]()
        for one in placed:
            if same.get((one.reading.day, one.reading.kind)) == one.reading:
                again += 1
                self._reaches(known, one)
            elif out := self._is_out(known.fee, one.reading.day):
                word = self._asked.word(known.fee)
                self._refuse(one.row, AlreadyCharged(word, *out, one.reading.day))
            else:
                fresh.append(one)
        self.found.unchanged += again
        return (self._fits(known, there, same, fresh) if fresh else 0) + again > 0

    def _fits(
        self, known: Known, there: Sequence[Reading], same: There, fresh: Sequence[Placed]
    ) -> int:
        """Keeps what can stand beside its neighbours; how many."""
        gone = [replaced(one.reading, same) for one in fresh]
        rest = [one for one in there if one not in gone]
        first = min(fresh, key=lambda one: one.reading.day)
        base = _base(first, rest)
        kept, refused = fitted([*rest, *base], fresh, known.digits)
        for one, why in refused:
            self._refuse(one.row, why)
        if base and not any(whose is first for _one, whose in kept):
            kept, base = [step for step in kept if step[0] not in base], []
        self._keep(known, same, kept, base)
        for told in (*other_before(kept), *odd_uses(known, kept)):
            self._tell(*told)
        return len(fresh) - len(refused)

    def _keep(self, known: Known, same: There, kept: Kept, base: Sequence[Reading]) -> None:
        mine = [whose for _one, whose in kept if whose is not None]
        if mine and known.number in self._book.new:
            self.found.made.append(known)
        for one in mine:
            self._reaches(known, one)
            self._count(known, one, replaced(one.reading, same))
        for reading in (*base, *(one.reading for one in mine)):
            values = {**_key(known, reading), "value_milli": reading.value_milli}
            self.found.written.append(values)
        for reading in base:
            words = _("登记里没有更早的读数，这一个记在 {day}。").format(day=reading.day)
            self._tell(mine[0].row, "before", reading_words(reading.value_milli), words)

    def _count(self, known: Known, one: Placed, before: Reading | None) -> None:
        row, words = one.row.row_number, reading_words(one.reading.value_milli)
        if before is None:
            self.found.new += 1
            self.found.example_of_new(row, known.number, "value", words)
            return
        self.found.changed += 1
        old = reading_words(before.value_milli)
        self.found.example(Example(row, known.number, "value", old, words))
        if before.kind != one.reading.kind:
            self.found.gone.append(_key(known, before))

    def _reaches(self, known: Known, one: Placed) -> None:
        month = month_of(one.reading.day)
        self.found.months[known.fee] = max(month, self.found.months.get(known.fee, month))

    def _is_out(self, fee: str, day: date) -> tuple[Month, str] | None:
        """The last month of a fee whose bills are out, where it is not before this day's."""
        if fee not in self._out:
            out = charged(self._session, self._site, fee, self._oldest)
            self._out[fee] = next(out, None)
        found = self._out[fee]
        return found if found and month_of(day) <= found[0] else None

    def _refuse(self, row: Any, why: DeskError) -> None:
        name, value = about(row, why)
        name = name if name in self._columns else "value"
        self.found.refused.append(why)
        self.found.objections.append(objection(self._columns, row, name, value, why))

    def _tell(self, row: Any, name: str, value: str, words: str) -> None:
        name = name if name in self._columns else "value"
        self.found.told.append(remark(self._columns, row, name, value, words))


def _base(first: Placed, rest: Sequence[Reading]) -> list[Reading]:
    """The first reading of a meter that had none before its first row: what that row says of the
    last one, on the day that it says, or at the end of the month before.
    """
    day, row = first.reading.day, first.row
    earlier = any(one.day < day for one in rest)
    if earlier or row.before_milli is None or first.reading.kind == INSTALLED:
        return []
    end = first_day(month_of(day)) - timedelta(days=1)
    since = row.day_before if row.day_before and row.day_before < day else end
    return [Reading(since, row.before_milli, REGULAR)]


def _key(known: Known, one: Reading) -> Values:
    return {"meter": known.number, "day": one.day, "kind": one.kind}
