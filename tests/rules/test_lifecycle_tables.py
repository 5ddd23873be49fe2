"""What every procedure's table must be, whatever it says: no row that contradicts another.

* a verb means one row in a state, spans name states, final states are left by nothing
* every clause that a row, a guard or a clock names stands in the list of clauses
* words about people are marked, so that they are kept where they can be erased
* a step whose effect reaches outside its own matter cannot be taken back
"""

import inspect
from collections.abc import Iterator

import pytest

from wuye_tui.reference import Reference
from wuye_tui.registers import matters
from wuye_tui.rules.answers import SIGNING
from wuye_tui.rules.duetime import Before
from wuye_tui.rules.filing import ARCHIVE, ARCHIVED, COMPLETE, SEND_BACK
from wuye_tui.rules.folding import UNDO
from wuye_tui.rules.lifecycle import NEW, Ask, Effect, Kind, Lifecycle, Row
from wuye_tui.rules.procedures import NOUNS, PROCEDURES, kind_of, procedure
from wuye_tui.rules.repair_facts import HOLDS
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.rights import Right

CYCLES = list(PROCEDURES.values())
each_cycle = pytest.mark.parametrize("cycle", CYCLES, ids=[cycle.kind for cycle in CYCLES])
# Effects that a fold cannot take back: they wrote something of another matter or an account.
BEYOND = {
    Effect.CHARGE,
    Effect.WAIVE,
    Effect.OPEN_CALLBACK,
    Effect.VOID_CALLBACK,
    Effect.OPEN_ORDER,
    Effect.OPEN_DEPARTMENT,
    Effect.OPEN_TASK,
    Effect.OPEN_COMPLAINT,
    Effect.TELL_PARENT,
    Effect.RECEIPT,
    Effect.VOID_RECEIPT,
    Effect.RELIEVE,
}
PERSONAL = {Kind.WORDS, Kind.NAME, Kind.PHONE, Kind.SIGNER}


def states(cycle: Lifecycle) -> list[str]:
    return [code for code, _ in cycle.states]


def asks(cycle: Lifecycle) -> Iterator[tuple[Row, Ask]]:
    for row in cycle.rows:
        for ask in row.ask:
            yield row, ask


@each_cycle
def test_a_verb_means_one_row_in_a_state(cycle: Lifecycle) -> None:
    for state in (NEW, *states(cycle)):
        verbs = [row.verb for row in cycle.rows_from(state)]
        assert len(verbs) == len(set(verbs)), state


@each_cycle
def test_rows_lead_from_states_to_states_and_what_is_over_stays_over(cycle: Lifecycle) -> None:
    for row in cycle.rows:
        assert cycle.span(row.frm) <= {NEW, *states(cycle)}
        assert not row.moves or row.to in states(cycle), row.verb
        if cycle.span(row.frm) & cycle.final:
            assert row.verb in {ARCHIVE, SEND_BACK, COMPLETE, *LATE_MONEY}, row.verb
            assert cycle.span(row.frm) < cycle.final or row.verb in LATE_MONEY, row.verb
            assert not row.moves or row.to in cycle.final, row.verb
    assert cycle.final <= set(states(cycle))


@pytest.mark.clause("XX-4.3.10")
@each_cycle
def test_nothing_leaves_the_archive_and_every_way_into_it_is_guarded(cycle: Lifecycle) -> None:
    if not cycle.rows_named(ARCHIVE):
        log = {"entry", "patrol", "task", "incident", "reading"}  # kept in the duty manager's log
        routine = {"notice", "ring", "daycheck", "weekfile", "handover"}
        assert cycle.kind in {*routine, *log, "dunning"}  # which is kept with the accounts
        return
    assert cycle.rows_from(ARCHIVED) == ()
    (into,) = cycle.rows_named(ARCHIVE)
    assert cycle.span(into.frm) == cycle.final - {ARCHIVED}
    assert [guard.name for guard in into.guards] == [lack.name for lack in cycle.lacks]
    assert [row.verb for row in cycle.rows if row.to == ARCHIVED] == [ARCHIVE]


@each_cycle
def test_a_row_that_begins_a_matter_moves_and_cannot_be_taken_back(cycle: Lifecycle) -> None:
    beginning = cycle.rows_from(NEW)
    assert beginning
    assert all(row.moves and not row.undo for row in beginning)


@each_cycle
def test_what_ends_a_matter_or_reaches_beyond_it_cannot_be_taken_back(cycle: Lifecycle) -> None:
    for row in cycle.rows:
        ends = row.to in cycle.final and cycle.kind != "notice"  # which is in force again at once
        if ends or BEYOND & set(row.effects):
            assert not row.undo, row.verb


