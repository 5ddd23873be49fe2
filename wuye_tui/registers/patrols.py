"""The patrols of a duty day (ZB-4.3, SB-1, SB-2): how long, which posts, which rounds.

The duty day begins with the duty manager's working duty and lasts until the next one begins. The
hours of patrol are asked of the working duty alone, not of each of the day's two halves (ZB-4.3a).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.reference import BadReference, Reference
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.source import Source
from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import HOUR, MINUTE
from wuye_tui.rules.folding import Step, effective
from wuye_tui.rules.patrol_plan import MANAGERS_POST, PatrolPlan, Spot
from wuye_tui.rules.patrol_time import MISSED, Round, Span, due_between, patrolled, rounds
from wuye_tui.rules.patrols import CANCELLED, MANAGER, PATROL
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Matter
from wuye_tui.words import _, listed

ONE_DAY = timedelta(days=1)
LEEWAY = timedelta(hours=12)  # the most that the plan may allow before or after a round
_matter, _duty = table_of(Matter).c, table_of(Duty).c
_WALKED = (
    select(*(_matter[name] for name in ("id", "number", "holder", "opened", "closed", "state")))
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == PATROL.kind,
        _matter.state != CANCELLED,
        _matter.opened < bindparam("until"),
        _matter.opened >= bindparam("longest"),
        or_(_matter.closed.is_(None), _matter.closed > bindparam("since")),
        seen_by(),
    )
    .order_by(_matter.opened, _matter.number)
)
_HELD = (
    select(_duty.staff)
    .where(
        _duty.site == bindparam("site"),
        _duty.post == MANAGERS_POST,
        _duty.started < bindparam("until"),
        or_(_duty.ended.is_(None), _duty.ended > bindparam("since")),
    )
    .order_by(_duty.started)
)


@dataclass(frozen=True)
class Seen:
    """One visit of a post, room or place, signed by whoever was there (ZB-4.3c)."""

    number: str
    code: str
    name: str
    sort: str
    at: datetime
    by: str
    by_name: str
    sound: bool
    found: str
    settled: bool
    readings: str
    reported_to: str
    what: str  # of the patrol

    def as_dict(self) -> dict[str, Any]:
        """The visit for programs; keys only ever grow."""
        return {
            "patrol": self.number,
            "spot": self.code,
            "name": self.name,
            "at": self.at,
            "by": self.by,
            "sound": self.sound,
            "found": self.found,
            "settled": self.settled,
            "readings": self.readings,
            "reported_to": self.reported_to,
        }


@dataclass(frozen=True)
class Walked:
    """One patrol: `ended` is None while it lasts."""

    number: str
    what: str
    by: str
    by_name: str
    began: datetime
    ended: datetime | None
    visits: tuple[Seen, ...]

    def until(self, now: datetime, ends: datetime) -> datetime:
        """Until when it counts. One that nobody finished counts on while the duty lasts; after that
        only to its last visit.
        """
        if self.ended is not None:
            return self.ended
        return now if now < ends else max((one.at for one in self.visits), default=self.began)

    def as_dict(self) -> dict[str, Any]:
        """The patrol for programs; keys only ever grow."""
        return {
            "number": self.number,
            "what": self.what,
            "by": self.by,
            "began_at": self.began,
            "ended_at": self.ended,
            "visits": len(self.visits),
        }


@dataclass(frozen=True)
class Post:
    """One post that has to be visited; `seen` is its first visit in the working duty."""

    spot: Spot
    seen: Seen | None


@dataclass(frozen=True)
class PatrolDay:
    """The patrols of one duty day, reckoned at `now`."""

    day: date
    begins: datetime  # of the working duty
    ends: datetime
    now: datetime
    needed: int  # seconds of patrol in the working duty
    seconds: int  # so far
    patrols: tuple[Walked, ...]
    posts: tuple[Post, ...]
    rounds: tuple[Round, ...]

    @property
    def short(self) -> int:
        """Seconds that are still lacking."""
        return max(0, self.needed - self.seconds)

    @property
    def unvisited(self) -> tuple[Spot, ...]:
        """The posts that nobody has been to yet (ZB-4.3b)."""
        return tuple(post.spot for post in self.posts if post.seen is None)

    @property
    def missed(self) -> tuple[Round, ...]:
        """The rounds that were not made in time (SB-1, SB-2)."""
        return tuple(one for one in self.rounds if one.stands == MISSED)

    @property
    def is_over(self) -> bool:
        """Whether the working duty has come to its planned end."""
        return self.now >= self.ends

    def lacks(self) -> tuple[str, ...]:
        """What is still lacking of the day's patrol, each in one clause for people."""
        found = []
        if self.short:
            told = _("巡查 {done}，还差 {short}（ZB-4.3）")
            found.append(told.format(done=spent(self.seconds), short=spent(self.short)))
        if self.unvisited:
            names = listed(spot.name for spot in self.unvisited)
            found.append(_("没有巡到的岗位：{names}（ZB-4.3）").format(names=names))
        return tuple(found)

    def as_dict(self) -> dict[str, Any]:
        """The day for programs; keys only ever grow."""
        return {
            "day": self.day.isoformat(),
            "begins_at": self.begins,
            "ends_at": self.ends,
            "needed_seconds": self.needed,
            "patrolled_seconds": self.seconds,
            "short_seconds": self.short,
            "patrols": [one.as_dict() for one in self.patrols],
            "posts": [
                {
                    "spot": one.spot.code,
                    "name": one.spot.name,
                    "visited_at": one.seen.at if one.seen else None,
                    "by": one.seen.by if one.seen else "",
                    "patrol": one.seen.number if one.seen else "",
                }
                for one in self.posts
            ],
            "rounds": [
                {
                    "spot": one.spot.code,
                    "name": one.spot.name,
                    "clause": one.spot.clause,
                    "due_at": one.at,
                    "made_at": one.made,
                    "stands": one.stands,
                }
                for one in self.rounds
            ],
            "lacks": list(self.lacks()),
        }


