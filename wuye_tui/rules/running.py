"""Which clocks of a matter run, and when each is due: derived from its steps alone.

A clock starts with a verb, lives only in the states its row lists, and ends with the step that
leaves them; none can be left running. While it runs only a new appointment starts it anew: doing
its verb a second time gains nobody any time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wuye_tui.rules import folding
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.duetime import Before, Span, late, reckon
from wuye_tui.rules.folding import Situation, Step, effective, last_of
from wuye_tui.rules.lifecycle import Deadline, Facts, Lifecycle


@dataclass(frozen=True)
class Running:
    """One run of a clock: `n` is the step that started it; `due` None while it stands still."""

    name: str
    n: int
    clause: str
    level: int
    started: datetime
    due: datetime | None = None
    ended: datetime | None = None
    provisional: bool = False
    void: bool = False  # ended because it no longer applied, not because its task was done

    def late(self, now: datetime) -> bool:
        """Late for good by what happened: strictly after the due second."""
        return not self.void and late(self.due, self.ended, now)


@dataclass(slots=True)
class _Run:
    """A run while the steps are gone through: its end is not known when it begins."""

    n: int
    started: datetime
    moment: datetime | None
    ended: datetime | None = None
    void: bool = False


def clocks(
    cycle: Lifecycle, steps: Sequence[Step], calendar: WorkingCalendar
) -> tuple[Running, ...]:
    """Every run of every clock of the matter, in the order they started."""
    return stand(cycle, steps, calendar)[1]


def stand(
    cycle: Lifecycle, steps: Sequence[Step], calendar: WorkingCalendar
) -> tuple[Situation, tuple[Running, ...]]:
    """The situation with every run of every clock: both come from the same stages."""
    counted = effective(steps)
    stages = folding.stages(cycle, counted)
    taken = {step.verb for step in counted}
    found: list[Running] = []
    for rule in cycle.deadlines:
        if not taken.isdisjoint(rule.after):
            found.extend(_runs(cycle, rule, counted, stages, calendar))
    runs = tuple(sorted(found, key=lambda run: (run.n, run.name)))
    return last_of(cycle, steps, stages), runs


def _runs(
    cycle: Lifecycle,
    rule: Deadline,
    steps: list[Step],
    stages: list[Situation],
    calendar: WorkingCalendar,
) -> list[Running]:
    lives = cycle.span(rule.runs_in)
    runs: list[_Run] = []
    for step, stage in zip(steps, stages, strict=True):
        open_ = runs[-1] if runs and runs[-1].ended is None else None
        if open_ is None and step.verb not in rule.after:
            continue
        applies = step.to in lives and rule.when(stage.facts)
        anew = open_ is None or isinstance(rule.length, Before)
        known = _moment_known(rule, stage.facts)
        starts = step.verb in rule.after and applies and anew and known
        if open_ and (not applies or starts or step.verb in rule.ended_by):
            done = step.to not in lives or step.verb in rule.ended_by
            open_.ended, open_.void = step.happened, not done
        if starts:
            runs.append(_Run(step.n, step.happened, _moment(rule, stage.facts)))
    holds = stages[-1].holds if stages else ()
    pausing = [held.span for held in holds if held.reason in rule.paused_by]
    return [_with_due(rule, run, pausing, calendar) for run in runs]


def _moment_known(rule: Deadline, facts: Facts) -> bool:
    return not isinstance(rule.length, Before) or bool(facts.get(rule.length.field))


def _moment(rule: Deadline, facts: Facts) -> datetime | None:
    if not isinstance(rule.length, Before):
        return None
    return datetime.fromisoformat(str(facts[rule.length.field]))


def _with_due(rule: Deadline, run: _Run, pausing: list[Span], calendar: WorkingCalendar) -> Running:
    due = reckon(rule.length, run.started, pausing, calendar, run.moment)
    # What was late when it ceased to apply stays late: a new appointment does not mend the old one.
    void = run.void and not late(due.at, run.ended, run.started)
    return Running(
        name=rule.name,
        n=run.n,
        clause=rule.clause,
        level=rule.level,
        started=run.started,
        due=due.at,
        ended=run.ended,
        provisional=due.provisional,
        void=void,
    )
