"""The door to the register of ringing lines: each function is one question or one act.

Called in a thread, like those of `asking`; the register is imported when the first one is called.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.ringing import Line


def lines(desk: "Desk") -> "tuple[Line, ...]":
    """What rings and what was missed, oldest first."""
    from wuye_tui.registers import ringing

    return ringing.open_lines(desk)


def answer(desk: "Desk", number: str, key: str) -> "Result":
    """Takes a ringing line. Refused when somebody else was quicker."""
    from wuye_tui.registers import ringing

    return desk.perform("ring.answer", lambda act: ringing.answer(act, number), key)


def release(desk: "Desk", number: str, key: str) -> "Result":
    """The caller has given up: a missed call."""
    from wuye_tui.registers import matters

    return desk.perform("ring.release", lambda act: matters.take(act, number, "release"), key)


def called_back(desk: "Desk", number: str, key: str) -> "Result":
    """Somebody has called back."""
    from wuye_tui.registers import matters

    return desk.perform("ring.call_back", lambda act: matters.take(act, number, "call_back"), key)
