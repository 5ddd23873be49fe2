"""A complaint by its clauses, second by second, on both databases where the database matters.

* a major one is put to the supervisor before anything else
* who took it down answers for it until a colleague has accepted it
* the manager weighs it, the department's order keeps its answer waiting
* answered, checked by somebody else, called back, struck through
"""

from datetime import timedelta

import pytest

from tests.factories import (
    answer_callbacks,
    around,
    children,
    local,
    move_to,
    offers,
    overdue,
    refused,
    rows_of,
    running,
    runs,
    situation,
    started,
    taken,
    undone,
)
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.complaints import statistics
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.complaints import COMPLAINT
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import MissingAnswer, WrongPerson
from wuye_tui.store.tables import Complaint

DONE = {"apologised": True, "remedy": "马上叫人去看"}
SAID = {"said": "已说明并致歉", "cause": "cleaning"}
FAILED = {**SAID, "because": "没有巡查", "correction": "改为每天两次"}


def complained(desk: Desk, staff: str = "", **given: str) -> str:
    asked = {"text": "楼道没人打扫", "unit": "3-1-502", **given}
    return str(started(desk, "complaint", staff=staff, **asked)["number"])


def answered(desk: Desk, **given: str) -> str:
    number = complained(desk, **given)
    taken(desk, number, "handle", **DONE)
    taken(desk, number, "answer", **SAID)
    return number


@pytest.mark.clause("FW-2.2", "NB-2", "KF-3.2")
def test_from_the_first_word_to_the_red_line(any_desk: Desk) -> None:
    number = complained(any_desk)
    assert number == "TS-20261119-001"
    taken(any_desk, number, "handle", **DONE)
    (callback,) = taken(any_desk, number, "answer", **SAID)["opened"]
    assert show(any_desk, callback).parent == number
    taken(any_desk, number, "verify", staff="KF05", finding="每天有人打扫了")
    assert refused("NB-2", any_desk, number, "close") == "callback_due"
    answer_callbacks(any_desk, number)
    taken(any_desk, number, "close")
    now = situation(any_desk, number)
    assert (now.state, now.outcome, now.facts["red_line"]) == ("closed", "done", True)
    (row,) = rows_of(any_desk, Complaint)
    assert (row.level, row.cause, row.hands, row.answered) == (
        "ordinary", "cleaning", 0, any_desk.now(),
    )  # fmt: skip
    assert check(any_desk).findings == []


@pytest.mark.clause("XX-4.2.7")
def test_nothing_is_done_with_a_major_one_before_it_is_reported(desk: Desk) -> None:
    number = complained(desk, level="major")
    may = {"report", "note"}
    for verb in offers(desk, number, "KF04"):
        row = COMPLAINT.row(verb, "registered")
        assert row is not None
        assert (verb in may) != ("unreported" in {guard.name for guard in row.guards}), verb
    assert refused("XX-4.2.7", desk, number, "handle", **DONE) == "unreported"
    assert refused("XX-4.2.7", desk, number, "cancel", why="说错了") == "unreported"
    taken(desk, number, "note", note="对方很激动")
    with pytest.raises(WrongPerson):
        taken(desk, number, "report", told_to="GC03", how="phone")
    taken(desk, number, "report", told_to="KF03", how="written", instructions="先上门道歉")
    taken(desk, number, "handle", **DONE)
    assert "report" not in offers(desk, number, "KF01")


@pytest.mark.clause("XX-4.2.7")
def test_every_step_but_the_report_and_a_note_waits_for_it() -> None:
    waits = {row.verb for row in COMPLAINT.rows if "unreported" in {one.name for one in row.guards}}
    over = {"archive", "send_back", "complete"}  # it was over, so it was reported
    free = {"register", "report", "note", "called_back", *over}
    assert {row.verb for row in COMPLAINT.rows} - free == waits


