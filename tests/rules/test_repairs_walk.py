"""Every situation that a repair, an order, a complaint or a callback can come into, by the tables.

The repair table is walked in four worlds, each complete in itself: plain days, nights and
emergencies, holds and appointments, and what is late. A random walk over the whole table, nothing
left out, looks for what only their mixture shows.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.log_worlds import (
    FOUND,
    FOUND_ON_THE_WAY,
    WRITTEN,
    of_a_task,
    of_an_entry,
    of_an_incident,
)
from tests.walking import (
    EARLIER,
    LATER,
    TODAY,
    ZONE,
    Book,
    Given,
    Key,
    Place,
    Walk,
    case_of,
    reckoned,
    step_of,
    still_running,
    variants,
    walk,
)
from wuye_tui.rules import complaint_lacks, order_lacks, repair_lacks
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.answers import take_answers
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.complaint_guards import LEVELS
from wuye_tui.rules.complaints import COMPLAINT
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.duetime import Before
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.folding import Situation, after, fold
from wuye_tui.rules.handovers import HANDOVER
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.notices import NOTICE
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.patrols import PATROL
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.readings import READING
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.ringing import RINGING
from wuye_tui.rules.tasks import TASK
from wuye_tui.rules.weekfiles import WEEKFILE

INSISTED = {
    "repair": repair_lacks.INSISTED,
    "order": order_lacks.INSISTED,
    "complaint": complaint_lacks.INSISTED,
}
HOME = {"unit": "3-1-502", "text": "水龙头漏水"}
PHONE = {"phone": "13800001234"}
ANY_CALL = tuple(
    {"text": "水龙头漏水", **where, **phone, **at}
    for where in ({"unit": "3-1-502"}, {"place": "大堂"})
    for phone in ({}, PHONE)
    for at in ({}, {"at": LATER})
)
REGISTER = REPAIR.rows_named("register")[0]
EVERY_CALL = (*ANY_CALL, *variants(REGISTER), *({**HOME, **more} for more in variants(REGISTER)))
BEFORE_ARRIVAL = {"registered", "issued", "notified", "collected", "quoted"}
LINE_FEN = 3000  # what the line of `walking.values` comes to
AWAY = "100000.01"  # a fen more than a slip may be
BEYOND: dict[str, tuple[Given, ...]] = {
    "quote": ({"fee": AWAY, "told_how": "phone"},),
    "agree": (
        {"tariff_shown": True, "damage": "裂", "minutes": "5", "consent": True, "parts_fen": AWAY},
    ),
    "amend": ({"charge": "paid", "tariff": "off", "fee": AWAY, "explained": True},),
    "finish": (
        {"lines": ["SX-01*999"] * 4, "tried": True, "resident": "陈立", "inspector": "GC01"},
    ),
}
AFTER_WORK = {"finished", "returned", "verified", "closed"}


def of_a_repair(was: Situation) -> Key:
    """What guards, questions and clocks look at on a repair slip."""
    facts = was.facts
    return (
        bool(was.hold),
        was.outcome,
        bool(facts.get("place")),
        bool(facts.get("unit")),
        bool(facts.get("phone")),
        bool(facts.get("at")) and was.state in BEFORE_ARRIVAL,  # later nothing starts by it
        facts.get("charge"),
        is_.off_tariff(facts),
        bool(facts.get("consented")),
        bool(facts.get("worker")),
        is_.emergency(facts) and (bool(facts.get("written_up")), bool(facts.get("reported"))),
        bool(facts.get("taken")) and (bool(facts.get("countersigned")),),
        bool(facts.get("escalated")),
        facts.get("callback") == "due",
        bool(facts.get("charged_fen")),
        bool(facts.get("paid_fen")),
        bool(facts.get("held_fen")),
        bool(facts.get("waiting")),
        is_.off_tariff(facts) and was.state not in AFTER_WORK and enough_agreed(facts),
    )


def enough_agreed(facts: Given) -> bool | None:
    """Whether what was quoted is as much as the line that is charged; None without a quote."""
    if facts.get("fee") is None:
        return None
    return int(facts["fee"]) + int(facts.get("parts_fen") or 0) >= LINE_FEN


def of_a_filed_repair(was: Situation) -> Key:
    """What decides whether a slip may be filed, once it is over."""
    facts = was.facts
    over = was.state in REPAIR.final
    return (
        was.outcome,
        bool(facts.get("unit")),
        facts.get("charge"),
        facts.get("callback") == "due",
        *(lack.missing(was) for lack in REPAIR.lacks if over),
        facts.get("copies") == "engineering",
        bool(facts.get("caller")),
        bool(facts.get("phone")),
        bool(facts.get("register_line")),
        len(str(facts.get("finding", ""))) == 1,
        len(str(facts.get("text", ""))) == 1,
        bool(facts.get("sent_back")),
    )


def of_an_order(was: Situation) -> Key:
    told, escalated = bool(was.facts.get("told")), bool(was.facts.get("escalated"))
    lacks = tuple(lack.missing(was) for lack in ORDER.lacks)
    return (bool(was.hold), told, escalated, len(was.workers), lacks)


def of_a_complaint(was: Situation) -> Key:
    """What guards, questions and clocks look at on a complaint."""
    facts = was.facts
    return (
        bool(was.hold),
        facts.get("level"),
        bool(facts.get("reported")),
        bool(facts.get("judged_by")),
        bool(facts.get("about")),
        facts.get("offered_to"),
        was.received,
        tuple(facts.get("handlers", ())),
        bool(facts.get("phone")),
        facts.get("callback") == "due",
        tuple(lack.missing(was) for lack in COMPLAINT.lacks),
    )


def of_a_callback(was: Situation) -> Key:
    lacks = tuple(lack.missing(was) for lack in CALLBACK.lacks)
    return (min(len(set(was.facts.get("tried_on", ()))), 3), lacks)


def of_a_routine(was: Situation) -> Key:
    return ()


def of_a_notice(was: Situation) -> Key:
    return (bool(was.facts.get("ends")),)


def of_a_ring(was: Situation) -> Key:
    return (min(int(was.facts.get("rings", 0)), 3),)


def of_a_handover(was: Situation) -> Key:
    facts = was.facts
    return (
        facts.get("giver"),
        facts.get("post"),
        facts.get("relief"),
        bool(facts.get("cleaning_ok")),
        bool(facts.get("relief_by")),
    )


def of_a_dunning(was: Situation) -> Key:
    """By which ways it was reminded, and how far it has come."""
    return (tuple(sorted(was.facts.get("dunned", {}))), was.facts.get("level"))


HANDED = tuple(
    {"text": "夜班交给上午班", "giver": giver, "post": post, **moments}
    for giver in ("somebody who may anyone", "GC03")
    for post in ("desk", "duty_manager")
    for moments in (
        {},
        dict.fromkeys(("ends", "relief_by", "done_by"), LATER),
        dict.fromkeys(("relief_by", "done_by"), EARLIER),
    )
)
"""By whoever the walk has at the keyboard and by somebody else, in time and too late."""


@dataclass(frozen=True)
class World:
    """A part of a table that is walked completely."""

    cycle: Lifecycle
    matters: Callable[[Situation], Key]
    without: str = ""
    calls: tuple[Given, ...] = ()
    holders: bool = False  # whether whoever answers for it tries each step, too
    more: dict[str, tuple[Given, ...]] = field(default_factory=dict)  # answers of several at once


FILING = "archive send_back complete"  # walked in a world of its own
MONEY = "pay hold_cash void_receipt bring_receipt"  # walked on plain days
WORLDS = {
    "repair, plain days": World(
        REPAIR,
        of_a_repair,
        f"{FILING} take countersign dispatch_now write_up report hold resume escalate urge join "
        "note",
        EVERY_CALL,
        more=BEYOND,
    ),
    "repair, nights and emergencies": World(
        REPAIR,
        of_a_repair,
        f"{FILING} {MONEY} rebook correct hold resume escalate quote infeasible consent decline "
        "urge join note waive",
        ({**HOME, **PHONE}, {**HOME, "paper": True}, {"place": "配电房", "text": "跳闸"}),
    ),
    "repair, holds": World(
        REPAIR,
        of_a_repair,
        f"{FILING} {MONEY} take countersign dispatch_now write_up report escalate waive correct",
        (HOME, {**HOME, "at": LATER}),
    ),
    "repair, late": World(
        REPAIR,
        of_a_repair,
        f"{FILING} {MONEY} dispatch_now write_up report take countersign rebook correct hold "
        "resume",
        (HOME,),
    ),
    "repair, filing": World(
        REPAIR,
        of_a_filed_repair,
        f"{MONEY} take countersign dispatch_now write_up report hold resume escalate urge join "
        "note correct rebook quote infeasible consent decline waive leave amend material no_access "
        "rework give_up refuse",
        (
            {**HOME, **PHONE, "caller": "陈立"},
            {**HOME, "caller": "陈立"},
            {**HOME, **PHONE},
            {"place": "大堂", "text": "漏"},
        ),
    ),
    "order": World(ORDER, of_an_order),
    "complaint, of anything": World(
        COMPLAINT,
        of_a_complaint,
        f"{FILING} hand_on accept decline",
        tuple(
            {"text": "楼道没人打扫", **phone, **more}
            for phone in ({}, PHONE)
            for more in (*({"level": code} for code, _ in LEVELS), {"about": "GC03"})
        ),
    ),
    "complaint, handed on": World(
        COMPLAINT,
        of_a_complaint,
        f"{FILING} note urge refer hold resume reopen",
        ({"text": "楼道没人打扫"}, {"text": "骂人", "about": "GC03"}),
    ),
    "complaint, filing": World(
        COMPLAINT,
        of_a_complaint,
        "hand_on accept decline note urge refer hold resume reopen",
        tuple(
            {"text": "楼道没人打扫", "unit": "3-1-502", **more} for more in ({}, {"caller": "陈立"})
        ),
    ),
    "complaint, every question": World(
        COMPLAINT, of_a_complaint, "handle refer hand_on accept decline hold resume"
    ),
    "callback": World(CALLBACK, of_a_callback),
    "notice": World(NOTICE, of_a_notice),
    "ring": World(RINGING, of_a_ring),
    "daycheck": World(DAYCHECK, of_a_routine),
    "weekfile": World(WEEKFILE, of_a_routine),
    "handover": World(HANDOVER, of_a_handover, calls=HANDED),
    "entry": World(ENTRY, of_an_entry, holders=True, more={"write": WRITTEN}),
    "patrol": World(PATROL, of_a_routine, more={"visit": FOUND, "finding": FOUND_ON_THE_WAY}),
    "task": World(TASK, of_a_task),
    "incident": World(INCIDENT, of_an_incident),
    "reading": World(READING, of_a_routine),
    "dunning": World(DUNNING, of_a_dunning),
}


@cache
def walked(name: str) -> Walk:
    world = WORLDS[name]
    return walk(world.cycle, world.matters, world.without, world.calls, world.holders, world.more)


def all_of(kind: str) -> list[Walk]:
    return [walked(name) for name, world in WORLDS.items() if world.cycle.kind == kind]


def extent(walks: list[Walk]) -> str:
    """How much was looked at, for whoever reads a failure."""
    places = sum(len(seen.places) for seen in walks)
    steps = sum(len(following) for seen in walks for following in seen.edges.values())
    return f"after {places} situations and {steps} steps"


each_world = pytest.mark.parametrize("name", WORLDS)
each_kind = pytest.mark.parametrize("kind", PROCEDURES)


@each_world
def test_from_every_situation_there_is_a_way_to_the_end(name: str) -> None:
    seen = walked(name)
    assert seen.final(), extent([seen])
    assert not seen.stuck(), extent([seen])


@each_world
def test_in_a_final_state_nothing_runs_nothing_is_held_and_nobody_is_on_site(name: str) -> None:
    seen = walked(name)
    for place in seen.final():
        assert not place.running, f"{place.story}, {extent([seen])}"
        assert not place.situation.hold, place.story
        assert not open_visit(place.situation), place.story


@each_world
def test_the_clocks_of_every_situation_are_those_that_its_table_names(name: str) -> None:
    seen = walked(name)
    for place in seen.places.values():
        runs = reckoned(seen.cycle, place)
        assert {r.name for r in runs if r.ended is None} == place.running, place.story
        known = {
            rule.name
            for rule in seen.cycle.deadlines
            if isinstance(rule.length, Before) and rule.length.known
        }
        for run in runs:
            assert run.name in known or run.due is None or run.due >= run.started, place.story
        for run in runs:
            assert run.ended is None or run.ended >= run.started, place.story


@each_world
def test_folding_all_steps_gives_what_folding_one_after_the_other_gave(name: str) -> None:
    seen = walked(name)
    for place in seen.places.values():
        whole = fold(seen.cycle, place.way)
        assert whole.facts == place.situation.facts, place.story
        assert (whole.state, whole.hold, whole.outcome, whole.visits) == (
            place.situation.state,
            place.situation.hold,
            place.situation.outcome,
            place.situation.visits,
        ), place.story


@each_kind
def test_every_row_is_taken_somewhere(kind: str) -> None:
    walks = all_of(kind)
    rows = {(row.verb, row.frm, row.to) for row in PROCEDURES[kind].rows}
    assert rows - {way for seen in walks for way in seen.taken} == set(), extent(walks)


@each_kind
def test_every_question_is_asked_somewhere(kind: str) -> None:
    walks = all_of(kind)
    asks = {(row.verb, ask.name) for row in PROCEDURES[kind].rows for ask in row.ask}
    assert asks - {pair for seen in walks for pair in seen.asked} == set(), extent(walks)


@each_kind
def test_every_signature_is_given_somewhere(kind: str) -> None:
    walks = all_of(kind)
    signs = {(row.verb, sign.role) for row in PROCEDURES[kind].rows for sign in row.signs}
    assert signs - {pair for seen in walks for pair in seen.signed} == set(), extent(walks)


@each_kind
def test_every_guard_refuses_somewhere_and_lets_pass_somewhere(kind: str) -> None:
    walks = all_of(kind)
    guards = {(row.verb, guard.name) for row in PROCEDURES[kind].rows for guard in row.guards}
    never = {("archive", name) for name in INSISTED.get(kind, ())}
    assert never <= guards
    # What earlier steps insist on cannot be lacking here; if it can be, it is named too much.
    assert never & {pair for seen in walks for pair in seen.refused} == set(), extent(walks)
    guards -= never
    assert guards - {pair for seen in walks for pair in seen.refused} == set(), extent(walks)
    assert guards - {pair for seen in walks for pair in seen.passed} == set(), extent(walks)


@each_kind
def test_every_clock_starts_somewhere_and_ends_with_its_work_done_somewhere(kind: str) -> None:
    walks = all_of(kind)
    clocks = {rule.name for rule in PROCEDURES[kind].deadlines}
    assert clocks - {name for seen in walks for name in seen.started} == set(), extent(walks)
    assert clocks - {name for seen in walks for name in seen.ended} == set(), extent(walks)


@pytest.mark.parametrize("name", [name for name in WORLDS if name.startswith("repair")])
def test_a_repair_is_what_its_state_says(name: str) -> None:
    for place in walked(name).places.values():
        was, facts = place.situation, place.situation.facts
        at_work = was.state in {"on_site", "working"}
        assert open_visit(was) == at_work, place.story
        if was.state != "archived":  # which a slip comes to that was called off, too
            assert bool(was.outcome) == (was.state in AFTER_WORK), place.story
        if at_work or was.outcome == "done":
            assert facts.get("worker"), place.story
        if was.state == "closed":
            assert facts.get("callback") != "due", place.story
            assert not facts.get("emergency") or facts.get("reported"), place.story
            assert not facts.get("emergency") or facts.get("written_up"), place.story
            assert not facts.get("taken") or facts.get("countersigned"), place.story
        if was.state == "quoted":
            assert is_.waits_for_quote(facts), place.story


def test_every_outcome_of_a_repair_ends_with_the_red_line() -> None:
    endings = {
        place.situation.outcome
        for seen in all_of("repair")
        for place in seen.final()
        if place.situation.state == "closed"
    }
    assert endings == {code for code, _ in REPAIR.outcomes}


@settings(max_examples=150)
@given(st.data())
def test_a_random_story_of_a_repair_breaks_nothing(data: st.DataObject) -> None:
    here = Place(Situation(), frozenset(), ())
    for _ in range(data.draw(st.integers(1, 30))):
        there = a_step_from(data, here)
        if there is None:
            break
        here = there
    runs = reckoned(REPAIR, here)
    assert {run.name for run in runs if run.ended is None} == here.running, here.story
    if here.situation.state in REPAIR.final:
        assert not here.running, here.story
        assert not here.situation.hold, here.story
    assert fold(REPAIR, here.way).facts == here.situation.facts, here.story


def a_step_from(data: st.DataObject, here: Place) -> Place | None:
    """One step that the table allows here, with answers chosen by chance; None at the end."""
    rows = REPAIR.rows_from(here.situation.state)
    possible = []
    for row in rows:
        given = data.draw(st.sampled_from(variants(row)), label=row.verb)
        answers = take_answers(row, here.situation.facts, given, Book(), ZONE, TODAY)
        case = case_of(row, here, answers)
        if not any(guard.refuses(case) for guard in row.guards):
            possible.append(step_of(row, here, case))
    if not possible:
        return None
    step = data.draw(st.sampled_from(possible))
    now = after(REPAIR, here.situation, step)
    running, _ = still_running(REPAIR, here.running, step, now)
    return Place(now, running, (*here.way, step))


def open_visit(was: Situation) -> bool:
    return bool(was.visits) and was.visits[-1].left is None
