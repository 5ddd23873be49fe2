"""Somebody cannot come (ZB-4.4): the leave is written down, and of every roster that it leaves a
gap in the smallest change that mends it is published at once.

The solver works outside the act; the act makes sure that nothing was published meanwhile.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from wuye_tui.desk import Desk
from wuye_tui.registers import leaves, rosters
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.rosters_asked import asked_in, kind_named
from wuye_tui.registers.source import Source
from wuye_tui.rules.calendar import ONE_DAY
from wuye_tui.rules.errors import DeskError, Refused
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_refusals import LeaveTurned, NoRosterYet, NotTheirs
from wuye_tui.rules.rosters import Asked, Cell, Drawn, Leave, RosterKind
from wuye_tui.store.acts import Act, Result

if TYPE_CHECKING:
    from wuye_tui.rostering.mending import StandIn

SECONDS: Final = 10.0
"""So long a mend is looked for, a roster."""


@dataclass(frozen=True)
class _Mended:
    """The roster of a month without whoever is absent, and the version it was drawn up from."""

    kind: RosterKind
    month: Month
    base: int
    drawn: Drawn
    partly: bool = False  # places stay empty


def absent(
    desk: Desk,
    staff: str,
    begins: date,
    ends: date,
    why: str,
    seconds: float = SECONDS,
    key: str = "",
) -> Result:
    """Writes the leave down, where nobody has, and mends whatever is published in those days.

    What cannot be mended is told under `open` with the sentence that says why: the leave stands all
    the same, and of what is mended in part `gaps` are the places that stay empty. Raises
    NotAllowed, LeaveTurned, LeaveOverlaps and WhyNotSaid.
    """  # fmt: skip
    with desk.read() as session:
        number = Registry(session, desk.site).on_roster(staff)
    if ends < begins:
        raise LeaveTurned(begins, ends)
    mended, unmended = _mended(desk, Leave(number, begins, ends), seconds)

    def work(act: Act) -> Result:
        first = leaves.days_left(act, number, begins, ends)
        done = leaves.told(act, number, begins, ends) or leaves.leave(act, number, first, ends, why)
        made, open_ = [], list(unmended)
        for one in mended:
            asked = asked_in(act.session, Source.of(act), one.kind, one.month)
            try:
                new = rosters.publish_anew(
                    act, asked, one.drawn, rosters.MENDED, one.base, one.partly
                )
            except Refused as refused:  # somebody was quicker, or a shift has begun meanwhile
                open_.append(_unmended(one.kind, one.month, refused))
            else:
                gaps = _gaps(asked, one.drawn) if one.partly else []
                made.append({**new, **_changes(asked.published, one.drawn), "gaps": gaps})
        return {**done, "mended": made, "open": open_}

    return desk.perform("rosters.absent", work, key)


def stand_ins(desk: Desk, kind: RosterKind, duty: Cell) -> "list[StandIn]":
    """Who could take a published duty over, best first, and why or why not."""
    from wuye_tui.rostering import mending

    asked = rosters.asked(desk, kind, month_of(duty.day))
    return mending.stand_ins(asked, duty)


def duty_of(desk: Desk, kind: RosterKind, day: date, shift: str, staff: str = "") -> Cell:
    """A published duty: of whoever is named, or the only one, or a place that is empty. Raises
    NoRosterYet and NotTheirs.
    """
    with desk.read() as session:
        version = rows.latest(session, desk.site, kind.code, month_of(day))
        if version is None:
            raise NoRosterYet(kind.word, month_of(day))
        cells = rows.cells_of(session, desk.site, version.roster, day)
        number = Registry(session, desk.site).on_roster(staff) if staff else ""
    found = [one for one in cells if one.shift == shift and number in ("", one.staff)]
    if not found and not number:
        found = _empty(desk, kind, day, shift)
    if not found:
        raise NotTheirs(number, day, kind.shift(shift).word)
    return found[0]


def _empty(desk: Desk, kind: RosterKind, day: date, shift: str) -> list[Cell]:
    """The places of a shift that nobody has, as cells of nobody."""
    asked = rosters.asked(desk, kind, month_of(day))
    needed = Counter[str]()
    for need, heads in kind.heads(day, asked.is_holiday(day)):
        needed[need.post] += heads * (need.shift == shift)
    held = Counter(one.post for one in asked.published if (one.day, one.shift) == (day, shift))
    return [Cell(day, shift, post, "") for post in sorted((needed - held).elements())]


def _mended(desk: Desk, leave: Leave, seconds: float) -> tuple[list[_Mended], list[dict[str, Any]]]:
    """Every roster that has somebody in it on days that they are away, drawn up without them; and
    those of which none can be, with the sentence that says why.
    """
    made, open_ = list[_Mended](), list[dict[str, Any]]()
    for hit in _hit(desk, leave):
        from wuye_tui.rostering import mending
        from wuye_tui.rostering.explaining import NoRoster

        kind, month, asked = hit.kind, hit.asked.month, hit.asked
        for earlier in made:
            if (earlier.kind, earlier.month) == (kind, month.before):
                asked = replace(asked, before=earlier.drawn.cells)
        others = rosters.others(desk, kind)
        try:
            drawn = mending.mend(asked, leave, seconds, others=others, since=hit.since)
        except DeskError as refused:  # the solver may be missing, and the absence is a fact
            open_.append(_unmended(kind, month, refused))
            if isinstance(refused, NoRoster):
                with suppress(DeskError):
                    drawn = mending.mend_partly(asked, leave, seconds, since=hit.since)
                    made.append(_Mended(kind, month, hit.base, drawn, partly=True))
        else:
            made.append(_Mended(kind, month, hit.base, drawn))
    return made, open_


def _unmended(kind: RosterKind, month: Month, why: DeskError) -> dict[str, Any]:
    return {"kind": kind.code, "month": str(month), "why": why.line}


@dataclass(frozen=True)
class _Hit:
    """A published month with shifts of whoever is absent, the first of them on `since`."""

    kind: RosterKind
    base: int
    asked: Asked
    since: date


def _hit(desk: Desk, leave: Leave) -> list[_Hit]:
    """By kind and month; a shift that is over by now stays as it was."""
    calendar, now = desk.calendar, desk.now()
    found = list[_Hit]()
    with desk.read() as session:
        begins = max(leave.begins, calendar.day_of(now))
        every = leaves.duties_in(session, desk.site, leave.staff, begins, leave.ends)
        hit: dict[tuple[str, Month], date] = {}
        for code, cell in every:
            if not rosters.is_over(calendar, now, kind_named(desk.reference, code), cell):
                hit.setdefault((code, month_of(cell.day)), cell.day)
        for (code, month), since in sorted(hit.items()):
            version = rows.latest(session, desk.site, code, month)
            assert version is not None  # it has a cell
            kind = kind_named(desk.reference, code)
            asked = asked_in(session, Source.of(desk), kind, month)
            found.append(_Hit(kind, version.version, asked, since))
    return found


def _changes(before: Sequence[Cell], drawn: Drawn) -> dict[str, Any]:
    """What was taken off and what came in its place, for people to be told; and how many shifts are
    in other hands, of how many that have to be.
    """
    off, on = sorted(set(before) - set(drawn.cells)), sorted(set(drawn.cells) - set(before))
    return {
        "off": [_plain(one) for one in off],
        "on": [_plain(one) for one in on],
        "changes": drawn.objective,
        "least": drawn.bound,
        "notes": list(drawn.notes),
    }


def _gaps(asked: Asked, drawn: Drawn) -> list[dict[str, Any]]:
    """The places that stay empty, from the first one that may still be filled on."""
    held = Counter((one.day, one.shift, one.post) for one in drawn.cells)
    until = asked.kept_until or asked.days[0] - ONE_DAY
    needed = Counter[tuple[date, str, str]]()
    for day in asked.days:
        for need, heads in asked.kind.heads(day, asked.is_holiday(day)):
            if day > until:
                needed[day, need.shift, need.post] += heads
    return [
        {"day": day.isoformat(), "shift": shift, "post": post, "missing": many}
        for (day, shift, post), many in sorted((needed - held).items())
    ]


def _plain(cell: Cell) -> dict[str, str]:
    return {**cell._asdict(), "day": cell.day.isoformat()}
