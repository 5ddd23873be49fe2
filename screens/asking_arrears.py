"""The door of the arrears at the counter (FW-13): who owes, and all about one unit's dunning.

Called in a thread, like everything in `asking`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.asking_billing import admit

if TYPE_CHECKING:
    from datetime import date

    from screens.asking import Slip
    from wuye_tui.desk import Desk
    from wuye_tui.registers.arrears_rows import Arrears, Shown

MOST = 200  # units in the list
AGAIN = "remind"


@dataclass(frozen=True)
class Dunning:
    """What is known of one unit: its arrears and words, its open dunning whole, what its complaints
    are about by number, and the day.
    """

    shown: "Shown"
    slip: "Slip | None"
    complaints: Mapping[str, str]
    today: "date"

    @property
    def number(self) -> str:
        """The number of the open dunning, empty where there is none."""
        return self.slip.view.number if self.slip is not None else ""

    @property
    def may_remind(self) -> bool:
        """Whether another reminder is a step that whoever sits here may take now."""
        return self.slip is not None and any(row.verb == AGAIN for row in self.slip.steps)


def listed(desk: "Desk") -> "Arrears":
    """Who owes, most days overdue first. Raises NotAllowed."""
    from wuye_tui.registers.arrears import arrears

    admit(desk)
    return arrears(desk, limit=MOST)


def dunning(desk: "Desk", unit: str) -> Dunning:
    """One unit's. Raises NotAllowed, UnknownUnit."""
    from screens import asking
    from wuye_tui.registers import arrears, views
    from wuye_tui.rules.dunning import DUNNING

    admit(desk)
    found = arrears.show(desk, unit)
    open_ = found.dunned if found.dunned and found.dunned.state not in DUNNING.final else None
    slip = asking.slip(desk, open_.number) if open_ else None
    about = {
        one: str(views.show(desk, one).situation.facts.get("text", "")) for one in found.complaints
    }
    return Dunning(found, slip, about, desk.calendar.day_of(desk.now()))
