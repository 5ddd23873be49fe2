"""Who may draw up rosters and hear of leave: Administration and managers for everybody (ZB-3.6,
ZB-4.4), supervisors for their own department.
"""

from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers.rosters_asked import members
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.rights import Actor, Right
from wuye_tui.rules.roster_refusals import TOLD
from wuye_tui.rules.rosters import RosterKind
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Staff

_LEADS: Final = "ABC"  # supervisors and above (HR-5.1)
_staff = table_of(Staff).c
_PLACED = select(_staff.department, _staff.level).where(
    _staff.site == bindparam("site"), _staff.number == bindparam("number")
)


def require_roster(act: Act, kind: RosterKind, doing: str) -> None:
    """Raises NotAllowed unless whoever acts may draw up this kind's roster."""
    if not may_roster(act.session, act.site, act.by, kind):
        raise NotAllowed(act.by.name, doing, Right.ROSTER, kind.clause)


def admit(desk: Desk, kind: RosterKind, doing: str) -> None:
    """The same for whoever is at the desk, before anything is begun that takes a while."""
    who = desk.actor()
    with desk.read() as session:
        if not may_roster(session, desk.site, who, kind):
            raise NotAllowed(who.name, doing, Right.ROSTER, kind.clause)


def may_roster(session: Session, site: str, who: Actor, kind: RosterKind) -> bool:
    """Administration and managers may all; a supervisor that of whom they lead alone."""
    if who.may(Right.ROSTER):
        return True
    leads = _led_by(session, site, who.number)
    theirs = {row.department for row in members(session, site, kind)}
    return bool(leads) and theirs == {leads}


def require_for(act: Act, staff: str, doing: str) -> None:
    """Raises NotAllowed unless whoever acts speaks for themselves, leads them, or may for all."""
    if act.by.number == staff or act.by.may(Right.ROSTER):
        return
    leads = _led_by(act.session, act.site, act.by.number)
    placed = _place(act.session, act.site, staff)[0]
    if not leads or leads != placed:
        raise NotAllowed(act.by.name, doing, Right.ROSTER, TOLD)


def _led_by(session: Session, site: str, number: str) -> str:
    """The department that somebody leads; "" for none."""
    department, level = _place(session, site, number)
    return department if level and level in _LEADS else ""


def _place(session: Session, site: str, number: str) -> tuple[str, str]:
    asked = {"site": site, "number": number}
    row = session.connection().execute(_PLACED, asked).one_or_none()
    return (str(row.department), str(row.level)) if row else ("", "")
