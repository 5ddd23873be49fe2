"""How many homes have said within the hour that a supply is off, while no notice says so."""

from datetime import timedelta

from sqlalchemy import bindparam, func, select

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.rules.line_outcomes import is_off, off
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact

_WITHIN = timedelta(hours=1)
_contact = table_of(Contact).c
# By the index on the hour: the line is read at every pause.
_HOMES = select(func.count(func.distinct(_contact.unit))).where(
    _contact.site == bindparam("site"),
    _contact.rang >= bindparam("since"),
    _contact.unit != "",
    _contact.unit != bindparam("unit"),
    _contact.outcome.contains(bindparam("off")),
)


def homes(desk: Desk, supply: str, unit: str) -> int:
    """How many homes have said so, `unit` among them; who named none is not counted."""
    given = {"site": desk.site, "since": desk.now() - _WITHIN, "unit": unit, "off": off(supply)}
    with desk.read() as session:
        return int(session.connection().execute(_HOMES, given).scalar_one()) + bool(unit)


def of_call(desk: Desk, number: str) -> tuple[str, int]:
    """The supply that a call said to be off, and how many homes have; empty and 0 for any other.

    Raises UnknownContact.
    """
    row = contacts.show(desk, number)
    supply = is_off(row.outcome)
    return (supply, homes(desk, supply, row.unit)) if supply else ("", 0)
