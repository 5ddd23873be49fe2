"""Duties: who answers for a post, since when and until when; somebody always does (KF-4, KF-5).

A duty begins where nobody holds the post, goes on with the same person, and otherwise changes hands
by a handover alone (KF-12); what runs past its planned end runs on, and is said to (KF-13, ZB-4.9).
"""

from functools import partial
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import duty_rows as rows
from wuye_tui.registers import handovers, matters
from wuye_tui.registers.duties_now import DutyNow as DutyNow
from wuye_tui.registers.duties_now import now as now
from wuye_tui.registers.duties_now import running as running
from wuye_tui.registers.duty_rows import UnknownPost as UnknownPost
from wuye_tui.registers.duty_rows import planned as planned
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.records import identity
from wuye_tui.rules.dutyplans import MANAGER, DutyPlan, PlannedDuty
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.rights import HAT_WORDS, Hat
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Firing
from wuye_tui.words import _, listed

RUNS_ON: Final = "runs_on"
_duty, _firing = table_of(Duty).c, table_of(Firing).c
# Those of which nothing has been said yet.
_OVER = (
    select(_duty.id, _duty.post, _duty.name)
    .where(
        _duty.site == bindparam("site"),
        _duty.ended.is_(None),
        _duty.planned_end < bindparam("now"),
        ~select(_firing.key)
        .where(_firing.site == _duty.site, _firing.key == f"{RUNS_ON}:" + _duty.id)
        .exists(),
    )
    .order_by(_duty.started)
)


class AlreadyOnDuty(Refused):
    """The same person holds the same duty already."""

    def __init__(self, name: str, word: str) -> None:
        super().__init__(
            _("{name} 已经在值{word}，不用再接。").format(name=name, word=word), "KF-4"
        )


class HandOverFirst(Refused):
    """Somebody else holds the post."""

    def __init__(self, post: str, name: str, number: str) -> None:
        how = (
            _("先把交接班 {number} 办完").format(number=number)
            if number
            else _("先交接班：由他开始（wuye handovers new），接班的人点清、签字")
        )
        told = _("现在是 {name} 在值班，{how}；没交接完之前由他继续值班。")
        super().__init__(told.format(name=name, how=how), "ZB-4.9" if post == MANAGER else "KF-12")


class MayNotHold(Refused):
    """Somebody who may not hold a duty by the office's own table."""

    def __init__(self, name: str, plan: DutyPlan) -> None:
        who = listed(_(HAT_WORDS[Hat(hat)]) for hat in plan.held_by)
        lowest = _("，职级不低于 {level}").format(level=plan.level) if plan.level else ""
        super().__init__(
            _("{name} 不能值{word}：这一班由{who}来值{lowest}。").format(
                name=name, word=_(plan.word), who=who, lowest=lowest
            ),
            plan.clause,
        )


class NotOnDuty(Refused):
    """Only whoever holds a post goes on with it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("{name} 现在没有值这个岗位，不能接着值；请先接班。").format(name=name), "KF-12"
        )


def start(act: Act, desk: Desk, post: str = DESK_POST, staff: str = "") -> Result:
    """Begins the post's duty of the hour where nobody holds the post, or where the same person goes
    on. The act has to be a relieving one (`begin` makes it).

    Raises HandOverFirst where somebody else holds it, AlreadyOnDuty, MayNotHold, UnknownPost.
    """
    duty = PlannedDuty(*planned(desk.reference, act.calendar, post, act.now))
    number = Registry(act.session, act.site).staff(staff) if staff else act.by.number
    rows.running_duty(act, post, alone=True)  # the duty before all others, then the office
    act.session.execute(rows.ONE_AT_A_TIME, {"site": act.site})
    before = rows.running_duty(act, post, alone=True)
    if before is not None and before.staff != number:
        name = staff_names(act.session, act.site).get(before.staff, before.staff)
        raise HandOverFirst(post, name, handovers.open_number(act.session, act.site, post))
    if before is not None and (before.name, before.planned_start) == (duty.plan.name, duty.starts):
        raise AlreadyOnDuty(number, _(duty.plan.word))
    if not rows.may_hold(act.session, act.site, number, duty.plan):
        name = staff_names(act.session, act.site).get(number, number)
        raise MayNotHold(name, duty.plan)
    began = rows.STARTED
    if before is not None:
        handovers.drop(act, post, _("同一个人接着值班，不用交接"))
        rows.end(act, before)
        began = rows.CONTINUED
    made = rows.begin(act, duty, number, began)
    return {"id": made, "post": post, "name": duty.plan.name, "staff": number, "began": began}


def go_on(act: Act, desk: Desk, post: str = DESK_POST) -> Result:
    """Whoever holds the post goes on with its duty of the hour (a continuation, no handover)."""
    before = rows.running_duty(act, post, alone=True)
    if before is None or before.staff != act.by.number:
        raise NotOnDuty(act.by.name)
    return start(act, desk, post)


def begin(desk: Desk, post: str = DESK_POST, staff: str = "", key: str = "") -> Result:
    """`start` as an act of its own that has the duties to itself."""
    work = partial(start, desk=desk, post=post, staff=staff)
    return desk.perform("duty.start", work, key, relieving=True)


def history(desk: Desk, limit: int = 50) -> list[Duty]:
    """The latest duties, newest first."""
    with desk.read() as session:
        return rows.history(session, desk.site, limit)


def over(session: Session, desk: Desk) -> list[Any]:
    """The duties that have run past their planned end, and of which nothing was said yet."""
    asked = {"site": desk.site, "now": desk.now()}
    return list(session.connection().execute(_OVER, asked).all())


def run_on(act: Act, duty: Any) -> Result:
    """Says once that a duty runs on, in its handover; opens that where nobody has (KF-13, ZB-4.9).
    Nothing where somebody was quicker.
    """
    key = f"{RUNS_ON}:{duty.id}"
    still = rows.running_duty(act, duty.post, alone=True)  # or it would be handed over meanwhile
    act.session.execute(rows.ONE_AT_A_TIME, {"site": act.site})
    if act.session.get(Firing, (act.site, key)) is not None or still is None or still.id != duty.id:
        return {}
    number = handovers.open_number(act.session, act.site, duty.post)
    number = number or str(handovers.begin(act, duty.post)["number"])
    verb = "stays_on" if duty.post == MANAGER else RUNS_ON
    result = matters.take(act, number, verb, auto=True)
    act.append(
        Firing(
            site=act.site,
            key=key,
            act=act.key,
            at=act.now,
            matter=identity(act, number),
            what=RUNS_ON,
        )
    )
    return result
