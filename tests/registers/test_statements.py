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
    then(lambda: act(lambda one: giving_back.waive(one, lone, 200, "减", MANAGER)))
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
