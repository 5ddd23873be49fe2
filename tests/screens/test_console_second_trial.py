"""What a newcomer ran into: keys that meant another call than the screen said, and words that went
nowhere.

- words that came back after a call are not sent by the keys that were pressed for the call
- a form in sight is saved by the key it names, not by that of a slip under it
- what is typed over a list goes into the line
"""

import pytest

from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, ringing
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock

HALF = "3-1-502 我想问"


async def a_call_over_half_a_line(seen: Console, desk: Desk) -> None:
    await seen.type(HALF)
    desk.perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
    await seen.beat()
    await seen.press("f2")
    await seen.press("f10")
    await seen.type("接听")
    await seen.press("enter")
    await seen.type("厨房水管漏水")
    await seen.press("enter")


async def test_the_keys_behind_a_call_are_the_calls_and_not_of_the_words_that_came_back(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await a_call_over_half_a_line(seen, desk)
        assert seen.screen.intake.words == HALF
        assert "放着的半句" in seen.text
        assert seen.news.endswith("按 F7")
        await seen.press("f7", "f7")
        assert "已通知" in seen.news
        assert seen.screen.intake.words == HALF
    assert [row.state for row in queue(desk, Wanted())] == ["notified"]
    assert len(contacts.listed(desk)) == 1


async def test_words_that_came_back_are_sent_by_a_second_enter_or_once_they_were_gone_on_with(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await a_call_over_half_a_line(seen, desk)
        await seen.press("enter")
        assert "再按一次 Enter" in seen.news
        assert len(contacts.listed(desk)) == 1
        await seen.type("物业费怎么交")
        await seen.press("enter")
        assert len(contacts.listed(desk)) == 2


async def test_the_key_of_a_form_in_sight_is_not_that_of_a_slip_under_it(
    desk: Desk, clock: StoppedClock
) -> None:
    first = registered(on_duty(desk), clock, "门坏了")
    registered(desk, clock, "窗坏了")
    async with console(desk) as seen:
        seen.screen.queue.select(first)
        await seen.press("f3", "f8")
        await seen.type("备注")
        await seen.press("enter")
        await seen.type("业主在家")
        await seen.press("f2")
        assert "F7 保存" in seen.text.splitlines()[-1]
        await seen.press("f7")
        assert "已记下备注" in seen.news
        assert seen.screen.form is None


async def test_the_same_fault_still_is_asked_about_before_a_second_slip(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "门锁打不开")
    async with console(desk) as seen:
        await seen.type("3-1-502 门锁还是打不开")
        await seen.press("enter")
        assert "PG-20261119-001 就是这件事（门锁打不开）：按 F9 并入" in seen.news
        assert len(queue(desk, Wanted())) == 1
        await seen.press("f9")
        assert "PG-20261119-001" in seen.news
    assert len(queue(desk, Wanted())) == 1


async def test_while_it_rings_the_bar_says_what_f2_does(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(HALF)
        desk.perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
        await seen.beat()
        assert "F2 接听" in seen.text.splitlines()[-1]


async def test_of_two_clocks_the_nearer_is_told_with_the_step_that_comes_first(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房水管漏水 马上")
        await seen.press("enter")
        assert seen.news.endswith("2 分钟内通知工程部：按 F7")
        await seen.press("f7", "enter")
        assert seen.news.endswith("15 分钟内要「24小时报修到场」，先领单：报来了按 F7")


async def test_words_that_are_none_of_the_choices_choose_nothing(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        desk.perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
        await seen.beat()
        for words in ("对方挂断", "未接来电"):
            await seen.press("f10")
            await seen.type(words)
            await seen.press("enter")
        await seen.press("1")
        assert "打通了吗" in seen.text
        await seen.type("门锁还是打不开")
        await seen.press("enter")
        assert "没有这样的，请换个字" in seen.text
        assert seen.screen.choose.field.value == "门锁还是打不开"


@pytest.mark.parametrize("where", ["queue", "calls", "slip"])
async def test_what_is_typed_over_a_list_goes_into_the_line(
    desk: Desk, clock: StoppedClock, where: str
) -> None:
    registered(on_duty(desk), clock, "门坏了")
    async with console(desk) as seen:
        await seen.press("f3")
        if where == "slip":
            await seen.press("enter")
        elif where == "calls":
            await seen.press("f10")
            await seen.type("来电登记")
            await seen.press("enter")
        await seen.press(*"2-1-204", "space", *"客厅灯坏了")
        assert seen.screen.intake.words == "2-1-204 客厅灯坏了"
        assert seen.screen.queue.ticked == []


async def test_the_unit_that_was_found_takes_the_place_of_the_room_that_there_is_not(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("2-1-302 门禁坏了")
        await seen.press("enter")
        assert "没有房号「2-1-302」" in seen.news
        await seen.press("ctrl+f")
        await seen.type("3-1-502")
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 门禁坏了"
        await seen.press("enter")
        assert seen.news.startswith("PG-")


async def test_what_was_asked_about_words_that_are_gone_is_gone_too(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        await seen.type("3-1-502 不用来了")
        await seen.press("enter")
        assert "再按一次 Enter" in seen.news
        await seen.press("ctrl+u")
        assert "Enter" not in seen.news
        await seen.type("门锁坏了")
        await seen.press("ctrl+f")
        await seen.type("3-1-502")
        await seen.press("enter")
        assert "加在最前面" in seen.news
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 门锁坏了"
        assert "加在最前面" not in seen.news


async def test_over_a_list_the_news_name_the_way_to_their_key(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房水管漏水 马上")
        await seen.press("enter")
        assert seen.news.endswith("：按 F7")
        await seen.press("f10")
        await seen.type("通知")
        await seen.press("enter")
        assert seen.news.endswith("：按 F3 F7")
        await seen.press("f3")
        assert seen.news.endswith("：按 F7")
        await seen.press("f7", "enter")
        assert "已通知" in seen.news


async def test_a_complaint_with_its_repair_is_taken_back_with_both_numbers(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 楼上天花板漏水，我要投诉")
        await seen.press("enter")
        told = "PG-20261119-001 已开单，另开 TS-20261119-001，2 分钟内通知工程部：按 F7"
        assert seen.news == told, "the key is that of what is due first"
        await seen.press("ctrl+z")
        assert "PG-20261119-001、TS-20261119-001 已作废" in seen.news
    assert queue(desk, Wanted()) == []
