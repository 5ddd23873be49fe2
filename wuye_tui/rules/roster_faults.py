"""A roster laid out for checking: who has what on which day, and what a broken rule is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wuye_tui.rules.rosters import Asked, Busy, Cell, Need, Person, Shift
from wuye_tui.words import _

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Broken:
    """One hard rule that a roster does not keep: its code, whose it is, on which day, and a whole
    sentence about it. `staff` is "" for what is nobody's own, `day` None for a whole month, and
    `clause` the clause of the regulations where it is one of these.
    """

    rule: str
    staff: str
    day: date | None
    words: str
    clause: str = ""


@dataclass
class Laid:
    """The cells of a month by person and day, what is known of the days around it among them.

    `good` are the cells whose day is of the month and whose shift the kind has; the rest is told
    and left out of what is checked further.
    """

    asked: Asked
    days: list[date] = field(default_factory=list)
    good: list[Cell] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    held: dict[str, dict[date, list[Cell]]] = field(default_factory=dict)
    busy: dict[str, dict[date, list[Busy]]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Asked, cells: Sequence[Cell]) -> "Laid":
        """The roster, and of the days before and after it what is known."""
        laid = cls(asked, asked.days, people={one.number: one for one in asked.people})
        laid.shifts = {one.code: one for one in asked.kind.shifts}
        inside = set(laid.days)
        laid.good = [one for one in cells if one.day in inside and one.shift in laid.shifts]
        around = [one for one in (*asked.before, *asked.after) if one.shift in laid.shifts]
        for cell in (*(one for one in around if one.day not in inside), *laid.good):
            laid.held.setdefault(cell.staff, {}).setdefault(cell.day, []).append(cell)
        for one in asked.busy:
            laid.busy.setdefault(one.staff, {}).setdefault(one.begins.date(), []).append(one)
        return laid

    def name(self, staff: str) -> str:
        """How somebody is called, by number where nobody knows it."""
        found = self.people.get(staff)
        return found.name if found and found.name else staff

    def word(self, code: str) -> str:
        """A shift's word in the user's language; the code where the kind does not have it."""
        found = self.shifts.get(code)
        return _(found.word) if found else code

    def on(self, staff: str, day: date) -> list[Cell]:
        """What somebody has on a day."""
        return self.held.get(staff, {}).get(day, [])

    def elsewhere(self, staff: str, day: date) -> list[Busy]:
        """What somebody has on a day by other kinds of rosters, those beside it left out."""
        return [one for one in self.busy.get(staff, {}).get(day, []) if not one.beside]

    def works(self, staff: str, day: date) -> bool:
        """Whether somebody has a shift on a day, by whichever kind."""
        return bool(self.on(staff, day) or self.elsewhere(staff, day))

    def codes(self, staff: str, day: date) -> set[str]:
        """The shifts that somebody has on a day."""
        return {one.shift for one in self.on(staff, day)}

    def has_night(self, staff: str, day: date) -> bool:
        """Whether somebody has a night on a day, by whichever kind."""
        own = any(self.shifts[code].night for code in self.codes(staff, day))
        return own or any(one.night for one in self.busy.get(staff, {}).get(day, []))

    def known_days(self, staff: str) -> Iterator[date]:
        """Every day from the first that is known of somebody to the last, the month in it."""
        own = self.held.get(staff, {}).keys() | self.busy.get(staff, {}).keys()
        day, last = min([*own, self.days[0]]), max([*own, self.days[-1]])
        while day <= last:
            yield day
            day += ONE_DAY

    def is_employed(self, staff: str, day: date) -> bool:
        """Whether somebody is there at all on a day, leave or not."""
        one = self.people[staff]
        return not ((one.since and day < one.since) or (one.until and day > one.until))

    def is_on_leave(self, staff: str, day: date) -> bool:
        """Whether somebody is on leave."""
        leaves = self.asked.leaves
        return any(one.staff == staff and one.begins <= day <= one.ends for one in leaves)

    def needs(self, day: date) -> dict[tuple[str, str], list[tuple[Need, int]]]:
        """What is needed on a day, by shift and post."""
        found: dict[tuple[str, str], list[tuple[Need, int]]] = {}
        for need in self.asked.kind.needs:
            heads = need.heads if day.weekday() in need.weekdays else 0
            if day in self.asked.holidays and need.holidays is not None:
                heads = need.holidays
            if heads:
                found.setdefault((need.shift, need.post), []).append((need, heads))
        return found
