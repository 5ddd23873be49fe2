"""Rosters (KF-5, ZB-3.6, ZB-4.4): what a kind of roster asks for, who there is, and who does what.

Plain data. The office's own rules of each kind stand in `data/rosters/*.toml`; whoever generates a
roster and whoever checks one both read this, and share nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from wuye_tui.rules.months import Month

A_DAY: Final = 24 * 60


class Hours(StrEnum):
    """By which working time the law counts (Labour Law 36, 38, 39, 41)."""

    STANDARD = "standard"
    COMPREHENSIVE = "comprehensive"


@dataclass(frozen=True)
class Shift:
    """One shift of a kind: from when to when, whether it counts as a night, and so many minutes of
    work (its length, unless the office counts less of it, as where one may sleep).
    """

    code: str
    word: str
    starts: time
    ends: time
    night: bool = False
    minutes: int = 0
    together: tuple[str, ...] = ()  # shifts that the same person may hold on the same day
    only_with: str = ""  # held only by somebody who holds this other shift on the same day

    @property
    def length(self) -> int:
        """Minutes from its start to its end."""
        begin, end = (one.hour * 60 + one.minute for one in (self.starts, self.ends))
        return (end - begin) % A_DAY or A_DAY

    @property
    def counted(self) -> int:
        """Minutes of working time."""
        return self.minutes or self.length

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when to when on a day, in the office's own time, without a zone."""
        begin = datetime.combine(day, self.starts)
        return begin, begin + timedelta(minutes=self.length)


@dataclass(frozen=True)
class Need:
    """So many heads at a post in a shift, on some weekdays (0 is Monday); `holidays` says it of
    public holidays where they differ. `qualifications` are all needed of each of them.
    """

    shift: str
    heads: int
    post: str = ""
    weekdays: frozenset[int] = frozenset(range(7))
    holidays: int | None = None
    qualifications: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """What is hard of a kind. 0 is no limit of its own.

    `rest`: minutes from the end of one shift to the start of the next; `after_night` the shifts
    that may not be held on the day after a night; `days`, `nights`: most in a row; `free`: least
    days without a shift in a month; `week_free`: in any seven days; `most_nights`: in a month.
    """

    hours: Hours = Hours.STANDARD
    rest: int = 0
    after_night: frozenset[str] = frozenset()
    days: int = 6
    nights: int = 0
    free: int = 4
    week_free: int = 1
    most_nights: int = 0
    level: str = ""  # the lowest level that may hold it (HR-5.1)


@dataclass(frozen=True)
class Weights:
    """How much each soft thing weighs: one unit of unevenness, a wish not met, a change."""

    nights: int = 20
    weekends: int = 15
    holidays: int = 30
    hours: int = 1
    wishes: int = 10
    changes: int = 25
    cycle: int = 5


@dataclass(frozen=True)
class RosterKind:
    """A kind of roster as the office's file has it. `departments`, `posts` and `hats` say who of
    the staff is in it, any of them; `stand_in` who else may be asked where they are too few.
    """

    code: str
    word: str
    clause: str
    shifts: tuple[Shift, ...]
    needs: tuple[Need, ...]
    limits: Limits = field(default_factory=Limits)
    weights: Weights = field(default_factory=Weights)
    departments: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    hats: tuple[str, ...] = ()
    stand_in: tuple[str, ...] = ()  # posts of the staff, by word
    duty_post: str = ""  # the post of `duties.toml` whose duties it plans, "" for none
    duty_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by shift
    cycle_weeks: int = 0  # the same pattern comes round after so many weeks; 0 where it does not
    fixed: tuple["Fixed", ...] = ()
    partner_days: int = 0  # who is new for so many days is never alone in a shift
    alongside: bool = False  # held beside one's own work, and in the way of no other kind
    file: str = field(default="", compare=False)  # as refusals name it; it makes no other kind

    @property
    def place(self) -> str:
        """The file that says all this."""
        return self.file or f"rosters/{self.code}.toml"

    def shift(self, code: str) -> Shift:
        """A shift by its code. KeyError for one that there is not."""
        return {one.code: one for one in self.shifts}[code]

    def post_of(self, shift: str) -> str:
        """The post of a shift that is needed at one post alone; "" where it has several or none."""
        there = {one.post for one in self.needs if one.shift == shift}
        return there.pop() if len(there) == 1 else ""

    def heads(self, day: date, is_holiday: bool) -> Iterator[tuple[Need, int]]:
        """What is needed on a day, needs of nobody left out."""
        for need in self.needs:
            if day.weekday() in need.weekdays or (is_holiday and need.holidays is not None):
                many = need.holidays if is_holiday and need.holidays is not None else need.heads
                if many:
                    yield need, many


