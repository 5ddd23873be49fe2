"""The counter (F6): whose account, what they owe, money taken with a receipt."""

import pytest

from screens.commands import BILL_FIND, BILLING, LINE, PAYING
from tests.factories import move_to, on_duty
from tests.screens.consoles import Console, console, registered
from tests.screens.counters import CASHIER, MONTHLY, account, at, billed, issued
from tests.screens.test_console_left_over import command
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import queue
from wuye_tui.registers.receipt_lines import lines_of
from wuye_tui.rules.clock import StoppedClock


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


def row(seen: Console, words: str) -> str:
    """The only line of the screen that holds these words."""
    (found,) = [one for one in seen.text.splitlines() if words in one]
    return found


# Whose account


@pytest.mark.clause("FW-4.1")
async def test_a_room_shows_what_is_owed_the_oldest_first_with_late_fees_and_the_sum(
    counter: Desk,
) -> None:
    found = account(counter)
    assert found.late_fen > 0
    async with console(counter) as seen:
        await at(seen)
        assert seen.screen.place == BILLING
        periods = [one.key for one in seen.screen.bill_pane.owed._places]
        assert periods == [one.debt.charge for one in found.owed]
        whole = f"{(found.open_fen + found.late_fen) / 100:.2f}元"
        assert f"共欠 {whole}" in seen.text
        assert f"含违约金 {found.late_fen / 100:.2f}元" in seen.text
        late = row(seen, "2026-09  超期")
        assert late.rstrip().endswith(f"235.20       {found.late_fen / 100:.2f}")
        assert "11-25 到期" in row(seen, "2026-11 ")
        assert "陈立" in row(seen, "共欠")
        assert "[F6 收费]" in seen.text


@pytest.mark.parametrize("typed", ["陈立", "cl", "1234", "13800001234", "3栋1单元502", "3－1－502"])
async def test_an_account_is_found_by_whatever_is_known(counter: Desk, typed: str) -> None:
    async with console(counter) as seen:
        await at(seen, typed)
        if seen.screen.place == "choose":
            await seen.press("1")
        assert "3-1-502 陈立" in seen.text, seen.text


async def test_of_several_that_may_be_meant_one_digit_says_which(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "502")
        assert "哪一户？" in seen.text
        assert "3-1-502" in row(seen, "> 1")
        await seen.press("1")
        assert seen.screen._units == ("3-1-502",)
        assert seen.screen.place == BILLING


