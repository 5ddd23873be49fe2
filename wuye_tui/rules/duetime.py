"""When a thing is due: the lengths a deadline may have, and the one function that reckons it.

Seconds are counted in UTC. The office's zone decides only where a day begins, so a day on which
the clocks change is as long as it really is.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as column
from datetime import UTC, datetime, time, timedelta
from functools import partial

from wuye_tui.rules.calendar import ONE_DAY, WorkingCalendar
from wuye_tui.rules.clock import in_utc
from wuye_tui.words import N_, _

MINUTE, HOUR, DAY = 60, 3600, 86400
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Wall:
    """So many seconds by the clock on the wall, day and night."""

    seconds: int


@dataclass(frozen=True)
class WorkingDays:
    """So many times 24 hours, of which only those on working days count."""

    days: int


@dataclass(frozen=True)
class Before:
    """So many seconds before the moment held in the fact `field`: an appointment.

    One that was made too late is due at once, unless it is a plan that was known before (`known`).
    """

    field: str
    seconds: int
    known: bool = column(default=False, repr=False)


@dataclass(frozen=True)
class NextMorning:
    """The next time it is `at` (office time) on a working day, strictly after the start."""

    at: time


@dataclass(frozen=True)
class Daytime:
    """So many seconds by the clock; a due time in the quiet hours means the evening before."""

    seconds: int
    quiet_from: time
    quiet_to: time


@dataclass(frozen=True)
class WeekEnd:
    """The next time it is `at` (office time) on a Sunday, strictly after the start."""

    at: time


Length = Wall | WorkingDays | Before | NextMorning | Daytime | WeekEnd


@dataclass(frozen=True)
class Span:
    """A hold, from `start` up to `end`; one that still lasts has no end."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Due:
    """`at` in UTC, or None while nothing runs (held, or no appointment yet).

    `provisional`: a day that mattered is not published yet, so `at` may move when it is.
    """

    at: datetime | None
    provisional: bool = False


def reckon(
    length: Length,
    started: datetime,
    holds: Sequence[Span],
    calendar: WorkingCalendar,
    moment: datetime | None = None,
) -> Due:
    """When `length`, begun at `started`, is over: every due time of the desk comes from here.

    - `Wall`, `WorkingDays`: the moment at which the length lies outside the union of the holds
      (and, for working days, of the days off). A `WorkingDays` due while the office is shut or
      the matter is held moves to the next opening.
    - `Before`: so long before `moment`, whatever was held, but never before `started`, unless it is
      `known`.
    - `NextMorning`, `WeekEnd`: one that falls into a hold becomes the next one after the hold.

    Holds may overlap; what lies before `started` does not count. A hold that still lasts and
    began before the due moment leaves nothing due; one that began later changes nothing.
    """
    begin = in_utc(started)
    pauses = union(holds, begin)
    at: datetime | None
    match length:
        case Before():
            return Due(_before(length, begin, moment))
        case Wall():
            return Due(_spend(length.seconds, _free(begin, pauses)))
        case Daytime():
            at = _spend(length.seconds, _free(begin, pauses))
            at = at and max(begin, _evening_before(at, length, calendar))
        case WorkingDays():
            at = _spend(length.days * DAY, _worked(_free(begin, pauses), calendar))
            at = at and _clear(calendar.next_opening(at), pauses, calendar.next_opening)
        case NextMorning():
            morning = partial(calendar.next_working, length.at)
            at = _clear(morning(begin), pauses, morning)
        case WeekEnd():
            sunday = partial(_next_sunday, length.at, calendar)
            at = _clear(sunday(begin), pauses, sunday)
    # Without a due time the last pause is the one that lasts: what came before it mattered.
    return Due(at, _is_provisional(calendar, begin, at or pauses[-1].start))


def union(holds: Iterable[Span], since: datetime) -> list[Span]:
    """The holds from `since` on, in order, without overlaps; only the last may lack an end."""
    pauses: list[Span] = []
    for hold in sorted(holds, key=lambda hold: hold.start):
        start, end = max(in_utc(hold.start), since), hold.end and in_utc(hold.end)
        if end is not None and end <= start:
            continue
        if pauses and (pauses[-1].end is None or start <= pauses[-1].end):
            last = pauses.pop()
            start, end = last.start, last.end and end and max(last.end, end)
        pauses.append(Span(start, end))
    return pauses


def late(due_at: datetime | None, ended: datetime | None, now: datetime) -> bool:
    """Whether it ended, or still runs, after it was due. To be there on the second is in time."""
    return due_at is not None and (ended or now) > due_at


