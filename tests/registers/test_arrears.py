"""Arrears at a desk (FW-13, FW-4.1): who owes, how much and for how long, and what is no arrear."""

from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.billing import A_MONTH, CASHIER, CLERK, HOMES, MANAGER, charged, owes, paid
from tests.desks import THURSDAY, settings_for
from tests.dunnings import UNIT, billed, desk_, here, paying, row_of
from tests.factories import move_to, rows_of
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers import arrears, bills, giving_back, home_visits
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE

__all__ = ["desk_", "here"]


# The list


@pytest.mark.clause("FW-13", "KF-3.4")
def test_units_that_owe_stand_with_the_longest_overdue_first(desk_: Desk) -> None:
    paying(desk_, A_MONTH, "5-1-101")
    paying(desk_, 2 * A_MONTH, "3-1-501")
    charged(desk_.as_staff(CASHIER), "6-1-301", 1500)
    move_to(desk_, "2026-12-24 10:00")
    found = arrears.arrears(desk_)
    assert [(one.unit, one.days, one.open_fen, one.overdue_fen) for one in found.rows] == [
        (UNIT, 60, 2 * A_MONTH, 2 * A_MONTH),
        ("3-2-502", 60, 2 * A_MONTH, 2 * A_MONTH),
        ("6-1-301", 60, 2 * A_MONTH + 1500, 2 * A_MONTH + 1500),
        ("12-1-1203", 60, 2 * A_MONTH, 2 * A_MONTH),
        ("5-1-101", 29, A_MONTH, A_MONTH),
    ]
    # October 60 days, November 29, the card 35: charged on 19 November.
    (six,) = (one for one in found.rows if one.unit == "6-1-301")
    assert six.ages == (0, A_MONTH, A_MONTH + 1500, 0, 0, 0)
    assert (six.due, six.late_fen) == (date(2026, 10, 25), 329), "30 days of 0.05 % of 219.28"
    assert (found.units, found.left_out, found.total.ages) == (
        5, 0, (0, 5 * A_MONTH, 4 * A_MONTH + 1500, 0, 0, 0),
    )  # fmt: skip
    assert found.total.late_fen == sum(one.late_fen for one in found.rows) == 4 * 329


@pytest.mark.clause("FW-13")
def test_a_part_of_them_is_listed_and_the_last_row_is_of_all(here: Desk) -> None:
    paying(here, A_MONTH, "5-1-101")
    assert [one.unit for one in arrears.arrears(here, building="3栋").rows] == [
        "3-1-501", "3-1-502", "3-2-502",
    ]  # fmt: skip
    assert [one.unit for one in arrears.arrears(here, building="3-2").rows] == ["3-2-502"]
    few = arrears.arrears(here, limit=2)
    assert (len(few.rows), few.left_out, few.total.open_fen) == (2, 4, 11 * A_MONTH)
    for over, many in ((None, 6), (0, 5), (24, 5), (25, 0)):
        assert arrears.arrears(here, over).units == many, over
    with pytest.raises(home_visits.UnknownBuilding):
        arrears.arrears(here, building="99")


@pytest.mark.clause("FW-4.1")
def test_what_is_not_published_waived_or_a_repairs_is_no_arrear(here: Desk) -> None:
    cashier = here.as_staff(CASHIER)
    before = arrears.arrears(here).total.open_fen
    lines = [one for one in rows_of(cashier, bills.Charge) if one.period == "2026-11"]

    def in_preparation(act: Any) -> dict[str, Any]:
        number = lines[0].run
        act.update(bills.BillRun, {"number": number, "state": bills.PREPARING})
        return {}

    cashier.perform("test", in_preparation)
    assert arrears.arrears(here).total.open_fen == before - 6 * A_MONTH
    cashier.perform("test", lambda act: act.update(
        bills.BillRun, {"number": lines[0].run, "state": bills.PUBLISHED}) or {})  # fmt: skip
    charge = owes(here, UNIT).owed[0].debt.charge
    cashier.perform(
        "bills.waive",
        lambda act: giving_back.waive(act, charge, A_MONTH, "质量问题", MANAGER, (MANAGER,)),
    )
    assert row_of(here).ages == (A_MONTH, 0, 0, 0, 0, 0)
    assert row_of(here).days == 0


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.sampled_from(HOMES), st.integers(1, 60_000)),
        st.tuples(st.just("charge"), st.sampled_from(HOMES), st.integers(1, 9_999)),
        st.tuples(st.just("wait"), st.integers(1, 50), st.just(0)),
    ),
    max_size=8,
)


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(moves=MOVES)
@pytest.mark.clause("FW-4.1")
def test_the_list_and_the_account_agree_to_the_fen(
    moves: list[tuple[str, Any, int]], office_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir(mode=0o700, exist_ok=True)
    copyfile(office_file, folder / DATABASE)
    clock = StoppedClock(THURSDAY)
    desk = billed(open_desk(settings_for(folder), clock).as_staff(CLERK))
    for what, who, fen in moves:
        if what == "wait":
            clock.advance(who * 86400)
        elif what == "charge":
            charged(desk.as_staff(CASHIER), who, fen)
        else:
            paid(desk.as_staff(CASHIER), who, ("wechat", fen), prepay=True)
    found = {one.unit: one for one in arrears.arrears(desk).rows}
    for unit in HOMES:
        account, row = owes(desk, unit), found.get(unit)
        assert account.open_fen == (row.open_fen if row else 0)
        assert account.late_fen == (row.late_fen if row else 0)
    whole = owes(desk, *HOMES)
    total = arrears.arrears(desk).total
    assert (total.open_fen, total.late_fen) == (whole.open_fen, whole.late_fen)
    desk.engine.dispose()