async def test_f7_takes_no_money_for_an_account_that_is_not_in_the_line(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press(*"3-1-501", "f7")
        assert seen.screen._units == ("3-1-501",)
        assert seen.screen.place == BILLING
        await seen.press(*"3-1-502", "down")
        assert seen.screen._units == ("3-1-502",)


async def test_what_is_nobodys_is_said_and_stays_to_be_put_right(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "99-9-999")
        assert "99-9-999" in seen.news
        assert seen.screen.bill_pane.find.value == "99-9-999"
        assert seen.screen.place == BILL_FIND


@pytest.mark.parametrize("typed", ["3-1-502 3-1-501", "3-1-502，3-1-501", "3-1-502、3-1-501"])
@pytest.mark.clause("FW-4.1")
async def test_several_homes_of_a_family_are_one_account_and_one_receipt(
    counter: Desk, typed: str
) -> None:
    async with console(counter) as seen:
        await at(seen, typed)
        assert seen.text.count("2026-09 ") == 2
        late = account(counter, "3-1-501").late_fen
        assert "3-1-501 " in row(seen, f" 196.00       {late / 100:.2f}")
        await seen.press("f7", "enter", "enter", "enter")
    assert len(issued(counter)) == 1
    assert account(counter, "3-1-502", "3-1-501").open_fen == 0


async def test_the_unit_at_hand_is_the_one_whose_account_is_shown(
    counter: Desk, clock: StoppedClock
) -> None:
    registered(counter.as_staff("KF01"), clock, "门坏了", "3-1-501")
    async with console(counter) as seen:
        await seen.press("f3", "f6")
        assert seen.screen._units == ("3-1-501",)
        assert seen.screen.place == BILLING
        await seen.press("f2")
        await seen.type("3-1-502 问物业费")
        await seen.press("f6")
        assert seen.screen._units == ("3-1-502",)
        assert seen.screen.intake.words == "3-1-502 问物业费"


async def test_esc_leads_back_step_by_step_and_a_room_is_typed_over_the_list(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7")
        assert seen.screen.place == PAYING
        await seen.press("escape")
        assert seen.screen.place == BILLING
        await seen.press(*"3-1-501", "enter")
        assert seen.screen._units == ("3-1-501",)
        await seen.press("escape")
        assert seen.screen.place == BILL_FIND
        await seen.press("escape")
        assert seen.screen.panel == "queue"
        assert seen.screen.place == LINE


# Money


@pytest.mark.clause("FW-4.1")
async def test_all_of_it_in_cash_takes_four_keys_and_the_receipt_has_the_sum(counter: Desk) -> None:
    found = account(counter)
    whole = found.open_fen + found.late_fen
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "enter", "enter")
        assert seen.keys == 4
        (one,) = issued(counter)
        assert (one.fen, one.means, one.unit, one.by) == (whole, "cash", "3-1-502", CASHIER)
        assert one.number in seen.news
        assert "柒佰" in seen.news
        assert account(counter).owed == ()
        assert "没有欠费" in seen.text
        await seen.press("f8")
        assert seen.screen.place == "paper"
        assert one.number in seen.text


async def test_with_change_it_takes_eight_keys_at_most_and_the_change_is_plain(
    counter: Desk,
) -> None:
    found = account(counter)
    change = 80_000 - found.open_fen - found.late_fen
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "enter", *"800")
        assert f"找零 {change / 100:.2f}元" in seen.text
        await seen.press("enter")
        assert seen.keys <= 8
        assert f"找零 {change / 100:.2f}元" in seen.news
        assert f"找零 {change / 100:.2f}元" in row(seen, "已收")
    assert [one.fen for one in issued(counter)] == [80_000 - change]


async def test_another_means_is_one_digit(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "enter", "３", "enter")
        assert seen.keys == 4
    assert [one.means for one in issued(counter)] == ["wechat"]


@pytest.mark.clause("FW-4.1")
async def test_a_part_settles_the_oldest_and_says_what_is_left(counter: Desk) -> None:
    before = account(counter)
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"300", "enter")
        assert "只收一部分：还剩" in seen.text
        await seen.press("enter", "enter")
    after = account(counter)
    assert [one.fen for one in issued(counter)] == [300_00]
    assert after.open_fen + after.late_fen == before.open_fen + before.late_fen - 300_00
    assert after.owed[0].debt.period == "2026-10"


async def test_only_what_is_ticked_is_taken(counter: Desk) -> None:
    found = account(counter)
    async with console(counter) as seen:
        await at(seen)
        await seen.press("down", "space", "space")
        assert "勾了 2 笔，共 470.40元" in seen.text
        await seen.press("f7", "enter", "4", "enter")
    (one,) = issued(counter)
    assert (one.fen, one.means) == (2 * MONTHLY, "alipay")
    assert [left.debt.charge for left in account(counter).owed] == [found.owed[0].debt.charge]


@pytest.mark.parametrize(
    "typed", ["现金100 微信50", "现金：100，微信：50元", "１００现金＋５０ wx", "xj100、微信50.00"]
)
async def test_several_means_are_typed_in_the_same_line(counter: Desk, typed: str) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7")
        await seen.type(typed)
        assert "现金 100.00、微信 50.00" in seen.text
        assert "一共 150.00元" in seen.text
        await seen.press("enter", "enter", "enter")
    (one,) = issued(counter)
    assert (one.fen, one.means) == (150_00, "several")
    assert dict(lines_of(counter, one.source)[1]) == {"cash": 100_00, "wechat": 50_00}


