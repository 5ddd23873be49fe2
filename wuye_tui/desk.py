"""`open_desk`: the one place that opens the database, knows the time, and knows who acts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from wuye_tui.reference import Reference
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.clock import Clock, MovedClock, StoppedClock, SystemClock, parse_moment
from wuye_tui.rules.errors import DeskError, Forbidden, NotFound, Refused, StoreError
from wuye_tui.rules.rights import SYSTEM, Actor, Right, hats
from wuye_tui.settings import Settings
from wuye_tui.store import engine as store
from wuye_tui.store.acts import Act, Repeated, Result, new_key
from wuye_tui.store.faults import (
    DatabaseCrossed,
    DatabaseDamaged,
    DatabaseFailed,
    DatabaseFull,
    DatabaseMissing,
)
from wuye_tui.store.home import home
from wuye_tui.store.rows import table_of
from wuye_tui.store.shelf import with_way_back
from wuye_tui.store.tables import Audit, Duty, Office, Staff
from wuye_tui.store.upgrade import ensure_current
from wuye_tui.words import _

__all__ = ["DESK_POST", "Act", "Desk", "Identity", "Result", "new_key", "open_desk"]

DESK_POST = "desk"
LONGEST_NUMBER = 80  # characters of a staff number that somebody says is theirs
RETRIES = 3  # of an act that crossed another's locks: of several one wins each time

# What every act asks before it begins.
_audit, _staff, _duty = (table_of(kind).c for kind in (Audit, Staff, Duty))
_FIRST = select(_audit.result).where(
    _audit.site == bindparam("site"), _audit.key == bindparam("key")
)
_PERSON = select(_staff.name, _staff.hats, _staff.active).where(
    _staff.site == bindparam("site"), _staff.number == bindparam("number")
)
_OPEN_DUTIES = select(_duty.id, _duty.post, _duty.name, _duty.staff).where(
    _duty.site == bindparam("site"), _duty.ended.is_(None)
)
_HELD_DUTIES = _OPEN_DUTIES.with_for_update(read=True)
_CHANGED_DUTIES = _OPEN_DUTIES.with_for_update()


class NotTraining(Refused):
    """The clock of a real office cannot be set."""

    def __init__(self) -> None:
        super().__init__(_("只有演练库才能设定时间，请去掉 --now。"))


class NobodyActs(Refused):
    """Nobody said who acts."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__(_("没有写明由谁操作，请加 --as 工号（或设 WUYE_STAFF）。"))


class NoLongerHere(Forbidden):
    """Whoever acts is not on the active staff any more."""

    def __init__(self, number: str) -> None:
        super().__init__(_("工号 {number} 不在册或已停用，请换人登录。").format(number=number))


class NoOffice(NotFound):
    """The database holds no office yet."""

    def __init__(self) -> None:
        super().__init__(_("还没有建立物业服务中心，请先运行 wuye init 或 wuye demo。"))


@dataclass(frozen=True)
class Identity:
    """Which office this is."""

    site: str
    name: str
    training: bool


