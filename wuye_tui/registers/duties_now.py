"""The duties that run now, as people read them."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers.rosters_planned import Planner
from wuye_tui.registers.source import Source
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Staff

_duty, _staff = table_of(Duty).c, table_of(Staff).c
_RUNNING = (
    select(table_of(Duty), _staff.name.label("staff_name"))
    .join_from(
        table_of(Duty),
        table_of(Staff),
        and_(_staff.site == _duty.site, _staff.number == _duty.staff),
        isouter=True,
    )
    .where(_duty.site == bindparam("site"), _duty.ended.is_(None))
)


@dataclass(frozen=True)
class DutyNow:
    """A running duty as people read it; `over` when its planned end has passed (KF-13). `began` is
    how: start, continued, handover or forced, the last two by the handover whose number is `via`.
    `planned` are the staff numbers that the published roster has on it, `next` those on the duty
    after it; nobody where nothing is published.
    """

    id: str
    post: str
    name: str
    word: str
    staff: str
    staff_name: str
    started: datetime
    planned_end: datetime
    over: bool
    began: str = "start"
    via: str = ""
    planned_start: datetime | None = None
    planned: tuple[str, ...] = ()
    next: tuple[str, ...] = ()

    @property
    def is_stand_in(self) -> bool:
        """Whether somebody else holds it than was planned."""
        return bool(self.planned) and self.staff not in self.planned


def now(desk: Desk) -> list[DutyNow]:
    """Every running duty, the desk's first."""
    with desk.read() as session:
        planner, day_of = Planner(session, Source.of(desk)), desk.calendar.day_of
        moment = desk.now()
        found = [
            replace(
                one,
                planned=planner.on(one.post, one.name, day_of(one.planned_start or one.started)),
                next=planner.at(one.post, max(moment, one.planned_end)),
            )
            for one in running(desk, session, moment)
        ]
    return sorted(found, key=lambda duty: duty.post != DESK_POST)


def running(desk: Desk, session: Session, moment: datetime) -> list[DutyNow]:
    """The running duties, in one session."""
    rows = session.connection().execute(_RUNNING, {"site": desk.site}).all()
    words = {(plan.post, plan.name): plan.word for plan in desk.reference.duties}
    return [
        DutyNow(
            d.id,
            d.post,
            d.name,
            words.get((d.post, d.name), d.name),
            d.staff,
            d.staff_name or d.staff,
            d.started,
            d.planned_end,
            moment >= d.planned_end,
            d.began,
            d.via,
            d.planned_start,
        )
        for d in rows
    ]
