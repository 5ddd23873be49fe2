"""Who lives in a home already, beside somebody new: renamed, or a second owner by mistake?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from wuye_tui.registers.comparisons import Columns, Comparison, remark
from wuye_tui.registers.pairing import Known
from wuye_tui.rules.errors import DeskError
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
        super().__init__(
            _(
                "房号表里还没有 {building} 栋的任何房号。请先导入这一栋的房号表，或改正楼栋。"
            ).format(building=building)
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


def renewing(known: Mapping[Place, list[Known]], place: Place, assumed: bool) -> Place:
    """Where the person is whose telephone is new; `assumed`: in whichever role.

    Raises NobodyThere.
    """
    unit, name, role = place
    for each in dict.fromkeys((role, *(_ROLES if assumed else ()))):
        if any(one.until is None for one in known.get((unit, name, each), ())):
            return unit, name, each
    raise NobodyThere


def tell_neighbours(
    found: Comparison, pairs: Iterable[Taken], known: Mapping[Place, list[Known]], columns: Columns
) -> None:
    """Tells of somebody new whose telephone somebody of the same home has, whom the file does not
    name: 余子涵 may be 余晓燕 now. Both stay; only the office knows. Tells, too, of whoever becomes
    an owner beside another only because the file does not say what they are.
    """
    pairs = list(pairs)
    fresh = [(place, row) for place, row, one in pairs if one is None and not row.until]
    if not fresh or not known:
        return
    named = {(place[0], one.person) for place, _row, one in pairs if one is not None}
    homes = {place[0] for place, _row in fresh}
    there: dict[str, list[tuple[str, Known]]] = defaultdict(list)
    owners: dict[str, list[str]] = defaultdict(list)
    for (unit, name, role), several in known.items():
        if unit in homes:
            now = [(name, one) for one in several if one.until is None]
            there[unit] += now
            owners[unit] += [name for _one in now[:1] if role == OWNER]
    for (unit, _name, _role), row in fresh:
        others = [(name, one) for name, one in there[unit] if name != row.name]
        away = (name for name, one in others if (unit, one.person) not in named and _same(row, one))
        owner = next((name for name in owners[unit] if name != row.name), "")
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


def _same(row: Any, one: Known) -> bool:
    return bool(row.phone) and one.phone == row.phone
