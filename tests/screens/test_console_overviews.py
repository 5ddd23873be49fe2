"""Registers that are read at the console from the palette: complaints in figures, money taken."""

import pytest

from tests.factories import a_repair, started, taken
from tests.screens.consoles import Console, console, on_duty
from wuye_tui.desk import Desk


async def opened(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


@pytest.mark.clause("NB-2")
async def test_complaints_are_counted_by_cause_department_and_month(desk: Desk) -> None:
    on_duty(desk)
    started(desk, "complaint", text="楼道没人打扫", department="cleaning")
    async with console(desk, (80, 30)) as seen:
        await opened(seen, "投诉统计")
        assert "投诉统计 2026-11" in seen.text
        assert "保洁部" in seen.text
        assert "按时" in seen.text
        await seen.press("end")
        assert "2026-10" in seen.text
        await seen.press("escape")
        assert "投诉统计 2026-11" not in seen.text


@pytest.mark.clause("XX-4.3.7c")
async def test_departmental_orders_are_counted_on_the_screen(desk: Desk) -> None:
    on_duty(desk)
    started(desk, "order", department="cleaning", text="楼道垃圾")
    async with console(desk) as seen:
        await opened(seen, "派工单统计")
        assert "保洁部" in seen.text
        assert "直接开的" in seen.text


@pytest.mark.clause("BX-16")
async def test_receipts_and_what_is_unpaid_stand_in_their_lists(desk: Desk) -> None:
    on_duty(desk)
    paid = a_repair(desk, upto="finished")
    owed = a_repair(desk, upto="finished")
    number = taken(desk, paid, "pay", means="cash")["receipt"]
    async with console(desk) as seen:
        await opened(seen, "收据")
        assert number in seen.text
        assert "有效的共" in seen.text
        await seen.press("escape")
        await opened(seen, "收费登记表")
        assert paid in seen.text
        assert owed in seen.text
        assert number in seen.text
