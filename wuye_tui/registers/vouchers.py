"""The ledger as vouchers for the accountant's program (FW-4.3): of whole months, so that a voucher
keeps its number whichever days of its month are asked for.

A day that is not closed may still change, and with it the vouchers after it: such days are named.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, bindparam, case, func, literal, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.ledger import POSTED
from wuye_tui.rules.books import DaysTurned, Moved, Voucher, vouchers
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DayClose, LedgerEntry, Posting

_entry, _posting, _close = (table_of(kind).c for kind in (LedgerEntry, Posting, DayClose))
_IN = (
    _entry.site == bindparam("site"),
    _entry.day >= bindparam("begin"),
    _entry.day <= bindparam("end"),
)
_MANY = select(_entry.day, _entry.kind, func.count()).where(*_IN).group_by(_entry.day, _entry.kind)
_CLOSED = select(func.max(_close.day)).where(_close.site == bindparam("site"))


@dataclass(frozen=True)
class Made:
    """The vouchers of some days. `left_out` entries are not handed over, as the office's table
    says; `open_days` have entries and are not closed.
    """

    vouchers: tuple[Voucher, ...]
    left_out: int
    open_days: tuple[date, ...]

    @property
    def fen(self) -> int:
        """The debits of all of them, which are the credits."""
        return sum(one.fen for one in self.vouchers)


def made(desk: Desk, begin: date, end: date, each: bool = False) -> Made:
    """The vouchers from one business day to another, both in it: one a day and kind of entry, or
    one an entry with `each`. Raises DaysTurned and NoCode.
    """
    if end < begin:
        raise DaysTurned(begin, end)
    books = desk.reference.books
    asked = {"site": desk.site, "begin": begin.replace(day=1), "end": end}
    with desk.read() as session:
        connection = session.connection()
        many = {(day, kind): int(n) for day, kind, n in connection.execute(_MANY, asked)}
        moved = _moved(session, asked, each, many)
        last = connection.execute(_CLOSED, {"site": desk.site}).scalar()
    within = {key: n for key, n in many.items() if key[0] >= begin}
    open_ = sorted({day for day, _kind in within if last is None or day > last})
    return Made(
        tuple(one for one in vouchers(moved, books) if one.day >= begin),
        sum(n for (_day, kind), n in within.items() if kind in books.leave_out),
        tuple(open_),
    )


def _moved(
    session: Session, asked: dict[str, object], each: bool, many: dict[tuple[date, str], int]
) -> list[Moved]:
    number = _entry.number if each else literal("")
    grouped = (_entry.day, _entry.kind, *((_entry.number,) if each else ()))
    parts = (_posting.account, _posting.part)
    query = (
        select(
            _entry.day,
            _entry.kind,
            number.label("number"),
            *parts,
            _sum(_posting.fen > 0, _posting.fen),
            _sum(_posting.fen < 0, -_posting.fen),
        )
        .select_from(POSTED)
        .where(*_IN)
        .group_by(*grouped, *parts)
    )
    return [
        Moved(
            *(day, kind, number, account, part),
            *(int(debit), int(credit), 1 if each else many[day, kind]),
        )
        for day, kind, number, account, part, debit, credit in session.connection().execute(
            query, asked
        )
    ]


def _sum(of: ColumnElement[bool], fen: ColumnElement[int]) -> ColumnElement[int]:
    return func.sum(case((of, fen), else_=0))
