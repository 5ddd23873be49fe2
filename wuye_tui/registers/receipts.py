"""Receipts: written by the step that takes the money, listed, shown, and made void."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.records import Head
from wuye_tui.registers.steps import batched, find_matter, load_steps
from wuye_tui.rules import receipts as rules
from wuye_tui.rules.accounts import (
    CASH,
    INCOME,
    PAYMENT,
    PREFIXES,
    REPAIR,
    REPAIR_VOID,
    Line,
    reversing,
)
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.rules.folding import Situation, Step
from wuye_tui.rules.money import capitals
from wuye_tui.store import chain
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Posting, Private, Receipt, ReceiptVoid
from wuye_tui.words import _


class UnknownReceipt(NotFound):
    """No receipt has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("没有收据 {number}，请核对号码；「wuye receipts list」列出已开的。").format(
                number=number
            )
        )


class VoidAlready(Refused):
    """It was made void before."""

    def __init__(self, number: str) -> None:
        super().__init__(_("收据 {number} 已经作废，不用再作废。").format(number=number))


class NotAtCounter(Refused):
    """The receipt is for a slip: its money is taken back there."""

    def __init__(self, number: str, source: str) -> None:
        told = _("收据 {number} 是派工单 {source} 的，请在那张单上作废。")
        super().__init__(told.format(number=number, source=source), "BX-16")


@dataclass(frozen=True)
class Issued:
    """One receipt as people read it: money in fen, moments in UTC, staff as numbers and names."""

    number: str
    source: str
    unit: str
    fee: str
    fen: int
    means: str
    at: datetime
    by: str
    by_name: str
    for_cashier: bool
    payer: str
    voided: datetime | None = None
    voided_by: str = ""
    second: str = ""
    voided_by_name: str = ""
    second_name: str = ""
    void_reason: str = ""  # known of one receipt that is shown, not in a list
    units: tuple[str, ...] = ()  # all that it was paid for, the one it names first

    @property
    def where(self) -> str:
        """For whom, where there is room for one unit."""
        if len(self.units) < 2:
            return self.unit
        return _("{unit} 等 {n} 套").format(unit=self.unit, n=len(self.units))

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number,
            "source": self.source,
            "unit": self.unit,
            "units": list(self.units),
            "fee": self.fee,
            "amount_fen": self.fen,
            "capitals": capitals(self.fen, "人民币"),
            "means": self.means,
            "at": self.at,
            "by": self.by,
            "by_name": self.by_name,
            "for_cashier": self.for_cashier,
            "payer": self.payer,
            "void": self.voided is not None,
            "voided_at": self.voided,
            "voided_by": self.voided_by,
            "second": self.second,
            "voided_by_name": self.voided_by_name,
            "second_name": self.second_name,
            "void_reason": self.void_reason,
        }


def issue(act: Act, matter: Head, step: Step, after: Situation) -> str:
    """Writes the receipt of a step that took money; returns its number, which is never given again.

    The number is taken in the same act as the money: a stopped act leaves no gap.
    """
    year = act.calendar.day_of(act.now).strftime("%Y")
    last = chain.next_number(act.session.connection(), act.site, rules.PREFIX, year)
    number = rules.number_of(year, last)
    payer = str(step.facts.get("paid_by") or "")
    act.insert(
        Receipt,
        {
            "number": number,
            "act": act.key,
            "source": matter.number,
            "n": step.n,
            "unit": str(after.facts.get("unit", "")),
            "fee": "repair",
            "fen": int(step.facts["paid_fen"]),
            "means": str(step.facts["means"]),
            "at": step.happened,
            "by": step.by,
            "for_cashier": bool(step.facts["for_cashier"]),
            "seal": act.whisper(number, 0, name=payer),
        },
    )
    fen, means = int(step.facts["paid_fen"]), str(step.facts["means"])
    taken = Line(CASH, means, fen), Line(INCOME, REPAIR, -fen)
    unit = str(after.facts.get("unit", ""))
    ledger.post(act, ledger.Entry(REPAIR, taken, unit, receipt=number))
    return number


def make_void(act: Act, matter: Head, step: Step, second: str) -> str:
    """Voids the receipt in force of a matter; returns its number."""
    number = in_force(act.session, act.site, matter.number)
    assert number, matter.number  # the guard has seen that money was taken
    act.insert(
        ReceiptVoid,
        {
            "number": number,
            "act": act.key,
            "n": step.n,
            "at": step.happened,
            "by": step.by,
            "second": second,
        },
    )
    if entry := ledger.of_receipt(act.session, act.site, number, REPAIR):
        lines = reversing(ledger.lines_of(act.session, act.site, entry))
        back = ledger.Entry(REPAIR_VOID, lines, second=second, receipt=number, reverses=entry)
        ledger.post(act, back)
    return number


def void(act: Act, number: str, reason: str, second: str, proven: Collection[str] = ()) -> Result:
    """Makes a receipt void: a step of the slip that it was issued for. `proven` are the numbers of
    those who gave their PIN for it. Raises UnknownReceipt, VoidAlready, and what the step refuses.
    """
    from wuye_tui.registers import giving_back, matters  # whose effects write receipts

    asked = number.strip().upper()
    row = act.session.execute(_issued(act.site).where(col(Receipt.number) == asked)).first()
    if row is None:
        raise UnknownReceipt(number)
    if row.voided is not None:
        raise VoidAlready(asked)
    if is_payment(row.source):
        return giving_back.make_void(act, asked, row.source, reason, second, proven)
    return matters.take(act, row.source, "void_receipt", proven=proven, why=reason, second=second)


