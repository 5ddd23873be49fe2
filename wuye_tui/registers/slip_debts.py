"""What repairs of some units cost and is not paid yet: it is taken on the slip, with the slip's own
receipt (BX-16). Whoever pays at the counter is told of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlmodel import Session

from wuye_tui.rules.accounts import REPAIR
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge, Receipt, ReceiptVoid

_charge, _receipt, _void = (table_of(kind).c for kind in (Charge, Receipt, ReceiptVoid))
_VOID = exists().where(_void.site == _receipt.site, _void.number == _receipt.number)
_PAID = exists().where(_receipt.site == _charge.site, _receipt.source == _charge.source, ~_VOID)
_UNPAID = (
    select(_charge.source, _charge.unit, _charge.fen - _charge.waived_fen)
    .where(
        _charge.site == bindparam("site"),
        _charge.unit.in_(bindparam("units", expanding=True)),
        _charge.fee == REPAIR,
        _charge.fen > _charge.waived_fen,
        ~_PAID,
    )
    .order_by(_charge.at, _charge.source)
)


class SlipDebt(NamedTuple):
    """A repair slip that is not paid, in fen."""

    number: str
    unit: str
    fen: int


def unpaid(session: Session, site: str, units: Sequence[str]) -> tuple[SlipDebt, ...]:
    """Those of some units, the oldest first."""
    asked = {"site": site, "units": list(units)}
    return tuple(SlipDebt(*row) for row in session.connection().execute(_UNPAID, asked))
