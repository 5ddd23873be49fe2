"""Keys that come while an act is still under way: the database is slow, whoever sits there is not.

* Ctrl+Z twice takes back once, and a question that was asked long ago is no leave any more
* a save that ends closes its own form, never the one that was opened over it
* nothing is thrown away that is just being saved
"""

import pytest

from tests.desks import second_desk
from tests.holders import held
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers import directory
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE

WRITING = "BEGIN IMMEDIATE"  # what holds up acts, and no question
WAIT = "上一件还在保存，请稍等再按一次。"


def listen(seen: Console, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is said from now on: the next sentence may be there before the test looks."""
    heard: list[str] = []
    say = seen.screen.say

    def hear(words: str, **given: object) -> None:
        heard.append(words)
        say(words, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(seen.screen, "say", hear)
    return heard


async def told_to_wait(seen: Console, heard: list[str]) -> None:
    """A key may wait for the one before it; in the end it is refused, once."""
    while WAIT not in heard:
        await seen.pilot.pause(0.02)
    assert heard.count(WAIT) == 1


async def step_begun(seen: Console, step: str, words: str) -> None:
    """The form of a step of the slip, with these words in its first field."""
    await seen.press("f3", "f8")
    await seen.type(step)
    await seen.press("enter")
    await seen.type(words)


async def call_begun(seen: Console) -> None:
    """Another call: its form lies over whatever was there."""
    await seen.hit("f2", "ctrl+n")
    while seen.screen.form is None or seen.form.draft_name != "repair/register":
        await seen.pilot.pause(0.02)
    await seen.hit(*"3-1-501")


def call_goes_on(seen: Console) -> None:
    """Its form is there, with its words and the focus."""
    assert seen.form.draft_name == "repair/register", seen.text
    assert "3-1-501" in seen.form.answers().values()
    assert seen.form in getattr(seen.app.focused, "ancestors", [])


def state(desk: Desk, number: str) -> str:
    return show(desk, number).situation.state


async def test_ctrl_z_twice_takes_back_once_and_says_to_wait(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        heard = listen(seen, monkeypatch)
        await seen.press("f7", "f7", "f7", "f7", "f3")
        assert state(desk, number) == "notified"
        with held(desk.settings.home / DATABASE, WRITING) as other:
            await seen.hit("ctrl+z", "ctrl+z")
            await told_to_wait(seen, heard)
            other.let_go()
            await seen.settle()
        assert "已撤回，现在是「已开单」" in seen.news
        assert state(desk, number) == "issued"
        await seen.press("ctrl+z")
        assert state(desk, number) == "registered", "the next one is free again"


async def test_a_step_that_is_being_saved_is_not_taken_back_before_it_is_there(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        heard = listen(seen, monkeypatch)
        await seen.press("f7", "f7", "f7")
        with held(desk.settings.home / DATABASE, WRITING) as other:
            await seen.hit("f7", "f3", "ctrl+z")
            await told_to_wait(seen, heard)
            other.let_go()
            await seen.settle()
        assert state(desk, number) == "notified"


async def test_leave_to_take_back_elsewhere_ends_with_the_question(
    desk: Desk, clock: StoppedClock
) -> None:
    on_duty(desk)
    first, second, third = (registered(desk, clock, text) for text in ("厨房水管漏水", "窗", "灯"))
    async with console(desk) as seen:
        seen.screen.queue.select(first)
        await seen.settle()
        await seen.press("f7", "f7")
        assert state(desk, first) == "issued"
        for other in (second, third):
            seen.screen.queue.select(other)
            await seen.settle()
            await seen.press("f3", "ctrl+z")
            assert "再按一次 Ctrl+Z" in seen.news
            assert state(desk, first) == "issued", "another slip, another question"
        seen.screen.say("演练时间已改。")
        await seen.press("ctrl+z")
        assert "再按一次 Ctrl+Z" in seen.news
        assert state(desk, first) == "issued", "something else was said meanwhile"
        await seen.press("ctrl+z")
    assert state(desk, first) == "registered"


async def test_a_save_that_ends_leaves_the_form_that_was_opened_over_it(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        await step_begun(seen, "取消", "业主自己修好了")
        with held(desk.settings.home / DATABASE, WRITING) as other:
            await seen.hit("f7")
            await call_begun(seen)
            other.let_go()
            await seen.settle()
        assert "已取消" in seen.news
        call_goes_on(seen)
        await seen.press("escape")
        assert seen.screen.form is None, "what was saved does not come back"
        assert seen.screen.drafts == ["repair/register"]
    assert state(desk, number) == "cancelled"


async def test_a_save_that_is_refused_says_so_and_leaves_the_form_over_it_alone(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    another = second_desk(desk)
    async with console(desk) as seen:
        await step_begun(seen, "取消", "业主自己修好了")
        taken(another, number, "issue", charge="paid", tariff="SX-03")
        with held(desk.settings.home / DATABASE, WRITING) as other:
            await seen.hit("f7")
            await call_begun(seen)
            other.let_go()
            await seen.settle()
        assert "赵敏(KF02)" in seen.news
        call_goes_on(seen)
        assert "赵敏" not in seen.form.query_one("#form-refusal").text  # type: ignore[attr-defined]
        await seen.press("escape")
        assert seen.form.answers()["said"] == "业主自己修好了", "the other one comes back whole"
    assert state(desk, number) == "issued"
    another.engine.dispose()


async def test_so_it_is_with_a_number_of_the_directory(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        for phone, is_saved in (("8001", True), ("?", False)):
            await seen.press("f10")
            await seen.type("通讯录")
            await seen.press("enter", "ctrl+n")
            fields = {row.question.name: row.field for row in seen.form.rows}
            fields["name"].put(f"电梯{phone}")
            fields["phone"].put(phone)
            await seen.settle()
            with held(desk.settings.home / DATABASE, WRITING) as other:
                await seen.hit("f7")
                assert seen.screen.is_sending
                await call_begun(seen)
                other.let_go()
                await seen.settle()
            call_goes_on(seen)
            assert ("已写进通讯录" in seen.news) is is_saved
            await seen.press("f10")
            await seen.type("丢掉草稿")
            await seen.press("enter")
    assert [one.name for one in directory.listing(desk)] == ["电梯8001"]


async def test_what_is_being_saved_is_not_thrown_away(
    desk: Desk, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = registered(on_duty(desk), clock, "厨房水管漏水")
    async with console(desk) as seen:
        heard = listen(seen, monkeypatch)
        await step_begun(seen, "取消", "业主自己修好了")
        with held(desk.settings.home / DATABASE, WRITING) as other:
            await seen.hit("f7", "f10", *"ddcg", "enter")
            await told_to_wait(seen, heard)
            assert seen.screen.form is not None
            other.let_go()
            await seen.settle()
        assert "已取消" in seen.news
        assert seen.screen.drafts == []
    assert state(desk, number) == "cancelled"
