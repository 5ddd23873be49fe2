"""What a finished schedule is worth, judged by the format's rules alone.

It shares nothing with the solver: the rules are read off the schedule one by one, so that a
mistake of the model cannot be repeated here. The weeks before and after the days planned are
taken as the benchmark takes them: they complete a stretch of work or of rest that is too short,
and never make one too long.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from wuye_tui.rostering.instances import OFF, Instance, Person, Schedule


@dataclass(frozen=True)
class Breach:
    """One hard rule broken: the rule's name, the person, and the day it shows (-1: the whole)."""

    rule: str
    person: str
    day: int = -1


@dataclass(frozen=True)
class Judged:
    """All hard rules broken, and the objective in the file's weights (it counts as 0 or more)."""

    breaches: tuple[Breach, ...]
    requests: int
    cover: int

    @property
    def objective(self) -> int:
        """What is to be as small as it can be; it means nothing where a rule is broken."""
        return self.requests + self.cover


def judge(instance: Instance, schedule: Schedule) -> Judged:
    """Every rule and the objective of a schedule; one of the wrong shape breaks `shape` alone."""
    if not _in_shape(instance, schedule):
        return Judged((Breach("shape", ""),), 0, 0)
    breaches = tuple(
        breach
        for person, days in zip(instance.people, schedule, strict=True)
        for breach in _breaches(instance, person, days)
    )
    return Judged(breaches, _requests(instance, schedule), _cover(instance, schedule))


def _in_shape(instance: Instance, schedule: Schedule) -> bool:
    kinds = range(OFF, len(instance.shifts))
    return len(schedule) == len(instance.people) and all(
        len(days) == instance.days and all(kind in kinds for kind in days) for days in schedule
    )


def _breaches(instance: Instance, person: Person, days: tuple[int, ...]) -> Iterator[Breach]:
    for day in sorted(person.off):
        if days[day] != OFF:
            yield Breach("day_off", person.name, day)
    for day, (first, then) in enumerate(pairwise(days)):
        if OFF not in (first, then) and then in instance.shifts[first].before:
            yield Breach("follows", person.name, day + 1)
    for kind, most in enumerate(person.most):
        if days.count(kind) > most:
            yield Breach("most_of_a_kind", person.name)
    minutes = sum(instance.shifts[kind].minutes for kind in days if kind != OFF)
    if minutes > person.most_minutes:
        yield Breach("most_minutes", person.name)
    if minutes < person.least_minutes:
        yield Breach("least_minutes", person.name)
    worked = sum(any(days[day] != OFF for day in weekend) for weekend in instance.weekends)
    if worked > person.most_weekends:
        yield Breach("weekends", person.name)
    yield from _stretches(person, days)


def _stretches(person: Person, days: tuple[int, ...]) -> Iterator[Breach]:
    start = 0
    for working, run in groupby(days, lambda kind: kind != OFF):
        length = len(list(run))
        inside = start > 0 and start + length < len(days)
        if working and length > person.most_in_a_row:
            yield Breach("most_in_a_row", person.name, start)
        if working and inside and length < person.least_in_a_row:
            yield Breach("least_in_a_row", person.name, start)
        if not working and inside and length < person.least_off:
            yield Breach("least_off", person.name, start)
        start += length


def _requests(instance: Instance, schedule: Schedule) -> int:
    missed = sum(w for (who, day, kind), w in instance.on.items() if schedule[who][day] != kind)
    forced = sum(w for (who, day, kind), w in instance.off.items() if schedule[who][day] == kind)
    return missed + forced


def _cover(instance: Instance, schedule: Schedule) -> int:
    total = 0
    for (day, kind), cover in instance.cover.items():
        there = sum(days[day] == kind for days in schedule)
        short = cover.wanted - there
        total += short * cover.under if short > 0 else -short * cover.over
    return total
