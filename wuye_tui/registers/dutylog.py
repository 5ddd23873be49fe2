"""The log of a duty day as one view (ZB-3.4, ZB-6): who was on duty, what was written, patrolled,
found, put right, looked at again and reported. Everything in it is matters and their steps.

Of the project head's weekly readings (ZB-3.7) it tells the latest, and what they instructed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.log_lines import DutyLog, Event, Holder, Line, Read, TaskLine
from wuye_tui.registers.patrols import ONE_DAY, day_in, duty_day, working_duty
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.source import Source
from wuye_tui.registers.steps import steps_of
from wuye_tui.rules.entries import ENTRY
from wuye_tui.rules.folding import Situation, Step, effective, fold
from wuye_tui.rules.incidents import INCIDENT
from wuye_tui.rules.patrol_plan import MANAGERS_POST
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.readings import READING
from wuye_tui.rules.rights import HAT_WORDS, SYSTEM, Hat
from wuye_tui.rules.tasks import TASK
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Matter, StepRow
from wuye_tui.words import _

RECHECKS = ("recheck", "redo")

_matter, _duty, _step = (table_of(kind).c for kind in (Matter, Duty, StepRow))
_LISTED = (
    select(*(_matter[name] for name in ("id", "number", "kind", "parent", "opened", "next_due")))
    .where(_matter.site == bindparam("site"), seen_by())
    .order_by(_matter.opened, _matter.number)
)
_THEN = and_(_matter.opened >= bindparam("since"), _matter.opened < bindparam("until"))
_WRITTEN = _LISTED.where(_matter.kind == ENTRY.kind, _THEN)
_CHILDREN = _LISTED.where(_matter.parent.in_(bindparam("numbers", expanding=True)))
_TASKS = _LISTED.where(_matter.kind == TASK.kind)
_GIVEN = _TASKS.where(_THEN)
_DONE = _TASKS.where(_matter.state == "done")
_LOOKED_AT = (
    select(_step.matter)
    .where(
        _step.site == bindparam("site"),
        _step.recorded >= bindparam("since"),
        _step.verb.in_(RECHECKS),
        _step.happened >= bindparam("since"),
        _step.happened < bindparam("until"),
    )
    .distinct()
)
_RECHECKED = _TASKS.where(_matter.id.in_(bindparam("ids", expanding=True)))
_EVENTS = _LISTED.where(
    _matter.kind == INCIDENT.kind,
    _matter.opened < bindparam("until"),
    or_(_matter.closed.is_(None), _matter.closed >= bindparam("since")),
)
_READ = (
    _LISTED.where(_matter.kind == READING.kind, _matter.opened < bindparam("until"))
    .order_by(None)
    .order_by(_matter.opened.desc())
    .limit(bindparam("most"))
)
_ON_DUTY = (
    select(_duty.name, _duty.staff, _duty.started, _duty.ended)
    .where(
        _duty.site == bindparam("site"),
        _duty.post == MANAGERS_POST,
        _duty.started < bindparam("until"),
        or_(_duty.ended.is_(None), _duty.ended > bindparam("since")),
    )
    .order_by(_duty.started)
)


def day_log(desk: Desk, day: date | None = None) -> DutyLog:
    """The log of a duty day as it stands; of the present one where none is named."""
    chosen = day or duty_day(desk)
    with desk.read() as session:
        book = _Book(session, desk, chosen)
        return book.whole()


def to_recheck(desk: Desk, day: date | None = None) -> tuple[TaskLine, ...]:
    """The rectifications that departments finished before a duty day began and that nobody has
    looked at again: those of the day before, and whatever is older (ZB-4.10).
    """
    with desk.read() as session:
        return _Book(session, desk, day or duty_day(desk)).to_recheck()


class _Book:
    """The questions of one day, in one session."""

    def __init__(self, session: Session, desk: Desk, day: date) -> None:
        self._session, self._desk, self._day = session, desk, day
        self._since = working_duty(desk.reference, desk.calendar, day)[0]
        self._until = working_duty(desk.reference, desk.calendar, day + ONE_DAY)[0]
        self._names = staff_names(session, desk.site)
        self._now = desk.now()

    def whole(self) -> DutyLog:
        return DutyLog(
            self._day,
            self._since,
            self._until,
            tuple(self._holders()),
            self._lines(),
            day_in(self._session, Source.of(self._desk), self._day),
            tuple(self._tasks(_GIVEN)),
            self.to_recheck(),
            tuple(self._rechecked()),
            tuple(self._events()),
            tuple(self._readings()),
            self._names,
        )

    def to_recheck(self) -> tuple[TaskLine, ...]:
        found = self._tasks(_DONE)
        return tuple(one for one in found if one.done is not None and one.done < self._since)

    def _ask(self, question: Any, **more: Any) -> list[tuple[Any, list[Step], Situation]]:
        """The matters of a question, each with its steps and how it stands."""
        desk = self._desk
        asked = {"site": desk.site, "viewer": desk.staff, "since": self._since}
        given = {**asked, "until": self._until, **more}
        wanted = {name: given[name] for name in question.compile().params if name in given}
        rows = self._session.connection().execute(question, wanted).all()
        steps = steps_of(self._session, desk.site, [row.id for row in rows])
        return [(row, steps[row.id], fold(procedure(row.kind), steps[row.id])) for row in rows]

    def _holders(self) -> Iterator[Holder]:
        words = {(one.post, one.name): one.word for one in self._desk.reference.duties}
        asked = {"site": self._desk.site, "since": self._since, "until": self._until}
        for row in self._session.connection().execute(_ON_DUTY, asked):
            word = words.get((MANAGERS_POST, row.name), row.name)
            yield Holder(row.staff, self._name(row.staff), word, row.started, row.ended)

    def _name(self, number: str) -> str:
        if number == SYSTEM.number:
            return _(HAT_WORDS[Hat.SYSTEM])
        return self._names.get(number, number)

    def _lines(self) -> tuple[Line, ...]:
        found = [self._line(*one) for one in self._ask(_WRITTEN)]
        numbers = [one.number for one in found]
        corrections: dict[str, list[Line]] = {}
        opened: dict[str, list[str]] = {}
        for row, steps, was in self._ask(_CHILDREN, numbers=numbers) if numbers else ():
            if row.kind == ENTRY.kind:
                corrections.setdefault(row.parent, []).append(self._line(row, steps, was))
            else:
                opened.setdefault(row.parent, []).append(row.number)
        return tuple(
            _with(one, corrections.get(one.number, ()), opened.get(one.number, ())) for one in found
        )

    def _line(self, row: Any, steps: Sequence[Step], was: Situation) -> Line:
        first = steps[0]
        facts = was.facts
        return Line(
            row.number,
            first.verb,
            str(facts.get("category") or facts.get("sort") or ""),
            first.happened,
            first.by,
            self._name(first.by),
            was.received,
            self._name(was.received),
            was,
            tuple(step for step in effective(steps) if step.verb == "note"),
            row.parent if first.verb == "correct" else "",
        )

    def _tasks(self, question: Any, **more: Any) -> Iterator[TaskLine]:
        for row, steps, was in self._ask(question, **more):
            yield self._task(row, steps, was)

    def _task(self, row: Any, steps: Sequence[Step], was: Situation) -> TaskLine:
        counted = effective(steps)
        until = str(was.facts.get("until") or "")
        due = datetime.fromisoformat(until) if until else None
        at_work = was.state in TASK.span("issued-received")
        worker = str(was.facts.get("worker", ""))
        return TaskLine(
            row.number,
            row.parent,
            row.opened,
            was,
            self._name(worker),
            due,
            _last(counted, ("finish",)),
            _last(counted, RECHECKS),
            bool(at_work and not was.hold and due and due < self._now),
        )

    def _rechecked(self) -> Iterator[TaskLine]:
        asked = {"site": self._desk.site, "since": self._since, "until": self._until}
        ids = list(self._session.connection().execute(_LOOKED_AT, asked).scalars())
        if ids:
            yield from self._tasks(_RECHECKED, ids=ids)

    def _events(self) -> Iterator[Event]:
        for row, steps, was in self._ask(_EVENTS):
            told = _last(effective(steps), ("report",))
            number = str(was.facts.get("told_to", ""))
            due = row.next_due if was.state == "registered" else None
            late = bool(due and due < self._now)
            at = was.opened or row.opened
            yield Event(row.number, at, was, told, self._name(number) if number else "", due, late)

    def _readings(self) -> Iterator[Read]:
        """Those that are open, and the last that was read."""
        found = self._ask(_READ, most=4)
        numbers = [row.number for row, _steps, _was in found]
        told: dict[str, list[TaskLine]] = {}
        for row, steps, was in self._ask(_CHILDREN, numbers=numbers) if numbers else ():
            if row.kind == TASK.kind:
                told.setdefault(row.parent, []).append(self._task(row, steps, was))
        for row, _steps, was in found:
            reader = str(was.facts.get("signed_project_head", ""))
            yield Read(
                row.number,
                str(was.facts.get("week", "")),
                was,
                row.next_due,
                was.closed,
                self._name(reader) if reader else "",
                tuple(told.get(row.number, ())),
            )


def _with(line: Line, corrections: Iterable[Line], opened: Iterable[str]) -> Line:
    return replace(line, corrections=tuple(corrections), opened=tuple(opened))


def _last(steps: Sequence[Step], verbs: tuple[str, ...]) -> datetime | None:
    """When one of these was taken last; None where none was."""
    return next((step.happened for step in reversed(steps) if step.verb in verbs), None)
