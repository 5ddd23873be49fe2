"""The one object that says now, and the one reader of moments that people type.

Everything else in the package is told the time. Inside, every moment is aware and in UTC; the
office's zone is for showing, for typing and for the borders of days.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_TYPED = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*)?"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)


class UnreadableMoment(UsageError):
    """What was typed is no moment."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("看不懂时间「{typed}」。请按 2026-11-21 09:30 或当天的 09:30 输入。").format(
                typed=typed
            )
        )


class MomentWithoutDay(UsageError):
    """A time alone, where the day cannot be known."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("时间「{typed}」缺少日期。请连日期一起输入，例如 2026-11-21 09:30。").format(
                typed=typed
            )
        )


class Clock(Protocol):
    """Whatever says now."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's own clock: the only one on a real database."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class StoppedClock:
    """Stands where it is put: for tests, and for one command that was given its own now."""

    def __init__(self, moment: datetime) -> None:
        self._moment = in_utc(moment)

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        self._moment = in_utc(moment)

    def advance(self, seconds: float) -> None:
        self._moment += timedelta(seconds=seconds)


class MovedClock:
    """Runs like the computer's clock, so far ahead of it (or behind): for training."""

    def __init__(self, offset: timedelta, base: Clock | None = None) -> None:
        self.offset = offset
        self._base = base or SystemClock()

    @classmethod
    def starting_at(cls, moment: datetime, base: Clock | None = None) -> "MovedClock":
        """A clock that says `moment` now and runs on from there."""
        source = base or SystemClock()
        return cls(in_utc(moment) - source.now(), source)

    def now(self) -> datetime:
        return self._base.now() + self.offset


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC. A naive one is a defect of the caller: ValueError."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    return moment.astimezone(UTC)


def parse_moment(text: str, zone: ZoneInfo, today: date | None = None) -> datetime:
    """The moment that was typed, in UTC.

    Reads `YYYY-MM-DD HH:MM[:SS]` (or with a `T`) in `zone`, or with an offset of its own, and
    `HH:MM[:SS]` on the day `today`; full-width characters count as plain ones. Raises
    MomentWithoutDay for a time alone where no `today` is given, UnreadableMoment for the rest.
    """
    found = _TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise UnreadableMoment(text)
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if year is None and today is None:
        raise MomentWithoutDay(text)
    try:
        on = date(int(year), int(month), int(day)) if year else today
        clock = f"{hour:0>2}:{minute}:{second or '00'}.{(fraction or ''):0<6}{offset or ''}"
        moment = datetime.fromisoformat(f"{on}T{clock.upper()}")
        return in_utc(moment if offset else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError) as no_such_moment:
        raise UnreadableMoment(text) from no_such_moment
