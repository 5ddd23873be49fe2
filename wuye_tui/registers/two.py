"""Two people for what nobody does alone: whoever acts, and somebody else who proved to be there."""

from collections.abc import Callable, Collection

from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.store.acts import Act


def other_of(
    act: Act,
    typed: str,
    proven: Collection[str],
    right: Right,
    alone: Callable[[], Refused],
    doing: str,
    clause: str = "",
) -> str:
    """The number of the second person. Raises UnknownStaff, NotAllowed for whoever may not `doing`,
    and what `alone` makes where it is nobody, whoever acts, or somebody without their PIN.
    """
    registry = Registry(act.session, act.site, act.lent)
    number = registry.staff(typed.strip()) if typed.strip() else ""
    if not number or number == act.by.number or number not in proven:
        raise alone()
    colleague = registry.colleague(number)
    if colleague is None or not colleague.may(right):
        raise NotAllowed(colleague.name if colleague else number, doing, right, clause)
    return number
