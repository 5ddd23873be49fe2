"""The close of a business day (FW-4.3): what each person took by each means, and what was counted.

A closed day does not change: money that comes later belongs to the next day, and what was taken
then is given back as a refund. Days are closed in their order, each with its own count; what was
counted more or less than the ledger said is posted with the close, so that the ledger's cash is
what lay in the drawer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.fees import require
from wuye_tui.registers.ledger import POSTED
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.rules.accounts import CASH, DIFFERED, DIFFERENCE, SPENT, UNSPENT, Line
from wuye_tui.rules.errors import Refused, UsageError
from wuye_tui.rules.locale import amount
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DayClose, LedgerEntry, Posting, Private
from wuye_tui.words import _

PREFIX: Final = "JZ"
BANK: Final = "bank"
"""Whom the cash of a day goes to where it is paid in."""
_entry, _posting, _close, _private = (
    table_of(kind).c for kind in (LedgerEntry, Posting, DayClose, Private)
)
_TAKEN = (
    select(_entry.by, _posting.part, _entry.kind, func.count(), func.sum(_posting.fen))
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"), _entry.day == bindparam("day"), _posting.account == CASH
    )
    .group_by(_entry.by, _posting.part, _entry.kind)
    .order_by(_entry.by, _posting.part, _entry.kind)
)
_CLOSED = (
    select(table_of(DayClose), _private.words)
    .select_from(table_of(DayClose))
    .join(
        table_of(Private),
        (_private.site == _close.site) & (_private.owner == _close.number) & (_private.n == 0),
        isouter=True,
    )
    .where(_close.site == bindparam("site"), _close.day == bindparam("day"))
)
_LAST_CLOSED = select(func.max(_close.day)).where(_close.site == bindparam("site"))
_FIRST_OPEN = (
    select(func.min(_entry.day))
    .select_from(POSTED)
    .where(
        _entry.site == bindparam("site"),
        _entry.day > bindparam("after"),
        _entry.day < bindparam("before"),
        _posting.account == CASH,
    )
)


class ClosedAlready(Refused):
    """The day is closed."""

    def __init__(self, day: date) -> None:
        told = _("{day} 已经日结，不能再结；后面收的算下一天。")
        super().__init__(told.format(day=day), "FW-4.3")


class EarlierOpen(Refused):
    """A day before it has money that nobody has counted."""

    def __init__(self, first: date, day: date) -> None:
        told = _("{first} 收过钱，还没有日结：请先结 {first}，再结 {day}。")
        super().__init__(told.format(first=first, day=day), "FW-4.3")


class NotYet(UsageError):
    """A day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 还没有到，不能日结。").format(day=day))


class DrawerDiffers(Refused):
    """The drawer does not hold what the ledger says, and nobody said why."""

    def __init__(self, should: int, counted: int) -> None:
        told = _("账上现金 {should}，实点 {counted}，差 {off}：请再点一遍，或者写明原因（--why）。")
        super().__init__(
            told.format(
                should=amount(should), counted=amount(counted), off=amount(counted - should)
            ),
            "FW-4.3",
        )


@dataclass(frozen=True)
class Taken:
    """What one person took by one means on a day, in fen, below zero what was given back or spent;
    `many` documents.
    """

    by: str
    by_name: str
    means: str
    kind: str
    many: int
    fen: int

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "by": self.by, "by_name": self.by_name, "means": self.means, "kind": self.kind,
            "many": self.many, "amount_fen": self.fen,
        }  # fmt: skip


