"""Rosters: kept as drafts, published as versions of their month, seen by everybody (ZB-3.6, KF-5).

A version is never changed: a swap or an absence makes the next one. What is past stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers.duty_rows import ONE_AT_A_TIME
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.roster_rights import require_roster
from wuye_tui.registers.rosters_asked import asked as asked
from wuye_tui.registers.rosters_asked import asked_in
from wuye_tui.registers.rosters_asked import everybody as everybody
from wuye_tui.registers.rosters_asked import kind_named as kind_named
from wuye_tui.registers.rosters_asked import left as left
from wuye_tui.registers.rosters_asked import others as others
from wuye_tui.registers.source import Source
from wuye_tui.rules.calendar import WorkingCalendar
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_changes import changes
from wuye_tui.rules.roster_checks import Broken, check
from wuye_tui.rules.roster_refusals import (
    ROSTER,
    AlreadyPublished,
    DrawnBefore,
    HasBegun,
    MonthIsOver,
    NoRosterYet,
    NoSuchShift,
    OnlyTried,
    OtherRoster,
    RosterIsBroken,
    SwapBreaks,
)
from wuye_tui.rules.roster_sheets import Shown
from wuye_tui.rules.rosters import Asked, Cell, Drawn, RosterKind, Shift
from wuye_tui.store.acts import Act, Result
from wuye_tui.words import N_, _

DRAWN, FROM_FILE, SWAPPED, MENDED = "drawn", "file", "swap", "mended"
TRIED = "tried"  # drawn up by rules that are not the office's
BASES = {
    DRAWN: N_("生成"), FROM_FILE: N_("来自表格"), SWAPPED: N_("换班"), MENDED: N_("补缺"),
    TRIED: N_("按别的规矩试排"),
}  # fmt: skip
KEPT = "kept"  # the check's code for what is past and was changed
DRAFT, PUBLISHED, REPLACED = "draft", "published", "replaced"
STATES = {DRAFT: N_("草稿"), PUBLISHED: N_("已发布"), REPLACED: N_("已被取代")}


@dataclass(frozen=True)
class Listed:
    """One roster as a line of the list; `version` is 0 and `published` None for a draft."""

    number: str
    kind: str
    month: str
    state: str
    version: int
    basis: str
    objective: int | None
    bound: int | None
    stopped: bool
    at: datetime
    published: datetime | None
    by: str
    by_name: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number, "kind": self.kind, "month": self.month, "state": self.state,
            "version": self.version, "basis": self.basis, "objective": self.objective,
            "bound": self.bound, "stopped": self.stopped, "at": self.at,
            "published_at": self.published, "by": self.by, "by_name": self.by_name,
        }  # fmt: skip


def keep(act: Act, asked_: Asked, drawn: Drawn, basis: str = DRAWN, weighed: bool = True) -> Result:
    """Writes a roster down as a draft: nobody has to keep to it. Without `weighed` it was not drawn
    up by us, and nobody knows how good it is. By other rules than the office's it is a trial, which
    cannot be published. Raises NotAllowed.
    """
    require_roster(act, asked_.kind, _("排班"))
    if basis == DRAWN and asked_.kind != act.reference.rosters.get(asked_.kind.code):
        basis = TRIED
    version = rows.latest(act.session, act.site, asked_.kind.code, asked_.month)
    return _write(act, asked_, drawn, basis, version.version if version else 0, weighed)


def _write(
    act: Act, asked_: Asked, drawn: Drawn, basis: str, base: int, weighed: bool = True
) -> Result:
    number = act.number(ROSTER)
    columns = {
        "number": number,
        "kind": asked_.kind.code,
        "month": str(asked_.month),
        "base": base,
        "basis": basis,
        "seed": drawn.seed,
        "objective": drawn.objective if weighed else None,
        "bound": drawn.bound if weighed else None,
        "stopped": drawn.stopped,
    }
    rows.write(act, columns, drawn.cells)
    return {"number": number, "kind": asked_.kind.code, "month": str(asked_.month)}


def publish(act: Act, typed: str) -> Result:
    """Publishes a draft, as the next version of its month. Raises NotAllowed, UnknownRoster,
    AlreadyPublished, OnlyTried, DrawnBefore, MonthIsOver, HasBegun and RosterIsBroken.
    """
    act.session.execute(ONE_AT_A_TIME, {"site": act.site})
    row = rows.roster_row(act.session, act.site, typed)
    kind, month = kind_named(act.reference, row.kind), month_named(row.month)
    require_roster(act, kind, _("发布排班"))
    done = rows.version_of(act.session, act.site, row.number)
    if done is not None:
        raise AlreadyPublished(row.number, done.version)
    if row.basis == TRIED:
        raise OnlyTried(row.number, kind.code)
    version = rows.latest(act.session, act.site, kind.code, month)
    if version is not None and version.version != row.base:
        raise DrawnBefore(row.number, version.version)
    asked_ = asked_in(act.session, Source.of(act), kind, month)
    cells = rows.cells_of(act.session, act.site, row.number)
    _refuse_bygone(act, asked_, cells)
    broken = _standing(asked_, cells)
    if broken:
        raise RosterIsBroken(row.number, [one.words for one in broken], broken[0].clause)
    drawn = {"stopped": row.stopped, "objective": row.objective, "bound": row.bound}
    return {**_publish(act, row.number, asked_, cells, row.base), **drawn}


def publish_anew(
    act: Act, asked_: Asked, drawn: Drawn, basis: str, base: int, partly: bool = False
) -> Result:
    """Writes a changed roster and publishes it at once, as the version after `base`. The office is
    locked by whoever calls. What was wrong with the version before is no reason to refuse, nor with
    `partly` a place that stays empty: a hole that is seen is better than somebody who is not there.
    Raises DrawnBefore, MonthIsOver, HasBegun and RosterIsBroken, of a swap SwapBreaks.
    """
    version = rows.latest(act.session, act.site, asked_.kind.code, asked_.month)
    if (version.version if version else 0) != base:
        raise DrawnBefore(_("这份排班"), version.version if version else 0)
    cells = list(drawn.cells)
    _refuse_bygone(act, asked_, cells)
    before = set(_standing(asked_, asked_.published))
    broken = [
        one
        for one in _standing(asked_, cells)
        if one not in before and not (partly and one.rule == "heads")
    ]
    if broken and basis == SWAPPED:
        raise SwapBreaks([one.words for one in broken])
    if broken:
        raise RosterIsBroken(_("这份排班"), [one.words for one in broken], broken[0].clause)
    made = _write(act, asked_, drawn, basis, base, weighed=False)
    return _publish(act, str(made["number"]), asked_, cells, base)


def _refuse_bygone(act: Act, asked_: Asked, cells: Sequence[Cell]) -> None:
    """MonthIsOver and HasBegun: a roster cannot change what is past."""
    today = act.calendar.day_of(act.now)
    if asked_.month.last_day < today:
        raise MonthIsOver(asked_.month)
    for cell in asked_.published:
        if cell.day != today or cell in cells:
            continue
        runs = has_begun(act, asked_.kind, cell) and not asked_.is_away(cell.staff, today)
        if runs or is_over(act.calendar, act.now, asked_.kind, cell):
            raise HasBegun(cell.day, asked_.kind.shift(cell.shift).word)


def _standing(asked_: Asked, cells: Sequence[Cell]) -> list[Broken]:
    """The rules that are broken and can still be kept: nobody mends a day that is over."""
    until = asked_.kept_until
    return [
        one
        for one in check(asked_, cells)
        if until is None or one.day is None or one.day > until or one.rule == KEPT
    ]


def _publish(act: Act, number: str, asked_: Asked, cells: Sequence[Cell], base: int) -> Result:
    rows.publish(act, number, asked_.kind.code, asked_.month, base + 1)
    changed = set(cells) ^ set(asked_.published) if base else set()
    told = changes(asked_, cells).staff if base else ()
    return {
        "number": number,
        "kind": asked_.kind.code,
        "month": str(asked_.month),
        "version": base + 1,
        "changed_days": sorted({cell.day.isoformat() for cell in changed}),
        "changed_staff": list(told),
    }


def has_begun(act: Act, kind: RosterKind, cell: Cell) -> bool:
    """Whether a shift runs already, or is over."""
    begins = kind.shift(cell.shift).span(cell.day)[0]
    return act.calendar.moment(begins.date(), begins.time()) <= act.now


def is_over(calendar: WorkingCalendar, now: datetime, kind: RosterKind, cell: Cell) -> bool:
    """Whether a shift is over."""
    ends = kind.shift(cell.shift).span(cell.day)[1]
    return calendar.moment(ends.date(), ends.time()) <= now


def shift_named(kind: RosterKind, typed: str) -> Shift:
    """A shift of a kind by its code or word. Raises NoSuchShift."""
    asked_ = typed.strip()
    for one in kind.shifts:
        if asked_ in (one.code, one.word, _(one.word)):
            return one
    raise NoSuchShift(typed, kind.shifts)


def month_named(text: str) -> Month:
    """A stored month."""
    return month_of(date.fromisoformat(f"{text}-01"))


def list_rosters(desk: Desk, limit: int = 50) -> list[Listed]:
    """Drafts and versions, the latest month first."""
    with desk.read() as session:
        found = rows.listed(session, desk.site, limit)
        names = staff_names(session, desk.site)
        months = {one.month for one in found}
        newest = {
            (month, kind): version.version
            for month in months
            for kind, version in rows.of_month(session, desk.site, month_named(month)).items()
        }
    return [
        Listed(
            one.number, one.kind, one.month, _state(one.version, newest.get((one.month, one.kind))),
            one.version or 0, one.basis, one.objective, one.bound, one.stopped, one.at,
            one.published, one.by, names.get(one.by, one.by),
        )
        for one in found
    ]  # fmt: skip


def _state(version: int | None, newest: int | None) -> str:
    if version is None:
        return DRAFT
    return PUBLISHED if version == newest else REPLACED


def shown(desk: Desk, kind: RosterKind, month: Month, number: str = "") -> Shown:
    """The version of a month in force as it is shown; with `number` that roster of the
    kind, a draft too and of any month. Raises NoRosterYet, UnknownRoster and OtherRoster.
    """
    with desk.read() as session:
        site = desk.site
        if number:
            row = rows.roster_row(session, site, number)
            if row.kind != kind.code:
                other = kind_named(desk.reference, row.kind)
                raise OtherRoster(row.number, other.word, month_named(row.month))
            month = month_named(row.month)
            done = rows.version_of(session, site, row.number)
            version = rows.Version(done.version if done else 0, row.number, done and done.at)
            earlier = row.base
        else:
            found = rows.latest(session, site, kind.code, month)
            if found is None:
                raise NoRosterYet(kind.word, month)
            version, earlier = found, found.version - 1
            row = rows.roster_row(session, site, version.roster)
        cells = rows.cells_of(session, site, version.roster)
        gone = rows.cells_upto(session, site, kind.code, month, earlier)
        asked_ = asked_in(session, Source.of(desk), kind, month)
    planned = {cell.staff for cell in cells}
    return Shown(
        kind,
        month,
        [one for one in asked_.people if not one.stand_in or one.number in planned],
        asked_.days,
        cells,
        version.version,
        version.roster,
        version.at,
        asked_.holidays,
        asked_.working,
        desk.office.name,
        sorted(gone - set(cells)),
        asked_.away,
        stopped=row.stopped,
    )


def kind_of(desk: Desk, number: str) -> RosterKind:
    """The kind of a roster by its number. Raises UnknownRoster."""
    with desk.read() as session:
        return kind_named(desk.reference, rows.roster_row(session, desk.site, number).kind)


def checked(desk: Desk, kind: RosterKind, month: Month, cells: Sequence[Cell]) -> list[Broken]:
    """What is wrong with a roster from anywhere, by the office's rules and its staff as they are:
    of whoever is named in it and is no member of the kind, the rules for everybody hold.
    """
    asked_ = asked(desk, kind, month)
    return check(with_others(desk, asked_, cells), cells)


def with_others(desk: Desk, asked_: Asked, cells: Sequence[Cell]) -> Asked:
    """The same with those of the staff that a roster names besides, as people who stand in."""
    known = {one.number for one in asked_.people}
    named = {cell.staff for cell in cells} - known
    staff = [*everybody(desk), *left(desk, asked_.kind, asked_.month)] if named else []
    others = [replace(one, stand_in=True) for one in staff if one.number in named]
    return replace(asked_, people=[*asked_.people, *others], kept_until=None)
