"""Working days and office hours.

Three voices answer for a day, in this order: the office's own file, the published calendar with
its make-up Saturdays and Sundays (调休), the weekday rule. Where the last one has to answer, the
answer is provisional: the year's calendar is published only in the November before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wuye_tui.rules.clock import in_utc
from wuye_tui.rules.errors import BadFile
from wuye_tui.words import _, listed

ONE_DAY = timedelta(days=1)
SATURDAY = 5
PUBLISHED_FROM = (11, 1)
"""Month and day from which next year's calendar is looked for."""
OFFICE_KEYS = ("opens", "closes", "zone", "years", "days")
DAY_KEYS = ("date", "working", "name")


class UnknownCalendarKey(BadFile):
    """A word in the office's calendar that means nothing there: most likely a slip of the pen."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        super().__init__(
            _("办公日历里没有「{key}」这一项。可以写的是：{known}。").format(
                key=key, known=listed(known)
            )
        )


class BadCalendarValue(BadFile):
    """A value of the file that is not what belongs there; `example` is a line that would do."""

    def __init__(self, key: str, value: object, example: str) -> None:
        super().__init__(
            _("办公日历的 {key} 是「{value}」，不能这样写。请改成这样：{example}").format(
                key=key, value=str(value)[:40], example=example
            )
        )


class BadCalendarEntry(BadFile):
    """A [[days]] entry that lacks something or has it wrong; `place` counts from 1."""

    def __init__(self, place: int, key: str, value: object, example: str) -> None:
        found = _("没有写") if value is None else f"「{str(value)[:40]}」"
        super().__init__(
            _("办公日历第 {place} 个 [[days]] 的 {key}：{found}。请改成这样：{example}").format(
                place=place, key=key, found=found, example=example
            )
        )


class CalendarDayTwice(BadFile):
    """The same day is decided by two entries."""

    def __init__(self, place: int, day: date) -> None:
        super().__init__(
            _("办公日历第 {place} 个 [[days]] 重复了 {day}。同一天只留一条。").format(
                place=place, day=day
            )
        )


class ClosesBeforeOpening(BadFile):
    """The office would close before it opens."""

    def __init__(self, opens: time, closes: time) -> None:
        super().__init__(
            _("办公日历写的是 {opens:%H:%M} 上班、{closes:%H:%M} 下班。下班要晚于上班。").format(
                opens=opens, closes=closes
            )
        )


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked, and when the office is open on them.

    `days` are the days that the office's own file decides (True is working), `years` the years
    that it says it holds in full. The office is open in [opens, closes), local times of `zone`.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    opens: time = time(8, 30)
    closes: time = time(17, 30)
    days: Mapping[date, bool] = field(default_factory=dict, hash=False)
    years: frozenset[int] = frozenset()

    @cached_property
    def version(self) -> str:
        """By which published data and which office file a due time was reckoned."""
        from chinese_calendar import __version__ as published

        days = [(day.isoformat(), works) for day, works in sorted(self.days.items())]
        hours = (self.opens.isoformat(), self.closes.isoformat())
        decided = repr((self.zone.key, hours, sorted(self.years), days))
        return f"cn-{published}/office-{sha256(decided.encode()).hexdigest()[:8]}"

    def is_working(self, day: date) -> bool:
        decided = self.days.get(day)
        if decided is None:
            decided = _published(day)
        return day.weekday() < SATURDAY if decided is None else decided

    def knows(self, year: int) -> bool:
        """Whether the published calendar or the office's file holds that year in full."""
        return year in self.years or _published(date(year, 1, 1)) is not None

    def is_provisional(self, day: date) -> bool:
        """Whether only the weekday rule answers for that day, until its year is published."""
        return day not in self.days and not self.knows(day.year)

    def missing_year(self, today: date) -> int | None:
        """The year that the office should enter or update for by now, if there is one.

        This year when it is unknown, and from 1 November on next year when it is unknown.
        """
        if not self.knows(today.year):
            return today.year
        looked_for = (today.month, today.day) >= PUBLISHED_FROM
        return today.year + 1 if looked_for and not self.knows(today.year + 1) else None

    def day_of(self, moment: datetime) -> date:
        """The day it is in the office at that moment."""
        return in_utc(moment).astimezone(self.zone).date()

    def moment(self, day: date, at: time = time.min) -> datetime:
        """The moment, in UTC, at which it is `at` in the office on that day; or the day begins."""
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def next_working(self, at: time, after: datetime) -> datetime:
        """The first moment strictly later than `after` at which it is `at` on a working day."""
        day = self.day_of(after)
        while not self.is_working(day) or self.moment(day, at) <= after:
            day += ONE_DAY
        return self.moment(day, at)

    def next_opening(self, moment: datetime) -> datetime:
        """The moment itself while the office is open, otherwise the next time that it opens."""
        local = in_utc(moment).astimezone(self.zone)
        if self.is_working(local.date()) and self.opens <= local.time() < self.closes:
            return in_utc(moment)
        return self.next_working(self.opens, moment)


@cache
def _published(day: date) -> bool | None:
    """What the published calendar says of a day; None where its year is not in it.

    Remembered, because the library looks through its whole table for every day.
    """
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return None


def office_calendar(document: Mapping[str, Any]) -> WorkingCalendar:
    """The calendar that the office's file asks for; an empty document asks for the usual one.

    `document` is `data/calendar/office.toml` as read. Every defect is a BadFile that says where.
    """
    _refuse_unknown(document, OFFICE_KEYS)
    usual = WorkingCalendar()
    opens = _time_of("opens", document.get("opens", usual.opens))
    closes = _time_of("closes", document.get("closes", usual.closes))
    if closes <= opens:
        raise ClosesBeforeOpening(opens, closes)
    zone = _zone_of(document.get("zone", usual.zone.key))
    return WorkingCalendar(zone, opens, closes, parse_office_days(document), _years_of(document))


def parse_office_days(document: Mapping[str, Any]) -> Mapping[date, bool]:
    """The days that the office's file decides, True for working; `name` is for the reader."""
    entries = document.get("days", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadCalendarValue("days", entries, "[[days]]")
    days: dict[date, bool] = {}
    for place, entry in enumerate(entries, start=1):
        _refuse_unknown(entry, DAY_KEYS)
        day, working = entry.get("date"), entry.get("working")
        if not isinstance(day, date) or isinstance(day, datetime):
            raise BadCalendarEntry(place, "date", day, "date = 2026-10-01")
        if not isinstance(working, bool):
            raise BadCalendarEntry(place, f"working ({day})", working, "working = false")
        if day in days:
            raise CalendarDayTwice(place, day)
        days[day] = working
    return MappingProxyType(days)


def _refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in table:
        if key not in known:
            raise UnknownCalendarKey(key, known)


def _time_of(key: str, value: object) -> time:
    try:
        at = time.fromisoformat(str(value))
    except ValueError:
        at = None
    if at is None or at.tzinfo is not None:
        raise BadCalendarValue(key, value, f'{key} = "08:30"')
    return at


def _zone_of(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise BadCalendarValue("zone", value, 'zone = "Asia/Shanghai"') from unknown


def _years_of(document: Mapping[str, Any]) -> frozenset[int]:
    years = document.get("years", [])
    if not isinstance(years, list) or not all(type(year) is int for year in years):
        raise BadCalendarValue("years", years, "years = [2027]")
    return frozenset(years)
