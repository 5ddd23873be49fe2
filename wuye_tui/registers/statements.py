"""The statement of a unit: what it was charged, paid, let off and given back, in order, with what
stood open after each (FW-4.3).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.bill_world import IS_OWED
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.owed import fee_word
from wuye_tui.rules.accounts import KINDS, PREPAID, RECEIVABLE
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import BillRun, Charge, LedgerEntry, Posting
from wuye_tui.words import _

_charge, _entry, _posting, _run = (
    table_of(kind).c for kind in (Charge, LedgerEntry, Posting, BillRun)
)
_CHARGED = (
    select(
        *(_charge[name] for name in ("at", "fee", "period", "source", "fen", "run")), _run.published
    )
    .join_from(
        table_of(Charge),
        table_of(BillRun),
        (_run.site == _charge.site) & (_run.number == _charge.run),
        isouter=True,
    )
    .where(
        _charge.site == bindparam("site"),
        _charge.unit == bindparam("unit"),
        _charge.fee != "repair",
        IS_OWED,
    )
)
_MOVED = (
    select(
        *(_entry[name] for name in ("number", "kind", "at", "receipt")),
        _posting.account,
        _posting.fen,
    )
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"),
        _posting.unit == bindparam("unit"),
        _posting.account.in_((RECEIVABLE, PREPAID)),
    )
)


@dataclass(frozen=True)
class Moved:
    """One line of a statement, in fen: `more` is owed more, below zero less; `balance` is what
    stands open after it, below zero where the unit has prepaid.
    """

    at: datetime
    number: str
    what: str
    more: int
    balance: int

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "at": self.at,
            "number": self.number,
            "what": self.what,
            "change_fen": self.more,
            "balance_fen": self.balance,
        }


def statement(desk: Desk, typed: str) -> list[Moved]:
    """Every charge and every entry of a unit, the oldest first; several lines of an entry are one.
    Raises UnknownUnit, AmbiguousUnit.
    """
    with desk.read() as session:
        unit = Registry(session, desk.site).unit(typed)
        asked, connection = {"site": desk.site, "unit": unit}, session.connection()
        charged = connection.execute(_CHARGED, asked).all()
        moved = connection.execute(_MOVED, asked).all()
    known, kinds = {one.code: one for one in desk.reference.fees}, dict(KINDS)
    lines: dict[tuple[datetime, int, str], tuple[str, int]] = {}
    for row in charged:
        at = row.published or row.at
        what = " ".join(filter(None, (fee_word(known, row.fee), row.period)))
        lines[at, 0, f"{row.run} {row.source} {row.fee} {row.period}"] = what, int(row.fen)
    for row in moved:
        word = _(kinds[row.kind])
        key = row.at, 1, row.number
        what, before = lines.get(key, (" ".join(filter(None, (word, row.receipt))), 0))
        lines[key] = what, before + int(row.fen)
    found: list[Moved] = []
    balance = 0
    for (at, after, number), (what, more) in sorted(lines.items()):
        balance += more
        found.append(Moved(at, number if after else number.split()[0], what, more, balance))
    return found
