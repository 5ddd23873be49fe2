"""What was charged, collected and is outstanding: by fee, building, month or unit kind (FW-4.3).

The rate of collection has one definition: what is settled of what is owed once waivers are taken
off. Late fees, single charges and repairs that are not paid by a slip stand under their own fees.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, select

from wuye_tui.desk import Desk
from wuye_tui.registers.bill_world import IS_OWED
from wuye_tui.registers.owed import fee_word
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, Unit
from wuye_tui.words import N_, _, listed

_charge, _unit = table_of(Charge).c, table_of(Unit).c
_MONTH = func.substr(_charge.period, 1, len("2026-10"))  # a late fee is of a day
BY: Final[Mapping[str, tuple[str, ColumnElement[Any]]]] = {
    "fee": (N_("费用"), _charge.fee),
    "period": (N_("账期"), _MONTH),
    "building": (N_("楼栋"), func.coalesce(_unit.building, "")),
    "kind": (N_("房屋"), func.coalesce(_unit.kind, "")),
}
WHOLE: Final = 10_000


class UnknownReport(UsageError):
    """The report is not made by this."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{code} {_(word)}" for code, (word, _column) in BY.items())
        super().__init__(
            _("收费报表不能按「{typed}」分，可以是：{known}。").format(typed=typed, known=known)
        )


@dataclass(frozen=True)
class Collected:
    """One row, in fen: `billed` all charges, `waived` what was let off or reversed of them,
    `settled` what payments have settled; `units` how many owe something.
    """

    code: str
    word: str
    lines: int
    billed: int
    waived: int
    settled: int
    units: int

    @property
    def open_fen(self) -> int:
        """What is outstanding."""
        return self.billed - self.waived - self.settled

    @property
    def rate(self) -> int | None:
        """The rate of collection in 1/10000; None where nothing is owed."""
        owed = self.billed - self.waived
        return self.settled * WHOLE // owed if owed else None

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "code": self.code,
            "lines": self.lines,
            "billed_fen": self.billed,
            "waived_fen": self.waived,
            "settled_fen": self.settled,
            "open_fen": self.open_fen,
            "owing_units": self.units,
            "rate": None if self.rate is None else self.rate / WHOLE,
        }


def collected(desk: Desk, by: str = "fee", period: str = "", fee: str = "") -> list[Collected]:
    """What was charged for fees and what came of it, of one period or fee where they are named; the
    sum of all last, under the code "". Raises UnknownReport.
    """
    if by not in BY:
        raise UnknownReport(by)
    by_what = BY[by][1]
    left = _charge.fen - _charge.waived_fen - _charge.settled_fen
    query = (
        select(
            by_what.label("code"),
            func.count(),
            func.sum(_charge.fen),
            func.sum(_charge.waived_fen),
            func.sum(_charge.settled_fen),
        )
        .select_from(
            table_of(Charge).outerjoin(
                table_of(Unit), (_unit.site == _charge.site) & (_unit.label == _charge.unit)
            )
        )
        .where(_charge.site == bindparam("site"), _charge.fee != "repair", IS_OWED)
        .group_by(by_what)
        .order_by(by_what)
    )
    owing = (
        select(by_what.label("code"), _charge.unit)
        .distinct()
        .select_from(
            table_of(Charge).outerjoin(
                table_of(Unit), (_unit.site == _charge.site) & (_unit.label == _charge.unit)
            )
        )
        .where(_charge.site == bindparam("site"), _charge.fee != "repair", IS_OWED, left > 0)
    )
    asked = {"site": desk.site}
    for column, given in ((_MONTH, period), (_charge.fee, fee)):
        if given:
            query, owing = query.where(column == given), owing.where(column == given)
    with desk.read() as session:
        rows = session.connection().execute(query, asked).all()
        pairs = session.connection().execute(owing, asked).all()
    units = Counter(code for code, _unit in pairs)
    known = {one.code: one for one in desk.reference.fees}
    found = [
        Collected(
            str(code),
            _named(by, str(code), known),
            *(int(lines), int(billed), int(waived), int(settled), units[code]),
        )
        for code, lines, billed, waived, settled in rows
    ]
    return [*found, _sum(found, len({unit for _code, unit in pairs}))] if found else []


def _named(by: str, code: str, known: Mapping[str, FeeKind]) -> str:
    if by == "period":
        return code or _("不分月")  # of what the old books did not say of which month it is
    return fee_word(known, code) if by == "fee" else code


def _sum(rows: Sequence[Collected], units: int) -> Collected:
    return Collected(
        "",
        _("合计"),
        sum(one.lines for one in rows),
        sum(one.billed for one in rows),
        sum(one.waived for one in rows),
        sum(one.settled for one in rows),
        units,  # who owes for two things is one
    )
