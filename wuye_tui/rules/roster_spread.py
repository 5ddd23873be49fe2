"""How evenly a roster shares nights, weekends, holidays and hours, the months before counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wuye_tui.rules.roster_faults import Laid
from wuye_tui.rules.rosters import Asked, Cell, Past, Person

SHARED = ("nights", "weekends", "holidays", "minutes")


@dataclass(frozen=True)
class Evenness:
    """How many each has by number, and how far apart at most any two are that can be compared: who
    may hold the same and are there on the same days.
    """

    by: Mapping[str, int]
    apart: int


def spread(asked: Asked, cells: Sequence[Cell]) -> dict[str, Evenness]:
    """What is shared out, by its name: nights, weekends, holidays (days with a shift) and minutes.
    Whoever has nothing counts, too; people whom nobody knows do not.
    """
    laid = Laid.of(asked, cells)
    alike: dict[object, list[str]] = {}
    for person in asked.people:
        alike.setdefault(_availability(laid, person), []).append(person.number)
    had = {one.number: _had(laid, one.number) for one in asked.people}
    found = {}
    for name in SHARED:
        by = {number: getattr(past, name) for number, past in had.items()}
        apart = (max(by[n] for n in who) - min(by[n] for n in who) for who in alike.values())
        found[name] = Evenness(by, max(apart, default=0))
    return found


def _had(laid: Laid, staff: str) -> Past:
    past, asked = laid.asked.past.get(staff, Past()), laid.asked
    worked = [day for day in laid.days if laid.on(staff, day)]
    codes = [code for day in worked for code in sorted(laid.codes(staff, day))]
    return Past(
        past.nights + sum(laid.has_night(staff, day) for day in worked),
        past.weekends + sum(map(asked.is_weekend, worked)),
        past.holidays + sum(map(asked.is_holiday, worked)),
        past.minutes + sum(laid.shifts[code].counted for code in codes),
    )


def _availability(laid: Laid, person: Person) -> object:
    """What makes two people alike: what they may hold, on which days, and what is fixed of them."""
    kind, number = laid.asked.kind, person.number
    able = tuple(person.qualifications.issuperset(one.qualifications) for one in kind.needs)
    there = tuple(_is_there(laid, number, day) for day in laid.days)
    fixed = sorted((one.shift, sorted(one.weekdays), one.never)
                   for one in kind.fixed if one.staff == number)  # fmt: skip
    return person.stand_in, able, there, repr(fixed)


def _is_there(laid: Laid, staff: str, day: date) -> bool:
    return laid.is_employed(staff, day) and not laid.is_on_leave(staff, day)
