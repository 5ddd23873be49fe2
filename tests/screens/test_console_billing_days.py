"""The close of a day that is not today's (FW-4.3): yesterday was forgotten."""

from datetime import date

import pytest

from tests.billing import in_order, paid
from tests.factories import move_to, on_duty
from tests.moulds import moulded
from tests.screens.consoles import console
from tests.screens.counters import CASHIER, at, billed
from wuye_tui.desk import Desk
from wuye_tui.registers import dayclose, receipts

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


@pytest.fixture
@moulded
def counter(desk: Desk) -> Desk:
    """The cashier on Friday; money came on Thursday, which nobody has closed, and today."""
    on_duty(desk, "KF01")
    cashier = billed(desk).as_staff(CASHIER)
    paid(cashier, "3-1-502", ("cash", 100_00))
    move_to(cashier, "2026-11-20 10:00")
    paid(cashier, "3-1-502", ("cash", 50_00), ("card", 20_00))
    return cashier


def is_closed(counter: Desk, day: date) -> bool:
    return dayclose.day_sheet(counter, day).closed is not None


@pytest.mark.clause("FW-4.3")
async def test_yesterday_is_closed_first_with_its_own_count_and_difference(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "4")
        assert "日结哪一天？" in seen.text
        lines = [" ".join(one.split()) for one in seen.text.splitlines()]
        assert any(one.startswith("> 1 2026-11-19") and "1 笔" in one for one in lines), seen.text
        assert any("2026-11-20" in one and "先结 2026-11-19" in one for one in lines), seen.text
        await seen.press("2")
        assert "请先结 2026-11-19" in seen.news, "before anybody counts"
        assert "【FW-4.3】" in seen.news
        await seen.press("f9", "4")
        await seen.press("1")
        assert "日结 2026-11-19：点清抽屉里的现金" in seen.text
        await seen.press(*"98", "enter", "enter")
        assert "账上现金 100.00元，实点 98.00元，差 -2.00元" in seen.news
        await seen.type("找错了")
        await seen.press("enter")
        assert "2026-11-19 已日结，现金 98.00元" in seen.news, seen.text
        assert is_closed(counter, THURSDAY)
        assert not is_closed(counter, FRIDAY)
        assert dayclose.day_sheet(counter, THURSDAY).of_means("cash") == 98_00
        await seen.press("f9", "4")
        assert "日结 2026-11-20：点清抽屉里的现金" in seen.text
        await seen.press(*"50", "enter", "3")
        assert "2026-11-20 已日结，现金 50.00元" in seen.news, seen.text
    assert is_closed(counter, FRIDAY)
    assert dayclose.day_sheet(counter, FRIDAY).as_dict()["handed_to"]
    assert dayclose.day_sheet(counter, THURSDAY).as_dict()["handed_to"] == ""
    in_order(counter)


@pytest.mark.clause("BX-16")
async def test_a_receipt_of_yesterday_can_be_made_void_until_that_day_is_closed(
    counter: Desk,
) -> None:
    first, *_today = (one.number for one in receipts.list_receipts(counter))
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "1")
        assert first not in seen.text, "it is not of today"
        await seen.press("escape", "f9", "2")
        assert f"{first} " in seen.text
        assert "11-19 10:20" in seen.text
        await seen.press("escape")
        counter.perform("bills.close", lambda act: dayclose.close_day(act, THURSDAY, 100_00))
        await seen.press("f9", "2")
        assert first not in seen.text
        assert "10:00" in seen.text


@pytest.mark.clause("FW-4.3")
async def test_where_today_is_closed_no_day_is_left(counter: Desk) -> None:
    for day, cash in ((THURSDAY, 100_00), (FRIDAY, 50_00)):
        counter.perform(
            "bills.close", lambda act, day=day, cash=cash: dayclose.close_day(act, day, cash)
        )
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "4")
        assert "2026-11-20 已经日结，不能再结" in seen.news
