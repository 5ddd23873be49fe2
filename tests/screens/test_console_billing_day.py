"""F9 at the counter: receipts of today, a void by two people, what the day took, and its close."""

import pytest

from screens.commands import BILLING
from tests.factories import on_duty
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, SECOND, account, at, billed, issued
from tests.screens.test_console_left_over import command
from wuye_tui.desk import Desk
from wuye_tui.registers import dayclose, pins, receipts

PIN = "739164"
CHEAP = pins.Cost(passes=1, memory=8, lanes=1)


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


async def paid(seen: Console, unit: str = "3-1-502", typed: str = "") -> None:
    """A receipt in cash for a unit."""
    await at(seen, unit)
    await seen.press("f7", *typed, "enter", "enter", "enter")


async def more(seen: Console, digit: str) -> None:
    await seen.press("f9", digit)


async def by(seen: Console, number: str, pin: str = "") -> None:
    """Whoever is asked for proves who they are."""
    await seen.type(number)
    await seen.press("enter")
    if pin:
        await seen.type(pin)
        await seen.press("enter")


async def test_a_receipt_of_today_is_shown_with_capitals_who_and_means(counter: Desk) -> None:
    async with console(counter) as seen:
        await paid(seen, typed="200.50")
        (one,) = issued(counter)
        await more(seen, "1")
        assert one.number in seen.text
        assert "200.50 现金" in seen.text
        await seen.press("enter")
        for words in ("人民币贰佰元零伍角整", "现金", "陈静", "有效", "物业服务费 2026-09"):
            assert words in " ".join(seen.text.split()), words
        await seen.press("f8")
        assert seen.screen.place == "paper"
        await seen.press("escape", "escape")
        assert seen.screen.place == BILLING


@pytest.mark.clause("BX-16")
async def test_a_void_takes_a_reason_and_a_second_persons_own_pin(counter: Desk) -> None:
    pins.set_pin(counter.as_staff("XZ01"), SECOND, PIN, cost=CHEAP)
    before = account(counter)
    async with console(counter) as seen:
        await paid(seen)
        (one,) = issued(counter)
        await more(seen, "2")
        await seen.press("enter")
        await seen.type("多收了一个月")
        await seen.press("enter")
        assert "作废收据：第二个人签字" in seen.text
        await by(seen, SECOND, PIN)
        assert f"收据 {one.number} 已作废" in seen.news, seen.text
        assert seen.app.desk.staff == CASHIER
        assert "共欠" in seen.text, "what it had paid is owed again"
        await more(seen, "1")
        assert "已作废" in seen.text
        await seen.press("enter")
        assert "孙丽" in seen.text
        assert "多收了一个月" in seen.text
    shown = receipts.show(counter, one.number)
    assert (shown.voided_by, shown.second) == (CASHIER, SECOND)
    after = account(counter)
    assert after.open_fen + after.late_fen == before.open_fen + before.late_fen


@pytest.mark.clause("BX-16")
async def test_only_those_are_named_who_may_sign_and_nobody_without_a_reason(counter: Desk) -> None:
    async with console(counter) as seen:
        await paid(seen)
        await more(seen, "2")
        await seen.press("enter", "enter", "space", "enter")
        assert "为什么作废" in seen.text
        await seen.type("收错")
        await seen.press("enter")
        listed = [one for one in seen.text.splitlines() if "KF" in one or "ZJ" in one]
        assert len(listed) == 3, seen.text
        assert not any("BJ" in one or CASHIER in one for one in seen.text.splitlines()), seen.text


@pytest.mark.clause("BX-16")
async def test_nobody_voids_alone_and_the_reason_is_not_lost(counter: Desk) -> None:
    async with console(counter) as seen:
        await paid(seen)
        (one,) = issued(counter)
        await command(seen, "作废收据")
        await seen.press("enter")
        await seen.type("收错")
        await seen.press("enter", "escape")
        assert seen.screen.choose.field.value == "收错"
        await seen.press("enter")
        await by(seen, CASHIER)
        assert "作废收据：第二个人签字" in seen.text
        assert "可以签字的人里没有" in seen.text
        await seen.press("escape")
        assert seen.screen.choose.field.value == "收错"
    assert receipts.show(counter, one.number).voided is None


@pytest.mark.clause("FW-4.3")
async def test_what_the_day_took_stands_by_person_and_means(counter: Desk) -> None:
    async with console(counter.as_staff("KF01")) as seen:
        await paid(seen, typed="100")
        await paid(seen, typed="微信50")
    async with console(counter) as seen:
        await paid(seen, "3-1-501", typed="30")
        await more(seen, "3")
        said = [" ".join(line.split()) for line in seen.text.splitlines()]
        for words in ("李晓燕 150.00", "陈静 30.00", "合计 180.00", "现金 2 笔 130.00"):
            assert words in said, seen.text
        assert "还没有日结" in seen.text


@pytest.mark.clause("FW-4.3")
async def test_a_drawer_that_holds_as_much_closes_the_day(counter: Desk) -> None:
    async with console(counter) as seen:
        await paid(seen, typed="100")
        await more(seen, "4")
        assert "日结 2026-11-19：点清抽屉里的现金" in seen.text
        await seen.type("１００．００")
        await seen.press("enter")
        assert "现金交给谁？" in seen.text
        await seen.press("2")
        assert "2026-11-19 已日结" in seen.news, seen.text
        await more(seen, "3")
        assert "现金交给 银行" in " ".join(seen.text.split())
        await seen.press("escape")
        await more(seen, "4")
        assert "已经日结，不能再结" in seen.news
    assert dayclose.day_sheet(counter).closed is not None


@pytest.mark.clause("FW-4.3")
async def test_a_difference_is_told_and_asks_why(counter: Desk) -> None:
    async with console(counter) as seen:
        await paid(seen, typed="100")
        await more(seen, "4")
        await seen.press(*"98.5", "enter", "enter")  # and it stays in the drawer
        assert dayclose.day_sheet(counter).closed is None
        assert "账上现金 100.00元，实点 98.50元，差 -1.50元" in seen.news
        assert "--why" not in seen.text
        assert "为什么？" in seen.text
        await seen.type("找零找多了")
        await seen.press("enter")
        assert "已日结，现金 98.50元" in seen.news, seen.text
        assert "长短款 -1.50元 已记账" in seen.news
        await more(seen, "3")
        said = [" ".join(line.split()) for line in seen.text.splitlines()]
        for words in (
            "日结人 陈静", "账上现金 100.00元", "实点 98.50元", "长短款 -1.50元", "原因 找零找多了",
            "合计 100.00",
        ):  # fmt: skip
            assert words in said, seen.text


async def test_a_count_that_is_no_amount_stays_to_be_put_right(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await more(seen, "4")
        await seen.press(*"1.005", "enter")
        assert "最多两位小数" in seen.news
        assert seen.screen.choose.field.value == "1.005"
        await seen.press("f2", "f6")
        assert seen.screen.choose.field.value == "1.005"
        assert seen.screen.place == "choose"


@pytest.mark.clause("FW-4.3")
async def test_the_desk_does_not_close_the_day(counter: Desk) -> None:
    async with console(counter.as_staff("KF01")) as seen:
        await command(seen, "日结")
        assert "【FW-4.3】李晓燕 不能日结" in seen.news


async def test_without_a_receipt_f8_and_the_lists_say_so(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f8")
        assert "还没有收据" in seen.news
        await more(seen, "5")
        assert "今天还没有收据" in seen.news
