"""Slips and their steps in one line each: what most tests need before their own story begins."""

from datetime import datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel, col

from tests.moulds import moulded
from wuye_tui.desk import Desk
from wuye_tui.registers import duties, handovers, matters
from wuye_tui.registers.steps import find_matter, load_steps
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.folding import Situation, Step, fold
from wuye_tui.rules.lifecycle import Case
from wuye_tui.rules.offering import offered
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.refusals import GuardRefused
from wuye_tui.rules.running import Running, clocks
from wuye_tui.store.acts import Result
from wuye_tui.store.tables import Charge, DeadlineRow, Matter, Repair, Signature, StepRow

SHANGHAI = ZoneInfo("Asia/Shanghai")
Table = TypeVar("Table", bound=SQLModel)
PAID: dict[str, Any] = {"charge": "paid", "tariff": "SX-01"}
OFF_TARIFF: dict[str, Any] = {"charge": "paid", "tariff": "off"}

# The usual way of a paid job on the tariff: verb, who is at the keyboard, what is given.
USUAL: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("issue", "KF01", PAID),
    ("notify", "KF01", {"whom": "工程部", "how": "phone"}),
    ("collect", "KF01", {"collector": "GC03"}),
    ("assign", "GC01", {"worker": "GC03"}),
    ("arrive", "GC03", {}),
    ("agree", "GC03", {"tariff_shown": True, "damage": "老化", "minutes": 30, "consent": True}),
    ("finish", "GC03", {"lines": "SX-01", "tried": True, "resident": "陈立"}),
    ("return", "GC01", {}),
    ("verify", "KF05", {"finding": "已修好"}),
    ("close", "KF05", {}),
)
LEADS_TO = {
    "issue": "issued",
    "notify": "notified",
    "collect": "collected",
    "assign": "assigned",
    "arrive": "on_site",
    "agree": "working",
    "finish": "finished",
    "return": "returned",
    "verify": "verified",
    "close": "closed",
}


def a_repair(desk: Desk, *, upto: str = "registered", staff: str = "", **given: Any) -> str:
    """Registers a repair of 3-1-502 (unless told otherwise) and walks it; returns its number."""
    asked = {"text": "厨房水龙头漏水", **given}
    if not {"unit", "place"} & set(asked):
        asked["unit"] = "3-1-502"
    number = started(desk, "repair", staff=staff, **asked)["number"]
    walk_to(desk, number, upto)
    return str(number)


def started(
    desk: Desk, kind: str, verb: str = "register", *, staff: str = "", **given: Any
) -> Result:
    """Opens a matter as one act; `staff` is at the keyboard instead."""
    at = desk.as_staff(staff) if staff else desk
    return at.perform(f"{kind}.{verb}", lambda act: matters.start(act, kind, verb, **given))


def taken(
    desk: Desk, number: str, verb: str, *, staff: str = "", key: str = "", **given: Any
) -> Result:
    """Takes a step as one act; `staff` is at the keyboard instead."""
    at = desk.as_staff(staff) if staff else desk
    return at.perform(verb, lambda act: matters.take(act, number, verb, **given), key)


def undone(desk: Desk, number: str, *, staff: str = "", seen: int | None = None) -> Result:
    """Takes the last step back as one act."""
    at = desk.as_staff(staff) if staff else desk
    return at.perform("undo", lambda act: matters.undo(act, number, seen=seen))


def walk_to(desk: Desk, number: str, state: str, **changed: dict[str, Any]) -> Result:
    """Takes the usual steps up to a state, from wherever the slip is.

    `changed` replaces what is given to a verb. A callback that is due is answered before the slip
    is closed, so the hour must be one at which people may be called.
    """
    result: Result = {}
    for verb, staff, given in USUAL:
        now = situation(desk, number).state
        if now == state:
            break
        row = procedure("repair").row(verb, now)
        if row is None or LEADS_TO[verb] == now:
            continue
        if verb == "close":
            answer_callbacks(desk, number)
        result = taken(desk, number, verb, staff=staff, **changed.get(verb, given))
    assert situation(desk, number).state == state, f"{number} never came to {state}"
    return result


def answer_callbacks(desk: Desk, number: str, satisfaction: str = "satisfied") -> None:
    """Reaches whoever the open callbacks of a slip are about."""
    for child in children(desk, number, "callback"):
        if child.closed is None:
            taken(desk, child.number, "reach", staff="KF05", satisfaction=satisfaction)


@moulded
def on_duty(desk: Desk, staff: str, post: str = "desk") -> str:
    """Begins the duty of the hour for somebody; returns its id. Whoever holds the post hands it
    over.
    """
    if any(one.post == post and one.staff != staff for one in duties.now(desk)):
        received(desk, gave(desk, post), staff, post)
        return next(one.id for one in duties.now(desk) if one.post == post)
    return str(duties.begin(desk.as_staff(staff), post)["id"])


def gave(desk: Desk, post: str = "desk", **given: Any) -> str:
    """Whoever holds the post counts what they should have and signs; the handover's number."""
    (duty,) = (one for one in duties.now(desk) if one.post == post)
    at = desk.as_staff(duty.staff)
    now = handovers.now(at, post)
    whole = {"count": now.tools, "cash": now.cash, **given}
    done = at.perform("handover.give", lambda act: handovers.give(act, post, **whole))
    return str(done["number"])


