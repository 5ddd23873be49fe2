"""Whose car it is that stands in the way: a plate, and whom to ring.

The number is in full for whoever rings it now: shown once the call that asks for it is written
down, and masked before.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Person, Unit, UnitPerson

MOST = 3
_person, _link, _unit = (table_of(kind).c for kind in (Person, UnitPerson, Unit))
_DRIVERS = (
    select(_person.plate, _person.name, _person.phone, _unit.label)
    .join_from(
        table_of(Person),
        table_of(UnitPerson),
        (_link.site == _person.site) & (_link.person == _person.id) & _link.until.is_(None),
        isouter=True,
    )
    .join(table_of(Unit), (_unit.site == _link.site) & (_unit.id == _link.unit), isouter=True)
    .where(_person.site == bindparam("site"), _person.plate != "")
    .order_by(_person.name, _unit.label)
    .limit(MOST)
)
_OF_THE_PLATE = _DRIVERS.where(_person.plate == bindparam("plate"))
_OF_THE_TAIL = _DRIVERS.where(_person.plate.like(bindparam("plate")))


@dataclass(frozen=True)
class Car:
    """Somebody whose car has a plate; `unit` is empty where they live in none."""

    plate: str
    name: str
    phone: str
    unit: str


def owners(session: Session, site: str, plate: str) -> tuple[Car, ...]:
    """Those who are known to drive the car with this plate, `粤B12345`, or with one that ends so,
    `B12345` and `345`.
    """
    whole = not plate.isascii()
    question = _OF_THE_PLATE if whole else _OF_THE_TAIL
    given = {"site": site, "plate": plate if whole else f"%{plate}"}
    rows = session.connection().execute(question, given).all()
    return tuple(Car(row.plate, row.name, row.phone or "", row.label or "") for row in rows)
