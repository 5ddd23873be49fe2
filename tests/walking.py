"""Walks a procedure's table: every situation that its rows can lead to, without any database.

Two situations count as one when everything that a guard, a question or a clock looks at is the
same, so that there are finitely many; what is looked at is said by whoever asks for the walk. Each
row is tried in each of them with every representative answer: each choice, each flag, each
optional question answered and left open; and in two moods, the usual one and an awkward one (late
in the evening, recorded after it happened, with every running clock overdue and every other matter
still awaited, by the plainest person who may and who had a hand in it already).
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wuye_tui.reference import Reference
from wuye_tui.rules.answers import Answers, TariffItem, take_answers
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import Before
from wuye_tui.rules.folding import UNDO, Situation, Step, after, effective
from wuye_tui.rules.lifecycle import NEW, Ask, Case, Kind, Lifecycle, Row
from wuye_tui.rules.patrol_plan import Spot
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.rights import GRANTS, Actor, Right, holders
from wuye_tui.rules.running import Running, clocks

ZONE = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)  # Thursday 10:20 in the office
TODAY = BEGIN.astimezone(ZONE).date()
ROOM = "power_room"
LATER, EARLIER = "2026-11-25 14:00", "2026-11-18 14:00"
MINUTE = timedelta(minutes=1)
# What a row that looks beside its matter (`Effect.COUNT`) finds there in an awkward mood.
AWKWARD = {
    **dict.fromkeys(
        ("unexplained", "cash_off", "uncounted", "unseen", "unseen_group"), ("万用表",)
    ),
    **dict.fromkeys(("cash_uncounted", "may_not", "gone"), True),
}
CALENDAR = WorkingCalendar()
DUNNING = Reference().dunning
# What registers know of other matters: much overdue on a usual day; and in an awkward mood nothing
# of it, another one open, a complaint, few ways and one of them just taken.
OWING = {"dunning": DUNNING, "overdue_fen": 21928, "owed_fen": 43856, "days": 400}
AWKWARD_AROUND = {
    **{"duty": "", "duty_over": True, "busy": "XG-1", "later_visit": True},
    **{"overdue_fen": 0, "days": 0, "open": "CJ-1", "complaints": ("TS-20261119-001",)},
    "dunned": {"phone": "2026-11-19"},
    "dunning": replace(
        DUNNING, levels=tuple(replace(one, ways=one.ways[:1]) for one in DUNNING.levels)
    ),
}

Given = Mapping[str, Any]
Key = tuple[Any, ...]
Matters = Callable[[Situation], Key]
"""What of a situation decides anything; `state` and the running clocks always do."""


class Book:
    """The registers of a walk: everybody and everything asked for is there, and may."""

    def staff(self, typed: str) -> str:
        return typed

    def department(self, code: str) -> tuple[str, ...]:
        return ()

    def may(self, number: str, right: Right) -> bool:
        return True

    def unit(self, typed: str) -> str:
        return typed

    def tariff(self, typed: str) -> TariffItem:
        return TariffItem(typed, typed, 300_000)

    def spot(self, typed: str) -> Spot:
        return Spot(typed, typed, "room" if typed == ROOM else "post", readings=("负荷",))

    def matter(self, typed: str) -> str:
        return typed


@dataclass(frozen=True)
class Place:
    """A situation with one way that leads to it."""

    situation: Situation
    running: frozenset[str]
    way: tuple[Step, ...]

    @property
    def story(self) -> str:
        """The verbs that lead here."""
        return " > ".join(step.verb for step in self.way) or "nothing"


@dataclass
class Walk:
    """What a walk saw. Pairs are (verb, name); a way taken is (verb, from, to) as in the table."""

    cycle: Lifecycle
    matters: Matters
    without: frozenset[str] = frozenset()  # verbs that are left out
    calls: tuple[Given, ...] = ()  # what is answered to `register`, if not everything
    more: Mapping[str, tuple[Given, ...]] = field(default_factory=dict)  # of several at once
    moods: tuple[tuple[bool, bool], ...] = ((False, False), (True, False))
    places: dict[Key, Place] = field(default_factory=dict)
    edges: dict[Key, set[Key]] = field(default_factory=dict)
    taken: set[tuple[str, str, str]] = field(default_factory=set)
    asked: set[tuple[str, str]] = field(default_factory=set)
    signed: set[tuple[str, str]] = field(default_factory=set)
    refused: set[tuple[str, str]] = field(default_factory=set)
    passed: set[tuple[str, str]] = field(default_factory=set)
    started: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    _given: dict[tuple[str, str], list[Given]] = field(default_factory=dict)

    def key(self, place: Place) -> Key:
        return (place.situation.state, place.running, *self.matters(place.situation))

    def given(self, row: Row) -> list[Given]:
        """What is answered to a row's questions here."""
        found = self._given.get((row.verb, row.frm))
        if found is None:
            found = list(self.calls) if self.calls and row.verb == "register" else variants(row)
            found += self.more.get(row.verb, ())
            self._given[row.verb, row.frm] = found
        return found

    def stuck(self) -> list[str]:
        """How to get to the places from which no final state can be reached."""
        final = self.cycle.final
        ends = {key for key, place in self.places.items() if place.situation.state in final}
        back: dict[Key, set[Key]] = {}
        for key, following in self.edges.items():
            for later in following:
                back.setdefault(later, set()).add(key)
        waiting = deque(ends)
        while waiting:
            for before in back.get(waiting.popleft(), set()) - ends:
                ends.add(before)
                waiting.append(before)
        return [place.story for key, place in self.places.items() if key not in ends]

    def final(self) -> list[Place]:
        """The places where all is over."""
        return [p for p in self.places.values() if p.situation.state in self.cycle.final]


