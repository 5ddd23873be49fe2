"""Cash that workers took at doors for slips and have not handed to the cashier (BX-16, KF-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

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
    return [
        Held(
            row.number,
            int(row.facts.get("held_fen", 0)),
            str(row.facts.get("held_by", "")),
            known.get(str(row.facts.get("held_by", "")), str(row.facts.get("held_by", ""))),
            row.happened,
        )
        for row in rows
    ]
