"""The handover at the console: counted, looked at item by item, signed by both."""

import pytest
from textual import events

from tests.factories import handed_over, matter, move_to
from tests.moulds import moulded
from tests.screens.consoles import Console, console, on_duty, registered
from tests.screens.test_console_drafts import killed
from tests.screens.test_console_left_over import command
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, duties, handovers
from wuye_tui.rules.clock import StoppedClock

GIVER, TAKER = "KF01", "KF02"


def held_by(desk: Desk) -> str:
    return next(one.staff for one in duties.now(desk) if one.post == "desk")


@pytest.fixture
@moulded
def noon(desk: Desk, clock: StoppedClock) -> Desk:
    """Shortly before noon: the clerk of the morning at the desk, one slip open."""
    move_to(desk, "08:30")
    on_duty(desk)
    registered(desk, clock, "厨房水管漏水")
    move_to(desk, "11:50")
    return desk


async def give(seen: Console) -> None:
    """The giver's part: everything is there, and signed."""
    await seen.press("f4", "space", "f8")


async def look_at_all(seen: Console) -> None:
    """Ticks whatever can be ticked, from the top to the bottom."""
    pane = seen.screen.handover_pane
    await seen.press("home")
    for _n in range(40):
        here = pane.chosen
        if here is not None and here.ticks and not pane.is_ticked(here.key):
            await seen.press("space")
        else:
            await seen.press("down")
        if pane.chosen is here:
            break


async def down_to(seen: Console, key: str) -> None:
    """Goes down to the entry whose key begins like this."""
    pane = seen.screen.handover_pane
    for _n in range(60):
        if pane.chosen is not None and pane.chosen.key.startswith(key):
            return
        await seen.press("down")
    raise AssertionError(f"no {key} in:\n{seen.text}")


async def signed_by(seen: Console, number: str) -> None:
    await seen.type(number)
    await seen.press("enter")


