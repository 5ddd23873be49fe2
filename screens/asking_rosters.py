"""The door of the rosters: each function is one question or one act.

Called in a thread, like everything in `asking`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from screens.asking import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.console import Colleague
    from wuye_tui.registers.swaps import Duty
    from wuye_tui.rules.months import Month
    from wuye_tui.rules.rights import Right
    from wuye_tui.rules.roster_sheets import Row, Shown
    from wuye_tui.rules.rosters import Cell, RosterKind

MOST = 200  # rosters that are looked through for a draft


@dataclass(frozen=True)
class Board:
    """One month of one kind: the version in force, for whoever draws rosters up the latest draft
    where there is none, and None where there is nothing. `draft` is one that waits beside it.
    """

    kinds: "Sequence[RosterKind]"
    kind: "RosterKind"
    month: "Month"
    today: "date"
    shown: "Shown | None"
    rows: "Sequence[Row]" = ()
    draft: str = ""


def board(desk: "Desk", kind: str, month: "Month | None") -> Board:
    """A month of a kind by its code; where nothing is said this month, or the next where only that
    is published, and the kind that whoever looks has shifts in. Raises BadFile where the office's
    rules cannot be read.
    """
    from wuye_tui.registers import rosters
    from wuye_tui.registers.rosters_planned import kind_of_interest
    from wuye_tui.rules.months import month_of
    from wuye_tui.rules.roster_refusals import NoRosterYet
    from wuye_tui.rules.roster_sheets import month_grid

    kinds = tuple(desk.reference.rosters.values())
    today = desk.calendar.day_of(desk.now())
    code = kind
    if month is None:
        this = month_of(today)
        found = ((one, kind or kind_of_interest(desk, one)) for one in (this, this.later(1)))
        month, code = next(((one, of) for one, of in found if of), (this, ""))
    code = code or kind_of_interest(desk, month)
    meant = next((one for one in kinds if one.code == code), kinds[0])
    draft = _draft(desk, meant, month)
    try:
        shown: Shown | None = rosters.shown(desk, meant, month)
    except NoRosterYet:
        shown = rosters.shown(desk, meant, month, draft) if draft else None
        draft = ""
    rows = month_grid(shown) if shown is not None else ()
    return Board(kinds, meant, month, today, shown, rows, draft)


def _draft(desk: "Desk", kind: "RosterKind", month: "Month") -> str:
    """The latest draft of a month, for whoever may publish it."""
    from wuye_tui.registers import rosters
    from wuye_tui.rules.rights import Right

    if not desk.actor().may(Right.ROSTER):
        return ""
    found = (
        one.number
        for one in rosters.list_rosters(desk, MOST)
        if (one.kind, one.month, one.state) == (kind.code, str(month), rosters.DRAFT)
    )
    return next(found, "")


@dataclass(frozen=True)
class RosterSheet(Sheet):
    """What a form about a square of the grid needs: whose shift it is, on which day."""

    kind: str = ""
    cell: "Cell | None" = None
    told: "Mapping[str, Any]" = field(default_factory=dict)
    why: "Mapping[str, str]" = field(default_factory=dict)

    @property
    def facts(self) -> "Mapping[str, Any]":
        """What is known; `text` is what the form is about, in words."""
        return self.told

    @property
    def notes(self) -> "Mapping[str, str]":
        """Why somebody can take the shift, or what stands in the way unless a day is given back."""
        return self.why

    def named(self, name: str, right: "Right | None") -> "list[Colleague]":
        """The ablest first, as they were found."""
        from wuye_tui.rules.roster_asks import OTHER

        return list(self.colleagues) if name == OTHER else super().named(name, right)

    @property
    def at_will(self) -> frozenset[str]:
        """Mostly nothing is given back."""
        from wuye_tui.rules.roster_asks import BACK

        return frozenset((BACK,))


def sheet(desk: "Desk", verb: str, kind: str, cell: "Cell") -> RosterSheet:
    """The form of a swap or an absence. For a swap whoever could take it is offered, and why."""
    from wuye_tui.registers import console
    from wuye_tui.registers.swap_takers import takers
    from wuye_tui.rules.roster_asks import ROWS, SWAP
    from wuye_tui.rules.roster_sheets import turn
    from wuye_tui.words import _

    meant, row = desk.reference.rosters[kind], ROWS[verb]
    known = {one.number: one for one in console.colleagues(desk)}
    found = takers(desk, meant, cell) if row is SWAP else []
    only_back = _("要换回一天：{why}")
    why = {
        one.person.number: one.words if one.may else only_back.format(why=one.words)
        for one in found
        if one.person.number in known
    }
    name = known[cell.staff].name if cell.staff in known else cell.staff
    parts = (f"{cell.day:%m-%d}", _(turn(meant, cell).word), cell.post, name)
    text = " ".join(filter(None, (_(meant.word), *parts)))
    told = {"text": text, "day": cell.day.isoformat()}
    people = tuple(known[number] for number in why)
    return RosterSheet(None, row, people, (), kind=kind, cell=cell, told=told, why=why)


def needs_other(desk: "Desk", kind: str) -> bool:
    """Whether the other of a swap has to prove that they agree (ZB-4.4)."""
    from wuye_tui.registers import swaps

    return swaps.needs_other(desk, desk.reference.rosters[kind])


def swap(
    desk: "Desk", about: RosterSheet, given: "Mapping[str, Any]", proven: str, key: str
) -> "Result":
    """A swap, told before the shift begins. Raises what the register refuses."""
    from wuye_tui.registers import swaps

    kind, cell = desk.reference.rosters[about.kind], about.cell
    assert cell is not None
    other, typed = str(given["other"]), str(given.get("back", ""))
    back = _back(desk, kind, other, typed, cell.day) if typed else None
    duty = swaps.Duty(cell.day, cell.shift)
    people, why = (cell.staff, other), str(given.get("why", ""))
    proofs = (proven,) if proven else ()
    return desk.perform(
        "rosters.swap", lambda act: swaps.swap(act, kind, duty, *people, why, back, proofs), key
    )


def _back(desk: "Desk", kind: "RosterKind", other: str, typed: str, near: "date") -> "Duty":
    """What the other has on the day that was typed; a day without a year is in the same one. Raises
    UnreadableDay, NotTheirs.
    """
    from wuye_tui.registers import rosters, swaps
    from wuye_tui.rules.months import month_of
    from wuye_tui.rules.roster_asks import read_day
    from wuye_tui.rules.roster_refusals import NotTheirs
    from wuye_tui.words import _

    day = read_day(typed, near)
    shown = rosters.shown(desk, kind, month_of(day))
    found = next((one for one in shown.cells if (one.staff, one.day) == (other, day)), None)
    if found is None:
        name = next((one.name for one in shown.people if one.number == other), other)
        raise NotTheirs(name, day, _(kind.word))
    return swaps.Duty(day, found.shift)


def absent(desk: "Desk", about: RosterSheet, given: "Mapping[str, Any]", key: str) -> "Result":
    """Somebody cannot come; the smallest change that mends the roster is published at once. Raises
    what the register refuses.
    """
    from wuye_tui.registers import absences
    from wuye_tui.rules.roster_asks import read_day

    assert about.cell is not None
    staff, near = about.cell.staff, about.cell.day
    begins, ends = (read_day(str(given[name]), near) for name in ("begins", "ends"))
    return absences.absent(desk, staff, begins, ends, str(given.get("why", "")), key=key)