@dataclass(frozen=True)
class DaySheet:
    """A business day: what was taken and given back, and its close where it is closed: by whom,
    why the drawer differed, and who has the cash from there on.
    """

    day: date
    lines: tuple[Taken, ...]
    closed: Mapping[str, Any] | None
    closed_by: str = ""
    why: str = ""
    handed_to: str = ""

    def of_means(self, means: str) -> int:
        """What the ledger says of one means."""
        return sum(one.fen for one in self.lines if one.means == means)

    @property
    def fen(self) -> int:
        """All of it, less what was spent."""
        return sum(one.fen for one in self.lines)

    @property
    def taken(self) -> tuple[Taken, ...]:
        """Without what the drawer held more or less."""
        return tuple(one for one in self.lines if one.kind != DIFFERED)

    @property
    def should(self) -> int:
        """The cash that the ledger said before the drawer was counted."""
        return sum(one.fen for one in self.taken if one.means == CASH)

    @property
    def counted(self) -> int | None:
        """The cash that was counted; None where the day is not closed."""
        return int(self.closed["lines"][-1][-1]) if self.closed else None

    @property
    def difference(self) -> int:
        """What was counted more than the ledger said, below zero less."""
        return 0 if self.counted is None else self.counted - self.should

    @property
    def spent_fen(self) -> int:
        """What was spent of it, less what of that came back."""
        return -sum(one.fen for one in self.lines if one.kind in {SPENT, UNSPENT})

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "day": self.day, "lines": [one.as_dict() for one in self.lines],
            "amount_fen": self.fen, "cash_fen": self.of_means(CASH), "spent_fen": self.spent_fen,
            "closed": self.closed["number"] if self.closed else "",
            "closed_by": self.closed["by"] if self.closed else "",
            "closed_by_name": self.closed_by,
            "closed_at": self.closed["at"] if self.closed else None,
            "should_fen": self.should, "counted_fen": self.counted,
            "difference_fen": self.difference, "why": self.why,
            "handed_to": self.closed["lines"][-1][2] if self.closed else "",
            "handed_to_name": self.handed_to,
        }  # fmt: skip


def day_sheet(desk: Desk, day: date | None = None) -> DaySheet:
    """What a business day has taken so far; today's without one."""
    asked = day or desk.calendar.day_of(desk.now())
    with desk.read() as session:
        names = staff_names(session, desk.site)
        connection = session.connection()
        rows = connection.execute(_TAKEN, {"site": desk.site, "day": asked}).all()
        asked_of = {"site": desk.site, "day": asked}
        closed = connection.execute(_CLOSED, asked_of).mappings().one_or_none()
    found = (
        Taken(by, names.get(by, by), means, kind, int(many), int(fen))
        for by, means, kind, many, fen in rows
    )
    if closed is None:
        return DaySheet(asked, tuple(found), None)
    by = names.get(closed["by"], closed["by"])
    to = closed["lines"][-1][2]
    has_it = _("银行") if to == BANK else names.get(to, to)
    return DaySheet(asked, tuple(found), dict(closed), by, closed["words"] or "", has_it)


def close_day(act: Act, day: date, cash: int, why: str = "", to: str = "") -> Result:
    """Closes a day with the cash that was counted, in fen, and posts what that is more or less than
    the ledger says; `to` is who of the staff has the cash from here on, or BANK. Raises NotAllowed,
    NotYet, ClosedAlready, EarlierOpen, DrawerDiffers, UnknownStaff.
    """
    require(act, Right.BILL, _("日结"))
    today = act.calendar.day_of(act.now)
    if day > today:
        raise NotYet(day)
    ledger.hold_numbers(act, day, today)
    if ledger.is_closed(act, day):
        raise ClosedAlready(day)
    refuse_out_of_order(act.session, act.site, day)
    asked = {"site": act.site, "day": day}
    rows = act.session.connection().execute(_TAKEN, asked).all()
    should = sum(int(fen) for _by, means, _kind, _many, fen in rows if means == CASH)
    if should != cash and not why.strip():
        raise DrawerDiffers(should, cash)
    if off := cash - should:
        lies = Line(CASH, CASH, off), Line(DIFFERENCE, "", -off)
        ledger.post(act, ledger.Entry(DIFFERED, lies, words=why, day=day))
        rows = act.session.connection().execute(_TAKEN, asked).all()
    has_it = to if to in ("", BANK) else registry_of(act).staff(to)
    number = act.number(PREFIX)
    lines = [[by, means, kind, int(many), int(fen)] for by, means, kind, many, fen in rows]
    act.insert(
        DayClose,
        {
            "day": day, "number": number, "act": act.key, "at": act.now, "by": act.by.number,
            "lines": [*lines, ["", "counted", has_it, 0, cash]],
            "seal": act.whisper(number, 0, words=clean(why, Field.REASON)),
        },
    )  # fmt: skip
    return {
        "number": number, "day": day.isoformat(), "cash_fen": cash, "should_fen": should,
        "difference_fen": off, "handed_to": has_it,
    }  # fmt: skip


def refuse_out_of_order(session: Session, site: str, day: date) -> None:
    """Raises EarlierOpen where a day before this one has money and is not closed."""
    connection = session.connection()
    last = connection.execute(_LAST_CLOSED, {"site": site}).scalar()
    asked = {"site": site, "after": last or date.min, "before": day}
    first = connection.execute(_FIRST_OPEN, asked).scalar()
    if first is not None:
        raise EarlierOpen(first, day)
