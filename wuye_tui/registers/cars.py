"""Whose car it is that stands in the way: a plate, and whom to ring. Some have several cars.

The number is in full for whoever rings it now: shown once the call that asks for it is written
down, and masked before.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, literal_column, select
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
    # The empty plate is written out, or the index without it would not serve.
    .where(_person.site == bindparam("site"), _person.plate != literal_column("''"))
    .order_by(_person.name, _unit.label)
    .limit(MOST)
)
# Whoever has several cars has their plates side by side: a blank stands around each.
_ENDING = _DRIVERS.where((" " + _person.plate + " ").like(bindparam("ending")))


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
    ending = plate if plate.isascii() else f" {plate}"
    rows = session.connection().execute(_ENDING, {"site": site, "ending": f"%{ending} %"}).all()
    return tuple(
        Car(each, row.name, row.phone or "", row.label or "")
        for row in rows
        for each in row.plate.split()
        if f" {each}".endswith(ending)
    )[:MOST]


def with_plates(there: str, more: str) -> str:
    """What `person.plate` holds: the plates of all their cars, each once, parted by one blank."""
    if not more or more == there:
        return there
    return " ".join(dict.fromkeys((*there.split(), *more.split())))
