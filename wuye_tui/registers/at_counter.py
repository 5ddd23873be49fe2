"""What is asked at the counter besides what is owed: which days are not closed, which receipts of a
unit can still be given back, and who has allowed that less is charged.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.signing import allowed_by
from wuye_tui.rules.accounts import CASH, DEPOSIT, PAYMENT, PREPAID
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DayClose, LedgerEntry, Posting, Receipt

MOST_RECEIPTS: Final = 60

_entry, _posting, _close, _receipt = (
    table_of(kind).c for kind in (LedgerEntry, Posting, DayClose, Receipt)
)
_LAST_CLOSED = select(func.max(_close.day)).where(_close.site == bindparam("site"))
_TAKEN = (
    select(_entry.day, func.count(_entry.number.distinct()), func.sum(_posting.fen))
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"), _entry.day > bindparam("after"), _posting.account == CASH
    )
    .group_by(_entry.day)
    .order_by(_entry.day)
)
_back = aliased(table_of(LedgerEntry), name="back").c
_GIVEN = (
    select(_receipt.number, _receipt.at, _receipt.unit, _receipt.fen, _receipt.means, _entry.day)
    .join_from(
        table_of(Receipt),
        table_of(LedgerEntry),
        (_entry.site == _receipt.site) & (_entry.number == _receipt.source),
    )
    .where(
        _receipt.site == bindparam("site"),
        _receipt.unit.in_(bindparam("units", expanding=True)),
        _entry.kind == PAYMENT,
        ~select(_back.number)
        .where(_back.site == _receipt.site, _back.reverses == _entry.number)
        .exists(),
    )
    .order_by(_receipt.at.desc(), _receipt.number.desc())
    .limit(MOST_RECEIPTS)
)


@dataclass(frozen=True)
class OpenDay:
    """A business day that is not closed: how many documents moved money, and how much, in fen."""

    day: date
    many: int
    fen: int


@dataclass(frozen=True)
class Given:
    """A receipt that nobody has taken back, in fen; `day` is the business day of its money."""

    number: str
    at: datetime
    unit: str
    fen: int
    means: str
    day: date


def open_days(desk: Desk) -> list[OpenDay]:
    """The days that can be closed now, the oldest first: those that moved money since the last that
    is closed, and today, though nothing came; none once today is closed.
    """
    today = desk.calendar.day_of(desk.now())
    asked = {"site": desk.site}
    with desk.read() as session:
        connection = session.connection()
        last = connection.execute(_LAST_CLOSED, asked).scalar()
        rows = connection.execute(_TAKEN, {**asked, "after": last or date.min}).all()
    found = {day: OpenDay(day, int(many), int(fen)) for day, many, fen in rows}
    found.setdefault(today, OpenDay(today, 0, 0))
    return [
        one for day, one in sorted(found.items()) if day <= today and (last is None or day > last)
    ]


def of_closed_days(desk: Desk, units: Sequence[str]) -> list[Given]:
    """The receipts of some units that a refund gives back: of closed days, the latest first."""
    asked = {"site": desk.site}
    with desk.read() as session:
        connection = session.connection()
        last = connection.execute(_LAST_CLOSED, asked).scalar()
        rows = connection.execute(_GIVEN, {**asked, "units": list(units)}).all()
    return [Given(*row) for row in rows if last is not None and row.day <= last]


def held(desk: Desk, units: Sequence[str]) -> dict[str, int]:
    """What the office holds of some units, in fen: under the label of one what it has prepaid, with
    a deposit's fee behind a blank what it has left as that.
    """
    with desk.read() as session:
        found = {one: ledger.own_balances(session, desk.site, one) for one in units}
    return {
        f"{unit} {part}".strip(): fen
        for unit, balances in found.items()
        for (account, part), fen in sorted(balances.items(), reverse=True)
        if fen > 0 and account in {PREPAID, DEPOSIT}
    }


def allowed(desk: Desk, why: str, approver: str, proven: Collection[str]) -> str:
    """The number of whoever has allowed that less is charged, before anything is charged. Raises
    WhyLess, NotAllowed, AloneLess, UnknownStaff.
    """
    with desk.read() as session:
        return allowed_by(Registry(session, desk.site), approver, why, proven, desk.staff)
