"""Days and amounts as they are written in the language in force, where there is room for a line.

Columns and the console's clock keep the short form that is the same in every language, 11-19 10:20:
it is read at a glance, and never wider than its place.
"""

from datetime import date, datetime, tzinfo

from wuye_tui.rules.money import yuan
from wuye_tui.words import _, language

_LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def whole_day(day: date) -> str:
    """The day with its weekday: 2026年11月19日星期四; Thursday, 19 November 2026."""
    from babel.dates import format_date  # slow to import, and seldom needed

    return format_date(day, "full", locale=_LOCALES[language()])


def whole_moment(moment: datetime, zone: tzinfo) -> str:
    """The same with the time."""
    local = moment.astimezone(zone)
    return f"{whole_day(local.date())} {local:%H:%M}"


def amount(fen: int) -> str:
    """An amount with its unit: 1,234.50元; 1,234.50 yuan."""
    return _("{yuan}元").format(yuan=yuan(fen))
