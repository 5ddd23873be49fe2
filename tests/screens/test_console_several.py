"""Several slips at once: ticked, taken one step with one form, taken back as a whole."""

import pytest

from tests.desks import second_desk
from tests.screens.consoles import Console, console, on_duty, registered, taken
from tests.screens.queue_seen import head, notified, state
from wuye_tui.desk import Desk
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


@pytest.mark.clause("BX-6")
async def test_five_are_collected_with_one_signature(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, f"门{n}") for n in range(5)]
    async with console(desk) as seen:
        await seen.press("f3", *["space"] * 5)
        assert "勾了 5 张" in head(seen)
        assert sum(line.startswith((" * ", ">* ", " *", ">*")) for line in seen.text.split("\n"))
        before = seen.keys
        await seen.press("f7")
        assert "5张：PG-001 PG-002" in seen.text
        await seen.type("李强")
        await seen.press("enter", "enter")
        assert seen.keys - before == 3
        assert "「领单」一次办了 5 张" in seen.news
        assert seen.screen.queue.ticked == []
    assert {state(desk, number) for number in numbers} == {"collected"}


async def collected_together(seen: Console, n: int) -> None:
    await seen.press("f3", "home", *["space"] * n, "f7")
    await seen.type("李强")
    await seen.press("enter", "enter")
    assert f"「领单」一次办了 {n} 张" in seen.news


async def test_a_joint_act_is_taken_back_as_a_whole_by_one_key(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, f"门{n}") for n in range(5)]
    async with console(desk) as seen:
        await collected_together(seen, 5)
        await seen.press("ctrl+z")
        assert "5 张的「领单」一起撤回了：PG-001 PG-002" in seen.news
        assert "现在是「已通知」" in seen.news
        assert {state(desk, number) for number in numbers} == {"notified"}
        await seen.press("ctrl+z")
        assert "没有走过可以撤回的步骤" in seen.news


async def test_of_a_joint_act_what_has_gone_on_is_kept_and_named(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, f"门{n}") for n in range(3)]
    other = second_desk(desk)
    async with console(desk) as seen:
        await collected_together(seen, 3)
        taken(other.as_staff("GC01"), numbers[1], "assign", worker="GC03")
        await seen.press("ctrl+z")
        assert "2 张的「领单」已撤回；PG-002 没有撤回" in seen.news
    assert [state(desk, n) for n in numbers] == ["notified", "assigned", "notified"]
    other.engine.dispose()


async def test_a_joint_act_on_other_slips_is_asked_about_before_it_is_taken_back(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, f"门{n}") for n in range(2)]
    third = registered(desk, clock, "灯不亮", "3-2-502")
    async with console(desk) as seen:
        seen.screen.queue.select(numbers[0])
        await seen.settle()
        seen.screen.queue.action_tick()
        seen.screen.queue.select(numbers[1])
        seen.screen.queue.action_tick()
        await seen.settle()
        await seen.press("f3", "f7")
        await seen.type("李强")
        await seen.press("enter", "enter")
        seen.screen.queue.select(third)
        await seen.settle()
        await seen.press("ctrl+z")
        assert "2 张一起办的：PG-001 PG-002；要一起撤回，再按一次" in seen.news
        assert {state(desk, n) for n in numbers} == {"collected"}
        await seen.press("ctrl+z")
    assert {state(desk, n) for n in numbers} == {"notified"}


