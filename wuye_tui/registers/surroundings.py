"""What a step's guards have to know of other matters and duties (`Case.around`): by the kind of the
matter; nothing for most.
"""

from collections.abc import Callable
from datetime import datetime

from wuye_tui.registers import patrol_facts
from wuye_tui.registers.records import Standing
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.patrols import PATROL
from wuye_tui.store.acts import Act

_KNOWN: dict[str, Callable[[Act, Standing, str, datetime], Facts]] = {
    PATROL.kind: patrol_facts.around
}


def known(act: Act, before: Standing, who: str, when: datetime) -> dict[str, object]:
    """What is known when somebody takes a step of a matter, or begins it."""
    ask = _KNOWN.get(before.cycle.kind)
    return dict(ask(act, before, who, when)) if ask else {}
