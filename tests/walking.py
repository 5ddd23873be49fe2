"""Walks a procedure's table: every situation that its rows can lead to, without any database.

Two situations count as one when every fact that a guard, a question or a clock looks at is the
same, so that there are finitely many. Each row is tried in each of them with every representative
answer: each choice, each flag, each optional question answered and left open, in time and too
late, by the worker and by somebody else.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wuye_tui.rules.answers import Answers, TariffItem, take_answers
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.folding import Situation, Step, after
from wuye_tui.rules.lifecycle import Ask, Case, Kind, Lifecycle, Row
from wuye_tui.rules.rights import GRANTS, Actor
from wuye_tui.rules.running import Running, clocks

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)  # Thursday 10:20 in the office
LATER = "2026-11-25 14:00"
MINUTE = timedelta(minutes=1)
CALENDAR = WorkingCalendar()

Given = Mapping[str, Any]
Key = tuple[Any, ...]
# Facts that decide something; of other facts it is enough to know that they are there.
VALUES = ("charge", "callback", "hold", "copies", "tariff")
PRESENT = (
    "unit", "place", "phone", "at", "until", "back_at", "worker", "consented", "emergency",
    "written_up", "reported", "taken", "countersigned", "escalated", "charged_fen", "told",
)  # fmt: skip


class Book:
    """The registers of a walk: everybody and everything asked for is there."""

    def staff(self, typed: str) -> str:
        return typed

    def unit(self, typed: str) -> str:
        return typed

    def tariff(self, typed: str) -> TariffItem:
        return TariffItem(typed, typed, 300_000)


@dataclass(frozen=True)
class Mood:
    """The circumstances of a step: in time or late, at which hour, by whom."""

    awkward: bool

    def case(self, row: Row, was: Situation, given: Given, clocks: frozenset[str], n: int) -> Case:
        recorded = BEGIN + n * MINUTE
        workers = sorted(was.workers)
        doer = workers[0] if self.awkward and workers else _somebody(row)
        actor = Actor(doer, doer, GRANTS[row.who])
        return Case(
            matter=was,
            given=given,
            doer=actor,
            by=actor,
            happened=recorded - MINUTE / 2 if self.awkward else recorded,
            recorded=recorded,
            local=recorded.astimezone(ZONE).replace(hour=21 if self.awkward else 10),
            duty=f"duty-{len(was.facts.get('tried_on', ()))}",
            overdue=clocks if self.awkward else frozenset(),
        )


EASY, AWKWARD = Mood(False), Mood(True)


@dataclass(frozen=True)
class Place:
    """A situation with one way that leads to it."""

    situation: Situation
    way: tuple[Step, ...]
    runs: tuple[Running, ...]

    @property
    def running(self) -> frozenset[str]:
        return frozenset(run.name for run in self.runs if run.ended is None)

    @property
    def story(self) -> str:
        return " > ".join(step.verb for step in self.way) or "nothing"


@dataclass
class Walk:
    """What a walk saw."""

    cycle: Lifecycle
    places: dict[Key, Place] = field(default_factory=dict)
    edges: dict[Key, set[Key]] = field(default_factory=dict)
    taken: set[tuple[str, str, str]] = field(default_factory=set)  # verb, span, to
    asked: set[tuple[str, str]] = field(default_factory=set)  # verb, question
    signed: set[tuple[str, str]] = field(default_factory=set)  # verb, role
    refused: set[tuple[str, str]] = field(default_factory=set)  # verb, guard
    passed: set[tuple[str, str]] = field(default_factory=set)
    started: set[str] = field(default_factory=set)  # clocks
    ended: set[str] = field(default_factory=set)

    def ends(self) -> set[Key]:
        """The keys of the places from which a final state can be reached."""
        final = self.cycle.final
        reach = {key for key, place in self.places.items() if place.situation.state in final}
        back: dict[Key, set[Key]] = {}
        for key, following in self.edges.items():
            for later in following:
                back.setdefault(later, set()).add(key)
        waiting = deque(reach)
        while waiting:
            for before in back.get(waiting.popleft(), set()) - reach:
                reach.add(before)
                waiting.append(before)
        return reach


def walk(cycle: Lifecycle) -> Walk:
    """Everything that can happen to a kind of matter."""
    seen = Walk(cycle)
    start = Place(Situation(), (), ())
    seen.places[_key(start)] = start
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in _steps(seen, here):
            key = _key(there)
            seen.edges.setdefault(_key(here), set()).add(key)
            if key not in seen.places:
                seen.places[key] = there
                waiting.append(there)
    return seen


def _steps(seen: Walk, here: Place) -> Iterator[Place]:
    for row in seen.cycle.rows_from(here.situation.state):
        for given in variants(row):
            answers = answered(row, here.situation, given)
            for mood in (EASY, AWKWARD) if row.guards else (EASY,):
                step = _step(seen, here, row, answers, mood)
                if step:
                    yield _arrived(seen, here, step)


def _step(seen: Walk, here: Place, row: Row, answers: Answers, mood: Mood) -> Step | None:
    was, n = here.situation, len(here.way) + 1
    case = mood.case(row, was, answers.facts, here.running, n)
    refused = {guard.name for guard in row.guards if guard.refuses(case)}
    seen.refused |= {(row.verb, name) for name in refused}
    seen.passed |= {(row.verb, guard.name) for guard in row.guards if guard.name not in refused}
    seen.asked |= {(row.verb, name) for name in answers.facts}
    if refused:
        return None
    seen.signed |= {(row.verb, signed.role) for signed in answers.signed}
    seen.taken.add((row.verb, row.frm, row.to))
    return Step(
        n=n,
        verb=row.verb,
        frm=was.state,
        to=row.to if row.moves else was.state,
        happened=case.happened,
        recorded=case.recorded,
        by=case.by.number,
        facts={**case.given, **row.sets(case)},
        clause=row.clause,
    )


def _arrived(seen: Walk, here: Place, step: Step) -> Place:
    way = (*here.way, step)
    runs = clocks(seen.cycle, way, CALENDAR)
    seen.started |= {run.name for run in runs}
    seen.ended |= {run.name for run in runs if run.ended and not run.void}
    return Place(after(seen.cycle, here.situation, step), way, runs)


def _key(place: Place) -> Key:
    was, facts = place.situation, place.situation.facts
    return (
        was.state,
        was.hold,
        was.outcome,
        place.running,
        bool(was.visits) and was.visits[-1].left is None,
        len(set(facts.get("tried_on", ()))),
        tuple(str(facts.get(name, "")) for name in VALUES),
        tuple(bool(facts.get(name)) for name in PRESENT),
    )


def answered(row: Row, was: Situation, given: Given) -> Answers:
    """The facts of a step, through the validation that forms and commands go through."""
    return take_answers(row, was.facts, given, Book(), ZONE, BEGIN.astimezone(ZONE).date())


def variants(row: Row) -> list[Given]:
    """What may be given: the least, then each question answered in each way that matters."""
    signs = {sign.role: f"S{n}" for n, sign in enumerate(row.signs)}
    least = {ask.name: values(ask)[0] for ask in row.ask if ask.needed} | signs
    found: list[Given] = [least]
    for ask in row.ask:
        found += [{**least, ask.name: value} for value in values(ask)]
    names = {ask.name for ask in row.ask}
    found += [{**least, **more} for more in TOGETHER.get(row.verb, ()) if names >= set(more)]
    found += [
        {**least, sign.role: "", "refused_why": "不肯签", "witness": "邻居"}
        for sign in row.signs
        if sign.may_refuse
    ]
    return [given for at, given in enumerate(found) if given not in found[:at]]


# Answers that decide together: who is to be called, and when.
TOGETHER: dict[str, tuple[Given, ...]] = {
    "register": (
        {"unit": "3-1-502", "phone": "13800001234", "at": LATER},
        {"unit": "3-1-502", "phone": "13800001234"},
        {"place": "大堂", "at": LATER},
        {"unit": "3-1-502", "paper": True},
    ),
}


def values(ask: Ask) -> list[Any]:
    """The answers to a question that may lead to different places; the usual one first."""
    match ask.kind:
        case Kind.CHOICE:
            return [code for code, _ in ask.choices]
        case Kind.FLAG:
            return [True, False]
        case Kind.TARIFF:
            return ["SX-01", "off"]
        case Kind.MONEY:
            return ["10.00", "0"]
        case Kind.LINES:
            return ["SX-01"]
        case Kind.MOMENT:
            return [LATER]
        case Kind.STAFF:
            return ["GC03"]
        case Kind.UNIT:
            return ["3-1-502"]
        case Kind.PHONE:
            return ["13800001234"]
        case Kind.MINUTES:
            return ["30"]
    return ["说明"]


def _somebody(row: Row) -> str:
    return f"somebody-who-may-{row.who.value}"
