"""Shared costs of a month (FW-4.1): written and replaced until they are charged.

* what a unit would bear is what its bill says, and the parts sum to the pool
* one that nobody bears, that is negative, or that is charged already, is refused
"""

from datetime import date
from typing import Any

import pytest

from tests.billing import CASHIER, NOVEMBER, OCTOBER, in_order, priced, run
from tests.factories import rows_of
from wuye_tui.desk import Act, Desk, Result
from wuye_tui.registers import bills, pools
from wuye_tui.registers.comparing_homes import UnknownBuilding
from wuye_tui.registers.meter_refusals import CannotShare, NotAPool, PoolCharged, UnknownBasis
from wuye_tui.rules.meters import REGULAR
from wuye_tui.rules.months import Month
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.shares import NegativePool, NobodyToShare
from wuye_tui.store.tables import Charge, Meter, MeterReading, Pool, Unit

FEE = "shared_power"


@pytest.fixture
def cashier(desk: Desk) -> Desk:
    return priced(desk)


def put(desk: Desk, fen: int, month: Month = OCTOBER, *more: str, fee: str = FEE) -> Result:
    """Writes a pool."""
    return desk.perform("fees.pool", lambda act: pools.put(act, fee, month, fen, *more))


def metered(desk: Desk, unit: str, *values: int) -> None:
    """A meter of a unit, read at the end of September and of October."""

    def work(act: Act) -> Result:
        act.insert(
            Meter,
            {
                "number": unit, "unit": unit, "fee": "water", "digits": 5, "factor": 1,
                "active": True,
            },
        )  # fmt: skip
        mark = {"meter": unit, "kind": REGULAR, "by": CASHIER, "at": act.now}
        for day, value in zip((date(2026, 9, 30), date(2026, 10, 31)), values, strict=True):
            act.insert(MeterReading, {**mark, "day": day, "value_milli": value})
        return {}

    desk.perform("test", work)


@pytest.mark.clause("FW-4.1")
def test_a_pool_is_written_and_what_units_would_bear_is_what_their_bills_say(
    any_desk: Desk,
) -> None:
    cashier = priced(any_desk)
    done = put(cashier, 10_000)
    assert (done["basis"], done["units"], done["without"], done["before_fen"]) == (
        "area", 6, 0, None,
    )  # fmt: skip
    told = {one["unit"]: one["amount_fen"] for one in done["shares"]}
    assert len(told) == pools.SHOWN
    assert rows_of(cashier, Charge) == []
    run(cashier, OCTOBER, FEE)
    charged = {one.unit: one.fen for one in rows_of(cashier, Charge)}
    assert sum(charged.values()) == 10_000
    assert told.items() <= charged.items()
    assert in_order(cashier)


def test_until_it_is_charged_it_is_replaced(cashier: Desk) -> None:
    put(cashier, 10_000)
    done = put(cashier, 9_000, OCTOBER, "", "按户")
    assert (done["before_fen"], done["basis"]) == (10_000, "unit")
    put(cashier, 5_000, OCTOBER, "３栋")
    put(cashier, 7_000, NOVEMBER)
    assert [
        (row["period"], row["building"], row["basis"], row["fen"], row["run"])
        for row in pools.list_pools(cashier)
    ] == [
        ("2026-11", "", "area", 7_000, ""),
        ("2026-10", "", "unit", 9_000, ""),
        ("2026-10", "3", "area", 5_000, ""),
    ]
    assert bills.preview(cashier, OCTOBER, [FEE]).fen == 14_000


@pytest.mark.clause("FW-4.1")
def test_once_it_is_charged_it_stays_and_the_run_is_named(cashier: Desk) -> None:
    run(cashier, OCTOBER)  # of all fees, and there was no pool yet
    put(cashier, 10_000)
    number = run(cashier, OCTOBER)["number"]
    with pytest.raises(PoolCharged, match=number) as refused:
        put(cashier, 9_000)
    assert "冲销" in str(refused.value)
    with pytest.raises(PoolCharged):
        put(cashier, 9_000, OCTOBER, "3")
    assert [(row["fen"], row["run"]) for row in pools.list_pools(cashier)] == [(10_000, number)]
    put(cashier, 9_000, NOVEMBER)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"fee": "management"}, NotAPool),
        ({"fen": -1}, NegativePool),
        ({"building": "99"}, UnknownBuilding),
        ({"basis": "人数"}, UnknownBasis),
        ({"basis": "meter"}, NobodyToShare),
    ],
)
def test_what_cannot_be_a_pool_is_refused(
    cashier: Desk, asked: dict[str, Any], error: type[Exception]
) -> None:
    given = {"fee": FEE, "fen": 100, "building": "", "basis": "", **asked}
    fen, more = given["fen"], (given["building"], given["basis"])
    with pytest.raises(error):
        put(cashier, fen, OCTOBER, *more, fee=given["fee"])
    assert rows_of(cashier, Pool) == []


def test_nobody_bears_a_pool_by_area_where_no_area_is_known(cashier: Desk) -> None:
    def forget(act: Act) -> Result:
        ids = [one.id for one in rows_of(cashier, Unit) if one.building == "3"]
        act.update(Unit, *({"id": one, "area_centi": None} for one in ids))
        return {}

    cashier.perform("test", forget)
    with pytest.raises(NobodyToShare, match="没有人分摊"):
        put(cashier, 100, OCTOBER, "3")
    done = put(cashier, 100)
    assert (done["units"], done["without"]) == (3, 3)


def test_by_meters_each_bears_by_what_it_used_and_a_wrong_reading_is_told(cashier: Desk) -> None:
    metered(cashier, "3-1-501", 10_000, 13_000)
    metered(cashier, "3-1-502", 10_000, 11_000)
    done = put(cashier, 1_000, OCTOBER, "", "meter")
    assert done["shares"] == [
        {"unit": "3-1-501", "weight": 3000, "amount_fen": 750},
        {"unit": "3-1-502", "weight": 1000, "amount_fen": 250},
    ]
    metered(cashier, "3-2-502", 10_000, 9_000)
    with pytest.raises(CannotShare, match="2026-10-31 的读数 9 小于"):
        put(cashier, 1_000, OCTOBER, "", "meter")


def test_a_share_of_less_than_a_fen_is_told_apart_from_no_area(cashier: Desk) -> None:
    done = put(cashier, 2)
    whole = done["units"] + done["without"] + done["too_small"]
    assert (done["units"], done["without"], done["too_small"]) == (2, 0, whole - 2)
    assert done["too_small"] > 0


def test_a_pool_of_nothing_takes_it_away_again(cashier: Desk) -> None:
    put(cashier, 1_000)
    done = put(cashier, 0)
    assert (done["units"], done["too_small"]) == (0, 0)
    assert bills.preview(cashier, OCTOBER, [FEE]).lines == 0


@pytest.mark.clause("FW-4.3")
def test_the_desk_writes_no_pools(cashier: Desk) -> None:
    with pytest.raises(NotAllowed, match="公摊"):
        put(cashier.as_staff("KF01"), 1_000)
    assert rows_of(cashier, Pool) == []
