"""What comes round by itself: the check of the day (BX-3.3), the file of the week (XX-4.3.8), the
reading of the duty manager's log (ZB-3.7), and a line in it where the day's patrol fell short.

Each is a matter that the clockwork opens once, where there is anything to look through. A firing,
whose key names the day or the week, says that it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.reference import BadReference
from wuye_tui.registers import day_records, log_weeks, matters, patrols, records, unfiled
from wuye_tui.registers.source import Source
from wuye_tui.rules import daychecks, readings, weekfiles
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.readings import READING
from wuye_tui.rules.weekfiles import WEEKFILE
from wuye_tui.rules.weeks import days_of, week_of
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Firing, Office
from wuye_tui.words import _, clauses

OPENED = "opened"
ONE_DAY = timedelta(days=1)
_BACK = 7  # days that are made up for when no program was running
_firing, _office = table_of(Firing).c, table_of(Office).c
# All that are of one kind: `daycheck:` and whatever follows it.
_LAST = select(func.max(_firing.key)).where(
    _firing.site == bindparam("site"),
    _firing.key >= bindparam("least"),
    _firing.key < bindparam("most"),
)
_ONE_AT_A_TIME = select(_office.site).where(_office.site == bindparam("site")).with_for_update()


@dataclass(frozen=True)
class Opening:
    """A matter that is to be opened: of which kind, under which key, since when, about what.

    Without a kind nothing is opened, and the firing alone says that it was looked at.
    """

    kind: str
    key: str
    happened: datetime
    given: dict[str, Any]
    verb: str = "register"


def due(session: Session, desk: Desk, now: datetime) -> list[Opening]:
    """What is to be opened by now and is not open yet."""
    site, calendar = desk.site, desk.calendar
    return [
        *_checks(session, site, calendar, now),
        *_files(session, site, calendar, now),
        *_readings(session, site, calendar, now),
        *_patrolled_if_planned(session, desk, now),
    ]


def open_all(desk: Desk, openings: list[Opening]) -> list[str]:
    """Opens them, each in an act of the clockwork; returns the numbers of those that are new."""
    numbers = []
    for one in openings:
        done = desk.perform("tick.open", partial(open_one, one=one), system=True)
        numbers += [str(done["number"])] if done else []
    return numbers


def open_one(act: Act, one: Opening) -> Result:
    """Opens a matter that comes round; nothing where somebody was quicker."""
    act.session.execute(_ONE_AT_A_TIME, {"site": act.site})
    if act.session.get(Firing, (act.site, one.key)) is not None:
        return {}
    result: Result = {}
    if one.kind:
        result = matters.start(
            act, one.kind, one.verb, happened=one.happened, origin="routine", auto=True, **one.given
        )
    act.append(
        Firing(
            site=act.site,
            key=one.key,
            act=act.key,
            at=act.now,
            matter=records.identity(act, str(result["number"])) if result else "",
            what=OPENED,
        )
    )
    return result


def check_opening(day: date, happened: datetime) -> Opening:
    """The check of a day."""
    title = _("{day} 报修记录检查").format(day=day.isoformat())
    given = {"day": day.isoformat(), "text": title}
    return Opening(DAYCHECK.kind, day_records.key_of(day), happened, given)


def file_key(week: str) -> str:
    """What the clockwork calls the file of a week."""
    return f"{WEEKFILE.kind}:{week}"


def _checks(
    session: Session, site: str, calendar: WorkingCalendar, now: datetime
) -> Iterator[Opening]:
    """From the day after the last check on; the first one ever is today's."""
    today, last = calendar.day_of(now), _last(session, site, DAYCHECK.kind)
    first = max(date.fromisoformat(last) + ONE_DAY, today - _BACK * ONE_DAY) if last else today
    for n in range((today - first).days + 1):
        day = first + n * ONE_DAY
        noon = calendar.moment(day, daychecks.OPENS)
        if now < noon:
            continue
        begun = day_records.first_of(session, site, calendar, day, now)
        if begun is not None:
            yield check_opening(day, max(noon, begun))