@dataclass(frozen=True)
class Desk:
    """An open desk: reads, acts, and the time. Cheap to copy for another person."""

    settings: Settings
    engine: Engine
    office: Identity
    reference: Reference
    clock: Clock
    staff: str = ""
    _lends: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)

    @property
    def site(self) -> str:
        """The key that every query carries."""
        return self.office.site

    @property
    def calendar(self) -> WorkingCalendar:
        """Working days and opening hours."""
        return self.reference.calendar

    @property
    def zone(self) -> tzinfo:
        """The office's zone."""
        return self.calendar.zone

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self.clock.now()

    def as_staff(self, number: str) -> "Desk":
        """The same desk with another person at it."""
        return replace(self, staff=number)

    def at(self, clock: Clock) -> "Desk":
        """The same training desk on another clock. NotTraining on a real one."""
        if not self.office.training:
            raise NotTraining
        return replace(self, clock=clock)

    def read(self) -> AbstractContextManager[Session]:
        """A short session for questions."""
        return store.read(self.engine)

    @contextmanager
    def act(
        self, what: str, key: str = "", system: bool = False, relieving: bool = False
    ) -> Iterator[Act]:
        """One act: everything in it is saved at its end, or nothing.

        `key` is the caller's own, kept before saving. `relieving`: it begins or ends a duty, and
        has it to itself from its first question on. Raises Repeated when an act with it was
        saved before, DeskError when something is refused, StoreError when it cannot be saved.
        """
        chosen = key or new_key()
        with store.write(self.engine) as session:
            connection = session.connection()
            ensure_current(connection)  # somebody may have upgraded it meanwhile
            if key:
                self._refuse_repeat(connection, key)
            open_ = () if system and not relieving else self._held(connection, relieving)
            by, duty = (SYSTEM, "") if system else self._who(connection, open_)
            act = Act(
                session=session,
                site=self.site,
                key=chosen,
                what=what,
                now=self.now(),
                by=by,
                duty=duty,
                calendar=self.calendar,
                lent=self._lent(open_),
                reference=self.reference,
            )
            yield act
            act.close()

    def _held(self, connection: Connection, relieving: bool) -> Sequence[Any]:
        """The open duties, kept from ending until the act ends.

        Whoever waited for one that was handed over meanwhile finds it gone, and on PostgreSQL does
        not see yet the one that began with the same act: asked again, they do.
        """
        asked, site = _CHANGED_DUTIES if relieving else _HELD_DUTIES, {"site": self.site}
        found = connection.execute(asked, site).all()
        if connection.dialect.name == "sqlite":
            return found
        held = {duty.post for duty in found}
        if DESK_POST in held and any(duty.staff == self.staff for duty in found):
            return found
        return connection.execute(asked, site).all()

    def perform(
        self,
        what: str,
        work: Callable[[Act], Result],
        key: str = "",
        system: bool = False,
        relieving: bool = False,
    ) -> Result:
        """Runs `work` as one act and returns its result; a repeat returns the first result.

        `work` runs a second time where the first was undone because two waited for each other.
        What whoever acts had no right to is written down.
        """
        try:
            for _try in range(RETRIES):
                with suppress(DatabaseCrossed):
                    return self._perform(what, work, key, system, relieving)
            return self._perform(what, work, key, system, relieving)
        except DeskError as error:
            for refusal in (error, error.__cause__):  # several together name the one refused
                if isinstance(refusal, Forbidden):
                    self.note(refusal, what)
            raise

    def note(self, refusal: Forbidden, what: str = "") -> None:
        """Writes a refusal for want of a right into the audit, once. A database that cannot be
        written makes it no less of a refusal.
        """
        if refusal.noted or not self.staff:
            return
        refusal.noted = True
        said = {"staff": self.staff[:LONGEST_NUMBER], "what": what or type(refusal).__name__}
        with suppress(StoreError):
            self._perform("right refused", lambda _act: said, "", system=True, relieving=False)

    def _perform(
        self, what: str, work: Callable[[Act], Result], key: str, system: bool, relieving: bool
    ) -> Result:
        began: Act | None = None
        is_done = False
        try:
            with self.act(what, key, system, relieving) as act:
                began = act
                act.result = work(act)
                is_done = True
                return act.result
        except Repeated as repeat:
            return repeat.result
        except (DatabaseFailed, DatabaseFull):
            # A disk may fail in the last step of a commit, after everything is in its place.
            found = self._saved(began.key) if began else None
            if found is None:
                raise
            store.confirm(self.engine)
            return found
        except StoreError as error:
            if not (error.is_cut and began and is_done):
                raise
            # The commit may have arrived and its answer got lost: the server knows, if it is there.
            found = self._saved(began.key)
            if found is None:
                error.unsure = began.key
                raise
            return found
        except (IntegrityError, DeskError):
            # Two desks with one key at the same moment: perhaps the other was first.
            with self.read() as session:
                first = self._first(session.connection(), key) if key else None
            if first is None:
                raise
            return first

    def _saved(self, key: str) -> Result | None:
        """What an act with this key has saved; None where the database does not say."""
        with suppress(StoreError), self.read() as session:
            return self._first(session.connection(), key)
        return None

    def actor(self) -> Actor:
        """Who acts now, with the hats of their post and of a running duty."""
        with self.read() as session:
            return actor(session, self, self.staff)

    def _refuse_repeat(self, connection: Connection, key: str) -> None:
        first = self._first(connection, key)
        if first is not None:
            raise Repeated(first)

    def _first(self, connection: Connection, key: str) -> Result | None:
        line = connection.execute(_FIRST, {"site": self.site, "key": key}).one_or_none()
        return None if line is None else line.result

    def _who(self, connection: Connection, open_: Sequence[Any]) -> tuple[Actor, str]:
        """Who acts, and the duty it belongs to: their own, or else whoever holds the desk.

        The open duties are kept from ending until the act ends.
        """
        own = [duty.id for duty in open_ if duty.staff == self.staff]
        desk = [duty.id for duty in open_ if duty.post == DESK_POST]
        return _actor(connection, self, self.staff, open_), str((own or desk or [""])[0])

    def _lent(self, open_: Sequence[Any]) -> dict[str, tuple[str, ...]]:
        lent: dict[str, tuple[str, ...]] = {}
        for duty in open_:
            lent[duty.staff] = lent.get(duty.staff, ()) + self.lends(duty.post, duty.name)
        return lent

    def lends(self, post: str, name: str) -> tuple[str, ...]:
        """The hats that a duty lends to whoever holds it."""
        if not self._lends:
            self._lends.update({(p.post, p.name): p.lends for p in self.reference.duties})
        return self._lends.get((post, name), ())


