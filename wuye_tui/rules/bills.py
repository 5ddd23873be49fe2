"""Bills of a month: which lines the fees of an office come to, and what about them looks odd.

Plain reckoning over what the registers know; a run writes the lines, a preview counts them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple

from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.fee_kinds import PRICED, FeeKind, How
from wuye_tui.rules.fees import NoPrice, Price, Reckoned, Term, price_spans, reckon
from wuye_tui.rules.meters import REMOVED, Reading, odd_use, used
from wuye_tui.rules.months import Month
from wuye_tui.rules.shares import Basis, Sharer, shared
from wuye_tui.words import N_

ONE: Final = 1000  # one space or household, in thousandths
NO_AREA, NO_PRICE, NO_READING, BACKWARDS, NOBODY, JUMP, NONE = (
    "no_area", "no_price", "no_reading", "backwards", "nobody", "jump", "none",
)  # fmt: skip
ODD: Final = (
    (NO_PRICE, N_("没有单价")),
    (BACKWARDS, N_("读数倒退")),
    (NOBODY, N_("没人分摊")),
    (NO_AREA, N_("没有面积")),
    (NO_READING, N_("没有读数")),
    (JUMP, N_("突然变多")),
    (NONE, N_("没有用量")),
)
STOPS: Final = frozenset({NO_PRICE, BACKWARDS, NOBODY})
"""What keeps a run from being published until it is put right, or said to be left out."""
LIMIT: Final = 3
"""So many times the line of the month before looks odd."""


class BillLine(NamedTuple):
    """One charge of a run: `source` is the unit and what it is charged for; money in fen."""

    unit: str
    fee: str
    source: str
    fen: int
    begins: date
    ends: date
    due: date | None
    detail: tuple[object, ...]


class Odd(NamedTuple):
    """Something about a unit and a fee that somebody should look at before it is published."""

    code: str
    fee: str
    unit: str
    words: str


class UnitFacts(NamedTuple):
    """What of a unit matters for its bills; `area_centi` in 1/100 square metres, None for none."""

    label: str
    kind: str
    building: str
    area_centi: int | None


@dataclass(frozen=True)
class SpaceTerm:
    """A parking space that a unit pays for in some days."""

    subject: str
    quantity_milli: int
    begins: date
    ends: date | None


@dataclass(frozen=True)
class MeterFacts:
    """A meter with its readings, the last one of the bill before first; `earlier` are what it used
    in months before, in thousandths.
    """

    number: str
    unit: str
    fee: str
    digits: int
    factor: int
    readings: tuple[Reading, ...]
    earlier: tuple[int, ...] = ()


@dataclass(frozen=True)
class PoolFacts:
    """A shared cost of the month, of a building or of all ("")."""

    fee: str
    building: str
    basis: Basis
    fen: int


@dataclass(frozen=True)
class World:
    """All that a run reckons from."""

    units: Sequence[UnitFacts]
    prices: Mapping[tuple[str, str], Sequence[Price]]
    spaces: Mapping[tuple[str, str], Sequence[SpaceTerm]] = field(default_factory=dict)
    less: Mapping[tuple[str, str], Sequence[Term]] = field(default_factory=dict)
    meters: Sequence[MeterFacts] = ()
    pools: Sequence[PoolFacts] = ()
    before: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The fen of the month before, by source and fee."""


def lines(
    world: World, fees: Sequence[FeeKind], month: Month, odd: list[Odd]
) -> Iterator[BillLine]:
    """The lines of a month, fee by fee and unit by unit; what looks odd is added to `odd`."""
    by_how = {
        How.AREA: _by_area, How.UNIT: _by_unit, How.SPACE: _by_space,
        How.METER: _by_meter, How.POOL: _by_pool,
    }  # fmt: skip
    for fee in fees:
        span = fee.span(month)
        made = by_how.get(fee.how)
        if made is None or span is None or not _is_charged(world, fee):
            continue
        for one in made(world, fee, month, span, odd):
            if one.fen > LIMIT * (last := world.before.get((one.source, fee.code), 0)) > 0:
                odd.append(Odd(JUMP, fee.code, one.unit, f"{last / 100:.2f} > {one.fen / 100:.2f}"))
            yield one


def _is_charged(world: World, fee: FeeKind) -> bool:
    """An office that never set a price for a fee does not charge it."""
    return fee.how not in PRICED or any(code == fee.code for code, _kind in world.prices)


class _Reckoner:
    """Alike lines are reckoned once: most flats of a building have the same area."""

    def __init__(self, world: World, fee: FeeKind, span: tuple[date, date]) -> None:
        self._world, self._fee, self._span = world, fee, span
        self._known: dict[tuple[int, str], Reckoned] = {}

    def of(
        self, unit: UnitFacts, quantity_milli: int, span: tuple[date, date] | None = None
    ) -> Reckoned:
        """What a quantity of this unit comes to. Raises NoPrice."""
        less = self._world.less.get((unit.label, self._fee.code), ())
        prices = price_list(self._world, self._fee, unit.kind)
        if less or span is not None:
            return reckon(quantity_milli, prices, *(span or self._span), less)
        key = quantity_milli, unit.kind
        if key not in self._known:
            self._known[key] = reckon(quantity_milli, prices, *self._span)
        return self._known[key]


def price_list(world: World, fee: FeeKind, kind: str) -> Sequence[Price]:
    """The prices of a fee for a kind of unit: its own, otherwise those for all."""
    return world.prices.get((fee.code, kind)) or world.prices.get((fee.code, ""), ())


