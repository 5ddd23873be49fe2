"""The ledger (FW-4.3): `post` is the only writer of entries, postings, balances and of what is
settled of a charge. Nothing that is written is edited; a mistake is reversed by an entry that names
it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ClauseElement, ColumnElement, bindparam, func, select, update
from sqlmodel import Session

from wuye_tui.rules.accounts import BILL, OWN, PREFIXES, RECEIVABLE, TAKEN_OFF, Line, balanced
from wuye_tui.rules.rights import Hat
from wuye_tui.rules.text import Field, clean
from wuye_tui.store import rows
from wuye_tui.store.acts import Act
from wuye_tui.store.faults import DatabaseCrossed
from wuye_tui.store.prepared import prepared
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Balance, Charge, DayClose, LedgerEntry, Posting, Series
from wuye_tui.words import _

_entry, _posting, _balance, _charge, _close = (
    table_of(kind).c for kind in (LedgerEntry, Posting, Balance, Charge, DayClose)
)
POSTED: Final = table_of(LedgerEntry).join(
    table_of(Posting), (_posting.site == _entry.site) & (_posting.entry == _entry.number)
)
"""Every entry with each of its postings."""
_LINES = (
    select(*(_posting[name] for name in ("account", "part", "fen", "unit", "charge")))
    .where(_posting.site == bindparam("site"), _posting.entry == bindparam("entry"))
    .order_by(_posting.n)
)
_ENTRY = select(table_of(LedgerEntry)).where(
    _entry.site == bindparam("site"), _entry.number == bindparam("number")
)
_REVERSED_BY = select(_entry.number).where(
    _entry.site == bindparam("site"), _entry.reverses == bindparam("number")
)
_OF_RECEIPT = select(_entry.number).where(
    _entry.site == bindparam("site"),
    _entry.kind == bindparam("kind"),
    _entry.receipt == bindparam("receipt"),
)
_LAST_CLOSED = select(func.max(_close.day)).where(_close.site == bindparam("site"))
_OWN_BALANCES = select(_balance.account, _balance.part, _balance.fen).where(
    _balance.site == bindparam("site"), _balance.unit == bindparam("unit"), _balance.fen != 0
)
_SUM = select(func.coalesce(func.sum(_balance.fen), 0)).where(
    _balance.site == bindparam("site"), _balance.account == bindparam("account")
)
ONE_DAY: Final = 1


@dataclass(frozen=True)
class Entry:
    """What is to be posted. `words` are why, `payer` who paid: they lie apart from the entry. `day`
    is a business day that is still open, where it is not the present one.
    """

    kind: str
    lines: Sequence[Line]
    unit: str = ""
    second: str = ""
    receipt: str = ""
    reverses: str = ""
    payer: str = ""
    words: str = ""
    number: str = ""
    day: date | None = None


def business_day(act: Act) -> date:
    """The day that money of this moment belongs to: today, or the day after the last closed one."""
    today = act.calendar.day_of(act.now)
    last = act.session.connection().execute(_LAST_CLOSED, {"site": act.site}).scalar()
    return today if last is None or last < today else date.fromordinal(last.toordinal() + ONE_DAY)


def number_for(act: Act, kind: str) -> str:
    """The next number of a kind of entry. Until the act ends, no day of it is closed: whoever asks
    whether a day is closed, or whether something was taken back, has its number first.
    """
    return act.number(PREFIXES[kind])


def hold_numbers(act: Act, *days: date) -> None:
    """Lets nobody post on these days until the act ends: on PostgreSQL their money is under way
    while the day is added up. SQLite has one writer.
    """
    connection = act.session.connection()
    if connection.dialect.name == "sqlite":
        return
    # A bill's number is taken after a payment's, so in this order nobody waits for another.
    in_order = [*sorted({*PREFIXES.values()} - {PREFIXES[BILL]}), PREFIXES[BILL]]
    given = [
        {"site": act.site, "name": name, "period": f"{day:%Y%m%d}", "last": 0}
        for day in sorted(set(days))
        for name in in_order
    ]
    holding = prepared(connection, tuple(given[0]), _holding, connection.dialect.name)
    holding.run(connection, given)


def _holding(dialect: str) -> ClauseElement:
    last = table_of(Series).c.last
    return rows.insert_for(Series, dialect).on_conflict_do_update(
        index_elements=["site", "name", "period"], set_={"last": last}
    )


def post(act: Act, entry: Entry) -> str:
    """Writes an entry that balances, and what follows from it; returns its number.

    Raises BadText and TooLong for what people wrote, and Unbalanced, a fault of the program.
    """
    lines = balanced(entry.lines)
    number = entry.number or number_for(act, entry.kind)
    seal = act.whisper(
        number,
        0,
        name=clean(entry.payer, Field.NAME, _("付款人")),
        words=clean(entry.words, Field.REASON),
    )
    act.insert(
        LedgerEntry,
        {
            "number": number,
            "act": act.key,
            "kind": entry.kind,
            "at": act.now,
            "day": entry.day or business_day(act),
            "by": act.by.number,
            "second": entry.second,
            "duty": act.duty,
            "unit": entry.unit,
            "receipt": entry.receipt,
            "reverses": entry.reverses,
            "for_cashier": Hat.CASHIER not in act.by.hats,
            "seal": seal,
        },
    )
    act.insert(Posting, *(_row(number, n, line) for n, line in enumerate(lines, 1)))
    _settle(act, lines)
    _add_up(act, lines)
    return number


def _row(number: str, n: int, line: Line) -> dict[str, Any]:
    return {
        "entry": number,
        "n": n,
        "account": line.account,
        "part": line.part,
        "unit": line.unit,
        "charge": line.charge,
        "fen": line.fen,
    }


def _settle(act: Act, lines: Sequence[Line]) -> None:
    """What is owed less of a charge: settled by what was paid, otherwise waived or taken back.

    Where somebody else has settled it since it was looked at, the act is undone and done again.
    """
    waived = any(line.account in TAKEN_OFF for line in lines)
    settled = [
        {
            "in_site": act.site,
            "of": line.charge,
            "settled": 0 if waived else -line.fen,
            "waived": -line.fen if waived else 0,
        }
        for line in sorted(lines, key=lambda one: one.charge)  # two desks never wait for each other
        if line.account == RECEIVABLE and line.charge
    ]
    if settled:
        connection = act.session.connection()
        done = prepared(connection, tuple(settled[0]), _settling).run(connection, settled)
        if done.rowcount != len(settled):
            raise DatabaseCrossed("")


def _add_up(act: Act, lines: Sequence[Line]) -> None:
    sums: dict[tuple[str, str, str], int] = {}
    for line in lines:
        key = line.account, line.part, line.unit if line.account in OWN else ""
        sums[key] = sums.get(key, 0) + line.fen
    connection = act.session.connection()
    # In one order, so that two desks never wait for each other.
    given = [
        {"site": act.site, "account": account, "part": part, "unit": unit, "fen": fen}
        for (account, part, unit), fen in sorted(sums.items())
    ]
    adding = prepared(connection, tuple(given[0]), _adding, connection.dialect.name)
    adding.run(connection, given)
    used = {line.unit for line in lines if line.account in OWN and line.fen > 0}
    for unit in used:
        if min(own_balances(act.session, act.site, unit).values(), default=0) < 0:
            raise DatabaseCrossed("")  # somebody else has used it since it was looked at


def _settling() -> ClauseElement:
    more: ColumnElement[int] = bindparam("settled") + bindparam("waived")
    return (
        update(table_of(Charge))
        .where(
            _charge.site == bindparam("in_site"),
            _charge.id == bindparam("of"),
            _charge.fen - _charge.waived_fen - _charge.settled_fen >= more,
        )
        .values(
            settled_fen=_charge.settled_fen + bindparam("settled"),
            waived_fen=_charge.waived_fen + bindparam("waived"),
        )
    )


def _adding(dialect: str) -> ClauseElement:
    made = rows.insert_for(Balance, dialect)
    return made.on_conflict_do_update(
        index_elements=["site", "account", "part", "unit"],
        set_={"fen": _balance.fen + made.excluded.fen},
    )


def lines_of(session: Session, site: str, number: str) -> list[Line]:
    """The postings of an entry."""
    found = session.connection().execute(_LINES, {"site": site, "entry": number}).all()
    return [Line(*row) for row in found]


def entry_of(session: Session, site: str, number: str) -> Mapping[str, Any] | None:
    """An entry by its number; None where there is none."""
    asked = {"site": site, "number": number}
    row = session.connection().execute(_ENTRY, asked).mappings().one_or_none()
    return None if row is None else dict(row)


def reversed_by(session: Session, site: str, number: str) -> str:
    """The number of the entry that takes another back; "" for none."""
    found = session.connection().execute(_REVERSED_BY, {"site": site, "number": number}).scalar()
    return str(found or "")


def of_receipt(session: Session, site: str, receipt: str, kind: str) -> str:
    """The number of the entry of a kind that has a receipt; "" for none, as from before there was
    a ledger.
    """
    asked = {"site": site, "kind": kind, "receipt": receipt}
    return str(session.connection().execute(_OF_RECEIPT, asked).scalar() or "")


def own_balances(session: Session, site: str, unit: str) -> dict[tuple[str, str], int]:
    """What the office holds of a unit, in fen: by account (prepaid, deposit) and part."""
    found = session.connection().execute(_OWN_BALANCES, {"site": site, "unit": unit}).all()
    return {(row.account, row.part): -row.fen for row in found}


def is_closed(act: Act, day: date) -> bool:
    """Whether a business day is closed: all up to the last closed one are."""
    last = act.session.connection().execute(_LAST_CLOSED, {"site": act.site}).scalar()
    return last is not None and day <= last


def stands_at(session: Session, site: str, account: str) -> int:
    """What an account stands at, over all its parts and units."""
    asked = {"site": site, "account": account}
    return int(session.connection().execute(_SUM, asked).scalar_one())
