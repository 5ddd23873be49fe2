"""Parts of the queue, several slips at once, and who has what in hand, by keyboard."""

import pytest

from tests.desks import second_desk
from tests.registers.test_queue_parts import many
from tests.registers.test_workers import assigned
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


def notified(desk: Desk, clock: StoppedClock, text: str, unit: str = "3-1-502") -> str:
    number = registered(desk, clock, text, unit)
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    return number


def state(desk: Desk, number: str) -> str:
    return show(desk, number).situation.state


def rows(seen: Console) -> list[str]:
    return [row.number for row in seen.screen.queue.rows]


def head(seen: Console) -> str:
    return seen.screen.queue.shown[0].text


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def test_one_key_goes_round_all_mine_and_overdue(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    mine = registered(desk, clock, "门坏了")
    clock.advance(200)
    theirs = registered(desk.as_staff("KF02"), clock, "灯不亮")
    async with console(desk) as seen:
        await seen.press("f3")
        assert "只看" not in seen.text
        await seen.press("right")
        assert rows(seen) == [mine]
        assert "只看 我的：1 张，共 2 张" in head(seen)
        await seen.press("right")
        assert (rows(seen), "只看 超时：1 张" in head(seen)) == ([mine], True)
        await seen.press("right")
        assert set(rows(seen)) == {mine, theirs}
        await seen.press("left")
        assert "超时：" in head(seen)
        await seen.press("escape")
        assert set(rows(seen)) == {mine, theirs}
        assert "只看" not in seen.text


async def test_after_an_empty_part_there_is_a_cursor_again(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = registered(desk.as_staff("KF02"), clock, "灯不亮")
    clock.advance(200)
    async with console(desk) as seen:
        await seen.press("f3", "right")
        assert rows(seen) == []
        await seen.press("right", "space")
        assert seen.screen.queue.ticked == [number]


async def test_a_part_holds_while_others_act_and_grows_by_the_second(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    number = registered(desk, clock, "门坏了")
    other = second_desk(desk)
    async with console(desk) as seen:
        await seen.press("f3")
        await command(seen, "只看超时")
        assert rows(seen) == []
        assert "没有这样的未结单" in seen.text
        clock.advance(200)
        await seen.beat()
        assert number in rows(seen)
        registered(other, clock, "灯不亮")
        await seen.beat()
        assert rows(seen) == [number]
        assert "1 张，共 2 张" in head(seen)
    other.engine.dispose()


async def test_what_leaves_the_part_by_an_act_keeps_the_cursor_until_it_moves_on(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    numbers = [registered(desk, clock, text) for text in ("一", "二", "三")]
    async with console(desk) as seen:
        await seen.press("f3")
        await command(seen, "只看一种状态")
        await seen.press("enter")
        await seen.press("down")
        assert seen.screen.queue.number == numbers[1]
        taken(desk, numbers[1], "issue", charge="paid", tariff="SX-03")
        await seen.beat()
        assert seen.screen.queue.number == numbers[1]
        assert seen.screen.queue.row is not None, "in sight, with its new state"
        assert "2 张，共 3 张" in head(seen)
        await seen.press("f7")
        assert seen.form.sheet.number == numbers[1]
        await seen.press("escape", "down")
        assert seen.screen.queue.number == numbers[0]
        assert rows(seen) == [numbers[0], numbers[2]]


async def test_a_unit_a_department_and_words_besides(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    one = registered(desk, clock, "门坏了", "3-1-502")
    two = registered(desk, clock, "灯不亮", "3-2-502")
    async with console(desk) as seen:
        await command(seen, "只看一户")
        await seen.type("3-2")
        await seen.press("enter")
        assert rows(seen) == [two]
        await command(seen, "只看一个部门")
        assert "工程管理部" in seen.text
        await seen.press("enter")
        assert set(rows(seen)) == {one, two}
        await seen.press("slash")
        await seen.type("门")
        await seen.press("enter")
        assert rows(seen) == [one]
        assert "工程管理部 门：1 张，共 2 张" in head(seen)
        await seen.press("escape")
        assert set(rows(seen)) == {one, two}


@pytest.mark.parametrize("place", ["3栋", "5栋1单元", "地下车库b区", "健身房 gym"])
async def test_a_public_place_chosen_from_its_own_list_has_its_slip(
    desk: Desk, clock: StoppedClock, place: str
) -> None:
    on_duty(desk)
    registered(desk, clock, "灯不亮")
    clock.advance(1)
    number = desk.perform(
        "repair.register", lambda act: matters.start(act, "repair", place=place, text="门坏了")
    )["number"]
    async with console(desk) as seen:
        await command(seen, "只看一户")
        await seen.type(place)
        [offered] = seen.screen.choose.offered
        assert (offered.words, offered.note) == (place, "1张")
        await seen.press("enter")
        assert rows(seen) == [number]
        assert f"只看 {place}：1 张，共 2 张" in head(seen)


async def test_a_part_looked_at_over_a_form_leads_back_to_the_form(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    registered(desk, clock, "阳台的架子掉了")
    async with console(desk) as seen:
        await seen.press("f3", "f7")
        await seen.type("标准")
        await command(seen, "只看我的")
        assert seen.screen.panel == "queue"
        await seen.press("escape", "escape")
        assert seen.screen.panel == "form-box"
        assert seen.screen.queue.is_narrowed is False
        assert seen.form.answers()["tariff"] == "标准"


async def test_mine_is_of_whoever_sits_there(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = registered(desk, clock, "门坏了")
    async with console(desk) as seen:
        await seen.press("f3", "right")
        assert rows(seen) == [number]
        seen.app.sit_down(desk.as_staff("KF02"))
        await seen.screen.seated()
        await seen.settle()
        assert rows(seen) == []


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


async def test_the_workers_and_what_they_hold(desk: Desk, clock: StoppedClock) -> None:
    on_duty(desk)
    number = assigned(desk, clock)
    taken(desk, number, "arrive")
    registered(desk, clock, "灯不亮")
    async with console(desk.as_staff("GC01")) as seen:
        await seen.press("f3")
        assert "人手" in seen.text.splitlines()[-1]
        await seen.press("ctrl+t")
        assert "空闲" in seen.text
        await seen.press(*["down"] * 9)
        line = next(one for one in seen.text.splitlines() if "GC03" in one)
        assert "起在 3-1-502" in line
        assert "厨房水管漏水" in seen.text
        await seen.press("enter")
        assert rows(seen) == [number]
        assert "只看 李强：1 张，共 2 张" in head(seen)


async def test_a_clerk_finds_the_workers_in_the_palette(desk: Desk, clock: StoppedClock) -> None:
    async with console(on_duty(desk)) as seen:
        assert "人手" not in seen.text.splitlines()[-1]
        await command(seen, "rs")
        assert "维修工" in seen.text
        await seen.press("escape")
        assert seen.screen.panel == "queue"


@pytest.mark.clause("BX-7")
async def test_sending_a_busy_worker_is_warned_about_and_not_refused(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    assigned(desk, clock)
    number = notified(desk, clock, "灯不亮")
    taken(desk, number, "collect", collector="GC03")
    async with console(desk.as_staff("GC01")) as seen:
        seen.screen.queue.select(number)
        await seen.settle()
        await seen.press("f7")
        await seen.type("吴刚")
        await seen.press("enter")
        assert "没干完" not in seen.text
        seen.form.rows[0].target.focus()
        seen.form.rows[0].target.value = "李强"
        await seen.press("enter")
        assert "李强 手上有 1 张没干完" in seen.text
        await seen.press("f7")
    assert show(desk, number).situation.facts["worker"] == "GC03"


async def test_parts_reach_behind_the_three_hundred_that_are_read(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    many(desk, registered(desk, clock, "门坏了"), 400)
    clock.advance(60)
    last = registered(desk.as_staff("KF02"), clock, "灯不亮", "3-2-502")
    async with console(desk) as seen:
        await seen.press("f3")
        assert "只列最先到期的 300 张，共 402 张" in head(seen)
        await command(seen, "只看一户")
        await seen.type("3栋2单元")
        await seen.press("enter")
        assert rows(seen) == [last]
        assert "3栋2单元：1 张，共 402 张" in head(seen)
        await seen.press("space", "f7")
        assert seen.form.sheet.number == last
        await seen.press("escape")
        registered(desk, clock, "窗坏了", "3-2-502")
        await seen.beat()
        assert "3栋2单元：2 张，共 403 张" in head(seen)
        await seen.press("escape", "right")
        assert "我的：402 张，列出 300 张，共 403 张" in head(seen)
        await command(seen, "只看一个部门")
        assert "403张" in seen.text
        await seen.press("escape", "escape", "slash")
        await seen.type("灯")
        assert "列出的里面有 0 张，共 403 张；全部的按 Ctrl+F 找" in head(seen)
        clock.advance(600)
        await seen.beat()
        assert "超时 403" in seen.text.splitlines()[0]
