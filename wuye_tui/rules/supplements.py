"""Supplements of the tariff: an item whose name ends with hours, 夜间加收(20-8时), is owed in them.

The regulations charge by the published tariff (KF-3.4), which is shown before work starts (BX-13):
whoever speaks of money has to know of the supplement. It is said here, and charged by nobody.
"""

import re
from datetime import datetime, tzinfo
from typing import Final

from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.repair_facts import paid

_HOURS: Final = re.compile(
    r"[(（](?P<first>\d{1,2})\s?-\s?(?P<last>\d{1,2})\s?时[)）]\s*$", re.ASCII
)
# The steps at which somebody is told what it will cost; at the latter ones the worker is there.
_BEFORE: Final = frozenset({"issue", "quote"})
_THERE: Final = frozenset({"agree", "finish"})


def hours(name: str) -> tuple[int, int] | None:
    """From which hour to which an item is owed, by its name; None where it is for any time."""
    found = _HOURS.search(name)
    if found is None:
        return None
    first, last = int(found["first"]), int(found["last"])
    return (first, last) if first <= 24 and last <= 24 and first != last else None


def owed(name: str, moment: datetime, zone: tzinfo) -> bool:
    """Whether an item of hours is owed for work at this moment; the last hour is not included."""
    span = hours(name)
    if span is None:
        return False
    first, last = span
    hour = moment.astimezone(zone).hour
    return first <= hour < last if first < last else hour >= first or hour < last


def spoken_of(verb: str, facts: Facts, now: datetime) -> datetime | None:
    """The moment of the work that a step's money is for; None where nobody speaks of money then."""
    if not paid(facts):
        return None
    agreed = str(facts.get("at") or "")
    if verb in _BEFORE:
        return datetime.fromisoformat(agreed) if agreed else now
    return now if verb in _THERE else None
