"""From a typed line to a notified slip, and what may stand in the way."""

import pytest

from tests.screens.consoles import console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

LINE = "3-1-502 厨房水管漏水 马上"


async def test_a_typed_line_becomes_a_notified_slip_in_three_keys(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        assert "陈立 业主" in seen.text
        assert "修水管 45.00" in seen.text
        await seen.press("enter", "f7", "enter")
        assert seen.keys == 3
        assert "已通知" in seen.news
    [row] = queue(desk, Wanted())
    view = show(desk, row.number)
    assert [line.step.verb for line in view.history] == ["register", "issue", "notify"]
    assert view.situation.facts["phone"] == "13800001234"
