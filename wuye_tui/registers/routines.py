"""What comes round by itself: the check of the day (BX-3.3) and the file of the week (XX-4.3.8).

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
from wuye_tui.registers import day_records, matters, records, unfiled
from wuye_tui.rules import daychecks, weekfiles
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.weekfiles import WEEKFILE
from wuye_tui.rules.weeks import days_of, week_of
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Firing, Office
from wuye_tui.words import _

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
    """A matter that is to be opened: of which kind, under which key, since when, about what."""

    kind: str
    key: str
    happened: datetime
    given: dict[str, Any]


def due(session: Session, site: str, calendar: WorkingCalendar, now: datetime) -> list[Opening]:
    """What is to be opened by now and is not open yet."""
    return [*_checks(session, site, calendar, now), *_files(session, site, calendar, now)]


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
    result = matters.start(
        act, one.kind, happened=one.happened, origin="routine", auto=True, **one.given
    )
    act.append(
        Firing(
            site=act.site,
            key=one.key,
            act=act.key,
            at=act.now,
            matter=records.identity(act, str(result["number"])),
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


def _last(session: Session, site: str, kind: str) -> str:
    """The day or week of the last of a kind; empty where there was none."""
    given = {"site": site, "least": f"{kind}:", "most": f"{kind};"}
    last = session.connection().execute(_LAST, given).scalar_one()
    return str(last).partition(":")[2] if last else ""
