"""Rosters looked at again: every cell belongs to a roster of its month, no version is missing, and
the words of swaps and leave are those that were sealed.
"""

from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select

from wuye_tui.registers.checking_acts import Acts
from wuye_tui.registers.checking_findings import Findings
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import LeaveRow, Roster, RosterCell, RosterSwap, RosterVersion
from wuye_tui.words import _

_roster, _cell, _version, _swap = (
    table_of(kind) for kind in (Roster, RosterCell, RosterVersion, RosterSwap)
)
_leave = table_of(LeaveRow).c
_SITE: BindParameter[str] = bindparam("site")
_ROSTERS = select(_roster).where(_roster.c.site == _SITE)
_CELLS = select(_cell).where(_cell.c.site == _SITE)
_VERSIONS = (
    select(_version)
    .where(_version.c.site == _SITE)
    .order_by(_version.c.kind, _version.c.month, _version.c.version)
)
_SWAPS = select(_swap).where(_swap.c.site == _SITE)
_LEAVES = select(_leave.number, _leave.seal).where(_leave.site == _SITE, _leave.seal != "")


def check_rosters(connection: Connection, site: str, acts: Acts, findings: Findings) -> None:
    """All of it; takes down every row for its act, and the seals of its words."""
    asked = {"site": site}
    rosters = {row["number"]: dict(row) for row in connection.execute(_ROSTERS, asked).mappings()}
    for of in rosters.values():
        acts.row("roster", of)
    odd = set[str]()
    for row in connection.execute(_CELLS, asked).mappings():
        whose = rosters.get(row["roster"])
        acts.row("roster_cell", dict(row), whose["act"] if whose else "?")
        if whose is None or f"{row['day']:%Y-%m}" != whose["month"]:
            odd.add(row["roster"])
    odd |= _check_versions(connection, asked, rosters, acts)
    for row in connection.execute(_SWAPS, asked).mappings():
        acts.row("roster_swap", dict(row))
        acts.looked[row["number"], 0] = row["seal"]
        if row["roster"] not in rosters:
            odd.add(row["number"])
    for number, seal in connection.execute(_LEAVES, asked):
        acts.looked[number, 0] = seal
    for number in sorted(odd):
        findings.add(_("排班 {number} 和它的班次、版本对不上。").format(number=number))
    findings.count("rosters", len(rosters))


def _check_versions(
    connection: Connection, asked: dict[str, str], rosters: dict[str, Any], acts: Acts
) -> set[str]:
    """The rosters of versions that skip one, or that are of another kind or month."""
    odd, last = set[str](), dict[tuple[str, str], int]()
    for row in connection.execute(_VERSIONS, asked).mappings():
        acts.row("roster_version", dict(row))
        of, of_month = rosters.get(row["roster"]), (row["kind"], row["month"])
        fits = of is not None and (of["kind"], of["month"]) == of_month
        if not fits or row["version"] != last.get(of_month, 0) + 1:
            odd.add(row["roster"])
        last[of_month] = row["version"]
    return odd
