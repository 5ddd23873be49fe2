"""The grid of a month says all that it knows: every shift of a day, who is on leave, and what each
mark means (KF-5, ZB-3.6, ZB-4.4).
"""

from dataclasses import replace
from datetime import date, time

import pytest

from screens.commands import PANE, ROSTER
from screens.help_words import help_lines
from screens.roster_words import marks_of
from tests.desks import second_desk
from tests.rosters_shown import GUARDS, MONTH, guards, in_force, in_turn
from tests.screens.consoles import console, on_duty, registered
from tests.screens.test_console_rosters import fill, levelled, published, to, to_managers
from wuye_tui.desk import Desk
from wuye_tui.registers import leaves
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.roster_sheets import Shown, month_grid
from wuye_tui.rules.rosters import Cell, Shift
from wuye_tui.words import speaking

NOON = Shift("noon", "午间", time(12), time(13, 30), only_with="early")


def away(desk: Desk, staff: str, begins: date, ends: date) -> None:
    """Somebody's leave, whatever shifts they have in it."""
    why = "只给行政部看"
    at = desk.as_staff("ZJ01")
    at.perform("leave", lambda act: leaves.leave(act, staff, begins, ends, why))


def square(shown: Shown, wide: int, day: int, who: int = 0) -> str:
    """What stands in somebody's square of a day where a day gets so many cells."""
    rows = month_grid(shown)
    return marks_of(shown, rows, wide).of(rows[who], day - 1)


def legend(shown: Shown, wide: int) -> dict[str, str]:
    """What the marks mean."""
    return dict(marks_of(shown, month_grid(shown), wide).legend)


def with_noon(*more: Cell) -> Shown:
    """Two people by day, one of them at noon too."""
    kind = replace(GUARDS, shifts=(*GUARDS.shifts, NOON))
    shown = guards(many=2)
    one, other = (person.number for person in shown.people)
    first, second = shown.days[:2]
    cells = [
        Cell(first, "early", "东门", one),
        Cell(first, "noon", "东门", one),
        Cell(first, "early", "东门", other),
        Cell(second, "early", "东门", one),
    ]
    return replace(shown, kind=kind, cells=[*cells, *more])


@pytest.mark.clause("KF-5")
def test_two_shifts_of_a_day_are_both_told_of_however_little_room_there_is() -> None:
    shown = with_noon()
    assert (square(shown, 2, 1), square(shown, 2, 2)) == ("午", "早")
    assert legend(shown, 2)["午"] == "早班+午间"
    assert legend(shown, 2)["早"] == "早班"
    assert square(shown, 5, 1) == "早午", "both, and the post is left out: there is one alone"
    assert legend(shown, 5)["午"] == "午间"


def test_no_mark_stands_for_two_things() -> None:
    shown = with_noon(Cell(date(2026, 12, 3), "noon", "东门", "ZX01"))
    assert square(shown, 2, 1) == "1", "both marks are those of somebody who has one shift alone"
    assert legend(shown, 2) | {".": "", "-": ""} == {
        "早": "早班", "午": "午间", "1": "早班+午间", ".": "", "-": "",
    }  # fmt: skip


def test_a_shift_that_the_office_has_given_up_has_a_mark_as_well() -> None:
    shown = with_noon(Cell(date(2026, 12, 3), "swing", "东门", "ZX01"))
    mark = square(shown, 2, 3)
    assert len(mark) == 1
    assert legend(shown, 2)[mark] == "swing"


def test_posts_are_explained_where_they_are_seen() -> None:
    shown = guards(many=4)
    assert "东" not in legend(shown, 2)
    assert legend(shown, 5)["东"] == "东门"
    assert {square(shown, 5, n)[:1] for n in range(1, 5)} == {"早", "中", "夜", "."}


@pytest.mark.clause("ZB-4.4")
def test_a_day_of_leave_is_no_free_day_and_a_shift_on_it_is_seen_to_be_vacant() -> None:
    shown = with_noon()
    one = shown.people[0].number
    shown = replace(shown, away=frozenset((one, day) for day in shown.days[:3]))
    assert [square(shown, 2, n) for n in (1, 2, 3, 4, 5)] == ["!", "!", "假", ".", "-"]
    told = legend(shown, 2)
    assert (told["假"], told["!"]) == ("请假", "请假没人顶")
    assert "午" not in told, "nobody is seen to have it"


