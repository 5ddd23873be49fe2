"""Published rosters are the duties: who is planned for one, and for the next (KF-5, ZB-3.6).

An office that publishes no roster goes on as before: nobody is planned for anything.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.duty_rows import UnknownPost
from wuye_tui.registers.duty_rows import planned as planned_duty
from wuye_tui.registers.source import Source
from wuye_tui.rules.errors import BadFile
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.rosters import Cell, RosterKind


def planned(desk: Desk, post: str, name: str, day: date) -> tuple[str, ...]:
    """The staff numbers of whoever the published roster has on a duty that begins on this day;
    nobody where it plans nothing.
    """
    with desk.read() as session:
        return Planner(session, Source.of(desk)).on(post, name, day)


def kind_of_interest(desk: Desk, month: Month) -> str:
    """The code of the published roster that whoever is at the desk has a shift in that month, of
    any that is published where there is none, "" where nothing is.
    """
    who = desk.actor().number
    with desk.read() as session:
        published = rows.of_month(session, desk.site, month)
        here = [code for code in desk.reference.rosters if code in published]
        for code in here:
            cells = rows.cells_of(session, desk.site, published[code].roster)
            if any(cell.staff == who for cell in cells):
                return code
    return next(iter(here), "")


class Planner:
    """Asks the rosters of one session, each of them once."""

    def __init__(self, session: Session, source: Source) -> None:
        self._session, self._source = session, source
        self._months: dict[Month, Mapping[str, rows.Version]] = {}
        self._cells: dict[tuple[str, date], list[Cell]] = {}

    def on(self, post: str, name: str, day: date) -> tuple[str, ...]:
        """Whoever is planned for a duty that begins on this day."""
        found: dict[str, None] = {}
        for code, version in self._published(month_of(day)).items():
            kind = rules_of(self._source, code)
            if kind is None or kind.duty_post != post:
                continue
            for cell in self._of(version.roster, day):
                if name in kind.duty_names.get(cell.shift, ()):
                    found[cell.staff] = None
        return tuple(found)

    def at(self, post: str, moment: datetime) -> tuple[str, ...]:
        """Whoever is planned for the duty that a post has at a moment."""
        reference = self._source.reference
        try:
            plan, starts, _ends = planned_duty(reference, reference.calendar, post, moment)
        except UnknownPost:
            return ()
        return self.on(post, plan.name, reference.calendar.day_of(starts))

    def _published(self, month: Month) -> Mapping[str, rows.Version]:
        if month not in self._months:
            self._months[month] = rows.of_month(self._session, self._source.site, month)
        return self._months[month]

    def _of(self, roster: str, day: date) -> list[Cell]:
        if (roster, day) not in self._cells:
            cells = rows.cells_of(self._session, self._source.site, roster, day)
            self._cells[roster, day] = cells
        return self._cells[roster, day]


def rules_of(source: Source, code: str) -> RosterKind | None:
    """A kind's rules; None where the office has them no more, or has written something wrong: its
    desk goes on all the same.
    """
    with suppress(BadFile):
        return source.reference.rosters.get(code)
    return None