def refund(act: Act, number: str, reason: str, second: str, proven: Collection[str] = ()) -> Result:
    """Gives back the money of a receipt whose day is closed, by a document of its own. Raises
    UnknownReceipt, VoidAlready, NotAtCounter, and what `giving_back.refund_receipt` refuses.
    """
    from wuye_tui.registers import giving_back

    asked = number.strip().upper()
    row = act.session.execute(_issued(act.site).where(col(Receipt.number) == asked)).first()
    if row is None:
        raise UnknownReceipt(number)
    if row.voided is not None:
        raise VoidAlready(asked)
    if not is_payment(row.source):
        raise NotAtCounter(asked, row.source)
    return giving_back.refund_receipt(act, asked, row.source, reason, second, proven)


def is_number(typed: str) -> bool:
    """Whether what was typed looks like the number of a receipt."""
    return typed.strip().upper().startswith(f"{rules.PREFIX}-")


def plain(number: str) -> str:
    """The number of a receipt or a refund as it is written, however it was typed."""
    return number.strip().upper()


def is_payment(source: str) -> bool:
    """Whether a receipt is for money taken at the counter, and not for a slip."""
    return source.startswith(f"{PREFIXES[PAYMENT]}-")


def in_force(session: Session, site: str, source: str) -> str:
    """The number of the receipt of a matter that counts; "" where none does."""
    found = session.execute(
        _issued(site).where(col(Receipt.source) == source, col(ReceiptVoid.number).is_(None))
    ).first()
    return str(found.number) if found else ""


def list_receipts(
    desk: Desk,
    begin: datetime | None = None,
    end: datetime | None = None,
    source: str = "",
    limit: int | None = None,
) -> list[Issued]:
    """The receipts from `begin` to before `end`, oldest first; of one matter with `source`."""
    query = _issued(desk.site).order_by(col(Receipt.at), col(Receipt.number))
    if begin:
        query = query.where(col(Receipt.at) >= begin)
    if end:
        query = query.where(col(Receipt.at) < end)
    if source:
        query = query.where(col(Receipt.source) == source)
    with desk.read() as session:
        rows = session.execute(query.limit(limit) if limit else query).mappings().all()
        names = staff_names(session, desk.site)
        units = _units(session, desk.site, [row["source"] for row in rows])
    return [_as_issued(row, names, units) for row in rows]


def show(desk: Desk, number: str) -> Issued:
    """One receipt, with the reason why it is void. Raises UnknownReceipt."""
    asked = number.strip().upper()
    with desk.read() as session:
        query = _issued(desk.site).where(col(Receipt.number) == asked)
        row = session.execute(query).mappings().one_or_none()
        if row is None:
            raise UnknownReceipt(number)
        units = _units(session, desk.site, [row["source"]])
        found = _as_issued(row, staff_names(session, desk.site), units)
        if row["void_n"] is None:
            return found
        if is_payment(found.source):
            return replace(found, void_reason=_why_void(session, desk.site, found.source))
        way = load_steps(session, desk.site, find_matter(session, desk.site, found.source).id)
        reasons = (str(step.facts.get("why", "")) for step in way if step.n == row["void_n"])
        return replace(found, void_reason=next(reasons, ""))


def _why_void(session: Session, site: str, source: str) -> str:
    by = ledger.reversed_by(session, site, source)
    said = session.get(Private, (site, by, 0))
    return said.words if said else ""


def _issued(site: str) -> Any:
    same = and_(col(ReceiptVoid.site) == site, col(ReceiptVoid.number) == col(Receipt.number))
    private = and_(
        col(Private.site) == site, col(Private.owner) == col(Receipt.number), col(Private.n) == 0
    )
    return (
        select(
            *(col(getattr(Receipt, name)) for name in _OWN),
            col(Private.name).label("payer"),
            col(ReceiptVoid.at).label("voided"),
            col(ReceiptVoid.by).label("voided_by"),
            col(ReceiptVoid.second).label("second"),
            col(ReceiptVoid.n).label("void_n"),
        )
        .outerjoin(ReceiptVoid, same)
        .outerjoin(Private, private)
        .where(col(Receipt.site) == site)
    )


_posting = table_of(Posting).c
_UNITS = (
    select(_posting.entry, _posting.unit)
    .where(
        _posting.site == bindparam("site"),
        _posting.entry.in_(bindparam("entries", expanding=True)),
        _posting.unit != "",
    )
    .order_by(_posting.entry, _posting.n)
)
_OWN = ("number", "source", "unit", "fee", "fen", "means", "at", "by", "for_cashier")


def _units(session: Session, site: str, sources: Sequence[str]) -> Mapping[str, list[str]]:
    """For which units each payment was, in the order of its lines."""
    found: dict[str, list[str]] = {}
    for part in batched([one for one in sources if is_payment(one)]):
        asked = {"site": site, "entries": part}
        for entry, unit in session.connection().execute(_UNITS, asked):
            found.setdefault(entry, []).append(unit)
    return found


def _as_issued(row: Any, names: Mapping[str, str], units: Mapping[str, list[str]]) -> Issued:
    return Issued(
        **{name: row[name] for name in _OWN},
        units=tuple(dict.fromkeys((row["unit"], *units.get(row["source"], ())))),
        by_name=names.get(row["by"], row["by"]),
        payer=row["payer"] or "",
        voided=row["voided"],
        voided_by=row["voided_by"] or "",
        second=row["second"] or "",
        voided_by_name=names.get(row["voided_by"], ""),
        second_name=names.get(row["second"], ""),
    )
