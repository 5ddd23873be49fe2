"""The rows of rosters: which version of a month is in force, and the cells that it has."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_refusals import UnknownRoster
from wuye_tui.rules.rosters import Cell
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Roster, RosterCell, RosterVersion

_roster, _cell, _version = (table_of(kind).c for kind in (Roster, RosterCell, RosterVersion))
_VERSIONS = (
    select(_version.version, _version.roster, _version.at)
    .where(
        _version.site == bindparam("site"),
        _version.kind == bindparam("kind"),
        _version.month == bindparam("month"),
    )
    .order_by(_version.version.desc())
)
_LATEST = _VERSIONS.limit(1)
_THEN = _VERSIONS.where(_version.at <= bindparam("then")).limit(1)
_OF_ROSTER = select(_version.version, _version.at).where(
    _version.site == bindparam("site"), _version.roster == bindparam("roster")
)
_CELLS = (
    select(_cell.day, _cell.shift, _cell.post, _cell.staff)
    .where(_cell.site == bindparam("site"), _cell.roster == bindparam("roster"))
    .order_by(_cell.day, _cell.shift, _cell.post, _cell.staff)
)
_CELLS_OF_DAYS = _CELLS.where(_cell.day >= bindparam("first"), _cell.day <= bindparam("last"))
_EARLIER = _VERSIONS.where(_version.version <= bindparam("version"))
_ONE = select(table_of(Roster)).where(
    _roster.site == bindparam("site"), _roster.number == bindparam("number")
)
_LISTED = (
    select(table_of(Roster), _version.version, _version.at.label("published"))
    .join_from(
        table_of(Roster),
        table_of(RosterVersion),
        (_version.site == _roster.site) & (_version.roster == _roster.number),
        isouter=True,
    )
    .where(_roster.site == bindparam("site"))
    .order_by(_roster.month.desc(), _roster.kind, _roster.at.desc(), _roster.number.desc())
    .limit(bindparam("limit"))
)
_OF_MONTH = (
    select(_version.kind, _version.version, _version.roster, _version.at)
    .where(_version.site == bindparam("site"), _version.month == bindparam("month"))
    .order_by(_version.kind, _version.version)
)

_MONTHS = select(_version.month).where(_version.site == bindparam("site")).distinct()


class Version(NamedTuple):
    """One publishing of a month: which roster, and from when on it is in force."""

    version: int
    roster: str
    at: datetime


def latest(session: Session, site: str, kind: str, month: Month) -> Version | None:
    """The version of a month in force; None where nothing is published."""
    asked = {"site": site, "kind": kind, "month": str(month)}
    row = session.connection().execute(_LATEST, asked).one_or_none()
    return Version(*row) if row else None


def in_force(
    session: Session, site: str, kind: str, month: Month, then: datetime
) -> Version | None:
    """The version of a month that was in force at a moment."""
    asked = {"site": site, "kind": kind, "month": str(month), "then": then}
    row = session.connection().execute(_THEN, asked).one_or_none()
    return Version(*row) if row else None


def of_month(session: Session, site: str, month: Month) -> dict[str, Version]:
    """The versions in force of every kind of a month."""
    rows = session.connection().execute(_OF_MONTH, {"site": site, "month": str(month)})
    return {row.kind: Version(row.version, row.roster, row.at) for row in rows}


def months(session: Session, site: str) -> list[Month]:
    """Every month of which something is published, in their order."""
    found = session.connection().execute(_MONTHS, {"site": site}).scalars()
    return sorted(month_of(date.fromisoformat(f"{one}-01")) for one in found)


def cells_of(
    session: Session, site: str, roster: str, first: date | None = None, last: date | None = None
) -> list[Cell]:
    """The cells of a roster in their order; of some days only where `first` says so."""
    asked: dict[str, Any] = {"site": site, "roster": roster}
    question = _CELLS
    if first is not None:
        question, asked = _CELLS_OF_DAYS, {**asked, "first": first, "last": last or first}
    return [Cell(*row) for row in session.connection().execute(question, asked)]


def cells_upto(session: Session, site: str, kind: str, month: Month, version: int) -> set[Cell]:
    """Every cell that one of the versions of a month up to this one has."""
    asked = {"site": site, "kind": kind, "month": str(month), "version": version}
    found = session.connection().execute(_EARLIER, asked).all()
    return {cell for row in found for cell in cells_of(session, site, row.roster)}


def roster_row(session: Session, site: str, typed: str) -> Any:
    """A roster by its number. Raises UnknownRoster."""
    number = typed.strip().upper()
    found = session.connection().execute(_ONE, {"site": site, "number": number}).one_or_none()
    if found is None:
        raise UnknownRoster(typed)
    return found


def version_of(session: Session, site: str, roster: str) -> Any:
    """The version that a roster was published as; None for a draft."""
    asked = {"site": site, "roster": roster}
    return session.connection().execute(_OF_ROSTER, asked).one_or_none()


def listed(session: Session, site: str, limit: int) -> Sequence[Any]:
    """The latest rosters, drafts and versions, by month."""
    return session.connection().execute(_LISTED, {"site": site, "limit": limit}).all()


def write(act: Act, columns: dict[str, Any], cells: Sequence[Cell]) -> None:
    """Writes a roster with its cells."""
    act.insert(Roster, {"act": act.key, "at": act.now, "by": act.by.number, **columns})
    rows = [{**cell._asdict(), "roster": columns["number"]} for cell in sorted(set(cells))]
    act.insert(RosterCell, *rows)


def publish(act: Act, number: str, kind: str, month: Month, version: int) -> None:
    """Makes a roster the version of its month that is in force from now on."""
    act.insert(
        RosterVersion,
        {
            "kind": kind,
            "month": str(month),
            "version": version,
            "roster": number,
            "act": act.key,
            "at": act.now,
            "by": act.by.number,
        },
    )
