"""Moments as people type them into a form: 10:07, 明天9点, 2026-11-21 09:00."""

from datetime import datetime, tzinfo

from wuye_tui.rules.clock import UnreadableMoment, parse_moment
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.spoken import find_moment


def read(typed: str, now: datetime, zone: tzinfo) -> datetime:
    """The moment meant, in UTC; of 三点前 that one, and not the beginning of the time until then.

    Raises UnreadableMoment, also where a sentence stands around the time.
    """
    try:
        return parse_moment(typed, zone, now.astimezone(zone).date())
    except UsageError:
        spoken = find_moment(typed, now, zone)
        if spoken is None or spoken.start is None or spoken.span != (0, len(typed.strip())):
            raise UnreadableMoment(typed) from None
        is_until = spoken.end is not None and spoken.start <= now
        return spoken.end if is_until and spoken.end else spoken.start


_BEGINNINGS = "今明后大上下本这周星礼早晚中凌傍半零一二两三四五六七八九十"
_DIGITS = {Kind.MONEY, Kind.MINUTES, Kind.PHONE}


def may_begin(kind: Kind, typed: str) -> bool:
    """Whether an answer of this kind may begin like this; any may that is made of words."""
    if typed[:1].isdigit():
        return True
    return typed[:1] in _BEGINNINGS if kind is Kind.MOMENT else kind not in _DIGITS
