"""What a step does besides being written down: the closed list of effects, one function each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.registers import derived, duty_rows, receipts
from wuye_tui.registers.records import Head
from wuye_tui.rules.folding import Situation, Step
from wuye_tui.rules.lifecycle import Effect, Facts, Row
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Charge, Matter
from wuye_tui.store.tables.base import new_id


class Verbs(Protocol):
    """Start and take, handed in so that an effect may act on another matter."""

    def start(self, act: Act, kind: str, verb: str = ..., **given: Any) -> Result: ...

    def take(self, act: Act, number: str, verb: str, **given: Any) -> Result: ...


@dataclass(frozen=True)
class Done:
    """The step that was just taken, and what it may act with."""

    act: Act
    verbs: Verbs
    matter: Head
    step: Step
    after: Situation
    signed: Mapping[str, str]  # staff numbers by role


_Effect = Callable[[Done], str]


def apply(row: Row, done: Done) -> Result:
    """Runs the row's effects in order; `opened` in the result are the numbers of the matters that
    they opened, `receipt` is the one that was issued or made void.
    """
    result: Result = {}
    for effect in row.effects:
        number = _EFFECTS[effect](done) if effect in _EFFECTS else ""
        if number and effect in _OF_RECEIPTS:
            result["receipt"] = number
        elif number:
            result.setdefault("opened", []).append(number)
    return result


def _charge(done: Done) -> str:
    act = done.act
    charged = derived.charge(done.step, done.after, act.calendar)
    if charged:
        act.insert(Charge, {"id": new_id(), "source": done.matter.number, **charged})
    return ""


def _waive(done: Done) -> str:
    charge = done.act.session.execute(
        select(Charge).where(
            col(Charge.site) == done.act.site, col(Charge.source) == done.matter.number
        )
    ).scalar_one_or_none()
    if charge is not None:
        charge.waived_fen = derived.waived(charge.fen, done.step)
    return ""


def _open_callback(done: Done) -> str:
    facts = done.after.facts
    if facts.get("callback") != "due":
        return ""
    number = done.matter.number
    opened = done.verbs.start(
        done.act,
        "callback",
        parent=number,
        happened=done.step.happened,
        origin=number,
        done_by=facts.get("worker", ""),
        **_about(facts),
    )
    return str(opened["number"])


def _about(facts: Facts) -> dict[str, Any]:
    """What it is about and whom: a child has the parent's words."""
    return {name: facts.get(name, "") for name in ("text", "unit", "place", "caller", "phone")}


def _void_callback(done: Done) -> str:
    for number in _open_children(done.act, done.matter, "callback"):
        done.verbs.take(done.act, number, "void")
    return ""


def _open_order(done: Done) -> str:
    """The order of XX-4.3.11b. One that is at the top already is not taken there again."""
    facts = done.after.facts
    if facts.get("taken_to"):
        return ""
    opened = done.verbs.start(
        done.act,
        "order",
        parent=done.matter.number,
        origin=done.matter.number,
        department=facts.get("department") or "engineering",
        taken_to="部门主管、总经理",
        **_about(facts),
    )
    return str(opened["number"])


def _open_department(done: Done) -> str:
    """What a department has to do about a complaint, issued at once (XX-4.2.3)."""
    facts = done.after.facts
    opened = done.verbs.start(
        done.act,
        "order",
        parent=done.matter.number,
        origin=done.matter.number,
        department=facts["department"],
        **{**_about(facts), "text": done.step.facts.get("task") or facts.get("text", "")},
    )
    number = str(opened["number"])
    done.verbs.take(done.act, number, "issue")
    return number


def _open_linked(done: Done) -> str:
    """What a dissatisfied resident says is followed up by an order of its own."""
    facts = done.after.facts
    if facts.get("satisfaction") != "dissatisfied":
        return ""
    number = done.matter.number
    opened = done.verbs.start(
        done.act,
        "order",
        parent=number,
        origin=number,
        department="service",
        **{**_about(facts), "text": facts.get("opinion") or facts.get("text", "")},
    )
    return str(opened["number"])


def _open_task(done: Done) -> str:
    """What a department has to put right (ZB-4.7), where the step names one."""
    step = done.step.facts
    if not step.get("department"):
        return ""
    said = step.get("task") or step.get("found") or done.after.facts.get("text", "")
    opened = done.verbs.start(
        done.act,
        "task",
        parent=done.matter.number,
        origin=done.matter.number,
        department=step["department"],
        text=said,
        place=step.get("place") or step.get("spot") or done.after.facts.get("place", ""),
        unit=done.after.facts.get("unit", ""),
        until=step.get("until", ""),
    )
    return str(opened["number"])


def _open_complaint(done: Done) -> str:
    """The form of a complaint that the duty manager was told of (ZB-4.7)."""
    facts = done.step.facts
    opened = done.verbs.start(
        done.act,
        "complaint",
        parent=done.matter.number,
        origin=done.matter.number,
        about=facts.get("about", ""),
        level=facts.get("level", ""),
        **_about(done.after.facts),
    )
    return str(opened["number"])


def _tell_parent(done: Done) -> str:
    if done.matter.parent:
        done.verbs.take(done.act, done.matter.parent, "called_back")
    return ""


def _receipt(done: Done) -> str:
    return receipts.issue(done.act, done.matter, done.step, done.after)


def _void_receipt(done: Done) -> str:
    return receipts.make_void(done.act, done.matter, done.step, done.signed["second"])


def _relieve(done: Done) -> str:
    duty_rows.relieve(done.act, done.matter.number, done.after.facts)
    return ""


def _open_children(act: Act, matter: Head, kind: str) -> list[str]:
    found = act.session.execute(
        select(col(Matter.number)).where(
            col(Matter.site) == act.site,
            col(Matter.parent) == matter.number,
            col(Matter.kind) == kind,
            col(Matter.closed).is_(None),
        )
    )
    return list(found.scalars())


_OF_RECEIPTS = frozenset({Effect.RECEIPT, Effect.VOID_RECEIPT})
_EFFECTS: dict[Effect, _Effect] = {
    Effect.CHARGE: _charge,
    Effect.WAIVE: _waive,
    Effect.OPEN_CALLBACK: _open_callback,
    Effect.VOID_CALLBACK: _void_callback,
    Effect.OPEN_ORDER: _open_order,
    Effect.OPEN_DEPARTMENT: _open_department,
    Effect.OPEN_LINKED: _open_linked,
    Effect.OPEN_TASK: _open_task,
    Effect.OPEN_COMPLAINT: _open_complaint,
    Effect.TELL_PARENT: _tell_parent,
    Effect.RECEIPT: _receipt,
    Effect.VOID_RECEIPT: _void_receipt,
    Effect.RELIEVE: _relieve,
}
