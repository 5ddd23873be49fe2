"""What the night leaves, and what was missed, in the register of every duty until it is done.

* left with one command, without a slip and without a clock (KF-8); never an emergency
* marked, before this duty's calls; Enter puts the words into the line, Enter again opens the slip
* a half-typed line is put aside for it and comes back
* a missed call stands there too; Enter calls back (KF-16)
"""

import pytest

from screens.commands import LINE
from tests.desks import second_desk
from tests.screens.callers import water_off
from tests.screens.consoles import Console, console, on_duty
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, ringing
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.acts import Act, Result

CHEN = "13800001234"


def left(desk: Desk, words: str, **given: str) -> str:
    def write(act: Act) -> Result:
        call = contacts.register(
            act,
            **{"channel": "phone", "category": "repair", "words": words, **given},  # type: ignore[arg-type]
            outcome=contacts.TOMORROW,
        )
        return {"contact": call.number}

    return str(desk.perform("call.leave", write)["contact"])


def taken_up(act: Act, number: str) -> str:
    return contacts.take_up(act, number, outcome="repair", category="repair").number


async def killed(seen: Console) -> None:
    """As after kill -9: the drafts are on disk, and nobody holds them."""
    await seen.app.write_drafts()
    lock = seen.app.spool._lock
    assert lock is not None
    lock.release()


async def command(seen: Console, typed: str) -> None:
    await seen.press("f10")
    await seen.type(typed)
    await seen.press("enter")


