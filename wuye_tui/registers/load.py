"""Who has how much: open matters, of them overdue, and what was finished this week, by department
and by person (XX-4.3.6, BX-3.3). Every figure is a list of numbers, and `lines` says what they are.

Finished is what was done: repaired, dealt with, answered, reached; counted once, in the week of the
last time, from Monday on, for whoever has it now; a callback for whoever made it. A step that was
taken back finished nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, exists, select, tuple_

from wuye_tui.desk import Desk
from wuye_tui.registers.console import WELL
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.answerable import department_of, person_of
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.rights import SYSTEM
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Private, StepRow
from wuye_tui.words import N_

OPEN, OVERDUE, FINISHED = "open", "overdue", "finished"
FIGURES: Final = {OPEN: N_("未结"), OVERDUE: N_("超时"), FINISHED: N_("本周办完")}
_AT_ONCE: Final = 500  # numbers in one question

_matter, _private, _step = (table_of(kind).c for kind in (Matter, Private, StepRow))
_back = table_of(StepRow).alias("back").c
_WHOSE = [_matter[name] for name in ("number", "kind", "department", "worker", "holder")]
_FINISHES = [
    (cycle.kind, row.verb)
    for cycle in PROCEDURES.values()
    for row in cycle.rows
    if cycle.queued and row.outcome and row.outcome in WELL
]
_OPEN = (
    select(*_WHOSE, _matter.next_due)
    .where(
        _matter.site == bindparam("site"),
        _matter.closed.is_(None),
        _matter.kind.in_(QUEUED),
        seen_by(),
    )
    .order_by(_matter.next_due.is_(None), _matter.next_due, _matter.number)
)
_FINISHED = (
    select(*_WHOSE, _step.doer)
    .join_from(
        table_of(StepRow),
        table_of(Matter),
        and_(_matter.site == _step.site, _matter.id == _step.matter),
    )
    .where(
        _step.site == bindparam("site"),
        _step.recorded >= bindparam("since"),  # never before it happened, and there is an index
        _step.happened >= bindparam("since"),
        tuple_(_matter.kind, _step.verb).in_(_FINISHES),
        ~exists().where(
            _back.site == _step.site, _back.matter == _step.matter, _back.undoes == _step.n
        ),
        seen_by(),
    )
    .order_by(_step.happened.desc(), _matter.number)
)
_LINES = (
    select(
        *(_matter[name] for name in ("number", "kind", "state", "unit", "place", "worker")),
        *(_matter[name] for name in ("holder", "next_due", "closed")),
        _private.words,
    )
    .join_from(
        table_of(Matter),
        table_of(Private),
        and_(_private.site == _matter.site, _private.owner == _matter.id, _private.n == 0),
        isouter=True,
    )
    .where(
        _matter.site == bindparam("site"),
        _matter.number.in_(bindparam("numbers", expanding=True)),
        seen_by(),
    )
)


@dataclass
class Load:
    """What one department or one person has: the numbers of the matters behind each figure."""

    code: str
    open: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)

    def behind(self, figure: str) -> list[str]:
        """The matters that a figure counts."""
        return {OPEN: self.open, OVERDUE: self.overdue, FINISHED: self.finished}[figure]

    def as_dict(self, name: str) -> dict[str, Any]:
        """The figures as `wuye supervisor load --json` prints them; keys only ever grow."""
        counts = {figure: len(self.behind(figure)) for figure in FIGURES}
        lists = {f"{figure}_numbers": self.behind(figure) for figure in FIGURES}
        return {"code": self.code, "name": name, **counts, **lists}


@dataclass(frozen=True)
class Loads:
    """Both tables, those with most open first; `names` are people's, by number."""

    since: datetime
    departments: list[Load]
    people: list[Load]
    names: Mapping[str, str]

    def department(self, load: Load) -> str:
        """The untranslated word of a department."""
        return dict(DEPARTMENTS).get(load.code, load.code)

    def person(self, load: Load) -> str:
        """Somebody's name; empty for what nobody was sent to."""
        return self.names.get(load.code, load.code)


class Counted(NamedTuple):
    """One matter that a figure has counted."""

    number: str
    where: str
    words: str
    state_word: str  # untranslated
    who: str
    due: datetime | None
    closed: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """The matter as a list prints it; keys only ever grow."""
        return {
            "number": self.number,
            "unit": self.where,
            "summary": self.words,
            "state": self.state_word,
            "worker": self.who,
            "due_at": self.due,
            "closed_at": self.closed,
        }


def load(desk: Desk) -> Loads:
    """Who has how much now, without what is about whoever asks."""
    now = desk.now()
    today = desk.calendar.day_of(now)
    since = desk.calendar.moment(today - timedelta(days=today.weekday()))
    given = {"site": desk.site, "viewer": desk.staff}
    with desk.read() as session:
        connection = session.connection()
        running = connection.execute(_OPEN, given).all()
        done = connection.execute(_FINISHED, {**given, "since": since}).all()
        names = staff_names(session, desk.site)
    departments = _grouped(running, done, _department, _department, now)
    people = _grouped(running, done, _person, _finisher, now)
    return Loads(since, departments, people, names)


def lines(desk: Desk, numbers: Sequence[str]) -> list[Counted]:
    """The matters of these numbers, in their order."""
    found: dict[str, Counted] = {}
    with desk.read() as session:
        names = staff_names(session, desk.site)
        for n in range(0, len(numbers), _AT_ONCE):
            asked = {"site": desk.site, "viewer": desk.staff, "numbers": numbers[n : n + _AT_ONCE]}
            for row in session.connection().execute(_LINES, asked):
                found[row.number] = _line(row, names)
    return [found[number] for number in numbers if number in found]


def _finisher(row: Any) -> str:
    """Whoever has it; of what nobody has, a callback, who did it."""
    return _person(row) or str(row.doer)


def _line(row: Any, names: Mapping[str, str]) -> Counted:
    who = _person(row)
    return Counted(
        row.number,
        row.unit or row.place or "",
        row.words or "",
        PROCEDURES[row.kind].state_word(row.state),
        names.get(who, who),
        row.next_due,
        row.closed,
    )


def _department(row: Any) -> str:
    return department_of(row.kind, "", row.department)


def _person(row: Any) -> str:
    who = person_of(row.kind, "", row.worker, row.holder)
    return "" if who == SYSTEM.number else who


def _grouped(
    running: Iterable[Any],
    done: Iterable[Any],
    of: Callable[[Any], str],
    by: Callable[[Any], str],
    now: datetime,
) -> list[Load]:
    found: dict[str, Load] = {}
    for row in running:
        group = found.setdefault(of(row), Load(of(row)))
        group.open.append(row.number)
        if row.next_due is not None and row.next_due < now:
            group.overdue.append(row.number)
    for row in done:
        group = found.setdefault(by(row), Load(by(row)))
        if row.number not in group.finished:
            group.finished.append(row.number)
    return sorted(found.values(), key=lambda one: (-len(one.open), -len(one.finished), one.code))
