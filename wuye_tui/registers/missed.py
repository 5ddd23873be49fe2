"""Duties that somebody missed without a word (ZB-4.4): planned for them by the roster in force when
they began, held by somebody else, and neither swapped nor on leave beforehand.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.duty_rows import ONE_AT_A_TIME
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.records import identity
from wuye_tui.registers.rosters_planned import rules_of
from wuye_tui.registers.source import Source
from wuye_tui.rules.dutyplans import MANAGER, DutyPlan
from wuye_tui.rules.entries import ENTRY, NOTE, PENALTY
from wuye_tui.rules.holidays import days_of
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_refusals import MissedNothing
from wuye_tui.rules.rosters import RosterKind
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Duty, Firing, LeaveRow
from wuye_tui.words import _

FINE = "100"
"""Yuan, for a duty manager's duty that was missed without a word (ZB-4.4)."""
PUT_FORWARD = "missed"
_duty, _firing, _leave = (table_of(kind).c for kind in (Duty, Firing, LeaveRow))
_HELD = (
    select(_duty.post, _duty.name, _duty.planned_start, _duty.staff, _duty.ended)
    .where(
        _duty.site == bindparam("site"),
        _duty.planned_start >= bindparam("since"),
        _duty.planned_start < bindparam("until"),
    )
    .order_by(_duty.started)
)
_SAID = select(_firing.key).where(_firing.site == bindparam("site"), _firing.what == PUT_FORWARD)
_TOLD = select(_leave.staff, _leave.begins, _leave.ends, _leave.at).where(
    _leave.site == bindparam("site"),
    _leave.ends >= bindparam("first"),
    _leave.begins <= bindparam("last"),
)


@dataclass(frozen=True)
class Missed:
    """A planned duty that others held, with neither swap nor leave told before it began."""

    kind: str
    day: date
    shift: str
    word: str
    staff: str
    name: str
    holder: str
    holder_name: str
    put_forward: bool
    fine: str = ""  # yuan, where the regulation says one

    @property
    def key(self) -> str:
        """By which it is put forward once."""
        return f"{PUT_FORWARD}:{self.kind}:{self.day}:{self.shift}:{self.staff}"

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "kind": self.kind, "day": self.day, "shift": self.shift, "staff": self.staff,
            "name": self.name, "holder": self.holder, "holder_name": self.holder_name,
            "put_forward": self.put_forward, "fine": self.fine,
        }  # fmt: skip


def missed(desk: Desk, month: Month) -> list[Missed]:
    """The duties of a month, over by now, that somebody else held than was planned when they began
    (ZB-4.4). Of a duty for which several were planned nobody can say whose it was.
    """
    with desk.read() as session:
        return _missed(session, Source.of(desk), month)


def put_forward(act: Act, kind: str, day: date, shift: str, staff: str) -> Result:
    """Puts a missed duty forward for the consequence of the regulation, as a line of the duty log.
    Raises MissedNothing where there is none, or it was put forward before.
    """
    act.session.execute(ONE_AT_A_TIME, {"site": act.site})
    found = _missed(act.session, Source.of(act), month_of(day))
    wanted = (kind, day, shift, staff)
    one = next((m for m in found if (m.kind, m.day, m.shift, m.staff) == wanted), None)
    if one is None or one.put_forward:
        name = staff_names(act.session, act.site).get(staff, staff)
        raise MissedNothing(name, day)
    done = matters.start(act, ENTRY.kind, "write", **line_of(one))
    act.append(
        Firing(
            site=act.site,
            key=one.key,
            act=act.key,
            at=act.now,
            matter=identity(act, str(done["number"])),
            what=PUT_FORWARD,
        )
    )
    return {**done, "staff": staff, "day": day.isoformat()}


def line_of(one: Missed) -> dict[str, Any]:
    """The answers of the line of the duty log: a penalty where the regulation says one (ZB-4.4 has
    it of duty managers alone), otherwise a note.
    """
    because = _("{day} {word}没有到岗，事先没有换班也没有请假，由 {holder} 代值")
    if one.fine:
        because = _("{day} {word}没有到岗，事先没有换班也没有请假（ZB-4.4），由 {holder} 代值")
    said = because.format(day=one.day, word=_(one.word), holder=one.holder_name)
    text = _("提请处理：{name} 缺勤").format(name=one.name)
    if one.fine:
        return {
            "sort": PENALTY, "text": text, "whom": one.staff, "because": said, "fine": one.fine,
        }  # fmt: skip
    return {"sort": NOTE, "text": _("{text}，{because}").format(text=text, because=said)}


def _missed(session: Session, source: Source, month: Month) -> list[Missed]:
    site, calendar = source.site, source.reference.calendar
    found = (rules_of(source, code) for code in rows.of_month(session, site, month))
    published = [kind for kind in found if kind is not None]
    connection = session.connection()
    since, until = month.bounds(calendar.zone)
    asked = {"site": site, "since": since, "until": until}
    held: dict[tuple[str, str, datetime], list[Any]] = {}
    for row in connection.execute(_HELD, asked):
        held.setdefault((row.post, row.name, row.planned_start), []).append(row)
    days = {"site": site, "first": month.last_day.replace(day=1), "last": month.last_day}
    looked = _Looked(
        session,
        source,
        {(plan.post, plan.name): plan for plan in source.reference.duties},
        held,
        connection.execute(_TOLD, days).all(),
        set(connection.execute(_SAID, {"site": site}).scalars()),
        staff_names(session, site),
    )
    return [one for kind in published if kind.duty_post for one in looked.of(kind, month)]


@dataclass(frozen=True)
class _Looked:
    """What was held in a month, and what was told of it."""

    session: Session
    source: Source
    plans: dict[tuple[str, str], DutyPlan]
    held: dict[tuple[str, str, datetime], list[Any]]
    leaves: Any
    said: set[str]
    names: dict[str, str]

    def of(self, kind: RosterKind, month: Month) -> list[Missed]:
        """The missed duties of a kind, by day."""
        found: dict[tuple[date, str], Missed] = {}
        for day in days_of(month):
            for shift, duties in kind.duty_names.items():
                for name in duties:
                    one = self._one(kind, day, shift, name)
                    if one is not None:
                        found.setdefault((day, shift), one)
        return list(found.values())

    def _one(self, kind: RosterKind, day: date, shift: str, name: str) -> Missed | None:
        plan = self.plans.get((kind.duty_post, name))
        starts = self._moment(day, plan.starts) if plan else None
        rows_ = self.held.get((kind.duty_post, name, starts), []) if starts else []
        if starts is None or not rows_ or rows_[-1].ended is None:
            return None
        version = rows.in_force(self.session, self.source.site, kind.code, month_of(day), starts)
        if version is None:
            return None
        cells = rows.cells_of(self.session, self.source.site, version.roster, day)
        planned_ = {one.staff for one in cells if one.shift == shift}
        if len(planned_) != 1 or planned_ & {row.staff for row in rows_}:
            return None
        (staff,) = planned_
        told = any(
            one.staff == staff and one.begins <= day <= one.ends and one.at <= starts
            for one in self.leaves
        )
        if told:
            return None
        holder, name_of = rows_[-1].staff, self.names.get
        word = kind.shift(shift).word
        made = Missed(
            kind.code, day, shift, word, staff, name_of(staff, staff), holder,
            name_of(holder, holder), False, FINE if kind.duty_post == MANAGER else "",
        )  # fmt: skip
        return replace(made, put_forward=made.key in self.said)

    def _moment(self, day: date, at: time) -> datetime:
        return self.source.reference.calendar.moment(day, at)
