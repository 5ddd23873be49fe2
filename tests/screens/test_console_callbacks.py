"""Callbacks at the console: whom to ring, what to say, what was tried; and the month in figures.

* F7 records what was answered, F8 offers the rest; a digit is enough for how satisfied they are
* between 20:00 and 09:00 the list says that nobody is rung
* each figure shows its definition, opens its list, and left and right change the month
"""

import re

import pytest

from screens.commands import CALLBACKS, COUNTED, FORM, LINE, PANE, STATUS, SUMMARY
from tests.factories import matter, move_to, situation
from tests.factories import taken as stepped
from tests.moulds import moulded
from tests.registers.months_called import NOVEMBER, called_through, finished
from tests.screens.consoles import Console, console, on_duty, registered
from wuye_tui.desk import Desk
from wuye_tui.rules.callback_figures import BY_CODE, FIGURES
from wuye_tui.rules.clock import StoppedClock


async def command(seen: Console, words: str) -> None:
    await seen.press("f10")
    await seen.type(words)
    await seen.press("enter")


async def opened(seen: Console) -> None:
    await seen.press("f10", "3")


def line_of(seen: Console, words: str) -> str:
    found = [line for line in seen.text.splitlines() if words in line]
    assert found, seen.text
    return found[0]


@pytest.fixture
@moulded
def called(desk: Desk) -> Desk:
    """Two callbacks that wait, the first tried once; nothing else."""
    first = finished(desk, "2026-11-17 10:00")
    finished(desk, "2026-11-18 14:00", "3-1-501", "GC04")
    move_to(desk, "2026-11-19 09:30")
    stepped(desk, first, "try", note="关机")
    move_to(desk, "2026-11-19 10:20")
    return on_duty(desk)


@pytest.mark.clause("BX-17")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_list_says_whom_to_ring_what_to_say_and_what_was_tried(
    called: Desk, size: tuple[int, int]
) -> None:
    async with console(called, size) as seen:
        await opened(seen)
        assert seen.screen.place == CALLBACKS
        row = line_of(seen, ">")
        assert "超时20分" in row
        assert "HF17-001" in row
        assert "3-1-502" in row
        assert "试1次" in row
        assert "李强" in row
        text = seen.text
        assert "陈立 138****1234" in text
        assert "我是李晓燕" in text
        assert "满意度（满意、基本满意、不满意）" in text
        assert "09:30 关机" in text
        assert "太晚或太早" not in text


async def test_f7_records_what_was_answered_by_a_digit_and_the_row_goes(called: Desk) -> None:
    async with console(called) as seen:
        await opened(seen)
        number = seen.screen.callbacks.items[0].number
        await seen.press("f7")
        assert seen.screen.place == FORM
        await seen.press("3")  # and the caret is where the opinion goes
        await seen.type("地上全是水")
        await seen.press("f7")
        done = situation(called, number)
        assert (done.outcome, done.facts["satisfaction"]) == ("reached", "dissatisfied")
        assert done.facts["opinion"] == "地上全是水"
        assert "GD-" in seen.news, "the order that follows is told"
        assert seen.screen.place == CALLBACKS
        assert [one.number for one in seen.screen.callbacks.items] != [number]
        assert len(seen.screen.callbacks.items) == 1


async def test_f8_offers_the_other_steps_of_the_chosen_one(called: Desk) -> None:
    async with console(called) as seen:
        await opened(seen)
        await seen.press("down", "f8")
        number = seen.screen.callbacks.items[1].number
        assert "没联系上" in seen.text
        assert "不愿回访" in seen.text
        await seen.type("没联系上")
        await seen.press("enter", "f7")
        assert len(situation(called, number).facts["tried_on"]) == 1
        assert "试1次" in line_of(seen, "HF18-001")


async def test_at_night_it_says_that_nobody_is_rung(called: Desk) -> None:
    move_to(called, "2026-11-19 20:30")
    async with console(called) as seen:
        await opened(seen)
        assert "太晚或太早" in seen.text


