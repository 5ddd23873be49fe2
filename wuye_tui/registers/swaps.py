"""Swaps of duty (ZB-4.4): told before the duty begins, agreed by both, and no rule broken by it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from wuye_tui.desk import Desk
from wuye_tui.registers import roster_rows as rows
from wuye_tui.registers import rosters
from wuye_tui.registers.duty_rows import ONE_AT_A_TIME
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.queue import staff_names
from wuye_tui.registers.roster_rights import may_roster, require_roster
from wuye_tui.registers.rosters_asked import asked_in
from wuye_tui.registers.source import Source
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.roster_refusals import (
    SWAP,
    NoRosterYet,
    NotOfThisRoster,
    NotTheirs,
    SwapOfTheSame,
    SwapWithSelf,
    ToldTooLate,
    WhyNotSaid,
    WithoutTheOther,
)
from wuye_tui.rules.rosters import Asked, Cell, Drawn, RosterKind
from wuye_tui.rules.text import Field, clean
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Private, RosterSwap
from wuye_tui.words import _

_swap, _private = table_of(RosterSwap).c, table_of(Private).c
_LISTED = (
    select(table_of(RosterSwap), _private.words)
    .join_from(
        table_of(RosterSwap),
        table_of(Private),
        (_private.site == _swap.site) & (_private.owner == _swap.number) & (_private.n == 0),
        isouter=True,
    )
    .where(_swap.site == bindparam("site"))
    .order_by(_swap.told.desc(), _swap.number.desc())
    .limit(bindparam("limit"))
)


@dataclass(frozen=True)
class Duty:
    """A shift of somebody's on a day; `shift` is its code."""

    day: date
    shift: str


@dataclass(frozen=True)
class Swap:
    """A swap as it was told: `frm` had the duty and `to` took it over, perhaps for another."""

    number: str
    kind: str
    day: date
    shift: str
    frm: str
    frm_name: str
    to: str
    to_name: str
    back_day: date | None
    back_shift: str
    told: datetime
    why: str
    roster: str

    def as_dict(self) -> dict[str, Any]:
        """As the command line's JSON has it; keys only ever grow."""
        return {
            "number": self.number, "kind": self.kind, "day": self.day, "shift": self.shift,
            "from": self.frm, "from_name": self.frm_name, "to": self.to, "to_name": self.to_name,
            "back_day": self.back_day, "back_shift": self.back_shift, "told_at": self.told,
            "why": self.why, "roster": self.roster,
        }  # fmt: skip


def swap(
    act: Act,
    kind: RosterKind,
    duty: Duty,
    staff: str,
    other: str,
    why: str,
    back: Duty | None = None,
    proven: Collection[str] = (),
) -> Result:
    """Gives a duty to somebody else: for `back`, or for what they have on that day, if anything.

    What is given back may lie in another month: each month has its next version then. By
    Administration, by whoever leads them, or by one of the two with the other's PIN (`proven`).
    Raises NoRosterYet, NotTheirs, ToldTooLate, WithoutTheOther, SwapOfTheSame,
    SwapBreaks, WhyNotSaid.
    """
    registry = registry_of(act)
    frm, to = registry.staff(staff), registry.staff(other)
    names = staff_names(act.session, act.site)
    if frm == to:
        raise SwapWithSelf(names[frm])
    reason = clean(why, Field.REASON)
    if not reason:
        raise WhyNotSaid
    _refuse_unagreed(act, kind, frm, to, names, proven)
    act.session.execute(ONE_AT_A_TIME, {"site": act.site})
    here = there = _month(act, kind, duty.day, to, names)
    given = _theirs(act, here.asked, frm, duty, names)
    if back is None:
        taken = [one for one in here.asked.published if (one.staff, one.day) == (to, duty.day)]
    else:
        if month_of(back.day) != here.asked.month:
            there = _month(act, kind, back.day, frm, names)
        taken = _theirs(act, there.asked, to, back, names)
    if {one._replace(staff="") for one in given} == {one._replace(staff="") for one in taken}:
        raise SwapOfTheSame(names[frm], names[to], duty.day, kind.shift(duty.shift).word)
    done, *also = _published(act, here, there, given, taken, frm, to)
    number = act.number(SWAP)
    act.insert(
        RosterSwap,
        {
            "number": number,
            "act": act.key,
            "kind": kind.code,
            "day": duty.day,
            "shift": duty.shift,
            "frm": frm,
            "to": to,
            "back_day": taken[0].day if taken else None,
            "back_shift": taken[0].shift if taken else "",
            "roster": done["number"],
            "told": act.now,
            "by": act.by.number,
            "seal": act.whisper(number, 0, words=reason),
        },
    )
    shifts = [one.shift for one in given]
    named = {
        "number": number, "roster": done["number"], "from": frm, "to": to, "shifts": shifts,
        "back": [{"day": one.day.isoformat(), "shift": one.shift} for one in taken],
    }  # fmt: skip
    return {**done, **named, **({"also": also[0]} if also else {})}


