"""What is half typed is never lost: not by Esc, a call, a kill, or an answer lost on the way.

A killed console is one whose lock has gone with its process while its file lies there.
"""

import pytest

from screens.drafts import LINE
from tests.screens.consoles import Console, console, on_duty, registered, taken
from wuye_tui.desk import Desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


def caret(seen: Console) -> int:
    return seen.screen.intake.field.cursor_position


async def killed(seen: Console) -> None:
    """As after kill -9: what was spooled within the second is on disk, and nobody holds it."""
    await seen.app.write_drafts()
    lock = seen.app.spool._lock
    assert lock is not None
    lock.release()


async def test_the_line_and_its_caret_survive_a_kill(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房")
        await seen.press("left", "left")
        seen.screen.keep_all()
        await killed(seen)
        async with console(desk) as again:
            assert again.screen.intake.words == "3-1-502 厨房"
            assert caret(again) == len("3-1-502 ")
            assert "陈立" in again.text


async def test_a_form_survives_a_kill_and_is_filled_in_further(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "tab")
        seen.form.rows[0].target.focus()
        await seen.settle()
        await seen.type("值班室老王")
        await killed(seen)
        async with console(desk) as again:
            assert "1 张表没填完" in again.news
            assert "F3 派工*1" in again.text
            await again.press("f10")
            await again.type("接着填")
            await again.press("enter")
            assert again.form.answers()["whom"] == "工程部值班室老王"


async def test_esc_puts_a_form_aside_and_opening_it_again_brings_it_back(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("查无此项")
        await seen.press("escape")
        assert "房号/部位" in seen.text
        await seen.press("f7")
        assert seen.form.answers()["tariff"] == "查无此项"


async def test_a_form_that_was_only_looked_at_leaves_no_draft(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "tab", "escape")
        assert list(seen.app.spool) == []


async def test_a_draft_can_be_thrown_away(desk: Desk, clock: StoppedClock) -> None:
    registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("查无此项")
        await seen.press("f10")
        await seen.type("dd")
        assert "丢掉草稿" in seen.text
        await seen.type("cg")
        await seen.press("enter")
        assert list(seen.app.spool) == []
        assert seen.screen.form is None


async def test_a_call_comes_in_with_a_form_half_filled_in(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "阳台的架子掉了")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7")
        await seen.type("查无")
        await seen.press("left", "f2")
        assert seen.app.focused is seen.screen.intake.field
        await seen.type("3-1-501 水龙头坏了")
        assert seen.form.answers()["tariff"] == "查无", "the form is there all the time"
        await seen.press("enter")
        assert "已开单" in seen.news
        await seen.press("f7", "enter")  # the new slip's notice, over the form of the first
        assert "已通知" in seen.news
        assert seen.form.sheet.number == number
        assert seen.form.answers()["tariff"] == "查无"
        await seen.press("f3")
        field = seen.app.focused
        assert getattr(field, "cursor_position", None) == 1
    assert {row.state for row in queue(desk, Wanted())} == {"registered", "notified"}


async def test_an_act_whose_answer_was_lost_is_not_done_twice(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房水管漏水")
        draft = seen.app.spool.get(LINE)
        await seen.press("enter")
        seen.app.spool.put(LINE, draft)  # as if the machine had died before it could be dropped
        await killed(seen)
        async with console(desk) as again:
            [row] = queue(desk, Wanted())
            assert f"已经保存为 {row.number}" in again.news
            assert again.screen.intake.words == ""


async def test_the_same_words_again_after_a_lost_answer_are_the_same_act(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f8")
        await seen.type("备注")
        await seen.press("enter")
        await seen.type("业主带狗")
        await seen.press("f7")
        key = show(desk, number).history[-1].step
        assert key.verb == "note"
        await seen.press("f8")
        await seen.type("备注")
        await seen.press("enter")
        assert seen.form.answers()["note"] == "", "what was saved is no draft any more"


async def test_two_consoles_of_one_office_keep_their_drafts_apart(desk: Desk) -> None:
    async with console(on_duty(desk)) as one, console(desk) as other:
        await one.type("3-1-502 厨房")
        await other.type("3-1-501 厕所")
        await one.app.write_drafts()
        await other.app.write_drafts()
        assert one.screen.intake.words == "3-1-502 厨房"
    async with console(desk) as again:
        assert again.screen.intake.words in ("3-1-502 厨房", "3-1-501 厕所")


async def test_drafts_that_cannot_be_written_are_said_and_typing_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with console(on_duty(desk)) as seen:

        def full(_data: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(seen.app.spool, "write", full)
        await seen.type("3-1-502 厨房水管漏水")
        await seen.app.write_drafts()
        assert "草稿写不进磁盘" in seen.news
        monkeypatch.undo()
        await seen.press("enter")
        assert "已开单" in seen.news


async def test_quitting_asks_nothing_and_keeps_what_is_half_typed(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-502 厨房")
        await seen.pilot.press("ctrl+q")
    async with console(desk) as again:
        assert again.screen.intake.words == "3-1-502 厨房"


async def test_ctrl_z_takes_back_typing_before_it_takes_back_steps(
    desk: Desk, clock: StoppedClock
) -> None:
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "f7", "f2")
        await seen.type("3-1-501")
        await seen.press("ctrl+z")
        assert seen.screen.intake.words == ""
        assert show(desk, number).situation.state == "issued"
        await seen.press("ctrl+z")
        assert "已撤回" in seen.news
    assert show(desk, number).situation.state == "registered"
