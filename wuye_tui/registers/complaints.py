"""Complaints counted (NB-2), and whom of the staff a line complains of (FW-M.9)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.figures import MONTH, Statistics, grouped, span
from wuye_tui.registers.meaning import Proposal
from wuye_tui.rules.complaint_guards import MAJOR, SERIOUS
from wuye_tui.rules.duetime import late
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.months import Month
from wuye_tui.rules.units_text import fold
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Complaint, DeadlineRow, Matter, Staff, StepRow

_SAID: Final = re.compile(r"投诉|举报")
_TITLED: Final = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])(?:师傅|经理|主管|管家|主任)")
_matter, _own, _clock, _step, _staff = (
    table_of(kind).c for kind in (Matter, Complaint, DeadlineRow, StepRow, Staff)
)
_CALLBACKS = table_of(Matter).alias("callback")
_callback = _CALLBACKS.c
_TAKEN = (
    select(
        *(_matter[name] for name in ("number", "department", "about", "opened", "closed")),
        *(_own[name] for name in ("level", "cause", "hands", "answered")),
        _clock.due,
    )
    .join_from(
        table_of(Matter),
        table_of(Complaint),
        and_(_own.site == _matter.site, _own.matter == _matter.id),
    )
    .join(
        table_of(DeadlineRow),
        and_(
            _clock.site == _matter.site,
            _clock.matter == _matter.id,
            _clock.name == "answer",
            _clock.ended == _own.answered,
        ),
        isouter=True,
    )
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == "complaint",
        _matter.state != "cancelled",
        _matter.opened >= bindparam("since"),
        _matter.opened < bindparam("until"),
    )
)
_REACHED = (
    select(_callback.parent, _step.facts)
    .join_from(
        _CALLBACKS,
        table_of(StepRow),
        and_(_step.site == _callback.site, _step.matter == _callback.id, _step.verb == "reach"),
    )
    .where(
        _callback.site == bindparam("site"),
        _callback.kind == "callback",
        _callback.opened >= bindparam("since"),
        _callback.parent.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(_callback.opened, _callback.number)
)
_ACTIVE = select(_staff.number, _staff.name).where(
    _staff.site == bindparam("site"), _staff.active.is_(True)
)


@dataclass
class Figures:
    """What complaints came to, of those taken down in a month and not withdrawn.

    `taken` all of them; `serious` and `major` by how grave they are now; `about_staff` those that
    name one of the staff; `answered` those with an answer, `in_time` with one within its two
    working days; `closed` those struck through; `called_back` those whose caller was reached,
    `dissatisfied` of these; `hands` how often one was accepted by a colleague.
    """

    taken: int = 0
    serious: int = 0
    major: int = 0
    about_staff: int = 0
    answered: int = 0
    in_time: int = 0
    closed: int = 0
    called_back: int = 0
    dissatisfied: int = 0
    hands: int = 0

    def count(self, row: Any, satisfaction: str | None) -> None:
        """Adds one complaint; `satisfaction` None where its caller was not reached."""
        self.taken += 1
        self.serious += row.level == SERIOUS
        self.major += row.level == MAJOR
        self.about_staff += bool(row.about)
        self.answered += row.answered is not None
        kept = row.answered is not None and not late(row.due, row.answered, row.answered)
        self.in_time += kept
        self.closed += row.closed is not None
        self.called_back += satisfaction is not None
        self.dissatisfied += satisfaction == "dissatisfied"
        self.hands += row.hands


BY: Final[Mapping[str, Callable[[Any], str]]] = {
    "cause": lambda row: str(row.cause),
    "department": lambda row: str(row.department),
    MONTH: lambda _row: "",
}


def statistics(desk: Desk, month: Month, by: str = "cause") -> Statistics[Figures]:
    """The complaints that were taken down in a month, by one of `BY`; by month those of the twelve
    that end with it, in their order.

    Whoever is complained of finds the figures like everybody else: they name nobody.
    """
    since, until = span(desk, month, by)
    with desk.read() as session:
        taken = list(
            session.connection().execute(
                _TAKEN, {"site": desk.site, "since": since, "until": until}
            )
        )
        reached = _reached(session, desk.site, since, (row.number for row in taken))

    def count(figures: Figures, row: Any) -> None:
        figures.count(row, reached.get(row.number))

    return grouped(desk, month, by, taken, Figures, BY[by], count)


def _reached(
    session: Session, site: str, since: datetime, numbers: Iterable[str]
) -> dict[str, str]:
    """How satisfied whoever was called back is, by the complaint's number; the last word counts."""
    asked = {"site": site, "since": since, "numbers": list(numbers)}
    if not asked["numbers"]:
        return {}
    rows = session.connection().execute(_REACHED, asked)
    return {row.parent: str(row.facts.get("satisfaction", "")) for row in rows}


def with_subject(session: Session, site: str, was: Proposal) -> Proposal:
    """The proposal of a complaint whose words name one of the active staff, with whom.

    By the whole name, or by a surname with a title that only one of them has (李师傅). A name that
    several may mean is nobody's: the manager writes it down once it is known.
    """
    if was.understood.kind is not Kind.COMPLAINT:
        return was
    line = fold(was.understood.line)
    said = _SAID.split(line, maxsplit=1)[-1]
    people = {row.number: row.name for row in session.execute(_ACTIVE, {"site": site})}
    named = [one for one, name in people.items() if len(name) > 1 and name in said]
    if not named and (titled := _TITLED.search(said)):
        named = [one for one, name in people.items() if name.startswith(titled[1])]
    if len(named) != 1:
        return was
    return replace(was, subject=named[0], subject_name=people[named[0]])
