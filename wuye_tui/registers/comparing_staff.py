"""The employees of a file against the register: department, level and hats follow the post."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col

from wuye_tui.registers.comparing import Register, compare_with
from wuye_tui.registers.comparisons import (
    Columns,
    Comparison,
    Example,
    Values,
    Write,
    objection,
    remark,
)
from wuye_tui.registers.numbering_staff import has_left, numbered_staff
from wuye_tui.registers.people import keys_of
from wuye_tui.registers.staff import NoSuchPost, StillOnDuty, post_hats
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.tables import Duty, Staff
from wuye_tui.words import _

Posts = Mapping[str, Mapping[str, str]]
_FIELDS: Final = {
    "name": "name",
    "keys": "name",
    "department": "post",
    "post": "post",
    "level": "post",
    "hats": "post",
    "qualifications": "qualifications",
    "phone": "phone",
}


class StaffLeft(DeskError):
    """The number of somebody who does not work here any more."""

    def __init__(self) -> None:
        super().__init__(_("这个工号已停用。请换一个工号，或先启用它。"))


def compare_staff(
    session: Session, site: str, rows: Iterable[Any], columns: Columns, posts: Posts, today: date
) -> Comparison:
    """HR-5.1: department, level and hats follow the post, which must be in the office's table.

    A list without numbers is given them. Whoever has left by `today` is closed and never deleted,
    unless they hold a duty (KF-4).
    """
    numbered = None
    if "number" not in columns:
        numbered = numbered_staff(session, site, list(rows), columns, today)
        rows = numbered.rows
    key = "number" if numbered is None else "name"
    there = {
        row.number: row
        for row in session.execute(
            select(col(Staff.number), col(Staff.active), col(Staff.post), col(Staff.hats)).where(
                col(Staff.site) == site
            )
        )
    }
    objections = numbered.objections if numbered else []
    told = numbered.told if numbered else []
    good, leaving, still = list[Any](), list[Any](), _on_duty(session, site)
    known_gone = 0
    for row in rows:
        before = there.get(row.number)
        if has_left(row, today):
            if before is None:
                words = _("已经离职，没有登记。")
                told.append(remark(columns, row, key, getattr(row, key), words))
            elif not before.active:
                known_gone += 1
            elif row.number in still:
                why = StillOnDuty(row.name)
                objections.append(objection(columns, row, key, getattr(row, key), why))
            else:
                leaving.append(row)
        elif row.post not in posts:
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

    found = compare_with(
        session, site, good, columns, Register(Staff, "number", _FIELDS, values, private=True)
    )
    found.objections = objections
    found.told += told
    found.changed += len(leaving)
    found.unchanged += known_gone
    for row in leaving:
        who = f"{row.number} {row.name}"
        found.example(Example(row.row_number, who, "standing", _("在职"), _("离职")))
    closed = [{"site": site, "number": row.number, "active": False} for row in leaving]
    found.writes.append(Write(Staff, lambda: closed, there=True))
    return found


def _on_duty(session: Session, site: str) -> set[str]:
    held = select(col(Duty.staff)).where(col(Duty.site) == site, col(Duty.ended).is_(None))
    return set(session.execute(held).scalars())


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
