"""A refusal at the counter is past as soon as something else is done or the field is changed."""

import pytest

from screens.commands import FORM, PAYING
from tests.factories import on_duty
from tests.screens.consoles import Console, console
from tests.screens.counters import CASHIER, at, billed, issued
from tests.screens.test_console_billing_forms import opened
from wuye_tui.desk import Desk

BAD = "12.345"


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The cashier at a desk on duty, with bills out."""
    on_duty(desk, "KF01")
    return billed(desk).as_staff(CASHIER)


async def refused(seen: Console) -> None:
    """A sum that cannot be read, and why."""
    await at(seen)
    await seen.press("f7", *BAD, "enter")
    assert "两位小数" in seen.news


async def test_it_goes_with_the_first_key_that_changes_the_sum(counter: Desk) -> None:
    async with console(counter) as seen:
        await refused(seen)
        assert seen.screen.place == PAYING
        assert seen.app.focused is seen.screen.bill_pane.paying.sum_field
        await seen.press("enter")
        assert "两位小数" in seen.news, "Enter again is refused again"
        await seen.press("backspace")
        assert seen.news == ""
        await seen.press("enter", "enter", *"10")
        await seen.press("enter")
        assert "只给了 10.00元" in seen.news
        await seen.press("0")
        assert seen.news == ""


async def test_it_is_not_under_a_list_nor_under_what_is_read(counter: Desk) -> None:
    async with console(counter) as seen:
        await refused(seen)
        await seen.press("f9")
        assert seen.news == "", "under the list"
        await seen.press("escape", "enter")
        assert "两位小数" in seen.news
        await seen.press("f9", "3")
        assert seen.news == "", "under what the day has taken"
        await seen.press("escape", "enter", "escape")
        assert "两位小数" not in seen.news
        await seen.press("f8")
        assert "还没有收据" in seen.news
        await seen.press("enter")
        assert seen.news == "", "under a charge"
    assert issued(counter) == []


async def test_more_than_is_owed_is_said_over_the_list_that_asks(counter: Desk) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f7", *"9999", "f7")
        assert seen.screen.panel == "choose"
        assert "找给业主" in seen.news, "what is asked has its reason below"


async def test_a_bad_sum_of_a_form_is_told_in_its_row_and_goes_with_it(counter: Desk) -> None:
    async with console(counter) as seen:
        await opened(seen, "8", "1")
        await seen.type(BAD)
        await seen.press("enter")
        assert (seen.screen.place, seen.form.draft().at) == (FORM, "sum")
        assert "两位小数" in seen.form._refusal
        await seen.press("backspace")
        assert not seen.form._refusal
        await seen.press("enter")
        assert seen.form.draft().at == "means"


async def test_what_was_counted_wrong_in_the_drawer_is_put_right_without_the_refusal(
    counter: Desk,
) -> None:
    async with console(counter) as seen:
        await at(seen)
        await seen.press("f9", "4", *BAD, "enter")
        assert "两位小数" in seen.news
        assert seen.screen.choose.field.value == BAD
        await seen.press("backspace")
        assert seen.news == ""
