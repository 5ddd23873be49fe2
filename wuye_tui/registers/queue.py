"""The queue: every open matter, next due first; read by columns, never by objects."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, func, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.parts import KEPT_BY
from wuye_tui.registers.parts import Part as Part
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.repair_facts import EMERGENCY
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Matter, Private, Repair, Staff

LIMIT = 300
_NOT_THERE = REPAIR.span("registered-assigned")
ALL = Part()
_matter, _private, _clock = (table_of(kind).c for kind in (Matter, Private, DeadlineRow))
_LISTED = (
    select(
        *(_matter[name] for name in ("id", "number", "kind", "state", "hold", "priority", "unit")),
        *(_matter[name] for name in ("place", "worker", "opened", "next_due", "last")),
        *(_matter[name] for name in ("holder", "department", "outcome")),
        _private.name,
        _private.words,
    )
    .join_from(
        table_of(Matter),
        table_of(Private),
        and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
        isouter=True,
    )
    .where(_matter.site == bindparam("site"), seen_by())
)
# Of each matter only the clock that its `next_due` comes from; of two at one moment, either.
_FIRST_CLOCKS = (
    select(_clock.matter, *(_clock[name] for name in ("name", "clause", "level", "provisional")))
    .join_from(
        table_of(Matter),
        table_of(DeadlineRow),
        and_(
            _clock.site == _matter.site,
            _clock.matter == _matter.id,
            _clock.due == _matter.next_due,
            _clock.ended.is_(None),
        ),
    )
    .where(_matter.site == bindparam("site"), _matter.id.in_(bindparam("ids", expanding=True)))
)
_repair = table_of(Repair).c
_APPOINTMENTS = select(_repair.matter, _repair.at).where(
    _repair.site == bindparam("site"),
    _repair.matter.in_(bindparam("ids", expanding=True)),
    _repair.at.is_not(None),
)

_staff = table_of(Staff).c
_NAMES = select(_staff.number, _staff.name).where(_staff.site == bindparam("site"))


class NextDue(NamedTuple):
    """The clock of a matter that runs out first."""

    name: str
    word: str
    clause: str
    due: datetime
    level: int
    provisional: bool


class QueueRow(NamedTuple):
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
    worker: str
    opened: datetime
    last: int
    due: NextDue | None
    holder: str = ""  # staff number of whoever answers for it
    worker_number: str = ""
    department: str = ""
    outcome_word: str = ""  # where it came to something else than what was wanted
    at: datetime | None = None  # when somebody is wanted, while no clock runs for it yet


@dataclass(frozen=True)
class Wanted:
    """Which matters are asked for; empty means any.

    `unit` is the label of one home, which is found at once; `part` is what lists are filtered by.
    """

    kind: str = ""
    unit: str = ""
    part: Part = ALL
    open_only: bool = True
    limit: int = LIMIT


def queue(desk: Desk, wanted: Wanted | None = None) -> list[QueueRow]:
    """The matters asked for: emergencies where nobody is on site yet, those with a running clock by
    its due time, then those with an appointment by that, then the others.
    """
    asked = wanted or Wanted()
    now = desk.now()
    site = {"site": desk.site, "viewer": desk.staff}
    with desk.read() as session:
        connection = session.connection()
        rows = list(connection.execute(_dated(asked, now), site).all())
        if not asked.part.overdue and len(rows) < asked.limit:
            rest = _of(asked, now).where(_matter.next_due.is_(None))
            rest = rest.order_by(_matter.opened if asked.open_only else _matter.opened.desc())
            rows += connection.execute(rest.limit(asked.limit - len(rows)), site).all()
        undated = [row.id for row in rows if row.next_due is None]
        wanted_at = _wanted_at(connection, desk.site, undated) if asked.open_only else {}
        dated, rest_of = rows[: len(rows) - len(undated)], rows[len(rows) - len(undated) :]
        rows = [*dated, *sorted(rest_of, key=lambda row: _by_appointment(wanted_at.get(row.id)))]
        if asked.open_only:  # older slips that are late must not hide somebody in danger (NB-3)
            rows.sort(key=lambda row: row.priority != EMERGENCY or row.state not in _NOT_THERE)
        clocks = _first_clocks(connection, desk.site, [row for row in rows if row.next_due])
        names = staff_names(session, desk.site)
    return [_line(row, names, clocks, wanted_at.get(row.id)) for row in rows]


def _line(
    row: Any, names: dict[str, str], clocks: dict[str, NextDue], at: datetime | None
) -> QueueRow:
    matter, number, kind, state, hold, priority, unit, place, worker, opened, _due, *rest = row
    last, holder, department, outcome, name, words = rest
    return QueueRow(
        number,
        kind,
        state,
        _state_word(kind, state),
        hold,
        priority,
        unit or place or "",
        name or "",
        words or "",
        names.get(worker, worker),
        opened,
        last,
        clocks.get(matter),
        holder or "",
        worker or "",
        department or KEPT_BY.get(kind, ""),
        _unmended(kind, state, outcome),
        at,
    )


# The words of the tables, each looked up once: a queue has hundreds of lines.


@cache
def _state_word(kind: str, state: str) -> str:
    return PROCEDURES[kind].state_word(state)


@cache
def _unmended(kind: str, state: str, outcome: str) -> str:
    """The untranslated word of an outcome that is not what was wanted, in the state it led to."""
    cycle = PROCEDURES[kind]
    led_here = any(row.outcome == outcome and row.to == state for row in cycle.rows)
    return dict(cycle.outcomes).get(outcome, "") if led_here and outcome != "done" else ""


def counts(desk: Desk) -> dict[str, int]:
    """How many matters are open by kind, and how many of all have a clock that has run out."""
    with desk.read() as session:
        by_kind = session.execute(
            select(col(Matter.kind), func.count())
            .where(col(Matter.site) == desk.site, col(Matter.closed).is_(None), seen_by(desk.staff))
            .group_by(col(Matter.kind))
        ).all()
        overdue = session.execute(
            select(func.count())
            .select_from(Matter)
            .where(
                col(Matter.site) == desk.site,
                col(Matter.closed).is_(None),
                col(Matter.next_due) < desk.now(),
                seen_by(desk.staff),
            )
        ).scalar_one()
    return {**{kind: int(number) for kind, number in by_kind}, "overdue": int(overdue)}


def _of(asked: Wanted, now: datetime) -> Select[Any]:
    query = _LISTED if asked.kind else _LISTED.where(_matter.kind.in_(QUEUED))
    if asked.open_only:
        query = query.where(_matter.closed.is_(None))
    for name in ("kind", "unit"):
        if value := getattr(asked, name):
            query = query.where(_matter[name] == value)
    return query.where(*asked.part.asked(now)) if asked.part != ALL else query


def _dated(asked: Wanted, now: datetime) -> Select[Any]:
    query = _of(asked, now).where(_matter.next_due.is_not(None))
    return query.order_by(_matter.next_due, _matter.opened).limit(asked.limit)


def _first_clocks(connection: Connection, site: str, matters: list[Any]) -> dict[str, NextDue]:
    """The running clock of each matter that is due first: at its `next_due`."""
    about = {row.id: (row.kind, row.next_due) for row in matters}
    rows = connection.execute(_FIRST_CLOCKS, {"site": site, "ids": list(about)})
    found: dict[str, NextDue] = {}
    for matter, name, clause, level, provisional in rows:
        kind, due = about[matter]
        found[matter] = NextDue(name, clock_word(kind, name), clause, due, level, provisional)
    return found


def _wanted_at(connection: Connection, site: str, ids: list[str]) -> dict[str, datetime]:
    """The appointments of these matters, of those that have one."""
    if not ids:
        return {}
    rows = connection.execute(_APPOINTMENTS, {"site": site, "ids": ids}).all()
    return {row.matter: row.at for row in rows}


def _by_appointment(at: datetime | None) -> tuple[bool, float]:
    return at is None, at.timestamp() if at else 0.0


@cache
def clock_word(kind: str, name: str) -> str:
    """The untranslated word of a kind's clock."""
    rules = PROCEDURES[kind].deadlines
    return next((rule.word for rule in rules if rule.name == name), name)


def staff_names(session: Session, site: str) -> dict[str, str]:
    """Names of the whole staff by number."""
    rows = session.connection().execute(_NAMES, {"site": site}).all()
    return {row.number: row.name for row in rows}
