"""What is over, as people say it: 昨晚11点, 前天下午3点, 刚才, 10分钟前, 一个半小时前."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from wuye_tui.rules.units_text import NUMBER, compiled, number

_JUST_NOW: Final = "刚才|刚刚|方才|现在"
_AGO: Final = (
    rf"(?:(?P<days>{NUMBER})\s?天)?"
    rf"(?:(?P<hours>{NUMBER})\s?(?:个)?(?P<half>半)?\s?(?:小时|钟头))?"
    rf"(?:(?P<minutes>[0-9]{{3}}|{NUMBER})\s?(?:分钟|分))?"
    r"\s?(?:之前|以前|前)"
)
_HALF_AN_HOUR: Final = r"半\s?个?\s?(?:小时|钟头)\s?(?:之前|以前|前)"
_QUARTERS: Final = r"(?P<quarters>[一二三123])\s?刻钟?\s?(?:之前|以前|前)"
# The day is taken as today, and the days are counted off: 昨晚1点 is one o'clock of this morning,
# as 今晚1点 is of tomorrow's.
_DAYS_BACK: Final = (("大前", 3), ("前", 2), ("昨", 1))


def find_bygone(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The moment meant, in the zone of `now`; None where nothing is said to be over.

    Ago counts from `now` to the minute. Whether it may lie so far back is for others to say.
    """
    whole = typed.strip()
    if compiled(_JUST_NOW).fullmatch(whole):
        return now
    back = _ago(whole)
    if back is not None:
        return now - back
    return _days_ago(whole, now, zone)


def _ago(typed: str) -> timedelta | None:
    if compiled(_HALF_AN_HOUR).fullmatch(typed):
        return timedelta(minutes=30)
    if found := compiled(_QUARTERS).fullmatch(typed):
        return timedelta(minutes=15 * number(found["quarters"]))
    found = compiled(_AGO).fullmatch(typed)
    if found is None or not any(found[name] for name in ("days", "hours", "minutes")):
        return None
    days, hours, minutes = (
        number(found[name]) if found[name] else 0 for name in ("days", "hours", "minutes")
    )
    return timedelta(days=days, hours=hours, minutes=minutes + (30 if found["half"] else 0))


def _days_ago(typed: str, now: datetime, zone: tzinfo) -> datetime | None:
    for word, days in _DAYS_BACK:
        rest = typed.removeprefix(word).removeprefix("天" if word != "昨" else "").strip()
        if not typed.startswith(word) or rest == typed:
            continue
        # Its patterns take long to make; most moments do without.
        from wuye_tui.rules.spoken import find_moment

        rest = f"晚{rest[1:]}" if rest.startswith("夜") else rest
        said = f"今{rest}" if rest[:1] in "天日早晚" else f"今天{rest}"
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        when = find_moment(said, midnight, zone)
        if when is None or when.start is None or when.span != (0, len(said)):
            return None
        return when.start - timedelta(days=days) if when.start == when.end else None
    return None
