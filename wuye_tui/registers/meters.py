"""Meters and their readings (FW-4.2): a sheet of readings brought in as one act, one by hand, and
which meters nobody has read.

Readings of a month whose bills are out stay as they are: what was wrong is put right by a charge.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import meter_questions as questions
from wuye_tui.registers.bill_inputs import share
from wuye_tui.registers.comparing_readings import Readings, compare_readings
from wuye_tui.registers.fees import require
from wuye_tui.registers.imports import ImportRefused, In, Plan, State
from wuye_tui.registers.lookups import Registry
from wuye_tui.registers.meter_questions import Known
from wuye_tui.registers.meter_refusals import (
    DayToCome,
    NoFee,
    NotByMeter,
    ReadAlready,
    SeveralMeters,
    Undated,
    UnknownKind,
    UnknownMeter,
)
from wuye_tui.registers.placing_readings import Asked
from wuye_tui.rules.errors import DeskError, UnknownUnit
from wuye_tui.rules.fee_kinds import FeeKind, How, fee_named
from wuye_tui.rules.meters import KIND_WORDS, REGULAR, Reading, used
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import Field, code
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.sqlite import roomy
from wuye_tui.store.tables import Audit, Meter, MeterReading
from wuye_tui.sweeping import seldom_swept
from wuye_tui.words import _

NOUN: Final = "readings"
_audit = table_of(Audit).c
_END = select(func.max(_audit.seq)).where(_audit.site == bindparam("site"))


class Missing(NamedTuple):
    """The meters of a fee that nobody has read in a month."""

    fee: str
    month: Month
    numbers: tuple[str, ...]


class _ByHand(NamedTuple):
    """One reading that was typed, in place of a row of a sheet."""

    meter: str
    value_milli: int
    day: date
    kind: str
    row_number: int = 0
    unit: str = ""
    fee: str = ""
    before_milli: int | None = None
    day_before: date | None = None
    factor: int | None = None
    digits: int | None = None
    part: int = 0
    new_meter: str = ""
    early: int = 0


@dataclass(frozen=True)
class ReadingPlan(Plan[In]):
    """What importing a sheet of readings would do, and which meters would still have none."""

    found: Readings
    asked: Asked
    missing: tuple[Missing, ...]

    def as_dict(self) -> dict[str, Any]:
        """As every import says it, with the meters that are made and those without a reading."""
        return {
            **super().as_dict(),
            "meters": [
                {"meter": one.number, "unit": one.unit, "fee": one.fee} for one in self.found.made
            ],
            "missing": [
                {"fee": one.fee, "month": str(one.month), "meters": list(one.numbers)}
                for one in self.missing
            ],
        }


def metered(fees: Sequence[FeeKind], typed: str) -> FeeKind:
    """The fee by meter of a code or a name. Raises UnknownFee and NotByMeter."""
    found = fee_named(fees, typed)
    if found.how is not How.METER:
        raise NotByMeter(found.word)
    return found


@seldom_swept()
def plan(desk: Desk, intake: In, fee: str = "", day: date | None = None) -> ReadingPlan[In]:
    """Compares a sheet with the register; writes nothing. `fee` and `day` are those of rows that
    say none. Raises UnknownFee, NotByMeter, DayToCome, and Undated or NoFee where no row says it.
    """
    today = desk.calendar.day_of(desk.now())
    if day is not None and day > today:
        raise DayToCome(day)
    if day is None and "day" not in intake.columns and intake.good:
        raise Undated
    asked_fee = metered(desk.reference.fees, fee).code if fee else ""
    if not asked_fee and not {"fee", "meter"} & intake.columns.keys() and intake.good:
        raise NoFee
    asked = Asked(desk.reference.fees, today, asked_fee, day)
    with desk.read() as session:
        state = _state(session, desk.site, today)
        found = compare_readings(session, desk.site, intake.good, intake.columns, asked)
        missing = tuple(_missing(session, desk.site, found))
    refused: In = intake.refusing(found.objections) if found.objections else intake
    return ReadingPlan(refused, {}, found, state, asked, missing)


def _missing(session: Session, site: str, found: Readings) -> Iterator[Missing]:
    read = {(row["meter"], month_of(row["day"])) for row in found.written}
    for fee, month in sorted(found.months.items()):
        waiting = questions.missing(session, site, [fee], month)
        numbers = [one.number for one, _last in waiting if (one.number, month) not in read]
        if numbers:
            yield Missing(fee, month, tuple(numbers))


@seldom_swept()
def apply(act: Act, plan: ReadingPlan[Any], skip_bad: bool = False) -> Result:
    """Writes a sheet's good readings; compared again, if any act came in between.

    Raises NotAllowed, and ImportRefused where there are bad rows, unless `skip_bad`.
    """
    require(act, Right.BILL, _("登记读数"))
    share(act)
    intake, found, bad = plan.intake, plan.found, list(plan.bad)
    today = act.calendar.day_of(act.now)
    if _state(act.session, act.site, today) != plan.state:
        asked = plan.asked._replace(today=today)
        found = compare_readings(act.session, act.site, intake.good, intake.columns, asked)
        bad += found.objections
    if bad and not skip_bad:
        raise ImportRefused(intake.name, bad)
    _write(act, found)
    return {
        "noun": NOUN,
        "new": found.new,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "skipped": len({row.row_number for row in bad}),
        "made": len(found.made),
    }


def _write(act: Act, found: Readings) -> None:
    with roomy(act.session.connection()):
        act.insert(Meter, *(one._asdict() for one in found.made))
        act.update(Meter, *(one._asdict() for one in found.altered))
        act.delete(MeterReading, *found.gone)
        mark = {"by": act.by.number, "at": act.now}
        act.upsert(MeterReading, *({**row, **mark} for row in found.written))


def _state(session: Session, site: str, today: date) -> State:
    """The end of the audit chain: as long as it is the same, so are all rows."""
    last = session.connection().execute(_END, {"site": site}).scalar_one()
    return int(last or 0), today


def add(
    act: Act, typed: str, value_milli: int, day: date, kind: str = REGULAR, fee: str = ""
) -> Result:
    """One reading by hand, of a meter by its number or its unit. Another of the same day is changed
    by `meter_changes.correct`, which asks why. Raises NotAllowed, UnknownMeter, SeveralMeters,
    UnknownKind, DayToCome, ReadAlready, AlreadyCharged, and what `rules.meters.used` raises.
    """
    require(act, Right.BILL, _("登记读数"))
    share(act)
    fees = act.reference.fees
    known = meter_named(act.session, act.site, typed, metered(fees, fee).code if fee else "")
    found = _fitting(act, known, Reading(day, value_milli, kind_named(kind)))
    if found.changed:
        raise ReadAlready(known.number, day, str(found.examples[0].old))
    _write(act, found)
    return {
        "meter": known.number, "unit": known.unit, "fee": known.fee, "day": day.isoformat(),
        "kind": kind_named(kind), "value_milli": value_milli, "new": found.new,
        "changed": found.changed, "odd": [one.reason for one in found.told],
    }  # fmt: skip


def put(act: Act, known: Known, reading: Reading) -> list[str]:
    """Writes a reading, new or in the place of that of its day; what looks odd about it. Raises
    DayToCome, AlreadyCharged, and what `rules.meters.used` raises.
    """
    found = _fitting(act, known, reading)
    _write(act, found)
    return [one.reason for one in found.told]


def _fitting(act: Act, known: Known, reading: Reading) -> Readings:
    row = _ByHand(known.number, reading.value_milli, reading.day, reading.kind)
    asked = Asked(act.reference.fees, act.calendar.day_of(act.now))
    found = compare_readings(act.session, act.site, [row], {}, asked)
    if found.refused:
        raise found.refused[0]
    return found


def kind_named(typed: str) -> str:
    """The kind of a reading by its code or its word. Raises UnknownKind."""
    asked = typed.strip()
    for kind, word in KIND_WORDS.items():
        if asked in (kind, word, _(word)):
            return kind
    raise UnknownKind(typed)


def meter_named(session: Session, site: str, typed: str, fee: str) -> Known:
    """The meter of a number, or the only one of a unit, of those in use if there are any. Raises
    UnknownMeter, SeveralMeters.
    """
    number = code(typed, Field.NUMBER).upper()
    every = questions.meters(session, site)
    found = [one for one in every if one.number == number and fee in ("", one.fee)]
    if not found:
        with suppress(UnknownUnit):
            unit = Registry(session, site).unit(typed)
            found = [one for one in every if one.unit == unit and fee in ("", one.fee)]
            over = questions.ended(session, site) if len(found) > 1 else frozenset()
            found = [one for one in found if one.number not in over] or found
    if not found:
        raise UnknownMeter(typed)
    if len(found) > 1:
        raise SeveralMeters(found[0].unit, [one.number for one in found])
    return found[0]


def list_readings(
    desk: Desk, fee: str = "", unit: str = "", month: Month | None = None
) -> list[dict[str, Any]]:
    """Readings by unit, meter and day, each with what was used since the one before; of all months
    where none is named. Raises UnknownFee, NotByMeter, UnknownUnit.
    """
    only = metered(desk.reference.fees, fee).code if fee else ""
    since, until = (questions.first_day(month), month.last_day) if month else (date.min, date.max)
    with desk.read() as session:
        label = Registry(session, desk.site).unit(unit) if unit else ""
        known = [
            one
            for one in questions.meters(session, desk.site, in_order=True)
            if only in ("", one.fee) and label in ("", one.unit)
        ]
        there = questions.histories(session, desk.site, since, [one.number for one in known])
    return [
        row
        for one in known
        for row in _shown(one, there.get(one.number, ()))
        if since <= row["day"] <= until
    ]


def _shown(known: Known, readings: Sequence[Reading]) -> Iterator[dict[str, Any]]:
    before: Reading | None = None
    for one in readings:
        use: int | None = None
        if before is not None:
            with suppress(DeskError):  # what ran backwards has no use; the bills tell of it
                use = used([before, one], known.digits, known.factor)
        before = one
        yield {
            "unit": known.unit, "meter": known.number, "fee": known.fee, "day": one.day,
            "kind": one.kind, "value_milli": one.value_milli, "used_milli": use,
        }  # fmt: skip


def missing(desk: Desk, month: Month, fee: str = "") -> list[dict[str, Any]]:
    """The meters that nobody has read in a month, by unit, with their last reading before. Raises
    UnknownFee and NotByMeter.
    """
    fees: Collection[str] = [one.code for one in desk.reference.fees if one.how is How.METER]
    if fee:
        fees = [metered(desk.reference.fees, fee).code]
    with desk.read() as session:
        found = questions.missing(session, desk.site, fees, month)
    return [
        {
            "unit": one.unit, "meter": one.number, "fee": one.fee,
            "day": last.day if last else None, "value_milli": last.value_milli if last else None,
        }
        for one, last in found
    ]  # fmt: skip
