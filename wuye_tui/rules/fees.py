"""What a price, a quantity and some days come to: one line of a bill, and how it was reckoned.

A price is that of a month. Each calendar month weighs its days of the line by its own length, so a
whole month costs exactly price times quantity; everything is exact until the line is rounded, once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from math import floor
from typing import Final

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.money import MisplacedComma
from wuye_tui.rules.months import month_of
from wuye_tui.words import N_, _

MAX_PRICE: Final = 10**9
"""100,000 yuan a month, in 1/10000 yuan. More than that is a slip of the finger."""
WHOLE: Final = 10_000
"""The share of a price that is all of it."""

_TYPED: Final = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_NARROW: Final = str.maketrans("０１２３４５６７８９．，￥－−", "0123456789.,¥--")
_LONGEST: Final = 24  # characters that are said back
_DAY: Final = timedelta(days=1)
_UNITS: Final = 100 * 1000 * WHOLE  # from 1/10000 yuan, 1/1000 and 1/10000 to fen


class NotAPrice(UsageError):
    """What was typed is no price."""

    def __init__(self, typed: str) -> None:
        told = _("「{typed}」不是单价。请输入每月多少元，例如 2.45。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class NegativePrice(UsageError):
    """A price below zero."""

    def __init__(self, typed: str) -> None:
        told = _("单价「{typed}」是负数。请输入正数；要少收的，请登记减免。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class TooPrecisePrice(UsageError):
    """More than four decimals."""

    def __init__(self, typed: str) -> None:
        told = _("单价「{typed}」最多四位小数。请改正。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class TooLargePrice(UsageError):
    """More than MAX_PRICE."""

    def __init__(self, typed: str) -> None:
        told = _("单价「{typed}」超过 {limit} 元的上限。请核对小数点。")
        super().__init__(told.format(typed=typed[:_LONGEST], limit=price_words(MAX_PRICE)))


class EndsBeforeItBegins(UsageError):
    """A period whose last day lies before its first."""

    def __init__(self, begins: date, ends: date) -> None:
        told = _("期间 {period} 的最后一天早于第一天。请改正日期。")
        super().__init__(told.format(period=_period(begins, ends)))


class OverlappingPrices(UsageError):
    """Two prices for the same day."""

    def __init__(self, one: "Price", other: "Price") -> None:
        told = _("单价的期间 {one} 与 {other} 重叠。请改正日期，使每一天只有一个单价。")
        periods = [_period(price.begins, price.ends) for price in (one, other)]
        super().__init__(told.format(one=periods[0], other=periods[1]))


class HoleInPrices(UsageError):
    """Days without a price between two prices."""

    def __init__(self, begins: date, ends: date) -> None:
        told = _("{period} 没有单价。请补上这几天的单价，或改正前后的日期。")
        super().__init__(told.format(period=_period(begins, ends)))


class NoPrice(Refused):
    """Days are to be charged that have no price: charges follow the published ones."""

    def __init__(self, day: date) -> None:
        told = _("{day} 没有单价，不能计费。请先登记这一天起的单价。")
        super().__init__(told.format(day=day), "KF-3.4")


@dataclass(frozen=True)
class Price:
    """What one unit of quantity costs a month, in 1/10000 yuan, from `begins` to `ends` inclusive.

    Without `ends` it goes on.
    """

    begins: date
    ends: date | None
    price: int


@dataclass(frozen=True)
class Term:
    """In these days only `share` of the price is charged, in 1/10000: WHOLE is all, 0 is waived.

    `word` says why, for a person.
    """

    begins: date
    ends: date | None
    share: int
    word: str


@dataclass(frozen=True)
class Part:
    """Days of one calendar month at one price and one share: `days` of the `of_days` it has."""

    begins: date
    ends: date
    days: int
    of_days: int
    price: int
    quantity_milli: int
    share: int

    @property
    def exact(self) -> Fraction:
        """Its fen before any rounding."""
        charged = self.price * self.quantity_milli * self.share
        return Fraction(charged * self.days, _UNITS * self.of_days)


@dataclass(frozen=True)
class Reckoned:
    """The fen of a line and the parts that they come from, in the order of their days."""

    fen: int
    parts: tuple[Part, ...]

    def words(self, unit: str = N_("平方米")) -> str:
        """The reckoning for a statement: 89.50平方米 x 2.45元 x 12/30天 x 50%.

        `unit` is what the quantity counts, marked for translation; months that are alike and whole
        are counted together.
        """
        alike = groupby(self.parts, lambda p: (p.price, p.share, p.days != p.of_days and p.begins))
        said = [_part_words(list(parts)) for _key, parts in alike]
        times = said[0] if len(said) == 1 else f"({' + '.join(said)})"
        milli = self.parts[0].quantity_milli
        quantity = _trimmed(milli, 3, 2 if milli % 1000 else 0)
        return _("{quantity}{unit} x {times}").format(quantity=quantity, unit=_(unit), times=times)


def parse_price(text: str) -> int:
    """The 1/10000 yuan of a price typed in yuan with up to four decimals: '2.45', '０．５６８３元'.

    Raises a UsageError with its own words for what is no price, has a comma out of place, is
    negative, has five decimals or more, or is above MAX_PRICE.
    """
    bare = text.translate(_NARROW).strip().removeprefix("¥").removesuffix("元").strip()
    found = _TYPED.fullmatch(bare)
    if found is None:
        without_commas = bare.replace(",", "")
        if _TYPED.fullmatch(without_commas):
            raise MisplacedComma(text[:_LONGEST])
        negative = without_commas[:1] == "-" and _TYPED.fullmatch(without_commas[1:])
        raise NegativePrice(text) if negative else NotAPrice(text)
    whole, decimals = found[1].replace(",", "").lstrip("0"), found[2] or ""
    if len(decimals) > 4:
        raise TooPrecisePrice(text)
    # Python itself refuses to read thousands of digits, so their number is looked at first.
    digits = f"{whole}{decimals:0<4}"
    if len(digits) > len(str(MAX_PRICE)) or int(digits) > MAX_PRICE:
        raise TooLargePrice(text)
    return int(digits)


def price_words(price: int) -> str:
    """A price as yuan for a person, with two to four decimals: 24500 is '2.45'."""
    return _trimmed(price, 4, 2)


def check_prices(prices: Sequence[Price]) -> None:
    """Refuses a list of prices, in any order, that says two things of a day, or nothing.

    Raises EndsBeforeItBegins, OverlappingPrices and HoleInPrices.
    """
    for one, other in pairwise(_in_order(prices)):
        if one.ends is not None and (other.begins - one.ends).days > 1:
            raise HoleInPrices(one.ends + _DAY, other.begins - _DAY)


def price_spans(prices: Sequence[Price], begin: date, end: date) -> list[tuple[date, date, int]]:
    """The days from begin to end, both inclusive, cut where the price changes.

    Raises NoPrice with the first day that has none, EndsBeforeItBegins and OverlappingPrices.
    """
    if end < begin:
        raise EndsBeforeItBegins(begin, end)
    due, spans = begin, list[tuple[date, date, int]]()
    for one in _in_order(prices):
        last = min(one.ends or end, end)
        if one.begins > due:
            break
        if last >= due:
            alike = bool(spans) and spans[-1][2] == one.price
            spans.append((spans.pop()[0] if alike else due, last, one.price))
            due = last + _DAY
    if due <= end:
        raise NoPrice(due)
    return spans


def reckon(
    quantity_milli: int, prices: Sequence[Price], begin: date, end: date, terms: Sequence[Term] = ()
) -> Reckoned:
    """One line for the days from begin to end, both inclusive, rounded half up once.

    The quantity is in 1/1000 of what the price is for, never below zero. Where terms overlap, the
    lowest share of a day counts. Raises what `price_spans` raises.
    """
    assert quantity_milli >= 0
    assert all(0 <= term.share <= WHOLE for term in terms)
    for term in terms:
        _refuse_backwards(term)
    parts = tuple(
        Part(first, last, (last - first).days + 1, _length(first), price, quantity_milli, share)
        for since, until, price in price_spans(prices, begin, end)
        for first, last, share in _cut(terms, since, until)
    )
    return Reckoned(floor(sum(part.exact for part in parts) + Fraction(1, 2)), parts)


def _in_order(prices: Sequence[Price]) -> list[Price]:
    for price in prices:
        _refuse_backwards(price)
    ordered = sorted(prices, key=lambda price: price.begins)
    for one, other in pairwise(ordered):
        if one.ends is None or one.ends >= other.begins:
            raise OverlappingPrices(one, other)
    return ordered


def _refuse_backwards(period: Price | Term) -> None:
    if period.ends is not None and period.ends < period.begins:
        raise EndsBeforeItBegins(period.begins, period.ends)


def _length(day: date) -> int:
    """The days of its calendar month."""
    return month_of(day).last_day.day


def _cut(terms: Sequence[Term], since: date, until: date) -> Iterator[tuple[date, date, int]]:
    """The days cut by calendar months, and where the lowest share changes."""
    pieces = groupby(_cut_by_all(terms, since, until), lambda p: (month_of(p[0]), p[2]))
    for (_month, share), alike in pieces:
        days = [day for first, last, _share in alike for day in (first, last)]
        yield days[0], days[-1], share


def _cut_by_all(
    terms: Sequence[Term], since: date, until: date
) -> Iterator[tuple[date, date, int]]:
    """The same, also cut where a term begins or ends that changes nothing."""
    lasts = {term.begins - _DAY for term in terms} | {term.ends or until for term in terms}
    first = since
    while first <= until:
        last = min(until, month_of(first).last_day, *(day for day in lasts if day >= first))
        shares = (t.share for t in terms if t.begins <= first and (t.ends or until) >= first)
        yield first, last, min(shares, default=WHOLE)
        first = last + _DAY


def _part_words(alike: Sequence[Part]) -> str:
    part, price = alike[0], price_words(alike[0].price)
    said = _("{price}元 x {days}/{all}天").format(price=price, days=part.days, all=part.of_days)
    if part.days == part.of_days:
        said = _("{price}元 x {months}个月").format(price=price, months=len(alike))
    return said if part.share == WHOLE else f"{said} x {_trimmed(part.share, 2, 0)}%"


def _period(begins: date, ends: date | None) -> str:
    if ends is None:
        return _("{begins} 起").format(begins=begins)
    return _("{begins} 至 {ends}").format(begins=begins, ends=ends)


def _trimmed(number: int, decimals: int, least: int) -> str:
    """A number with so many decimals inside, shown with no needless zeros but `least` decimals."""
    whole, rest = divmod(abs(number), 10**decimals)
    shown = f"{rest:0{decimals}}".rstrip("0").ljust(least, "0")
    return f"{'-' if number < 0 else ''}{whole:,}{'.' if shown else ''}{shown}"