@pytest.mark.clause("KF-8")
async def test_the_night_leaves_a_call_and_the_morning_turns_it_into_a_slip(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 窗户关不严")
        await command(seen, "留到早上")
        assert "留到早上，没有开单" in seen.news
        assert seen.screen.intake.words == ""
        assert not seen.screen.queue.every
        clock.advance(60)
        await seen.type("3-1-501 问物业费")
        await seen.press("enter", "f2")
        assert "待办 1" in seen.text
        rows = [one for one in seen.text.splitlines() if "窗户关不严" in one or "问物业费" in one]
        assert "夜里留下" in rows[0]
        await seen.press("down", "home")
        assert seen.text.count("Enter 接着办") == 2, "above the calls, and among the keys"
        await seen.press("enter")
        assert seen.screen.place == LINE
        assert seen.screen.intake.words == "3-1-502 窗户关不严"
        await seen.press("enter")
        assert [row.where for row in seen.screen.queue.every] == ["3-1-502"]
        assert contacts.left(desk) == []
    assert len(contacts.listed(desk)) == 2, "the call of the night is the call of the slip"
    assert contacts.listed(desk)[1].matters


async def test_an_emergency_is_never_left(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("电梯困人 3栋")
        await command(seen, "留到早上")
        assert "紧急的事不能留到早上" in seen.news
    assert contacts.listed(desk) == []


async def test_an_empty_line_leaves_nothing(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await command(seen, "留到早上")
        assert "打清楚" in seen.news
    assert contacts.listed(desk) == []


async def test_a_fault_without_a_room_is_asked_about_before_it_is_left(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("窗户关不严")
        await command(seen, "留到早上")
        assert "打清楚" in seen.news
        assert seen.screen.intake.words == "窗户关不严"
    assert contacts.listed(desk) == []


async def test_what_was_left_becomes_a_slip_by_the_form_too(desk: Desk) -> None:
    number = left(desk, "窗户关不严")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter", "home")
        await seen.type("3-1-502 ")
        await seen.press("ctrl+n")
        assert seen.screen.intake.words == ""
        await seen.press("f7")
        assert [row.where for row in seen.screen.queue.every] == ["3-1-502"]
        await seen.press("f2")
        await seen.type("3-1-501 灯不亮")
        await seen.press("enter")
    assert contacts.left(desk) == []
    later, call = contacts.listed(desk)
    assert (call.number, call.unit, len(call.matters)) == (number, "3-1-502", 1)
    assert later.words == "3-1-501 灯不亮"


async def test_the_form_knows_after_a_kill_whose_words_it_took_over(desk: Desk) -> None:
    number = left(desk, "窗户关不严", unit="3-1-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter", "ctrl+n")
        seen.screen.keep_all()
        await killed(seen)
        async with console(desk) as again:
            await again.press("ctrl+n", "f7")
    [call] = contacts.listed(desk)
    assert (call.number, call.is_left, len(call.matters)) == (number, False, 1)


async def test_a_form_that_was_thrown_away_takes_no_call_of_the_night_with_it(desk: Desk) -> None:
    number = left(desk, "窗户关不严", unit="3-1-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter", "ctrl+n")
        seen.app.spool.drop("repair/register")
        await seen.screen.close_form().wait()
        await seen.press("ctrl+n")
        for row in seen.form.rows:
            if row.question.name in ("unit", "text"):
                row.target.focus()
                await seen.settle()
                await seen.type({"unit": "3-1-501", "text": "灯不亮"}[row.question.name])
        await seen.press("f7")
        assert len(seen.screen.queue.every) == 1, seen.text
    assert [row.number for row in contacts.left(desk)] == [number]


async def test_what_was_left_is_answered_by_a_notice(desk: Desk) -> None:
    number = left(desk, "什么时候来水", unit="3-1-501", category="enquiry")
    water_off(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter", "f9")
        assert "已按通知回答" in seen.news
        assert seen.screen.intake.words == ""
        await seen.type("3-1-502 灯不亮")
        await seen.press("enter")
    assert contacts.left(desk) == []
    call = contacts.show(desk, number)
    assert (call.outcome, len(call.matters)) == ("answered", 1)


async def test_what_is_left_again_is_the_same_call(desk: Desk) -> None:
    number = left(desk, "窗户关不严", unit="3-1-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter")
        await seen.type(" 白天打电话")
        await command(seen, "留到早上")
        assert "留到早上，没有开单" in seen.news
    [call] = contacts.listed(desk)
    assert (call.number, call.is_left) == (number, True)
    assert call.words == "3-1-502 窗户关不严 白天打电话"


async def test_half_typed_words_come_back_after_what_was_left(desk: Desk) -> None:
    left(desk, "窗户关不严", unit="3-1-502", channel="wechat")
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-501 灯")
        await seen.press("f2", "down", "home", "enter")
        assert seen.screen.intake.words == "微信 3-1-502 窗户关不严"
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-501 灯"
        await seen.type("不亮")
        await seen.press("enter")
    assert [row.words for row in contacts.listed(desk)] == ["3-1-501 灯不亮", "窗户关不严"]
    assert contacts.left(desk) == []


async def test_a_line_wiped_clean_is_no_longer_the_call_of_the_night(desk: Desk) -> None:
    number = left(desk, "窗户关不严", unit="3-1-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter")
        await seen.press(*["backspace"] * len("3-1-502 窗户关不严"))
        await seen.type("3-1-501 灯不亮")
        await seen.press("enter")
    assert [row.number for row in contacts.left(desk)] == [number]


async def test_two_at_once_open_one_slip(desk: Desk) -> None:
    number = left(desk, "窗户关不严", unit="3-1-502")
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down", "enter")
        other = second_desk(desk)
        other.perform("other", lambda act: {"c": taken_up(act, number)})
        await seen.press("enter")
        assert "已经有人接着办了" in seen.news
        assert not seen.screen.queue.every
        assert seen.screen.intake.words == "3-1-502 窗户关不严"


@pytest.mark.clause("KF-16")
async def test_a_missed_call_stands_in_the_register_and_enter_calls_back(desk: Desk) -> None:
    desk.perform("ring", lambda act: ringing.ring(act, CHEN), system=True)
    desk.perform("hang", lambda act: ringing.hang_up(act, CHEN), system=True)
    async with console(on_duty(desk)) as seen:
        await seen.press("f2", "down")
        row = next(one for one in seen.text.splitlines() if "未回电" in one)
        assert "陈立 138****1234" in row
        assert "Enter 回电" in seen.text
        await seen.press("enter")
        assert f"打 {CHEN}" in seen.text
        await seen.press("1")
        assert seen.screen.intake.words == "3-1-502 "
        await seen.press("f2")
        assert "未回电" not in seen.text
    assert ringing.open_lines(desk) == ()


async def test_a_question_that_is_open_waits_in_the_register_of_every_duty(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 停水到几点")
        await seen.press("enter")
        number = contacts.listed(desk)[0].number
        await seen.press("f2")
        assert "待办 1" in seen.text
        assert "还没答复" in seen.text
        await seen.press("down", "enter")
        assert "答复了就再按一次 Enter" in seen.news
        assert contacts.show(desk, number).is_unanswered
        await seen.press("enter")
        assert f"{number} 记为已答复" in seen.news
        assert not contacts.show(desk, number).is_unanswered
        assert "待办" not in seen.text


@pytest.mark.clause("KF-8")
async def test_one_key_makes_the_slip_of_what_was_left(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 窗户关不严")
        await command(seen, "留到早上")
        await seen.press("f2", "down", "home")
        assert "F7 开单" in seen.text
        await seen.press("f7")
        assert [row.where for row in seen.screen.queue.every] == ["3-1-502"]
        assert contacts.left(desk) == []