def actor(session: Session, desk: Desk, number: str) -> Actor:
    """A member of the active staff with their hats. NoLongerHere for anybody else."""
    connection = session.connection()
    open_ = connection.execute(_OPEN_DUTIES, {"site": desk.site}).all()
    return _actor(connection, desk, number, open_)


def _actor(connection: Connection, desk: Desk, number: str, open_: Sequence[Any]) -> Actor:
    if not number:
        raise NobodyActs
    person = connection.execute(_PERSON, {"site": desk.site, "number": number}).one_or_none()
    if person is None or not person.active:
        raise NoLongerHere(number)
    lent = desk._lent(open_).get(number, ())
    return Actor(number, person.name, hats([*person.hats, *lent]))


def open_desk(settings: Settings, clock: Clock | None = None) -> Desk:
    """Opens the office's database: checks its version, and whose it is.

    Raises StoreError for a database that cannot be used, with the way back where a backup is the
    way, NoOffice for an empty one, NotTraining for a `now` on a real one.
    """
    try:
        return _open(settings, clock)
    except (DatabaseDamaged, DatabaseMissing) as error:
        raise with_way_back(settings, error) from error.__cause__


def _open(settings: Settings, clock: Clock | None) -> Desk:
    engine = store.open_engine(settings.database_url)
    ensure_current(engine)
    try:
        with store.read(engine) as session:
            found = session.execute(select(Office.__table__)).first()  # type: ignore[attr-defined]
    except (DBAPIError, ValueError) as error:  # of the right version, yet unreadable
        raise DatabaseDamaged(home(engine).place) from error
    if found is None:
        raise NoOffice
    office = Identity(found.site, found.name, found.training)
    reference = Reference(settings.home)
    return Desk(
        settings=settings,
        engine=engine,
        office=office,
        reference=reference,
        clock=clock or _clock(settings, office, reference.calendar.zone),
        staff=settings.staff,
    )


def _clock(settings: Settings, office: Identity, zone: tzinfo) -> Clock:
    if not settings.now:
        return SystemClock()
    if not office.training:
        raise NotTraining
    return StoppedClock(parse_moment(settings.now, zone))


def running_clock(desk: Desk) -> Desk:
    """For the console: a given `now` runs on from there instead of standing still."""
    if isinstance(desk.clock, StoppedClock):
        return replace(desk, clock=MovedClock.starting_at(desk.clock.now()))
    return desk


def may(desk: Desk, right: Right) -> bool:
    """Whether whoever acts has a right."""
    return desk.actor().may(right)
