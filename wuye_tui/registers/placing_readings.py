"""Which meter a row of a sheet is of, and on which day it was read.

A meter that nobody knows is made from its unit and its fee.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.registers.comparing_homes import Units, UnknownBuilding, UnknownHome
from wuye_tui.registers.meter_questions import Known, ended, meters
from wuye_tui.registers.meter_refusals import (
    DayToCome,
    MeterElsewhere,
    MeterOfOtherFee,
    NoFee,
    OtherFee,
    OtherFigures,
    SeveralMeters,
    Undated,
    UnknownMeter,
)
from wuye_tui.rules.errors import AmbiguousUnit, DeskError
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.rules.meters import reading_words
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Unit

DIGITS: Final = 5  # of a meter of which the sheet does not say it
_unit = table_of(Unit).c
_LABELS = select(_unit.id, _unit.label).where(_unit.site == bindparam("site"))
_PARTS: Final = {1: "removed", 2: "installed"}
_ABOUT_UNITS: Final = (UnknownHome, UnknownBuilding, AmbiguousUnit, SeveralMeters)


class Asked(NamedTuple):
    """What the one who imports says besides: the office's fees, today, and the fee and the day of
    rows that say none.
    """

    fees: Sequence[FeeKind]
    today: date
    fee: str = ""
    day: date | None = None

    def word(self, fee: str) -> str:
        """The name of a fee."""
        return next((one.word for one in self.fees if one.code == fee), fee)


class Book:
    """The meters of the register, and those that the rows of a sheet add to them."""

    def __init__(self, session: Session, site: str, asked: Asked) -> None:
        self._session, self._site, self._asked = session, site, asked
        self.known: dict[str, Known] = {}
        self.new: set[str] = set()
        self.altered: dict[str, Known] = {}
        """Those of which the sheet says other digits or another factor."""
        self._at: dict[tuple[str, str], list[str]] = {}
        self._ended_at: dict[tuple[str, str], list[str]] = {}
        self._ended = ended(session, site)
        self._swapped: dict[int, Known] = {}
        self._seen: set[str] = set()
        for one in meters(session, site):
            self._add(one)

    def day_of(self, row: Any) -> date:
        """Raises Undated and DayToCome."""
        asked = self._asked.day
        day: date | None = row.day or (asked and asked - timedelta(days=row.early))
        if day is None:
            raise Undated
        if day > self._asked.today:
            raise DayToCome(day)
        return day

    def meter_of(self, row: Any) -> tuple[Known, str]:
        """The meter of a row, and another that its unit has where it is made beside it. Raises what
        `meter_refusals` has, and UnknownHome, UnknownBuilding, AmbiguousUnit.
        """
        unit = self._labels.of(row.unit) if row.unit else ""
        fee = row.fee or self._asked.fee
        old = self._swapped.get(row.row_number) if row.part > 1 else None
        if old is not None:
            unit, fee = unit or old.unit, fee or old.fee
        if self._asked.fee and fee != self._asked.fee:
            raise OtherFee(self._asked.word(fee), self._asked.word(self._asked.fee))
        number = row.meter or self._of_unit(unit, fee, row.new_meter)
        known, beside = self.known.get(number), ""
        if known is None:
            beside = "" if old else next(iter(self._at.get((unit, fee), ())), "")
            known = self._make(row, number, unit, fee, old)
        if unit not in ("", known.unit):
            raise MeterElsewhere(number, known.unit)
        if fee not in ("", known.fee):
            raise MeterOfOtherFee(number, self._asked.word(known.fee))
        if row.part == 1:
            self._swapped[row.row_number] = known
        return self._figured(row, known), beside

    def _make(self, row: Any, number: str, unit: str, fee: str, old: Known | None) -> Known:
        """A meter that nobody knows; in the place of an old one it has as many digits, and its
        factor, where the sheet does not say others.
        """
        if not unit:
            raise UnknownMeter(number)
        if not fee:
            raise NoFee
        digits, factor = (old.digits, old.factor) if old else (DIGITS, 1)
        made = Known(number, unit, fee, row.digits or digits, row.factor or factor)
        self.new.add(number)
        self._add(made)
        return made

    def _add(self, one: Known) -> None:
        self.known[one.number] = one
        if one.active:
            at = self._ended_at if one.number in self._ended else self._at
            at.setdefault((one.unit, one.fee), []).append(one.number)

    def _of_unit(self, unit: str, fee: str, but: str) -> str:
        """The one meter of a unit and a fee, of those that were taken down only where no other is
        there, and never that of the number `but`; one that has to be made is called after them.
        """
        there = self._there(self._at, unit, fee, but) or self._there(self._ended_at, unit, fee, but)
        if len(there) == 1:
            return there[0]
        if not fee:
            raise NoFee
        if there:
            raise SeveralMeters(unit, there)
        return f"{unit} {self._asked.word(fee).removesuffix('费')}"

    @staticmethod
    def _there(
        at: Mapping[tuple[str, str], Sequence[str]], unit: str, fee: str, but: str
    ) -> list[str]:
        return [
            number
            for (label, each), numbers in at.items()
            if label == unit and fee in ("", each)
            for number in numbers
            if number != but
        ]

    def _figured(self, row: Any, known: Known) -> Known:
        """The meter as the sheet says it is, the same in all of its rows. Raises OtherFigures."""
        before = self.altered.get(known.number, known)
        digits, factor = row.digits or before.digits, row.factor or before.factor
        now = before._replace(digits=digits, factor=factor)
        if now != before:
            if known.number in self._seen:
                raise OtherFigures(known.number)
            self.altered[known.number] = now
        self._seen.add(known.number)
        return now

    @cached_property
    def _labels(self) -> "_Labels":
        return _Labels(self._session, self._site)


class _Labels:
    """The labels of units by what a sheet calls them."""

    def __init__(self, session: Session, site: str) -> None:
        self._units = Units(session, site)
        rows = session.connection().execute(_LABELS, {"site": site})
        self._by_id: dict[str, str] = dict(rows.all())

    def of(self, typed: str) -> str:
        """Raises UnknownHome, UnknownBuilding and AmbiguousUnit."""
        return self._by_id[self._units.id_of(typed)]


def about(row: Any, why: DeskError) -> tuple[str, str]:
    """The field, and its value, that a refusal is about."""
    if isinstance(why, Undated | DayToCome):
        return "day", str(row.day or "")
    if isinstance(why, NoFee | OtherFee | MeterOfOtherFee):
        return "fee", row.fee
    if isinstance(why, MeterElsewhere | UnknownMeter):
        return "meter", row.meter
    if isinstance(why, OtherFigures):
        return ("factor", str(row.factor)) if row.factor else ("digits", str(row.digits))
    if isinstance(why, _ABOUT_UNITS):
        return "room", row.unit
    return _PARTS.get(row.part, "value"), reading_words(row.value_milli)
