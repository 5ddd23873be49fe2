"""What a roster is drawn up from and checked against (KF-5, ZB-3.6): who there is, who is away and
what they would like, what was published, and what everybody had in the months before.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.reference import Reference
from wuye_tui.registers.roster_rows import cells_of, latest
from wuye_tui.registers.rosters_had import busy, near, past, quarter
from wuye_tui.registers.source import Source
from wuye_tui.registers.staff import DEPARTMENT_WORDS
from wuye_tui.rules.calendar import ONE_DAY, WorkingCalendar
from wuye_tui.rules.holidays import holidays_of, working_of
from wuye_tui.rules.months import Month
from wuye_tui.rules.roster_refusals import FixedUnknown, NobodyToPlan, UnknownKind
from wuye_tui.rules.rosters import Asked, Cell, Leave, Person, RosterKind, Wish
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit, LeaveRow, Office, RosterWish, Staff

SETTLED: Final = timedelta(days=60)
"""Whoever is written down so soon after the office is no newcomer: the office is."""
_APART: Final = re.compile(r"[、,，;；/\s]+")
_staff, _leave, _wish, _audit, _office = (
    table_of(kind).c for kind in (Staff, LeaveRow, RosterWish, Audit, Office)
)
_EVERYBODY = (
    select(
        *(_staff[name] for name in ("number", "name", "department", "post", "level", "hats")),
        *(_staff.qualifications, _staff.active),
    )
    .where(_staff.site == bindparam("site"))
    .order_by(_staff.number)
)
_AWAY = (
    select(_leave.staff, _leave.begins, _leave.ends)
    .where(
        _leave.site == bindparam("site"),
        _leave.cancelled.is_(None),
        _leave.begins <= bindparam("last"),
        _leave.ends >= bindparam("first"),
    )
    .order_by(_leave.staff, _leave.begins)
)
_WISHES = (
    select(_wish.staff, _wish.day, _wish.shift, _wish.off, _wish.weight)
    .where(
        _wish.site == bindparam("site"),
        _wish.day >= bindparam("first"),
        _wish.day <= bindparam("last"),
    )
    .order_by(_wish.day, _wish.staff, _wish.shift)
)
_TAKEN_ON = select(_audit.at, _audit.result).where(
    _audit.site == bindparam("site"),
    _audit.what.in_(("staff.add", "staff.import")),
    _audit.at >= bindparam("since"),
)
_LEFT = (
    select(_audit.at, _audit.result)
    .where(
        _audit.site == bindparam("site"),
        _audit.what == "staff.leave",
        _audit.at >= bindparam("since"),
    )
    .order_by(_audit.at)
)
_FOUNDED = select(_office.created).where(_office.site == bindparam("site"))


def kind_named(reference: Reference, typed: str) -> RosterKind:
    """A kind by its code, `duty-manager` or `duty_manager`, or its word. Raises UnknownKind."""
    asked = typed.strip()
    code = asked.lower().replace("-", "_")
    if code in reference.rosters:
        return reference.rosters[code]
    for kind in reference.rosters.values():
        if kind.word == asked:
            return kind
    raise UnknownKind(typed, (one.replace("_", "-") for one in reference.rosters))


def asked(desk: Desk, kind: RosterKind, month: Month) -> Asked:
    """All that the roster of a month is drawn up from. Raises NobodyToPlan and FixedUnknown."""
    with desk.read() as session:
        return asked_in(session, Source.of(desk), kind, month)


def asked_in(session: Session, source: Source, kind: RosterKind, month: Month) -> Asked:
    """The same in a session, or inside an act."""
    calendar, site = source.reference.calendar, source.site
    first, last = month.last_day.replace(day=1), month.last_day
    version = latest(session, site, kind.code, month)
    published = cells_of(session, site, version.roster) if version else []
    yesterday = calendar.day_of(source.now) - ONE_DAY
    people = _people(session, source, kind, month, published)
    numbers = {one.number for one in people}
    within = {"site": site, "first": first, "last": last}
    away = {**within, "last": last + ONE_DAY}  # of a leave from the next first on the eve counts
    connection = session.connection()
    return Asked(
        kind,
        month,
        people,
        [Leave(*row) for row in connection.execute(_AWAY, away) if row.staff in numbers],
        [_wished(row) for row in connection.execute(_WISHES, within) if _is_of(row, kind, numbers)],
        holidays_of(calendar, month),
        working_of(calendar, month),
        near(session, site, kind.code, month.before),
        near(session, site, kind.code, month.later(1)),
        past(session, source, kind, month),
        published,
        min(yesterday, last) if published and yesterday >= first else None,
        sum(len(working_of(calendar, one)) for one in quarter(month)),
        busy(session, source, kind, month, numbers),
    )


def everybody(desk: Desk) -> list[Person]:
    """The whole active staff, as a roster sees them: who else might be asked."""
    with desk.read() as session:
        rows = session.connection().execute(_EVERYBODY, {"site": desk.site}).all()
    return [_person(row) for row in rows if row.active]


def left(desk: Desk, kind: RosterKind, month: Month) -> list[Person]:
    """Who has left and was still there in a month: who did so in it or later, and whoever has a
    shift of the kind in the version in force.
    """
    since = desk.calendar.moment(month.last_day.replace(day=1))
    with desk.read() as session:
        connection = session.connection()
        rows = connection.execute(_EVERYBODY, {"site": desk.site}).all()
        gone = connection.execute(_LEFT, {"site": desk.site, "since": since})
        until = {str(row.result["number"]): desk.calendar.day_of(row.at) for row in gone}
        planned = {cell.staff for cell in near(session, desk.site, kind.code, month)}
    return [
        _person(row, None, until.get(row.number))
        for row in rows
        if not row.active and row.number in until.keys() | planned
    ]


def unplanned(desk: Desk, kind: RosterKind) -> list[str]:
    """Whom the rules of a kind give fixed shifts and who is not to be planned by it: FixedUnknown
    would be raised for each.
    """
    with desk.read() as session:
        rows = session.connection().execute(_EVERYBODY, {"site": desk.site}).all()
    there = {row.number for row in rows if row.active and _may_be_in(row, kind)}
    return [one.staff for one in kind.fixed if one.staff not in there]


def others(desk: Desk, kind: RosterKind) -> list[Person]:
    """Who else of the staff might be asked: whoever has every certificate that some need of the
    kind asks for; where none asks for any, the rest of its people's departments.
    """
    wanted = [set(one.qualifications) for one in kind.needs if one.qualifications]
    with desk.read() as session:
        rows = session.connection().execute(_EVERYBODY, {"site": desk.site}).all()
    active = [row for row in rows if row.active]
    of = {row.department for row in active if _belongs(row, kind)}
    strangers = [row for row in active if not _belongs(row, kind)]
    if not wanted:
        return [_person(row) for row in strangers if row.department in of]
    return [one for one in map(_person, strangers) if any(one.qualifications >= w for w in wanted)]


def members(session: Session, site: str, kind: RosterKind) -> list[Any]:
    """The rows of the active staff that are the kind's own people."""
    rows = session.connection().execute(_EVERYBODY, {"site": site}).all()
    return [row for row in rows if row.active and _belongs(row, kind)]


