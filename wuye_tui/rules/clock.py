"""The one object that says now, and the one reader of moments that people type.

Everything else in the package is told the time. Inside, every moment is aware and in UTC; the
office's zone is for showing, for typing and for the borders of days.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import ClassVar, Final, Protocol

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import N_, _

_TYPED = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})[T ]\s*)?"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_DAY_NAMED: Final = re.compile("[今明后昨前天周月号日星礼/-]")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_FROM_NOW: Final = re.compile("小时|钟头|分钟|刻钟")  # 半小时后
_LONGEST: Final = 40  # characters; no moment is longer


class UnreadableMoment(UsageError):
    """What was typed is no moment; what exactly is wrong with it is said by the subclasses."""

    sentence: ClassVar[str] = N_(
        "看不懂时间「{typed}」。请写成 2026-11-21 09:30、当天的 09:30 或 明天9点。"
    )

    def __init__(self, typed: str) -> None:
        super().__init__(_(self.sentence).format(typed=typed[:_LONGEST]))


class NoSuchMoment(UnreadableMoment):
    """Written like a moment, but no calendar or clock has it."""

    sentence = N_("没有「{typed}」这个时间。请核对日期和钟点，例如 2026-11-21 09:30。")


class MomentWithoutDay(UnreadableMoment):
    """A time alone, where the day cannot be known."""

    sentence = N_("时间「{typed}」缺少日期。请连日期一起输入，例如 2026-11-21 09:30。")


class MomentWithoutTime(UnreadableMoment):
    """A day, or a part of one, where the hour matters."""

    sentence = N_("「{typed}」没有写几点。请连钟点一起写，例如 2026-11-21 09:30 或 明天9点。")


class UnreadablePast(UnreadableMoment):
    """What was typed says nothing that has happened."""

    sentence = N_("看不懂时间「{typed}」。请写成 10:07、昨晚11点、10分钟前 或 2026-11-21 09:30。")


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


def parse_moment(
    text: str,
    zone: tzinfo,
    today: date | None = None,
    *,
    opens: time | None = None,
    now: datetime | None = None,
) -> datetime:
    """The moment that was typed, in UTC.

    Reads `YYYY-MM-DD HH:MM[:SS]` (or with a `T`) in `zone`, or with an offset of its own, and,
    where `today` is given, `HH:MM[:SS]` on that day and a point in time as people say it: 明天9点,
    周三下午3点; 半小时后 counts from `now` and needs it. Full-width characters count as plain ones.
    With `opens` a day alone is enough and means that hour of it. Raises UnreadableMoment, which
    says what is wrong; whether it is over already is for the rules of the step to say.
    """
    if len(text.strip()) > _LONGEST:
        raise UnreadableMoment(text)
    typed = unicodedata.normalize("NFKC", text).strip()
    found = _TYPED.fullmatch(typed)
    if found is None:
        return _day_alone(text, typed, zone, opens) or _said(text, typed, zone, today, opens, now)
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    if year is None and today is None:
        raise MomentWithoutDay(text)
    try:
        on = date(int(year), int(month), int(day)) if year else today
        clock = f"{hour:0>2}:{minute}:{second or '00'}.{(fraction or ''):0<6}{offset or ''}"
        moment = datetime.fromisoformat(f"{on}T{clock.upper()}")
        return in_utc(moment if offset else moment.replace(tzinfo=zone))
    except (ValueError, OverflowError) as no_such_moment:
        raise NoSuchMoment(text) from no_such_moment


def parse_past(text: str, zone: tzinfo, now: datetime, longest: timedelta) -> datetime:
    """The same for what has happened: 23:50 typed after midnight is of the day before.

    Reads 昨晚11点, 刚才 and 10分钟前 besides. `longest` is how long it may lie back. A moment that
    names its day is taken as it stands. Raises UnreadablePast, or what `parse_moment` raises.
    """
    from wuye_tui.rules.bygone import find_bygone  # its patterns take long to make

    typed = unicodedata.normalize("NFKC", text).strip()
    if len(typed) <= _LONGEST and (over := find_bygone(typed, now, zone)):
        return in_utc(over)
    try:
        moment = parse_moment(text, zone, now.astimezone(zone).date(), now=now)
    except UnreadableMoment as error:
        raise (UnreadablePast(text) if type(error) is UnreadableMoment else error) from None
    earlier = moment - timedelta(days=1)
    bare = _DAY_NAMED.search(typed) is None
    return earlier if bare and moment > now and now - earlier <= longest else moment


def _day_alone(text: str, typed: str, zone: tzinfo, opens: time | None) -> datetime | None:
    found = _DAY.fullmatch(typed)
    if found is None:
        return None
    try:
        day = date(*map(int, found.groups()))
        moment = in_utc(datetime.combine(day, opens or time(), zone))
    except (ValueError, OverflowError) as no_such_day:
        raise NoSuchMoment(text) from no_such_day
    if opens is None:
        raise MomentWithoutTime(text)
    return moment


def _said(
    text: str,
    typed: str,
    zone: tzinfo,
    today: date | None,
    opens: time | None,
    now: datetime | None,
) -> datetime:
    """A moment in spoken words; nothing may stand beside it."""
    if today is None or (now is None and _FROM_NOW.search(typed)):
        raise UnreadableMoment(text)
    # Its patterns take long to make; most moments, and the first frame, do without.
    from wuye_tui.rules.spoken import find_moment

    when = find_moment(typed, now or datetime.combine(today, time(), zone), zone)
    if when is None or when.start is None or when.span != (0, len(typed)):
        raise UnreadableMoment(text)
    if when.end != when.start and opens is None:
        raise MomentWithoutTime(text)
    return when.start
