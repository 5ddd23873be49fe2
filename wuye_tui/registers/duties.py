"""Duties: who answers for a post, since when and until when; somebody always does (KF-4, KF-5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.reference import DutyPlan, Reference
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Office, Staff
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _, listed

# The first duty of a post finds no other that it could lock: two of them wait at the office's row.
_ONE_AT_A_TIME = (
    select(table_of(Office).c.site)
    .where(table_of(Office).c.site == bindparam("site"))
    .with_for_update()
)


class UnknownPost(NotFound):
    """No duty is planned for this post."""

    def __init__(self, typed: str, posts: list[str]) -> None:
        super().__init__(
            _("没有岗位「{typed}」，可用的有：{posts}。").format(typed=typed, posts=listed(posts))
        )


class AlreadyOnDuty(Refused):
    """The same person holds the same duty already."""

    def __init__(self, name: str, word: str) -> None:
        super().__init__(
            _("{name} 已经在值{word}，不用再接。").format(name=name, word=word), "KF-4"
        )


@dataclass(frozen=True)
class DutyNow:
    """A running duty as people read it; `over` when its planned end has passed (KF-13)."""

    id: str
    post: str
    name: str
    word: str
    staff: str
    staff_name: str
    started: datetime
    planned_end: datetime
    over: bool


def planned(
    reference: Reference, calendar: WorkingCalendar, post: str, now: datetime
) -> tuple[DutyPlan, datetime, datetime]:
    """The duty of a post that is planned for a moment, with its start and end in UTC."""
    plans = [plan for plan in reference.duties if plan.post == post]
    day = calendar.day_of(now)
    for plan in plans:
        for first in (day, day - timedelta(days=1)):
            starts = calendar.moment(first, plan.starts)
            over_night = plan.ends <= plan.starts
            ends = calendar.moment(first + timedelta(days=1 if over_night else 0), plan.ends)
            if starts <= now < ends:
                return plan, starts, ends
    raise UnknownPost(post, sorted({plan.post for plan in reference.duties}))


def start(act: Act, desk: Desk, post: str = DESK_POST, staff: str = "") -> Result:
    """Begins the post's duty of the hour, ending the one before it in the same act (KF-4)."""
    act.session.execute(_ONE_AT_A_TIME, {"site": act.site})
    plan, starts, ends = planned(desk.reference, act.calendar, post, act.now)
    number = Registry(act.session, act.site).staff(staff) if staff else act.by.number
    before = act.session.execute(
        select(Duty)
        .where(col(Duty.site) == act.site, col(Duty.post) == post, col(Duty.ended).is_(None))
        .with_for_update()
    ).scalar_one_or_none()
    if before is not None:
        if before.staff == number and before.name == plan.name:
            raise AlreadyOnDuty(number, _(plan.word))
        before.ended = act.now
        act.session.flush()
    duty = Duty(
        site=act.site,
        id=new_id(),
        post=post,
        name=plan.name,
        staff=number,
        planned_start=starts,
        planned_end=ends,
        started=act.now,
    )
    act.add(duty)
    return {"id": duty.id, "post": post, "name": plan.name, "staff": number}


def now(desk: Desk) -> list[DutyNow]:
    """Every running duty, the desk's first."""
    with desk.read() as session:
        found = running(desk, session, desk.now())
    return sorted(found, key=lambda duty: duty.post != DESK_POST)


def running(desk: Desk, session: Session, moment: datetime) -> list[DutyNow]:
    """The running duties, in one session."""
    rows = session.execute(
        select(Duty, col(Staff.name))
        .outerjoin(
            Staff, (col(Staff.site) == col(Duty.site)) & (col(Staff.number) == col(Duty.staff))
        )
        .where(col(Duty.site) == desk.site, col(Duty.ended).is_(None))
    ).all()
    words = {(plan.post, plan.name): plan.word for plan in desk.reference.duties}
    return [
        DutyNow(
            d.id,
            d.post,
            d.name,
            words.get((d.post, d.name), d.name),
            d.staff,
            name or d.staff,
            d.started,
            d.planned_end,
            moment >= d.planned_end,
        )
        for d, name in rows
    ]


def history(desk: Desk, limit: int = 50) -> list[Duty]:
    """The latest duties, newest first."""
    with desk.read() as session:
        return list(
            session.execute(
                select(Duty)
                .where(col(Duty.site) == desk.site)
                .order_by(col(Duty.started).desc())
                .limit(limit)
            ).scalars()
        )
