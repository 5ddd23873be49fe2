"""What falls due by itself: `tick` fires it once, whichever process comes first.

Each firing is a row with a unique key and the actor `system`. A clock that passes is told once; an
overdue slip that nobody has taken further is escalated when the desk's duty is over (XX-4.3.11b).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, exists, func, literal, select
from sqlmodel import Session, col

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import arrears, duties, matters, ringing, routines
from wuye_tui.registers.seeing import hidden
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Duty, Firing, Matter, Office, StepRow

BATCH = 100
_ONE_AT_A_TIME = (
    select(table_of(Office).c.site)
    .where(table_of(Office).c.site == bindparam("site"))
    .with_for_update()
)
_ESCALATED_KINDS = [kind for kind, cycle in PROCEDURES.items() if cycle.rows_named("escalate")]
LATE, ESCALATED, RELEASED, OPENED = "late", "escalated", "released", "opened"
_TAKES_HIGHER = ("escalate", "give_up")  # what is given up has its order from that step on
_clock, _matter, _firing = (table_of(kind).c for kind in (DeadlineRow, Matter, Firing))
_late = (
    literal(f"{LATE}:") + _clock.matter + ":" + _clock.name + ":" + cast(_clock.n, String)
)  # as `_late_key` writes it
_UNTOLD = (
    select(_clock.matter, _matter.number, _clock.name, _clock.n)
    .where(
        _matter.site == _clock.site,
        _matter.id == _clock.matter,
        _clock.site == bindparam("site"),
        _clock.ended.is_(None),
        _clock.due < bindparam("now"),
        ~exists().where(_firing.site == _clock.site, _firing.key == _late),
    )
    .order_by(_clock.due)
    .limit(BATCH)
)


@dataclass(frozen=True)
class Fired:
    """Something that just fired: what, for which matter, and the clock's name."""

    what: str
    number: str
    name: str


@dataclass(frozen=True)
class _Due:
    matter: str
    number: str
    name: str
    n: int


def tick(desk: Desk) -> list[Fired]:
    """Fires everything that is due now and has not fired; safe to call from any process, often.

    What comes round by itself, the day's check and the week's file, is opened too.
    What comes back is of matters that whoever sits there may see.
    """
    now = desk.now()
    arrears.settle_paid(desk)  # first: a promise that was kept is not late
    with desk.read() as session:
        passed = _passed(session, desk.site, now)
        waiting = _waiting(session, desk.site, _duty_ended(session, desk.site, now))
        opening = routines.due(session, desk, now)
        over = duties.over(session, desk)
    fired: list[Fired] = []
    if passed:
        told = desk.perform("tick.late", lambda act: _tell(act, passed), system=True)
        fired += [Fired(LATE, number, name) for number, name in told["told"]]
    for due in waiting:
        fired += _escalate(desk, due)
    fired += [Fired(OPENED, number, "") for number in routines.open_all(desk, opening)]
    for duty in over:
        fired += _run_on(desk, duty)
    fired += [Fired(RELEASED, number, "") for number in ringing.give_up_silent(desk)]
    with desk.read() as session:
        unseen = hidden(session, desk.site, desk.staff, [one.number for one in fired])
    return [one for one in fired if one.number not in unseen]


def _run_on(desk: Desk, duty: Any) -> list[Fired]:
    """A duty that nobody has taken over when it should have ended."""
    done = desk.perform("tick.runs_on", partial(duties.run_on, duty=duty), system=True)
    return [Fired(duties.RUNS_ON, str(done["number"]), duty.name)] if done else []


def _passed(session: Session, site: str, now: datetime) -> list[_Due]:
    """Running clocks whose due second is over and that nothing has been said of."""
    rows = session.execute(_UNTOLD, {"site": site, "now": now})
    return [_Due(*row) for row in rows]


def _late_key(due: _Due) -> str:
    return f"{LATE}:{due.matter}:{due.name}:{due.n}"


def _tell(act: Act, passed: list[_Due]) -> Result:
    """Writes the firings that nobody wrote meanwhile; what is new is the result.

    Of two that look at the same second one waits, and then finds it done.
    """
    act.session.execute(_ONE_AT_A_TIME, {"site": act.site})
    told = []
    for due in passed:
        if act.session.get(Firing, (act.site, _late_key(due))) is None:
            act.append(
                Firing(
                    site=act.site,
                    key=_late_key(due),
                    act=act.key,
                    at=act.now,
                    matter=due.matter,
                    what=LATE,
                )
            )
            told.append([due.number, due.name])
    return {"told": told}


def _duty_ended(session: Session, site: str, now: datetime) -> datetime:
    """When the desk's duty was over last: now, where it has reached its planned end or nobody
    holds the desk; otherwise when the one that holds it began.
    """
    duty = session.execute(
        select(col(Duty.started), col(Duty.planned_end)).where(
            col(Duty.site) == site, col(Duty.post) == DESK_POST, col(Duty.ended).is_(None)
        )
    ).one_or_none()
    return now if duty is None or now >= duty.planned_end else duty.started


def _waiting(session: Session, site: str, now: datetime) -> list[_Due]:
    """Matters whose two working days were over then and that nobody has taken to the manager."""
    rows = session.execute(
        select(col(Matter.id), col(Matter.number), col(DeadlineRow.name), col(DeadlineRow.n))
        .join(
            DeadlineRow,
            and_(
                col(DeadlineRow.site) == col(Matter.site), col(DeadlineRow.matter) == col(Matter.id)
            ),
        )
        .where(
            col(Matter.site) == site,
            col(Matter.closed).is_(None),
            col(Matter.kind).in_(_ESCALATED_KINDS),
            col(DeadlineRow.name) == "unsolved",
            col(DeadlineRow.ended).is_(None),
            col(DeadlineRow.due) < now,
        )
        .order_by(col(DeadlineRow.due))
    ).all()
    if not rows:
        return []
    taken = session.execute(
        select(col(StepRow.matter), func.max(col(StepRow.n)))
        .where(
            col(StepRow.site) == site,
            col(StepRow.verb).in_(_TAKES_HIGHER),
            col(StepRow.matter).in_([row.id for row in rows]),
        )
        .group_by(col(StepRow.matter))
    ).all()
    last = dict(tuple(row) for row in taken)
    # One before this clock began was about an attempt that is over: a rework starts anew.
    return [_Due(*row) for row in rows if last.get(row.id, 0) < row.n][:BATCH]


def _escalate(desk: Desk, due: _Due) -> list[Fired]:
    def work(act: Act) -> Result:
        taken = matters.take(act, due.number, "escalate")
        act.append(
            Firing(
                site=act.site,
                key=f"{ESCALATED}:{due.matter}:{due.n}",
                act=act.key,
                at=act.now,
                matter=due.matter,
                what=ESCALATED,
            )
        )
        return taken

    try:
        desk.perform("tick.escalate", work, system=True)
    except Refused:
        return []  # somebody took it further in this very second
    return [Fired(ESCALATED, due.number, due.name)]
