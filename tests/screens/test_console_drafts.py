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
            assert "1 张表没填完，按 F3" in again.news
            assert "F3 派工*1" in again.text
            await again.press("f3")
            assert again.form.answers()["whom"] == "工程部值班室老王"
            assert getattr(again.app.focused, "value", "") == "工程部值班室老王"


async def half_filled(desk: Desk, clock: StoppedClock) -> str:
    """A slip whose notice was being filled in when the console was killed, and one above it."""
    registered(desk, clock, "灯不亮", "3-2-502")
    number = registered(desk, clock, "厨房水管漏水")
    taken(desk, number, "issue", charge="paid", tariff="SX-03")
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "notify")
        await seen.settle()
        seen.form.rows[0].target.focus()
        await seen.settle()
        await seen.type("值班室老王")
        await killed(seen)
    return number


def row_of(seen: Console, number: str) -> str:
    return next(line for line in seen.text.splitlines() if f"PG-{number[-3:]}" in line[:22])


async def test_the_queue_and_the_slip_say_that_a_draft_waits(
    desk: Desk, clock: StoppedClock
) -> None:
    number = await half_filled(desk, clock)
    async with console(desk, (120, 40)) as seen:
        assert "草稿 厨房" in row_of(seen, number)
        assert "草稿 灯不亮" not in seen.text
        seen.screen.queue.select(number)
        await seen.settle()
        assert "草稿「通知工程部」没填完" in seen.text
        await seen.press("f3", "f7")
        assert "草稿" not in seen.text, "what is saved waits no more"


async def test_opening_the_slip_goes_on_with_its_draft_and_esc_shows_the_slip(
    desk: Desk, clock: StoppedClock
) -> None:
    number = await half_filled(desk, clock)
    async with console(desk) as seen:
        seen.screen.queue.select(number)
        seen.screen.queue.focus()
        await seen.settle()
        assert "Enter 接着填" in seen.text.splitlines()[-1]
        await seen.press("enter")
        assert seen.form.answers()["whom"] == "工程部值班室老王"
        await seen.press("escape")
        assert f"维修派工单 {number}" in seen.text
        await seen.press("escape")
        assert "房号/部位" in seen.text


async def test_f3_goes_on_once_and_what_was_put_aside_leaves_the_queue_in_sight(
    desk: Desk, clock: StoppedClock
) -> None:
    await half_filled(desk, clock)
    async with console(desk) as seen:
        await seen.press("f3", "escape")
        assert "按 Enter 接着填" in seen.news
        await seen.press("f2", "f3")
        assert seen.screen.form is None
        assert seen.app.focused is seen.screen.queue


async def test_the_palette_names_step_and_number_of_a_draft_in_full(
    desk: Desk, clock: StoppedClock
) -> None:
    await half_filled(desk, clock)
    for typed in ("接着填", "jzt", "PG-002", "notify"):
        async with console(desk) as seen:
            await seen.press("f10")
            await seen.type(typed)
            assert "> 通知工程部 PG-002" in seen.text
            assert "接着填：3-1-502 厨房水管漏水" in seen.text
            await seen.press("enter")
            assert seen.form.answers()["whom"] == "工程部值班室老王"


async def test_a_half_filled_new_repair_is_gone_on_with_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n", "tab", "tab")
        await seen.type("水龙头关不紧")
        await killed(seen)
    async with console(desk) as seen:
        await seen.press("f3")
        assert seen.form.answers()["text"] == "水龙头关不紧"
        await seen.press("escape")
        assert "Ctrl+N" in seen.news


async def test_a_draft_of_a_step_that_is_over_does_not_stand_in_the_way(
    desk: Desk, clock: StoppedClock
) -> None:
    number = await half_filled(desk, clock)
    taken(desk, number, "notify", whom="工程部", how="phone")
    async with console(desk) as seen:
        await seen.press("f3")
        assert "现在不能走这一步" in seen.news
        await seen.press("escape")
        assert seen.app.focused is seen.screen.queue
        await seen.press("f3")
        assert seen.screen.form is None
        assert seen.screen.panel == "queue", "asked about once, and kept"


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
        await seen.hit("ctrl+q")
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
