"""The statement of income and expenditure that an office publishes (KF-3.4, FW-4.3), from the
ledger alone: its postings with the day and the kind of their entries. Nobody is named in it.

Every figure has one definition, for the business days from the first to the last:

* billed: what entries of bills and late fees put to a fee; reversed: what reversals took off again
* waived: what was let off
* collected: what money and prepayments settled of a fee, whenever it was billed, less voids and
  refunds; of repairs and of what has no bill, what was taken
* difference: what drawers held more than the ledger said when their days were closed, or less
* balance: collected less spent, with the difference
* money: how far cash of all means went up. It is the balance and what more is held for units,
  prepaid and as deposits; and it is the sum of the sheets of these days
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from wuye_tui.desk import Desk
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.owed import fee_word
from wuye_tui.rules.accounts import (
    BILL,
    CASH,
    DEPOSIT,
    DIFFERENCE,
    DISCOUNT,
    EXPENSE,
    INCOME,
    OF_SLIPS,
    OPENED,
    PREPAID,
    RECEIVABLE,
    REFUND,
    REVERSED,
    WAIVED,
)
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.fee_kinds import PERIODIC
from wuye_tui.rules.months import Month
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LedgerEntry, Posting
from wuye_tui.words import _

REPAIR: Final = "repair"
_NO_MONEY: Final = frozenset({BILL, WAIVED, REVERSED, OPENED})
"""The kinds of entries that bring a unit's account no money."""
_entry, _posting = table_of(LedgerEntry).c, table_of(Posting).c
_MOVED = (
    select(_entry.kind, _posting.account, _posting.part, func.sum(_posting.fen))
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"),
        _entry.day >= bindparam("begin"),
        _entry.day <= bindparam("end"),
    )
    .group_by(_entry.kind, _posting.account, _posting.part)
)
_STANDS = (
    select(_posting.account, _posting.part, func.sum(_posting.fen))
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"),
        _entry.day <= bindparam("end"),
        _posting.account.in_((PREPAID, DEPOSIT, RECEIVABLE)),
    )
    .group_by(_posting.account, _posting.part)
)


class MonthsTurned(UsageError):
    """The last month lies before the first."""

    def __init__(self, first: Month, last: Month) -> None:
        told = _("从 {first} 到 {last} 不成月份：--from 要在 --to 之前。")
        super().__init__(told.format(first=first, last=last))


@dataclass
class FeeIncome:
    """What one fee brought, in fen."""

    fee: str
    word: str
    billed: int = 0
    reversed: int = 0
    waived: int = 0
    collected: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "fee": self.fee, "word": self.word, "billed_fen": self.billed,
            "reversed_fen": self.reversed, "waived_fen": self.waived,
            "collected_fen": self.collected,
        }  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One line of another part of the statement, in fen."""

    code: str
    word: str
    fen: int

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {"code": self.code, "word": self.word, "amount_fen": self.fen}


@dataclass(frozen=True)
class Statement:
    """The statement, in fen: `fees` are those of every period, `other` single charges, late fees
    and whatever else is income, `repairs` what slips brought. `prepaid` and `deposits` are held and
    `receivable` is open at the end of the last day.
    """

    first: Month
    last: Month
    fees: tuple[FeeIncome, ...]
    other: tuple[FeeIncome, ...]
    repairs: int
    spent: tuple[Part, ...]
    refunded: int
    prepaid: int
    deposits: tuple[Part, ...]
    receivable: int
    more_prepaid: int
    more_deposits: int
    money: int
    difference: int

    @property
    def collected(self) -> int:
        """All that came in of what is the office's own."""
        return self.repairs + sum(one.collected for one in (*self.fees, *self.other))

    @property
    def spent_fen(self) -> int:
        """All that was spent."""
        return sum(one.fen for one in self.spent)

    @property
    def balance(self) -> int:
        """Collected less spent, and what drawers held more or less."""
        return self.collected - self.spent_fen + self.difference

    @property
    def income(self) -> tuple[FeeIncome, ...]:
        """Every line of income: fees, others, and repairs where there were any."""
        of_slips = FeeIncome(REPAIR, fee_word({}, REPAIR), self.repairs, 0, 0, self.repairs)
        return (*self.fees, *self.other, *([of_slips] if self.repairs else []))

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "from": str(self.first), "to": str(self.last),
            "fees": [one.as_dict() for one in self.fees],
            "other": [one.as_dict() for one in self.other],
            "repairs_fen": self.repairs, "collected_fen": self.collected,
            "spent": [one.as_dict() for one in self.spent], "spent_fen": self.spent_fen,
            "balance_fen": self.balance, "refunded_fen": self.refunded,
            "prepaid_fen": self.prepaid, "deposits": [one.as_dict() for one in self.deposits],
            "deposits_fen": sum(one.fen for one in self.deposits),
            "receivable_fen": self.receivable, "more_prepaid_fen": self.more_prepaid,
            "more_deposits_fen": self.more_deposits, "money_fen": self.money,
            "difference_fen": self.difference,
        }  # fmt: skip


