"""The queue: every open matter, next due first; read by columns, never by objects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.store.tables import DeadlineRow, Matter, Private, Staff

LIMIT = 300


@dataclass(frozen=True)
class NextDue:
    """The clock of a matter that runs out first."""

    name: str
    word: str
    clause: str
    due: datetime
    level: int
    provisional: bool


@dataclass(frozen=True)
class QueueRow:
    """One open matter as a line of the queue; `due` None when no clock of it runs."""

    number: str
    kind: str
    state: str
    state_word: str
    hold: str
    priority: int
    where: str
    name: str
    words: str
    holder: str
    opened: datetime
    last: int
    due: NextDue | None


@dataclass(frozen=True)
class Wanted:
    """Which matters are asked for; empty means any."""

    kind: str = ""
    state: str = ""
    unit: str = ""
    holder: str = ""
    open_only: bool = True
    overdue: bool = False
    limit: int = LIMIT


def queue(desk: Desk, wanted: Wanted | None = None) -> list[QueueRow]:
    """The matters asked for: those with a running clock by its due time, then the others."""
    asked = wanted or Wanted()
    now = desk.now()
    with desk.read() as session:
        rows = list(session.execute(_dated(desk, asked, now)).all())
        if not asked.overdue and len(rows) < asked.limit:
            rest = _base(desk, asked).where(col(Matter.next_due).is_(None))
            rest = rest.order_by(
                col(Matter.opened) if asked.open_only else col(Matter.opened).desc()
            )
            rows += session.execute(rest.limit(asked.limit - len(rows))).all()
        clocks = next_clocks(session, desk.site, [row.id for row in rows if row.next_due])
        names = staff_names(session, desk.site)
    return [
        QueueRow(
            row.number,
            row.kind,
            row.state,
            PROCEDURES[row.kind].state_word(row.state),
            row.hold,
            row.priority,
            row.unit or row.place or "",
            row.name or "",
            row.words or "",
            names.get(row.holder, row.holder),
            row.opened,
            row.last,
            clocks.get(row.id),
        )
        for row in rows
    ]


def counts(desk: Desk) -> dict[str, int]:
    """How many matters are open by kind, and how many of all have a clock that has run out."""
    with desk.read() as session:
        by_kind = session.execute(
            select(col(Matter.kind), func.count())
            .where(col(Matter.site) == desk.site, col(Matter.closed).is_(None))
            .group_by(col(Matter.kind))
        ).all()
        overdue = session.execute(
            select(func.count())
            .select_from(Matter)
            .where(
                col(Matter.site) == desk.site,
                col(Matter.closed).is_(None),
                col(Matter.next_due) < desk.now(),
            )
        ).scalar_one()
    return {**{kind: int(number) for kind, number in by_kind}, "overdue": int(overdue)}


def _base(desk: Desk, asked: Wanted) -> Any:
    columns = (
        Matter.id,
        Matter.number,
        Matter.kind,
        Matter.state,
        Matter.hold,
        Matter.priority,
        Matter.unit,
        Matter.place,
        Matter.holder,
        Matter.opened,
        Matter.next_due,
        Matter.last,
        Private.name,
        Private.words,
    )
    query: Any = (
        select(*(col(column) for column in columns))
        .outerjoin(
            Private,
            and_(
                col(Private.site) == col(Matter.site),
                col(Private.owner) == col(Matter.id),
                col(Private.n) == 0,
            ),
        )
        .where(col(Matter.site) == desk.site)
    )
    if asked.open_only:
        query = query.where(col(Matter.closed).is_(None))
    for column, value in (
        (Matter.kind, asked.kind),
        (Matter.state, asked.state),
        (Matter.unit, asked.unit),
        (Matter.holder, asked.holder),
    ):
        if value:
            query = query.where(col(column) == value)
    return query


def _dated(desk: Desk, asked: Wanted, now: datetime) -> Any:
    query = _base(desk, asked).where(col(Matter.next_due).is_not(None))
    if asked.overdue:
        query = query.where(col(Matter.next_due) < now)
    return query.order_by(col(Matter.next_due), col(Matter.opened)).limit(asked.limit)


def next_clocks(session: Session, site: str, ids: Iterable[str]) -> dict[str, NextDue]:
    """The running clock of each matter that is due first."""
    rows = session.execute(
        select(
            col(DeadlineRow.matter),
            col(DeadlineRow.name),
            col(DeadlineRow.clause),
            col(DeadlineRow.due),
            col(DeadlineRow.level),
            col(DeadlineRow.provisional),
            col(Matter.kind),
        )
        .join(
            Matter,
            and_(
                col(Matter.site) == col(DeadlineRow.site), col(Matter.id) == col(DeadlineRow.matter)
            ),
        )
        .where(
            col(DeadlineRow.site) == site,
            col(DeadlineRow.matter).in_(list(ids)),
            col(DeadlineRow.ended).is_(None),
            col(DeadlineRow.due).is_not(None),
        )
        .order_by(col(DeadlineRow.due).desc())
    ).all()
    return {
        row.matter: NextDue(
            row.name,
            clock_word(row.kind, row.name),
            row.clause,
            row.due,
            row.level,
            row.provisional,
        )
        for row in rows
    }


def clock_word(kind: str, name: str) -> str:
    """The untranslated word of a kind's clock."""
    rules = PROCEDURES[kind].deadlines
    return next((rule.word for rule in rules if rule.name == name), name)


def staff_names(session: Session, site: str) -> dict[str, str]:
    """Names of the whole staff by number."""
    rows = session.execute(
        select(col(Staff.number), col(Staff.name)).where(col(Staff.site) == site)
    ).all()
    return {row.number: row.name for row in rows}
