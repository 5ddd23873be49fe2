"""Ctrl+Z behind Enter: the call, the slip and what was typed, as if it had not been sent."""

from tests.screens.callers import water_off
from tests.screens.consoles import console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, notices, ringing
from wuye_tui.registers.queue import queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock

LEAK = "3-1-502 厨房水管漏水 马上"


async def test_a_mistyped_line_is_there_again_and_its_slip_is_not(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter")
        (row,) = queue(desk)
        await seen.press("ctrl+z")
        assert f"{row.number} 已作废" in seen.news
        assert seen.screen.intake.words == LEAK
        assert queue(desk) == []
        (call,) = contacts.listed(desk)
        assert call.is_withdrawn
        await seen.press("backspace", "backspace", "enter")  # put right: another slip, another call
        (again,) = queue(desk)
        assert again.number != row.number
    assert [one.is_withdrawn for one in contacts.listed(desk)] == [False, True]


async def test_the_register_of_calls_marks_it_and_does_not_count_it(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter", "ctrl+z", "ctrl+u", "f2")
        assert "本班来电 0 个" in seen.text
        assert "已撤回" in seen.text


async def test_an_enquiry_is_taken_back_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 物业费多少钱一平米")
        await seen.press("enter", "ctrl+z")
        assert "的登记已撤回，不再计数" in seen.news
        assert seen.screen.intake.words == "3-1-502 物业费多少钱一平米"


async def test_a_form_that_was_registered_can_be_opened_as_it_was(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("ctrl+n", "f7")
        (row,) = queue(desk)
        await seen.press("f3", "ctrl+z")
        assert f"{row.number} 已作废" in seen.news
        await seen.press("f2", "ctrl+n")
        assert seen.form.answers()["text"] == "厨房水管漏水"
        await seen.press("f7")
    assert len(queue(desk)) == 1


async def test_the_next_call_in_the_line_keeps_it_and_the_other_is_put_aside(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter")
        await seen.type("3-1-501 灯坏了")
        await seen.press("escape", "ctrl+z")
        assert "要连单子一起撤回，再按一次" in seen.news
        assert len(queue(desk)) == 1
        await seen.press("ctrl+z")
        assert queue(desk) == []
        assert seen.screen.intake.words == "3-1-501 灯坏了"
        await seen.press("f2", "enter")
        assert seen.screen.intake.words == LEAK, "it comes back as after any other call"


async def test_whoever_rang_is_in_hand_again(desk: Desk) -> None:
    on_duty(desk).perform("call.ring", lambda act: ringing.ring(act, "13800001234"), system=True)
    async with console(desk) as seen:
        await seen.beat()
        await seen.press("enter")
        await seen.type("厨房水管漏水")
        await seen.press("enter", "ctrl+z", "enter")
        first, second = contacts.listed(desk)
    assert (first.rings, first.phone) == (second.rings, second.phone)
    assert first.rings > 0
    assert second.is_withdrawn


async def test_further_back_on_another_slip_is_asked_each_time(
    desk: Desk, clock: StoppedClock
) -> None:
    older = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "f7", "f7", "f7", "f7")  # issued, and Engineering told
        assert show(desk, older).situation.state == "notified"
        await seen.press("f2")
        await seen.type("3-1-501 灯坏了")
        await seen.press("enter", "ctrl+z", "escape")
        assert len(queue(desk)) == 1
        await seen.press("ctrl+z")
        assert "再按一次 Ctrl+Z" in seen.news
        await seen.press("ctrl+z")
        assert show(desk, older).situation.state == "issued"
        await seen.press("ctrl+z")
        assert "再往前一步也在" in seen.news
        assert show(desk, older).situation.state == "issued"


async def test_what_has_gone_on_says_who_and_speaks_of_no_form(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter")
        (row,) = queue(desk)
        clock.advance(1)
        taken(desk.as_staff("KF02"), row.number, "notify", whom="工程部", how="phone")
        await seen.press("ctrl+z")
        assert "不能撤回" in seen.news
        assert "赵敏(KF02)" in seen.news
        assert "您填的" not in seen.news


async def test_an_answer_by_notice_is_taken_back_and_not_counted(desk: Desk) -> None:
    water_off(desk)
    async with console(on_duty(desk)) as seen:
        for unit in ("3-1-502", "3-1-501"):
            await seen.type(f"{unit} 怎么停水了")
            await seen.press("f9")
        assert "第 4 位" in seen.news
        await seen.press("ctrl+z")
        assert "的登记已撤回，不再计数" in seen.news
        assert seen.screen.intake.words == "3-1-501 怎么停水了"
        assert [one.asked for one in notices.current(desk)] == [3]
        await seen.press("f9")
        assert "第 4 位" in seen.news


async def test_what_the_program_put_into_the_line_is_taken_back_before_anything_else(
    desk: Desk, clock: StoppedClock
) -> None:
    for text in ("水管漏水", "灯坏了"):
        registered(desk, clock, text)
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-501 门锁坏了")
        await seen.press("enter")
        before = len(queue(desk))
        await seen.type("3-1-502 怎么还没人来 催一下")
        await seen.press("enter")
        assert "PG-" in seen.screen.intake.words
        await seen.press("ctrl+z")
        assert seen.screen.intake.words == "3-1-502 怎么还没人来 催一下"
        await seen.press("ctrl+z", "ctrl+z")
        assert len(queue(desk)) == before


async def test_while_a_callers_home_stands_in_the_line_nobody_elses_slip_is_voided(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LEAK)
        await seen.press("enter")
        desk.perform("call.ring", lambda act: ringing.ring(act, "13800002345"), system=True)
        await seen.beat()
        await seen.press("enter", "ctrl+z")
        assert "来电这一行还有字" in seen.news
        assert len(queue(desk)) == 1
