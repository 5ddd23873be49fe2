"""Parts of the queue, and who has what in hand, by keyboard."""

import pytest

from screens import asking, asking_dispatch
from screens.watching import TICK_EVERY
from tests.desks import second_desk
from tests.registers.test_queue_parts import many
from tests.registers.test_workers import assigned
from tests.screens.consoles import console, on_duty, registered, taken
from tests.screens.queue_seen import command, head, notified, rows
from wuye_tui.desk import Desk
from wuye_tui.registers import matters
from wuye_tui.registers.ticking import tick
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


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


async def test_a_deadline_that_passes_is_no_question_to_the_register(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(on_duty(desk), clock, "灯不亮")
    clock.advance(100)
    many(desk, registered(desk, clock, "门坏了"), 400)
    asked: list[object] = []
    async with console(desk) as seen:
        assert seen.screen.queue.reached is not None
        monkeypatch.setattr(asking_dispatch, "reached", lambda *given: asked.append(given))
        clock.advance(82)
        seen.screen.beat_more()
        seen.screen._tell_status()
        seen.screen.beat_more()
        await seen.settle()
        assert "超时 1" in seen.text.splitlines()[0]
        assert asked == []


async def test_a_clock_that_has_run_out_is_told_without_reading_everything_anew(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(on_duty(desk), clock, "灯不亮")
    async with console(desk) as seen:
        reads, read = [], asking.picture
        monkeypatch.setattr(asking, "picture", lambda found: reads.append(1) or read(found))
        clock.advance(200)
        for _second in range(TICK_EVERY + 1):
            await seen.beat()
        assert tick(desk) == [], "the console has told of it"
        assert "超时 1" in seen.text
        assert reads == []
        registered(desk, clock, "门锁坏了", "3-1-501")
        await seen.beat()
        assert reads == [1]
        assert "门锁坏了" in seen.text
