"""Taking back what one press of Enter wrote down: the call, and whatever it did to a matter.

A call that was mistyped did not happen as it says. So the slip that it opened is closed with that
reason, the step that it took of another one is taken back, and the call stays in the register,
marked and counted no more; its number and its words stay, as everything does here.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, select
from sqlmodel import col

from wuye_tui.registers import contacts, matters, records
from wuye_tui.rules.filing import ARCHIVED
from wuye_tui.rules.folding import Step, effective
from wuye_tui.rules.lifecycle import Lifecycle
from wuye_tui.rules.refusals import Archived, NothingToUndo
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import ContactMatter, Matter, StepRow
from wuye_tui.words import _

CANCEL = "cancel"


def withdraw(act: Act, contact: str, seen: Mapping[str, int], left: bool = False) -> Result:
    """Takes back the call of this number with the steps that it led to.

    `seen` has the last step known of each of its matters, by number; what else the call opened (the
    slip beside a complaint) goes with them as it was opened. With `left` the call is
    one of the night again that nobody has taken up (KF-8). The result has the steps
    written now under `together`, and the state of the first matter. Raises UnknownContact;
    ChangedMeanwhile or NothingToUndo where somebody has gone on since, or it cannot be taken back;
    GuardRefused for an emergency that is not reported (NB-13); Archived (XX-4.3.10).
    """
    call = contacts.locked(act, contact)
    if call.by != act.by.number:
        raise NothingToUndo(contact, _("来电登记"), _("它是别人做的"))
    _refuse_archived(act, call.id)
    result: Result = {"number": "", "state": "", "undone": "", "contact": contact}
    together: dict[str, int] = {}
    for number, n in sorted(_opened_besides(act, call.id, seen).items()):
        together[number] = int(_step_back(act, number, n)["n"])
    for number in sorted(seen):
        result |= _step_back(act, number, seen[number])
        together[number] = int(result["n"])
    contacts.mark(act, call, contacts.TOMORROW if left else contacts.WITHDRAWN)
    return {**result, "together": together, "kept": []}


def _refuse_archived(act: Act, contact: str) -> None:
    """A call that a record in the archive came from is part of that record (XX-4.3.10)."""
    filed = select(col(Matter.number)).join(
        ContactMatter,
        and_(
            col(ContactMatter.site) == col(Matter.site), col(ContactMatter.matter) == col(Matter.id)
        ),
    )
    asked = filed.where(
        col(Matter.site) == act.site,
        col(ContactMatter.contact) == contact,
        col(Matter.state) == ARCHIVED,
    )
    number = act.session.execute(asked.limit(1)).scalar_one_or_none()
    if number is not None:
        raise Archived(number)


def _opened_besides(act: Act, contact: str, seen: Mapping[str, int]) -> dict[str, int]:
    """The other matters that the call opened, each with the last step of the act that did."""
    if not seen:
        return {}
    linked = (
        select(col(Matter.number), col(Matter.id))
        .join(
            ContactMatter,
            and_(
                col(ContactMatter.site) == col(Matter.site),
                col(ContactMatter.matter) == col(Matter.id),
            ),
        )
        .where(
            col(Matter.site) == act.site,
            col(ContactMatter.contact) == contact,
            col(ContactMatter.role) == contacts.OPENED,
            col(Matter.number).not_in(seen),
        )
    )
    rows = act.session.execute(linked).all()
    return {row.number: max(_steps_of(act, row.id, 1)) for row in rows}


def _step_back(act: Act, number: str, seen: int) -> Result:
    """The matter as it was before the call: closed, where the call opened it."""
    before = records.load(act, number)
    first = before.steps[0]
    opened = first.n in _steps_of(act, before.head.id, seen)
    while (last := _last(act, number)) is not None and not (opened and last.n == first.n):
        result = matters.undo(act, number, seen=seen)
        seen = int(result["n"])
        if not opened:
            return result
    reason = _reason(before.cycle)
    closed = matters.take(act, number, CANCEL, seen=seen, **reason)
    return {**closed, "undone": first.verb}


def _last(act: Act, number: str) -> Step | None:
    counted = effective(records.load(act, number).steps)
    return counted[-1] if counted else None


def _steps_of(act: Act, matter: str, n: int) -> set[int]:
    """The steps of a matter that were written by the act that wrote step `n`."""
    key = select(col(StepRow.act)).where(
        col(StepRow.site) == act.site, col(StepRow.matter) == matter, col(StepRow.n) == n
    )
    found = select(col(StepRow.n)).where(
        col(StepRow.site) == act.site,
        col(StepRow.matter) == matter,
        col(StepRow.act) == key.scalar_subquery(),
    )
    return set(act.session.execute(found).scalars())


def _reason(cycle: Lifecycle) -> dict[str, Any]:
    row = cycle.rows_named(CANCEL)[0]
    return {row.ask[0].name: _("登记有误，前台当场撤回")}