def _files(
    session: Session, site: str, calendar: WorkingCalendar, now: datetime
) -> Iterator[Opening]:
    """From the week after the last file on; the first one ever is this week's."""
    today, last = calendar.day_of(now), _last(session, site, WEEKFILE.kind)
    first = max(days_of(last)[0] + 7 * ONE_DAY, today - _BACK * ONE_DAY) if last else today
    while first <= today:
        monday, sunday = days_of(week_of(first))
        friday = calendar.moment(monday + weekfiles.FRIDAY * ONE_DAY, weekfiles.OPENS)
        over = calendar.moment(sunday + ONE_DAY)
        if now >= friday and unfiled.any_before(session, site, over):
            title = _("{week} 记录归档，{monday} 至 {sunday}").format(
                week=week_of(monday), monday=f"{monday:%m-%d}", sunday=f"{sunday:%m-%d}"
            )
            given = {"week": week_of(monday), "text": title}
            yield Opening(WEEKFILE.kind, file_key(week_of(monday)), friday, given)
        first = monday + 7 * ONE_DAY


def _readings(
    session: Session, site: str, calendar: WorkingCalendar, now: datetime
) -> Iterator[Opening]:
    """From the week after the last reading on; the first one ever is last week's."""
    today, last = calendar.day_of(now), _last(session, site, READING.kind)
    first = today - 7 * ONE_DAY
    monday = max(days_of(last)[0] + 7 * ONE_DAY, first) if last else first
    monday -= monday.weekday() * ONE_DAY
    while monday + 7 * ONE_DAY <= today:
        opens = calendar.moment(monday + 7 * ONE_DAY, readings.OPENS)
        since, until = (calendar.moment(day) for day in (monday, monday + 7 * ONE_DAY))
        if now >= opens and log_weeks.any_lines(session, site, since, until):
            title = _("{week} 值班日志，{monday} 至 {sunday}").format(
                week=week_of(monday),
                monday=f"{monday:%m-%d}",
                sunday=f"{monday + 6 * ONE_DAY:%m-%d}",
            )
            key = f"{READING.kind}:{week_of(monday)}"
            yield Opening(READING.kind, key, opens, {"week": week_of(monday), "text": title})
        monday += 7 * ONE_DAY


def _patrolled_if_planned(session: Session, desk: Desk, now: datetime) -> list[Opening]:
    """The same, and nothing while the office's own table of patrols cannot be used: what else comes
    round has to come round all the same, and `wuye config check` tells the fault.
    """
    try:
        return list(_patrolled(session, desk, now))
    except BadReference:
        return []


def _patrolled(session: Session, desk: Desk, now: datetime) -> Iterator[Opening]:
    """At the end of each working duty that a duty manager held: a line in the log where its patrol
    fell short, or else nothing but that it was looked at.
    """
    today, last = desk.calendar.day_of(now), _last(session, desk.site, log_weeks.PATROLLED)
    first = max(date.fromisoformat(last) + ONE_DAY, today - _BACK * ONE_DAY) if last else today
    source = Source.of(desk)
    for n in range((today - first).days + 1):
        day = first + n * ONE_DAY
        _begins, ends = patrols.working_duty(desk.reference, desk.calendar, day)
        if now < ends or not patrols.managers(session, desk, day):
            continue
        lacks, key = patrols.day_in(session, source, day).lacks(), log_weeks.day_key(day)
        if lacks:
            told = {"text": clauses(lacks), "day": day.isoformat()}
            yield Opening(ENTRY.kind, key, ends, told, "fall_short")
        else:
            yield Opening("", key, ends, {})


def _last(session: Session, site: str, kind: str) -> str:
    """The day or week of the last of a kind; empty where there was none."""
    given = {"site": site, "least": f"{kind}:", "most": f"{kind};"}
    last = session.connection().execute(_LAST, given).scalar_one()
    return str(last).partition(":")[2] if last else ""
