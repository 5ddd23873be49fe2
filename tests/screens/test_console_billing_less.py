"""The payer on the receipt, and late fees that somebody has allowed to leave out (KF-3.4)."""

from dataclasses import replace

import pytest

from screens.commands import BILLING, PAYING
from tests.factories import on_duty
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, MONTHLY, account, at, billed, issued
from tests.screens.test_console_billing_day import by
from tests.screens.test_console_drafts import killed
from wuye_tui.desk import Desk
from wuye_tui.registers import receipts

MANAGER = "ZJ01"


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


async def left_out(seen: Console, approver: str = MANAGER) -> None:
    """Late fees are left out of the next payment, by the form."""
    await seen.press("f9", "9", "1")
    await seen.type("老业主住院")
    await seen.press("enter", "f7")
    await by(seen, approver)


# The payer


async def test_the_receipt_names_the_owner_where_nobody_else_is_typed(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7")
        assert "陈立" in next(one for one in seen.text.splitlines() if one.startswith(" 付款人"))
        await seen.press("enter", "enter", "enter")
        assert seen.keys == 4
    (one,) = issued(counter)
    assert receipts.show(counter, one.number).payer == "陈立"


async def test_another_payer_is_typed_below_and_printed(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "up")
        await seen.type("陈大明")
        await seen.press("f2", "f6")
        assert seen.screen.place == PAYING
        assert seen.screen.bill_pane.paying.payer == "陈大明"
        await seen.press("enter")
        (one,) = issued(counter)
        assert receipts.show(counter, one.number).payer == "陈大明"
        await seen.press("f8")
        assert "陈大明" in seen.text


async def test_the_next_account_has_its_own_payer(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", "up")
        await seen.type("陈大明")
        await seen.press("escape")
        await at(seen, "3-1-501")
        await seen.press("f7")
        assert seen.screen.bill_pane.paying.payer == "林芳"


async def test_a_unit_without_anybody_has_a_receipt_without_a_name(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "6-1-301")
        await seen.press("f7", *"10", "enter", "enter", "enter", "1")
    (one,) = issued(counter)
    assert receipts.show(counter, one.number).payer == ""


# Late fees left out


@pytest.mark.clause("KF-3.4")
async def test_late_fees_are_left_out_with_reason_and_approver_and_shown_before(
    counter: Desk,
) -> None:
    found = account(counter)
    assert found.late_fen
    async with console(counter) as seen:
        await at(seen)
        await left_out(seen)
        assert seen.screen.place == BILLING, seen.text
        assert f"不收违约金 {found.late_fen / 100:.2f}元（高远 批准：老业主住院）" in seen.text
        assert f"全收 {found.open_fen / 100:.2f}元" in seen.text
        assert issued(counter) == []
        await seen.press("f7", "enter", "enter", "enter")
        assert "不收违约金" not in seen.text
    assert [one.fen for one in issued(counter)] == [found.open_fen]
    assert account(counter).owed == ()


@pytest.mark.clause("KF-3.4")
async def test_whoever_may_not_allow_it_is_no_approver(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        for number in ("KF01", "KF03", CASHIER):
            await left_out(seen, number)
            assert "可以签字的人里没有" in seen.text, number
            await seen.press("escape")
            assert seen.screen.less is None
            assert seen.form.answers()["why"] == "老业主住院"
            await seen.press("ctrl+u", "escape")


@pytest.mark.clause("KF-3.4")
async def test_a_name_that_nobody_signed_for_leaves_nothing_out(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await left_out(seen)
        seen.screen.less = replace(seen.screen.less, signed=False)  # as older drafts have it
        await seen.press("f7", "enter", "enter", "enter")
        assert "自己的密码" in seen.news
    assert issued(counter) == []


async def test_it_can_be_taken_after_all(counter: Desk) -> None:
    found = account(counter)
    async with console(counter) as seen:
        await at(seen)
        await left_out(seen)
        await seen.press("f9", "9")
        assert "照收违约金" in seen.text
        await seen.press("1", "f7", "enter", "enter", "enter")
    assert [one.fen for one in issued(counter)] == [found.open_fen + found.late_fen]


async def test_what_was_allowed_stays_with_its_account_through_calls_and_a_kill(
    counter: Desk,
) -> None:
    async with console(counter) as seen:
        await at(seen)
        await left_out(seen)
        await at(seen, "3-1-501")
        assert "高远 批准：老" not in seen.text
        await at(seen)
        assert "高远 批准：老" in seen.text
        await killed(seen)
        async with console(counter) as again:
            await again.press("f6")
            assert "高远 批准：老业主住院" in again.text
            await again.press("f7", "f7")
    assert [one.fen for one in issued(counter)] == [3 * MONTHLY]


async def test_without_late_fees_there_is_nothing_to_leave_out(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen, "12-1-1203")
        await seen.press("f9", "9", "1")
        assert "没有违约金" in seen.news
        assert seen.screen.form is None
