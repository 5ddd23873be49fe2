"""Somebody else holds the database: the console says that it waits, goes on, and acts once."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import text

from screens import app as screens_app
from screens import asking, base
from tests.holders import WAYS, held
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import StoreError
from wuye_tui.settings import DATABASE
from wuye_tui.store.engine import open_engine
from wuye_tui.store.faults import DatabaseBusy, DatabaseUnreachable
from wuye_tui.store.home import Patience

BUSY = "数据库正忙，正在等它"
LINE = "3-1-502 厨房水管漏水"


@pytest.fixture(autouse=True)
def told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told after a second is told at once here."""
    monkeypatch.setattr(base, "WAIT", 0.02)


async def until_told(seen: Console, words: str = BUSY) -> None:
    """Until the line of news says so."""
    for _turn in range(2000):
        if words in seen.news:
            return
        await asyncio.sleep(0.005)
    raise AssertionError(seen.text)


async def goes_on(seen: Console, clock: StoppedClock) -> None:
    """Clock, keys, typing and drafts, with the answer still outstanding."""
    before = seen.text.splitlines()[0]
    clock.advance(60)
    seen.screen.beat()
    await seen.hit("f3")
    await seen.hit("f2")
    seen.screen.intake.field.paste("下一个电话")
    await seen.pilot.pause()
    assert seen.text.splitlines()[0] != before, "the clock stands still"
    assert "下一个电话" in seen.text
    await seen.app.write_drafts()
    kept = "".join(path.read_text() for path in seen.app.desk.settings.drafts.glob("*.json"))
    assert "下一个电话" in kept, "what is typed is not on disk"


@pytest.mark.parametrize("way", WAYS)
async def test_it_says_that_it_waits_and_registers_once_when_the_database_is_free(
    desk: Desk, clock: StoppedClock, way: str
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type(LINE)
        with held(desk.settings.home / DATABASE, way) as other:
            await seen.hit("enter")
            await until_told(seen)
            assert "可以接着打字" in seen.text.splitlines()[-2]
            await goes_on(seen, clock)
            other.let_go()
            await seen.settle()
        assert "已开单" in seen.news
        assert seen.screen.intake.words == "下一个电话"
    assert [row.words for row in queue(desk, Wanted())] == ["厨房水管漏水"]


@pytest.mark.pg
async def test_so_it_does_on_postgresql(pg_desk: Desk, clock: StoppedClock) -> None:
    other = open_engine(pg_desk.settings.database_url)
    async with console(on_duty(pg_desk)) as seen:
        await seen.type(LINE)
        with other.connect() as holder:
            holder.execution_options(wuye_writes=True)
            holder.execute(text("LOCK TABLE matter IN ACCESS EXCLUSIVE MODE"))
            await seen.hit("enter")
            await until_told(seen)
            await goes_on(seen, clock)
            holder.rollback()
        await seen.settle()
        assert "已开单" in seen.news
    assert [row.words for row in queue(pg_desk, Wanted())] == ["厨房水管漏水"]
    other.dispose()


@contextmanager
def impatient(desk: Desk) -> Iterator[Desk]:
    """The same desk, which gives up soon."""
    patience = Patience(lock=0.3, busy=0.3)
    engine = open_engine(desk.settings.database_url, patience=patience)
    yield replace(desk, engine=engine)
    engine.dispose()


@pytest.mark.parametrize("way", WAYS)
async def test_a_form_that_cannot_be_saved_in_time_is_saved_once_by_the_next_press(
    desk: Desk, clock: StoppedClock, way: str
) -> None:
    number = registered(on_duty(desk), clock, "门锁坏了")
    with impatient(desk) as soon:
        async with console(soon) as seen:
            await seen.press("f3", "f8")
            await seen.type("备注")
            await seen.press("enter")
            await seen.type("业主说下午在家")
            with held(desk.settings.home / DATABASE, way):
                await seen.press("f7")
                assert "另一台正在保存" in seen.text
                assert seen.form.answers()["note"] == "业主说下午在家"
            await seen.press("f7")
            assert seen.screen.form is None
    notes = [line.step.verb for line in show(desk, number).history if line.step.verb == "note"]
    assert notes == ["note"]


async def test_what_was_said_before_the_wait_stands_there_again(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        seen.screen.say("通知王师傅")
        with held(desk.settings.home / DATABASE, "BEGIN EXCLUSIVE") as other:
            seen.screen.beat()  # looks whether anybody has done anything
            await until_told(seen)
            other.let_go()
            await seen.settle()
        assert seen.news == "通知王师傅"


async def test_what_is_said_during_the_wait_can_be_read_and_comes_back_after_it(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        seen.app.waits(1)
        assert "（1 秒）" in seen.news
        seen.screen.say("退出请按 Ctrl+Q。")
        seen.app.waits(2)
        assert seen.news == "退出请按 Ctrl+Q。"
        seen.app.waits(3)
        assert "（3 秒）" in seen.news
        seen.app.answered()
        assert seen.news == "退出请按 Ctrl+Q。"


async def test_a_crowd_of_waiting_questions_keeps_no_draft_from_the_disk(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        with held(desk.settings.home / DATABASE, "BEGIN EXCLUSIVE") as other:
            waiting = [
                asyncio.create_task(seen.app.ask(asking.heartbeat))
                for _n in range(base.QUESTIONS * 2)
            ]
            await until_told(seen)
            seen.screen.intake.field.paste(LINE)
            await seen.pilot.pause()
            await asyncio.wait_for(seen.app.write_drafts(), 10)
            [path] = desk.settings.drafts.glob("*.json")
            assert LINE in path.read_text()
            assert not any(task.done() for task in waiting)
            other.let_go()
            await asyncio.gather(*waiting)
        await seen.settle()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DatabaseBusy(), BUSY),
        (DatabaseUnreachable("db.office.lan:5432/wuye"), "没有回应，正在等它（0 秒）"),
    ],
    ids=["held", "server not there yet"],
)
async def test_a_console_that_is_opened_while_nobody_answers_waits_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: StoreError, told: str
) -> None:
    monkeypatch.setattr(screens_app, "AGAIN", 0.01)
    held_back = Event()

    def opened() -> Desk:
        if not held_back.is_set():
            raise error
        return on_duty(desk)

    app = screens_app.WuyeApp(opened)
    async with app.run_test(size=(80, 24)) as pilot:
        seen = Console(app, pilot)
        await until_told(seen, told)
        assert error.place in seen.news
        seen.screen.intake.field.paste(LINE)
        held_back.set()
        await seen.settle()
        assert "陈立" in seen.text, seen.text
        await seen.press("enter")
        assert "已开单" in seen.news
