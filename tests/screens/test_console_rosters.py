"""Rosters at the console: the grid and its cursor, one person's month, one post's, swaps and
absences from a square (KF-5, ZB-3.6, ZB-4.4).
"""

from datetime import date
from typing import Any

import pytest

from screens.commands import FORM, LINE, PANE, QUEUE, ROSTER
from tests.desks import second_desk
from tests.moulds import moulded
from tests.rosters_shown import MANAGERS, MONTH, drafted, in_force, in_turn
from tests.screens.consoles import Console, console, on_duty
from tests.screens.test_console_billing_day import CHEAP, PIN
from tests.screens.test_console_drafts import killed
from wuye_tui.desk import Desk
from wuye_tui.registers import absences, pins, roster_rows, swaps
from wuye_tui.rules.rosters import Cell
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Staff


@moulded
def levelled(desk: Desk) -> None:
    """The managers have the level that the duty asks for (HR-5.1)."""

    def work(act: Act) -> Result:
        for number in MANAGERS:
            act.update(Staff, {"number": number, "level": "C"})
        return {}

    desk.as_staff("ZJ01").perform("staff.change", work)


@moulded
def published(desk: Desk) -> Desk:
    """The desk with a month of duty managers in force."""
    in_force(desk, in_turn())
    return on_duty(desk)


async def to_managers(seen: Console) -> None:
    """To the duty managers' roster, which comes first where it alone is published."""
    await seen.press("f10", "9")
    while "值班经理 2026" not in seen.text:
        assert seen.keys < 12, seen.text
        await seen.press("f9")


async def to(seen: Console, day: int, name: str) -> None:
    """The cursor to a day of somebody's."""
    await seen.press("home", *["right"] * (day - 1))
    pane = seen.screen.roster_pane
    assert pane.board is not None
    names = [row.person.name for row in pane.board.rows]
    assert pane.row is not None
    way = names.index(name) - names.index(pane.row.person.name)
    await seen.press(*["down" if way > 0 else "up"] * abs(way))
    assert pane.row.person.name == name


async def fill(seen: Console, **answers: str) -> None:
    fields = {row.question.name: row.field for row in seen.form.asked}
    for name, answer in answers.items():
        fields[name].put(answer)
    await seen.settle()


# The grid


@pytest.mark.clause("ZB-3.6")
async def test_a_month_stands_on_one_screen_with_today_under_the_cursor(desk: Desk) -> None:
    async with console(published(desk)) as seen:
        await to_managers(seen)
        assert seen.screen.place == ROSTER
        assert "第 1 版 11-19 发布" in seen.text
        assert "F7" not in seen.text.splitlines()[-1], "nobody has a shift under the cursor"
        lines = seen.text.splitlines()
        weekdays = next(n for n, one in enumerate(lines) if one.strip().startswith("日一二"))
        assert lines[weekdays].strip() == ("日一二三四五六" * 5)[:30]
        assert lines[weekdays + 1].rstrip().endswith("2930")
        assert seen.screen.roster_pane.day == 18
        for name in ("孙丽", "钱芳", "王建国", "郑伟", "高远"):
            assert any(one.startswith((f" {name}", f">{name}")) for one in lines)
        await to(seen, 3, "郑伟")
        assert "11-03 周二 郑伟 GC02" in seen.text
        assert "工作岗 08:30-18:00" in seen.text
        assert "休息岗 18:00-08:30" in seen.text
        assert "夜班 6" in seen.text
        assert "F7 换班 F8 缺勤" in seen.text.splitlines()[-1]


async def test_the_roster_comes_first_that_is_published(desk: Desk) -> None:
    async with console(published(desk)) as seen:
        await seen.press("f10", "9")
        assert "值班经理 2026-11  第 1 版" in seen.text


async def test_where_only_the_next_month_is_published_it_comes_first(desk: Desk) -> None:
    cells = [one._replace(day=one.day.replace(month=12)) for one in in_turn()]
    in_force(desk, cells, month=MONTH.later(1))
    async with console(on_duty(desk)) as seen:
        await seen.press("f10", "9")
        assert "值班经理 2026-12  第 1 版" in seen.text
        await seen.press("pageup")
        assert "值班经理 2026-11" in seen.text


