"""What a search asks the database, built once: every key that is struck asks some of these.

`site` is always given, mostly a `limit`; what was typed is `typed`, or a `pattern` for LIKE.
"""

import re
from functools import reduce
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
)

from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Person, PersonKey, Unit, UnitPerson

ESCAPE: Final = "/"

_person, _link = table_of(Person).c, table_of(UnitPerson).c
_unit, _key = table_of(Unit).c, table_of(PersonKey).c
_SHOWN: Final = (
    *(_person[name] for name in ("id", "name", "phone", "plate")),
    *(_link.role, _link.unit, _unit.label),
)
_LIMIT = bindparam("limit", type_=Integer)
_TYPED, _PATTERN = bindparam("typed", type_=String), bindparam("pattern", type_=String)


# By length first: room 101 before 1001, whatever the database's own order of letters is. The letter
# of a floor does not count: 3A01 stands between 304 and 501.
_ROOM: Any = _unit.room
_DIGITS: Final = reduce(lambda rest, letter: func.replace(rest, letter, ""), "ABCD", _ROOM)
IN_ORDER: Final = [
    *(key for part in (_unit.building, _unit.entrance) for key in (func.length(part), part)),
    func.length(_DIGITS),
    _unit.room,
]
"""Units by building, entrance and room."""


def _units(wanted: ColumnElement[bool], *order: ColumnElement[Any]) -> Select[Any]:
    return (
        select(_unit.id)
        .where(_unit.site == bindparam("site"), wanted)
        .order_by(*order)
        .limit(_LIMIT)
    )


def _keys(wanted: ColumnElement[bool]) -> Select[Any]:
    """Those that begin so, and first among them the whole key itself: nothing sorts before it."""
    return (
        select(_key.person, _key.key)
        .where(_key.site == bindparam("site"), wanted)
        .order_by(_key.key)
        .limit(_LIMIT)
    )


def _found(column: Any, wanted: ColumnElement[bool], *order: Any) -> Select[Any]:
    return (
        select(_person.id, column)
        .where(_person.site == bindparam("site"), wanted)
        .order_by(*order, column)
        .limit(_LIMIT)
    )


def _begins(column: Any) -> ColumnElement[bool]:
    return and_(column >= _TYPED, column < bindparam("after"))


def _names(name: Any) -> Select[Any]:
    """`name` may be folded; what it is ranked by is the name as it is written."""
    starts = _person.name.like(bindparam("start"), escape=ESCAPE)
    first = case((_person.name == _TYPED, 0), (starts, 1), else_=2)
    return _found(_person.name, name.like(_PATTERN, escape=ESCAPE), first)


UNIT_LABELLED: Final = _units(_unit.label == _TYPED, _unit.label)
UNITS_BEGINNING: Final = _units(_unit.label.like(_PATTERN, escape=ESCAPE), *IN_ORDER)
UNITS_NUMBERED: Final = _units(_unit.room == _TYPED, *IN_ORDER)
_LIVING: Final = (
    select(*_SHOWN)
    .where(
        _person.site == _link.site,
        _person.id == _link.person,
        _unit.site == _link.site,
        _unit.id == _link.unit,
        _link.site == bindparam("site"),
        _link.until.is_(None),
    )
    .order_by(_link.person)
)
LIVING_IN: Final = _LIVING.where(_link.unit.in_(bindparam("units", expanding=True)))
LIVING_AT: Final = _LIVING.where(_unit.label == _TYPED)
KEYS_BEGINNING: Final = _keys(_begins(_key.key))
LAST_KEYS: Final = _keys(_key.key >= _TYPED)
# The empty plate is written out, or the index without it would not serve. Whoever has several cars
# has their plates side by side, a blank between them; nobody types one.
PLATES: Final = _found(
    _person.plate,
    and_(_person.plate != literal_column("''"), _person.plate.like(_PATTERN, escape=ESCAPE)),
    case(((" " + _person.plate + " ").like(bindparam("whole"), escape=ESCAPE), 0), else_=1),
)
CHINESE_NAMES: Final = _names(_person.name)
LATIN_NAMES: Final = _names(func.lower(_person.name))
_PEOPLE: Final = (
    select(*_SHOWN)
    .select_from(
        table_of(Person)
        .outerjoin(
            table_of(UnitPerson),
            and_(_link.site == _person.site, _link.person == _person.id, _link.until.is_(None)),
        )
        .outerjoin(table_of(Unit), and_(_unit.site == _link.site, _unit.id == _link.unit))
    )
    .where(_person.site == bindparam("site"))
)
PEOPLE: Final = _PEOPLE.where(_person.id.in_(bindparam("ids", expanding=True)))
_other = table_of(Person).alias("called").c
_CALLED: Final = (
    select(_other.id)
    .where(
        _other.site == bindparam("site"),
        _other.phone_tail >= _TYPED,
        _other.phone_tail < bindparam("after"),
    )
    .order_by(_other.phone_tail)
    .limit(_LIMIT)
)
# All of them at once: whoever types a number means these. In no order, or SQLite would go through
# all the numbers there are in it.
TAILS: Final = _PEOPLE.add_columns(_person.phone_tail).where(_person.id.in_(_CALLED))


def pattern(start: str) -> str:
    """What begins so, for LIKE: `%` and `_` that somebody typed mean themselves."""
    return re.sub(r"[%_/]", rf"{ESCAPE}\g<0>", start) + "%"


def after(prefix: str) -> str:
    """Where the keys end that begin so: a range, which an index answers; LIKE goes through all.

    "" where they go on to the last. For a-z and 0-9 only, on whose order every server's collation
    agrees.
    """
    rest = prefix.rstrip("z")
    if not rest:
        return ""
    following = "a" if rest[-1] == "9" else chr(ord(rest[-1]) + 1)
    return rest[:-1] + following
