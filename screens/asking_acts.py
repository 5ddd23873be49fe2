"""The door for the acts of the line and of the forms: each has the key that its draft keeps.

Every function is called in a thread, like those of `asking`.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from screens.asking import Filled

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.meaning import Proposal

RING, LEFT = "_ring", "_left"
"""Beside a form's answers: the line that rang, and the call of the night whose words it has."""


def accept(desk: "Desk", proposal: "Proposal", key: str) -> "Result":
    """Writes the line: contact, slip and first steps in one act."""
    from wuye_tui.registers import proposals

    return desk.perform("call.add", lambda act: proposals.accept(act, proposal), key)


def join(desk: "Desk", proposal: "Proposal", number: str, key: str) -> "Result":
    """Writes the line as a further call about an open slip."""
    from wuye_tui.registers import console

    return desk.perform("call.join", lambda act: console.join_call(act, proposal, number), key)


def withdraw(desk: "Desk", contact: str, steps: Mapping[str, int], left: bool) -> "Result":
    """Takes back a call that was written down just now, with the steps that it led to."""
    from wuye_tui.registers import withdrawing

    return desk.perform(
        "call.withdraw", lambda act: withdrawing.withdraw(act, contact, steps, left)
    )


def acknowledged(desk: "Desk", key: str) -> "Result | None":
    """What was saved with a key, if anything was."""
    from wuye_tui.registers import console

    return console.acknowledged(desk, key) if key else None


def take(
    desk: "Desk",
    number: str,
    verb: str,
    filled: Filled,
    seen: int,
    key: str,
    proven: Collection[str] = (),
) -> "Result":
    """Takes a step; `proven` are the numbers of those who gave their PIN for it."""
    from wuye_tui.registers import matters
    from wuye_tui.rules.procedures import kind_of

    return desk.perform(
        f"{kind_of(number)}.{verb}",
        lambda act: matters.take(
            act,
            number,
            verb,
            seen=seen,
            happened=filled.happened,
            doer=filled.doer,
            proven=proven,
            **filled.given,
        ),
        key,
    )


def start(desk: "Desk", kind: str, verb: str, filled: Filled, key: str) -> "Result":
    """Opens a matter by its form, and writes the call down with it."""
    from wuye_tui.registers import console

    ring, left = (str(filled.given.get(name, "")) for name in (RING, LEFT))
    given = {name: said for name, said in filled.given.items() if name not in (RING, LEFT)}
    return desk.perform(
        f"{kind}.{verb}",
        lambda act: console.start_by_form(
            act, kind, verb, given, filled.happened, ring=ring, left=left
        ),
        key,
    )
