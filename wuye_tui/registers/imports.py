"""Imports: what a file would change, and changing it: one act, all or nothing.

Files are read by the intake, which knows no database; what its rows refer to is looked up here. A
file of yesterday imported again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from sqlalchemy import func, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.comparing import compare
from wuye_tui.registers.comparing_people import compare_people
from wuye_tui.registers.comparing_staff import Posts, compare_staff
from wuye_tui.registers.comparisons import Comparison, Write
from wuye_tui.registers.staff import administrator, keep_an_administrator, lock_active
from wuye_tui.rules.errors import BadFile
from wuye_tui.store import rows
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.sqlite import roomy
from wuye_tui.store.tables import Audit
from wuye_tui.sweeping import seldom_swept
from wuye_tui.words import _

State = tuple[int, date]
"""The end of the audit chain, and the day: with both the same, a comparison stays true."""
BATCH: Final = 5000
"""So many rows are handed to the database at a time."""


class Bad(Protocol):
    """Why a row was not taken, as the intake says it."""

    @property
    def row_number(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def line(self) -> str: ...


class Incoming(Protocol):
    """A file that was read: the intake's `Intake`, whose rows are used by their attributes.

    `columns` maps each field that the file has to its name there; `used` are all columns of it.
    """

    @property
    def noun(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def used(self) -> Sequence[tuple[str, str]]: ...
    @property
    def sheet(self) -> str: ...
    @property
    def other_sheets(self) -> Sequence[str]: ...
    @property
    def header_row(self) -> int: ...
    @property
    def unknown_columns(self) -> Sequence[str]: ...
    @property
    def building(self) -> str: ...
    @property
    def notes(self) -> Sequence[int]: ...
    @property
    def repeated(self) -> Sequence[int]: ...
    @property
    def told(self) -> Sequence[Bad]: ...
    @property
    def good(self) -> Sequence[Any]: ...
    @property
    def bad(self) -> Sequence[Bad]: ...
    def refusing(self, more: Iterable[Any]) -> Self: ...


In = TypeVar("In", bound=Incoming)


class ImportRefused(BadFile):
    """Some rows cannot be taken, so none was; `bad` lists them."""

    def __init__(self, name: str, bad: Sequence[Bad]) -> None:
        self.bad = tuple(bad)
        count = len({row.row_number for row in bad})
        super().__init__(
            _(
                "「{name}」有 {count} 行不能导入，所以一行也没有导入；"
                "请改正后再导入，或加 --skip-bad 只导入其余的行。"
            ).format(name=name, count=count)
        )

    @property
    def lines(self) -> list[str]:
        """Every bad row in a line for a person."""
        return [row.line for row in self.bad]


@dataclass(frozen=True)
class Plan(Generic[In]):
    """What importing a file would do. `intake` has the rows that the database refuses among its
    bad ones, too; nothing is written yet.
    """

    intake: In
    posts: Posts
    found: Comparison
    state: State

    @property
    def new(self) -> int:
        """So many would be new."""
        return self.found.new

    @property
    def changed(self) -> int:
        """So many would change."""
        return self.found.changed

    @property
    def unchanged(self) -> int:
        """So many are there already, just as the file says."""
        return self.found.unchanged

    @property
    def told(self) -> Sequence[Bad]:
        """What is taken only in part, in the file's order."""
        return sorted((*self.intake.told, *self.found.told), key=lambda row: row.row_number)

    @property
    def bad(self) -> Sequence[Bad]:
        """Every bad row, in the file's order."""
        return self.intake.bad

    def as_dict(self) -> dict[str, Any]:
        """What was understood and what would change, for people and JSON."""
        return {
            "noun": self.intake.noun,
            "file": self.intake.name,
            "sheet": self.intake.sheet,
            "other_sheets": list(self.intake.other_sheets),
            "header_row": self.intake.header_row,
            "columns": dict(self.intake.columns),
            "used_columns": [{"field": field, "column": word} for field, word in self.intake.used],
            "unknown_columns": list(self.intake.unknown_columns),
            "building": self.intake.building,
            "notes": list(self.intake.notes),
            "repeated": list(self.intake.repeated),
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "examples": [
                {
                    "row": one.row_number,
                    "who": one.who,
                    "field": one.field,
                    "old": one.old,
                    "new": one.new,
                }
                for one in (*self.found.fresh, *self.found.examples)
            ],
            "remarks": [_as_dict(row) for row in self.told],
            "bad": [_as_dict(row) for row in self.bad],
        }


