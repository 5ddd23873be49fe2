"""What is over and not in the archive yet: the records of the weeks, and what each lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, select, text
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.filing import ARCHIVED, files, missing
from wuye_tui.rules.folding import Situation, fold
from wuye_tui.rules.lifecycle import Facts, Lack
from wuye_tui.rules.procedures import PROCEDURES, procedure
from wuye_tui.rules.weeks import days_of, week_of
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Private

FILED = tuple(kind for kind, cycle in PROCEDURES.items() if files(cycle))
PAGE = 500
_matter, _private = (table_of(kind).c for kind in (Matter, Private))
# Written out, or SQLite would not see that its index has these rows and no others.
_UNFILED = and_(
    _matter.site == bindparam("site"),
    _matter.closed.is_not(None),
    text("matter.state <> 'archived'"),
    _matter.kind.in_(FILED),
)
_BEFORE = _matter.closed < bindparam("before")
_LISTED = (
    select(
        *(_matter[name] for name in ("id", "number", "kind", "closed", "unit", "place")),
        _private.words,
    )
    .join_from(
        table_of(Matter),
        table_of(Private),
        and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
        isouter=True,
    )
    .where(_UNFILED, seen_by())
    .order_by(_matter.closed, _matter.id)
)
_LEFT = select(func.count()).select_from(table_of(Matter)).where(_UNFILED, _BEFORE)
_TAKEN_IN = (
    select(func.count())
    .select_from(table_of(Matter))
    .where(
        _matter.site == bindparam("site"),
        _matter.state == ARCHIVED,
        _matter.closed >= bindparam("since"),
        _BEFORE,
    )
)


@dataclass(frozen=True)
class Record:
    """A matter that is over: in which week it was, how far it has come, and what it lacks."""

    number: str
    kind: str
    where: str
    words: str
    closed: datetime
    week: str
    last: int
    sent_back: bool
    lacks: tuple[Lack, ...]

    @property
    def ready(self) -> bool:
        """Whether it may be filed."""
        return not self.lacks

    def as_dict(self) -> dict[str, Any]:
        """The record as `wuye archive list --json` prints it; keys only ever grow."""
        return {
            "number": self.number,
            "kind": self.kind,
            "unit": self.where,
            "closed_at": self.closed,
            "week": self.week,
            "ready": self.ready,
            "sent_back": self.sent_back,
            "lacks": [lack.as_dict() for lack in self.lacks],
        }


def records(desk: Desk, week: str = "", limit: int = 0) -> list[Record]:
    """What was over by the end of a week (of any, without one) and is not filed yet, the oldest
    first; with a limit so many of them. Without what is about whoever asks. Raises BadWeek.
    """
    with desk.read() as session:
        return list(_read(session, desk, ends(week, desk.calendar), limit))


def ends(week: str, calendar: WorkingCalendar) -> datetime | None:
    """The moment at which a week is over; None without one. Raises BadWeek."""
    if not week:
        return None
    return calendar.moment(days_of(week)[1] + timedelta(days=1), time.min)


def any_before(session: Session, site: str, moment: datetime) -> bool:
    """Whether anything was over before a moment and is not filed yet."""
    asked = select(_matter.id).where(_UNFILED, _BEFORE).limit(1)
    given = {"site": site, "before": moment}
    return session.execute(asked, given).first() is not None


def count(act: Act, facts: Facts) -> Facts:
    """How many records of a week are in the archive, and how many that were over are not."""
    monday, _sunday = days_of(str(facts["week"]))
    before = ends(str(facts["week"]), act.calendar)
    given = {"site": act.site, "since": act.calendar.moment(monday), "before": before}
    one = act.session.connection()
    return {
        "filed": int(one.execute(_TAKEN_IN, given).scalar_one()),
        "left": int(one.execute(_LEFT, given).scalar_one()),
    }


def _read(session: Session, desk: Desk, before: datetime | None, limit: int) -> Iterator[Record]:
    asked = _LISTED.where(_BEFORE) if before else _LISTED
    asked = asked.limit(limit) if limit else asked
    given = {"site": desk.site, "viewer": desk.staff, **({"before": before} if before else {})}
    rows = session.connection().execute(asked, given).all()
    for start in range(0, len(rows), PAGE):
        page = rows[start : start + PAGE]
        for row, was in zip(page, situations(session, desk.site, page), strict=True):
            yield Record(
                row.number,
                row.kind,
                row.unit or row.place or "",
                row.words or "",
                row.closed,
                week_of(row.closed.astimezone(desk.zone).date()),
                was.last,
                bool(was.facts.get("sent_back")),
                tuple(missing(procedure(row.kind), was)),
            )


def situations(session: Session, site: str, rows: Sequence[Any]) -> list[Situation]:
    """How matters stand, by rows that have `id` and `kind`, in their order."""
    steps = steps_of(session, site, [row.id for row in rows])
    return [fold(procedure(row.kind), steps.get(row.id, [])) for row in rows]
