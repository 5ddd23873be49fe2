"""From steps to what is the case.

* a step taken back does not count, whoever looks; but whoever saw less has to look again
* steps that assign anew move, notes do not
* a hold lasts over steps on paper; a resume, work on site or an outcome releases it
* an outcome is gone when work begins again; the visits and everybody who worked stay
"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.walking import BEGIN, story, taking_back
from wuye_tui.rules.duetime import Span
from wuye_tui.rules.folding import Situation, Step, after, effective, fold
from wuye_tui.rules.repairs import REPAIR

Told = tuple[float, str, dict[str, Any]]
HOME = {"unit": "3-1-502", "text": "水龙头漏水", "caller": "陈立"}
PAID = {"charge": "paid", "tariff": "SX-01"}
ON_SITE: list[Told] = [
    (0, "register", HOME),
    (1, "issue", PAID),
    (2, "collect", {}),
    (3, "assign", {"worker": "GC03"}),
    (13, "arrive", {}),
]
DONE: list[Told] = [*ON_SITE, (20, "agree", {}), (60, "finish", {})]
HELD: list[Told] = [(0, "register", HOME), (5, "hold", {"hold": "parts"})]


def folded(*told: Told) -> Situation:
    return fold(REPAIR, story(REPAIR, *told))


def at(minutes: float) -> Any:
    return BEGIN + timedelta(minutes=minutes)


def test_before_the_first_step_there_is_nothing() -> None:
    nothing = fold(REPAIR, [])
    assert (nothing.state, nothing.last, nothing.last_move, nothing.opened) == ("new", 0, 0, None)


def test_later_words_replace_earlier_ones_and_the_others_stay() -> None:
    facts = folded((0, "register", HOME), (1, "correct", {"caller": "林芳"})).facts
    assert facts["caller"] == "林芳"
    assert facts["unit"] == "3-1-502"
    assert "copies" not in facts, "no slip was made out yet"


def test_a_matter_is_open_from_its_first_step_and_closed_by_the_last() -> None:
    was = folded((0, "register", HOME), (7, "cancel", {"said": "自己修好了"}))
    assert (was.opened, was.closed, was.state) == (at(0), at(7), "cancelled")
    assert folded((0, "register", HOME)).closed is None


def test_what_was_taken_back_does_not_count() -> None:
    way = story(REPAIR, (0, "register", HOME), (1, "issue", PAID))
    back = taking_back(way, 2)
    was = fold(REPAIR, [*way, back])
    assert was.state == "registered"
    assert "charge" not in was.facts
    assert was.done == {"register"}
    assert [step.n for step in effective([*way, back])] == [1]


def test_whoever_saw_less_than_a_taking_back_has_to_look_again() -> None:
    way = story(REPAIR, (0, "register", HOME), (1, "issue", PAID))
    was = fold(REPAIR, [*way, taking_back(way, 2)])
    assert (was.last, was.last_move) == (3, 3)


def test_a_note_taken_back_moves_nothing() -> None:
    way = story(REPAIR, (0, "register", HOME), (1, "note", {"note": "有狗"}))
    was = fold(REPAIR, [*way, taking_back(way, 2)])
    assert (was.last, was.last_move) == (3, 1)


def test_to_assign_anew_is_a_move_although_the_state_stays() -> None:
    again: Told = (9, "assign", {"worker": "GC04"})
    was = folded(*ON_SITE[:4], again)
    assert was.state == "assigned"
    assert (was.last_move, was.moved_at) == (5, at(9))


def test_to_take_a_new_assignment_back_is_a_move_too() -> None:
    way = story(REPAIR, *ON_SITE[:4], (9, "assign", {"worker": "GC04"}))
    was = fold(REPAIR, [*way, taking_back(way, 10)])
    assert was.facts["worker"] == "GC03"
    assert was.last_move == 6


@pytest.mark.parametrize("verb", ["note", "urge", "join", "hold", "rebook", "correct", "report"])
def test_a_word_on_the_side_is_no_move(verb: str) -> None:
    was = folded((0, "register", HOME), (1, verb, {"hold": "parts"}))
    assert (was.last, was.last_move, was.moved_at) == (2, 1, at(0))


def test_a_hold_lasts_over_steps_on_paper() -> None:
    was = folded(*HELD, (6, "issue", PAID), (7, "notify", {}), (8, "collect", {}))
    assert was.hold == "parts"
    assert was.holds[-1].span == Span(at(5), None)


def test_a_second_hold_takes_the_place_of_the_first() -> None:
    was = folded(*HELD, (9, "hold", {"hold": "customer"}))
    assert [(held.reason, held.span) for held in was.holds] == [
        ("parts", Span(at(5), at(9))),
        ("customer", Span(at(9), None)),
    ]


@pytest.mark.parametrize(
    ("before", "verb"),
    [
        (ON_SITE[:1], "resume"),
        (ON_SITE[:1], "cancel"),
        (ON_SITE[:3], "infeasible"),
        (ON_SITE[:3], "give_up"),
        (ON_SITE[:4], "arrive"),
        (ON_SITE, "agree"),
        (ON_SITE, "refuse"),
        (DONE[:6], "finish"),
    ],
)
def test_a_hold_is_over_once_somebody_works_or_there_is_a_result(
    before: list[Told], verb: str
) -> None:
    was = folded(*before, (30, "hold", {"hold": "customer"}), (40, verb, {}))
    assert was.hold == ""
    assert was.holds[-1].span == Span(at(30), at(40))


def test_a_resume_without_a_hold_changes_nothing() -> None:
    assert folded((0, "register", HOME), (1, "resume", {})).holds == ()


def test_nobody_home_holds_the_slip_and_ends_the_visit() -> None:
    was = folded(*ON_SITE, (20, "no_access", {"left_note": True}))
    assert (was.state, was.hold) == ("assigned", "nobody_home")
    assert (was.visits[0].arrived, was.visits[0].left, was.visits[0].why) == (
        at(13),
        at(20),
        "no_access",
    )


def test_each_arrival_is_a_visit_of_whoever_came() -> None:
    was = folded(*ON_SITE, (30, "leave", {}), (90, "arrive", {"worker": "GC04"}))
    assert [(visit.n, visit.worker, visit.left, visit.why) for visit in was.visits] == [
        (5, "GC03", at(30), "leave"),
        (7, "GC04", None, ""),
    ]
    assert was.workers == {"GC03", "GC04"}


def test_everybody_who_was_sent_stays_a_worker_of_the_slip() -> None:
    was = folded(*ON_SITE[:4], (9, "assign", {"worker": "GC04"}))
    assert was.workers == {"GC03", "GC04"}


def test_an_outcome_stays_until_work_begins_again() -> None:
    done: list[Told] = [*DONE, (70, "return", {}), (80, "verify", {})]
    assert folded(*done).outcome == "done"
    again = folded(*done, (90, "rework", {"why": "又漏了"}))
    assert (again.state, again.outcome, again.facts["charge"]) == ("assigned", "", "rework")


def test_a_side_word_leaves_the_outcome_alone() -> None:
    assert folded(*DONE, (61, "note", {"note": "已告知"})).outcome == "done"


def test_a_step_of_an_older_table_still_moves() -> None:
    way = story(REPAIR, (0, "register", HOME))
    old = Step(2, "a verb of long ago", "registered", "issued", at(1), at(1), "KF01", {})
    was = fold(REPAIR, [*way, old])
    assert (was.state, was.last_move) == ("issued", 2)


STORIES = [
    DONE,
    [*ON_SITE, (20, "no_access", {}), (50, "arrive", {}), (55, "leave", {})],
    [*HELD, (6, "issue", PAID), (7, "resume", {}), (8, "collect", {}), (9, "give_up", {})],
    [*DONE, (70, "return", {}), (80, "verify", {}), (90, "rework", {}), (95, "arrive", {})],
]


@given(st.sampled_from(STORIES), st.data())
def test_taking_steps_back_one_by_one_leaves_what_there_was(
    told: list[Told], data: st.DataObject
) -> None:
    way = story(REPAIR, *told)
    kept = data.draw(st.integers(1, len(way)))
    steps = list(way)
    for n in range(len(way) - kept):
        steps.append(taking_back(steps, 100 + n))
    was, once = fold(REPAIR, steps), fold(REPAIR, way[:kept])
    assert was.facts == once.facts
    for name in ("state", "hold", "outcome", "holds", "visits", "workers", "done", "moved_at"):
        assert getattr(was, name) == getattr(once, name), name


@given(st.sampled_from(STORIES), st.integers(0, 9))
def test_folding_goes_on_from_wherever_it_stopped(told: list[Told], cut: int) -> None:
    way = story(REPAIR, *told)
    was = fold(REPAIR, way[:cut])
    for step in way[cut:]:
        was = after(REPAIR, was, step)
    whole = fold(REPAIR, way)
    assert was.facts == whole.facts
    assert (was.state, was.visits, was.holds) == (whole.state, whole.visits, whole.holds)