def _as_dict(row: Bad) -> dict[str, Any]:
    return {"row": row.row_number, "column": row.column, "value": row.value, "reason": row.reason}


@seldom_swept()
def plan(desk: Desk, intake: In) -> Plan[In]:
    """Compares a file with the registers. Writes nothing and refuses nothing."""
    posts = desk.reference.posts if intake.noun == "staff" else {}
    today = desk.calendar.day_of(desk.now())
    with desk.read() as session:
        state = _state(session, desk.site, today)
        found = _compare(session, desk.site, intake, posts, today)
    refused: In = intake.refusing(found.objections) if found.objections else intake
    return Plan(refused, posts, found, state)


@seldom_swept()
def admit(desk: Desk) -> None:
    """Raises NotAdministrator before a file is even compared: that shows who lives where."""
    administrator(desk.actor(), _("导入名册"))


def apply(act: Act, plan: Plan[Any], skip_bad: bool = False) -> Result:
    """Writes the file's good rows; returns how many were new, changed, unchanged and skipped.

    They are compared with the registers as they are now: again, if any act came in between.
    Raises ImportRefused where there are bad rows, unless `skip_bad`; NotAdministrator, and
    LastAdministrator.
    """
    administrator(act.by, _("导入名册"))
    intake = plan.intake
    is_staff = intake.noun == "staff"
    before = {one.number for one in lock_active(act)} if is_staff else set[str]()
    today = act.calendar.day_of(act.now)
    found = plan.found
    if _state(act.session, act.site, today) != plan.state:
        found = _compare(act.session, act.site, intake, plan.posts, today)
        bad = [*intake.bad, *found.objections]
    else:
        bad = list(intake.bad)
    if bad and not skip_bad:
        raise ImportRefused(intake.name, bad)
    with roomy(act.session.connection()):
        for write in found.writes:
            _carry_out(act.session, write)
    taken_on = dict[str, list[str]]()
    if is_staff:
        act.session.expire_all()
        after = lock_active(act)
        keep_an_administrator(after)
        # Whoever is new is not left alone (KF-5).
        taken_on = {"taken_on": sorted({one.number for one in after} - before)}
    return {
        **taken_on,
        "noun": intake.noun,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "skipped": len({row.row_number for row in bad}),
    }


def _state(session: Session, site: str, today: date) -> State:
    """Every act adds a line to the audit chain: as long as its end is the same, so are all rows."""
    line = col(Audit.seq)
    last = session.execute(select(func.max(line)).where(col(Audit.site) == site)).scalar_one()
    return int(last or 0), today


def _compare(
    session: Session, site: str, intake: Incoming, posts: Posts, today: date
) -> Comparison:
    if intake.noun == "people":
        return compare_people(session, site, intake.good, intake.columns, today)
    if intake.noun == "staff":
        return compare_staff(session, site, intake.good, intake.columns, posts, today)
    return compare(session, site, intake.noun, intake.good, intake.columns)


def _carry_out(session: Session, write: Write) -> None:
    rest = iter(write.rows())
    while batch := list(islice(rest, BATCH)):
        if write.names:
            rows.insert_many(session, write.kind, write.names, batch)
        elif write.there:
            rows.update(session, write.kind, batch)
        else:
            rows.insert(session, write.kind, batch)
