"""What is late, and how late it was this month: by department and by person (XX-4.3.6, BX-3.3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select

from wuye_tui.desk import Desk
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.answerable import department_of, person_of
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.rights import SYSTEM
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import DeadlineRow, Matter

_matter, _clock = (table_of(kind).c for kind in (Matter, DeadlineRow))
_CLOCKS = (
    select(
        *(_matter[name] for name in ("number", "kind", "department", "worker", "holder", "closed")),
        *(_clock[name] for name in ("name", "due", "ended")),
    )
    .join_from(
        table_of(DeadlineRow),
        table_of(Matter),
        and_(_matter.site == _clock.site, _matter.id == _clock.matter),
    )
    .where(
        _clock.site == bindparam("site"),
        seen_by(),
        _clock.void.is_(False),
        _clock.due < bindparam("now"),
        # Whatever still runs, and of this month what has ended.
        or_(_clock.ended.is_(None), _clock.due >= bindparam("since")),
    )
)


@dataclass
class Group:
    """The clocks of one department or one person.

    `due` and `late` are those of this month, `seconds` how late the late ones were together;
    `numbers` are the matters with a clock that has run out and still runs, the latest first.
    """

    code: str
    due: int = 0
    late: int = 0
    seconds: int = 0
    running: dict[str, int] = field(default_factory=dict)  # seconds late by number
    late_numbers: list[str] = field(default_factory=list)  # with a clock that was late this month

    @property
    def numbers(self) -> list[str]:
        """What is overdue now, the longest overdue first."""
        return sorted(self.running, key=lambda number: (-self.running[number], number))

    @property
    def longest(self) -> int:
        """How many seconds the longest overdue is late; 0 where nothing is."""
        return max(self.running.values(), default=0)

    @property
    def average(self) -> int:
        """How many seconds late the late ones were on average; 0 where none was."""
        return self.seconds // self.late if self.late else 0

    def as_dict(self, name: str) -> dict[str, Any]:
        """The group as `wuye supervisor overdue --json` prints it; keys only ever grow."""
        return {
            "code": self.code,
            "name": name,
            "overdue": len(self.running),
            "longest_seconds": self.longest,
            "numbers": self.numbers,
            "due_this_month": self.due,
            "late_this_month": self.late,
            "late_numbers": self.late_numbers,
            "average_late_seconds": self.average,
        }


@dataclass(frozen=True)
class Lateness:
    """Both tables, those with most overdue first; `names` are people's, by number."""

    since: datetime
    departments: list[Group]
    people: list[Group]
    names: dict[str, str]

    @property
    def average(self) -> int:
        """How many seconds late the late clocks of this month were on average."""
        late = sum(one.late for one in self.departments)
        return sum(one.seconds for one in self.departments) // late if late else 0

    def department(self, group: Group) -> str:
        """The untranslated word of a department."""
        return dict(DEPARTMENTS).get(group.code, group.code)

    def person(self, group: Group) -> str:
        """Somebody's name; empty for what nobody was sent to."""
        return self.names.get(group.code, group.code)


def lateness(desk: Desk) -> Lateness:
    """What is overdue now, and how late this month's clocks were, from its first day on; without
    what is about whoever asks.
    """
    now = desk.now()
    first = desk.calendar.day_of(now).replace(day=1)
    since = desk.calendar.moment(first)
    given = {"site": desk.site, "viewer": desk.staff, "now": now, "since": since}
    with desk.read() as session:
        rows = session.connection().execute(_CLOCKS, given).all()
        names = staff_names(session, desk.site)
    return Lateness(
        since, _grouped(rows, _department, now, since), _grouped(rows, _person, now, since), names
    )


def _department(row: Any) -> str:
    return department_of(row.kind, row.name, row.department)


def _person(row: Any) -> str:
    who = person_of(row.kind, row.name, row.worker, row.holder)
    return "" if who == SYSTEM.number else who


def _grouped(
    rows: Iterable[Any], of: Callable[[Any], str], now: datetime, since: datetime
) -> list[Group]:
    found: dict[str, Group] = {}
    for row in rows:
        group = found.setdefault(of(row), Group(of(row)))
        over = ((row.ended or now) - row.due) // timedelta(seconds=1)
        is_late = row.ended is None or row.ended > row.due
        if row.ended is None and row.closed is None:
            group.running[row.number] = max(over, group.running.get(row.number, 0))
        if row.due >= since:
            group.due += 1
            group.late += is_late
            if is_late and row.number not in group.late_numbers:
                group.late_numbers.append(row.number)
            group.seconds += over if is_late else 0
    return sorted(found.values(), key=lambda one: (-len(one.running), -one.seconds, one.code))