def received(desk: Desk, number: str, taker: str, post: str = "desk") -> Result:
    """The relief signs in, looks at everything, and accepts."""
    at = desk.as_staff(taker)
    keys = handovers.now(at, post).unseen
    return at.perform(
        "handover.accept", lambda act: handovers.receive(act, number, items=keys), relieving=True
    )


def handed_over(desk: Desk, taker: str, post: str = "desk") -> str:
    """A whole handover of whoever holds the post to somebody else; its number."""
    number = gave(desk, post)
    received(desk, number, taker, post)
    return number


def move_to(desk: Desk, when: str) -> datetime:
    """Puts the stopped clock to `2026-11-19 22:00` office time, or `22:00` of the same day."""
    assert isinstance(desk.clock, StoppedClock)
    if " " in when:
        moment = datetime.fromisoformat(when).replace(tzinfo=SHANGHAI)
    else:
        today = desk.now().astimezone(SHANGHAI).date()
        moment = datetime.combine(today, time.fromisoformat(when), SHANGHAI)
    desk.clock.set(moment)
    return moment


def local(desk: Desk, moment: datetime | None) -> str:
    """A moment in the office's zone, `2026-11-19 10:23:00`; empty for none."""
    return moment.astimezone(desk.zone).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def matter(desk: Desk, number: str) -> Matter:
    """The stored row of a matter."""
    with desk.read() as session:
        return find_matter(session, desk.site, number)


def steps(desk: Desk, number: str) -> list[Step]:
    """Every step of a matter, words about people joined in."""
    with desk.read() as session:
        return load_steps(session, desk.site, find_matter(session, desk.site, number).id)


def step_rows(desk: Desk, number: str) -> list[StepRow]:
    """The stored steps of a matter."""
    return rows_of(desk, StepRow, col(StepRow.matter) == matter(desk, number).id)


def situation(desk: Desk, number: str) -> Situation:
    """What is the case, folded from the stored steps."""
    return fold(procedure(matter(desk, number).kind), steps(desk, number))


def children(desk: Desk, number: str, kind: str) -> list[Matter]:
    """The matters that a slip opened, oldest first."""
    found = rows_of(desk, Matter, (col(Matter.parent) == number) & (col(Matter.kind) == kind))
    return sorted(found, key=lambda child: child.number)


def runs(desk: Desk, number: str, name: str) -> list[Running]:
    """Every run of a clock, reckoned from the steps; what is stored is compared on the way."""
    cycle = procedure(matter(desk, number).kind)
    reckoned = clocks(cycle, steps(desk, number), desk.calendar)
    stored = rows_of(desk, DeadlineRow, col(DeadlineRow.matter) == matter(desk, number).id)
    assert {(r.name, r.n, r.due, r.ended, r.void) for r in reckoned} == {
        (row.name, row.n, row.due, row.ended, row.void) for row in stored
    }
    return [run for run in reckoned if run.name == name]


def running(desk: Desk, number: str) -> set[str]:
    """The names of the clocks of a matter that have not ended."""
    cycle = procedure(matter(desk, number).kind)
    found = clocks(cycle, steps(desk, number), desk.calendar)
    return {run.name for run in found if run.ended is None}


def overdue(desk: Desk, number: str) -> set[str]:
    """The names of the clocks that are late now, running or ended."""
    cycle = procedure(matter(desk, number).kind)
    found = clocks(cycle, steps(desk, number), desk.calendar)
    return {run.name for run in found if run.late(desk.now())}


def offers(desk: Desk, number: str, staff: str) -> list[str]:
    """The verbs that a screen would offer somebody now."""
    who = desk.as_staff(staff).actor()
    cycle = procedure(matter(desk, number).kind)
    now = desk.now()
    late = frozenset(
        run.name for run in clocks(cycle, steps(desk, number), desk.calendar) if run.late(now)
    )
    case = Case(
        matter=situation(desk, number),
        given={},
        doer=who,
        by=who,
        happened=now,
        recorded=now,
        local=now.astimezone(desk.zone),
        overdue=late,
    )
    return [row.verb for row in offered(cycle, case)]


def charges(desk: Desk, number: str) -> list[Charge]:
    """What the unit owes for a slip."""
    return rows_of(desk, Charge, col(Charge.source) == number)


def signatures(desk: Desk, number: str) -> dict[tuple[int, str], Signature]:
    """The signatures of a matter by step and role."""
    found = rows_of(desk, Signature, col(Signature.matter) == matter(desk, number).id)
    return {(row.n, row.role): row for row in found}


def rows_of(desk: Desk, table: type[Table], *conditions: Any) -> list[Table]:
    """The rows of a table of this site that meet the conditions."""
    site = table.__table__.c.site  # type: ignore[attr-defined]
    with desk.read() as session:
        return list(session.execute(select(table).where(site == desk.site, *conditions)).scalars())


def around(due: int) -> pytest.MarkDecorator:
    """One second before, at, and after so many seconds: in time, in time, late."""
    return pytest.mark.parametrize(
        ("seconds", "late"), [(due - 1, False), (due, False), (due + 1, True)]
    )


def refused(clause: str, desk: Desk, number: str, verb: str, **given: Any) -> str:
    """The name of the guard that refuses a step by this clause."""
    with pytest.raises(GuardRefused) as refusal:
        taken(desk, number, verb, **given)
    assert refusal.value.clause == clause
    assert refusal.value.line.startswith(f"{clause}: ")
    return refusal.value.guard


def repair_row(desk: Desk, number: str) -> Repair:
    """A slip's own columns."""
    (found,) = rows_of(desk, Repair, col(Repair.matter) == matter(desk, number).id)
    return found
