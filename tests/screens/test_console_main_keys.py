"""F7 and F3: what they act on is what is in sight."""

from tests.screens.consoles import console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import queue
from wuye_tui.rules.clock import StoppedClock


async def test_f7_makes_a_slip_of_the_line_and_leaves_the_one_below_alone(
    desk: Desk, clock: StoppedClock
) -> None:
    other = registered(on_duty(desk), clock, "阳台的架子掉了", unit="3-1-501")
    async with console(desk) as seen:
        await seen.type("3-1-502 厨房水管漏水")
        await seen.press("f7")
        assert seen.screen.intake.words == ""
        assert "已开单" in seen.news
    states = {row.number: row.state for row in queue(desk)}
    assert states.pop(other) == "registered"
    assert list(states.values()) == ["issued"]


async def test_the_bar_says_that_f7_makes_a_slip_of_the_line(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(on_duty(desk), clock, "阳台的架子掉了", unit="3-1-501")
    async with console(desk) as seen:
        assert "F7 开派工单" in seen.text
        await seen.type("3-1-502 厨房水管漏水")
        assert "F7 转派工单" in seen.text, seen.text


async def test_f3_leads_from_every_list_to_the_queue(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "阳台的架子掉了")
    async with console(desk) as seen:
        for digit in "14568":
            await seen.press("f10", digit)
            assert seen.screen.panel != "queue", digit
            await seen.press("f3")
            assert seen.screen.panel == "queue", digit
            assert seen.screen.place == "queue", digit


async def test_f3_in_the_queue_opens_no_form(desk: Desk, clock: StoppedClock) -> None:
    registered(on_duty(desk), clock, "阳台的架子掉了")
    async with console(desk) as seen:
        await seen.press("ctrl+n")
        await seen.type("3-1-502")
        await seen.press("escape", "f3", "f3")
        assert seen.screen.panel == "queue"


async def test_a_form_that_is_opened_again_says_whose_it_is(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        await seen.type("3-1-502")
        await seen.press("escape", "f3", "ctrl+n")
        assert "没登记完：3-1-502" in seen.news
