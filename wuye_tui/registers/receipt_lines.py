"""What a receipt of the counter was for, line by line, and by which means it was paid."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import ledger
from wuye_tui.registers.owed import LATE, fee_word
from wuye_tui.rules.accounts import CASH, DEPOSIT, PREPAID, RECEIVABLE, Line
from wuye_tui.rules.money import yuan
from wuye_tui.rules.receipts import MEANS_WORDS
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge
from wuye_tui.words import _, listed

_charge = table_of(Charge).c
_CHARGES = select(*(_charge[name] for name in ("id", "unit", "fee", "period", "source"))).where(
    _charge.site == bindparam("site"), _charge.id.in_(bindparam("ids", expanding=True))
)


def lines_of(desk: Desk, source: str) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The lines of a payment in words, and its means by their codes; money in fen."""
    with desk.read() as session:
        posted = ledger.lines_of(session, desk.site, source)
        ids = [one.charge for one in posted if one.charge]
        rows = session.connection().execute(_CHARGES, {"site": desk.site, "ids": ids}).all()
    charges = {row.id: row for row in rows}
    units = {row.unit for row in rows}
    said = [
        (_words(desk, one, charges.get(one.charge), len(units) > 1), -one.fen)
        for one in posted
        if one.account in {RECEIVABLE, PREPAID, DEPOSIT}
    ]
    return said, [(one.part, one.fen) for one in posted if one.account == CASH]


def _words(desk: Desk, line: Line, charge: Any, several: bool) -> str:
    known = {one.code: one for one in desk.reference.fees}
    if line.account == PREPAID:
        return _("预存")
    word = fee_word(known, line.part)
    if charge is None or line.account == DEPOSIT:
        return word
    period = "" if charge.fee == LATE else charge.period
    return " ".join(filter(None, (charge.unit if several else "", word, period)))


def means_words(means: Sequence[tuple[str, int]]) -> str:
    """By which means and how much of each, where there are several."""
    if len(means) == 1:
        return _(MEANS_WORDS[means[0][0]])
    return listed(f"{_(MEANS_WORDS[code])} {yuan(fen)}" for code, fen in means)
