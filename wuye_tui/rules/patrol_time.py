"""How long was patrolled, and which rounds were made: reckoned from spans and moments alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wuye_tui.rules.calendar import ONE_DAY, WorkingCalendar
from wuye_tui.rules.patrol_plan import Spot

MADE, MISSED, DUE, COMING = "made", "missed", "due", "coming"

Span = tuple[datetime, datetime]
"""From when to when; what does not end after it began is nothing."""


def patrolled(spans: Iterable[Span], since: datetime, until: datetime) -> int:
    """Whole seconds of the union of the spans that lie between two moments (ZB-4.3a): a minute
    that two patrols have in common, or a patrol and its correction, counts once.
    """
    total, reached = timedelta(), since
    for start, end in sorted(spans):
        begin, over = max(start, reached), min(end, until)
        if over > begin:
            total += over - begin
            reached = over
    return total // timedelta(seconds=1)


@dataclass(frozen=True)
class Round:
    """One round of a room: when it is due, when it was made, and how it stands."""

    spot: Spot
    at: datetime
    made: datetime | None
    stands: str


def due_between(
    spot: Spot, since: datetime, until: datetime, calendar: WorkingCalendar
) -> list[datetime]:
    """When the rounds of a room are due from one moment to another, the second one left out."""
    day, last = calendar.day_of(since), calendar.day_of(until)
    found = list[datetime]()
    while day <= last:
        found += [calendar.moment(day, at) for at in spot.times]
        day += ONE_DAY
    return [at for at in found if since <= at < until]


def rounds(
    spot: Spot, due: Sequence[datetime], visits: Iterable[datetime], now: datetime
) -> list[Round]:
    """How the rounds of a room stand that are due at these moments (SB-1, SB-2). Each visit makes
    the one round that it lies nearest to, and none where it lies further from it than the office
    allows.
    """
    within = timedelta(minutes=spot.within)
    made: dict[datetime, datetime] = {}
    for visit in sorted(visits):
        near = min(due, key=lambda at: abs(at - visit), default=None)
        if near is not None and abs(near - visit) <= within:
            made.setdefault(near, visit)
    return [Round(spot, at, made.get(at), _stands(at, at in made, within, now)) for at in due]


def _stands(at: datetime, is_made: bool, within: timedelta, now: datetime) -> str:
    if is_made:
        return MADE
    if now > at + within:
        return MISSED
    return DUE if now >= at - within else COMING