async def test_more_than_is_owed_is_asked_about_and_kept_by_one_key(counter: Desk) -> None:
    found = account(counter)
    more = 1000_00 - found.open_fen - found.late_fen
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"1000", "enter", "3", "enter")
        assert issued(counter) == []
        assert "找给业主，或者存作预存" in seen.text
        assert "--prepay" not in seen.text
        await seen.press("1")
        assert f"{more / 100:.2f}元 存作预存" in seen.news
        assert f"预存 {more / 100:.2f}元" in seen.text
    assert account(counter).prepaid == {"3-1-502": more}


async def test_of_cash_that_is_more_the_change_is_offered_first(counter: Desk) -> None:
    found = account(counter)
    whole = found.open_fen + found.late_fen
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"1000", "enter", "enter", "enter")
        assert f"找零 {(1000_00 - whole) / 100:.2f}元" in row(seen, "> 1")
        await seen.press("escape")
        assert seen.screen.bill_pane.paying.sum_field.value == "1000"
        await seen.press("enter", "1")
        assert "找零" in seen.news
    assert [one.fen for one in issued(counter)] == [whole]


async def test_who_owes_nothing_can_prepay(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "12-1-1203")
        await seen.press("f7", *"500", "enter", "2", "enter", "1")
    assert account(counter, "12-1-1203").prepaid == {"12-1-1203": 500_00}


# Who may


@pytest.mark.clause("FW-1.6")
async def test_the_night_is_told_who_takes_money(counter: Desk) -> None:
    move_to(counter, "22:00")
    on_duty(counter, "ZB01")
    async with console(counter.as_staff("ZB01")) as seen:
        await seen.press("f6")
        assert seen.screen.panel != BILLING
        assert "【FW-1.6】冯涛 不能看欠费、收款" in seen.news
        assert "收费员" in seen.news


@pytest.mark.clause("FW-1.6")
async def test_the_desk_takes_it_in_the_cashiers_absence_and_is_named(counter: Desk) -> None:
    async with console(counter.as_staff("KF01")) as seen:
        await at(seen)
        await seen.press("f7", "enter", "enter", "enter")
    (one,) = issued(counter)
    assert (one.by, one.for_cashier) == ("KF01", True)


@pytest.mark.clause("FW-1.6")
async def test_whoever_may_only_look_is_refused_before_anything_is_typed(counter: Desk) -> None:
    async with console(counter.as_staff("KF05")) as seen:
        await at(seen)
        assert "共欠" in seen.text
        await seen.press("f7")
        assert seen.screen.place == BILLING
        assert "【FW-1.6】周洁 不能收款" in seen.news


async def test_ctrl_z_at_the_counter_takes_no_slip_back(counter: Desk, clock: StoppedClock) -> None:
    async with console(counter.as_staff("KF01")) as seen:
        await seen.type("3-1-502 门坏了")
        await seen.press("enter")
        await at(seen)
        await seen.press("ctrl+z")
        assert "收款不能撤回" in seen.news
    assert [one.state for one in queue(counter)] == ["registered"]


async def test_enter_on_a_charge_shows_all_of_it_and_f7_does_not_step_the_slip_below(
    counter: Desk, clock: StoppedClock
) -> None:
    registered(counter.as_staff("KF01"), clock, "门坏了")
    charge = account(counter).owed[0].debt.charge
    async with console(counter.as_staff("KF01")) as seen:
        await at(seen)
        await seen.press("enter")
        assert charge in seen.text
        await seen.press("f7")
        assert seen.screen.form is None
        assert "Esc" in seen.news
        await seen.press("escape")
        assert seen.screen.place == BILLING


async def test_the_palette_leads_there(counter: Desk) -> None:
    async with console(counter) as seen:
        await command(seen, "收费")
        assert seen.screen.place == BILL_FIND
