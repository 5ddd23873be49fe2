"""What a step's guards have to know of other matters and duties (`Case.around`): by the kind of the
matter; nothing for most.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.registers import arrears_facts, patrol_facts
from wuye_tui.registers.records import Standing
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.patrols import PATROL
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Office, Staff

_KNOWN: dict[str, Callable[[Act, Standing, str, datetime], Facts]] = {
    PATROL.kind: patrol_facts.around,
    DUNNING.kind: arrears_facts.around,
}


def known(act: Act, before: Standing, who: str, when: datetime) -> dict[str, object]:
    """What is known when somebody takes a step of a matter, or begins it."""
    ask = _KNOWN.get(before.cycle.kind)
    return dict(ask(act, before, who, when)) if ask else {}


def pinless(act: Act, signers: Mapping[str, str]) -> tuple[str, ...]:
    """The roles of those signers, a staff number each, who have no PIN and need none: where people
    practise. At a real office nobody is.
    """
    if not signers or not act.session.get_one(Office, act.site).training:
        return ()
    found = act.session.execute(
        select(col(Staff.number)).where(
            col(Staff.site) == act.site,
            col(Staff.number).in_(set(signers.values())),
            col(Staff.pin_hash) == "",
        )
    ).scalars()
    without = set(found)
    return tuple(role for role, number in signers.items() if number in without)