def spent(seconds: int) -> str:
    """How long, in hours and minutes: 3小时05分."""
    hours, rest = divmod(seconds, HOUR)
    return _("{hours}小时{minutes:02}分").format(hours=hours, minutes=rest // MINUTE)


def duty_day(desk: Desk, moment: datetime | None = None) -> date:
    """The duty day of a moment, of now without one: before the working duty begins it is still the
    day before.
    """
    at = moment or desk.now()
    day = desk.calendar.day_of(at)
    begins, _ends = working_duty(desk.reference, desk.calendar, day)
    return day if at >= begins else day - ONE_DAY


def working_duty(
    reference: Reference, calendar: WorkingCalendar, day: date
) -> tuple[datetime, datetime]:
    """From when to when the duty lasts whose patrol is counted. Raises BadReference."""
    named = reference.patrol.duty
    plan = next(one for one in reference.duties if (one.post, one.name) == (MANAGERS_POST, named))
    last = day + ONE_DAY if plan.ends <= plan.starts else day
    return calendar.moment(day, plan.starts), calendar.moment(last, plan.ends)


def patrol_day(desk: Desk, day: date | None = None) -> PatrolDay:
    """The patrols of a duty day as they stand now; of the present one where none is named."""
    with desk.read() as session:
        return day_in(session, Source.of(desk), day or duty_day(desk))


def day_in(session: Session, source: Source, day: date) -> PatrolDay:
    """The same in a session that is open already."""
    plan, calendar, now = source.reference.patrol, source.reference.calendar, source.now
    begins, ends = working_duty(source.reference, calendar, day)
    following, _later = working_duty(source.reference, calendar, day + ONE_DAY)
    names = staff_names(session, source.site)
    # A round may be made before the day begins, or after it is over, by as much as is allowed.
    found = _walked(session, source, begins - LEEWAY, following + LEEWAY, names)
    visits = [seen for one in found for seen in one.visits]
    patrols = [
        one for one in found if one.began < following and (one.ended is None or one.ended > begins)
    ]
    walked = [one for one in patrols if one.what == MANAGER]
    own = [seen for one in walked for seen in one.visits if begins <= seen.at < ends]
    return PatrolDay(
        day,
        begins,
        ends,
        now,
        round(plan.hours * HOUR),
        patrolled(((one.began, one.until(now, ends)) for one in walked), begins, min(ends, now)),
        tuple(patrols),
        _posts(plan, own),
        _rounds(plan, (begins, following), visits, calendar, now),
    )


def lacking(session: Session, source: Source, duty: Duty) -> tuple[str, ...]:
    """What the patrol of a duty lacks, for the list that is handed over: nothing of a duty whose
    patrol is not counted, and nothing while the office's own table of patrols cannot be used.
    """
    try:
        counted = (duty.post, duty.name) == (MANAGERS_POST, source.reference.patrol.duty)
        day = source.reference.calendar.day_of(duty.started)
        return day_in(session, source, day).lacks() if counted else ()
    except BadReference:
        return ()


def managers(session: Session, desk: Desk, day: date) -> list[str]:
    """The staff numbers of whoever held the duty manager's post in the working duty of a day."""
    begins, ends = working_duty(desk.reference, desk.calendar, day)
    asked = {"site": desk.site, "since": begins, "until": ends}
    return list(dict.fromkeys(session.connection().execute(_HELD, asked).scalars()))


def _posts(plan: PatrolPlan, visits: Sequence[Seen]) -> tuple[Post, ...]:
    first: dict[str, Seen] = {}
    for seen in sorted(visits, key=lambda one: one.at):
        first.setdefault(seen.code, seen)
    return tuple(Post(spot, first.get(spot.code)) for spot in plan.posts)


def _rounds(
    plan: PatrolPlan, day: Span, visits: Iterable[Seen], calendar: WorkingCalendar, now: datetime
) -> tuple[Round, ...]:
    at: dict[str, list[datetime]] = {}
    for seen in visits:
        at.setdefault(seen.code, []).append(seen.at)
    found: list[Round] = []
    for spot in plan.rooms:
        due = due_between(spot, *day, calendar)
        found += rounds(spot, due, at.get(spot.code, ()), now)
    return tuple(sorted(found, key=lambda one: one.at))


def _walked(
    session: Session, source: Source, since: datetime, until: datetime, names: Mapping[str, str]
) -> list[Walked]:
    asked = {
        "site": source.site,
        "since": since,
        "until": until,
        "longest": since - ONE_DAY,  # no patrol lasts longer than the duty that it belongs to
        "viewer": source.viewer,
    }
    rows = session.connection().execute(_WALKED, asked).all()
    steps = steps_of(session, source.site, [row.id for row in rows])
    return [_of(row, effective(steps[row.id]), names) for row in rows]


def _of(row: Any, steps: Sequence[Step], names: Mapping[str, str]) -> Walked:
    what = str(steps[0].facts.get("what", ""))
    visits = tuple(_seen(row.number, what, step, names) for step in steps if step.verb == "visit")
    by = names.get(row.holder, row.holder)
    return Walked(row.number, what, row.holder, by, row.opened, row.closed, visits)


def _seen(number: str, what: str, step: Step, names: Mapping[str, str]) -> Seen:
    facts = step.facts
    said = {name: str(facts.get(name, "")) for name in ("found", "readings", "reported_to")}
    return Seen(
        number=number,
        code=str(facts.get("spot_code", "")),
        name=str(facts.get("spot", "")),
        sort=str(facts.get("spot_sort", "")),
        at=step.happened,
        by=step.by,
        by_name=names.get(step.by, step.by),
        sound=facts.get("sound") is not False,
        settled=bool(facts.get("settled")),
        what=what,
        **said,
    )
