"""Lines that ring, and missed calls until somebody has called back (KF-16).

`ring` is for a telephone system, once a call or once a ring: the same number that still rings is
the same call. `tick` gives up a line that nobody has heard for a while.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import finding, matters, records
from wuye_tui.registers.contacts import MISSED, Heard
from wuye_tui.rules import phones
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.rules.ringing import RINGING, SILENT, rings
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Matter, Private, StepRow
from wuye_tui.words import _

RINGS = "ringing"
_matter, _private, _step = (table_of(kind).c for kind in (Matter, Private, StepRow))
_LINES = (
    select(
        _matter.number,
        _matter.state,
        _matter.opened,
        _matter.unit,
        _matter.last,
        _private.name,
        _private.phone,
        _step.recorded,
    )
    .join_from(
        table_of(Matter),
        table_of(Private),
        (_private.site == _matter.site) & (_private.owner == _matter.id) & (_private.n == 0),
        isouter=True,
    )
    .join(
        table_of(StepRow),
        (_step.site == _matter.site) & (_step.matter == _matter.id) & (_step.n == _matter.last),
    )
    .where(
        _matter.site == bindparam("site"), _matter.kind == RINGING.kind, _matter.closed.is_(None)
    )
    .order_by(_matter.opened)
)


class NothingRings(NotFound):
    """The line was answered, or has not been heard of."""

    def __init__(self) -> None:
        super().__init__(_("这个号码现在没有在响，可能已经接听或挂断。"))


@dataclass(frozen=True)
class Line:
    """A line that rings, or a call that was missed; the phone in full, for whoever calls back."""

    number: str
    state: str
    rang: datetime
    unit: str
    name: str
    phone: str
    rings: int

    @property
    def is_ringing(self) -> bool:
        """Whether somebody still waits for an answer."""
        return self.state == RINGS

    def heard(self, now: datetime) -> int:
        """How often it has rung by now; told by the clock alone, without another question."""
        if not self.is_ringing:
            return self.rings
        return rings(self.rings, (now - self.rang).total_seconds())


def open_lines(desk: Desk) -> tuple[Line, ...]:
    """What rings now and what was missed, oldest first."""
    now = desk.now()
    with desk.read() as session:
        rows = _rows(session.connection(), desk.site)
    return tuple(_line(row, now) for row in rows)


def _rows(connection: Connection, site: str) -> list[Any]:
    return list(connection.execute(_LINES, {"site": site}).all())


def _line(row: Any, now: datetime) -> Line:
    until = now if row.state == RINGS else row.recorded
    heard = rings(row.last if row.state == RINGS else 1, (until - row.opened).total_seconds())
    return Line(row.number, row.state, row.opened, row.unit, row.name or "", row.phone or "", heard)


def ring(act: Act, phone: str) -> Result:
    """A line rings; a second ring of the same number is counted on the same line.

    Whose number it is, is looked up. An empty `phone` is a caller who hides theirs.
    """
    typed = phones.given(phone)
    for row in _rows(act.session.connection(), act.site):
        if row.state == RINGS and (row.phone or "") == typed:
            return matters.take(act, row.number, "again", auto=True)
    whose = _whose(act, typed)
    return matters.start(act, RINGING.kind, auto=True, origin="ring", phone=typed, **whose)


def hang_up(act: Act, phone: str) -> Result:
    """The caller has given up; NothingRings when no line of this number rings any more."""
    typed = phones.given(phone)
    for row in _rows(act.session.connection(), act.site):
        if row.state == RINGS and (row.phone or "") == typed:
            return matters.take(act, row.number, "release", auto=True)
    raise NothingRings


def _whose(act: Act, phone: str) -> dict[str, Any]:
    """The name and unit that a number belongs to, if it is one person's."""
    if not phone:
        return {}
    found = finding.Search(act.session, act.site, phone, 2).found()
    exact = [one for one in found if one.phone == phone]
    exact = [one for one in exact if one.unit] or exact  # somebody who is back, and their old stay
    if len({one.person for one in exact}) != 1:
        return {}
    return {"caller": exact[0].name, "unit": exact[0].unit}


def answer(act: Act, number: str) -> Result:
    """Takes a ringing line; calls of the same person that were missed before are settled by it."""
    rows = _rows(act.session.connection(), act.site)
    result = matters.take(act, number, "answer")
    phone = next((row.phone for row in rows if row.number == result["number"]), "")
    for row in rows:
        if phone and row.state == MISSED and row.phone == phone:
            matters.take(act, row.number, "call_back", note=_("对方又打来，已接听"))
    return result


def heard(act: Act, number: str) -> Heard:
    """What is known of a line that rang, for the call that was taken on it; nothing of none."""
    if not number:
        return {}
    standing = records.load(act, number)
    first, last = standing.steps[0], standing.steps[-1]
    counted = int(standing.situation.facts.get("rings", 0))
    waited = (last.happened - first.happened).total_seconds()
    return {"rang": first.happened, "rings": rings(counted, waited), "answered": last.happened}


def give_up_silent(desk: Desk) -> list[str]:
    """Releases the lines that nobody has heard ringing for a while; returns their numbers."""
    long_ago = desk.now() - timedelta(seconds=SILENT)
    with desk.read() as session:
        rows = _rows(session.connection(), desk.site)
    silent = [row.number for row in rows if row.state == RINGS and row.recorded < long_ago]
    return [number for number in silent if _given_up(desk, number)]


def _given_up(desk: Desk, number: str) -> bool:
    """Whether it was this tick that gave it up, and nobody answered or released it meanwhile."""
    try:
        desk.perform("tick.release", lambda act: matters.take(act, number, "release"), system=True)
    except Refused:
        return False
    return True
