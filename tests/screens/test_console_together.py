"""The console is not alone: other desks, the clock, and a database that has its own troubles."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from textual.app import App

from screens.widgets.pane import Pane
from tests.desks import second_desk
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui import words
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store.engine import open_engine
from wuye_tui.store.home import Patience


def file_of(desk: Desk) -> Path:
    found = desk.settings.database_file
    assert found is not None
    return found


def impatient(desk: Desk) -> Desk:
    """The same desk on an engine that does not wait."""
    engine = open_engine(desk.settings.database_url, patience=Patience(lock=0.1, busy=0.1))
    return replace(desk, engine=engine)


def lines(seen: Console) -> list[str]:
    """The lines of the queue."""
    found = seen.text.splitlines()
    start = next(n for n, line in enumerate(found) if "房号/部位" in line)
    return [line for line in found[start + 1 :] if "PG-" in line[:25]]


async def test_another_desks_slip_is_there_with_the_next_beat(
    desk: Desk, clock: StoppedClock
) -> None:
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        registered(other, clock, "门锁坏了")
        await seen.beat()
        assert "门锁坏了" in seen.text
    other.engine.dispose()


async def test_a_step_that_another_desk_took_first_is_told_and_the_words_stay(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("f8")
        await seen.type("取消")
        await seen.press("enter")
        await seen.type("业主自己修好了")
        taken(other, number, "issue", charge="paid", tariff="SX-03")
        await seen.press("f7")
        assert "赵敏(KF02)" in seen.text
        assert "开派工单" in seen.text
        assert seen.form.answers()["said"] == "业主自己修好了"
        assert show(desk, number).situation.state == "issued"
        await seen.press("f7")  # having read it, still wanted
    assert show(desk, number).situation.state == "cancelled"
    other.engine.dispose()


async def test_the_cursor_stays_with_its_slip_when_others_come_and_go(
    desk: Desk, clock: StoppedClock
) -> None:
    numbers = [registered(desk, clock, text) for text in ("一", "二", "三")]
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "down")
        assert seen.screen.number == numbers[1]
        taken(desk, numbers[0], "cancel", said="不修了")
        registered(desk, clock, "四")
        await seen.beat()
        assert seen.screen.number == numbers[1]
        marked = [line for line in lines(seen) if line.startswith(">")]
        assert [line for line in marked if "PG-002" in line] == marked
        taken(desk, numbers[1], "cancel", said="不修了")
        await seen.beat()
        assert seen.screen.number == numbers[1], "what was closed stays in sight"
        await seen.press("down")
        assert seen.screen.number == numbers[2], "and the next one took its place"


@pytest.mark.clause("BX-5")
async def test_a_deadline_counts_down_turns_late_and_rings_once(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk, clock, "厨房水管漏水")
    rung: list[None] = []
    monkeypatch.setattr(App, "bell", lambda _self: rung.append(None))
    async with console(on_duty(desk)) as seen:
        assert "3分00" in lines(seen)[0]
        clock.advance(60)
        await seen.beat()
        assert "2分00" in lines(seen)[0]
        assert "超时 0" in seen.text
        clock.advance(150)
        await seen.beat()
        assert "超时30秒" in lines(seen)[0]
        assert "超时 1" in seen.text.splitlines()[0]
        clock.advance(300)
        await seen.beat()
        assert "超时5分" in lines(seen)[0]
        assert len(rung) == 1


async def test_what_was_late_before_is_shown_and_not_rung(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered(desk, clock, "厨房水管漏水")
    clock.advance(600)
    rung: list[None] = []
    monkeypatch.setattr(App, "bell", lambda _self: rung.append(None))
    async with console(on_duty(desk)) as seen:
        await seen.beat()
        assert "超时 1" in seen.text
        assert rung == []


async def test_a_step_is_taken_back_and_said_to_be(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f7", "f7", "f7", "f7")
        assert show(desk, number).situation.state == "notified"
        await seen.press("f3", "ctrl+z")
        assert "现在是「已开单」" in seen.news
        await seen.press("ctrl+z")
        assert "现在是「已登记」" in seen.news
        assert "已撤回" in seen.text
        await seen.press("ctrl+z")
        assert "没有走过可以撤回的步骤" in seen.news
    assert show(desk, number).situation.state == "registered"


async def test_what_somebody_else_built_upon_is_not_taken_back(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "f7")
        taken(other, number, "notify", whom="工程部", how="phone")
        await seen.press("f3", "ctrl+z")
        assert "赵敏(KF02)" in seen.news
    assert show(desk, number).situation.state == "notified"
    other.engine.dispose()


async def test_a_locked_database_is_said_and_the_same_enter_works_afterwards(desk: Desk) -> None:
    on_duty(desk)
    async with console(impatient(desk)) as seen:
        await seen.type("3-1-502 厨房水管漏水")
        with closing(sqlite3.connect(file_of(desk), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            await seen.press("enter")
            assert "另一台正在保存" in seen.news
            assert seen.screen.intake.words == "3-1-502 厨房水管漏水"
            await seen.press("f3", "f2")
            holder.execute("ROLLBACK")
        await seen.press("enter")
        assert "已开单" in seen.news
    assert len(queue(desk, Wanted())) == 1


async def test_a_database_that_is_gone_is_said_once_and_its_return_too(desk: Desk) -> None:
    on_duty(desk)
    path = file_of(desk)
    away = path.with_suffix(".away")
    async with console(desk) as seen:
        await seen.type("3-1-502 厨房水管漏水")
        path.rename(away)
        await seen.beat()
        assert "移走" in seen.news
        await seen.press("enter")
        assert "移走" in seen.news
        assert seen.screen.intake.words == "3-1-502 厨房水管漏水"
        away.rename(path)
        await seen.beat()
        assert "又能用了" in seen.news
        await seen.press("enter")
        assert "已开单" in seen.news


async def test_a_full_disk_is_said_and_the_same_enter_works_when_there_is_room(desk: Desk) -> None:
    on_duty(desk)
    pages = [1]

    @event.listens_for(desk.engine, "begin")
    def _limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages[0]}")

    async with console(desk) as seen:
        words = "3-1-502 厨房水管漏水" + "，一直漏" * 100
        for _turn in range(60):
            await seen.type(words)
            await seen.press("enter", "enter")  # the second time it is asked about first
            if "磁盘已满" in seen.news:
                break
        assert "磁盘已满" in seen.news
        assert seen.screen.intake.words == words
        saved = len(queue(desk, Wanted()))
        pages[0] = 100_000
        await seen.press("enter")
        assert "已开单" in seen.news
    assert len(queue(desk, Wanted())) == saved + 1


async def test_a_search_shows_a_part_and_esc_shows_all(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "门锁坏了")
    registered(desk, clock, "灯不亮", "3-1-501")
    async with console(on_duty(desk)) as seen:
        await seen.press("f3", "slash")
        await seen.type("3-1-501 灯")
        assert [line for line in lines(seen) if "门锁" in line] == []
        await seen.press("enter")
        assert seen.screen.number.endswith("002")
        await seen.press("slash", "escape")
        assert len(lines(seen)) == 2


async def test_a_closed_slip_is_found_by_its_number(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "门锁坏了")
    taken(desk, number, "cancel", said="不修了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        await seen.type("pg-001")
        await seen.press("enter")
        assert f"{number}  已取消" in seen.text
        assert "不修了" in seen.text
        await seen.press("f10")
        await seen.type("pg-009")
        await seen.press("enter")
        assert "没有单号" in seen.news


async def test_nobody_on_duty_is_said_and_one_command_begins_the_duty(desk: Desk) -> None:
    async with console(desk) as seen:
        assert "无人值班" in seen.text.splitlines()[0]
        await seen.press("f10")
        await seen.type("kszb")
        await seen.press("enter")
        assert "上午班至12:00" in seen.text.splitlines()[0]


async def test_in_training_the_clock_can_be_set_from_the_palette(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f10")
        await seen.type("演练时间")
        await seen.press("enter")
        await seen.type("17:50")
        await seen.press("enter")
        assert " 17:50" in seen.text.splitlines()[0]
        assert "演练" in seen.text.splitlines()[0]


async def test_a_key_right_behind_an_arrow_acts_on_the_slip_that_the_arrow_chose(
    desk: Desk, clock: StoppedClock
) -> None:
    numbers = [registered(desk, clock, text) for text in ("一", "二", "三")]
    async with console(on_duty(desk)) as seen:
        await seen.press("f3")
        seen.screen.queue.action_move(1)
        seen.screen.action_main()  # before anything of the second slip has been read
        await seen.settle()
        assert seen.form.sheet.number == numbers[1]


async def test_the_next_step_can_be_asked_for_while_the_last_one_is_being_saved(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        with closing(sqlite3.connect(file_of(desk), isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            await seen.hit("enter", "enter", "f7")
            while not any(told in seen.news for told in ("正在保存", "数据库正忙")):
                await seen.pilot.pause(0.05)
            holder.execute("ROLLBACK")
        await seen.settle()
        assert [line.step.verb for line in show(desk, number).history] == ["register", "issue"]
        assert seen.form.sheet.row.verb == "notify"
        assert list(seen.app.spool) == []


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_state_is_whole_in_english_too(
    desk: Desk, clock: StoppedClock, size: tuple[int, int]
) -> None:
    words.speak("en")
    try:
        numbers = [registered(desk, clock, text) for text in ("一", "二")]
        taken(desk, numbers[1], "hold", hold="outside")
        async with console(on_duty(desk), size) as seen:
            rows = [line.text for line in seen.screen.queue.shown]
            assert [row.rstrip().split("  ")[-1] for row in rows if "PG-001" in row] == [
                "Registered"
            ]
            assert [row.rstrip().split("  ")[-1] for row in rows if "PG-002" in row] == [
                "H:Outside"
            ]
    finally:
        words.speak("zh")


async def test_a_callback_says_whom_and_where_as_its_repair_does(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    taken(desk, number, "notify", whom="工程部", how="phone")
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    taken(desk, number, "agree", tariff_shown="yes", damage="软管老化", minutes="30", consent="yes")
    taken(desk, number, "finish", lines="SX-03", tried="yes", resident="陈立")
    async with console(on_duty(desk), (120, 40)) as seen:
        row = next(line.text for line in seen.screen.queue.shown if "HF-001" in line.text)
        assert "3-1-502" in row
        assert "陈立" in row
        callback = next(row.number for row in seen.screen.queue.rows if row.kind == "callback")
        seen.screen.queue.select(callback)
        await seen.settle()
        side = seen.screen.query_one("#side", Pane).text
        assert "3-1-502" in side
        assert "陈立" in side


async def test_a_larger_terminal_shows_more_and_loses_nothing(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("查无")
        for size in ((120, 40), (60, 20), (200, 60), (80, 24)):
            await seen.resize(*size)
            await seen.settle()
            assert "查无" in seen.text
            assert ("维修派工单" in seen.text) == (size[0] >= 110)
            assert all(len(line) <= size[0] for line in seen.text.splitlines())
