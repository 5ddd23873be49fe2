"""What units owe: the open charges with their late fees of today, and what the office holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.bills import IS_OWED
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.slip_debts import SlipDebt, unpaid
from wuye_tui.rules.accounts import PREPAID, RECEIVABLE
from wuye_tui.rules.charge_names import Named, names
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.rules.latefees import LateRule, late_fee
from wuye_tui.rules.payments import Debt
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, LedgerEntry, Posting
from wuye_tui.words import _

LATE: Final = "late"
"""The fee under which late fees are charged: one line for each charge that was paid late."""

_charge, _posting, _entry = (table_of(kind).c for kind in (Charge, Posting, LedgerEntry))
_OPEN_FEN = _charge.fen - _charge.waived_fen - _charge.settled_fen
_OWED = (
    select(
        *(_charge[name] for name in ("id", "unit", "fee", "period", "source", "due", "fen")),
        *(_charge[name] for name in ("begins", "ends", "waived_fen", "settled_fen", "detail")),
        _OPEN_FEN.label("open_fen"),
    )
    .where(
        _charge.site == bindparam("site"),
        _charge.unit.in_(bindparam("units", expanding=True)),
        _charge.fee != "repair",
        _OPEN_FEN > 0,
        IS_OWED,
    )
    .order_by(_charge.due, _charge.period, _charge.fee, _charge.source)
)
_PAID = (
    select(_posting.charge, _entry.day, _posting.fen)
    .join_from(
        table_of(Posting),
        table_of(LedgerEntry),
        (_entry.site == _posting.site) & (_entry.number == _posting.entry),
    )
    .where(
        _posting.site == bindparam("site"),
        _posting.account == RECEIVABLE,
        _posting.charge.in_(bindparam("charges", expanding=True)),
    )
    .order_by(_entry.day)
)
_CHARGED_LATE = select(_charge.source, _charge.fen - _charge.waived_fen).where(
    _charge.site == bindparam("site"),
    _charge.fee == LATE,
    _charge.source.in_(bindparam("sources", expanding=True)),
)


@dataclass(frozen=True)
class Owed:
    """One open charge as people read it; `late_fen` is what its late fee comes to today."""

    debt: Debt
    word: str
    fen: int
    waived_fen: int
    settled_fen: int
    begins: date | None
    ends: date | None

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "charge": self.debt.charge,
            "unit": self.debt.unit,
            "fee": self.debt.fee,
            "period": self.debt.period,
            "begins": self.begins,
            "ends": self.ends,
            "due": self.debt.due,
            "amount_fen": self.fen,
            "waived_fen": self.waived_fen,
            "settled_fen": self.settled_fen,
            "open_fen": self.debt.open_fen,
            "late_fen": self.debt.late_fen,
        }


@dataclass(frozen=True)
class Account:
    """What some units owe, the oldest first, and what the office holds of them."""

    units: tuple[str, ...]
    owed: tuple[Owed, ...]
    prepaid: Mapping[str, int]
    deposits: Mapping[str, int]
    slips: tuple[SlipDebt, ...] = ()

    @property
    def slips_fen(self) -> int:
        """What repairs cost that are not paid: it is taken on the slips, apart from the rest."""
        return sum(one.fen for one in self.slips)

    @property
    def open_fen(self) -> int:
        """What is open of charges."""
        return sum(one.debt.open_fen for one in self.owed)

    @property
    def names(self) -> dict[str, str]:
        """What each charge is called where it has to be typed, by its id."""
        debts = (one.debt for one in self.owed)
        return names(Named(o.charge, o.unit, o.fee, o.period, o.source) for o in debts)

    @property
    def late_fen(self) -> int:
        """What the late fees come to today."""
        return sum(one.debt.late_fen for one in self.owed)

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        known = self.names
        return {
            "units": list(self.units),
            "owed": [{**one.as_dict(), "name": known[one.debt.charge]} for one in self.owed],
            "open_fen": self.open_fen,
            "late_fen": self.late_fen,
            "prepaid_fen": sum(self.prepaid.values()),
            "deposits": dict(self.deposits),
            "slips": [
                {"number": one.number, "unit": one.unit, "amount_fen": one.fen}
                for one in self.slips
            ],
        }


def account(desk: Desk, units: Sequence[str]) -> Account:
    """What these units owe today. Raises UnknownUnit, AmbiguousUnit."""
    with desk.read() as session:
        registry = Registry(session, desk.site)
        labels = list(dict.fromkeys(registry.unit(one) for one in units))
        today = desk.calendar.day_of(desk.now())
        found = owed(session, desk.site, labels, desk.reference.fees, today)
        held = {one: ledger.own_balances(session, desk.site, one) for one in labels}
        slips = unpaid(session, desk.site, labels)
    deposits: dict[str, int] = {}
    for of_unit in held.values():
        for (name, part), fen in of_unit.items():
            if name != PREPAID:
                deposits[part] = deposits.get(part, 0) + fen
    prepaid = {one: found.get((PREPAID, ""), 0) for one, found in held.items()}
    return Account(tuple(labels), tuple(found), prepaid, deposits, slips)


def owed(
    session: Session, site: str, units: Sequence[str], fees: Sequence[FeeKind], today: date
) -> list[Owed]:
    connection = session.connection()
    asked = {"site": site, "units": list(units)}
    rows = connection.execute(_OWED, asked).all()
    known = {one.code: one for one in fees}
    late = _late(session, site, [row for row in rows if row.due and row.due < today], known, today)
    return [
        Owed(
            Debt(
                row.id, row.unit, row.fee, row.period, row.source, row.due,
                int(row.open_fen), late.get(row.id, 0),
            ),
            fee_word(known, row.fee),
            row.fen,
            row.waived_fen,
            row.settled_fen,
            row.begins,
            row.ends,
        )
        for row in rows
    ]  # fmt: skip


def fee_word(known: Mapping[str, FeeKind], fee: str) -> str:
    """The name of a fee as papers have it."""
    if fee == LATE:
        return _("违约金")
    if fee == "repair":
        return _("维修费")
    return known[fee].word if fee in known else fee


def _late(
    session: Session, site: str, rows: Sequence[Any], fees: Mapping[str, FeeKind], today: date
) -> dict[str, int]:
    """What the late fees of charges come to today, less what of them is charged already."""
    rows = [row for row in rows if row.fee in fees and fees[row.fee].rate]
    if not rows:
        return {}
    connection, ids = session.connection(), [row.id for row in rows]
    paid: dict[str, list[tuple[date, int]]] = {}
    for charge, day, fen in connection.execute(_PAID, {"site": site, "charges": ids}):
        paid.setdefault(charge, []).append((day, int(fen)))
    asked = {"site": site, "sources": ids}
    charged: dict[str, int] = {}
    for source, fen in connection.execute(_CHARGED_LATE, asked):
        charged[source] = charged.get(source, 0) + int(fen)
    found: dict[str, int] = {}
    for row in rows:
        fee, left = fees[row.fee], row.fen
        owed = [(row.due, left)]
        for day, fen in paid.get(row.id, ()):
            left += fen
            owed.append((_counts_from(day, row.due), left))
        rule = LateRule(fee.rate, fee.grace, fee.cap)
        more = late_fee(rule, row.due, today, _by_day(owed)) - charged.get(row.id, 0)
        if more > 0:
            found[row.id] = more
    return found


def _counts_from(day: date, due: date) -> date:
    """From which day on a payment spares: the day on which it comes is the last that costs, however
    many payments it takes; what comes in time spares all of them.
    """
    return due if day <= due else day + timedelta(days=1)


def _by_day(owed: Sequence[tuple[date, int]]) -> list[tuple[date, int]]:
    """What was owed from each day on which it changed."""
    return sorted(dict(owed).items())