@each_cycle
def test_no_verb_is_called_undo_for_that_is_the_taking_back(cycle: Lifecycle) -> None:
    assert not cycle.rows_named(UNDO)


@each_cycle
def test_every_clause_in_the_table_is_in_the_list_of_clauses(cycle: Lifecycle) -> None:
    clauses = Reference().clauses
    named = {row.clause for row in cycle.rows} | {rule.clause for rule in cycle.deadlines}
    named |= {guard.clause for row in cycle.rows for guard in row.guards}
    assert named - set(clauses) == set()


@each_cycle
def test_questions_have_names_that_a_step_can_be_given(cycle: Lifecycle) -> None:
    taken = {
        name
        for verb in (matters.start, matters.take, matters.undo)
        for name in inspect.signature(verb).parameters
    }
    for row, ask in asks(cycle):
        assert ask.name.isidentifier()
        assert ask.name not in {*taken, *SIGNING, "by", "key"}, (
            row.verb
        )  # `by` and `key`: the CLI's
        assert ask.name not in {sign.role for sign in row.signs}, row.verb
    for row in cycle.rows:
        assert len({ask.name for ask in row.ask}) == len(row.ask), row.verb


@each_cycle
def test_what_people_say_and_who_they_are_is_kept_where_it_can_be_erased(cycle: Lifecycle) -> None:
    for row, ask in asks(cycle):
        if ask.kind in PERSONAL:
            assert ask.personal, f"{row.verb}.{ask.name}"


@each_cycle
def test_one_question_is_personal_or_not_in_every_row_that_asks_it(cycle: Lifecycle) -> None:
    kept: dict[str, bool] = {}
    for row, ask in asks(cycle):
        assert kept.setdefault(ask.name, ask.personal) == ask.personal, f"{row.verb}.{ask.name}"


@each_cycle
def test_choices_are_there_where_one_must_be_made_and_nowhere_else(cycle: Lifecycle) -> None:
    for row, ask in asks(cycle):
        codes = [code for code, _ in ask.choices]
        assert bool(codes) == (ask.kind is Kind.CHOICE), f"{row.verb}.{ask.name}"
        assert len(codes) == len(set(codes))


@each_cycle
def test_what_a_form_proposes_is_an_answer(cycle: Lifecycle) -> None:
    for _row, ask in asks(cycle):
        proposed = ask.proposed({})
        if ask.kind is Kind.CHOICE:
            assert proposed in {"", *(code for code, _ in ask.choices)}


@each_cycle
def test_clocks_start_with_verbs_of_the_table_in_states_where_they_live(cycle: Lifecycle) -> None:
    assert len({rule.name for rule in cycle.deadlines}) == len(cycle.deadlines)
    for rule in cycle.deadlines:
        lives = cycle.span(rule.runs_in)
        assert not lives & cycle.final, rule.name
        for verb in rule.after:
            rows = cycle.rows_named(verb)
            arrives = {row.to for row in rows if row.moves}
            stays = {state for row in rows if not row.moves for state in cycle.span(row.frm)}
            assert (arrives | stays) & lives, f"{rule.name} after {verb}"
        assert all(cycle.rows_named(verb) for verb in rule.ended_by), rule.name
        assert rule.paused_by <= {code for code, _ in HOLDS}, rule.name


@each_cycle
def test_a_clock_before_a_moment_knows_which_question_asks_for_it(cycle: Lifecycle) -> None:
    moments = {ask.name for _, ask in asks(cycle) if ask.kind is Kind.MOMENT}
    for rule in cycle.deadlines:
        if isinstance(rule.length, Before):
            assert rule.length.field in moments, rule.name


@each_cycle
def test_a_hold_says_its_reason(cycle: Lifecycle) -> None:
    for row in cycle.rows:
        if Effect.HOLD in row.effects:
            asked = {ask.name for ask in row.ask if ask.needed}
            assert "hold" in asked or row.verb == "no_access", row.verb


@each_cycle
def test_an_outcome_is_one_of_the_kinds_own(cycle: Lifecycle) -> None:
    outcomes = [code for code, _ in cycle.outcomes]
    assert {row.outcome for row in cycle.rows if row.outcome} == set(outcomes)
    assert all(row.moves for row in cycle.rows if row.outcome)


@each_cycle
def test_everything_a_person_reads_has_words(cycle: Lifecycle) -> None:
    assert cycle.word
    assert all(word for _, word in cycle.states)
    for row in cycle.rows:
        assert row.word
        assert all(guard.word for guard in row.guards)
        assert all(ask.word for ask in row.ask)
        assert all(sign.word for sign in row.signs)
    assert all(rule.word for rule in cycle.deadlines)


