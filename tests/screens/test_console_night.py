"""The night at the console: three choices, one digit for what becomes of a call (KF-7)."""

import pytest

from tests.factories import matter, move_to
from tests.moulds import moulded
from tests.screens.consoles import console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, nights
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.tables import Staff

NIGHT, PHONE = "ZB01", "13800000009"


@pytest.fixture
@moulded
def night(desk: Desk) -> Desk:
    """The desk at ten in the evening, held by the plumber-electrician."""
    move_to(desk, "22:00")
    desk.perform("staff", lambda act: act.update(Staff, {"number": NIGHT, "phone": PHONE}) or {})
    return on_duty(desk.as_staff(NIGHT))


@pytest.mark.clause("KF-7")
async def test_whoever_holds_the_night_finds_three_choices_and_by_day_nobody_does(
    night: Desk,
) -> None:
    async with console(night) as seen:
        for words in ("1  来电话了", "2  我出去干活", "3  还有什么没办", "电话在前台"):
            assert words in seen.text
    async with console(night.as_staff("KF01")) as seen:
        assert "我出去干活" not in seen.text
        await seen.press("f5")
        assert "发现的问题" in seen.text


@pytest.mark.clause("KF-7")
async def test_a_repair_of_the_night_is_taken_with_two_keys_beyond_its_words(night: Desk) -> None:
    async with console(night) as seen:
        seen.keys = 0
        await seen.press("1")
        await seen.type("3-1-502 水龙头坏了")
        await seen.press("enter")
        assert "这个来电怎么办？" in seen.text
        await seen.press("1")  # I go and repair it now
        assert seen.keys <= 6
        (number,) = nights.own_jobs(night)
        assert matter(night, number).state == "assigned"
        assert seen.screen.intake.words == ""


@pytest.mark.clause("KF-7", "KF-4")
async def test_a_call_repaired_with_the_telephone_sent_along_costs_four_keys(
    night: Desk, clock: StoppedClock
) -> None:
    async with console(night) as seen:
        seen.keys = 0
        await seen.press("1")
        await seen.type("3-1-502 水龙头坏了")
        await seen.press("enter", "1")
        assert "值班电话转到哪个号码" in seen.text
        assert PHONE in seen.text
        await seen.press("enter")
        assert seen.keys == 4
        assert f"电话转{PHONE}" in seen.screen.status.text
        assert "1  我回来了" in seen.text
        clock.advance(900)
        await seen.press("1")
        assert "电话转回来" in seen.screen.news
        assert "外出" not in seen.screen.status.text


@pytest.mark.clause("KF-7")
async def test_noise_is_told_to_the_guards_with_one_digit_and_its_number_stands_there(
    night: Desk,
) -> None:
    async with console(night) as seen:
        await seen.press("1")
        await seen.type("3-1-502 楼上太吵了睡不着")
        await seen.press("enter")
        assert "马上告诉秩序维护部" in seen.text
        await seen.press("1")
        assert [row.told for row in contacts.left(night)] == ["guards"]
        assert "已告诉秩序维护部" in seen.screen.news
        await seen.press("f2")
        assert "已告诉秩序" in seen.text


@pytest.mark.clause("KF-8")
async def test_how_it_went_is_asked_and_what_is_not_settled_becomes_a_form(night: Desk) -> None:
    async with console(night) as seen:
        await seen.press("1")
        await seen.type("3-1-502 楼上太吵了睡不着")
        await seen.press("enter", "1")
        await seen.press("f2", "down", "enter")
        assert "怎么样了？" in seen.text
        await seen.press("2")
        assert "楼上太吵" in seen.screen.intake.words
        await seen.press("f2", "down", "enter", "1")
        assert contacts.left(night) == []
        assert "记为已办好" in seen.screen.news


@pytest.mark.clause("KF-7")
async def test_esc_at_the_question_leaves_the_line_as_it_was(night: Desk) -> None:
    async with console(night) as seen:
        await seen.press("1")
        await seen.type("3-1-502 水龙头坏了")
        await seen.press("enter", "escape")
        assert seen.screen.intake.words == "3-1-502 水龙头坏了"
        assert contacts.listed(night) == []


async def test_a_question_of_the_night_is_answered_without_another(night: Desk) -> None:
    async with console(night) as seen:
        await seen.press("1")
        await seen.type("3-1-502 问物业费什么时候交")
        await seen.press("enter")
        assert "这个来电怎么办" not in seen.text
        assert len(contacts.listed(night)) == 1


@pytest.mark.clause("KF-7")
async def test_going_out_to_a_slip_that_nobody_has_takes_it_and_asks_for_the_telephone(
    night: Desk, clock: StoppedClock
) -> None:
    number = registered(night.as_staff("KF01"), clock, "客厅灯不亮", "3-2-502")
    taken(night.as_staff("KF01"), number, "issue", charge="paid", tariff="DX-01")
    async with console(night) as seen:
        await seen.press("2")
        assert "还没人接" in seen.text
        await seen.press("1")
        await seen.type("8001")
        await seen.press("enter")
        assert matter(night, number).worker == NIGHT
        assert "电话转8001" in seen.screen.status.text
