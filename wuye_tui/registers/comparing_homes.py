"""The homes of the register, and who lives there beside somebody new: renamed, or by mistake?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from sqlalchemy import and_, select
from sqlmodel import Session, col

from wuye_tui.registers.comparisons import Columns, Comparison, remark
from wuye_tui.registers.pairing import Known
from wuye_tui.rules.errors import AmbiguousUnit, DeskError
from wuye_tui.rules.rooms import SHOPS, parse_room
from wuye_tui.store.tables import Person, Unit, UnitPerson
from wuye_tui.words import _

Place = tuple[str, str, str]
"""Unit id, name, role."""
OWNER: Final = "owner"
_ROLES: Final = (OWNER, "tenant", "family", "emergency")
Taken = tuple[Place, Any, Known | None]
"""A row, where it belongs, and whom of the register it is about."""


class UnknownBuilding(DeskError):
    """No unit of this building is in the register: its list of units has not come in yet."""

    def __init__(self, building: str) -> None:
        if building == SHOPS:
            super().__init__(_("房号表里还没有任何商铺。请先导入商铺的房号表，或改正房号。"))
            return
        super().__init__(
            _(
                "房号表里还没有 {building} 栋的任何房号。请先导入这一栋的房号表，或改正楼栋。"
            ).format(building=building)
        )


class UnknownHome(DeskError):
    """A home that the list of its building does not have."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _("房号表里没有「{room}」。请改正房号；确有这一户的，先把它导入房号表。").format(
                room=label
            )
        )


class NobodyThere(DeskError):
    """A new telephone of somebody who is not registered in this home."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "这一户没有登记这个人，新电话不知道改给谁。请核对房号和姓名；"
                "是新住户的，请把列名改成「电话」另行导入。"
            )
        )


class StillToCome(DeskError):
    """Somebody who has gone, on a day still to come: the end of a lease that was given up."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "写着已经不在了，这个日期却还没有到。请在「退租日期」或「迁出日期」一列写上离开那天。"
            )
        )


def wrong_field(row: Any, why: DeskError, columns: Columns) -> tuple[str, str]:
    """The field of the row, and its value, that an objection is about."""
    if isinstance(why, NobodyThere):
        return "name", row.name
    if isinstance(why, StillToCome):
        return "until" if "until" in columns else "ends", str(row.until)
    return "room", row.unit


def place_of(known: Mapping[Place, list[Known]], place: Place, row: Any) -> Place:
    """Where the row's person is now: in whichever role, where nothing in the file says it.

    Raises NobodyThere for a new telephone of somebody who is not there.
    """
    unit, name, role = place
    for each in dict.fromkeys((role, *(_ROLES if row.assumed else ()))):
        if any(one.until is None for one in known.get((unit, name, each), ())):
            return unit, name, each
    if row.renewed:
        raise NobodyThere
    return place


