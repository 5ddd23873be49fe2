"""What comes round in the training office: days signed for (BX-3.3), weeks filed (XX-4.3.8).

One day in the month is forgotten and signed the next morning; of each week the archivist sends a
few records back, which the desk completes on Monday.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import ARCHIVIST, RECEPTIONIST, SUPERVISOR
from wuye_tui.registers import archive, supervising, unfiled
from wuye_tui.rules.errors import Refused
from wuye_tui.store.acts import Result

FORGOTTEN = 9  # so many days ago
FRIDAY, SUNDAY, MONDAY = 4, 6, 0
BACK = 2  # records of a week that the archivist sends back
_WHY = ("业主签字看不清", "收费和存根对不上，请核一遍", "核实结果太简单，写明看到什么")
_MENDED = ("请业主重新签过", "和收费登记表核对过，改好了", "又去看过，补写了")
_NOTES = ("", "", "", "电话要写全", "内容要写清楚哪里坏", "夜间单及时补签")
# What the desk writes where something is missing, by what it is called.
_GIVEN: dict[str, dict[str, Any]] = {
    "nameless": {"caller": "住户"},
    "phoneless": {"no_phone": "对方不肯留电话"},
    "unclear": {"text": "报修内容已电话核实"},
    "finding": {"finding": "现场看过，正常"},
    "register_line": {"register_line": "补登"},
    "copies": {"copies_back": True},
    "opinion": {"opinion": "嫌来得慢，已道歉"},
}


def day_signed(life: Life, day: date) -> Lives:
    """The supervisor looks through the day's records and signs before leaving."""
    if day == _forgotten(life):
        yield life.moment(day + timedelta(days=1), time(8, 50))
    note = _draw(day).choice(_NOTES)
    try:
        life.act("daycheck.sign", partial(supervising.sign, day=day, note=note), SUPERVISOR)
    except supervising.NothingRecorded:
        return


def _draw(day: date) -> Random:
    """Dice of its own for a day, so that what comes round changes nothing else in the office."""
    return Random(day.toordinal())  # noqa: S311 - nothing here is a secret


def _forgotten(life: Life) -> date:
    """A working day, so that its signature is late."""
    day = life.end.astimezone(life.desk.zone).date() - timedelta(days=FORGOTTEN)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def week_filed(life: Life, day: date) -> Lives:
    """The archivist checks the week's records: a few go back, the others into the archive."""
    at, draw = life.desk.as_staff(ARCHIVIST), _draw(day)
    ready = [one for one in unfiled.records(life.desk) if one.ready]
    for n, one in enumerate(draw.sample(ready, min(BACK, len(ready)))):
        why = _WHY[n % len(_WHY)]
        back = partial(archive.send_back, seen={one.number: one.last}, why=why)
        life.act("archive.back", back, ARCHIVIST)
        yield life.now + timedelta(minutes=draw.uniform(1, 3))
    try:
        archive.file_week(at)
    except archive.NothingReady as refusal:
        life.refused.append(refusal)


def completed(life: Life, day: date) -> Lives:
    """The desk completes what was sent back, and what was not complete anyway."""
    draw = _draw(day)
    for one in unfiled.records(life.desk):
        if one.ready:
            continue
        given: dict[str, Any] = {"mended": draw.choice(_MENDED)}
        for lack in one.lacks:
            given |= _GIVEN.get(lack.name, {})
        yield life.now + timedelta(minutes=draw.uniform(0.5, 2))
        _complete(life, one.number, given)


def _complete(life: Life, number: str, given: dict[str, Any]) -> Result:
    try:
        return life.take(number, "complete", RECEPTIONIST, **given)
    except Refused as refusal:
        life.refused.append(refusal)
        return {}


def starts(life: Life, day: date, begins: datetime) -> None:
    """Lets everything happen that comes round on a day."""
    leaves = time(17, 20) if day.weekday() <= FRIDAY else time(13, 22)
    found: list[tuple[time, Lives]] = [(leaves, day_signed(life, day))]
    if day.weekday() == SUNDAY:
        found.append((time(16, 40), week_filed(life, day)))
    if day.weekday() == MONDAY:
        found.append((time(9, 50), completed(life, day)))
    for at, happening in found:
        when = life.moment(day, at)
        if when >= begins:
            life.begin(happening, when)
