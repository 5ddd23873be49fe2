"""The duty manager's log by weeks, for the project head's reading (ZB-3.7), and what the end of a
working duty leaves behind: a line that says what its patrol lacks (ZB-4.3a, ZB-4.3b).
"""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.folding import fold
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.weeks import days_of
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter

PATROLLED = "patrolled"
"""What the clockwork calls the end of a working duty."""

_matter = table_of(Matter).c
_OPENED = (
    _matter.site == bindparam("site"),
    _matter.kind == bindparam("kind"),
    _matter.opened >= bindparam("since"),
    _matter.opened < bindparam("until"),
)
_IDS = select(_matter.id).where(*_OPENED)
_MANY = select(func.count()).select_from(table_of(Matter)).where(*_OPENED)


def any_lines(session: Session, site: str, since: datetime, until: datetime) -> bool:
    """Whether a line of the log was written between two moments."""
    given = {"site": site, "kind": ENTRY.kind, "since": since, "until": until}
    return session.connection().execute(_IDS.limit(1), given).first() is not None


def bounds(week: str, calendar: WorkingCalendar) -> tuple[datetime, datetime]:
    """The first moment of a week, and the first after it. Raises BadWeek."""
    monday, sunday = days_of(week)
    return calendar.moment(monday), calendar.moment(sunday + timedelta(days=1))


def count(act: Act, facts: Facts) -> Facts:
    """How many lines a week has, how many are still open, and how many events it had."""
    since, until = bounds(str(facts["week"]), act.calendar)
    given: dict[str, Any] = {"site": act.site, "since": since, "until": until}
    one = act.session.connection()
    ids = list(one.execute(_IDS, {**given, "kind": ENTRY.kind}).scalars())
    steps = steps_of(act.session, act.site, ids)
    stand = [fold(ENTRY, found) for found in steps.values()]
    return {
        "lines": len(ids),
        "open_lines": sum(was.state == "open" for was in stand),
        "incidents": int(one.execute(_MANY, {**given, "kind": INCIDENT.kind}).scalar_one()),
    }


def day_key(day: date) -> str:
    """The key of the end of a day's working duty."""
    return f"{PATROLLED}:{day.isoformat()}"
