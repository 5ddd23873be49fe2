"""Bills and late fees reckoned a second time: day by day, in fractions, from the rows alone.

Nothing here comes from the program that it judges.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.year.inputs import Inputs, ReadingRow, UnitRow

DIGITS = 5  # of every meter
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One charge of a month."""

    unit: str
    fee: str
    period: str
    source: str
    fen: int
    due: date | None


def fees_of(file: Path) -> dict[str, dict[str, Any]]:
    """The office's table of fees, as it stands in its file."""
    return {one["code"]: one for one in tomllib.loads(file.read_text("utf-8"))["fee"]}


def half_up(exact: Fraction) -> int:
    """Whole fen, a half upwards."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def days(first: date, last: date) -> Iterator[date]:
    """Both included."""
    while first <= last:
        yield first
        first += _DAY


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - _DAY


class Bills:
    """The lines of any month."""

    def __init__(self, given: Inputs, fees: Mapping[str, Mapping[str, Any]]) -> None:
        self._given, self._fees = given, fees
        self._known: dict[tuple[Any, ...], int] = {}

    def of(self, period: str, named: Iterable[str]) -> list[Line]:
        """What these fees come to in a month such as 2026-03."""
        return [line for fee in named for line in self._of(period, fee) if line.fen]

    def _of(self, period: str, code: str) -> Iterator[Line]:
        fee = self._fees[code]
        year, month = map(int, period.split("-"))
        span = date(year, month, 1), last_of(year, month)
        due = self._due(fee, year, month)
        if season := fee.get("season"):
            begin, end = (tuple(map(int, one.split("-"))) for one in season)
            if month != begin[0]:
                return
            span = date(year, *begin), date(year + (end < begin), *end)
        kinds = fee.get("kinds")
        units = [one for one in self._given.units if not kinds or one.kind in kinds]
        match fee["how"]:
            case "area":
                for unit in units:
                    if unit.area:
                        fen = self._by_days(code, unit, Fraction(unit.area), *span)
                        yield Line(unit.label, code, period, unit.label, fen, due)
            case "space":
                by_label = {one.label: one for one in self._given.units}
                for one in self._given.spaces:
                    first, last = max(one.begins, span[0]), min(one.ends or span[1], span[1])
                    if one.fee == code and first <= last:
                        fen = self._by_days(code, by_label[one.unit], Fraction(1), first, last)
                        source = f"{one.unit} {one.subject}"
                        yield Line(one.unit, code, period, source, fen, due)
            case "meter":
                yield from self._metered(code, period, span, due)
            case "pool":
                for pool in self._given.pools:
                    if (pool.fee, pool.period) == (code, period):
                        among = [one for one in units if pool.building in ("", one.building)]
                        for label, fen in _shared(pool.fen, among):
                            source = f"{label} {pool.building or '*'}"
                            yield Line(label, code, period, source, fen, due)

    def _due(self, fee: Mapping[str, Any], year: int, month: int) -> date | None:
        if not fee.get("due"):
            return None
        after = year * 12 + month - 1 + fee.get("due_months", 0)
        last = last_of(after // 12, after % 12 + 1)
        return last.replace(day=min(fee["due"], last.day))

    def _by_days(self, code: str, unit: UnitRow, much: Fraction, first: date, last: date) -> int:
        mine = tuple(one for one in self._given.less if (one.unit, one.fee) == (unit.label, code))
        key = code, unit.kind, much, first, last, mine
        if key not in self._known:
            exact = Fraction(0)
            for day in days(first, last):
                share = min(
                    (one.percent for one in mine
                     if one.begins <= day and (one.ends is None or day <= one.ends)), default=100,
                )  # fmt: skip
                of = last_of(day.year, day.month).day
                exact += self._price(code, unit.kind, day) * much * share / 100 / of
            self._known[key] = half_up(exact * 100)
        return self._known[key]

    def _price(self, code: str, kind: str, day: date) -> Fraction:
        mine = [one for one in self._given.prices if (one.fee, one.kind) == (code, kind)]
        mine = mine or [one for one in self._given.prices if (one.fee, one.kind) == (code, "")]
        for one in mine:
            if one.begins <= day and (one.ends is None or day <= one.ends):
                return Fraction(one.price)
        raise AssertionError((code, kind, day))

    def _metered(
        self, code: str, period: str, span: tuple[date, date], due: date | None
    ) -> Iterator[Line]:
        kinds = {one.label: one.kind for one in self._given.units}
        read: dict[str, list[ReadingRow]] = {}
        for one in self._given.readings:
            if one.fee == code and one.day <= span[1]:
                read.setdefault(one.unit, []).append(one)
        for unit, rows in read.items():
            before = [one for one in rows if one.day < span[0]][-1:]
            now = [one for one in rows if one.day >= span[0]]
            if not now or (not before and len(now) < 2):
                continue
            much = _ran([*before, *now])
            each = [self._price(code, kinds[unit], day) for day in days(*span)]
            fen = half_up(much * sum(each) / len(each) * 100)
            yield Line(unit, code, period, f"{unit} {meter_of(unit, code)}", fen, due)


def meter_of(unit: str, fee: str) -> str:
    """How the year's sheets name the meter of a unit."""
    return f"{fee[0].upper()}{unit}"


def _ran(rows: list[ReadingRow]) -> Fraction:
    total, last = Fraction(0), Fraction(rows[0].value)
    for one in rows[1:]:
        value = Fraction(one.value)
        if one.note == "新表起码":
            last = value
            continue
        total += value - last + (10**DIGITS if one.note == "过零" else 0)
        last = value
    return total


def _shared(fen: int, units: list[UnitRow]) -> Iterator[tuple[str, int]]:
    """By area; what rounding leaves goes to the largest remainders, then by label."""
    weights = {one.label: Fraction(one.area or 0) for one in units}
    whole = sum(weights.values())
    exact = {label: fen * weight / whole for label, weight in weights.items()}
    parts = {label: int(one) for label, one in exact.items()}
    order = sorted(exact, key=lambda label: (parts[label] - exact[label], label))
    for label in order[: fen - sum(parts.values())]:
        parts[label] += 1
    return iter(parts.items())


def late_fen(
    fee: Mapping[str, Any], due: date | None, fen: int, moved: list[tuple[date, int]], today: date
) -> int:
    """The late fee of a debt of so many fen up to today, both its days and its cap counted one by
    one; `moved` is what was paid, taken back or let off, and when: that day still costs.
    """
    if due is None or not fee.get("rate") or today <= due:
        return 0
    total, most = 0, fen
    stands = fen - sum(much for day, much in moved if day <= due)
    most = stands
    for day in days(due + _DAY, today):
        stands -= sum(much for when, much in moved if when == day - _DAY and when > due)
        most = max(most, stands)
        if (day - due).days > fee.get("grace", 0):
            total += stands
    found = half_up(Fraction(total * fee["rate"], 1_000_000))
    return min(found, most * fee["cap"] // 10_000) if fee.get("cap") else found
