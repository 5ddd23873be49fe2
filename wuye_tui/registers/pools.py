"""Shared costs of a month 公摊 (FW-4.1): what all use together, written down before it is charged.

What a unit would bear is reckoned just as its bill will be.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session

from wuye_tui.desk import Desk
from wuye_tui.registers import meter_questions as questions
from wuye_tui.registers.bill_inputs import share
from wuye_tui.registers.bill_world import world
from wuye_tui.registers.comparing_homes import UnknownBuilding
from wuye_tui.registers.fees import require
from wuye_tui.registers.lookups import registry_of
from wuye_tui.registers.meter_refusals import CannotShare, NotAPool, PoolCharged, UnknownBasis
from wuye_tui.rules.bills import Odd, PoolFacts, lines, weight_of
from wuye_tui.rules.fee_kinds import FeeKind, How, fee_named
from wuye_tui.rules.months import Month
from wuye_tui.rules.rights import Right
from wuye_tui.rules.shares import BASIS_WORDS, Basis, NegativePool, NobodyToShare
from wuye_tui.rules.text import Field, code
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Pool
from wuye_tui.store.tables.base import new_id
from wuye_tui.words import _

SHOWN: Final = 5
"""So many units are shown with what they would bear."""
_pool = table_of(Pool).c
_POOLS = (
    select(table_of(Pool))
    .where(_pool.site == bindparam("site"))
    .order_by(_pool.period.desc(), _pool.fee, _pool.building)
)


class Share(NamedTuple):
    """What a unit bears of a pool, in fen, and its weight: 1/100 m2, 1 for each, or used."""

    unit: str
    weight: int
    fen: int


def put(act: Act, fee: str, month: Month, fen: int, building: str = "", basis: str = "") -> Result:
    """Writes the pool of a fee and a month, of one building or of all; what was written before is
    replaced. By what it is shared out is the fee's own, unless `basis` says otherwise.

    Raises NotAllowed, UnknownFee, NotAPool, UnknownBuilding, UnknownBasis, NegativePool,
    PoolCharged, NobodyToShare, and CannotShare where a reading keeps it from being reckoned.
    """
    require(act, Right.BILL, _("登记公摊"))
    share(act)
    one = fee_named(act.reference.fees, fee)
    if one.how is not How.POOL:
        raise NotAPool(one.word)
    house = code(building, Field.ROOM).removesuffix("栋").upper()
    if house and not registry_of(act).has_block(house, None):
        raise UnknownBuilding(house)
    by = basis_named(basis or one.basis or Basis.AREA)
    out = _run_of(act.session, act.site, one, month)
    if out:
        raise PoolCharged(one.word, month, out)
    pool = PoolFacts(one.code, house, by, fen)
    shares, without, too_small = shares_of(act.session, act.site, one, month, pool)
    before = next(
        (
            row
            for row in act.session.connection().execute(_POOLS, {"site": act.site})
            if (row.fee, row.period, row.building) == (one.code, str(month), house)
        ),
        None,
    )
    values = {"basis": by.value, "fen": fen, "by": act.by.number, "at": act.now}
    if before is None:
        key = {"id": new_id(), "fee": one.code, "period": str(month), "building": house}
        act.insert(Pool, {**key, **values})
    else:
        act.update(Pool, {"id": before.id, **values})
    return {
        "fee": one.code, "period": str(month), "building": house, "basis": by.value,
        "amount_fen": fen, "before_fen": before.fen if before else None,
        "units": len(shares), "without": without, "too_small": too_small,
        "shares": [{"unit": each.unit, "weight": each.weight, "amount_fen": each.fen}
                   for each in shares[:SHOWN]],
    }  # fmt: skip


def shares_of(
    session: Session, site: str, fee: FeeKind, month: Month, pool: PoolFacts
) -> tuple[list[Share], int, int]:
    """What each unit would bear, by unit; how many of those concerned bear nothing, as they have
    nothing to share by, and of how many the share is less than a fen. Raises NegativePool,
    NobodyToShare and CannotShare.
    """
    if pool.fen < 0:
        raise NegativePool(pool.fen)
    odd: list[Odd] = []
    known = replace(world(session, site, month), pools=(pool,), before={})
    found = list(lines(known, [fee], month, odd))
    if odd:
        nobody = NobodyToShare(pool.fen)
        raise nobody if odd[0].words == str(nobody) else CannotShare(odd[0].words)
    shares = [Share(one.unit, int(str(one.detail[1])), one.fen) for one in found]
    concerned = [
        unit
        for unit in known.units
        if fee.concerns(unit.kind) and pool.building in ("", unit.building)
    ]
    able = sum(weight_of(known, pool, unit) > 0 for unit in concerned)
    return shares, len(concerned) - able, able - len(shares) if pool.fen else 0


def basis_named(typed: str) -> Basis:
    """By what a pool is shared out: by code or by word. Raises UnknownBasis."""
    asked = typed.strip().removeprefix("按")
    for basis, word in BASIS_WORDS.items():
        if asked in (basis.value, word.removeprefix("按"), _(word)):
            return basis
    raise UnknownBasis(typed, [f"{basis} {_(word)}" for basis, word in BASIS_WORDS.items()])


def list_pools(desk: Desk) -> list[dict[str, Any]]:
    """Every pool, newest month first, each with the run by which it was charged, if it was."""
    with desk.read() as session:
        rows: Sequence[Any] = (
            session.connection().execute(_POOLS, {"site": desk.site}).mappings().all()
        )
        oldest = min((row["period"] for row in rows), default="")
        runs: dict[tuple[str, str], str] = {}
        for fee in {row["fee"] for row in rows}:
            out = questions.charged(session, desk.site, fee, _month(oldest))
            runs |= {(fee, str(month)): number for month, number in out}
    return [{**row, "run": runs.get((row["fee"], row["period"]), "")} for row in rows]


def _run_of(session: Session, site: str, fee: FeeKind, month: Month) -> str:
    out = questions.charged(session, site, fee.code, month)
    return next((number for charged, number in out if charged == month), "")


def _month(period: str) -> Month:
    year, month = map(int, period.split("-"))
    return Month(year, month)
