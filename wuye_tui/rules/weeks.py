"""Weeks as the archive counts them: from Monday, by their ISO number, `2026-W47`."""

import re
from datetime import date, timedelta

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_TYPED = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII | re.IGNORECASE)


class BadWeek(UsageError):
    """No week is written like this."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("「{typed}」不是哪一周，请写成 2026-W47。").format(typed=typed[:40]))


def week_of(day: date) -> str:
    """The week of a day."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def days_of(week: str) -> tuple[date, date]:
    """The Monday and the Sunday of a week. Raises BadWeek."""
    found = _TYPED.fullmatch(week.strip())
    if found is None:
        raise BadWeek(week)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as none_such:
        raise BadWeek(week) from none_such
    return monday, monday + timedelta(days=6)
