"""The night duty record 夜班值班记录 (KF-7): every call with what became of it, every job, the cash
that was taken at doors, and when the desk was left, from what was written down anyway.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.contact_rows import ContactRow
from wuye_tui.registers.held_cash import Held, cash_held
from wuye_tui.registers.queue import staff_names
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.rights import Hat
from wuye_tui.store.tables import Absence, Duty, Matter, Private, StepRow
from wuye_tui.words import _

ONE_DAY: Final = timedelta(days=1)
MOST: Final = 1000  # calls of one duty
_TAKES: Final = ("take", "dispatch_now")


class NoNight(NotFound):
    """No night has been held at the desk then."""

    def __init__(self) -> None:
        super().__init__(_("那时没有人值过夜班，没有夜班记录；日期写夜班开始的那一天。"))


@dataclass
class Job:
    """A repair that the night worked on: when it was taken, reached and done, and how it stands."""

    number: str
    where: str
    words: str
    state: str  # the form's word, untranslated
    taken: datetime | None = None
    arrived: datetime | None = None
    finished: datetime | None = None


@dataclass(frozen=True)
class Out:
    """The desk left: since when until when, for which slip, and where the telephone rang."""

    since: datetime
    until: datetime | None
    phone: str
    matter: str


@dataclass(frozen=True)
class NightRecord:
    """One duty of the desk as it went. Telephones are masked."""

    duty: str
    word: str
    staff: str
    name: str
    since: datetime
    until: datetime | None
    calls: Sequence[ContactRow] = ()
    jobs: Sequence[Job] = ()
    outs: Sequence[Out] = ()
    held: Sequence[Held] = field(default=())

    @property
    def left(self) -> list[ContactRow]:
        """What the morning has to take up (KF-8), oldest first."""
        return [row for row in reversed(self.calls) if row.is_left]


def record(desk: Desk, day: date | None = None) -> NightRecord:
    """The record of the night that began on a day; of the night that runs, or the last one, where
    none is given. Raises NoNight.
    """
    nights = {
        one.name: one.word
        for one in desk.reference.duties
        if one.post == DESK_POST and Hat.NIGHT in one.lends
    }
    asked = select(Duty).where(
        col(Duty.site) == desk.site, col(Duty.post) == DESK_POST, col(Duty.name).in_(list(nights))
    )
    if day:
        noon = desk.calendar.moment(day, time(12))
        asked = asked.where(col(Duty.started) >= noon, col(Duty.started) < noon + ONE_DAY)
    with desk.read() as session:
        found = session.execute(asked.order_by(col(Duty.started).desc()).limit(1)).scalar()
        if found is None:
            raise NoNight
        until = found.ended or desk.now()
        names = staff_names(session, desk.site)
        jobs = _jobs(session, desk.site, found.id, found.started, until)
        outs = _outs(session, desk.site, found.id)
        held = cash_held(session, desk.site, until, names)
    calls = contacts.listed(desk, found.started, found.ended, MOST)
    return NightRecord(
        duty=found.id,
        word=nights[found.name],
        staff=found.staff,
        name=names.get(found.staff, found.staff),
        since=found.started,
        until=found.ended,
        calls=[row for row in calls if not row.is_withdrawn],
        jobs=jobs,
        outs=outs,
        held=held,
    )


def _jobs(session: Session, site: str, duty: str, since: datetime, until: datetime) -> list[Job]:
    rows = session.execute(
        select(
            col(StepRow.verb), col(StepRow.happened), col(Matter.number), col(Matter.unit),
            col(Matter.place), col(Matter.state), col(Private.words),
        )
        .join(Matter, and_(col(Matter.site) == StepRow.site, col(Matter.id) == StepRow.matter))
        .outerjoin(
            Private,
            and_(
                col(Private.site) == col(Matter.site),
                col(Private.owner) == col(Matter.id),
                col(Private.n) == 0,
            ),
        )
        .where(
            col(StepRow.site) == site,
            col(StepRow.recorded) >= since,
            col(StepRow.recorded) <= until,
            col(StepRow.duty) == duty,
            col(Matter.kind) == "repair",
            col(StepRow.verb).in_((*_TAKES, "arrive", "finish")),
        )
        .order_by(col(StepRow.happened), col(StepRow.n))
    ).all()  # fmt: skip
    found: dict[str, Job] = {}
    for row in rows:
        job = found.setdefault(
            row.number,
            Job(
                row.number,
                row.unit or row.place,
                row.words or "",
                procedure("repair").state_word(row.state),
            ),
        )
        name = "taken" if row.verb in _TAKES else "arrived" if row.verb == "arrive" else "finished"
        setattr(job, name, row.happened)
    return list(found.values())


def _outs(session: Session, site: str, duty: str) -> list[Out]:
    rows = session.execute(
        select(Absence)
        .where(col(Absence.site) == site, col(Absence.duty) == duty)
        .order_by(col(Absence.started))
    ).scalars()
    return [Out(one.started, one.ended, one.phone, one.matter) for one in rows]