async def test_what_is_typed_narrows_it_and_esc_leads_back_with_the_slip_of_before(
    called: Desk,
) -> None:
    async with console(called) as seen:
        await opened(seen)
        await seen.type("3-1-501")
        assert [one.where for one in seen.screen.callbacks.items] == ["3-1-501"]
        await seen.press("enter")
        assert seen.screen.place == PANE
        await seen.press("escape")
        assert seen.screen.place == CALLBACKS
        await seen.press("escape")
        assert seen.screen.place == LINE


async def test_another_desk_s_answer_leaves_the_list_within_a_second(called: Desk) -> None:
    async with console(called) as seen:
        await opened(seen)
        stepped(called, seen.screen.callbacks.items[0].number, "refuse", staff="KF02")
        await seen.beat()
        assert len(seen.screen.callbacks.items) == 1


async def test_the_last_repairs_of_the_home_are_told(called: Desk) -> None:
    finished(called, "2026-11-19 10:20", "3-1-501", "GC04")
    async with console(called, (120, 40)) as seen:
        await opened(seen)
        await seen.press("down")
        assert re.search(r"修过 +11-19 厨房水龙头漏水", seen.text)


def status_of(seen: Console) -> str:
    return seen.text.splitlines()[0]


async def test_an_overdue_callback_is_one_enter_away_on_the_status_line(called: Desk) -> None:
    async with console(called) as seen:
        await seen.type("3-1-502 厨房")
        assert "超时 2 含回访1" in status_of(seen)
        await seen.press("up")
        assert seen.screen.place == STATUS
        assert "[超时 2 含回访1]" in status_of(seen), "what Enter opens is marked without colour"
        assert "Enter 打开" in seen.text.splitlines()[-1]
        await seen.press("enter")
        assert seen.screen.place == CALLBACKS
        assert "超时20分" in line_of(seen, ">")
        await seen.press("escape")
        assert seen.screen.place == LINE
        assert seen.screen.intake.words == "3-1-502 厨房", "the half-typed call is still there"
        await seen.press("f3", "f19")
        assert seen.screen.place == CALLBACKS
        assert "试1次" in line_of(seen, ">")


async def test_the_status_line_gives_way_to_what_is_typed_and_tab_passes_it(called: Desk) -> None:
    async with console(called) as seen:
        await seen.press("up", "3")
        assert (seen.screen.place, seen.screen.intake.words) == (LINE, "3")
        await seen.press("up", "down")
        assert seen.screen.place == LINE
        assert not seen.screen.status.focusable, "Tab never stops there"


