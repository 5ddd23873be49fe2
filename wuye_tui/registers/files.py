"""Owners' files, opened by a recorded procedure (FW-6.3), and what stands in one that is open.

Opening is an act: who, for what, allowed by whom, which parts, when. What is read afterwards is
read in the registers as they stand, and only by whoever opened it; the act keeps none of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.fee_terms import list_terms
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.seeing import calls_seen_by, seen_by
from wuye_tui.registers.two import other_of
from wuye_tui.registers.units import find_unit
from wuye_tui.rules.files import (
    CLAUSE,
    OPEN_FOR,
    PREFIX,
    AloneFile,
    FileShut,
    NoPurpose,
    UnknownOpening,
    parts_of,
)
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, clean, masked_words
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, FileOpening, Matter, Person, Private, Unit, UnitPerson
from wuye_tui.words import _

_MOST: Final = 200  # slips or calls of one unit, the newest
_SITE: Final[Any] = bindparam("site")
_opening, _private = (table_of(kind).c for kind in (FileOpening, Private))
_person, _link, _unit = (table_of(kind).c for kind in (Person, UnitPerson, Unit))
_matter, _contact = table_of(Matter).c, table_of(Contact).c
_OPENINGS = (
    select(table_of(FileOpening), _private.words, _private.name)
    .join_from(
        table_of(FileOpening),
        table_of(Private),
        (_private.site == _opening.site) & (_private.owner == _opening.number) & (_private.n == 0),
        isouter=True,
    )
    .where(_opening.site == _SITE)
    .order_by(_opening.at.desc(), _opening.number.desc())
)
_ONE = _OPENINGS.where(_opening.number == bindparam("number"))
_PEOPLE = (
    select(_person.name, _link.role, _person.phone, _person.plate, _link.since, _link.until)
    .join_from(
        table_of(UnitPerson),
        table_of(Person),
        (_person.site == _link.site) & (_person.id == _link.person),
    )
    .join(table_of(Unit), (_unit.site == _link.site) & (_unit.id == _link.unit))
    .where(_link.site == _SITE, _unit.label == bindparam("unit"))
    .order_by(_link.until.is_(None).desc(), _link.role, _person.name)
)
_MATTERS = (
    select(_matter.number, _matter.opened, _matter.state, _private.name, _private.words)
    .join_from(
        table_of(Matter),
        table_of(Private),
        (_private.site == _matter.site) & (_private.owner == _matter.id) & (_private.n == 0),
        isouter=True,
    )
    .where(_matter.site == _SITE, _matter.unit == bindparam("unit"), seen_by())
    .order_by(_matter.opened.desc(), _matter.number.desc())
    .limit(_MOST)
)
_CALLS = (
    select(_contact.number, _contact.rang, _private.name, _private.phone, _private.words)
    .join_from(
        table_of(Contact),
        table_of(Private),
        (_private.site == _contact.site) & (_private.owner == _contact.id) & (_private.n == 0),
        isouter=True,
    )
    .where(_contact.site == _SITE, _contact.unit == bindparam("unit"), calls_seen_by())
    .order_by(_contact.rang.desc(), _contact.number.desc())
    .limit(_MOST)
)


@dataclass(frozen=True)
class Opening:
    """A file that was opened. `purpose` and `whom` are empty for whoever may not know them."""

    number: str
    unit: str
    asker: str
    asker_name: str
    allowed: str
    allowed_name: str
    parts: tuple[str, ...]
    at: datetime
    purpose: str
    whom: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number, "unit": self.unit, "asker": self.asker,
            "asker_name": self.asker_name, "allowed_by": self.allowed,
            "allowed_by_name": self.allowed_name, "parts": list(self.parts), "at": self.at,
            "purpose": self.purpose, "whom": self.whom,
        }  # fmt: skip


def open_file(
    act: Act,
    unit: str,
    purpose: str,
    second: str,
    proven: Collection[str],
    parts: Iterable[str] = (),
    whom: str = "",
) -> Result:
    """Opens a unit's file for whoever acts; `whom` is for whom outside the office. Raises
    NoPurpose, NoSuchPart, AloneFile, NotAllowed, UnknownUnit, AmbiguousUnit, UnknownStaff.
    """
    doing = _("查阅业主档案")
    if not act.by.may(Right.OPEN_FILE):
        raise NotAllowed(act.by.name, doing, Right.OPEN_FILE, CLAUSE)
    why = clean(purpose, Field.REASON)
    if not why:
        raise NoPurpose
    seen = parts_of(parts)
    label = find_unit(act.session, act.site, unit).label
    allowed = other_of(
        act, second, proven, Right.ALLOW_FILE, AloneFile, _("批准查阅业主档案"), CLAUSE
    )
    number = act.number(PREFIX)
    act.insert(
        FileOpening,
        {
            "number": number,
            "act": act.key,
            "unit": label,
            "asker": act.by.number,
            "allowed": allowed,
            "parts": list(seen),
            "at": act.now,
            "seal": act.whisper(number, 0, name=clean(whom, Field.NAME), words=why),
        },
    )
    return {"number": number, "unit": label, "allowed_by": allowed, "parts": list(seen)}


def read(desk: Desk, number: str) -> dict[str, Any]:
    """What stands in an opened file, by part, with whole numbers; `unit` and `number` with it.
    Raises UnknownOpening, and FileShut for anybody but whoever opened it, and after half an hour.
    """
    with desk.read() as session:
        row = _row(session, desk.site, number)
        if row.asker != desk.staff or not row.at <= desk.now() <= row.at + OPEN_FOR:
            raise FileShut(row.number)
        asked = {"site": desk.site, "unit": row.unit, "viewer": desk.staff}
        found: dict[str, Any] = {"number": row.number, "unit": row.unit}
        for part in (one for one in row.parts if one in _QUESTIONS):
            rows = session.connection().execute(_QUESTIONS[part], asked).mappings()
            found[part] = [dict(one) for one in rows]
        if "cars" in row.parts:
            people = session.connection().execute(_PEOPLE, asked).all()
            found["cars"] = [
                {"name": one.name, "plate": plate}
                for one in people
                for plate in (one.plate or "").split()
            ]
    if "terms" in row.parts:
        found["terms"] = [
            {name: one[name] for name in ("fee", "code", "space", "plate", "begins", "ends")}
            for one in list_terms(desk, row.unit)
        ]
    return found


def openings(
    desk: Desk,
    begin: datetime | None = None,
    end: datetime | None = None,
    unit: str = "",
    limit: int | None = None,
) -> list[Opening]:
    """The files that were opened, the newest first. What for is told to whoever allows such things,
    and of one's own.
    """
    query = _OPENINGS
    if begin:
        query = query.where(_opening.at >= begin)
    if end:
        query = query.where(_opening.at < end)
    allows = bool(desk.staff) and desk.actor().may(Right.ALLOW_FILE)
    with desk.read() as session:
        if unit:
            query = query.where(_opening.unit == find_unit(session, desk.site, unit).label)
        rows = session.connection().execute(query.limit(limit), {"site": desk.site}).all()
        names = staff_names(session, desk.site)
    return [
        _as_opening(row, names, allows or (bool(desk.staff) and row.asker == desk.staff))
        for row in rows
    ]


def _as_opening(row: Any, names: Mapping[str, str], told: bool) -> Opening:
    return Opening(
        row.number,
        row.unit,
        row.asker,
        names.get(row.asker, row.asker),
        row.allowed,
        names.get(row.allowed, row.allowed),
        tuple(row.parts),
        row.at,
        masked_words(row.words or "") if told else "",
        (row.name or "") if told else "",
    )


def _row(session: Session, site: str, number: str) -> Any:
    asked = {"site": site, "number": clean(number, Field.NUMBER).upper()}
    row = session.connection().execute(_ONE, asked).one_or_none()
    if row is None:
        raise UnknownOpening(number)
    return row


_QUESTIONS: Final[Mapping[str, Any]] = {"people": _PEOPLE, "matters": _MATTERS, "calls": _CALLS}
