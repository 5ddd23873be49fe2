"""The repair charge register 维修收费登记表 that Engineering brings to the desk (BX-16).

One line a charge: the slip, what was done, what it costs, and the receipt once it is paid.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.queue import staff_names
from wuye_tui.store.tables import Charge, Matter, Receipt, ReceiptVoid, StepRow

_FINISH = "finish"


@dataclass(frozen=True)
class Charged:
    """One line: money in fen, `items` the charge lines as the step has them."""

    at: datetime
    source: str
    unit: str
    worker: str
    worker_name: str
    items: tuple[dict[str, Any], ...]
    fen: int
    waived_fen: int
    receipt: str
    means: str
    paid_at: datetime | None

    @property
    def due_fen(self) -> int:
        """What is still to be paid."""
        return 0 if self.receipt else self.fen - self.waived_fen

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "at": self.at,
            "source": self.source,
            "unit": self.unit,
            "worker": self.worker,
            "worker_name": self.worker_name,
            "items": list(self.items),
            "charged_fen": self.fen,
            "waived_fen": self.waived_fen,
            "due_fen": self.due_fen,
            "receipt": self.receipt,
            "means": self.means,
            "paid_at": self.paid_at,
        }


def charge_register(
    desk: Desk,
    begin: datetime | None = None,
    end: datetime | None = None,
    unpaid: bool = False,
    limit: int | None = None,
) -> list[Charged]:
    """The charges of repairs from `begin` to before `end`, oldest first; only what is still to be
    paid with `unpaid`.
    """
    charge, receipt = col(Charge.source), col(Receipt.number)
    in_force = (
        select(*(col(getattr(Receipt, name)) for name in ("source", "number", "means", "at")))
        .outerjoin(
            ReceiptVoid,
            and_(col(ReceiptVoid.site) == desk.site, col(ReceiptVoid.number) == receipt),
        )
        .where(col(Receipt.site) == desk.site, col(ReceiptVoid.number).is_(None))
        .subquery()
    )
    query = (
        select(
            *(col(getattr(Charge, name)) for name in ("at", "source", "unit", "fen", "waived_fen")),
            col(Matter.id).label("matter"),
            col(Matter.worker),
            in_force.c.number.label("receipt"),
            in_force.c.means,
            in_force.c.at.label("paid_at"),
        )
        .join(Matter, and_(col(Matter.site) == desk.site, col(Matter.number) == charge))
        .outerjoin(in_force, in_force.c.source == charge)
        .where(col(Charge.site) == desk.site, col(Charge.fee) == "repair")
        .order_by(col(Charge.at), charge)
    )
    if begin:
        query = query.where(col(Charge.at) >= begin)
    if end:
        query = query.where(col(Charge.at) < end)
    if unpaid:
        owed = col(Charge.fen) > col(Charge.waived_fen)
        query = query.where(in_force.c.number.is_(None), owed)
    with desk.read() as session:
        rows = session.execute(query.limit(limit) if limit else query).mappings().all()
        items = _items(session, desk.site, [row["matter"] for row in rows])
        names = staff_names(session, desk.site)
    return [
        Charged(
            at=row["at"],
            source=row["source"],
            unit=row["unit"],
            worker=row["worker"],
            worker_name=names.get(row["worker"], row["worker"]),
            items=tuple(items.get(row["matter"], ())),
            fen=row["fen"],
            waived_fen=row["waived_fen"],
            receipt=row["receipt"] or "",
            means=row["means"] or "",
            paid_at=row["paid_at"],
        )
        for row in rows
    ]


def _items(session: Session, site: str, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """The charge lines of the step that charged, by matter: the first that had any."""
    found: dict[str, list[dict[str, Any]]] = {}
    for at in range(0, len(ids), 500):
        rows = session.execute(
            select(col(StepRow.matter), col(StepRow.facts))
            .where(
                col(StepRow.site) == site,
                col(StepRow.verb) == _FINISH,
                col(StepRow.matter).in_(ids[at : at + 500]),
            )
            .order_by(col(StepRow.matter), col(StepRow.n))
        )
        for matter, facts in rows:
            if facts.get("lines"):
                found.setdefault(matter, facts["lines"])
    return found
