"""What a run of bills was reckoned from, held against what is there when it is published.

A reading may arrive while a month is being prepared. It is taken: whoever reads meters does not
wait for the cashier. But then the lines are not those of the month any more, and what lies between
the two readings would be charged by no month; so the run is not published, nobody owes anything of
it, and it is run again. Once it is published the reading is refused as every other of that month.
"""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from wuye_tui.rules.errors import Refused
from wuye_tui.rules.months import Month
from wuye_tui.store.acts import Act
from wuye_tui.store.chain import canonical
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Meter, MeterReading, Office, Pool
from wuye_tui.words import _

_meter, _reading, _pool, _office = (
    table_of(kind).c for kind in (Meter, MeterReading, Pool, Office)
)
# Only PostgreSQL has these locks: SQLite has one writer. Acts with readings go side by side, and a
# run is published when none of them is under way.
_OFFICE: Final = select(_office.site).where(_office.site == bindparam("site"))
_SHARED = _OFFICE.with_for_update(read=True)
_ALONE = _OFFICE.with_for_update(key_share=True)
_METERS = select(
    _meter.number, _meter.unit, _meter.fee, _meter.digits, _meter.factor, _meter.active
).where(_meter.site == bindparam("site"))
# Whatever is written has its moment; what is taken away is one less.
_READINGS = (
    select(
        _reading.meter,
        func.count(),
        func.sum(_reading.value_milli),
        func.max(_reading.day),
        func.max(_reading.at),
    )
    .where(_reading.site == bindparam("site"), _reading.day < bindparam("until"))
    .group_by(_reading.meter)
)
_POOLS = select(_pool.fee, _pool.building, _pool.basis, _pool.fen).where(
    _pool.site == bindparam("site"), _pool.period == bindparam("period")
)


class InputsMoved(Refused):
    """Readings or shared costs are not those any more from which the lines were reckoned."""

    def __init__(self, month: Month) -> None:
        told = _(
            "准备 {month} 的账的时候，有人登记了读数或公摊：这一批没有出，谁也不欠；请重新出账。"
        )
        super().__init__(told.format(month=month), "FW-4.2")


def share(act: Act) -> None:
    """To be said by whatever writes readings or shared costs, before it looks what is charged."""
    act.session.connection().execute(_SHARED, {"site": act.site})


def hold(act: Act, month: Month, before: frozenset[str]) -> None:
    """Lets nothing of it change until the act ends. Raises InputsMoved where it has."""
    act.session.connection().execute(_ALONE, {"site": act.site})
    if inputs(act.session, act.site, month) != before:
        raise InputsMoved(month)


def inputs(session: Session, site: str, month: Month) -> frozenset[str]:
    """All of it as it is now: each meter, what was read of it until the month's end, and the shared
    costs of the month, for comparing.
    """
    asked: dict[str, Any] = {
        "site": site, "until": month.last_day + timedelta(days=1), "period": str(month),
    }  # fmt: skip
    rows = (
        row
        for question in (_METERS, _READINGS, _POOLS)
        for row in session.connection().execute(question, asked)
    )
    return frozenset(canonical([str(one) for one in row]) for row in rows)
