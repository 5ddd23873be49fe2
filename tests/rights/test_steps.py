"""Hats by verbs: every step of every procedure, for every hat and for none, as `steps.txt` says.

* every verb of every table is in the data, and nothing else
* the register that takes the steps refuses whoever may not, by the real guard, and keeps it
* what nobody may take by hand is no verb to anybody; what the desk is told of, it writes down
* the screens offer what the register lets through, and nothing that it refuses
"""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from tests.factories import a_repair, rows_of, step_rows
from tests.rights.matrix import NOBODY, WORN, Step, groups, steps
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.lookups import registry_of
from wuye_tui.rules.offering import may_take
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import NoRight, NotRecorder, UnknownVerb
from wuye_tui.rules.rights import Actor, Hat
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Audit, Staff

GROUPS = groups()
STEPS = steps()
RECORDERS = GROUPS["desk_and_night"]


class Seen(Exception):
    """Undoes the act in which everything was only looked at."""


def worn(hats: tuple[Hat, ...]) -> Actor:
    return Actor("KF01", "李晓燕", frozenset(hats))


def through(desk: Desk, step: Step, actor: Actor) -> bool:
    """Whether the register's own guard lets somebody take it."""
    found: list[bool] = []

    def look(act: Act) -> Result:
        act.by = actor
        for row in PROCEDURES[step.kind].rows_named(step.verb):
            asked = matters._Request(step.verb, {}, None, "")
            try:
                matters._doer(act, row, registry_of(act), asked)
            except (NoRight, NotRecorder):
                found.append(False)
            else:
                found.append(True)
        raise Seen

    with pytest.raises(Seen):
        desk.perform("look", look)
    assert len(set(found)) == 1, "one verb, one right"
    return found[0]


def test_every_verb_of_every_procedure_is_in_the_table_once() -> None:
    verbs = {(kind, row.verb) for kind, cycle in PROCEDURES.items() for row in cycle.rows}
    told = [(step.kind, step.verb) for step in STEPS]
    assert sorted(told) == sorted(verbs)
    assert {step.group for step in STEPS} <= set(GROUPS)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.kind}-{step.verb}")
def test_a_step_is_for_the_hats_that_the_table_names_and_for_no_other(
    desk: Desk, step: Step
) -> None:
    rows = PROCEDURES[step.kind].rows_named(step.verb)
    if step.group == NOBODY:
        assert all(row.auto for row in rows)
        return
    assert not any(row.auto for row in rows)
    expected = GROUPS[step.group]
    wide = expected | (RECORDERS if step.told else frozenset())
    let = {hat for hat in WORN if through(desk, step, worn((hat,)))}
    assert let == wide
    assert not through(desk, step, worn(())), "whoever wears no hat does nothing"
    for row in rows:
        assert {hat for hat in WORN if may_take(row, worn((hat,)))} == wide


@pytest.mark.parametrize(
    "step", [one for one in STEPS if one.group == NOBODY], ids=lambda one: f"{one.kind}-{one.verb}"
)
def test_what_the_clock_or_another_step_takes_is_no_verb_to_a_person(
    desk: Desk, step: Step
) -> None:
    before: Any = SimpleNamespace(cycle=PROCEDURES[step.kind])

    def ask(act: Act) -> Result:
        matters._row(act, before, matters._Request(step.verb, {}, None, ""))
        return {}

    with pytest.raises(UnknownVerb):
        desk.perform("look", ask)


# How far a repair has come before each of these is refused to everybody else.
WALKED = (
    ("issue", "registered"), ("notify", "issued"), ("assign", "collected"),
    ("arrive", "assigned"), ("finish", "working"), ("return", "finished"),
    ("verify", "returned"), ("rework", "verified"), ("waive", "finished"), ("close", "verified"),
)  # fmt: skip


@pytest.mark.parametrize(("verb", "state"), WALKED)
def test_a_real_slip_does_not_move_for_whoever_may_not_and_the_audit_keeps_that_they_tried(
    desk: Desk, verb: str, state: str
) -> None:
    number = a_repair(desk, upto=state)
    step = next(one for one in STEPS if (one.kind, one.verb) == ("repair", verb))
    wide = GROUPS[step.group] | (RECORDERS if step.told else frozenset())
    wearing = [(hat,) for hat in WORN if hat not in wide] + [()]
    before = len(step_rows(desk, number))
    for hats in wearing:
        wear(desk, hats)
        with pytest.raises((NoRight, NotRecorder)):
            desk.as_staff("KF02").perform(
                f"repair.{verb}", lambda act: matters.take(act, number, verb)
            )
    assert len(step_rows(desk, number)) == before
    kept = [line for line in rows_of(desk, Audit) if line.what == "right refused"]
    said = {"staff": "KF02", "what": f"repair.{verb}"}
    assert [line.result for line in kept] == [said] * len(wearing)


def wear(desk: Desk, hats: tuple[Hat, ...]) -> None:
    """赵敏 wears these and no others."""

    def change(act: Act) -> Result:
        query = select(Staff).where(col(Staff.site) == act.site, col(Staff.number) == "KF02")
        act.session.execute(query).scalar_one().hats = [hat.value for hat in hats]
        return {}

    desk.perform("seed", change, system=True)
