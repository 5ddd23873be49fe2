"""Parts of the queue: the filters that screens and commands have in common.

Each is asked of the register, so that nothing is left out of a part because it lies behind the rows
that are listed; `Part.has` says the same of a row that was read already, for the seconds between.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from wuye_tui.desk import Desk
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.duetime import late
from wuye_tui.rules.places import Place, find_place
from wuye_tui.rules.procedures import PROCEDURES, QUEUED
from wuye_tui.rules.rooms import key, parse_room
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter

if TYPE_CHECKING:
    from wuye_tui.registers.queue import QueueRow

KEPT_BY = {
    "repair": "engineering",
    "callback": "service",
    "complaint": "service",
    "dunning": "service",
    "entry": "management",
    "incident": "management",
}  # whose work it is by itself
_matter = table_of(Matter).c
_where = func.coalesce(func.nullif(_matter.unit, ""), _matter.place)


@dataclass(frozen=True)
class Part:
    """Which part of the queue somebody looks at; empty is all of it.

    `mine`, `holder` and `worker` are staff numbers, `state` is the untranslated word of a state,
    `unit` the label of a home or the beginning of one.
    """

    mine: str = ""
    holder: str = ""
    worker: str = ""
    department: str = ""
    unit: str = ""
    state: str = ""
    held: bool = False
    overdue: bool = False

    def has(self, row: "QueueRow", now: datetime) -> bool:
        """Whether the row belongs to it at this moment."""
        return (
            (not self.mine or self.mine in (row.holder, row.worker_number))
            and (not self.holder or self.holder == row.holder)
            and (not self.worker or self.worker == row.worker_number)
            and (not self.department or self.department == row.department)
            and (not self.unit or f"{row.where}-".startswith(f"{self.unit}-"))
            and (not self.state or self.state == row.state_word)
            and (not self.held or bool(row.hold))
            and (not self.overdue or (row.due is not None and late(row.due.due, None, now)))
        )

    def asked(self, now: datetime) -> Iterator[ColumnElement[bool]]:
        """The same as conditions of a question."""
        if self.mine:
            yield or_(_matter.holder == self.mine, _matter.worker == self.mine)
        if self.holder:
            yield _matter.holder == self.holder
        if self.worker:
            yield _matter.worker == self.worker
        if self.department:
            yield _kept_by(self.department)
        if self.unit:
            # Not LIKE: SQLite's takes b-1203 for B-1203.
            begins = f"{self.unit}-"
            yield or_(_where == self.unit, func.substr(_where, 1, len(begins)) == begins)
        if self.state:
            yield _called(self.state)
        if self.held:
            yield _matter.hold != ""
        if self.overdue:
            yield _matter.next_due < now


def label(typed: str) -> str:
    """The label, or its beginning, that a home or building in any usual spelling means: 3, 3-1."""
    room = parse_room(typed)
    if room is not None:
        return key(room)
    found = find_place(typed)
    place = found.place if found else Place("")
    if place.building and not place.name:
        return "-".join(filter(None, (place.building, place.entrance)))
    bare = typed.strip()
    return bare.upper() if bare.isascii() else bare  # a public place is written as people wrote it


def _kept_by(department: str) -> ColumnElement[bool]:
    by_itself = [kind for kind, known in KEPT_BY.items() if known == department]
    named = _matter.department == department
    return or_(named, and_(_matter.department == "", _matter.kind.in_(by_itself)))


def _called(word: str) -> ColumnElement[bool]:
    """In a state of this word; several kinds may have one."""
    found = [
        and_(_matter.kind == kind, _matter.state == code)
        for kind, cycle in PROCEDURES.items()
        for code, known in cycle.states
        if known == word
    ]
    return or_(false(), *found)


@dataclass(frozen=True)
class Tally:
    """How many matters are open, by what a part may be called."""

    departments: dict[str, int]
    states: dict[str, int]  # by the untranslated word
    units: dict[str, int]
    held: int


def count(desk: Desk, part: Part) -> int:
    """How many open matters belong to a part; with an empty one, how many there are."""
    asked = select(func.count()).select_from(table_of(Matter))
    return int(_first(desk, asked.where(*_open(desk), *part.asked(desk.now()))))


def tally(desk: Desk) -> Tally:
    """Every department, state and unit that has something open, and how much of it."""
    departments: dict[str, int] = {}
    states: dict[str, int] = {}
    units: dict[str, int] = {}
    held = 0
    kept = (_matter.kind, _matter.state, _matter.department, _matter.hold != "", _where)
    with desk.read() as session:
        rows = session.execute(select(*kept, func.count()).where(*_open(desk)).group_by(*kept))
        for kind, state, department, is_held, where, n in rows.all():
            for name, known in (
                (department or KEPT_BY.get(kind, ""), departments),
                (PROCEDURES[kind].state_word(state), states),
                (where, units),
            ):
                if name:
                    known[name] = known.get(name, 0) + n
            held += n if is_held else 0
    return Tally(departments, states, units, held)


def _open(desk: Desk) -> tuple[ColumnElement[bool], ...]:
    # By no index of the kind: SQLite would go through all matters of these kinds, closed or not.
    kind = _matter.kind.concat("")
    seen = seen_by(desk.staff)
    return (_matter.site == desk.site, _matter.closed.is_(None), kind.in_(QUEUED), seen)


def _first(desk: Desk, asked: Any) -> Any:
    with desk.read() as session:
        return session.execute(asked).scalar_one()
