"""What a year of money is made from: nothing but rows, as a finance office has them in its sheets.

The office lives by them and writes down what it takes; the second reckoning knows nothing else.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class UnitRow(NamedTuple):
    """A unit; its area in square metres as it is printed, "" for none."""

    label: str
    kind: str
    building: str
    area: str


class PriceRow(NamedTuple):
    """A price in yuan from one day to another."""

    fee: str
    kind: str
    price: str
    begins: date
    ends: date | None


class SpaceRow(NamedTuple):
    """A space that a unit pays for."""

    unit: str
    fee: str
    subject: str
    begins: date
    ends: date | None


class LessRow(NamedTuple):
    """A lower share of a fee, in percent."""

    unit: str
    fee: str
    percent: int
    begins: date
    ends: date | None


class ReadingRow(NamedTuple):
    """What a meter showed; `note` is the reader's: 过零, 旧表止码, 新表起码."""

    unit: str
    fee: str
    value: str
    day: date
    note: str = ""


class PoolRow(NamedTuple):
    """A shared cost of a month, in fen; of a building, or of all ("")."""

    fee: str
    period: str
    building: str
    fen: int


class Bill(NamedTuple):
    """The bills of some fees of a month go out, and what was prepaid pays what it can."""

    day: date
    period: str
    fees: tuple[str, ...]


class Opening(NamedTuple):
    """What a unit owed, had prepaid or had deposited when the program came."""

    day: date
    unit: str
    what: str  # a fee, "prepaid", or the fee of a deposit
    period: str
    due: date | None
    fen: int


class Once(NamedTuple):
    """A single charge."""

    day: date
    unit: str
    fee: str
    name: str
    fen: int


class Taken(NamedTuple):
    """Money at the counter, by one or several means; `name` is what later rows call it by."""

    day: date
    name: str
    units: tuple[str, ...]
    tenders: tuple[tuple[str, int], ...]
    without_late: bool = False
    deposit: str = ""


class Back(NamedTuple):
    """Money given back: a receipt made void or refunded (`of`), or what is held (`part`)."""

    day: date
    unit: str
    means: str
    fen: int
    of: str = ""
    part: str = ""


class Off(NamedTuple):
    """Something taken off a charge, named by unit, fee, period and source; `wrong`: all of it."""

    day: date
    unit: str
    fee: str
    period: str
    source: str
    fen: int
    wrong: bool = False


class Spent(NamedTuple):
    """What the office itself spent."""

    day: date
    category: str
    means: str
    fen: int


Event = Bill | Opening | Once | Taken | Back | Off | Spent


@dataclass
class Inputs:
    """All of them; events in the order in which they happened."""

    units: list[UnitRow] = field(default_factory=list)
    prices: list[PriceRow] = field(default_factory=list)
    spaces: list[SpaceRow] = field(default_factory=list)
    less: list[LessRow] = field(default_factory=list)
    readings: list[ReadingRow] = field(default_factory=list)
    pools: list[PoolRow] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
