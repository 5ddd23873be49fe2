"""The fields where something is picked: nobody is chosen whom nobody saw, no sum is hidden.

- a list is in sight while its field is in use, or the arrows are not its own
- to leave a field chooses nobody who was not looked for
- the sum of the charge lines that is shown is the sum that is saved
"""

import pytest

from tests.screens.consoles import Console, console, on_duty
from tests.screens.test_console_forms import facts, notified, state, working
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock


def listed(seen: Console) -> list[str]:
    """The people who are offered on the screen, without what else is on their lines."""
    return [line[23:] for line in seen.text.splitlines() if "手上" in line]


async def sending(seen: Console) -> None:
    """The form of an emergency, with somebody told and the cursor where it asks who goes."""
    await seen.type("5栋2单元电梯困人")
    await seen.press("enter")
    await seen.type("监控室")
    await seen.press("tab", "tab")
    assert "> 派谁去" in seen.text


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
async def test_who_may_be_sent_is_in_sight_below_the_card_of_an_emergency(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with console(on_duty(desk), size) as seen:
        await sending(seen)
        before = listed(seen)
        assert before, seen.text
        assert not any(line.startswith(">") for line in before)
        await seen.press("down", "down")
        assert [line[:2] for line in listed(seen) if line.startswith(">")] == ["> "]
        for _n in range(5):
            await seen.press("down")
            assert sum(line.startswith(">") for line in listed(seen)) == 1, seen.text
        assert "> 派谁去" in seen.text


async def test_to_leave_an_open_pick_chooses_nobody_and_enter_does(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await sending(seen)
        for keys in (("down", "shift+tab"), ("down", "tab")):
            await seen.press(*keys)
            assert seen.form.answers()["worker"] == ""
            await seen.press("tab" if "shift+tab" in keys else "shift+tab")
        await seen.press("down", "enter")
        shown = next(line for line in seen.text.splitlines() if "派谁去" in line)
        assert seen.form.answers()["worker"] in shown


async def test_up_from_a_pick_goes_to_the_field_above(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await sending(seen)
        await seen.press("up")
        assert "> 通知方式" in seen.text
        assert seen.form.answers()["worker"] == ""
        await seen.press("tab", "down", "up", "up")
        assert "> 通知方式" in seen.text
        assert seen.form.answers()["worker"] == ""


async def test_a_list_without_room_takes_no_arrow_and_chooses_nobody(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "collect")
        await seen.settle()
        assert "> 领单人" in seen.text
        seen.form.query_one("#form-rows").styles.height = 1
        await seen.settle()
        assert listed(seen) == []
        await seen.press("down")
        assert "> 领单人" not in seen.text
        await seen.press("f7")
        assert "还缺「领单人」" in seen.text
    assert state(desk, number) == "notified"


async def test_what_was_looked_for_and_highlighted_counts_when_the_field_is_left(
    desk: Desk, clock: StoppedClock
) -> None:
    number = notified(desk, clock)
    async with console(on_duty(desk)) as seen:
        seen.screen.open_form(number, "collect")
        await seen.settle()
        await seen.type("GC0")
        await seen.press("down", "down", "tab")
        assert seen.form.answers()["collector"] == "GC02"


@pytest.mark.clause("BX-15")
async def test_the_sum_that_is_shown_is_the_sum_that_is_saved(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "shift+tab")
        await seen.type("SX-02")
        assert "正在打的这一项也算" in seen.text
        shown = next(line for line in seen.text.splitlines() if "合计" in line).split()[-1]
        await seen.press("f7")
        assert "还缺「已试用或检查合格」" in seen.text
        await seen.press("1", "f7")
    assert f"{facts(desk, number)['charged_fen'] / 100:.2f}元" == shown  # type: ignore[operator]


@pytest.mark.clause("BX-15")
async def test_backspace_takes_the_last_charge_line_out_and_says_so(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "shift+tab")
        assert "退格键去掉末项" in seen.text
        await seen.type("SX-02")
        await seen.press("enter", "backspace")
        assert "去掉了 SX-02" in seen.text
        assert "合计 45.00元" in seen.text
        assert seen.form.answers()["lines"] == ["SX-03"]
        await seen.press("tab", "1", "f7")
    assert facts(desk, number)["charged_fen"] == 4500


@pytest.mark.clause("BX-15")
async def test_what_is_no_charge_line_is_refused_in_words_and_can_be_cleared(
    desk: Desk, clock: StoppedClock
) -> None:
    number = working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "1", *["shift+tab"] * 6)
        await seen.type("龙头")
        await seen.press("tab", "f7")
        assert "「龙头」不是收费项目" in seen.text
        assert "> 收费明细" in seen.text
        await seen.press("ctrl+u")
        assert "合计 45.00元" in seen.text
        await seen.press("f7")
    assert facts(desk, number)["charged_fen"] == 4500


async def test_a_charge_line_that_was_half_typed_comes_back_as_it_was_typed(
    desk: Desk, clock: StoppedClock
) -> None:
    working(desk, clock)
    async with console(on_duty(desk)) as seen:
        await seen.press("f7", "shift+tab")
        await seen.type("龙")
        await seen.press("escape", "f7")
        assert "合计 45.00元" in seen.text
        assert seen.form.answers()["lines"] == ["SX-03", "龙"]
        await seen.press("ctrl+u")
        assert seen.form.answers()["lines"] == ["SX-03"]