def walk(
    cycle: Lifecycle,
    matters: Matters,
    without: str = "",
    calls: tuple[Given, ...] = (),
    holders: bool = False,
    more: Mapping[str, tuple[Given, ...]] | None = None,
) -> Walk:
    """Everything that can happen to a kind of matter, unless the verbs in `without` are taken.
    `more` are answers by verb that mean something only together.
    With `holders` each step is tried by whoever answers for the matter as well.
    """
    seen = Walk(cycle, matters, frozenset(without.split()), calls, more=more or {})
    if holders:
        seen.moods += ((False, True),)
    start = Place(Situation(), frozenset(), ())
    seen.places[seen.key(start)] = start
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        following = seen.edges.setdefault(seen.key(here), set())
        for there in _steps(seen, here):
            key = seen.key(there)
            following.add(key)
            if key not in seen.places:
                seen.places[key] = there
                waiting.append(there)
    return seen


def _steps(seen: Walk, here: Place) -> Iterator[Place]:
    for row in seen.cycle.rows_from(here.situation.state):
        if row.verb in seen.without:
            continue
        for given in seen.given(row):
            answers = take_answers(row, here.situation.facts, given, Book(), ZONE, TODAY)
            seen.asked |= {(row.verb, name) for name in answers.facts}
            step = None
            for awkward, holding in seen.moods if row.guards else ((False, False),):
                case = case_of(row, here, answers, awkward, holding)
                # The same answers lead to the same place, in whichever mood they are let pass.
                step = _step(seen, here, row, case) if step is None else step
                _note_guards(seen, row, case)
            if step:
                seen.signed |= {(row.verb, signed.role) for signed in answers.signed}
                yield _arrived(seen, here, step)


def case_of(
    row: Row, here: Place, answers: Answers, awkward: bool = False, holding: bool = False
) -> Case:
    """The circumstances of a step; in an awkward mood the worker does and signs everything.
    `holding`: whoever answers for the matter takes it, and nobody else.
    """
    recorded = BEGIN + (len(here.way) + 1) * MINUTE
    known = _known_people(here.situation)
    doer = known[0] if awkward and known else f"somebody who may {row.who.value}"
    doer = here.situation.received or doer if holding else doer
    plain = frozenset(holders(row.who)[:1])
    actor = Actor(doer, doer, plain if awkward else GRANTS[row.who])
    return Case(
        matter=here.situation,
        given=answers.facts,
        doer=actor,
        by=actor,
        happened=recorded - MINUTE if awkward else recorded,
        recorded=recorded,
        local=recorded.astimezone(ZONE).replace(hour=21 if awkward else 10),
        duty=f"duty-{len(here.situation.facts.get('tried_on', ()))}",
        signed={s.role: doer if awkward else s.staff for s in answers.signed},
        named=awkward,
        overdue=here.running if awkward else frozenset(),
        awaited=frozenset({"GD-20261119-001", "TS-20261119-001"} if awkward else ()),
        by_pin=frozenset(() if awkward else (s.role for s in answers.signed)),
        looked=AWKWARD if awkward else {},
        around=AWKWARD_AROUND if awkward else OWING,
    )


def _known_people(was: Situation) -> list[str]:
    """Who has to do with it already: whom it is offered to, who takes or hands it over, then who
    had it in hand.
    """
    names = ("offered_to", "relief", "giver")
    first = next((str(was.facts[name]) for name in names if was.facts.get(name)), "")
    return [*filter(None, [first]), *sorted(was.workers), *was.facts.get("handlers", ())]


def _note_guards(seen: Walk, row: Row, case: Case) -> None:
    for guard in row.guards:
        (seen.refused if guard.refuses(case) else seen.passed).add((row.verb, guard.name))


def _step(seen: Walk, here: Place, row: Row, case: Case) -> Step | None:
    if any(guard.refuses(case) for guard in row.guards):
        return None
    seen.taken.add((row.verb, row.frm, row.to))
    return step_of(row, here, case)


