"""Numbers for items of a price list that has none: the register's own, or the next free ones.

The same name has the same number in every import. Where the register has a name twice, only the
office knows which item is meant.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from wuye_tui.registers.comparisons import Columns, Objection, objection
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.tables import Tariff
from wuye_tui.words import _, listed


class SeveralItems(DeskError):
    """More than one item of the tariff has this name."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(
            _("收费标准里有几项同名：{codes}。请加「编号」一列，写明是哪一项。").format(
                codes=listed(sorted(codes))
            )
        )


def numbered(
    session: Session, site: str, rows: Iterable[Any], columns: Columns
) -> tuple[list[Any], list[Objection]]:
    """Every row with its number, and objections to those that could have several."""
    query = select(col(Tariff.name), col(Tariff.code)).where(col(Tariff.site) == site)
    known: dict[str, list[str]] = defaultdict(list)
    for name, code in session.execute(query):
        known[name].append(code)
    taken = {code for codes in known.values() for code in codes}
    free = (code for at in count(1) if (code := f"TF-{at:02}") not in taken)
    found, objections = list[Any](), list[Objection]()
    for row in rows:
        codes = known.get(row.name, [])
        if len(codes) > 1:
            why = SeveralItems(codes)
            objections.append(objection(columns, row, "name", row.name, why))
        else:
            found.append(row._replace(code=codes[0] if codes else next(free)))
    return found, objections
