"""From steps to what is the case: the one fold that makes a matter's situation.

The steps are the truth; state, hold, outcome, visits and all facts are derived here, by the
registers when they write and by `wuye check` when it compares.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from wuye_tui.rules.duetime import Span
from wuye_tui.rules.lifecycle import NEW, SAME, Effect, Facts, Lifecycle, Row

UNDO = "undo"


@dataclass(frozen=True)
class Step:
    """One step as it was written: when it happened, when it was recorded, and by whom."""

    n: int
    verb: str
    frm: str
    to: str
    happened: datetime
    recorded: datetime
    by: str
    facts: Facts
    clause: str = ""
    undoes: int | None = None

    @property
    def moves(self) -> bool:
        """Whether the state changed."""
        return self.frm != self.to


@dataclass(frozen=True)
class Held:
    """A hold with its reason, and since when and until when it lasted (end None: still)."""

    reason: str
    span: Span


@dataclass(frozen=True)
class Visit:
    """One time that a worker was on site; `left` and `why` are empty while there."""

    n: int
    worker: str
    arrived: datetime
    left: datetime | None = None
    why: str = ""


@dataclass(frozen=True)
class Situation:
    """What is the case after the steps: derived, never edited."""

    state: str = NEW
    hold: str = ""
    outcome: str = ""
    facts: Facts = field(default_factory=dict)
    last: int = 0  # number of the last step of all
    last_move: int = 0  # number of the last step that moved
    moved_at: datetime | None = None
    opened: datetime | None = None
    received: str = ""  # whoever took it first, or accepted it since, answers for it to the end
    closed: datetime | None = None
    decided: datetime | None = None  # when it came to its outcome
    holds: tuple[Held, ...] = ()
    visits: tuple[Visit, ...] = ()
    workers: frozenset[str] = frozenset()  # everybody who was assigned or on site
    done: frozenset[str] = frozenset()  # verbs taken and not taken back


def effective(steps: Iterable[Step]) -> list[Step]:
    """The steps that still count: without those taken back, and without the taking back."""
    listed = list(steps)
    undone = {step.undoes for step in listed if step.undoes is not None}
    return [step for step in listed if step.undoes is None and step.n not in undone]


def fold(cycle: Lifecycle, steps: Sequence[Step]) -> Situation:
    """The situation after these steps, in the order of their numbers."""
    return last_of(cycle, steps, stages(cycle, effective(steps)))


def stages(cycle: Lifecycle, counted: Iterable[Step]) -> list[Situation]:
    """The situation after each of the steps that still count."""
    was, found = Situation(), list[Situation]()
    for step in counted:
        was = after(cycle, was, step)
        found.append(was)
    return found


def last_of(cycle: Lifecycle, steps: Sequence[Step], found: Sequence[Situation]) -> Situation:
    """The situation now: the last of its stages, and how far all the steps have come."""
    situation = found[-1] if found else Situation()
    if not steps:
        return situation
    return replace(situation, last=steps[-1].n, last_move=_last_move(cycle, steps))


def moves(cycle: Lifecycle, step: Step) -> bool:
    """Whether the step is one that moves by its table: assigning anew does, though the state stays.

    A note does not.
    """
    if step.moves:
        return True
    row = cycle.row(step.verb, step.frm)
    return row is not None and row.moves


def _last_move(cycle: Lifecycle, steps: Sequence[Step]) -> int:
    """What was taken back, and the taking back, move too: whoever saw less has to look again."""
    moving: set[int] = set()
    for step in steps:
        if moves(cycle, step) or step.undoes in moving:
            moving.add(step.n)
    return max(moving, default=0)


def after(cycle: Lifecycle, was: Situation, step: Step) -> Situation:
    """The situation one effective step later."""
    row = cycle.row(step.verb, step.frm)
    effects = row.effects if row else ()
    moving = step.moves or (row is not None and row.moves)
    over = step.to in cycle.final or bool(row and row.outcome)
    facts = {**was.facts, **step.facts}
    holds, hold = _holds(was, step, effects, over)
    worker = str(step.facts.get("worker", ""))
    outcome = _outcome(cycle, row, was, step)
    came_to = step.happened if row and row.outcome else was.decided
    return Situation(
        state=step.to,
        hold=hold,
        outcome=outcome,
        facts=MappingProxyType(facts),
        last=was.last,
        last_move=was.last_move,
        moved_at=step.happened if moving or not was.moved_at else was.moved_at,
        opened=was.opened or step.happened,
        received=str(facts["holder"]) if "holder" in facts else was.received or step.by,
        # What is over stays over from that moment on: going into the archive does not move it.
        closed=(was.closed or step.happened) if step.to in cycle.final else None,
        decided=came_to if outcome else None,
        holds=holds,
        visits=_visits(was, step, effects),
        workers=was.workers | {worker} if worker else was.workers,
        done=was.done | {step.verb},
    )


def _outcome(cycle: Lifecycle, row: Row | None, was: Situation, step: Step) -> str:
    """An outcome is set by the row that moves to it, and gone when work begins again."""
    if row is None or row.to == SAME:
        return was.outcome
    if row.outcome:
        return row.outcome
    if not was.outcome:
        return ""
    order = [code for code, _ in cycle.states]
    backwards = step.frm in order and order.index(step.to) < order.index(step.frm)
    return "" if backwards else was.outcome


def _holds(
    was: Situation, step: Step, effects: tuple[Effect, ...], over: bool
) -> tuple[tuple[Held, ...], str]:
    """A hold lasts over steps on paper; a resume, work on site or an outcome releases it."""
    holds, hold = was.holds, was.hold
    if hold and (over or Effect.RELEASE in effects or Effect.HOLD in effects):
        open_ = holds[-1]
        holds = (*holds[:-1], replace(open_, span=Span(open_.span.start, step.happened)))
        hold = ""
    if Effect.HOLD in effects:
        hold = str(step.facts["hold"])
        holds = (*holds, Held(hold, Span(step.happened, None)))
    return holds, hold


def _visits(was: Situation, step: Step, effects: tuple[Effect, ...]) -> tuple[Visit, ...]:
    visits = was.visits
    if Effect.DEPART in effects and visits and visits[-1].left is None:
        visits = (*visits[:-1], replace(visits[-1], left=step.happened, why=step.verb))
    if Effect.ARRIVE in effects:
        worker = str(step.facts.get("worker") or was.facts.get("worker", ""))
        visits = (*visits, Visit(step.n, worker, step.happened))
    return visits