async def test_the_cursor_stays_in_the_month_and_the_months_go_on(desk: Desk) -> None:
    async with console(published(desk)) as seen:
        await to_managers(seen)
        await seen.press("end", "right", "right")
        assert seen.screen.roster_pane.day == 29
        await seen.press("pagedown")
        assert "值班经理 2026-12" in seen.text
        assert "还没有发布" in seen.text
        await seen.press("right", "down", "enter", "space")
        assert seen.screen.place == ROSTER, "there is nothing to open"
        await seen.press("pageup", "pageup")
        assert "值班经理 2026-10" in seen.text
        await seen.press("pagedown")
        assert seen.screen.roster_pane.day == 18, "today again"


async def test_where_there_is_less_room_it_goes_sideways_and_says_so(desk: Desk) -> None:
    async with console(published(desk), (60, 20)) as seen:
        await to_managers(seen)
        await seen.press("home")
        assert "右边还有 5 天" in seen.text
        await seen.press("end")
        assert "左边还有 5 天" in seen.text
        assert "30" in seen.text
        await seen.resize(170, 40)
        assert "还有 5 天" not in seen.text
        assert "工息" in seen.text, "both shifts of a day fit now"


async def test_what_changes_meanwhile_is_seen_and_the_cursor_stays(desk: Desk) -> None:
    other = second_desk(desk)
    async with console(published(desk)) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        assert "没有班" not in seen.text
        cells = [one._replace(staff="KF03") if one.day.day == 26 else one for one in in_turn()]
        in_force(other, cells, n=2)
        await seen.beat()
        assert "第 2 版" in seen.text
        assert "11-26 周四 钱芳 KF04  没有班" in seen.text
    other.engine.dispose()


async def test_a_draft_is_seen_by_whoever_may_publish_it_and_called_one(desk: Desk) -> None:
    drafted(desk, in_turn())
    async with console(on_duty(desk)) as seen:
        await to_managers(seen)
        assert "还没有发布" in seen.text
        seen.app.sit_down(desk.as_staff("ZJ01"))
        await seen.press("pagedown", "pageup")
        assert "草稿，没有发布" in seen.text
        assert "孙丽" in seen.text
        await seen.press("f7")
        assert "只有发布了的班能换" in seen.news
        assert seen.screen.place == ROSTER


async def test_a_draft_beside_a_version_is_named(desk: Desk) -> None:
    number = drafted(published(desk), in_turn())
    async with console(desk.as_staff("ZJ01")) as seen:
        await to_managers(seen)
        assert f"另有草稿 {number}" in seen.text


async def test_names_are_no_markup(desk: Desk) -> None:
    in_force(desk, [Cell(date(2026, 11, 20), "day", "[b]门[/b]", "KF03")])
    async with console(on_duty(desk)) as seen:
        await to_managers(seen)
        await to(seen, 20, "孙丽")
        assert "工作岗 08:30-18:00 [b]门[/b]" in seen.text


# What is only read


@pytest.mark.clause("ZB-3.6")
async def test_one_person_s_month_and_one_post_s(desk: Desk) -> None:
    async with console(published(desk), (80, 40)) as seen:
        await to_managers(seen)
        await to(seen, 3, "郑伟")
        await seen.press("enter")
        assert seen.screen.place == PANE
        assert "郑伟 GC02 值班经理 2026-11" in seen.text
        assert seen.text.count("工作岗") == 6
        await seen.press("escape")
        assert seen.screen.place == ROSTER
        await seen.press("space")
        assert "11-03 二" in seen.text
        assert seen.text.count("没有人") == 0
        await seen.press("escape", "escape")
        assert seen.screen.place in (LINE, QUEUE)


async def test_what_is_typed_over_the_grid_goes_to_the_line(desk: Desk) -> None:
    async with console(published(desk)) as seen:
        await to_managers(seen)
        await seen.type("3-1-502 漏水")
        assert seen.screen.place == LINE
        assert seen.screen.intake.words == "3-1-502 漏水"
        await seen.press("f3")
        assert seen.screen.place in (ROSTER, QUEUE)


# Swaps and absences


