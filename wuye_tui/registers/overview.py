"""The desk now, in figures: what `wuye status` prints and the status line shows."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import col

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import dayclose, duties, workstations
from wuye_tui.registers.contacts import WITHDRAWN
from wuye_tui.registers.queue import clock_word, counts
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.accounts import REPAIR
from wuye_tui.store.tables import Audit, Charge, Contact, DeadlineRow, Matter


@dataclass(frozen=True)
class ClockRow:
    """One running clock with its matter; `late` by the moment it was asked."""

    number: str
    kind: str
    name: str
    word: str
    clause: str
    level: int
    started: datetime
    due: datetime
    late: bool
    provisional: bool

    def as_dict(self) -> dict[str, Any]:
        """The clock as `wuye deadlines --json` prints it."""
        return {
            "matter": self.number,
            "kind": self.kind,
            "name": self.name,
            "clause": self.clause,
            "level": self.level,
            "started_at": self.started,
            "due_at": self.due,
            "late": self.late,
            "provisional": self.provisional,
        }


def running_clocks(desk: Desk, overdue: bool = False, limit: int = 1000) -> list[ClockRow]:
    """Every running clock by due time; those that stand still are not among them."""
    now = desk.now()
    query = (
        select(
            col(Matter.number),
            col(Matter.kind),
            col(DeadlineRow.name),
            col(DeadlineRow.clause),
            col(DeadlineRow.level),
            col(DeadlineRow.started),
            col(DeadlineRow.due),
            col(DeadlineRow.provisional),
        )
        .join(
            Matter,
            and_(
                col(Matter.site) == col(DeadlineRow.site), col(Matter.id) == col(DeadlineRow.matter)
            ),
        )
        .where(
            col(DeadlineRow.site) == desk.site,
            col(DeadlineRow.ended).is_(None),
            col(DeadlineRow.due).is_not(None),
            seen_by(desk.staff),
        )
        .order_by(col(DeadlineRow.due))
        .limit(limit)
    )
    if overdue:
        query = query.where(col(DeadlineRow.due) < now)
    with desk.read() as session:
        rows = session.execute(query).all()
    return [
        ClockRow(
            r.number,
            r.kind,
            r.name,
            clock_word(r.kind, r.name),
            r.clause,
            r.level,
            r.started,
            r.due,
            r.due < now,
            r.provisional,
        )
        for r in rows
    ]


def status(desk: Desk) -> dict[str, Any]:
    """The desk now: open matters by kind, overdue, next due, duty, callbacks, takings today."""
    found = counts(desk)
    overdue = found.pop("overdue")
    clocks = running_clocks(desk, limit=1)
    now = desk.now()
    today = desk.calendar.moment(desk.calendar.day_of(now), time.min)
    with desk.read() as session:
        calls = session.execute(
            select(func.count())
            .select_from(Contact)
            .where(
                col(Contact.site) == desk.site,
                col(Contact.rang) >= today,
                col(Contact.outcome) != WITHDRAWN,
            )
        ).scalar_one()
        charged = session.execute(
            select(func.coalesce(func.sum(col(Charge.fen) - col(Charge.waived_fen)), 0)).where(
                col(Charge.site) == desk.site, col(Charge.at) >= today, col(Charge.fee) == REPAIR
            )
        ).scalar_one()
    return {
        "office": desk.office.name,
        "training": desk.office.training,
        "now": now,
        "duties": [
            {
                "post": d.post,
                "name": d.name,
                "staff": d.staff,
                "staff_name": d.staff_name,
                "started_at": d.started,
                "planned_end_at": d.planned_end,
                "over": d.over,
            }
            for d in duties.now(desk)
        ],
        "desk_held": any(d.post == DESK_POST for d in duties.now(desk)),
        "open": found,
        "overdue": overdue,
        "next_due": clocks[0].as_dict() if clocks else None,
        "callbacks_due": found.get("callback", 0),
        "calls_today": int(calls),
        "charged_today_fen": int(charged),
        "taken_today_fen": dayclose.day_sheet(desk).fen,
        "calendar_missing": desk.calendar.missing_year(desk.calendar.day_of(now)),
        "pin_suffices_everywhere": workstations.is_open(desk),
    }


def audit_lines(desk: Desk, since: int = 0, limit: int = 200) -> list[dict[str, Any]]:
    """The audit chain from a line on, or its last lines."""
    query = select(Audit).where(col(Audit.site) == desk.site)
    if since:
        query = query.where(col(Audit.seq) >= since).order_by(col(Audit.seq))
    else:
        query = query.order_by(col(Audit.seq).desc())
    with desk.read() as session:
        rows = list(session.execute(query.limit(limit)).scalars())
    return [row.model_dump(exclude={"site"}) for row in sorted(rows, key=lambda row: row.seq)]
