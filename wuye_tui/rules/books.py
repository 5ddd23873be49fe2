"""Vouchers for the accountant's own program (FW-4.3): the ledger's entries summed up by day and
kind, under the codes of the office's own `data/books.toml`.

A voucher's lines are sums of entries that each sum to nothing, so its debits are its credits. Who
paid is in none of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from wuye_tui.rules.accounts import ACCOUNTS, KINDS
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.locale import FEN, Number
from wuye_tui.rules.months import month_of
from wuye_tui.rules.widths import cut
from wuye_tui.words import N_, _, listed

LONGEST_CODE: Final = 15
"""Digits of a code that 用友 U8 takes."""
SUMMARY: Final = 60
"""Cells of a summary that it takes."""
MOST_PAPERS: Final = 999
"""Papers that it takes as attached to a voucher."""
_WORDS: Final = dict(ACCOUNTS)
_KINDS: Final = dict(KINDS)
_ORDER: Final = {kind: n for n, (kind, _word) in enumerate(KINDS)}
U8, KIS = "u8", "kis"
PROGRAMS: Final = ((U8, N_("用友 U8")), (KIS, N_("金蝶 KIS")))
FOR: Final[Mapping[str, tuple[str, ...]]] = {
    U8: ("制单日期", "凭证类别字", "凭证号", "附单据数", "摘要", "科目编码", "借方", "贷方"),
    KIS: ("日期", "凭证字", "凭证号", "摘要", "科目代码", "借方金额", "贷方金额"),
}
"""The columns of each program's import, which are not translated: the program reads them."""
SIDES: Final = ("借方", "贷方")
"""How those begin that have sums."""


class NoCode(Refused):
    """The table of codes has none for an account."""

    def __init__(self, account: str, part: str) -> None:
        told = _("科目「{word}」的 {name} 没有编码，请在 data/books.toml 里写上再导出。")
        name = f'account = "{account}"' + (f' part = "{part}"' if part else "")
        super().__init__(told.format(word=_(_WORDS.get(account, account)), name=name))


class DaysTurned(UsageError):
    """The last day lies before the first."""

    def __init__(self, begin: date, end: date) -> None:
        told = _("从 {begin} 到 {end} 不成日子：--from 要在 --to 之前。")
        super().__init__(told.format(begin=begin, end=end))


class UnknownProgram(UsageError):
    """Vouchers are not made for this program."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, word in PROGRAMS)
        super().__init__(
            _("不会给「{typed}」做凭证，可以是：{known}。").format(typed=typed[:20], known=known)
        )


@dataclass(frozen=True)
class Books:
    """The office's table: codes by account and part, "" for all other parts of an account; the
    voucher's word; the kinds of entries that are not handed over.
    """

    codes: Mapping[tuple[str, str], str]
    word: str
    leave_out: frozenset[str] = frozenset()

    def code(self, account: str, part: str) -> str:
        """The code of an account's part. Raises NoCode."""
        found = self.codes.get((account, part)) or self.codes.get((account, ""))
        if not found:
            raise NoCode(account, part)
        return found


@dataclass(frozen=True)
class Moved:
    """What the entries of one kind moved on one account in a day, in fen: `debit` and `credit` are
    both above zero. `number` is the entry's, where each is for itself; `many` how many there are.
    """

    day: date
    kind: str
    number: str
    account: str
    part: str
    debit: int
    credit: int
    many: int


@dataclass(frozen=True)
class VoucherLine:
    """One line of a voucher, in fen: one of `debit` and `credit` is nothing."""

    code: str
    debit: int
    credit: int


@dataclass(frozen=True)
class Voucher:
    """One voucher: `number` runs from 1 in every month, `many` entries are in it."""

    day: date
    number: int
    summary: str
    many: int
    lines: tuple[VoucherLine, ...]

    @property
    def fen(self) -> int:
        """Its debits, which are its credits."""
        return sum(one.debit for one in self.lines)


def vouchers(moved: Iterable[Moved], books: Books) -> Iterator[Voucher]:
    """The vouchers of whole months, by day, kind and entry. Raises NoCode."""
    groups: dict[tuple[date, int, str, str], list[Moved]] = {}
    for one in moved:
        if one.kind not in books.leave_out:
            key = one.day, _ORDER.get(one.kind, len(_ORDER)), one.kind, one.number
            groups.setdefault(key, []).append(one)
    numbers: dict[object, int] = {}
    for (day, _place, kind, number), found in sorted(groups.items()):
        month = month_of(day)
        numbers[month] = numbers.get(month, 0) + 1
        words = " ".join(filter(None, (_(_KINDS.get(kind, kind)), f"{day}", number)))
        many = max(one.many for one in found)
        lines = tuple(_lines(found, books))
        yield Voucher(day, numbers[month], cut(words, SUMMARY), many, lines)


def _lines(found: Iterable[Moved], books: Books) -> Iterator[VoucherLine]:
    """By code, debits first; the two sides of a code are not set off against each other."""
    debits: dict[str, int] = {}
    credits_: dict[str, int] = {}
    for one in found:
        code = books.code(one.account, one.part)
        debits[code] = debits.get(code, 0) + one.debit
        credits_[code] = credits_.get(code, 0) + one.credit
    yield from (VoucherLine(code, fen, 0) for code, fen in sorted(debits.items()) if fen)
    yield from (VoucherLine(code, 0, fen) for code, fen in sorted(credits_.items()) if fen)


def plain(fen: int) -> str:
    """Fen as a program reads them, 1234.50: no sign of thousands."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02}"


def rows(found: Iterable[Voucher], books: Books, program: str) -> Iterator[dict[str, str]]:
    """The lines of vouchers under the columns of a program, all of them text; their sums know what
    they come to.
    """
    columns = FOR[program]
    for one in found:
        for line in one.lines:
            said = [one.day.isoformat(), books.word, str(one.number)]
            said += [str(min(one.many, MOST_PAPERS))] if program == U8 else []
            code = line.code.replace(".", "") if program == U8 else line.code
            sums = (Number(plain(fen), fen, FEN) for fen in (line.debit, line.credit))
            said += [one.summary, code, *sums]
            yield dict(zip(columns, said, strict=True))
