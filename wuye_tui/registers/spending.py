"""What the office spends (FW-4.3, KF-3.4): each expenditure is an entry of the ledger, and one that
was wrong is taken back by a second one that names it, signed by two people.

It lowers the money of its business day. A closed day does not change: what was forgotten is the
next day's, and so is what comes back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.fees import require
from wuye_tui.registers.giving_back import TakenBack
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.signing import second_of
from wuye_tui.rules.accounts import CASH, EXPENSE, SPENT, UNSPENT, Line, reversing
from wuye_tui.rules.payments import Tender, tendered
from wuye_tui.rules.rights import Right
from wuye_tui.rules.spending import (
    Category,
    DayIsClosed,
    DayToCome,
    NothingSpent,
    UnknownSpending,
    WhatNotSaid,
)
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LedgerEntry, Posting, Private
from wuye_tui.words import _

WHAT, WHY = "--what", "--why"
_BACK = table_of(LedgerEntry).alias("back")
_FOR, _FROM = table_of(Posting).alias("spent_for"), table_of(Posting).alias("paid_from")
_entry, _private = table_of(LedgerEntry).c, table_of(Private).c
_back, _for, _from = _BACK.c, _FOR.c, _FROM.c
_USUAL: Final = 200


@dataclass(frozen=True)
class Spending:
    """One expenditure, in fen; `back` is the number of the entry that took it back, "" for none."""

    number: str
    day: date
    category: str
    word: str
    means: str
    fen: int
    what: str
    by: str
    by_name: str
    back: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number, "day": self.day, "category": self.category, "word": self.word,
            "means": self.means, "amount_fen": self.fen, "what": self.what, "by": self.by,
            "by_name": self.by_name, "back": self.back,
        }  # fmt: skip


def spend(
    act: Act, category: Category, tender: Tender, what: str, day: date | None = None
) -> Result:
    """Writes down what was spent by one means, on a business day that is not closed; the present
    one without `day`. Raises NotAllowed, NothingSpent, UnknownMeans, WhatNotSaid, DayToCome,
    DayIsClosed.
    """
    require(act, Right.BILL, _("记支出"))
    if not tender.fen:
        raise NothingSpent
    (money,) = tendered([tender])
    said = clean(what, Field.SUMMARY)
    if not said:
        raise WhatNotSaid(WHAT)
    number = ledger.number_for(act, SPENT)
    present = ledger.business_day(act)
    asked = present if day is None else day
    if ledger.is_closed(act, asked):
        raise DayIsClosed(asked)
    if asked > present:
        raise DayToCome(asked)
    lines = Line(EXPENSE, category.code, money.fen), Line(CASH, money.means, -money.fen)
    ledger.post(act, ledger.Entry(SPENT, lines, words=said, day=asked, number=number))
    return {"number": number, "day": asked.isoformat(), "amount_fen": money.fen}


def unspend(act: Act, number: str, why: str, second: str, proven: Collection[str]) -> Result:
    """Takes an expenditure back, whole, as an entry of the present business day that names it.
    Raises NotAllowed, AloneVoid, UnknownSpending, TakenBack, WhatNotSaid.
    """
    doing = _("冲回支出")
    require(act, Right.BILL, doing)
    other = second_of(act, second, proven, doing)
    asked = number.strip().upper()
    entry = ledger.entry_of(act.session, act.site, asked)
    if entry is None or entry["kind"] != SPENT:
        raise UnknownSpending(number)
    reason = clean(why, Field.REASON)
    if not reason:
        raise WhatNotSaid(WHY)
    back_number = ledger.number_for(act, UNSPENT)  # from here on nobody else takes it back
    if by := ledger.reversed_by(act.session, act.site, asked):
        raise TakenBack(asked, by)
    lines = reversing(ledger.lines_of(act.session, act.site, asked))
    back = ledger.Entry(
        UNSPENT, lines, second=other, reverses=asked, words=reason, number=back_number
    )
    fen = sum(one.fen for one in lines if one.account == CASH)
    return {"number": ledger.post(act, back), "takes_back": asked, "amount_fen": fen}


def list_spent(
    desk: Desk, begin: date | None = None, end: date | None = None, limit: int = _USUAL
) -> list[Spending]:
    """What was spent from one business day to another, both in it, oldest first; the last of them
    where there are more than `limit`.
    """
    query, asked = _spent(), {"site": desk.site}
    if begin is not None:
        query = query.where(_entry.day >= begin)
    if end is not None:
        query = query.where(_entry.day <= end)
    with desk.read() as session:
        rows = session.connection().execute(query.limit(limit), asked).all()
        names = staff_names(session, desk.site)
    words = {one.code: one.word for one in desk.reference.spending}
    return [
        Spending(
            row.number, row.day, row.category, words.get(row.category, row.category), row.means,
            int(row.fen), row.words or "", row.by, names.get(row.by, row.by), row.back or "",
        )
        for row in reversed(rows)
    ]  # fmt: skip


def _spent() -> Select[Any]:
    """Every expenditure, the latest first, with what it was for and from which money."""
    return (
        select(
            *(_entry[name] for name in ("number", "day", "by")),
            _for.part.label("category"),
            _for.fen.label("fen"),
            _from.part.label("means"),
            _private.words,
            _back.number.label("back"),
        )
        .select_from(table_of(LedgerEntry))
        .join(_FOR, (_for.site == _entry.site) & (_for.entry == _entry.number))
        .join(_FROM, (_from.site == _entry.site) & (_from.entry == _entry.number))
        .join(
            table_of(Private),
            (_private.site == _entry.site) & (_private.owner == _entry.number) & (_private.n == 0),
            isouter=True,
        )
        .join(_BACK, (_back.site == _entry.site) & (_back.reverses == _entry.number), isouter=True)
        .where(
            _entry.site == bindparam("site"),
            _entry.kind == SPENT,
            _for.account == EXPENSE,
            _from.account == CASH,
        )
        .order_by(_entry.day.desc(), _entry.at.desc(), _entry.number.desc())
    )
