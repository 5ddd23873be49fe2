"""Refunds as documents of their own (FW-4.3): what was given back, of which receipt, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.receipt_lines import lines_of
from wuye_tui.registers.receipts import plain
from wuye_tui.rules.accounts import PREFIXES, REFUND
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.money import capitals
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LedgerEntry, Private
from wuye_tui.words import _

_entry, _private = (table_of(kind).c for kind in (LedgerEntry, Private))
_RECEIPT = select(_entry.receipt).where(
    _entry.site == bindparam("site"), _entry.number == bindparam("number")
)
_SAID = select(_private.owner, _private.name, _private.words).where(
    _private.site == bindparam("site"),
    _private.owner.in_(bindparam("owners", expanding=True)),
    _private.n == 0,
)


class UnknownRefund(NotFound):
    """No refund has this number."""

    def __init__(self, number: str) -> None:
        told = _("没有退款单 {number}，请核对号码；「wuye payments statement 房号」列出每一笔。")
        super().__init__(told.format(number=number))


@dataclass(frozen=True)
class Refund:
    """One refund as people read it: money in fen, the moment in UTC, staff as numbers and names.

    `receipt` is what it takes back, empty where a prepayment or a deposit was given back; then
    nobody is named as the payer.
    """

    number: str
    at: datetime
    unit: str
    receipt: str
    payer: str
    fen: int
    lines: Sequence[tuple[str, int]]
    means: Sequence[tuple[str, int]]
    reason: str
    by: str
    by_name: str
    second: str
    second_name: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number,
            "at": self.at,
            "unit": self.unit,
            "receipt": self.receipt,
            "payer": self.payer,
            "amount_fen": self.fen,
            "capitals": capitals(self.fen, "人民币"),
            "lines": [{"what": what, "amount_fen": fen} for what, fen in self.lines],
            "means": [{"means": means, "amount_fen": fen} for means, fen in self.means],
            "reason": self.reason,
            "by": self.by,
            "by_name": self.by_name,
            "second": self.second,
            "second_name": self.second_name,
        }


def is_number(typed: str) -> bool:
    """Whether what was typed looks like the number of a refund."""
    return plain(typed).startswith(f"{PREFIXES[REFUND]}-")


def refund_of(desk: Desk, source: str) -> str:
    """The number of the refund that gave a payment back whole; "" for none."""
    with desk.read() as session:
        back = ledger.reversed_by(session, desk.site, source)
    return back if is_number(back) else ""


def show(desk: Desk, number: str) -> Refund:
    """One refund. Raises UnknownRefund."""
    asked = plain(number)
    with desk.read() as session:
        entry = ledger.entry_of(session, desk.site, asked)
        if entry is None or entry["kind"] != REFUND:
            raise UnknownRefund(number)
        connection, site = session.connection(), {"site": desk.site}
        of = {**site, "number": entry["reverses"]}
        receipt = str(connection.execute(_RECEIPT, of).scalar() or "")
        said = {
            owner: (name, words)
            for owner, name, words in connection.execute(
                _SAID, {**site, "owners": [asked, receipt]}
            )
        }
        names = staff_names(session, desk.site)
    lines, means = lines_of(desk, asked)
    back = [(what, -fen) for what, fen in lines]
    by, second = str(entry["by"]), str(entry["second"])
    return Refund(
        number=asked,
        at=entry["at"],
        unit=str(entry["unit"]),
        receipt=receipt,
        payer=said.get(receipt, ("", ""))[0],
        fen=sum(fen for _what, fen in back),
        lines=back,
        means=[(code, -fen) for code, fen in means],
        reason=said.get(asked, ("", ""))[1],
        by=by,
        by_name=names.get(by, by),
        second=second,
        second_name=names.get(second, second),
    )
