"""Matters written down: a step, and what is derived from all of them.

The act remembers how a matter stands after each step, so that its next step need not read it back.
That holds because every step is written here, and the matter is locked until the act ends.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from wuye_tui.registers import derived, snapshots
from wuye_tui.registers.seeing import may_see
from wuye_tui.registers.steps import batched, find_matter, load_steps, plain_number, steps_of
from wuye_tui.rules.answers import Answers
from wuye_tui.rules.folding import Situation, Step
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import UnknownMatter
from wuye_tui.rules.running import Running, stand
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Signature, StepRow
from wuye_tui.store.tables.base import new_id

UNSIGNED = Answers({}, frozenset(), ())
"""What an undo is answered with."""

_matter = table_of(Matter).c
_child = table_of(Matter).alias("child").c
_PARENT = (
    select(_child.parent)
    .where(_child.site == bindparam("site"), _child.number == bindparam("number"))
    .scalar_subquery()
)
# A parent is locked before its child, whichever of the two is asked for; ids go up in time. A
# callback that tells its slip and a rework that voids its callback would wait for each other.
_LOCKED = (
    select(_matter.id, _matter.kind, _matter.number, _matter.parent, _matter.about)
    .where(
        _matter.site == bindparam("site"),
        or_(_matter.number == bindparam("number"), _matter.number == _PARENT),
    )
    .order_by(_matter.id)
    .with_for_update()
)

_CHILDREN = select(_child.number, _child.kind, _child.state).where(
    _child.site == bindparam("site"), _child.parent.in_(bindparam("parents", expanding=True))
)
_SEVERAL = (
    select(_matter.id, _matter.kind, _matter.number, _matter.parent, _matter.about)
    .where(
        _matter.site == bindparam("site"), _matter.number.in_(bindparam("numbers", expanding=True))
    )
    .order_by(_matter.id)
    .with_for_update()
)


@dataclass(frozen=True)
class Head:
    """What of a matter never changes."""

    id: str
    number: str
    parent: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Standing:
    """A matter as it stands: read under its lock, or as this act has left it."""

    cycle: Lifecycle
    head: Head = Head("", "")  # blank until it has its number
    steps: tuple[Step, ...] = ()
    situation: Situation = field(default_factory=Situation)
    runs: tuple[Running, ...] = ()
    stored: derived.StoredClocks = field(default_factory=dict)


def begin(act: Act, cycle: Lifecycle, parent: str, origin: str) -> Standing:
    """A matter that has its number and nothing more yet."""
    return Standing(cycle, Head(new_id(), act.number(cycle.prefix), parent, origin))


def load(act: Act, number: str) -> Standing:
    """How a matter stands, locked until the act ends. Raises UnknownMatter, also for whoever it is
    about.
    """
    known = _known(act, number)
    if known:
        return known
    asked = plain_number(number)
    locked = act.session.connection().execute(_LOCKED, {"site": act.site, "number": asked}).all()
    found = next((row for row in locked if row.number == asked), None)
    if found is None or not may_see(found.about, act.by.number):
        raise UnknownMatter(number)
    cycle = procedure(found.kind)
    steps = tuple(load_steps(act.session, act.site, found.id))
    return Standing(
        cycle,
        Head(found.id, found.number, found.parent),
        steps,
        *stand(cycle, steps, act.calendar),
        derived.stored_clocks(act, found.id),
    )


def awaited(session: Session, site: str, cycle: Lifecycle, number: str) -> frozenset[str]:
    """The numbers of what a matter waits for before it can go on: of all that it opened, and that
    these have opened, those whose kind and state its table names.
    """
    if not cycle.awaits or not number:
        return frozenset()
    waits = {kind: procedure(kind).span(states) for kind, states in cycle.awaits}
    found, parents = set[str](), [number]
    while parents:
        rows = session.connection().execute(_CHILDREN, {"site": site, "parents": parents}).all()
        found |= {row.number for row in rows if row.state in waits.get(row.kind, ())}
        parents = [row.number for row in rows]
    return frozenset(found)


def load_all(act: Act, numbers: Sequence[str]) -> None:
    """Locks several matters and reads them in a few questions, so that `load` has them at hand. A
    number that there is not, or not for whoever acts, is left to it.
    """
    asked = sorted({plain_number(number) for number in numbers if _known(act, number) is None})
    heads: list[Any] = []
    for part in batched(asked):
        site = {"site": act.site, "numbers": part}
        rows = act.session.connection().execute(_SEVERAL, site)
        heads += [row for row in rows if may_see(row.about, act.by.number)]
    steps = steps_of(act.session, act.site, [head.id for head in heads])
    stored = derived.stored_clocks_of(act, [head.id for head in heads])
    for head in heads:
        cycle, taken = procedure(head.kind), tuple(steps.get(head.id, ()))
        act.known["matter", head.number] = Standing(
            cycle,
            Head(head.id, head.number, head.parent),
            taken,
            *stand(cycle, taken, act.calendar),
            stored.get(head.id, {}),
        )


def identity(act: Act, number: str) -> str:
    """The id of a matter. Raises UnknownMatter."""
    known = _known(act, number)
    return known.head.id if known else find_matter(act.session, act.site, number).id


def _known(act: Act, number: str) -> Standing | None:
    known: Standing | None = act.known.get(("matter", plain_number(number)))
    return known


def write(
    act: Act,
    before: Standing,
    step: Step,
    doer: str,
    answers: Answers = UNSIGNED,
    *,
    snapshot: bool,
) -> Situation:
    """Writes a step and everything that follows from it; returns what is the case then.

    `snapshot`: whether the words that lists show of the matter are taken anew.
    """
    cycle, head = before.cycle, before.head
    public, private = _apart(step, answers)
    steps = (*before.steps, replace(step, facts={**public, **private}))
    after, runs = stand(cycle, steps, act.calendar)
    _write_matter(act, before, derived.matter_columns(after, runs), after)
    seal = act.whisper(head.id, step.n, private)
    act.insert(StepRow, _step_columns(act, head.id, step, doer, public, seal))
    act.append(*_signatures(act, head.id, step, answers))
    stored = derived.write_clocks(act, head.id, cycle, runs, before.stored)
    if after.visits != before.situation.visits:
        derived.write_visits(act, head.id, after.visits)
    if cycle.kind in derived.OWN:
        _write_own(act, before, after, runs)
    if snapshot:
        snapshots.keep(act, head.id, after.facts)
    act.known["matter", head.number] = replace(
        before, steps=steps, situation=after, runs=runs, stored=stored
    )
    return after


def _apart(step: Step, answers: Answers) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that stay for good, and the words about people, which can be erased."""
    public = {name: value for name, value in step.facts.items() if name not in answers.personal}
    private = {name: value for name, value in step.facts.items() if name in answers.personal}
    for signed in answers.signed:
        private[f"signed_{signed.role}"] = signed.name
        if signed.why:
            private[f"refused_{signed.role}"] = f"{signed.why} ({signed.witness})"
    return public, {name: value for name, value in private.items() if value}


