"""Reports of what was charged and collected: they agree with each other to the fen (FW-4.3)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing import (
    A_MONTH,
    HOMES,
    MANAGER,
    NOVEMBER,
    OCTOBER,
    charged,
    owes,
    paid,
    priced,
    run,
)
from wuye_tui.desk import Desk
from wuye_tui.registers import fee_reports, giving_back
from wuye_tui.registers.fee_reports import collected


@pytest.mark.clause("FW-4.3")
def test_a_month_by_fee_building_and_period(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, OCTOBER)
    run(cashier, NOVEMBER)
    paid(cashier, "3-1-502", ("cash", A_MONTH + 100))
    lone = charged(cashier, "5-1-101", 1500)["charge"]
    cashier.perform("w", lambda act: giving_back.waive(act, lone, 500, "减", MANAGER, (MANAGER,)))
    by_fee = collected(cashier)
    assert [(one.code, one.billed, one.waived, one.settled) for one in by_fee] == [
        ("card", 1500, 500, 0),
        ("management", 12 * A_MONTH, 0, A_MONTH + 100),
        ("", 12 * A_MONTH + 1500, 500, A_MONTH + 100),
    ]
    management = by_fee[1]
    assert management.rate == (A_MONTH + 100) * 10_000 // (12 * A_MONTH)
    assert (management.units, by_fee[-1].units) == (6, 6), "who owes for two things is one"
    october = collected(cashier, "building", "2026-10")
    assert {one.code: one.open_fen for one in october} == {
        "12": A_MONTH, "3": 2 * A_MONTH, "5": A_MONTH, "6": A_MONTH, "": 5 * A_MONTH,
    }  # fmt: skip
    assert next(one for one in october if one.code == "3").units == 2, "3-1-502 has paid it"


def test_nothing_charged_is_no_report_and_an_unknown_one_is_named(desk: Desk) -> None:
    assert collected(priced(desk)) == []
    with pytest.raises(fee_reports.UnknownReport, match="按「colour」"):
        collected(desk, "colour")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(HOMES), st.integers(1, 30_000)), max_size=5))
def test_however_it_is_sliced_the_sums_are_the_same(
    desk: Desk, payments: list[tuple[str, int]]
) -> None:
    cashier = priced(desk) if not collected(desk) else desk.as_staff("SF01")
    if not collected(cashier):
        run(cashier, OCTOBER)
    for unit, fen in payments:
        paid(cashier, unit, ("wechat", fen), prepay=True)
    totals = {by: collected(cashier, by)[-1] for by in fee_reports.BY}
    assert len({(one.billed, one.waived, one.settled) for one in totals.values()}) == 1
    assert totals["fee"].open_fen == owes(cashier, *HOMES).open_fen
