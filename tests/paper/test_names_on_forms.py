"""Whose names stand on a form where nobody typed one: those that the slip knows."""

import pytest

from tests.factories import a_repair, taken
from tests.paper.test_how_it_ended import beside, called
from wuye_tui.desk import Desk


def test_a_call_s_form_has_the_caller_that_its_slip_knows(desk: Desk) -> None:
    call, number = called(desk)
    taken(desk, number, "correct", caller="陈小立")
    assert beside(desk, "F2", call, "客户姓名") == "陈小立"


@pytest.mark.clause("BX-16")
def test_a_receipt_without_a_name_has_whoever_was_to_pay_or_else_the_caller(desk: Desk) -> None:
    def payer(paid_by: str = "", **given: str) -> str:
        number = a_repair(desk, upto="finished", caller="陈立", **given)
        paid = taken(desk, number, "pay", staff="SF01", means="cash", paid_by=paid_by)["receipt"]
        return beside(desk, "receipt", str(paid), "交款人")

    assert payer() == "陈立"
    assert payer(payer="房东张敏") == "房东张敏"
    assert payer("王阿姨", payer="房东张敏") == "王阿姨"
