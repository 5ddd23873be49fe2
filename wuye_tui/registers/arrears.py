"""Arrears 欠费 and dunning (FW-13, KF-3.4): which units owe, for how long, what was said to them,
what they promised, and the words to say next; dunnings that end when nothing is overdue.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import arrears_facts, matters
from wuye_tui.registers.arrears_facts import Sums
from wuye_tui.registers.arrears_rows import Arrear, Arrears, DoorNotice, Dunned, Shown
from wuye_tui.registers.home_visits import UnknownBuilding
from wuye_tui.registers.lookups import Registry, contact_of, registry_of
from wuye_tui.registers.owed import Owed, account, owed
from wuye_tui.registers.parts import label as building_label
from wuye_tui.registers.steps import batched, plain_number, steps_of
from wuye_tui.rules.aging import AGE_WORDS
from wuye_tui.rules.callbacks import quiet
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.dunning_levels import Level, filled
from wuye_tui.rules.errors import NotFound, Refused
from wuye_tui.rules.folding import effective, fold
from wuye_tui.rules.locale import amount
from wuye_tui.rules.procedures import kind_of
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Unit
from wuye_tui.words import PAPER, _, listed, speaking

MONTHS_NAMED: Final = 3
"""So many months are named one by one."""

_unit = table_of(Unit).c
_BUILDING = (
    select(_unit.id)
    .where(_unit.site == bindparam("site"), _unit.building == bindparam("building"))
    .limit(1)
)


class NotDunned(NotFound):
    """The unit has no open dunning."""

    def __init__(self, unit: str) -> None:
        told = _("{unit} 现在没有在催；要催先用 wuye arrears remind {unit} 提醒。")
        super().__init__(told.format(unit=unit), "FW-13")


def arrears(
    desk: Desk, over: int | None = None, building: str = "", limit: int | None = None
) -> Arrears:
    """The units that owe, most days overdue first; with `over` only those that are overdue for more
    than so many days. Raises UnknownBuilding.
    """
    today = desk.calendar.day_of(desk.now())
    with desk.read() as session:
        found = _sums(session, desk.site, today, building)
        if over is not None:
            found = {u: one for u, one in found.items() if one.due and _days(one, today) > over}
        order = sorted(found, key=lambda unit: (-_days(found[unit], today), _in_order(unit)))
        late = _late(session, desk, [unit for unit in order if found[unit].due], today)
        listed_ = order[:limit]
        dunned = _dunned(session, desk, listed_)
        complaints = arrears_facts.complaints(session, desk.site, desk.staff)
    rows = tuple(
        Arrear(
            unit,
            found[unit].ages,
            late.get(unit, 0),
            found[unit].due,
            _days(found[unit], today),
            dunned.get(unit),
            tuple(complaints.get(unit, ())),
        )
        for unit in listed_
    )
    ages = tuple(sum(one.ages[at] for one in found.values()) for at in range(len(AGE_WORDS)))
    total = Arrear("", ages, sum(late.values()), None, 0, None, ())
    return Arrears(today, rows, len(order), total)


def show(desk: Desk, typed: str) -> Shown:
    """One unit, or that of a dunning's number, with what to say to it now; nothing is to be said
    where nothing is overdue. Raises UnknownUnit, AmbiguousUnit, UnknownMatter.
    """
    today, rules = desk.calendar.day_of(desk.now()), desk.reference.dunning
    with desk.read() as session:
        registry = Registry(session, desk.site)
        unit = _unit_of(session, desk.site, registry, typed)
        residents = registry.residents(registry.find_unit(unit).id)
        dunned = _dunned(session, desk, [unit]).get(unit)
        complaints = arrears_facts.complaints(session, desk.site, desk.staff)
    found = account(desk, [unit])
    due = arrears_facts.overdue(found.owed, today)
    days = arrears_facts.days_of(due, today)
    last = dunned.level if dunned and dunned.state not in DUNNING.final else ""
    level, following = rules.due_now(last, days), rules.following(last)
    person = contact_of(residents, "")
    with speaking(PAPER):  # as the office's own words are, which are said to the resident
        blanks = {
            "room": unit,
            "name": person.name if person else "",
            "amount": amount(sum(one.debt.open_fen for one in due)),
            "months": months(due),
            "office": desk.office.name,
        }
    return Shown(
        unit,
        found,
        dunned,
        tuple(complaints.get(unit, ())),
        level if due else None,
        following if due else None,
        _from(due, following),
        filled(level.say, blanks) if due and level else (),
        level.never if due and level else (),
        quiet(desk.now().astimezone(desk.zone).time()),
    )


def notices(desk: Desk, building: str) -> list[DoorNotice]:
    """What is put on the doors of a building: one for each unit that is overdue, in the order of
    the rooms. Raises UnknownBuilding.
    """
    found = sorted(arrears(desk, 0, building).rows, key=lambda one: _in_order(one.unit))
    with speaking(PAPER):
        return [
            DoorNotice(
                one.unit,
                one.overdue_fen,
                "\n".join(
                    filled(
                        desk.reference.dunning.notice,
                        {
                            "room": one.unit,
                            "amount": amount(one.overdue_fen),
                            "office": desk.office.name,
                            "day": desk.calendar.day_of(desk.now()).isoformat(),
                        },
                    )
                ),
                one.complaints,
                one.dunned.promised if one.dunned else None,
            )
            for one in found
        ]


def months(found: Sequence[Owed]) -> str:
    """The months of some debts, each by name, or from which to which there are so many."""
    named = sorted({one.debt.period for one in found if len(one.debt.period) == len("2026-10")})
    if len(named) <= MONTHS_NAMED:
        return listed(named)
    return _("{first} 至 {last} 共 {n} 个月").format(first=named[0], last=named[-1], n=len(named))


def remind(act: Act, typed: str, *, happened: datetime | None = None, **given: Any) -> Result:
    """Reminds a unit: for the first time, or once more where its dunning is open. Raises what
    `matters.start` and `matters.take` raise.
    """
    registry = registry_of(act)
    unit = _unit_of(act.session, act.site, registry, typed)
    number = arrears_facts.open_number(act.session, act.site, unit)
    if number:
        return matters.take(act, number, "remind", happened=happened, **given)
    act.known[arrears_facts.UNIT] = unit
    return matters.start(
        act, DUNNING.kind, "register", happened=happened, origin="arrears", unit=unit, **given
    )


def take(act: Act, typed: str, verb: str, **given: Any) -> Result:
    """Takes a step of the open dunning of a unit, named by its room or the dunning's number. Raises
    NotDunned, and what `matters.take` raises.
    """
    return matters.take(act, number_of(act.session, act.site, typed), verb, **given)


def number_of(session: Session, site: str, typed: str) -> str:
    """The number of the open dunning that is meant: by the number itself, or by the unit. Raises
    UnknownUnit, AmbiguousUnit, NotDunned.
    """
    if kind_of(typed) == DUNNING.kind:
        return plain_number(typed)
    unit = Registry(session, site).unit(typed)
    number = arrears_facts.open_number(session, site, unit)
    if not number:
        raise NotDunned(unit)
    return number


def settle_paid(desk: Desk) -> int:
    """Ends the dunnings whose units owe nothing overdue any more, as the office's own clockwork;
    returns how many. To be called after money was taken; safe to call from any process.
    """
    with desk.read() as session:
        today = desk.calendar.day_of(desk.now())
        numbers = arrears_facts.settled(session, desk.site, today)
    return sum(_settle(desk, number) for number in numbers)


def _settle(desk: Desk, number: str) -> bool:
    try:
        desk.perform(
            f"{DUNNING.kind}.paid", lambda act: matters.take(act, number, "paid"), system=True
        )
    except Refused:
        return False  # ended, or charged anew, in this very second
    return True


def _sums(session: Session, site: str, today: date, building: str) -> dict[str, Sums]:
    if not building:
        return arrears_facts.sums(session, site, today)
    whole = building_label(building)
    block = whole.partition("-")[0]
    asked = {"site": site, "building": block}
    if session.connection().execute(_BUILDING, asked).first() is None:
        raise UnknownBuilding(building)
    found = arrears_facts.sums(session, site, today, block)
    return {unit: one for unit, one in found.items() if f"{unit}-".startswith(f"{whole}-")}


def _late(session: Session, desk: Desk, units: Sequence[str], today: date) -> dict[str, int]:
    """What the late fees of each unit come to today, by the one function that reckons them."""
    fees, found = desk.reference.fees, dict[str, int]()
    for part in batched(units):
        for one in owed(session, desk.site, part, fees, today):
            found[one.debt.unit] = found.get(one.debt.unit, 0) + one.debt.late_fen
    return found


def _dunned(session: Session, desk: Desk, units: Sequence[str]) -> Mapping[str, Dunned]:
    """The dunning of each unit that has one: what is open, or else what was stopped last."""
    wanted, found = set(units), arrears_facts.dunnings(session, desk.site)
    last = {unit: row for unit, row in found.items() if unit in wanted}
    steps = steps_of(session, desk.site, [row.id for row in last.values()])
    return {unit: _as_dunned(desk, row, steps[row.id]) for unit, row in last.items()}


def _as_dunned(desk: Desk, row: Any, steps: Sequence[Any]) -> Dunned:
    facts, step = fold(DUNNING, steps).facts, effective(steps)[-1]
    promised = row.state == "promised"
    until = datetime.fromisoformat(str(facts["until"])) if promised else None
    return Dunned(
        row.number,
        row.state,
        str(facts.get("level", "")),
        step.verb,
        desk.calendar.day_of(step.happened),
        desk.calendar.day_of(until) if until else None,
        int(facts.get("amount", 0)) if promised else 0,
        until is not None and until < desk.now(),
    )


def _unit_of(session: Session, site: str, registry: Registry, typed: str) -> str:
    """The label of a unit by its room, or by the number of one of its dunnings."""
    if kind_of(typed) == DUNNING.kind:
        return arrears_facts.unit_of(session, site, typed)
    return registry.unit(typed)


def _days(one: Sums, today: date) -> int:
    return (today - one.due).days if one.due else 0


def _from(due: Sequence[Owed], level: Level | None) -> date | None:
    """The first day on which a level may come."""
    oldest = min((one.debt.due for one in due if one.debt.due), default=None)
    if oldest is None or level is None:
        return None
    return date.fromordinal(oldest.toordinal() + level.after_days)


def _in_order(label: str) -> tuple[tuple[int, str], ...]:
    """3-2-502 before 3-10-101."""
    return tuple((len(part), part) for part in label.split("-"))
