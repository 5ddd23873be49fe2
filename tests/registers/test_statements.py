"""A unit's statement: its last balance is what the counter says it owes (FW-4.3)."""

import itertools
from datetime import timedelta
from typing import Any

import pytest

from tests.billing import A_MONTH, MANAGER, NOVEMBER, OCTOBER, charged, owes, paid, priced, run
from tests.factories import move_to
from wuye_tui.desk import Desk
from wuye_tui.registers import counter, giving_back, receipts
from wuye_tui.registers.statements import statement
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender

UNIT = "3-1-502"


@pytest.mark.clause("FW-4.3")
def test_every_line_stands_in_its_order_with_what_is_open_after_it(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    minute = iter(range(60))

    def then(work: Any) -> Any:
        move_to(cashier, f"11:{next(minute):02}")
        return work()

    def act(work: Any) -> Any:
        return cashier.perform("test", work)

    then(lambda: run(cashier, OCTOBER))
    first = then(lambda: paid(cashier, UNIT, ("cash", A_MONTH), payer="陈立"))["receipt"]
    then(lambda: act(lambda one: receipts.void(one, first, "错", MANAGER, (MANAGER,))))
    then(lambda: paid(cashier, UNIT, ("card", A_MONTH + 900), prepay=True))
    lone = then(lambda: charged(cashier, UNIT, 500))["charge"]
    then(lambda: act(lambda one: giving_back.waive(one, lone, 200, "减", MANAGER, (MANAGER,))))
    then(lambda: counter.use_all_prepaid(cashier))
    money = Tender("cash", 100)
    then(lambda: act(lambda one: giving_back.refund(one, UNIT, money, "退", MANAGER, (MANAGER,))))
    then(lambda: run(cashier, NOVEMBER))
    found = statement(cashier, UNIT)
    assert [(one.what.split()[0], one.more) for one in found] == [
        ("物业服务费", A_MONTH),
        ("收款", -A_MONTH),
        ("作废", A_MONTH),
        ("收款", -A_MONTH - 900),
        ("门禁卡工本费", 500),
        ("减免", -200),
        ("预存抵扣", 0),
        ("退款", 100),
        ("物业服务费", A_MONTH),
    ]
    now = owes(cashier, UNIT)
    assert found[-1].balance == now.open_fen - now.prepaid[UNIT] == A_MONTH - 500
    assert all(two.at - one.at >= timedelta(0) for one, two in itertools.pairwise(found))


def test_each_line_names_what_it_is_about_and_deposits_are_there(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    deposit = fee_named(cashier.reference.fees, "装修押金")
    two = (MANAGER, (MANAGER,))

    def act(work: Any) -> Any:
        return cashier.perform("test", work)

    run(cashier, OCTOBER)
    (debt,) = owes(cashier, UNIT).owed
    act(lambda one: giving_back.waive(one, debt.debt.charge, 1000, "减", MANAGER, (MANAGER,)))
    wrong = charged(cashier, UNIT, 500, what="蓝卡")["charge"]
    act(lambda one: giving_back.reverse(one, wrong, "错", *two))
    receipt = act(lambda one: counter.take_deposit(one, UNIT, deposit, [Tender("cash", 200_000)]))[
        "receipt"
    ]
    paid(cashier, UNIT, ("card", A_MONTH - 1000 + 700), prepay=True)
    charged(cashier, UNIT, 600)
    counter.use_all_prepaid(cashier)
    money = Tender("cash", 50_000)
    act(lambda one: giving_back.refund(one, UNIT, money, "退", *two, deposit.code))
    act(lambda one: giving_back.refund(one, UNIT, Tender("cash", 100), "退", *two))
    found = statement(cashier, UNIT)
    assert [(one.what, one.more, one.held) for one in found] == [
        ("物业服务费 2026-10", A_MONTH, 0),
        ("减免 物业服务费 2026-10", -1000, 0),
        ("门禁卡工本费 2026-11 蓝卡", 500, 0),
        ("冲销 门禁卡工本费 2026-11 蓝卡", -500, 0),
        (f"收款 {receipt} 装修押金 2,000.00元", 0, 200_000),
        ("收款 SJ-2026-000002", 1000 - A_MONTH - 700, 0),
        ("门禁卡工本费 2026-11", 600, 0),
        ("预存抵扣 门禁卡工本费 2026-11 6.00元", 0, 0),
        ("退款 装修押金 500.00元", 0, -50_000),
        ("退款 预存 1.00元", 100, 0),
    ], "in the order of the acts, all of the same moment"
    assert found[2].number.startswith("CZ-"), "and not the room"
    assert found[-1].balance == -0


@pytest.mark.clause("KF-3.4")
def test_a_late_fee_says_of_what_and_has_no_inner_number(any_desk: Desk) -> None:
    cashier = priced(any_desk)
    run(cashier, OCTOBER)
    move_to(cashier, "2027-03-01 10:00")
    (debt,) = owes(cashier, UNIT).owed
    late = debt.debt.late_fen
    assert late
    paid(cashier, UNIT, ("cash", A_MONTH + late))
    assert [
        (one.what, one.number.partition("-")[0], one.more) for one in statement(cashier, UNIT)
    ] == [
        ("物业服务费 2026-10", "CP", A_MONTH),
        ("违约金 物业服务费 2026-10", "", late),
        ("收款 SJ-2027-000001", "SK", -A_MONTH - late),
    ]
