"""How often receipts and refunds were printed (BX-16): the first printing is the original, every
later one says on the paper which it is, when it was made, and by whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.receipts import plain
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store import chain
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import ReceiptPrint
from wuye_tui.words import _

SERIES: Final = "print"
"""The series by which printings are counted, for each receipt one."""
_print = table_of(ReceiptPrint).c
_PRINTS = (
    select(_print.number, _print.n, _print.at, _print.by)
    .where(
        _print.site == bindparam("site"), _print.number.in_(bindparam("numbers", expanding=True))
    )
    .order_by(_print.number, _print.n)
)


@dataclass(frozen=True)
class Print:
    """One printing: which it is, when, and who made it, by number and by name."""

    number: str
    n: int
    at: datetime
    by: str
    by_name: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {"n": self.n, "at": self.at, "by": self.by, "by_name": self.by_name}


def count(act: Act, numbers: Sequence[str]) -> Result:
    """Counts one printing of each of these papers. Raises NotAllowed.

    It is counted before anything comes out, because the paper itself says which printing it is: one
    that is counted and never came out harms nobody, one that came out uncounted is a second
    original.
    """
    if not act.by.may(Right.ACCOUNTS):
        raise NotAllowed(act.by.name, _("打印收据"), Right.ACCOUNTS, "BX-16")
    connection, made = act.session.connection(), []
    for number in sorted(set(numbers)):  # in one order, so that two desks never wait for each other
        n = chain.next_number(connection, act.site, SERIES, number)
        made.append({"number": number, "n": n, "act": act.key, "at": act.now, "by": act.by.number})
    act.insert(ReceiptPrint, *made)
    return {"printed": [[one["number"], one["n"]] for one in made]}


def counted(desk: Desk, numbers: Sequence[str], key: str = "") -> dict[str, Print]:
    """Counts one printing of each, in one act; a repeat with the same key counts nothing, and is
    the printing that it was first. Raises NotAllowed.
    """
    done = desk.perform("receipts.print", lambda act: count(act, numbers), key)
    which = dict(done["printed"])
    with desk.read() as session:
        found = _found(session, desk.site, list(which))
    return {one.number: one for one in found if which[one.number] == one.n}


def prints_of(desk: Desk, number: str) -> list[Print]:
    """Every printing of a receipt or a refund, the first one first."""
    with desk.read() as session:
        return _found(session, desk.site, [plain(number)])


def _found(session: Session, site: str, numbers: Sequence[str]) -> list[Print]:
    asked: Mapping[str, object] = {"site": site, "numbers": numbers}
    rows = session.connection().execute(_PRINTS, asked).all()
    names = staff_names(session, site) if rows else {}
    return [Print(*row, names.get(row.by, row.by)) for row in rows]