def is_planned(session: Session, site: str, kind: RosterKind, staff: str) -> bool:
    """Whether somebody is of a kind's people, or may stand in there."""
    rows = session.connection().execute(_EVERYBODY, {"site": site}).all()
    return any(
        row.number == staff and (_belongs(row, kind) or row.post in kind.stand_in) for row in rows
    )


def _people(
    session: Session, source: Source, kind: RosterKind, month: Month, published: Iterable[Cell]
) -> list[Person]:
    """The kind's own, those who may stand in, and whoever has a shift of it already."""
    rows = session.connection().execute(_EVERYBODY, {"site": source.site}).all()
    planned = {cell.staff for cell in published}
    new = _newcomers(session, source, kind, month)
    found, own = list[Person](), False
    calendar = source.reference.calendar
    yesterday = calendar.day_of(source.now) - ONE_DAY
    begun = [
        one
        for one in published
        if one.day == yesterday + ONE_DAY and _begins(calendar, kind, one) <= source.now
    ]
    for row in rows:
        belongs = _belongs(row, kind)
        stands_in = not belongs and (_may_be_in(row, kind) or row.number in planned)
        if row.active and (belongs or stands_in):
            own = own or belongs
            found.append(_person(row, new.get(row.number), None, stands_in))
        elif row.number in planned:  # what they had stays theirs, what has begun today as well
            runs = any(one.staff == row.number for one in begun)
            found.append(_person(row, None, yesterday + ONE_DAY if runs else yesterday))
    if not own:
        raise NobodyToPlan(kind.word, kind.place)
    known = {one.number for one in found}
    for fixed in kind.fixed:
        if fixed.staff not in known:
            raise FixedUnknown(fixed.staff, kind.place)
    return found


def _begins(calendar: WorkingCalendar, kind: RosterKind, cell: Cell) -> datetime:
    """When a shift begins; the beginning of the day for one that the office has given up."""
    known = [one for one in kind.shifts if one.code == cell.shift]
    return calendar.moment(cell.day, known[0].starts if known else time())


def _belongs(row: Any, kind: RosterKind) -> bool:
    department = DEPARTMENT_WORDS.get(row.department, row.department)
    named = kind.departments or kind.posts or kind.hats
    return bool(
        {row.department, department} & set(kind.departments)
        or row.post in kind.posts
        or set(row.hats) & set(kind.hats)
        or (not named and kind.limits.level and "" < row.level <= kind.limits.level)
    )


def _may_be_in(row: Any, kind: RosterKind) -> bool:
    return _belongs(row, kind) or row.post in kind.stand_in


def _person(
    row: Any, since: date | None = None, until: date | None = None, stand_in: bool = False
) -> Person:
    has = frozenset(filter(None, _APART.split(row.qualifications)))
    return Person(row.number, row.name, has, row.level, since, until, stand_in)


def _newcomers(
    session: Session, source: Source, kind: RosterKind, month: Month
) -> Mapping[str, date]:
    """The first day of whoever is new in the month, as the kind's rules count it."""
    if not kind.partner_days:
        return {}
    calendar = source.reference.calendar
    begin = month.last_day.replace(day=1) - timedelta(days=kind.partner_days)
    since, connection = calendar.moment(begin), session.connection()
    founded = connection.execute(_FOUNDED, {"site": source.site}).scalar_one()
    asked = {"site": source.site, "since": max(since, founded + SETTLED)}
    found = dict[str, date]()
    for row in connection.execute(_TAKEN_ON, asked):
        numbers = row.result.get("taken_on", ()) or (row.result.get("number", ""),)
        found |= {str(number): calendar.day_of(row.at) for number in numbers}
    return found


def _is_of(row: Any, kind: RosterKind, numbers: set[str]) -> bool:
    return row.staff in numbers and row.shift in ("", *(one.code for one in kind.shifts))


def _wished(row: Any) -> Wish:
    return Wish(row.staff, row.day, row.shift, row.off, row.weight)