class Units:
    """The ids of units by their label; the entrance may be left out where only one fits."""

    def __init__(self, session: Session, site: str) -> None:
        label = col(Unit.label)
        # In their order, because the index of labels has the fewest pages to be turned.
        query = select(label, col(Unit.id)).where(col(Unit.site) == site).order_by(label)
        self._ids: dict[str, str] = dict(session.connection().execute(query).all())

    def id_of(self, label: str) -> str:
        """Raises UnknownHome, UnknownBuilding and AmbiguousUnit."""
        found = self._ids.get(label)
        if found:
            return found
        room = parse_room(label)
        fitting = self._without.get((room.building, room.room), []) if room else []
        if room and room.building not in self._buildings:
            raise UnknownBuilding(room.building)
        if not fitting or (room and room.entrance):
            raise UnknownHome(label)
        if len(fitting) > 1:
            raise AmbiguousUnit(label, sorted(fitting))
        return self._ids[fitting[0]]

    def label_of(self, label: str) -> str:
        """The register's own label. Raises what `id_of` raises."""
        return label if label in self._ids else self._labels[self.id_of(label)]

    @cached_property
    def _labels(self) -> dict[str, str]:
        """The labels by id."""
        return {one: label for label, one in self._ids.items()}

    @cached_property
    def _buildings(self) -> set[str]:
        return {label.partition("-")[0] for label in self._ids}

    @cached_property
    def _without(self) -> dict[tuple[str, str], list[str]]:
        """The labels by building and room."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for label in self._ids:
            found[label.partition("-")[0], label.rpartition("-")[2]].append(label)
        return found


def everybody_of(session: Session, site: str) -> dict[Place, list[Known]]:
    """Everybody of every unit: who is there now, and who was there before."""
    columns = (
        UnitPerson.unit, Person.name, UnitPerson.role, Person.id, Person.phone, Person.plate,
        UnitPerson.since, UnitPerson.until,
    )  # fmt: skip
    same = and_(col(Person.site) == col(UnitPerson.site), col(Person.id) == col(UnitPerson.person))
    query = select(*map(col, columns)).join(Person, same).where(col(UnitPerson.site) == site)
    known: dict[Place, list[Known]] = defaultdict(list)
    for unit, name, role, *rest in session.execute(query):
        known[unit, name, role].append(Known(*rest))
    return known


def tell_neighbours(
    found: Comparison, pairs: Iterable[Taken], known: Mapping[Place, list[Known]], columns: Columns
) -> None:
    """Tells of somebody new whose telephone somebody of the same home has, whom the file does not
    name: 余子涵 may be 余晓燕 now. Both stay; only the office knows. Tells, too, of whoever becomes
    an owner beside another only because the file does not say what they are; and of a former owner
    whom nobody knows, where another is written down.
    """
    pairs, lived_in = list(pairs), {unit for unit, _name, _role in known}
    fresh = [
        (place, row)
        for place, row, one in pairs
        if place[0] in lived_in and one is None and (not row.until or place[2] == OWNER)
    ]
    if not fresh:
        return
    named = {(place[0], one.person) for place, _row, one in pairs if one is not None}
    homes = {place[0] for place, _row in fresh}
    there: dict[str, list[tuple[str, Known]]] = defaultdict(list)
    owners: dict[str, list[tuple[str, Known]]] = defaultdict(list)
    for (unit, name, role), several in known.items():
        if unit in homes:
            now = [(name, one) for one in several if one.until is None]
            there[unit] += now
            owners[unit] += now[:1] if role == OWNER else []
    for (unit, _name, _role), row in fresh:
        if row.until:
            _tell_unknown(
                found, row, (o for o in owners[unit] if (unit, o[1].person) not in named), columns
            )
            continue
        others = [(name, one) for name, one in there[unit] if name != row.name]
        away = (name for name, one in others if (unit, one.person) not in named and _same(row, one))
        owner = next((name for name, _one in owners[unit] if name != row.name), "")
        if before := next(away, ""):
            words = _(
                "这一户登记的「{name}」是同一个电话，可能是改名。这个名字会另外加上；"
                "「{name}」不在了的，请给他另写一行，填迁出日期。"
            ).format(name=before)
            found.told.append(remark(columns, row, "name", row.name, words))
        elif row.assumed and owner:
            words = _(
                "这一户已有业主「{name}」，表里没有写身份，这个人也会记为业主。"
                "不是业主的，请加「身份」一列写明。"
            ).format(name=owner)
            found.told.append(remark(columns, row, "name", row.name, words))


def _tell_unknown(
    found: Comparison, row: Any, owners: Iterable[tuple[str, Known]], columns: Columns
) -> None:
    """Of whoever has gone, and was never written down, where somebody else still owns the home."""
    if name := next((name for name, _one in owners if name != row.name), ""):
        words = _(
            "这一户没有登记过这位业主，只记为已迁出；登记的业主是「{name}」，没有改。"
            "「{name}」不在了的，请给他另写一行，填迁出日期。"
        ).format(name=name)
        column = "former" if "former" in columns else "name"
        found.told.append(remark(columns, row, column, row.name, words))


def _same(row: Any, one: Known) -> bool:
    return bool(row.phone) and one.phone == row.phone
