"""What a file says against what the registers say: new, changed, unchanged, and refused rows.

A column that the file does not have, and a blank cell, leave what is known as it is; only a flag or
a further hat that is gone from its column is taken off. An import takes out nothing and nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from wuye_tui.registers.comparisons import Columns, Comparison, Example, Values, Write, remark
from wuye_tui.registers.numbering import numbered
from wuye_tui.registers.people import keys_of
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Entry, Tariff, Unit
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _


def compare(
    session: Session, site: str, noun: str, rows: Iterable[Any], columns: Columns
) -> Comparison:
    """Compares rows with their register: all but those of people and staff.

    A price list without numbers is given them.
    """
    if noun == "tariff" and "code" not in columns:
        rows, objections = numbered(session, site, rows, columns)
        found = compare_with(session, site, rows, columns, _REGISTERS[noun])
        found.objections += objections
        return found
    if noun == "units":
        rows = list(rows)
        found = compare_with(session, site, rows, columns, _REGISTERS[noun])
        _tell_strangers(session, site, rows, columns, found)
        return found
    return compare_with(session, site, rows, columns, _REGISTERS[noun])


def _tell_strangers(
    session: Session, site: str, rows: list[Any], columns: Columns, found: Comparison
) -> None:
    """Tells of new units in a list of units that are mostly known, if it says nothing of what they
    are like: a list of keys, in which a room is misspelt.
    """
    if {"area", "kind"} & columns.keys() or not 0 < found.new < len(rows) - found.new:
        return
    unit = table_of(Unit).c
    known = set(session.execute(select(unit.label).where(unit.site == site)).scalars())
    words = _("登记里还没有这一户，会新增。写错了的，请先改正房号。")
    strangers = (row for row in rows if row.label not in known)
    found.told += [remark(columns, row, "room", row.label, words) for row in strangers]


@dataclass(frozen=True)
class Register:
    """A table whose rows people name by one column, `key`.

    `fields` are the columns that a file may change, each with the file's field that says so;
    `follows` are those that change with them, from the row before and after.
    """

    model: type[SQLModel]
    key: str
    fields: Mapping[str, str]
    values: Callable[[Any], Values]
    fresh: Callable[[], Values] = dict
    follows: Callable[[Mapping[Any, Any], Values], Values] = lambda _before, _after: {}
    private: bool = False  # telephones are people's own


def _own_id() -> Values:
    return {"id": new_id()}


def _unit(row: Any) -> Values:
    return {
        "label": row.label,
        "building": row.building,
        "entrance": row.entrance,
        "room": row.room,
        "kind": str(row.kind),
        "status": str(row.status),
        "area_centi": row.area_centi,
        "warranty_until": row.warranty_until,
        "flags": [str(flag) for flag in row.flags],
    }


def _item(row: Any) -> Values:
    return {
        "code": row.code,
        "name": row.name,
        "keys": " ".join(keys_of(row.name)),
        "category": str(row.category),
        "unit_word": row.unit,
        "price": row.price_fen * 100,
        "material": row.material,
        "keywords": " ".join(row.keywords),
    }


def _entry(row: Any) -> Values:
    return {
        "name": row.name,
        "keys": " ".join(keys_of(row.name)),
        "kind": str(row.kind),
        "phone": row.phone,
        "second": row.second,
        "hours": row.hours,
        "note": row.note,
        "place": row.row_number,
    }


def _tried(before: Mapping[Any, Any], after: Values) -> Values:
    """Another number is one that nobody has tried yet (XX-4.1.4)."""
    same = after["phone"] == before["phone"]
    return {
        "checked": before["checked"] if same else None,
        "checked_by": before["checked_by"] if same else "",
    }


_REGISTERS: Final = {
    "units": Register(
        Unit,
        "label",
        {
            "kind": "kind",
            "status": "status",
            "area_centi": "area",
            "warranty_until": "warranty_until",
            "flags": "flags",
        },
        _unit,
        _own_id,
    ),
    "tariff": Register(
        Tariff,
        "code",
        {
            "name": "name",
            "keys": "name",
            "category": "category",
            "unit_word": "unit",
            "price": "price",
            "material": "material",
            "keywords": "keywords",
        },
        _item,
    ),
    "directory": Register(
        Entry,
        "name",
        {
            "kind": "kind",
            "phone": "phone",
            "second": "second",
            "hours": "hours",
            "note": "note",
            "place": "name",
        },
        _entry,
        follows=_tried,
    ),
}
_UNSEEN: Final = frozenset(("keys", "place", "department", "level"))  # what follows from others


def compare_with(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, register: Register
) -> Comparison:
    """Compares rows with a register."""
    table = table_of(register.model)
    there = {
        row[register.key]: row
        for row in session.execute(select(table).where(table.c.site == site)).mappings()
    }
    found, new, changed = Comparison(), list[Values](), list[Values]()
    for row in rows:
        values = register.values(row)
        before = there.get(values[register.key])
        if before is None:
            new.append({"site": site, **register.fresh(), **values})
            found.example_of_new(row.row_number, _called(values[register.key], row))
            continue
        after = _after(before, values, register.fields, columns)
        if any(after[name] != before[name] for name in after):
            key = {column.name: before[column.name] for column in table.primary_key}
            changed.append({**key, **after, **register.follows(before, after)})
            _show(
                found, row, _called(values[register.key], row), before, after, register.fields,
                register.private,
            )  # fmt: skip
        else:
            found.unchanged += 1
    found.new, found.changed = len(new), len(changed)
    found.writes = [
        Write(register.model, lambda: new),
        Write(register.model, lambda: changed, there=True),
    ]
    return found


def _called(key: str, row: Any) -> str:
    name = getattr(row, "name", key)
    return key if name == key else f"{key} {name}"


def _show(
    found: Comparison,
    row: Any,
    who: str,
    before: Mapping[Any, Any],
    after: Values,
    fields: Mapping[str, str],
    private: bool,
) -> None:
    for name, new in after.items():
        if new != before[name] and name not in _UNSEEN:
            old, column = before[name], name if name == "hats" else fields[name]
            if private and name == "phone":
                old, new = masked_phone(old), masked_phone(new)
            if name == "price":  # kept in hundredths of a fen
                old, new = old // 100, new // 100
            found.example(Example(row.row_number, who, column, old, new))


def _after(
    before: Mapping[Any, Any], values: Values, fields: Mapping[str, str], columns: Columns
) -> Values:
    return {
        name: before[name] if where not in columns or values[name] in ("", None) else values[name]
        for name, where in fields.items()
    }
