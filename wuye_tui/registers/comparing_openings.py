"""Opening balances against the registers: which rows can be taken, and what they would be.

A unit owes a fee for a month once, has one sum prepaid, and one deposit of a kind: what the old
books have in several rows is put together there, where somebody knows why.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from wuye_tui.registers.bill_world import IS_BILLED
from wuye_tui.registers.comparing_homes import Units
from wuye_tui.registers.comparisons import Columns, Comparison, Values, objection, remark
from wuye_tui.registers.ledger import POSTED
from wuye_tui.rules.accounts import DEPOSIT, OPENED, OPENING, PREPAID, RECEIVABLE, Line
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.rules.money import yuan
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.opening import (
    AHEAD,
    OF_OPENING,
    MonthTooFar,
    RowOfTotalsDiffers,
    ThereAlready,
    Totals,
    TwiceInFile,
    due_of,
    off_totals,
    source_of,
)
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, LedgerEntry, Posting
from wuye_tui.words import _

_charge, _entry, _posting = (table_of(kind).c for kind in (Charge, LedgerEntry, Posting))
_CHARGED = select(
    _charge.unit, _charge.fee, _charge.period, _charge.run, _charge.source, _charge.detail
).where(
    _charge.site == bindparam("site"),
    _charge.period.in_(bindparam("periods", expanding=True)),
    or_(IS_BILLED, _charge.source == _charge.unit + OF_OPENING),
)
_HELD = (
    select(_posting.account, _posting.part, _posting.unit, _posting.entry)
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"),
        _entry.kind == OPENED,
        _posting.account.in_((PREPAID, DEPOSIT)),
    )
)
What = tuple[str, ...]
"""What a row says of a unit: a charge by its fee and period, or an account and its part."""


class Asked(NamedTuple):
    """What the one who imports says besides: the office's fees, and the day of the opening."""

    fees: Sequence[FeeKind]
    day: date


@dataclass
class Opening(Comparison):
    """What an import would write: charges without what all of them share, and postings. `sums` are
    those of the rows that can be taken.
    """

    charges: list[Values] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    sums: Totals = field(default_factory=Totals)


def compare_openings(
    session: Session,
    site: str,
    rows: Sequence[Any],
    totals: Sequence[Any],
    columns: Columns,
    asked: Asked,
) -> Opening:
    """Compares rows of opening balances with the registers, and with the file's own totals."""
    comparing = _Comparing(session, site, rows, columns, asked)
    for row in rows:
        comparing.take(row)
    found = comparing.found
    found.sums = Totals(**comparing.sums)
    if not found.objections:
        for total, name, said, above in off_totals(totals, rows):
            why = RowOfTotalsDiffers(said, above)
            found.objections.append(objection(columns, total, name, yuan(said), why))
    return found


class _Comparing:
    """Takes row after row."""

    def __init__(
        self, session: Session, site: str, rows: Iterable[Any], columns: Columns, asked: Asked
    ) -> None:
        self.found = Opening()
        self._columns, self._asked = columns, asked
        self._words = {one.code: one.word for one in asked.fees}
        self._units = Units(session, site)
        self._there = _there(session, site, {_text(row.period) for row in rows if row.owed_fen})
        self._seen: dict[Hashable, int] = {}
        self.sums = dict.fromkeys(Totals._fields, 0)

    def take(self, row: Any) -> None:
        """Keeps a row, or says of each of its amounts why it cannot be taken."""
        try:
            unit = self._units.label_of(row.unit)
        except DeskError as why:
            self._refuse(row, "room", row.unit, why)
            return
        if row.owed_fen:
            self._take_owed(row, unit)
        if row.prepaid_fen:
            self._take_held(row, unit, "prepaid", Line(PREPAID, "", -row.prepaid_fen, unit))
        if row.deposit_fen:
            self._take_held(
                row, unit, "deposit", Line(DEPOSIT, row.deposit, -row.deposit_fen, unit)
            )

    def _take_owed(self, row: Any, unit: str) -> None:
        period, today = _text(row.period), month_of(self._asked.day)
        if row.period and row.period > today.later(AHEAD):
            self._refuse(row, "period", period, MonthTooFar(row.period))
            return
        if not self._is_new(row, "owed", unit, (row.fee, period)):
            return
        if row.period and row.period > today:
            words = _("{month} 还没有到。真的已经收费了，才这样写。").format(month=row.period)
            self.found.told.append(remark(self._columns, row, "period", period, words))
        self.found.charges.append(
            {
                "unit": unit,
                "fee": row.fee,
                "period": period,
                "source": source_of(unit),
                "fen": row.owed_fen,
                "due": due_of(row.due, row.period, self._asked.day),
            }
        )
        self.found.lines += (
            Line(RECEIVABLE, row.fee, row.owed_fen),
            Line(OPENING, row.fee, -row.owed_fen),
        )
        what = " ".join(filter(None, (self._words.get(row.fee, row.fee), period)))
        self._count(row, f"{unit} {what}", "owed", row.owed_fen)

    def _take_held(self, row: Any, unit: str, name: str, line: Line) -> None:
        if self._is_new(row, name, unit, (line.account, line.part)):
            part = line.part or line.account
            self.found.lines += line, Line(OPENING, part, -line.fen)
            self._count(row, unit, name, -line.fen)

    def _is_new(self, row: Any, name: str, unit: str, what: What) -> bool:
        """Whether this is said for the first time, here and in the registers."""
        before = self._seen.setdefault((unit, name, what), row.row_number)
        why: DeskError | None = None
        if before != row.row_number:
            why = TwiceInFile(before)
        elif number := self._there.get((unit, *what)):
            why = ThereAlready(number)
        if why:
            self._refuse(row, name, yuan(getattr(row, f"{name}_fen")), why)
        return why is None

    def _count(self, row: Any, who: str, name: str, fen: int) -> None:
        self.found.new += 1
        self.sums[f"{name}_fen"] += fen
        self.found.example_of_new(row.row_number, who, name, yuan(fen))

    def _refuse(self, row: Any, name: str, value: str, why: DeskError) -> None:
        self.found.objections.append(objection(self._columns, row, name, value, why))


def _there(session: Session, site: str, periods: Iterable[str]) -> dict[What, str]:
    """The number under which each thing was brought in or charged before: by unit and what."""
    connection, asked = session.connection(), {"site": site, "periods": sorted(periods)}
    found: dict[What, str] = {}
    for row in connection.execute(_CHARGED, asked) if asked["periods"] else ():
        number = row.run or (row.detail or [row.source])[-1]
        found[row.unit, row.fee, row.period] = str(number)
    for account, part, unit, entry in connection.execute(_HELD, {"site": site}):
        found[unit, account, part] = entry
    return found


def _text(period: Month | None) -> str:
    return str(period) if period else ""