def list_swaps(desk: Desk, limit: int = 50) -> list[Swap]:
    """The latest swaps, the newest first."""
    with desk.read() as session:
        asked = {"site": desk.site, "limit": limit}
        found = session.connection().execute(_LISTED, asked).all()
        names = staff_names(session, desk.site)
    return [
        Swap(
            one.number, one.kind, one.day, one.shift, one.frm, names.get(one.frm, one.frm),
            one.to, names.get(one.to, one.to), one.back_day, one.back_shift, one.told,
            one.words or "", one.roster,
        )
        for one in found
    ]  # fmt: skip


def needs_other(desk: Desk, kind: RosterKind) -> bool:
    """Whether the other of a swap has to agree at this desk: it is no one's who may order it."""
    who = desk.actor()
    with desk.read() as session:
        return not may_roster(session, desk.site, who, kind)


def _refuse_unagreed(
    act: Act, kind: RosterKind, frm: str, to: str, names: dict[str, str], proven: Collection[str]
) -> None:
    if may_roster(act.session, act.site, act.by, kind):
        return
    if act.by.number not in (frm, to):
        require_roster(act, kind, _("替别人换班"))
    absent = [one for one in (frm, to) if one not in (act.by.number, *proven)]
    if absent:
        raise WithoutTheOther(names[absent[0]])


def _theirs(act: Act, asked: Asked, staff: str, duty: Duty, names: dict[str, str]) -> list[Cell]:
    """The cells of a duty, which has not begun, and of those that go with it. Raises NotTheirs and
    ToldTooLate.
    """
    word = asked.kind.shift(duty.shift).word
    held = [one for one in asked.published if (one.day, one.staff) == (duty.day, staff)]
    if duty.shift not in {one.shift for one in held}:
        raise NotTheirs(names[staff], duty.day, word)
    found = [one for one in held if one.shift in tied(asked.kind, duty.shift)]
    begun = [one for one in found if rosters.has_begun(act, asked.kind, one)]
    if begun:
        raise ToldTooLate(duty.day, asked.kind.shift(begun[0].shift).word)
    return found


def tied(kind: RosterKind, shift: str) -> set[str]:
    """A shift and those that only the same person may hold with it."""
    base = kind.shift(shift).only_with or shift
    return {base, *(one.code for one in kind.shifts if one.only_with == base)}


@dataclass(frozen=True)
class _Month:
    """A month as it is published, and in which version."""

    asked: Asked
    version: int


def _month(act: Act, kind: RosterKind, day: date, who: str, names: dict[str, str]) -> _Month:
    """The month of a day, in which somebody is to get a duty. Raises NoRosterYet and
    NotOfThisRoster.
    """
    month = month_of(day)
    version = rows.latest(act.session, act.site, kind.code, month)
    if version is None:
        raise NoRosterYet(kind.word, month)
    asked = asked_in(act.session, Source.of(act), kind, month)
    if who not in {one.number for one in asked.people}:
        raise NotOfThisRoster(names[who], kind.word)
    return _Month(asked, version.version)


def _published(
    act: Act,
    here: _Month,
    there: _Month,
    given: Sequence[Cell],
    taken: Sequence[Cell],
    frm: str,
    to: str,
) -> list[Result]:
    """The month in which a duty was given, and the other one where what is given back lies in
    another, each looked at beside the other as it will be.
    """
    if here is there:
        changed = [(here.asked, exchanged(here.asked, given, taken, frm, to), here.version)]
    else:
        one, other = here.asked, there.asked
        cells, back = exchanged(one, given, (), frm, to), exchanged(other, (), taken, frm, to)
        changed = [
            (_beside(one, other.month, back), cells, here.version),
            (_beside(other, one.month, cells), back, there.version),
        ]
    return [
        rosters.publish_anew(act, asked, Drawn(cells, 0, 0), rosters.SWAPPED, version)
        for asked, cells, version in changed
    ]


def _beside(asked: Asked, month: Month, cells: Sequence[Cell]) -> Asked:
    """The same with another month as it will be, where it is the one before or after."""
    if month == asked.month.before:
        return replace(asked, before=cells)
    return replace(asked, after=cells) if month == asked.month.later(1) else asked


def exchanged(
    asked: Asked, given: Sequence[Cell], taken: Sequence[Cell], frm: str, to: str
) -> tuple[Cell, ...]:
    """The month with these shifts of `frm` given to `to`, and those of `to` taken for them."""
    gone = {*given, *taken}
    stay = [one for one in asked.published if one not in gone]
    given_away = [one._replace(staff=to) for one in given]
    taken_over = [one._replace(staff=frm) for one in taken]
    return tuple(sorted({*stay, *given_away, *taken_over}))
