"""Imports: what a file would change, and changing it: one act, all or nothing.

Files are read by the intake, which knows no database; what its rows refer to is looked up here. A
file of yesterday imported again changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.comparing import Comparison, Posts, Write, compare
from wuye_tui.registers.comparing_people import compare_people
from wuye_tui.registers.staff import administrator, keep_an_administrator, lock_active
from wuye_tui.rules.errors import BadFile
from wuye_tui.store import rows
from wuye_tui.store.acts import Act, Result
from wuye_tui.words import _

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

    `columns` maps each field that the file has to its name there.
    """

    @property
    def noun(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Mapping[str, str]: ...
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
    new: int
    changed: int
    unchanged: int

    @property
    def bad(self) -> Sequence[Bad]:
        """Every bad row, in the file's order."""
        return self.intake.bad

    def as_dict(self) -> dict[str, Any]:
        """What was understood and what would change, for people and JSON."""
        return {
            "noun": self.intake.noun,
            "file": self.intake.name,
            "columns": dict(self.intake.columns),
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "bad": [
                {
                    "row": row.row_number,
                    "column": row.column,
                    "value": row.value,
                    "reason": row.reason,
                }
                for row in self.bad
            ],
        }


def plan(desk: Desk, intake: In) -> Plan[In]:
    """Compares a file with the registers. Writes nothing and refuses nothing."""
    posts = desk.reference.posts if intake.noun == "staff" else {}
    with desk.read() as session:
        found = _compare(session, desk.site, intake, posts)
    refused: In = intake.refusing(found.objections) if found.objections else intake
    return Plan(refused, posts, found.new, found.changed, found.unchanged)


def apply(act: Act, plan: Plan[Any], skip_bad: bool = False) -> Result:
    """Writes the file's good rows; returns how many were new, changed, unchanged and skipped.

    They are compared with the registers as they are now, not as they were when it was planned.
    Raises ImportRefused where there are bad rows, unless `skip_bad`; NotAdministrator, and
    LastAdministrator.
    """
    administrator(act.by, _("导入名册"))
    intake = plan.intake
    is_staff = intake.noun == "staff"
    if is_staff:
        lock_active(act)
    found = _compare(act.session, act.site, intake, plan.posts)
    bad = [*intake.bad, *found.objections]
    if bad and not skip_bad:
        raise ImportRefused(intake.name, bad)
    for write in found.writes:
        _carry_out(act.session, write)
    if is_staff:
        act.session.expire_all()
        keep_an_administrator(lock_active(act))
    return {
        "noun": intake.noun,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "skipped": len({row.row_number for row in bad}),
    }


def _compare(session: Session, site: str, intake: Incoming, posts: Posts) -> Comparison:
    if intake.noun == "people":
        return compare_people(session, site, intake.good, intake.columns)
    return compare(session, site, intake.noun, intake.good, intake.columns, posts)


def _carry_out(session: Session, write: Write) -> None:
    rest = iter(write.rows)
    while batch := list(islice(rest, BATCH)):
        if write.there:
            rows.update(session, write.kind, batch)
        else:
            rows.insert(session, write.kind, batch)
