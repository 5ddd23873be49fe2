"""What a file says against what the registers say: new, changed, unchanged, and refused rows.

A column that the file does not have, and a blank cell, leave what is known as it is; only a flag or
a further hat that is gone from its column is taken off. An import takes out nothing and nobody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from wuye_tui.registers.people import keys_of
from wuye_tui.registers.staff import NoSuchPost, post_hats
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Entry, Staff, Tariff, Unit
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _

Values = dict[str, Any]
Posts = Mapping[str, Mapping[str, str]]
Columns = Mapping[str, str]
"""The fields that a file has, and what they are called in it."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why the registers do not take a row: its number, the column there, the value, the reason."""

    row_number: int
    column: str
    value: str
    reason: str

    @property
    def line(self) -> str:
        """One line for a person."""
        return _("第 {row} 行 {column}「{value}」：{reason}").format(
            row=self.row_number, column=self.column, value=self.value, reason=self.reason
        )


@dataclass(frozen=True)
class Write:
    """Rows to be inserted into a table; or, with `there`, to be changed in it by their keys."""

    kind: type[SQLModel]
    rows: Iterable[Values]
    there: bool = False


@dataclass
class Comparison:
    """The outcome. `writes` in the order in which they are to be done; their rows can be gone
    through once.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    objections: list[Objection] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)


class StaffLeft(DeskError):
    """The number of somebody who does not work here any more."""

    def __init__(self) -> None:
        super().__init__(_("这个工号已停用。请换一个工号，或先启用它。"))


def compare(
    session: Session, site: str, noun: str, rows: Iterable[Any], columns: Columns, posts: Posts
) -> Comparison:
    """Compares rows with their register: all but people's. Staff need the `posts`."""
    if noun == "staff":
        return _compare_staff(session, site, rows, columns, posts)
    return _compare(session, site, rows, columns, _REGISTERS[noun])


@dataclass(frozen=True)
class _Register:
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


def _employee(row: Any) -> Values:
    return {
        "number": row.number,
        "name": row.name,
        "keys": " ".join(keys_of(row.name)),
        "department": str(row.department),
        "post": row.post,
        "level": str(row.level),
        "hats": [str(hat) for hat in row.hats],
        "qualifications": "、".join(row.qualifications),
        "phone": row.phone,
    }


_REGISTERS: Final = {
    "units": _Register(
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
    "tariff": _Register(
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
    "directory": _Register(
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
_STAFF_FIELDS: Final = {
    "name": "name",
    "keys": "name",
    "department": "post",
    "post": "post",
    "level": "post",
    "hats": "post",
    "qualifications": "qualifications",
    "phone": "phone",
}


def _compare(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, register: _Register
) -> Comparison:
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
            continue
        after = _after(before, values, register.fields, columns)
        if any(after[name] != before[name] for name in after):
            key = {column.name: before[column.name] for column in table.primary_key}
            changed.append({**key, **after, **register.follows(before, after)})
        else:
            found.unchanged += 1
    found.new, found.changed = len(new), len(changed)
    found.writes = [Write(register.model, new), Write(register.model, changed, there=True)]
    return found


def _after(
    before: Mapping[Any, Any], values: Values, fields: Mapping[str, str], columns: Columns
) -> Values:
    return {
        name: before[name] if where not in columns or values[name] in ("", None) else values[name]
        for name, where in fields.items()
    }


def _compare_staff(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, posts: Posts
) -> Comparison:
    """HR-5.1: department, level and hats follow the post, which must be in the office's table."""
    there = {
        row.number: row
        for row in session.execute(
            select(col(Staff.number), col(Staff.active), col(Staff.post), col(Staff.hats)).where(
                col(Staff.site) == site
            )
        )
    }
    objections, good = list[Objection](), list[Any]()
    for row in rows:
        before = there.get(row.number)
        if row.post not in posts:
            objections.append(objection(columns, row, "post", row.post, NoSuchPost(row.post)))
        elif before is not None and not before.active:
            objections.append(objection(columns, row, "number", row.number, StaffLeft()))
        else:
            good.append(row)

    def values(row: Any) -> Values:
        further = [str(hat) for hat in row.hats]
        before = there.get(row.number)
        if before is not None and "hats" not in columns:
            came = post_hats(posts.get(before.post, {}))
            further += [hat for hat in before.hats if hat not in came]
        hats = list(dict.fromkeys([*post_hats(posts[row.post]), *further]))
        return {**_employee(row), "hats": hats}

    found = _compare(
        session, site, good, columns, _Register(Staff, "number", _STAFF_FIELDS, values)
    )
    found.objections = objections
    return found


def objection(columns: Columns, row: Any, name: str, value: str, why: DeskError) -> Objection:
    """Why this row is not taken, said in the file's own name for the field."""
    return Objection(row.row_number, columns.get(name, name), value, why.line)
