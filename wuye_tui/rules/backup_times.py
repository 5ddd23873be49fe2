"""When a backup is due, when somebody has to be told, and which of the old ones may go.

Of the automatic ones the last of each of 7 days, 4 weeks and 12 months are kept. Days, weeks and
months without any are not counted: an office that was closed keeps what it has.
"""

from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

DAYS, WEEKS, MONTHS = 7, 4, 12
EVERY = timedelta(hours=23)  # a desk that opens at the same hour each day makes one each day
TOO_OLD = timedelta(days=1)
TRY_AGAIN = timedelta(hours=1)  # after one that did not succeed

Name = TypeVar("Name", bound=Hashable)


def is_due(now: datetime, last: datetime | None, failed: datetime | None = None) -> bool:
    """Whether a backup is to be made: `last` is the last verified one, `failed` the last try that
    did not succeed, which is not repeated at once. A time that lies ahead of now is of a wrong
    clock, and proves nothing.
    """
    if failed is not None and timedelta(0) <= now - failed < TRY_AGAIN:
        return False
    return last is None or not timedelta(0) <= now - last < EVERY


def is_too_old(now: datetime, last: datetime | None) -> bool:
    """Whether somebody has to be told that the last verified backup is older than a day."""
    return last is None or now - last > TOO_OLD


def to_thin(made: Mapping[Name, datetime]) -> set[Name]:
    """Which of these good automatic backups may go; `made` says when, in the office's zone.

    The newest of all always stays.
    """
    kept: set[Name] = set()
    newest = sorted(made, key=lambda name: made[name], reverse=True)
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        last: dict[Hashable, Name] = {}
        for name in newest:
            last.setdefault(period(made[name].date()), name)
        kept.update(list(last.values())[:most])
    return set(made) - kept


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
