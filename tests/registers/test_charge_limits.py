"""What a repair may cost: never more than a slip can be (BX-13), nor than was agreed to (BX-10)."""

from typing import Any

import pytest

from tests.factories import OFF_TARIFF, a_repair, refused, situation, taken, walk_to
from wuye_tui.desk import Desk
from wuye_tui.rules.answers import BadAnswer
from wuye_tui.rules.refusals import GuardRefused

AGREED: dict[str, Any] = {"tariff_shown": True, "damage": "坏了", "minutes": 30, "consent": True}
DONE: dict[str, Any] = {"tried": True, "resident": "陈立"}


def quoted(desk: Desk, fee: str = "180", **agreed: Any) -> str:
    """A job off the tariff that is being worked on; its quote was agreed to."""
    number = a_repair(desk)
    walk_to(desk, number, "collected", issue=OFF_TARIFF)
    taken(desk, number, "quote", staff="GC01", fee=fee, told_how="phone")
    taken(desk, number, "consent", agreed_by="陈立")
    walk_to(desk, number, "working", agree={**AGREED, **agreed})
    return number


@pytest.mark.clause("BX-10")
@pytest.mark.parametrize("charged", ["179.99", "180"])
def test_a_job_off_the_tariff_costs_what_was_agreed_or_less(desk: Desk, charged: str) -> None:
    number = quoted(desk)
    taken(desk, number, "finish", staff="GC03", lines=[f"空调={charged}"], **DONE)


@pytest.mark.clause("BX-10")
def test_it_costs_no_fen_more_and_the_refusal_names_both_sums(desk: Desk) -> None:
    number = quoted(desk)
    with pytest.raises(GuardRefused) as error:
        taken(desk, number, "finish", staff="GC03", lines=["空调=180", "螺丝=0.01"], **DONE)
    assert error.value.clause == "BX-10"
    assert "180.01 元" in str(error.value)
    assert "180.00 元" in str(error.value)
    assert "改实际项目" in str(error.value)


@pytest.mark.clause("BX-10")
def test_parts_that_were_priced_at_the_door_are_agreed_to_as_well(desk: Desk) -> None:
    number = quoted(desk, parts_fen="20")
    refused("BX-10", desk, number, "finish", staff="GC03", lines=["空调=200.01"], **DONE)
    taken(desk, number, "finish", staff="GC03", lines=["空调=200"], **DONE)


@pytest.mark.clause("BX-10", "BX-12")
def test_a_fee_that_was_explained_and_agreed_to_anew_takes_the_quotes_place(desk: Desk) -> None:
    number = quoted(desk, parts_fen="20")
    told = {**OFF_TARIFF, "explained": True}
    taken(desk, number, "amend", staff="GC03", **told)
    refused("BX-10", desk, number, "finish", staff="GC03", lines=["空调=250"], **DONE)
    taken(desk, number, "amend", staff="GC03", fee="250", **told)
    refused("BX-10", desk, number, "finish", staff="GC03", lines=["空调=250.01"], **DONE)
    taken(desk, number, "finish", staff="GC03", lines=["空调=250"], **DONE)
    assert situation(desk, number).facts["charged_fen"] == 25000


def test_on_the_tariff_its_prices_say_what_it_costs(desk: Desk) -> None:
    number = quoted(desk, "0.01")
    taken(desk, number, "amend", staff="GC03", charge="paid", tariff="SX-01", explained=True)
    taken(desk, number, "finish", staff="GC03", lines=["SX-01"], **DONE)


@pytest.mark.clause("BX-13")
def test_no_slip_costs_more_than_a_hundred_thousand(desk: Desk) -> None:
    number = a_repair(desk, upto="working")
    with pytest.raises(GuardRefused) as error:
        taken(desk, number, "finish", staff="GC03", lines=["空调=9999999999"], **DONE)
    assert error.value.clause == "BX-13"
    assert "9,999,999,999.00 元" in str(error.value)
    assert "100,000.00 元" in str(error.value)
    split = ["空调=50000", "电机=50000.01"]
    refused("BX-13", desk, number, "finish", staff="GC03", lines=split, **DONE)
    taken(desk, number, "finish", staff="GC03", lines=["空调=50000", "电机=50000"], **DONE)


@pytest.mark.clause("BX-13")
def test_nor_is_more_quoted_or_agreed_to(desk: Desk) -> None:
    number = a_repair(desk)
    walk_to(desk, number, "collected", issue=OFF_TARIFF)
    told = {"staff": "GC01", "told_how": "phone"}
    refused("BX-13", desk, number, "quote", fee="100000.01", **told)
    taken(desk, number, "quote", fee="100000", **told)
    taken(desk, number, "consent", agreed_by="陈立")
    walk_to(desk, number, "on_site")
    refused("BX-13", desk, number, "agree", staff="GC03", parts_fen="100000.01", **AGREED)
    taken(desk, number, "agree", staff="GC03", parts_fen="100000", **AGREED)
    new = {**OFF_TARIFF, "explained": True, "staff": "GC03"}
    refused("BX-13", desk, number, "amend", fee="100000.01", **new)
    taken(desk, number, "amend", fee="100000", **new)


@pytest.mark.parametrize(("count", "passes"), [("998", True), ("999", True), ("999.5", False)])
def test_of_one_item_there_are_999_at_most(desk: Desk, count: str, passes: bool) -> None:
    number = a_repair(desk, upto="working")
    lines = [f"SX-01*{count}"]
    if passes:
        taken(desk, number, "finish", staff="GC03", lines=lines, **DONE)
    else:
        with pytest.raises(BadAnswer, match="999"):
            taken(desk, number, "finish", staff="GC03", lines=lines, **DONE)
