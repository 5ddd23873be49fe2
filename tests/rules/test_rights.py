"""Who may do what, by the hats that a post, a small office or a running duty gives.

* every right has somebody who may, every hat something that it may do
* the verifier is the assistant, the leader of repairs the supervisor, the night a hat that is lent
* what is offered is what the person may take and what makes sense now
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.walking import BEGIN, ZONE, story
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.daychecks import DAYCHECK
from wuye_tui.rules.folding import Situation, fold
from wuye_tui.rules.lifecycle import Case, Lifecycle, Row
from wuye_tui.rules.offering import barred, may_take, offered, refusal
from wuye_tui.rules.orders import ORDER
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.rights import GRANTS, HAT_WORDS, SYSTEM, Actor, Hat, Right, hats, holders

CLERK = Actor("KF01", "李晓燕", frozenset({Hat.CLERK}))
LEADER = Actor("GC01", "王建国", frozenset({Hat.ENG_SUPERVISOR}))
WORKER = Actor("GC03", "李强", frozenset({Hat.MAINTAINER}))
NIGHT = Actor("ZB01", "冯涛", frozenset({Hat.MAINTAINER, Hat.NIGHT}))
ASSISTANT = Actor("KF05", "周洁", frozenset({Hat.ASSISTANT}))
CASHIER = Actor("SF01", "陈静", frozenset({Hat.CASHIER}))
HOME = {"unit": "3-1-502", "text": "水龙头漏水"}


def a_row(verb: str, state: str) -> Row:
    row = REPAIR.row(verb, state)
    assert row is not None
    return row


def a_case(actor: Actor, was: Situation, overdue: frozenset[str] = frozenset()) -> Case:
    now = BEGIN + timedelta(hours=1)
    return Case(was, {}, actor, actor, now, now, now.astimezone(ZONE), overdue=overdue)


def after(*verbs: str, **facts: str) -> Situation:
    told = [(n, verb, {**HOME, **facts}) for n, verb in enumerate(verbs)]
    return fold(REPAIR, story(REPAIR, *told))


def verbs(actor: Actor, was: Situation, overdue: frozenset[str] = frozenset()) -> list[str]:
    return [row.verb for row in offered(REPAIR, a_case(actor, was, overdue))]


def test_every_right_is_granted_to_somebody() -> None:
    assert set(GRANTS) == set(Right)
    assert all(GRANTS[right] for right in Right)


def test_every_hat_has_a_word_and_something_that_it_may_do() -> None:
    assert set(HAT_WORDS) == set(Hat)
    assert frozenset().union(*GRANTS.values()) == frozenset(Hat)


@pytest.mark.clause("BX-3.2", "XX-4.2.2")
def test_any_employee_may_hand_in_what_they_heard_of_a_repair() -> None:
    register = a_row("register", "new")
    for hat in set(Hat) - {Hat.SYSTEM}:
        assert may_take(register, Actor("X", "X", frozenset({hat}))), hat


@pytest.mark.clause("XX-4.2.5")
def test_the_assistant_alone_verifies() -> None:
    assert holders(Right.VERIFY) == [Hat.ASSISTANT]
    assert may_take(a_row("verify", "returned"), ASSISTANT)
    for other in (CLERK, LEADER, WORKER, NIGHT):
        assert not may_take(a_row("verify", "returned"), other)


@pytest.mark.clause("BX-7", "BX-3.4")
def test_the_engineering_supervisor_or_the_deputy_assigns_and_assesses() -> None:
    for verb in ("assign", "quote"):
        assert a_row(verb, "collected").who is Right.LEAD_REPAIRS
    assert set(holders(Right.LEAD_REPAIRS)) == {Hat.ENG_SUPERVISOR, Hat.ENG_DEPUTY}


@pytest.mark.clause("BX-3.5")
def test_maintenance_workers_do_the_work() -> None:
    for verb, state in (("arrive", "assigned"), ("agree", "on_site"), ("finish", "working")):
        assert may_take(a_row(verb, state), WORKER)
        assert not may_take(a_row(verb, state), CASHIER)


@pytest.mark.clause("BH-3.2")
def test_supervisors_and_above_decide_on_free_rework_and_lower_charges() -> None:
    above = {
        Hat.DESK_SUPERVISOR,
        Hat.DESK_MANAGER,
        Hat.ENG_SUPERVISOR,
        Hat.GENERAL_MANAGER,
        Hat.PROJECT_HEAD,
    }
    assert set(holders(Right.FREE_REWORK)) == above
    for verb in ("rework", "waive"):
        row = a_row(verb, "verified")
        assert may_take(row, LEADER)
        assert not any(may_take(row, actor) for actor in (CLERK, WORKER, NIGHT, ASSISTANT))


@pytest.mark.clause("SB-3")
def test_the_night_and_the_trade_duties_take_a_slip_themselves_and_nobody_else_does() -> None:
    assert set(holders(Right.TAKE_NIGHT)) == {Hat.NIGHT, Hat.TRADE_DUTY}
    take = a_row("take", "registered")
    assert may_take(take, NIGHT)
    assert not any(may_take(take, actor) for actor in (CLERK, WORKER, LEADER))


@pytest.mark.clause("FW-M.2.1")
def test_in_an_emergency_the_manager_and_the_duty_manager_decide_on_the_spot() -> None:
    for hat in (Hat.DESK_MANAGER, Hat.DUTY_MANAGER):
        assert may_take(a_row("dispatch_now", "new"), Actor("X", "X", frozenset({hat})))
    assert not may_take(a_row("dispatch_now", "new"), WORKER)


FILING = {"archive", "send_back"}
ANYBODY = "register urge note"
PAPERWORK = f"{ANYBODY} dispatch_now report issue notify write_up rebook correct join cancel"
AT_THE_DESK = f"{PAPERWORK} hold resume escalate consent decline tell close complete"
AT_WORK = (
    "arrive no_access agree refuse leave amend material finish give_up bring_receipt hold_cash"
)
MONEY = "pay void_receipt"
# What each may do with a repair slip in their own right, one line a hat, as in the office's table.
MAY = {
    Hat.CLERK: f"{AT_THE_DESK} {MONEY}",
    Hat.INFORMATION: f"{AT_THE_DESK} {MONEY}",
    Hat.ASSISTANT: f"{AT_THE_DESK} verify",
    Hat.DESK_SUPERVISOR: f"{AT_THE_DESK} {MONEY} rework waive",
    Hat.DESK_MANAGER: f"{AT_THE_DESK} {MONEY} rework waive",
    Hat.ENG_SUPERVISOR: (
        f"{ANYBODY} {AT_WORK} collect assign quote infeasible consent decline hold resume"
        " countersign return rework waive"
    ),
    Hat.ENG_DEPUTY: (
        f"{ANYBODY} {AT_WORK} collect assign quote infeasible consent decline hold resume"
        " countersign return"
    ),
    Hat.MAINTAINER: f"{ANYBODY} {AT_WORK} collect",
    Hat.TRADE_DUTY: f"{ANYBODY} {AT_WORK} collect take",
    Hat.NIGHT: f"{PAPERWORK} {AT_WORK} hold resume consent decline take",
    Hat.DUTY_MANAGER: f"{ANYBODY} dispatch_now report",
    Hat.GENERAL_MANAGER: f"{ANYBODY} dispatch_now report rework waive",
    Hat.PROJECT_HEAD: f"{ANYBODY} dispatch_now report rework waive",
    Hat.CASHIER: f"{ANYBODY} {MONEY}",
    Hat.ARCHIVIST: f"{ANYBODY} archive send_back",
    Hat.ADMIN: f"{ANYBODY} archive send_back",
    Hat.GUARD: ANYBODY,
    Hat.CLEANER: ANYBODY,
}


@pytest.mark.parametrize("hat", MAY)
def test_what_a_hat_may_do_with_a_repair_slip(hat: Hat) -> None:
    somebody = Actor("X", "X", frozenset({hat}))
    may = {row.verb for row in REPAIR.rows if not row.auto and somebody.may(row.who)}
    assert may == set(MAY[hat].split())


def test_of_every_hat_a_person_can_wear_it_is_said_what_it_may_do() -> None:
    assert set(MAY) == set(Hat) - {Hat.SYSTEM}


@pytest.mark.parametrize("cycle", [ORDER, CALLBACK], ids=["order", "callback"])
def test_the_desk_alone_moves_orders_and_callbacks_and_the_assistant_verifies(
    cycle: Lifecycle,
) -> None:
    own = {row.verb for row in cycle.rows if not row.auto}
    for hat in set(Hat) - {Hat.SYSTEM}:
        somebody = Actor("X", "X", frozenset({hat}))
        may = {verb for verb in own if all(somebody.may(r.who) for r in cycle.rows_named(verb))}
        if hat is Hat.ASSISTANT:
            assert may == own - FILING
        elif hat in {Hat.CLERK, Hat.INFORMATION, Hat.DESK_SUPERVISOR, Hat.DESK_MANAGER}:
            assert may == own - FILING - {"verify"}
        elif hat in {Hat.ARCHIVIST, Hat.ADMIN}:
            assert may <= {"register", "note"} | FILING, hat
        else:
            assert may <= {"register", "note"}, hat


LOG, WALKS = "write correct register", "register visit finding finish cancel"
EVENT = "register report course measure assess handle"
# What a hat may do in the duty manager's log, besides what anybody may.
IN_THE_LOG = {
    Hat.DUTY_MANAGER: {
        "entry": LOG, "patrol": WALKS, "task": "register cancel recheck redo", "incident": EVENT,
    },
    Hat.PROJECT_HEAD: {
        "entry": LOG, "patrol": WALKS, "task": "register cancel",
        "incident": f"{EVENT} close", "reading": "instruct read",
    },
    Hat.GENERAL_MANAGER: {
        "entry": LOG, "patrol": WALKS, "task": "register cancel", "incident": f"{EVENT} close",
    },
    Hat.DESK_MANAGER: {
        "entry": LOG, "patrol": WALKS, "task": "register cancel", "incident": f"{EVENT} close",
    },
    Hat.DESK_SUPERVISOR: {"patrol": WALKS, "incident": EVENT},
    **{hat: {"incident": EVENT} for hat in (Hat.CLERK, Hat.ASSISTANT, Hat.INFORMATION)},
    Hat.NIGHT: {"patrol": WALKS, "incident": EVENT},
    **{
        hat: {"patrol": WALKS}
        for hat in (
            Hat.ADMIN, Hat.GUARD, Hat.TRADE_DUTY, Hat.MAINTAINER, Hat.ENG_SUPERVISOR,
            Hat.ENG_DEPUTY,
        )
    },
}  # fmt: skip


@pytest.mark.clause("ZB-3.2", "ZB-3.7", "ZB-4.2", "ZB-4.10")
@pytest.mark.parametrize("hat", MAY)
def test_what_a_hat_may_do_in_the_duty_managers_log(hat: Hat) -> None:
    somebody = Actor("X", "X", frozenset({hat}))
    for kind in ("entry", "patrol", "task", "incident", "reading"):
        rows = [row for row in PROCEDURES[kind].rows if not row.auto]
        asked = {row.verb for row in rows if row.who not in (Right.ANYONE, Right.COMPLAINT)}
        may = {row.verb for row in rows if row.verb in asked and somebody.may(row.who)}
        assert may == set(IN_THE_LOG.get(hat, {}).get(kind, "").split()), kind


@pytest.mark.clause("ZB-4.2")
def test_the_general_manager_alone_is_told_of_an_event() -> None:
    assert holders(Right.HEAR_INCIDENT) == [Hat.GENERAL_MANAGER]


@pytest.mark.clause("BX-3.3")
def test_the_desks_supervisor_signs_for_the_day_and_without_one_the_manager() -> None:
    assert set(holders(Right.SUPERVISE)) == {Hat.DESK_SUPERVISOR, Hat.DESK_MANAGER}
    row = DAYCHECK.row("sign", "open")
    assert row is not None
    assert not any(may_take(row, actor) for actor in (CLERK, LEADER, ASSISTANT))


@pytest.mark.clause("XX-4.3.8")
def test_the_archivist_files_and_where_there_is_none_administration_does() -> None:
    assert set(holders(Right.ARCHIVE)) == {Hat.ARCHIVIST, Hat.ADMIN}
    for verb in FILING:
        assert not any(may_take(a_row(verb, "closed"), actor) for actor in (CLERK, LEADER))


def test_the_desk_writes_down_what_others_did_where_the_row_lets_it() -> None:
    for verb, state in (("arrive", "assigned"), ("finish", "working"), ("collect", "issued")):
        assert may_take(a_row(verb, state), CLERK), verb
    for verb, state in (("take", "registered"), ("verify", "returned"), ("countersign", "working")):
        assert not may_take(a_row(verb, state), CLERK), verb


def test_the_cashier_writes_nothing_down_for_others() -> None:
    assert not CASHIER.records
    assert not may_take(a_row("arrive", "assigned"), CASHIER)


def test_the_clockwork_may_do_what_is_due_but_writes_down_nothing_for_others() -> None:
    assert all(SYSTEM.may(right) for right in Right)
    assert not SYSTEM.records


def test_a_hat_of_a_newer_program_is_left_out() -> None:
    assert hats(["clerk", "astronaut"]) == {Hat.CLERK}


@given(st.frozensets(st.sampled_from(Hat)), st.frozensets(st.sampled_from(Hat)))
def test_another_hat_never_takes_a_right_away(some: frozenset[Hat], more: frozenset[Hat]) -> None:
    for right in Right:
        if Actor("X", "X", some).may(right):
            assert Actor("X", "X", some | more).may(right)


def test_moving_steps_are_offered_first_in_the_order_of_the_table() -> None:
    found = verbs(CLERK, after("register"))
    assert found[:3] == ["dispatch_now", "issue", "cancel"]
    assert found.index("note") > found.index("cancel")


def test_everybody_is_offered_what_they_may_take() -> None:
    assigned = after("register", "issue", "collect", "assign", charge="public", worker="GC03")
    assert "arrive" in verbs(WORKER, assigned)
    assert "assign" not in verbs(WORKER, assigned)
    assert "assign" in verbs(LEADER, assigned)
    assert verbs(CASHIER, assigned) == ["urge", "note"]


def test_what_makes_no_sense_now_is_not_offered() -> None:
    collected = after("register", "issue", "collect", charge="paid", tariff="SX-01")
    assert "quote" not in verbs(LEADER, collected)
    assert "resume" not in verbs(LEADER, collected)
    assert "countersign" not in verbs(LEADER, replace(collected, state="assigned"))
    off_tariff = after("register", "issue", "collect", charge="paid", tariff="off")
    assert "quote" in verbs(LEADER, off_tariff)
    assert "assign" not in verbs(LEADER, off_tariff)


def test_an_escalation_is_offered_once_the_two_days_are_over() -> None:
    collected = after("register", "issue", "collect", charge="paid", tariff="SX-01")
    assert "escalate" not in verbs(CLERK, collected)
    assert "escalate" in verbs(CLERK, collected, frozenset({"unsolved"}))


def test_a_refusal_worth_reading_is_offered_and_read() -> None:
    verified = after("register", "issue", "collect", charge="public")
    verified = replace(verified, state="verified", facts={**verified.facts, "callback": "due"})
    assert "close" in verbs(CLERK, verified)
    guard = refusal(a_row("close", "verified"), a_case(CLERK, verified))
    assert guard is not None
    assert (guard.name, guard.clause) == ("callback_due", "BX-17")


def test_what_another_step_does_by_itself_is_offered_to_nobody() -> None:
    finished = replace(after("register", "issue", charge="public"), state="finished")
    everybody = Actor("X", "X", frozenset(Hat))
    assert "called_back" not in verbs(everybody, finished)


def test_what_would_be_refused_anyhow_is_known_with_the_step_that_comes_first() -> None:
    verified = after("register", "issue", "collect", charge="public")
    for facts, name, first in (
        ({"callback": "due"}, "callback_due", ""),
        ({"callback": "done", "emergency": "fire"}, "unreported", "report"),
    ):
        case = a_case(CLERK, replace(verified, state="verified", facts={**verified.facts, **facts}))
        guard = barred(REPAIR, case)["close"]
        assert (guard.name, guard.first) == (name, first)
    done = replace(verified, state="verified", facts={**verified.facts, "callback": "done"})
    assert "close" not in barred(REPAIR, a_case(CLERK, done))
