"""Public holidays, as they are shared out among people besides weekends (ZB-3.6).

A day off that the published calendar names after a festival, or that the office's own file takes
from among the weekdays. Of a year that is not published yet, the festivals that the law fixes by
the solar calendar.
"""

from datetime import date
from typing import Final

from wuye_tui.rules.calendar import SATURDAY, WorkingCalendar
from wuye_tui.rules.months import Month

_FIXED: Final = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


def is_holiday(calendar: WorkingCalendar, day: date) -> bool:
    """Whether a day is a public holiday, and not only a Saturday or Sunday."""
    decided = calendar.days.get(day)
    if decided is None:
        return _named(day)
    return not decided and (day.weekday() < SATURDAY or _named(day))


def holidays_of(calendar: WorkingCalendar, month: Month) -> frozenset[date]:
    """The public holidays of a month."""
    return frozenset(day for day in days_of(month) if is_holiday(calendar, day))


def working_of(calendar: WorkingCalendar, month: Month) -> frozenset[date]:
    """The working days of a month, make-up days among them."""
    return frozenset(
        day for day in days_of(month) if calendar.is_working(day) and not is_holiday(calendar, day)
    )


def days_of(month: Month) -> list[date]:
    """Every day of a month."""
    return [month.last_day.replace(day=n) for n in range(1, month.last_day.day + 1)]


def _named(day: date) -> bool:
    from chinese_calendar import get_holiday_detail

    try:
        off, name = get_holiday_detail(day)
    except NotImplementedError:
        return (day.month, day.day) in _FIXED
    return bool(off and name)
