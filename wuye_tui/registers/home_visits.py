"""Which homes nobody has called or visited for long: the plan of the regular visits (FW-3.1).

Called is whoever was reached by a callback of any sort and said how it is; what they themselves
rang the desk about is no visit. A home is left out where nobody lives or nobody can be called,
where people do not want to be disturbed, and where a callback is open already.
"""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select

from wuye_tui.desk import Desk
from wuye_tui.registers.people import ROLE_ORDER
from wuye_tui.rules.callbacks import CALLBACK
from wuye_tui.rules.errors import NotFound
from wuye_tui.rules.text import masked_phone
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Person, Unit, UnitPerson
from wuye_tui.words import _

HOME, VACANT, UNDISTURBED = "home", "vacant", "do_not_disturb"  # as the register of units has them

_unit, _matter, _person, _link = (table_of(kind).c for kind in (Unit, Matter, Person, UnitPerson))
_HOMES = select(
    _unit.id, _unit.label, _unit.building, _unit.entrance, _unit.room, _unit.flags
).where(_unit.site == bindparam("site"), _unit.kind == HOME, _unit.status != VACANT)
_PEOPLE = (
    select(_link.unit, _link.role, _person.name, _person.phone)
    .join_from(
        table_of(UnitPerson),
        table_of(Person),
        and_(_person.site == _link.site, _person.id == _link.person),
    )
    .where(
        _link.site == bindparam("site"),
        or_(_link.until.is_(None), _link.until >= bindparam("today")),
        _person.phone != "",
    )
)
_REACHED = (
    select(_matter.unit, func.max(_matter.closed).label("at"))
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == CALLBACK.kind,
        _matter.outcome == "reached",
        _matter.unit != "",
    )
    .group_by(_matter.unit)
)
_OPEN = select(_matter.unit).where(
    _matter.site == bindparam("site"), _matter.kind == CALLBACK.kind, _matter.closed.is_(None)
)


class UnknownBuilding(NotFound):
    """The register of units has no such building."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("没有「{typed}」这栋楼，请核对后再试。").format(typed=typed[:20]))


class Home(NamedTuple):
    """A home whose turn it is: whom to call, and how long nobody has; `last` None for never."""

    unit: str
    name: str
    phone: str  # masked
    last: datetime | None
    days: int | None


def plan(desk: Desk, building: str = "", count: int | None = None) -> list[Home]:
    """The homes that nobody has called or visited within the office's interval: those of whom there
    is no record first, then the longest ago. Raises UnknownBuilding.
    """
    today = desk.calendar.day_of(desk.now())
    wanted = _building(building)
    site = {"site": desk.site}
    with desk.read() as session:
        connection = session.connection()
        homes = connection.execute(_HOMES, site).all()
        if wanted and not any(home.building == wanted for home in homes):
            raise UnknownBuilding(building)
        people = _first(connection.execute(_PEOPLE, {**site, "today": today}))
        last = {row.unit: row.at for row in connection.execute(_REACHED, site)}
        is_open = set(connection.execute(_OPEN, site).scalars())
    before = desk.now() - timedelta(days=desk.reference.visit_days)
    due = [
        home
        for home in homes
        if (not wanted or home.building == wanted)
        and home.id in people
        and UNDISTURBED not in home.flags
        and home.label not in is_open
        and (home.label not in last or last[home.label] < before)
    ]
    due.sort(key=lambda home: (_since(last.get(home.label)), _order(home)))
    return [_home(home, people[home.id], last.get(home.label), desk, today) for home in due[:count]]


def _building(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).strip().upper()
    return plain.rstrip("栋座幢#号楼")


def _first(rows: Iterable[Any]) -> dict[str, tuple[str, str]]:
    """Of each home whom the desk speaks to first."""
    found: dict[str, tuple[tuple[int, str], str, str]] = {}
    for row in rows:
        rank = (ROLE_ORDER.get(row.role, 9), row.name)
        if row.unit not in found or rank < found[row.unit][0]:
            found[row.unit] = (rank, row.name, row.phone)
    return {unit: (name, phone) for unit, (_rank, name, phone) in found.items()}


def _since(last: datetime | None) -> float:
    return last.timestamp() if last else 0.0


def _order(home: Any) -> tuple[tuple[int, str], ...]:
    """3-2-502 before 3-10-101."""
    return tuple((len(part), part) for part in (home.building, home.entrance, home.room))


def _home(home: Any, who: tuple[str, str], last: datetime | None, desk: Desk, today: date) -> Home:
    days = (today - desk.calendar.day_of(last)).days if last else None
    return Home(home.label, who[0], masked_phone(who[1]), last, days)