async def test_five_are_notified_in_three_keys(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    numbers = [registered(desk, clock, f"门{n}") for n in range(5)]
    for number in numbers:
        taken(desk, number, "issue", charge="paid", tariff="SX-03")
    async with console(desk) as seen:
        await seen.press("f3", *["space"] * 5)
        before = seen.keys
        await seen.press("f7", "enter")
        assert seen.keys - before == 2
    assert {state(desk, number) for number in numbers} == {"notified"}


async def test_what_has_an_answer_of_its_own_is_not_asked_jointly(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    registered(desk, clock, "门坏了")
    registered(desk, clock, "灯不亮")
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "f7")
        assert seen.screen.form is None
        assert "「开派工单」要一张一张办" in seen.news
        await seen.press("f8")
        offered = [option.words for option in seen.screen.choose.offered]
        assert offered == ["挂起", "催单", "备注"]


async def test_slips_in_different_states_say_so_and_share_what_they_can(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    notified(desk, clock, "门坏了")
    registered(desk, clock, "灯不亮")
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "f7")
        assert "下一步不一样" in seen.news
        await seen.press("escape")
        assert seen.screen.queue.ticked == []


async def test_one_tick_means_that_slip_and_not_the_cursors(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    first = notified(desk, clock, "门坏了")
    second = notified(desk, clock, "灯不亮")
    async with console(desk) as seen:
        await seen.press("f3", "home")
        here = seen.screen.queue.number
        await seen.press("space", "f7")
        assert {first, second} >= {here}
        assert seen.form.sheet.number == here
        await seen.press("escape")
        registered(desk, clock, "窗坏了", "3-2-502")
        await seen.beat()
        await seen.press("home", "space")
        assert "办勾着的" in seen.text.splitlines()[-1]
        await seen.press("f7")
        assert seen.form.sheet.row.verb in ("issue", "collect"), "one takes any step"


async def test_a_call_between_ticks_is_not_taken_for_them(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    notified(desk, clock, "门坏了")
    notified(desk, clock, "灯不亮")
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "f2")
        await seen.type("3-2-502 阳台的架子掉了")
        await seen.press("enter", "f7")
        assert seen.form.sheet.each == {}
        assert seen.form.sheet.row.verb == "issue"


async def test_one_moved_meanwhile_refuses_all_and_the_words_stay(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, text) for text in ("门", "窗", "灯")]
    other = second_desk(desk)
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "space", "f7")
        await seen.type("李强")
        taken(other, numbers[1], "collect", collector="GC04")
        await seen.press("enter", "enter")
        assert f"{numbers[1]} 已由赵敏(KF02)" in seen.text.replace("\n ", "").replace("\n", "")
        assert seen.form.answers()["collector"] == "GC03"
    assert [state(desk, n) for n in numbers] == ["notified", "collected", "notified"]
    other.engine.dispose()


async def test_a_joint_form_put_aside_is_gone_on_with(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, text) for text in ("门", "窗")]
    async with console(desk) as seen:
        await seen.press("f3", "space", "space", "f8")
        await seen.type("备注")
        await seen.press("enter")
        await seen.type("明天一起来")
        await seen.press("escape")
        assert seen.text.count("草稿") >= 2
        await seen.press("f10")
        assert "备注 2张" in seen.text
        await seen.press("escape", "f3", "enter")
        assert seen.form.answers()["note"] == "明天一起来"
        await seen.press("f7")
        assert "一次办了 2 张" in seen.news
    assert all(show(desk, n).situation.last > 3 for n in numbers)


async def test_urging_and_holding_take_few_keys_for_one_and_for_several(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [notified(desk, clock, text) for text in ("门", "窗")]
    async with console(desk) as seen:
        for ticks in ([], ["space", "space"]):
            await seen.press("f3", "home", *ticks)
            before = seen.keys
            await seen.press("f8")
            words = [option.words for option in seen.screen.choose.offered]
            await seen.press(*str(words.index("催单") + 1), "enter")
            assert seen.keys - before <= 4, "F8, its number, Enter"
            await seen.press("f3", "home", *ticks)
            before = seen.keys
            await seen.press("f8")
            words = [option.words for option in seen.screen.choose.offered]
            await seen.press(*str(words.index("挂起") + 1), "1", "f7")
            assert seen.keys - before <= 5, "F8, its number, the reason's number, F7"
    for number in numbers:
        view = show(desk, number)
        assert view.situation.hold == "parts"
        assert "urge" in [line.step.verb for line in view.history]
