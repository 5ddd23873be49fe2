"""A month of the training office, planned day by day up to the present.

Contacts: 45 to 65 on a weekday, a fifth more on Saturdays, by the hours of the day. The same seed
and the same present make the same office.
"""

from datetime import date, datetime, time, timedelta
from functools import partial

from wuye_tui.demo import (
    calls,
    complaints,
    dunning,
    duties,
    dutylog,
    events,
    money,
    repairs,
    routines,
)
from wuye_tui.demo.book import Now
from wuye_tui.demo.life import Life, Lives
from wuye_tui.registers import directory, hearing, proposals
from wuye_tui.rules.repair_facts import PAID

HOURS = (0.3,) * 7 + (2, 6, 8, 7, 4, 2, 2, 5, 5, 4, 5, 5, 4, 3, 2, 1, 0.3)
"""How many call in each hour of the day, of 65."""
WEEKDAY, SATURDAY, SUNDAY = (48, 61), (57, 73), (40, 55)
TRIED = ("电梯救援", "燃气抢修", "供水", "监控室", "门岗")
"""Numbers that somebody has tried this morning."""
_NOON, _AFTER, _NIGHT, _MORNING = time(12), time(13, 30), time(17, 30), time(8, 30)
_TRIED_A_DAY = (
    "供电", "供热", "水泵维保", "居委会", "派出所", "城管", "宽带", "消防维保", "垃圾清运",
)  # fmt: skip


def plan(life: Life, days: int) -> None:
    """Everything that will happen: duties, calls, storms and notices of each day, and at the end
    what is half done at the present.
    """
    today = life.end.astimezone(life.desk.zone).date()
    begins = life.now
    _start_duties(life)
    for ago in range(days or 1, -1, -1):
        day = today - timedelta(days=ago)
        _duties(life, day, begins)
        if days:
            _day(life, day, begins)
    if days:
        _brought(life, today, begins)
    for now in life.book.present:
        if days and not now.always:
            continue
        when = life.end - timedelta(minutes=now.before)
        life.begin(_half_done(life, now), when)
    for n, name in enumerate(TRIED):
        when = life.end - timedelta(minutes=100 - 6 * n)
        life.begin(_checks(life, name), when)


def _start_duties(life: Life) -> None:
    """Whoever has the desk when everything begins."""
    day = life.today if life.now.time() >= _MORNING else life.today - timedelta(days=1)
    now = life.now.time()
    if _MORNING <= now < _NIGHT:
        name = life.roster.noon(day) if _NOON <= now < _AFTER else life.roster.clerk(day)
        duties.first(life, name, night=False)
    else:
        duties.first(life, life.roster.night(day), night=True)
    by_day = _MORNING <= now < time(18)
    duties.first_manager(life, life.roster.manager(day, at_night=not by_day))


def _from(life: Life, begins: datetime, when: datetime, happening: Lives) -> None:
    if when >= begins:
        life.begin(happening, when)


def _duties(life: Life, day: date, begins: datetime) -> None:
    roster = life.roster
    clerk = roster.clerk(day)
    desk = (
        (_MORNING, clerk, False),
        (_NOON, roster.noon(day), False),
        (_AFTER, clerk, False),
        (_NIGHT, roster.night(day), True),
    )
    for moment, staff, night in desk:
        when = life.moment(day, moment)
        _handed(life, begins, when, duties.relieved(life, when, staff, night))
    for moment, at_night in ((_MORNING, False), (time(18), True)):
        when = life.moment(day, moment)
        staff = roster.manager(day, at_night=at_night)
        _handed(life, begins, when, duties.managed(life, when, staff))


def _handed(life: Life, begins: datetime, ends: datetime, happening: Lives) -> None:
    """Begins before the duty ends, or where everything does."""
    if ends >= begins:
        life.begin(happening, max(begins, ends - duties.BEFORE))


def _day(life: Life, day: date, begins: datetime) -> None:
    def at(moment: time, happening: Lives) -> None:
        _from(life, begins, life.moment(day, moment), happening)

    for hour in (9, 10, 11, 14, 15, 16, 20):
        at(time(hour, 1), _ticks(life))
    at(time(9, 40), _checks(life, _TRIED_A_DAY[day.toordinal() % len(_TRIED_A_DAY)]))
    if life.draw.random() < 0.7:
        at(time(life.draw.choice((10, 11, 14, 16)), 7), calls.missed(life))
    _calls(life, day, begins)
    routines.starts(life, day, begins)
    dutylog.starts(life, day, begins)
    money.starts(life, day, begins)
    dunning.starts(life, day, begins)


def _calls(life: Life, day: date, begins: datetime) -> None:
    """The calls of a day, at their hours."""
    least, most = (*(WEEKDAY,) * 5, SATURDAY, SUNDAY)[day.weekday()]
    for _call in range(life.draw.randint(least, most)):
        hour = life.draw.choices(range(24), HOURS)[0]
        second = life.draw.randrange(3600)
        kind = life.book.kind(life.draw)
        when = life.moment(day, time(hour)) + timedelta(seconds=second)
        _from(life, begins, when, calls.call(life, kind))


def _brought(life: Life, today: date, begins: datetime) -> None:
    """Storms, the lift, grave complaints and notices, where the month reaches back to them."""
    days = events.storms(today)
    happenings = (
        ("water", time(9, 41), events.water),
        ("rain", time(7, 40), events.rain),
        ("heating", time(8, 5), events.heating),
        ("trapped", time(15, 18), events.trapped),
    )
    for name, at, happening in happenings:
        _from(life, begins, life.moment(days[name], at), happening(life))
    for ago, at, words, level in complaints.PLANNED:
        when = life.moment(today - timedelta(days=ago), at)
        _from(life, begins, when, complaints.said(life, words, level))
    for row in life.book.notices:
        day = today - timedelta(days=row["ago"])
        when = life.moment(day, time()) + timedelta(hours=row["at"])
        until = (when + timedelta(hours=row["hours"])).replace(minute=0, second=0)
        _from(life, begins, when, events.notice(life, row, until))


def _ticks(life: Life) -> Lives:
    duties.tick(life)
    yield from ()


def _checks(life: Life, name: str) -> Lives:
    life.act("directory.check", partial(directory.check, name=name))
    yield from ()


def _half_done(life: Life, now: Now) -> Lives:
    """One of the matters that are half done at the present."""
    found = hearing.understand(life.desk, now.line)
    fault = life.book.faults["home"][0]
    result = life.act("call.line", partial(proposals.accept, proposal=found))
    number = str(result["number"])
    job = calls.job_of(life, found, fault, number, found.understood.words)
    job.late, job.twice, job.refused, job.away, job.night = 0, False, False, False, False
    job.paid = found.charge == PAID
    done = repairs.repair(life, job)
    life.done[number] = "issue"
    while life.done[number] != now.upto:
        again = next(done, None)
        if again is None or life.done[number] == now.upto:
            break
        yield again
