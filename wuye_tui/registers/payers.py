"""Whose name a receipt has where nobody says who paid: one answer for screen and command line."""

from collections.abc import Sequence
from typing import Final

from wuye_tui.registers.lookups import Registry, Resident

OWNER: Final = "owner"


def usual_payer(residents: Sequence[Resident]) -> str:
    """Whose name a receipt of a unit has unless another is given: the owner's, or the first's of
    those who are known; "" for nobody.
    """
    owners = (person.name for person in residents if person.role == OWNER)
    return next(owners, residents[0].name if residents else "")


def payer_of(registry: Registry, units: Sequence[str]) -> str:
    """The same for some units: that of the first one of which anybody is known."""
    homes = (registry.residents(registry.find_unit(one).id) for one in units)
    return next(filter(None, map(usual_payer, homes)), "")