@around(900)
@pytest.mark.clause("XX-4.2.7")
def test_the_report_of_a_major_one_is_counted_down(desk: Desk, seconds: int, late: bool) -> None:
    number = complained(desk, level="major")
    (run,) = runs(desk, number, "report")
    desk.clock.set(run.started + timedelta(seconds=seconds))  # type: ignore[attr-defined]
    taken(desk, number, "report", told_to="KF03", how="phone")
    assert ("report" in overdue(desk, number)) == late
    assert "report" not in running(desk, number)


@pytest.mark.clause("BH-4")
def test_the_manager_weighs_what_is_more_than_ordinary_before_it_is_answered(desk: Desk) -> None:
    number = complained(desk, level="serious")
    assert refused("BH-4", desk, number, "handle", apologised=False, remedy="x") == "not_apologised"
    taken(desk, number, "handle", **DONE)
    assert refused("BH-4", desk, number, "answer", **FAILED) == "unjudged"
    assert "judge" not in offers(desk, number, "KF03")
    taken(desk, number, "judge", staff="KF04", level="serious")
    with pytest.raises(MissingAnswer):
        taken(desk, number, "answer", **SAID)
    taken(desk, number, "answer", **FAILED)
    assert situation(desk, number).facts["judged_by"] == "KF04"


@pytest.mark.clause("BH-4")
def test_the_effect_is_checked_by_somebody_who_had_no_hand_in_it(desk: Desk) -> None:
    number = complained(desk)
    taken(desk, number, "handle", staff="KF05", **DONE)
    taken(desk, number, "answer", **SAID)
    assert refused("BH-4", desk.as_staff("KF05"), number, "verify", finding="好") == "own_handling"
    taken(desk, number, "verify", staff="KF03", finding="楼道干净")


@pytest.mark.clause("BH-4", "XX-4.2.7")
def test_one_that_turns_out_to_be_major_is_reported_then(desk: Desk) -> None:
    number = complained(desk)
    taken(desk, number, "judge", staff="KF04", level="major")
    assert "report" in running(desk, number)
    assert [row.priority for row in queue(desk, Wanted(kind="complaint"))] == [1]
    assert refused("XX-4.2.7", desk, number, "refer", department="cleaning") == "unreported"


@pytest.mark.clause("NB-2", "ZB-3.5")
def test_who_took_it_down_answers_for_it_until_a_colleague_has_accepted(desk: Desk) -> None:
    number = complained(desk)
    assert refused("NB-2", desk, number, "hand_on", to_whom="KF01", why="忙") == "to_the_same"
    taken(desk, number, "hand_on", to_whom="KF02", why="下班")
    assert show(desk, number).situation.received == "KF01"
    assert "accept" not in offers(desk, number, "KF03")
    taken(desk, number, "decline", staff="KF02", why="我也下班")
    assert "accept" not in offers(desk, number, "KF02")
    taken(desk, number, "hand_on", to_whom="KF02", why="下班")
    taken(desk, number, "accept", staff="KF02")
    view = show(desk, number)
    assert (view.situation.received, view.situation.facts["hands"]) == ("KF02", 1)
    assert [row.holder for row in queue(desk, Wanted(kind="complaint"))] == ["KF02"]
    assert (
        refused("ZB-3.5", desk, number, "hand_on", to_whom="KF03", why="推掉") == "not_answered_for"
    )
    undone(desk, number, staff="KF02")
    assert show(desk, number).situation.received == "KF01"
    assert check(desk).findings == []


@pytest.mark.clause("NB-2", "XX-4.3.2", "XX-4.3.7a", "XX-4.3.7c")
def test_the_answer_waits_for_the_departments_order_which_runs_by_its_own_clocks(
    any_desk: Desk,
) -> None:
    desk = any_desk
    number = complained(desk)
    assert {"refer", "answer"} <= running(desk, number)
    (order,) = taken(desk, number, "refer", department="cleaning", task="派人打扫")["opened"]
    assert "refer" not in running(desk, number)
    view = show(desk, order)
    assert (view.parent, view.situation.state) == (number, "issued")
    assert view.situation.facts["text"] == "派人打扫"
    taken(desk, order, "receive", department="ZX01", assistant="KF05")
    assert {"assign", "result", "unsolved"} <= running(desk, order)
    assert refused("NB-2", desk, number, "answer", **SAID) == "with_a_department"
    assert show(desk, number).barred["answer"].name == "with_a_department"
    taken(desk, order, "assign", worker="ZX01")
    taken(desk, order, "finish", result="已打扫", customer="陈立")
    taken(desk, number, "answer", **SAID)


