"""The day's repair records, as the supervisor checks and signs them (BX-3.3).

A check reaches from where the one before it ended up to its own signature, at most to midnight. It
goes by when a record was written down, so that what was entered late is looked through as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.steps import load_steps
from wuye_tui.registers.unfiled import situations
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.daychecks import DAYCHECK, LEAVES
from wuye_tui.rules.filing import missing
from wuye_tui.rules.folding import Situation, fold
from wuye_tui.rules.lifecycle import NEW, Facts, Lack
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Firing, Matter, Private, StepRow

ONE_DAY = timedelta(days=1)
NAMED = 50  # numbers of badly filled records that a signature names
_matter, _step, _private, _firing = (
    table_of(kind).c for kind in (Matter, StepRow, Private, Firing)
)
_WRITTEN = and_(
    _step.site == bindparam("site"),
    _step.recorded > bindparam("since"),
    _step.recorded <= bindparam("upto"),
    _step.frm == NEW,
    _matter.kind == REPAIR.kind,
)
_JOINED = table_of(StepRow).join(
    table_of(Matter), and_(_matter.site == _step.site, _matter.id == _step.matter)
)
_RECORDS = (
    select(
        *(_matter[name] for name in ("id", "kind", "number", "unit", "place", "worker")),
        _private.words,
        _step.recorded,
    )
    .select_from(
        _JOINED.outerjoin(
            table_of(Private),
            and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
        )
    )
    .where(_WRITTEN)
    .order_by(_step.recorded, _matter.id)
)
_FIRST = select(func.min(_step.recorded)).select_from(_JOINED).where(_WRITTEN)
_CHECKS = (
    select(_matter.id, _matter.number, _matter.state, _firing.key)
    .join_from(
        table_of(Firing),
        table_of(Matter),
        and_(_matter.site == _firing.site, _matter.id == _firing.matter),
    )
    .where(_firing.site == bindparam("site"))
)
_OF_DAY = _CHECKS.where(_firing.key == bindparam("key"))
_OPEN = _CHECKS.where(
    _firing.key >= bindparam("least"), _firing.key < bindparam("most"), _matter.state == "open"
).order_by(_firing.key)
_BEFORE = (
    _CHECKS.where(
        _firing.key >= bindparam("least"), _firing.key < bindparam("key"), _matter.state == "signed"
    )
    .order_by(_firing.key.desc())
    .limit(1)
)


@dataclass(frozen=True)
class DayRecord:
    """A repair record of the day, and what looks badly filled in."""

    number: str
    state_word: str
    where: str
    words: str
    worker: str
    recorded: datetime
    lacks: tuple[Lack, ...]

    def as_dict(self) -> dict[str, Any]:
        """The record as `wuye supervisor show --json` prints it; keys only ever grow."""
        return {
            "number": self.number,
            "unit": self.where,
            "worker": self.worker,
            "recorded_at": self.recorded,
            "lacks": [lack.as_dict() for lack in self.lacks],
        }


@dataclass(frozen=True)
class DayCheck:
    """The records of a day; `number` is empty while its check is not open, `signed` until it is."""

    day: date
    since: datetime
    upto: datetime
    records: tuple[DayRecord, ...]
    number: str = ""
    signed: datetime | None = None
    signer: str = ""
    note: str = ""

    @property
    def lacking(self) -> list[DayRecord]:
        """Those that are not filled in as they should be."""
        return [one for one in self.records if one.lacks]


def key_of(day: date) -> str:
    """What the clockwork calls the check of a day."""
    return f"{DAYCHECK.kind}:{day.isoformat()}"


def check_of(desk: Desk, day: date) -> DayCheck:
    """The check of a day as it stands."""
    with desk.read() as session:
        found = _found(session, desk.site, day)
        was = _situation(session, desk.site, found) if found else Situation()
        since, upto = _window(session, desk.site, desk.calendar, day, desk.now(), was.facts)
        names = staff_names(session, desk.site)
        records = _records(session, desk.site, since, upto, names)
    signer = str(was.facts.get("signed_supervisor", ""))
    return DayCheck(
        day,
        since,
        upto,
        tuple(records),
        found.number if found else "",
        was.closed,
        names.get(signer, signer),
        str(was.facts.get("note", "")),
    )


def number_of(session: Session, site: str, day: date) -> str:
    """The number of a day's check, empty while there is none."""
    found = _found(session, site, day)
    return str(found.number) if found else ""


def open_days(session: Session, site: str) -> list[date]:
    """The days whose check is not signed, the oldest first."""
    given = {"site": site, "least": f"{DAYCHECK.kind}:", "most": f"{DAYCHECK.kind};"}
    rows = session.connection().execute(_OPEN, given).all()
    return [date.fromisoformat(row.key.partition(":")[2]) for row in rows]


def first_of(
    session: Session, site: str, calendar: WorkingCalendar, day: date, now: datetime
) -> datetime | None:
    """When the first record was written down that a day's check would be about."""
    since, upto = _window(session, site, calendar, day, now, {})
    given = {"site": site, "since": since, "upto": upto}
    first: datetime | None = session.execute(_FIRST, given).scalar_one()
    return first


def count(act: Act, facts: Facts) -> Facts:
    """How many records a day's check is about, from when to when, and which lack something."""
    day = date.fromisoformat(str(facts["day"]))
    since, upto = _window(act.session, act.site, act.calendar, day, act.now, {})
    records = _records(act.session, act.site, since, upto, {})
    lacking = [one.number for one in records if one.lacks]
    return {
        "records": len(records),
        "lacking": len(lacking),
        "lacking_numbers": lacking[:NAMED],
        "since": since.isoformat(),
        "upto": upto.isoformat(),
    }


def _found(session: Session, site: str, day: date) -> Any:
    given = {"site": site, "key": key_of(day)}
    return session.connection().execute(_OF_DAY, given).one_or_none()


def _situation(session: Session, site: str, found: Any) -> Situation:
    return fold(DAYCHECK, load_steps(session, site, found.id))


def _window(
    session: Session, site: str, calendar: WorkingCalendar, day: date, now: datetime, facts: Facts
) -> tuple[datetime, datetime]:
    if "upto" in facts:  # as it was signed
        since, upto = (datetime.fromisoformat(str(facts[name])) for name in ("since", "upto"))
        return since, upto
    given = {"site": site, "key": key_of(day), "least": f"{DAYCHECK.kind}:"}
    before = session.connection().execute(_BEFORE, given).one_or_none()
    since = calendar.moment(day - ONE_DAY, LEAVES)
    if before is not None:
        since = datetime.fromisoformat(str(_situation(session, site, before).facts["upto"]))
    return since, min(now, calendar.moment(day + ONE_DAY, time.min))


def _records(
    session: Session, site: str, since: datetime, upto: datetime, names: dict[str, str]
) -> list[DayRecord]:
    given = {"site": site, "since": since, "upto": upto}
    rows: Sequence[Any] = session.connection().execute(_RECORDS, given).all()
    found = []
    for row, was in zip(rows, situations(session, site, rows), strict=True):
        found.append(
            DayRecord(
                row.number,
                REPAIR.state_word(was.state),
                row.unit or row.place or "",
                row.words or "",
                names.get(row.worker, row.worker),
                row.recorded,
                tuple(missing(REPAIR, was, daily=True)),
            )
        )
    return found
