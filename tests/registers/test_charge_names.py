"""What a charge is called where it has to be typed (FW-4.1): short, and never two by one name."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.billing import A_MONTH, CASHIER, MANAGER, NOVEMBER, OCTOBER, charged, owes, priced, run
from tests.factories import move_to
from wuye_tui.desk import Desk
from wuye_tui.registers import bills, counter, fee_terms, fees, giving_back
from wuye_tui.registers.charge_names import AmbiguousCharge, UnknownCharge
from wuye_tui.rules.charge_names import Named, is_id, names
from wuye_tui.rules.errors import DeskError, UnknownUnit
from wuye_tui.rules.fee_kinds import UnknownFee
from wuye_tui.rules.payments import NotOwed, Tender
from wuye_tui.store.tables.base import new_id

UNIT = "3-1-502"


@pytest.fixture
def cashier(any_desk: Desk) -> Desk:
    """October and November are charged; the unit has two spaces, and a card."""
    at = priced(any_desk)

    def work(act: Any) -> dict[str, Any]:
        fees.set_price(act, "parking", 800_000, date(2026, 1, 1))
        for space in ("B-115", "B-116"):
            fee_terms.add_term(act, UNIT, "parking", "space", date(2026, 11, 1), subject=space)
        return {}

    at.perform("test", work)
    run(at, OCTOBER)
    run(at, NOVEMBER)
    charged(at, UNIT, 1500, what="门禁卡")
    return at


def listed(desk: Desk) -> list[str]:
    return [one["name"] for one in owes(desk, UNIT).as_dict()["owed"]]


def waived(desk: Desk, typed: str, fen: int = 100) -> dict[str, Any]:
    return desk.perform(
        "bills.waive", lambda act: giving_back.waive(act, typed, fen, "少算", MANAGER, (MANAGER,))
    )


@pytest.mark.clause("FW-4.1")
def test_each_is_called_by_unit_fee_and_month_and_by_more_where_there_are_several(
    cashier: Desk,
) -> None:
    assert sorted(listed(cashier)) == [
        "3-1-502/card/2026-11",
        "3-1-502/management/2026-10",
        "3-1-502/management/2026-11",
        "3-1-502/parking/2026-11/B-115",
        "3-1-502/parking/2026-11/B-116",
    ]
    number = bills.list_runs(cashier)[0]["number"]
    mine = [one["name"] for one in bills.charges_of(cashier, number) if one["unit"] == UNIT]
    assert set(mine) < set(listed(cashier))


@pytest.mark.clause("FW-4.1")
def test_what_is_shown_can_be_typed(cashier: Desk) -> None:
    account = owes(cashier, UNIT)
    for which, name in account.names.items():
        waived(cashier, name)
        (left,) = [one for one in owes(cashier, UNIT).owed if one.debt.charge == which]
        assert left.waived_fen == 100, name


@pytest.mark.clause("FW-4.1")
@pytest.mark.parametrize(
    "typed",
    [
        "3-1-502 management 2026-10",
        "3栋1单元502/物业服务费/2026-10",
        " 3-1-502 / 物业服务费 / 2026-10 ",
    ],
)
def test_blanks_and_words_do_as_well(cashier: Desk, typed: str) -> None:
    assert waived(cashier, typed)["unit"] == UNIT
    (one,) = [one for one in owes(cashier, UNIT).owed if one.debt.period == "2026-10"]
    assert one.waived_fen == 100


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3-1-502/parking/2026-11", AmbiguousCharge),
        ("3-1-502/parking/2026-11/B-117", UnknownCharge),
        ("3-1-502/management/2026-09", UnknownCharge),
        ("3-1-502/management", UnknownCharge),
        ("", UnknownCharge),
        ("9-9-909/management/2026-10", UnknownUnit),
        ("3-1-502/gold/2026-10", UnknownFee),
        ("01a2b3c4-0000-7000-8000-0123456789ab", UnknownCharge),
    ],
)
def test_what_is_unknown_or_may_be_several_is_refused(
    cashier: Desk, typed: str, why: type[DeskError]
) -> None:
    with pytest.raises(why) as refusal:
        waived(cashier, typed)
    if why is AmbiguousCharge:
        assert "3-1-502/parking/2026-11/B-115、3-1-502/parking/2026-11/B-116" in str(refusal.value)


@pytest.mark.clause("FW-4.1")
def test_money_is_taken_for_what_was_named_once(cashier: Desk) -> None:
    name = "3-1-502/management/2026-11"

    def take(*typed: str) -> dict[str, Any]:
        return cashier.perform(
            "payments.take",
            lambda act: counter.take(act, [UNIT], [Tender("cash", A_MONTH)], charges=typed),
        )

    with pytest.raises(NotOwed):
        take("3-1-501/management/2026-11")
    assert take(name, "3-1-502 物业服务费 2026-11")["settled"][0][1] == A_MONTH
    assert name not in listed(cashier)
    with pytest.raises(NotOwed):
        take(name)


@pytest.mark.clause("FW-4.1")
def test_a_late_fee_and_what_is_open_of_two_alike_are_found(cashier: Desk) -> None:
    name = "3-1-502/parking/2026-11"
    cashier.perform(
        "bills.reverse",
        lambda act: giving_back.reverse(act, f"{name}/B-116", "没有车", MANAGER, (MANAGER,)),
    )
    assert name in listed(cashier), "one of the two is open, and its short name is enough"
    assert waived(cashier, name)["unit"] == UNIT
    move_to(cashier, "2027-02-20 10:00")
    october = "3-1-502/management/2026-10"
    late = next(o.debt.late_fen for o in owes(cashier, UNIT).owed if o.debt.period == "2026-10")
    money = [Tender("cash", A_MONTH + late - 200)]
    cashier.perform(
        "payments.take", lambda act: counter.take(act, [UNIT], money, charges=[october])
    )
    assert "3-1-502/late/2027-02-20" in listed(cashier)
    waived(cashier, "3-1-502/违约金/2027-02-20", 200)
    assert "3-1-502/late/2027-02-20" not in listed(cashier)
    assert cashier.staff == CASHIER


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["3-1-502", "3-1-501"]),
            st.sampled_from(["parking", "card"]),
            st.sampled_from(["2026-10", "2026-11"]),
            st.sampled_from(["", "B-1", "B-2", "3-1-502 水"]),
        ),
        max_size=12,
    )
)
def test_no_two_have_one_name(rows: list[tuple[str, str, str, str]]) -> None:
    every = [
        Named(new_id(), unit, fee, period, f"{unit} {what}".strip())
        for unit, fee, period, what in rows
    ]
    found = names(every)
    assert set(found) == {one.charge for one in every}
    assert len(set(found.values())) == len(every)
    for one in every:
        assert found[one.charge].startswith(one.unit) or is_id(found[one.charge])
