"""Money half typed at the counter belongs to whoever typed it, and to its day."""

import pytest

from tests.factories import on_duty
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, at, billed, issued
from tests.screens.test_console_billing_forms import opened
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock

UNIT, OTHER = "3-1-502", "KF01"


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, OTHER)
    return billed(desk).as_staff(CASHIER)


async def sits_down(seen: Console, staff: str) -> None:
    """Somebody else says who they are, at the lock."""
    await seen.press("f12")
    await seen.type(staff)
    await seen.press("enter")
    assert seen.app.desk.staff == staff, seen.text


async def half_typed(seen: Console) -> None:
    await at(seen)
    await seen.press("space", "f7", *"200", "enter", "3")


@pytest.mark.clause("FW-1.6")
async def test_another_person_begins_empty_and_is_told_and_the_owner_finds_it_again(
    counter: Desk,
) -> None:
    async with console(counter) as seen:
        await half_typed(seen)
        before = seen.screen.bill_typed()
        await sits_down(seen, OTHER)
        for words in ("陈静", UNIT, "勾了 1 笔", "200 微信"):
            assert words in seen.news
        await seen.press("f6")
        assert (seen.screen._units, seen.screen.bill_typed()) == ((), {})
        assert "200" not in seen.text.split("打了一半")[0]
        await at(seen)
        assert seen.screen.bill_typed() == {}, "not even of the same unit"
        await seen.press("f7", "f7")
        assert [one.by for one in issued(counter)] == [OTHER]
        await sits_down(seen, CASHIER)
        assert "打了一半" not in seen.news
        await seen.press("f6")
        assert seen.screen._units == (UNIT,)
        assert seen.screen.bill_typed()["money"] == before["money"]


async def test_two_have_the_same_unit_half_typed_each_their_own(counter: Desk) -> None:
    async with console(counter) as seen:
        await half_typed(seen)
        await sits_down(seen, OTHER)
        await at(seen)
        await seen.press("f7", *"50")
        await sits_down(seen, CASHIER)
        assert "李晓燕" in seen.news
        await seen.press("f6")
        assert seen.screen.bill_typed()["money"]["said"] == "200"
        await sits_down(seen, OTHER)
        await seen.press("f6")
        assert seen.screen.bill_typed()["money"]["said"] == "50"


async def test_on_the_next_day_a_payment_begins_anew_and_its_owner_is_told(
    counter: Desk, clock: StoppedClock
) -> None:
    async with console(counter) as seen:
        await half_typed(seen)
        await seen.press("f2")
        clock.advance(24 * 3600)
        await seen.press("f6")
        assert all(words in seen.news for words in ("2026-11-19", UNIT, "200 微信", "重新打"))
        assert (seen.screen._units, seen.screen.bill_typed()) == ((), {})
        assert not [name for name in seen.app.spool if "200" in str(seen.app.spool.get(name))]


async def test_a_form_of_the_counter_waits_for_its_owner_too(counter: Desk) -> None:
    async with console(counter) as seen:
        await opened(seen, "8", "1")
        await seen.type("2000")
        await sits_down(seen, OTHER)
        assert "收押金" in seen.news
        assert seen.screen.form is None
        assert seen.screen.drafts == []
        await opened(seen, "8", "1")
        assert seen.form.answers()["sum"] == ""
        await sits_down(seen, CASHIER)
        await opened(seen, "8", "1")
        assert seen.form.answers()["sum"] == "2000"


async def test_an_account_that_is_only_looked_at_stays(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await sits_down(seen, OTHER)
        assert "打了一半" not in seen.news
        assert seen.screen._units == (UNIT,)


async def test_another_form_that_was_put_aside_for_the_counters_comes_back(counter: Desk) -> None:
    async with console(counter) as seen:
        await seen.press("ctrl+n", "tab", "tab")
        await seen.type("厨房水龙头关不紧")
        await opened(seen, "8", "1")
        await seen.type("2000")
        await sits_down(seen, OTHER)
        assert "厨房水龙头关不紧" in seen.form.answers().values()
