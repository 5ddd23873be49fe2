"""Whose home a caller without a room may mean: by number, by its last digits, by name or title.

They are offered and never taken: whoever calls may be calling for somebody else.
"""

from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlmodel import Session

from wuye_tui.registers.finding_questions import after
from wuye_tui.registers.lookups import PICK
from wuye_tui.registers.people import phone_tail
from wuye_tui.rules.line import Understood
from wuye_tui.rules.text import SUSPECT
from wuye_tui.rules.units_text import bare_name, is_called
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Person, Unit, UnitPerson

_MOST = 300  # people of one surname that are looked through
_person, _link, _unit = (table_of(kind).c for kind in (Person, UnitPerson, Unit))
_LIVING: Select[Any] = (
    select(_unit.label, _person.name)
    .join_from(
        table_of(Person),
        table_of(UnitPerson),
        (_link.site == _person.site) & (_link.person == _person.id) & _link.until.is_(None),
    )
    .join(table_of(Unit), (_unit.site == _link.site) & (_unit.id == _link.unit))
    .where(_person.site == bindparam("site"))
    .distinct()
    .order_by(_unit.label)
    .limit(_MOST)
)
_BY_PHONE = _LIVING.where(_person.phone_tail == bindparam("tail"))
_BY_TAIL = _LIVING.where(
    _person.phone_tail >= bindparam("tail"), _person.phone_tail < bindparam("after")
)
_BY_NAME = _LIVING.where(_person.name == bindparam("name"))
_BY_SURNAME = _LIVING.where(_person.name.like(bindparam("name")))


def offered(session: Session, site: str, understood: Understood) -> tuple[str, ...]:
    """The units of whoever calls, at most as many as are offered; of more none is: ask the room."""
    return tuple(found) if len(found := _found(session, site, understood)) <= PICK else ()


def _found(session: Session, site: str, u: Understood) -> list[str]:
    first, _blank, rest = u.line.strip().partition(" ")
    first = first if first == u.phone else bare_name(first)
    caller = u.caller.name if u.caller else ""

    def ask(question: Select[Any], called: str = "", **given: str) -> list[str]:
        rows = session.connection().execute(question, {"site": site, **given}).all()
        kept = (label for label, name in rows if not called or is_called(called, name))
        return list(dict.fromkeys(kept))

    if u.tail:
        tail = u.tail[::-1]
        return ask(_BY_TAIL, tail=tail, after=after(tail))
    if rest and first == u.phone:
        return ask(_BY_PHONE, tail=phone_tail(first))
    if rest and 2 <= len(first) <= 12 and not SUSPECT.search(first):
        named = ask(_BY_NAME, name=first)
        if named:
            return named
    if caller and caller[0].isalpha() and not SUSPECT.search(caller):
        return ask(_BY_SURNAME, called=caller, name=f"{caller.removeprefix('姓')[:1]}%")
    return []