@pytest.mark.clause("NB-2", "XX-4.3.11b")
def test_what_a_department_gives_up_waits_for_whoever_it_is_taken_to(desk: Desk) -> None:
    number = complained(desk)
    (order,) = taken(desk, number, "refer", department="cleaning")["opened"]
    taken(desk, order, "receive", department="ZX01", assistant="KF05")
    (higher,) = taken(desk, order, "give_up", why="没有人")["opened"]
    assert refused("NB-2", desk, number, "answer", **SAID) == "with_a_department"
    taken(desk, higher, "cancel", why="另请保洁公司")
    taken(desk, number, "answer", **SAID)


@pytest.mark.clause("XX-4.3.11a")
def test_the_answer_is_due_two_working_days_after_it_was_taken_down(desk: Desk) -> None:
    number = complained(desk)
    (run,) = runs(desk, number, "answer")
    assert local(desk, run.due) == "2026-11-23 10:20:00"
    taken(desk, number, "hold", hold="customer", reason="出差")
    assert runs(desk, number, "answer")[0].due is None
    move_to(desk, "2026-11-20 10:20")
    taken(desk, number, "resume")
    assert local(desk, runs(desk, number, "answer")[0].due) == "2026-11-24 10:20:00"


@pytest.mark.clause("NB-2", "BX-17")
def test_the_callback_is_due_two_days_after_the_answer_and_a_new_one_after_the_next(
    desk: Desk,
) -> None:
    number = answered(desk)
    (first,) = children(desk, number, "callback")
    (run,) = runs(desk, first.number, "callback")
    assert local(desk, run.due) == "2026-11-21 10:20:00"
    taken(desk, number, "reopen", why="又没人打扫")
    assert [one.outcome for one in children(desk, number, "callback")] == ["void"]
    assert rows_of(desk, Complaint)[0].answered is None
    assert "answer" in running(desk, number)
    taken(desk, number, "answer", **SAID)
    assert [one.closed is None for one in children(desk, number, "callback")] == [False, True]


@pytest.mark.clause("NB-2")
def test_nobody_is_called_back_of_whom_no_number_is_known(desk: Desk) -> None:
    number = answered(desk, unit="6-1-301")
    assert children(desk, number, "callback") == []
    taken(desk, number, "verify", staff="KF05", finding="干净")
    taken(desk, number, "close")


@pytest.mark.clause("FW-2.2")
def test_who_it_was_can_be_put_right_while_it_is_not_answered(desk: Desk) -> None:
    number = complained(desk, unit="6-1-301")
    assert refused("FW-2.2", desk, number, "correct") == "nothing_given"
    taken(desk, number, "correct", unit="3-1-502")
    (row,) = queue(desk, Wanted(kind="complaint"))
    assert (row.where, row.name) == ("3-1-502", "陈立")
    assert check(desk).findings == []


@pytest.mark.clause("NB-2")
def test_the_last_answer_and_the_last_callback_are_counted(any_desk: Desk) -> None:
    desk = any_desk
    number = answered(desk)
    answer_callbacks(desk, number, "dissatisfied")
    taken(desk, number, "reopen", why="没有改")
    assert refused("NB-2", desk, number, "answer", **SAID) == "with_a_department"
    (callback,) = children(desk, number, "callback")
    (follows,) = children(desk, callback.number, "order")
    taken(desk, follows.number, "cancel", why="并到投诉里办")
    move_to(desk, "2026-11-25 10:20")
    taken(desk, number, "answer", **SAID)
    answer_callbacks(desk, number, "satisfied")
    for by in ("cause", "department", "month"):
        total = statistics(desk, Month(2026, 11), by).total
        assert (total.taken, total.answered, total.in_time) == (1, 1, 0), "that answer was late"
        assert (total.called_back, total.dissatisfied) == (1, 0)