def seconds_left(due_at: datetime, now: datetime) -> int:
    """Whole seconds until `due_at`; below zero exactly when it is late."""
    return (due_at - now) // timedelta(seconds=1)


# Up to how many seconds; the words while there is time; the words once it is late. Hours are
# padded to two places, so that the widest stays within 12 cells and a column stays in line.
_WORDS = (
    (MINUTE, N_("还有 {seconds}秒"), N_("超时 {seconds}秒")),
    (10 * MINUTE, N_("还有 {minutes}分{seconds:02}秒"), N_("超时 {minutes}分{seconds:02}秒")),
    (HOUR, N_("还有 {minutes}分"), N_("超时 {minutes}分")),
    (DAY, N_("还有{hours:>2}时{minutes:02}分"), N_("超时{hours:>2}时{minutes:02}分")),
    (None, N_("还有 {days}天"), N_("超时 {days}天")),
)
_SHORT = (
    (MINUTE, N_("{seconds}秒"), N_("-{seconds}秒")),
    (5 * MINUTE, N_("{minutes}分{seconds:02}"), N_("-{minutes}分{seconds:02}")),
    (HOUR, N_("{minutes}分"), N_("-{minutes}分")),
    (DAY, N_("{hours}时{minutes:02}"), N_("-{hours}时{minutes:02}")),
    (None, N_("{days}天"), N_("-{days}天")),
)


def countdown(seconds: int) -> str:
    """How long there is left, or how late it is (below zero), in at most 12 cells."""
    return _say(_WORDS, seconds)


def short_countdown(seconds: int) -> str:
    """The same in at most 8 cells, for a column of the queue; late has a minus sign."""
    return _say(_SHORT, seconds)


def _say(table: tuple[tuple[int | None, str, str], ...], seconds: int) -> str:
    span = abs(seconds)
    left, over = next(row[1:] for row in table if row[0] is None or span < row[0])
    return _(over if seconds < 0 else left).format(
        days=span // DAY, hours=span // HOUR, minutes=span % HOUR // MINUTE, seconds=span % MINUTE
    )


def _before(length: Before, started: datetime, moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    at = in_utc(moment) - timedelta(seconds=length.seconds)
    return at if length.known else max(at, started)


def _evening_before(at: datetime, length: Daytime, calendar: WorkingCalendar) -> datetime:
    local = at.astimezone(calendar.zone)
    if local.time() >= length.quiet_from:
        return calendar.moment(local.date(), length.quiet_from)
    if local.time() < length.quiet_to:
        return calendar.moment(local.date() - ONE_DAY, length.quiet_from)
    return at


def _next_sunday(at: time, calendar: WorkingCalendar, after: datetime) -> datetime:
    day = calendar.day_of(after)
    day += (6 - day.weekday()) * ONE_DAY
    moment = calendar.moment(day, at)
    return moment if moment > after else calendar.moment(day + 7 * ONE_DAY, at)


def _free(started: datetime, pauses: list[Span]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of time between the pauses; none after a pause that lasts."""
    at = started
    for pause in pauses:
        yield at, pause.start
        if pause.end is None:
            return
        at = pause.end
    yield at, FOREVER


def _worked(
    stretches: Iterable[tuple[datetime, datetime]], calendar: WorkingCalendar
) -> Iterator[tuple[datetime, datetime]]:
    """What of the stretches lies on working days, day by day."""
    for start, end in stretches:
        at, day = start, calendar.day_of(start)
        while at < end:
            border = min(end, calendar.moment(day + ONE_DAY))
            if calendar.is_working(day):
                yield at, border
            at, day = border, day + ONE_DAY


def _spend(seconds: int, stretches: Iterable[tuple[datetime, datetime]]) -> datetime | None:
    """The moment at which so many seconds of the stretches have passed; None if they end first."""
    left = timedelta(seconds=seconds)
    for start, end in stretches:
        if left <= end - start:
            return start + left
        left -= end - start
    return None


def _clear(
    at: datetime, pauses: list[Span], following: Callable[[datetime], datetime]
) -> datetime | None:
    """`at`, or if it falls into a pause, the one `following` its end; None if that one lasts."""
    for pause in pauses:
        if pause.end is None:
            return None if pause.start < at else at
        if pause.start < at < pause.end:
            at = following(pause.end)
    return at


def _is_provisional(calendar: WorkingCalendar, started: datetime, until: datetime) -> bool:
    day, last = calendar.day_of(started), calendar.day_of(until)
    while day <= last:
        if calendar.is_provisional(day):
            return True
        day += ONE_DAY
    return False
