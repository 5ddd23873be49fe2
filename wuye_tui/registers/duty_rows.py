"""The rows of duties: which one is planned for a moment, which runs, and how one follows another.

Whoever begins or ends a duty has it locked before anything else of the act (`Desk.perform` with
`relieving`), so that every other act belongs to exactly one of two duties that touch.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlmodel import Session, col

from wuye_tui.reference import Reference
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.dutyplans import DutyPlan, PlannedDuty
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.refusals import ClockWentBack, shown
from wuye_tui.rules.rights import hats
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Absence, Duty, Office, Staff
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _, listed

EARLY: Final = timedelta(hours=1)
"""Whoever takes over longer than this before the end takes the rest of that duty."""
STARTED, CONTINUED, HANDED_OVER, FORCED = "start", "continued", "handover", "forced"
_duty, _staff = table_of(Duty).c, table_of(Staff).c
_OPEN = select(table_of(Duty)).where(
    _duty.site == bindparam("site"), _duty.post == bindparam("post"), _duty.ended.is_(None)
)
_absence = table_of(Absence).c
_BACK = (
    update(table_of(Absence))
    .where(
        _absence.site == bindparam("in_site"),
        _absence.duty == bindparam("of"),
        _absence.ended.is_(None),
    )
    .values(ended=bindparam("now"))
)
_OPEN_ALONE = _OPEN.with_for_update()
_WEARS = select(_staff.hats, _staff.level).where(
    _staff.site == bindparam("site"), _staff.number == bindparam("number")
)


# The first duty of a post finds no other that it could lock: two of them wait at the office's row.
ONE_AT_A_TIME = (
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


def planned(
    reference: Reference, calendar: WorkingCalendar, post: str, now: datetime
) -> tuple[DutyPlan, datetime, datetime]:
    """The duty of a post that is planned for a moment, with its start and end in UTC. Raises
    UnknownPost.
    """
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


def following(act: Act, post: str, ends: datetime, taker: str = "") -> PlannedDuty:
    """The duty that whoever relieves one now takes over: the next one from shortly before its end
    on, and before that the rest of the same. Where one ran on until shortly before the next but one
    (KF-13), a `taker` who may hold only that takes over that. Raises UnknownPost.
    """
    moment = max(act.now, ends) if act.now >= ends - EARLY else act.now
    first = PlannedDuty(*planned(act.reference, act.calendar, post, moment))
    if taker and act.now >= first.ends - EARLY and not _may(act, taker, first):
        after = next_duty(act, post, first.ends)
        return after if after is not None and _may(act, taker, after) else first
    return first


def _may(act: Act, taker: str, duty: PlannedDuty) -> bool:
    return may_hold(act.session, act.site, taker, duty.plan)


def next_duty(act: Act, post: str, ends: datetime) -> PlannedDuty | None:
    """The duty that is planned to follow one; None where the post is held by nobody then."""
    try:
        return PlannedDuty(*planned(act.reference, act.calendar, post, ends))
    except UnknownPost:
        return None


def running_duty(act: Act, post: str, *, alone: bool = False) -> Any:
    """The running duty of a post, None where nobody holds it; `alone` keeps every other act from it
    until this one ends.
    """
    asked = {"site": act.site, "post": post}
    question = _OPEN_ALONE if alone else _OPEN
    return act.session.connection().execute(question, asked).one_or_none()


def may_hold(session: Session, site: str, number: str, plan: DutyPlan) -> bool:
    """Whether somebody may hold a duty by the hats of their own post (KF-5, ZB-3.2)."""
    found = session.connection().execute(_WEARS, {"site": site, "number": number}).one_or_none()
    return found is not None and plan.may_be_held(hats(found.hats), found.level)


def begin(act: Act, planned_: PlannedDuty, staff: str, began: str, via: str = "") -> str:
    """Begins a duty; returns its id."""
    duty = new_id()
    act.insert(
        Duty,
        {
            "id": duty,
            "post": planned_.plan.post,
            "name": planned_.plan.name,
            "staff": staff,
            "planned_start": planned_.starts,
            "planned_end": planned_.ends,
            "started": act.now,
            "began": began,
            "via": via,
        },
    )
    return duty


def end(act: Act, duty: Any) -> None:
    """Ends a duty now; who was out for a job is so no more. Raises ClockWentBack where the computer
    says that it has not begun yet.
    """
    refuse_earlier_clock(act, duty)
    act.session.connection().execute(_BACK, {"in_site": act.site, "of": duty.id, "now": act.now})
    act.update(Duty, {"id": duty.id, "ended": act.now})


def refuse_earlier_clock(act: Act, duty: Any) -> None:
    """ClockWentBack where it is earlier now than when the duty began."""
    if act.now < duty.started:
        raise ClockWentBack(shown(duty.started, act.calendar.zone))


def relieve(act: Act, via: str, facts: Any) -> str:
    """Ends the duty of a handover and begins the taker's, in the same second."""
    post = str(facts["post"])
    before = running_duty(act, post, alone=True)
    assert before is not None, post  # a guard has looked under the same lock
    end(act, before)
    planned_ = following(act, post, before.planned_end, str(facts["taker"]))
    began = FORCED if facts.get("forced") else HANDED_OVER
    return begin(act, planned_, str(facts["taker"]), began, via)


def history(session: Session, site: str, limit: int) -> list[Duty]:
    """The latest duties, newest first."""
    query = select(Duty).where(col(Duty.site) == site).order_by(col(Duty.started).desc())
    return list(session.execute(query.limit(limit)).scalars())
