"""What somebody trips over who has never seen the console: nothing is skipped, lost or guessed."""

from datetime import timedelta

from tests.screens.consoles import console, on_duty, registered, taken
from tests.screens.test_console_forms import facts, issued, notified, state, working
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.queue import queue
from wuye_tui.registers.views import show
from wuye_tui.rules.clock import StoppedClock


async def test_words_typed_on_the_last_line_go_into_the_field_that_is_still_empty(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.queue.select(number)
        seen.screen.open_form(number, "hold")
        await seen.settle()
        await seen.press("1")  # the reason; what follows may be left open
        await seen.press(*"2026-11-20")
        await seen.type(" 9:00")
        await seen.press("f7")
    assert facts(desk, number)["until"] == "2026-11-20T01:00:00+00:00"


async def test_enter_does_not_pass_over_what_has_to_be_answered(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "leave")
        await seen.settle()
        await seen.press("enter")
        assert "先填「缺什么」" in seen.text
        await seen.type("阀芯")
        assert seen.form.answers()["missing"] == "阀芯"


async def test_what_is_highlighted_in_a_list_counts_for_f7(desk: Desk, clock: StoppedClock) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "collect")
        await seen.settle()
        await seen.press("down", "f7")
        assert state(desk, number) == "collected", seen.text


async def test_a_time_that_cannot_be_is_registered_only_by_a_second_enter(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("f2")
        await seen.type("3-1-502 水管漏水 明天25点")
        await seen.press("enter")
        assert "再按一次 Enter" in seen.news
        assert contacts.listed(desk) == []
        await seen.press("enter")
        (row,) = contacts.listed(desk)
    assert row.words == "3-1-502 水管漏水 明天25点"


async def test_f7_goes_on_with_the_form_that_was_put_aside(desk: Desk, clock: StoppedClock) -> None:
    number = registered(desk, clock, "爆管")
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "dispatch_now")
        await seen.settle()
        await seen.press("3")
        await seen.type("李强")
        await seen.press("escape", "f3")
        seen.screen.queue.select(number)
        await seen.settle()
        assert "F7 接着填" in seen.text
        await seen.press("f7")
        assert seen.form.sheet.row.verb == "dispatch_now"
        assert seen.form.answers()["whom"] == "李强"


async def test_a_step_on_another_slip_is_not_taken_back_unasked(
    desk: Desk, clock: StoppedClock
) -> None:
    first, second = issued(desk, clock), registered(desk, clock, "灯坏", "3-1-501")
    async with console(on_duty(desk)) as seen:
        for number, verb in ((first, "notify"), (second, "note")):
            seen.screen.open_form(number, verb)
            await seen.settle()
            if verb == "note":
                await seen.type("带梯子")
            await seen.press("f7")
        await seen.press("escape", "f3", "ctrl+z")
        assert [line.undone for line in show(desk, second).history][-2:] == [True, False]
        await seen.press("ctrl+z")
        assert first in seen.news
        assert state(desk, first) == "notified"
        await seen.press("ctrl+z")
        assert state(desk, first) == "issued"


async def test_the_queue_says_of_what_was_refused_that_it_was(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    clock.set(clock.now() + timedelta(minutes=1))
    taken(desk, number, "refuse", why="嫌贵", worker_sign="李强", supervisor="王建国")
    (row,) = queue(desk)
    assert (row.state_word, row.outcome_word) == ("已完工", "业主不修")
    async with console(on_duty(desk), (120, 40)) as seen:
        assert "业主不同" in seen.text
        assert "已完工" not in "\n".join(line.text for line in seen.screen.queue.shown)


async def test_the_worker_signs_for_his_job_though_the_desk_may_too(
    desk: Desk, clock: StoppedClock
) -> None:
    """At night whoever holds the desk is a worker as well."""
    number = notified(desk, clock)
    taken(desk, number, "collect", collector="李强")
    taken(desk, number, "assign", worker="李强", doer="GC01")
    taken(desk, number, "arrive")
    async with console(on_duty(desk).as_staff("GC04")) as seen:
        seen.screen.open_form(number, "refuse")
        await seen.settle()
        assert seen.form.answers()["worker_sign"] == "GC03"


async def test_a_home_with_very_many_open_slips_shows_the_one_that_may_be_meant(
    desk: Desk, clock: StoppedClock
) -> None:
    for n in range(40):
        registered(desk, clock, f"第{n}盏灯坏")
    number = registered(desk, clock, "厨房水管漏水")
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.press("f2")
        await seen.type("3-1-502 水管又漏水")
        await seen.settle()
        await seen.beat()
        assert f"PG-{number[-3:]}" in seen.text
        await seen.press("pagedown", "pagedown")
        assert "还有 11 张未结" in seen.text
