"""Cash that workers took at doors for slips and have not handed to the cashier (BX-16, KF-10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from wuye_tui.registers.queue import staff_names
from wuye_tui.store.tables import Matter, StepRow

BACK: Final = timedelta(days=90)  # as far as cash that nobody has handed in is looked for


@dataclass(frozen=True)
class Held:
    """Cash that a worker took for a slip and has not handed to the cashier, in fen."""

    number: str
    fen: int
    by: str
    by_name: str
    at: datetime


def cash_held(
    session: Session, site: str, now: datetime, names: Mapping[str, str] | None = None
) -> list[Held]:
    """The cash that workers hold for slips, oldest first: taken, and neither receipted since nor
    taken back (KF-10: it is counted at the handover).
    """
    later, back = aliased(StepRow), aliased(StepRow)
    known = names if names is not None else staff_names(session, site)
    rows = session.execute(
        select(col(Matter.number), col(StepRow.facts), col(StepRow.happened))
        .join(Matter, and_(col(Matter.site) == StepRow.site, col(Matter.id) == StepRow.matter))
        .where(
            col(StepRow.site) == site,
            col(StepRow.recorded) >= now - BACK,
            col(StepRow.recorded) <= now,
            col(StepRow.verb) == "hold_cash",
            col(StepRow.undoes).is_(None),
            ~exists().where(
                col(later.site) == col(StepRow.site),
                col(later.matter) == col(StepRow.matter),
                col(later.n) > col(StepRow.n),
                col(later.verb) == "pay",
            ),
            ~exists().where(
                col(back.site) == col(StepRow.site),
                col(back.matter) == col(StepRow.matter),
                col(back.undoes) == col(StepRow.n),
            ),
        )
        .order_by(col(StepRow.happened))
    ).all()
    return [_held(row, known) for row in rows]


def held_then(
    session: Session, site: str, at: datetime, numbers: Sequence[str], names: Mapping[str, str]
) -> list[Held]:
    """Of these slips the cash that was taken last before a moment, whatever became of it since."""
    rows = session.execute(
        select(col(Matter.number), col(StepRow.facts), col(StepRow.happened))
        .join(Matter, and_(col(Matter.site) == StepRow.site, col(Matter.id) == StepRow.matter))
        .where(
            col(Matter.site) == site,
            col(Matter.number).in_(numbers),
            col(StepRow.verb) == "hold_cash",
            col(StepRow.undoes).is_(None),
            col(StepRow.recorded) <= at,
        )
        .order_by(col(StepRow.n))
    ).all()
    return [*{row.number: _held(row, names) for row in rows}.values()]


def _held(row: Any, names: Mapping[str, str]) -> Held:
    by = str(row.facts.get("held_by", ""))
    return Held(row.number, int(row.facts.get("held_fen", 0)), by, names.get(by, by), row.happened)
