"""The statement of a unit: what it was charged, paid, let off and given back, in order, with what
stood open after each (FW-4.3).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers.bill_world import IS_OWED
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.owed import LATE, fee_word
from wuye_tui.rules.accounts import (
    BILL,
    DEPOSIT,
    KINDS,
    PREFIXES,
    PREPAID,
    RECEIVABLE,
    REFUND,
    REVERSED,
    USED,
    WAIVED,
)
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.rules.locale import amount
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit, BillRun, Charge, LedgerEntry, Posting
from wuye_tui.words import _, listed

NAMED: Final = 3
"""So many charges are named of an entry about several."""
_TOLD: Final = frozenset({REFUND, REVERSED, USED, WAIVED})
"""The kinds of entry that say what they are about; of money taken the receipt does."""
_charge, _entry, _posting, _run, _audit = (
    table_of(kind).c for kind in (Charge, LedgerEntry, Posting, BillRun, Audit)
)
_CHARGED = (
    select(
        *(_charge[name] for name in ("id", "at", "fee", "period", "source", "fen", "run")),
        _run.published,
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
    .order_by(_charge.run, _charge.period, _charge.fee, _charge.source)
)
_MOVED = (
    select(
        *(_entry[name] for name in ("number", "kind", "at", "receipt")),
        *(_posting[name] for name in ("account", "part", "charge", "fen")),
        _audit.seq,
    )
    .select_from(
        POSTED.join(table_of(Audit), (_audit.site == _entry.site) & (_audit.key == _entry.act))
    )
    .where(
        _entry.site == bindparam("site"),
        _posting.unit == bindparam("unit"),
        _posting.account.in_((RECEIVABLE, PREPAID, DEPOSIT)),
    )
    .order_by(_audit.seq, _entry.number, _posting.n)
)
_BILLED = (
    select(_entry.number, _entry.unit, _entry.at, _audit.seq)
    .join(table_of(Audit), (_audit.site == _entry.site) & (_audit.key == _entry.act))
    .where(
        _entry.site == bindparam("site"),
        _entry.kind == BILL,
        _entry.unit.in_(("", bindparam("unit"))),
        _entry.at.in_(bindparam("moments", expanding=True)),
    )
    .order_by(_audit.seq)
)


@dataclass(frozen=True)
class Moved:
    """One line of a statement, in fen: `more` is owed more, below zero less; `balance` is what
    stands open after it, below zero where the unit has prepaid. `held` is what more of deposits
    the office holds, which nobody owes.
    """

    at: datetime
    number: str
    what: str
    more: int
    balance: int
    held: int = 0

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "at": self.at,
            "number": self.number,
            "what": self.what,
            "change_fen": self.more,
            "balance_fen": self.balance,
            "deposit_fen": self.held,
        }


def statement(desk: Desk, typed: str) -> list[Moved]:
    """Every charge and every entry of a unit, the oldest first, within one moment in the order of
    the acts; several lines of an entry are one. Raises UnknownUnit, AmbiguousUnit.
    """
    with desk.read() as session:
        unit = Registry(session, desk.site).unit(typed)
        asked, connection = {"site": desk.site, "unit": unit}, session.connection()
        charged = connection.execute(_CHARGED, asked).all()
        moved = connection.execute(_MOVED, asked).all()
        seqs = _seqs(connection, asked, charged, moved)
    names = _names({one.code: one for one in desk.reference.fees}, unit, charged)
    # At which moment, in which act of it, and that what is charged comes before what settles it.
    lines: list[tuple[tuple[datetime, int, int], str, str, int, int]] = []
    for row in charged:
        key = row.published or row.at, seqs.get(row.id, 0), 0
        lines.append((key, row.run or _entry_of(row), names[row.id], int(row.fen), 0))
    known = {one.code: one for one in desk.reference.fees}
    for number, of_entry in groupby(moved, lambda row: str(row.number)):
        rows = list(of_entry)
        more = sum(int(row.fen) for row in rows if row.account != DEPOSIT)
        held = -sum(int(row.fen) for row in rows if row.account == DEPOSIT)
        what = _said(rows, names, known)
        lines.append(((rows[0].at, rows[0].seq, 1), number, what, more, held))
    found: list[Moved] = []
    balance = 0
    for (at, _seq, _after), number, what, more, held in sorted(lines, key=lambda one: one[0]):
        balance += more
        found.append(Moved(at, number, what, more, balance, held))
    return found


def _entry_of(charge: Any) -> str:
    """The entry of what was charged once, which stands behind what it is for; "" for none."""
    last = str(charge.source).rpartition(" ")[2]
    return last if last.startswith(f"{PREFIXES[BILL]}-") else ""


def _names(known: Mapping[str, FeeKind], unit: str, charged: Iterable[Any]) -> dict[str, str]:
    """What each charge is called, by its id; a late fee by what was paid late."""
    named: dict[str, str] = {}
    for row in sorted(charged, key=lambda one: one.fee == LATE):
        word, about = fee_word(known, row.fee), str(row.period)
        if row.fee == LATE:
            about = named.get(row.source, "")
        elif entry := _entry_of(row):
            what = str(row.source).removeprefix(unit).removesuffix(entry).strip()
            about = f"{about} {what}".strip()
        named[row.id] = " ".join(filter(None, (word, about)))
    return named


def _said(rows: Sequence[Any], names: Mapping[str, str], known: Mapping[str, FeeKind]) -> str:
    """What an entry is: its kind, its receipt, and what it is about where nothing else says it."""
    kind, parts = rows[0].kind, list[str]()
    for row in rows:
        if row.account == DEPOSIT:
            parts.append(f"{fee_word(known, row.part)} {amount(abs(row.fen))}")
        elif kind in _TOLD and row.account == RECEIVABLE:
            sum_ = f" {amount(abs(row.fen))}" if kind == USED else ""
            parts.append(names.get(row.charge, fee_word(known, row.part)) + sum_)
        elif kind == REFUND and row.account == PREPAID:
            parts.append(f"{_('预存')} {amount(abs(row.fen))}")
    told = listed(parts[:NAMED])
    if len(parts) > NAMED:
        told = _("{some} 等 {n} 笔").format(some=told, n=len(parts))
    return " ".join(filter(None, (_(dict(KINDS)[kind]), rows[0].receipt, told)))


def _seqs(
    connection: Connection, asked: Mapping[str, Any], charged: Sequence[Any], moved: Sequence[Any]
) -> dict[str, int]:
    """In which act each charge was made, by the charge's id, as far as that can be told: acts of
    one moment stand in their order.
    """
    moments = sorted({row.published or row.at for row in charged})
    if not moments:
        return {}
    billed = connection.execute(_BILLED, {**asked, "moments": moments}).all()
    once = {row.number: int(row.seq) for row in billed}
    runs: dict[tuple[datetime, str], int] = {}
    for at in moments:
        published = sorted({row.run for row in charged if row.run and row.published == at})
        acts = [int(row.seq) for row in billed if row.at == at and not row.unit]
        runs |= {(at, run): seq for run, seq in zip(published, acts, strict=False)}
    touched: dict[str, int] = {}
    for row in moved:
        touched.setdefault(row.charge, int(row.seq))
    found: dict[str, int] = {}
    for row in charged:
        if row.fee == LATE:  # charged by the act that takes its money
            found[row.id] = touched.get(row.id, 0)
        elif row.run:
            found[row.id] = runs.get((row.published, row.run), 0)
        else:
            found[row.id] = once.get(_entry_of(row), 0)
    return found
