"""Who has how much in hand: what whoever sends somebody asks first (BX-7, XX-4.3.7a)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import console
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.duetime import late
from wuye_tui.rules.lifecycle import Row
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.rights import Right
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Private, Repair, VisitRow
from wuye_tui.words import N_

# The states in which a matter keeps its worker busy, by its kind; in those before nobody has been
# sent, in those after the work is done and only the paper is under way.
_AT_WORK: Final = {"repair": "assigned-working", "order": "assigned"}
_SENT: Final = "assigned"
_ASSIGN: Final = "assign"

_matter, _repair, _visit, _private = (
    table_of(kind).c for kind in (Matter, Repair, VisitRow, Private)
)
_HELD = (
    select(
        *(_matter[name] for name in ("worker", "number", "kind", "state", "hold", "next_due")),
        *(_matter[name] for name in ("unit", "place")),
        _repair.at,
        _visit.arrived,
        _private.words,
    )
    .join_from(
        table_of(Matter),
        table_of(Repair),
        and_(_repair.site == _matter.site, _repair.matter == _matter.id),
        isouter=True,
    )
    .join(
        table_of(VisitRow),
        and_(
            _visit.site == _matter.site,
            _visit.matter == _matter.id,
            _visit.worker == _matter.worker,
            _visit.left.is_(None),
        ),
        isouter=True,
    )
    .join(
        table_of(Private),
        and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
        isouter=True,
    )
    .where(
        _matter.site == bindparam("site"), _matter.closed.is_(None), _matter.worker != "", seen_by()
    )
    .order_by(_matter.next_due.is_(None), _matter.next_due, _matter.opened)
)


class Stand(StrEnum):
    """How somebody stands with their work."""

    ON_SITE = "on_site"
    BUSY = "busy"
    FREE = "free"


STAND_WORDS: Final = {Stand.ON_SITE: N_("在现场"), Stand.BUSY: N_("有活"), Stand.FREE: N_("空闲")}


class Job(NamedTuple):
    """One open matter of somebody's; `at` is the appointment of one that nobody has begun."""

    number: str
    kind: str
    state_word: str
    hold: str
    where: str
    words: str
    due: datetime | None
    at: datetime | None
    arrived: datetime | None  # there since then
    at_work: bool  # it keeps its worker busy now


@dataclass(frozen=True)
class Worker:
    """Somebody who may be sent, with all that they hold, next due first."""

    number: str
    name: str
    post: str
    jobs: tuple[Job, ...] = ()

    @property
    def site(self) -> Job | None:
        """Where they are now."""
        return next((job for job in self.jobs if job.arrived), None)

    @property
    def at_work(self) -> list[Job]:
        """What they still have to do; what is held waits for something else."""
        return [job for job in self.jobs if job.at_work]

    @property
    def stand(self) -> Stand:
        """On site, busy, or free."""
        if self.site is not None:
            return Stand.ON_SITE
        return Stand.BUSY if self.at_work else Stand.FREE

    @property
    def appointment(self) -> Job | None:
        """The next that somebody waits for at a time agreed on."""
        agreed = [job for job in self.at_work if job.at and not job.arrived]
        return min(agreed, key=lambda job: (job.at, job.number), default=None)

    def overdue(self, now: datetime) -> list[Job]:
        """What has a clock that has run out."""
        return [job for job in self.jobs if job.due and late(job.due, None, now)]


def workers(desk: Desk) -> list[Worker]:
    """Everybody who may be sent today or holds something: the free ones first, by their number."""
    people = console.colleagues(desk)
    with desk.read() as session:
        rows = session.connection().execute(_HELD, {"site": desk.site, "viewer": desk.staff}).all()
    held: dict[str, list[Job]] = {}
    for row in rows:
        held.setdefault(row.worker, []).append(_job(row))
    found = [
        Worker(person.number, person.name, person.title, tuple(held.get(person.number, ())))
        for person in people
        if person.number in held or person.may(Right.REPAIR)
    ]
    order = [Stand.FREE, Stand.BUSY, Stand.ON_SITE]
    return sorted(found, key=lambda one: (order.index(one.stand), len(one.at_work), one.number))


def busy(desk: Desk, row: Row) -> dict[str, Worker]:
    """Who is busy, by their numbers, where the step sends somebody; nobody for any other step."""
    if row.verb != _ASSIGN:
        return {}
    return {one.number: one for one in workers(desk) if one.stand is not Stand.FREE}


def _job(row: Any) -> Job:
    cycle = PROCEDURES[row.kind]
    span = _AT_WORK.get(row.kind)
    at_work = bool(span) and not row.hold and row.state in cycle.span(str(span))
    return Job(
        row.number,
        row.kind,
        cycle.state_word(row.state),
        row.hold,
        row.unit or row.place or "",
        row.words or "",
        row.next_due,
        row.at if row.state == _SENT else None,
        row.arrived,
        at_work,
    )
