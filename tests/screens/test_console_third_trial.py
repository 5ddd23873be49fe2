"""What a third newcomer stumbled over, each as it was tried."""

import pytest
from textual import events

from screens.commands import BY_ID
from tests.factories import started
from tests.screens.consoles import console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import notices
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

LEAK = "3-1-501 厨房水管漏水 马上"


async def test_a_call_over_a_form_leaves_no_doubt_which_slip_a_key_is_for(
    desk: Desk, clock: StoppedClock
) -> None:
    first = registered(on_duty(desk), clock, "客厅灯不亮")
    async with console(desk) as seen:
        seen.screen.queue.select(first)
        await seen.settle()
        await seen.press("f3", "f7")
        assert seen.form.sheet.row.verb == "issue"
        await seen.press("f2")
        await seen.type(LEAK)
        await seen.press("enter")
        assert "PG-20261119-002 已开单" in seen.news
        assert "F7 通知工程部" in seen.text.splitlines()[-1], "not the form that lies below"
        await seen.press("f7", "enter")
        assert seen.form.sheet.view is not None
        assert seen.form.sheet.view.number == first, "the one that was put aside is there again"
        assert seen.screen.place == "form", "and goes on with its cursor"
        assert "PG-20261119-002 已通知" in seen.news
        assert "按 F3 F7" not in seen.news, "which would save the other slip's form"
        assert f"接着填「开派工单 {first}」" in seen.news
        assert f"{BY_ID['main'].key} 保存" in seen.text.splitlines()[-1]


@pytest.mark.parametrize("keys", [("f3",), ("f3", "enter"), ("f1",), ("f2", "f2", "down")])
async def test_words_pasted_over_a_list_go_into_the_line(
    desk: Desk, clock: StoppedClock, keys: tuple[str, ...]
) -> None:
    registered(on_duty(desk), clock, "客厅灯不亮")
    async with console(desk) as seen:
        await seen.press(*keys)
        assert seen.screen.place != "line"
        seen.app.post_message(events.Paste("3-1-501 阳台门合页掉了"))
        await seen.settle()
        assert seen.screen.intake.words == "3-1-501 阳台门合页掉了"
        assert seen.screen.place == "line"


async def test_a_notice_that_two_keys_ended_is_had_back(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = str(
        started(desk, "notice", subject="water", department="engineering", text="没水")["number"]
    )
    async with console(desk) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f7")
        await seen.type("王建国")
        await seen.press("f7")
        await seen.type("水泵检修")
        await seen.press("f7")
        print(seen.text)
        assert "真恢复了才按 F7" in seen.news
        await seen.press("f7", "f7")
        assert notices.current(desk) == ()
        await seen.press("ctrl+z")
        assert [one.number for one in notices.current(desk)] == [number]


@pytest.mark.clause("NB-3", "SB-4")
async def test_the_card_stays_with_its_slip_until_the_work_is_done(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("5-1-101 电梯卡在三楼 里面有人")
        await seen.press("f13")
        assert "5-1-101" in seen.text.split("紧急派遣")[1].splitlines()[0], "where it is"
        await seen.type("电梯救援")
        await seen.press("f7")
        assert "已派工" in seen.news
        assert "绝不" in seen.text
        assert "电梯困人 NB-3" in seen.text
        await seen.press("f1")
        assert "反复说" in seen.text
        await seen.press("escape")
        await seen.press("f2")
        await seen.type("3-1-502 灯不亮")
        assert "电梯困人 NB-3" not in seen.text, "another call has the room"
        await seen.press("ctrl+u", "f3", "f7")
        assert "轻敲三下" not in seen.text


async def test_a_correction_begins_with_what_is_written_down(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水官漏水")
    async with console(desk) as seen:
        seen.screen.open_form(number, "correct")
        await seen.settle()
        assert "> 房号" in seen.text
        assert "厨房水官漏水" in seen.text
        assert seen.form.answers()["text"] == "厨房水官漏水"
        await seen.press("f7")
        assert "没有写要更正什么" in seen.text
        row = next(one for one in seen.form.rows if one.question.name == "text")
        row.target.focus()
        await seen.press("left", "left", "left", "delete")
        await seen.type("管")
        await seen.press("f7")
    shown = show(desk, number)
    assert shown.situation.facts["text"] == "厨房水管漏水"
    assert shown.history[-1].step.facts.keys() <= {"text", "copies"}, "the rest was not touched"
