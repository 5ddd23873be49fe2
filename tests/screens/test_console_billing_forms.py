"""The counter's forms: deposits, money given back by two, what is let off, charged, taken back."""

import pytest

from screens.commands import BILLING, FORM, LINE
from tests.billing import charged, in_order, paid
from tests.factories import a_repair, move_to, on_duty
from tests.moulds import moulded
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, MONTHLY, SECOND, account, at, billed, issued
from tests.screens.test_console_billing_day import CHEAP, PIN, by
from tests.screens.test_console_drafts import killed
from wuye_tui.desk import Desk
from wuye_tui.registers import at_counter, dayclose, pins, receipts

UNIT, MANAGER = "3-1-502", "ZJ01"


@pytest.fixture
@moulded
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out; supervisor and manager have a PIN."""
    on_duty(desk, "KF01")
    for number in (SECOND, MANAGER):
        pins.set_pin(desk.as_staff("XZ01"), number, PIN, cost=CHEAP)
    return billed(desk).as_staff(CASHIER)


async def opened(seen: Console, *digits: str, unit: str = UNIT) -> None:
    """The form that stands behind these digits of F9, for a unit."""
    await at(seen, unit)
    await seen.press("f9", *digits)
    assert seen.screen.place == FORM, seen.text


async def typed(seen: Console, words: str) -> None:
    """Words, and on to the next question."""
    await seen.type(words)
    await seen.press("enter")


async def deposited(seen: Console, sum_: str = "2000") -> None:
    await opened(seen, "8", "1")
    await typed(seen, sum_)
    await seen.press("2", "f7")


def closed(counter: Desk, cash: int) -> None:
    """Today is closed."""
    today = counter.calendar.day_of(counter.now())
    counter.perform("bills.close", lambda act: dayclose.close_day(act, today, cash))


# Deposits


async def test_a_deposit_is_taken_with_a_receipt_and_stands_in_the_head(counter: Desk) -> None:
    async with console(counter) as seen:
        await deposited(seen)
        assert seen.screen.place == BILLING
        (one,) = issued(counter)
        assert (one.fen, one.means, one.unit, one.fee) == (
            2000_00, "card", UNIT, "decoration_deposit",
        )  # fmt: skip
        assert f"收据 {one.number}" in seen.news
        assert "贰仟元整" in seen.news
        assert "押金 2,000.00元" in seen.text
        await seen.press("f8")
        assert seen.screen.place == "paper"
        assert one.number in seen.text
    assert receipts.show(counter, one.number).payer == "陈立"
    in_order(counter)


@pytest.mark.parametrize("sum_", ["0", "12.345", "-5", "很多"])
async def test_a_sum_that_is_none_is_refused_and_stays(counter: Desk, sum_: str) -> None:
    async with console(counter) as seen:
        await opened(seen, "8", "1")
        await typed(seen, sum_)
        await seen.press(*(("2", "f7") if sum_ == "0" else ("f7",)))
        assert seen.screen.place == FORM
        assert seen.form.answers()["sum"] == sum_
        assert seen.form._refusal
    assert issued(counter) == []


async def test_of_a_family_it_is_asked_which_home_the_deposit_is_for(counter: Desk) -> None:
    async with console(counter) as seen:
        await opened(seen, "8", "1", unit="3-1-502 3-1-501")
        await seen.press("2")
        await typed(seen, "500")
        await seen.press("1", "f7")
    assert account(counter, "3-1-501").deposits == {"decoration_deposit": 500_00}
    assert account(counter, UNIT).deposits == {}


# Given back


@pytest.mark.clause("BX-16")
async def test_a_deposit_is_given_back_by_two(counter: Desk) -> None:
    async with console(counter) as seen:
        await deposited(seen)
        await seen.press("f9", "8", "2")
        assert seen.form.answers()["sum"] == "2,000.00"
        await seen.press("1")
        await typed(seen, "装修完了")
        await seen.press("f7")
        assert "退预存、押金：第二个人签字" in seen.text
        await by(seen, SECOND, PIN)
        assert "已退 2,000.00元，退款单 TK-" in seen.news, seen.text
        assert "押金" not in seen.text
        assert seen.app.desk.staff == CASHIER
    assert account(counter).deposits == {}
    in_order(counter)


async def test_more_than_is_held_is_refused_and_nothing_that_was_typed_is_lost(
    counter: Desk,
) -> None:
    paid(counter, UNIT, ("cash", 1000_00), prepay=True)
    held = account(counter).prepaid[UNIT]
    async with console(counter) as seen:
        await opened(seen, "8", "2")
        await seen.press("1")
        await typed(seen, "搬走")
        await seen.press("up", "up", "up", "ctrl+u", *"99999")
        await seen.press("f7")
        await by(seen, SECOND, PIN)
        assert "不能多退" in seen.text
        assert seen.form.answers()["why"] == "搬走"
    assert account(counter).prepaid == {UNIT: held}


@pytest.mark.clause("BX-16")
async def test_nobody_gives_back_alone_or_with_a_wrong_pin(counter: Desk) -> None:
    paid(counter, UNIT, ("cash", 1000_00), prepay=True)
    held = account(counter).prepaid[UNIT]
    async with console(counter) as seen:
        await opened(seen, "8", "2")
        await seen.press("1")
        await typed(seen, "搬走")
        await seen.press("f7")
        await by(seen, CASHIER)
        assert "可以签字的人里没有" in seen.text
        await seen.press("escape", "f7")
        await by(seen, SECOND, "000111")
        assert "签字" in seen.text, "the wrong PIN leads nowhere"
        await seen.press("escape")
        assert seen.screen.place == FORM
        assert seen.form.answers()["why"] == "搬走"
    assert account(counter).prepaid == {UNIT: held}


async def test_where_nothing_is_held_nothing_can_be_given_back(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "8", "2")
        assert seen.screen.form is None
        assert "没有预存，也没有押金" in seen.news


@pytest.mark.clause("FW-4.3")
async def test_a_receipt_of_a_closed_day_is_given_back_as_a_whole_by_two(counter: Desk) -> None:
    whole = account(counter).open_fen + account(counter).late_fen
    number = paid(counter, UNIT, ("wechat", whole))["receipt"]
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "8", "3")
        assert "没有已日结而能退的收据" in seen.news
        closed(counter, 0)
        await seen.press("f9", "8", "3")
        assert number in seen.text
        await seen.press("enter")
        assert f"收据 {number}，{whole / 100:.2f}元" in seen.text
        await typed(seen, "收错了户")
        await seen.press("f7")
        await by(seen, SECOND, PIN)
        assert f"收据 {number} 已退 {whole / 100:.2f}元" in seen.news, seen.text
        await seen.press("f9", "8", "3")
        assert "没有已日结而能退的收据" in seen.news
    assert account(counter).open_fen + account(counter).late_fen == whole
    in_order(counter)


# Let off, charged, taken back


@pytest.mark.clause("KF-3.4")
async def test_something_is_let_off_the_chosen_charge_with_an_approver(counter: Desk) -> None:
    before = account(counter)
    async with console(counter) as seen:
        await at(seen)
        await seen.press("down", "f9", "9", "2")
        assert "物业服务费 2026-10，未收 235.20元" in seen.text
        await typed(seen, "35.20")
        await typed(seen, "漏水影响")
        await seen.press("f7")
        assert "减免一笔：批准的人签字" in seen.text
        assert SECOND not in seen.text, "a supervisor may be a second person, and allows nothing"
        await by(seen, MANAGER, "000111")
        assert account(counter).open_fen == before.open_fen
        await seen.press("ctrl+u")
        await typed(seen, PIN)
        assert "3-1-502 已减免 35.20元" in seen.news, seen.text
    assert account(counter).owed[1].debt.open_fen == 200_00
    assert account(counter).open_fen == before.open_fen - 35_20


async def test_more_than_is_open_is_not_let_off(counter: Desk) -> None:
    async with console(counter) as seen:
        await opened(seen, "9", "2")
        await typed(seen, "300")
        await typed(seen, "漏水影响")
        await seen.press("f7")
        await by(seen, MANAGER, PIN)
        assert "只剩 235.20元 没收" in seen.text
        assert seen.form.answers()["sum"] == "300"


async def test_one_thing_is_charged_once_and_again(counter: Desk) -> None:
    before = account(counter).open_fen
    async with console(counter) as seen:
        for _again in range(2):
            await opened(seen, "9", "3")
            await seen.press("1")
            await typed(seen, "15")
            await typed(seen, "补门禁卡")
            await seen.press("f7")
            assert "已加收 15.00元" in seen.news, seen.text
    assert account(counter).open_fen == before + 30_00
    in_order(counter)


@pytest.mark.clause("BX-16")
async def test_a_wrong_charge_is_taken_back_by_two(counter: Desk) -> None:
    charged(counter, "12-1-1203", 15_00)
    async with console(counter) as seen:
        await opened(seen, "9", "4", unit="12-1-1203")
        await typed(seen, "记错户")
        await seen.press("f7")
        await by(seen, SECOND, PIN)
        assert "12-1-1203 已冲销 15.00元" in seen.news, seen.text
    assert account(counter, "12-1-1203").owed == ()


async def test_the_desk_is_told_whose_it_is_before_anything_is_typed(counter: Desk) -> None:
    async with console(counter.as_staff("KF01")) as seen:
        await at(seen)
        for digit in ("2", "3", "4"):
            await seen.press("f9", "9", digit)
            assert seen.screen.form is None
            assert "李晓燕 不能" in seen.news, digit
    async with console(counter.as_staff("KF05")) as seen:
        await at(seen)
        await seen.press("f9", "8", "1")
        assert "【FW-1.6】周洁 不能收押金" in seen.news


# What is half filled in


async def test_a_form_half_filled_in_waits_through_calls_switches_and_a_kill(counter: Desk) -> None:
    async with console(counter) as seen:
        await opened(seen, "8", "1")
        await seen.type("2000")
        assert "[F6 收费*]" in seen.text
        await seen.press("f2")
        assert seen.screen.place == LINE
        await seen.press("f6")
        assert seen.screen.place == FORM
        await seen.press("f4", "f6")
        assert seen.form.answers()["sum"] == "2000"
        await seen.press("escape")
        assert seen.screen.place == BILLING
        assert "再按 F9" in seen.news
        await killed(seen)
        async with console(counter) as again:
            await at(again, UNIT)
            assert "收押金填了一半，打的都在：按 F9 再选它" in again.news
            await opened(again, "8", "1")
            assert again.form.answers()["sum"] == "2000"
            assert again.screen.drafts == []
            await again.press("enter", "1", "f7")
    assert [one.fen for one in issued(counter)] == [2000_00]


async def test_no_account_no_form(counter: Desk) -> None:
    async with console(counter) as seen:
        await seen.press("f6", "f9", "8", "1")
        assert seen.screen.form is None
        assert "先按 F6 打房号" in seen.news


def test_the_days_and_receipts_that_are_open_or_closed(counter: Desk) -> None:
    number = paid(counter, UNIT, ("cash", MONTHLY))["receipt"]
    today = counter.calendar.day_of(counter.now())
    assert at_counter.open_days(counter) == [at_counter.OpenDay(today, 1, MONTHLY)]
    assert at_counter.of_closed_days(counter, [UNIT]) == []
    move_to(counter, "2026-11-20 10:00")
    assert [one.day.day for one in at_counter.open_days(counter)] == [19, 20]
    counter.perform("bills.close", lambda act: dayclose.close_day(act, today, MONTHLY))
    assert [(one.day.day, one.many) for one in at_counter.open_days(counter)] == [(20, 0)]
    assert [one.number for one in at_counter.of_closed_days(counter, [UNIT])] == [number]
    assert at_counter.of_closed_days(counter, ["3-1-501"]) == []


async def test_f8_prints_the_refund_that_was_written_last(counter: Desk) -> None:
    paid(counter, UNIT, ("cash", 1000_00), prepay=True)
    async with console(counter) as seen:
        await opened(seen, "8", "2")
        await seen.press("1")
        await typed(seen, "搬走")
        await seen.press("f7")
        await by(seen, SECOND, PIN)
        number = seen.screen.receipt
        assert number.startswith("TK-"), seen.text
        assert "F8 打印退款单" in seen.text
        await seen.press("f8")
        assert seen.screen.place == "paper", seen.text
        assert number in seen.text


# Repairs that are not paid


@pytest.mark.clause("BX-16")
async def test_a_repair_that_is_not_paid_is_told_and_one_choice_leads_to_its_money(
    counter: Desk,
) -> None:
    number = a_repair(counter, upto="finished", staff="KF01")
    async with console(counter) as seen:
        await at(seen, UNIT)
        assert "另有维修费" in seen.text
        await seen.press("f9", "up", "enter")  # the last of the list
        assert seen.screen.place == FORM, seen.text
        assert number in seen.text
        await seen.press("1", "f7")
        assert "收据 SJ-2026-000001" in seen.text
        await at(seen, UNIT)
        assert "另有维修费" not in seen.text
    assert in_order(counter)
