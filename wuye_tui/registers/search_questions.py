"""What the search for everything asks the database of slips, calls and units, built once.

`site` and `viewer` are always given, mostly a `limit`; what was typed is `typed` with `after`,
where its range ends, or a `pattern` for LIKE.
"""

from typing import Any, Final

from sqlalchemy import Integer, String, and_, bindparam, or_, select

from wuye_tui.registers.finding_questions import ESCAPE, IN_ORDER
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.rules.procedures import QUEUED
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter, Private, Unit

_matter, _private, _unit = (table_of(kind).c for kind in (Matter, Private, Unit))
_contact, _link = table_of(Contact).c, table_of(ContactMatter).c
_LIMIT = bindparam("limit", type_=Integer)
_TYPED, _AFTER = bindparam("typed", type_=String), bindparam("after", type_=String)


def _said(owner: Any, site: Any) -> Any:
    return and_(_private.site == site, _private.owner == owner, _private.n == 0)


_SLIPS: Final = (
    select(
        *(_matter[name] for name in ("id", "number", "kind", "state", "unit", "place", "opened")),
        *(_matter[name] for name in ("closed", "worker")),
        _private.name,
        _private.phone,
        _private.words,
    )
    .join_from(table_of(Matter), table_of(Private), _said(_matter.id, _matter.site), isouter=True)
    .where(_matter.site == bindparam("site"), _matter.kind.in_(QUEUED), seen_by())
    .limit(_LIMIT)
)
# In no order: one that an index has would be followed through all there ever was.
SLIPS_NUMBERED: Final = _SLIPS.where(_matter.number.in_(bindparam("numbers", expanding=True)))
SLIPS_OF_UNIT: Final = _SLIPS.where(
    _matter.unit.in_(bindparam("units", expanding=True)), _matter.closed.is_(None)
).order_by(_matter.opened.desc())
# The words of whatever is open are looked through: a desk has some hundred open slips, not more.
SLIPS_SAYING: Final = _SLIPS.where(
    _matter.closed.is_(None),
    or_(
        *(
            column.like(bindparam("pattern", type_=String), escape=ESCAPE)
            for column in (_private.words, _private.name, _matter.place)
        )
    ),
).order_by(_matter.next_due, _matter.opened)
SLIPS_PHONED: Final = (
    _SLIPS.where(
        _private.site == bindparam("site"),
        _private.phone_tail >= _TYPED,
        _private.phone_tail < _AFTER,
    )
).order_by(_private.phone_tail)
_CALLS: Final = (
    select(
        *(_contact[name] for name in ("id", "number", "unit", "rang")),
        _private.name,
        _private.phone,
        _private.words,
    )
    .join_from(
        table_of(Contact), table_of(Private), _said(_contact.id, _contact.site), isouter=True
    )
    .where(_contact.site == bindparam("site"), calls_seen_by())
    .limit(_LIMIT)
)
CALLS_NUMBERED: Final = _CALLS.where(_contact.number.in_(bindparam("numbers", expanding=True)))
CALLS_PHONED: Final = _CALLS.where(
    _private.site == bindparam("site"), _private.phone_tail >= _TYPED, _private.phone_tail < _AFTER
).order_by(_private.phone_tail)
CALLED_ABOUT: Final = (
    select(_link.contact, _matter.number)
    .join_from(
        table_of(ContactMatter),
        table_of(Matter),
        and_(_matter.site == _link.site, _matter.id == _link.matter),
    )
    .where(
        _link.site == bindparam("site"),
        _link.contact.in_(bindparam("contacts", expanding=True)),
        seen_by(),
    )
)
# As the search for people asks: in which order signs stand, servers do not agree.
UNITS_BEGINNING: Final = (
    select(_unit.label)
    .where(
        _unit.site == bindparam("site"),
        _unit.label.like(bindparam("pattern", type_=String), escape=ESCAPE),
    )
    .order_by(*IN_ORDER)
    .limit(_LIMIT)
)