@pytest.mark.clause("ZB-4.4")
async def test_whoever_looks_sees_who_is_away_and_not_why(desk: Desk) -> None:
    away(published(desk), "KF04", date(2026, 11, 23), date(2026, 11, 26))
    async with console(desk, (80, 80)) as seen:
        await to_managers(seen)
        assert "工=工作岗+休息岗  .=平日没班  -=周末假日没班  假=请假  !=请假没人顶" in seen.text
        await to(seen, 25, "钱芳")
        assert "11-25 周三 钱芳 KF04  请假" in [one.strip() for one in seen.text.splitlines()]
        await to(seen, 26, "钱芳")
        assert "请假没人顶；工作岗 08:30-18:00" in seen.text
        await seen.press("enter")
        assert "11-25 三  请假" in seen.text
        assert "只给行政部看" not in seen.text
        await seen.press("escape", "space")
        there = [one for one in seen.text.splitlines() if "工作岗" in one and "没有人" in one]
        assert [one.split()[0] for one in there] == ["11-26"]


# The month and the kind that are looked at


async def test_the_next_kind_is_of_the_same_month_though_nothing_is_published_there(
    desk: Desk,
) -> None:
    cells = [one._replace(day=one.day.replace(month=12)) for one in in_turn()]
    in_force(desk, cells, month=MONTH.later(1))
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "9")
        assert "值班经理 2026-12  第 1 版" in seen.text
        await seen.press("f9")
        assert "前台 2026-12" in seen.text
        assert "这个月还没有发布" in seen.text
        await seen.press("pagedown", "f9")
        assert "夜间维修 2027-01" in seen.text


async def test_what_is_published_meanwhile_does_not_turn_the_month(desk: Desk) -> None:
    cells = [one._replace(day=one.day.replace(month=12)) for one in in_turn()]
    in_force(desk, cells, month=MONTH.later(1))
    other = second_desk(desk)
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "9")
        in_force(other, in_turn())
        await seen.beat()
        assert "值班经理 2026-12" in seen.text
    other.engine.dispose()


async def test_a_month_that_is_over_is_not_come_back_to(desk: Desk) -> None:
    async with console(published(desk)) as seen:
        await to_managers(seen)
        await seen.press("pageup")
        assert "值班经理 2026-10" in seen.text
        await seen.press("escape", "f10", "9")
        assert "值班经理 2026-11" in seen.text
        await seen.press("pagedown", "escape", "f10", "9")
        assert "值班经理 2026-12" in seen.text


# The keys


async def test_the_help_tells_the_keys_of_the_grid_in_its_own_words(desk: Desk) -> None:
    async with console(published(desk), (100, 60)) as seen:
        await to_managers(seen)
        await seen.press("f1")
        lines = [" ".join(one.split()) for one in seen.text.splitlines()]
        assert "F7 换班 光标那一格的班换给别人，要在这班开始以前" in lines
        assert "F8 缺勤 光标那一格的人来不了：记请假，马上找替班" in lines
        assert not [one for one in lines if "选中的单" in one]


def test_what_a_key_is_called_and_what_it_does_never_run_together() -> None:
    with speaking("en"):
        shown = [one.text for one in help_lines(ROSTER, (), {}, 100)]
    assert [one for one in shown if "Day before  " in one]
    assert [one for one in shown if "Month before " in one]


async def test_what_is_read_over_the_grid_takes_no_step_of_a_slip_out_of_sight(
    desk: Desk, clock: StoppedClock
) -> None:
    registered(desk, clock, "厨房水管漏水")
    async with console(published(desk)) as seen:
        await to_managers(seen)
        for key in ("enter", "space", "f1"):
            await seen.press(key)
            assert seen.screen.place == PANE
            assert "F7" not in seen.text.splitlines()[-1]
            for step in ("f7", "f8"):
                await seen.press(step)
                assert "先按 Esc 回到排班" in seen.news
                assert seen.screen.place == PANE
            await seen.press("escape")
            assert seen.screen.place == ROSTER


# Whom a swap is offered to


@pytest.mark.clause("ZB-4.4")
async def test_a_swap_offers_who_could_take_it_and_says_why(desk: Desk) -> None:
    levelled(desk)
    in_force(desk, in_turn())
    away(desk, "GC01", date(2026, 11, 26), date(2026, 11, 26))
    async with console(on_duty(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        await seen.press("f7")
        lines = [one.strip() for one in seen.text.splitlines()]
        able = next(n for n, one in enumerate(lines) if one.startswith("ZJ01 高远  当天休息"))
        unable = next(n for n, one in enumerate(lines) if one.startswith("KF03 孙丽"))
        assert able < unable
        assert "要换回一天：夜班第二天不能上班" in lines[unable]
        assert "王建国" not in seen.text, "on leave that day"
        assert "手上" not in seen.text
        await fill(seen, other="ZJ01")
        assert "没填：" not in seen.text, "nothing has to be given back"
