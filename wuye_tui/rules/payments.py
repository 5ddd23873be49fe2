"""Payments at the counter (FW-4.1, FW-4.2, FW-1.6): how money is set against what is owed, and what
is refused.

Money settles the oldest first, or what was chosen; what is more than is owed is kept as a
prepayment where that is said, and is never taken without a word.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.locale import amount
from wuye_tui.rules.receipts import MEANS
from wuye_tui.rules.receipts import SEVERAL as SEVERAL
from wuye_tui.words import _, listed


@dataclass(frozen=True)
class Tender:
    """Money by one means, in fen."""

    means: str
    fen: int


@dataclass(frozen=True)
class Debt:
    """One charge that is still open: `open_fen` of it, and what its late fee comes to today."""

    charge: str
    unit: str
    fee: str
    period: str
    source: str
    due: date | None
    open_fen: int
    late_fen: int = 0


@dataclass(frozen=True)
class Settled:
    """How much of a debt a payment settles, and of its late fee."""

    debt: Debt
    fen: int
    late_fen: int


class UnknownMeans(UsageError):
    """Nobody pays so."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in MEANS)
        super().__init__(
            _("没有「{typed}」这种付款方式，可用的有：{known}。").format(typed=typed, known=known)
        )


class NothingPaid(UsageError):
    """An amount of nothing, or less."""

    def __init__(self) -> None:
        super().__init__(_("请写收多少钱，要大于 0。"))


class MoreThanOwed(Refused):
    """More is paid than is owed, and nobody said that the rest is kept."""

    def __init__(self, paid: int, owed: int) -> None:
        told = _("收 {paid}，只欠 {owed}，多 {more}：找给业主，或者存作预存（--prepay）。")
        super().__init__(
            told.format(paid=amount(paid), owed=amount(owed), more=amount(paid - owed))
        )


class NotOwed(UsageError):
    """What was chosen is not among what these units owe."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("「{typed}」不在欠费里，请按清单重新选。").format(typed=typed))


class NoDeposit(UsageError):
    """The fee is no deposit."""

    def __init__(self, word: str) -> None:
        super().__init__(_("{fee}不是押金，请在收款里收。").format(fee=word))


class GivenTooLittle(UsageError):
    """The cash that was handed over is less than what it pays."""

    def __init__(self, given: int, cash: int) -> None:
        told = _("现金要收 {cash}，只给了 {given}，请核对。")
        super().__init__(told.format(cash=amount(cash), given=amount(given)))


class NoCashPaid(UsageError):
    """Cash was handed over for what is paid by another means: no change goes out for that."""

    def __init__(self) -> None:
        super().__init__(_("没有收现金，没有找零；请不要写给了多少（--given）。"))


def tendered(tenders: Iterable[Tender]) -> list[Tender]:
    """The same means put together. Raises UnknownMeans and NothingPaid."""
    known, sums = dict(MEANS), dict[str, int]()
    for one in tenders:
        if one.means not in known:
            raise UnknownMeans(one.means)
        if one.fen <= 0:
            raise NothingPaid
        sums[one.means] = sums.get(one.means, 0) + one.fen
    if not sums:
        raise NothingPaid
    return [Tender(means, fen) for means, fen in sums.items()]


def oldest_first(debts: Iterable[Debt]) -> list[Debt]:
    """By the day that it was due, then by period."""
    return sorted(debts, key=lambda one: (one.due or date.min, one.period, one.unit, one.source))


def allotted(fen: int, debts: Sequence[Debt]) -> tuple[list[Settled], int]:
    """What a sum settles, in the order of the debts, and what is left of it. Of each debt its late
    fee comes with it: it is paid last, and only by what is left once the debt itself is whole.
    """
    found: list[Settled] = []
    for debt in debts:
        if fen <= 0:
            break
        own = min(fen, debt.open_fen)
        late = min(fen - own, debt.late_fen) if own == debt.open_fen else 0
        fen -= own + late
        found.append(Settled(debt, own, late))
    return found, fen


def change_of(given: int, tenders: Sequence[Tender]) -> int:
    """The change for the cash that was handed over. Raises NoCashPaid, GivenTooLittle."""
    cash = sum(one.fen for one in tenders if one.means == "cash")
    if not cash:
        raise NoCashPaid
    if given < cash:
        raise GivenTooLittle(given, cash)
    return given - cash


def words_of(tenders: Sequence[Tender]) -> str:
    """The means of a payment as a receipt has it: its code, or that there are several."""
    return tenders[0].means if len(tenders) == 1 else SEVERAL
