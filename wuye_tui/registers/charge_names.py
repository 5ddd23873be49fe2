"""Which charge is meant by what was typed: its id, or its name (`rules.charge_names`)."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.registers.bill_world import IS_OWED
from wuye_tui.registers.lookups import Registry
from wuye_tui.rules.charge_names import LATE_WORDS, Named, is_id, names, parts
from wuye_tui.rules.errors import NotFound, UsageError
from wuye_tui.rules.fee_kinds import FeeKind, fee_named
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Charge
from wuye_tui.words import _, listed

LATE: Final = "late"
NAMED: Final = 6
"""So many are named of those that may be meant."""
_charge = table_of(Charge).c
_OPEN = (_charge.fen - _charge.waived_fen - _charge.settled_fen).label("open_fen")
_OF_MONTH = (
    select(*(_charge[name] for name in ("id", "unit", "fee", "period", "source")), _OPEN)
    .where(
        _charge.site == bindparam("site"),
        _charge.unit == bindparam("unit"),
        _charge.fee == bindparam("fee"),
        _charge.period == bindparam("period"),
        IS_OWED,
    )
    .order_by(_charge.source, _charge.id)
)


class UnknownCharge(NotFound):
    """No charge has this id, or this name."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("没有「{typed}」这笔账，请按欠费清单重新选。").format(typed=typed))


class AmbiguousCharge(UsageError):
    """Several charges have this name."""

    def __init__(self, typed: str, known: Sequence[str]) -> None:
        told = _("「{typed}」有 {n} 笔，请写明是哪一笔：{names}。")
        super().__init__(told.format(typed=typed, n=len(known), names=listed(known[:NAMED])))


def charge_id(session: Session, site: str, fees: Sequence[FeeKind], typed: str) -> str:
    """The id of the charge that is meant; of several of a name that which is still open. Raises
    UnknownCharge, AmbiguousCharge, UnknownUnit, AmbiguousUnit, UnknownFee.
    """
    if is_id(typed):
        return typed.strip().lower()
    said = parts(typed)
    if len(said) < 3:
        raise UnknownCharge(typed)
    unit = Registry(session, site).unit(said[0])
    late = said[1] in {*LATE_WORDS, _(LATE_WORDS[1])}
    fee = LATE if late else fee_named(fees, said[1]).code
    asked = {"site": site, "unit": unit, "fee": fee, "period": said[2]}
    rows = session.connection().execute(_OF_MONTH, asked).all()
    found = {Named(*row[:5]): row.open_fen > 0 for row in rows}
    if len(said) > 3:
        found = {one: still for one, still in found.items() if one.what == said[3]}
    meant = [one for one, still in found.items() if still] or list(found)
    if not meant:
        raise UnknownCharge(typed)
    if len(meant) > 1:
        raise AmbiguousCharge(typed, list(names(meant).values()))
    return meant[0].charge
