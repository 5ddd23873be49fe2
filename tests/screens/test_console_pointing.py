"""F7 and F8 over a list act on the slip of its row, and never on the one of the queue below it."""

from tests.registers.test_workers import assigned
from tests.screens.callers import water_off
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def by_line(seen: Console, words: str) -> str:
    await seen.press("f2")
    await seen.type(words)
    await seen.press("enter")
    return seen.screen.number


async def test_over_the_register_the_step_is_that_of_the_calls_slip(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        first = await by_line(seen, "3-1-502 厨房水管漏水")
        clock.advance(60)
        second = await by_line(seen, "3-2-502 灯不亮")
        assert seen.screen.queue.number == second
        await command(seen, "来电登记")
        await seen.press("down", "f7")
        assert seen.form.sheet.number == first
        await seen.press("escape")
        assert seen.screen.panel == "calls", "back to the list"
        await seen.press("up", "f8")
        assert second in seen.text
        assert [one.id.partition("/")[0] for one in seen.screen.choose.offered] == [
            f"step:{second}"
        ] * len(seen.screen.choose.offered)


async def test_a_call_without_a_slip_has_no_step(desk: Desk, clock: StoppedClock) -> None:
    number = registered(on_duty(desk), clock, "门坏了")
    async with console(desk) as seen:
        await by_line(seen, "3-1-502 问物业费")
        await command(seen, "来电登记")
        await seen.press("f7")
        assert seen.screen.form is None
        assert "这个来电没有开单" in seen.news
        await seen.press("f8")
        assert seen.screen.panel == "calls"
    assert show(desk, number).situation.last == 1


async def test_over_what_was_found_the_step_is_that_of_the_slip_found(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    first = registered(desk, clock, "厨房水管漏水")
    registered(desk, clock, "灯不亮", "3-2-502")
    async with console(desk) as seen:
        await seen.press("f3", "down")
        assert seen.screen.queue.number != first
        await seen.press("ctrl+f")
        await seen.type(first)
        await seen.pilot.pause(0.2)
        await seen.settle()
        await seen.press("f7")
        assert seen.form.sheet.number == first


async def test_over_a_person_that_was_found_there_is_none(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        await seen.press("ctrl+f")
        await seen.type("陈立")
        await seen.pilot.pause(0.2)
        await seen.settle()
        while seen.screen.found.chosen is not None and seen.screen.found.chosen.number:
            await seen.press("down")
        await seen.press("f7")
        assert seen.screen.form is None
        assert "选中的这一行没有单" in seen.news


async def test_over_the_workers_it_is_the_only_slip_that_one_holds(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    number = assigned(desk, clock)
    other = registered(desk, clock, "灯不亮", "3-2-502")
    async with console(desk.as_staff("GC01")) as seen:
        seen.screen.queue.select(other)
        await seen.settle()
        await seen.press("f3", "ctrl+t", "f7")
        assert "手上没有单" in seen.news
        await seen.press(*["down"] * 9, "f7")
        assert seen.form.sheet.number == number
    assert show(desk, other).situation.last == 1


async def test_of_several_slips_of_one_worker_none_is_guessed(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    assigned(desk, clock)
    second = registered(desk, clock, "灯不亮", "3-2-502")
    taken(desk, second, "issue", charge="paid", tariff="SX-03")
    taken(desk, second, "notify", whom="工程部", how="phone")
    taken(desk, second, "collect", collector="GC03")
    taken(desk.as_staff("GC01"), second, "assign", worker="GC03")
    async with console(desk.as_staff("GC01")) as seen:
        await seen.press("f3", "ctrl+t", *["down"] * 9, "f7")
        assert seen.screen.form is None
        assert "李强 手上有 2 张单：按 Enter 看" in seen.news


async def test_over_a_list_to_choose_from_no_slip_is_stepped(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "门坏了")
    async with console(desk) as seen:
        await seen.press("f3", "f10", "f7")
        assert seen.screen.form is None
        assert "先在这里选一项" in seen.news
        assert "F7" not in seen.text.splitlines()[-1]


async def test_over_a_form_the_other_steps_are_those_of_its_slip(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    first = registered(desk, clock, "门坏了")
    second = registered(desk, clock, "灯不亮", "3-2-502")
    async with console(desk) as seen:
        seen.screen.queue.select(first)
        await seen.settle()
        await seen.press("f3", "f7")
        seen.screen.queue.select(second)
        await seen.settle()
        assert seen.form.sheet.number == first
        await seen.press("f8")
        assert first in seen.screen.choose.offered[0].id


async def test_a_list_that_is_opened_again_says_what_it_lists_now(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "门坏了")
    async with console(desk) as seen:
        await seen.press("f3", "f8")
        assert "走哪一步？" in seen.text
        await seen.press("escape", "f10")
        assert "走哪一步？" not in seen.text


async def test_over_the_notices_it_is_the_step_of_the_notice(
    desk: Desk, clock: StoppedClock
) -> None:
    slip = registered(desk, clock, "厨房水管漏水")
    notice = water_off(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "home")
        assert seen.screen.queue.number == slip
        await seen.press("f10", "4", "f8")
        assert notice in seen.text, "not the slip that nobody sees"
        assert "已恢复" in seen.text
        await seen.press("escape", "f7")
        assert seen.form.sheet.number == notice
