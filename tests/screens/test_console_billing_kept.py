"""What is typed at the counter: read in any width, refused in one sentence, and never lost."""

import pytest

from screens.commands import BILL_FIND, BILLING, LINE, PAYING
from tests.factories import on_duty
from tests.screens.consoles import console, registered
from tests.screens.counters import CASHIER, at, billed, issued
from tests.screens.test_console_drafts import killed
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("１２０．５０", 120_50), ("￥120.5元", 120_50), ("1,20", None), ("１２０．５０５", None)],
)
async def test_an_amount_is_read_in_any_width_or_refused_in_one_sentence_and_stays(
    counter: Desk, typed: str, fen: int | None
) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7")
        await seen.type(typed)
        await seen.press("f7")
        if fen is None:
            assert issued(counter) == []
            assert typed in seen.news
            assert seen.screen.bill_pane.paying.sum_field.value == typed
            assert seen.screen.place == PAYING
        else:
            assert [one.fen for one in issued(counter)] == [fen]


async def test_three_decimals_are_said_to_be_too_many(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"120.505", "enter")
        assert "最多两位小数" in seen.news


async def test_too_little_cash_is_said_at_once_and_refused(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"200", "enter", "enter", *"150")
        assert "还少 50.00元" in seen.text
        await seen.press("enter")
        assert "只给了 150.00元" in seen.news
        assert seen.screen.bill_pane.paying.given_field.value == "150"
    assert issued(counter) == []


async def test_a_call_in_between_and_every_switch_keep_what_is_ticked_and_typed(
    counter: Desk,
) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("down", "space", "f7", *"200", "enter", "3")
        before = seen.screen.bill_typed()
        assert "[F6 收费*]" in seen.text
        for switch in ("f2", "f3", "f4", "f5"):
            await seen.press(switch, "f6")
            assert seen.screen.place == PAYING, switch
            assert seen.screen.bill_typed() == before, switch
        await seen.press("f2")
        await seen.type("3-2-502 厨房水管漏水")
        await seen.press("f6")
        assert seen.screen._units == ("3-1-502",)
        assert "再按一次 F6" in seen.news
        assert seen.screen.bill_typed() == before
        await seen.press("f6")
        assert seen.screen._units == ("3-2-502",)
        await seen.press("f6")
        assert "还没收完的：3-1-502" in seen.news
        await seen.type("3-1-502")
        await seen.press("enter")
        assert seen.screen.bill_typed() == before
        await seen.press("f7")
    assert [(one.fen, one.means) for one in issued(counter)] == [(200_00, "wechat")]


async def test_a_room_half_typed_is_there_again_and_the_slip_at_hand_is_one_key_more(
    counter: Desk, clock: StoppedClock
) -> None:
    registered(counter.as_staff("KF01"), clock, "门坏了", "3-1-501")
    async with console(counter) as seen:
        await seen.press("f6", *"3-2-5")
        for switch in ("f2", "f3", "f4", "f5"):
            await seen.press(switch, "f6")
            assert seen.screen.bill_pane.find.value == "3-2-5", switch
            assert seen.screen.place == BILL_FIND, switch
        await seen.press("f3", "f6", "f6")
        assert seen.screen._units == ("3-1-501",)


async def test_money_that_was_taken_while_a_call_came_in_leaves_the_list_to_come_back_to(
    counter: Desk,
) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7")
        await seen.hit("f7", "f2")
        await seen.settle()
        assert len(issued(counter)) == 1
        assert seen.screen.place == LINE
        await seen.press("f6")
        assert seen.screen.place == BILLING


async def test_it_survives_a_kill_and_another_console_takes_it_up(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("space", "f7", *"200")
        before = seen.screen.bill_typed()
        await killed(seen)
        async with console(counter) as again:
            await again.press("f6")
            assert again.screen.bill_typed() == before
            assert again.screen.place == PAYING
            await again.press("f7")
            assert [one.fen for one in issued(counter)] == [200_00]


async def test_nothing_that_is_typed_for_a_means_goes_by_in_silence(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "8")
        assert "按 1 到 5" in seen.news
        await seen.press("up")
        await seen.type("微信")
        assert "微信 7" in seen.text
        await seen.press("down", "2")
        assert "已经写明" in seen.news