async def test_without_an_overdue_callback_enter_there_opens_what_is_due_next(
    desk: Desk, clock: StoppedClock
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("up", "enter")
        assert "没有超时的，也没有等着到期的。" in seen.news
        await seen.press("f19")
        assert "没有超时的回访。" in seen.news
    number = registered(desk, clock, "厨房水管漏水")
    async with console(desk) as seen:
        await seen.press("up")
        assert "[PG-001 开单" in status_of(seen)
        await seen.press("enter")
        assert seen.screen.place == PANE
        assert number in seen.text


async def test_with_nothing_to_do_it_says_so(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await opened(seen)
        assert "现在没有要做的回访" in seen.text
        await seen.press("f7")
        assert "没有选中的回访" in seen.news


@pytest.mark.clause("FW-3.1")
async def test_a_visit_is_opened_from_the_palette_without_a_call_that_nobody_made(
    called: Desk,
) -> None:
    async with console(called) as seen:
        await command(seen, "定期回访")
        assert seen.form.draft_name == "callback/visit"
        await seen.type("12-1-1203")
        await seen.press("f7")
        visit = seen.screen.number
        assert (matter(called, visit).origin, matter(called, visit).unit) == (
            "regular",
            "12-1-1203",
        )
        await opened(seen)
        assert "定期" in line_of(seen, "12-1-1203")
        assert "LX-" not in seen.text


@pytest.mark.clause("FW-3.1")
async def test_the_plan_of_the_visits_is_a_list_and_enter_opens_the_visit(called: Desk) -> None:
    async with console(called) as seen:
        await command(seen, "定期回访计划")
        assert "天没有回访过的" in seen.text
        assert "12-1-1203 马超" in seen.text
        assert "3-1-502 陈立" not in seen.text, "a callback is open there already"
        await seen.type("1203")
        await seen.press("enter")
        assert seen.form.answers()["unit"] == "12-1-1203"
        await seen.press("f7")
        assert matter(called, seen.screen.number).unit == "12-1-1203"
        await command(seen, "定期回访计划")
        assert "12-1-1203 马超" not in seen.text


# The month


@pytest.fixture
@moulded
def month(desk: Desk) -> Desk:
    """The end of November, with callbacks of every outcome."""
    called_through(desk)
    return on_duty(desk)


async def summed_up(seen: Console) -> None:
    await command(seen, "回访月报")
    await seen.press("right")


@pytest.mark.clause("BX-18")
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_figure_stands_beside_last_month_s_with_its_definition_below(
    month: Desk, size: tuple[int, int]
) -> None:
    async with console(month, size) as seen:
        await summed_up(seen)
        assert seen.screen.place == SUMMARY
        assert "2026-11" in line_of(seen, "回访月报  ")
        for figure in FIGURES:
            row = line_of(seen, f"> {figure.word} ")
            assert str(NOVEMBER[figure.code]) in row
            assert figure.about[:20] in seen.text
            await seen.press("down")
        await seen.press(*["down"] * 9)
        assert "> 吴刚" in seen.text or "> 李强" in seen.text


async def test_enter_opens_what_the_figure_counted_and_esc_comes_back(month: Desk) -> None:
    async with console(month) as seen:
        await summed_up(seen)
        place = list(BY_CODE).index("dissatisfied")
        await seen.press(*["down"] * place, "enter")
        assert seen.screen.place == COUNTED
        assert "[b]地上全是水，没人擦[/b]" in seen.text
        assert "另开" in seen.text
        assert BY_CODE["dissatisfied"].about in seen.news
        await seen.press("enter")
        assert seen.screen.place == PANE
        await seen.press("escape", "escape")
        assert seen.screen.place == SUMMARY
        assert "> 不满意" in seen.text
        assert BY_CODE["dissatisfied"].about not in seen.news, "it was said of the list"
        await seen.press("escape")
        assert seen.screen.place == LINE


async def test_a_worker_s_row_opens_their_callbacks(month: Desk) -> None:
    async with console(month) as seen:
        await summed_up(seen)
        await seen.press(*["down"] * 60)
        assert "> 吴刚" in seen.text
        await seen.press("enter")
        assert [line.worker for line in seen.screen.counted.items] == ["吴刚"]


async def test_left_and_right_change_the_month_and_none_is_shown_before_it_begins(
    month: Desk,
) -> None:
    async with console(month) as seen:
        await command(seen, "回访月报")
        assert "2026-10" in line_of(seen, "回访月报  ")
        await seen.press("left")
        assert "没有回访，也没有修完的维修单：所有的数都是零。" in seen.text
        await seen.press("right", "right", "right")
        assert "2026-12 还没有到" in seen.news
        assert line_of(seen, "回访月报  ").index("2026-11") < line_of(seen, "回访月报  ").index(
            "2026-10"
        )


async def test_opinions_are_not_shown_to_whoever_may_not_call_back(month: Desk) -> None:
    async with console(month.as_staff("GC03")) as seen:
        await summed_up(seen)
        await seen.press(*["down"] * list(BY_CODE).index("opinions"), "enter")
        assert "没人擦" not in seen.text
        assert "只给做回访的人看" in seen.text
