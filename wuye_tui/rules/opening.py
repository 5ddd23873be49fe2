"""Opening balances: what an office that begins in the middle of its life brings from its old books.

What units owed then, had prepaid and had left as deposits stands against the account of openings
and is nobody's income; it comes in whole, or not at all, and only if it sums to what the old books
say.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, Protocol

from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.locale import amount
from wuye_tui.rules.months import Month
from wuye_tui.words import N_, _

AMOUNTS: Final = ("owed", "prepaid", "deposit")
"""The columns of amounts, and of a row of totals the fields of the same names with `_fen`."""
AMOUNT_WORDS: Final = (N_("欠费"), N_("预存"), N_("押金"))
AHEAD: Final = 12
"""A bill may be for a month to come, but not for one more than so many months away."""
_MARK: Final = "opening"
OF_OPENING: Final = f" {_MARK}"
"""Behind its unit in the source of an opening charge."""


class TotalsDiffer(Refused):
    """The file does not sum to what the old books say: of each amount its word and both sums."""

    def __init__(self, differing: Sequence[tuple[str, int, int]]) -> None:
        each = _("；").join(
            _("{what}：表里 {file}，您写的 {asked}，差 {off}").format(
                what=_(word), file=amount(file), asked=amount(asked), off=amount(file - asked)
            )
            for word, file, asked in differing
        )
        told = _("合计对不上，什么也没有记。{each}。请核对这张表和原来的账。")
        super().__init__(told.format(each=each), "FW-4.3")


class RowOfTotalsDiffers(Refused):
    """The file's own row of totals is not what the rows above it sum to."""

    def __init__(self, said: int, above: int) -> None:
        told = _("上面各行加起来是 {above}，差 {off}。请核对上面各行，或改正这个合计。")
        super().__init__(told.format(above=amount(above), off=amount(said - above)))


class NothingSkipped(UsageError):
    """Bad rows cannot be left out: the rest would not sum to what the old books say."""

    def __init__(self) -> None:
        super().__init__(_("期初要和合计对上，一行也不能跳过。请改正坏行，去掉 --skip-bad。"))


class NoAmounts(UsageError):
    """A file without any column of amounts."""

    def __init__(self) -> None:
        super().__init__(_("没有金额的列。请至少有「欠费金额」「预存」「押金」中的一列。"))


class NoFees(UsageError):
    """What is owed, and no column that says of which fee."""

    def __init__(self) -> None:
        super().__init__(_("有欠费，却没有「收费项目」一列，不知道欠的是哪一项。请加上这一列。"))


class OpeningToCome(UsageError):
    """The day of the opening has not come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 还没有到，不能作为期初的日子。").format(day=day))


class MonthTooFar(UsageError):
    """A month so far away that it must be a slip."""

    def __init__(self, month: Month) -> None:
        super().__init__(_("{month} 还早得很。请核对账期。").format(month=month))


class TwiceInFile(UsageError):
    """The same of the same unit stands further up."""

    def __init__(self, row: int) -> None:
        told = _("与第 {row} 行是同一户的同一项。请合成一行；多出来的请删去。")
        super().__init__(told.format(row=row))


class ThereAlready(Refused):
    """It was brought in before, or has been charged by a run of bills."""

    def __init__(self, number: str) -> None:
        told = _("已经记过了（{number}），不能再记一次。请删去这一行；记错的另记一笔，或者冲销。")
        super().__init__(told.format(number=number), "FW-4.3")


class Totals(NamedTuple):
    """What is owed, prepaid and left as deposits, in fen."""

    owed_fen: int = 0
    prepaid_fen: int = 0
    deposit_fen: int = 0


class Amounts(Protocol):
    """A row with amounts, in fen; of totals one may be unsaid."""

    @property
    def row_number(self) -> int: ...
    @property
    def owed_fen(self) -> int | None: ...
    @property
    def prepaid_fen(self) -> int | None: ...
    @property
    def deposit_fen(self) -> int | None: ...


def source_of(unit: str) -> str:
    """What an opening charge of a unit is for: of a fee and a period there is one at most."""
    return unit + OF_OPENING


def detail_of(entry: str) -> list[str]:
    """What tells an opening charge from all others, with the entry that brought it in."""
    return [_MARK, entry]


def is_opening(detail: Any) -> bool:
    """Whether this is the detail of an opening charge."""
    return isinstance(detail, list) and detail[:1] == [_MARK]


def due_of(due: date | None, period: Month | None, opening: date) -> date:
    """The last day without a late fee: what the file says, the end of the month that the charge is
    for, or the day of the opening.
    """
    return due or (period.last_day if period else opening)


def summed(rows: Iterable[Amounts]) -> Totals:
    """What rows come to."""
    found = list(rows)
    return Totals(*(sum(getattr(one, f"{name}_fen") or 0 for one in found) for name in AMOUNTS))


def check_totals(found: Totals, asked: Totals) -> None:
    """Raises TotalsDiffer where the file is a fen off."""
    each = zip(AMOUNT_WORDS, found, asked, strict=True)
    if differing := [one for one in each if one[1] != one[2]]:
        raise TotalsDiffer(differing)


def off_totals(
    totals: Sequence[Amounts], rows: Sequence[Amounts]
) -> Iterator[tuple[Amounts, str, int, int]]:
    """The rows of totals that are not what stands above them, with the amount, what they say and
    what the rows sum to. A subtotal is of the rows since the one before it.
    """
    since = 0
    for total in sorted(totals, key=lambda one: one.row_number):
        above = [one for one in rows if one.row_number < total.row_number]
        whole, part = summed(above), summed(one for one in above if one.row_number > since)
        for at, name in enumerate(AMOUNTS):
            said = getattr(total, f"{name}_fen")
            if said is not None and said not in (whole[at], part[at]):
                yield total, name, said, whole[at]
        since = total.row_number
