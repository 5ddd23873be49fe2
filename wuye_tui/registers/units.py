"""The units: homes, shops and parking spaces, and what the desk sees of one while it is spoken to.

Telephones are masked here; `people.reveal` shows one in full.
"""

from datetime import date
from typing import Any, Final

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from wuye_tui.desk import Desk
from wuye_tui.registers.finding_questions import IN_ORDER
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.people import ROLE_ORDER
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.text import LIMITS, Field, bad_character, masked_phone
from wuye_tui.store.tables import Person, Unit, UnitPerson

_LONGEST: Final = 4 * LIMITS[Field.ROOM].most


def list_units(desk: Desk, limit: int | None = None) -> list[dict[str, Any]]:
    """The units by building, entrance and room, 3-2-502 before 3-10-101; `people` is how many."""
    people = (
        select(func.count())
        .where(
            col(UnitPerson.site) == desk.site,
            col(UnitPerson.unit) == col(Unit.id),
            col(UnitPerson.until).is_(None),
        )
        .scalar_subquery()
    )
    query = select(Unit, people).where(col(Unit.site) == desk.site).order_by(*IN_ORDER)
    today = desk.calendar.day_of(desk.now())
    with desk.read() as session:
        rows = session.execute(query if limit is None else query.limit(max(limit, 0))).all()
        return [{**_as_dict(unit, today), "people": int(count)} for unit, count in rows]


def show_unit(desk: Desk, typed: str) -> dict[str, Any]:
    """A unit with its people, flags, warranty, and what is open there (`open`: next due first).

    Takes a label, or a room in any spelling. Raises UnknownUnit and AmbiguousUnit.
    """
    with desk.read() as session:
        unit = find_unit(session, desk.site, typed)
        people = _people(session, desk.site, unit.id)
        shown = _as_dict(unit, desk.calendar.day_of(desk.now()))
    return {
        **shown,
        "people": people,
        "open": [
            {
                "number": row.number,
                "kind": row.kind,
                "state": row.state,
                "hold": row.hold,
                "summary": row.words,
                "opened_at": row.opened,
                "due_at": row.due.due if row.due else None,
            }
            for row in queue(desk, Wanted(unit=unit.label))
        ],
    }


def find_unit(session: Session, site: str, typed: str) -> Unit:
    """The unit of a label (B1-A035 too, which is no room), or of a room in any spelling."""
    label = bad_character().sub("?", typed[:_LONGEST]).strip().upper()
    query = select(Unit).where(col(Unit.site) == site, col(Unit.label) == label)
    found: Unit | None = session.execute(query).scalar_one_or_none()
    if found is None:
        found = session.get_one(Unit, (site, Registry(session, site).find_unit(typed).id))
    return found


def _people(session: Session, site: str, unit: str) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Person, col(UnitPerson.role), col(UnitPerson.since))
        .join(
            UnitPerson,
            and_(
                col(UnitPerson.site) == col(Person.site), col(UnitPerson.person) == col(Person.id)
            ),
        )
        .where(
            col(Person.site) == site, col(UnitPerson.unit) == unit, col(UnitPerson.until).is_(None)
        )
    ).all()
    rows = sorted(rows, key=lambda row: (ROLE_ORDER.get(row.role, 9), row[0].name))
    return [
        {
            "id": person.id,
            "name": person.name,
            "role": role,
            "phone": masked_phone(person.phone),
            "plate": person.plate,
            "since": since,
        }
        for person, role, since in rows
    ]


def _as_dict(unit: Unit, today: date) -> dict[str, Any]:
    until = unit.warranty_until
    return {
        "label": unit.label,
        "building": unit.building,
        "entrance": unit.entrance,
        "room": unit.room,
        "kind": unit.kind,
        "status": unit.status,
        "area_centi": unit.area_centi,
        "warranty_until": until,
        "in_warranty": bool(until and until >= today),
        "flags": list(unit.flags),
    }