async def test_a_swap_that_a_kill_cut_short_is_told_of_and_gone_on_with(desk: Desk) -> None:
    async with console(published(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        await seen.press("f7")
        await fill(seen, other="GC02", why="家里有事")
        await killed(seen)
        async with console(desk.as_staff("ZJ01")) as again:
            await again.press("f10", "9")
            told = "值班经理 11-26 钱芳：换班填了一半，打的都在，按 F7 接着填"
            assert told in again.news
            assert "值班经理 2026-11" in again.text
            await again.press("f7")
            assert again.form.answers()["why"] == "家里有事"


@pytest.mark.clause("ZB-4.4")
async def test_a_swap_is_told_before_the_shift_and_becomes_the_next_version(desk: Desk) -> None:
    levelled(desk)
    in_force(desk, in_turn())
    async with console(on_duty(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        await seen.press("f7")
        assert seen.screen.place == FORM
        assert "11-26 工作岗 钱芳" in seen.text
        await fill(seen, other="GC02", why="家里有事")
        await seen.press("escape")
        assert "值班经理 11-26 工作岗 钱芳：填的都留着，回到这一格再按 F7" in seen.news
        await seen.press("f7")
        assert seen.form.answers()["why"] == "家里有事"
        await seen.press("f7")
        assert seen.screen.place == ROSTER, seen.text
        assert "发布为第 2 版" in seen.news
        assert "没有班" in seen.text
        await to(seen, 26, "郑伟")
        assert "休息岗 18:00-08:30" in seen.text, "both shifts of the day have gone to the other"
    (told,) = swaps.list_swaps(desk)
    assert (told.frm, told.to, told.day) == ("KF04", "GC02", date(2026, 11, 26))


@pytest.mark.clause("ZB-4.4")
async def test_a_shift_that_has_begun_is_not_swapped(desk: Desk) -> None:
    async with console(published(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 18, "郑伟")
        await seen.press("f7")
        await fill(seen, other="KF03", why="忘了说")
        await seen.press("f7")
        assert "换班要事先告诉行政部" in seen.text.replace("\n ", "")
        assert "ZB-4.4" in seen.text
    with desk.read() as session:
        latest = roster_rows.latest(session, desk.site, "duty_manager", MONTH)
    assert latest is not None
    assert latest.version == 1


@pytest.mark.clause("ZB-4.4")
async def test_who_gives_a_shift_away_has_the_other_agree(desk: Desk) -> None:
    levelled(desk)
    in_force(desk, in_turn())
    pins.set_pin(desk.as_staff("XZ01"), "GC01", PIN, cost=CHEAP)
    async with console(on_duty(desk).as_staff("KF03")) as seen:
        await to_managers(seen)
        await to(seen, 25, "孙丽")
        await seen.press("f7")
        await fill(seen, other="GC01", why="家里有事")
        await seen.press("f7")
        assert "对方同意" in seen.text
        await seen.press("escape")
        assert seen.form.answers()["other"] == "GC01", "not agreed, and nothing is lost"
        assert swaps.list_swaps(desk) == []
        await seen.press("f7")
        await seen.type(PIN)
        await seen.press("enter")
        assert "发布为第 2 版" in seen.news, seen.text
        assert seen.app.desk.staff == "KF03", "whoever sits here stays"
    (told,) = swaps.list_swaps(desk)
    assert (told.frm, told.to) == ("KF03", "GC01")


MENDED = {"mended": [{"on": [{"day": "2026-11-26", "staff": "GC02"}]}], "open": []}
UNMENDED = {"mended": [], "open": [{"why": "没有人能顶。"}]}


@pytest.mark.parametrize(
    ("done", "says"),
    [(MENDED, "替班：11-26 郑伟"), (UNMENDED, "班还空着：没有人能顶。"), ({}, "没有班要补")],
)
@pytest.mark.clause("ZB-4.4")
async def test_an_absence_says_who_stands_in_or_that_nobody_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, done: dict[str, Any], says: str
) -> None:
    asked: list[tuple[Any, ...]] = []

    def absent(_desk: Desk, *given: Any, key: str = "") -> Result:
        asked.append((*given, bool(key)))
        return {"number": "QJ-20261119-001", **done}

    monkeypatch.setattr(absences, "absent", absent)
    async with console(published(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        await seen.press("f8")
        assert seen.form.answers()["begins"] == "2026-11-26"
        await fill(seen, ends="11／28", why="病了")
        await seen.press("f7")
        assert says in seen.news, seen.text
        assert seen.screen.place == ROSTER
    assert asked == [("KF04", date(2026, 11, 26), date(2026, 11, 28), "病了", True)]


async def test_a_day_that_cannot_be_read_is_told_in_the_form(desk: Desk) -> None:
    async with console(published(desk).as_staff("ZJ01")) as seen:
        await to_managers(seen)
        await to(seen, 26, "钱芳")
        await seen.press("f8")
        await fill(seen, ends="后天", why="病了")
        await seen.press("f7")
        assert seen.screen.place == FORM
        assert seen.form.answers()["ends"] == "后天"
        assert "看不懂日期「后天」" in seen.text
