"""What is overdue, in sums of the register of charges; and what the guards of a dunning look at."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlmodel import Session

from wuye_tui.registers.bills import IS_OWED
from wuye_tui.registers.owed import Owed, owed
from wuye_tui.registers.records import Standing
from wuye_tui.registers.seeing import seen_by
from wuye_tui.registers.steps import find_matter
from wuye_tui.rules.aging import AGE_WORDS, AGES
from wuye_tui.rules.dunning import DUNNING, STOPPED
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.store.acts import Act
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, Complaint, Matter, StepRow, Unit

UNIT: Final = "dunning.unit"
"""Under this an act knows which unit a dunning is begun for: no step of it says so yet."""
REPAIR: Final = "repair"
"""What a repair is charged as: its own receipt settles it."""
ABOUT_FEES: Final = ("", "charges")
"""The causes of a complaint that may be about a fee: that one, and the one nobody knows yet."""

_charge, _matter, _complaint, _step, _unit = (
    table_of(kind).c for kind in (Charge, Matter, Complaint, StepRow, Unit)
)
_OPEN_FEN: ColumnElement[int] = _charge.fen - _charge.waived_fen - _charge.settled_fen
_OWING = (_charge.site == bindparam("site"), _charge.fee != REPAIR, _OPEN_FEN > 0)
_LABELS = select(_unit.label).where(
    _unit.site == bindparam("site"), _unit.building == bindparam("building")
)
_DUNNINGS = (
    select(*(_matter[name] for name in ("id", "number", "unit", "state", "closed")))
    .where(_matter.site == bindparam("site"), _matter.kind == DUNNING.kind)
    .order_by(_matter.opened, _matter.number)
)
# What is open, and what a manager has stopped: that was a decision about what is still owed.
_LAST = _DUNNINGS.where(or_(_matter.closed.is_(None), _matter.state == STOPPED))
_OPEN_OF_UNIT = _DUNNINGS.where(_matter.unit == bindparam("unit"), _matter.closed.is_(None))
_OPEN_DUNNINGS = select(_matter.number).where(
    _matter.site == bindparam("site"), _matter.kind == DUNNING.kind, _matter.closed.is_(None)
)
_OF_UNIT = (
    select(_matter.id, _matter.number, _matter.closed)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == DUNNING.kind,
        _matter.unit == bindparam("unit"),
    )
    .order_by(_matter.opened.desc(), _matter.number.desc())
    .limit(1)
)
_FACTS_OF = (
    select(_step.facts)
    .where(_step.site == bindparam("site"), _step.matter == bindparam("matter"))
    .order_by(_step.n.desc())
)
_ONE_AT_A_TIME = (
    select(_unit.id)
    .where(_unit.site == bindparam("site"), _unit.label == bindparam("unit"))
    .with_for_update()
)
_COMPLAINTS = (
    select(_matter.number, _matter.unit, _matter.about)
    .where(
        _matter.site == bindparam("site"),
        _matter.kind == "complaint",
        _matter.closed.is_(None),
        _matter.unit != "",
        seen_by(),
    )
    .order_by(_matter.opened.desc(), _matter.number.desc())
)
_ABOUT_FEES = _COMPLAINTS.join_from(
    table_of(Matter),
    table_of(Complaint),
    and_(_complaint.site == _matter.site, _complaint.matter == _matter.id),
).where(_matter.unit == bindparam("unit"), _complaint.cause.in_(ABOUT_FEES))


class Sums(NamedTuple):
    """What a unit owes: what is open by AGES, and the oldest due day if anything is overdue."""

    ages: tuple[int, ...]
    due: date | None

    @property
    def open_fen(self) -> int:
        """All of it."""
        return sum(self.ages)

    @property
    def overdue_fen(self) -> int:
        """What is overdue."""
        return sum(self.ages[1:])


def _age(today: date) -> ColumnElement[int]:
    """The bucket of a charge, as `aging.age_of` has it; what is due on no day is never overdue."""
    borders = [(_charge.due >= today - timedelta(days=n), at) for at, n in enumerate((0, *AGES))]
    return case((_charge.due.is_(None), 0), *borders, else_=len(AGES) + 1)


def sums(session: Session, site: str, today: date, building: str = "") -> dict[str, Sums]:
    """What every unit owes that owes anything, or every one of a building; settled charges are
    left to the database, and nothing of a run that is not published counts.
    """
    age = _age(today).label("age")
    question = (
        select(_charge.unit, age, func.sum(_OPEN_FEN), func.min(_charge.due))
        .where(*_OWING, IS_OWED)
        .group_by(_charge.unit, age)
    )
    if building:
        question = question.where(_charge.unit.in_(_LABELS))
    rows = session.connection().execute(question, {"site": site, "building": building})
    ages: dict[str, list[int]] = {}
    oldest: dict[str, date] = {}
    for unit, at, fen, due in rows:
        ages.setdefault(unit, [0] * len(AGE_WORDS))[at] = int(fen)
        if at:
            oldest[unit] = min(due, oldest.get(unit, due))
    return {unit: Sums(tuple(of_unit), oldest.get(unit)) for unit, of_unit in ages.items()}


def settled(session: Session, site: str, today: date) -> list[str]:
    """The numbers of the open dunnings whose units owe nothing that is overdue."""
    owing = exists().where(
        _charge.site == _matter.site,
        _charge.unit == _matter.unit,
        _charge.fee != REPAIR,
        _OPEN_FEN > 0,
        _charge.due < today,
        IS_OWED,
    )
    question = _OPEN_DUNNINGS.where(~owing)
    return list(session.connection().execute(question, {"site": site}).scalars())


def dunnings(session: Session, site: str) -> dict[str, Any]:
    """The dunning of each unit that has one: what is open, or else what was stopped last."""
    found: dict[str, Any] = {}
    for row in session.connection().execute(_LAST, {"site": site}):
        if row.closed is None or row.unit not in found or found[row.unit].closed is not None:
            found[row.unit] = row
    return found


def open_number(session: Session, site: str, unit: str) -> str:
    """The number of the open dunning of a unit, "" for none."""
    asked = {"site": site, "unit": unit}
    found = session.connection().execute(_OPEN_OF_UNIT, asked).first()
    return str(found.number) if found else ""


def unit_of(session: Session, site: str, number: str) -> str:
    """The unit of a dunning by its number. Raises UnknownMatter."""
    return find_matter(session, site, number).unit


def complaints(session: Session, site: str, viewer: str) -> dict[str, list[str]]:
    """The open complaints of each unit that somebody may see, the latest first."""
    found: dict[str, list[str]] = {}
    for row in session.connection().execute(_COMPLAINTS, {"site": site, "viewer": viewer}):
        found.setdefault(row.unit, []).append(row.number)
    return found


def overdue(found: Iterable[Owed], today: date) -> list[Owed]:
    """Those debts whose due day is over."""
    return [one for one in found if one.debt.due and one.debt.due < today]


def days_of(found: Iterable[Owed], today: date) -> int:
    """For how many days the oldest of these debts is overdue; 0 for none."""
    return max(((today - one.debt.due).days for one in found if one.debt.due), default=0)


def around(act: Act, before: Standing, _who: str, _when: datetime) -> Facts:
    """What a dunning's guards ask of the registers (`Case.around`).

    `dunning`: the office's rules; `owed_fen`, `overdue_fen`, `late_fen`, `days`: what the unit owes
    today and for how long; `complaints`: those about a fee that whoever acts may see, the latest
    first; `of_staff`: those of them that are about a member of the staff. Where one begins, `open`:
    the unit's other one, and `dunned`: by which ways it was reminded before.
    """
    unit = str(before.situation.facts.get("unit") or act.known.get(UNIT, ""))
    known: dict[str, Any] = {"dunning": act.reference.dunning}
    if not unit:
        return known  # and nothing that is overdue: the guards refuse
    if not before.steps:
        known |= _another(act, unit)
    today = act.calendar.day_of(act.now)
    debts = owed(act.session, act.site, [unit], act.reference.fees, today)
    due = overdue(debts, today)
    asked = {"site": act.site, "viewer": act.by.number, "unit": unit}
    seen = act.session.connection().execute(_ABOUT_FEES, asked).all()
    return {
        **known,
        "owed_fen": sum(one.debt.open_fen for one in debts),
        "overdue_fen": sum(one.debt.open_fen for one in due),
        "late_fen": sum(one.debt.late_fen for one in due),
        "days": days_of(due, today),
        "complaints": tuple(row.number for row in seen),
        "of_staff": frozenset(row.number for row in seen if row.about),
    }


def _another(act: Act, unit: str) -> Mapping[str, Any]:
    """The unit's last dunning: of two desks that begin one, the second waits and then sees it."""
    asked, connection = {"site": act.site, "unit": unit}, act.session.connection()
    connection.execute(_ONE_AT_A_TIME, asked)
    last = connection.execute(_OF_UNIT, asked).one_or_none()
    if last is None:
        return {}
    facts = connection.execute(_FACTS_OF, {"site": act.site, "matter": last.id}).scalars()
    dunned: Mapping[str, str] = next((one["dunned"] for one in facts if "dunned" in one), {})
    return {"open": "" if last.closed else last.number, "dunned": dunned}
