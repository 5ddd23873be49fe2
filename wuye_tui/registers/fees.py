"""What units are charged by: prices with their validity, and the terms of single units (KF-3.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.fee_kinds import PRICED, FeeKind, fee_named
from wuye_tui.rules.fees import Price, Term, check_prices
from wuye_tui.rules.months import Month, month_of, parse_month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import BillRun, FeePrice, FeeTerm, Unit
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import N_, _

TERMS: Final = (
    ("space", N_("车位")),
    ("vacant", N_("空置")),
    ("discount", N_("优惠")),
    ("waived", N_("免收")),
)
_price, _term, _unit, _run = (table_of(kind).c for kind in (FeePrice, FeeTerm, Unit, BillRun))
_PRICES = (
    select(table_of(FeePrice))
    .where(_price.site == bindparam("site"))
    .order_by(_price.fee, _price.kind, _price.begins)
)
TERM_ROWS: Final = (
    select(table_of(FeeTerm))
    .where(_term.site == bindparam("site"))
    .order_by(_term.unit, _term.fee, _term.begins, _term.id)
)
_LAST_BILLED = select(func.max(_run.period)).where(
    _run.site == bindparam("site"), _run.state == "published"
)


class NoPriceForThis(UsageError):
    """The fee has no price by the month: it is shared out, or charged once."""

    def __init__(self, fee: FeeKind) -> None:
        told = _("{fee}不按单价收，不用定价。")
        super().__init__(told.format(fee=fee.word))


class AlreadyBilled(Refused):
    """A price or a term for a month whose bills are out."""

    def __init__(self, month: str, first: date) -> None:
        told = _("{month} 的账已经出了，请从 {first} 起定；以前多收少收的，用减免或者另记一笔。")
        super().__init__(told.format(month=month, first=first), "KF-3.4")


@dataclass(frozen=True)
class Terms:
    """The terms of a unit and a fee: what it pays for, and where it pays less."""

    spaces: tuple[Any, ...]  # rows of fee_term
    less: tuple[Term, ...]


def require(act: Act, right: Right, doing: str) -> None:
    """Raises NotAllowed where whoever acts may not do it."""
    if not act.by.may(right):
        raise NotAllowed(act.by.name, doing, right, "FW-4.3")


def admit(desk: Desk, right: Right, doing: str) -> None:
    """The same for whoever is at the desk, before anything is read or begun that takes a while."""
    who = desk.actor()
    if not who.may(right):
        raise NotAllowed(who.name, doing, right, "FW-4.3")


def prices(session: Session, site: str) -> dict[tuple[str, str], list[Price]]:
    """The prices by fee and kind of unit, in their order."""
    found: dict[tuple[str, str], list[Price]] = {}
    for row in session.connection().execute(_PRICES, {"site": site}).all():
        found.setdefault((row.fee, row.kind), []).append(Price(row.begins, row.ends, row.price))
    return found


def price_of(known: Mapping[tuple[str, str], list[Price]], fee: str, kind: str) -> Sequence[Price]:
    """The prices of a fee for a kind of unit: its own, otherwise those for all."""
    return known.get((fee, kind)) or known.get((fee, ""), [])


def terms(session: Session, site: str) -> dict[tuple[str, str], Terms]:
    """The terms by unit and fee."""
    rows: dict[tuple[str, str], list[Any]] = {}
    for row in session.connection().execute(TERM_ROWS, {"site": site}).all():
        if row.ends is None or row.ends >= row.begins:  # and not taken back before it began
            rows.setdefault((row.unit, row.fee), []).append(row)
    words = dict(TERMS)
    return {
        key: Terms(
            tuple(one for one in found if one.code == "space"),
            tuple(
                Term(one.begins, one.ends, one.share, words.get(one.code, one.code))
                for one in found
                if one.code != "space"
            ),
        )
        for key, found in rows.items()
    }


def last_billed(session: Session, site: str) -> Month | None:
    """The last month whose bills are published."""
    found = session.connection().execute(_LAST_BILLED, {"site": site}).scalar()
    return Month(*map(int, str(found).split("-"))) if found else None


def set_price(
    act: Act, fee: str, price: int, begins: date, kind: str = "", ends: date | None = None
) -> Result:
    """Sets the price of a fee from a day on (KF-3.4), in 1/10000 yuan; that in force ends the day
    before. One that begins on the same day, of which no bill is out, is put right. Raises
    NotAllowed, UnknownFee, NoPriceForThis, AlreadyBilled, and what `check_prices` refuses.
    """
    require(act, Right.BILL, _("定收费价格"))
    one = fee_named(act.reference.fees, fee)
    if one.how not in PRICED:
        raise NoPriceForThis(one)
    refuse_billed(act, begins)
    asked = {"site": act.site}
    rows = [
        row
        for row in act.session.connection().execute(_PRICES, asked).all()
        if (row.fee, row.kind) == (one.code, kind)
    ]
    before = [row for row in rows if row.ends is None and row.begins < begins]
    for row in before:
        act.update(FeePrice, {"id": row.id, "ends": begins - timedelta(days=1)})
    same = next((row for row in rows if row.begins == begins), None)
    if same is not None and ends is None:  # the price after it stays
        later = next((row.begins for row in rows if row.begins > begins), None)
        ends = later - timedelta(days=1) if later else None
    known = [
        Price(row.begins, begins - timedelta(days=1) if row in before else row.ends, row.price)
        for row in rows
        if row is not same
    ]
    check_prices([*known, Price(begins, ends, price)])
    made = {"price": price, "ends": ends, "by": act.by.number, "at": act.now}
    done = {"fee": one.code, "kind": kind, "price": price, "begins": begins.isoformat()}
    if same is not None:
        act.update(FeePrice, {"id": same.id, **made})
        return {**done, "before": same.price}
    new = {"id": new_id(), "fee": one.code, "kind": kind, "begins": begins}
    act.insert(FeePrice, {**new, **made})
    return done


def refuse_billed(act: Act, begins: date) -> None:
    """Raises AlreadyBilled for a day of a month whose bills are out."""
    last = last_billed(act.session, act.site)
    if last is not None and begins <= last.last_day:
        raise AlreadyBilled(str(last), last.last_day + timedelta(days=1))


def list_fees(desk: Desk) -> list[dict[str, Any]]:
    """Every fee of the office with its prices, in the order of the file."""
    with desk.read() as session:
        known = prices(session, desk.site)
    found: list[dict[str, Any]] = []
    for one in desk.reference.fees:
        mine: list[tuple[str, Price | None]] = [
            (kind, price)
            for (fee, kind), all_ in known.items()
            if fee == one.code
            for price in all_
        ]
        for kind, price in mine or [("", None)]:
            found.append(
                {
                    "fee": one.code, "word": one.word, "how": one.how.value, "kind": kind,
                    "price": price.price if price else None,
                    "begins": price.begins if price else None,
                    "ends": price.ends if price else None,
                }
            )  # fmt: skip
    return found


def month_named(desk: Desk, typed: str) -> Month:
    """The month that was typed, also one to come; this one without. Raises UnreadableMonth."""
    if typed.strip():
        return parse_month(typed, date.max.replace(year=9998))
    return month_of(desk.calendar.day_of(desk.now()))
