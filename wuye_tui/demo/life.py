"""The office at work: a clock that is moved, and lives that go on when their time has come.

A life is a generator: it acts through the verbs, and yields the moment at which it goes on. What
has not come by the present stays as it is then.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from heapq import heappop, heappush
from random import Random
from typing import Any

from wuye_tui.demo.book import Book, Fault, Home, Somebody
from wuye_tui.demo.roster import SKILLS, Roster
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import Refused
from wuye_tui.store.acts import Act, Result

Lives = Iterator[datetime]
OPENS, CLOSES = time(8, 35), time(17, 15)
"""Between these something is done at the desk that has no hurry."""


@dataclass
class Job:
    """A repair under way: where, what, for whom, and what will go wrong with it."""

    number: str
    said: str
    fault: Fault
    began: datetime
    home: Home | None = None
    name: str = ""
    paid: bool = False
    public: bool = False
    at: datetime | None = None
    late: float = 0.0  # minutes beyond what the regulation allows
    twice: bool = False
    refused: bool = False
    away: bool = False
    quoted: bool = False
    agreed: str = ""  # the charge line that was quoted and agreed to
    night: bool = False
    urged: int = 0


@dataclass
class Life:
    """Everything that goes on in the office until `end`."""

    desk: Desk
    clock: StoppedClock
    end: datetime
    draw: Random
    book: Book
    homes: tuple[Home, ...]
    roster: Roster
    clerk: str = ""
    night: bool = False
    jobs: dict[str, Job] = field(default_factory=dict)
    calling: set[str] = field(default_factory=set)  # the slips whose callback is due
    unsigned: set[str] = field(default_factory=set)  # taken by night, not countersigned yet
    joined: set[str] = field(default_factory=set)  # about which others have called, too
    dropped: set[str] = field(default_factory=set)
    done: dict[str, str] = field(default_factory=dict)  # the last verb by number
    refused: list[Refused] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)  # lines that somebody would be asked about
    busy: dict[str, datetime] = field(default_factory=dict)
    _waiting: list[tuple[datetime, int, str, Lives]] = field(default_factory=list)
    _turns: dict[str, float] = field(default_factory=dict)
    _count: int = 0

    @property
    def now(self) -> datetime:
        """The moment it is in the office, in its zone."""
        return self.clock.now().astimezone(self.desk.zone)

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    def moment(self, day: date, at: time) -> datetime:
        """That time of that day."""
        return datetime.combine(day, at, self.desk.zone)

    def begin(self, life: Lives, at: datetime | None = None, number: str = "") -> None:
        """Lets something happen from then on, or from now; `number` is what it is about."""
        self._count += 1
        heappush(self._waiting, (at or self.now, self._count, number, life))

    def run(self, told: Callable[[datetime], None]) -> None:
        """Goes on until the present; `told` hears how far it has come, once an hour."""
        heard = self.now
        while self._waiting and self._waiting[0][0] <= self.end:
            when, _n, number, life = heappop(self._waiting)
            if number in self.dropped:
                continue
            self.clock.set(max(when, self.clock.now()))
            if when - heard >= timedelta(hours=1):
                heard = when
                told(when)
            try:
                again = next(life, None)
            except Refused as refusal:  # the rest of the office is made all the same
                self.refused.append(refusal)
                continue
            if again is not None:
                self.begin(life, again, number)
        self.clock.set(self.end)

    @cached_property
    def drivers(self) -> list[Somebody]:
        """Whoever has a car."""
        return [one for home in self.homes for one in home.people if one.plate]

    @cached_property
    def by_label(self) -> dict[str, Home]:
        """Every home by its room."""
        return {one.label: one for one in self.homes}

    def near(self, home: Home) -> list[Home]:
        """The homes of the same building."""
        return [one for one in self.homes if one.building == home.building]

    # What a life does.

    def act(self, what: str, work: Callable[[Act], Result], staff: str = "") -> Result:
        """One act of whoever is at the desk, or of `staff`."""
        return self.desk.as_staff(staff or self.clerk).perform(what, work)

    def take(self, number: str, verb: str, staff: str = "", **given: Any) -> Result:
        """One step of a matter."""
        work = partial(_take, number=number, verb=verb, given=given)
        self.done[number] = verb
        return self.act(f"{_KINDS.get(number[:2], 'matter')}.{verb}", work, staff)

    # When a life goes on.

    def soon(self, least: float, most: float) -> datetime:
        """Some minutes from now, between these."""
        return self.now + timedelta(minutes=self.draw.uniform(least, most))

    def at_desk(self, moment: datetime) -> datetime:
        """The moment itself while the desk is open, or else some minutes after it opens."""
        moment = moment.astimezone(self.desk.zone)
        if OPENS <= moment.time() < CLOSES:
            return moment
        day = moment.date() if moment.time() < OPENS else moment.date() + timedelta(days=1)
        return self.moment(day, OPENS) + timedelta(minutes=self.draw.uniform(1, 40))

    def slot(self, day: date, *hours: float) -> datetime:
        """One of these hours of a day, a few minutes off."""
        found = self.moment(day, time()) + timedelta(hours=self.draw.choice(hours))
        return found + timedelta(minutes=self.draw.uniform(0, 25))

    def chance(self, share: float) -> bool:
        """Whether something comes true that does in this share of all cases."""
        return self.draw.random() < share

    def turn(self, what: str, share: float) -> bool:
        """The same for what a month is measured by: it comes round as often as its share says,
        however the dice fall.
        """
        have = self._turns.get(what, self.draw.random()) + share
        self._turns[what] = have % 1
        return have >= 1

    def worker(self, fault: Fault, minutes: float) -> str:
        """Who is sent: whoever is free first, or knows the trade; busy for so long then."""
        there = self.roster.workers(self.today)
        skilled = SKILLS.get(fault.who, "")
        found = skilled if skilled in there else min(there, key=self._free)
        self.busy[found] = max(self._free(found), self.now) + timedelta(minutes=minutes)
        return found

    def _free(self, number: str) -> datetime:
        return self.busy.get(number, self.now - timedelta(days=1))


_KINDS = {
    "PG": "repair",
    "GD": "order",
    "TS": "complaint",
    "HF": "callback",
    "TZ": "notice",
    "LD": "ring",
    "ZR": "entry",
    "XG": "patrol",
    "RW": "task",
    "TF": "incident",
    "PY": "reading",
    "CJ": "dunning",
}


def _take(act: Act, number: str, verb: str, given: dict[str, Any]) -> Result:
    return matters.take(act, number, verb, **given)
