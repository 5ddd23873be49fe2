"""The door of the duty manager's log: each function is one question or one act.

Called in a thread, like everything in `asking`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from screens import asking_acts
from screens.asking import Filled

if TYPE_CHECKING:
    from datetime import date

    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.log_board import Board


def board(desk: "Desk", day: "date | None") -> "Board":
    """A duty day with all that is to be done in it; the present one without a day."""
    from wuye_tui.registers import log_board

    return log_board.board(desk, day)


def begin_patrol(desk: "Desk", key: str) -> "Result":
    """The duty manager's patrol begins now (ZB-4.3a)."""
    from wuye_tui.rules.patrols import MANAGER, PATROL

    return asking_acts.start(desk, PATROL.kind, "register", Filled({"what": MANAGER}), key)


def step(
    desk: "Desk", number: str, verb: str, given: "Mapping[str, Any]", seen: int, key: str
) -> "Result":
    """A step that needs no form: a visit, the end of a patrol, a look at what was put right."""
    return asking_acts.take(desk, number, verb, Filled(given), seen, key)


def proposed_department(words: str, sort: str) -> str:
    """The code of the department that something found is likely for."""
    from wuye_tui.rules.finding_words import proposed_department

    return proposed_department(words, sort)