def _write_matter(act: Act, before: Standing, columns: Mapping[str, Any], after: Situation) -> None:
    head, cycle = before.head, before.cycle
    if before.steps:
        act.update(Matter, {"id": head.id, **columns})
        return
    act.insert(
        Matter,
        {
            "id": head.id,
            "kind": cycle.kind,
            "number": head.number,
            "parent": head.parent,
            "origin": head.origin,
            "opened": after.opened,
            "rule": cycle.version,
            **columns,
        },
    )


def _write_own(act: Act, before: Standing, after: Situation, runs: Sequence[Running]) -> None:
    kind, columns_of = derived.OWN[before.cycle.kind]
    columns = columns_of(after, runs)
    if not before.steps or columns != columns_of(before.situation, before.runs):
        act.derive(kind, {"matter": before.head.id, **columns})


def _step_columns(
    act: Act, matter: str, step: Step, doer: str, facts: Mapping[str, Any], seal: str
) -> dict[str, Any]:
    return {
        "matter": matter,
        "n": step.n,
        "act": act.key,
        "verb": step.verb,
        "frm": step.frm,
        "to": step.to,
        "happened": step.happened,
        "recorded": step.recorded,
        "by": step.by,
        "doer": doer,
        "duty": act.duty,
        "clause": step.clause,
        "facts": facts,
        "seal": seal,
        "undoes": step.undoes,
    }


def _signatures(act: Act, matter: str, step: Step, answers: Answers) -> list[Signature]:
    return [
        Signature(
            site=act.site,
            matter=matter,
            n=step.n,
            role=signed.role,
            act=act.key,
            staff=signed.staff,
            how=signed.how,
            at=step.happened,
        )
        for signed in answers.signed
    ]