def published(desk: Desk, first: Month, last: Month) -> Statement:
    """The statement from the first month to the last, both in it. Raises MonthsTurned."""
    if last < first:
        raise MonthsTurned(first, last)
    asked = {
        "site": desk.site, "begin": date(first.year, first.month, 1), "end": last.last_day,
    }  # fmt: skip
    with desk.read() as session:
        connection = session.connection()
        moved = [(*row[:3], int(row[3])) for row in connection.execute(_MOVED, asked).all()]
        found = connection.execute(_STANDS, {name: asked[name] for name in ("site", "end")}).all()
    stands = {(account, part): int(fen) for account, part, fen in found}
    read = _Read(moved)
    known = {one.code: one for one in desk.reference.fees}
    order = {code: n for n, code in enumerate(known)}
    fees = sorted(read.fees, key=lambda fee: (order.get(fee, len(order)), fee))
    income = [FeeIncome(fee, fee_word(known, fee), **read.fees[fee]) for fee in fees]
    periodic = {one.code for one in known.values() if one.how in PERIODIC}
    words = {one.code: one.word for one in desk.reference.spending}
    return Statement(
        first,
        last,
        tuple(one for one in income if one.fee in periodic),
        tuple(one for one in income if one.fee not in periodic),
        read.repairs,
        tuple(_parts(read.spent, words)),
        read.refunded,
        -sum(fen for (account, _part), fen in stands.items() if account == PREPAID),
        tuple(
            Part(part, fee_word(known, part), -fen)
            for (account, part), fen in sorted(stands.items())
            if account == DEPOSIT and fen
        ),
        sum(fen for (account, _part), fen in stands.items() if account == RECEIVABLE),
        read.more[PREPAID],
        read.more[DEPOSIT],
        read.money,
        read.difference,
    )


def _parts(spent: Mapping[str, int], words: Mapping[str, str]) -> Iterable[Part]:
    """By category, in the order of the office's file; what is not in it any more comes last."""
    for code in (*words, *sorted(set(spent) - set(words))):
        if spent.get(code):
            yield Part(code, words.get(code, code), spent[code])


@dataclass
class _Read:
    """The postings of the days put under the figures that they count in."""

    moved: list[tuple[str, str, str, int]]
    fees: dict[str, dict[str, int]] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=lambda: {PREPAID: 0, DEPOSIT: 0})
    repairs: int = 0
    refunded: int = 0
    money: int = 0
    difference: int = 0

    def __post_init__(self) -> None:
        for kind, account, part, fen in self.moved:
            if account == CASH:
                self.money += fen
                self.refunded -= fen if kind == REFUND else 0
            elif account == EXPENSE:
                self.spent[part] = self.spent.get(part, 0) + fen
            elif account == DIFFERENCE:
                self.difference -= fen
            elif account in self.more:
                self.more[account] -= 0 if kind == OPENED else fen
            elif account == INCOME and kind in OF_SLIPS:
                self.repairs -= fen
            else:
                self._of_fee(kind, account, part, fen)

    def _of_fee(self, kind: str, account: str, part: str, fen: int) -> None:
        if account == INCOME:
            name, fen = ("reversed", fen) if kind == REVERSED else ("billed", -fen)
        elif account == DISCOUNT:
            name = "waived"
        elif account == RECEIVABLE and kind not in _NO_MONEY:
            name, fen = "collected", -fen
        else:
            return
        mine = self.fees.setdefault(part, {})
        mine[name] = mine.get(name, 0) + fen
