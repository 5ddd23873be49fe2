"""Duties that somebody missed without a word (ZB-4.4): planned for them by the roster in force when
they began, held by somebody else, and neither swapped nor on leave beforehand.

What the records alone cannot say is listed as unsure: a duty that nobody is known to have held, and
one for which several were planned and none of them held it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
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
NOBODY, SEVERAL = "nobody", "several"
"""Why it is not sure: no record of anybody, or more than one planned."""
_BEYOND = timedelta(days=2)  # after the month: whether anybody was there after its last duty
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
_TOLD = select(_leave.staff, _leave.begins, _leave.ends, _leave.at, _leave.cancelled).where(
    _leave.site == bindparam("site"),
    _leave.ends >= bindparam("first"),
    _leave.begins <= bindparam("last"),
)


@dataclass(frozen=True)
class Missed:
    """A planned duty that others held, with neither swap nor leave told before it began.

    `unsure` is empty, or why a person has to find out first: NOBODY (then `holder` is empty too) or
    SEVERAL.
    """

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
    unsure: str = ""

    @property
    def key(self) -> str:
        """By which it is put forward once."""
        return f"{PUT_FORWARD}:{self.kind}:{self.day}:{self.shift}:{self.staff}"

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "kind": self.kind, "day": self.day, "shift": self.shift, "staff": self.staff,
            "name": self.name, "holder": self.holder, "holder_name": self.holder_name,
            "put_forward": self.put_forward, "fine": self.fine, "unsure": self.unsure,
        }  # fmt: skip


def missed(desk: Desk, month: Month) -> list[Missed]:
    """The duties of a month, over by now, that somebody else held than was planned when they began
    (ZB-4.4), and those of which the records do not say enough.
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
    clause = _("（{clause}）").format(clause="ZB-4.4") if one.fine else ""
    because = _("{day} {word}没有到岗，事先没有换班也没有请假{clause}，由 {holder} 代值")
    if not one.holder:
        because = _("{day} {word}没有到岗，事先没有换班也没有请假{clause}，也没有别人接班的记录")
    said = because.format(day=one.day, word=_(one.word), holder=one.holder_name, clause=clause)
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
    asked = {"site": site, "since": since, "until": until + _BEYOND}
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
        found: dict[tuple[date, str, str], Missed] = {}
        for day in days_of(month):
            for shift, names in kind.duty_names.items():
                for name in names:
                    for one in self._of_duty(kind, day, shift, name):
                        found.setdefault((day, shift, one.staff), one)
        return list(found.values())

    def _of_duty(self, kind: RosterKind, day: date, shift: str, name: str) -> Iterator[Missed]:
        starts = self._starts(kind.duty_post, day, name)
        if starts is None:
            return
        held = self.held.get((kind.duty_post, name, starts), [])
        if not (held[-1].ended if held else self._is_between(kind.duty_post, starts)):
            return
        planned_ = self._planned(kind, day, shift, starts)
        holders = {row.staff for row in held} or self._holders(kind, day, shift)
        if planned_ & holders:
            return
        unsure = NOBODY if not held else SEVERAL if len(planned_) > 1 else ""
        holder, name_of = held[-1].staff if held else "", self.names.get
        for staff in sorted(planned_):
            if self._was_told(staff, day, starts):
                continue
            made = Missed(
                kind.code, day, shift, kind.shift(shift).word, staff, name_of(staff, staff), holder,
                name_of(holder, holder), False, FINE if kind.duty_post == MANAGER else "", unsure,
            )  # fmt: skip
            yield replace(made, put_forward=made.key in self.said)

    def _planned(self, kind: RosterKind, day: date, shift: str, starts: datetime) -> set[str]:
        """Whom the roster that was in force when a duty began has for it."""
        version = rows.in_force(self.session, self.source.site, kind.code, month_of(day), starts)
        if version is None:
            return set()
        cells = rows.cells_of(self.session, self.source.site, version.roster, day)
        return {one.staff for one in cells if one.shift == shift}

    def _was_told(self, staff: str, day: date, starts: datetime) -> bool:
        """Whether a leave was told before the duty began, and not taken back by then."""
        return any(
            one.staff == staff
            and one.begins <= day <= one.ends
            and one.at <= starts
            and (one.cancelled is None or one.cancelled > starts)
            for one in self.leaves
        )

    def _is_between(self, post: str, starts: datetime) -> bool:
        """Whether the post was held before a moment and after it: an office that had not begun with
        the program, or a duty that is still to come, is nobody's absence.
        """
        moments = [at for of, _name, at in self.held if of == post]
        return bool(moments) and min(moments) < starts < max(moments)

    def _holders(self, kind: RosterKind, day: date, shift: str) -> set[str]:
        """Who held any duty of a shift on a day."""
        post = kind.duty_post
        begun = ((name, self._starts(post, day, name)) for name in kind.duty_names[shift])
        return {
            row.staff
            for name, starts in begun
            if starts is not None
            for row in self.held.get((post, name, starts), ())
        }

    def _starts(self, post: str, day: date, name: str) -> datetime | None:
        plan = self.plans.get((post, name))
        return self._moment(day, plan.starts) if plan else None

    def _moment(self, day: date, at: time) -> datetime:
        return self.source.reference.calendar.moment(day, at)
