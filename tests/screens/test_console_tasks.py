"""Tasks, events and open lines of the duty manager's log in the desk's own queue.

* a department's receipt is signed by the main key, with the name of whoever signs
* an event asks for its report before anything else
* the weekly reading and patrols are no slips of the desk
"""

from tests.factories import situation, started
from tests.screens.consoles import console, on_duty
from tests.watching import managing
from wuye_tui.desk import Desk

TASK = {"department": "guards", "text": "消防通道堵了", "place": "6栋"}


async def test_a_task_is_received_and_done_from_the_queue(desk: Desk) -> None:
    number = str(started(managing(desk), "task", **TASK)["number"])
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f3")
        assert number in seen.text
        assert "消防通道堵了" in seen.text
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "receive"
        await seen.type("刘洋")
        await seen.press("enter", "enter")
        assert situation(desk, number).state == "received"
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "finish"
        await seen.type("已搬走")
        await seen.press("enter", "enter")
    assert situation(desk, number).state == "done"


async def test_an_event_asks_for_its_report_first(desk: Desk) -> None:
    given = {"sort": "flood", "text": "水管爆了", "place": "5栋"}
    started(managing(desk), "incident", **given)
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f3")
        assert "水管爆了" in seen.text
        assert "报告总经理" in seen.text
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "report"


async def test_patrols_are_no_slips_of_the_desk_and_open_lines_are(desk: Desk) -> None:
    manager = managing(desk)
    started(manager, "patrol", what="duty_manager")
    number = str(started(manager, "entry", category="help", text="要轮椅", place="3栋")["number"])
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f3")
        assert number in seen.text
        assert "未结 1" in seen.text
