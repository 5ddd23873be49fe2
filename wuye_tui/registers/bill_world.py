"""What a run of bills reckons from, read in one session: units, prices, terms, meters, pools."""

from contextlib import suppress
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlmodel import Session

from wuye_tui.registers import fees as register
from wuye_tui.registers.finding_questions import IN_ORDER
from wuye_tui.rules.bills import MeterFacts, PoolFacts, SpaceTerm, UnitFacts, World
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.meters import Reading, used
from wuye_tui.rules.months import Month
from wuye_tui.rules.shares import Basis
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import BillRun, Charge, Meter, MeterReading, Pool, Unit

MONTHS_BACK = 6
PUBLISHED, WITHDRAWN = "published", "withdrawn"
ONE = 1000
_unit, _charge, _meter, _reading, _pool, _run = (
    table_of(kind).c for kind in (Unit, Charge, Meter, MeterReading, Pool, BillRun)
)
IS_OWED: Final = or_(
    _charge.run == "",
    _charge.run.in_(
        select(_run.number).where(
            _run.site == bindparam("site"), _run.state.in_((PUBLISHED, WITHDRAWN))
        )
    ),
)
"""The condition on charges: of no run, or of one that went out, though it was withdrawn since: then
nothing is open of them."""
IS_BILLED: Final = _charge.run.in_(
    select(_run.number).where(_run.site == bindparam("site"), _run.state == PUBLISHED)
)
"""The condition on charges: of a run that is published, so that nothing charges them again."""


def of_run(site: str, run: str) -> tuple[ColumnElement[bool], ...]:
    """The conditions on charges of being a run's, by the names under which both are given: by its
    month as well, which an index has, for charges there are by the million.
    """
    period = select(_run.period).where(_run.site == bindparam(site), _run.number == bindparam(run))
    return (
        _charge.site == bindparam(site),
        _charge.period == period.scalar_subquery(),
        _charge.run == bindparam(run),
    )


_UNITS = (
    select(_unit.label, _unit.kind, _unit.building, _unit.area_centi)
    .where(_unit.site == bindparam("site"))
    .order_by(*IN_ORDER)
)
_BEFORE = (
    select(_charge.source, _charge.fee, func.sum(_charge.fen))
    .where(_charge.site == bindparam("site"), _charge.period == bindparam("period"), IS_BILLED)
    .group_by(_charge.source, _charge.fee)
)
_METERS = (
    select(table_of(Meter))
    .where(_meter.site == bindparam("site"), _meter.active.is_(True))
    .order_by(_meter.unit, _meter.number)
)
_READINGS = (
    select(_reading.meter, _reading.day, _reading.value_milli, _reading.kind)
    .where(
        _reading.site == bindparam("site"),
        _reading.day >= bindparam("since"),
        _reading.day <= bindparam("until"),
    )
    .order_by(_reading.meter, _reading.day, _reading.kind.desc())
)
_LATEST = (
    select(_reading.meter, func.max(_reading.day).label("day"))
    .where(_reading.site == bindparam("site"), _reading.day < bindparam("since"))
    .group_by(_reading.meter)
    .subquery()
)
# Where nobody has read a meter for long, what was read last counts all the same.
_BEFORE_THEM = (
    select(_reading.meter, _reading.day, _reading.value_milli, _reading.kind)
    .join_from(
        table_of(MeterReading),
        _LATEST,
        (_LATEST.c.meter == _reading.meter) & (_LATEST.c.day == _reading.day),
    )
    .where(_reading.site == bindparam("site"))
    .order_by(_reading.meter, _reading.kind.desc())
)
_POOLS = (
    select(table_of(Pool))
    .where(_pool.site == bindparam("site"), _pool.period == bindparam("period"))
    .order_by(_pool.fee, _pool.building)
)


def world(session: Session, site: str, month: Month) -> World:
    """All that the bills of a month are reckoned from."""
    connection = session.connection()
    asked = {"site": site, "period": str(month)}
    known = register.terms(session, site)
    before = {**asked, "period": str(month.before)}
    return World(
        [UnitFacts(*row) for row in connection.execute(_UNITS, asked)],
        register.prices(session, site),
        {key: [_space(one) for one in found.spaces] for key, found in known.items()},
        {key: found.less for key, found in known.items() if found.less},
        _meters(session, site, month),
        [
            PoolFacts(row.fee, row.building, Basis(row.basis), row.fen)
            for row in connection.execute(_POOLS, asked)
        ],
        {(source, fee): int(fen) for source, fee, fen in connection.execute(_BEFORE, before)},
    )


def _space(row: Any) -> SpaceTerm:
    return SpaceTerm(row.subject, row.quantity_milli or ONE, row.begins, row.ends)


def _meters(session: Session, site: str, month: Month) -> list[MeterFacts]:
    connection = session.connection()
    asked = {"site": site, "since": _since(month), "until": month.last_day}
    readings: dict[str, list[Reading]] = {}
    for row in (*connection.execute(_BEFORE_THEM, asked), *connection.execute(_READINGS, asked)):
        readings.setdefault(row.meter, []).append(Reading(row.day, row.value_milli, row.kind))
    return [
        _meter_facts(row, readings.get(row.number, []), month)
        for row in connection.execute(_METERS, {"site": site})
    ]


def _since(month: Month) -> date:
    back = month.later(-MONTHS_BACK)
    return date(back.year, back.month, 1)


def _meter_facts(row: Any, readings: list[Reading], month: Month) -> MeterFacts:
    """What is charged goes from the last reading of the months before to the last of this one."""
    begins = date(month.year, month.month, 1)
    earlier = [one for one in readings if one.day < begins]
    mine = [*earlier[-1:], *(one for one in readings if one.day >= begins)]
    return MeterFacts(
        row.number, row.unit, row.fee, row.digits, row.factor, tuple(mine),
        tuple(_monthly(earlier, row)),
    )  # fmt: skip


def _monthly(readings: list[Reading], row: Any) -> list[int]:
    """What was used in each month before, as far as its readings say; newest last."""
    ends: dict[Month, list[Reading]] = {}
    for one in readings:
        ends.setdefault(Month(one.day.year, one.day.month), []).append(one)
    found: list[int] = []
    before: list[Reading] = []
    for _month, of_month in sorted(ends.items()):
        if before:
            with suppress(DeskError):  # what ran backwards was told of in its own month
                found.append(used([before[-1], *of_month], row.digits, row.factor))
        before = of_month
    return found
