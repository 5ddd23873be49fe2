"""From the words of a spoken time to instants: which day, which hours, and whether it is over.

`spoken` finds the words; here they are reckoned. A word alone stands for the office's hours of that
part of the day; an hour without a word is taken as in the office: 1 to 6 in the afternoon, 7 to 11
in the morning, 12 at noon.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from wuye_tui.rules.units_text import number


@dataclass(frozen=True)
class Mention:
    """One mention of a time: the words by the names of the grammar in `spoken`, '' if unsaid."""

    found: re.Match[str]
    end: int

    @property
    def start(self) -> int:
        return self.found.start()

    def __getitem__(self, name: str) -> str:
        return self.found[name] or ""

    @property
    def has_day(self) -> bool:
        return bool(self["near"] or self["weekday"] or self["dated"])

    @property
    def part(self) -> str:
        """The part of the day by its usual name: 早上 and 早晨 are both 早."""
        return _SAME.get(self["part"], self["part"])


@dataclass(frozen=True)
class Window:
    """From when to when, in UTC: a point ends where it starts, `end` None is open."""

    start: datetime
    end: datetime | None
    past: bool

    def later(self, days: int) -> "Window":
        """The same so many days later."""
        return Window(
            self.start + timedelta(days=days), self.end and self.end + timedelta(days=days), False
        )


# 12:00 to 13:30 is the noon duty (KF-5); at 20:00 the night tariff begins.
_PARTS: Final = {
    "凌晨": (0.0, 6.0),
    "清晨": (6.0, 8.0),
    "早": (8.0, 10.0),
    "上午": (8.5, 12.0),
    "中午": (12.0, 13.5),
    "下午": (13.5, 18.0),
    "傍晚": (17.0, 19.0),
    "晚": (18.0, 21.0),
    "夜": (20.0, 24.0),
}
_DAY: Final = (8.5, 18.0)
# The day as a whole and how it ends: said when hardly anything is left of them, they mean soon.
_LAST_OF_DAY: Final = ("", "晚", "夜")
_HARDLY: Final = timedelta(hours=1)
_SPELLINGS: Final = {
    "清晨": "清早 大清早 一早 一大早",
    "早": "早上 早晨 早间",
    "中午": "正午",
    "下午": "午后",
    "晚": "晚上 晚间",
    "夜": "夜里 夜间 半夜 深夜",
}
_SAME: Final = {word: part for part, words in _SPELLINGS.items() for word in words.split()}
_WEEKDAYS: Final = {**{c: n for n, c in enumerate("一二三四五六日")}, "天": 6, "末": 5}
_DAYS: Final = {"今": 0, "当": 0, "明": 1, "后": 2, "大": 3}
_QUARTERS: Final = {"半": 30, "一": 15, "三": 45}
_Hours = tuple[float, float | None]


def window(
    day: Mention, hour: Mention, now: datetime, zone: tzinfo, inherited: str = ""
) -> Window | None:
    """The instants of a day and an hour, which may be one mention; None if there are none such.

    `inherited` is the part of the day of an hour that names none.
    """
    today = now.astimezone(zone).date()
    first, hours = _date(day, today), _hours(hour, inherited)
    if first is None or hours is None:
        return None
    since, until = hours
    start, present = _at(first, since, zone), now.astimezone(UTC)
    if _is_coming_night(day, hour, start, present):
        first += timedelta(days=1)
        start = _at(first, since, zone)
    if until is None:
        over = _at(first, _end_of(since), zone) <= present
        return Window(max(start, present) if first == today and not over else start, None, over)
    two_days = day["near"][:2] == "明后" or (day["weekday"] == "末" and first.weekday() == 5)
    end = _at(first + timedelta(days=1) if two_days else first, until, zone)
    over = start < present if start == end else end <= present
    # Of a window that has begun only the rest is left.
    return Window(start if over or start == end else max(start, present), end, over)


def window_from(when: Window) -> Window:
    """All that comes after a window, where it is what does not suit."""
    end = when.end or when.start
    return Window(max(end, when.start), None, when.past)


def means_soon(m: Mention, when: Window, now: datetime) -> bool:
    """Whether 今天 or 今晚 was said when the window is over, or has less than an hour left.

    No caller wants a time that is over: they want somebody today, as soon as it can be. An hour,
    今天上午 and 今晚之前 are meant as they were said.
    """
    today = m["near"][:1] in ("今", "当") or not m.has_day
    if not today or m["clock"] or m["edge"] or m.part not in _LAST_OF_DAY:
        return False
    return when.end is not None and when.end - now < _HARDLY


def _is_coming_night(day: Mention, hour: Mention, start: datetime, present: datetime) -> bool:
    """Whether small hours are of the night to come: 凌晨两点 in the evening, 今晚 凌晨两点."""
    if hour.part != "凌晨":
        return False
    return day.part in ("晚", "夜") or (not day.has_day and start < present)


def _end_of(hour: float) -> float:
    """Until when 三点以后 can be meant: as long as its part of the day."""
    return next((end for end in (12.0, 18.0) if hour < end), 24.0)


def _at(day: date, hours: float, zone: tzinfo) -> datetime:
    midnight = datetime.combine(day, time(), zone)
    return (midnight + timedelta(minutes=round(hours * 60))).astimezone(UTC)


def _date(m: Mention, today: date) -> date | None:
    if m["near"]:
        return today + timedelta(days=_DAYS[m["near"][0]])
    if m["weekday"]:
        return _weekday(m["weekday"], m["week"], today)
    if m["day3"]:
        return _day_of_month(number(m["day3"]), today)
    if not m["dated"]:
        return today
    year = m["year"] or m["year2"]
    month, day = number(m["month"] or m["month2"]), number(m["day"] or m["day2"])
    found = _calendar(int(year) if year else today.year, month, day)
    if found and not year and found < today - timedelta(days=183):
        return _calendar(today.year + 1, month, day)
    return found


def _weekday(said: str, which: str, today: date) -> date:
    """周三 is the next one, today included; 本周三 may be over; weeks begin on Monday."""
    weekday = _WEEKDAYS[said]
    if which:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=weekday + 7 * which.count("下"))
    if said == "末" and today.weekday() == 6:
        return today
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _day_of_month(day: int, today: date) -> date | None:
    """A day over for more than a week means the next month; a day that a month lacks, as well."""
    found = _calendar(today.year, today.month, day)
    if found and found >= today - timedelta(days=7):
        return found
    following = today.replace(day=1) + timedelta(days=32)
    return _calendar(following.year, following.month, day)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(m: Mention, part_of_day: str) -> _Hours | None:
    """From which hour of the day to which; None if there is no such hour."""
    part, edge = m.part or part_of_day, m["edge"][-1:]
    if not m["clock"]:
        return _part_alone(part, edge)
    times = [t for n in (1, 2) if (t := _time(m, n)) is not None]
    if m["hour0"]:
        times.insert(0, float(number(m["hour0"])))
    if any(t >= 25 for t in times):
        return None
    since = _by_part(times[0], part)
    if len(times) > 1:
        second = _SAME.get(m["part2"], m["part2"]) or (part if times[-1] >= times[0] else "")
        until = _by_part(times[-1], second)
        while until <= since:
            until += 12
        return since, until
    if edge == "前":
        return (_DAY[0] if since > _DAY[0] else max(0.0, since - 1)), since
    return since, None if edge in ("后", "起") else since


def _part_alone(part: str, edge: str) -> _Hours:
    since, until = _PARTS[part] if part else _DAY
    if part and edge == "后":
        return since, None
    return (min(_DAY[0], since), since) if part and edge == "前" else (since, until)


def _time(m: Mention, n: int) -> float | None:
    if not m[f"hour{n}"]:
        return None
    quarter = m[f"quarter{n}"]
    said = (m[f"colon{n}"] or m[f"minute{n}"]).rstrip("分").removeprefix("零")
    minutes = _QUARTERS[quarter[0]] if quarter else number(said or "零")
    return number(m[f"hour{n}"]) + minutes / 60


def _by_part(hour: float, part: str) -> float:
    """The hour of the day that is meant; from 24 on it is the next day's."""
    if part in ("下午", "傍晚"):
        return hour + 12 if hour < 12 else hour
    if part in ("晚", "夜"):
        return hour + 24 if hour < 5 else hour + 12 if hour < 13 else hour
    if part == "中午":
        return hour + 12 if hour < 4 else hour
    if part == "凌晨":
        return hour - 12 if 12 <= hour < 13 else hour
    return hour + 12 if not part and 1 <= hour < 7 else hour