def step_of(row: Row, here: Place, case: Case) -> Step:
    """The step as it would be written."""
    was = here.situation
    return Step(
        n=len(here.way) + 1,
        verb=row.verb,
        frm=was.state,
        to=row.to if row.moves else was.state,
        happened=case.happened,
        recorded=case.recorded,
        by=case.by.number,
        facts={**case.given, **row.sets(case), **signatures(case)},
        clause=row.clause,
    )


def signatures(case: Case) -> dict[str, str]:
    """The names that were signed with, as the register keeps them with the step."""
    return {f"signed_{role}": name or "refused" for role, name in case.signed.items()}


def _arrived(seen: Walk, here: Place, step: Step) -> Place:
    situation = after(seen.cycle, here.situation, step)
    running, ended = still_running(seen.cycle, here.running, step, situation)
    seen.started |= running
    seen.ended |= ended
    return Place(situation, running, (*here.way, step))


def still_running(
    cycle: Lifecycle, running: frozenset[str], step: Step, now: Situation
) -> tuple[frozenset[str], frozenset[str]]:
    """Which clocks run after a step, and which had done their work by it; said a second time, so
    that `clocks` can be held against it.
    """
    after_it, done = set[str](), set[str]()
    for rule in cycle.deadlines:
        ran, lives = rule.name in running, step.to in cycle.span(rule.runs_in)
        if ran and not lives:
            done.add(rule.name)
        if not lives or not (ran or step.verb in rule.after):
            continue
        known = not isinstance(rule.length, Before) or now.facts.get(rule.length.field)
        applies = rule.when(now.facts)
        if step.verb in rule.after and known and applies:
            after_it.add(rule.name)
        elif ran and step.verb in rule.ended_by:
            done.add(rule.name)
        elif ran and applies:
            after_it.add(rule.name)
    return frozenset(after_it), frozenset(done)


def reckoned(cycle: Lifecycle, place: Place) -> tuple[Running, ...]:
    """The clocks of a place as the desk reckons them."""
    return clocks(cycle, place.way, CALENDAR)


def variants(row: Row) -> list[Given]:
    """What may be given: the least, then each question answered in each way that matters."""
    signs = {sign.role: f"S{n}" for n, sign in enumerate(row.signs)}
    least = {ask.name: values(ask)[0] for ask in row.ask if ask.needed} | signs
    found: list[Given] = [least]
    for ask in row.ask:
        found += [{**least, ask.name: value} for value in values(ask)]
    found += [
        {**least, sign.role: "", "refused_why": "不肯签", "witness": "邻居"}
        for sign in row.signs
        if sign.may_refuse
    ]
    return [given for at, given in enumerate(found) if given not in found[:at]]


def values(ask: Ask) -> list[Any]:
    """The answers to a question that may lead to different places; the usual one first."""
    usual: dict[Kind, list[Any]] = {
        Kind.CHOICE: [code for code, _ in ask.choices],
        Kind.FLAG: [True, False],
        Kind.TARIFF: ["SX-01", "off"],
        Kind.MONEY: ["0.01", "30"],
        Kind.LINES: ["SX-01", []],
        Kind.MOMENT: [LATER, EARLIER],
        Kind.STAFF: ["GC03", "GC04"],
        Kind.UNIT: ["3-1-502"],
        Kind.PHONE: ["13800001234"],
        Kind.MINUTES: ["30"],
        Kind.COUNTS: ["对讲机=6"],
        Kind.KEYS: ["PG-20261119-001:2"],
        Kind.SPOT: ["desk", ROOM],
        Kind.MATTER: [f"{procedure(kind).prefix}-20261119-001" for kind in ask.kinds],
    }
    return usual.get(ask.kind, ["说明", "好"] if ask.name == "finding" else ["说明"])


def story(cycle: Lifecycle, *told: tuple[float, str, Given]) -> list[Step]:
    """Steps as they would be written: (minutes after BEGIN, verb, facts); no guard is asked."""
    way: list[Step] = []
    was = Situation()
    for minutes, verb, facts in told:
        row = cycle.row(verb, was.state)
        assert row is not None, f"no {verb} from {was.state}"
        moment = BEGIN + minutes * MINUTE
        answers = Answers(dict(facts), frozenset(), ())
        case = case_of(row, Place(was, frozenset(), tuple(way)), answers)
        case = replace(case, happened=moment, recorded=moment)
        step = step_of(row, Place(was, frozenset(), tuple(way)), case)
        way.append(step)
        was = after(cycle, was, step)
    return way


def taking_back(way: list[Step], minutes: float) -> Step:
    """The step that takes the last effective one of `way` back."""
    counted = effective(way)
    last, moment = counted[-1], BEGIN + minutes * MINUTE
    back = counted[-2].to if len(counted) > 1 else NEW
    return Step(
        n=way[-1].n + 1,
        verb=UNDO,
        frm=last.to,
        to=back,
        happened=moment,
        recorded=moment,
        by=last.by,
        facts={},
        undoes=last.n,
    )