class Fixed(NamedTuple):
    """Somebody who always, or never, has a shift on some weekdays."""

    staff: str
    shift: str  # "" for any shift, which with `never` is a day off
    weekdays: frozenset[int]
    never: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody of the staff as a roster sees them. `since` is their first day, `until` their last;
    `stand_in`: not of the kind's own people, and given a shift only where these are too few.
    """

    number: str
    name: str
    qualifications: frozenset[str] = frozenset()
    level: str = ""
    since: date | None = None
    until: date | None = None
    stand_in: bool = False


class Leave(NamedTuple):
    """Days on which somebody is away, both in it."""

    staff: str
    begins: date
    ends: date
    reason: str = ""


class Wish(NamedTuple):
    """What somebody would like: this shift on this day, or (`off`) not to have it; "" is any."""

    staff: str
    day: date
    shift: str = ""
    off: bool = True
    weight: int = 1


class Cell(NamedTuple):
    """Somebody has a shift at a post on a day."""

    day: date
    shift: str
    post: str
    staff: str


class Busy(NamedTuple):
    """What somebody has by another kind of roster: from when to when in the office's own time,
    minutes of work, the words of the kind and the shift, and whether it is a night.

    `beside`: one of the two kinds is held alongside the other. By day neither is in the way of the
    other then, and nothing counts for both; but a night is one, with `rest` minutes around it.
    """

    staff: str
    begins: datetime
    ends: datetime
    minutes: int
    word: str
    night: bool = False
    beside: bool = False
    rest: int = 0

    def is_in_the_way(self, kind: "RosterKind", night: bool) -> bool:
        """Whether a shift of a kind, a night or not, has to keep away from it."""
        return not self.beside or self.night or (night and not kind.alongside)

    def away(self, kind: "RosterKind") -> int:
        """Minutes that have to lie between it and a shift of a kind."""
        return max(kind.limits.rest, self.rest) if self.beside else kind.limits.rest


@dataclass(frozen=True)
class Past:
    """What somebody had in the months before, counted: for sharing out evenly over the year."""

    nights: int = 0
    weekends: int = 0
    holidays: int = 0
    minutes: int = 0  # of the months before in the same quarter, which the law's average goes by


@dataclass(frozen=True)
class Asked:
    """All that a roster of a month is drawn up from: the same asked twice is the same roster."""

    kind: RosterKind
    month: Month
    people: Sequence[Person]
    leaves: Sequence[Leave] = ()
    wishes: Sequence[Wish] = ()
    holidays: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()  # the working days of the month, make-up days among them
    before: Sequence[Cell] = ()  # the last days of the month before
    after: Sequence[Cell] = ()  # the first days of the month after it, where they are published
    past: Mapping[str, Past] = field(default_factory=dict)
    published: Sequence[Cell] = ()  # what of the month people know already
    kept_until: date | None = None  # up to this day what is published stays as it is
    quarter_days: int = (
        0  # working days of the quarter with this month; 0 counts Mondays to Fridays
    )
    busy: Sequence[Busy] = ()  # what these people have by other kinds, in the month and around it

    @property
    def days(self) -> list[date]:
        """Every day of the month."""
        last = self.month.last_day
        return [last.replace(day=n) for n in range(1, last.day + 1)]

    @property
    def away(self) -> frozenset[tuple[str, date]]:
        """Who is on leave on which day of the month."""
        return frozenset(
            (one.staff, day)
            for one in self.leaves
            for day in self.days
            if one.begins <= day <= one.ends
        )

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a public holiday."""
        return day in self.holidays

    def is_weekend(self, day: date) -> bool:
        """Saturdays, Sundays and holidays: what is shared out evenly besides nights."""
        return day.weekday() > 4 or day in self.holidays

    def is_away(self, staff: str, day: date) -> bool:
        """Whether somebody is on leave, not yet there, or gone."""
        person = next((one for one in self.people if one.number == staff), None)
        if person is None:
            return True
        if (person.since and day < person.since) or (person.until and day > person.until):
            return True
        return any(one.staff == staff and one.begins <= day <= one.ends for one in self.leaves)


@dataclass(frozen=True)
class Drawn:
    """A roster that was drawn up: how good it is (`objective`, less is better), how good any can be
    (`bound`), and whether it was stopped before that was known.
    """

    cells: tuple[Cell, ...]
    objective: int
    bound: int
    stopped: bool = False
    seed: int = 0
    notes: tuple[str, ...] = ()  # what whoever publishes it should know, in words

    @property
    def gap(self) -> float:
        """How far from the best possible, as a share of it."""
        return (self.objective - self.bound) / max(1, abs(self.bound))