def test_numbers_say_of_which_kind_they_are() -> None:
    assert kind_of("PG-20261119-001") == "repair"
    assert kind_of("hf-20261119-1000") == "callback"
    assert kind_of("QQ-1") == ""
    assert kind_of("") == ""
    assert len({cycle.prefix for cycle in CYCLES}) == len(CYCLES)


def test_every_noun_of_the_command_line_has_a_procedure() -> None:
    assert {procedure(kind).kind for kind in NOUNS.values()} <= set(PROCEDURES)
    with pytest.raises(KeyError):
        procedure("tea")


def test_a_span_is_read_in_the_order_of_the_states() -> None:
    assert REPAIR.span("issued-notified") == {"issued", "notified"}
    assert REPAIR.span("new, registered") == {"new", "registered"}
    assert REPAIR.span("closed") == {"closed"}
    with pytest.raises(ValueError):
        REPAIR.span("issued-nowhere")


def test_a_state_that_the_table_does_not_know_is_shown_as_it_is() -> None:
    assert REPAIR.state_word("on_site") == "已到场"
    assert REPAIR.state_word("of an older program") == "of an older program"


# What has taken effect once it is written: it is put right by another step, not taken back.
LATE_MONEY = {"pay", "void_receipt", "bring_receipt"}  # it comes after the red line, too
FINAL = {
    "repair": (
        "register dispatch_now escalate cancel finish give_up rework waive called_back close"
        " pay void_receipt archive"
    ),
    "order": "register escalate give_up cancel close archive",
    "complaint": "register refer answer reopen called_back close cancel archive",
    "callback": "register visit reach unreachable refuse cancel void archive",
    "notice": "register",
    "ring": "register again answer release call_back",
    "daycheck": "register sign",
    "weekfile": "register file",
    "handover": "register give refuse accept force runs_on stays_on void",
    "entry": "register write correct fall_short order task complaint solve",
    "patrol": "register visit finding finish cancel",
    "task": "register recheck cancel",
    "incident": "register report close",
    "reading": "register instruct read",
    "dunning": "register paid stop",
}
# What the worker or the supervisor did and the desk was told by radio or on paper.
TOLD = {
    "repair": (
        "hold resume collect assign quote infeasible arrive no_access agree refuse leave amend"
        " material finish give_up return bring_receipt hold_cash"
    ),
    "order": "",
    "complaint": "",
    "callback": "",
    "notice": "register report end",
    "ring": "",
    "daycheck": "",
    "weekfile": "",
    "handover": "",
    "entry": "",
    "patrol": "",
    "task": "",
    "incident": "",
    "reading": "",
    "dunning": "",
}


@each_cycle
def test_what_cannot_be_taken_back_and_what_may_be_written_down_for_others(
    cycle: Lifecycle,
) -> None:
    assert {row.verb for row in cycle.rows if not row.undo} == set(FINAL[cycle.kind].split())
    assert {row.verb for row in cycle.rows if row.relay} == set(TOLD[cycle.kind].split())
    for row in cycle.rows:
        same_verb = cycle.rows_named(row.verb)
        assert {(other.undo, other.relay) for other in same_verb} == {(row.undo, row.relay)}


@each_cycle
def test_the_desks_own_steps_are_written_when_they_happen_unless_they_stood_on_paper(
    cycle: Lifecycle,
) -> None:
    for row in cycle.rows:
        # The duty manager's patrols and what was done about an event are written up afterwards.
        on_the_way = {Right.TAKE_NIGHT, Right.TAKE_ANSWER, Right.PATROL}
        field_work = row.relay or row.who in on_the_way or cycle.kind == "incident"
        if row.backdate and not row.auto:
            assert field_work or "late_entry" in {guard.name for guard in row.guards}, row.verb


@each_cycle
@pytest.mark.clause("XX-4.2.6")
def test_a_step_tells_those_who_wait_if_and_only_if_nobody_waits_after_it(cycle: Lifecycle) -> None:
    after = {row.verb for row in cycle.rows if "waiting" in _sets_waiting(row)}
    assert {row.verb for row in cycle.rows if row.tells} == after


def _sets_waiting(row: Row) -> dict[str, object]:
    """What a step leaves of those who wait, where it says so whatever the matter is."""
    try:
        found = dict(row.sets(None))  # type: ignore[arg-type]
    except AttributeError:  # it looks at the matter: one more waits, or none
        return {}
    return {name: said for name, said in found.items() if said == []}
