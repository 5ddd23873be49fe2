"""What the console shows of a duty day (ZB-3.4): the day's log, and around it whatever a duty
manager has to do next, so that one question answers the whole screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.dutylog import day_log
from wuye_tui.registers.log_lines import DutyLog, Holder
from wuye_tui.registers.patrols import PatrolDay, Seen, duty_day
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.folding import fold
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.patrol_plan import POST, PatrolPlan, Spot
from wuye_tui.rules.patrol_time import DUE
from wuye_tui.rules.patrols import MANAGER, PATROL, WALKING
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.tasks import AT_WORK, TASK
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter

MOST = 50  # of what earlier days have left open
SOON = timedelta(minutes=60)  # a round that is due within it is told of

_matter = table_of(Matter).c
_COLUMNS = [_matter[name] for name in ("id", "number", "kind", "opened", "next_due")]
_OLDER = (
    select(*_COLUMNS)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind.in_((ENTRY.kind, TASK.kind)),
        _matter.state.in_(("open", *TASK.span(AT_WORK))),
        _matter.opened < bindparam("since"),
        seen_by(),
    )
    .order_by(_matter.opened, _matter.number)
    .limit(MOST)
)
_WALKING = (
    select(*_COLUMNS)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == PATROL.kind,
        _matter.state == WALKING,
        _matter.holder == bindparam("viewer"),
        seen_by(),
    )
    .order_by(_matter.opened.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Running:
    """The patrol that whoever looks is walking; `last` is its last step, `seen` where they were."""

    number: str
    what: str  # the code of its sort
    began: datetime
    last: int
    seen: tuple[str, ...]  # codes, in the order of the visits


@dataclass(frozen=True)
class Older:
    """What an earlier day has left open: a line nobody has solved, a task nobody has done."""

    number: str
    kind: str
    at: datetime
    facts: Facts
    state_word: str  # untranslated
    holder: str  # by name
    due: datetime | None

    @property
    def where(self) -> str:
        """The home or place it is about."""
        return str(self.facts.get("unit") or self.facts.get("place") or "")


@dataclass(frozen=True)
class Settled:
    """Something not in order that was put right on the spot, so that no task came of it."""

    number: str
    at: datetime
    where: str
    text: str
    by: str  # by name


@dataclass(frozen=True)
class Board:
    """A duty day as the screen has it; `today` is the one that lasts now, `now` when it was read.

    `spots` are all that can be visited, in the order in which they are offered.
    """

    log: DutyLog
    today: date
    now: datetime
    holds: bool  # whether whoever looks is the duty manager now
    running: Running | None
    older: tuple[Older, ...]
    settled: tuple[Settled, ...]
    spots: tuple[Spot, ...]

    @property
    def is_today(self) -> bool:
        """Whether it is the day that lasts now."""
        return self.log.day == self.today

    @property
    def holder(self) -> Holder | None:
        """Who is duty manager now; of a day that is over, who was it last."""
        last = next(reversed(self.log.holders), None)
        return None if last is not None and self.is_today and last.ended else last

    def patrolled(self, now: datetime) -> int:
        """Seconds of patrol until now: while somebody walks they grow (ZB-4.3a)."""
        patrol = self.log.patrol
        walks = any(one.what == MANAGER and one.ended is None for one in patrol.patrols)
        until = min(now, patrol.ends)
        grown = (until - patrol.now).total_seconds() if walks and until > patrol.now else 0
        return patrol.seconds + int(grown)


def board(desk: Desk, day: date | None = None) -> Board:
    """The board of a duty day; of the present one where none is named."""
    today = duty_day(desk)
    log = day_log(desk, day or today)
    with desk.read() as session:
        running, older = _running(session, desk), tuple(_older(session, desk, log.since))
    seen = running.seen if running else ()
    return Board(
        log,
        today,
        desk.now(),
        any(one.staff == desk.staff and one.ended is None for one in log.holders),
        running,
        older if log.day == today else (),
        tuple(sorted(_settled(log), key=lambda one: one.at)),
        _offered(desk.reference.patrol, log.patrol, seen),
    )


def _asked(session: Session, desk: Desk, question: Any, **more: Any) -> Iterator[Any]:
    asked = {"site": desk.site, "viewer": desk.staff, **more}
    rows = session.connection().execute(question, asked).all()
    steps = steps_of(session, desk.site, [row.id for row in rows])
    for row in rows:
        yield row, steps[row.id], fold(procedure(row.kind), steps[row.id])


def _running(session: Session, desk: Desk) -> Running | None:
    for row, steps, was in _asked(session, desk, _WALKING):
        visits = [step for step in steps if step.verb == "visit"]
        seen = tuple(str(step.facts.get("spot_code", "")) for step in visits)
        return Running(row.number, str(was.facts.get("what", "")), row.opened, was.last, seen)
    return None


def _older(session: Session, desk: Desk, since: datetime) -> Iterator[Older]:
    names = staff_names(session, desk.site)
    for row, _steps, was in _asked(session, desk, _OLDER, since=since):
        word = procedure(row.kind).state_word(was.state)
        who = was.received if row.kind == ENTRY.kind else str(was.facts.get("worker", ""))
        name = names.get(who, who)
        yield Older(row.number, row.kind, row.opened, was.facts, word, name, row.next_due)


def _settled(log: DutyLog) -> Iterator[Settled]:
    """What patrols and lines found and put right at once."""
    for seen in _visits(log.patrol):
        if not seen.sound and seen.settled:
            yield Settled(seen.number, seen.at, seen.name, seen.found, seen.by_name)
    for one in log.lines:
        if one.situation.facts.get("settled"):
            yield Settled(one.number, one.at, one.where, one.text, one.by_name)


def _visits(patrol: PatrolDay) -> Iterator[Seen]:
    for one in patrol.patrols:
        yield from one.visits


def due_soon(patrol: PatrolDay, now: datetime) -> tuple[Spot, ...]:
    """The rooms whose round is due now, each once (SB-1, SB-2)."""
    rooms = {one.spot.code: one.spot for one in patrol.rounds if one.stands == DUE}
    soon = (one for one in patrol.rounds if now <= one.at <= now + SOON and one.made is None)
    return tuple({**rooms, **{one.spot.code: one.spot for one in soon}}.values())


def _offered(plan: PatrolPlan, patrol: PatrolDay, seen: Sequence[str]) -> tuple[Spot, ...]:
    """What is still to be visited comes first: posts nobody has been to, rooms that are due, then
    posts again, rooms and places; where this patrol has been stands last among its like.
    """
    fresh = {spot.code for spot in patrol.unvisited}
    due = {spot.code for spot in due_soon(patrol, patrol.now)}

    def rank(spot: Spot) -> tuple[int, bool]:
        if spot.code in fresh:
            return 0, False
        if spot.code in due:
            return 1, spot.code in seen
        return (2 if spot.sort == POST else 3), spot.code in seen

    return tuple(sorted(plan.spots, key=rank))