@pytest.mark.clause("KF-10", "KF-11", "KF-12")
async def test_a_duty_is_counted_looked_at_and_signed_by_both(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        number = handovers.now(noon).number
        assert matter(noon, number).state == "given"
        assert "已签字交出" in seen.news
        await look_at_all(seen)
        await seen.press("f7")
        assert "接班人签收" in seen.text
        await signed_by(seen, TAKER)
        assert held_by(noon) == TAKER, seen.news
        assert matter(noon, number).state == "accepted"
        assert "已接班，从现在起由" in seen.news
        assert "上岗自检" in seen.news
        assert seen.app.desk.staff == TAKER


@pytest.mark.clause("KF-10")
async def test_the_relief_does_not_sign_before_the_giver_has(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "f7")
        assert "先由交班的" in seen.news
        assert held_by(noon) == GIVER


@pytest.mark.clause("KF-11")
async def test_what_is_missing_is_counted_where_it_stands_and_explained(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "enter")
        assert "万用表" in seen.text
        await down_to(seen, "tool:万用表")
        await seen.press("0")
        assert "实有 0" in seen.text
        await seen.press("home", "space", "f8")
        assert "万用表 应有 1，实有 0" in seen.text
        await seen.type("李师傅拿去修了")
        await seen.press("enter")
        facts = handovers.now(noon).facts
        assert facts["counts"]["万用表"] == 0
        assert facts["differences"] == {"万用表": [1, 0]}
        assert "万用表 应有 1，实有 0" in seen.text


@pytest.mark.clause("KF-12")
async def test_cleaning_is_accepted_or_sent_back_with_what_is_wrong(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await seen.press("f7")
        assert "台面清洁还没有验收" in seen.news
        await seen.press("f9")
        await seen.type("清洁退回")
        await seen.press("enter")
        await seen.type("台面有水渍")
        await seen.press("enter")
        await signed_by(seen, TAKER)
        assert handovers.now(noon).facts["cleaning_ok"] is False
        assert held_by(noon) == GIVER


@pytest.mark.clause("KF-10")
async def test_both_signatures_cannot_be_one_persons(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        await seen.press("f7")
        await signed_by(seen, GIVER)
        assert "接班" in seen.news
        assert held_by(noon) == GIVER


async def test_what_came_in_since_the_signature_is_looked_at_too(
    noon: Desk, clock: StoppedClock
) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        late = registered(noon, clock, "客厅灯不亮", "3-2-502")
        await seen.press("f7")
        await signed_by(seen, TAKER)
        assert late in seen.news
        assert held_by(noon) == GIVER
        await look_at_all(seen)
        await seen.press("f7")
        await signed_by(seen, TAKER)
        assert held_by(noon) == TAKER, seen.news


async def test_a_call_in_between_loses_no_tick_and_esc_at_the_pin_changes_nothing(
    noon: Desk,
) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        before = [entry.key for entry in seen.screen.handover_pane.ticked]
        await seen.press("f2")
        await seen.type("3-1-501 问物业费")
        await seen.press("enter", "f4")
        assert [entry.key for entry in seen.screen.handover_pane.ticked] == before
        await seen.press("f7", "escape")
        assert held_by(noon) == GIVER


@pytest.mark.clause("KF-13")
async def test_past_its_end_the_list_says_that_the_duty_runs_on(noon: Desk) -> None:
    move_to(noon, "12:05")
    async with console(noon) as seen:
        await seen.press("f4")
        assert "KF-13" in seen.text
        assert "12:00" in seen.text


@pytest.mark.clause("KF-10")
async def test_an_earlier_handover_can_be_read(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        await seen.press("f7")
        await signed_by(seen, TAKER)
        await seen.press("f4", "f9")
        await seen.type("以前的")
        await seen.press("enter", "enter")
        assert "交接班记录表" in seen.text


@pytest.mark.clause("KF-10", "KF-12")
async def test_the_next_relief_finds_nothing_ticked(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        await seen.press("f7")
        await signed_by(seen, TAKER)
        await seen.press("f4")
        assert seen.screen.handover_pane.ticked == []
        await seen.press("space", "f8")
        await seen.press("f7")
        assert "台面清洁还没有验收" in seen.news


async def test_what_was_counted_is_there_again_after_a_recall(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "enter")
        await down_to(seen, "tool:万用表")
        await seen.press("0", "home", "space", "f8")
        await seen.type("李师傅拿去修了")
        await seen.press("enter", "f8")
        assert "不一样的：万用表" in seen.text


@pytest.mark.clause("KF-11")
@pytest.mark.parametrize(("typed", "stands"), [("5", "5"), ("\uff15", "5"), ("x", ""), ("-1", "")])
async def test_a_count_is_typed_or_pasted_in_any_width_and_nothing_else(
    noon: Desk, typed: str, stands: str
) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "enter", "down")
        seen.screen.handover_pane.post_message(events.Paste(typed))
        await seen.settle()
        assert seen.screen.handover_pane.typed.get("tool:对讲机", "") == stands
        assert stands or "只打数字" in seen.news


@pytest.mark.clause("KF-4")
async def test_a_supervisor_steps_in_from_the_palette_with_the_reason(noon: Desk) -> None:
    async with console(noon.as_staff("KF03")) as seen:
        await seen.press("f10")
        await seen.type("顶班")
        await seen.press("enter")
        await seen.type("李晓燕晕倒了")
        await seen.press("enter")
        assert held_by(noon) == "KF03"
        assert "顶班，从现在起由您值班" in seen.news


@pytest.mark.clause("KF-12")
async def test_why_the_cleaning_was_sent_back_stands_at_its_line(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await seen.press("f9")
        await seen.type("清洁退回")
        await seen.press("enter")
        await seen.type("台面有水渍")
        await seen.press("enter")
        await signed_by(seen, TAKER)
        assert "上次退回：台面有水渍" in seen.text


@pytest.mark.clause("KF-10", "KF-11")
async def test_what_is_counted_ticked_and_written_survives_a_kill(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "enter")
        await down_to(seen, "tool:万用表")
        await seen.press("7", "home", "space")
        await down_to(seen, "caution")
        await seen.press("enter")
        await seen.type("三栋在停水")
        await seen.press("enter", "f4")
        await down_to(seen, "PG-")
        await seen.press("space")
        ticked = [entry.key for entry in seen.screen.handover_pane.ticked]
        assert ticked[-1].startswith("PG-")
        await killed(seen)
        async with console(noon) as again:
            await again.press("f4", "enter")
            assert [entry.key for entry in again.screen.handover_pane.ticked] == ticked
            assert "应有 1  实有 7" in again.text
            await again.press("f8")
            await again.type("多了六个")
            await again.press("enter")
            number = handovers.now(noon).number
            assert matter(noon, number).state == "given", again.news
            await again.press("end")
            assert "三栋在停水" in again.text


@pytest.mark.clause("KF-10")
async def test_the_next_duty_starts_from_nothing_after_a_kill(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.press("f4", "space")
        assert seen.screen.handover_pane.ticked
        await killed(seen)
        handed_over(noon, TAKER)
        async with console(noon.as_staff(TAKER)) as again:
            await again.press("f4")
            assert again.screen.handover_pane.ticked == []


async def test_the_heading_counts_what_the_relief_has_not_looked_at(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        assert "，还有 5 项" in seen.text
        await look_at_all(seen)
        assert "，还有" not in seen.text


@pytest.mark.clause("KF-8", "KF-10")
async def test_enter_on_a_call_of_the_night_makes_its_slip_from_the_list(noon: Desk) -> None:
    async with console(noon) as seen:
        await seen.type("3-1-502 窗户关不严")
        await command(seen, "留到早上")
        await seen.press("f4")
        await down_to(seen, "LX-")
        await seen.press("enter")
        assert seen.screen.intake.words == "3-1-502 窗户关不严"
        await seen.press("enter")
        assert contacts.left(noon) == []
        assert "3-1-502" in [row.where for row in seen.screen.queue.every]


@pytest.mark.clause("KF-5", "KF-10")
async def test_who_may_take_over_stands_first_where_the_relief_is_asked_for(noon: Desk) -> None:
    async with console(noon) as seen:
        await give(seen)
        await look_at_all(seen)
        await seen.press("f7")
        rows = [row for row in seen.text.splitlines() if "KF02" in row or "BA01" in row]
        assert "KF02" in rows[0]
        assert GIVER not in seen.text.splitlines()[seen.text.splitlines().index(rows[0])]
