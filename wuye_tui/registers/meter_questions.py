"""What is asked about meters and their readings, and which months of a fee are charged already.

Built once: a run of bills, an import and the lists ask the same.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlmodel import Session

from wuye_tui.registers.finding_questions import IN_ORDER
from wuye_tui.rules.meters import INSTALLED, REMOVED, Reading
from wuye_tui.rules.months import Month
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import BillRun, Charge, Meter, MeterReading, Unit

FEW: Final = 20  # meters whose readings are asked for one by one
_meter, _reading, _unit = (table_of(kind).c for kind in (Meter, MeterReading, Unit))
_run, _charge = table_of(BillRun).c, table_of(Charge).c
_METERS = select(
    _meter.number, _meter.unit, _meter.fee, _meter.digits, _meter.factor, _meter.active
).where(_meter.site == bindparam("site"))
_IN_ORDER = _METERS.join_from(
    table_of(Meter), table_of(Unit), (_unit.site == _meter.site) & (_unit.label == _meter.unit)
).order_by(*IN_ORDER, _meter.fee, _meter.number)
_SHOWN = select(_reading.meter, _reading.day, _reading.value_milli, _reading.kind).where(
    _reading.site == bindparam("site")
)
_SINCE = _SHOWN.where(_reading.day >= bindparam("since"))
_OF_METER = _SHOWN.where(_reading.meter == bindparam("meter"))
_before = (
    select(_reading.meter, func.max(_reading.day).label("day"))
    .where(_reading.site == bindparam("site"), _reading.day < bindparam("since"))
    .group_by(_reading.meter)
    .subquery("latest")
)
_old = table_of(MeterReading).alias("reading")
_LAST = (
    select(_old.c.meter, _old.c.day, _old.c.value_milli, _old.c.kind)
    .join_from(_old, _before, (_old.c.meter == _before.c.meter) & (_old.c.day == _before.c.day))
    .where(_old.c.site == bindparam("site"))
)
_later = table_of(MeterReading).alias("later")
_ENDED = select(_reading.meter).where(
    _reading.site == bindparam("site"),
    _reading.kind == REMOVED,
    ~exists().where(
        _later.c.site == _reading.site,
        _later.c.meter == _reading.meter,
        or_(
            _later.c.day > _reading.day,
            and_(_later.c.day == _reading.day, _later.c.kind == INSTALLED),
        ),
    ),
)
_RUNS = (
    select(_run.period, _run.number, _run.fees)
    .where(
        _run.site == bindparam("site"), _run.state == "published", _run.period >= bindparam("since")
    )
    .order_by(_run.period.desc(), _run.number.desc())
)
_CHARGED = (
    select(_charge.id)
    .where(
        _charge.site == bindparam("site"),
        _charge.period == bindparam("period"),
        _charge.fee == bindparam("fee"),
        _charge.run == bindparam("run"),
    )
    .limit(1)
)


class Known(NamedTuple):
    """A meter of the register."""

    number: str
    unit: str
    fee: str
    digits: int
    factor: int
    active: bool = True


def meters(session: Session, site: str, in_order: bool = False) -> list[Known]:
    """Every meter; `in_order` of their units."""
    query = _IN_ORDER if in_order else _METERS
    return [Known(*row) for row in session.connection().execute(query, {"site": site})]


def histories(
    session: Session, site: str, since: date, numbers: Collection[str]
) -> dict[str, list[Reading]]:
    """The readings of meters in their order: at least those since a day, and the last ones before
    it. Of some meters, where `numbers` are few, of all otherwise.
    """
    found: dict[str, list[Reading]] = {}
    if len(numbers) <= FEW:
        for number in numbers:
            _gather(found, _rows(session, _OF_METER, site=site, meter=number))
    else:
        _gather(found, _rows(session, _LAST, site=site, since=since))
        _gather(found, _rows(session, _SINCE, site=site, since=since))
    for one in found.values():
        one.sort(key=lambda reading: (reading.day, reading.kind == INSTALLED))
    return found


def missing(
    session: Session, site: str, fees: Collection[str], month: Month
) -> list[tuple[Known, Reading | None]]:
    """The meters of these fees without a reading in a month, by unit, each with its last one
    before; a meter that was taken down is not waited for.
    """
    last: dict[str, list[Reading]] = {}
    _gather(last, _rows(session, _LAST, site=site, since=first_day(month.after)))
    found: list[tuple[Known, Reading | None]] = []
    for one in meters(session, site, in_order=True):
        readings = sorted(last.get(one.number, ()), key=lambda each: each.kind == INSTALLED)
        before = readings[-1] if readings else None
        read = before is not None and (before.day >= first_day(month) or before.kind == REMOVED)
        if one.active and one.fee in fees and not read:
            found.append((one, before))
    return found


def ended(session: Session, site: str) -> frozenset[str]:
    """The meters that were taken down, or switched off, with none in their place."""
    return frozenset(row.meter for row in _rows(session, _ENDED, site=site))


def charged(session: Session, site: str, fee: str, since: Month) -> Iterator[tuple[Month, str]]:
    """The months not before `since` whose bills of a fee are out, with their runs; newest first."""
    for row in _rows(session, _RUNS, site=site, since=str(since)):
        asked = {"site": site, "period": row.period, "fee": fee, "run": row.number}
        if fee in row.fees and any(_rows(session, _CHARGED, **asked)):
            yield Month(*map(int, row.period.split("-"))), row.number


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month.year, month.month, 1)


def _gather(found: dict[str, list[Reading]], rows: Iterable[Any]) -> None:
    for meter, day, value_milli, kind in rows:
        found.setdefault(meter, []).append(Reading(day, value_milli, kind))


def _rows(session: Session, question: Any, **asked: Any) -> list[Any]:
    return list(session.connection().execute(question, asked).all())
