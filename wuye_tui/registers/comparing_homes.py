"""Who lives in a home already, beside somebody new: the same person renamed, most likely?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from wuye_tui.registers.comparisons import Columns, Comparison, remark
from wuye_tui.registers.pairing import Known
from wuye_tui.words import _

Place = tuple[str, str, str]
"""Unit id, name, role."""
Taken = tuple[Place, Any, Known | None]
"""A row, where it belongs, and whom of the register it is about."""


def tell_neighbours(
    found: Comparison, pairs: Iterable[Taken], known: Mapping[Place, list[Known]], columns: Columns
) -> None:
    """Tells of somebody new whose telephone somebody of the same home has, whom the file does not
    name: 余子涵 may be 余晓燕 now. Both stay; only the office knows.
    """
    pairs = list(pairs)
    fresh = [(place, row) for place, row, one in pairs if one is None and not row.until]
    if not fresh or not known:
        return
    named = {(place[0], one.person) for place, _row, one in pairs if one is not None}
    homes = {place[0] for place, _row in fresh}
    there: dict[str, list[tuple[str, Known]]] = defaultdict(list)
    for (unit, name, _role), several in known.items():
        if unit in homes:
            there[unit] += [(name, one) for one in several if one.until is None]
    for (unit, _name, _role), row in fresh:
        before = next(
            (
                name
                for name, one in there[unit]
                if row.phone and one.phone == row.phone
                and name != row.name and (unit, one.person) not in named
            ),
            "",
        )  # fmt: skip
        if before:
            words = _(
                "这一户登记的「{name}」是同一个电话，可能是改名。这个名字会另外加上；"
                "「{name}」不在了的，请给他另写一行，填迁出日期。"
            ).format(name=before)
            found.told.append(remark(columns, row, "name", row.name, words))
