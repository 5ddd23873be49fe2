"""The accounts of the ledger (FW-4.3), and which events of money there are.

An entry's postings sum to nothing: more is what is owed to the office or lies with it, less is what
it owes or has earned. Money taken is `cash` more and `receivable` less; a bill is `receivable` more
and `income` less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wuye_tui.words import N_

CASH, RECEIVABLE, INCOME = "cash", "receivable", "income"
PREPAID, DEPOSIT, DISCOUNT, OPENING = "prepaid", "deposit", "discount", "opening"
EXPENSE, DIFFERENCE = "expense", "difference"
ACCOUNTS: Final = (
    (CASH, N_("收到的钱")),
    (RECEIVABLE, N_("应收")),
    (INCOME, N_("收入")),
    (PREPAID, N_("预存")),
    (DEPOSIT, N_("押金")),
    (DISCOUNT, N_("减免")),
    (OPENING, N_("期初")),
    (EXPENSE, N_("支出")),
    (DIFFERENCE, N_("长短款")),
)
OWN: Final = frozenset({PREPAID, DEPOSIT})
"""The accounts of which every unit has its own."""
TAKEN_OFF: Final = frozenset({DISCOUNT, INCOME, OPENING})
"""Against these less is owed of a charge without being paid: it is let off, or taken back."""

BILL, PAYMENT, VOID, REFUND, USED, WAIVED, REVERSED = (
    "bill", "payment", "void", "refund", "used", "waived", "reversed",
)  # fmt: skip
REPAIR, REPAIR_VOID = "repair", "repair_void"
"""What slips bring: it is income when it is paid, with the slip's own receipt (BX-16)."""
OF_SLIPS: Final = frozenset({REPAIR, REPAIR_VOID})
OPENED = "opening"
"""What an office brings along from its old books."""
SPENT, UNSPENT = "spent", "unspent"
"""What the office spends, and what of it comes back."""
DIFFERED = "difference"
"""What a drawer held more or less than the ledger said when its day was closed."""
KINDS: Final = (
    (BILL, N_("出账")),
    (PAYMENT, N_("收款")),
    (VOID, N_("作废")),
    (REFUND, N_("退款")),
    (USED, N_("预存抵扣")),
    (WAIVED, N_("减免")),
    (REVERSED, N_("冲销")),
    (REPAIR, N_("维修收款")),
    (REPAIR_VOID, N_("维修作废")),
    (OPENED, N_("期初")),
    (SPENT, N_("支出")),
    (UNSPENT, N_("支出冲回")),
    (DIFFERED, N_("长短款")),
)
PREFIXES: Final = {
    BILL: "CZ",
    PAYMENT: "SK",
    VOID: "ZF",
    REFUND: "TK",
    USED: "DK",
    WAIVED: "JM",
    REVERSED: "CX",
    REPAIR: "WX",
    REPAIR_VOID: "WZ",
    OPENED: "QC",
    SPENT: "ZC",
    UNSPENT: "CH",
    DIFFERED: "CY",
}
"""By which an entry's number tells what it is; each has a gapless series of a day."""


class Unbalanced(AssertionError):
    """Postings that do not sum to nothing: a fault of the program, and never written."""


@dataclass(frozen=True)
class Line:
    """One posting: so many fen to an account; `part` is a fee, a means of payment, or what was
    spent on.
    """

    account: str
    part: str
    fen: int
    unit: str = ""
    charge: str = ""


def balanced(lines: Iterable[Line]) -> list[Line]:
    """The postings without those of nothing, alike ones put together. Raises Unbalanced."""
    sums: dict[tuple[str, str, str, str], int] = {}
    for one in lines:
        key = one.account, one.part, one.unit, one.charge
        sums[key] = sums.get(key, 0) + one.fen
    if sum(sums.values()):
        raise Unbalanced(sums)
    return [
        Line(account, part, fen, unit, charge)
        for (account, part, unit, charge), fen in sums.items()
        if fen
    ]


def reversing(lines: Sequence[Line]) -> list[Line]:
    """The postings that take others back."""
    return [Line(one.account, one.part, -one.fen, one.unit, one.charge) for one in lines]