def _line(
    fee: FeeKind, month: Month, span: tuple[date, date], unit: str, what: str, found: Reckoned
) -> BillLine:
    detail = tuple(
        (part.begins.isoformat(), part.ends.isoformat(), part.days, part.of_days, part.price,
         part.quantity_milli, part.share)
        for part in found.parts
    )  # fmt: skip
    source = f"{unit} {what}".strip()
    return BillLine(unit, fee.code, source, found.fen, *span, fee.due(month), detail)


def _by_area(
    world: World, fee: FeeKind, month: Month, span: tuple[date, date], odd: list[Odd]
) -> Iterator[BillLine]:
    reckoner, unpriced = _Reckoner(world, fee, span), False
    for unit in world.units:
        if not fee.concerns(unit.kind):
            continue
        if not unit.area_centi:
            odd.append(Odd(NO_AREA, fee.code, unit.label, ""))
            continue
        try:
            found = reckoner.of(unit, unit.area_centi * 10)
        except NoPrice as error:
            if not unpriced:
                odd.append(Odd(NO_PRICE, fee.code, unit.label, str(error)))
            unpriced = True
            continue
        if found.fen:
            yield _line(fee, month, span, unit.label, "", found)


def _by_unit(
    world: World, fee: FeeKind, month: Month, span: tuple[date, date], odd: list[Odd]
) -> Iterator[BillLine]:
    reckoner = _Reckoner(world, fee, span)
    for unit in world.units:
        if not fee.concerns(unit.kind):
            continue
        try:
            found = reckoner.of(unit, ONE)
        except NoPrice as error:
            odd.append(Odd(NO_PRICE, fee.code, unit.label, str(error)))
            return
        if found.fen:
            yield _line(fee, month, span, unit.label, "", found)


def _by_space(
    world: World, fee: FeeKind, month: Month, span: tuple[date, date], odd: list[Odd]
) -> Iterator[BillLine]:
    reckoner = _Reckoner(world, fee, span)
    for unit in world.units:
        charged: set[str] = set()
        for one in world.spaces.get((unit.label, fee.code), ()):
            days = max(one.begins, span[0]), min(one.ends or span[1], span[1])
            if days[0] > days[1]:
                continue
            try:
                found = reckoner.of(unit, one.quantity_milli, days)
            except NoPrice as error:
                odd.append(Odd(NO_PRICE, fee.code, unit.label, str(error)))
                return
            if found.fen:
                # A space may be given up and taken again in one month: two lines, told apart.
                again = f" {days[0]}" if one.subject in charged else ""
                charged.add(one.subject)
                yield _line(fee, month, days, unit.label, one.subject + again, found)


def _by_meter(
    world: World, fee: FeeKind, month: Month, span: tuple[date, date], odd: list[Odd]
) -> Iterator[BillLine]:
    kinds = {unit.label: unit.kind for unit in world.units}
    for one in world.meters:
        if one.fee != fee.code:
            continue
        if len(one.readings) < 2 or one.readings[-1].day < span[0]:
            if one.readings and one.readings[-1].kind == REMOVED:
                continue  # switched off: nobody waits for it
            odd.append(Odd(NO_READING, fee.code, one.unit, one.number))
            continue
        try:
            much = used(one.readings, one.digits, one.factor)
        except DeskError as error:
            odd.append(Odd(BACKWARDS, fee.code, one.unit, f"{one.number} {error}"))
            continue
        if code := odd_use(much, one.earlier):
            odd.append(Odd(JUMP if code == "jump" else NONE, fee.code, one.unit, one.number))
        try:
            spans = price_spans(price_list(world, fee, kinds.get(one.unit, "")), *span)
        except NoPrice as error:
            odd.append(Odd(NO_PRICE, fee.code, one.unit, str(error)))
            return
        days = (span[1] - span[0]).days + 1
        exact = sum(
            (Fraction(price * ((last - first).days + 1), days) for first, last, price in spans),
            Fraction(0),
        )
        fen = floor(exact * much / 100_000 + Fraction(1, 2))
        first, last = one.readings[0], one.readings[-1]
        detail = (first.day.isoformat(), first.value_milli, last.day.isoformat(), last.value_milli,
                  much, spans[-1][2])  # fmt: skip
        if fen:
            source = f"{one.unit} {one.number}"
            yield BillLine(one.unit, fee.code, source, fen, *span, fee.due(month), detail)


def _by_pool(
    world: World, fee: FeeKind, month: Month, span: tuple[date, date], odd: list[Odd]
) -> Iterator[BillLine]:
    for pool in world.pools:
        if pool.fee != fee.code:
            continue
        among = [
            unit
            for unit in world.units
            if fee.concerns(unit.kind) and pool.building in {"", unit.building}
        ]
        try:
            sharers = [Sharer(unit.label, weight_of(world, pool, unit)) for unit in among]
            parts = shared(pool.fen, sharers)
        except DeskError as error:
            odd.append(Odd(NOBODY, fee.code, pool.building, str(error)))
            continue
        whole = sum(one.weight or 0 for one in sharers)
        weights = {one.unit: one.weight for one in sharers}
        for unit, fen in parts:
            if fen:
                detail = pool.fen, weights[unit], whole, pool.basis.value
                source = f"{unit} {pool.building or '*'}"
                yield BillLine(unit, fee.code, source, fen, *span, fee.due(month), detail)


def weight_of(world: World, pool: PoolFacts, unit: UnitFacts) -> int:
    """What a unit's part of a pool is reckoned by; 0 bears nothing."""
    if pool.basis is Basis.AREA:
        return unit.area_centi or 0
    if pool.basis is Basis.UNIT:
        return 1
    return sum(
        used(one.readings, one.digits, one.factor)
        for one in world.meters
        if one.unit == unit.label and len(one.readings) > 1
    )
