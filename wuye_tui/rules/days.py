"""Days as people type them: 2026-12-05, 12-05, 12月5日, 明天."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_WORDS: Final = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_DAY: Final = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?", re.ASCII)
_LONGEST: Final = 20


class UnreadableDay(UsageError):
    """What was typed is no day."""

    def __init__(self, typed: str) -> None:
        told = _("看不懂日期「{typed}」。请写成 2026-12-05、12-05、12月5日 或 明天。")
        super().__init__(told.format(typed=typed[:_LONGEST]))


class NoSuchDay(UsageError):
    """No calendar has this day."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("日历上没有「{typed}」这一天，请核对。").format(typed=typed))


def parse_day(text: str, today: date) -> date:
    """The day that was typed. Without a year it is the one nearest to today: in December 1月3日 is
    of the next year. Full-width characters count as plain ones. Raises UnreadableDay, NoSuchDay.
    """
    typed = "".join(unicodedata.normalize("NFKC", text).split())
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    found = _DAY.fullmatch(typed)
    if found is None:
        raise UnreadableDay(text)
    year, month, day = found.groups()
    years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
    days = []
    for one in years:
        try:
            days.append(date(one, int(month), int(day)))
        except ValueError:
            continue
    if not days:
        raise NoSuchDay(text)
    return min(days, key=lambda one: abs(one - today))
